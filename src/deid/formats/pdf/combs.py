"""Boxes for one character each, as forms have them for names and addresses: what stands in a row of them is one word.

Figures alone may be answers or days as well, and what they are together is told by how many they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from deid.formats.pdf.grids import TOUCHING, Grid
from deid.formats.pdf.seeing import Box

_LEAST, _FILLED, _WIDEST, _ALIKE = 3, 2, 60.0, 1.0  # boxes, those that hold something; points


def rows_of(grid: Grid, filled: Collection[Box]) -> Iterator[list[Box]]:
    """Boxes of a grid that hold one character each and stand beside one another, as wide; where others stand right
    above or below them they are cells of columns."""
    taken: set[Box] = set()
    for box in sorted(filled, key=lambda box: box.left):
        if box in taken or box.size[0] > _WIDEST:
            continue
        row = [box, *_beside(grid, box, 1)]
        held = [one for one in row if one in filled]
        taken.update(held)
        count = len(row) + sum(1 for _ in _beside(grid, box, -1))
        if count >= _LEAST and len(held) >= _FILLED and not any(_is_of_column(grid, one) for one in row):
            yield held


def _beside(grid: Grid, box: Box, step: int) -> Iterator[Box]:
    """The boxes to the right, or to the left, as far as they are alike."""
    while True:
        width = box.right - box.left
        edge = box.right if step > 0 else box.left
        found = grid.cell(edge + step * width / 2, (box.bottom + box.top) / 2)
        if found is None or found == box or abs(found.right - found.left - width) > _ALIKE:
            return
        if abs(found.bottom - box.bottom) > TOUCHING or abs(found.top - box.top) > TOUCHING:
            return
        yield found
        box = found


def _is_of_column(grid: Grid, box: Box) -> bool:
    height, middle = box.top - box.bottom, (box.left + box.right) / 2
    near = (grid.cell(middle, box.top + height / 2), grid.cell(middle, box.bottom - height / 2))
    return any(
        found is not None and abs(found.left - box.left) < _ALIKE and abs(found.right - box.right) < _ALIKE
        for found in near
    )
