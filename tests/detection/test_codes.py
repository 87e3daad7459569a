"""Numbers behind names: those that a word before the names announces, and codes of one form behind several."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked

NUMBERS = {
    "CN_EXAM_NUMBER",
    "CN_NURSE_LICENSE",
    "CN_QQ",
    "CN_SOCIAL_SECURITY",
    "MEDICAL_RECORD_NUMBER",
    "OTHER_ID",
}


@pytest.mark.parametrize(
    "marked",
    [
        "住院号：李建国 [0023145](MEDICAL_RECORD_NUMBER)",
        "病历号 张三 [F2503118](MEDICAL_RECORD_NUMBER)",
        "住院号：李建国[0023145](MEDICAL_RECORD_NUMBER)、王芳[0023188](MEDICAL_RECORD_NUMBER)",
        "医保卡号：李敏 [1234567890](CN_SOCIAL_SECURITY)",
        "护士证号：王敏 [201543001122](CN_NURSE_LICENSE)",
        "执业证复印件补交：羿文君 [201832050371](CN_NURSE_LICENSE)",
        "标本：李敏 [S20240312-01](CN_EXAM_NUMBER)，王强 [S20240312-02](CN_EXAM_NUMBER)",
        "病历：张伟 [K10938](MEDICAL_RECORD_NUMBER)；李娜 [K10939](MEDICAL_RECORD_NUMBER)",
        "报告单原件：杨学文 [BL2506-0731](CN_EXAM_NUMBER)、段绍芬 [BL2506-0735](CN_EXAM_NUMBER)",
        "领取：杨学文 [BL2506-0731](OTHER_ID)、段绍芬 [BL2506-0735](OTHER_ID)",
        "我QQ行不行，[853170642](CN_QQ)，微信我婆婆会看",
        "加了我QQ [482207316](CN_QQ) 天天发视频问",
        "医保卡带上，医保卡号全部念给你嘛，[B70316642](CN_SOCIAL_SECURITY)",
        "QQ的话 [1234567](CN_QQ) 加一下",
        "病历号报一下，[0023145](MEDICAL_RECORD_NUMBER)",
        "参会：王强 B20301、李敏 B20302",
        "王强 A栋1203，李敏 B栋0804",
        "杨学文带了BL2506-0731型温控箱",
        "QQ不用，发票金额 853170642",
        "住院号：李建国补交 2024",
    ],
)
def test_numbers_behind_names(marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.entity_type, e.start, e.end) for e in detect(text) if e.entity_type in NUMBERS]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "榕树下面打[三二一八八七零](PHONE_NUMBER)座机我就下来",
        "电话她说是[幺八六七三一二零零四九三](PHONE_NUMBER)你打一下",
        "揭晓 [138零七零九五五二一八](PHONE_NUMBER)",
        "我念给你啊[五零二四零五幺七八](OTHER_ID)",
        "一二三四五六七，九八七六五四三二一，数拍子",
        "二〇二四〇三一一批次，参考价三千五百二十元",
        "商品3218870，编码8675230198",
    ],
)
def test_numbers_as_they_were_said(marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [
        (e.entity_type, e.start, e.end) for e in detect(text) if e.entity_type in ("PHONE_NUMBER", "OTHER_ID")
    ]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]
