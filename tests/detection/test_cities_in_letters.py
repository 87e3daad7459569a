"""Cities in Latin letters and in short, and what is called after them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "患者拟赴[Houston](LOCATION)治疗，家属在[Tokyo](LOCATION)留学，现住[Vancouver](LOCATION)，飞[Osaka](LOCATION)的票",
        "家庭医生 Dr. Whitaker, [Columbus, Ohio](LOCATION)",
        "病情摘要（致 MD Anderson Cancer Center, [Houston](LOCATION)）",
        "家庭医生　[Columbus](LOCATION)　swhitaker@olentangyfm.org",
        "他10月在[新宿](LOCATION)，最后[安丘](LOCATION)的李志远说片子丢了，请假回[五峰](LOCATION)吃酒",
        "We landed in [Hangzhou](LOCATION) last night. In [Dalian](LOCATION) and [Jinan](LOCATION) we have partners.",
        "The [Haimen](LOCATION) clinic closed, bring the CDs to [Taicang](LOCATION) office on Friday.",
        "Mr. Chen (M/66, [Shaoxing](LOCATION)) came from [Shaoxing, Zhejiang](LOCATION) and then from [Hangzhou](LOCATION), Zhejiang University",
        "Received on Monday, China time; in June, Hunan had rain",
        "The Beijing criteria were used; Xi'an protocol, Shanghai score 3",
        "Boston评分9分，Rotterdam标准，Vancouver瘢痕量表，Houston阀，在Sydney分型中，Los Angeles grade B",
        "质子束有布拉格峰，如意、安康、平安三种套餐，Michael Hartwell, MD",
    ],
)
def test_cities_abroad(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "LOCATION"]

    assert found == [text[mark.start : mark.end] for mark in expected]


@pytest.mark.parametrize("text", ["合肥·乌鲁木齐·沈阳", "2024年1月16日　于无锡"])
def test_places_are_nobody(deidentifier, text: str) -> None:
    assert "PERSON" not in [e.entity_type for e in deidentifier.detect(text)]
