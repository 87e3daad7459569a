"""The end of a verb is no part of the place or the firm behind it."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

PLACES = ("CN_ADDRESS", "LOCATION", "PERSON", "ORGANIZATION", "CN_MEDICAL_INSTITUTION")


@pytest.mark.parametrize(
    "marked",
    [
        "药房开成[石家庄市](LOCATION)的了",
        "发票开成[石家庄市恒信商贸有限公司](ORGANIZATION)",
        "单位写成[成都恒信医疗器械有限公司](ORGANIZATION)",
        "请改成[成都市第三人民医院](CN_MEDICAL_INSTITUTION)",
        "发票改寄[槐安路88号](CN_ADDRESS)",
        "发票转成[翠苑小区5幢301](CN_ADDRESS)",
        "把地址转成[呼市](LOCATION)，麻烦",
        "客户要求送往[高崎机场](LOCATION)",
        "病人上周送到[白云机场](LOCATION)的老家",
        "[开成科技有限公司](ORGANIZATION)，[杭州登成建筑有限公司](ORGANIZATION)",
        "请飞[常德](LOCATION)，谢谢",
        "说成[常德](LOCATION)，麻烦改一下",
        "致[湖北荆楚安医疗咨询有限公司](ORGANIZATION)负责人：",
        "户名[山西晋康汇医疗咨询有限公司](ORGANIZATION)",
        "被申请方[山西晋康汇医疗咨询有限公司](ORGANIZATION)委派",
        "影像转交[复旦大学附属华山医院](CN_MEDICAL_INSTITUTION)阅看",
        "切片借出后交[北京大学第一医院](CN_MEDICAL_INSTITUTION)",
        "结果互认：限[市人民医院](CN_MEDICAL_INSTITUTION)、[市中医院](CN_MEDICAL_INSTITUTION)",
        "已电联[民航总医院](CN_MEDICAL_INSTITUTION)病案室",
        "证明：兹有[前洼村](CN_ADDRESS)村民情况属实",
        "本文承蒙[南京医科大学](ORGANIZATION)指导",
        "现独居[新华东街87号](CN_ADDRESS)",
        "是否即[金山银行](ORGANIZATION)那一位",
        "这边[延边大学附属医院](CN_MEDICAL_INSTITUTION)说不好",
        "宿[康定情歌大酒店](ORGANIZATION)",
        "毕业于[对外经济贸易大学](ORGANIZATION)，[交大附属第一医院](CN_MEDICAL_INSTITUTION)会诊",
        "转[交通大学附属医院](CN_MEDICAL_INSTITUTION)继续治疗，[以色列医科大学医院](CN_MEDICAL_INSTITUTION)的报告",
        "[深圳前海资本文化传媒有限公司](ORGANIZATION)",
        "家住[湖北省凭栏路5号](CN_ADDRESS)",
        "在[上海](LOCATION)吃了鱼头后腹泻，[深圳](LOCATION)奶茶店员工，在[洛阳](LOCATION)铲雪时摔伤",
    ],
)
def test_verbs_end_before_places(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.entity_type, e.start, e.end) for e in deidentifier.detect(text) if e.entity_type in PLACES]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]
