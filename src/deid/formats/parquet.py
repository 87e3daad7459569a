"""Parquet: every value of every column, nested ones too, and the names of columns; written anew, batch by batch.

So dictionaries and statistics hold nothing of what was there. Notes of programs on the schema (pandas) go. A
column stays numbers or days as long as every new value is one, else it becomes text. Needs the extra `[parquet]`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import partial
from importlib.util import find_spec
from typing import Any

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats.archives.entries import MOST_BYTES
from deid.formats.edits import Edit
from deid.formats.files import bytes_of, created, opened
from deid.formats.joining import table_views
from deid.formats.members import Member, note_lost
from deid.formats.numbers import plain_number
from deid.formats.options import Options
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.tables import Labels, bare, keyed
from deid.grammar.fieldnames import is_label, of_whom
from deid.types import Cell, Document, TextBlock, splice

_ROWS = 20_000
"""Rows that are worked on at a time, and of a row group in the output."""
_FREE = 64 << 20
_MOST_RATIO = 200  # of more than that; tables do not pack better
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_FORMS: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (datetime, datetime.fromisoformat),
    (date, date.fromisoformat),
    (float, float),
    (Decimal, Decimal),
)
Place = tuple[Any, ...]
"""Where in a row a value stands: number of the column, then fields and indexes. `*` for any index."""


def read(path: str, ref: str, options: Options) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnsupportedDocument without the extra, UnreadableDocument when encrypted, damaged or a bomb.
    """
    if find_spec("pyarrow") is None:
        raise UnsupportedDocument(
            f"{ref}: a Parquet file, and nothing to read it", hint="install deid-zh[parquet]"
        )
    details: dict[str, Any] = stamp(path, ref) | {"options": options}
    removed: Counter[str] = Counter()
    file = _file(path, ref)
    _check_size(file, path, details["size"], ref)
    notes = set(file.metadata.metadata or {}) - {b"ARROW:schema"}
    removed["metadata"] = len(notes)
    for row, values in _rows(file, ref):
        for place, value in _leaves(values, ()):
            if isinstance(value, bytes) and value:
                member = _member(value, row, place, ref, options)
                removed.update(member.removed if member.document else {"embedded file": 1})
    return Document(
        ref, "parquet", path, partial(_blocks, path, ref, details), details | {"removed": dict(+removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    check_unchanged(document.path, document.details, document.ref)
    file = _file(document.path, document.ref)
    options: Options = document.details["options"]
    change = partial(_changed, edits=edits, ref=document.ref, options=options, lost=Counter())
    texts: set[Place] = set()
    changed = set(_renamed(file.schema_arrow, edits))
    for row, values in _rows(file, document.ref):
        for place, value in _leaves(values, ()):
            new = change(row, place, value)
            if new is not value and new != value:
                changed.add(place[0])
            if isinstance(new, str) and not isinstance(value, str):
                texts.add(_column(place))
    lost: Counter[str] = Counter()
    change = partial(_changed, edits=edits, ref=document.ref, options=options, lost=lost)
    names = _names(file.schema_arrow)
    schema = _retyped(file.schema_arrow, names, edits, texts, changed)
    _check_precision(schema, changed, document.ref)
    with created(path) as handle, parquet.ParquetWriter(handle, schema, compression=_codec(file)) as writer:
        for first, batch, by_column in _batches(file, document.ref):
            columns = [
                pa.array(
                    [
                        _rebuilt(value, (number,), partial(_said, change, row, texts), names, edits)
                        for row, value in enumerate(column, first)
                    ],
                    field.type,
                )
                if number in changed or not _is_plain(batch.column(number).type)
                else batch.column(number).cast(field.type)
                for number, (column, field) in enumerate(zip(by_column, schema, strict=True))
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))
    note_lost(document, lost)


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    file = _file(path, ref)
    names = _names(file.schema_arrow)
    for number, name in enumerate(names):
        if name.strip():
            yield TextBlock(f"name:{number}", name, "name of a column")
    columns = file.schema_arrow.names
    headers = {column: (name,) for column, name in enumerate(columns)}
    above: dict[int, TextBlock] = {}
    for row, values in _rows(file, ref):
        cells: dict[int, TextBlock] = {}
        leaves, held = list(_leaves(values, ())), dict[Place, Member | TextBlock]()
        for place, value in leaves:
            if isinstance(value, bytes) and value:
                member = _member(value, row, place, ref, details["options"])
                held[place] = member.text(_where(row, place)) or member
        beside: dict[Place, dict[str, None]] = defaultdict(dict)
        told = dict(_told([(place, _said_by(held.get(place, value))) for place, value in leaves], headers))
        for place, _ in leaves:
            outer, name = _named(place, columns)
            beside[outer][name] = None
        for place, value in leaves:
            outer, name = _named(place, columns)
            labels = (*told.get(place, ()), *of_whom(name, beside[outer]))
            found = held.get(place)
            if isinstance(found, Member):
                yield from found.labelled(_where(row, place), labels)
                continue
            text = found.text if found else _shown(value)
            if (isinstance(value, bytes) and not found) or not text.strip():
                continue
            block = found or TextBlock(_source(row, place), text, _where(row, place))
            block = replace(block, labels=labels, table=None if len(place) > 1 else Cell("1", row, place[0]))
            yield block
            if block.table:
                cells[place[0]] = block
        yield from table_views(cells, above)
        above = cells


def _said_by(value: Any) -> Any:
    """A value, or the text that its bytes are."""
    return value.text if isinstance(value, TextBlock) else value


def _where(row: int, place: Place) -> str:
    return f"row {row + 1}, column {place[0] + 1}"


def _told(leaves: Sequence[tuple[Place, Any]], headers: Labels) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """What the keys of maps, and cells beside them, say that values are."""
    keys = {place[:-1]: value for place, value in leaves if len(place) > 2 and place[-1] == 0}
    for place, _ in leaves:
        if (
            len(place) > 2
            and place[-1] == 1
            and isinstance(key := keys.get(place[:-1]), str)
            and is_label(key)
        ):
            yield place, (bare(key),)
    cells = [(place[0], value) for place, value in leaves if len(place) == 1 and isinstance(value, str)]
    for column, labels in keyed(headers, cells).items():
        if labels != headers[column]:
            yield (column,), labels[:1]


def _named(place: Place, columns: Sequence[str]) -> tuple[Place, str]:
    """What the innermost field or column of a value is called, and the place of what holds it."""
    last = max(number for number, step in enumerate(place) if not number or isinstance(step, str))
    return place[:last], str(place[last]) if last else columns[place[0]]


# --- reading


def _file(path: str, ref: str, dictionaries: Sequence[str] = ()) -> Any:
    """The file, with the columns of `dictionaries` as these."""
    import pyarrow as pa
    from pyarrow import parquet

    with opened(path) as handle:
        head = handle.read(4)
        handle.seek(-4, 2)
        tail = handle.read(4)
    if b"PARE" in (head, tail):
        raise EncryptedDocument(f"{ref}: encrypted", hint="decrypt it first")
    try:
        source = path if _is_on_disk(path) else pa.BufferReader(bytes_of(path))
        return parquet.ParquetFile(source, read_dictionary=list(dictionaries))
    except (pa.ArrowException, OSError, ValueError) as error:
        if "crypt" in str(error).lower():
            raise EncryptedDocument(f"{ref}: encrypted", hint="decrypt it first") from None
        raise UnreadableDocument(f"{ref}: corrupt: the Parquet file is damaged") from None


def _check_size(file: Any, path: str, packed: int, ref: str) -> None:
    """Raise UnreadableDocument where the file, a row group of it, or rows that are worked on together become too large.

    The first two stand in the footer. A text of a dictionary stands there once, however many rows have it.
    """
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    parts = [group.column(number) for group in groups for number in range(group.num_columns)]
    if any(part.file_path for part in parts):
        raise UnsupportedDocument(f"{ref}: a Parquet file that only tells of others (_metadata)")
    unpacked = sum(max(part.total_uncompressed_size, part.num_values) for part in parts)
    of_lists = max((part.num_values for part in parts if "." in part.path_in_schema), default=0)
    largest = max((group.total_byte_size for group in groups), default=0)
    if unpacked > max(_FREE, packed * _MOST_RATIO) or max(largest, 8 * of_lists) > MOST_BYTES:
        raise _too_large(ref)
    texts = {
        part.path_in_schema
        for part in parts
        if part.physical_type == "BYTE_ARRAY" and part.dictionary_page_offset is not None
        if min(part.num_values, _ROWS) * part.total_uncompressed_size > MOST_BYTES
    }
    if texts:
        _check_texts(_file(path, ref, sorted(texts)), ref)


def _check_texts(file: Any, ref: str) -> None:
    """The same of texts that `file` reads as dictionaries."""
    import pyarrow as pa

    try:
        for batch in file.iter_batches(batch_size=_ROWS):
            if sum(map(_unpacked, batch.columns)) > MOST_BYTES:
                raise _too_large(ref)
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise UnreadableDocument(f"{ref}: corrupt: the Parquet file is damaged") from None


def _unpacked(array: Any) -> int:
    """Bytes of an array with each text as often as it stands there."""
    import pyarrow as pa
    from pyarrow import compute

    if pa.types.is_dictionary(array.type):
        lengths = compute.binary_length(array.dictionary).cast(pa.int64())
        return int(compute.sum(lengths.take(array.indices)).as_py() or 0)
    if pa.types.is_map(array.type):
        return _unpacked(array.keys) + _unpacked(array.items)
    if pa.types.is_struct(array.type):
        return sum(map(_unpacked, array.flatten()))
    return _unpacked(array.flatten()) if pa.types.is_nested(array.type) else int(array.nbytes)


def _too_large(ref: str) -> UnreadableDocument:
    return UnreadableDocument(f"{ref}: the Parquet file is too large when unpacked (a bomb?)")


def _is_on_disk(path: str) -> bool:
    return type(path) is str


class _Nanoseconds(int):
    """A time of day of which Python's own has three digits less."""

    def __str__(self) -> str:
        seconds, rest = divmod(self, 10**9)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:09}"


def _batches(file: Any, ref: str) -> Iterator[tuple[int, Any, list[list[Any]]]]:
    """The number of the first row, rows as many as are worked on at a time, and their values by column."""
    import pyarrow as pa

    number = 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS):
            yield number, batch, [_values(column, ref) for column in batch.columns]
            number += batch.num_rows
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise UnreadableDocument(f"{ref}: corrupt: the Parquet file is damaged") from None


def _values(column: Any, ref: str) -> list[Any]:
    """Raises UnsupportedDocument for what Python has no value for."""
    import pyarrow as pa

    try:
        if column.type != pa.time64("ns"):
            return list(column.to_pylist())
        return [None if one is None else _Nanoseconds(one) for one in column.cast(pa.int64()).to_pylist()]
    except (pa.ArrowException, ValueError, OverflowError, LookupError):
        raise UnsupportedDocument(
            f"{ref}: a Parquet file with values that deid cannot read",
            hint="days before the year 1 or beyond 9999, time zones that nobody knows, fields of one name",
        ) from None


def _rows(file: Any, ref: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for first, _, columns in _batches(file, ref):
        yield from enumerate(zip(*columns, strict=True), first)


def _leaves(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """The values in a row, a list, a struct or a map, but for nothing and truth values."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*place, key))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*place, index))
    elif value is not None and not isinstance(value, bool):
        yield place, value


def _shown(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value if isinstance(value, str) else plain_number(str(value))


def _source(row: int, place: Place) -> str:
    return f"{row}:" + ".".join(
        f"{step}" if isinstance(step, int) else f"{len(step)}{step}" for step in place
    )


def _member(value: bytes, row: int, place: Place, ref: str, options: Options) -> Member:
    return Member(value, "", _source(row, place) + ":", ref, options)


# --- writing


def _column(place: Place) -> Place:
    return tuple("*" if number and isinstance(step, int) else step for number, step in enumerate(place))


def _changed(
    row: int,
    place: Place,
    value: Any,
    *,
    edits: Mapping[str, Sequence[Edit]],
    ref: str,
    options: Options,
    lost: Counter[str],
) -> Any:
    """The new value; a text where it is no longer of the type that the column has."""
    if isinstance(value, bytes):
        member = _member(value, row, place, ref, options)
        data = member.written(edits, lost) if value and member.document else b""
        lost["withheld file"] += data is None
        return data or b""
    changes = edits.get(_source(row, place))
    if not changes:
        return value
    text = splice(_shown(value), changes)
    if isinstance(value, int):
        return int(text) if _WHOLE.fullmatch(text) else text
    for kind, form in _FORMS:
        if isinstance(value, kind):
            try:
                return form(text)
            except (ValueError, InvalidOperation):
                return text
    return text


def _said(
    change: Callable[[int, Place, Any], Any], row: int, texts: set[Place], place: Place, value: Any
) -> Any:
    new = change(row, place, value)
    return _shown(new) if _column(place) in texts else new


def _rebuilt(
    value: Any,
    place: Place,
    said: Callable[[Place, Any], Any],
    names: Sequence[str],
    edits: Mapping[str, Sequence[Edit]],
) -> Any:
    if isinstance(value, dict):
        called = _called(names, edits)
        return {
            called[key]: _rebuilt(inner, (*place, key), said, names, edits) for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        done = (_rebuilt(inner, (*place, index), said, names, edits) for index, inner in enumerate(value))
        return type(value)(done)
    return said(place, value) if value is not None and not isinstance(value, bool) else value


def _codec(file: Any) -> str:
    """How the first column is compressed, as the writer calls it."""
    if not (file.metadata.num_row_groups and file.metadata.num_columns):
        return "SNAPPY"
    found = str(file.metadata.row_group(0).column(0).compression)
    return "NONE" if found == "UNCOMPRESSED" else "SNAPPY" if found == "UNKNOWN" else found


def _names(schema: Iterable[Any]) -> list[str]:
    """The names of all columns and fields, each once."""
    import pyarrow as pa

    found: dict[str, None] = {}
    waiting = list(schema)
    while waiting:
        field = waiting.pop(0)
        found.setdefault(field.name)
        inner = field.type.storage_type if isinstance(field.type, pa.BaseExtensionType) else field.type
        waiting += (
            [inner.field(index) for index in range(inner.num_fields)] if pa.types.is_nested(inner) else []
        )
    return list(found)


def _called(names: Sequence[str], edits: Mapping[str, Sequence[Edit]]) -> dict[str, str]:
    """Old name → new name, no two alike."""
    said = {name: splice(name, edits.get(f"name:{number}", ())) for number, name in enumerate(names)}
    found = {name: name for name, new in said.items() if new == name}
    for name, new in said.items():
        free, number = new, 1
        while name not in found and free in found.values():
            number += 1
            free = f"{new}_{number}"
        found.setdefault(name, free)
    return found


def _is_plain(kind: Any) -> bool:
    """Whether values of a type can be written as they were read: no texts of a dictionary that no row has."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind) or isinstance(kind, pa.BaseExtensionType):
        return False
    inner = [kind.field(index).type for index in range(kind.num_fields)] if pa.types.is_nested(kind) else []
    return all(map(_is_plain, inner))


def _check_precision(schema: Any, changed: set[int], ref: str) -> None:
    """Raises UnwritableDocument where times within lists would lose their last digits."""
    import pyarrow as pa

    for number in changed:
        waiting = [schema.field(number).type]
        while waiting:
            kind = waiting.pop()
            if pa.types.is_nested(kind):
                waiting += [kind.field(index).type for index in range(kind.num_fields)]
                if pa.time64("ns") in waiting:
                    raise UnwritableDocument(
                        f"{ref}: a Parquet file with nanoseconds beside what is replaced, within one column"
                    )


def _renamed(schema: Any, edits: Mapping[str, Sequence[Edit]]) -> Iterator[int]:
    """Numbers of columns with fields within them that get another name."""
    called = _called(_names(schema), edits)
    for number, field in enumerate(schema):
        if any(called[name] != name for name in _names([field])[1:]):
            yield number


def _retyped(
    schema: Any,
    names: Sequence[str],
    edits: Mapping[str, Sequence[Edit]],
    texts: set[Place],
    changed: set[int],
) -> Any:
    """The schema of the output: new names, text where a column became text, no notes."""
    import pyarrow as pa

    called = _called(names, edits)

    def named(one: Any, place: Place) -> Any:
        return pa.field(called[one.name], of(one.type, place), one.nullable)

    def of(kind: Any, place: Place) -> Any:
        inner = (*place, "*")
        if place in texts:
            return pa.string()
        if pa.types.is_dictionary(kind):
            return of(kind.value_type, place)
        if pa.types.is_struct(kind):
            fields = (kind.field(index) for index in range(kind.num_fields))
            return pa.struct([named(one, (*place, one.name)) for one in fields])
        if pa.types.is_map(kind):
            return pa.map_(named(kind.key_field, (*inner, "*")), named(kind.item_field, (*inner, "*")))
        if pa.types.is_list(kind):
            return pa.list_(named(kind.value_field, inner))
        if pa.types.is_large_list(kind):
            return pa.large_list(named(kind.value_field, inner))
        if pa.types.is_fixed_size_list(kind):
            return pa.list_(named(kind.value_field, inner), kind.list_size)
        if pa.types.is_fixed_size_binary(kind) and place[0] in changed:
            return pa.binary()  # what cannot be read becomes empty
        return of(kind.storage_type, place) if isinstance(kind, pa.BaseExtensionType) else kind

    return pa.schema([named(field, (number,)) for number, field in enumerate(schema)])
