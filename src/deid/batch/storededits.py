"""The edits of a large file, which shares of it left in the journal: read again as they are asked for.

Rows that can be written by themselves are left there as they are written; what is edited within them is seldom asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from deid.batch.journal import Journal, Record
from deid.formats.edits import Edit, Piece, merged
from deid.formats.rows import TableRow
from deid.link.packed import Index
from deid.pages import Pages
from deid.types import Strip

_AT_HAND = 4
"""Parts that are kept. Whoever writes asks for sources in about the order in which they were read."""
_ROW = re.compile(r"(.*!)[A-Z]{1,3}([0-9]+)")
"""What the source of a cell begins with; the number of its row."""

_NOTHING: tuple[list[Any], dict[str, list[int]], list[str]] = [], {}, []

Part = dict[str, list[tuple[Edit, int]]]


def noted_edits(name: str, part: int, strips: Sequence[Strip], pieces: Iterable[Piece]) -> Iterator[Record]:
    """What is edited in a chunk, for the journal."""
    edits: Part = {}
    for source, edit, length in pieces:
        edits.setdefault(source, []).append((edit, length))
    whole = {source: merged(some) for source, some in edits.items()}
    rows: dict[str, dict[int, bytes]] = {}
    own: set[str] = set()
    for _, blocks in strips:
        if isinstance(blocks, TableRow) and (alone := blocks.alone):
            own.add(f"{alone.sheet}{alone.number}")
            written = alone.written(whole)
            if written is not None:
                rows.setdefault(alone.sheet, {})[alone.number] = written
    within, others, torn = [], [], set[str]()
    for source, some in edits.items():
        found = [(source, *edit, length) for edit, length in some]
        row = _ROW.match(source)
        if row and int(row[2]) in rows.get(row[1], ()):
            within += found
            continue
        others += found
        if row and f"{row[1]}{row[2]}" not in own:
            torn.add(f"{row[1]}{row[2]}")
    told = {sheet: list(some) for sheet, some in rows.items()}
    yield "edits", name, (others, told, sorted(torn)), part
    yield "within", name, within, part
    yield "rows", name, rows, part


class StoredEdits(Mapping[str, tuple[Edit, ...]]):
    """Source → its edits, as `formats.edits` gives them. In which parts each source has some lies in `pages`."""

    def __init__(self, journal: Journal, name: str, pages: Pages | None = None) -> None:
        self._journal, self._name, self._pages = journal, name, pages
        self._numbers = range(journal.last("edits", name) + 1)
        self._others, self._rows, self._torn = Index(pages), Index(pages), Index(pages)
        for number in self._numbers:
            others, rows, torn = journal.part("edits", name, number) or _NOTHING
            for source in dict.fromkeys(piece[0] for piece in others):
                self._others.add(source, number)
            for sheet, numbers in rows.items():
                for row in numbers:
                    self._rows.add(f"{sheet}{row}", number)
            for row in torn:
                self._torn.add(row, number)
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        self._written: tuple[int, Mapping[str, Mapping[int, bytes]]] = -1, {}

    def row(self, sheet: str, number: int) -> bytes | None:
        """A row as it is written, by what the sources of its sheet begin with; None where that must be worked out."""
        called = f"{sheet}{number}"
        parts = self._rows.get(called)
        if len(parts) != 1 or called in self._torn:
            return None
        if parts[0] != self._written[0]:
            self._written = parts[0], self._journal.part("rows", self._name, parts[0])
        return self._written[1][sheet].get(number)

    @cached_property
    def _parts(self) -> Index:
        """The parts in which there are edits of a source, whether of a row that is written or not."""
        parts = Index(self._pages)
        for number in self._numbers:
            for source in self._load(number):
                parts.add(source, number)
        return parts

    def _load(self, number: int) -> Part:
        part: Part = {}
        others, *_ = self._journal.part("edits", self._name, number) or _NOTHING
        within = self._journal.part("within", self._name, number) or ()
        for source, start, end, text, length in (*others, *within):
            part.setdefault(source, []).append((Edit(start, end, text), length))
        return part

    def get(self, source: str, default: Any = None) -> Any:
        """The edits of a source; those that are asked for one after the other stand in one part."""
        parts = self._parts if _ROW.match(source) else self._others
        pieces = [piece for number in parts.get(source) for piece in self._part(number).get(source, ())]
        return merged(pieces) if pieces else default

    def __getitem__(self, source: str) -> tuple[Edit, ...]:
        found: tuple[Edit, ...] | None = self.get(source)
        if found is None:
            raise KeyError(source)
        return found

    def __contains__(self, source: object) -> bool:
        return isinstance(source, str) and self.get(source) is not None

    def __iter__(self) -> Iterator[str]:
        """The sources, in the order of parts; one of two parts comes with the first."""
        for number in self._numbers:
            for source in self._part(number):
                if self._parts.get(source)[0] == number:
                    yield source

    def __len__(self) -> int:
        return len(self._parts.numbers())
