"""What was found in the cells of a table, for cells that recur.

Each column has its own share of the room, and one in which hardly anything recurs (telephone
numbers, addresses) gives it back, so that the columns in which much does keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from deid.detection.columns import Columns
from deid.types import FIRST_ROWS, Entity, TextBlock

Read = tuple[str, tuple[str, ...]]
"""Text and labels: all by which a cell is read."""

Kept = TypeVar("Kept")
Found = tuple[Entity, ...]

_LONGEST = 48
"""Characters of a text that may recur."""
_PER_COLUMN, _IN_ALL = 20_000, 40_000
_TRIAL = 2_000
"""Cells after which a column is judged."""
_RARELY = 100
"""One in so many must have recurred."""


class Recurring(Generic[Kept]):
    """Something kept of cells, by text and labels, of bounded size."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], Column[Kept]] = {}
        self._room = _IN_ALL

    def column(self, labels: tuple[str, ...]) -> Column[Kept]:
        """What was kept of cells with these labels."""
        column = self._columns.get(labels)
        if column is None:
            column = self._columns[labels] = Column()
        return column

    def get(self, read: Read) -> Kept | None:
        """What was kept of such a cell, or None."""
        text, labels = read
        column = self._columns.get(labels)
        return column.get(text) if column else None

    def put(self, read: Read, kept: Kept) -> None:
        """Keep it, if there is room and cells of the column recur."""
        text, labels = read
        if len(text) > _LONGEST or not self._room:
            return
        column = self.column(labels)
        if column.is_closed or len(column.found) >= _PER_COLUMN:
            return
        self._room -= text not in column.found
        column.found[text] = kept
        if len(column.found) == _TRIAL and column.recurred * _RARELY < _TRIAL:
            self._room += len(column.found)
            column.found.clear()
            column.is_closed = True


class Column(Generic[Kept]):
    """What was kept of the cells of a column, by text, and how often one recurred."""

    __slots__ = ("found", "is_closed", "recurred")

    def __init__(self) -> None:
        self.found: dict[str, Kept] = {}
        self.recurred = 0
        self.is_closed = False

    def get(self, text: str) -> Kept | None:
        """What was kept of such a cell, or None."""
        found = self.found.get(text)
        if found is not None:
            self.recurred += 1
        return found


class Memory:
    """The entities of cells that may recur, and what columns are."""

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns
        self.entities: Recurring[Found] = Recurring()

    def takes(self, block: TextBlock) -> bool:
        """Whether a block belongs to the cells by which its column is judged; it is counted then."""
        if self._columns is None or block.table is None or not _is_cell(block):
            return False
        wanted = judges(block.table.row) and self._columns.wants(block.labels)
        if wanted:
            self._columns.take(block.labels)
        return wanted

    def learn(self, read: Read, found: Found) -> None:
        """Note what was found in such a cell."""
        if self._columns is not None:
            self._columns.learn(*read, found)

    def judged(self, block: TextBlock, found: Found) -> Found:
        """What a cell holds in which this was found, as its column says: no names among things, no cards among figures."""
        if self._columns is None or block.table is None:
            return found
        return self._columns.judged(block.text, block.labels, found)

    def tell(self, block: TextBlock) -> Found | None:
        """What a cell holds, if its column says so."""
        return self.tell_texts([block.text], block.labels)[0] if _is_cell(block) else None

    def tell_texts(self, texts: Sequence[str], labels: tuple[str, ...]) -> Sequence[Found | None]:
        """The same of cells of a column that are no blocks yet."""
        return self._columns.tell_many(texts, labels) if self._columns else [None] * len(texts)


def judges(row: int) -> bool:
    """Whether columns are judged by cells of that row."""
    return row < FIRST_ROWS


def _is_cell(block: TextBlock) -> bool:
    return block.table is not None and not block.search_only and not block.segments
