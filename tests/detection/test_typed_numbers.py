"""Numbers that somebody typed into a spreadsheet, as it keeps them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from deid import Deidentifier
from deid.formats import read


@pytest.mark.parametrize(
    ("header", "number", "shown", "entity_type"),
    [
        ("身份证号", 1.1010519491231e17, "110105194912310000", "CN_RESIDENT_ID"),  # its last digits are lost
        ("证件", 1.1010519491231e17, "110105194912310000", "CN_RESIDENT_ID"),
        ("备注", 1.1010519491231e17, "110105194912310000", "CN_RESIDENT_ID"),
        ("电话", 1.3800138e10, "13800138000", "PHONE_NUMBER"),
        ("出生日期", 19900506, "19900506", "DATE_OF_BIRTH"),
        ("出生年月", 199005, "199005", "DATE_OF_BIRTH"),
        ("检查日期", 20230506, "20230506", "DATE_TIME"),
    ],
)
def test_a_number_typed_into_a_cell_is_what_it_stands_for(
    deidentifier: Deidentifier, tmp_path: Path, header: str, number: float, shown: str, entity_type: str
) -> None:
    book = openpyxl.Workbook()
    for row in (["序号", header], [1, number], [2, "无"]):
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)

    found = [
        (block.text[entity.start : entity.end], entity.entity_type)
        for block, entities in deidentifier.detect_blocks(read(path, ref="#1").blocks())
        for entity in entities
    ]

    assert (shown, entity_type) in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.5256041651060612", []),
        ("-1.6206457516519328", []),
        ("0.4007178462106922，0.31", []),
        ("2.2122\t-0.4554712889437655\t7.4", []),
        ("1.5256041651060612，另一张", ["5256041651060612"]),
        ("银行卡1.5256041651060612", ["5256041651060612"]),
        ("1.13912349876", []),
        ("比值1.13912349876", []),
        ("1.13912349876\n2.13712345670", ["13912349876", "13712345670"]),
        ("家属：1.13912349876；2.13712345670", ["13912349876", "13712345670"]),
        ("电话：1.13912349876", ["13912349876"]),
    ],
)
def test_the_places_of_a_number_are_no_number_of_anybody(deidentifier, text, found):
    assert [text[entity.start : entity.end] for entity in deidentifier.detect(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "5\t4\t4\t2\t5\t3\t2\t5\t3\t1\t5\t4\t5\t3\t4\t8",
            [],
        ),  # answers of a questionnaire, with a right check digit
        ("5,4,4,2,5,3,2,5,3,1,5,4,5,3,4,8", []),
        (
            "银行卡\t5\t4\t4\t2\t5\t3\t2\t5\t3\t1\t5\t4\t5\t3\t4\t8",
            ["5\t4\t4\t2\t5\t3\t2\t5\t3\t1\t5\t4\t5\t3\t4\t8"],
        ),
        ("5442、5325、3154、5348", ["5442、5325、3154、5348"]),
        ("1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X", ["1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X"]),
    ],
)
def test_rows_of_single_figures_take_more_than_a_check_digit(deidentifier, text, found):
    assert [text[entity.start : entity.end] for entity in deidentifier.detect(text)] == found


@pytest.mark.parametrize("number", ["13800138000", "00083100831"])
@pytest.mark.parametrize("mark", ["\u202e", "\\u202e"])
def test_a_number_that_is_turned_is_found_as_it_is_shown_and_as_it_is_stored(deidentifier, number, mark):
    text = f"记录{mark}{number}\u202c。"

    assert any(number in text[entity.start : entity.end] for entity in deidentifier.detect(text))
