"""Careers: who takes which office, where 任 is a verb or a surname."""

from __future__ import annotations

import pytest


def persons(deidentifier, text):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


@pytest.mark.parametrize(
    "text",
    [
        "2008年起在该厂工作，任副总经理；2012年任董事长、总经理。",
        "历任质管部部长、综管部经理，现为公司董事兼副总经理。",
        "她1998年起在区卫生局任科员，后加入长青集团，任总监、主任。",
        "在大华律师事务所任律师，2001年在投资公司任项目经理。",
        "先后任干事、科长，曾任车间主任。",
        "法学硕士研究生毕业，教授、博士生导师。",
    ],
)
def test_taking_an_office_is_nobody(deidentifier, text):
    assert persons(deidentifier, text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("任主任说下周三手术", "任"),
        ("联系任经理，电话另告", "任"),
        ("市一张主任说，请附一张主任会诊", "张"),
        ("2008年任副院长，由任医生带教", "任"),
        ("董事兼副总经理周启明到会", "周启明"),
    ],
)
def test_somebody_in_office(deidentifier, text, name):
    assert persons(deidentifier, text) == {name}
