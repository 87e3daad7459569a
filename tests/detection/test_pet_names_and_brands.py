"""Pet names before a parent, hospitals of universities of medicine, and brands before a form of medicine."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[暖暖](PERSON)妈：[济医附院](CN_MEDICAL_INSTITUTION)几点上班",
        "客服您好，[萌萌](PERSON)妈，已加您",
        "[糖糖](PERSON)奶奶：几点开门",
        "[皖医附院](CN_MEDICAL_INSTITUTION)心内科，[蚌医附院](CN_MEDICAL_INSTITUTION)",
        "[圆圆](PERSON)奶奶带来的化验单，[点点](PERSON)姥姥打电话问疫苗",
        "人人爸爸都这样，时时妈妈提醒，明明妈妈在场，谢谢奶奶",
        "由[张](PERSON)工对接[北医三院](CN_MEDICAL_INSTITUTION)，转接[华西医院](CN_MEDICAL_INSTITUTION)",
        "谢谢妈：我没事；问问妈，药在哪；奶奶妈妈都来了；刚刚妈打电话",
        "好嘞，谢谢[罗](PERSON)主任",
        "卓玛丽药膏，章光101口服液，孙氏药膏，白云山口服液",
    ],
)
def test_pet_names_hospitals_and_brands(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [
        (e.entity_type, e.start, e.end)
        for e in deidentifier.detect(text)
        if e.entity_type in ("PERSON", "CN_MEDICAL_INSTITUTION")
    ]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]


def test_parents_who_speak_in_a_chat_are_its_accounts(deidentifier) -> None:
    text = "暖暖妈:在吗\n李医生:在\n暖暖妈:烧退了"

    assert (0, 2) not in {(e.start, e.end) for e in deidentifier.detect(text)}
