"""Parts of a whole in the cells of tables are no days, and days in their columns are."""

from __future__ import annotations

import pytest

from deid import Deidentifier
from deid.types import Cell, TextBlock

detector = Deidentifier()


def found(columns):
    """What is found in the cells of a table, column by column."""
    blocks = [
        TextBlock(f"{row}.{number}", text, "", (header,) if row else (), Cell("t", row + 1, number + 1))
        for row, cells in enumerate(
            zip(*((header, *cells) for header, cells in columns.items()), strict=True)
        )
        for number, (text, header) in enumerate(zip(cells, columns, strict=True))
    ]
    texts = {header: [] for header in columns}
    for block, entities in detector.detect_blocks(blocks):
        if block.labels:
            texts[block.labels[0]] += [block.text for entity in entities if entity.entity_type == "DATE_TIME"]
    return texts


_DAYS = ["1/4", "2/14", "3/15", "12/2"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("分级", ["1/4", "1/3", "2/4", "4/4"]),
        ("备注", ["1/4", "1/2", "3/4", "1/8"]),
        ("切缘", ["0/12", "1/4", "2/11", "3/10"]),
        ("淋巴结（阳性/总数）", ["3/15", "1/4", "2/9", "5/20"]),
        ("结果", ["3/15", "1/4", "0/9", "5/20"]),
        ("剂量(片)", ["1/2", "1/4", "1", "1/2"]),
        ("Gleason score", ["3/15", "4/10", "4/12", "3/10"]),
    ],
)
def test_parts_of_a_whole_beside_a_column_of_days_are_none(header, cells):
    assert found({"复诊日期": _DAYS, header: cells}) == {"复诊日期": _DAYS, header: []}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("随访日", ["1/4", "2/3", "5/6", "7/8"]),
        ("初诊", ["3/7", "5/9", "4/7", "6/11"]),
        ("分期日期", ["1/4", "2/3", "5/6", "7/8"]),
        ("情况", ["1/14", "2/3", "5/6", "7/18"]),
        ("visit", ["3/15", "4/2", "5/20", "6/18"]),
    ],
)
def test_days_of_a_column_are_found(header, cells):
    assert found({"复诊日期": _DAYS, header: cells})[header] == cells


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("牙位", ["11-21", "3-5", "12-18", "11、21", "8.5"]),
        ("参考范围", ["3-5", "4-10", "11-15", "6~9", "10-12"]),
        ("年龄段", ["3-5", "6-12", "11-15", "6-9", "10-12"]),
        ("结果", ["3-5", "0-2", "13-25", "6-9", "10-12"]),
    ],
)
def test_ranges_are_no_days(header, cells):
    people = {
        "姓名": ["王建国", "李红梅", "赵志强", "孙丽", "周海燕"],
        "电话": [f"1381234100{n}" for n in range(5)],
    }

    assert found({**people, header: cells, "诊断": ["高血压"] * 5})[header] == []


def test_numbers_of_rooms_and_beds_and_remarks_are_no_days():
    days = {"入住日期": ["11-21", "11-23"], "日期": ["11-22", "11-24"]}
    rooms = {
        "房号": ["11-21", "11-22"],
        "床位": ["3-12", "3-13"],
        "床号": ["5-08", "5-09"],
        "单元": ["2-11", "2-12"],
        "备注": ["10-12", "10-13"],
    }

    days_found = found({**rooms, **days, "姓名": ["石磊", "林海"]})

    assert days_found == {**{header: [] for header in (*rooms, "姓名")}, **days}


def test_numbers_of_batches_are_no_days():
    days = found(
        {"药品名称": ["白术", "黄连"], "批号": ["20240301", "20231105"], "有效期": ["20260301", "20251105"]}
    )

    assert days == {"药品名称": [], "批号": [], "有效期": ["20260301", "20251105"]}
