"""Figures in text boxes of their own, labels of lists and readings, in formats of word processors."""

from __future__ import annotations

import openpyxl
import pytest
from hostile_docx import para, relations, run
from hostile_odf import package, root
from planting import replaced, unzipped, zipped
from test_office_pitfalls import with_body

import deid
from deid.formats import read, text_of, write

PHONE = "13912345028"
GROUPS = (PHONE[:3], PHONE[3:7], PHONE[7:])


def word(path, texts):
    boxes = "".join(
        f'<w:r><w:pict><v:shape id="s{n}"><v:textbox><w:txbxContent>{para(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
        for n, text in enumerate(texts)
    )
    return with_body(path, para(run("一")) + para(boxes) + para(run("二")))


def frames(texts):
    return "".join(
        f'<draw:frame svg:width="1cm" svg:height="1cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>'
        for text in texts
    )


def odt(path, line, styles=""):
    body = f"<office:body><office:text><text:p>一</text:p><text:p>{line}</text:p><text:p>二</text:p></office:text></office:body>"
    content = root("document-content", f"<office:automatic-styles>{styles}</office:automatic-styles>{body}")
    path.write_bytes(package("odt", {"content.xml": content}))
    return path


def odp(path, texts):
    """Shapes of a slide, in an order of their own."""
    shapes = "".join(
        f'<draw:custom-shape svg:x="{x}cm" svg:y="1cm" svg:width="1cm" svg:height="1cm"><text:p>{text}</text:p></draw:custom-shape>'
        for x, text in texts
    )
    pages = (
        f'<draw:page draw:name="page1">{shapes}</draw:page><draw:page draw:name="page2">{shapes}</draw:page>'
    )
    content = root(
        "document-content", f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
    )
    path.write_bytes(package("odp", {"content.xml": content}))
    return path


def rtf(path, line):
    path.write_bytes(rf"{{\rtf1\ansi\ansicpg936{{\fonttbl{{\f0 SimSun;}}}}x\par {line}\par y\par}}".encode())
    return path


def shapes(texts):
    return "".join(rf"{{\shp{{\*\shpinst{{\shptxt {text}\par}}}}}}" for text in texts)


SHEET_DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def workbook(path, name, kind, drawing):
    book = openpyxl.Workbook()
    book.active["A1"] = "一"
    book.save(path)
    parts = unzipped(path)
    types = parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/xl/drawings/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>")
    relation = "vmlDrawing" if name.endswith("vml") else "drawing"
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("rId1", relation, f"/xl/drawings/{name}"))
    parts[f"xl/drawings/{name}"] = drawing
    path.write_bytes(zipped(parts))
    return path


def sheet_shape(text, x=0):
    place = f'<a:xfrm><a:off x="{x}" y="0"/><a:ext cx="9000" cy="9000"/></a:xfrm>'
    return f"<xdr:sp><xdr:spPr>{place}</xdr:spPr><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"


def anchored(path, texts):
    """Shapes that say of themselves that all stand in one place."""
    anchors = "".join(
        f'<xdr:absoluteAnchor><xdr:pos x="{x * 9000}" y="0"/><xdr:ext cx="9000" cy="9000"/>{sheet_shape(text)}</xdr:absoluteAnchor>'
        for x, text in texts
    )
    return workbook(path, "drawing1.xml", "drawing+xml", f"<xdr:wsDr {SHEET_DRAWING}>{anchors}</xdr:wsDr>")


def grouped(path, texts):
    group = "".join(sheet_shape(text, 9000 * x) for x, text in texts)
    drawing = f"<xdr:wsDr {SHEET_DRAWING}><xdr:twoCellAnchor><xdr:grpSp>{group}</xdr:grpSp></xdr:twoCellAnchor></xdr:wsDr>"
    return workbook(path, "drawing1.xml", "drawing+xml", drawing)


def in_vml(path, texts):
    shapes = "".join(
        f'<v:shape style="position:absolute;margin-left:{10 * x}pt"><v:textbox><div>{text}</div></v:textbox></v:shape>'
        for x, text in texts
    )
    drawing = f'<xml xmlns:v="urn:schemas-microsoft-com:vml">{shapes}</xml>'
    return workbook(path, "vmlDrawing1.vml", "vmlDrawing", drawing)


def alternatives(path, texts):
    """Runs for newer programs, and again for older ones."""
    runs = "".join(
        f'<mc:AlternateContent><mc:Choice Requires="w14">{run(text)}</mc:Choice><mc:Fallback>{run(text)}</mc:Fallback></mc:AlternateContent>'
        for text in texts
    )
    return with_body(path, para(run("一号")) + para(runs) + para(run("二号")))


def formula(texts, note=""):
    figures = "".join(f"<math:mn>{text}</math:mn>" for text in texts)
    return (
        '<draw:frame><draw:object><math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:semantics>'
        f"<math:mrow>{figures}</math:mrow><math:annotation>{note}</math:annotation></math:semantics></math:math></draw:object></draw:frame>"
    )


def framed(path, texts):
    body = "".join(
        f'<w:p><w:pPr><w:framePr w:w="300" w:x="{x * 300}" w:y="1000"/></w:pPr>{run(text)}</w:p>'
        for x, text in texts
    )
    return with_body(path, para(run("一")) + body + para(run("二")))


UNSEEN = (
    'text:display="none"',
    'fo:color="#ffffff"',
    'fo:font-size="1pt"',
    'loext:opacity="0%" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
)
HIDING = '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
RUBY = "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>{}</text:ruby-text></text:ruby>"
CASES = [
    lambda folder: word(folder / "a.docx", GROUPS),
    lambda folder: word(folder / "a.docx", PHONE),
    lambda folder: odt(folder / "a.odt", frames(GROUPS)),
    lambda folder: odt(folder / "a.odt", frames(PHONE)),
    lambda folder: odt(folder / "a.odt", "".join(map(RUBY.format, PHONE))),
    lambda folder: odt(
        folder / "a.odt", f'{PHONE[:5]}<text:span text:style-name="T9">的</text:span>{PHONE[5:]}', HIDING
    ),
    lambda folder: odp(folder / "a.odp", list(enumerate(PHONE))),
    lambda folder: odp(folder / "a.odp", ((7, GROUPS[2]), (1, GROUPS[0]), (3.5, GROUPS[1]))),
    *(
        lambda folder, made=made, texts=texts: made(
            folder / f"a.{'docx' if made is framed else 'xlsx'}", texts
        )
        for made in (framed, anchored, grouped, in_vml)
        for texts in (list(enumerate(PHONE)), ((7, GROUPS[2]), (1, GROUPS[0]), (3, GROUPS[1])))
    ),
    lambda folder: with_body(folder / "a.docx", para(run("电话" + "</w:t><w:tab/><w:t>".join(PHONE)))),
    lambda folder: with_body(folder / "a.docx", para(run("</w:t><w:br/><w:t>".join(PHONE)))),
    lambda folder: alternatives(folder / "a.docx", GROUPS),
    lambda folder: alternatives(folder / "a.docx", PHONE),
    lambda folder: odt(folder / "a.odt", formula(PHONE, "x")),
    lambda folder: odt(folder / "a.odt", formula(GROUPS)),
    lambda folder: rtf(folder / "a.rtf", shapes(GROUPS)),
    lambda folder: rtf(folder / "a.rtf", rf"{{\listtext\f0 {PHONE[:7]}}}{PHONE[7:]}"),
]


@pytest.mark.parametrize("said", UNSEEN)
@pytest.mark.parametrize("based", [False, True])
def test_a_number_is_read_without_what_a_style_hides(tmp_path, said, based):
    style = f'<style:style style:name="T1" style:family="text"><style:text-properties {said}/></style:style>'
    if based:
        style += '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    line = f'{PHONE[:3]}<text:span text:style-name="T{1 + based}">的</text:span>{PHONE[3:]}'
    common = root("document-styles", f"<office:styles>{style}</office:styles>")
    path = odt(tmp_path / "a.odt", line, style)
    path.with_name("b.odt").write_bytes(
        package("odt", {"content.xml": unzipped(odt(path, line))["content.xml"], "styles.xml": common})
    )

    for file in (odt(path, line, style), path.with_name("b.odt")):
        assert PHONE in [block.text for block in read(file, ref="#1").blocks()]


@pytest.mark.parametrize("made", CASES)
def test_figures_in_boxes_and_labels_are_read_together(tmp_path, made):
    document, out = read(made(tmp_path), ref="#1"), tmp_path / "out"

    found = any(
        one.entity_type == "PHONE_NUMBER"
        for block in document.blocks()
        if not block.search_only
        for one in deid.detect(block.text)
    )
    write(document, replaced(document, [PHONE]), out)

    assert found
    assert "〔替〕" in "".join(text_of(out, format=document.format))
    assert not any(PHONE[4:] in text or PHONE[7:] in text for text in text_of(out, format=document.format))


@pytest.mark.parametrize(
    "made",
    [
        lambda folder: word(folder / "a.docx", ("139", "1234", "5028", "7")),
        lambda folder: odt(folder / "a.odt", frames(("139", "甲", "1234", "5028"))),
        lambda folder: framed(folder / "a.docx", enumerate(("139", "1234", "5028", "7"))),
        lambda folder: rtf(folder / "a.rtf", shapes("13422013420")),
        lambda folder: rtf(folder / "a.rtf", rf"{{\listtext\f0 1391234.\tab}}{PHONE[7:]}"),
    ],
)
def test_other_boxes_stay_apart(tmp_path, made):
    blocks = read(made(tmp_path), ref="#1").blocks()

    assert all(len(block.text) < 10 for block in blocks if not block.search_only)
