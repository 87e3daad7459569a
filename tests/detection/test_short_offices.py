"""Surnames before an office in short, and what somebody does behind a surname."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[牛](PERSON)处：预算超了",
        "[马](PERSON)处说再等等",
        "请[戚](PERSON)科签字",
        "[侯](PERSON)台让你别等了",
        "[沙](PERSON)局，您看这样行不行",
        "跟[尤](PERSON)处对过数了",
        "今天[文](PERSON)处不在",
        "[祖](PERSON)厅批示：阅。",
        "[薛](PERSON)科：收到",
        "[睢](PERSON)院（[睢明礼](PERSON)）主持",
        "牛处理好了没；白处方一张；金行情不好；钱局促",
        "平台让你升级，后台说没数据，总台：您好，车队：明早六点集合",
        "科技处说不行；保卫处：今天不开门；支行：收到；诊所：不开门",
        "公安局：来人了；派出所说了算；小分队说没事",
        "安局部麻醉，温局部麻木，当导说话",
    ],
)
def test_surnames_before_an_office_in_short(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "3床 [常乐](PERSON) 今日出院 [沈](PERSON)开药",
        "建议转介[安](PERSON)心理老师。",
        "她咳嗽，让她姐[佟悦](PERSON)来",
        "[聂](PERSON)嘱肾上腺素1mg",
        "[丁一](PERSON)未到场，由其妻[火玉兰](PERSON)代签",
        "[尉迟](PERSON)和[赫连](PERSON)明天参加比武，[呼延](PERSON)带队。",
        "[玉香](PERSON)和[岩温](PERSON)夫妻俩来做婚检",
        "我让[佟福来](PERSON)来一趟",
    ],
)
def test_what_somebody_does_is_no_part_of_the_name(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        "向东走两百米再向西",
        "周总结、月总结都交一下",
        "乌云密布，要下雨了",
        "简单说两句",
        "干姐妹认了好几个",
        "何来之有",
        "城关的房子归大女，老屋归小子",
        "阿公讲伊无要紧，汝爸今仔日有较好无",
    ],
)
def test_nobody_is_meant(deidentifier, text: str) -> None:
    assert [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"] == []
