"""Where herbs come from, in lists of them, is told of nobody; a person who is called like one comes from somewhere."""

from __future__ import annotations

import pytest


@pytest.fixture
def places(found):
    return lambda text: {value for value, kind in found(text) if kind in ("LOCATION", "CN_ADDRESS")}


@pytest.mark.parametrize(
    "text",
    [
        "道地药材验收：\n川芎 都江堰 12g\n白芷——遂宁，10g\n黄连　利川、石柱所产\n黄芪陇西与山西浑源并举",
        "云南重楼 10g，杭白芍12g",
    ],
)
def test_places_behind_the_herbs_of_a_list_are_left(places, text):
    assert places(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服当归后好转，老家在亳州。", {"亳州"}),
        ("黄芪30g、当归10g、白术12g。出生地：河南杞县", {"河南杞县"}),
        ("白芍12g、黄芪30g、当归10g，家住亳州", {"亳州"}),
        ("姓名,籍贯,电话\n苏木,甘肃临夏,13811112222\n当归,甘肃岷县,13811112223\n杜仲,四川旺苍,13811112224", {"甘肃临夏", "甘肃岷县", "四川旺苍"}),
    ],
)  # fmt: skip
def test_others_stay_found(places, text, expected):
    assert places(text) == expected
