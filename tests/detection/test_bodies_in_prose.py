"""Schools, employers and hospitals in short, as prose and talk name them."""

from __future__ import annotations

import pytest

import deid


def found(text: str) -> list[tuple[str, str]]:
    return [(text[e.start : e.end], e.entity_type) for e in deid.detect(text)]


@pytest.mark.parametrize(
    ("text", "body", "kind"),
    [
        ("尹小满（22岁，兰州财经大学大四）投诉", "兰州财经大学", "ORGANIZATION"),
        ("他是中南财经政法大学毕业的", "中南财经政法大学", "ORGANIZATION"),
        ("川北医学院附院要加路费", "川北医学院附院", "CN_MEDICAL_INSTITUTION"),
        ("家属想听上海肺科蒋教授的意见", "上海肺科", "CN_MEDICAL_INSTITUTION"),
        ("与南京脑科的华教授讨论过", "南京脑科", "CN_MEDICAL_INSTITUTION"),
        ("家属想听省肿瘤张主任的意见", "省肿瘤", "CN_MEDICAL_INSTITUTION"),
        ("晓岚在卧龙电气上班，请假不便", "卧龙电气", "ORGANIZATION"),
        ("毕业后进宇通客车，做了六年采购", "宇通客车", "ORGANIZATION"),
    ],
)
def test_a_body_is_named(text: str, body: str, kind: str) -> None:
    assert (body, kind) in found(text)


@pytest.mark.parametrize("place", ["全椒", "顺义", "电白", "沾益"])
@pytest.mark.parametrize("frame", ["为这事跑到{}两趟", "他们在{}好好的，不用担心", "住{}的那位阿姨来电话了"])
def test_counties_that_a_dictionary_does_not_know(place: str, frame: str) -> None:
    assert (place, "LOCATION") in found(frame.format(place))


@pytest.mark.parametrize("text", ["瑞金口腔科袁主任看看", "上海一位主任说过", "北京三个教授会诊"])
def test_no_body_is_named(text: str) -> None:
    assert not [s for s, kind in found(text) if kind == "CN_MEDICAL_INSTITUTION" and s != "瑞金"]
