"""Stretches around what is looked for."""

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import windows

HIT = Screened("[0-9]/[0-9]")


def test_a_text_without_a_hit_has_no_windows():
    assert list(windows(Reading("没有数字"), HIT, 4, 4)) == []


def test_windows_that_touch_are_one_and_go_on_to_a_pause():
    text = "甲" * 50 + "4/9" + "乙" * 6 + "5/1" + "丙" * 20 + "," + "丁" * 50

    [(start, end)] = windows(Reading(text), HIT, 4, 4)

    assert text[start:end] == "甲甲甲甲4/9" + "乙" * 6 + "5/1" + "丙" * 20


def test_windows_far_apart_stay_apart():
    text = "4/9," + "甲" * 50 + ",5/1,"

    assert [text[start:end] for start, end in windows(Reading(text), HIT, 2, 0)] == ["4/9", "甲,5/1"]
