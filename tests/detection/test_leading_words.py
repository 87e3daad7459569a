"""What leads to somebody is no part of the name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "谢谢[钮](PERSON)医生，药收到了。麻烦[苌](PERSON)大夫看下片子",
        "人事[霍敏](PERSON)已归档，行政[小毕](PERSON)送过去了",
        "下周三[于](PERSON)教授出诊，周五[裘](PERSON)医生停诊",
        "药房[荀](PERSON)师傅核对",
        "若[江帆](PERSON)未到，名下有关[仝蕊](PERSON)、[郜峰](PERSON)的笔记",
        "风险：若[常青](PERSON)看到该备忘，估值可能再砍",
        "经[柯](PERSON)主任同意，问下[茅](PERSON)护士长，约[卞](PERSON)教授周四看诊",
        "姓名|接听人|结果\n[滕建国](PERSON)|儿子[滕召喜](PERSON)|能走\n[张广](PERSON)|保姆[翠姐](PERSON)|吸氧",
        "外孙[邹浩](PERSON)陪同，陪诊员[冬梅](PERSON)当天摔伤",
        "和[小程](PERSON)沟通了，明天来。经[云飞](PERSON)介绍来诊",
    ],
)
def test_what_leads_to_somebody_is_left(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "联系人：[谈国良](PERSON)。[和丽芳](PERSON)护士到场，[连文琪](PERSON)收件",
        "[方志明](PERSON)教授会诊，下月[徐海燕](PERSON)主任坐诊",
        "患者[经卫国](PERSON)，男，45岁；婆婆[于桂芬](PERSON)陪护，[班玉英](PERSON)奶奶住院",
        "患者[和田玉](PERSON)女士，咨询师：[于海波](PERSON)　督导：[綦](PERSON)老师",
        "问：二诊意见和原医生不一样，听谁的？",
        "今天[段月](PERSON)休息，[龚志良](PERSON)顶[彼得罗夫](PERSON)的班。",
        "感谢[于苑](PERSON)医生，祝[安思涵](PERSON)医生工作顺利。外科[师](PERSON)主任查房",
        "谢谢[于瑞东](PERSON)医生。甲方：[经国忠](PERSON)；[代海军](PERSON)，今天记得吃药",
        "查房：[明春兰](PERSON)主任医师；[周一鸣](PERSON)主任会诊；[彼得罗夫](PERSON)来取药",
        "挂了[员福江](PERSON)主任的号，尊敬的[令玉明](PERSON)主任；[瓜尔佳江红](PERSON)签字",
    ],
)
def test_a_surname_that_is_a_verb_as_well_is_kept(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}
