"""Dates moved by the secret shift of their person: order and intervals stay, the day is another.

Each date is written back in its own form: 二〇二三年五月六日, 23.5.6, 5月6日, 农历四月初六, the serial
number of a spreadsheet. The shift is whole weeks, so weekdays stay true; a holiday becomes
month and day. Words that count from the day of writing (昨天, 上周三) stay, because that day moves
with them; those that name a day of the calendar (去年国庆, 上月5日) are generalised to what leads
them. GB/T 37964-2019 annex A, randomisation; GB/T 39725-2020 10.2 f: range and shift are secret.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from deid.aliases import canonical_type
from deid.errors import OperatorError, PolicyError
from deid.grammar.date import DateMatch, render
from deid.normalize import shadow
from deid.operators import label
from deid.operators.days import DATE_TYPES, SERIAL, at_unix_day, day_near, read_days, serial_day, unix_day
from deid.operators.request import Request, check_choice, check_names, check_whole, subject_id, type_hint
from deid.regexes import Regex
from deid.surrogates.shapes import in_the_form_of
from deid.surrogates.shifts import MOST_DAYS, shift_days, shifted

NAME = "shift_date"
TITLE = "随机化（日期偏移）"
_KEY_BYTES = 16
_LEADING = Regex(
    r"(?:[去今前明后本当]年|大前年|上+个?月|[本这当下]个?月|上+个?(?:周|星期|礼拜)|[本这下]个?(?:周|星期|礼拜))"
)
_PART_OF_DAY = Regex(
    r"(?:凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|夜里|夜晚|半夜|晚|夜|早|左右|前后|许)+"
)
# 上周三 and 昨天 count from the day of writing; 国庆 and 5日 do not.
_OF_THE_CALENDAR = Regex(
    r"节|国庆|五一|十一|中秋|端午|清明|除夕|元旦|春节|[0-9一二三四五六七八九十廿卅]+[日号]|[0-9一二三四五六七八九十]+月(?!前|后)"
)


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params, "max_days", "time")
    check_whole(NAME, params, "max_days", 7, 3650)
    check_choice(NAME, params, "time", ("keep", "drop"))
    if entity_type and canonical_type(entity_type) not in DATE_TYPES:
        raise PolicyError(f"{NAME}: {entity_type} is no date", hint=type_hint(entity_type, DATE_TYPES))


def operate(value: str, request: Request) -> str:
    if len(request.key) < _KEY_BYTES:
        raise OperatorError(f"{request.entity_type}: {NAME} needs a key")
    days = shift_days(request.key, subject_id(request), request.params.get("max_days", MOST_DAYS))
    text = shadow(value).text
    if serial_day(text.strip()):
        return _moved_serial(text, days)
    with_time = request.params.get("time", "keep") == "keep"
    if day := unix_day(text.strip()):
        return at_unix_day(text.strip(), shifted(day, days), with_time=with_time)
    shown = value if len(value) == len(text) else text  # its own brackets and widths between the dates
    near = request.near or request.origin
    new = _moved(text, shown, canonical_type(request.entity_type), days, with_time, near)
    if new is None or request.form not in ("plain", "repaired"):
        return label.operate(value, Request(request.entity_type, request.label, request.number))
    return in_the_form_of(value, new) if value != text else new


def _moved_serial(text: str, days: int) -> str:
    return SERIAL.sub(lambda match: str(int(match[1]) + days) + (match[2] or ""), text)


def _moved(
    text: str, shown: str, entity_type: str, days: int, with_time: bool, near: datetime.date | None
) -> str | None:
    read, matches = read_days(entity_type, text)
    if not matches or read[len(read) - len(text) : matches[0].start].strip():
        return None
    shown = read[: len(read) - len(text)] + shown
    written: list[str] = []
    position, before, mark = matches[0].start, None, ""
    for match in matches:
        gap = shown[position : match.start]
        new = _relative(read, match) if match.kind == "relative" else None
        day = None
        if match.kind != "relative" and (day := day_near(match, near)) is not None:
            near, moved = day, shifted(day, days)
            mark = match.separator or mark
            new = _complete(match, moved, before, mark) + render(match, moved)
            before = moved
        if new is None or not _joins(gap):
            return None
        written += (gap, new, shown[match.end : match.time_end] if with_time else "")
        position = match.time_end
    rest = shown[position:]
    if rest.strip() and not _PART_OF_DAY.fullmatch(rest.strip()):
        return None
    return "".join((*written, rest if with_time else ""))


def _joins(gap: str) -> bool:
    """Whether what stands between two dates is no more than what joins them."""
    return len(gap) < 8 and not any(character.isdigit() for character in gap)


def _complete(match: DateMatch, day: datetime.date, before: datetime.date | None, mark: str) -> str:
    """At the end of a range the month (or year) that the shift made another: 5月3日至8日."""
    if before is None or match.granularity != "day" or match.has("month", "month_name", "holiday"):
        return ""
    if (day.year, day.month) == (before.year, before.month):
        return ""
    return f"{day.month}{mark or '月'}"


def _relative(read: str, match: DateMatch) -> str | None:
    """昨天 stays; of 去年国庆 what leads it; None where nothing does."""
    surface = read[match.start : match.end]
    if not _OF_THE_CALENDAR.search(surface):
        return surface
    leading = _LEADING.match(surface)
    return leading[0] if leading else None
