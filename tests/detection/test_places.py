"""Places and bodies that no list has: short names of firms, addresses that only the tagger sees."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION"}


@pytest.mark.parametrize(
    "marked",
    [
        "说要去他单位闹，就是[澜川软件](ORGANIZATION)",
        "推销电话，自称[鑫盛源贸易](ORGANIZATION)的人",
        "现住[绵阳市涪城区剑门路西段190号](CN_ADDRESS)，务农",
    ],
)
def test_finds_places_and_bodies(marked):
    text, expected = parse_marked(marked)

    found = {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES}

    assert found == {(mark.start, mark.end, mark.entity_type) for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "用的是办公软件，买了电子血压计",
        "少吃垃圾食品，多吃绿色食品，保健食品无效",
        "住院部5楼东区，3床加床",
        "高原地区血红蛋白略高",
    ],
)
def test_leaves_what_only_looks_like_them(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]
