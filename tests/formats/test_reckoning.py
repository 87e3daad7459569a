"""Formulas of constants that a program wrote without their result."""

from __future__ import annotations

import time

import openpyxl
import pytest
from hostile_odf import package, root
from planting import replaced, unzipped

from deid.formats import read, write
from deid.formats.reckoning import reckoned

PHONE = "13912345028"
GIVING = [
    "13912340000+5028",
    "139*10^8+12345028",
    '"139"&TEXT(12345028,"00000000")',
    'HEX2DEC("33D3D89C4")',
    '&'.join(f'MID("{PHONE[::-1]}",{11 - n},1)' for n in range(11)),
    'SUBSTITUTE("139x12345028","x","")',
    "&".join(f'CHOOSE({int(one) + 1},"0",1,2,3,4,5,6,7,8,9)' for one in PHONE),
    '_xlfn.TEXTJOIN("",TRUE,{"139";"1234","5028"})',
    '--("139"&12345028)',
]  # fmt: skip


@pytest.mark.parametrize("formula", GIVING)
def test_a_number_that_a_formula_gives_goes_from_a_workbook(tmp_path, formula):
    book = openpyxl.Workbook()
    book.active.append(["电话", "合计"])
    book.active.append([f"={formula}", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    document, out = read(tmp_path / "a.xlsx", ref="#1"), tmp_path / "out.xlsx"

    write(document, replaced(document, [PHONE]), out)

    [labels, [given, total]] = [[cell.value for cell in row] for row in openpyxl.load_workbook(out).active]
    assert labels == ["电话", "合计"]
    assert "〔替〕" in given
    assert "1234" not in given
    assert total == "=1+1"


@pytest.mark.parametrize("formula", GIVING)
def test_a_number_that_a_formula_gives_goes_from_an_open_document(tmp_path, formula):
    written = formula.replace(",", ";").replace("_xlfn.", "").replace("&", "&amp;").replace('"', "&quot;")
    cells = "".join(f'<table:table-cell table:formula="of:={one}"/>' for one in (written, "1+1"))
    body = f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
    content = root(
        "document-content", f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    )
    (tmp_path / "a.ods").write_bytes(package("ods", {"content.xml": content}))
    document, out = read(tmp_path / "a.ods", ref="#1"), tmp_path / "out.ods"

    write(document, replaced(document, [PHONE]), out)

    text = unzipped(out)["content.xml"].decode()
    assert """table:formula='of:="〔替〕"'""" in text
    assert 'table:formula="of:=1+1"' in text


@pytest.mark.parametrize(
    "formula",
    [
        "A1+1",
        "SUM(A1:A3)",
        "TODAY()+1",
        "甲+1",
        "1=2",
        "(" * 200 + "1",
        "1/0",
        '"1',
        "9^999",
        'REPT("99",9^9)',
        'LEFT("139x")',
        "1e999999",
        "CHAR(9e999999)",
        'MID(1,-1,"9e999999")',
        "ROUND(1,9e999999)",
        "",
        "{}1",
    ],
)
def test_what_asks_for_more_than_constants_is_not_worked_out(formula):
    assert reckoned(f"={formula}") == ""


def test_a_formula_of_any_length_is_worked_out_in_no_time():
    start = time.process_time()

    for formula in (
        "+" * 2_000,
        "1+" * 900 + "1",
        "CHAR(" * 300,
        '"1"&' * 400 + '"1"',
        "9^9" + "^9" * 50,
        "{" * 900,
    ):
        reckoned(f"={formula}")

    assert time.process_time() - start < 2
