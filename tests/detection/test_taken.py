"""What is taken or put on, and how questions are asked in consultations online."""

from __future__ import annotations

import pytest


def persons(deidentifier, text):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "功能紊乱的话可以吃舒利宁康，饭后吃就行",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "孩子喝了金双宝，肚子还是胀，贴着丁贵也不管用",
        "医生您好，这是我的问题：轻度耳鸣（女，13岁）",
        "若头像不能点击，请向客服反馈",
        "嗯好的，吃什么药医生",
        "医生给配了康丽赋，药店给买了立舒达，晚上吃孟鲁斯特一片",
        "医生又开了美舒达宁，上个月给开的洛维清孩子不肯吃",
        "我没带那张单子，可以做俯身动作，燕子飞锻炼腰肌",
    ],
)
def test_what_is_taken_or_asked_is_nobody(deidentifier, text):
    assert persons(deidentifier, text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上次找向医生看的，请向向医生说明", "向"),
        ("王秀英（女，63岁）问能不能停药", "王秀英"),
        ("陪他吃饭的陈国栋也发烧了", "陈国栋"),
        ("张桂兰单子还没拿", "张桂兰"),
        ("医生开了李建国的检查单", "李建国"),
    ],
)
def test_somebody_beside_such_words(deidentifier, text, name):
    assert name in persons(deidentifier, text)
