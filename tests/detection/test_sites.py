"""Addresses of kinds that are not a road and a number: schools, farms, corps, shops, old quarters, Hong Kong and Macao."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "PERSON"}


@pytest.mark.parametrize(
    "marked",
    [
        "甲方住[大竹县竹阳街道双拥路下段203号](CN_ADDRESS),停车也在那里",
        "[达州市通川区朝阳中路中段88号3单元5楼](CN_ADDRESS)，电话",
        "地址　[南京市鼓楼区宁海路街道颐和路29号3幢乙单元201室](CN_ADDRESS)　邮编",
        "地址：[南平市建阳区童游街道嘉禾北路312号金域蓝湾6幢1单元1704室](CN_ADDRESS)　354200",
        "来电者走到[中山东路宝龙便利店](CN_ADDRESS)门口",
        "送到[重庆朝阳大街297号银泰百货负一楼26号铺](CN_ADDRESS)，货到付款",
        "现住[宿迁市泗阳县银川西街945号云谷商业街L1-15](CN_ADDRESS)。",
        "住[定西市新华一路7号明德中学12号宿舍楼500](CN_ADDRESS)，独居",
        "我在[怀宁县翠竹一路明德学院新校区教工宿舍7栋2单元596](CN_ADDRESS)这边",
        "家在[新疆生产建设兵团农八师97团场15连9栋18号](CN_ADDRESS)，种棉花",
        "护士上门到[东台市竹园牧场九分场9队](CN_ADDRESS)换药",
        "寄到[新界观塘丽港花园8座6/F F室](CN_ADDRESS)，收件人",
        "现住[澳门路环新马路21号海富阁26楼D座](CN_ADDRESS)。",
        "住[北京市西城区什刹海街道南官房胡同44号院东屋](CN_ADDRESS)。",
        "住[上海市徐汇区建设南路883弄82号乙亭子间](CN_ADDRESS)。",
        "住[虹口区福安里15门443](CN_ADDRESS)。",
        "地点：[铜仁金山一路和光明东路交汇处](CN_ADDRESS)",
        "上门地址：[甘井子区车站支路与学府支路交叉口](CN_ADDRESS)，周三下午",
        "护士上门到[舞钢市车站大道4号D](CN_ADDRESS)换药",
        "寄到[会宁县建设西路212号5号门](CN_ADDRESS)，收件人",
        "麻烦快递发[枫林绿洲10栋808](CN_ADDRESS)",
        "现住[怡和苑17栋1309](CN_ADDRESS)。",
        "Ship to [9/F, No.805, Tianfu North Road, Jianghan District, Wuhan, Hubei 430000](CN_ADDRESS).",
    ],
)
def test_addresses_of_all_kinds_are_found_whole(marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES]

    assert found == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        "股动脉的分支路径与中段狭窄",
        "双侧支路开放，上段及下段输尿管扩张",
        "奶牛场、牧场工人多见",
        "在学校宿舍3人同住",
        "住院大楼负一楼放射科登记",
        "第2单元测验，中学生3人",
        "报告在一楼服务台取",
    ],
)
def test_words_of_such_addresses_alone_are_none(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("住址：四川省绵阳市安\n州区黄土镇三合寨2社", "四川省绵阳市安\n州区黄土镇三合寨2社"),
        ("寄到炉霍县泥巴乡科技大街2\n61号附1号，收件人", "炉霍县泥巴乡科技大街2\n61号附1号"),
        ("住夏县尉郭乡杨\n柳沟12社，因咳嗽", "夏县尉郭乡杨\n柳沟12社"),
        ("送到沙坪坝区天星桥正街29号附3号7-2\n户籍地址不详", "沙坪坝区天星桥正街29号附3号7-2"),
        ("住长沙市岳麓区麓山路12号\n3床换药", "长沙市岳麓区麓山路12号"),
    ],
)
def test_addresses_go_on_behind_a_break_inside_a_name_and_end_at_a_new_line(text, address):
    found = [text[e.start : e.end] for e in detect(text) if e.entity_type == "CN_ADDRESS"]

    assert found == [address]
