"""Surname and given name where a text tells each by itself, and the courtesy name behind a name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "患者姓[逯](PERSON)名[静秋](PERSON)，女",
        "姓氏：[逯](PERSON)　名：[静秋](PERSON)",
        "姓：[欧阳](PERSON) 名：[克勤](PERSON)",
        "姓：[张](PERSON)",
        "姓氏[麦](PERSON)，名字[嘉欣](PERSON)",
        "姓[宫](PERSON)名[保田](PERSON)，字[子英](PERSON)",
        "免贵[佘](PERSON)，退款的事找谁",
        "先生姓[赫连](PERSON)，单名一个“[勃](PERSON)”字；我姓[王](PERSON)，单名一个[静](PERSON)字",
        "我姓[荀](PERSON)叫[小兰](PERSON)，约周三",
        "他姓[母](PERSON)，名叫[母志高](PERSON)",
        "本人姓[缑](PERSON)，单名一个[毅](PERSON)字",
        "[傅作霖](PERSON)，字[竞存](PERSON)，浙江绍兴人",
        "[李守仁](PERSON)，号[静斋](PERSON)，擅治伤寒",
        "姓名不详；老百姓名下的房产；同姓名患者请核对",
        "请填写姓氏和名字；姓氏：必填 名：必填",
        "[陈丽](PERSON)，字写得潦草；[王强](PERSON)，号已挂好",
        "随妻姓，前叫法不同；她不知道自己姓什么叫什么",
    ],
)
def test_names_in_parts(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]
