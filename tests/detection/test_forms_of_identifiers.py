"""Identifiers behind words that name them freely, in other marks, or in the same cell as a name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


def found(deidentifier, text, kinds):
    return {(e.start, e.end, e.entity_type) for e in deidentifier.detect(text) if e.entity_type in kinds}


@pytest.mark.parametrize(
    "marked",
    [
        "姓名,紧急联系人\n[李秀兰](PERSON),夫[王宝库](PERSON) [13800138000](PHONE_NUMBER)\n"
        "[石磊](PERSON),女[雒小燕](PERSON)[13900139000](PHONE_NUMBER)",
    ],
)
def test_a_relative_and_a_number_in_one_cell_are_two(deidentifier, marked):
    text, expected = parse_marked(marked)

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"PERSON", "PHONE_NUMBER"}) == marks


def test_the_number_of_a_pupil_tells_which_day_is_that_of_birth(deidentifier):
    text, expected = parse_marked(
        "三,[牟宇轩](PERSON),[G11010519491231002X](OTHER_ID),[19491231](DATE_OF_BIRTH),135.2,41.0"
    )

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"OTHER_ID", "CN_RESIDENT_ID", "DATE_TIME", "DATE_OF_BIRTH"}) == {
        mark for mark in marks if mark[2] != "PERSON"
    }
