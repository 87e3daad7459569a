"""What was nearly found is told, with the reason; what was found is not."""

from __future__ import annotations

import pytest

from deid import Deidentifier, NearMiss


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("患者服用何首乌15g", None, None),
        ("高峰时段请错峰，常青套餐980元。", "常青", "tagger alone"),
        ("请陈皮主任到会", "陈皮", "ordinary words"),
        ("订单号里的13800138 00", None, None),
    ],
)
def test_tells_what_was_nearly_found(deidentifier, text, value, reason):
    told = {text[miss.start : miss.end]: miss.reason for miss in deidentifier.near_misses(text)}

    assert told.get(value) == reason


def test_a_kept_value_is_told_as_kept():
    deidentifier = Deidentifier(keep=["张三丰"])

    misses = deidentifier.near_misses("患者张三丰，男，40岁")

    assert [(miss.entity_type, miss.reason) for miss in misses] == [("PERSON", "kept")]


def test_nothing_is_told_of_what_was_found(deidentifier):
    text = "患者张三丰，男，40岁，手机13800138000"
    found = {(e.start, e.end) for e in deidentifier.detect(text)}

    misses = deidentifier.near_misses(text)

    assert all(isinstance(miss, NearMiss) for miss in misses)
    assert not any(start < m.end and m.start < end for m in misses for start, end in found)
