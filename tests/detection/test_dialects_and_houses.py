"""Pronouns of Wu and Min that look like surnames, words that stand where somebody may, and places that their house or both sides show."""

import pytest

from deid import detect
from deid.catalog import parse_marked


def _found(text, *types):
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in types}


@pytest.mark.parametrize(
    "text",
    [
        "去侬屋里，勿要搭伊爷讲是肿瘤，伊手机打勿通，呒没办法，伊男人耳朵聋，路侬认得个",
        "汝好，阮阿母昨暝跋倒，毋知，予汝一张，伊今佇厝里，阮兜用袂着，阮小弟嘛毋知",
        "原司机，已离职，车钥匙未还",
        "叶片（涂改），线下沙龙，由班主任谈心，顺颂 秋祺",
    ],
)
def test_pronouns_and_words_are_nobody(text):
    assert not _found(text, "PERSON")


@pytest.mark.parametrize(
    "marked",
    [
        "患者[阮文雄](PERSON)，妻[侬秀英](PERSON)",
        "侬勿要急，呒没事体，拨我打电话，联系人姓名：[伊春梅](PERSON)",
    ],
)
def test_surnames_stay_where_nobody_speaks_so_or_a_label_names(marked):
    text, expected = parse_marked(marked)

    assert _found(text, "PERSON") == {(m.start, m.end, m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "上次差点开到[武义](LOCATION)去",
        "能不能借[金华](LOCATION)的小毛？",
        "一家六口落地[成田](LOCATION)，全程开机",
        "航班晚点，到[高崎T3](LOCATION)，司机等着",
        "男，六十一岁，[慈溪周巷](LOCATION)人",
        "住我楼下，[天通苑北一区](CN_ADDRESS)",
        "嗯，[翡翠湖畔12栋](CN_ADDRESS)，你呢",
        "住[柳林镇西街村委会后面第三家](CN_ADDRESS)",
        "我们住[号头庄乡东街清真寺后第二排左手门](CN_ADDRESS)，没有门牌",
        "[南宁市良庆区五象大道18号航洋城旁边的盛邦滨江府3号楼2单元](CN_ADDRESS)，房号不写",
    ],
)
def test_a_place_is_found_by_its_house_or_by_both_sides(marked):
    text, expected = parse_marked(marked)

    assert _found(text, "LOCATION", "CN_ADDRESS") == {(m.start, m.end, m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text", ["一共建了新楼房33幢，每层", "从平和的小事做起", "持台湾居住证、香港健保卡，闽南青草药材"]
)
def test_words_before_houses_are_no_places(text):
    assert not _found(text, "LOCATION", "CN_ADDRESS")
