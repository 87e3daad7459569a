"""What cells of a column say together."""

from __future__ import annotations

import pytest

from deid.detection.agreement import agree
from deid.types import Detection, Entity


def person(start, end, *evidence):
    return Entity("PERSON", start, end, 0.9, "", (Detection("PERSON", start, end, 0.9, "PERSON", evidence),))


def found(texts, shares=None):
    shares = shares or [[] for _ in texts]
    agree(texts, shares)
    return [[text[e.start : e.end] for e in share] for text, share in zip(texts, shares, strict=True)]


@pytest.mark.parametrize(
    ("around", "is_code"),
    [("EC{}-02", True), ("ZF{}4662", True), ("KH20241108{}01", True), ("{}", False), ("订单{}号", False)],
)
def test_mobile_numbers_stand_at_one_place_in_numbers_of_orders(around, is_code):
    mobiles = ["18967020562", "15068312498", "13330093757", "19901165260", "17681051344", "13894712345"]
    texts = [*map(around.format, mobiles), "合计"]

    assert found(texts)[0] == ([mobiles[0]] if is_code else [])


@pytest.mark.parametrize(
    "texts",
    [
        [f"2024061{n}15{n}045123456" for n in range(6)],  # a day and a time
        [f"SF1390284756{n}02" for n in range(8)],  # one after the other
        ["EC18967020562-02", "EC15068312498-02", "EC13330093757-03"],  # too few
        ["EC18967020562-02", "A1", "B2", "EC15068312498-02", "C3", "EC13330093757-03"],
    ],
)
def test_other_codes_have_none(texts):
    assert not any(found(texts))


def test_a_word_that_only_networks_see_is_nobody_in_a_column_without_names():
    texts = ["温泉疗养定金", "体检尾款", "退款", "陪诊费", "房租"]
    shares = [[person(0, 2, "remaining")], [], [], [], []]

    assert found(texts, shares) == [[], [], [], [], []]


def test_but_somebody_among_others_and_in_a_sentence():
    texts = ["石头", "王芳", "李红", "温泉疗养定金要石头本人来付"]
    shares = [[person(0, 2, "remaining")], [person(0, 2, "cell")], [person(0, 2, "tagger")], []]

    assert found(texts, shares)[0] == ["石头"]

    shares = [[], [], [], [person(7, 9, "surroundings")]]
    assert found(["退款", "房租", "押金", texts[3]], shares)[3] == ["石头"]
