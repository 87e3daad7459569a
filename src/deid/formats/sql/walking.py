"""A dump as rows of tables and texts, each with a name of its own: the same in every passage, reading or writing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from typing import NamedTuple, TextIO

from deid.formats.plain import lines, paragraphs
from deid.formats.sql.dialects import Dialect
from deid.formats.sql.naming import columns_in, tables_in
from deid.formats.sql.places import Place, copied_places, places_of
from deid.formats.sql.scanning import Kind, Piece, pieces
from deid.formats.tables import Labels
from deid.grammar.fieldnames import of_whom

LabelsOf = Callable[[str], tuple[str, ...]]
"""What a column is called, by its name."""
_MOST_HEADS = 10_000
"""Beginnings of statements that are remembered; more are texts as any."""
_BEYOND = 10_000
"""No table has so many columns: those of values for which a statement names none."""
_LABEL = re.compile(r"[^\s(（:：,，;；、|/【\[]{1,20}")
"""What a comment calls a column: 性别 of 性别：0男 1女."""


@dataclass
class Table:
    """`comments` are what the dump says of its columns. `rows` counts those so far, of all statements."""

    number: int
    columns: list[str] = field(default_factory=list)
    name: str = ""
    comments: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    _labels: Labels | None = None

    @property
    def labels(self) -> Labels:
        if self._labels is None:
            self._labels = {
                n: _labels_of(name, self.comments, self.columns, self.name)
                for n, name in enumerate(self.columns)
            }
        return self._labels

    def comment(self, name: str, comment: str) -> None:
        if found := _LABEL.match(comment):
            self.comments[name.casefold()] = found[0]
            self._labels = None

    def order(self, names: Sequence[str]) -> tuple[int, ...]:
        """The numbers of columns, of which new ones are added."""
        known = {name.casefold(): number for number, name in enumerate(self.columns)}
        order: list[int] = []
        for name in names:
            number = known.setdefault(name.casefold(), len(self.columns))
            if number == len(self.columns) or number in order:
                number = len(self.columns)
                self.columns.append(name)
                self._labels = None
            order.append(number)
        return tuple(order)


def _labels_of(name: str, comments: dict[str, str], beside: Collection[str], table: str) -> tuple[str, ...]:
    """What a column is called, by what the dump says of it, or by those beside it and its table."""
    comment = comments.get(name.casefold(), "")
    return (name, comment) if comment and comment != name else of_whom(name, beside, table)


class Text(NamedTuple):
    """What is no row. One that is not new stood there before, and is edited as it was there."""

    raw: str
    source: str
    line: int
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """Values in their places, which are looked for when somebody asks; those of no table stand in another statement.

    `name` is what the sources of its values begin with, `order` the columns of a statement that names them.
    """

    raw: str
    kind: Kind
    name: str
    number: int
    line: int
    table: Table | None = None
    order: tuple[int, ...] = ()

    def places(self, dialect: Dialect) -> Iterator[Place]:
        if self.kind == "bytes":
            return iter((Place(0, len(self.raw), "literal", 0),))
        found = copied_places(self.raw) if self.kind == "copied" else places_of(self.raw, dialect)
        return map(self._ordered, found) if self.order else found

    def _ordered(self, place: Place) -> Place:
        order, column = self.order, place.column
        return place._replace(column=order[column] if column < len(order) else _BEYOND + column)


class Walk:
    """Goes through a dump once."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._tables: dict[str, Table] = {}
        self._count = 0
        self._heads: dict[str, int] = {}
        self._table, self._order = Table(0), tuple[int, ...]()
        self._orders: dict[str, tuple[Table, tuple[int, ...]]] = {}
        self._last_line = self._values = 0
        self._comments: dict[str, str] = {}

    def units(self, handle: TextIO, lost: Counter[str]) -> Iterator[Text | Row]:
        for piece in pieces(handle, self._dialect):
            if piece.kind == "text":
                yield from self._texts(piece, lost)
            elif piece.kind == "head":
                yield from self._head(piece, lost)
            elif piece.kind in ("row", "copied"):
                yield self._row(piece)
            elif piece.kind == "bytes":
                self._values += 1
                yield Row(piece.raw, "bytes", f"value:{self._values}", 0, piece.line)
            else:
                self._describe(piece)

    def labels_in(self, text: str) -> LabelsOf:
        """What columns are called in a text that is no row: by others that it names, and by its tables. One that names no
        table goes on with what is done with the rows before it."""
        called = tables_in(text)
        tables = [self._tables[name] for name in called if name in self._tables] if called else [self._table]
        beside = [*columns_in(text), *chain.from_iterable(table.columns for table in tables)]
        name = called[0] if called else self._table.name
        comments = {key: said for table in tables for key, said in table.comments.items()}
        return lambda column: _labels_of(column, comments if tables else self._comments, beside, name)

    def _texts(self, piece: Piece, lost: Counter[str]) -> Iterator[Text]:
        first = max(piece.line, self._last_line + 1)  # several texts may stand in one line
        numbered = enumerate(lines(StringIO(piece.raw, newline=""), lost), first)
        for number, text in paragraphs(self._counted(numbered)):
            yield Text(text, f"line:{number}", piece.line + number - first)

    def _counted(self, numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        for number, text in numbered:
            self._last_line = number
            yield number, text

    def _head(self, piece: Piece, lost: Counter[str]) -> Iterator[Text]:
        if piece.raw not in self._orders:
            table = self._tables.get(piece.table) or self._new_table(piece.table)
            if len(self._orders) >= _MOST_HEADS:
                self._orders.clear()
            self._orders[piece.raw] = table, table.order(piece.columns)
        self._table, self._order = self._orders[piece.raw]
        is_new = piece.raw not in self._heads
        if is_new and len(self._heads) >= _MOST_HEADS:
            yield from self._texts(piece, lost)
            return
        number = self._heads.setdefault(piece.raw, len(self._heads))
        yield Text(piece.raw, f"head:{number}", piece.line, is_new)

    def _row(self, piece: Piece) -> Row:
        table, number = self._table, self._table.rows
        table.rows += 1
        name = f"{table.number}:{number}"
        return Row(piece.raw, piece.kind, name, number, piece.line, table, self._order)

    def _describe(self, piece: Piece) -> None:
        if piece.kind == "table":
            table = self._new_table(piece.table)
            table.order(piece.columns)
        else:
            table = self._tables.get(piece.table) or self._new_table(piece.table)
        for name, comment in zip(piece.columns, piece.comments, strict=True):
            table.comment(name, comment)
        self._comments.update(table.comments)

    def _new_table(self, name: str) -> Table:
        self._count += 1
        table = self._tables[name] = Table(self._count, name=name)
        self._orders.clear()
        return table
