"""Labels in Pinyin: exports of Chinese programs whose columns have Latin names."""

from __future__ import annotations

from functools import cache

import pytest

import deid
from deid.detection.spelt import spelt


@cache
def _deidentifier() -> deid.Deidentifier:
    return deid.Deidentifier()


@pytest.mark.parametrize(
    ("label", "value", "kind"),
    [
        ("xingming", "白芷", "PERSON"),
        ("huanzhe_xingming", "高兴", "PERSON"),
        ("zhangfu", "易容", "PERSON"),
        ("nver", "高兴", "PERSON"),
        ("ZZYS", "常山", "PERSON"),
        ("zrhs", "白果", "PERSON"),
        ("shebaohao", "430104410201337", "CN_SOCIAL_SECURITY"),
        ("zhuyuanhao", "0021231", "MEDICAL_RECORD_NUMBER"),
        ("chushengriqi", "1980-03-02", "DATE_OF_BIRTH"),
    ],
)
def test_a_label_in_pinyin_says_what_its_value_is(label, value, kind):
    [found] = _deidentifier().detect(value, labels=[label])

    assert (found.entity_type, found.start, found.end) == (kind, 0, len(value))


@pytest.mark.parametrize("label", ["status", "gender", "dosage", "CKMB", "HDLC", "WBC", "xiangmu", "beizhu"])
def test_other_labels_say_nothing(label):
    assert not [e for e in _deidentifier().detect("白芷", labels=[label]) if e.entity_type == "PERSON"]


def test_what_may_be_two_things_is_none():
    words = {"姓名": "name", "性命": "life", "住院号": "record", "电话": "phone"}

    found = spelt(words)

    assert "xingming" not in found
    assert found["zhuyuanhao"] == "住院号"
    assert "zyh" not in found  # three letters may be anything
