"""Given names that are words as well, by what only a person does; surnames before what their bearer does."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


def _persons(deidentifier, marked: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    text, expected = parse_marked(marked)
    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]
    return found, [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "妈妈说[国庆](PERSON)他爸也有这个病",
        "[胜利](PERSON)的胃镜改到后面，他早上吃了馒头",
        "[光明](PERSON)左眼也开始模糊了，想提前手术",
        "[红梅](PERSON)晕针，抽血时让她躺着",
        "[爱国](PERSON)跟主治吵了一架，投诉已登记",
        "[谷雨](PERSON)今年上小学，近视两百度",
        "[援朝](PERSON)听力差，打电话要大声",
        "记得提醒[小满](PERSON)空腹，她老忘",
        "叫号叫到[宏伟](PERSON)了没人应，过号",
        "会议结论二：报价由[浩然](PERSON)重做，周五前给",
        "术后第三天[长贵](PERSON)自行下地，未诉头晕",
        "今天抱[毛豆](PERSON)去市妇幼称体重",
        "光明的前途，胜利的喜悦，和平的年代",
        "红梅的花期，建设的进度，团结的力量",
        "谷雨今年来得早；清明说雨就雨",
        "希望复查一次；应该口干舌燥",
        "春天来复查，国庆前出院；建设局来复查了",
        "记得提醒家属空腹，让家属别再来",
        "由医院重做，由公司整理；下一位，请到三诊室",
        "平安入院，一切顺利；满月了还没退烧",
    ],
)
def test_words_that_are_given_names(deidentifier, marked: str) -> None:
    found, expected = _persons(deidentifier, marked)

    assert found == expected


@pytest.mark.parametrize(
    "marked",
    [
        "夜里[沈](PERSON)巡房，见6床坠床，无外伤",
        "[鲁](PERSON)认为拍CT没必要，[韦](PERSON)坚持",
        "经[杨](PERSON)核实，病人确有磺胺过敏史",
        "处理意见由[上官](PERSON)起草",
        "给[厉](PERSON)打了三遍没接，给[卜](PERSON)打，接了",
        "押金条在[袁](PERSON)那里",
        "[侯](PERSON)换[孟](PERSON)、[孟](PERSON)换[龙](PERSON)，主任已批",
        "[李](PERSON)说钱不够，[张](PERSON)说先欠着",
        "[王建设](PERSON)说明天来；[赵前进](PERSON)已到",
        "李白批评家；高打算；常坚持锻炼",
    ],
)
def test_surnames_before_what_is_done(deidentifier, marked: str) -> None:
    found, expected = _persons(deidentifier, marked)

    assert set(expected) <= set(found) if expected else found == []


@pytest.mark.parametrize(
    "marked",
    [
        "片子放前台了，让[丽华](PERSON)去取",
        "[倩倩](PERSON)刚走；刚[倩倩](PERSON)打来说病人吐了",
        "老板夸[思思](PERSON)三次了",
        "打针时[小宝](PERSON)没哭",
        "由[丽娟](PERSON)代为领取胶片两袋",
    ],
)
def test_what_leads_to_somebody_is_no_part_of_the_name(deidentifier, marked: str) -> None:
    found, expected = _persons(deidentifier, marked)

    assert set(expected) <= set(found)
    assert all(any(start == first for first, _ in expected) or start > expected[0][0] for start, _ in found)
