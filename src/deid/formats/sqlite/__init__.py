"""SQLite databases: every row, and every name and literal of the schema; written into a new file.

So no free page and no journal holds what was there. Search indexes (FTS) are built anew; binary values
that deid cannot read become empty, and are counted. Statistics go. A row whose hidden number (`rowid`) is
somebody's gets another one: what refers to it in columns cannot be known, and views that do are refused.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any

from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.files import Held
from deid.formats.joining import table_views
from deid.formats.members import Member, note_lost
from deid.formats.numbers import plain_number
from deid.formats.options import Options
from deid.formats.sqlite.opening import connect, serialized
from deid.formats.sqlite.schema import LONG, Names, comments, quoted, rewritten
from deid.formats.sqlite.texts import Encodings, Repaired
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.tables import keyed
from deid.types import Cell, Document, TextBlock, splice

_SEARCH = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+(\w+)", re.IGNORECASE | re.DOTALL)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(\w*))", re.IGNORECASE)
_SHADOWS = ("content", "segments", "segdir", "docsize", "stat", "data", "idx", "config")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBERS_OF_ROWS = re.compile(r"(?<!\w)(?:rowid|_rowid_|oid|docid)(?!\w)", re.IGNORECASE)
_MOST_TABLES = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """`rowid` is a name under which the number of a row can be written, if there is one; `key` the place of the
    column that is this number itself, or -1. `unique` are places of columns in which no value may stand twice.
    `external`: of a search index, whose rows it has not itself.
    """

    number: int
    name: str
    columns: tuple[str, ...]
    rowid: str
    order: tuple[str, ...]
    external: str | None = None
    key: int = -1
    unique: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    tables: tuple[Table, ...]
    statements: tuple[tuple[str, str], ...]  # type and SQL, in the order in which they are written
    names: Names

    @property
    def refers_to_rows(self) -> bool:
        """Whether a view tells rows by the numbers that they have beside their columns."""
        return any(kind == "view" and _NUMBERS_OF_ROWS.search(sql) for kind, sql in self.statements)


def read(path: str, ref: str, options: Options) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when damaged or encrypted, UnsupportedDocument for virtual tables that
    are no search index.
    """
    details: dict[str, Any] = stamp(path, ref) | {"options": options, "encodings": _encodings(path, ref)}
    with _opened(path, ref, details) as database:
        schema = _schema(database, ref)
        removed: Counter[str] = Counter(comment=sum(comments(sql) for _, sql in schema.statements))
        removed["search index"] = sum(table.external == "" for table in schema.tables)
        for table in schema.tables:
            for row, values in enumerate(_rows(database, table, ref)):
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
        schema = _schema(database, document.ref)
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
        for table in _schema(database, ref).tables:
            for _ in _rows(database, table, ref):
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
    if lost["row number"] and schema.refers_to_rows:
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
    for row, values in enumerate(_rows(database, table, document.ref)):
        new = [
            _new(value, table, row, column, document, edits, lost) if value is not None else None
            for column, value in enumerate(values[1:])
        ]
        for column in table.unique:
            if new[column] == b"" and values[1 + column]:
                new[column] = next(marks).to_bytes(8, "big")  # what was left out was something of its own
        if table.key >= 0 and new[table.key] != values[1 + table.key]:
            new[table.key] = _own_number(new[table.key], given, free)
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
        schema = _schema(database, ref)
        for text, source in schema.names.items():
            yield TextBlock(source, text, "schema")
        views = (view for _, sql in schema.statements for view in schema.names.together(sql))
        yield from {view.id: view for view in views}.values()  # statements say the same again
        for table in schema.tables:
            above: dict[int, TextBlock] = {}
            names = {column: (name,) for column, name in enumerate(table.columns)}
            for row, values in enumerate(_rows(database, table, ref)):
                if table.rowid and len(number := _shown(abs(values[0]))) >= LONG:
                    yield TextBlock(_source(table, row, -1), number, f"table {table.number} row {row + 1}")
                cells: dict[int, TextBlock] = {}
                members: dict[int, Member] = {}
                for column, value in enumerate(values[1:]):
                    where = _where(table, row, column)
                    if isinstance(value, bytes):
                        member = _member(value, table, row, column, ref, details["options"])
                        if text := member.text(where) if value else None:
                            cells[column] = text
                        elif value and member.document:
                            members[column] = member
                    elif value is not None and _shown(value).strip():
                        cells[column] = TextBlock(_source(table, row, column), _shown(value), where)
                texts = [
                    (n, cell.text) for n, cell in cells.items() if isinstance(values[1 + n], (str, bytes))
                ]
                labels = keyed(names, texts)
                for column, member in members.items():
                    yield from member.labelled(_where(table, row, column), labels[column])
                cells = {
                    column: replace(
                        cell, labels=labels[column], table=Cell(f"table {table.number}", row, column)
                    )
                    for column, cell in cells.items()
                }
                yield from cells.values()
                yield from table_views(cells, above)
                above = cells


def _schema(database: sqlite3.Connection, ref: str) -> Schema:
    found = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
    if len(found) > _MOST_TABLES:
        raise UnreadableDocument(f"{ref}: the database has too many tables")
    modules = {
        name: match[1].lower()
        for kind, name, _, sql in found
        if kind == "table" and sql and (match := _SEARCH.match(sql))
    }
    if any(module not in ("fts3", "fts4", "fts5") for module in modules.values()):
        raise UnsupportedDocument(f"{ref}: a database with virtual tables that are no search index")
    shadows = {f"{name}_{ending}" for name in modules for ending in _SHADOWS}
    names = Names()
    tables: list[Table] = []
    statements: list[tuple[str, str]] = []
    for kind, name, of, sql in found:
        if not sql or name in shadows or of in shadows or name.startswith("sqlite_"):
            continue
        names.add(sql)
        statements.append((kind, sql))
        if kind == "table":
            tables.append(_table(database, len(tables) + 1, name, sql, modules.get(name, ""), ref))
    return Schema(tuple(tables), tuple(statements), names)


def _table(database: sqlite3.Connection, number: int, name: str, sql: str, module: str, ref: str) -> Table:
    try:
        columns = database.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    except sqlite3.DatabaseError:
        raise UnsupportedDocument(f"{ref}: a database with virtual tables that are no search index") from None
    plain = tuple(column[1] for column in columns if column[6] == 0)
    keys = tuple(column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5])
    taken = {column[1].lower() for column in columns}
    rowid = next((one for one in ("rowid", "_rowid_", "oid") if one not in taken), "")
    if rowid and not module:
        try:
            database.execute(f"SELECT {rowid} FROM {quoted(name)} LIMIT 0")
        except sqlite3.DatabaseError:
            rowid = ""  # WITHOUT ROWID
    key = -1
    if len(keys) == 1 and any(column[5] and column[2].upper() == "INTEGER" for column in columns):
        rowid, key = "", plain.index(keys[0])  # the key is the number of the row
    found = database.execute(f"PRAGMA index_list({quoted(name)})").fetchall() if not module else ()
    indexed = {
        column[2]
        for index in found
        if index[2]
        for column in database.execute(f"PRAGMA index_info({quoted(index[1])})")
    }
    unique = tuple(place for place, column in enumerate(plain) if column in indexed)
    content = _CONTENT.search(sql) if module else None
    external = next((one for one in content.groups() if one is not None), None) if content else None
    return Table(number, name, plain, rowid, (rowid,) if rowid else keys, external, key, unique)


def _rows(database: sqlite3.Connection, table: Table, ref: str) -> Iterator[list[Any]]:
    """The number of a row, then its values."""
    if table.external is not None or not table.columns:
        return
    columns = ", ".join([table.rowid or "NULL", *map(quoted, table.columns)])
    order = (
        f" ORDER BY {', '.join(one if one == table.rowid else quoted(one) for one in table.order)}"
        if table.order
        else ""
    )
    try:
        for row in database.execute(f"SELECT {columns} FROM {quoted(table.name)}{order}"):
            yield list(row)
    except sqlite3.DatabaseError:
        raise UnreadableDocument(f"{ref}: corrupt: the database is damaged, or encrypted") from None


def _source(table: Table, row: int, column: int) -> str:
    return f"{table.number}:{row}:{column}"


def _where(table: Table, row: int, column: int) -> str:
    return f"table {table.number} row {row + 1} column {column + 1}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else plain_number(str(value))


def _member(value: bytes, table: Table, row: int, column: int, ref: str, options: Options) -> Member:
    return Member(value, "", _source(table, row, column) + ":", ref, options)
