"""Typed dates of a workbook stay typed when another day is put in."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from deid import formats
from deid.formats.ooxml.numberformats import iso_date, serial
from deid.types import Entity, Replacement


@pytest.mark.parametrize("from_1904", [False, True])
@pytest.mark.parametrize("number", [100.0, 45052.0, 45052.5, 45052.25])
def test_a_serial_comes_back_from_its_date(number, from_1904):
    assert float(serial(iso_date(number, from_1904), from_1904)) == number


@pytest.mark.parametrize("text", ["2023-05", "〔日期1〕", "2023-13-01", "1899-01-01", "12023-05-06"])
def test_other_texts_have_no_serial(text):
    assert serial(text, False) == ""


@pytest.mark.parametrize(
    ("new", "expected"), [("2023-05-27", datetime.datetime(2023, 5, 27)), ("2023-05", "2023-05")]
)
def test_a_shifted_cell_is_a_date_and_a_coarser_one_is_text(tmp_path, new, expected):
    book = openpyxl.Workbook()
    book.active["A1"] = "日期"
    book.active["A2"] = datetime.date(2023, 5, 6)
    book.save(tmp_path / "a.xlsx")
    document = formats.read(tmp_path / "a.xlsx", ref="#1")

    edits = (
        (
            block,
            [Replacement(Entity("DATE_TIME", 0, 10, 1.0, block.id), "shift_date", new)]
            if block.text == "2023-05-06"
            else [],
        )
        for block in document.blocks()
    )
    formats.write(document, formats.edits(edits), tmp_path / "b.xlsx")

    assert openpyxl.load_workbook(tmp_path / "b.xlsx").active["A2"].value == expected
    assert "45052" not in set(formats.text_of(str(tmp_path / "b.xlsx"), format="xlsx"))


def test_a_number_below_nothing_stays_a_number(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = -315619200
    book.save(tmp_path / "a.xlsx")
    document = formats.read(tmp_path / "a.xlsx", ref="#1")

    edits = (
        (block, [Replacement(Entity("DATE_OF_BIRTH", 0, 10, 1.0, block.id), "generalize", "-315648000")])
        for block in document.blocks()
        if block.text == "-315619200"
    )
    formats.write(document, formats.edits(edits), tmp_path / "b.xlsx")

    assert openpyxl.load_workbook(tmp_path / "b.xlsx").active["A1"].value == -315648000
