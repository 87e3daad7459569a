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


@pytest.mark.parametrize(
    "marked",
    [
        "咨询师意见：[英兰](PERSON)先做位点验证，请[小裴](PERSON)合并，女婿[郭鹏](PERSON)陪。",
        "[秀莲](PERSON)阿姨走路比[秀芳](PERSON)阿姨还快，是[月霜](PERSON)小姐说的",
        "太太[季月琴](PERSON)、孙女[甜甜](PERSON)；弟[金哲](PERSON)（不愿验）",
        "客户：[吴秀芳](PERSON)阿姨家　拟取名：[龙一诺](PERSON)（父 [龙腾](PERSON)，34岁）",
        "二(3)班家长群：全额退款1580元，老人说蒙语多",
        "麦吉尔疼痛问卷；威廉姆斯操、麦肯基疗法；艾普沃斯嗜睡量表",
        "报告发[冯红](PERSON)微信，片子找[白浩然](PERSON)要，[诸葛浩然](PERSON)血压又高了",
    ],
)
def test_where_names_begin_and_end(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "护工，[金色晚晴养老院](ORGANIZATION)",
        "83岁，[夕阳红养老院](ORGANIZATION)，每月来",
        "选择居家、社区、公办养老院、民办养老院，或者，普通养老院",
    ],
)
def test_homes_between_commas(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"]

    assert found == [(mark.start, mark.end) for mark in expected]
