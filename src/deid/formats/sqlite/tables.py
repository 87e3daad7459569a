"""Tables of a database: their columns, which of them are keys or reckoned, and their rows."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.sqlite.origins import called_in, mentioned, referred, view_columns
from deid.formats.sqlite.schema import Names, quoted
from deid.grammar.fieldnames import of_whom

_SEARCH = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+(\w+)", re.IGNORECASE | re.DOTALL)
_NAME = r"\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|\[([^\]]*)\]|`([^`]*)`|(\w*))"
_CONTENT = re.compile(r"\bcontent" + _NAME, re.IGNORECASE)
_LANGUAGE = re.compile(r"\blanguageid" + _NAME, re.IGNORECASE)
_SHADOWS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "fts4": {
        "content": re.compile(r"docid(?:,c\d[^,]*)*(?:,langid)?"),
        "segments": re.compile("blockid,block"),
        "segdir": re.compile("level,idx,start_block,leaves_end_block,end_block,root"),
        "docsize": re.compile("docid,size"),
        "stat": re.compile("id,value"),
    },
    "fts5": {
        "data": re.compile("id,block"),
        "idx": re.compile("segid,term,pgno"),
        "content": re.compile(r"id(?:,[cl]\d+)*"),
        "docsize": re.compile("id,sz(?:,origin)?"),
        "config": re.compile("k,v"),
    },
    "rtree": {
        "node": re.compile("nodeno,data"),
        "parent": re.compile("nodeno,parentnode"),
        "rowid": re.compile(r"rowid,nodeno(?:,a\d+)*"),
    },
}
"""What the tables of an index are called behind its name, and the columns that they have."""
_MODULES = {"fts3": "fts4", "fts4": "fts4", "fts5": "fts5", "rtree": "rtree", "rtree_i32": "rtree"}
"""Of texts, and of coordinates."""
_NUMBERS_OF_ROWS = re.compile(r"(?<!\w)(?:rowid|_rowid_|oid|docid)(?!\w)", re.IGNORECASE)
_GENERATED = (2, 3)
"""Kinds of columns: not stored, and stored."""
_MOST_NAMES = 20
_MOST_TABLES = 10_000
_MOST_COLUMNS = 2_000  # of what SQLite reads or writes at a time


@dataclass(frozen=True, slots=True)
class Table:
    """`rowid` is a name under which the number of a row can be written, if there is one; `key` the place of the
    column that is this number itself, or -1. `unique` are places of columns in which no value may stand twice.
    `external`: of a search index, whose rows it has not itself. `called` are the names of a column, those that views
    give it too; `reckoned` its generated columns, with the places of those that they are made of.
    """

    number: int
    name: str
    columns: tuple[str, ...]
    rowid: str
    order: tuple[str, ...]
    external: str | None = None
    key: int = -1
    unique: tuple[int, ...] = ()
    called: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    reckoned: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    tables: tuple[Table, ...]
    statements: tuple[tuple[str, str], ...]  # type and SQL, in the order in which they are written
    names: Names
    views: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names of views, and columns of them that are not called like one of a table."""

    @property
    def refers_to_rows(self) -> bool:
        """Whether a view tells rows by the numbers that they have beside their columns."""
        return any(kind == "view" and _NUMBERS_OF_ROWS.search(sql) for kind, sql in self.statements)


def schema_of(database: sqlite3.Connection, ref: str) -> Schema:
    found = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
    if len(found) > _MOST_TABLES:
        raise UnreadableDocument(f"{ref}: the database has too many tables")
    modules = {
        name: match[1].lower()
        for kind, name, _, sql in found
        if kind == "table" and sql and (match := _SEARCH.match(sql))
    }
    if not _MODULES.keys() >= set(modules.values()):
        raise UnsupportedDocument(f"{ref}: a database with virtual tables that are no search index")
    texts = {name: sql for kind, name, _, sql in found if kind == "table" and sql}
    shadows = set(_shadows(database, texts, modules))
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
    views = {name: sql for kind, name, _, sql in found if kind == "view" and sql}
    columns = {name: view_columns(database, name, ref) for name in views}
    held = {column.casefold() for table in tables for column in table.columns}
    others = {
        name: tuple(one for one in some if one.casefold() not in held) for name, some in columns.items()
    }
    called = [
        (mentioned(sql), name.casefold(), list(called_in(sql, columns[name]))) for name, sql in views.items()
    ]
    named = tuple(replace(table, called=_called(table, called)) for table in tables)
    return Schema(named, tuple(statements), names, tuple(others.items()))


def _shadows(
    database: sqlite3.Connection, texts: Mapping[str, str], modules: Mapping[str, str]
) -> Iterator[str]:
    """The tables that are parts of search indexes, by their names and their columns."""
    spelled = {name.casefold(): name for name in texts}
    for index, module in modules.items():
        for ending, columns in _SHADOWS[_MODULES[module]].items():
            name = spelled.get(f"{index}_{ending}".casefold())
            if name is None or (ending == "content" and _CONTENT.search(texts[index])):
                continue
            found = database.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
            if columns.fullmatch(",".join(column[1] for column in found)):
                yield name


def _called(
    table: Table, views: Sequence[tuple[frozenset[str], str, Sequence[tuple[str, str]]]]
) -> dict[int, tuple[str, ...]]:
    """What columns are called, in views of views too."""
    reached, said = {table.name.casefold()}, defaultdict[str, dict[str, None]](dict)
    for mentions, name, pairs in views:  # a view is made after those that it reads
        if mentions & reached:
            reached.add(name)
            for old, new in pairs:
                said[old].setdefault(new)
    found = {}
    for place, column in enumerate(table.columns):
        names = dict.fromkeys(of_whom(column, table.columns))
        waiting = [column]
        while waiting and len(names) < _MOST_NAMES:
            more = [one for one in said.get(waiting.pop().casefold(), ()) if one not in names]
            names.update(dict.fromkeys(more))
            waiting += more
        found[place] = tuple(names)
    return found


def _table(database: sqlite3.Connection, number: int, name: str, sql: str, module: str, ref: str) -> Table:
    try:
        columns = database.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    except sqlite3.DatabaseError:
        raise UnsupportedDocument(f"{ref}: a database with virtual tables that are no search index") from None
    plain = tuple(column[1] for column in columns if column[6] == 0)
    language = _LANGUAGE.search(sql) if module in ("fts3", "fts4") else None
    plain += tuple(one for one in language.groups() if one) if language else ()
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
    if _MODULES.get(module) == "rtree":
        rowid, key, keys = "", 0, plain[:1]
    content = _CONTENT.search(sql) if module.startswith("fts") else None
    external = next((one for one in content.groups() if one is not None), None) if content else None
    refers = referred(sql) if any(column[6] in _GENERATED for column in columns) else {}
    reckoned = tuple(
        (column[1], _made_of(column[1], refers, plain)) for column in columns if column[6] in _GENERATED
    )
    if len(plain) + len(reckoned) + bool(rowid) > _MOST_COLUMNS:
        raise UnsupportedDocument(f"{ref}: a table of the database has too many columns")
    order = (rowid,) if rowid else keys
    return Table(number, name, plain, rowid, order, external, key, unique, reckoned=reckoned)


def _made_of(column: str, refers: Mapping[str, frozenset[str]], columns: Sequence[str]) -> tuple[int, ...]:
    """The places of columns of which a generated one is made, over others that are generated."""
    found, waiting = set[str](), [column.casefold()]
    while waiting:
        more = refers.get(waiting.pop(), frozenset()) - found
        found |= more
        waiting += more
    return tuple(place for place, name in enumerate(columns) if name.casefold() in found)


def rows_of(
    database: sqlite3.Connection, table: Table, ref: str, *, reckoned: bool = False
) -> Iterator[list[Any]]:
    """The number of a row, then its values; with `reckoned` those of generated columns behind them."""
    if table.external is not None or not table.columns:
        return
    others = [name for name, _ in table.reckoned] if reckoned else []
    columns = ", ".join([table.rowid or "NULL", *map(quoted, (*table.columns, *others))])
    order = (
        f" ORDER BY {', '.join(one if one == table.rowid else quoted(one) for one in table.order)}"
        if table.order
        else ""
    )
    try:
        for row in database.execute(f"SELECT {columns} FROM {quoted(table.name)}{order}"):
            yield list(row)
    except sqlite3.DatabaseError:
        if others:
            raise UnsupportedDocument(
                f"{ref}: a generated column of the database cannot be worked out"
            ) from None
        raise UnreadableDocument(f"{ref}: corrupt: a table of the database is damaged") from None
