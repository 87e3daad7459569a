"""What the operators on dates share: reading the dates of a value, and the day each means."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from deid.grammar.date import DateMatch, find_dates, solar_date, unboxed
from deid.grammar.date.forms import MINUTE
from deid.normalize import shadow
from deid.regexes import Regex

DATE_TYPES: Mapping[str, str] = MappingProxyType({"DATE_TIME": "日期:", "DATE_OF_BIRTH": "出生日期:"})
"""Entity types of dates, each with the words before which a bare 5-6 is read as the date that it is."""

SERIAL = Regex(r"([1-9][0-9]{4})(\.[0-9]+)?")
"""Days since 1900 as spreadsheets count them; five digits are the years 1927 to 2173."""
UNIX = Regex(r"(1[0-9]{9}|[1-9][0-9]{8}|-[0-9]{5,10})([0-9]{3}|\.[0-9]{1,9})?")
"""Seconds since 1970, or thousandths of them, as programs count time; ten digits are the years 2001 to 2033, nine those
since 1973, and what is less than nothing was before 1970."""
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_SECONDS_OF_DAY = 86_400
_UNIX_ORIGIN = datetime.datetime(1970, 1, 1, 8, tzinfo=_CHINA)
"""Windows turns no number below nothing into a time."""
_SERIAL_ORIGIN = datetime.date(1899, 12, 30)
_DIGIT = Regex("[0-9]")
_COMMON_YEAR = 2023  # where no year is written: one without 29 February
_LEAP_YEAR = 2024
_LATEST_YEAR = 2030  # of 干支 years the last that is not later


def read_days(entity_type: str, text: str) -> tuple[str, list[DateMatch]]:
    """The text with its cue before it, and the dates in it. Offsets count from the cue."""
    read = DATE_TYPES[entity_type] + unboxed(text)
    return read, list(_dates(read))


@lru_cache(maxsize=8192)  # days come again and again in a table
def _dates(text: str) -> tuple[DateMatch, ...]:
    return tuple(find_dates(text))


def day_of(match: DateMatch, *, year: int | None = None) -> datetime.date | None:
    """The day a date means; without a year that of `year`, or of any."""
    if match.year is None and match.has("stem"):
        year = _LATEST_YEAR
    if year is None:
        year = _LEAP_YEAR if (match.month, match.day) == (2, 29) else _COMMON_YEAR
    day = solar_date(match, year=year)
    if day is None and match.kind != "relative" and match.year is None:
        day = _in_year(match, year)
    return day


def day_near(match: DateMatch, near: datetime.date | None) -> datetime.date | None:
    """The same; without a year the one that is nearest to a day: 1月3日 after 2023年12月28日 is of 2024.

    Of which year it is counts where 29 February lies between a date and what becomes of it.
    """
    if match.year is not None or match.has("stem") or near is None:
        return day_of(match, year=match.year)
    years = (near.year - 1, near.year, near.year + 1)
    days = [
        day for year in years if (day := solar_date(match, year=year) or _in_year(match, year)) is not None
    ]
    return min(days, key=lambda day: abs((day - near).days), default=day_of(match))


def _in_year(match: DateMatch, year: int) -> datetime.date | None:
    return solar_date(replace(match, year=year)) if match.kind != "relative" else None


def serial_day(value: str) -> datetime.date | None:
    """The day of a serial number of a spreadsheet.

    >>> serial_day("45052")
    datetime.date(2023, 5, 6)
    """
    match = SERIAL.fullmatch(value)
    return _SERIAL_ORIGIN + datetime.timedelta(days=int(match[1])) if match else None


def unix_day(value: str) -> datetime.date | None:
    """The day in China of a Unix time.

    >>> unix_day("1716278400"), unix_day("1716278400123"), unix_day("202405191030")
    (datetime.date(2024, 5, 21), datetime.date(2024, 5, 21), None)
    """
    match = UNIX.fullmatch(value)
    if match is None or MINUTE.fullmatch(value):  # 202405191030, and no time of 1976
        return None
    return (_UNIX_ORIGIN + datetime.timedelta(seconds=int(match[1]))).date()


def at_unix_day(value: str, day: datetime.date, *, with_time: bool) -> str:
    """A Unix time on another day in China: at the same time, or when the day begins.

    >>> at_unix_day("1716278400123", datetime.date(2024, 5, 1), with_time=False)
    '1714492800000'
    """
    match, own = UNIX.fullmatch(value), unix_day(value)
    if match is None or own is None:
        raise ValueError("no Unix time")
    rest = match[2] or ""
    if with_time:
        return str(int(match[1]) + (day - own).days * _SECONDS_OF_DAY) + rest
    begins = datetime.datetime(day.year, day.month, day.day, tzinfo=_CHINA)
    return str(int(begins.timestamp())) + _DIGIT.sub("0", rest)


def full_days(value: str) -> Iterator[datetime.date]:
    """The days that a value names with their year."""
    for match in read_days("DATE_TIME", shadow(value).text)[1]:
        if match.granularity == "day" and match.year is not None and match.kind != "relative":
            day = day_of(match)
            if day is not None:
                yield day
