"""Tables that a page makes of other elements: rows by their role or class, and what stands directly in them is their cells.

<div class="row"><span>姓名</span><span>电话</span></div>
<div class="row"><span>平安</span><span>138…</span></div>
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from deid.formats.markup.grid import Grid
from deid.formats.markup.tokens import Token
from deid.types import TextBlock

_ROW = re.compile(
    r"(?:[a-z0-9]+[-_]+)*(?:row|tr|(?:table|grid|list)[-_](?:head(?:er)?|title|line|item|row))", re.IGNORECASE
)
_IN_TABLES = re.compile(r"display\s*:\s*table-row\b", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LONGEST = 40
"""Characters of a cell; more are a column of the page."""
_FEWEST = 2
"""Rows of a table, and cells of a row."""


class Likeness:
    """Goes through the tags of a page with the cutter."""

    def __init__(self) -> None:
        self._grids: list[Grid] = []
        self._depth = 0
        self._inside = -1
        """How deep the cells of the row stand that is open, -1 where none is."""
        self._last = -1

    def bounds(self, token: Token) -> bool:
        """Whether a tag that comes next begins or ends a cell."""
        if self._inside < 0 or token.name in _VOID:
            return False
        return self._depth == self._inside + (token.kind == "close")

    def tag(self, token: Token, *, ends: bool, is_table: bool) -> None:
        """A tag; in a table of the page itself there are no others."""
        if ends or token.name in _VOID:
            return
        if token.kind == "close":
            self._depth = max(0, self._depth - 1)
            if self._depth < self._inside:
                self._inside = -1
            return
        if self._depth == self._inside:
            self._grids[-1].add_cell("", "")
        self._depth += 1
        if self._inside < 0 and not is_table and _is_row(token):
            self._inside = self._depth
            if self._inside != self._last:
                self._grids.append(Grid())
                self._last = self._inside
            self._grids[-1].add_row()

    def put(self, block: int) -> None:
        """Into the cell that is open, if there is one."""
        if 0 <= self._inside < self._depth:
            self._grids[-1].put(block)

    def tables(self, blocks: Sequence[TextBlock]) -> Iterator[Grid]:
        """Those that look like one: several rows of several short texts each."""
        for grid in self._grids:
            for is_one, rows in groupby(grid.rows, lambda row: _is_of_table(row, blocks)):
                table = Grid([*rows])
                if is_one and len(table.rows) >= _FEWEST:
                    yield table


def _is_of_table(row: Mapping[int, Sequence[int]], blocks: Sequence[TextBlock]) -> bool:
    cells = [cell for cell in row.values() if cell]
    are_short = all(len(cell) == 1 and len(blocks[cell[0]].text.strip()) <= _LONGEST for cell in cells)
    return are_short and len(cells) >= _FEWEST


def _is_row(token: Token) -> bool:
    said = {one.name: token.raw[one.start : one.end] for one in token.attributes}
    if said.get("role", "").strip().lower() == "row" or _IN_TABLES.search(said.get("style", "")):
        return True
    return any(map(_ROW.fullmatch, said.get("class", "").split()))
