"""What libraries for PDF and OCR leave behind or do unasked, one test each; the rest is in the tests of each part."""

from __future__ import annotations

import io
import math
import re
from contextlib import closing, contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T2CharString, encodeFloat
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFont
from planting import replaced
from test_pdf import one_page

import deid
from deid.errors import DetectionFailed, UnsupportedDocument
from deid.formats import read, text_of, write
from deid.formats.edits import Edit
from deid.formats.ocr import engine
from deid.formats.pdf.fonts import UNKNOWN, UNKNOWN_HAN
from deid.formats.pdf.looks import Looks
from deid.formats.proofreading import pdf as proofreading_pdf

NUMBER = "ZY20230001"


def page_without_its_font(path, text):
    """A page in a font that every Chinese viewer has, and no file holds."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000, W=[1, 95, 500],
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=5),
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"), Encoding=Name("/UniGB-UTF16-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        shown = f"BT /F1 14 Tf 60 780 Td <{text.encode('utf-16-be').hex()}> Tj ET"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
    return path


def written(path, *values):
    document = read(path, ref="#1")
    out = path.with_name(f"out-{path.name}")
    write(document, replaced(document, values), out)
    return out


def as_others_read_it(path):
    with pypdfium2.PdfDocument(path) as document:
        yield document[0].get_textpage().get_text_range()
    yield extract_text(path)


def test_characters_along_a_curve_are_read_together(tmp_path):
    path = page_without_its_font(tmp_path / "a.pdf", "诊断：肺炎")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        contents = pdf.pages[0].obj.Contents
        letters = "".join(
            f"BT /F1 14 Tf {math.cos(turn):.3f} {math.sin(turn):.3f} {-math.sin(turn):.3f} {math.cos(turn):.3f}"
            f" {300 - 80 * math.sin(turn):.1f} {400 + 80 * math.cos(turn):.1f} Tm <{one.encode('utf-16-be').hex()}> Tj ET\n"
            for turn, one in zip((0.9, 0.6, 0.3, 0.0, -0.3, -0.6), "患者欧阳建国", strict=True)
        )
        contents.write(contents.read_bytes() + b"\n" + letters.encode())
        pdf.save(path)

    blocks = [block.text for block in read(path, ref="#1").blocks()]
    out = written(path, "欧阳建国")

    assert "患者欧阳建国" in blocks
    for text in as_others_read_it(out):
        assert not set("欧阳建国") & set(text)
        assert "诊断：肺炎" in text


def test_characters_that_are_turned_each_by_itself_are_read_together(tmp_path):
    """As browsers print `rotate` of SVG: on one line, and all of them aslant."""
    path = page_without_its_font(tmp_path / "a.pdf", "诊断：肺炎")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        contents = pdf.pages[0].obj.Contents
        letters = "".join(
            f"BT /F1 14 Tf 0.985 -0.174 0.174 0.985 {60 + 14 * number} 600 Tm <{one.encode('utf-16-be').hex()}> Tj ET\n"
            for number, one in enumerate("患者欧阳建国电话")
        )
        contents.write(contents.read_bytes() + b"\n" + letters.encode())
        pdf.save(path)

    assert "患者欧阳建国电话" in [block.text for block in read(path, ref="#1").blocks()]


def test_columns_of_vertical_writing_side_by_side_are_read_each(tmp_path):
    """As browsers print them, each character stands upright by itself, and those of two columns were read as a line."""
    path = page_without_its_font(tmp_path / "a.pdf", "诊断：肺炎")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        contents = pdf.pages[0].obj.Contents
        letters = "".join(
            f"BT /F1 14 Tf 1 0 0 1 {x} {600 - shift - 14 * number} Tm <{one.encode('utf-16-be').hex()}> Tj ET\n"
            for x, shift, column in ((100, 0, "患者欧阳建国入院"), (79, 3, "既往体健无过敏史"))
            for number, one in enumerate(column)
        )
        contents.write(contents.read_bytes() + b"\n" + letters.encode())
        pdf.save(path)

    blocks = [block.text for block in read(path, ref="#1").blocks()]

    assert "患者欧阳建国入院" in blocks
    assert "既往体健无过敏史" in blocks


def test_figures_that_lie_in_columns_of_vertical_writing_are_refused(tmp_path):
    """Nothing tells where the columns of a cell go on: parts of an address stayed. A single column is read."""
    columns = {"a": ("住址沪闵路11号",), "b": ("住址沪闵路11号", "室闵行区安静里5栋")}
    for name, some in columns.items():
        path = page_without_its_font(tmp_path / f"{name}.pdf", "诊断：肺炎")
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            contents = pdf.pages[0].obj.Contents
            letters = ""
            for column, text in enumerate(some):
                x, y = 100 - 21 * column, 600.0
                for one in text:
                    lies = one.isdecimal()
                    turn, place = ("0 -1 1 0", f"{x + 2} {y + 10}") if lies else ("1 0 0 1", f"{x} {y}")
                    letters += f"BT /F1 14 Tf {turn} {place} Tm <{one.encode('utf-16-be').hex()}> Tj ET\n"
                    y -= 7 if lies else 14
            contents.write(contents.read_bytes() + b"\n" + letters.encode())
            pdf.save(path)

    assert list(read(tmp_path / "a.pdf", ref="#1").blocks())
    with pytest.raises(UnsupportedDocument, match="written downwards"):
        list(read(tmp_path / "b.pdf", ref="#1").blocks())


@pytest.mark.parametrize("pitch", [14, 17])
def test_a_stand_in_stands_upright_as_the_characters_did(tmp_path, pitch):
    """It was as small as there was room beside the first of them."""
    path = page_of_texts(
        tmp_path / "a.pdf", *((100, 700 - pitch * row, one, 0) for row, one in enumerate("患者欧阳建国入院")),
        *((121, 700 - pitch * row, one, 0) for row, one in enumerate("既往体健无过敏史")),
    )  # fmt: skip

    document = read(path, ref="#1")
    write(document, replaced(document, ["欧阳建国"], "〔姓名12〕"), tmp_path / "out.pdf")

    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        drawn = [list(map(float, one)) for one in operands_of(pdf.pages[0], "Tm") if float(one[0]) != 1]

    assert {round(matrix[0], 1) for matrix in drawn} == {
        round((3 * pitch + 14) / 6, 1)
    }  # as long as 〔姓名12〕
    assert all(100 <= x <= 107 for *_, x, _ in drawn)
    assert 700 - 5 * pitch - 3 < drawn[-1][5] < drawn[0][5] < 714 - 2 * pitch


def test_of_a_number_in_a_font_that_no_file_holds_no_part_is_left(tmp_path):
    """Redaction by rectangles left 001."""
    path = page_without_its_font(tmp_path / "a.pdf", f"住院号：{NUMBER}，诊断：肺炎")
    assert all(NUMBER in text for text in as_others_read_it(path))

    out = written(path, NUMBER)

    for text in as_others_read_it(out):
        assert not [part for part in ("ZY", "2023", "0001", "001") if part in text]
        assert "诊断：肺炎" in text
    with pikepdf.open(out) as pdf:
        assert "/XObject" not in pdf.pages[0].obj.Resources  # it could be read, and is no picture


def test_characters_that_a_collection_of_glyphs_does_not_have_are_read(tmp_path):
    """Of a font whose codes are Unicode; one of them used to move all that follow by a byte."""
    text = "患者阿卜杜拉·买买提✔复诊𠮷•¥38"
    path = page_without_its_font(tmp_path / "a.pdf", text)

    assert text in [block.text for block in read(path, ref="#1").blocks()]

    out = written(path, "阿卜杜拉·买买提")
    for shown in as_others_read_it(out):
        assert not {*"阿卜杜拉", *"买提"} & set(shown)
        assert "复诊" in shown


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("189-2600-", "5538", "189-2600-5538"),
        ("187 1909 ", "2256", "187 1909 2256"),
        ("2600-", "55380017", "2600-55380017"),
        ("24项", "5538", "24项5538"),
        ("甲组-", "5538", ""),
        ("鄂B·", "5K207", "鄂B·5K207"),
        ("MAC A4-1B-7E-", "9C", "MAC A4-1B-7E-9C"),
        ("138", "·9331·6402", "138·9331·6402"),
    ],
)
def test_a_number_that_goes_on_in_the_next_line_is_whole_where_no_more_fitted(
    tmp_path, before, after, joined
):
    """A line ends where the next word does not fit: behind a hyphen or a blank that is well before the margin."""
    room = 30 - sum(0.5 if c.isascii() else 1 for c in before) - len(after) / 2 + 1
    path = page_of_lines(tmp_path / "a.pdf", "诊" * 30, "断" * int(room) + before, after + "请回电", "以上")

    [text, *_] = [block.text for block in read(path, ref="#1").blocks() if "请回电" in block.text]

    assert (joined or f"{before}\n{after}") in text


def page_that_shows(path, content):
    """A page of these operators, in Helvetica."""
    with pikepdf.open(one_page(path, "x"), allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Resources = Dictionary(
            Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        page.Contents = pdf.make_stream(content)
        pdf.save(path)
    return path


@pytest.mark.parametrize("in_form", [False, True])
def test_a_sign_without_a_number_moves_nothing(tmp_path, in_form):
    content = b"BT /F1 12 Tf 60 700 Td [(seen 1391)-(234)+(56)-3(78)] TJ ET"
    path = page_that_shows(tmp_path / "a.pdf", content)
    if in_form:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            page = pdf.pages[0].obj
            page.Resources.XObject = Dictionary(
                X0=pdf.make_stream(
                    content, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=page.Resources
                )
            )
            page.Contents = pdf.make_stream(b"/X0 Do")
            pdf.save(path)

    out = written(path, "139123456")

    for text in as_others_read_it(out):
        assert "seen" in text
        assert "78" in text
        assert "1391" not in text


@pytest.mark.parametrize(
    ("number", "start"),
    [
        ("--5", 102.5), ("5-3", 99.0), (".-2", 99.9), ("-.-2", 100.1), ("1e3", 99.5), ("3.-7", 98.15),
        ("+-5", 102.5), ("1.2.3", 99.25), ("4-", 98.0), ("5foo", 97.5), ("5", 97.5),
    ],
)  # fmt: skip
def test_broken_numbers_are_read_as_viewers_do(tmp_path, number, start):
    path = page_that_shows(
        tmp_path / "a.pdf", f"BT /F1 500Tf 100 700 Td [{number} (seen 1391)] TJ ET".encode()
    )

    out = written(path, "1391")

    with closing(pypdfium2.PdfDocument(out)) as pdf:
        page = pdf[0].get_textpage()
        assert page.get_charbox(0, loose=True)[0] == pytest.approx(start, abs=0.02)
        assert "1391" not in page.get_text_range()


@pytest.mark.parametrize("operands", ["70-20", "5 70 -20"])
def test_of_more_operands_than_an_operator_has_the_last_ones_count(tmp_path, operands):
    shown = f"BT /F1 10 Tf 60 700 Td (seen 1391) Tj {operands} Td (234) Tj ET"
    path = page_that_shows(tmp_path / "a.pdf", shown.encode())

    [text] = [block.text for block in read(path, ref="#1").blocks()]

    assert text.split("\n")[1].strip() == "234"


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("end", ["2600-", "2600- "])
@pytest.mark.parametrize("above", [1, 12])
def test_a_number_goes_on_in_the_next_line_of_its_column(tmp_path, count, end, above):
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    lines = ["一二三四五六七八九十甲乙丙丁"[: 28 // count] + "诊断明确"] * 8
    lines[3:5] = [
        "咨询请拨打" + "院" * (len(lines[0]) - 9) + f"189-{end}",
        "5538，" + "诊" * (len(lines[0]) - 3),
    ]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        shown = (
            f"BT /F1 10 Tf {40 + 530 / count * column} {700 - 14 * row} Td"
            f" <{line[:5].encode('utf-16-be').hex()}> Tj <{line[5:].encode('utf-16-be').hex()}> Tj ET"
            for row, line in enumerate(lines)
            for column in range(count)
        )
        heads = [
            f"BT /F1 18 Tf 40 {740 - (above > 1) * (160 + 20 * row)} Td <{('标题' * 14).encode('utf-16-be').hex()}> Tj ET"
            for row in range(above)
        ]
        page.Contents = pdf.make_stream("\n".join([*heads, *shown]).encode())
        pdf.save(path)

    texts = [block.text for block in read(path, ref="#1").blocks() if "189-2600-5538" in block.text]

    assert len(texts) == count
    assert all(text.count("咨询") == 1 for text in texts)


@pytest.mark.parametrize(
    ("beside", "end"),
    [
        ("", 186),  # up to the margin there is room
        ("BT /F1 14 Tf 100 680 Td <8bca> Tj ET", 186),  # shorter
        ("0.5 w 152 690 m 152 710 l S", 150),
        ("140 695 12 20 re S", 138),
        ("0.9 g 60 695 92 20 re f", 150),
        ("0.9 g 152 695 50 20 re f", 150),
        ("BT /F1 14 Tf 160 701 Td <8bca> Tj ET", 153),
        ("BT /F1 14 Tf 160 689 Td <8bca> Tj ET", 160),  # in the middle between two lines
        ("0.5 w 152 650 m 152 690 l S", 186),  # below
        ("0.5 w 100 690 m 100 710 l S", 186),  # before
        ("q 20 0 0 20 152 695 cm /I Do Q", 150),
        (f"BT /F1 14 Tf 60 650 Td <{'8bca' * 20}> Tj ET 60 690 92 30 re W n", 152),
    ],
)
def test_a_stand_in_at_the_end_of_a_line_takes_what_is_free_behind_it(tmp_path, beside, end):
    """It got the room of one character, as nothing on the page went on farther."""
    path, out = page_without_its_font(tmp_path / "a.pdf", "页"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        grey = pdf.make_stream(
            b"\x80", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
        )
        page.Resources.XObject = Dictionary(I=grey)
        shown = f"{beside} 0 g BT /F1 14 Tf 60 700 Td <{'患者：张三'.encode('utf-16-be').hex()}> Tj ET"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)

    document = read(path, ref="#1")
    write(document, replaced(document, ["张三"], "某某某某某某"), out)

    with closing(pypdfium2.PdfDocument(out)) as pdf:
        page = pdf[0].get_textpage()
        text = page.get_text_range()
        last = max(page.get_charbox(i, loose=True)[2] for i in range(len(text)) if text[i] == "某")
    assert last == pytest.approx(end, abs=2)


def glyph_by_glyph(text, x, y, size=14):
    """As browsers print: a string for each character."""
    for character in text:
        yield f"BT /F1 {size} Tf {x:.2f} {y:.2f} Td <{character.encode('utf-16-be').hex()}> Tj ET"
        x += size / 2 if character.isascii() else size


@pytest.mark.parametrize(("across", "down"), [(0.8, 0.8), (5, 5), (-1, 0), (0, -7)])
def test_the_shadow_of_a_text_is_no_text_of_its_own(tmp_path, across, down):
    """Both were read as one line, of which each character stood twice, and half a number was left."""
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = [
            f"{grey} g {string}"
            for number, text in enumerate(["患者张三丰，电话13800113380", "诊断高血压"])
            for grey, x, y in ((0.6, 60 + across, 700 - down), (0, 60, 700))
            for string in glyph_by_glyph(text, x, y - 40 * number)
        ]
        pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)

    document = read(path, ref="#1")
    texts = [block.text for block in document.blocks()]
    out = tmp_path / "out.pdf"
    write(document, replaced(document, ["张三丰", "13800113380"], "〔替换〕"), out)

    assert "患者张三丰，电话13800113380\n诊断高血压" in texts
    with closing(pypdfium2.PdfDocument(out)) as pdf:
        page = pdf[0].get_textpage()
        text = page.get_text_range()
        boxes = [page.get_charbox(i, loose=True) for i in range(len(text)) if text[i] == "替"]
    assert not set("张三丰1380") & set(text)
    assert len(boxes) in (2, 4)  # what lies over one another is one character
    widths = {round(right - left, 1) for left, _, right, _ in boxes}
    assert len(widths) == 1


def sources(document):
    """The sources of strings by what they say."""
    return {
        block.text[segment.start : segment.end]: segment.source
        for block in document.blocks()
        for segment in block.segments
    }


def test_a_stand_in_ends_in_its_cell_though_a_part_of_another_value_goes_farther_on(tmp_path):
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    page_of_texts(path, (60, 700, "张三", 0), (300, 714, "李", 0), (300, 700, "四", 0), (300, 650, "页", 0))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = pdf.pages[0].obj.Contents.read_bytes()
        pdf.pages[0].obj.Contents = pdf.make_stream(shown + b"0.5 w 100 690 m 100 720 l S")
        pdf.save(path)
    document = read(path, ref="#1")
    places = sources(document)

    edits = {
        places["张三"]: [Edit(0, 2, "某某某某")],
        places["李"]: [Edit(0, 1, "某")],
        places["四"]: [Edit(0, 1, "")],
    }
    write(document, edits, out)

    with closing(pypdfium2.PdfDocument(out)) as pdf:
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(i, loose=True) for i, c in enumerate(page.get_text_range()) if c == "某"]
    assert max(right for start, _, right, _ in boxes if start < 250) < 100


def test_stand_ins_side_by_side_are_not_what_was_taken_out(tmp_path):
    """`3月` before `2024年` is not the `月20` of another place; the page became a picture."""
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    page_of_texts(
        path,
        (60, 700, "2023年3月1日", 0),
        (200, 700, "2024年6月2日", 0),
        (60, 600, "月20", 0),
        (60, 550, "诊断明确", 0),
    )
    document = read(path, ref="#1")
    places = sources(document)

    edits = {
        places["2023年3月1日"]: [Edit(0, 9, "2023年3月")],
        places["2024年6月2日"]: [Edit(0, 9, "2024年6月")],
        places["月20"]: [Edit(0, 3, "")],
    }
    write(document, edits, out)

    with pikepdf.open(out) as pdf:
        assert "/XObject" not in pdf.pages[0].obj.Resources


def test_the_end_of_what_is_set_flush_right_above_columns_is_none_of_them(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (194, 728, "患者石云飞入院，住静安区建设大街南侧五", 0), (418, 714, "号楼。", 0),
        *((40 + 154 * column, 700 - 14 * row, "诊断明确病情平稳", 0) for row in range(9) for column in range(3)),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("大街南侧五号楼" in text for text in texts)


def test_what_stands_beside_a_label_is_no_head_of_a_column(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 720, "住址", 0), (120, 720, "广东省深圳市南山区人民南", 0), (310, 720, "诊断", 0),
        (370, 720, "社区获得性肺炎的患者", 0), (120, 700, "路470号15栋1460室金色花园", 0), (60, 680, "用药", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert not any("花园诊断" in text or "花园社区" in text for text in texts)


def test_a_table_above_columns_is_none_of_them(tmp_path):
    """The figures of a number in boxes went to the columns below them."""
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        cells = [
            (40, 760, "身份证号"),
            *((110 + 20 * place, 760, figure) for place, figure in enumerate("13912345678")),
        ]
        lines = [
            (40 + 132 * column, 700 - 14 * row, "诊断明确病情平稳继续服药")
            for row in range(12)
            for column in range(4)
        ]
        shown = (
            f"BT /F1 10 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, text in cells + lines
        )
        pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)

    blocks = [block.text for block in read(path, ref="#1").blocks()]

    assert "13912345678" in blocks
    assert blocks[0].split() == ["身份证号", *"13912345678"]


def test_strings_of_one_character_are_no_columns(tmp_path):
    """Wherever they were cut, no string went over it."""
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    lines = [
        f"第{row}行患者张三丰，电话13800113380，诊断高血压，继续口服药物治疗"
        for row in "甲乙丙丁戊己庚辛壬癸"
    ]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = [
            string for row, line in enumerate(lines) for string in glyph_by_glyph(line, 60, 700 - 20 * row)
        ]
        pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)

    [text] = [block.text for block in read(path, ref="#1").blocks() if block.id == "page1/0.0"]

    assert text.replace("\n", "") == "".join(lines)


@pytest.mark.parametrize("as_mask", [False, True])
@pytest.mark.parametrize("changes", [False, True])
def test_a_picture_that_is_the_shadow_of_a_text_goes_with_it(tmp_path, as_mask, changes):
    """It was painted over in grey, which lay behind the text."""
    path, out = page_without_its_font(tmp_path / "a.pdf", "页"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        soft = Image.new("L", (200, 40), 0)
        soft.paste(255, (0, 30, 200, 40))
        grey = {
            "Type": Name.XObject, "Subtype": Name.Image, "Width": 200, "Height": 40, "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray,
        }  # fmt: skip
        mask = pdf.make_stream(soft.tobytes(), **grey)
        put = "q 84 0 0 16 60 697 cm /I Do Q"
        if as_mask:
            group = pdf.make_stream(
                put.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
                Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray), Resources=Dictionary(XObject=Dictionary(I=mask)),
            )  # fmt: skip
            state = Dictionary(
                Type=Name.ExtGState, SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
            )
            page.Resources.ExtGState = Dictionary(E=state)
            put = "q /E gs 0 g 60 697 84 16 re f Q"
        else:
            page.Resources.XObject = Dictionary(I=pdf.make_stream(b"\0" * 8000, SMask=mask, **grey))
        shown = [put, "0 g", *glyph_by_glyph("患者：张三丰", 60, 700)]
        page.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)

    document = read(path, ref="#1")
    write(document, replaced(document, ["张三丰"], "替") if changes else {}, out)

    with closing(pypdfium2.PdfDocument(out)) as pdf:
        picture = pdf[0].render(scale=2.0, grayscale=True).to_pil()
    assert (picture.getpixel((2 * 130, 2 * (842 - 698))) > 200) is changes
    assert picture.getpixel((2 * 130, 2 * (842 - 711))) > 200


def test_what_says_how_much_of_a_text_is_seen_is_no_shadow_of_it(tmp_path):
    path, out = page_without_its_font(tmp_path / "a.pdf", "页"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        mask = pdf.make_stream(
            b"\xff" * 400, Type=Name.XObject, Subtype=Name.Image, Width=20, Height=20, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        group = pdf.make_stream(
            b"q 84 0 0 16 60 697 cm /I Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray), Resources=Dictionary(XObject=Dictionary(I=mask)),
        )  # fmt: skip
        state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))
        page.Resources.ExtGState = Dictionary(E=state)
        page.Contents = pdf.make_stream(
            "\n".join(["/E gs", *glyph_by_glyph("患者：张三丰", 60, 700)]).encode()
        )
        pdf.save(path)

    document = read(path, ref="#1")
    write(document, replaced(document, ["张三丰"], "替"), out)

    with closing(pypdfium2.PdfDocument(out)) as pdf:
        picture = pdf[0].render(scale=2.0, grayscale=True).to_pil()
    assert picture.crop((120, 2 * 126, 280, 2 * 146)).getextrema()[0] < 100


@pytest.mark.parametrize(("across", "up", "turned"), [(1, 1, 1), (1, -1, -1), (-1, 1, 1)])
def test_a_stand_in_in_a_mirror_stands_as_the_text_did(tmp_path, across, up, turned):
    """Glyphs that are drawn may stand upside down in a page that does; in a mirror they do not, and it was turned over."""
    path = one_page(tmp_path / "a.pdf", "x")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        glyph = pdf.make_stream(b"1000 0 0 0 700 700 d1 0 0 700 700 re f")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65, LastChar=65, Widths=[1000], Encoding=Dictionary(Differences=[65, Name.A]),
            CharProcs=Dictionary(A=glyph), Resources=Dictionary(),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        shown = f"q {across} 0 0 {up} 300 400 cm BT /F1 12 Tf 1 0 0 1 0 0 Tm (AAAA) Tj ET Q"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)

    with pikepdf.open(written(path, "AAAA")) as pdf:
        _, drawn, _ = (
            list(map(float, operands))
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "Tm"
        )

    assert drawn[0] > 0
    assert drawn[3] * turned > 0


def page_of_lines(path, *lines):
    page_without_its_font(path, "页")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = "".join(
            f"BT /F1 14 Tf 60 {700 - 20 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for n, line in enumerate(lines)
        )
        pdf.pages[0].obj.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("患者张", "三丰，男", "患者张三丰，男"),
        ("患者张三", "丰，男", "患者张三丰，男"),
        ("医师：欧阳", "明月", "医师：欧阳明月"),
        ("否认高", "血压病史", ""),  # a word
        ("体温偏高热", "退后出院", ""),
        ("姓名：张", "性别：男", ""),  # a label
        ("患者姓名", "三丰，男", ""),
    ],
)
def test_a_name_is_read_over_a_line_that_ends_early(tmp_path, above, below, joined):
    path = page_of_lines(tmp_path / "a.pdf", "诊" * 30, above, below, "断" * 28)

    texts = [block.text for block in read(path, ref="#1").blocks() if block.text[:2] == above[:2]]

    assert texts == ([joined] if joined else [])


@pytest.mark.parametrize(("first", "second"), [(130, 130), (137, 130), (144, 130)])
def test_a_name_in_two_lines_of_a_cell_is_read_whole(tmp_path, first, second):
    """At the left, in the middle or at the right of the cell; what its neighbours say stands between them."""
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    cells = [
        (60, 720, "诊断"), (130, 720, "医生"), (200, 720, "科别"), (130 - 130 + first, 700, "张"), (60, 692, "肺炎"), (200, 692, "内科"),
        (second, 684, "三丰"), (60, 660, "胃炎"), (130, 660, "李四"), (200, 660, "外科"),
    ]  # fmt: skip
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = (f"BT /F1 14 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, text in cells)
        pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(shown).encode())
        pdf.save(path)

    assert "张三丰" in [block.text for block in read(path, ref="#1").blocks()]


def page_of_texts(path, *texts):
    """Each text with the place where it begins, and how far apart its characters stand."""
    page_without_its_font(path, "页")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = "".join(
            f"BT /F1 14 Tf {x + step * number} {y} Td <{piece.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, text, step in texts
            for number, piece in enumerate(text if step else [text])
        )
        pdf.pages[0].obj.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
    return path


@pytest.mark.parametrize("step", [25, 40])
def test_characters_that_are_spread_over_a_line_are_words(tmp_path, step):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 700, "患者：欧阳建国既往", step), (60, 680, "体健", 0), (60, 640, "家属石云", step + 3),
        (60, 620, "飞陪同", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("患者：欧阳建国既往" in text for text in texts)
    assert any("家属石云飞陪同" in text for text in texts)


def test_figures_in_a_line_that_is_spread_stand_a_little_further_apart(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 700, "合肥市望江西路", 30), (275, 700, "250", 0), (315, 700, "号", 0), (348, 700, "20", 0),
        (381, 700, "栋", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("合肥市望江西路250号20栋" in text for text in texts)


def test_a_label_that_is_spread_over_its_cell_tells_what_stands_beside(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 700, "联系人", 40), (200, 700, "山水", 0), (60, 680, "出生日期", 27), (200, 680, "平安", 0)
    )  # fmt: skip

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks() if block.labels}

    assert labels["山水"] == ("联系人",)
    assert labels["平安"] == ("出生日期",)


def test_columns_of_single_characters_are_none_that_are_spread(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf",
        *(
            (60, 700 - 20 * row, text, 40)
            for row, text in enumerate(("日一二三四", "王李张赵石", "李张石王赵"))
        ),
    )

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert "王    李    张    赵    石" in texts[0]


def test_an_account_goes_on_from_a_label_that_is_spread_over_the_end_of_a_line(tmp_path):
    above = (60, 700, "要求转院，经与家属商议，联系她的", 0), (312, 700, "微信号", 40)
    path = page_of_texts(tmp_path / "a.pdf", *above, (60, 680, "ouyang1957，已告知", 0))

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("微信号ouyang1957" in text for text in texts)


LEFT = ["本次查房由主治医师查看病人，一般", "情况良好，家属石云飞及姑母上官明", "月陪同，既往糖尿病史多年。"]
RIGHT = ["复诊时由她的朋友陪同前来，主诉云", "朵般的视物模糊，随访联系护士石云", "海，并要求继续服药。"]


@pytest.mark.parametrize(("gutter", "count"), [(15, 3), (40, 3), (15, 2), (40, 2)])
def test_columns_of_few_lines_are_read_down_and_in_rows(tmp_path, gutter, count):
    lines = [(60, 700 - 20 * row, text, 0) for row, text in enumerate(LEFT)]
    lines += [(284 + gutter, 700 - 20 * row, text, 0) for row, text in enumerate(RIGHT[:count])]
    lines += [(60, 730, "断" * 18, 0), (60, 632, "断" * 25, 0)]  # other paragraphs, a little apart
    path = page_of_texts(tmp_path / "a.pdf", *lines)

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("上官明月陪同" in text for text in texts)
    assert any("云朵般的视物" in text for text in texts)
    assert any(re.search("病人，一般 {1,4}复诊时", text) for text in texts)


def test_rows_of_a_table_with_short_cells_are_not_read_down(tmp_path):
    rows = [
        ("检查项目名称", "检查结果正常"),
        ("甲状腺功能三项", "未见异常"),
        ("肝功能十一项", "谷丙转氨酶升高"),
    ]
    path = page_of_texts(
        tmp_path / "a.pdf",
        *((60 + 200 * place, 700 - 20 * row, text, 0) for row, texts in enumerate(rows) for place, text in enumerate(texts)),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert not any("检查项目名称甲状腺" in text or "谷丙转氨酶升高甲" in text for text in texts)
    assert "甲状腺功能三项    未见异常" in texts[0]


def test_values_over_lines_of_narrow_cells_are_read_whole(tmp_path):
    rows = [
        (60, "住址"), (94, "安徽省合肥市"), (250, "出院日期"), (312, "2024-"),
        (94, "蜀山区望江西"), (312, "03-12"),
        (94, "路192号"),
        (60, "电话"), (94, "13912345678"), (250, "入院"), (312, "张"),
    ]  # fmt: skip
    shown, y = [], 700
    for before, (x, text) in zip([(0, ""), *rows], rows, strict=False):
        y -= 20 * (x < before[0])
        shown.append((x, y, text, 0))
    path = page_of_texts(tmp_path / "a.pdf", *shown)

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert labels["安徽省合肥市蜀山区望江西路192号"] == ("住址",)
    assert labels["2024-03-12"] == ("出院日期",)
    assert not any(text.startswith("03-12张") for text in labels)  # what has a label goes on from nothing


def test_cells_are_whole_where_a_day_behind_its_label_is_so(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 720, "姓名：石云飞", 0), (200, 720, "性别：男", 0), (310, 720, "床号：12", 0),
        (60, 690, "出生日期：1961年6", 0), (200, 690, "电话：", 0), (310, 690, "住址：青羊区人民南路978号22", 0),
        (60, 670, "月13日", 0), (200, 670, "13912345678", 0), (310, 670, "栋1165室", 0), (60, 630, "诊断明确", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert "出生日期：1961年6月13日" in texts
    assert "住址：青羊区人民南路978号22栋1165室" in texts


def test_cells_of_a_narrow_table_are_whole_where_a_number_is_so(tmp_path):
    """Browsers break words in them anywhere."""
    rows = [
        ("慕容雪", "138504321", "440305197209", "广东省深圳市南山区长江", "1972年9"),
        ("梅", "24", "051645", "中路828号24栋2849室", "月5日"),
        ("慕容晓", "186247061", "440305195609", "广东省深圳市南山区建设", "1956年9"),
        ("燕", "10", "079365", "大街108号5栋1427室", "月7日"),
    ]
    path = page_of_texts(
        tmp_path / "a.pdf",
        *(
            (x, 700 - 18 * row - 6 * (row > 1), text, 0)
            for row, texts in enumerate(rows)
            for x, text in zip((60, 108, 178, 270, 432), texts, strict=True)
        ),
    )

    texts = [block.text for block in read(path, ref="#1").blocks()]

    for upper, lower in (rows[:2], rows[2:]):
        assert {one + other for one, other in zip(upper, lower, strict=True)} <= set(texts)


def test_cells_of_which_the_lines_stand_in_the_middle_are_whole_as_well(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (100, 700, "wx_river", 0), (178, 700, "oy1551@exa", 0), (270, 700, "蜀山区珞喻路", 0),
        (117, 682, "154", 0), (185, 682, "mple.com", 0), (273, 682, "289号29栋20", 0),
    )  # fmt: skip

    texts = {block.text for block in read(path, ref="#1").blocks()}

    assert {"wx_river154", "oy1551@example.com", "蜀山区珞喻路289号29栋20"} <= texts


def test_columns_of_justified_text_are_read_down_though_what_stands_beside_is_spread(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 716, "患者由家属陪同来院", 0), (60, 700, "就诊，家住安徽合肥", 0), (60, 684, "市望江西路504号", 0),
        (210, 716, "15026530638", 0), (300, 716, "邮箱", 56), (210, 700, "出生日期", 0), (340, 700, "不详", 0),
    )  # fmt: skip

    texts = {block.text for block in read(path, ref="#1").blocks()}

    assert "患者由家属陪同来院就诊，家住安徽合肥市望江西路504号" in texts


@pytest.mark.parametrize(("lower", "is_whole"), [("栋301室", True), ("电话：无", False)])
def test_a_cell_is_whole_around_the_row_that_the_others_are(tmp_path, lower, is_whole):
    path = page_of_texts(
        tmp_path / "a.pdf", (200, 710, "安徽省合肥市康定路437号19", 0), (30, 700, "石云飞", 0),
        (100, 700, "13912345678", 0), (430, 700, "冠心病", 0), (267, 690, lower, 0),
    )  # fmt: skip

    texts = {block.text for block in read(path, ref="#1").blocks()}

    assert ("安徽省合肥市康定路437号19" + lower in texts) == is_whole


def test_a_value_does_not_go_on_in_the_next_row(tmp_path):
    path = page_of_texts(
        tmp_path / "a.pdf", (60, 700, "住址", 0), (100, 700, "四川省成都市青羊区珞喻路841号", 0), (60, 670, "家属", 0),
        (100, 680, "周立新", 0), (350, 680, "15017052713", 0), (100, 660, "吕雨桐", 0), (350, 660, "13817052714", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert not any("号周立新" in text for text in texts)


def test_lines_of_a_cell_go_on_though_the_others_stand_between_them(tmp_path):
    """Programs set short cells in the middle of a row."""
    path = page_of_texts(
        tmp_path / "a.pdf", (300, 714, "安徽省合肥市蜀山区文化", 0), (60, 700, "韩雨桐", 0), (150, 700, "15066603086", 0),
        (300, 686, "路239号9栋2432室", 0), (60, 640, "沈文博", 0), (300, 640, "440305198810", 0),
        (60, 625, "汇报人：杨玉珍", 0), (300, 625, "11383X", 0),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert "安徽省合肥市蜀山区文化路239号9栋2432室" in texts
    assert "44030519881011383X" in texts


def test_a_column_goes_on_at_the_head_of_the_next(tmp_path):
    left = ["主治医师查房后指出，患者今日", "情况良好，家属石云飞陪同，住", "望江西路947号金色花园区22栋"]
    right = ["2031室，联系电话见入院记录，", "随访护士为其作了宣教。"]
    path = page_of_texts(
        tmp_path / "a.pdf", *((60, 700 - 20 * row, text, 0) for row, text in enumerate(left)),
        *((284, 700 - 20 * row, text, 0) for row, text in enumerate(right)),
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("金色花园区22栋2031室，联系" in text for text in texts)


def test_a_paragraph_that_is_narrower_than_others_is_read_whole(tmp_path):
    path = page_of_lines(
        tmp_path / "a.pdf", "诊" * 30, "断" * 30, "疗" * 30, "患者住址：安徽省合肥市蜀", "山区望江西路192号金色花", "园7栋1202室。"
    )  # fmt: skip

    texts = [block.text for block in read(path, ref="#1").blocks()]

    assert any("安徽省合肥市蜀山区望江西路192号金色花园7栋1202室" in text for text in texts)


def test_a_stand_in_of_several_lines_is_drawn_as_one(tmp_path):
    path = page_of_lines(tmp_path / "a.pdf", "入院2024", "年3月1日")
    document = read(path, ref="#1")
    shows = {segment.source for block in document.blocks() for segment in block.segments}

    write(
        document,
        {min(shows): [Edit(2, 6, "2024\n年3月")], max(shows): [Edit(0, 5, "")]},
        tmp_path / "out.pdf",
    )

    assert "入院2024年3月" in extract_text(tmp_path / "out.pdf")


def test_a_list_below_a_form_has_the_labels_of_its_own_header(tmp_path):
    rows = [
        ("姓名", "容止", "性别", "男"),
        ("单位", "海天塑机", "电话", "87221509"),
        ("检查项目", "结果", "提示", "检查医师"),
        ("总胆红素", "23.1", "偏高", "桑叶"),
        ("尿常规", "隐血", "正常", "常清"),
    ]
    path = page_without_its_font(tmp_path / "a.pdf", "页")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shown = "".join(
            f"BT /F1 14 Tf {60 + 120 * column} {700 - 20 * row} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        pdf.pages[0].obj.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks() if block.labels}

    assert labels["容止"] == ("姓名",)
    assert labels["87221509"] == ("电话",)
    assert labels["总胆红素"] == ("检查项目",)
    assert labels["桑叶"] == ("检查医师",)


def test_a_line_that_goes_beyond_the_margin_makes_no_others_short(tmp_path):
    path = page_of_lines(
        tmp_path / "a.pdf", *["诊" * 30] * 5, "疗" * 32, "断" * 26 + "新", "A·F7721自费", "以上"
    )

    [text, *_] = [block.text for block in read(path, ref="#1").blocks() if "F7721" in block.text]

    assert "断新A·F7721自费" in text


@pytest.mark.parametrize(
    ("lines", "readings"),
    [
        (
            ("10:31 安康：您好", "断" * 30, "10:32 卞勇：您好"),
            [f"{'断' * 30}\n10:32 卞勇：您好", f"{'断' * 30}10:32 卞勇：您好"],
        ),
        (("诊断", "断" * 29 + "费用记杜", "仲账上——注：店里的"), ["记杜\n仲账上", "记杜仲账上"]),
        (("诊断", "断" * 29 + "，住", "1. 头孢"), ["，住1. 头孢"]),
    ],
)
def test_entries_and_labels_begin_a_line_though_the_one_before_is_full(tmp_path, lines, readings):
    """But a label may stand in the middle of a sentence: where that may be, both ways are read."""
    path = page_of_lines(tmp_path / "a.pdf", *lines)

    shown = [block.text for block in read(path, ref="#1").blocks() if "断" in block.text]

    assert len(shown) == len(readings)
    assert all(reading in text for reading, text in zip(readings, shown, strict=True))


def drawn(program, key):
    """The glyphs of a font program that show anything: outlines spell what the map to Unicode does not."""
    if key == "/FontFile2":
        font = TTFont(io.BytesIO(program))
    else:
        font = TTFont(sfntVersion="OTTO")
        font["CFF "] = newTable("CFF ")
        font["CFF "].decompile(program, font)
        font.setGlyphOrder(font["CFF "].cff[0].getGlyphOrder())
        glyphs = font["CFF "].cff[0].CharStrings
    found = set()
    for name in font.getGlyphOrder():
        pen = RecordingPen()
        (font.getGlyphSet()[name] if key == "/FontFile2" else glyphs[name]).draw(pen)
        if any(step in ("lineTo", "curveTo", "qCurveTo", "addComponent") for step, _ in pen.value):
            found.add(name)
    return found


def programs(path):
    with pikepdf.open(path) as pdf:
        for value in pdf.objects:
            for key in ("/FontFile2", "/FontFile3"):
                if isinstance(value, Dictionary) and key in value:
                    yield drawn(value[key].read_bytes(), key)


def in_true_type(path):
    pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    from reportlab.pdfbase.ttfonts import TTFont as Registered
    from reportlab.pdfgen import canvas

    name = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    if not Path(name).exists():
        pytest.skip("the font is not there")
    pdfmetrics.registerFont(Registered("DejaVu", name))
    page = canvas.Canvas(str(path))
    page.setFont("DejaVu", 14)
    page.drawString(60, 780, "BMKQ Wang Jianguo BMKQ")
    page.save()
    return path


@pytest.mark.parametrize(
    ("make", "value", "stays"),
    [
        (
            lambda path: one_page(path, "患者姓名：张三丰，男", "诊断：肺炎"),
            "张三丰",
            "患者姓名：，男诊断：肺炎",
        ),
        (in_true_type, "Wang Jianguo", "BMKQ"),
    ],
    ids=["CFF", "TrueType"],
)
def test_outlines_of_what_was_taken_out_are_gone_from_the_font(tmp_path, make, value, stays):
    path = make(tmp_path / "a.pdf")
    before = next(programs(path))

    after = next(programs(written(path, value)))

    assert len(after - {".notdef"}) == len(set(stays))
    assert after < before


def font_file(pdf):
    """The only TrueType font of a file."""
    (stream,) = (
        value.FontFile2 for value in pdf.objects if isinstance(value, Dictionary) and "/FontFile2" in value
    )
    return stream


@contextmanager
def edited_font(path):
    """The TrueType font of a file, put back when it was changed."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = TTFont(io.BytesIO(font_file(pdf).read_bytes()))
        yield font
        program = io.BytesIO()
        font.save(program)
        font_file(pdf).write(program.getvalue())
        pdf.save(path)


def test_codes_still_lead_to_the_glyphs_that_stay(tmp_path):
    """LibreOffice writes maps of format 0, which the subsetter drops: what was left was shown as boxes."""
    path, new = in_true_type(tmp_path / "a.pdf"), CmapSubtable.newSubtable(0)
    with edited_font(path) as font:
        (old,) = font["cmap"].tables
        new.platformID, new.platEncID, new.language, new.cmap = 1, 0, 0, old.cmap
        font["cmap"].tables = [new]

    with pikepdf.open(written(path, "Wang Jianguo")) as pdf:
        (after,) = TTFont(io.BytesIO(font_file(pdf).read_bytes()))["cmap"].tables
        assert (after.platformID, after.platEncID) == (1, 0)
        assert len(after.cmap) == len(set("BMKQ "))
        assert after.cmap.items() <= new.cmap.items()


def in_named_glyphs(path, text, called="uni{:04X}"):
    """A page in a font whose glyphs are called after their characters, and which says whose it is."""
    names = {character: called.format(ord(character)) for character in dict.fromkeys(text)}
    codes = {character: 65 + number for number, character in enumerate(names)}
    pen = T2CharStringPen(1000, None)
    for step, place in ((pen.moveTo, (0, 0)), (pen.lineTo, (800, 0)), (pen.lineTo, (800, 800))):
        step(place)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *names.values()])
    outlines = dict.fromkeys((".notdef", *names.values()), pen.getCharString())
    builder.setupCFF("Own", {"FullName": "ZhangSanfeng", "Notice": "of ZhangSanfeng"}, outlines, {})
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        program = pdf.make_stream(builder.font["CFF "].compile(builder.font), Subtype=Name.Type1C)
        pairs = "".join(f"<{code:02x}> <{ord(c):04x}>\n" for c, code in codes.items())
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+ZhangSanfeng"), FirstChar=65, LastChar=64 + len(codes),
            Widths=[1000] * len(codes), Encoding=Dictionary(Differences=[65, *(Name(f"/{name}") for name in names.values())]),
            FontDescriptor=pdf.make_indirect(
                Dictionary(Type=Name.FontDescriptor, FontName=Name("/AAAAAA+ZhangSanfeng"), Flags=4, FontFile3=program)
            ),
            ToUnicode=pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{pairs}endbfchar".encode()
            ),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        shown = bytes(codes[character] for character in text).hex()
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 780 Td <{shown}> Tj ET".encode())
        pdf.save(path)
    return path


def said(path):
    """What the objects of a file and the programs of its fonts say, but for the font of stand-ins."""
    with pikepdf.open(path) as pdf:
        for value in pdf.objects:
            yield value.unparse(resolved=True)
            if isinstance(value, Dictionary) and "/FontFile3" in value:
                yield value.FontFile3.read_bytes()


def test_names_of_glyphs_and_of_the_font_do_not_tell_what_was_taken_out(tmp_path):
    path = in_named_glyphs(tmp_path / "a.pdf", "患者张三丰，男")
    names = (b"uni5F20", b"uni4E09", b"uni4E30", b"ZhangSanfeng", b"uni60A3")

    before, after = (b"".join(said(file)) for file in (path, written(path, "张三丰")))

    assert [name in before for name in names] == [True] * 5
    assert [name in after for name in names] == [False] * 4 + [True]


def print_at(path, box):
    """A part of the first page, in points from its upper left corner."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return pdf[0].render(scale=1.0).to_pil().convert("L").crop(box)


def test_letters_that_are_put_together_of_others_keep_all_of_them(tmp_path):
    """Of ü a font may say: a u, and two dots above."""
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    codes = {"u": [0, 0, 400, 300], "dieresis": [0, 500, 400, 100]}
    strings = {".notdef": T2CharStringPen(1000, None).getCharString()}
    for name, (x, y, width, height) in codes.items():
        pen = T2CharStringPen(1000, None)
        pen.moveTo((x, y))
        for place in ((x + width, y), (x + width, y + height), (x, y + height)):
            pen.lineTo(place)
        pen.closePath()
        strings[name] = pen.getCharString()
    strings["udieresis"] = T2CharString(program=[0, 0, 117, 200, "endchar"])
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(strings))
    builder.setupCFF("Own", {}, strings, {})
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        program = pdf.make_stream(builder.font["CFF "].compile(builder.font), Subtype=Name.Type1C)
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+Own"), FirstChar=65, LastChar=65, Widths=[1000],
            Encoding=Dictionary(Differences=[65, Name.udieresis]), FontDescriptor=pdf.make_indirect(
                Dictionary(Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Own"), Flags=4, FontFile3=program)
            ),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 30 Tf 60 780 Td (A) Tj ET")
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    upper, lower = (print_at(out, (60, top, 75, top + 20)) for top in (38, 50))
    assert upper.getextrema()[0] < 128
    assert lower.getextrema()[0] < 128
    assert print_at(path, (60, 30, 90, 70)).tobytes() == print_at(out, (60, 30, 90, 70)).tobytes()


def with_parts_in_units_of_the_font(pdf):
    """The matrix of a CID font says the thousandths, those of its parts nothing, as Typst and Ghostscript write them."""
    (value,) = (v for v in pdf.objects if isinstance(v, Dictionary) and "/FontFile3" in v)
    sfnt, table = TTFont(sfntVersion="OTTO"), newTable("CFF ")
    table.decompile(value.FontFile3.read_bytes(), sfnt)
    sfnt["CFF "] = table
    top = table.cff[0]
    top.FontMatrix = top.rawDict["FontMatrix"] = [0.002, 0, 0, 0.002, 0, 0]
    for part in top.FDArray:
        part.FontMatrix = part.rawDict["FontMatrix"] = [1, 0, 0, 1, 0, 0]
    program = table.compile(sfnt).replace(encodeFloat(0.002), encodeFloat(0.001))  # fontTools leaves that out
    value.FontFile3.write(program)


def test_glyphs_of_a_cid_font_are_as_large_as_they_were(tmp_path):
    path = one_page(tmp_path / "a.pdf", "患者张三丰，癌症")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with_parts_in_units_of_the_font(pdf)
        pdf.save()

    before, after = (print_at(file, (60, 50, 88, 70)) for file in (path, written(path, "张三丰")))

    assert before.getextrema()[0] < 128
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("called", ["cid{:05}", "g{:05}"])
def test_glyphs_that_are_called_by_five_figures_are_shown(tmp_path, called):
    """Ghostscript calls them so; what has no outline is a box."""
    path = in_named_glyphs(tmp_path / "a.pdf", "患者张三丰，癌症", called)

    with pikepdf.open(written(path, "张三丰")) as pdf:
        names = {str(item) for item in pdf.pages[0].obj.Resources.Font.F0.Encoding.Differences}

    assert {f"/{called.format(ord(character))}" for character in "患者癌症"} <= names


def test_widths_of_what_was_taken_out_are_gone(tmp_path):
    path = one_page(tmp_path / "a.pdf", "电话：13912345678", "诊断")

    before, after = (b"".join(said(file)) for file in (path, written(path, "13912345678")))

    assert (before.count(b" 556"), after.count(b" 556")) == (len(set("13912345678")), 0)


def with_numbers_of_characters(path, text):
    """A page in a font whose maps know glyphs by the numbers of their characters in Unicode, as some producers write."""
    characters = list(dict.fromkeys(text))
    pen = TTGlyphPen(None)
    for step, place in ((pen.moveTo, (0, 0)), (pen.lineTo, (800, 0)), (pen.lineTo, (800, 800))):
        step(place)
    pen.closePath()
    order = [".notdef", *(f"g{number}" for number in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupPost(keepGlyphNames=False)
    program = io.BytesIO()
    builder.save(program)
    numbers = [ord(character) for character in characters]
    glyphs = bytearray(2 * (max(numbers) + 1))
    for glyph, number in enumerate(numbers, 1):
        glyphs[2 * number : 2 * number + 2] = glyph.to_bytes(2, "big")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        space, system = "1 begincodespacerange <0000> <ffff> endcodespacerange", "Adobe"
        codes = "".join(f"<{code:04x}> {number}\n" for code, number in enumerate(numbers, 1))
        pairs = "".join(f"<{code:04x}> <{number:04x}>\n" for code, number in enumerate(numbers, 1))
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Own"), Flags=4, FontFile2=pdf.make_stream(program.getvalue()),
        )  # fmt: skip
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Own"), DW=1000,
            W2=Array([item for number in numbers for item in (number, Array([-1000, 500, 880]))]),
            CIDSystemInfo=Dictionary(Registry=system.encode(), Ordering=b"Identity", Supplement=0),
            CIDToGIDMap=pdf.make_stream(bytes(glyphs)), FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        cmap = f"begincmap /CMapName /Own def {space} {len(numbers)} begincidchar {codes} endcidchar endcmap"
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Own"),
            Encoding=pdf.make_stream(cmap.encode(), Type=Name.CMap, CMapName=Name("/Own")),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
            ToUnicode=pdf.make_stream(f"begincmap {space} {len(numbers)} beginbfchar {pairs} endbfchar endcmap".encode()),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        shown = "".join(f"{characters.index(character) + 1:04x}" for character in text)
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 780 Td <{shown}> Tj ET".encode())
        pdf.save(path)
    return path


def numbers_known(path):
    """The numbers of glyphs in the maps of the one font that has such maps."""
    with pikepdf.open(path) as pdf:
        (font,) = (value for value in pdf.objects if isinstance(value, Dictionary) and isinstance(value.get("/Encoding"), pikepdf.Stream))  # fmt: skip
        inner = font.DescendantFonts[0]
        glyphs = inner.CIDToGIDMap.read_bytes()
        yield {int(number) for number in re.findall(rb"> ?([0-9]+)", font.Encoding.read_bytes())}
        yield {at // 2 for at in range(0, len(glyphs), 2) if any(glyphs[at : at + 2])}
        yield {int(item) for item in inner.W2 if not isinstance(item, Array) and int(item) > 1000}


def test_maps_by_the_numbers_of_characters_do_not_list_those_taken_out(tmp_path):
    path = with_numbers_of_characters(tmp_path / "a.pdf", "患者张三丰男")

    before, after = (list(numbers_known(file)) for file in (path, written(path, "张三丰")))

    assert before == [set(map(ord, "患者张三丰男"))] * 3
    assert after == [set(map(ord, "患者男"))] * 3


def test_glyphs_of_a_drawn_font_go_with_what_they_showed(tmp_path, monkeypatch):
    monkeypatch.setattr(Looks, "deceives", lambda self, surface: False)  # squares are no 张三丰
    path, names = tmp_path / "a.pdf", {65: "zhang", 66: "san", 67: "feng", 68: "nan"}
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        drawings = {f"/{name}": pdf.make_stream(f"1000 0 d0 {code} 0 800 800 re f".encode()) for code, name in names.items()}  # fmt: skip
        pairs = "".join(f"<{code:02x}> <{ord(c):04x}>\n" for code, c in zip(names, "张三丰男", strict=True))
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65, LastChar=68, Widths=[1000] * 4, Encoding=Dictionary(Differences=[65, *map(Name, drawings)]),
            CharProcs=Dictionary(drawings), Resources=Dictionary(), ToUnicode=pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 4 beginbfchar\n{pairs}endbfchar endcmap".encode()
            ),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 60 780 Td (ABCD) Tj ET")
        pdf.save(path)

    with pikepdf.open(written(path, "张三丰")) as pdf:
        (font,) = (value for value in pdf.objects if isinstance(value, Dictionary) and "/CharProcs" in value)
        assert list(font.CharProcs.keys()) == ["/g68"]
        assert b"zhang" not in b"".join(value.unparse(resolved=True) for value in pdf.objects)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        (Name.WinAnsiEncoding, b"AB"),
        (Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=[1, Name.B]), b"A\x01"),
        (Dictionary(Differences=[1, Name.A, Name.B]), b"\x01\x02"),
    ],
)
def test_glyphs_of_a_drawn_font_stay_and_say_what_they_are_by_whatever_encoding(
    tmp_path, monkeypatch, encoding, shown
):
    monkeypatch.setattr(Looks, "deceives", lambda self, surface: False)  # squares are no letters
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        drawings = {f"/{c}": pdf.make_stream(f"1000 0 d0 {ord(c)} 0 800 800 re f".encode()) for c in "AB"}
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=1, LastChar=66, Widths=[1000] * 66, Encoding=encoding, CharProcs=Dictionary(drawings), Resources=Dictionary(),
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 60 780 Td <" + shown.hex().encode() + b"> Tj ET")
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    before, after = (print_at(file, (60, 40, 88, 70)) for file in (path, out))
    assert before.getextrema()[0] < 128
    assert before.tobytes() == after.tobytes()
    assert extract_text(out).strip() == "AB"


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("ArialNarrow", True),
        ("ABCDEF+BookAntiqua-Bold", True),
        ("MicrosoftJhengHei", True),
        ("ZhangSanfeng", False),
    ],
)
def test_fonts_that_every_machine_knows_keep_their_name_though_it_has_no_blanks(tmp_path, name, stays):
    """Where the file holds no font, viewers take one by its name."""
    path = one_page(tmp_path / "a.pdf", "患者，癌症")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Resources.Font.F1.BaseFont = Name("/" + name)
        pdf.save(path)

    write(read(path, ref="#1"), {}, tmp_path / "out.pdf")

    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        assert (font.BaseFont == "/" + name) == stays


def test_names_that_are_objects_of_their_own_are_read(tmp_path):
    """A font whose name and encoding stand elsewhere is the same font."""
    path = one_page(tmp_path / "a.pdf", "患者张三丰，癌症")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        font.Encoding, font.BaseFont = pdf.make_indirect(font.Encoding), pdf.make_indirect(Name.SimSun)
        pdf.save(path)

    with pikepdf.open(written(path, "张三丰")) as pdf:
        (font,) = (one for key, one in pdf.pages[0].obj.Resources.Font.items() if key != "/DeidText")
        assert (font.Encoding, font.BaseFont) == (Name("/Identity-H"), Name.SimSun)


def type_1(notice, comment, tail):
    """A font program with one letter, and what it says of itself, in three places."""

    def encrypted(data, key):
        return eexec.encrypt(data, key)[0]

    def glyph(*codes):
        return encrypted(b"\0" * 4 + bytes(codes), 4330)

    nothing, letter = glyph(139, 139, 13, 14), glyph(139, 239, 13, 139, 139, 21, 189, 6, 189, 7, 9, 14)
    clear = (
        b"%!PS-AdobeFont-1.0: Own\n% eexec " + comment + b"\n11 dict begin\n/FontInfo 2 dict dup begin /Notice (" + notice
        + b") readonly def end readonly def\n/FontName /Own def\n/PaintType 0 def\n/FontType 1 def\n"
        b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding StandardEncoding def\n/FontBBox {0 0 100 100} readonly def\n"
        b"currentdict end\ncurrentfile eexec"
    )  # fmt: skip
    secret = (
        b"\0" * 4 + b"dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n"
        b"/ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n/BlueValues [] def\n/password 5839 def\n"
        b"/MinFeature {16 16} def\n2 index /CharStrings 2 dict dup begin\n"
        b"/.notdef %d RD %b ND\n/A %d RD %b ND\nend\nend\nreadonly put\nput\ndup/FontName get exch definefont pop\nmark currentfile closefile\n"
        % (len(nothing), nothing, len(letter), letter)
    )  # fmt: skip
    return clear + b"\n", encrypted(secret, 55665), tail + b"0" * 512 + b"\ncleartomark"


@pytest.mark.parametrize("lengths", [True, False])
def test_a_type_1_font_says_nothing_of_itself(tmp_path, lengths):
    clear, secret, tail = type_1(b"of ZhangSanfeng", "张三丰 13800138000".encode(), b"")
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        known = {"Length1": len(clear), "Length2": len(secret)} if lengths else {"Length1": 0, "Length2": 0}
        program = pdf.make_stream(clear + secret + tail + b"ZhangSanfeng", **known, Length3=0)
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/Own"), Flags=4, FontFile=program)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Own"), FontDescriptor=pdf.make_indirect(descriptor))  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 14 Tf 60 780 Td (AAA) Tj ET")
        pdf.save(path)

    with pikepdf.open(written(path, "none")) as pdf:
        (descriptor,) = (
            value for value in pdf.objects if isinstance(value, Dictionary) and "/FontFile" in value
        )
        after = descriptor.FontFile.read_bytes()
    assert secret in after
    assert len(clear) == after.index(secret)
    assert not [value for value in (b"ZhangSanfeng", "张三丰".encode(), b"13800138000") if value in after]
    assert ImageFont.truetype(io.BytesIO(after), 20).getlength("A") == 2


@pytest.mark.parametrize(("radical", "meant"), ["⾝身", "⻔门", "⾼高", "⻙韦", "⻑長"])
def test_radicals_are_read_and_written_as_the_characters_they_look_like(tmp_path, radical, meant):
    """Chromium writes them into its maps, and what is meant into marks that are not passed on."""
    path = one_page(tmp_path / "a.pdf", f"患者张三丰，男，{meant}诊")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stream = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
        old, new = (character.encode("utf-16-be").hex().encode() for character in (meant, radical))
        stream.write(stream.read_bytes().replace(old, new))
        pdf.save(path)

    out = written(path, "张三丰")

    assert [block.text for block in read(path, ref="#1").blocks()] == [f"患者张三丰，男，{meant}诊"]
    for text in as_others_read_it(out):
        assert f"男，{meant}诊" in text


@pytest.mark.parametrize(
    ("line", "unmapped", "is_read"),
    [
        ("姓名：王骉国，女", "骉", True),
        ("患者欧阳建骉，女，45岁", "骉", True),
        ("姓名：骉建国", "骉", True),
        ("骉诊断：肺炎", "骉", False),
        ("诊断：x肺炎", "x", False),
    ],
)
def test_a_rare_character_that_no_map_has_is_one_among_others(tmp_path, line, unmapped, is_read):
    """What stands first may be a bullet, and what is narrow is no Chinese character."""
    path = one_page(tmp_path / "a.pdf", line)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stream = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
        code = re.escape(unmapped.encode("utf-16-be").hex().encode())
        stream.write(re.sub(rb"<\w{4}> <" + code + rb">\n", b"", stream.read_bytes()))
        pdf.save(path)

    (text,) = [block.text for block in read(path, ref="#1").blocks()]

    assert text == line.replace(unmapped, UNKNOWN_HAN if is_read else UNKNOWN)
    assert is_read == any(UNKNOWN_HAN in text[one.start : one.end] for one in deid.detect(text))


@pytest.mark.parametrize("alone", ["_seen", "_shown"])
def test_each_of_the_two_extractors_of_the_check_sees_what_a_page_shows(tmp_path, monkeypatch, alone):
    path = one_page(tmp_path / "a.pdf", "患者姓名：张三丰，男，电话：1391234", "5678")
    for name in {"_seen", "_shown", "_inside"} - {alone}:
        monkeypatch.setattr(proofreading_pdf, name, lambda _: iter(("",)))

    texts = list(text_of(path, format="pdf"))

    assert any("张三丰" in text for text in texts)
    assert any("13912345678" in text for text in texts)


def test_a_form_field_shows_its_new_value(tmp_path):
    path = one_page(tmp_path / "a.pdf", "姓名")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 700, 200, 720], T=pikepdf.String("n"),
                V=pikepdf.String("张三丰"), DA=pikepdf.String("/Helv 12 Tf 0 g"),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.save(path)

    with pikepdf.open(written(path, "张三丰")) as pdf:
        (widget,) = pdf.pages[0].obj.Annots
        assert str(widget.V) == "〔替〕"
        assert b"TJ" in widget.AP.N.read_bytes()


_LINES, _PASSWORD, _COMBO = 1 << 12, 1 << 13, 1 << 17


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"V": "高血压"}, "高血压"),
        ({"V": Array([pikepdf.String("头孢"), pikepdf.String("青霉素")]), "FT": Name.Ch}, "头孢青霉素"),
        ({"V": "1", "Opt": Array([Array(["1", "高血压"])]), "FT": Name.Ch, "Ff": _COMBO}, "高血压"),
        ({"V": "血压一百五，" * 12, "Ff": _LINES}, "血压一百五，" * 12),
        ({"V": "高血压", "Ff": _PASSWORD}, "***"),
        ({"V": Name.Yes, "FT": Name.Btn}, ""),
        ({"V": "高血压", "Rect": Array([])}, ""),
    ],
)
@pytest.mark.parametrize("has_parent", [False, True])
def test_a_form_field_without_looks_shows_its_value(tmp_path, keys, shown, has_parent):
    path, out = one_page(tmp_path / "a.pdf", "x"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        said = {"FT": Name.Tx, "T": pikepdf.String("n")} | keys
        look = {
            "Type": Name.Annot,
            "Subtype": Name.Widget,
            "Rect": keys.get("Rect", Array([60, 600, 200, 660])),
        }
        widget = pdf.make_indirect(Dictionary(**look | ({} if has_parent else said)))
        field = pdf.make_indirect(Dictionary(Kids=Array([widget]), **said)) if has_parent else widget
        pdf.pages[0].obj.Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    with pikepdf.open(out) as pdf:
        (widget,) = pdf.pages[0].obj.Annots
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert ("/AP" in widget) is bool(shown)
        if not shown:
            return
        look = widget.AP.N
        sizes = [
            float(operands[1])
            for operands, operator in pikepdf.parse_content_stream(look)
            if str(operator) == "Tf"
        ]
        page = pdf.pages[0].obj
        page.Resources, page.Contents = look.Resources, pdf.make_stream(look.read_bytes())
        del page.Annots
        pdf.save(tmp_path / "look.pdf")
    assert min(sizes) >= 6
    for text in as_others_read_it(tmp_path / "look.pdf"):
        assert "".join(text.split()) == shown


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({}, ["Asthma", "Gout", "Measles"]),
        ({"TI": 1}, ["Gout", "Measles", "Mumps"]),
        ({"Ff": 1 << 17}, None),
        ({"V": pikepdf.String("Gout")}, ["Gout"]),
        ({"I": [1]}, ["Gout"]),
        ({"I": [3], "Ff": 1 << 17}, ["Mumps"]),
        ({"I": [9]}, ["Asthma", "Gout", "Measles"]),
        ({"FT": Name.Tx}, None),
    ],
)
@pytest.mark.parametrize("has_names", [False, True])
def test_a_list_without_looks_shows_what_can_be_chosen(tmp_path, keys, shown, has_names):
    path, out = one_page(tmp_path / "a.pdf", "x"), tmp_path / "out.pdf"
    words = ["Asthma", "Gout", "Measles", "Mumps"]
    options = [
        Array([pikepdf.String(f"E{number}"), pikepdf.String(word)]) if has_names else pikepdf.String(word)
        for number, word in enumerate(words)
    ]
    said = {"FT": Name.Ch, "T": pikepdf.String("n"), "Opt": Array(options)} | keys
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        rectangle = Array([60, 600, 200, 650])
        field = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rectangle, **said))
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    with pikepdf.open(out) as pdf:
        (field,) = pdf.pages[0].obj.Annots
        assert ("/AP" in field) is (shown is not None)
        if shown is None:
            return
        look, page = field.AP.N, pdf.pages[0].obj
        page.Resources, page.Contents = look.Resources, pdf.make_stream(look.read_bytes())
        del page.Annots
        pdf.save(tmp_path / "look.pdf")
    for text in as_others_read_it(tmp_path / "look.pdf"):
        assert text.split() == shown


def operands_of(content, operator):
    return [
        list(one.operands) for one in pikepdf.parse_content_stream(content) if str(one.operator) == operator
    ]


@pytest.mark.parametrize(("most", "stays"), [(4, False), (18, True)])
@pytest.mark.parametrize("has_parent", [False, True])
def test_a_field_holds_as_many_characters_as_were_put_into_it(tmp_path, most, stays, has_parent):
    """Viewers cut off what is longer, in the boxes of a comb as well."""
    path, out = one_page(tmp_path / "a.pdf", "x"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        limit = Dictionary(FT=Name.Tx, Ff=1 << 24, MaxLen=most)
        look = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([60, 600, 200, 620]))
        look.T, look.V = pikepdf.String("n"), pikepdf.String("张三丰")
        field = pdf.make_indirect(look)
        if has_parent:
            limit.Kids = Array([field])
            field.Parent = top = pdf.make_indirect(limit)
        else:
            top = field
            field.FT, field.Ff, field.MaxLen = limit.FT, limit.Ff, limit.MaxLen
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([top]))
        pdf.save(path)
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三丰"], "〔姓名12〕"), out)

    with pikepdf.open(out) as pdf:
        (field,) = pdf.pages[0].obj.Annots
        assert str(field.V) == "〔姓名12〕"
        assert any("/MaxLen" in one for one in (field, field.get("/Parent", Dictionary()))) is stays
        places = [float(x) for _, _, _, _, x, _ in operands_of(field.AP.N, "Tm")]
    boxes = [int((x + 1) // (140 / 18)) for x in places]
    assert boxes == ([0, 1, 2, 3, 4, 5] if stays else [0])  # one for each character


@pytest.mark.parametrize(
    ("look", "is_old", "shown"),
    [
        (b"", False, "Asthma"),
        (b"/Tx BMC EMC", False, "Asthma"),
        (b"0.9 g 0 0 100 20 re f /Tx BMC q BT ET Q EMC", False, "Asthma"),
        (b"BT /F1 9 Tf 2 5 Td (Gout) Tj ET", False, "Gout"),
        (b"BT /F1 9 Tf 2 5 Td (Gout) Tj ET", True, "Asthma"),
    ],
)
def test_of_a_form_field_its_value_is_shown_where_viewers_show_it(tmp_path, look, is_old, shown):
    """Looks that say nothing were passed on, and so were old ones, though the form says that viewers are to draw them."""
    path, out = one_page(tmp_path / "a.pdf", "x"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        drawn = pdf.make_stream(
            look, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 140, 20], Resources=Dictionary(Font=Dictionary(F1=font))
        )  # fmt: skip
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 700, 200, 720], T=pikepdf.String("n"), F=4,
                V=pikepdf.String("Asthma"), AP=Dictionary(N=drawn),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=is_old)
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    with pikepdf.open(out) as pdf:
        page = pdf.pages[0].obj
        look = page.Annots[0].AP.N
        page.Resources, page.Contents = look.Resources, pdf.make_stream(look.read_bytes())
        del page.Annots
        pdf.save(tmp_path / "look.pdf")
    for text in as_others_read_it(tmp_path / "look.pdf"):
        assert text.strip() == shown


@pytest.mark.parametrize(
    ("side", "style", "size", "colour", "start"),
    [
        (0, "/Helv 0 Tf 0 g", 12, "g", 2),
        (1, "1 0 0 rg /Helv 8 Tf", 8, "rg", 58),
        (2, "/Helv 8 Tf", 8, "g", 114),
    ],
)
@pytest.mark.parametrize("in_form", [False, True])
def test_what_a_form_field_shows_anew_is_as_large_and_stands_where_it_says(
    tmp_path, side, style, size, colour, start, in_form
):
    path, out = one_page(tmp_path / "a.pdf", "x"), tmp_path / "out.pdf"
    said = {"Q": side, "DA": pikepdf.String(style)}
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 700, 200, 720], T=pikepdf.String("n"), F=4,
                V=pikepdf.String("肺炎咳"), **({} if in_form else said),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), **(said if in_form else {}))
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    with pikepdf.open(out) as pdf:
        look = pdf.pages[0].obj.Annots[0].AP.N
        shown = {str(operator): list(operands) for operands, operator in pikepdf.parse_content_stream(look)}
    assert float(shown["Tf"][1]) == size
    assert colour in shown
    assert float(shown["Tm"][4]) == start


@pytest.mark.parametrize(
    ("keys", "edge"),
    [
        ({}, (255, 0, 0)),
        ({"BS": Dictionary(W=4)}, (255, 0, 0)),
        ({"Border": [0, 0, 4]}, (255, 0, 0)),
        ({"Border": [0, 0, 0]}, (204, 255, 204)),
    ],
)
def test_a_form_field_keeps_its_ground_and_its_border(tmp_path, keys, edge):
    path = one_page(tmp_path / "a.pdf", "姓名")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 700, 200, 720], T=pikepdf.String("n"), F=4,
                V=pikepdf.String("张三丰"), MK=Dictionary(BG=[0.8, 1, 0.8], BC=[1, 0, 0]), **keys,
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.save(path)

    with closing(pypdfium2.PdfDocument(written(path, "张三丰"))) as pdf:
        pdf.init_forms()
        page = pdf[0].render(scale=2.0).to_pil().convert("RGB")
    assert page.getpixel((380, 2 * 132)) == (204, 255, 204)
    assert page.getpixel((380, 2 * 122)) == edge


def test_what_a_page_shares_with_a_form_stays_on_the_page(tmp_path):
    """WeasyPrint gives all pages and the form the same resources."""
    path, out = one_page(tmp_path / "a.pdf", "患者，癌症"), tmp_path / "out.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        drawn = pdf.make_stream(b"1 0 0 rg 0 0 40 40 re f", Subtype=Name.Form, BBox=[0, 0, 40, 40])
        page.Resources.XObject = Dictionary(X0=drawn)
        page.Resources = pdf.make_indirect(page.Resources)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 1 0 0 1 60 600 cm /X0 Do Q")
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), DR=page.Resources)
        pdf.save(path)

    write(read(path, ref="#1"), {}, out)

    before, after = (print_at(file, (50, 30, 200, 250)) for file in (path, out))
    assert before.getpixel((30, 190)) < 128
    assert before.tobytes() == after.tobytes()


def with_fields(path, *rects, lines, **keys):
    """A page with print and fields called fill_1, fill_2 …"""
    one_page(path, *lines)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = Array(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array(rect), T=f"fill_{number}", V="0087431",
                    DA=b"/Helv 12 Tf 0 g", **keys,
                )
            )
            for number, rect in enumerate(rects, 1)
        )  # fmt: skip
        pdf.pages[0].obj.Annots = fields
        pdf.Root.AcroForm = Dictionary(Fields=fields)
        pdf.save(path)
    return path


BESIDE, BEHIND, BELOW = [140, 775, 200, 792], [210, 775, 260, 792], [60, 755, 200, 772]


@pytest.mark.parametrize(
    ("line", "rects", "labels"),
    [
        ("住院号：", [BESIDE], ["住院号"]),
        ("姓 名：", [BESIDE], ["姓名"]),
        ("性别：男 住院号：", [BEHIND], ["住院号"]),
        ("住院号____________", [BESIDE], ["住院号"]),
        ("住院号：", [BESIDE, BEHIND], ["住院号", "fill_2"]),
        ("住院号", [BELOW], ["住院号"]),
        ("以上属实", [BELOW], ["fill_1"]),
        ("以上属实", [BESIDE], ["fill_1"]),
    ],
)
def test_a_field_is_called_what_is_printed_before_or_above_it(tmp_path, line, rects, labels):
    path = with_fields(tmp_path / "a.pdf", *rects, lines=[line])

    values = [block for block in read(path, ref="#1").blocks() if block.id.endswith("/V")]

    assert [block.labels[0] for block in values] == labels


def test_fields_that_become_called_alike_stay_two(tmp_path):
    path = one_page(tmp_path / "a.pdf", "姓名")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=[60, 700, 200, 720], T=pikepdf.String(name),
                )
            )
            for name in ("张三", "李四")
        ]  # fmt: skip
        pdf.pages[0].obj.Annots = Array(fields)
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
        pdf.save(path)

    with pikepdf.open(written(path, "张三", "李四")) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["〔替〕", "〔替〕_2"]


def test_a_true_type_font_says_nothing_of_itself(tmp_path):
    path = in_true_type(tmp_path / "a.pdf")
    with edited_font(path) as font:
        font["name"] = newTable("name")
        font["name"].setName("ZhangSanfeng", 1, 3, 1, 0x409)

    name = "ZhangSanfeng".encode("utf-16-be")
    with pikepdf.open(path) as pdf:
        assert name in font_file(pdf).read_bytes()
    with pikepdf.open(written(path, "Wang Jianguo")) as pdf:
        assert name not in font_file(pdf).read_bytes()


def test_no_older_revision_stands_before_the_first_end_of_the_file(tmp_path):
    """A file saved by appending is read back by cutting it at the first %%EOF."""
    path = page_without_its_font(tmp_path / "a.pdf", f"住院号：{NUMBER}")
    data = path.read_bytes()
    place = int(data.rsplit(b"startxref", 1)[1].split()[0])
    path.write_bytes(
        data + b"\n900 0 obj\n(later)\nendobj\nxref\n900 1\n%010d 00000 n \n" % (len(data) + 1)
        + b"trailer\n<< /Size 901 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (place, len(data) + len(b"\n900 0 obj\n(later)\nendobj\n"))
    )  # fmt: skip
    assert path.read_bytes().count(b"%%EOF") == 2

    out = written(path, NUMBER).read_bytes()

    assert out.count(b"%%EOF") == 1
    with pikepdf.open(io.BytesIO(out[: out.index(b"%%EOF") + 6])) as pdf:
        assert "/Prev" not in pdf.trailer


def test_each_model_runs_in_one_thread_of_its_own():
    pytest.importorskip("rapidocr")
    loaded = engine._engine()

    sessions = [loaded.text_det._detector.session.session, loaded.text_rec._recognizer.session.session]

    assert [session.get_session_options().intra_op_num_threads for session in sessions] == [1, 1]


def test_without_its_models_ocr_is_refused_and_none_is_fetched(monkeypatch):
    pytest.importorskip("rapidocr")
    monkeypatch.setattr(engine, "_MODELS", {"Det": "*no such model*"})
    engine._engine.cache_clear()

    with pytest.raises(DetectionFailed, match="not in its package"):
        engine._engine()
