"""Places and names that are only a part of a longer one."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"PERSON", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION"}


@pytest.mark.parametrize(
    "marked",
    [
        "[三台县柏林坝镇中心卫生院](CN_MEDICAL_INSTITUTION) 门诊病历",
        "家住[大田县太华镇东京村3组](CN_ADDRESS)，务农",
        "转自[安岳县巴黎坡镇中心卫生院](CN_MEDICAL_INSTITUTION)",
        "去年从[柏林](LOCATION)回来",
        "[刘静](PERSON)护士长：周二[丰泽区东湖街刺桐新村15栋304](CN_ADDRESS) 换尿管",
        "[刘静](PERSON)护士长：周四[晋江市青阳街道曾井村81号](CN_ADDRESS)那家",
        "负责人：[周二丰](PERSON)，转科",
    ],
)
def test_a_part_of_a_longer_name_is_none_of_its_own(marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES]

    assert found == [tuple(mark) for mark in expected]
