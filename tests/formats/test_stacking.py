"""Names and numbers whose characters stand each by itself: in lines, paragraphs, boxes, cells."""

from __future__ import annotations

from pathlib import Path

import docx
import pptx
import pytest
from openpyxl import Workbook
from test_code_fonts import flat

from deid.formats import read
from deid.formats.joining import may_have_views, table_views
from deid.formats.stacking import letter_runs, with_stacks
from deid.normalize import shadow
from deid.types import TextBlock

SAID = "患者：欧阳甲"


def in_paragraphs(folder: Path) -> Path:
    document = docx.Document()
    for one in SAID:
        document.add_paragraph(one)
    document.save(folder / "a.docx")
    return folder / "a.docx"


def in_one_cell(folder: Path) -> Path:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = SAID[0]
    for one in SAID[1:]:
        cell.add_paragraph(one)
    document.save(folder / "a.docx")
    return folder / "a.docx"


def in_boxes(folder: Path) -> Path:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for number, one in enumerate(SAID):
        slide.shapes.add_textbox(0, 300_000 * number, 200_000, 200_000).text_frame.text = one
    deck.save(folder / "a.pptx")
    return folder / "a.pptx"


def in_elements(folder: Path) -> Path:
    path = folder / "a.html"
    path.write_text("".join(f'<div class="one">{one}</div>' for one in SAID), "utf-8")
    return path


def in_lines_of_a_text(folder: Path) -> Path:
    path = folder / "a.fodt"
    path.write_text(flat("text", "", "".join(f"<text:p>{one}</text:p>" for one in SAID)), "utf-8")
    return path


def across_cells(folder: Path) -> Path:
    book = Workbook()
    for number, one in enumerate(SAID, 1):
        book.active.cell(1, number, one)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.mark.parametrize(
    "written", [in_paragraphs, in_one_cell, in_boxes, in_elements, in_lines_of_a_text, across_cells]
)
def test_characters_are_read_together(tmp_path, written):
    blocks = list(read(written(tmp_path), ref="#1").blocks())

    whole = [block for block in blocks if block.text == SAID]
    assert whole
    assert len({segment.source for block in whole[:1] for segment in block.segments}) == len(SAID)


def test_figures_and_few_characters_are_not():
    blocks = [
        TextBlock(f"p{n}", text, "") for n, text in enumerate(["1", "3", "9", "表", "是", "否", "说明"])
    ]

    assert list(with_stacks(blocks[:3])) == blocks[:3]
    for labels, count in ((("电话",), 1), (("评分",), 0)):
        figures = [TextBlock(f"p{n}", figure, "", labels) for n, figure in enumerate("13912345678")]
        assert [block.text for block in with_stacks(figures)][11:] == ["13912345678"] * count
    assert list(with_stacks(blocks[3:4] + blocks[6:])) == [blocks[3], blocks[6]]
    assert [block.text for block in with_stacks(blocks[3:])][-1] == "表是否"


@pytest.mark.parametrize(
    ("texts", "columns", "expected"),
    [
        (("姓名", "欧", "阳", "甲", "性别"), range(5), [(1, 4)]),
        (("姓名", "李", "四", "", "男"), range(5), [(1, 3)]),
        (("姓名", "李", "四", "女"), range(4), [(1, 4)]),
        (("科室", "男", "汉", "无"), range(4), []),
        (("患", "者", "：", "李", "四"), range(5), [(0, 5)]),
        (("姓名", "欧", "阳", "甲"), (0, 1, 3, 5), []),
        (("姓名", "1", "2", "3"), range(4), []),
    ],
)
def test_names_of_a_row_that_have_a_cell_for_each_character(texts, columns, expected):
    assert letter_runs(texts, columns) == expected


def test_a_row_is_known_to_have_such_a_name():
    cells = {n: TextBlock(f"c{n}", text, "") for n, text in enumerate(("姓名", "欧", "阳", "甲"))}

    views = [view for view in table_views(cells, {}) if not view.search_only]

    assert [(view.text, view.labels) for view in views] == [("欧阳甲", ("姓名",))]
    assert may_have_views([cell.text for cell in cells.values()], list(cells), {}, {}, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("患\n者\n：\n李\n四\n男，6岁", "患 者 : 李 四\n男,6岁"),
        ("患\r\n者\r\n李\r\n", "患 者 李\n"),
        ("1\n2\n3\n4", "1\n2\n3\n4"),
        ("是\n否", "是\n否"),
        ("甲方\n乙\n丙", "甲方\n乙\n丙"),
    ],
)
def test_characters_that_have_a_line_each_are_read_as_spaced(text, expected):
    assert shadow(text).text == expected


COLUMNS = (
    ("患", "者", "：", "欧", "阳", "甲", "备注"),  # a colon alone is no text of RTF
    ("姓名", "欧", "阳", "乙", "备注"),
    ("编号", *"11010519491231002X"),
    ("电话", *"13912345678", "备注"),
    ("性别", *"男女男女"),
    ("评分", *"13912345678"),
)
LINES = [[column[row] if row < len(column) else "" for column in COLUMNS] for row in range(20)]
UPRIGHT = {"患者：欧阳甲", "欧阳乙", "11010519491231002X", "13912345678"}


def as_sheet(folder: Path) -> Path:
    book = Workbook()
    for line in LINES:
        book.active.append([int(one) if one.isdigit() else one or None for one in line])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def as_table(folder: Path) -> Path:
    document = docx.Document()
    table = document.add_table(len(LINES), len(COLUMNS))
    for row, line in zip(table.rows, LINES, strict=True):
        for cell, one in zip(row.cells, line, strict=True):
            cell.text = one
    document.save(folder / "a.docx")
    return folder / "a.docx"


def as_page(folder: Path) -> Path:
    rows = ("".join(f"<td>{one}</td>" for one in line) for line in LINES)
    (folder / "a.html").write_text(
        f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>", encoding="utf-8"
    )
    return folder / "a.html"


def as_open_document(folder: Path) -> Path:
    rows = (
        "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in line)
        for line in LINES
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    (folder / "a.fodt").write_text(flat("text", "", f"<table:table>{table}</table:table>"), "utf-8")
    return folder / "a.fodt"


def as_rtf(folder: Path) -> Path:
    def said(text: str) -> str:
        return "".join(f"\\u{ord(one)}?" for one in text)

    ends = "".join(f"\\cellx{1000 * n}" for n in range(1, len(COLUMNS) + 1))
    rows = ("".join(f"\\intbl {said(one)}\\cell" for one in line) for line in LINES)
    table = "".join(f"\\trowd{ends}{row}\\row" for row in rows)
    (folder / "a.rtf").write_text(f"{{\\rtf1\\ansi {table}\\pard\\par}}", "ascii")
    return folder / "a.rtf"


@pytest.mark.parametrize("written", [as_sheet, as_table, as_page, as_open_document, as_rtf])
def test_names_and_numbers_of_a_column_that_have_a_row_for_each_character(tmp_path, written):
    blocks = list(read(written(tmp_path), ref="#1").blocks())

    whole = [block for block in blocks if block.text in UPRIGHT]
    assert {block.text for block in whole} >= UPRIGHT - ({"患者：欧阳甲"} if written is as_rtf else set())
    assert len([block for block in whole if block.text == "13912345678"]) == 1  # not the marks
