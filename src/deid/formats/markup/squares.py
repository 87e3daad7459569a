"""QR codes that a page draws with elements that hold nothing: cells of a table, or boxes side by side."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from math import isqrt
from typing import NamedTuple

from deid.formats.codes import in_tables

_BLANK = r"(?:\s|&nbsp;|&#160;|&#x[aA]0;)*"
_EMPTY = re.compile(rf"<(\w+)((?:\s[^<>]*)?)>{_BLANK}</\1\s*>")
_NO_LOOK = re.compile(
    r"""\s(?:id|data-[\w-]+|colspan|rowspan)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?([0-9]{1,3})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_FEWEST, _NARROWEST = 100, 11
"""Elements that draw a code, and columns in a row of it."""


class _Empty(NamedTuple):
    """Where an element begins and ends, what it looks like, and over how many columns it goes."""

    start: int
    end: int
    look: Hashable
    span: int


def squares_of(text: str) -> dict[int, int]:
    """Where the elements begin that draw a code, and where they end."""
    found = [_of(match) for match in _EMPTY.finditer(text)] if _may_draw(text) else []
    gone: dict[int, int] = {}
    for rows in _tables(text, found):
        places = {(number, column): one for number, row in enumerate(rows) for column, one in _columns(row)}
        cells = in_tables({place: one.look for place, one in places.items()})
        gone |= {places[cell].start: places[cell].end for cell in cells}
    return gone


def _may_draw(text: str) -> bool:
    return next(islice(_EMPTY.finditer(text), _FEWEST, None), None) is not None


def _of(match: re.Match[str]) -> _Empty:
    said = match[2]
    span = _SPAN.search(said)
    look = (match[1].lower(), " ".join(_NO_LOOK.sub("", said).split()))
    return _Empty(match.start(), match.end(), look, int(span[1]) if span else 1)


def _tables(text: str, found: Sequence[_Empty]) -> Iterator[list[list[_Empty]]]:
    """Rows of elements with nothing but blanks between them, and tables of rows with no text between them."""
    rows: list[list[_Empty]] = []
    end = 0
    for one in found:
        between = text[end : one.start]
        if rows and not between.strip():
            rows[-1].append(one)
        elif rows and sum(cell.span for cell in rows[-1]) >= _NARROWEST and not _TAG.sub("", between).strip():
            rows.append([one])
        else:
            yield _parted(rows)
            rows = [[one]]
        end = one.end
    yield _parted(rows)


def _parted(rows: list[list[_Empty]]) -> list[list[_Empty]]:
    """Of elements in one row only, as many rows as columns: the page lays them out."""
    side = isqrt(len(rows[0])) if len(rows) == 1 else 0
    if side < _NARROWEST:
        return rows
    return [rows[0][start : start + side] for start in range(0, len(rows[0]), side)]


def _columns(row: Sequence[_Empty]) -> Iterator[tuple[int, _Empty]]:
    column = 0
    for one in row:
        for _ in range(one.span):
            yield column, one
            column += 1
