"""Paths that are taken out of content streams: outlines that may be letters, where no OCR is there to read them;
and codes of bars and squares, which say a number as letters do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array

from deid.formats.codes import Box, in_codes
from deid.formats.outlines import NO_RECTANGLE
from deid.formats.pdf.content import Matrix, Operation, matrix_of, times
from deid.formats.pdf.seeing import box_around
from deid.formats.pdf.strokes import LONGEST_STROKE, is_pattern, may_be_stroke

_MOVING = frozenset({"m", "re"})
_DRAWING = frozenset({"l", "c", "v", "y"})
_CLIPPING = frozenset({"W", "W*"})
_PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_COLOURING = frozenset({"g", "rg", "k", "sc", "scn"})
_LARGEST_LETTER = 300.0
"""Points: an outline that is larger is a frame or the curve of a chart."""
_STRAIGHT = 0.1  # points


@dataclass(slots=True)
class _Outline:
    """A part of a path: the numbers of its operations, and its points on the page."""

    numbers: list[int] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    pieces: int = 0
    colour: str = ""

    def may_be_letter(self) -> bool:
        if not self.pieces:
            return may_be_stroke(box_around(self.points))  # a rectangle
        size = max(extent for _, extent in _extents(self.points))
        return size < LONGEST_STROKE or (self.pieces >= NO_RECTANGLE and size < _LARGEST_LETTER)

    def box(self, number: int) -> Box | None:
        """The rectangle or line that it is, if it is one."""
        if len(self.points) < 2 or self.pieces >= NO_RECTANGLE:
            return None
        (left, width), (bottom, height) = _extents(self.points)
        edges = ((x - left, left + width - x, y - bottom, bottom + height - y) for x, y in self.points)
        if all(min(a, b) < _STRAIGHT and min(c, d) < _STRAIGHT for a, b, c, d in edges):
            return Box(number, left, bottom, width, height, self.colour)
        return None


@dataclass(slots=True)
class _Path:
    """Outlines, and the number of the operation that paints them."""

    outlines: list[_Outline] = field(default_factory=list)
    own_points: list[tuple[float, float]] = field(default_factory=list)
    clips: bool = False
    end: int = 0

    @property
    def numbers(self) -> list[int]:
        return [number for outline in self.outlines for number in outline.numbers]

    def frame(self) -> Operation:
        """The rectangle around all of it."""
        (left, width), (bottom, height) = _extents(self.own_points)
        return Operation([left, bottom, width, height], "re")


def draws_glyph(operations: Sequence[Operation]) -> bool:
    """Whether a stream draws a glyph of a font, and no page."""
    return any(operation.operator in ("d0", "d1") for operation in operations[:2])


def without_letters(operations: Sequence[Operation], ctm: Matrix) -> tuple[list[Operation], int]:
    """The operations, each in its place, and how many paths are gone; of one that clips the frame is left."""
    kept, lost = list(operations), 0
    for index, operation in enumerate(operations):
        if operation.operator == "INLINE IMAGE":
            kept[index] = Operation([], "")
            lost += 1
    for path in _paths(operations, ctm):
        if any(outline.may_be_letter() for outline in path.outlines):
            lost += 1
            kept[path.end] = Operation([], "n")
            for number in path.numbers:
                kept[number] = Operation([], "")
            if path.clips:
                kept[path.numbers[0]] = path.frame()
    return kept, lost


def without_codes(operations: Sequence[Operation], ctm: Matrix) -> tuple[list[Operation], int]:
    """The same of codes; the count is that of their bars and squares."""
    paths = [path for path in _paths(operations, ctm) if not path.clips]
    outlines = [outline for path in paths for outline in path.outlines]
    boxes = (outline.box(number) for number, outline in enumerate(outlines))
    found = in_codes(box for box in boxes if box is not None)
    kept = list(operations)
    gone = {number for index in found for number in outlines[index].numbers}
    for number in gone:
        kept[number] = Operation([], "")
    for path in paths:
        if gone.issuperset(path.numbers):
            kept[path.end] = Operation([], "n")
    return kept, len(found)


def without_patterns(operations: Sequence[Operation]) -> tuple[list[Operation], int]:
    """The same with solid lines for dashes of many sizes, which may be rows of pixels; how often there were such."""
    kept, lost = list(operations), 0
    for index, (operands, operator) in enumerate(operations):
        if operator == "d" and is_pattern(operands):
            kept[index] = Operation([Array(), 0], "d")
            lost += 1
    return kept, lost


def _paths(operations: Sequence[Operation], ctm: Matrix) -> Iterator[_Path]:
    stack: list[tuple[Matrix, str]] = []
    path, colour = _Path(), ""
    for index, (operands, operator) in enumerate(operations):
        try:
            if operator == "q":
                stack.append((ctm, colour))
            elif operator == "Q" and stack:
                ctm, colour = stack.pop()
            elif operator == "cm":
                ctm = times(matrix_of(operands), ctm)
            elif operator in _COLOURING:
                colour = " ".join(map(str, operands))
            elif operator in _MOVING or operator in _DRAWING:
                _add(path, index, operator, operands, ctm, colour)
            elif operator == "h" and path.outlines:
                path.outlines[-1].numbers.append(index)
            elif operator in _CLIPPING:
                path.clips = True
            elif operator in _PAINTING:
                path.end = index
                if path.outlines:
                    yield path
                path = _Path()
        except (ValueError, TypeError, IndexError):
            continue  # as the interpreter does


def _add(path: _Path, index: int, operator: str, operands: Sequence[Any], ctm: Matrix, colour: str) -> None:
    values = [float(value) for value in operands]
    if operator == "re":
        values = [values[0], values[1], values[0] + values[2], values[1] + values[3]]
    points = list(zip(values[::2], values[1::2], strict=True))
    if operator in _MOVING or not path.outlines:
        path.outlines.append(_Outline(colour=colour))
    a, b, c, d, e, f = ctm
    outline = path.outlines[-1]
    outline.numbers.append(index)
    outline.points += [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    outline.pieces += operator in _DRAWING
    path.own_points += points


def _extents(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Where the points begin, and how far they reach, across and down."""
    for values in zip(*points, strict=True):
        yield min(values), max(values) - min(values)
