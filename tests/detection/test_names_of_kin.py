"""Relatives are named behind what they are to somebody; how they fare is no name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

CONTEXT = "患者[王秀英](PERSON)，女，58岁。主治医师：[李建国](PERSON)　记录：[刘敏](PERSON)\n"


@pytest.mark.parametrize(
    "marked",
    [
        "其弟[陇兴发](PERSON)（22岁）ALT 96。",
        "其子[揭晓](PERSON)（18岁）随访正常。",
        "我女儿[摆雪莲](PERSON)说是低了。",
        "祖父[仡老宽](PERSON)代诉。",
        "急事找[勉](PERSON)主任，[荚](PERSON)教授主刀。",
    ],
)
def test_relatives_with_rare_surnames_are_named(persons, marked):
    text, expected = parse_marked(CONTEXT + marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "told",
    [
        "其夫常年在外打工。",
        "老伴安静地坐着。",
        "女儿满意，儿子不满意。",
        "其女年幼，3岁。",
        "其弟体健，其兄经常陪护。",
        "前台主任值班，摆放老师的资料，豆荚老师傅。",
    ],
)
def test_how_relatives_fare_is_no_name(persons, told):
    text, expected = parse_marked(CONTEXT + told)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "丧偶（其夫[尼玛](PERSON)车祸去世）；姨妈[央金](PERSON)189****4402；外婆[次仁](PERSON)带来",
        "他爱人[玉罕](PERSON)不大会讲普通话",
        "藏香药材行　税号623024197406180015　[旦知草](PERSON)　QQ 2847710365",
        "城东店　电话 0571-88886666　总台　电话 8001　夜间　手机 13800138000　福州医桥　QQ 2850916673",
        "宅电　电话 0571-88886666 | 急救 | 电话 120 | 扫码 | 微信 abc123 | 三楼 | 电话 8003",
    ],
)
def test_given_names_of_minorities_stand_behind_kin_and_before_numbers(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}
