"""Days, numbers and initials of which a form sets each character in a box, behind the box that names them."""

from __future__ import annotations

import docx
import openpyxl
import pytest
from test_pdf import one_page

import deid
from deid.formats import read
from deid.formats.joining.led import led_boxes

FORM = (
    "出生日期|1|9|7|1|/|0|4|/|1|1",
    "病案号|0|0|3|8|2|1|7",
    "受试者姓名缩写|R|G|F",
    "疼痛评分|0|1|2|3|4|5",
)
"""The cells of each of its tables."""


def values_of(row):
    texts = row.split("|")
    return ["".join(texts[first:end]) for _, first, end in led_boxes(texts, range(len(texts)))]


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("出生日期|1|9|7|1|0|4|1|1", ["19710411"]),
        ("出生日期：|1971|年|4|月|11|日|性别|男", ["1971年4月11日"]),
        ("编号|0|0|7|-|0|1|3|8|9|姓名|王丽", ["007-01389"]),
        ("签署日期|2|0|2|4|-|0|3|-|1|2|研究者缩写|M|Y|Z", ["2024-03-12", "MYZ"]),
        ("证件号：|E|5|8|8|2|0|1|7|3", ["E58820173"]),
        ("出生日期|1|9", []),
        ("日期|1|2|3|4|5|6|7|8", []),
        ("就诊日期|1|2|0|4|38|40", []),
        ("编号|1|2|3|4|5|6", []),
        ("编号|8|9|10|11|12", []),
        ("床号|3|1|4|1|5", []),
        ("证件号码||1|1|0|1", []),
        ("评分|3|1|4|1|5", []),
    ],
)
def test_which_boxes_are_a_value(row, values):
    assert values_of(row) == values


def found(path):
    """What is found in the views over boxes, each with its type."""
    return {
        (block.text, entity.entity_type)
        for block in read(path, ref="#1").blocks()
        if len(block.segments) > 1 and not block.search_only
        for entity in deid.detect(block.text, labels=block.labels)
    }


def test_values_of_forms_are_found(tmp_path):
    document, book = docx.Document(), openpyxl.Workbook()
    for row in FORM:
        cells = row.split("|")
        table = document.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
        document.add_paragraph("")
        book.active.append(cells)
        book.active.append([])
    document.save(tmp_path / "form.docx")
    book.save(tmp_path / "form.xlsx")

    for name in ("form.docx", "form.xlsx"):
        assert found(tmp_path / name) == {
            ("1971/04/11", "DATE_OF_BIRTH"),
            ("0038217", "MEDICAL_RECORD_NUMBER"),
            ("RGF", "PERSON"),
        }


def test_boxes_of_a_page_are_found(tmp_path):
    one_page(tmp_path / "a.pdf", "病案号  0  0  3  8  2  1  7", "缩写 R G F")

    assert {("0038217", "MEDICAL_RECORD_NUMBER")} <= found(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("出生日期 1 9 7 1 年 0 4 月 1 1 日", "出生日期 1971年"),
        ("出生日期：|1|9|7|1|0|4|1|1|", "出生日期：|1971|"),
        ("签署日期：|2|0|2|4|-|0|3|-|1|2|", "签署日期：|2024-03|"),
        ("就诊时间 2 0 2 4 1 8", None),
        ("评分 1 9 7 1 0 4 1 1", None),
    ],
)
def test_days_whose_figures_stand_apart_in_a_text(text, kept):
    assert deid.Deidentifier().deidentify(text).text == (kept or text)
