"""The journal of a folder run: what was found where, and how far each file got.

SQLite for its transactions, and nothing in it in clear: every record is sealed on its own
(AES-256-GCM, a key derived from the project key), under a key that is a MAC of the path.
What remains visible is how many records there are and how long they are. A record is what `marshal`
writes of lists, strings and numbers: of tables there are millions, and JSON takes four times as long. It is
opened only by the key that sealed it, so nobody else can have written it. Workers write
into the same file, one transaction at a time; a rollback journal rather than a
write-ahead log, which does not work on network drives and stays behind after a kill.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from deid.errors import ProjectError
from deid.keys import mac
from deid.runrecord import seal, unseal

Kind = Literal[
    "file",
    "names",
    "entities",
    "values",
    "notes",
    "facts",
    "persons",
    "link",
    "used",
    "lists",
    "places",
    "vault",
    "pictures",
    "edits",
    "within",
    "rows",
    "tally",
]
Record = tuple[Kind, str, Any, int]
"""Kind, source, content and part."""
Row = tuple[Kind, bytes, int, bytes]
"""Kind, name, part, and the sealed content."""
_SCHEMA = """
create table if not exists marshalled (
    kind text not null, name blob not null, part integer not null, sealed blob not null,
    primary key (kind, name, part)
) without rowid
"""
_FORMAT = 4
"""Of `marshal`: every Python since 3.4 reads and writes it."""
_PATIENCE = 120.0  # seconds to wait for another process
_TOGETHER = 4 << 20
"""Bytes of sealed records that are committed together at most."""


class Journal:
    """Sealed records by kind, source path and part number. One object per process and thread."""

    def __init__(self, path: Path, *, key: bytes) -> None:
        self._key = key
        self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            self._base.execute("pragma journal_mode = truncate")
            self._base.execute("pragma synchronous = normal")
            self._base.execute("pragma secure_delete = on")
            self._base.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            self._base.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise ProjectError(
                "the journal of this project is damaged",
                hint="delete journal.sqlite in the project folder: everything is then read anew",
            ) from None

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    def put(self, kind: Kind, source: str, content: Any, *, part: int = 0) -> None:
        """Write or overwrite one record; committed when this returns."""
        self._commit([self._row(kind, source, content, part)])

    @contextmanager
    def together(self) -> Iterator[Together]:
        """For many records: the disk takes long for each transaction, and other processes wait meanwhile.

        All are committed at the end, unless something was raised.
        """
        together = Together(self._row, self._commit)
        yield together
        together.commit()

    def _row(self, kind: Kind, source: str, content: Any, part: int) -> Row:
        name = self._name(source)
        written = marshal.dumps(content, _FORMAT)
        return kind, name, part, seal(self._key, written, about=_about(kind, name, part))

    def _commit(self, rows: Sequence[Row]) -> None:
        self._base.execute("begin immediate")
        try:
            self._base.executemany("insert or replace into marshalled values (?, ?, ?, ?)", rows)
            self._base.execute("commit")
        finally:
            if self._base.in_transaction:
                self._base.execute("rollback")

    def get(self, kind: Kind, source: str) -> Any:
        """The first part of a record, or None."""
        return next(self.parts(kind, source), None)

    def part(self, kind: Kind, source: str, number: int) -> Any:
        """One part of a record, or None."""
        name = self._name(source)
        query = "select sealed from marshalled where kind = ? and name = ? and part = ?"
        row = self._base.execute(query, (kind, name, number)).fetchone()
        return self._opened(row[0], kind, name, number) if row else None

    def parts(self, kind: Kind, source: str) -> Iterator[Any]:
        """All parts of a record, in order."""
        name = self._name(source)
        query = "select part, sealed from marshalled where kind = ? and name = ? order by part"
        with closing(self._base.execute(query, (kind, name))) as rows:
            for part, sealed in rows:
                yield self._opened(sealed, kind, name, part)

    def every(self, kind: Kind) -> Iterator[Any]:
        """All records of a kind, of whatever source."""
        query = "select name, part, sealed from marshalled where kind = ? order by name, part"
        with closing(self._base.execute(query, (kind,))) as rows:
            for name, part, sealed in rows:
                yield self._opened(sealed, kind, name, part)

    def drop(self, kind: Kind, source: str, *, after: int = -1) -> None:
        """Remove the parts of a record with a number above `after`."""
        self._base.execute(
            "delete from marshalled where kind = ? and name = ? and part > ?",
            (kind, self._name(source), after),
        )

    def last(self, kind: Kind, source: str) -> int:
        """The highest number of a part of a record; -1 where there is none."""
        query = "select max(part) from marshalled where kind = ? and name = ?"
        (number,) = self._base.execute(query, (kind, self._name(source))).fetchone()
        return -1 if number is None else int(number)

    def forget(self, kind: Kind) -> None:
        """Remove all records of a kind."""
        self._base.execute("delete from marshalled where kind = ?", (kind,))

    def _opened(self, sealed: bytes, kind: str, name: bytes, part: int) -> Any:
        return marshal.loads(unseal(self._key, sealed, about=_about(kind, name, part)))

    def _name(self, source: str) -> bytes:
        return mac(self._key, "journal", source)


class Together:
    """Records that wait to be committed; until then nobody reads them."""

    def __init__(
        self, row: Callable[[Kind, str, Any, int], Row], commit: Callable[[list[Row]], None]
    ) -> None:
        self._row, self._commit = row, commit
        self._rows: list[Row] = []
        self._size = 0

    def put(self, kind: Kind, source: str, content: Any, *, part: int = 0) -> None:
        """Write or overwrite one record."""
        self._rows.append(self._row(kind, source, content, part))
        self._size += len(self._rows[-1][-1])
        if self._size > _TOGETHER:
            self.commit()

    def put_all(self, records: Iterable[Record]) -> None:
        """Write or overwrite several records."""
        for kind, source, content, part in records:
            self.put(kind, source, content, part=part)

    def commit(self) -> None:
        """Commit all that wait."""
        rows, self._rows, self._size = self._rows, [], 0
        if rows:
            self._commit(rows)


def _about(kind: str, name: bytes, part: int) -> bytes:
    # A record that was moved to another place does not open.
    return b"%s|%s|%d" % (kind.encode(), name, part)


def clean(path: Path) -> None:
    """Remove what SQLite leaves beside a journal when a process was killed. Call with no process writing."""
    for suffix in ("-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + suffix)
        # A journal with content is needed to undo half a transaction: opening the base does that first.
        if beside.exists() and beside.stat().st_size == 0:
            beside.unlink()
