"""Results of formulas that read what is edited: none tells what stood there, and none becomes an error or a wrong number."""

from __future__ import annotations

import re
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from planting import replaced, unzipped, zipped

from deid.formats import edits, read, text_of, write
from deid.types import Entity, Replacement

_DAYS = {"2024-07-20": 45493, "2024-08-03": 45507}
_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
_SPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("table", "text")
)
_REFERENCE = re.compile(r"(?:(\w+)!)?([A-Z][0-9])(?::([A-Z][0-9]))?")


def book(path, formulas):
    """A workbook with a name, a telephone number and two days in its first row, and formulas with results in the second."""
    first = ["赵铁柱", "13912345678", *_DAYS]
    if path.suffix == ".fods":
        path.write_text(_fods([*first, *formulas]), "utf-8")
        return
    made = openpyxl.Workbook()
    made.active.title = "甲"
    made.active.append([_DAYS.get(one, one) for one in first])
    for letter in "CD":
        made.active[f"{letter}1"].number_format = "yyyy-mm-dd"
    made.active.append([f"={formula}" for formula, _ in formulas])
    made.save(path)
    parts = unzipped(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for letter, (_, result) in zip("ABC", formulas, strict=False):
        kind = "" if isinstance(result, int) else ' t="str"'
        old = rf'<c r="{letter}2"[^>]*><f>(.*?)</f><v ?/?>(?:</v>)?'
        sheet = re.sub(old, rf'<c r="{letter}2"{kind}><f>\1</f><v>{result}</v>', sheet)
    path.write_bytes(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}))


def _fods(cells):
    rows = [[], []]
    for cell in cells:
        formula, shown = cell if isinstance(cell, tuple) else ("", cell)
        is_number = isinstance(shown, int)
        kind = "date" if shown in _DAYS else "float" if is_number else "string"
        value = (
            f' office:date-value="{shown}"'
            if shown in _DAYS
            else f' office:value="{shown}"'
            if is_number
            else ""
        )
        called = _REFERENCE.sub(
            lambda m: f"[{m[1] or ''}.{m[2]}{':.' + m[3] if m[3] else ''}]", formula
        ).replace(",", ";")
        said = f' table:formula="of:={escape(called, {chr(34): "&quot;"})}"' if formula else ""
        rows[bool(formula)].append(
            f'<table:table-cell{said} office:value-type="{kind}"{value}><text:p>{shown}</text:p></table:table-cell>'
        )
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    body = f'<table:table table:name="甲">{table}</table:table>'
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document {_OFFICE} {_SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>'


def results(path):
    """What formulas left: formula and result of each cell of the second row."""
    if path.suffix == ".fods":
        row = path.read_text("utf-8").split("<table:table-row>")[2]
        cells = re.findall(r"<table:table-cell([^>]*?)(?:/>|>(.*?)</table:table-cell>)", row)
        return [("formula" in said, re.sub("<[^>]*>", "", shown)) for said, shown in cells]
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    cells = re.findall('<c r="[A-Z]2"[^>]*?(?:/>|>.*?</c>)', sheet)
    return [("<f>" in cell, re.sub("<f>.*?</f>|<[^>]*>", "", cell)) for cell in cells]


def generalised(document, new):
    """Edits that put in `new` for days, names and numbers."""
    found = (
        (
            block,
            [Replacement(Entity("X", 0, len(block.text), 1.0, block.id), "generalize", new[block.text])]
            if block.text in new
            else [],
        )
        for block in document.blocks()
    )
    return edits(found)


_MONTHS = {"2024-07-20": "2024-07", "2024-08-03": "2024-08", "赵铁柱": "〔姓名〕", "13912345678": "〔电话〕"}


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("D1-C1", 14),
        ("ROUND((D1-C1)/7,0)", 2),
        ('DATEDIF(C1,D1,"d")', 14),
        ('IF(D1-C1>10,"长","短")', "长"),
        ("MONTH(D1)", 8),
        ("YEAR(C1)", 2024),
        ("ROUNDUP(MONTH(C1)/3,0)", 3),
        ('IF(C1="","",YEAR(TODAY())-YEAR(C1))', 2),
        ('DATEDIF(C1,TODAY(),"Y")', 1),
        ("INT((D1-C1)/365.25)", 0),
        ('YEAR(C1)&"年"', "2024年"),
        ('IF(WEEKDAY(C1)>5,"周末","平日")', "周末"),
        ('IF(MOD(MID(B1,11,1),2)=1,"男","女")', "女"),
        ("COUNT(C1:D1)", 2),
        ("COUNTIF(A1:D1,45493)", 1),
    ],
)
def test_how_far_generalised_days_are_apart_stays_without_the_formula(tmp_path, suffix, formula, result):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [(formula, result), ("A2*2" if isinstance(result, int) else "1+1", 28)])
    document = read(path, ref="#1")

    write(document, generalised(document, _MONTHS), out)

    assert results(out) == [(False, str(result)), (True, "28")]


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("IF(D1>C1,D1,0)", 45507),
        ("LEFT(A1,1)", "赵"),
        ("RIGHT(B1,4)", "5678"),
        ('IF(A1="x","x","赵")', "赵"),
        ("LOOKUP(1,A1:B1)", "赵"),
        ('LEFT(INDIRECT("A1"),1)', "赵"),
        ("MOD(OFFSET(E9,-8,-3),10000)", 5678),
    ],
)
def test_a_result_that_tells_what_stood_in_an_edited_cell_goes(tmp_path, suffix, formula, result):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [(formula, result)])
    document = read(path, ref="#1")

    write(document, generalised(document, _MONTHS), out)

    assert results(out) == [(True, "")]


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
def test_days_that_are_told_less_exactly_than_others_are_not_told_by_how_far_they_are_apart(tmp_path, suffix):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [("D1-C1", 14), ("A2+1", 15)])
    document = read(path, ref="#1")

    write(document, generalised(document, {**_MONTHS, "2024-07-20": "2024"}), out)

    assert results(out) == [(False, ""), (False, "")]


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("DAY(C1)", 20),
        ("WEEKDAY(C1)", 7),
        ("TODAY()-C1", 500),
        ("EOMONTH(C1,0)", 45504),
        ("D1-45493", 14),
        ("MAX(C1,D1)", 45507),
        ("MAX(C1:D1)", 45507),
        ("YEAR(C1)*DAY(C1)", 40480),
        ("MID(B1,8,4)*1", 5678),
    ],
)
def test_a_formula_that_would_fail_goes_with_a_result_that_tells_too_much(tmp_path, suffix, formula, result):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [(formula, result), ("A2*2", 7), ("SUM(A2:B2)", 8)])
    document = read(path, ref="#1")

    write(document, generalised(document, _MONTHS), out)

    assert results(out) == [(False, ""), (False, ""), (False, "8")]


@pytest.mark.parametrize(
    ("formula", "result", "left"),
    [("TODAY()-T[[#This Row],[日期]]", 500, ""), ("YEAR(T[[#This Row],[日期]])", 2024, "2024")],
)
def test_days_in_columns_of_tables_are_read_as_others(tmp_path, formula, result, left):
    made = openpyxl.Workbook()
    made.active.append(["日期", "其他"])
    made.active.append(["2024-07-20", f"={formula}"])
    made.active.add_table(Table(displayName="T", ref="A1:B2"))
    made.save(tmp_path / "a.xlsx")
    parts = unzipped(tmp_path / "a.xlsx")
    name = "xl/worksheets/sheet1.xml"
    sheet = re.sub("</f><v ?/?>(?:</v>)?", f"</f><v>{result}</v>", parts[name].decode())
    (tmp_path / "b.xlsx").write_bytes(zipped({**parts, name: sheet}))
    document = read(tmp_path / "b.xlsx", ref="#1")

    write(document, generalised(document, _MONTHS), tmp_path / "c.xlsx")

    assert results(tmp_path / "c.xlsx")[1] == (False, left)


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
def test_a_formula_goes_on_with_days_that_are_shifted_and_with_cells_that_stay(tmp_path, suffix):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [("D1-C1", 14), ("LEN(A1)", 3)])
    document = read(path, ref="#1")

    write(document, generalised(document, {"2024-07-20": "2024-05-04", "2024-08-03": "2024-05-18"}), out)

    assert results(out) == [(True, ""), (True, "3")]


@pytest.mark.parametrize("suffix", [".xlsx", ".fods"])
def test_a_formula_whose_result_is_edited_does_not_bring_it_back(tmp_path, suffix):
    path, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    book(path, [('CHAR(C1)&"x"', "钱守信")])
    document = read(path, ref="#1")

    write(document, replaced(document, ["钱守信"]), out)

    assert results(out) == [(False, "〔替〕")]


def test_what_a_connection_told_stays_without_the_formula_that_asks_it(tmp_path):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book(path, [('CUBEMEMBER("Sales","[Measures].[Profit]")', "利润"), ('A1&"[x]"', "赵铁柱[x]")])
    document = read(path, ref="#1")

    write(document, generalised(document, _MONTHS), out)

    assert results(out) == [(False, "利润"), (True, "")]


def test_a_formula_that_reads_a_sheet_which_is_called_otherwise_now_has_no_old_result(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "赵铁柱"
    made.active["A1"] = "13912345678"
    made.create_sheet("乙")["A1"] = "=RIGHT(赵铁柱!A1,4)"
    made.save(tmp_path / "a.xlsx")
    parts = unzipped(tmp_path / "a.xlsx")
    name = "xl/worksheets/sheet2.xml"
    sheet = re.sub(
        '<c r="A1"[^>]*><f>(.*?)</f><v ?/?>(?:</v>)?',
        r'<c r="A1" t="str"><f>\1</f><v>5678</v>',
        parts[name].decode(),
    )
    (tmp_path / "b.xlsx").write_bytes(zipped({**parts, name: sheet}))
    document = read(tmp_path / "b.xlsx", ref="#1")

    write(document, replaced(document, ["赵铁柱", "13912345678"]), tmp_path / "c.xlsx")

    assert "5678" in list(text_of(str(tmp_path / "b.xlsx")))
    assert "5678" not in list(text_of(str(tmp_path / "c.xlsx")))


def test_a_formula_that_cells_share_goes_with_the_results_that_tell_something(tmp_path):
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book(path, [("RIGHT(B1,4)", "钱守信"), ("RIGHT(C1,4)", "5678")])
    parts = unzipped(path)
    name = "xl/worksheets/sheet1.xml"
    sheet = parts[name].decode().replace("<f>RIGHT(B1,4)", '<f t="shared" si="0" ref="A2:B2">RIGHT(A1,4)')
    sheet = sheet.replace("<f>RIGHT(C1,4)</f>", '<f t="shared" si="0"/>')
    path.write_bytes(zipped({**parts, name: sheet}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["钱守信", "13912345678"]), out)

    assert results(out) == [(False, "〔替〕"), (False, "")]
