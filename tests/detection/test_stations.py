"""Where people get on and off, and places that the words around them show."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"LOCATION", "CN_ADDRESS", "ORGANIZATION", "PERSON"}


@pytest.mark.parametrize(
    "marked",
    [
        "航班3U3935，10月16日[成都天府](LOCATION)起飞",
        "[上海虹桥](LOCATION)起飞，落地[长沙黄花机场T2](LOCATION)",
        "6月3日-6月5日,[成都东](LOCATION)-[遵义](LOCATION)二等座,412.00",
        "[长沙南](LOCATION)到[广州南](LOCATION)的高铁",
        "[昆明南站](LOCATION)8:36到",
        "从[贵阳北](LOCATION)坐高铁",
        "我在[北京金鹰地铁站D口](LOCATION)等",
        "住在[上海地铁2号线银泰站C出口](LOCATION)旁",
        "我家在[五一广场地铁站A口](CN_ADDRESS)，怎么过来",
        "从[皇岗口岸](LOCATION)过来，[福田口岸](LOCATION)也行，口岸人多",
        "你把[石狮](LOCATION)那个给我就行",
        "今天回[海宁](LOCATION)他妈那去了",
        "母亲当年在[萧山](LOCATION)生弟弟后的情形",
        "糖友之家[海淀](LOCATION)家长互助群",
        "可以去问，在[三元桥](LOCATION)边上",
        "慢病随访单([苏州园区](LOCATION)点)",
        "现居[澳大利亚墨尔本](LOCATION)　护照",
        "夜里要送[北站](LOCATION)，儿子在[石家庄站](LOCATION)接，到站台接受检查",
        "人在[通州梨园](LOCATION)，过不来，她是[永嘉桥头](LOCATION)的",
        "我住[虎坊桥](LOCATION)，送到[望京SOHO T3](CN_ADDRESS)",
        pytest.param(
            "主题: 答复: [曼谷](LOCATION)康养展出行证件",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "[南昌西](LOCATION)→[深圳北](LOCATION)→打车",
        "出差：[郑州东](LOCATION)—[徐州东](LOCATION) 159元",
        "地铁到[新桥湾](LOCATION)，2号口出来往北，[文苑路站](LOCATION)下",
        "上午九点到[南宁吴圩](LOCATION)，我在[奥体东](LOCATION)，腿脚不便",
        "到[昆明南](LOCATION)还要一个小时，送[火车东站](LOCATION)，11:30到[虹桥枢纽](LOCATION)，再去[株洲北](LOCATION)。",
        pytest.param(
            "[黄花](LOCATION)落地后头痛加重，黄花一朵",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "[地铁大学城南站](LOCATION)出来，往小路走",
    ],
)
def test_places_are_found_whole(marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES]

    assert found == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        "离地铁站近，出门就是地铁站",
        "靠近地铁站的房子",
        "靠墙，面朝南站着不动，高铁上",
        "语气平和那家给我",
        "在立交桥边上等",
        "朝东，高铁上吃过药",
        "急诊在南门，停车走北门，去西门住院部三楼，西—东 30元",
        "到家了，2号口出来，从地下，B口出，到医院东门，3号口进，下一站下车，前面路站下，终点站下",
        "地铁坐三站下，地铁下一站下，地铁换乘站下车",
    ],
)
def test_words_of_stations_alone_are_none(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]
