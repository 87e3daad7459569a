"""The day that a date means, in the solar and the lunar calendar, of holidays and solar terms.

borax converts between the calendars, for the years 1900 to 2100.
"""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from deid.grammar import numerals
from deid.grammar.date.match import DateMatch
from deid.grammar.date.vocabulary import BRANCHES, LUNAR_HOLIDAYS, SOLAR_HOLIDAYS, STEMS, TERMS, holiday_name

_THIRDS: Final = {
    "上旬": 5, "初": 5, "上中旬": 10, "中旬": 15, "中": 15, "中下旬": 20, "下旬": 25, "底": 25, "末": 25,
}  # fmt: skip
_SEASONS: Final = {"春": 4, "夏": 7, "秋": 10, "冬": 12}
_YEAR_PARTS: Final = {"初": 2, "中": 6, "底": 12, "末": 12}


class Moment(NamedTuple):
    """A day in the calendar in which a date was written."""

    date: datetime.date
    year: int
    month: int
    day: int
    leap: bool = False
    stem: str = ""
    animal: str = ""


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _from_lunar(year: int, month: int, day: int, *, leap: bool = False) -> datetime.date | None:
    from borax.calendars.lunardate import LunarDate

    # 三十 of a month of 29 days is its last day; 闰四月 of a year without one is 四月
    for last, leaping in ((day, leap), (29, leap), (day, False), (29, False)):
        try:
            solar: datetime.date = LunarDate(year, month, min(last, day), int(leaping)).to_solar_date()
            return solar
        except (ValueError, IndexError):
            continue
    return None


def lunar_moment(date: datetime.date) -> Moment | None:
    """None outside the years 1900 to 2100, for which there is a table."""
    from borax.calendars.lunardate import LunarDate

    try:
        moon = LunarDate.from_solar(date)
    except (ValueError, IndexError):
        return None
    return Moment(date, moon.year, moon.month, moon.day, bool(moon.leap), moon.gz_year, moon.animal)


def holiday_date(surface: str, year: int) -> datetime.date | None:
    """The day of a holiday or solar term in a solar year; 除夕 is the one before 春节 of that year."""
    name = holiday_name(surface)
    if name in SOLAR_HOLIDAYS:
        return datetime.date(year, *SOLAR_HOLIDAYS[name])
    if name in TERMS:
        from borax.calendars.lunardate import TermUtils

        try:
            term: datetime.date = TermUtils.nth_term_day(year, term_index=TERMS.index(name))
            return term
        except (ValueError, IndexError):
            return None
    if name.startswith("大年初"):
        numeral = numerals.read(name[3:])
        return _from_lunar(year, 1, numeral.value if numeral else 1)
    month, day = LUNAR_HOLIDAYS[name]
    if day == 30:
        new_year = _from_lunar(year, 1, 1)
        return new_year and new_year - datetime.timedelta(days=1)
    return _from_lunar(year - 1 if month == 12 else year, month, day)


def solar_date(match: DateMatch, *, year: int | None = None) -> datetime.date | None:
    """The day meant, in the solar calendar; of a longer period a day in its middle.

    `year` stands in where none was written, and for 干支 chooses the latest such year that
    is not later. None for relative words, impossible dates and unknown years.
    """
    known = match.year if match.year is not None else _year_of_stem(match.written("stem"), year)
    if match.kind == "relative" or known is None:
        return None
    if name := match.written("holiday"):
        return holiday_date(name, known)
    if match.kind == "lunar":
        return _from_lunar(known, match.month or 6, match.day or 15, leap=match.has("leap"))
    month, day = match.month or 6, match.day or 15
    if third := match.written("third"):
        day = _THIRDS[third]
    elif season := match.written("season"):
        month = _SEASONS[season]
    elif part := match.written("year_part"):
        month = _YEAR_PARTS[part]
    elif half := match.written("half"):
        month = 3 if half == "上" else 9
    elif quarter := numerals.read(match.written("quarter")):
        month = 3 * quarter.value - 1
    return date_or_none(known, month, day)


def _year_of_stem(stem: str, latest: int | None) -> int | None:
    if not stem or latest is None:
        return latest
    years = range(latest, latest - 60, -1)
    return next((year for year in years if STEMS[(year - 4) % 10] + BRANCHES[(year - 4) % 12] == stem), None)
