"""Rows of large tables: the texts of their cells are at hand, blocks and the views over them are made when somebody asks.

Of a million rows most hold nothing but cells of which the column, or one that is alike, says all;
to make a block of each takes longer than to ask that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol, overload

from deid.formats.edits import Edit
from deid.formats.joining import may_have_views, table_views
from deid.formats.tables import Labels
from deid.formats.views import searched
from deid.types import Cell, TextBlock


class Names(NamedTuple):
    """What cells are called, by row and column: `id` and `where` of their blocks."""

    id: Callable[[int, int], str]
    where: Callable[[int, int], str]


class Cells:
    """The cells of a row that are not empty. `labels` go by column; `names` are those of the sheet."""

    __slots__ = ("columns", "labels", "names", "row", "sheet", "texts")

    def __init__(
        self, texts: Sequence[str], columns: Sequence[int], labels: Labels, sheet: str, row: int, names: Names
    ) -> None:
        self.texts, self.columns, self.labels = texts, columns, labels
        self.sheet, self.row, self.names = sheet, row, names

    def block(self, index: int) -> TextBlock:
        """A cell as a block."""
        column = self.columns[index]
        return TextBlock(
            self.names.id(self.row, column),
            self.texts[index],
            self.names.where(self.row, column),
            self.labels.get(column, ()),
            Cell(self.sheet, self.row, column),
        )

    @property
    def last(self) -> int:
        """The index of the cell that stands last in the row, -1 where there is none."""
        last = len(self.columns) - 1
        rightmost = max(self.columns, default=0)
        while last > 0 and self.columns[last] != rightmost:
            last -= 1
        return last

    def blocks(self) -> dict[int, TextBlock]:
        """All of them, by column."""
        return {column: self.block(index) for index, column in enumerate(self.columns)}


class Editable(Protocol):
    """A row as it stands in a file."""

    def edited(self, changes: Mapping[int, Sequence[Edit]]) -> str:
        """It with the changes of its cells, by column."""

    def packed(self) -> Any:
        """The row as lists and strings."""


Done = Callable[[str, int], bytes | None]
"""What is written in place of a row that somebody else took care of, by what the sources of its sheet begin with, and
its number; None for the others."""


class Alone(Protocol):
    """A row of a sheet that can be written by itself, unless an edit of a block beyond it changes something in it."""

    sheet: str
    """What the sources of its cells begin with."""
    number: int

    def written(self, edits: Mapping[str, Sequence[Edit]]) -> bytes | None:
        """It with edits by source; None where it can not."""


class TableRow(Sequence[TextBlock]):
    """The blocks of a row: its cells, then the views over them and the row `above`."""

    def __init__(
        self,
        cells: Cells,
        above: Cells | None,
        record: Editable | None = None,
        alone: Alone | None = None,
    ) -> None:
        self.cells = cells
        self._above = above
        self.record = record
        """The row as it stands in its file, of a table that is nothing but rows."""
        self.alone = alone
        """The same, of one that is more."""

    @cached_property
    def is_plain(self) -> bool:
        """Whether it has no views but the one in which only what is certain is looked for."""
        above = self._above
        cells = self.cells
        return not may_have_views(
            cells.texts,
            cells.columns,
            cells.labels,
            dict(zip(above.columns, above.texts, strict=True)) if above else {},
            above.labels if above else {},
        )

    @cached_property
    def across(self) -> str:
        """The text of that view of a plain row, '' where there is none."""
        parts = self.cells.texts
        if self._above and self._above.texts:
            parts = [self._above.texts[self._above.last], *parts]
        return "\t".join(parts) if len(parts) > 1 else ""

    def across_block(self) -> TextBlock:
        """That view."""
        cells = [self.cells.block(index) for index in range(len(self.cells.texts))]
        if self._above and self._above.texts:
            cells.insert(0, self._above.block(self._above.last))
        return searched(cells)

    @cached_property
    def _blocks(self) -> list[TextBlock]:
        cells = self.cells.blocks()
        above: Mapping[int, TextBlock] = self._above.blocks() if self._above else {}
        return [*cells.values(), *table_views(cells, above)]

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> TextBlock: ...
    @overload
    def __getitem__(self, index: slice) -> list[TextBlock]: ...
    def __getitem__(self, index: int | slice) -> TextBlock | list[TextBlock]:
        return self._blocks[index]
