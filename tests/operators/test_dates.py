"""shift_date, relative_day: intervals stay exact, forms stay, and nothing unread is passed on."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid import Deidentifier, Policy, ProjectKey
from deid.errors import OperatorError, PolicyError
from deid.operators import OPERATORS, Request
from deid.surrogates.shifts import shift_days
from deid.types import Subject

KEY = bytes(range(32))
SHIFT, RELATIVE = OPERATORS["shift_date"], OPERATORS["relative_day"]
SUBJECT = next(Subject(f"p{n}") for n in range(500) if shift_days(KEY, f"p{n}") == 21)
ORIGIN = datetime.date(2023, 5, 1)


def moved(value, entity_type="DATE_TIME", **fields):
    return SHIFT.operate(value, Request(entity_type, "日期", 3, key=KEY, subject=SUBJECT, **fields))


def counted(value, **fields):
    return RELATIVE.operate(value, Request("DATE_TIME", "日期", 3, origin=ORIGIN, **fields))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023年5月6日", "2023年5月27日"), ("2023-05-06", "2023-05-27"), ("2023/5/6", "2023/5/27"), ("23.5.6", "23.5.27"),
        ("20230506", "20230527"), ("5月6日", "5月27日"), ("5-6", "5-27"), ("二〇二三年五月六日", "二〇二三年五月二十七日"),
        ("２０２３年５月６日", "２０２３年５月２７日"), ("2023年5月6日（周六）", "2023年5月27日（周六）"), ("2023-05-06 09:30", "2023-05-27 09:30"),
        ("农历四月初六", "农历四月廿七"), ("民国113年3月8日", "民国113年3月29日"), ("2023年12月28日", "2024年1月18日"), ("12月28日", "1月18日"),
        ("2023年5月3日至8日", "2023年5月24日至29日"), ("2023年5月8日至13日", "2023年5月29日至6月3日"), ("2023.5.8-13", "2023.5.29-6.3"),
        ("45052", "45073"), ("45052.5", "45073.5"), ("March 8, 2024", "March 29, 2024"), ("2023年春节", "2023年2月12日"),
    ],
)  # fmt: skip
def test_each_form_is_written_back_as_it_was(value, expected):
    assert moved(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("昨天", "昨天"),
        ("上周三", "上周三"),
        ("3天前", "3天前"),
        ("去年国庆", "去年"),
        ("上月5日", "〔日期3〕"),
        ("前天下午", "前天下午"),
    ],
)
def test_words_that_count_from_the_day_of_writing_stay_and_days_of_the_calendar_go(value, expected):
    assert moved(value) == expected


@pytest.mark.parametrize(
    ("value", "near", "expected"),
    [
        ("2月20日", datetime.date(2024, 2, 26), "3月12日"),  # over 29 February
        ("2月20日", datetime.date(2023, 2, 26), "3月13日"),
        ("2月20日", datetime.date(2023, 12, 28), "3月12日"),  # the next year is nearer
        ("2月20日", datetime.date(2025, 1, 3), "3月13日"),
        ("2月29日", datetime.date(2023, 12, 28), "3月21日"),
        (
            "2023年2月20日、2月25日",
            datetime.date(2024, 3, 1),
            "2023年3月13日、3月18日",
        ),  # that of the day before it
    ],
)
def test_a_day_without_year_is_of_the_year_that_is_nearest(value, near, expected):
    assert moved(value, near=near) == expected
    assert moved(value, origin=near) == expected


@pytest.mark.parametrize(
    "value", ["张三2023年5月6日", "2023年5月6日在北京", "某日", "王建国", "2023年13月45日"]
)
def test_what_cannot_be_read_becomes_a_label(value):
    assert moved(value) == "〔日期3〕"


@given(
    st.lists(st.dates(datetime.date(1950, 1, 1), datetime.date(2030, 1, 1)), min_size=2, max_size=5),
    st.text(max_size=5),
)
def test_intervals_of_a_person_stay_exact(days, name):
    forms = ("{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}")
    request = Request("DATE_TIME", key=KEY, subject=Subject(name))
    new = [SHIFT.operate(forms[i % 3].format(day), request) for i, day in enumerate(days)]

    read = [datetime.date(*map(int, re.findall("[0-9]+", date))) for date in new]
    assert {(after - before).days for before, after in zip(days, read, strict=True)} == {
        shift_days(KEY, name)
    }


def test_birth_date_and_identity_number_move_together():
    born = SHIFT.operate("1949年12月31日", Request("DATE_OF_BIRTH", key=KEY, subject=SUBJECT))
    number = OPERATORS["surrogate"].operate(
        "11010519491231002X", Request("CN_RESIDENT_ID", key=KEY, subject=SUBJECT)
    )

    assert born == "1950年1月21日"
    assert number[6:14] == "19500121"


def test_dates_of_nobody_move_with_the_run_and_the_time_can_be_dropped():
    first, second = (SHIFT.operate("2023-05-06", Request("DATE_TIME", key=key)) for key in (KEY, bytes(32)))

    assert first != second
    assert moved("2023-05-06 09:30", params={"time": "drop"}) == "2023-05-27"
    with pytest.raises(OperatorError, match="needs a key"):
        SHIFT.operate("2023-05-06", Request("DATE_TIME"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023年5月1日", "D0"),
        ("5月15日", "D+14"),
        ("2023-04-28", "D-3"),
        ("2023年5月3日至8日", "D+2至D+7"),
        ("45052", "D+5"),
    ],
)
def test_days_count_from_the_first_event(value, expected):
    assert counted(value) == expected


@pytest.mark.parametrize("value", ["2023年5月", "昨天", "2023年", "张三"])
def test_what_names_no_day_becomes_a_label(value):
    assert counted(value) == "〔日期3〕"


def test_without_a_first_event_there_is_no_relative_day():
    assert RELATIVE.operate("2023年5月1日", Request("DATE_TIME", "日期", 3)) == "〔日期3〕"


@pytest.mark.parametrize(("operator", "kind"), [("shift_date", "AGE"), ("relative_day", "DATE_OF_BIRTH")])
def test_only_dates_are_shifted(operator, kind):
    with pytest.raises(PolicyError, match="is no date"):
        OPERATORS[operator].check({}, entity_type=kind)


def test_a_text_counts_from_its_earliest_day():
    content = {
        "schema": 1,
        "name": "own",
        "title": "自定义",
        "extends": "dd-preclosing",
        "operators": {"DATE_TIME": "relative_day"},
    }
    deidentifier = Deidentifier(policy=Policy.parse(content), key=ProjectKey(KEY))

    new = deidentifier.deidentify("患者于2023年5月6日入院，2023年5月20日出院，5月8日手术。").text

    assert new == "患者于D0入院，D+14出院，D+2手术。"
