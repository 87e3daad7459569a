"""What generated columns and columns of views are made of: they hold nothing, and give back what others hold.

So columns are called, beside their own name, as the views call them (SELECT c2 AS 病案号), and a value of a generated
column is traced to the cells of its row. What can be traced to none is looked for in the output before it is published.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deid.errors import UnsupportedDocument
from deid.formats.sqlite.schema import name_of, quoted, tokens_of
from deid.formats.views import through
from deid.types import Segment, TextBlock

_LONGEST = 2_000
"""Characters of a value that is traced."""
_LEAST = 2
"""Characters of a cell that say that a value is made of it."""
_STEPS, _MOST_STEPS = 1_000_000, 1_000
Pair = tuple[str, str]
"""Names in small letters: of a column, and what a view calls it."""


def traced(block: TextBlock, cells: Iterable[TextBlock]) -> TextBlock:
    """The block of a value that is reckoned, over the cells of which it is made."""
    if len(block.text) > _LONGEST:
        return block
    cells = [cell for cell in cells if len(cell.text) >= _LEAST]
    for cell in cells:
        if len(block.text) >= _LEAST and (start := cell.text.find(block.text)) >= 0:
            return replace(block, segments=tuple(through(cell, start, start + len(block.text), 0)))
    cells.sort(key=lambda cell: -len(cell.text))
    segments, place, known = list[Segment](), 0, 0
    while place < len(block.text):
        part = next((cell for cell in cells if block.text.startswith(cell.text, place)), None)
        if part:
            segments += _own(block, known, place)
            segments += through(part, 0, len(part.text), place)
            known = place + len(part.text)
        place = known if part else place + 1
    return replace(block, segments=(*segments, *_own(block, known, place))) if known else block


def _own(block: TextBlock, start: int, end: int) -> Iterator[Segment]:
    """What stands between the cells, which nobody can write."""
    if start < end:
        yield Segment(start, end, block.id, start)


def referred(sql: str) -> Mapping[str, frozenset[str]]:
    """Columns of a table → the columns that stand in their definitions; all names in small letters."""
    found = {}
    for item in _items(tokens_of(sql), "("):
        names = [name.casefold() for one in item if (name := name_of(one))]
        if names:
            found[names[0]] = frozenset(names[1:])
    return found


def called_in(sql: str, columns: Sequence[str]) -> Iterator[Pair]:
    """The names that a view, which has these columns, gives to those of its tables."""
    tokens = tokens_of(sql)
    for place, token in enumerate(tokens[:-1]):
        if token[0].lower() == "as" and (new := name_of(tokens[place + 1])):
            before = place - 1
            while before > 0 and tokens[before][0] == ")":
                before -= 1
            if before >= 0 and (old := name_of(tokens[before])):
                yield old.casefold(), new
    for items in _selected(tokens):
        for item, new in zip(items, columns, strict=True) if len(items) == len(columns) else ():
            yield from ((old.casefold(), new) for one in item if (old := name_of(one)))


def mentioned(sql: str) -> frozenset[str]:
    return frozenset(name.casefold() for one in tokens_of(sql) if (name := name_of(one)))


def _items(tokens: Sequence[re.Match[str]], opening: str) -> Iterator[list[re.Match[str]]]:
    """What stands between commas within the first bracket."""
    depth, item = 0, list[re.Match[str]]()
    for token in tokens:
        depth += (token[0] == "(") - (token[0] == ")")
        if not depth and item:
            break
        if token[0] == "," and depth == 1:
            yield item
            item = []
        elif depth > 1 or (depth == 1 and token[0] != "("):
            item.append(token)
    yield item


def _selected(tokens: Sequence[re.Match[str]]) -> Iterator[list[list[re.Match[str]]]]:
    """The columns of each SELECT that is not within brackets."""
    depth, items, reads = 0, list[list[re.Match[str]]](), False
    for token in tokens:
        depth += (token[0] == "(") - (token[0] == ")")
        word = "" if depth else token[0].lower()
        if word == "select":
            items, reads = [[]], True
        elif reads and word in ("from", "union", "except", "intersect", ";", "where", "limit", "order"):
            yield items
            reads = False
        elif reads and word == ",":
            items.append([])
        elif reads:
            items[-1].append(token)
    if reads:
        yield items


def view_columns(database: sqlite3.Connection, name: str, ref: str) -> tuple[str, ...]:
    """None of a view whose tables are no more."""
    return tuple(row[1] for row in _asked(database, f"PRAGMA table_xinfo({quoted(name)})", ref))


def view_values(database: sqlite3.Connection, name: str, column: str, ref: str) -> Iterator[Any]:
    """Each that a column of a view has, once."""
    sql = f"SELECT DISTINCT {quoted(column)} FROM {quoted(name)}"
    yield from (row[0] for row in _asked(database, sql, ref) if row[0] is not None)


def _asked(database: sqlite3.Connection, sql: str, ref: str) -> Iterator[Any]:
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
    try:
        yield from database.execute(sql).fetchall()
    except sqlite3.DatabaseError as error:
        if not re.match("no such (?:table|column|view)", str(error)):
            raise UnsupportedDocument(f"{ref}: a view of the database cannot be worked out") from None
    finally:
        database.set_progress_handler(None, 0)
