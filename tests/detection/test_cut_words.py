"""Listed firms and places in short are left where a word lies across their beginning or their end."""

import pytest

from deid import detect
from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "水变成飞沫传播，灰尘变成飞絮，给予精神华法林，提高济世能力",
        "神经中能建立联系，国电投入较大，实验携程序代码，服药同煤球取暖中毒",
        "路上野狗咬伤，晚上野炊后腹痛，疑难波形分析，困难波动大",
        "头节为新宿主寄生，浅草绿色痰，侧柏叶炭止血，柏叶汤治吐血",
        pytest.param(
            "去[新宿](LOCATION)看病，住[东京都新宿区](LOCATION)，从[池袋](LOCATION)搭车",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "商保[安盛保险](ORGANIZATION)直付，钥匙交行政",
        "我们走[携程](ORGANIZATION)订票，在[神华](ORGANIZATION)上班，单位：[神华](ORGANIZATION)",
    ],
)
def test_names_that_are_cut_from_words_are_left(marked):
    text, expected = parse_marked(marked)

    found = [each for each in detect(text) if each.entity_type in {"ORGANIZATION", "LOCATION"}]

    assert [(each.start, each.end) for each in found] == [(mark.start, mark.end) for mark in expected]
