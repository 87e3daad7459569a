"""Accounts and programs that stand where an author does are no persons."""

from __future__ import annotations

import docx
import pytest

from deid import Deidentifier
from deid.formats import read

ODF = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:creator>{}</dc:creator></office:meta>'
    "<office:body><office:text/></office:body></office:document>"
)


def written(path, author):
    if path.suffix == ".docx":
        document = docx.Document()
        document.core_properties.author = author
        document.save(path)
    else:
        content = ODF if path.suffix == ".fodt" else r"{{\rtf1{{\info{{\author {}}}}}x}}"
        path.write_text(content.format(author), encoding="utf-8")
    return [block for block in read(path, ref="#1").blocks() if block.text == author]


@pytest.mark.parametrize("suffix", ["docx", "fodt", "rtf"])
@pytest.mark.parametrize(
    ("author", "found"), [("Windows User", []), ("Sheet", []), ("openpyxl", []), ("Wang Fang", ["PERSON"])]
)
def test_an_account_is_no_person(tmp_path, suffix, author, found):
    [block] = written(tmp_path / f"a.{suffix}", author)

    entities = Deidentifier().detect(block.text, labels=block.labels)

    assert [entity.entity_type for entity in entities] == found
