"""Outlines of drawings, as far as they may be letters: text that was converted to paths, which nobody reads.

As of pages of PDF files (`pdf.content`): a part that draws enough for a name loses its outlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

NO_RECTANGLE = 5  # pieces of an outline
MANY_PIECES = 40
"""Outlines of so many may be letters: a name of three characters has more."""
_LEAST_AREA, _LEAST_TURNS = 16, 8
"""What lies below a curve has so many corners, and its outline goes up and down so often."""
_LEAST_TRACE, _TILTED = 30, 0.02
_LETTER = re.compile("[A-Za-z]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMAND = re.compile(r"([A-Za-z])([^A-DF-Za-df-z]*)")
_CURVE, _BEGUN = re.compile("[CcSsQqTtAa]"), re.compile("[Mm][^A-DF-Za-df-z]*[A-LN-Ya-ln-y]")
_OPERANDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def pieces_of_path(data: str) -> int:
    """What the outlines of a path (SVG 2, 9.3) are made of, but for lines and rectangles.

    >>> pieces_of_path("M0 0H9V9H0Z"), pieces_of_path("m 1,1 c 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2 2 3 3 z")
    (0, 5)
    """
    outlines = [0]
    for command, operands in _COMMAND.findall(data):
        count = len(_NUMBER.findall(operands)) // _OPERANDS.get(command.upper(), 2)
        if command in "Mm":
            outlines.append(max(count - 1, 0))
        elif command not in "Zz":
            outlines[-1] += count
    is_code = len(outlines) > MANY_PIECES  # of squares
    return sum(outlines) if is_code else sum(map(_counted, outlines))


def pieces_of_points(data: str) -> int:
    """The same of a list of points."""
    return _counted(len(_NUMBER.findall(data)) // 2 - 1)


def is_line(data: str) -> bool:
    """Whether a path or list of points is nothing but a line or a frame; in drawn text even 三 and ： are none.

    >>> is_line("M0 0H9V9H0Z M"), is_line("M0 0H9V9H0Z M0 20H9V29H0Z")
    (True, False)
    """
    numbers = len(_NUMBER.findall(data))
    return numbers < 2 * NO_RECTANGLE + 2 and not _CURVE.search(data) and len(_BEGUN.findall(data)) < 2


def is_graph(data: str) -> bool:
    """Whether a path or list of points is the curve of a chart, or the area below one: it goes from left to right, with
    no step back. Strokes of letters turn, or are shorter.

    >>> is_graph("M0 9L1 8L2 8.5L3 4L4 7L5 6"), is_graph("M0 9L1 8L2 8.5L1 4L4 7L5 6")
    (True, False)
    """
    parts = list(parts_of_path(data if _LETTER.search(data) else f"M{data}"))
    return bool(parts) and all(map(_goes_on, parts))


class Part(NamedTuple):
    """A part of a path: its points, those that pull its curves included."""

    points: list[tuple[float, float]]
    is_closed: bool = False
    is_curved: bool = False


def parts_of_path(data: str) -> Iterator[Part]:
    """The parts, each from where the pen is put down; none of a path with arcs or one that is damaged."""
    points: list[tuple[float, float]] = []
    curved = False
    x = y = 0.0
    for command, operands in _COMMAND.findall(data):
        kind, numbers = command.upper(), list(map(float, _NUMBER.findall(operands)))
        if kind == "Z":
            if points:
                yield Part(points, True, curved)
                x, y = points[0]
            points, curved = [], False
            continue
        size = _OPERANDS.get(kind, 0)
        if not size or kind == "A" or len(numbers) % size:
            return
        if kind == "M" and points:
            yield Part(points, False, curved)
            points, curved = [], False
        if kind != "M" and not points:
            points = [(x, y)]
        curved = curved or kind in "CSQT"
        left, low = (x, y) if command.islower() else (0.0, 0.0)
        for place in range(0, len(numbers), size):
            some = numbers[place : place + size]
            if kind == "H":
                points.append((left + some[0], y))
            elif kind == "V":
                points.append((x, low + some[0]))
            else:
                points += [(left + a, low + b) for a, b in zip(some[::2], some[1::2], strict=True)]
            x, y = points[-1]
            if command.islower():
                left, low = x, y
    if points:
        yield Part(points, False, curved)


def _goes_on(part: Part) -> bool:
    steps = [after - before for (before, _), (after, _) in pairwise(part.points)]
    if not part.is_closed:
        rises, falls = (
            all(sign * step > 0 or (part.is_curved and not step) for step in steps) for sign in (1, -1)
        )
        return ((rises or falls) and len(steps) >= NO_RECTANGLE) or _is_trace(steps)
    if part.is_curved or len(steps) < _LEAST_AREA:
        return False
    ups = [after - before for (_, before), (_, after) in pairwise(part.points)]
    return _turns(steps) == 1 and _turns(ups) >= _LEAST_TURNS


def _is_trace(steps: Sequence[float]) -> bool:
    """Whether it is a long curve, as of a heart, that programs thinned: they leave peaks upright, and some a little tilted."""
    forward, back = sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)
    least, most = sorted((forward, back))
    return len(steps) >= _LEAST_TRACE and least < _TILTED * most and 2 * sum(map(bool, steps)) > len(steps)


def _turns(steps: Sequence[float]) -> int:
    signs = [step > 0 for step in steps if step]
    return sum(one != after for one, after in pairwise(signs))


def _counted(pieces: int) -> int:
    return pieces if pieces >= NO_RECTANGLE else 0
