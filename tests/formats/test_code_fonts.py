"""Bar codes that fonts draw: what is set in such a font goes, wherever the font is named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hostile_odf import package, root
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, NamedStyle

from deid.formats import read, write

SECRET = "ZY3B7K2"


def output(path: Path) -> tuple[int, str]:
    """How many codes went, and all that the output holds."""
    out = path.with_name(f"out{path.suffix}")
    document = read(path, ref="#1")
    assert SECRET not in "".join(block.text for block in document.blocks())
    write(document, {}, out)
    if not zipfile.is_zipfile(out):
        return document.details["removed"].get("code", 0), out.read_text("utf-8")
    with zipfile.ZipFile(out) as packed:
        text = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return document.details["removed"].get("code", 0), text


def test_cells_whose_style_names_such_a_font_are_empty(tmp_path):
    book = Workbook()
    sheet = book.active
    book.add_named_style(NamedStyle("条码", font=Font(name="Libre Barcode 128")))
    sheet["A1"], sheet["B1"], sheet["C1"] = "条码", "样本", "号码"
    sheet["A2"], sheet["B2"], sheet["C2"] = f"*{SECRET}*", "全血", 20261127
    sheet["A3"], sheet["B3"], sheet["C3"] = f'="*"&"{SECRET}"&"*"', f"血清{SECRET[:2]}", 7
    sheet["A2"].font = sheet["A3"].font = sheet["C2"].font = Font(name="IDAutomationHC39M", size=20)
    sheet["D2"], sheet["E2"] = (
        f"({SECRET})",
        CellRichText("甲", TextBlock(InlineFont(rFont="Code 128"), SECRET)),
    )
    sheet["D2"].style = "条码"
    book.save(tmp_path / "a.xlsx")

    count, text = output(tmp_path / "a.xlsx")

    assert count == 4
    assert SECRET not in text
    assert "20261127" not in text
    assert all(kept in text for kept in ("条码", "全血", "血清ZY", "甲", "<v>7</v>"))


def test_styles_of_word_that_name_such_a_font(tmp_path):
    document = docx.Document()
    code = document.styles.add_style("Bars", WD_STYLE_TYPE.PARAGRAPH)
    code.font.name = "Free 3 of 9"
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = code
    plain = document.styles.add_style("Plain", WD_STYLE_TYPE.PARAGRAPH)
    plain.base_style, plain.font.name = code, "Arial"
    character = document.styles.add_style("Char", WD_STYLE_TYPE.CHARACTER)
    character.font.name = "3 of 9 Barcode"
    document.add_paragraph(f"*{SECRET}1*", code)
    document.add_paragraph(f"*{SECRET}2*", small).add_run("请扫码").font.name = "Arial"
    document.add_paragraph("说明", plain).add_run(f"*{SECRET}3*", character)
    document.save(tmp_path / "a.docx")

    count, text = output(tmp_path / "a.docx")

    assert count == 3
    assert SECRET not in text
    assert all(kept in text for kept in ("说明", "请扫码"))


def test_levels_of_a_text_box_that_name_such_a_font(tmp_path):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text, font in ((SECRET, "Code 39"), ("讲义", "Arial")):
        frame = slide.shapes.add_textbox(0, 0, 999, 999).text_frame
        frame.text = text
        levels = frame._txBody.find("{*}lstStyle")
        level = levels.makeelement(levels.tag.replace("lstStyle", "lvl1pPr"))
        run = levels.makeelement(levels.tag.replace("lstStyle", "defRPr"))
        run.append(levels.makeelement(levels.tag.replace("lstStyle", "latin"), {"typeface": font}))
        level.append(run)
        levels.append(level)
    deck.save(tmp_path / "a.pptx")

    count, text = output(tmp_path / "a.pptx")

    assert count == 1
    assert SECRET not in text
    assert "讲义" in text


FACES = (
    '<office:font-face-decls><style:font-face style:name="F1" svg:font-family="&apos;Libre Barcode 39&apos;"/>'
    '<style:font-face style:name="F2" svg:font-family="Arial"/></office:font-face-decls>'
)


def style(name: str, family: str, font: str = "", parent: str = "") -> str:
    text = f'<style:text-properties style:font-name="{font}"/>' if font else ""
    return f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">{text}</style:style>'


def flat(kind: str, styles: str, body: str) -> str:
    names = "office style text table fo:xsl-fo-compatible svg:svg-compatible".split()
    declared = "".join(
        f' xmlns:{name.partition(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name.rpartition(":")[2]}:1.0"'
        for name in names
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{declared} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">{FACES}<office:styles>{styles}</office:styles>'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


def test_styles_of_open_document_texts(tmp_path):
    styles = style("Bars", "paragraph", "F1") + style("P1", "paragraph", "", "Bars")
    styles += style("T1", "text", "F1") + style("T2", "text", "F2")
    body = (
        f'<text:p text:style-name="P1">{SECRET}<text:span>{SECRET}</text:span>{SECRET}'
        f'<text:span text:style-name="T2">请扫码</text:span>{SECRET}</text:p>'
        f'<text:p>说明<text:span text:style-name="T1">{SECRET}</text:span>完</text:p>'
    )
    path = tmp_path / "a.fodt"
    path.write_text(flat("text", styles, body), "utf-8")

    count, text = output(path)

    assert count == 5
    assert SECRET not in text
    assert all(kept in text for kept in ("请扫码", "说明", "完"))


def test_styles_that_a_package_has_in_a_part_of_their_own(tmp_path):
    styles = f"{FACES}<office:styles>{style('Bars', 'paragraph', 'F1')}</office:styles>"
    body = f'<office:body><office:text><text:p text:style-name="Bars">{SECRET}</text:p><text:p>说明</text:p></office:text></office:body>'
    parts = {"content.xml": root("document-content", body), "styles.xml": root("document-styles", styles)}
    path = tmp_path / "a.odt"
    path.write_bytes(package("odt", parts))

    count, text = output(path)

    assert count == 1
    assert SECRET not in text
    assert "说明" in text


def test_styles_of_open_document_cells_columns_and_rows(tmp_path):
    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" office:string-value="{text}"{more}><text:p>{text}</text:p></table:table-cell>'

    default = ' table:default-cell-style-name="ce1"'
    body = (
        '<table:table table:name="一"><table:table-column table:number-columns-repeated="2"/>'
        f"<table:table-column{default}/><table:table-column/>"
        f"<table:table-row>{cell('样本')}{cell('全血', ' table:number-columns-repeated=&quot;1&quot;'.replace('&quot;', chr(34)))}"
        f"{cell(SECRET)}{cell('完')}</table:table-row>"
        f'<table:table-row{default}>{cell(SECRET, f""" table:formula="of:=&quot;{SECRET}&quot;" """)}</table:table-row>'
        f'<table:table-row>{cell(SECRET, """ table:style-name="ce1" """)}{cell("血清")}'
        f'{cell("说明", """ table:style-name="ce2" """)}</table:table-row></table:table>'
    )
    path = tmp_path / "a.fods"
    path.write_text(
        flat("spreadsheet", style("ce1", "table-cell", "F1") + style("ce2", "table-cell"), body), "utf-8"
    )

    count, text = output(path)

    assert count == 3
    assert SECRET not in text
    assert all(kept in text for kept in ("样本", "全血", "完", "血清", "说明"))


PAGES = {
    "class": ("<style>.code{{font-family:'Libre Barcode 39'}}</style>", '<b class="big code">{}</b>'),
    "font": (
        "<style>td.code{{font:20pt/1 'Code 128',serif}}</style>",
        '<table><td class="code">{}<td>后</table>',
    ),
    "descendant": (
        "<style>@media print{{#label > i + .x{{font-family:C39, 'Code 39'}}}}</style>",
        '<div id="label"><i></i><b class="x">{}</b></div>',
    ),
    "alias": (
        "<style>@font-face{{font-family:bars;src:url(LibreBarcode128.woff2)}} u{{font-family:'bars'}}</style>",
        "<u>{}</u>",
    ),
    "variable": ("<style>:root{{--bars:'Free 3 of 9'}} u{{font-family:var(--bars)}}</style>", "<u>{}</u>"),
    "escaped": (r"<style>u{{font-family:'Libre\20 Bar\63 ode'}}</style>", "<u>{}</u>"),
    "inline": ("", """<span style="font-family:'IDAutomationHC39M'">a<i>{}</i></span>"""),
    "face": ("", '<font face="3 of 9 Barcode">{}</font>'),
    "field": ("<style>input[readonly]{{font-family:'Code 39'}}</style>", '<input readonly value="{}">'),
    "open": ("<style>p.code{{font-family:'Code 39'}}</style>", '<p class="code">{}<p>后'),
    "svg": ("<svg><style><![CDATA[text{{font-family:'Code 39'}}]]></style>", "<text>{}</text></svg>"),
    "attribute": ("<svg>", "<text font-family='Code 39'><tspan>{}</tspan></text></svg>"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_styles_of_pages(tmp_path, kind):
    head, body = (part.format(SECRET) for part in PAGES[kind])
    path = tmp_path / "a.html"
    path.write_text(f"<html><head>{head}</head><body><p>前</p>{body}<p>末</p></body></html>", "utf-8")

    count, text = output(path)

    assert count >= 1
    assert SECRET not in text
    assert "前" in text
    assert "末" in text
    assert "后" in text or "后" not in body


def test_styles_of_drawings(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">{PAGES["svg"][0][5:].format()}<text>{SECRET}</text><desc>前</desc></svg>',
        "utf-8",
    )

    count, text = output(path)

    assert count == 1
    assert SECRET not in text
    assert "前" in text


def test_pages_stay_where_a_font_is_named_and_not_used(tmp_path):
    page = (
        "<html><style>.code{font-family:'Libre Barcode 39'} .page{font-family:Arial}</style>"
        '<body class="page"><p>条码 barcode 39</p><div class="codes">甲</div><b class="a-code">乙</b></body></html>'
    )
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")

    assert output(path) == (0, page)


@pytest.mark.parametrize(
    "address",
    [
        "data:font/woff2;base64,d09GMgABAAAAAAc39BBYAAsAAAAw25AAC0AAA",
        "/static/media/noto.3fc39a1b.woff2",
        "'https://fonts.example/s/inter/v12/UcCO3FwrW25TeHuS_fvQtMwCp50KnMw2boKoduKmMEVuLyfAZ9hiA.woff2'",
    ],
)
def test_pages_stay_whose_fonts_have_addresses_drawn_by_lot(tmp_path, address):
    style = (
        f"@font-face{{font-family:Inter;src:url({address})}} body{{font-family:Inter}} .menu{{display:none}}"
    )
    (tmp_path / "a.html").write_text(f"<style>{style}</style><body><p>按时服药</p></body>", "utf-8")

    count, text = output(tmp_path / "a.html")

    assert (count, "按时服药" in text) == (0, True)


@pytest.mark.parametrize(
    "address",
    [
        "LibreBarcode128Text-Regular-3fc39a1b2.woff2",
        "/s/librebarcode39/v21/-nFnOHM08vwC6h8Li1eQnP_AHzI2K_d709jy.woff2",
        '"C39HrP24DhTt.ttf"',
        "IDAutomationHC39M_Free_Version_2_1_3.ttf",
        "fre3of9x.3fc39a1b.woff",
    ],
)
def test_fonts_that_their_addresses_name(tmp_path, address):
    style = f"@font-face{{font-family:F;src:url({address})}} .n{{font-family:F}}"
    (tmp_path / "a.html").write_text(f"<style>{style}</style><p class=n>{SECRET}</p><p>按时服药</p>", "utf-8")

    count, text = output(tmp_path / "a.html")

    assert (count, SECRET in text, "按时服药" in text) == (1, False, True)
