"""Hospitals, bureaus and firms that one calls by a number, a rank or a word that is somebody else's."""

from __future__ import annotations

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier

BODIES = ("CN_MEDICAL_INSTITUTION", "ORGANIZATION")


@pytest.mark.parametrize(
    "marked",
    [
        "[三院](CN_MEDICAL_INSTITUTION)的报告出来了",
        "先去[一院](CN_MEDICAL_INSTITUTION)看了，又到[二院](CN_MEDICAL_INSTITUTION)复查",
        "[一院](CN_MEDICAL_INSTITUTION)、[二院](CN_MEDICAL_INSTITUTION)都看过",
        "[三院](CN_MEDICAL_INSTITUTION)骨科张医生",
        "挂[一院](CN_MEDICAL_INSTITUTION)的号，[三院](CN_MEDICAL_INSTITUTION)那边让住院",
        "一院多区，三院联合，两院合并，住三院区，每一院校，一院一策",
        "上报[市卫健委](ORGANIZATION)，抄送[市卫健委](ORGANIZATION)信访科",
        "再不退去[市卫健委](ORGANIZATION)投诉",
        "[县公安局](ORGANIZATION)传唤，[市医保局](ORGANIZATION)：已受理",
        "本市卫健委系统，找医保局问，报派出所，法院起诉，寄顺丰",
        "工作单位：[徐工](ORGANIZATION)",
        "在[徐工](ORGANIZATION)上班，他是[徐工](ORGANIZATION)的焊工，[徐工集团](ORGANIZATION)退休",
        "徐工说图纸改好了，找徐工签字，徐工的电话打不通",
        "[阿斯利康](ORGANIZATION)",
        "工作单位：[阿斯利康](ORGANIZATION)",
        "任[阿斯利康（中国）](ORGANIZATION)医学联络官",
        "打了辉瑞，赛诺菲的立普妥，氯吡格雷(赛诺菲)",
        "一人公司和初创公司，严格遵守公司规定，主业公司，大多数银行都行，支持银行转账，支持医院建设",
        "请提醒医院勾选，反馈医院处理，走出医院，信任医院，补偿医院",
        "包含支付APP和订单，但开发APP成本高，向人民法院起诉，持社区卫生服务中心的复课证明",
        "帕金森",
    ],
)
def test_a_number_a_rank_or_a_frame_makes_a_body(deidentifier: Deidentifier, marked: str) -> None:
    text, marks = parse_marked(marked)

    found = [(e.entity_type, e.start, e.end) for e in deidentifier.detect(text) if e.entity_type in BODIES]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in marks]


@pytest.mark.parametrize(
    "marked",
    [
        "[徐](PERSON)工说图纸改好了，找[徐](PERSON)工签字",
        "单位：[徐](PERSON)工带队",
        "在徐工上班，徐工职工医院",
        "找[但](PERSON)老师签字，上回[但](PERSON)老师来过",
        "[但](PERSON)老师：明天到",
        "到会：[王](PERSON)主任、[但](PERSON)主任、[相](PERSON)主任",
        "三、[相](PERSON)护士长提出冷链箱老化",
        "[相](PERSON)律师代理此案",
        "两位相护士长得很像",
        "想请假，但老师不同意；病情稳定，但主任建议手术",
        "可以，但医生不在。但主任、副主任均签字",
    ],
)
def test_a_surname_before_a_title_is_told_from_a_firm_and_a_conjunction(
    deidentifier: Deidentifier, marked: str
) -> None:
    text, marks = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in marks]
