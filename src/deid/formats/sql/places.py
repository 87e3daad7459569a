"""Where in a row its values stand, and what else in it says anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from deid.formats.sql.dialects import Dialect
from deid.formats.sql.literals import Value, as_it_stands, copied, value_of

_WORDS = frozenset(
    "null default true false cast convert as date datetime datetime2 smalldatetime datetimeoffset time timestamp "
    "with without zone decimal numeric float int bigint varchar nvarchar varbinary n x to_date to_timestamp "
    "current_timestamp now current_date character varying text json jsonb bytea uuid".split()
)
"""Of the language, among values: they are nobody's."""
_SAID = re.compile(r"(?<!\w)(?![A-Za-z_][A-Za-z0-9_.]*\s*\()[^\W\d]\w*|[0-9]{5,}")
"""Words but for the names of functions, and numbers."""
Form = Literal["literal", "copied", "text"]


class Place(NamedTuple):
    """A stretch of a row. `more` counts what else stands in a column besides its value."""

    start: int
    end: int
    form: Form
    column: int
    more: int = 0


def text_at(raw: str, place: Place) -> str | None:
    """The text of a place in which nothing is escaped; None where it has to be looked at."""
    text = raw[place.start : place.end]
    if place.form != "literal":
        return None if "\\" in text else text
    if text[0] == "'":
        return text[1:-1] if "\\" not in text and text.find("'", 1) == len(text) - 1 else None
    return text if text.replace(".", "").isdecimal() else None


def value_at(raw: str, place: Place, dialect: Dialect) -> Value:
    text = raw[place.start : place.end]
    if place.form == "literal":
        return value_of(text, dialect)
    return copied(text) if place.form == "copied" else as_it_stands(text)


def places_of(raw: str, dialect: Dialect) -> Iterator[Place]:
    """The places of a row in brackets, and of what stands behind it."""
    position, column, match = 1, 0, dialect.value.match
    while True:
        if found := match(raw, position):
            start, end = found.span("value")
            if start >= 0:
                yield Place(start, end, "literal", column)
            position = found.end()
        else:
            end = _end_of_value(raw, position, dialect)
            yield from _numbered(_parts(raw, position, end, dialect), column)
            position = end + 1
        if raw[position - 1 : position] != ",":
            break
        column += 1
    yield from _numbered(_parts(raw, position, len(raw), dialect), column + 1)


def _numbered(parts: Sequence[Place], column: int) -> Iterator[Place]:
    """The first literal is the value of its column, be it in brackets of a function."""
    first = next((number for number, part in enumerate(parts) if part.form == "literal"), -1)
    more = 0
    for number, part in enumerate(parts):
        more += number != first
        yield part._replace(column=column, more=0 if number == first else more)


def _end_of_value(raw: str, position: int, dialect: Dialect) -> int:
    """Where the comma or bracket behind a value stands."""
    depth = 0
    while found := dialect.token.match(raw, position):
        if depth == 0 and found[0] in (",", ")"):
            return position
        depth += (found[0] == "(") - (found[0] == ")")
        position = found.end()
    return len(raw)


def _parts(raw: str, position: int, end: int, dialect: Dialect) -> list[Place]:
    """Literals in a stretch, and between them what says more than that there is nothing."""
    parts: list[Place] = []
    begun = position
    while position < end and (found := dialect.token.match(raw, position, end)):
        group, first = found.lastgroup, position
        position = found.end()
        # behind a value short numbers are widths: Decimal(10, 2)
        is_number = group == "number" and (not parts or len(found[0]) > 2)
        if group in ("string", "hex", "dollar") or is_number:
            parts += _said(raw, begun, first)
            parts.append(Place(first, position, "literal", 0))
            begun = position
    return [*parts, *_said(raw, begun, end)]


def _said(raw: str, start: int, end: int) -> list[Place]:
    found = (word[0].casefold() for word in _SAID.finditer(raw, start, end))
    return [Place(start, end, "text", 0)] if any(word not in _WORDS for word in found) else []


def copied_places(raw: str) -> Iterator[Place]:
    """Those of a line of COPY: its fields, but for nothing (`\\\\N`)."""
    start = 0
    for column, field in enumerate(raw.rstrip("\r\n").split("\t")):
        if field and field != "\\N":
            yield Place(start, start + len(field), "copied", column)
        start += len(field) + 1
