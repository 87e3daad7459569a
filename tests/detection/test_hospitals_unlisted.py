"""Hospitals that no list knows, branches and firms behind their city, and days that their company tells."""

from __future__ import annotations

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier


@pytest.mark.parametrize(
    "marked",
    [
        "在[杭州云栖堂](CN_MEDICAL_INSTITUTION)找[金](PERSON)院长做",
        "我妈在[苏州榕泽](CN_MEDICAL_INSTITUTION)住院",
        "联系[之江东院](CN_MEDICAL_INSTITUTION)[董](PERSON)医生，床位已有",
        "转入：[杭州之江东院](CN_MEDICAL_INSTITUTION) 肾脏病中心",
        "劳务派遣（[苏州邦杰人力](ORGANIZATION)）：司机[高志强](PERSON)",
        "[苏州禾渡](ORGANIZATION) [91320507MAT4KJ6H19](CN_USCC)",
        "接单：[许文杰](PERSON)（[禾渡](ORGANIZATION)转诊部）",
        "在[广州](LOCATION)打工住院",
        "他在住院，老院不收",
        "在[成都武侯区](LOCATION)住院",
    ],
)
def test_bodies(deidentifier: Deidentifier, marked: str) -> None:
    _are_found(deidentifier, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[2024年12月16日](DATE_TIME)入院。白蛋白31。[12.04](DATE_TIME)超声引导下肾穿刺活检术",
        "[6月3日](DATE_TIME)来电\n[6.4](DATE_TIME)  [18662405747](PHONE_NUMBER)  打来就哭",
        "        [11.17](DATE_TIME)      [11.18](DATE_TIME)      [11.19](DATE_TIME)      [11.20](DATE_TIME)\n客服    贾雪       邹凯",
        "[孙](PERSON)阿姨[27号](DATE_TIME)的号挂到了，下午第6号",
        "[27号](DATE_TIME)10:48到虹桥，5号车厢",
        "血糖 6.1 6.5 7.2 8.0，窗口27号的号码牌",
    ],
)
def test_days(deidentifier: Deidentifier, marked: str) -> None:
    text, entities = parse_marked(marked)
    found = {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "DATE_TIME"}
    assert found == {(e.start, e.end) for e in entities if e.entity_type == "DATE_TIME"}


@pytest.mark.parametrize(
    "marked",
    [
        "电话[18204216680](PHONE_NUMBER)　——[余](PERSON)",
        "打印机没粉了，找物业[小段](PERSON)",
        "[林志豪](PERSON) [LIN/CHIH-HAO](PERSON)",
        "请看说明\n- 余\n- 毛",
        "找物业小区",
    ],
)
def test_persons(deidentifier: Deidentifier, marked: str) -> None:
    _are_found(deidentifier, marked)


def _are_found(deidentifier: Deidentifier, marked: str) -> None:
    text, entities = parse_marked(marked)
    found = {
        (e.start, e.end, e.entity_type)
        for e in deidentifier.detect(text)
        if e.entity_type not in ("MEDICATION", "PROCEDURE", "DISEASE", "SYMPTOM")
    }
    assert found == {(e.start, e.end, e.entity_type) for e in entities}
