"""What is read again of files that were written."""

from __future__ import annotations

import zipfile
from itertools import pairwise

import pytest

from deid.formats.proofreading import office, text_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROWS = """<row r="1"><c r="A1" t="inlineStr"><is><t>欧阳靖宇</t></is></c><c r="B1" s="3"><v>13800138000</v></c>
<c r="C1" t="inlineStr"><is><t xml:space="preserve">张 &amp; 李 </t></is></c><c r="D1" t="str"><f>SUM(A1)</f><v>令狐</v></c>
<!-- <c r="E1" t="inlineStr"><is><t>司马晚晴</t></is></c> --><c r="F1" t="inlineStr"><is><r><t>上官</t></r><r><t>婉儿</t></r></is></c>
<c r="G1" t="str"><v>SUM(慕容)</v></c><c r="H1"><v>1.38E10</v></c><c r="J1" t="inlineStr"><is><t></t></is></c></row>"""


def _workbook(path, sheet):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    return str(path)


@pytest.mark.parametrize("rows", [_ROWS, _ROWS * 400], ids=["short", "in several pieces"])
def test_of_a_sheet_all_strings_are_read_though_plain_cells_are_read_together(tmp_path, monkeypatch, rows):
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    path = _workbook(tmp_path / "book.xlsx", sheet)

    together = set(text_of(path, "xlsx"))

    monkeypatch.setattr(office, "_SHEET", office.re.compile(b"(?!)"))
    one_by_one = set(text_of(path, "xlsx"))
    assert {"欧阳靖宇", "13800138000", "张 & 李 ", "上官婉儿", "司马晚晴"} <= together
    assert {text for text in one_by_one if "<" not in text} <= together


def test_of_a_sheet_that_is_not_well_formed_the_rest_is_read_as_it_stands(tmp_path):
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{_ROWS}<row><c><v>欧阳</row>夏侯惇</worksheet>'
    path = _workbook(tmp_path / "book.xlsx", sheet)

    found = "\n".join(text_of(path, "xlsx"))

    assert "夏侯惇" in found
    assert "欧阳靖宇" in found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_of_a_table_many_lines_are_read_together_and_none_is_cut(tmp_path, end):
    lines = [f"{number},欧阳靖宇{number},1380013{number:04d}" for number in range(9000)]
    (tmp_path / "table.csv").write_bytes(end.join(lines).encode())

    pieces = [piece.split(end) for piece in text_of(str(tmp_path / "table.csv"), "csv")]

    utf_8 = [piece for piece in pieces if "欧阳靖宇" in piece[0]]
    assert 1 < len(utf_8) < 20
    assert {line for piece in utf_8 for line in piece} - {""} == set(lines)
    for before, after in pairwise(utf_8):
        assert before[-2] == after[0]
