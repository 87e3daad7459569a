"""SQLite databases: every row, and every name and literal of the schema; written into a new file.

So no free page and no journal holds what was there. Indexes of texts and of places (FTS, R-trees) are built anew; binary values
that deid cannot read become empty, and are counted. Statistics go. A row whose number (`rowid`, or its key) is
somebody's gets another one, and is counted: what refers to it in columns cannot be known, and views that refer to
hidden numbers are refused. Generated columns and views hold nothing, but are read as what they give back.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import count
from typing import Any

from deid.errors import UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.files import Held
from deid.formats.joining import table_views
from deid.formats.members import Member, note_lost
from deid.formats.numbers import plain_number
from deid.formats.options import Options
from deid.formats.sqlite.opening import connect, serialized
from deid.formats.sqlite.origins import traced, view_values
from deid.formats.sqlite.schema import LONG, comments, quoted, rewritten
from deid.formats.sqlite.tables import Schema, Table, rows_of, schema_of
from deid.formats.sqlite.texts import Encodings, Repaired
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.tables import keyed
from deid.types import Cell, Document, TextBlock, splice

_OF_ROW = re.compile("[0-9]+:[0-9]+:-1")
"""The source of the hidden number of a row."""
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def read(path: str, ref: str, options: Options) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when damaged or encrypted, UnsupportedDocument for virtual tables that
    are no search index.
    """
    details: dict[str, Any] = stamp(path, ref) | {"options": options, "encodings": _encodings(path, ref)}
    with _opened(path, ref, details) as database:
        schema = schema_of(database, ref)
        removed: Counter[str] = Counter(comment=sum(comments(sql) for _, sql in schema.statements))
        removed["search index"] = sum(table.external == "" for table in schema.tables)
        for table in schema.tables:
            for row, values in enumerate(rows_of(database, table, ref)):
                for column, value in enumerate(values[1:]):
                    if isinstance(value, bytes) and value:
                        member = _member(value, table, row, column, ref, options)
                        removed.update(member.removed if member.document else {"embedded file": 1})
                    removed["broken text"] += isinstance(value, Repaired)
    return Document(
        ref, "sqlite", path, partial(_blocks, path, ref, details), details | {"removed": dict(+removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Raises UnwritableDocument where a key or a constraint does not allow what stands for a value."""
    check_unchanged(document.path, document.details, document.ref)
    with _opened(document.path, document.ref, document.details) as database:
        schema = schema_of(database, document.ref)
        with closing(
            sqlite3.connect(":memory:" if isinstance(path, Held) else path, isolation_level=None)
        ) as target:
            try:
                _prepare(database, target)
                _fill(database, target, schema, document, edits)
            except sqlite3.DatabaseError:
                raise UnwritableDocument(
                    f"{document.ref}: a key or constraint of the database does not allow what stands for a value",
                    hint="choose an operator that keeps values apart, such as label or surrogate",
                ) from None
            if isinstance(path, Held):
                path.content = serialized(target)


def _encodings(path: str, ref: str) -> Encodings:
    """Those of all its texts."""
    found = Encodings()
    with closing(connect(path, ref, found.note)) as database:
        for table in schema_of(database, ref).tables:
            for _ in rows_of(database, table, ref):
                pass
    return found


def _opened(path: str, ref: str, details: Mapping[str, Any]) -> closing[sqlite3.Connection]:
    encodings: Encodings = details["encodings"]
    return closing(connect(path, ref, lambda content: encodings.decoded(content, ref)))


def _prepare(database: sqlite3.Connection, target: sqlite3.Connection) -> None:
    for name in ("page_size", "encoding"):
        value = database.execute(f"PRAGMA {name}").fetchone()[0]
        target.execute(f"PRAGMA {name} = {quoted(str(value))}")
    for name in ("user_version", "application_id"):
        target.execute(f"PRAGMA {name} = {int(database.execute(f'PRAGMA {name}').fetchone()[0])}")
    for setting in (
        "journal_mode = OFF",
        "synchronous = OFF",
        "temp_store = MEMORY",
        "ignore_check_constraints = ON",
    ):
        target.execute(f"PRAGMA {setting}")


def _fill(
    database: sqlite3.Connection,
    target: sqlite3.Connection,
    schema: Schema,
    document: Document,
    edits: Mapping[str, Sequence[Edit]],
) -> None:
    lost: Counter[str] = Counter()
    called = schema.names.called(edits)
    tables = {table.name for table in schema.tables}
    target.execute("BEGIN")
    for kind, sql in schema.statements:
        if kind == "table":
            target.execute(rewritten(sql, called, tables))
    for table in schema.tables:
        name = called.name(table.name)
        if table.external is None:
            columns = [called.name(column) for column in table.columns]
            columns = ([table.rowid] if table.rowid else []) + columns
            marks = ", ".join("?" * len(columns))
            rows = _written(database, table, document, edits, lost)
            target.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)
    if schema.refers_to_rows and any(_OF_ROW.fullmatch(source) for source in edits):
        raise UnwritableDocument(
            f"{document.ref}: a view of the database refers to numbers of rows that are somebody's"
        )
    for table in schema.tables:
        if table.external:
            name = called.name(table.name)
            target.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
    for kind, sql in schema.statements:
        if kind != "table":
            target.execute(rewritten(sql, called, tables))
    target.execute("COMMIT")
    note_lost(document, lost)


def _written(
    database: sqlite3.Connection,
    table: Table,
    document: Document,
    edits: Mapping[str, Sequence[Edit]],
    lost: Counter[str],
) -> Iterator[list[Any]]:
    free, marks = _free_numbers(database, table), count(1)
    given: set[int] = set()
    """Those of rows that had others."""
    for row, values in enumerate(rows_of(database, table, document.ref)):
        new = [
            _new(value, table, row, column, document, edits, lost) if value is not None else None
            for column, value in enumerate(values[1:])
        ]
        for column in table.unique:
            if new[column] == b"" and values[1 + column]:
                new[column] = next(marks).to_bytes(8, "big")  # what was left out was something of its own
        if table.key >= 0 and new[table.key] != values[1 + table.key]:
            new[table.key] = _own_number(new[table.key], given, free)
            lost["row number"] += 1
        if table.rowid:
            number = values[0]
            if changes := edits.get(_source(table, row, -1)):
                text = splice(_shown(abs(number)), changes)
                number = _own_number(int(text) if _INTEGER.fullmatch(text) else text, given, free)
                lost["row number"] += 1
            new.insert(0, number)
        yield new


def _own_number(number: object, given: set[int], free: Iterator[int]) -> int:
    """`number`, where it is one that no row got before it, else one that is free: the number of a row is nothing else."""
    if not isinstance(number, int) or number in given:
        number = next(free)
    given.add(number)
    return number


def _free_numbers(database: sqlite3.Connection, table: Table) -> Iterator[int]:
    """Numbers that no row has; the least, since the one behind the last would tell it."""
    name = quoted(table.columns[table.key]) if table.key >= 0 else table.rowid
    sql = f"SELECT 1 FROM {quoted(table.name)} WHERE {name} = ?"
    for number in count(1):
        if database.execute(sql, (number,)).fetchone() is None:
            yield number


def _new(
    value: Any,
    table: Table,
    row: int,
    column: int,
    document: Document,
    edits: Mapping[str, Sequence[Edit]],
    lost: Counter[str],
) -> Any:
    if isinstance(value, bytes):
        member = _member(value, table, row, column, document.ref, document.details["options"])
        data = member.written(edits, lost) if value and member.document else b""
        lost["withheld file"] += data is None
        return data or b""
    changes = edits.get(_source(table, row, column))
    if not changes:
        return str(value) if isinstance(value, str) else value
    text = splice(_shown(value), changes)
    return int(text) if isinstance(value, int) and _INTEGER.fullmatch(text) else text


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    with _opened(path, ref, details) as database:
        schema = schema_of(database, ref)
        for text, source in schema.names.items():
            yield TextBlock(source, text, "schema")
        yield from schema.names.reckoned()
        views = (view for _, sql in schema.statements for view in schema.names.together(sql))
        yield from {view.id: view for view in views}.values()  # statements say the same again
        for table in schema.tables:
            above: dict[int, TextBlock] = {}
            for row, values in enumerate(rows_of(database, table, ref, reckoned=True)):
                if table.rowid and len(number := _shown(abs(values[0]))) >= LONG:
                    yield TextBlock(_source(table, row, -1), number, f"table {table.number} row {row + 1}")
                cells: dict[int, TextBlock] = {}
                for block in _row(table, row, values[1:], ref, details["options"]):
                    if block.table and block.table.sheet == f"table {table.number}":
                        cells[block.table.column] = block
                    yield block
                yield from table_views(cells, above)
                yield from _reckoned(table, row, values[1 + len(table.columns) :], cells)
                above = cells
        for view_number, (view, columns) in enumerate(schema.views, 1):
            for place, column in enumerate(columns, 1):
                for nth, value in enumerate(view_values(database, view, column, ref)):
                    if (said := _said(value)).strip():
                        where = f"view {view_number} column {place}"
                        yield TextBlock(f"view {view_number}:{place}:{nth}", said, where, (column,))


def _row(table: Table, row: int, values: Sequence[Any], ref: str, options: Options) -> Iterator[TextBlock]:
    """Files that are in it, then its cells; these stand in the table."""
    cells: dict[int, TextBlock] = {}
    members: dict[int, Member] = {}
    for column, value in enumerate(values[: len(table.columns)]):
        where = _where(table, row, column)
        if isinstance(value, bytes):
            member = _member(value, table, row, column, ref, options)
            if kept := member.text(where) if value else None:
                cells[column] = kept
            elif value and member.document:
                members[column] = member
        elif value is not None and _shown(value).strip():
            cells[column] = TextBlock(_source(table, row, column), _shown(value), where)
    texts = [(n, cell.text) for n, cell in cells.items() if isinstance(values[n], (str, bytes))]
    labels = keyed(table.called, texts)
    for column, member in members.items():
        yield from member.labelled(_where(table, row, column), labels[column])
    for column, cell in cells.items():
        place = Cell(f"table {table.number}", row, column)
        yield TextBlock(cell.id, cell.text, cell.where, labels[column], place, cell.segments)


def _reckoned(
    table: Table, row: int, values: Sequence[Any], cells: Mapping[int, TextBlock]
) -> Iterator[TextBlock]:
    """Values of generated columns, over the cells of which they are made."""
    for place, ((name, made_of), value) in enumerate(zip(table.reckoned, values, strict=True)):
        if value is not None and (text := _said(value)).strip():
            column = len(table.columns) + place
            block = TextBlock(_source(table, row, column), text, _where(table, row, column), (name,))
            yield traced(block, [cells[one] for one in made_of if one in cells])


def _said(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else _shown(value)


def _source(table: Table, row: int, column: int) -> str:
    return f"{table.number}:{row}:{column}"


def _where(table: Table, row: int, column: int) -> str:
    return f"table {table.number} row {row + 1} column {column + 1}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else plain_number(str(value))


def _member(value: bytes, table: Table, row: int, column: int, ref: str, options: Options) -> Member:
    return Member(value, "", _source(table, row, column) + ":", ref, options)
