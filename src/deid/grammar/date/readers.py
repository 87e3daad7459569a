"""One reader for each kind of form: the date that begins at a position, if what stands beside allows it.

The first character and the number of digits choose the readers; the first that finds a date is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from deid.grammar.date import beside, forms
from deid.grammar.date.beside import left_is_free, stands_before
from deid.grammar.date.build import build, is_day
from deid.grammar.date.match import YEARLY, DateMatch, Kind, Piece
from deid.grammar.date.ranges import continuation
from deid.grammar.date.vocabulary import SOLAR_HOLIDAYS, holiday_name

NAMED_MONTH: Final = 0.65
"""The score of a month without day and year that the words beside it call one: 5月工资, 我爸7月去."""

_NEAR = 60
"""Characters before what ends a line in English."""
Reader = Callable[[str, int], "DateMatch | None"]


def read(text: str, start: int) -> DateMatch | None:
    """The date that begins at `start`, without the other end of a range."""
    for reader in _readers(text, start):
        if (match := reader(text, start)) is not None:
            return match
    return None


def _readers(text: str, start: int) -> tuple[Reader, ...]:
    first = text[start]
    if not "0" <= first <= "9":
        return (_english,) if first.isascii() else _HAN_READERS
    stop = start + 1
    while stop < len(text) and stop < start + 15 and "0" <= text[stop] <= "9":
        stop += 1
    if stop - start > 4:
        return (_compact,)
    if text[stop : stop + 2].lstrip()[:1] in ("-", "/", "."):
        return _SEPARATED_READERS[stop - start]
    return _NUMBER_READERS


def _written(text: str, start: int) -> DateMatch | None:
    """Forms with 年 月 日, in digits or numerals, solar or lunar."""
    found = forms.WRITTEN.match(text, start)
    if found is None or found.end() == start:
        return None
    fields = {name.rstrip("0123456789") for name, value in found.groupdict().items() if value}
    decimal = start > 1 and text[start - 1] == "." and text[start - 2].isdigit()
    if decimal and (
        not fields & {"day", "year", "third"} or not stands_before(beside.LIST_NUMBER, text, start, reach=4)
    ):
        return None  # 3.5月 is a duration; 1.5月6日 and 3.2020年 may be numbered lines
    if found["month"]:
        return _written_month(found, fields)
    return _written_year(found, fields) if fields & YEARLY else None


def _written_month(found: re.Match[str], fields: set[str]) -> DateMatch | None:
    text, start, end = found.string, found.start(), found.end()
    year = bool(fields & YEARLY)
    if "yy" in fields and not found["day"] and _is_duration(text, start, end):
        return None
    moon_day = (found["day"] or found["day2"] or "").startswith("初")
    lunar = (
        moon_day or bool(fields & {"calendar", "leap", "stem", "animal"}) or found["month"] in tuple("正冬腊")
    )
    kind: Kind = "lunar" if lunar else "absolute" if year else "partial"
    if found["day"] or (found["day2"] and (moon_day or lunar)):
        return build(found, kind, 0.95 if year else 0.9)
    if found["day2"]:
        if (match := _without_unit(found, kind)) is not None:
            return match
        end = found.start("day2")
    if year:
        score = 0.7 if "yy" in fields else 0.9
    elif found["third"] or lunar:
        score = 0.85 if found["third"] else 0.6
    else:
        score = _bare_month_score(text, start, end)
    match = build(found, kind, score, drop="day2") if score else None
    if match is not None and text[end - 1] not in "月份分" and match.granularity == "month":
        first = start == 0 or stands_before(beside.SENTENCE_BEFORE, text, start, reach=6)
        numbered = first and text.startswith("、", end)  # 四、四月义诊
        return match if not numbered and continuation(text, match) is not None else None  # the 3 of 3-5月
    return match


def _is_duration(text: str, start: int, end: int) -> bool:
    return stands_before(beside.DURATION_BEFORE, text, start, reach=5) or text[end : end + 1] in tuple(
        "余前来"
    )


def _without_unit(found: re.Match[str], kind: Kind) -> DateMatch | None:
    """5月6入院, 5月6-8日, and, of the lunar calendar, 八月十五."""
    text, day = found.string, found["day2"]
    complete = not beside.UNIT_AFTER.match(text, found.end())
    if kind == "partial" and not day.isascii() and not found["month"].isascii():
        return build(found, "lunar", 0.5) if complete and len(day) > 1 else None
    match = build(found, kind, 0.9 if kind == "absolute" else 0.6)
    if complete:
        return match
    return match and replace(match, score=0.9) if continuation(text, match) is not None else None


def _bare_month_score(text: str, start: int, end: int) -> float:
    """How much a month without year and day looks like a date, and not like a duration (0)."""
    if stands_before(beside.YEAR_NAMED_BEFORE, text, start, reach=4):
        return NAMED_MONTH  # 今年2月后
    if beside.SINCE_AFTER.match(text, end):
        told = stands_before(beside.TELLING_BEFORE, text, start, reach=4)
        return (
            NAMED_MONTH if told else 0.5 if stands_before(beside.PAUSE_BEFORE, text, start, reach=2) else 0.0
        )
    if beside.DURATION_AFTER.match(text, end):
        return 0.0
    if stands_before(beside.MONTH_PLANNED_BEFORE, text, start, reach=8):
        return NAMED_MONTH
    if stands_before(beside.LIST_BEFORE, text, start, reach=4):
        return 0.0
    if text[end - 1] == "份":
        return 0.8
    if stands_before(beside.DURATION_BEFORE, text, start, reach=5):
        return 0.0
    if _month_is_named(text, start, end):
        return NAMED_MONTH
    begins = stands_before(beside.SENTENCE_BEFORE, text, start, reach=6)
    begins = begins or stands_before(beside.LABEL_BEFORE, text, start, reach=3)
    if begins and beside.MONTH_BEGINS_SENTENCE.match(text, end):
        return 0.45
    if stands_before(beside.PAUSE_BEFORE, text, start, reach=2) and beside.MONTH_AFTER_PAUSE.match(text, end):
        return 0.5
    if stands_before(beside.MONTH_EVIDENCE_BEFORE, text, start, reach=3):
        return 0.6
    return 0.5 if beside.MONTH_EVIDENCE_AFTER.match(text, end) else 0.35


def _month_is_named(text: str, start: int, end: int) -> bool:
    if beside.MONTH_NAMED_AFTER.match(text, end):
        return True
    return any(
        after.match(text, end) and stands_before(before, text, start, reach=4)
        for before, after in beside.MONTH_OF_SOMEBODY
    )


def _written_year(found: re.Match[str], fields: set[str]) -> DateMatch | None:
    text, start, end = found.string, found.start(), found.end()
    finer = bool(fields & {"month", "year_part", "season", "quarter", "half"})
    if "holiday" in fields:
        return build(found, "holiday", 0.85)
    if "stem" in fields or "animal" in fields:
        return build(found, "lunar", 0.6) if fields & {"stem", "calendar"} else None
    if "yy" not in fields:
        if not finer and beside.PUBLISHED_AFTER.match(text, end):
            return None  # 2019年ATS/IDSA指南
        return build(found, "absolute", 0.85 if finer else 0.75)
    if "年" not in found[0] and not ("quarter" in fields and left_is_free(text, start)):
        return None
    if stands_before(beside.DURATION_BEFORE, text, start, reach=5):
        return None
    if finer:
        return build(found, "absolute", 0.6)
    return build(found, "ambiguous", 0.45) if _short_year_is_meant(text, start, end) else None


def _short_year_is_meant(text: str, start: int, end: int) -> bool:
    """Whether 85年 or 八五年 is a year and not a number of years."""
    if text[max(0, start - 1) : start] in ("/", "-", "~"):
        return False  # 2004/05年球季
    if text[start] in "0零〇○" or text.startswith(("生人", "属"), end):
        return True
    if text.startswith("前后", end):
        return stands_before(beside.YEAR_LED, text, start, reach=1)
    if text[end : end + 1] in tuple("前后余来多以内了"):
        return False
    if text[start] in "3456789三四五六七八九" and beside.BORN_AFTER.match(text, end):
        return True
    if beside.YEAR_OF_LIFE_AFTER.match(text, end) and stands_before(beside.YEAR_LED, text, start, reach=1):
        return True
    if stands_before(beside.BIRTH_BEFORE, text, start, reach=16) or stands_before(
        beside.YEAR_EVIDENCE, text, start, reach=20
    ):
        return True
    return text[start] not in "12345一二三四五" and beside.YEAR_AFTER.match(text, end) is not None


def _closed(text: str, match: DateMatch | None) -> DateMatch | None:
    """`match` unless it is the head of a longer code; the other end of a range may follow."""
    if match is None or (beside.BAD_TAIL.match(text, match.time_end) and continuation(text, match) is None):
        return None
    return match


def _separated(text: str, start: int) -> DateMatch | None:
    """2023-5-6, 2023/05/06, 2023.5.6, and year and month alone: 2023-05."""
    found = forms.SEPARATED.match(text, start)
    if found is None or not left_is_free(text, start):
        return None
    if found["day"] or "月" in found[0]:
        return _closed(text, build(found, "absolute", 0.95 if found["day"] else 0.85))
    follows = beside.UNIT_AFTER.match(text, found.end()) and not (
        forms.CONNECTOR.match(text, found.end())
        or beside.BIRTH_AFTER.match(text, found.end())
        or (found["sep"] == "-" and beside.NEXT_FIELD.match(text, found.end()))
    )
    if follows or beside.ROOM_AFTER.match(text, found.end()):
        return None
    score = 0.55 if len(found["month"]) == 2 and found["sep"] != "." else 0.3
    if forms.MONTHS_TO.match(text, found.end()) or forms.MONTHS_FROM.search(text, max(0, start - 12), start):
        score = 0.7
    if stands_before(beside.DATE_CUE, text, start, reach=14):
        score = 0.75
    elif stands_before(beside.ID_CUE, text, start, reach=5):
        score = 0.2
    return _closed(text, build(found, "absolute", score))


def _compact(text: str, start: int) -> DateMatch | None:
    """20230506, also as the head of a time stamp; 230506 and 202305 after a cue."""
    if not left_is_free(text, start):
        return None
    cue = stands_before(beside.DATE_CUE, text, start, reach=14) or stands_before(
        beside.BIRTH_BEFORE, text, start, reach=24
    )
    if stands_before(beside.BUILD_BEFORE, text, start, reach=10):
        return None
    found = forms.COMPACT.match(text, start)
    if found is None or not is_day(found):
        shorter = (
            (forms.COMPACT_MONTH.match(text, start) or forms.COMPACT_YY.match(text, start)) if cue else None
        )
        return _closed(text, build(shorter, "ambiguous", 0.5)) if shorter else None
    end = found.end()
    if not cue and beside.GOODS_AFTER.match(text, end):
        return None
    clock = forms.COMPACT_TIME.match(text, end)
    if text[end : end + 1].isdigit() and not (cue and clock):
        return None
    match = build(
        found,
        "absolute",
        0.9 if cue else 0.2 if stands_before(beside.ID_CUE, text, start, reach=5) else 0.6,
    )
    if match is not None and clock:
        return replace(match, time_end=clock.end())
    if not cue and text[end : end + 1] not in tuple(".-/~") and beside.UNIT_AFTER.match(text, end):
        return None
    return _closed(text, match)


def _month_first(text: str, start: int) -> DateMatch | None:
    """08/2022; 06/2000 may be a rate."""
    found = forms.MONTH_FIRST.match(text, start)
    if found is None or not left_is_free(text, start) or beside.UNIT_AFTER.match(text, found.end()):
        return None
    if found["year"] == "2000" and not stands_before(beside.DATE_CUE, text, start, reach=14):
        return None
    numbered = stands_before(beside.ID_CUE, text, start, reach=5) or text[start - 1 : start] == "第"
    return build(found, "absolute", 0.2 if numbered else 0.6)


def _year_last(text: str, start: int) -> DateMatch | None:
    """05/06/2023 (month first unless that cannot be), and after a cue 5/6/23."""
    found = forms.YEAR_LAST.match(text, start)
    if found is None or not left_is_free(text, start):
        return None
    if (
        found["yy"]
        and not _ends_english_line(text, start, found.end())
        and (int(found["first"]) > 12 or not stands_before(beside.DATE_CUE, text, start, reach=14))
    ):
        return None
    if (
        found["sep"] == "-"
        and len(found[0]) < 10
        and not stands_before(beside.DATE_CUE, text, start, reach=14)
        and not beside.BIRTH_AFTER.match(text, found.end())
    ):
        return None  # 5-1-1801 is a flat
    month, day = ("first", "second") if int(found["first"]) <= 12 else ("second", "first")
    kind: Kind = "ambiguous" if found["yy"] else "absolute"
    return _closed(
        text, build(found, kind, 0.5 if found["yy"] else 0.85, rename={month: "month", day: "day"})
    )


def _ends_english_line(text: str, start: int, end: int) -> bool:
    """Transcribed: M. Lin 09/09/24"""
    line = text[max(text.rfind("\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0) : start]
    written = end - start == len("09/09/24") and text[start + 2] == "/" and line.isascii()
    return written and line[-1:] == " " and text[end : end + 1] in ("", "\n")


def _short_year(text: str, start: int) -> DateMatch | None:
    """23.5.6: looks like a version or a heading too, so the score is low without a cue."""
    found = forms.SHORT_YEAR.match(text, start)
    if found is None or not left_is_free(text, start):
        return None
    cue = stands_before(beside.DATE_CUE, text, start, reach=14)
    connector = forms.CONNECTOR.match(text, found.end())
    goes_on = connector and forms.SHORT_YEAR.match(text, connector.end())  # 23/11/28-23/12/03
    unit = not goes_on and beside.UNIT_AFTER.match(text, found.end())
    if not cue and (unit or stands_before(beside.VERSION, text, start, reach=8)):
        return None
    address = found["sep"] == "-" and start > 0 and beside.HAN_BEFORE.match(text, start - 1)
    named = found[0][-1] in "日号" and not address
    return _closed(text, build(found, "ambiguous", 0.75 if cue else 0.65 if named else 0.35))


def _short(text: str, start: int) -> DateMatch | None:
    """5.8, 05/06, 3-5: only beside 号 or 日, a clock time, a date word before or a visit word after."""
    found = forms.SHORT.match(text, start)
    if found is None or not left_is_free(text, start):
        return None
    duration = found["unit"] == "日" and found["sep"] == "." and found["day"] == "5"  # 3.5日
    address = found["sep"] == "-" and start > 0 and beside.HAN_BEFORE.match(text, start - 1)  # 新源南路1-3号
    address = address or stands_before(beside.NUMBERED_BEFORE, text, start, reach=5)
    if found["unit"] and not duration and not address:
        return build(found, "ambiguous", 0.65 if found["unit"] == "号" else 0.5)
    score = _short_score(found)
    match = build(found, "ambiguous", score) if score else None
    if match is None or match.time_end > match.end:
        return match
    if beside.UNIT_AFTER.match(text, match.end) and continuation(text, match) is None:
        return None
    return match


def _short_score(found: re.Match[str]) -> float:
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - 1) : start]
    if (
        found["sep"] == "."
        and beside.PRICE_AFTER.match(text, end)
        and stands_before(beside.TIMED, text, start, reach=_NEAR)
    ):
        return 0.0
    if before and before in beside.CUE_ENDS and stands_before(beside.SHORT_CUE, text, start, reach=8):
        return 0.5
    if found["sep"] != "." and beside.CLOCK_AFTER.match(text, end):
        return 0.6
    free = found["sep"] != "." or not before or before in "\n ,。;:"
    if free and (
        beside.AFTER_SHORT.match(text, end) or (found["sep"] != "." and text.startswith("复查", end))
    ):
        return 0.45
    if found["sep"] != "." and end - start == len("10-05") and _is_in_brackets(text, start, end):
        return 0.5
    connector = forms.CONNECTOR.match(text, end)
    other = forms.SHORT.match(text, connector.end()) if connector else None
    if other and (other["unit"] == "号" or (free and beside.AFTER_SHORT.match(text, other.end()))):
        return 0.5
    return 0.0


def _day_alone(text: str, start: int) -> DateMatch | None:
    """15号复查, 于6日出院; bare 日 may be a number of days."""
    found = forms.DAY_ALONE.match(text, start)
    before = text[max(0, start - 1) : start]
    if found is None or (before and before in "0123456789.每第满隔前后约近共~-/月年个请叫位床室"):
        return None
    if before == ":" and text[max(0, start - 2) : start - 1] in tuple("号位床室"):
        return None  # 床号:12号手术
    if (
        found["unit"] == "日"
        and before not in ("于", "至", "到")
        and (before in tuple("服用药痛热咳泻吐") or not beside.HOUR_AFTER.match(text, found.end()))
    ):
        return None
    return build(found, "ambiguous", 0.45)


def _is_in_brackets(text: str, start: int, end: int) -> bool:
    return beside.BRACKETS_AFTER.match(text, end) is not None and stands_before(
        beside.BRACKETS_BEFORE, text, start, reach=3
    )


def _is_year_of_life(text: str, found: re.Match[str]) -> bool:
    """2013查出来的, behind somebody or at the beginning."""
    return _is_in_brackets(text, *found.span()) or (
        beside.YEAR_OF_LIFE_AFTER.match(text, found.end()) is not None
        and stands_before(beside.YEAR_LED, text, found.start(), reach=1)
    )


def _bare_year(text: str, start: int) -> DateMatch | None:
    """二零二三 without 年, or digits after 出生年份 and the like."""
    if found := forms.BARE_YEAR.match(text, start):
        return build(found, "ambiguous", 0.4)
    found = forms.CUED_YEAR.match(text, start)
    if found is None or not (
        stands_before(beside.BIRTH_BEFORE, text, start, reach=20)
        or stands_before(beside.DATE_LABEL, text, start, reach=6)
        or beside.BIRTH_AFTER.match(text, found.end())
        or _is_year_of_life(text, found)
    ):
        return None
    return build(found, "ambiguous", 0.6)


def _english(text: str, start: int) -> DateMatch | None:
    found = forms.ENGLISH.match(text, start)
    if found is None or not left_is_free(text, start):
        return None
    dated = any(found[name] for name in ("year", "year2", "year3", "year4", "yy"))
    return build(found, "absolute", 0.9) if dated else build(found, "partial", 0.6)


def _relative(text: str, start: int) -> DateMatch | None:
    found = forms.RELATIVE.match(text, start)
    if found is None:
        return None
    if text[found.end() - 1] == "月" and text[start] != "次":  # 次月5日前: in contracts
        day = forms.DAY_OF_MONTH_TOLD.match(text, found.end())
        match = build(day, "lunar" if day["day2"] else "ambiguous", NAMED_MONTH) if day else None
        if match is not None:
            return match
    end, form = found.end(), (Piece(found[0]),)
    return DateMatch(start, end, end, "relative", None, None, None, "day", 0.5, form)


def _holiday(text: str, start: int) -> DateMatch | None:
    """Holidays and solar terms without a year: only those that are nothing else."""
    found = forms.HOLIDAY.match(text, start)
    match = build(found, "holiday", 0.45) if found else None
    solar = SOLAR_HOLIDAYS.get(holiday_name(found["holiday"])) if found else None
    return replace(match, month=solar[0], day=solar[1]) if match and solar else match


_HAN_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _holiday, _day_alone, _bare_year)
_NUMBER_READERS: Final[tuple[Reader, ...]] = (_written, _relative, _day_alone, _english, _bare_year)
_SEPARATED_READERS: Final[Mapping[int, tuple[Reader, ...]]] = {
    1: (_year_last, _written, _short, _english),
    2: (_month_first, _year_last, _short_year, _written, _short, _english),
    3: (),
    4: (_separated, _written, _english),
}
