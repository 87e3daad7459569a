"""Lines that meet on a page, as those of a table do, and what stands between four of them, or between gaps."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from deid.formats.pdf.content import Surface
from deid.formats.pdf.seeing import Box, around
from deid.formats.pdf.unruled import unruled

TOUCHING = 3.0
"""Points: so near to one another lines meet."""
_SAME, _JOINED, _SHORTEST = 1.0, 2.0, 3.0  # points: lines at one place, pieces of one line, and a line
_MOST, _MOST_WITH_GAPS = 2_000, 20  # lines in a direction: more are a drawing; grids with gaps


class _Rule(NamedTuple):
    """A level or an upright line: where it is, and from where to where it goes."""

    place: float
    start: float
    end: float


class Grid:
    """Lines that meet; the upright ones may be gaps between what stands there, `is_drawn` where they are none."""

    def __init__(self, level: Sequence[_Rule], upright: Sequence[_Rule], *, is_drawn: bool = True) -> None:
        self.is_drawn = is_drawn
        self._level, self._upright = sorted(level), sorted(upright)
        self.box = around(
            [
                *(Box(start, y, end, y) for y, start, end in level),
                *(Box(x, start, x, end) for x, start, end in upright),
            ]
        )

    def cell(self, x: float, y: float) -> Box | None:
        """What is between the nearest lines; on one side at most there may be none."""
        if not self.box.holds(x, y):
            return None
        left, right = _around(self._upright, x, y)
        bottom, top = _around(self._level, y, x)
        found = (left, bottom, right, top)
        if sum(place is None for place in found) > 1:
            return None
        return Box(*(edge if place is None else place for place, edge in zip(found, self.box, strict=True)))


def grids_of(surface: Surface) -> list[Grid]:
    """Those of a page, the smallest first, then those with gaps, and those of gaps alone."""
    level, upright = (_joined(lines) for lines in _lines(surface))
    if max(len(level), len(upright)) > _MOST:
        return []
    groups = _Groups(len(level) + len(upright))
    for number, (x, start, end) in enumerate(upright, len(level)):
        first = bisect_left(level, (start - TOUCHING,))
        for other in range(first, len(level)):
            y, left, right = level[other]
            if y > end + TOUCHING:
                break
            if left - TOUCHING <= x <= right + TOUCHING:
                groups.join(number, other)
    parts: dict[int, tuple[list[_Rule], list[_Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate((*level, *upright)):
        parts[groups.of(number)][number >= len(level)].append(rule)
    grids = [Grid(*some) for some in parts.values() if all(len(lines) > 1 for lines in some)]
    grids.sort(key=lambda grid: grid.box.size[0] * grid.box.size[1])
    alone = [rule for some, others in parts.values() if not others for rule in some]
    return [*grids, *_with_gaps(surface, [*alone, *_edges(surface)]), *_without_lines(surface)]


def _without_lines(surface: Surface) -> Iterator[Grid]:
    for across, up in unruled(surface):
        level = [_Rule(y, across[0], across[-1]) for y in up]
        yield Grid(level, [_Rule(x, up[-1], up[0]) for x in across], is_drawn=False)


def _edges(surface: Surface) -> list[_Rule]:
    """Upper and lower ones of what is painted behind the rows of a table."""
    boxes = [ground.box for ground in surface.grounds[:_MOST] if min(ground.box.size) > TOUCHING]
    return _joined(_Rule(y, box.left, box.right) for box in boxes for y in (box.bottom, box.top))


def _with_gaps(surface: Surface, level: Sequence[_Rule]) -> Iterator[Grid]:
    """Between lines that begin and end together, columns by the gaps between what stands there."""
    alike: dict[tuple[int, int], list[_Rule]] = defaultdict(list)
    for rule in level:
        alike[round(rule.start / TOUCHING), round(rule.end / TOUCHING)].append(rule)
    places = list(_places_of(surface)) if alike else []
    for rules in islice(alike.values(), _MOST_WITH_GAPS):
        bottom, top = min(rules).place, max(rules).place
        left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
        gaps = list(_gaps(places, Box(left, bottom, right, top))) if top - bottom > TOUCHING else []
        if gaps:
            upright = [_Rule(x, bottom, top) for x in (left, *gaps, right)]
            yield Grid(rules, upright, is_drawn=False)


def _places_of(surface: Surface) -> Iterator[tuple[float, float, float]]:
    """From where to where characters stand on a page, and how high."""
    for show in surface.shows:
        across, _ = show.direction
        for glyph, (x, y) in zip(show.glyphs, show.corners(), strict=True) if across > 0 else ():
            if glyph.text.strip():
                yield x, x + glyph.advance * across, y


def _gaps(places: Iterable[tuple[float, float, float]], box: Box) -> Iterator[float]:
    """Where within a box no character stands, from top to bottom."""
    filled = sorted((start, end) for start, end, y in places if box.holds(start, y))
    reached = filled[0][1] if filled else 0.0
    for start, end in filled:
        if start - reached > TOUCHING:
            yield (reached + start) / 2
        reached = max(reached, end)


def _around(rules: Sequence[_Rule], place: float, along: float) -> tuple[float | None, float | None]:
    """Where the nearest lines before and behind a place are."""
    at = bisect_left(rules, (place,))
    before = (rules[number] for number in range(at - 1, -1, -1))
    behind = (rules[number] for number in range(at, len(rules)))
    first, last = (
        next((rule.place for rule in some if rule.start <= along <= rule.end), None)
        for some in (before, behind)
    )
    return first, last


def _lines(surface: Surface) -> tuple[list[_Rule], list[_Rule]]:
    """The level lines and the upright ones, those around rectangles among them."""
    level, upright = ([_Rule(*line) for line in some] for some in surface.strokes.lines())
    for left, bottom, right, top in surface.frames:
        level += (_Rule(bottom, left, right), _Rule(top, left, right))
        upright += (_Rule(left, bottom, top), _Rule(right, bottom, top))
    return level, upright


def _joined(lines: Iterable[_Rule]) -> list[_Rule]:
    """The lines at each place, without gaps between their pieces."""
    found = []
    for place, some in _places(lines):
        start, end = some[0][1:]
        for rule in some[1:]:
            if rule.start > end + _JOINED:
                found.append(_Rule(place, start, end))
                start = rule.start
            end = max(end, rule.end) if rule.start <= end + _JOINED else rule.end
        found.append(_Rule(place, start, end))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _places(lines: Iterable[_Rule]) -> Iterator[tuple[float, list[_Rule]]]:
    """Lines that are at one place, from where they begin."""
    run: list[_Rule] = []
    for rule in sorted(lines):
        if run and rule.place - run[0].place > _SAME:
            yield run[0].place, sorted(run, key=itemgetter(1))
            run = []
        run.append(rule)
    if run:
        yield run[0].place, sorted(run, key=itemgetter(1))


class _Groups:
    """Numbers that are joined to groups."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        self._above[self.of(one)] = self.of(other)
