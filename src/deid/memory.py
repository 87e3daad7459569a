"""What was found in the cells of a table, for cells that recur.

Each column has its own share of the room, and one in which hardly anything recurs (telephone
numbers, addresses) gives it back, so that the columns in which much does keep theirs.
"""

from __future__ import annotations

from deid.types import Entity

Read = tuple[str, tuple[str, ...]]
"""Text and labels: all by which a cell is read."""

_LONGEST = 48
"""Characters of a text that may recur."""
_PER_COLUMN, _IN_ALL = 20_000, 60_000
_TRIAL = 2_000
"""Cells after which a column is judged."""
_RARELY = 100
"""One in so many must have recurred."""

Found = tuple[Entity, ...]


class Memory:
    """Entities by text and labels, of bounded size."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], _Column] = {}
        self._room = _IN_ALL

    def get(self, read: Read) -> Found | None:
        """What was found in such a cell, or None where it was not kept."""
        text, labels = read
        column = self._columns.get(labels)
        found = column.found.get(text) if column else None
        if column and found is not None:
            column.recurred += 1
        return found

    def put(self, read: Read, found: Found) -> None:
        """Keep it, if there is room and cells of the column recur."""
        text, labels = read
        if len(text) > _LONGEST or not self._room:
            return
        column = self._columns.get(labels)
        if column is None:
            column = self._columns[labels] = _Column()
        if column.is_closed or len(column.found) >= _PER_COLUMN:
            return
        column.found[text] = found
        self._room -= 1
        if len(column.found) == _TRIAL and column.recurred * _RARELY < _TRIAL:
            self._room += len(column.found)
            column.found.clear()
            column.is_closed = True


class _Column:
    __slots__ = ("found", "is_closed", "recurred")

    def __init__(self) -> None:
        self.found: dict[str, Found] = {}
        self.recurred = 0
        self.is_closed = False
