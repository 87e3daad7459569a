"""Comma- and tab-separated values (RFC 4180, as Excel and hospital exports write them).

The scanner keeps every character outside edited cells: it hands out cells as they stand,
quotes included, and what stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TextIO

from deid.formats.edits import Edit
from deid.formats.encoding import Encoding, create_text, detect_encoding, open_text
from deid.formats.joining import table_views
from deid.formats.numbers import plain_number
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.tables import is_label, labelled
from deid.types import Cell, Document, TextBlock, splice

DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16
_EXPONENT = re.compile(r"[0-9]\.[0-9]{6,}[Ee]\+?[0-9]{1,2}")  # a phone number, as spreadsheets write it
_LONGEST_QUOTED = 1_000_000  # a quote that stays open longer was not meant as one


class Field(NamedTuple):
    """A cell as it stands (`raw`), what it says, and the delimiter or line end after it."""

    raw: str
    text: str
    after: str


def read(path: str, ref: str, *, name: str = "csv") -> Document:
    """Raises UnreadableDocument when empty, binary or undecodable."""
    details = stamp(path, ref)
    encoding = detect_encoding(path, ref)
    with open_text(path, encoding) as handle:
        delimiter = guess_delimiter(handle.read(_SAMPLE), "\t" if name == "tsv" else ",")
    more = {"encoding": encoding, "delimiter": delimiter}
    return Document(
        ref, name, path, partial(_blocks, path, ref, encoding, delimiter, details), details | more
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    delimiter: str = document.details["delimiter"]
    with open_text(document.path, encoding) as handle, create_text(path, encoding, document.ref) as put:
        for index, fields in enumerate(rows(handle, delimiter)):
            if edits:
                fields = [
                    _edited(field, edits.get(f"{index}:{place}"), delimiter)
                    for place, field in enumerate(fields)
                ]
            put("".join(field.raw + field.after for field in fields))


def _edited(field: Field, changes: Sequence[Edit] | None, delimiter: str) -> Field:
    if not changes:
        return field
    text = splice(_shown(field), changes)
    quoted = field.raw.startswith('"') and field.raw != field.text
    if quoted or any(character in text for character in (delimiter, '"', "\r", "\n")):
        return Field('"' + text.replace('"', '""') + '"', text, field.after)
    return Field(text, text, field.after)


def _blocks(
    path: str, ref: str, encoding: Encoding, delimiter: str, details: Mapping[str, object]
) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    with open_text(path, encoding) as handle:
        numbered = enumerate(rows(handle, delimiter))
        above: dict[int, TextBlock] = {}
        for (row, fields), labels in labelled(numbered, _cells):
            cells = {
                column: TextBlock(
                    f"{row}:{column}",
                    text,
                    f"row {row + 1}, column {column + 1}",
                    labels.get(column, ()),
                    Cell("1", row, column),
                )
                for column, text in _cells((row, fields))
                if text.strip()
            }
            yield from cells.values()
            yield from table_views(cells, above)
            above = cells


def _cells(row: tuple[int, Sequence[Field]]) -> Sequence[tuple[int, str]]:
    return [(column, _shown(field)) for column, field in enumerate(row[1])]


def _shown(field: Field) -> str:
    return plain_number(field.text) if _EXPONENT.fullmatch(field.text) else field.text


def rows(handle: TextIO, delimiter: str) -> Iterator[list[Field]]:
    """The rows of a file. Ragged rows, empty lines and line breaks inside quotes are all right."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    fields: list[Field] = []
    buffer, position, ended = "", 0, False

    def fill(keep: int) -> tuple[str, bool]:
        more = handle.read(_SAMPLE)
        return buffer[keep:] + more, not more

    while True:
        # A cell can be taken only when what follows it is in the buffer too.
        field, reach = _next(buffer, position, delimiter, plain, ended)
        if field is None:
            if ended and position >= len(buffer):
                break
            buffer, ended = fill(position)
            position = 0
            continue
        fields.append(field)
        position = reach
        if field.after != delimiter:
            yield fields
            fields = []
    if fields:
        yield [*fields, Field("", "", "")]


def _next(
    buffer: str, position: int, delimiter: str, plain: re.Pattern[str], ended: bool
) -> tuple[Field | None, int]:
    """The cell at `position` and where the next one begins; None when the buffer is too short."""
    if position >= len(buffer):
        return None, position
    text, close = "", position
    if buffer[position] == '"':
        close = _closing(buffer, position)
        if close < 0 and not ended and len(buffer) - position < _LONGEST_QUOTED:
            return None, position
        if close >= 0:
            text = buffer[position + 1 : close - 1].replace('""', '"')
        else:
            close = position  # never closed: an ordinary character
    match = plain.match(buffer, close)
    stop = match.end() if match else close
    if stop >= len(buffer) - 1 and not ended:
        return None, position
    after = buffer[stop : stop + 1]
    if after == "\r" and buffer[stop + 1 : stop + 2] == "\n":
        after = "\r\n"
    return Field(buffer[position:stop], text + buffer[close:stop], after), stop + len(after)


def _closing(buffer: str, position: int) -> int:
    """The offset after the quote that ends the quoted text beginning at `position`, or -1."""
    place = position + 1
    while (place := buffer.find('"', place)) >= 0:
        if buffer[place + 1 : place + 2] != '"':
            return place + 1
        place += 2
    return -1


def guess_delimiter(sample: str, usual: str) -> str:
    """The delimiter by which most rows of the sample have the same number of cells."""
    from io import StringIO

    best, best_score = usual, 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in rows(StringIO(sample), delimiter) if len(row) > 1 or row[0].raw)
        if not widths:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        score = max(wide.values(), default=0) / sum(widths.values()) + (0.1 if delimiter == usual else 0)
        if wide and score > best_score + 1e-9:
            best, best_score = delimiter, score
    return best


def looks_delimited(sample: str) -> bool:
    """Whether a .txt file is a table: a header of field names, and rows of equal width."""
    lines = [line for line in sample.splitlines()[:40] if line.strip()]
    if len(lines) < 2:
        return False
    for delimiter in "\t,|":
        widths = {line.count(delimiter) for line in lines}
        header = lines[0].split(delimiter)
        if len(widths) == 1 and len(header) >= 2 and all(map(is_label, filter(str.strip, header))):
            return True
    return False
