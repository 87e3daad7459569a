"""Labels of lists of Word that touch the text behind them."""

from __future__ import annotations

import pytest
from hostile_docx import _DEFAULTS, _OVERRIDES, _part, content_types, para, relations, run
from planting import replaced, unzipped, zipped

import deid
from deid.formats import read, write

KINDS = ("document", "numbering", "styles")
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="x"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Based"><w:name w:val="y"/><w:basedOn w:val="Own"/></w:style>'
)
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def level(
    text: str,
    *,
    start: int = 1,
    gap: str = '<w:suff w:val="nothing"/>',
    kind: str = "decimal",
    depth: int = 0,
) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{gap}<w:lvlText w:val="{text}"/></w:lvl>'


def document(path, levels: str, *texts: str, properties: str = LISTED):
    paragraphs = "".join(
        para(run(text)).replace("<w:p>", f"<w:p><w:pPr>{properties}</w:pPr>") for text in texts
    )
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    bodies = (f"<w:body>{paragraphs}</w:body>", numbering, STYLES)
    parts = {f"word/{kind}.xml": _part(f"w:{kind}", body) for kind, body in zip(KINDS, bodies, strict=True)}
    path.write_bytes(
        zipped(
            {
                "[Content_Types].xml": content_types({name: _OVERRIDES[name] for name in parts}, _DEFAULTS),
                "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
                "word/_rels/document.xml.rels": relations(
                    *((kind, kind, f"{kind}.xml") for kind in KINDS[1:])
                ),
                **parts,
            }
        )
    )
    return read(path, ref="#1")


@pytest.mark.parametrize(
    ("levels", "texts", "value"),
    [
        (level("1391234%1", start=5), ("028",), "13912345028"),
        (level("电话139"), ("12345028",), "13912345028"),
        (level("1391%1", start=233), ("甲", "45028"), "139123445028"),
        (level("患者张"), ("伟，女",), "张伟"),
        (level("%1", start=139, gap='<w:suff w:val="space"/>'), ("1234 5028",), "139 1234 5028"),
    ],
)
@pytest.mark.parametrize("properties", [LISTED, '<w:pStyle w:val="Own"/>', '<w:pStyle w:val="Based"/>'])
def test_a_label_is_read_with_the_text_that_it_touches(tmp_path, levels, texts, value, properties):
    source = document(tmp_path / "a.docx", levels, *texts, properties=properties)
    out = tmp_path / "out.docx"

    write(source, replaced(source, [value]), out)

    markup = "".join(unzipped(out)[f"word/{kind}.xml"].decode() for kind in KINDS)
    assert "〔替〕" in markup
    assert not any(piece in markup for piece in ("5028", "张", "伟"))


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        (level("电话：1391234%1", start=5028, gap=""), "甲"),  # a tab stands between
        (level("电话：1391234%1", start=5028), "，请回电"),
        (level("电话：1391%2%1", start=5028, gap="") + level("", start=234, depth=1), "345028元"),
    ],
)
def test_a_label_with_a_number_is_read_as_it_is_printed(tmp_path, levels, text):
    source = document(tmp_path / "a.docx", levels, text)
    out = tmp_path / "out.docx"

    write(source, replaced(source, ["13912345028"]), out)

    markup = {kind: unzipped(out)[f"word/{kind}.xml"].decode() for kind in KINDS}
    assert "1391" not in markup["numbering"]
    assert f">{text}<" in markup["document"]


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        (level("13912%1", gap=""), []),  # a tab stands between
        (level("第%1条、"), []),
        (level("1391234%1", kind="chineseCounting"), []),
        (level("%1.2", gap='<w:suff w:val="space"/>'), ["2 345028", "2 345028"]),
        (level("%1", start=138) + level("%1%2", start=4, depth=1), ["138345028", "139345028"]),
    ],
)
def test_labels_stand_apart_where_something_stands_between(tmp_path, levels, shown):
    source = document(tmp_path / "a.docx", levels, "345028", "345028")

    assert [block.text for block in source.blocks() if block.id.endswith("%")] == shown


def test_numbers_of_sections_are_no_days(tmp_path):
    levels = level("%1") + level("%1.%2", gap='<w:suff w:val="space"/>', depth=1)
    properties = LISTED.replace('ilvl w:val="0"', 'ilvl w:val="1"')
    source = document(tmp_path / "a.docx", levels, "复查CT", "日晨查血", "室外活动", properties=properties)

    found = [e for block in source.blocks() for e in deid.detect(block.text, labels=block.labels)]

    assert not [e for e in found if e.entity_type == "DATE_TIME"]
