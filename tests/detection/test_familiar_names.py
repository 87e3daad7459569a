"""What colleagues call somebody is told from the word by what stands around it."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "让她去问[孔令菊](PERSON)，[小孔](PERSON)那里有价目表。",
        "[马](PERSON)老师带教新人[小孔](PERSON)，换班请先报[董](PERSON)护士长",
        "取药找[小毛](PERSON)。值班护士[小卫](PERSON)巡视。",
        "补偿交通费由[小孔](PERSON)当面交付。@[小管](PERSON) 看一下排班",
    ],
)
def test_colleagues_are_told_by_their_surroundings(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "肺小叶增生，胃小弯溃疡，小叶性肺炎。",
        "听一支小曲放松，小温差变化，小孔径穿刺针。",
        "小马拉大车，小路崎岖难行，老边饺子馆。",
        "小梁网切除术，小柴胡汤加减，小严重程度。",
    ],
)
def test_small_and_old_things_are_left(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    "marked", ["客户称“你们的[小红红](PERSON)说可以退”，经查[小红红](PERSON)为前员工[周红](PERSON)的昵称。"]
)
def test_a_nickname_is_found_at_its_other_places(deidentifier, marked):
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]
    assert sorted(found) == [(mark.start, mark.end) for mark in expected]
