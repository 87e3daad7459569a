"""Hospitals and firms in columns and fields, where no word says what sort of body they are."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

_BODIES = ("CN_MEDICAL_INSTITUTION", "ORGANIZATION")


@pytest.mark.parametrize(
    "marked",
    [
        "日期;客户;医院/科室;医生\n10/8;王显珍;[市一](CN_MEDICAL_INSTITUTION)内分泌;杜主任\n10/9;苏红梅;[宜昌市中医医院](CN_MEDICAL_INSTITUTION)针灸;武大夫",
        "客户|医院/床|出院日\n时文娟|[第九人民医院](CN_MEDICAL_INSTITUTION) 6F-31|4/9\n许阿大|[龙华](CN_MEDICAL_INSTITUTION) 3-02|4/11",
        "序号	专家	单位	科室\n1	孔德茂	[宁医大总院](CN_MEDICAL_INSTITUTION)	放射\n2	邝家辉	[中肿](CN_MEDICAL_INSTITUTION)	鼻咽",
        "姓名|单位|套餐\n李国庆|[青海盐湖工业](ORGANIZATION)|A\n多杰|自费|B\n韩梅|同上|A",
        "医院：[市一](CN_MEDICAL_INSTITUTION)\n科室：骨科",
        "承保公司：[平安](ORGANIZATION)\n投保公司：[泰康](ORGANIZATION)；险种：百万医疗",
        "就诊医院：本院\n转诊医院：无\n投保公司：不清楚",
        "姓名,手机,来源门店\n李强,15018803347,[金域体检](ORGANIZATION)\n赖怡君,,官网\n陈建国,,老客户介绍\n刘佳,,抖音",
        "姓名,年龄,单位\n韦小宝,26,外包保洁\n陈海波,52,[深圳巴士集团](ORGANIZATION)\n王敏,40,个体",
        "大家认准公司座机0755-23994108",
        "已报林经理同派出所赵警官",
        "药品,数量,单位\n阿司匹林,1,盒装\n盐水,2,袋装",
    ],
)
def test_columns_and_fields_of_bodies(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in deidentifier.detect(text) if e.entity_type in _BODIES]

    assert found == [(mark.start, mark.end, mark.entity_type) for mark in expected]
