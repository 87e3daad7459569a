"""Texts of RTF that are read apart: the body, each header, note, property; their paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from deid.formats import fieldcodes
from deid.formats.accounts import is_nobody
from deid.formats.joining import line_views, table_views
from deid.formats.rtf.destinations import LABELS
from deid.formats.stacking import Upright
from deid.formats.tables import bare, labelled
from deid.formats.vocabulary import is_font, is_own_name, is_style
from deid.grammar.fieldnames import is_label
from deid.types import Cell, Segment, TextBlock

_MEASURE = re.compile(r"(?!.*[0-9]{8})[-+0-9.,;()\s]*")
_OWN_NAMES: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("fonttbl", "falt", "fname"), is_font),
    "stylesheet": is_style,
    **dict.fromkeys(("bkmkstart", "bkmkend"), is_own_name),
    "sv": lambda text: _MEASURE.fullmatch(text) is not None,
}
"""Kind of flow → whether a text of it is one of Word's own."""


@dataclass(slots=True)
class Piece:
    """A stretch of the file. `units` are its characters, raw and read; without `source` it stays.

    `fallback` is how many characters stand for one of Unicode (`\\uc`). Of a `picture`, `raw` is what
    stands before its data.
    """

    raw: str
    source: str = ""
    units: list[tuple[str, str]] = field(default_factory=list)
    fallback: int = 1
    picture: bytes = b""

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.units)


class Passage(NamedTuple):
    """A piece and whether it is hidden, deleted or inserted (tracked changes)."""

    piece: Piece
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False


@dataclass(slots=True)
class _Table:
    """A table while it is read: paragraphs of the cell, cells of the row, rows."""

    cell: list[int] = field(default_factory=list)
    row: list[list[int]] = field(default_factory=list)
    rows: list[list[list[int]]] = field(default_factory=list)

    def end(self, word: str, paragraph: int | None) -> None:
        self.cell += [] if paragraph is None else [paragraph]
        if word == "cell":
            self.row.append(self.cell)
            self.cell = []
        elif word == "row":
            self.rows.append(self.row)
            self.row, self.cell = [], []


@dataclass(slots=True)
class Flow:
    """`kind` is the word that begins it, empty for the body."""

    kind: str
    number: int
    in_table: bool = False
    paragraphs: list[list[Passage]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    _open: list[Passage] = field(default_factory=list)
    _label: list[Passage] = field(default_factory=list)  # of a list, before the open paragraph
    _labelled: dict[int, list[Passage]] = field(default_factory=dict)
    _table: _Table = field(default_factory=_Table)
    _nested: _Table = field(default_factory=_Table)

    def add(self, passage: Passage) -> None:
        self._open.append(passage)

    def continues(self, passage: Passage, fallback: int) -> bool:
        """Whether what follows a piece at once is part of it."""
        last = self._open[-1] if self._open else None
        return (
            last is not None
            and last.piece is passage.piece
            and last == passage
            and passage.piece.fallback == fallback
        )

    @property
    def text(self) -> str:
        """What was read since the last end of a paragraph."""
        return "".join(passage.piece.text for passage in self._open)

    def hide_symbol(self) -> bool:
        """A code of a field that shows a letter by its number says nothing any more; its result does."""
        shows = self.kind == "fldinst" and bool(fieldcodes.symbol_of(self.text))
        for passage in self._open if shows else ():
            passage.piece.units = []
        return shows

    def label(self, flow: Flow) -> None:
        """Note what stands before the paragraph that begins."""
        self._label = list(flow._open)

    def end(self, word: str = "par") -> None:
        """Of a paragraph, a cell or a row."""
        index = None
        if self._open:
            index = len(self.paragraphs)
            self.paragraphs.append(self._open)
            self._open = []
            if self._label:
                self._labelled[index] = self._label
        self._label = []
        if word.startswith("nest"):
            self._nested.end(word.removeprefix("nest"), index)
            return
        if word not in ("cell", "row") and not self.in_table:
            self._close()
            return
        self._table.end(word, index)

    def _close(self) -> None:
        for table in (self._table, self._nested):
            if table.rows:
                self.tables.append(table)
        self._table, self._nested = _Table(), _Table()

    def blocks(self) -> Iterator[TextBlock]:
        """Each paragraph in all its views, then what stands in several of them."""
        self.end()
        self._close()
        labels, places = self._labels(), self._places()
        in_tables = {one for table in self.tables for row in table.rows for cell in row for one in cell}
        firsts: dict[int, TextBlock] = {}
        before: TextBlock | None = None
        for index, passages in enumerate(self.paragraphs):
            names = labels.get(index, ())
            if before and before.text.rstrip()[-1:] in (":", "：") and is_label(bare(before.text)):
                names = (bare(before.text), *names)
            views = list(self._views(passages, index, names))
            if views:
                views[0] = replace(views[0], flow=f"flow:{self.number}", table=places.get(index))
            yield from views
            if not views:
                continue
            firsts[index] = views[0]
            if label := self._labelled.get(index):
                before_it = "".join(one.piece.text for one in label)
                if before_it[-1:].isalnum() and "." not in before_it and views[0].text[:1].isalnum():
                    yield from self._view([*label, *passages], f"{views[0].id}%", index, names)
            if before and index not in in_tables and not self.kind:
                yield from line_views(before, views[0])
            before = views[0] if index not in in_tables else None
        for table in self.tables:
            above: dict[int, TextBlock] = {}
            upright = Upright()
            for row in table.rows:
                cells = {
                    n: firsts[cell[0]] for n, cell in enumerate(row) if len(cell) == 1 and cell[0] in firsts
                }
                yield from table_views(cells, above)
                yield from upright.add(cells)
                above = cells
            yield from upright.end()

    def _places(self) -> dict[int, Cell]:
        """Where the paragraphs of tables stand; a row of one cell is there for the looks."""
        return {
            index: Cell(f"flow {self.number} table {number}", place, column)
            for number, table in enumerate(self.tables, 1)
            for place, row in enumerate(table.rows)
            if sum(map(bool, row)) > 1
            for column, cell in enumerate(row)
            for index in cell
        }

    def _labels(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        if self.kind in LABELS:
            texts = ("".join(one.piece.text for one in paragraph) for paragraph in self.paragraphs)
            return {n: LABELS[self.kind] for n, text in enumerate(texts) if not is_nobody(text.strip(" ;"))}
        for table in self.tables:
            for row, labels in labelled(table.rows, self._cells):
                for column, names in labels.items():  # a row may be shorter than the header
                    found.update(dict.fromkeys(row[column] if column < len(row) else (), names))
        return found

    def _cells(self, row: Sequence[Sequence[int]]) -> list[tuple[int, str]]:
        return [
            (n, "\n".join("".join(one.piece.text for one in self.paragraphs[i]) for i in cell))
            for n, cell in enumerate(row)
        ]

    def _views(self, passages: Sequence[Passage], index: int, labels: tuple[str, ...]) -> Iterator[TextBlock]:
        """With tracked changes accepted, with them rejected, without what is hidden."""
        seen: set[tuple[str, ...]] = set()
        for name, kept in (
            ("", [one for one in passages if not one.deleted]),
            ("-", [one for one in passages if not one.inserted]),
            ("+", [one for one in passages if not (one.deleted or one.hidden)]),
            ("^", [one for one in passages if not (one.inserted or one.hidden)]),
        ):
            sources = tuple(one.piece.source for one in kept)
            text = "".join(one.piece.text for one in kept)
            if sources in seen or not any(map(str.isalnum, text)) or self._is_own(text):
                continue
            seen.add(sources)
            yield from self._view(kept, f"flow:{self.number}:{index}{name}", index, labels)

    def _view(
        self, kept: Sequence[Passage], id: str, index: int, labels: tuple[str, ...]
    ) -> Iterator[TextBlock]:
        segments: list[Segment] = []
        place = 0
        for one in kept:
            size = len(one.piece.text)
            segments.append(Segment(place, place + size, one.piece.source))
            place += size
        text = "".join(one.piece.text for one in kept)
        where = f"{self.kind or 'paragraph'} {index + 1}"
        block = TextBlock(id, text, where, labels, None, tuple(segments))
        yield block
        if self.kind == "fldinst":
            yield from fieldcodes.joined(block)

    def _is_own(self, text: str) -> bool:
        own = _OWN_NAMES.get(self.kind)
        return own is not None and own(text.strip(" ;"))
