"""Rows of worksheets that are read and written as they stand come out as those that are parsed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from deid.errors import UnreadableDocument
from deid.formats import read, write
from deid.formats.edits import Edit
from deid.formats.ooxml import rows

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = f'<worksheet xmlns="{_MAIN}" xmlns:y="urn:y"><sheetFormatPr defaultRowHeight="15"/><sheetData>'
_CELL = '<c r="{0}{1}" t="inlineStr"><is><t>{2}</t></is></c>'


def _row(number, *texts, attributes="", more=""):
    cells = "".join(_CELL.format("ABCDEFG"[place], number, text) for place, text in enumerate(texts))
    return f'<row r="{number}"{attributes}>{cells}{more}</row>'


_SHEETS = {
    "texts": [_row(1, "姓名", "备注"), _row(2, "欧阳靖宇", "好转"), _row(3, "令狐晚晴", "未接")],
    "references": [_row(1, "姓名", "备注"), _row(2, "&#27431;&#x9633;靖宇", "血压&lt;90 &amp; 好转&quot;&#10;")],
    "line ends": [_row(1, "姓名", "备注"), _row(2, "欧阳靖宇", "好转&#13;&#10;欧阳靖宇&#xd;未接"), _row(3, "令狐晚晴")],
    "numbers": [_row(1, "手机"), _row(2, more='<c r="A2" t="n"><v>13800138000</v></c><c r="B2"><v>1.5E3</v></c>')],
    "other kinds": [_row(1, "姓名"), _row(2, *["欧阳"] * 4).replace("inlineStr", "s"), _row(3, "令狐").replace("inlineStr", "n")],
    "attributes": [_row(1, "姓名"), _row(2, "欧阳", attributes=' spans="1:9" ht="15.5" customHeight="1"')],
    "odd attributes": [_row(1, "姓名"), _row(2, "欧阳", attributes=' y:spans="1:9" note="令狐晚晴"')],
    "empty rows": ['<row r="1"/>', _row(2, "姓名"), '<row r="3"></row><row r="4"/>', _row(5, "欧阳靖宇"), '<row r="6"/>'],
    "formulas": [_row(1, "数"), _row(2, more='<c r="A2" t="str"><f>UPPER("欧阳")</f><v>欧阳</v></c>'), _row(3, "令狐")],
    "comments": [_row(1, "姓名"), "<!-- ", _row(2, "欧阳靖宇"), " -->", _row(2, "令狐晚晴"), _row(3, "上官婉儿")],
    "unmarked": [_row(1, "姓名"), _row(2, "<![CDATA[欧阳<靖宇]]>"), _row(3, "令狐晚晴")],
    "mostly odd": [_row(number, "姓名", more=f'<c r="C{number}" t="b"><v>1</v></c>') for number in range(1, 300)],
    "very many": [_row(number, f"欧阳{number}", "x" * 90) for number in range(1, 2000)],
    "no rows": [_row(1, "姓名"), _row(2, "欧阳靖宇", attributes=' xmlns="urn:z"'), _row(3, "令狐晚晴")],
    "two lists": [_row(1, "姓名"), "</sheetData><sheetData>", _row(2, "欧阳靖宇"), "</sheetData><sheetData>", _row(3, "令狐")],
    "apart": ["\n", _row(1, "姓名"), "\n  ", _row(2, "欧阳靖宇"), "\n"],
}  # fmt: skip


def _workbook(path, sheet):
    content = BytesIO()
    openpyxl.Workbook().save(content)
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(path, "w") as book:
        for name in made.namelist():
            book.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else made.read(name))
    return path


def _come_out(path, target):
    document = read(path, ref="#1")
    blocks = list(document.blocks())
    cells = [block for block in blocks if not block.segments and len(block.text) > 1]
    write(document, {block.id: (Edit(0, 2, "<王> & \n"),) for block in cells[1::2]}, target)
    with zipfile.ZipFile(target) as written:
        return [(b.id, b.text, b.where, b.labels, b.table) for b in blocks], written.read(
            "xl/worksheets/sheet1.xml"
        )


@pytest.mark.parametrize("chunk", [1 << 16, 40])
@pytest.mark.parametrize("name", _SHEETS)
def test_rows_come_out_as_if_all_were_parsed(tmp_path, monkeypatch, name, chunk):
    path = _workbook(tmp_path / "book.xlsx", _ROOT + "".join(_SHEETS[name]) + "</sheetData></worksheet>")
    monkeypatch.setattr(rows, "_TRIED", 10)

    monkeypatch.setattr(rows, "_HEAD", re.compile(b"(?!)"))
    parsed = _come_out(path, tmp_path / "parsed.xlsx")

    monkeypatch.undo()
    monkeypatch.setattr(rows, "_TRIED", 10)
    monkeypatch.setattr(rows, "_LATER", chunk)
    assert _come_out(path, tmp_path / "plain.xlsx") == parsed


@pytest.mark.parametrize(
    "row",
    [
        _row(2, "&#0;欧阳"),
        _row(2, "&#xD800;"),
        '<row r="2"><c r="A3" t="inlineStr"><is><t>欧阳</t></is></c></row>',
        '<row r="2"><c r="A2"><v>5</v><v>6</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2"><v>5</v></row>',
    ],
)
def test_a_damaged_row_is_no_plain_row(tmp_path, row):
    path = _workbook(tmp_path / "book.xlsx", f"{_ROOT}{_row(1, '姓名')}{row}</sheetData></worksheet>")

    with pytest.raises(UnreadableDocument):
        list(read(path, ref="#1").blocks())


_DECLARED = ' xmlns:zhangsan="urn:z"'


@pytest.mark.parametrize(
    "sheet",
    [
        _ROOT.replace(" xmlns:y", f"{_DECLARED} xmlns:y") + _row(1, "姓名", attributes=' zhangsan:ht="12"'),
        _ROOT + _row(1, "姓名", attributes=_DECLARED),
        _ROOT + _row(1, more=f'<c r="A1"{_DECLARED}><v>55</v></c>'),
        _ROOT + f"{_row(1, '姓名')}</sheetData><conditionalFormatting{_DECLARED}/><sheetData>",
        re.sub("<(?=[a-z])", "<zhangsan:", f"{_ROOT}{_row(1)}").replace("xmlns=", "xmlns:zhangsan="),
    ],
)
def test_prefixes_that_are_names_are_called_otherwise_in_rows_too(tmp_path, sheet):
    prefix = "zhangsan:" if "<zhangsan:" in sheet else ""
    sheet = sheet.replace("</row>", f"</{prefix}row>") + f"</{prefix}sheetData></{prefix}worksheet>"
    path = _workbook(tmp_path / "book.xlsx", sheet)

    _, written = _come_out(path, tmp_path / "out.xlsx")

    assert b"zhangsan" not in written
    assert [row.get("r") for row in etree.fromstring(written).iter(f"{{{_MAIN}}}row")] == ["1"]
