"""Both ends of stays, leaves and courses in figures, and the ranges of other things (in shadow text)."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[3.15](DATE_TIME)-[3.18](DATE_TIME)出差，不在诊室",
        "病假[11-20](DATE_TIME)至[11-24](DATE_TIME)",
        "化疗[3/15](DATE_TIME)、[3/18](DATE_TIME)，反应重",
        "王医生[15](DATE_TIME)-[18号](DATE_TIME)停诊",
        "患者[15日](DATE_TIME)-[18日](DATE_TIME)在我科住院",
        "我[3月](DATE_TIME)-[5月](DATE_TIME)在海南疗养",
        "培训[2019](DATE_TIME)-[2021](DATE_TIME)，地点另通知",
        "患者[19](DATE_TIME)-[21年](DATE_TIME)在我科住院",
        "张敏请假[0315](DATE_TIME)-[0318](DATE_TIME)",
        "最近一次化疗呢\n家属：[10.28](DATE_TIME)到[11.2](DATE_TIME)，在省里",
        "行程：[3.15](DATE_TIME)-[18](DATE_TIME) 上海",
    ],
)
def test_finds_both_ends_by_where_somebody_was(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = {(e.start, e.end) for e in detect(text) if e.entity_type == "DATE_TIME"}

    assert found == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "患者血糖4.4-6.1期间，钾3.5-5.3在正常范围",
        "服药3-5月期间无不适，随访6-12月",
        "患者3/5、4/5级肌力",
        "1-3号楼住院，5-8号床休息",
        "钾3.13到3.18，血糖7.8到11.2，",
        "术后10-15年，0812-0815室",
    ],
)
def test_leaves_ranges_of_other_things(text: str) -> None:
    assert not [e for e in detect(text) if e.entity_type == "DATE_TIME"]
