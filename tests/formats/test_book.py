"""Books: nothing planted survives in text, contents and metadata, and readers still open what is written."""

from __future__ import annotations

import io
import zipfile

import pytest
from planting import Planter, replaced, survivors, unzipped
from test_archive import all_strings

from deid.batch.run import run_folder
from deid.errors import EncryptedDocument
from deid.formats import read, sniff, text_of, write

CONTAINER = '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
OPF = """<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>患者{}的日记</dc:title><dc:creator opf:file-as="{}">{}</dc:creator><dc:description>{}</dc:description></metadata><manifest><item id="c1" href="a.xhtml" media-type="application/xhtml+xml"/></manifest></package>"""
NCX = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><docTitle><text>{}</text></docTitle><navMap><navPoint id="n1" playOrder="1"><navLabel><text>{}</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{}</title></head><body><p>患者{}，诊断肺腺癌，口服奥希替尼 80mg qd。</p><img alt="{}" src="a.png"/></body></html>"""


def book(planter, **more):
    n = planter.name
    parts = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": OPF.format(n("title"), n("file as"), n("creator"), n("description")),
        "OEBPS/toc.ncx": NCX.format(n("title of contents"), n("contents")),
        "OEBPS/a.xhtml": PAGE.format(n("title of a page"), n("text"), n("picture")),
        "OEBPS/a.ttf": f"\0\1\0\0{n('font')}",
        **more,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def test_nothing_planted_survives_and_the_book_is_one(tmp_path):
    planter, path, out = Planter(), tmp_path / "a.epub", tmp_path / "b.epub"
    path.write_bytes(book(planter))
    document = read(path, ref="#1")

    write(document, replaced(document, planter.values), out)

    assert survivors(planter.values, text_of(out)) == set()
    assert survivors(planter.values, all_strings(out.read_bytes())) == set()
    assert document.details["removed"] == {"file": 1}
    assert sniff(out) == "epub"
    with zipfile.ZipFile(out) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    parts = unzipped(out)
    assert parts["META-INF/container.xml"].decode() == CONTAINER
    assert b"-//NISO//DTD ncx 2005-1//EN" in parts["OEBPS/toc.ncx"]
    assert "诊断肺腺癌，口服奥希替尼 80mg qd。" in parts["OEBPS/a.xhtml"].decode()


def test_a_run_finds_who_wrote_a_book_and_of_whom_it_tells(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    people = dict.fromkeys("欧阳靖宇 令狐晚晴 13812345678".split(), "book")
    opf = OPF.format("欧阳靖宇", "令狐晚晴", "令狐晚晴", "电话13812345678")
    (source / "a.epub").write_bytes(book(Planter(), **{"OEBPS/content.opf": opf}))

    run_folder(source, tmp_path / "out", workers=0)

    [written] = (tmp_path / "out").iterdir()
    assert survivors(people, all_strings(written.read_bytes())) == set()


def test_a_book_whose_files_name_somebody_is_withheld(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.epub").write_bytes(book(Planter(), **{"OEBPS/患者欧阳靖宇.xhtml": PAGE}))

    done = run_folder(source, tmp_path / "out", workers=0)

    assert [document.state for document in done.report.documents] == ["withheld"]


@pytest.mark.parametrize("name", ["META-INF/encryption.xml", "META-INF/rights.xml"])
def test_a_book_with_locked_files_is_refused(tmp_path, name):
    path = tmp_path / "a.epub"
    path.write_bytes(book(Planter(), **{name: "<a/>"}))

    with pytest.raises(EncryptedDocument):
        read(path, ref="#1")
