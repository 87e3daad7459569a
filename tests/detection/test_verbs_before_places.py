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
    ],
)
def test_verbs_end_before_places(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.entity_type, e.start, e.end) for e in deidentifier.detect(text) if e.entity_type in PLACES]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]
