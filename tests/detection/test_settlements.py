"""Villages and quarters by what is there, what happens there and how many are counted, and words that look like them."""

import pytest

from deid import detect
from deid.catalog import parse_marked


def _sites(text):
    return [(e.start, e.end) for e in detect(text) if e.entity_type in ("LOCATION", "CN_ADDRESS")]


@pytest.mark.parametrize(
    "marked",
    [
        "[丰裕社区](CN_ADDRESS)网格员上门两次，家中无人",
        "她归[枣子巷社区](CN_ADDRESS)管，由[柳河社区](CN_ADDRESS)居民代送",
        "今日走访[青松社区](CN_ADDRESS)、[锦程社区](CN_ADDRESS)，共采血42份",
        "[南湖社区](CN_ADDRESS)老年活动室义诊",
        "周一[马家店村](CN_ADDRESS)，周三[杨柳坪村](CN_ADDRESS)，周五[岔河村](CN_ADDRESS)",
        "[石桥村](CN_ADDRESS)有3户高血压未随访，户籍[东升村](CN_ADDRESS)，人户分离",
        "随访：[赵家洼](CN_ADDRESS)3户、[后沟](CN_ADDRESS)2户未到",
        "我们村叫[大坪头](CN_ADDRESS)，村名[石板寨](CN_ADDRESS)，都有卫生室",
    ],
)
def test_settlements_are_found_where_nothing_else_shows_them(marked):
    text, expected = parse_marked(marked)

    assert _sites(text) == [(span.start, span.end) for span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "落实社区责任，居家社区养老，老旧社区改造，智慧社区，和谐社区",
        "转回社区，由社区网格员随访，社区居民代表到会",
        "社区获得性肺炎；病友社区，糖尿病社区里有人说",
        "农村、山村的卫生条件差，自然村2个，贫困村脱贫",
        "我们村有3户，全村5人，本村，各村",
        "听说动物园关门，其实跟动物园没关系，去植物园，后山徒步，爬山摔倒",
        "村名不详，我们村叫什么，病例3例",
    ],
)
def test_words_of_settlements_alone_are_none(text):
    assert _sites(text) == []
