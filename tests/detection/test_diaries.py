"""Days that only the rows beside them tell (in shadow text), and rows of other figures."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked
from deid.detection.diaries import find_days_of_rows
from deid.detection.reading import Reading


@pytest.mark.parametrize(
    "marked",
    [
        "[12-03](DAY) 李敏 CT 已取\n[12-14](DAY) 王强 MR 未取",
        "[12-03](DAY),李敏,CT\n[12-04](DAY),王强,MR",
        "1)[12-15](DAY) 宦大爷来电\n2)[12-16](DAY) 未接",
        "[12.03](DAY)李敏来电\n[12.14](DAY)王强来电",
        "[12.3](DAY):李敏来电\n[12.14](DAY):王强来电",
        "[12-28](DAY):李敏来电\n[01-04](DAY):王强来电",
        "李敏([12-03](DAY))\n王强([12-14](DAY))",
        "[251203](DAY) 李敏\n[251214](DAY) 王强",
        "[12.3](DAY)周三 李敏,[12-4](DAY)(周四)",
        "截图时间 [11-28](DAY)",
        "[2025 11 28](DAY) 李敏",
    ],
)
def test_finds_days_in_rows(marked: str) -> None:
    text, marks = parse_marked(marked)

    assert set(find_days_of_rows(Reading(text))) == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "3.1 执业许可证\n3.2 劳动合同\n3.3 出资证明",
        "4.1 双人核对\n4.2 洗手\n4.10 冲管\n4.11 封管",
        "3-02 伏根宝\n3-05 瞿阿婆\n3-14 王大爷",
        "12-01床 伏根宝\n12-03床 瞿阿婆",
        "10-20 mmol\n11-15 mmol",
        "参考 10-20 合格\n参考 12-16 合格",
        "1/2片\n1/3片",
        "6.2 白细胞\n5.13 红细胞",
        "400001 重庆\n410008 长沙",
        "12-03 一行",
    ],
)
def test_leaves_rows_of_other_figures(text: str) -> None:
    assert list(find_days_of_rows(Reading(text))) == []
