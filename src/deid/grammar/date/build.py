"""From the match of a pattern to the date it writes: fields, numbers and the pieces of the surface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from deid.grammar import numerals
from deid.grammar.date import forms
from deid.grammar.date.calendar import date_or_none
from deid.grammar.date.match import DateMatch, Granularity, Kind, Piece
from deid.grammar.date.vocabulary import ENGLISH_MONTHS, ERAS, NAMED_MONTHS
from deid.grammar.numerals import NumeralStyle


def build(
    found: re.Match[str],
    kind: Kind,
    score: float,
    *,
    drop: str = "",
    rename: Mapping[str, str] | None = None,
    inherit: DateMatch | None = None,
) -> DateMatch | None:
    """The match of a pattern whose group names, less trailing digits, are fields.

    The surface ends before the group `drop`; what was not written comes from `inherit`.
    None when month or day cannot be.
    """
    end = found.start(drop) if drop and found[drop] else found.end()
    pieces, values = _pieces(found, end, rename or {})
    year, month, day = _year_of(pieces, values), values.get("month"), values.get("day")
    if 0 in (month, day) or (month or 1) > 12 or (day or 1) > (30 if kind == "lunar" else 31):
        return None
    if inherit is not None:
        year, month = year or inherit.year, month or inherit.month
    form = _padded(pieces)
    granularity = _granularity(form)
    time_end = end
    if granularity == "day" and (clock := forms.TIME.match(found.string, end)):
        time_end = clock.end()
    return DateMatch(found.start(), end, time_end, kind, year, month, day, granularity, score, form)


def _pieces(found: re.Match[str], end: int, rename: Mapping[str, str]) -> tuple[list[Piece], dict[str, int]]:
    """The pieces of the surface up to `end`, and the numbers of its fields."""
    text, position = found.string, found.start()
    pieces: list[Piece] = []
    values: dict[str, int] = {}
    for begin, stop, name in sorted((*found.span(name), name) for name in found.re.groupindex):
        if begin < 0 or begin >= end or name in ("sep", "unit"):
            continue
        field = rename.get(name) or name.rstrip("0123456789")
        if begin > position:
            pieces.append(Piece(text[position:begin]))
        piece, value = _piece(field, text[begin:stop])
        pieces.append(piece)
        if value is not None:
            values[piece.field.removesuffix("_name")] = value
        position = stop
    if end > position:
        pieces.append(Piece(text[position:end]))
    return pieces, values


def _piece(field: str, surface: str) -> tuple[Piece, int | None]:
    """The piece of a field, and its number if it has one (0 if it is none)."""
    if field == "name":
        names = [name[:3].lower() for name in ENGLISH_MONTHS]
        return Piece(surface, "month_name"), names.index(surface[:3].lower()) + 1
    if (field == "month" and surface in NAMED_MONTHS) or surface == "元":
        return Piece(surface, field, NumeralStyle("positional")), NAMED_MONTHS[surface]
    if field not in ("year", "yy", "era_year", "month", "day", "quarter"):
        return Piece(surface, field), None
    numeral = numerals.read(surface.removeprefix("初")) or numerals.Numeral(0, NumeralStyle())
    style = replace(numeral.style, width=2) if field == "yy" else numeral.style
    return Piece(surface, field, style), numeral.value


def _year_of(pieces: list[Piece], values: dict[str, int]) -> int | None:
    if "yy" in values:
        return values["yy"] + (2000 if values["yy"] <= 35 else 1900)
    if "era_year" in values:
        return values["era_year"] + next(ERAS[piece.text] for piece in pieces if piece.field == "era")
    return values.get("year")


def _padded(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Settles what `12` does not tell: whether one digit would be padded with a zero.

    The other of month and day tells if it has one digit or a zero; else ISO hyphens and
    digits without separators are padded, and all other forms are not.
    """
    numbers = [piece for piece in pieces if piece.field in ("month", "day") and piece.text.isascii()]
    known = [piece for piece in numbers if len(piece.text) == 1 or piece.text[0] == "0"]
    if known:
        padded = known[0].text[0] == "0"
    else:
        between = [piece.text.strip() for piece in pieces if not piece.field]
        padded = len(pieces) > 1 and (not between or between[0] == "-")
    return tuple(
        piece._replace(style=replace(piece.style, width=2 if padded else 1))
        if piece.style is not None and piece in numbers and piece not in known
        else piece
        for piece in pieces
    )


_GRANULARITIES: Final[Mapping[str, Granularity]] = {
    "day": "day", "holiday": "day", "third": "third", "month": "month", "month_name": "month",
    "quarter": "quarter", "season": "season", "half": "half_year", "year_part": "year_part",
}  # fmt: skip


def _granularity(form: tuple[Piece, ...]) -> Granularity:
    fields = {piece.field for piece in form}
    return next((_GRANULARITIES[field] for field in _GRANULARITIES if field in fields), "year")


def is_day(found: re.Match[str]) -> bool:
    """Whether eight digits are a day of the years 1900 to 2039."""
    year = int(found["year"])
    return 1900 <= year < 2040 and date_or_none(year, int(found["month"]), int(found["day"])) is not None
