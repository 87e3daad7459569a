"""Small firms by what is done with them: who works there, signs with them, pays them; not any shop."""

from __future__ import annotations

import pytest


@pytest.fixture
def firms(found):
    return lambda text: {value for value, kind in found(text) if kind == "ORGANIZATION"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("就职于青鸟健身", "青鸟健身"),
        ("与鸿福家政签订合同", "鸿福家政"),
        ("佳佳母婴店的员工", "佳佳母婴店"),
        ("从金色童年早教中心退休", "金色童年早教中心"),
        ("收款方：鸿福家政", "鸿福家政"),
        ("收款方：圆通", "圆通"),
        ("由美团付款", "美团"),
        ("在海底捞西湖店上班", "海底捞西湖店"),
        ("国大药房解放路店", "国大药房解放路店"),
        ("转塘街道办事处通知", "转塘街道办事处"),
    ],
)
def test_a_firm_is_found(firms, text, expected):
    assert firms(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "在楼下超市打工，从学校食堂退休",
        "和朋友开的面馆签约，跟物业对接",
        "在医院药房上班，他是大药房的店员",
        "由保险公司付款，由家属付款，收款方：个人",
        "丽江民宿老板，在家附近饭店打工",
        "老百姓常去药房旁边的店",
    ],
)
def test_any_shop_is_none(firms, text):
    assert firms(text) == set()
