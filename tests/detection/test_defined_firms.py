"""Firms that a text calls in short once it has told their full name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

BODIES = ("ORGANIZATION", "CN_MEDICAL_INSTITUTION", "PERSON")


@pytest.mark.parametrize(
    "marked",
    [
        "甲方：[湖南闪星锑业有限责任公司](ORGANIZATION)（以下称[闪星锑业](ORGANIZATION)）\n一、[闪星锑业](ORGANIZATION)同意支付",
        "[唐山惠陶卫生洁具有限公司](ORGANIZATION)（下称[惠陶](ORGANIZATION)）去年停产。[惠陶](ORGANIZATION)的账在会计那里",
        "在[高平市唐安煤矿](ORGANIZATION)（简称[唐安矿](ORGANIZATION)）。离开[唐安矿](ORGANIZATION)以后",
        "[枣庄矿业（集团）有限责任公司](ORGANIZATION)（[枣矿](ORGANIZATION)）所属的；凡[枣矿](ORGANIZATION)的档案",
        "[山西柳林鑫盛源煤业有限公司](ORGANIZATION)，我们就叫[鑫盛源](ORGANIZATION)",
        "[江阴市澄东纺机有限公司](ORGANIZATION)（以下或称“[澄东纺机](ORGANIZATION)”）\n乙方为[澄东纺机](ORGANIZATION)在册职工413人",
        "受让[骆马湖投资合伙企业](ORGANIZATION)（“[骆马湖投资](ORGANIZATION)”）的股权",
        "[江阴市澄东纺机有限公司](ORGANIZATION)（“买方”）付清，买方不再承担",
        "[江苏省人民医院](CN_MEDICAL_INSTITUTION)（下称[省人医](CN_MEDICAL_INSTITUTION)）同意",
        "去派出所（称手机丢失），手机丢失已报案；[南山派出所](ORGANIZATION)（以下简称派出所）出警",
        "[杭州顺禾健康管理有限公司](ORGANIZATION)（以下简称“[顺禾](ORGANIZATION)”）。联系人[李顺禾](PERSON)签字",
    ],
)
def test_names_in_short_behind_the_full_one(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.entity_type, e.start, e.end) for e in deidentifier.detect(text) if e.entity_type in BODIES]

    assert found == [(mark.entity_type, mark.start, mark.end) for mark in expected]
