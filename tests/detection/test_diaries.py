"""Days that only the rows beside them tell (in shadow text), and rows of other figures."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked
from deid.detection.diaries import find_days_of_rows
from deid.detection.reading import Reading


@pytest.mark.parametrize(
    "marked",
    [
        "[12-03](DAY) 李敏 CT 已取\n[12-14](DAY) 王强 MR 未取",
        "[12-03](DAY),李敏,CT\n[12-04](DAY),王强,MR",
        "1)[12-15](DAY) 宦大爷来电\n2)[12-16](DAY) 未接",
        "[12.03](DAY)李敏来电\n[12.14](DAY)王强来电",
        "[12.3](DAY):李敏来电\n[12.14](DAY):王强来电",
        "[12-28](DAY):李敏来电\n[01-04](DAY):王强来电",
        "李敏([12-03](DAY))\n王强([12-14](DAY))",
        "[251203](DAY) 李敏\n[251214](DAY) 王强",
        "[12.3](DAY)周三 李敏,[12-4](DAY)(周四)",
        "截图时间 [11-28](DAY)",
        "①[12-22](DAY) 电话:不发烧\n②[1-05](DAY) 电话没人接\n③[1-06](DAY) 家长回电\n④[2-19](DAY) 来院复查",
        "追访:①[4-01](DAY) 打三次关机 ②[4-03](DAY) 家属接 ③[4-20](DAY) 本人来院",
        "第1次 [3-5](DAY) 电话访\n第2次 [3-9](DAY) 家访",
        "→[2-1](DAY) 首次来电\n→[2-8](DAY) 二次来电\n→[2-15](DAY) 面谈",
        "◆[5-11](DAY) 家访:按时服药\n◆[5-25](DAY) 家访:漏服",
        "[12-5](DAY)(电话)诉头痛\n[12-9](DAY)(门诊)加药\n[1-6](DAY)(门诊)减药",
        "[4/2](DAY)\n1 丛海波 拔牙\n[4/3](DAY)\n1 于洋 洗牙",
        "(一)[10-9](DAY) 电话拒接\n(二)[10-12](DAY) 家属回电",
        "[2025 11 28](DAY) 李敏",
    ],
)
def test_finds_days_in_rows(marked: str) -> None:
    text, marks = parse_marked(marked)

    assert set(find_days_of_rows(Reading(text))) == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "3.1 执业许可证\n3.2 劳动合同\n3.3 出资证明",
        "4.1 双人核对\n4.2 洗手\n4.10 冲管\n4.11 封管",
        "3-02 伏根宝\n3-05 瞿阿婆\n3-14 王大爷",
        "12-01床 伏根宝\n12-03床 瞿阿婆",
        "10-20 mmol\n11-15 mmol",
        "参考 10-20 合格\n参考 12-16 合格",
        "1/2片\n1/3片",
        "6.2 白细胞\n5.13 红细胞",
        "400001 重庆\n410008 长沙",
        "12-03 一行",
        "12-05(电话机房)\n12-06(弱电间)",
        "3/5\n肌力\n4/5\n腱反射",
        "①1-01 基本信息\n②1-02 诊断编码\n③1-03 收费编码",
        "1-05 术后第2天\n1-06 待手术\n2-03 空",
        "3-01 电话铃坏\n3-02 电话机好\n3-05 门诊收费",
    ],
)
def test_leaves_rows_of_other_figures(text: str) -> None:
    assert list(find_days_of_rows(Reading(text))) == []
