"""Places in short that what stands before and behind them shows, and words in the same places that are none."""

import pytest

from deid import detect
from deid.catalog import parse_marked


def _found(text, *types):
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in types}


@pytest.mark.parametrize(
    "marked",
    [
        "听不懂普通话，只会讲[温岭](LOCATION)话",
        "下周五飞[成田](LOCATION)转机",
        "孙大姐，[淮阳](LOCATION)，6/21来电",
        "我是[布拖](LOCATION)来[成都](LOCATION)打工的",
        "随访：已迁[兴义](LOCATION)，不再管理",
        "客户：马福来，81岁，[义乌](LOCATION)\n描述",
        "转[南京](LOCATION)站秦姐，一个是[景宁](LOCATION)那个蓝大伯",
        "我去你们[厦门](LOCATION)公司坐着，在[重庆](LOCATION)带厂八年",
        "[韩国](LOCATION)研修推迟，下月[日本](LOCATION)出差",
        "姓名,性别,来源地,服务\n马福来,男,[萧县](LOCATION),二诊\n秦大妹,女,[桐庐](LOCATION),体检",
        "[舒兰](LOCATION)种水稻的，[寿光](LOCATION)种大棚的",
        "快递不送[余杭](LOCATION)，[海淀](LOCATION)上班[昌平](LOCATION)住，",
        "[大丰](LOCATION)的，孩子咳嗽",
        "[五常](LOCATION)种水稻的，打药没戴口罩",
    ],
)
def test_a_place_is_found_by_what_stands_on_both_sides(marked):
    text, expected = parse_marked(marked)

    assert _found(text, "LOCATION") == {(m.start, m.end, m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "请说普通话，不要说大话，讲平和话",
        "大姐，你好，5/13；王大姐，平安，5/13",
        "肝脏迁移，变迁都市",
        "李四，男，38岁，教师",
        "韩国留学生，日本研制的药，日本进修班",
        "北市区早上拥堵",
        "安定的，不用紧张",
        "平和的，不急",
        "开封的，已过期",
    ],
)
def test_words_in_the_same_places_are_none(text):
    assert not _found(text, "LOCATION", "CN_ADDRESS")
