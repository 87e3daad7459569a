"""Tables without any lines: columns by the gaps that go down through all their lines, rows by the distance between those.

Where all lines are as far apart as others, nothing tells the lines of a cell from rows; then it is no table here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from deid.formats.pdf.content import Surface

_GAP = 0.3  # of the size: between columns; between figures and Chinese programs leave a quarter
_LEVEL = 0.45  # of the size: on one line
_LEAST_COLUMNS, _LEAST_ROWS, _MOST_CELLS = 3, 2, 0.6
"""Columns, and rows but the first one; of the columns, so many stand where a row begins."""
_FARTHER, _FARTHEST = 1.15, 4.0
"""Of the distance between the lines of a cell: a row begins, and the table has ended."""
_ABOVE, _BELOW = 0.9, 0.3  # of the size, from the baseline: where letters end
_Span = tuple[float, float]


class Unruled(NamedTuple):
    """Where columns and rows part, the sides among them."""

    across: list[float]
    up: list[float]


class _Line(NamedTuple):
    """What stands at one height, from where to where without gaps."""

    v: float
    size: float
    spans: list[_Span]


def unruled(surface: Surface) -> Iterator[Unruled]:
    """The tables of a page."""
    run: list[_Line] = []
    columns: list[_Span] = []
    for line in _lines(surface):
        is_near = not run or run[-1].v - line.v < _FARTHEST * max(line.size, run[-1].size)
        wider = _widened(columns, line.spans, _GAP * line.size) if run and is_near else None
        if wider is None:
            yield from _table(run, columns)
            is_row = len(line.spans) >= _LEAST_COLUMNS
            run, wider = ([line], line.spans) if is_row else ([], [])
        else:
            run.append(line)
        columns = wider
    yield from _table(run, columns)


def _widened(columns: Sequence[_Span], spans: Sequence[_Span], gap: float) -> list[_Span] | None:
    """The columns with the spans of a line in them; None where one of those goes over several."""
    found = list(columns)
    for start, end in spans:
        first = bisect_left(found, start - gap, key=lambda column: column[1])
        last = bisect_right(found, end + gap, key=lambda column: column[0])
        if last - first > 1:
            return None
        held = (*found[first:last], (start, end))
        found[first:last] = [(min(one[0] for one in held), max(one[1] for one in held))]
    return found


def _table(run: Sequence[_Line], columns: Sequence[_Span]) -> Iterator[Unruled]:
    size = max((line.size for line in run), default=0.0)
    parts = _rows(run, columns) if len(columns) >= _LEAST_COLUMNS else []
    if len(parts) < _LEAST_ROWS:
        return
    between = ((run[at - 1].v - _BELOW * size + run[at].v + _ABOVE * size) / 2 for at in parts)
    up = [run[0].v + _ABOVE * size, *between, run[-1].v - _BELOW * size]
    gaps = ((one[1] + other[0]) / 2 for one, other in pairwise(columns))
    yield Unruled([columns[0][0] - _GAP, *gaps, columns[-1][1] + _GAP], up)


def _rows(run: Sequence[_Line], columns: Sequence[_Span]) -> list[int]:
    """The numbers of the lines with which rows begin, but the first: farther from the line before than the lines of a
    cell are from one another, and with others as near that most columns have something there."""
    filled = [{bisect_right(columns, (start, inf)) - 1 for start, _ in line.spans} for line in run]
    least = min(
        (
            above.v - below.v
            for column in range(len(columns))
            for above, below in pairwise(
                line for line, some in zip(run, filled, strict=True) if column in some
            )
        ),
        default=0.0,
    )
    far = [at for at, (above, below) in enumerate(pairwise(run), 1) if above.v - below.v > _FARTHER * least]
    return [
        at
        for at, end in pairwise([*far, len(run)])
        if len(set().union(*filled[at:end])) > _MOST_CELLS * len(columns)
    ]


def _lines(surface: Surface) -> Iterator[_Line]:
    """The level ones, from top to bottom."""
    placed = []
    for show in surface.shows:
        across, up = show.direction
        if across <= 0 or abs(up) > across or show.vertical:
            continue
        for glyph, (x, y) in zip(show.glyphs, show.corners(), strict=True):
            if glyph.text.strip():
                placed.append((y, x, x + glyph.advance * across, show.height))
    placed.sort(reverse=True)
    held: list[tuple[float, float, float, float]] = []
    for one in placed:
        if held and held[0][0] - one[0] > _LEVEL * max(one[3], held[0][3]):
            yield _line(held)
            held = []
        held.append(one)
    if held:
        yield _line(held)


def _line(held: Sequence[tuple[float, float, float, float]]) -> _Line:
    size = max(height for _, _, _, height in held)
    spans: list[_Span] = []
    for _, start, end, _ in sorted(held, key=lambda one: one[1]):
        if spans and start - spans[-1][1] < _GAP * size:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return _Line(held[0][0], size, spans)
