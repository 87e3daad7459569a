"""What paths (SVG 2, 9.3) draw that are no letters: curves of charts, areas below them, bars with round corners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deid.formats.outlines import COMMAND, NO_RECTANGLE, NUMBER, OPERANDS

_LEAST_AREA, _LEAST_TURNS = 16, 8
"""What lies below a curve has so many corners, and its outline goes up and down so often."""
_LEAST_TRACE, _TILTED = 30, 0.02
_CORNERS = range(4, 10)
_LONG, _HEAD, _ASTRAY = 2_000, 400, 0.1  # characters; of the way
_LONGEST_BAR = 500  # characters
_LINES = re.compile(r"\s*M[^A-Za-z]*(?:L[^A-Za-z]*)*")
_LETTER = re.compile("[A-Za-z]")
_NEAR = 1e-3  # of the size: numbers are rounded

Point = tuple[float, float]


@dataclass(slots=True)
class Part:
    """What a path draws without lifting the pen: the ends of its lines and curves, and between them what pulls these."""

    points: list[Point] = field(default_factory=list)
    ends: list[Point] = field(default_factory=list)
    is_closed: bool = False
    has_curves: bool = False
    has_arcs: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, low, width, height."""
        across, up = zip(*self.points, strict=True)
        return min(across), min(up), max(across) - min(across), max(up) - min(up)


def parts_of_path(data: str) -> list[Part]:
    """The parts of a path; none of one that cannot be read.

    >>> [part.ends for part in parts_of_path("M1 1h2v3z m5 5l1 1")]
    [[(1.0, 1.0), (3.0, 1.0), (3.0, 4.0)], [(6.0, 6.0), (7.0, 7.0)]]
    """
    parts: list[Part] = []
    x = y = 0.0
    for command, operands in COMMAND.findall(data):
        kind, numbers = command.upper(), list(map(float, NUMBER.findall(operands)))
        if kind == "Z":
            if parts and parts[-1].ends:
                parts[-1].is_closed = True
                x, y = parts[-1].ends[0]
            continue
        size = OPERANDS.get(kind, 0)
        if not size or not numbers or len(numbers) % size:
            return []
        if kind != "M" and (not parts or parts[-1].is_closed):
            parts.append(Part([(x, y)], [(x, y)]))
        for place in range(0, len(numbers), size):
            left, low = (x, y) if command.islower() else (0.0, 0.0)
            some = numbers[place : place + size]
            if kind == "H":
                points = [(left + some[0], y)]
            elif kind == "V":
                points = [(x, low + some[0])]
            elif kind == "A":
                points = [(left + some[5], low + some[6])]
            else:
                points = [(left + a, low + b) for a, b in zip(some[::2], some[1::2], strict=True)]
            x, y = points[-1]
            if kind == "M" and not place:
                parts.append(Part())
            part = parts[-1]
            part.points += points
            part.ends.append((x, y))
            part.has_curves = part.has_curves or kind in "CSQTA"
            part.has_arcs = part.has_arcs or kind == "A"
    return [part for part in parts if len(part.ends) > 1]


def is_graph(data: str) -> bool:
    """Whether a path or list of points is the curve of a chart, or the area below one: it goes from left to right, with
    no step back. Strokes of letters turn, or are shorter.

    >>> is_graph("M0 9L1 8L2 8.5L3 4L4 7L5 6"), is_graph("M0 9L1 8L2 8.5L1 4L4 7L5 6")
    (True, False)
    """
    path = data if _LETTER.search(data) else f"M{data}"
    if len(path) > _LONG and not _begins_on(path):
        return False
    parts = parts_of_path(path)
    return bool(parts) and all(map(_goes_on, parts))


def is_bar(data: str) -> bool:
    """Whether a path is a rectangle, also with round corners, or an ellipse.

    >>> is_bar("M0 2A2 2 0 0 1 2 0L8 0A2 2 0 0 1 10 2L10 90L0 90Z"), is_bar("M0 0H9V3H3V9H0Z")
    (True, False)
    """
    parts = parts_of_path(data) if len(data) < _LONGEST_BAR else []
    return len(parts) == 1 and _is_box(parts[0])


def _goes_on(part: Part) -> bool:
    steps = [after - before for (before, _), (after, _) in pairwise(part.points)]
    if part.has_arcs:
        return False
    if not part.is_closed:
        rises, falls = (
            all(sign * step > 0 or (part.has_curves and not step) for step in steps) for sign in (1, -1)
        )
        return ((rises or falls) and len(steps) >= NO_RECTANGLE) or _is_trace(steps)
    if part.has_curves or len(steps) < _LEAST_AREA:
        return False
    ups = [after - before for (_, before), (_, after) in pairwise(part.points)]
    return _turns(steps) == 1 and _turns(ups) >= _LEAST_TURNS


def _begins_on(path: str) -> bool:
    """Whether a long path may be a graph by its first points; maps have millions that need not be read."""
    lines = _LINES.match(path[:_HEAD])
    across = list(map(float, NUMBER.findall(lines[0])[:-1:2])) if lines else []
    steps = [after - before for before, after in pairwise(across)]
    forward, back = sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)
    return not steps or min(forward, back) < _ASTRAY * max(forward, back)


def _is_trace(steps: Sequence[float]) -> bool:
    """Whether it is a long curve, as of a heart, that programs thinned: they leave peaks upright, and some a little tilted."""
    forward, back = sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)
    least, most = sorted((forward, back))
    return len(steps) >= _LEAST_TRACE and least < _TILTED * most and 2 * sum(map(bool, steps)) > len(steps)


def _turns(steps: Sequence[float]) -> int:
    signs = [step > 0 for step in steps if step]
    return sum(one != after for one, after in pairwise(signs))


def _is_box(part: Part) -> bool:
    """Whether all its lines and curves end at the sides of the rectangle around it."""
    left, low, width, height = part.box
    near = _NEAR * max(width, height)
    at_sides = all(min(x - left, left + width - x, y - low, low + height - y) <= near for x, y in part.ends)
    return part.is_closed and at_sides and len(part.ends) in _CORNERS
