"""Surnames that are verbs or conjunctions before titles, and those by which somebody is known."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("雎总好，\n第二轮里还差几项", {"雎"}),
        ("站长批：已电话致歉，过老师接受。", {"过"}),
        ("系统：处方已开具，审方药师但老师。危急情况请拨120", {"但"}),
        ("哈尔滨车姓员工的裁决书，一名贾姓男子，何姓患者，前夫是个李姓木匠", {"车", "贾", "何", "李"}),
        ("我姓何——莫笑", {"何"}),
        ("主题: Re: 产检陪同 – Smith & 董", {"董"}),
        ("患者安静，女，45岁，住我院", {"安静"}),
        ("向师傅已到，时主任休假，付司机的车停在楼下", {"向", "时", "付"}),
    ],
)
def test_a_surname_tells_of_somebody(persons, text, names):
    assert persons(text) >= names


@pytest.mark.parametrize(
    "text",
    [
        "不过老师说先吃药，通过老师介绍，没去过老师家",
        "已缴费，但老师没来，联系过家属但医生不在",
        "同姓员工、百姓患者、外姓人员、改姓家属",
        "老百姓——都这样，Q&A 高",
        "向库管员登记后领取，向主管报备，由主管向经理说明",
        "随车护士带氧气袋，网约车司机取消了，到时医生会通知",
        "付司机加班费200元，往护士那边走，关医生什么事，凡医生都知道",
        "患方律师提出异议，这支医生团队，继任主任未定，高年资医生带组",
        "客户查询后退款。患者全麻后。护士强调后。患者屈膝时。护士安抚并记录",
        "患者安静，呼吸平稳。家属平静，已签字；护士温柔。患者矍铄，对答切题",
        "外包翻译单价下降，分包经理到场，孕12周加3天，时差：向东飞，提前早睡",
        "附方：加知母、黄柏。方歌：四君子汤中和义。\n方歌：六味地黄益肾肝。",
        "十九畏：丁香莫与郁金见，人参最怕五灵脂。霍尔特监测，高兴为您服务，系统识别成医生",
        "投诉单一式三联，白联客户，黄联存档，蓝联财务。",
        "文竹：娇气，喜欢湿润。虎皮兰：一个月浇一次。全向麦克风 Jabra Speak 750 3 只",
    ],
)
def test_words_before_titles_and_of_kin_are_no_surnames(persons, text):
    assert persons(text) == set()
