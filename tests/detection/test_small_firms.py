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
        ("老百姓大药房东风路店买的药", "老百姓大药房东风路店"),
        ("肯德基中山路店打工", "肯德基中山路店"),
        ("在百度在线做研发", "百度在线"),
        ("苏州拓科 钱总 说下周来体检", "苏州拓科"),
        ("常熟波司登 人事小周要报告", "常熟波司登"),
        ("绍兴振石的林经理说有空", "绍兴振石"),
        ("单位：芜湖恒信型材\n工种：焊工", "芜湖恒信型材"),
        ("甲方：成都砚和（盖章）", "成都砚和"),
        ("明亚经纪的陈经理说可以理赔", "明亚经纪"),
        ("以前是瓦轴的八级工", "瓦轴"),
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
        "小米手机店，拼多多下单，拼多多昵称是土豆",
        "杭州客户 王总，上海大区 李经理，北京分部 张总监，上海徐汇 王经理，青岛海边 王总",
        "单位：温州做生意\n单位：深圳务工\n单位：杭州市西湖区\n甲方：北京王小明\n价格单位：元/次",
        "保险经纪人来电，房产经纪的陈经理，通过保险经纪投保",
        "炼钢工人退休，他是煤矿退休职工，炼化工人下岗，在矿上班",
    ],
)
def test_any_shop_is_none(firms, text):
    assert firms(text) == set()
