"""Comma- and tab-separated values (RFC 4180, as Excel and hospital exports write them).

The scanner keeps every character outside edited cells: it hands out cells as they stand,
quotes included, and what stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TextIO

from deid.formats.edits import Edit
from deid.formats.embedding import ADDRESSED, is_embedded
from deid.formats.encoding import Encoding, create_text, detect_encoding, open_text
from deid.formats.members import note_lost
from deid.formats.numbers import EXPONENT, plain_number
from deid.formats.rows import Cells, Names, TableRow
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.strips import Strips
from deid.formats.tables import labelled
from deid.grammar.fieldnames import is_label
from deid.types import Document, Strip, TextBlock, Wanted, splice

DELIMITERS = ",\t;|\x01"
"""The last one as Hive writes it."""
_SAMPLE = 1 << 16
_LINE_END = re.compile(r"\r\n|\n|\r")
_FORMULA = re.compile(r"[=@]|[+\-](?![0-9. ]*\Z)")
_CODED = re.compile(r"[A-Za-z0-9+/_\-]{64}")
_FILE = re.compile(rf"base64,|{_CODED.pattern}")
"""Is in every row that holds a file."""
_STEP = 16
_RUN = re.compile(rf"[A-Za-z0-9+/_\-]{{{64 // _STEP}}}")
"""Is among every so manieth character of such a row, or what says that a file begins."""
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
    shared = partial(_strips, path, ref, encoding, delimiter, details)
    return Document(ref, name, path, partial(_blocks, shared), details | more, shared)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    delimiter: str = document.details["delimiter"]
    lost: Counter[str] = Counter()
    with open_text(document.path, encoding) as handle, create_text(path, encoding, document.ref) as put:
        for index, record in enumerate(records(handle, delimiter, lost)):
            places = range(record.width) if edits else ()
            put(record.edited({at: some for at in places if (some := edits.get(f"{index}:{at}"))}))
    note_lost(document, lost)


def join(document: Document, texts: Iterable[str], path: str) -> None:
    """Write rows that were put into `texts` as they are to stand there."""
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    lost: Counter[str] = Counter()
    with create_text(path, encoding, document.ref) as put:
        for text in texts:
            put(text)
    with open_text(document.path, encoding) as handle:  # whoever edited the rows did not count
        for _ in records(handle, document.details["delimiter"], lost):
            pass
    note_lost(document, lost)


def _edited(field: Field, changes: Sequence[Edit] | None, delimiter: str) -> Field:
    if not changes:
        return field
    text = _changed(field.text, changes)
    if field.raw.startswith('"') and field.raw != field.text:
        return Field(_quoted(text), text, field.after)
    return Field(_as_cell(text, delimiter), text, field.after)


def _changed(text: str, changes: Sequence[Edit]) -> str:
    new = splice(_shown(text), changes)
    if _FORMULA.match(new) and not _FORMULA.match(text):
        return f"'{new}"  # a program that opens the table would reckon what stands in for a value
    return new


def _as_cell(text: str, delimiter: str) -> str:
    """A text as it stands in a file, in quotes where it needs them."""
    needs = delimiter in text or '"' in text or "\r" in text or "\n" in text
    return _quoted(text) if needs else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _blocks(shared: Callable[[Wanted], Iterator[Strip]]) -> Iterator[TextBlock]:
    return (block for _, found in shared(lambda row: True) for block in found)


def _strips(
    path: str,
    ref: str,
    encoding: Encoding,
    delimiter: str,
    details: Mapping[str, object],
    wanted: Wanted,
) -> Iterator[Strip]:
    """Each row is a strip."""
    check_unchanged(path, details, ref)
    counter = Strips(wanted)

    def is_passed(row: int) -> bool:
        """Whether a row is neither read here nor stands above one that is."""
        return not (counter.is_wanted(row, row) or counter.is_wanted(row + 1, row + 1))

    with open_text(path, encoding) as handle:
        above: Cells | None = None
        labelling = labelled(
            enumerate(records(handle, delimiter)),
            lambda numbered: numbered[1].cells,
            passes=lambda numbered: is_passed(numbered[0]) and not is_label(numbered[1].begins),
        )
        for (row, record), labels in labelling:
            if is_passed(row):
                continue
            filled = [cell for cell in record.cells if cell[1] and not cell[1].isspace()]
            columns, texts = [column for column, _ in filled], [text for _, text in filled]
            cells = Cells(texts, columns, labels, "1", row, _NAMES)
            if counter.is_wanted(row, row):
                yield row, TableRow(cells, above, record)
            above = cells


_NAMES = Names(
    lambda row, column: f"{row}:{column}", lambda row, column: f"row {row + 1}, column {column + 1}"
)


def _shown(field: str) -> str:
    return plain_number(field) if EXPONENT.fullmatch(field) else field


PackedRow = tuple[str, str, str, list[tuple[str, ...]] | None]


class Record:
    """A row of a file: a line, or several where a line break stands in quotes. It is cut into cells when they are asked for."""

    __slots__ = ("_after", "_cells", "_delimiter", "_fields", "_line")

    def __init__(self, line: str, after: str, delimiter: str, fields: list[Field] | None = None) -> None:
        self._line, self._after, self._delimiter, self._fields = line, after, delimiter, fields
        self._cells: list[tuple[int, str]] | None = None

    @property
    def fields(self) -> list[Field]:
        if self._fields is None:
            texts = self._line.split(self._delimiter)
            last = texts.pop()
            found = [Field(text, text, self._delimiter) for text in texts]
            self._fields = [*found, Field(last, last, self._after)]
        return self._fields

    @property
    def _texts(self) -> Sequence[str]:
        return self._line.split(self._delimiter) if self._fields is None else [f.text for f in self._fields]

    @property
    def width(self) -> int:
        """How many cells there are."""
        return len(self._texts)

    @property
    def cells(self) -> list[tuple[int, str]]:
        """Column and what a cell shows."""
        if self._cells is None:
            texts = self._texts
            if self._fields is not None or "E" in self._line or "e" in self._line:
                texts = [_shown(text) if "E" in text or "e" in text else text for text in texts]
            self._cells = list(enumerate(texts))
        return self._cells

    @property
    def begins(self) -> str:
        """The first text that is no white space, '' where there is none."""
        first = self._line.partition(self._delimiter)[0]
        if first and not first.isspace():  # as nearly always
            return first
        return next((text for text in self._texts if text.strip()), "")

    @property
    def written(self) -> str:
        """The row as it stands."""
        if self._fields is None:
            return self._line + self._after
        return "".join([field.raw + field.after for field in self._fields])

    def edited(self, changes: Mapping[int, Sequence[Edit]]) -> str:
        """The row with the changes of its cells, by column."""
        if not changes:
            return self.written
        if self._fields is None:
            texts = self._line.split(self._delimiter)
            for place, some in changes.items():
                texts[place] = _as_cell(_changed(texts[place], some), self._delimiter)
            return self._delimiter.join(texts) + self._after
        fields = (_edited(f, changes.get(n), self._delimiter) for n, f in enumerate(self._fields))
        return "".join([field.raw + field.after for field in fields])

    def packed(self) -> PackedRow:
        """What `of` reads."""
        fields = None if self._fields is None else [tuple(field) for field in self._fields]
        return self._line, self._after, self._delimiter, fields

    @classmethod
    def of(cls, packed: PackedRow) -> Record:
        """The inverse of `packed`."""
        line, after, delimiter, fields = packed
        return cls(line, after, delimiter, None if fields is None else [Field(*some) for some in fields])


def rows(handle: TextIO, delimiter: str) -> Iterator[list[Field]]:
    """The cells of each row. Ragged rows, empty lines and line breaks inside quotes are all right."""
    return (record.fields for record in records(handle, delimiter))


def records(handle: TextIO, delimiter: str, lost: Counter[str] | None = None) -> Iterator[Record]:
    """The rows of a file, without the files in cells, which are added to `lost`. Of lines without quotes nothing is
    looked at but where they end."""
    lost = Counter() if lost is None else lost
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    buffer, position, ended = "", 0, False
    while not (ended and position >= len(buffer)):
        end = _LINE_END.search(buffer, position)
        # what follows \r must be there too
        whole = end is not None and (ended or end.end() < len(buffer))
        if end and whole and buffer.find('"', position, end.start()) < 0:
            line = buffer[position : end.start()]
            if ("base64," in line or _RUN.search(line[_STEP - 1 :: _STEP])) and _FILE.search(line):
                cells = _shortened(line, lost).split(delimiter)
                line = delimiter.join([_without_file(cell, lost) for cell in cells])
            yield Record(line, end[0], delimiter)
            position = end.end()
            continue
        if whole or ended:
            fields, reach, is_complete = _row(buffer, position, delimiter, plain, ended)
            if is_complete:
                if _FILE.search(buffer, position, reach):
                    fields = [_field_without_file(field, lost) for field in fields]
                yield Record("", "", delimiter, fields)
                position = reach
                continue
        more = handle.read(_SAMPLE)
        buffer, position, ended = buffer[position:] + more, 0, not more


def _shortened(text: str, lost: Counter[str]) -> str:
    """A line or cell without the files in addresses; where it is cut into cells stays."""
    shorter, count = ADDRESSED.subn(lambda found: found[0][: found[0].index(",") + 1], text)
    lost["embedded file"] += count
    return shorter


def _without_file(cell: str, lost: Counter[str]) -> str:
    if _CODED.search(cell) and is_embedded(cell):
        lost["embedded file"] += 1
        return ""
    return cell


def _field_without_file(field: Field, lost: Counter[str]) -> Field:
    text = _shortened(field.text, lost)
    if text and not _without_file(text, lost):
        return Field("", "", field.after)
    return Field(_shortened(field.raw, Counter()), text, field.after)


def _row(
    buffer: str, position: int, delimiter: str, plain: re.Pattern[str], ended: bool
) -> tuple[list[Field], int, bool]:
    """The cells of the row at `position`, where the next one begins, and whether the buffer holds all of it."""
    fields: list[Field] = []
    while True:
        # A cell can be taken only when what follows it is in the buffer too.
        field, reach = _next(buffer, position, plain, ended)
        if field is None:
            if ended and fields:  # a delimiter at the end of the file
                return [*fields, Field("", "", "")], position, True
            return fields, position, False
        fields.append(field)
        position = reach
        if field.after != delimiter:
            return fields, position, True


def _next(buffer: str, position: int, plain: re.Pattern[str], ended: bool) -> tuple[Field | None, int]:
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
    """The delimiter by which most rows of the sample have the same number of cells.

    It stands in the first row, and rather parts many cells than two: between semicolons 65362,09 is an amount.
    """
    from io import StringIO

    best, best_score = usual, 0.0
    for delimiter in filter(sample.__contains__, DELIMITERS):
        widths = [len(row) for row in rows(StringIO(sample), delimiter) if len(row) > 1 or row[0].raw]
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        [(width, count)] = wide.most_common(1)
        heads = widths[0] > 1
        score = count / len(widths) + 0.1 * (delimiter == usual) + 0.1 * heads + min(width, 10) / 50
        if score > best_score + 1e-9:
            best, best_score = delimiter, score
    return best


def looks_delimited(sample: str) -> bool:
    """Whether a .txt file is a table: a header of field names, and rows of equal width."""
    lines = [line for line in sample.splitlines()[:40] if line.strip()]
    if len(lines) < 2:
        return False
    for delimiter in "\t,|\x01":
        widths = {line.count(delimiter) for line in lines}
        header = lines[0].split(delimiter)
        if len(widths) == 1 and len(header) >= 2 and all(map(is_label, filter(str.strip, header))):
            return True
    return False
