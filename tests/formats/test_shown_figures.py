"""What cells, slides and pages show together: figures of number formats, pieces of formulas, bullets, text around what is hidden."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from planting import replaced, unzipped, zipped

from deid.formats import read, text_of, write
from deid.formats.edits import Edit
from deid.formats.ooxml.numberformats import changes_figures, rewritten, shown, words

PHONE = "13912345678"


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ('"139"00000000', "12345678", PHONE),
        ("\\10", "3912345678", PHONE),
        ('0"5678"', "1391234", PHONE),
        ("13900000000", "12345678", PHONE),
        ("0,", "13912345678000", PHONE),
        ("#,##0,,", "13912345678000000", PHONE),
        ("0%", "139123456.78", f"{PHONE}%"),
        ("0.00,", "13912345678", "13912345.68"),
        ('"1"0.0"3"', "12.34", "112.33"),
        ('0;"-139"00000000', "-12345678", f"-{PHONE}"),
        ('0;-0;"139"00000000', "0", "13900000000"),
        ("[$电话139-804]00000000", "12345678", f"电话{PHONE}"),
        ('"139"# ?/?', "1.5", ""),
        ('"139"0.0E+00', "1e30", ""),
        ('"139"0', "无", ""),
        ('"139"', "5", ""),
        ('"139"0', "1e400", ""),
    ],
)
def test_what_a_number_format_shows(code, number, expected):
    assert changes_figures(code)
    assert shown(code, number) == expected


@pytest.mark.parametrize("code", ["0", "#,##0.00", "000-0000-0000", "General", "yyyy-mm-dd", '0"岁"', "@"])
def test_formats_that_show_the_number(code):
    assert not changes_figures(code)


def test_a_bound_of_a_format_is_read_and_goes():
    code = f"[>={PHONE}]0;General"

    start = words(code).index(PHONE)

    assert rewritten(code, [Edit(start, start + 11, "〔替〕")]) == "0;General"


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, (value, code) in enumerate(((12345678, '"139"00000000'), (0.45, "0%"), (12345678, "0")), 1):
        sheet.cell(row, 1, value).number_format = code
    sheet["A4"], sheet["A5"], sheet["A6"] = '=13912&"345678"', "=137*12345678", f"=tel{PHONE}+1"
    book.save(path)
    return path


def test_cells_are_read_as_they_are_shown(tmp_path):
    document = read(workbook(tmp_path / "a.xlsx"), ref="#1")

    texts = [block.text for block in document.blocks() if not block.search_only]

    assert texts.count(PHONE) == 2
    assert f"tel{PHONE}" in texts
    assert "137" not in texts  # nothing is joined in a product


def test_a_cell_that_shows_a_value_is_text_afterwards(tmp_path):
    document = read(workbook(tmp_path / "a.xlsx"), ref="#1")
    write(document, replaced(document, [PHONE], "13000000000"), tmp_path / "b.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active

    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "13000000000",
        0.45,
        12345678,
        '="13000000000"&""',
    ]


@pytest.mark.parametrize("code", ["0,", '"1"0', "0.0000,", '"第"1"号"0', "[Red]0,;[Blue]0"])
@pytest.mark.parametrize("formula", [False, True])
def test_a_number_is_read_as_well_where_others_are_shown(tmp_path, code, formula):
    book = openpyxl.Workbook()
    book.active["A1"] = int(PHONE)
    book.active["A1"].number_format = code
    book.save(tmp_path / "a.xlsx")
    if formula:
        parts = unzipped(tmp_path / "a.xlsx")
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>", b"<f>B1+0</f><v>")
        (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    document = read(tmp_path / "a.xlsx", ref="#1")

    write(document, replaced(document, [PHONE], "13000000000"), tmp_path / "b.xlsx")

    cell = openpyxl.load_workbook(tmp_path / "b.xlsx").active["A1"]
    assert (cell.value, cell.number_format) == ("13000000000", code)


@pytest.mark.parametrize("code", ['"电话：139"@', '0;-0;0;"139"@', '139@"转1"'])
@pytest.mark.parametrize("others", ["", "=1+1"])
def test_a_text_is_read_with_what_its_format_shows_around_it(tmp_path, code, others):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["C1"] = "12345678", "12345678步", others or "无"
    book.active["A1"].number_format = code
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx", ref="#1")

    write(document, replaced(document, [PHONE]), tmp_path / "b.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert (sheet["A1"].value, sheet["B1"].value) == ("〔替〕", "12345678步")


def in_word(path: Path) -> Path:
    document = docx.Document()
    paragraph = document.add_paragraph("139")
    hidden, white, small = (paragraph.add_run(text) for text in ("甲", "乙", "丙"))
    hidden.font.hidden, white.font.color.rgb, small.font.size = True, RGBColor(255, 255, 255), Pt(1)
    paragraph.add_run("12345678")
    document.save(path)
    return path


def on_a_slide(path: Path) -> Path:
    deck = pptx.Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)
    paragraph = box.text_frame.paragraphs[0]
    for text, colour in (("39", ""), ("甲", "FFFFFF"), ("12345678", "")):
        run = paragraph.add_run()
        run.text = text
        if colour:
            run.font.color.rgb = pptx.dml.color.RGBColor.from_string(colour)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(etree.fromstring(f'<a:buChar xmlns:a="{properties.nsmap["a"]}" char="1"/>'))
    deck.save(path)
    return path


@pytest.mark.parametrize(("made", "name"), [(in_word, "a.docx"), (on_a_slide, "a.pptx")])
def test_text_is_read_as_it_is_seen(tmp_path, made, name):
    document = read(made(tmp_path / name), ref="#1")

    assert PHONE in [block.text for block in document.blocks()]


def word_with(path: Path, format: str) -> Path:
    document = docx.Document()
    style = document.styles.add_style("Unseen", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.styles.add_style("Unseen2", WD_STYLE_TYPE.CHARACTER).base_style = style
    paragraph = document.add_paragraph("139")
    properties = paragraph.add_run("甲")._r.get_or_add_rPr()
    names = (
        f'xmlns:w="{properties.nsmap["w"]}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    )
    properties.append(etree.fromstring(format.replace(" ", f" {names} ", 1)))
    paragraph.add_run("12345678")
    document.save(path)
    return path


def slide_with(path: Path, format: str) -> Path:
    deck = pptx.Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)
    for text in ("139", "甲", "12345678"):
        box.text_frame.paragraphs[0].add_run().text = text
    deck.save(path)
    parts = unzipped(path)
    slide = parts["ppt/slides/slide1.xml"].decode()
    parts["ppt/slides/slide1.xml"] = slide.replace("<a:r><a:t>甲", f"<a:r>{format}<a:t>甲")
    path.write_bytes(zipped(parts))
    return path


def sheet_with(path: Path, format: str) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("139", TextBlock(InlineFont(b=True), "甲"), "12345678")
    book.save(path)
    parts = unzipped(path)
    for name in parts:
        parts[name] = re.sub(rb"<b (?:[^>]*)/>", format.encode(), parts[name])
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.parametrize(
    ("made", "name", "format"),
    [
        (word_with, "a.docx", '<w:rStyle w:val="Unseen"/>'),
        (word_with, "a.docx", '<w:rStyle w:val="Unseen2"/>'),
        (word_with, "a.docx", '<w:vertAlign w:val="superscript"/>'),
        (word_with, "a.docx", '<w:w w:val="1"/>'),
        (word_with, "a.docx", '<w:color w:val="auto" w:themeColor="background1"/>'),
        (word_with, "a.docx", "<w:webHidden />"),
        (word_with, "a.docx", "<w14:textFill ><w14:noFill/></w14:textFill>"),
        (
            word_with,
            "a.docx",
            '<w14:textFill ><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
        ),
        (slide_with, "a.pptx", '<a:rPr sz="100"/>'),
        (slide_with, "a.pptx", '<a:rPr baseline="30000"/>'),
        (slide_with, "a.pptx", '<a:rPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:rPr>'),
        (
            slide_with,
            "a.pptx",
            '<a:rPr><a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill></a:rPr>',
        ),
        (slide_with, "a.pptx", "<a:rPr><a:noFill/></a:rPr>"),
        (sheet_with, "a.xlsx", '<color rgb="FFFFFFFF"/>'),
        (sheet_with, "a.xlsx", '<sz val="1"/>'),
        (sheet_with, "a.xlsx", '<vertAlign val="superscript"/>'),
        (sheet_with, "a.xlsx", '<color theme="0"/>'),
    ],
)
def test_text_is_read_with_and_without_what_nobody_sees(tmp_path, made, name, format):
    document, out = read(made(tmp_path / name, format), ref="#1"), tmp_path / f"out-{name}"

    write(document, replaced(document, [PHONE]), out)

    assert {PHONE, "139甲12345678"} <= {block.text for block in document.blocks()}
    assert "〔替〕" in (text := "".join(text_of(out)))
    assert "甲" in text
    assert "12345678" not in text


@pytest.mark.parametrize(
    ("made", "name", "format"),
    [
        (word_with, "a.docx", '<w:color w:val="auto" w:themeColor="text1"/>'),
        (word_with, "a.docx", '<w:vanish w:val="0"/>'),
        (word_with, "a.docx", '<w:vertAlign w:val="baseline"/>'),
        (word_with, "a.docx", '<w:w w:val="90"/>'),
        (
            word_with,
            "a.docx",
            '<w14:textFill ><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="0"/></w14:srgbClr></w14:solidFill></w14:textFill>',
        ),
        (slide_with, "a.pptx", '<a:rPr sz="1000"/>'),
        (slide_with, "a.pptx", "<a:rPr><a:ln><a:noFill/></a:ln></a:rPr>"),
        (sheet_with, "a.xlsx", '<sz val="11"/>'),
    ],
)
def test_text_that_is_seen_is_read_whole(tmp_path, made, name, format):
    document = read(made(tmp_path / name, format), ref="#1")

    texts = [block.text for block in document.blocks()]

    assert "139甲12345678" in texts
    assert PHONE not in texts


def test_runs_of_a_hidden_paragraph_are_seen_where_they_say_so(tmp_path):
    document = docx.Document()
    style = document.styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    paragraph = document.add_paragraph("12", style=style)
    paragraph.add_run(PHONE).font.hidden = False
    document.save(tmp_path / "a.docx")

    texts = [block.text for block in read(tmp_path / "a.docx", ref="#1").blocks()]

    assert {PHONE, f"12{PHONE}"} <= set(texts)


def test_of_runs_in_cells_only_what_excel_knows_stays(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"))
    book.save(tmp_path / "a.xlsx")
    parts = unzipped(tmp_path / "a.xlsx")
    for name in parts:
        parts[name] = parts[name].replace(b"<b val", f'<a xmlns="urn:{PHONE}"/><b val'.encode())
    (tmp_path / "b.xlsx").write_bytes(zipped(parts))

    write(read(tmp_path / "b.xlsx", ref="#1"), {}, tmp_path / "c.xlsx")

    assert any(PHONE in part.decode("utf-8", "replace") for part in parts.values())
    assert not any(
        PHONE in part.decode("utf-8", "replace") for part in unzipped(tmp_path / "c.xlsx").values()
    )


@pytest.mark.parametrize(("bullet", "text"), [("1", PHONE), ("8", f"电话{PHONE}"), ("n", "赵铁柱")])
def test_a_bullet_is_read_with_its_paragraph_and_apart(tmp_path, bullet, text):
    deck = pptx.Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)
    paragraph = box.text_frame.paragraphs[0]
    paragraph.text = text
    properties = paragraph._p.get_or_add_pPr()
    font = '<a:buFont xmlns:a="{}" typeface="Wingdings"/>'.format(properties.nsmap["a"])
    if bullet == "n":
        properties.append(etree.fromstring(font))
    properties.append(etree.fromstring(f'<a:buChar xmlns:a="{properties.nsmap["a"]}" char="{bullet}"/>'))
    deck.save(tmp_path / "a.pptx")

    texts = [block.text for block in read(tmp_path / "a.pptx", ref="#1").blocks()]

    assert text in texts
    assert (bullet + text in texts) is (bullet != "n")
