"""What guides to writing and to care say of words, months of age and sections, and the names and days beside which they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import deid

SECTIONS = (
    "6.1 受访人一律编码：高管写E1、E2，中层写M1，一线写S1，不写姓名。\n6.2 机构一律代号：本院、A院、B院。\n"
    "6.3 日期写相对：立项日T；财年写Y0；季度写Q1。\n6.4 金额：万元，保留一位小数。\n"
    "6.5 数字：编号、页码、条款、公式用半角；百分数不空格。\n6.6 术语：高质量≠高大全；每千字合计不超过三次。\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "同音字一定问清楚：“向阳”的向，“安宁”的宁，“和平”的和。",
        "常错：制定/制订；其他/其它；权利/权力；包含/包涵。",
        "于余俞同音，陆卢路同音，登记时问清。",
        "厨房小妙招：海带冷水泡，木耳不过夜。",
        "押韵勉强，组里文艺委员改了三稿。",
        "供史人系其母，可靠；家里请端公做过法事，没用。",
    ],
)
def test_words_about_words_name_nobody(text: str, persons: Callable[[str], set[str]]) -> None:
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("患者向阳，男，34岁，建筑工人。", "向阳"),
        ("参会人员：包涵/李强；记录：王芳", "包涵"),
        ("患者余俞，女，29岁，复诊。", "余俞"),
    ],
)
def test_people_called_so_are_found(text: str, name: str, persons: Callable[[str], set[str]]) -> None:
    assert name in persons(text)


def _found(text: str, *kinds: str) -> set[str]:
    return {text[entity.start : entity.end] for entity in deid.detect(text) if entity.entity_type in kinds}


@pytest.mark.parametrize(
    "text", ["三月以下发热、呕吐不止，一律先看医生。", "六月以上可添加辅食；2月至1岁每日一次。", SECTIONS]
)
def test_months_of_age_and_sections_are_no_days(text: str) -> None:
    assert not _found(text, "DATE_TIME")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("三月下旬复查，六月底结束。", "三月下旬"),
        ("他2月至3月在外地出差。", "2月"),
        ("6.6 术后复查，6.9 拆线。", "6.6"),
    ],
)
def test_days_like_them_are(text: str, day: str) -> None:
    assert day in _found(text, "DATE_TIME")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3.2 初诊，4.11 二诊，5.20 三诊", {"3.2", "4.11", "5.20"}),
        ("6.6术后复查，6.9拆线。", {"6.6", "6.9"}),
        ("老家是乐安乡火洛村3组，2020搬下来的，2021装了支架。", {"2020", "2021"}),
        ("1998嫁到本村，2003生一子，2008北上养老。", {"1998", "2003", "2008"}),
        ("剂量2000单位，2020例患者入组，2020化疗指南更新。", set()),
    ],
)
def test_days_and_years_before_what_happened(text: str, days: set[str]) -> None:
    assert _found(text, "DATE_TIME") == days


def test_colours_and_roofs_are_no_places() -> None:
    assert not _found("颜色：米黄、石青、海棠、方糖白。楼梯间、天台、水房一律禁烟。", "LOCATION")
    assert _found("我娘家在天台，坐车两小时。", "LOCATION") == {"天台"}
