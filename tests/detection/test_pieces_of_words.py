"""Pieces of longer words that a network takes for somebody, and surnames before words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Persons = Callable[[str], set[str]]


@pytest.mark.parametrize(
    "text",
    [
        "歌声此起彼伏，他不可一世，这件事非同小可。",
        "他是家里的顶梁柱，御林军来了。",
        "她说要有张有弛，方为正理。",
        "客户：钱退我卡上哈",
        "我屋头娃儿身上起坨坨三天了，痒得遭不住",
        "家系（口述，苗语由老师听懂大半）",
        "时间 | 来访人 | 单位 | 事由\n11:15 | 送水 | —— | ——",
        "厨师这行讲究配套，成龙配套的锅具买回来只用了一次。",
    ],
)
def test_a_piece_of_a_longer_word_is_nobody(persons: Persons, text: str) -> None:
    assert persons(text) == set()


def test_a_name_within_no_word_stays(persons: Persons) -> None:
    assert persons("顶梁的事问成龙，他电话里说明天到。") == {"成龙"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公孙提前到了，请安排。", {"公孙"}),
        ("令狐明天下午来复诊。", {"令狐"}),
        ("欧阳明说他后天来。", {"欧阳明"}),
        ("由其长孙无偿照顾。", set()),
        ("病例讨论：长孙无尘，男，45岁", {"长孙无尘"}),
    ],
)
def test_a_compound_surname_ends_where_a_word_begins(persons: Persons, text: str, names: set[str]) -> None:
    assert persons(text) == names
