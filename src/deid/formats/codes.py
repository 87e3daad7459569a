"""Bar codes and codes of squares (ISO/IEC 15417, 16388, 18004) among the rectangles of a drawing.

What they say is on every label of a hospital: the number of the record, of the sample, of the patient.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

_BARS, _APART, _NARROW, _UNEVEN = 18, 12.0, 10, 1.3
"""A code has so many bars, no farther apart than that or so many of the narrowest, and of their distances a quarter is
so many times as large as another quarter: those of a grid, as of a temperature chart, are nearly all alike."""
_SQUARES, _ROWS, _LEAST, _SIDE = 80, 15, 0.3, 12.0
"""And so many squares, or runs of them, in so many rows of such a height."""
_SMALL, _SMALL_ROWS = 30, range(10, 18)
"""Or so many of a small code: Data Matrix from ten rows on, Micro QR from eleven."""
_WIDEST = 180
"""The largest QR code has 177 squares in a row."""
_COLOURS, _RUNS = 4, 3
"""Squares of more colours are a heat map where no more runs of them stand in a row, but for a few rows."""
_FINDER = tuple(
    frozenset(
        (row, column)
        for row in range(7)
        for column in range(7)
        if max(abs(row - 3), abs(column - 3)) in sizes
    )
    for sizes in ((0, 1, 3), (2,))
)
"""What is dark and what is light in the corners of a QR code."""
_FINDER_SIDE, _CORNERS = 7, 3
Cell = tuple[int, int]
"""Row and column."""


class Box(NamedTuple):
    """A rectangle, in points; `number` says whose, `colour` is however the drawing names it."""

    number: int
    left: float
    bottom: float
    width: float
    height: float
    colour: str = ""


def in_codes(boxes: Iterable[Box]) -> set[int]:
    """The numbers of the rectangles that are part of a code.

    >>> bars = [Box(n, 3.0 * n + (n * n % 5) / 2, 9, 1, 30) for n in range(40)]
    >>> len(in_codes(bars)), len(in_codes(bar._replace(left=3.0 * bar.number) for bar in bars))
    (40, 0)
    """
    boxes = list(boxes)
    if len(boxes) < _BARS:
        return set()
    turned = [
        Box(number, bottom, left, height, width, colour)
        for number, left, bottom, width, height, colour in boxes
    ]
    return {box.number for some in (boxes, turned) for box in (*_bars(some), *_squares(some))}


def in_tables(looks: Mapping[Cell, Hashable]) -> set[Cell]:
    """The cells of a table that draw a QR code: those of one look stand as in its corners.

    >>> corner = {(y, x): max(abs(y - 3), abs(x - 3)) == 2 for y in range(7) for x in range(7)}
    >>> len(in_tables(corner)), len(in_tables(corner | {(3, 3): True}))
    (49, 0)
    """
    same: dict[Hashable, set[Cell]] = defaultdict(set)
    for cell, look in looks.items():
        same[look].add(cell)
    found: set[Cell] = set()
    dark, light = _FINDER
    for cells in same.values():
        corners = [
            (row, column)
            for row, column in cells
            if not any((row + y, column + x) in cells for y, x in light)
            and all((row + y, column + x) in cells for y, x in dark)
        ]
        for some in _codes(corners, cells):
            (top, bottom), (left, right) = ((min(side), max(side)) for side in zip(*some, strict=True))
            more = _FINDER_SIDE if len(some) > 1 else _WIDEST
            found.update(
                (row, column)
                for row, column in looks
                if top <= row < bottom + more and left <= column < right + more
            )
    return found


def _codes(corners: Sequence[Cell], cells: Collection[Cell]) -> Iterable[Sequence[Cell]]:
    """The corners of each code. All are taken for one unless every code has its three."""
    parts = []
    for some in _apart(corners, cells, axis=0):
        top, bottom = some[0][0], some[-1][0] + _FINDER_SIDE
        parts += _apart(some, [cell for cell in cells if top <= cell[0] < bottom], axis=1)
    return parts if all(len(part) >= _CORNERS for part in parts) else [corners]


def _apart(corners: Iterable[Cell], cells: Iterable[Cell], *, axis: int) -> list[list[Cell]]:
    """Corners in order, parted where a row or a column between them has none of the cells."""
    taken = {cell[axis] for cell in cells}
    parts: list[list[Cell]] = []
    for corner in sorted(corners, key=itemgetter(axis)):
        if parts and taken.issuperset(range(parts[-1][-1][axis], corner[axis])):
            parts[-1].append(corner)
        else:
            parts.append([corner])
    return parts


def _bars(boxes: Sequence[Box]) -> Iterator[Box]:
    """Of bars that stand side by side, of one height."""
    rows: dict[tuple[float, float], list[Box]] = defaultdict(list)
    for box in boxes:
        if box.width < box.height:
            rows[round(box.bottom), round(box.height)].append(box)
    for row in rows.values():
        apart = max(_APART, _NARROW * min(box.width for box in row))
        run: list[Box] = []
        for box in sorted(row, key=lambda box: box.left):
            if run and box.left - run[-1].left > apart:
                yield from run if _is_bar_code(run) else ()
                run = []
            run.append(box)
        yield from run if _is_bar_code(run) else ()


def _is_bar_code(run: Sequence[Box]) -> bool:
    if len(run) < _BARS:
        return False
    apart = sorted(after.left - before.left for before, after in pairwise(run))
    return apart[3 * len(apart) // 4] >= _UNEVEN * apart[len(apart) // 4]


def _squares(boxes: Sequence[Box]) -> Iterator[Box]:
    """Of squares, or runs of them, in many rows of one height, close together."""
    heights: dict[float, list[Box]] = defaultdict(list)
    for box in boxes:
        if _LEAST <= box.height <= _SIDE and _is_run_of_squares(box):
            heights[round(box.height, 1)].append(box)
    for height, some in heights.items():
        rows = {round(box.bottom / height) for box in some}
        if len(some) < _SMALL or _share_of_neighbours(rows) < 0.9:
            continue
        cells = _cells(some, height)
        if len(some) >= _SQUARES and len(rows) >= _ROWS:
            yield from () if _is_heat_map(some, cells) else some
        elif len(rows) in _SMALL_ROWS and (_has_finder(cells) or _has_border(cells)):
            yield from some


def _is_run_of_squares(box: Box) -> bool:
    """And no cell of a table, nor a line at its side."""
    count = box.width / box.height
    return 0.9 < count < _WIDEST and abs(count - round(count)) < 0.1


def _share_of_neighbours(rows: set[int]) -> float:
    return sum(row + 1 in rows for row in rows) / len(rows)


def _cells(boxes: Sequence[Box], side: float) -> set[tuple[int, int]]:
    """Row and column of each square, in squares from the lowest and the leftmost."""
    left, bottom = min(box.left for box in boxes), min(box.bottom for box in boxes)
    return {
        (round((box.bottom - bottom) / side), round((box.left - left) / side) + number)
        for box in boxes
        for number in range(round(box.width / side))
    }


def _is_heat_map(boxes: Sequence[Box], cells: set[tuple[int, int]]) -> bool:
    """Whether squares have many colours, and stand side by side as those of no code do; a code may stand beside a map."""
    runs = Counter(row for row, column in cells if (row, column - 1) not in cells)
    broken = sum(count > _RUNS for count in runs.values())
    return len({box.colour for box in boxes}) > _COLOURS and broken < _SMALL_ROWS.start


def _has_finder(cells: set[tuple[int, int]]) -> bool:
    """Whether a corner shows three squares in one another, by which readers find QR codes."""
    rows, columns = (max(numbers) + 1 for numbers in zip(*cells, strict=True))
    dark, light = _FINDER
    return any(
        all((row + y, column + x) in cells for y, x in dark)
        and not any((row + y, column + x) in cells for y, x in light)
        for row in (0, rows - 7)
        for column in (0, columns - 7)
    )


def _has_border(cells: set[tuple[int, int]]) -> bool:
    """Whether two sides that meet are solid and the others broken, as those of Data Matrix (ISO/IEC 16022)."""
    rows, columns = (max(numbers) + 1 for numbers in zip(*cells, strict=True))
    sides = [[(row, column) in cells for row in range(rows)] for column in (0, columns - 1)]
    sides += [[(row, column) in cells for column in range(columns)] for row in (0, rows - 1)]
    (left, right), (low, high) = sorted(sides[:2], key=all), sorted(sides[2:], key=all)
    return all(right) and all(high) and _alternates(left) and _alternates(low)


def _alternates(side: Sequence[bool]) -> bool:
    return sum(one != after for one, after in pairwise(side)) >= len(side) - 2
