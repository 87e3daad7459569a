"""Texts in which nobody is named are passed by, those with the least sign of a name are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deid.catalog import shipped_catalog
from deid.detection.composite import Composite, Source
from deid.detection.tagger import tag
from deid.normalize import shadow

_ADVICE = (
    "患者：最近半年反复咳嗽，夜里加重，吃了头孢和止咳糖浆不见好，需要再做什么检查。\n"
    "医生：你好，根据你的描述考虑慢性支气管炎，建议拍胸片、查血常规，注意保暖，多喝温水，清淡饮食，不适随诊。\n"
)


@pytest.fixture(scope="module")
def is_nameless() -> Callable[[str], bool]:
    composite = Composite(shipped_catalog())

    def judge(text: str) -> bool:
        readings = composite.readings([Source(text, shadow(text), tag([text])[0], ())])
        [answer] = composite.vocabulary.names.nameless(readings)
        return answer

    return judge


def test_findings_and_advice_name_nobody(is_nameless: Callable[[str], bool]) -> None:
    assert is_nameless(_ADVICE)


@pytest.mark.parametrize(
    "sign",
    [
        "记录：陈志坚",
        "联系人鄢",
        "我姓逄",
        "毅哥说他不去",
        "橙子妈也问过",
        "患者赵×已签字",
        "茯苓，女，45岁",
        "问过孙工了",
        "陪诊（大刘，全天）",
        "老K：报告出来没",
        "LIN/XIAOMENG",
        "Mr. Gu",
        "zhangsan",
        "金선생",
        "山田さん",
    ],
)
def test_the_least_sign_of_a_name_is_looked_at(sign: str, is_nameless: Callable[[str], bool]) -> None:
    assert not is_nameless(f"{_ADVICE}{sign}\n")


@pytest.mark.parametrize("text", ["依伙说不疼了", "咳嗽三天"])
def test_of_short_texts_all_are_looked_at(text: str, is_nameless: Callable[[str], bool]) -> None:
    assert not is_nameless(text)
