from __future__ import annotations

import pytest

from deid.detection.values import ValueFinder
from deid.normalize import shadow

FINDER = ValueFinder.of(
    [
        ("PERSON", "王建国"),
        ("PERSON", "王平"),
        ("PHONE_NUMBER", "13800138000"),
        ("MEDICAL_RECORD_NUMBER", "ZY-0093"),
    ]
)


def found(text):
    return [text[d.start : d.end] for d in FINDER.find(shadow(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("随访王建国了", ["王建国"]),
        ("患者王 建 国来诊", ["王 建 国"]),
        ("（王　建国）", ["王　建国"]),
        ("電話１３８-００１３-８０００。", ["１３８-００１３-８０００"]),
        ("电话138 0013\n8000", ["138 0013\n8000"]),
        ("号zy0093号", ["zy0093"]),
        ("王\u200b平复诊", ["王\u200b平"]),
        ("tel13800138000x", ["13800138000"]),
    ],
)
def test_known_values_are_found_in_every_form(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["国王 平时不来", "213800138000", "ZY00931", "王。平", "AZY0093"])
def test_parts_of_other_words_and_numbers_are_not_the_value(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["王 建 国的报告", "１３８-0013 8000", "ZY0093", "随访王平", "李建国", ""])
def test_of_many_values_those_that_may_stand_in_a_text_find_the_same(text):
    few = FINDER.among([text])

    assert list(few.find(shadow(text))) == list(FINDER.find(shadow(text)))
    assert len(few.values) < len(FINDER.values)
