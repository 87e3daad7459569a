"""The rows of a large table as they are to stand in the output, which shares of it left in the journal.

A chunk is one text but for its last row: a value that goes on in the first row of the next chunk, of which
another worker takes care, is edited in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from deid.batch.journal import Journal
from deid.formats.delimited import Record
from deid.formats.edits import Edit, Piece, merged
from deid.formats.rows import TableRow
from deid.types import Strip

Some = list[tuple[int, int, int, str, int]]
"""Edits of a row: column, start, end, text, and the length of the whole value."""
_Columns = dict[int, list[tuple[Edit, int]]]
"""The same by column."""


def edited_rows(strips: Sequence[Strip], pieces: Iterable[Piece]) -> Any:
    """A chunk for the journal: what is edited in the row before it, its rows but the last, that row, and what is edited there."""
    rows = [(number, row.record) for number, row in strips if isinstance(row, TableRow) and row.record]
    found: dict[int, _Columns] = {}
    for source, edit, length in pieces:
        row, _, column = source.partition(":")
        found.setdefault(int(row), {}).setdefault(int(column), []).append((edit, length))
    *others, (last, record) = rows
    texts = [other.edited(_changes(found.pop(number, {}))) for number, other in others]
    own = _some(found.pop(last, {}))
    before = [piece for columns in found.values() for piece in _some(columns)]
    return before, "".join(texts), record.packed(), own


def stored_rows(journal: Journal, name: str) -> Iterator[str]:
    """The text of all chunks."""
    packed, own = None, Some()
    for number in range(journal.last("edits", name) + 1):
        before, text, *last = journal.part("edits", name, number)
        if packed is not None:
            yield _edited(packed, [*own, *before])
        yield text
        packed, own = last
    if packed is not None:
        yield _edited(packed, own)


def _some(columns: _Columns) -> Some:
    return [(column, *edit, length) for column, some in columns.items() for edit, length in some]


def _edited(packed: Any, found: Some) -> str:
    columns: _Columns = {}
    for column, start, end, text, length in found:
        columns.setdefault(column, []).append((Edit(start, end, text), length))
    return Record.of(packed).edited(_changes(columns))


def _changes(columns: _Columns) -> dict[int, Sequence[Edit]]:
    return {column: merged(some) for column, some in columns.items()}
