"""Likely label errors: found with position and reason, never with text, and without crying wolf."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.suspects import REASONS, suspects


def made(*marked):
    samples = []
    for number, each in enumerate(marked, 1):
        text, marks = parse_marked(each)
        kept = tuple(mark for mark in marks if mark.entity_type != "IGNORE")
        optional = tuple(mark for mark in marks if mark.entity_type == "IGNORE")
        samples.append(Sample(str(number), text, kept, optional))
    return Samples(tuple(samples))


def found(*marked):
    samples = made(*marked)
    return [
        (s.sample, samples[s.index].text[s.start : s.end], s.entity_type, s.reason) for s in suspects(samples)
    ]


TITLED = ["[王芳](PERSON)医生查房", "[李雷](PERSON)主任会诊", "[赵敏](PERSON)护士值班"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (["患者[张三丰](PERSON)", "张三丰来电"], ("2", "张三丰", "PERSON", "unlabelled")),
        (["编号[A-20231](CLIENT_NO)", "见A-20231"], ("2", "A-20231", "CLIENT_NO", "unlabelled")),
        (["证号11010519491231002X"], ("1", "11010519491231002X", "CN_RESIDENT_ID", "checksum")),
        (["电话１３８００１３８０００"], ("1", "１３８００１３８０００", "PHONE_NUMBER", "checksum")),
        (["卡号6222021234567890127"], None),
        (["证号110105194912310021"], None),
        (
            ["[华山](LOCATION)路", "[华山](LOCATION)上", "在[华山](PERSON)"],
            ("3", "华山", "PERSON", "differs"),
        ),
        (["手机1[3800138000](PHONE_NUMBER)"], ("1", "3800138000", "PHONE_NUMBER", "border")),
        (["[zhang](PERSON)san"], ("1", "zhang", "PERSON", "border")),
        (["[张三 ](PERSON)来诊"], ("1", "张三 ", "PERSON", "border")),
        (["电话[：13800138000](PHONE_NUMBER)"], ("1", "：13800138000", "PHONE_NUMBER", "border")),
        ([*TITLED, "[周正医生](PERSON)下班"], ("4", "周正医生", "PERSON", "title")),
        (["[张三](PERSON)，" * 60 + "[李四](PRESON)"], ("1", "李四", "PRESON", "rare")),
    ],
)
def test_what_is_suspicious(marked, expected):
    assert found(*marked) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "marked",
    [
        ["患者[张三丰](PERSON)", "[张三丰](PERSON)来电", "[张三丰](IGNORE)的药"],
        ["客户[K20231](CLIENT_NO)", "K202311"],  # part of a longer number
        ["[48](AGE)岁", "体重48公斤"],
        ["[高血压](DISEASE)", "高血压"],
        ["[高兴](PERSON)", *["很高兴"] * 9],  # a word that the set does not label
        ["[中信(集团)](ORGANIZATION)有限"],
        ["[张三](PERSON)138"],
        TITLED,
        [*TITLED[:1], "[周正医生](PERSON)下班"],  # no side is clearly smaller
        ["[李四](PRESON)"],  # few marks: nothing is rare
        ["电话[13800138000](IGNORE)"],
    ],
)
def test_what_is_not(marked):
    assert found(*marked) == []


def test_suspects_hold_no_text_and_come_in_order_of_place():
    samples = made("患者[张三丰](PERSON)，卡[华山](PERSON)", "张三丰，[华山](LOCATION)，13800138000")

    listed = suspects(samples)

    assert [(s.index, s.start) for s in listed] == sorted((s.index, s.start) for s in listed)
    assert {s.reason for s in listed} <= set(REASONS)
    assert not any(value in repr(listed) for value in ("张三丰", "华山", "13800138000"))
