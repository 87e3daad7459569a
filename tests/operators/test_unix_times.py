"""Unix times: seconds since 1970, as chats and logs keep them."""

from __future__ import annotations

import datetime

import pytest

from deid import Deidentifier
from deid.operators import generalize, relative_day, shift_date
from deid.operators.days import at_unix_day, unix_day
from deid.operators.request import Request

CHINA = datetime.timezone(datetime.timedelta(hours=8))
SENT = datetime.datetime(2024, 5, 21, 16, 40, 5, tzinfo=CHINA)
SECONDS = str(int(SENT.timestamp()))


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"localId,StrTalker,CreateTime\n1,wxid_8f3ka92lsd,{SECONDS}\n2,wxid_8f3ka92lsd,{SECONDS}", SECONDS),
        (f'INFO msg {{"msgtime":{SECONDS}123,"from":"a"}}', f"{SECONDS}123"),
        (f"slack message ts={SECONDS}.000200 channel=C02", f"{SECONDS}.000200"),
        (f"时间戳：{SECONDS}", SECONDS),
    ],
)
def test_found_where_a_field_says_so(deidentifier, text, value):
    assert (value, "DATE_TIME") in {(text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text)}


@pytest.mark.parametrize("value", ["315532800", "315532800000", "-315619200", "-315619200000", "1716278400"])
def test_births_are_found_and_generalized(deidentifier, value):
    table = f"cname,birthday,diag\n甲,{value},高血压\n乙,{value},糖尿病"

    assert [
        table[e.start : e.end] for e in deidentifier.detect(table) if e.entity_type == "DATE_OF_BIRTH"
    ] == [value] * 2

    new = generalize.operate(value, Request("DATE_OF_BIRTH", "出生日期", 1, params={"level": "month"}))
    first = unix_day(new)
    assert (first.year, first.month, first.day) == (unix_day(value).year, unix_day(value).month, 1)


@pytest.mark.parametrize("label", ["created", "gmt_modified", "updated", "addtime", "pay_time"])
def test_found_below_what_databases_call_them(deidentifier, label):
    table = f"id,{label},diag\n1,{SECONDS},高血压\n2,{SECONDS}123,糖尿病"

    found = [(table[e.start : e.end], e.entity_type) for e in deidentifier.detect(table)]

    assert [one for one in found if one[1] == "DATE_TIME"] == [
        (SECONDS, "DATE_TIME"),
        (f"{SECONDS}123", "DATE_TIME"),
    ]


@pytest.mark.parametrize("text", [f"余额 {SECONDS} 元", f"heap used={SECONDS}", f"样本 {SECONDS} 条"])
def test_not_found_elsewhere(deidentifier, text):
    assert not [e for e in deidentifier.detect(text) if e.entity_type == "DATE_TIME"]


def test_a_day_in_china():
    assert unix_day(SECONDS) == datetime.date(2024, 5, 21)
    late = datetime.datetime(2024, 5, 21, 0, 30, tzinfo=CHINA)
    assert unix_day(str(int(late.timestamp()))) == datetime.date(2024, 5, 21)
    assert unix_day("13800138000") is None
    with pytest.raises(ValueError, match="no Unix time"):
        at_unix_day("17162784", datetime.date(2024, 5, 1), with_time=True)


@pytest.mark.parametrize(
    ("level", "first"),
    [
        ("month", (2024, 5)),
        ("quarter", (2024, 4)),
        ("half_year", (2024, 1)),
        ("year", (2024, 1)),
        ("five_years", (2020, 1)),
    ],
)
def test_generalized_to_when_the_period_begins(level, first):
    new = generalize.operate(f"{SECONDS}123", Request("DATE_TIME", "日期", 1, params={"level": level}))
    expected = datetime.datetime(*first, 1, tzinfo=CHINA)
    assert new == f"{int(expected.timestamp())}000"


def test_moved_by_whole_weeks_at_the_same_time():
    request = Request("DATE_TIME", "日期", 1, key=b"k" * 32)
    moved = shift_date.operate(f"{SECONDS}123", request)
    weeks, rest = divmod(int(moved) - int(f"{SECONDS}123"), 7 * 86_400 * 1000)
    assert weeks
    assert not rest


def test_moved_without_its_time():
    request = Request("DATE_TIME", "日期", 1, key=b"k" * 32, params={"time": "drop"})
    moved = datetime.datetime.fromtimestamp(int(shift_date.operate(SECONDS, request)), CHINA)
    assert (moved.hour, moved.minute, moved.second) == (0, 0, 0)


@pytest.mark.parametrize("label", ["platelets", "counts", "contacts", "results"])
def test_no_column_of_times_is_made_of_a_plural(deidentifier, label):
    table = f"ward,{label}\nA,1391234567\nB,5.12\nC,25000"
    assert not [e for e in deidentifier.detect(table) if e.entity_type == "DATE_TIME"]


def test_counted_from_a_day():
    request = Request("DATE_TIME", "日期", 1, origin=datetime.date(2024, 5, 20))
    assert relative_day.operate(SECONDS, request) == "D+1"
