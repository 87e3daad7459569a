"""Dates as days from the first event of their person: D0, D+14, D-3.

Intervals stay exact and no day of the calendar is left; what a buyer needs of a course of
treatment. `origin` of the request is day 0, the earliest event date of the subject. Dates that
name no day (2023年5月), birth dates and dates of nobody become labels.
GB/T 37964-2019 annex A, generalisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deid.aliases import canonical_type
from deid.errors import PolicyError
from deid.normalize import shadow
from deid.operators import label
from deid.operators.days import day_near, read_days, serial_day, unix_day
from deid.operators.request import Request, check_names, type_hint

NAME = "relative_day"
TITLE = "泛化（相对日）"


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    check_names(NAME, params)
    if entity_type and canonical_type(entity_type) != "DATE_TIME":
        hint = type_hint(entity_type, ("DATE_TIME",))
        raise PolicyError(f"{NAME}: {entity_type} is no date of an event", hint=hint)


def operate(value: str, request: Request) -> str:
    new = _counted(shadow(value).text, request) if request.form in ("plain", "repaired") else None
    return new or label.operate(value, Request(request.entity_type, request.label, request.number))


def _counted(text: str, request: Request) -> str | None:
    origin = request.origin
    if origin is None:
        return None
    if day := serial_day(text.strip()) or unix_day(text.strip()):
        return _written((day - origin).days)
    _, matches = read_days("DATE_TIME", text)
    days: list[str] = []
    near = request.near or origin
    for match in matches:
        day = day_near(match, near) if match.granularity == "day" and match.kind != "relative" else None
        if day is None:
            return None
        near = day
        days.append(_written((day - origin).days))
    listed = any(mark in text for mark in "、,和及")
    return ("、" if listed else "至").join(days) or None


def _written(days: int) -> str:
    return f"D{days:+d}" if days else "D0"
