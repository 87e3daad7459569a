"""Outlines that may be letters, taken out of content streams: where no OCR is there, nobody reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deid.formats.outlines import NO_RECTANGLE
from deid.formats.pdf.content import LONGEST_STROKE, Matrix, Operation, matrix_of, times

_MOVING = frozenset({"m", "re"})
_DRAWING = frozenset({"l", "c", "v", "y"})
_CLIPPING = frozenset({"W", "W*"})
_PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_LARGEST_LETTER = 300.0
"""Points: an outline that is larger is a frame or the curve of a chart."""


def draws_glyph(operations: Sequence[Operation]) -> bool:
    """Whether a stream draws a glyph of a font, and no page."""
    return any(operation.operator in ("d0", "d1") for operation in operations[:2])


def without_letters(operations: Sequence[Operation], ctm: Matrix) -> tuple[list[Operation], int]:
    """The operations, each in its place, and how many paths are gone; of one that clips the frame is left."""
    kept, lost = list(operations), 0
    stack: list[Matrix] = []
    path = _Path()
    for index, (operands, operator) in enumerate(operations):
        try:
            if operator == "q":
                stack.append(ctm)
            elif operator == "Q" and stack:
                ctm = stack.pop()
            elif operator == "cm":
                ctm = times(matrix_of(operands), ctm)
            elif operator == "INLINE IMAGE":
                kept[index] = Operation([], "")
                lost += 1
            elif operator in _MOVING or operator in _DRAWING:
                path.add(index, operator, operands, ctm)
            elif operator in _CLIPPING:
                path.clips = True
            elif operator in _PAINTING:
                if path.may_be_letters():
                    lost += 1
                    kept[index] = Operation([], "n")
                    for number in path.numbers:
                        kept[number] = Operation([], "")
                    if path.clips:
                        kept[path.numbers[0]] = path.frame()
                path = _Path()
        except (ValueError, TypeError, IndexError):
            continue  # as the interpreter does
    return kept, lost


class _Path:
    """Outlines while they are put together; `numbers` are those of the operations."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.clips = False
        self._points: list[tuple[float, float]] = []
        self._outlines: list[_Outline] = []

    def add(self, number: int, operator: str, operands: Sequence[Any], ctm: Matrix) -> None:
        self.numbers.append(number)
        values = [float(value) for value in operands]
        if operator == "re":
            values = [values[0], values[1], values[0] + values[2], values[1] + values[3]]
        points = list(zip(values[::2], values[1::2], strict=True))
        self._points += points
        if operator in _MOVING or not self._outlines:
            self._outlines.append(_Outline())
        a, b, c, d, e, f = ctm
        self._outlines[-1].points += [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        self._outlines[-1].pieces += operator in _DRAWING

    def may_be_letters(self) -> bool:
        return any(outline.may_be_letter() for outline in self._outlines)

    def frame(self) -> Operation:
        """The rectangle around all of it."""
        (left, width), (bottom, height) = _extents(self._points)
        return Operation([left, bottom, width, height], "re")


class _Outline:
    """A part of a path, on the page."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []
        self.pieces = 0

    def may_be_letter(self) -> bool:
        if not self.pieces:
            return False  # a rectangle
        size = max(extent for _, extent in _extents(self.points))
        return size < LONGEST_STROKE or (self.pieces >= NO_RECTANGLE and size < _LARGEST_LETTER)


def _extents(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Where the points begin, and how far they reach, across and down."""
    for values in zip(*points, strict=True):
        yield min(values), max(values) - min(values)
