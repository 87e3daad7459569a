"""Generalisation: a coarser value instead of the exact one. GB/T 37964-2019 annex A, GB/T 39725-2020 10.2 b.

Ages become bands (5 years, 90+), dates lose their day, addresses keep the prefecture, some
social attributes become classes. It fails closed: a value that cannot be read becomes a
label, as a masked or partial one does; nothing of the original is ever passed on unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast

from deid.aliases import canonical_type
from deid.errors import PolicyError
from deid.grammar import age, date
from deid.normalize import shadow
from deid.operators import label
from deid.operators.attributes import COARSE_TYPES, coarse
from deid.operators.request import Request, check_choice, check_names, check_whole

NAME = "generalize"
TITLE = "泛化"

_AGE_WIDTHS = (5, 10, 20)
_DATE_LEVELS = ("month", "quarter", "half_year", "year")
_PLACE_LEVELS = ("prefecture", "province")
_DATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    # What is put before the value, so that a bare 5-6 is read as the date it is; the level by default.
    {"DATE_TIME": ("日期:", "month"), "DATE_OF_BIRTH": ("出生日期:", "year")}
)
_PLACES = ("CN_ADDRESS", "LOCATION", "NATIVE_PLACE")
_SMALL = ("三沙市",)  # prefectures of fewer than 20,000 people do not hide a person
_BETWEEN_DATES = re.compile(r"\s*(?:-{1,2}|~{1,2}|至|到|、|,|和|及|与)\s*")
# 昨天 and 3天前 say little once the date they start from is a month; 上周三, 去年国庆, 上月5日 say more.
_PINS_A_DAY = re.compile(
    r"[周期拜][一二三四五六日天末]|节|国庆|五一|十一|中秋|端午|清明|除夕|[0-9十廿卅]+[日号]"
)


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    if entity_type == "AGE":
        check_names(NAME, params, "width", "top")
    elif entity_type in _DATES:
        check_names(NAME, params, "level")
        check_choice(NAME, params, "level", _DATE_LEVELS)
    elif entity_type in _PLACES:
        check_names(NAME, params, "level")
        check_choice(NAME, params, "level", _PLACE_LEVELS)
    elif entity_type in COARSE_TYPES:
        check_names(NAME, params)
    elif entity_type:
        there = ", ".join(("AGE", *_DATES, *_PLACES, *COARSE_TYPES))
        raise PolicyError(f"{NAME}: no coarser form of {entity_type}", hint=f"it works for: {there}")
    else:
        check_names(NAME, params, "width", "top", "level")
        check_choice(NAME, params, "level", (*_DATE_LEVELS, *_PLACE_LEVELS))
    if params.get("width", 5) not in _AGE_WIDTHS or type(params.get("width", 5)) is not int:
        raise PolicyError(f"{NAME}: width is 5, 10 or 20")  # others leave bands of one year at 2 and 14
    if "top" in params:
        check_whole(NAME, params, "top", 50, 90)  # over 89 always one class: there are too few


def operate(value: str, request: Request) -> str:
    coarser = _coarser(value, request) if request.form in ("plain", "repaired") else None
    if coarser is None:
        return label.operate(value, Request(request.entity_type, request.label, request.number))
    return coarser


def _coarser(value: str, request: Request) -> str | None:
    text, params, entity_type = shadow(value).text, request.params, canonical_type(request.entity_type)
    if entity_type == "AGE":
        return _age_band(text, params.get("width", 5), params.get("top", 90))
    if entity_type in _DATES:
        cue, level = _DATES[entity_type]
        return _coarser_date(cue, text, params.get("level", level))
    if entity_type in _PLACES:
        return _wider_place(text, request)
    return coarse(entity_type, text)


def _age_band(text: str, width: int, top: int) -> str | None:
    text = text.strip()
    ages = list(age.find_ages(text))
    if not ages:  # a bare 58, as in a cell
        cue = "年龄:"
        ages = [
            match
            for match in age.find_ages(cue + text)
            if (match.start, match.end) == (len(cue), len(cue + text))
        ]
    return age.generalize(ages[0], width=width, top=top) if len(ages) == 1 else None


def _coarser_date(cue: str, text: str, level: str) -> str | None:
    text = cue + text
    dates = list(date.find_dates(text))
    if not dates or any(m.kind == "relative" and _PINS_A_DAY.search(text, m.start, m.end) for m in dates):
        return None
    coarser = [date.generalize(match, cast(date.Level, level)) for match in dates]
    between = [text[a.time_end : b.start] for a, b in pairwise(dates)]
    if not all(_BETWEEN_DATES.fullmatch(gap) for gap in between):
        return None
    if all(coarser[0].endswith(later) for later in coarser):  # 2023年5月3日至8日 lies within 2023年5月
        return coarser[0]
    return coarser[0] + "".join(gap + later for gap, later in zip(between, coarser[1:], strict=True))


def _wider_place(text: str, request: Request) -> str | None:
    if request.divisions is None:
        return None
    place = request.divisions.prefecture_of("".join(text.split()))
    if place is None or not (request.params.get("level") == "province" or place.endswith(_SMALL)):
        return place
    province = request.divisions.at(place, 0)
    return place[: province.end] if province and province.level == "province" else None
