"""Level and upright strokes of a drawing that may be letters: of figures with seven segments, of rows of pixels.

Lines of tables are long, also where each cell draws its own piece of them; dashes have equal gaps, and bars of codes,
scales and hatchings are of one size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from pikepdf import Array

from deid.formats.pdf.seeing import Box

LONGEST_STROKE = 30.0
"""Points: a line of a letter is shorter."""
_MOST_SIZES = 6
"""Numbers that say how long the dashes of a line and the gaps between them are; with more it may be a row of pixels."""
_THICKEST = 5.0  # points
_BESIDE, _TOUCHING, _EVEN = 0.15, 0.6, 0.15
"""Points: between strokes of one line or the sides of a square, between two that are one, and between gaps that are equal."""
_DASHES, _BARS = 12, 24
"""So many with equal gaps are a dashed line, and so many of one size are bars."""
_MOST = 100_000
"""Strokes of a page that are looked at."""


def may_be_stroke(box: Box) -> bool:
    """Whether a rectangle is as thin and as short as a stroke of a letter."""
    return min(box.size) <= _THICKEST and max(box.size) < LONGEST_STROKE


def is_pattern(dashes: Sequence[Any]) -> bool:
    """Whether the operands of `d` are no dashed line: dashes of more sizes than such a line has."""
    return bool(dashes) and isinstance(dashes[0], Array) and len(dashes[0]) > _MOST_SIZES


class _Stroke(NamedTuple):
    """A stroke, or several that touch: how far across its direction it lies, and from where to where it goes."""

    place: float
    start: float
    end: float
    thickness: float
    drawn: int = 1


class Strokes:
    """The thin rectangles and the level and upright lines of a page."""

    def __init__(self) -> None:
        self._level: list[_Stroke] = []
        self._upright: list[_Stroke] = []

    def add(self, boxes: Iterable[Box]) -> None:
        for left, bottom, right, top in boxes:
            width, height = right - left, top - bottom
            if min(width, height) > _THICKEST or len(self._level) + len(self._upright) >= _MOST:
                continue
            if width > height - _BESIDE:
                self._level.append(_Stroke((bottom + top) / 2, left, right, height))
            else:
                self._upright.append(_Stroke((left + right) / 2, bottom, top, width))

    def lines(self) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
        """Where level ones and upright ones are, and from where to where they go; the dots of a dotted line are both."""
        level = [(stroke.place, stroke.start, stroke.end) for stroke in self._level]
        upright = [(stroke.place, stroke.start, stroke.end) for stroke in self._upright]
        for place, start, end, thickness, _ in self._level:
            if end - start < thickness + _BESIDE:
                upright.append(((start + end) / 2, place - thickness / 2, place + thickness / 2))
        return level, upright

    def pieces(self) -> int:
        """How many of them may be letters. O(n log n)."""
        if len(self._level) + len(self._upright) >= _MOST:
            return _MOST
        return sum(
            stroke.drawn for some in (self._level, self._upright) for stroke in _no_bars(list(_short(some)))
        )


def _short(strokes: Sequence[_Stroke]) -> Iterator[_Stroke]:
    """Those that are no part of a long line, nor of a dashed one."""
    for line in _lines(strokes):
        runs = _joined(line)
        dashes = _dashes(runs)
        yield from (
            run
            for number, run in enumerate(runs)
            if run.end - run.start < LONGEST_STROKE and number not in dashes
        )


def _lines(strokes: Sequence[_Stroke]) -> Iterator[list[_Stroke]]:
    """Strokes on one line, in order."""
    ordered = sorted(strokes)
    number, numbers = 0, [0]
    for before, stroke in pairwise(ordered):
        number += stroke.place - before.place > _BESIDE
        numbers.append(number)
    for _, some in groupby(zip(numbers, ordered, strict=False), key=lambda pair: pair[0]):
        yield sorted((stroke for _, stroke in some), key=lambda stroke: stroke.start)


def _joined(line: Iterable[_Stroke]) -> list[_Stroke]:
    runs: list[_Stroke] = []
    for stroke in line:
        if runs and stroke.start - runs[-1].end <= max(_TOUCHING, stroke.thickness):
            end = max(runs[-1].end, stroke.end)
            runs[-1] = runs[-1]._replace(end=end, drawn=runs[-1].drawn + stroke.drawn)
        else:
            runs.append(stroke)
    return runs


def _dashes(runs: Sequence[_Stroke]) -> set[int]:
    """The numbers of those that stand in a long row with equal gaps."""
    gaps = [after.start - before.end for before, after in pairwise(runs)]
    found: set[int] = set()
    first = 0
    for number in range(1, len(gaps) + 1):
        if number == len(gaps) or abs(gaps[number] - gaps[first]) > _EVEN:
            if number - first + 1 >= _DASHES:
                found.update(range(first, number + 1))
            first = number
    return found


def _no_bars(strokes: Sequence[_Stroke]) -> Iterator[_Stroke]:
    sizes = Counter((round(stroke.start, 1), round(stroke.end, 1)) for stroke in strokes)
    return (stroke for stroke in strokes if sizes[round(stroke.start, 1), round(stroke.end, 1)] < _BARS)
