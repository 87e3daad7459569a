"""The cells of a table by their columns, those that go over several columns or rows among them (HTML, 4.9.12), and those of
the XML of Excel 2003, which names the column behind cells that are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FIGURES = re.compile(r"\s*0{0,5}([0-9]{1,5})")
_MOST_COLUMNS, _MOST_ROWS = 100, 1000
"""Over which one cell goes; of the columns of a row so many are looked at."""
_LAST_COLUMN = 16_384


@dataclass
class Grid:
    """`rows` by column: what was put into each cell."""

    rows: list[dict[int, list[int]]] = field(default_factory=list)
    _next: int = 0
    _covered: dict[int, int] = field(default_factory=dict)
    """Columns that a cell of a row above takes, and in how many rows, this one among them."""

    def add_row(self) -> None:
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._next = 0
        self.rows.append({})

    def add_merged(self, said: Mapping[str, str]) -> None:
        """A cell of Excel: `index` is its column, from 1, the others say over how many more it goes."""
        if column := _spanned(said.get("index", "0"), _LAST_COLUMN):
            self._next = max(column - 1, self._next)
        across, down = (
            str(_spanned(said.get(name, "0"), most) + 1)
            for name, most in (("mergeacross", _MOST_COLUMNS), ("mergedown", _MOST_ROWS))
        )
        self.add_cell(across, down)

    def add_cell(self, columns: str, rows: str) -> None:
        """A cell that goes over so many, as its attributes say."""
        if not self.rows:
            self.add_row()
        while self._covered.get(self._next, 0) > 0:
            self._next += 1
        width, height = _spanned(columns, _MOST_COLUMNS) or 1, _spanned(rows, _MOST_ROWS)
        self.rows[-1][self._next] = []
        if height != 1 and self._next < _MOST_COLUMNS:
            taken = range(self._next, min(self._next + width, _MOST_COLUMNS))
            self._covered.update(dict.fromkeys(taken, height or _MOST_ROWS))
        self._next += width

    def put(self, block: int) -> None:
        """Into the last cell, if there is one."""
        if self.rows and self.rows[-1]:
            self.rows[-1][next(reversed(self.rows[-1]))].append(block)


def _spanned(said: str, most: int) -> int:
    figures = _FIGURES.match(said)
    return min(int(figures[1]), most) if figures else 1
