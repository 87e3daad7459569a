"""Full names whose given name many bear: persons without a cue, whatever the surname."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def persons():
    deidentifier = Deidentifier()
    return lambda text: {
        text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他弟贾志勇管钱，我跟他谈。", "贾志勇"),
        ("等须晓东回来再说", "须晓东"),
        ("包括缐慧敏在内一共5人", "缐慧敏"),
        ("用禾桂英的医保卡", "禾桂英"),
        ("只有令狐建国没交", "令狐建国"),
        ("孩子舅舅冒佳怡来取的报告", "冒佳怡"),
    ],
)
def test_a_given_name_that_many_bear_makes_a_name(persons, text, name):
    assert name in persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "患者神志清楚，口服利福平、阿德福韦，对于有明显症状者",
        "由康平医院转来，朋友推荐，全福丸",
        "常备创可贴、季德胜片、藿香正气",
        "回海宁他妈那去了，由国泰集团承保",
        "让胡路区百川社区卫生服务中心",
        "画房树人，再看绘画",
    ],
)
def test_such_characters_elsewhere_are_nobody(persons, text):
    assert persons(text) == set()
