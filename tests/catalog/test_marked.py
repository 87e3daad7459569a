from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.catalog import parse_marked, write_marked


def test_marks_are_cut_out_and_located():
    text, marks = parse_marked("患者[张三](PERSON)，[58岁](AGE)。")

    assert text == "患者张三，58岁。"
    assert [(text[m.start : m.end], m.entity_type) for m in marks] == [("张三", "PERSON"), ("58岁", "AGE")]


@pytest.mark.parametrize("plain", ["参考文献[1](见下)", "[ ]已阅", "CT(平扫)[3]", "[链接](http)"])
def test_ordinary_brackets_stay(plain):
    assert parse_marked(plain) == (plain, ())


@given(st.text(alphabet="张三李四，。0a", max_size=20), st.integers(0, 19), st.integers(1, 5))
def test_writing_is_the_inverse_of_parsing(text, start, length):
    marks = [(start, start + length, "PERSON")] if start + length <= len(text) else []

    parsed, found = parse_marked(write_marked(text, marks))

    assert (parsed, [tuple(mark) for mark in found]) == (text, marks)
