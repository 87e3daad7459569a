"""Dumps of databases (mysqldump, pg_dump, Navicat, SQL Server, Oracle): rows are those of tables, the rest is text.

Columns are called as in the statement, or as in CREATE TABLE above it. Bytes in hexadecimal are a text, or a file of
its kind; what nobody can read is left out, but for short ones, which may be keys: they become others of their length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any

from deid.formats.accounts import is_nobody
from deid.formats.edits import Edit
from deid.formats.embedding import is_embedded, without_files
from deid.formats.encoding import create_text, detect_encoding, open_text
from deid.formats.members import Member, note_lost
from deid.formats.options import Options
from deid.formats.rows import Cells, Names, TableRow
from deid.formats.sql.concatenation import runs
from deid.formats.sql.dialects import dialect_of
from deid.formats.sql.literals import Value, value_of
from deid.formats.sql.naming import named, statements
from deid.formats.sql.places import Place, text_at, value_at
from deid.formats.sql.unquoted import Unquoted, edited
from deid.formats.sql.walking import LabelsOf, Row, Table, Text, Walk
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.strips import Strips
from deid.formats.tables import keyed
from deid.formats.views import Place as Stretch
from deid.formats.views import joined, whole
from deid.types import FIRST_ROWS, Document, Segment, Strip, TextBlock, Wanted

_LEAST_FILE = 64
"""Characters of a value that may be a file in base64."""
_NUMBER, _KEY = 8, 64
"""Bytes that are no text and no more than these are a number or flags, and stay; a key or a hash. Others are files."""
_SAYS = re.compile(r"\w")
_ACCOUNT = re.compile(
    r"\bDEFINER\s*=\s*(?P<quote>[`'\"]?)(?P<name>[\w.\-]+)(?P=quote)@|\bOWNER(?:\s+TO\s+|:\s*)\"?(?P<owner>[\w.\-]+)",
    re.IGNORECASE,
)
_NOBODY = frozenset(("postgres", "mysql", "dbo", "sa", "public"))
"""Accounts as they come with a database."""


def read(path: str, ref: str, options: Options) -> Document:
    """Raises UnreadableDocument when empty, binary or undecodable."""
    details: dict[str, Any] = stamp(path, ref) | {"options": options}
    details["encoding"] = detect_encoding(path, ref)
    with open_text(path, details["encoding"]) as handle:
        details["dialect"] = dialect_of(handle)
    shared = partial(_strips, path, ref, details)
    return Document(ref, "sql", path, partial(_blocks, shared), details, shared)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding, lost = document.details["encoding"], Counter[str]()
    writer = _Writer(document.details, edits, document.ref, lost)
    walk = Walk(document.details["dialect"])
    with open_text(document.path, encoding) as handle, create_text(path, encoding, document.ref) as put:
        for unit in walk.units(handle, lost):
            put(writer.text(unit) if isinstance(unit, Text) else writer.row(unit))
    note_lost(document, lost)


def _blocks(shared: Any) -> Iterator[TextBlock]:
    return (block for _, found in shared(lambda strip: True) for block in found)


def _strips(path: str, ref: str, details: Mapping[str, Any], wanted: Wanted) -> Iterator[Strip]:
    """Each row is a strip, and so is each text."""
    check_unchanged(path, details, ref)
    counter, walk, reader = Strips(wanted), Walk(details["dialect"]), _Reader(details, ref)
    above: dict[int, Row | Cells] = {}  # the last row of each table
    with open_text(path, details["encoding"]) as handle:
        for unit in walk.units(handle, Counter()):
            if isinstance(unit, Text):
                if unit.is_new and counter.is_wanted(strip := counter.next(), FIRST_ROWS):
                    yield strip, tuple(reader.text(unit, walk.labels_in))
            elif unit.table is None:
                if counter.is_wanted(strip := counter.next(), FIRST_ROWS):
                    yield strip, tuple(reader.cells(unit)[1])
            else:
                upper, above[unit.table.number] = above.get(unit.table.number), unit
                if counter.is_wanted(strip := counter.next(), unit.number):
                    upper = reader.cells(upper)[0] if isinstance(upper, Row) else upper
                    cells, others = reader.cells(unit)
                    above[unit.table.number] = cells
                    row = TableRow(cells, upper)
                    yield strip, [*row, *others] if others else row


def _where(table: Table) -> Names:
    return Names(
        lambda row, column: f"{table.number}:{row}:{column}",
        lambda row, column: f"table {table.number} row {row + 1} column {column + 1}",
    )


def _source(row: Row, place: Place) -> str:
    return f"{row.name}:{place.column}.{place.more}" if place.more else f"{row.name}:{place.column}"


def _settled(value: Value, lost: Counter[str]) -> tuple[Value, bool]:
    """A value without the files that are in it as text, and whether there were any."""
    text = value.text or ""
    if len(text) < _LEAST_FILE:
        return value, False
    shorter = "" if is_embedded(text) else without_files(text)
    if shorter == text:
        return value, False
    lost["embedded file"] += 1
    return value.saying(shorter), True


class _Values:
    """Values of a dump, as reader and writer take them."""

    def __init__(self, details: Mapping[str, Any], ref: str) -> None:
        self._dialect = details["dialect"]
        self._options: Options = details["options"]
        self._key = bytes.fromhex(details["sha256"])
        self._ref = ref

    def _member(self, value: Value, source: str) -> Member | None:
        """Bytes that may be a file."""
        if value.text is not None or len(value.data) <= _KEY:
            return None
        return Member(value.data, "", source + ":", self._ref, self._options)


class _Reader(_Values):
    def text(self, text: Text, labels_in: Callable[[str], LabelsOf]) -> Iterator[TextBlock]:
        """A text as it stands, then what it puts together and what it says that columns are, and whose it is."""
        if not _SAYS.search(text.raw):
            return
        where = f"line {text.line}"
        yield TextBlock(text.source, text.raw, where)
        labels_in, statement_at = lru_cache(1)(labels_in), statements(text.raw)
        for number, (found, name) in enumerate(named(text.raw, self._dialect)):
            labels = labels_in(statement_at(found.start()))(name)
            value = _said(f"{text.source}={number}", found, text.source, where, labels, self._dialect)
            if wanted := value.text.strip("%"):  # any text
                start = value.text.find(wanted)
                places = [Stretch(0, start, start + len(wanted))]
                yield replace(joined((value,), places), id=value.id, where=where)

        for number, run in enumerate(runs(text.raw, self._dialect)):
            said = [
                _said(f"{text.source}|{number}", one, text.source, where, (), self._dialect) for one in run
            ]
            yield joined(said, whole(said))

        for found in _ACCOUNT.finditer(text.raw):
            start, end = found.span("name" if found["name"] else "owner")
            account = text.raw[start:end]
            if account.casefold() not in _NOBODY and not is_nobody(account):
                segments = (Segment(0, end - start, text.source, start),)
                yield TextBlock(f"{text.source}@{start}", account, where, ("user",), None, segments)

    def cells(self, row: Row) -> tuple[Cells, list[TextBlock]]:
        """The values of a row, then what else stands in it."""
        table = row.table or Table(0)
        names = _where(table)
        texts: list[str] = []
        columns: list[int] = []
        others: list[TextBlock] = []
        is_joined = False
        for place in row.places(self._dialect):
            text = text_at(row.raw, place) if place.end - place.start < _LEAST_FILE else None
            member: Member | None = None
            if text is None:
                value, _ = _settled(value_at(row.raw, place, self._dialect), Counter())
                member, text = self._member(value, _source(row, place)), value.text or ""
            is_cell = row.table is not None and not place.more
            if is_cell and member is None:
                if text and not text.isspace():
                    texts.append(text)
                    columns.append(place.column)
                continue
            is_joined = is_joined or place.more > 0
            where = names.where(row.number, place.column) if row.table else f"line {row.line}"
            if member:
                others += member.blocks(where)
            elif text.strip():
                labels = table.labels.get(place.column, ())
                others.append(TextBlock(_source(row, place), text, where, labels))
        if is_joined:
            others += self._together(row, names)
        of_row = keyed(table.labels, list(zip(columns, texts, strict=True)))
        return Cells(texts, columns, of_row, f"table {table.number}", row.number, names), others

    def _together(self, row: Row, names: Names) -> Iterator[TextBlock]:
        """What a row puts together of several literals."""
        places: dict[int, Place] = {}
        for run in runs(row.raw, self._dialect):
            places = places or {place.start: place for place in row.places(self._dialect)}
            if all(one.start() in places for one in run):
                column = places[run[0].start()].column
                labels = row.table.labels.get(column, ()) if row.table else ()
                where = names.where(row.number, column)
                literals = [(places[one.start()], value_of(one[0], self._dialect)) for one in run]
                parts = [
                    TextBlock(_source(row, place), value.text or "", where, labels)
                    for place, value in literals
                ]
                yield joined(parts, whole(parts))


def _said(
    id: str, literal: re.Match[str], source: str, where: str, labels: tuple[str, ...], dialect: Any
) -> TextBlock:
    """A literal within a text, unescaped; what is escaped in it stays when it is edited."""
    value = value_at(literal[0], Place(0, len(literal[0]), "literal", 0), dialect)
    place = literal.start() + len(value.opening)
    text, segments = "", list[Segment]()
    for raw, character in value.units():
        if raw == character:
            last = segments[-1] if segments else None
            if last and last.end == len(text) and last.source_start + last.end - last.start == place:
                segments[-1] = Segment(last.start, last.end + 1, source, last.source_start)
            else:
                segments.append(Segment(len(text), len(text) + 1, source, place))
        text += character
        place += len(raw)
    return TextBlock(id, text, where, labels, None, tuple(segments))


class _Writer(_Values):
    def __init__(
        self, details: Mapping[str, Any], edits: Mapping[str, Sequence[Edit]], ref: str, lost: Counter[str]
    ) -> None:
        super().__init__(details, ref)
        self._edits, self._lost = edits, lost
        self._unquoted = Unquoted(self._dialect)

    def text(self, text: Text) -> str:
        if text.source.startswith("head:"):
            self._unquoted.begin(text.raw)
        numbers = [*self._unquoted.numbers(text.raw)]
        changes = self._edits.get(text.source, ())
        return edited(text.raw, changes, numbers, self._dialect.national) if changes else text.raw

    def row(self, row: Row) -> str:
        if row.table is not None:  # others stand within a statement
            self._unquoted.begin()
        parts: list[str] = []
        position = 0
        for place in row.places(self._dialect):
            new = self._new(row, place)
            if new is not None:
                parts += (row.raw[position : place.start], new)
                position = place.end
        return "".join((*parts, row.raw[position:])) if parts else row.raw

    def _new(self, row: Row, place: Place) -> str | None:
        """What is to stand in a place, nothing where it stays."""
        source = _source(row, place)
        changes = self._edits.get(source, ())
        is_short = place.end - place.start < _LEAST_FILE
        if is_short and not changes and "x" not in row.raw[place.start : place.start + 4].casefold():
            return None
        value, is_other = _settled(value_at(row.raw, place, self._dialect), self._lost)
        if value.text is None:
            data = self._bytes(value, source)
            return None if data == value.data else value.holding(data)
        return value.edited(changes) if changes or is_other else None

    def _bytes(self, value: Value, source: str) -> bytes:
        size = len(value.data)
        if size <= _NUMBER:
            return value.data
        member = self._member(value, source)
        if member is None:  # alike where they were alike: tables point at each other by them
            return blake2b(value.data, digest_size=size, key=self._key).digest()
        if member.document is None:
            self._lost["embedded file"] += 1
            return b""
        self._lost.update(member.removed)
        data = member.written(self._edits, self._lost)
        self._lost["withheld file"] += data is None
        return data or b""
