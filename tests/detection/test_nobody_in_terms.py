"""Words of terms, forms, logs and teaching texts that name nobody, and people beside whom they are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "“四君”不是四位姓君的人，勿写进“处方医师”。",
        "费用：预算＿＿万；已签＿＿万；已付＿＿万；余＿＿万",
        "高见可以，高论免谈；和为贵，乐为先；常态事项用邮件。",
        '消息"平安"0 条；"常胜"3 条',
        "在保险期间内，被保险人于接受合同约定之手术、麻醉后",
        "条款之解释以有利于被保险人为原则。",
        "封底不印电话，统一印客服热线400-100-0000。",
    ],
)
def test_nobody_is_named(text: str, persons: Callable[[str], set[str]]) -> None:
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("患者：李__，女，45岁", "李"),
        ("我姓君，叫我老君就行。", "君"),
        ("被保险人于海燕，女，1966年生", "于海燕"),
        ("常胜3月1日来复查", "常胜"),
        ("联系印客服，电话13800138000", "印"),
        ("患者吴为先，男，61岁", "吴为先"),
    ],
)
def test_somebody_is_named(text: str, name: str, persons: Callable[[str], set[str]]) -> None:
    assert any(found.startswith(name) for found in persons(text))


@pytest.mark.parametrize(
    "text", ["投保年龄：出生满二十八日至八十周岁，续保可至八十五周岁。", "投保年龄18至60周岁"]
)
def test_ages_of_anybody(text: str, found: Callable[[str], list[tuple[str, str]]]) -> None:
    assert not [value for value, kind in found(text) if kind == "AGE"]


@pytest.mark.parametrize("text", ["我妈今年八十周岁", "投保人王强，四十五周岁"])
def test_ages_of_somebody(text: str, found: Callable[[str], list[tuple[str, str]]]) -> None:
    assert [value for value, kind in found(text) if kind == "AGE"]
