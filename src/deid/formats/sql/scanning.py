"""A dump cut into pieces, read as far as is needed: rows of values, and the text between them.

Together the pieces are the file, character by character. What cannot be understood is text, and a string
that runs over the beginning of another INSERT was not meant as one.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Literal, NamedTuple, TextIO

from deid.formats.sql.dialects import Dialect

Kind = Literal["text", "head", "row", "copied", "bytes", "table", "comment"]
_CHUNK = 1 << 18
_AHEAD = 1 << 16
"""Characters that are looked at to tell which statement begins."""
_LARGEST_TABLE = 1 << 18
_LONGEST = 1 << 24
"""Characters of a row, or of a string in another statement, that is held in memory."""
_TOGETHER = 1 << 16
"""Characters of text after which a line ends a piece."""
_NAME = r"(?:`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\"|\[[^\]\r\n]+\]|[\w$#@]+)"
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME}){{0,3}}"
_LIST = rf"\(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\)"
_INSERT = re.compile(
    r"(?:INSERT|REPLACE)(?:\s+(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+))*(?:\s+INTO)?\s+"
    rf"(?P<table>{_PATH})\s*(?P<columns>{_LIST})?\s*(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_COPY = re.compile(
    rf"COPY\s+(?P<table>{_PATH})\s*(?P<columns>{_LIST})?\s*FROM\s+STDIN\s*(?P<options>[^;\r\n]*);[^\S\r\n]*(?:\r\n|\n|\r)",
    re.IGNORECASE,
)
_CREATE = re.compile(
    r"CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN)\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    rf"(?P<table>{_PATH})\s*\(",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    rf"COMMENT\s+ON\s+COLUMN\s+(?P<column>{_PATH})\s+IS\s+[EN]?'(?P<text>(?:[^']|'')*)'", re.IGNORECASE
)
_BEGINNINGS = frozenset(("insert", "replace", "copy", "create", "comment"))
_NO_COLUMNS = frozenset(
    "primary key unique index constraint foreign fulltext spatial check exclude like period".split()
)
_RUNAWAY = re.compile(r"[\r\n][^\S\r\n]*(?:INSERT|REPLACE)\s+(?:INTO\s|\[)", re.IGNORECASE)
_AFTER_ROW = re.compile(r"\s*(?:,\s*|;[^\S\r\n]*(?:\r\n|\n|\r)?)|[^\S\r\n]*(?:\r\n|\n|\r)?")
_LINE_END = re.compile(r"\r\n|\n|\r")
BYTES = re.compile(r"[eE]?'(\\{1,4}x)((?:[0-9A-Fa-f]{2})+)'")
"""A bytea of PostgreSQL."""
_BYTES_WITHIN = re.compile(
    rf"(?<!\w)(?:{BYTES.pattern}|0[xX][0-9A-Fa-f]{{8,}}(?!\w)|[xX]'[0-9A-Fa-f]{{8,}}')"
)


class Piece(NamedTuple):
    """A stretch of a dump that begins on a line. A `head` names the table and the columns of the rows behind it.

    `table` and `comment` have no text of their own: they say what columns a table has, and what one holds.
    """

    kind: Kind
    raw: str
    line: int
    table: str = ""
    columns: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


class _Window:
    """What of the file is in memory: from `start`, where the next piece begins; it reaches over `reach` characters so far."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self.buffer, self.start, self.reach = "", 0, 0
        self._ended = False
        self._line = 1
        self._unclosed: set[str] = set()

    @property
    def place(self) -> int:
        return self.start + self.reach

    @property
    def is_whole(self) -> bool:
        """Whether the buffer holds the file to its end, or as much of it as is allowed."""
        return self._ended or len(self.buffer) - self.start > _LONGEST

    def more(self) -> bool:
        """Read on, twice as far each time. Every place moves to the front by `start`, which is 0 then."""
        if self.is_whole:
            return False
        read = self._handle.read(max(_CHUNK, len(self.buffer) - self.start))
        self._ended = not read
        if read:
            self._unclosed.clear()
        self.buffer, self.start = self.buffer[self.start :] + read, 0
        return bool(read)

    def ahead(self, size: int) -> None:
        while len(self.buffer) - self.place < size and self.more():
            pass

    def piece(self, kind: Kind, table: str = "", columns: tuple[str, ...] = ()) -> Piece:
        """What was reached."""
        raw = self.buffer[self.start : self.place]
        piece = Piece(kind, raw, self._line, table, columns)
        self._line += raw.count("\n")
        self.start, self.reach = self.place, 0
        return piece

    def text(self) -> Iterator[Piece]:
        if self.reach:
            yield self.piece("text")

    def is_unclosed(self, place: int) -> bool:
        """Whether something begins at a place of which the end was looked for before, in vain.

        Each would cost a look at all the rest.
        """
        first = self.buffer[place : place + 1]
        return first in self._unclosed and (first != "/" or self.buffer.startswith("/*", place))

    def note_unclosed(self, opening: str) -> None:
        self._unclosed.add(opening[0])

    def token(self, dialect: Dialect) -> tuple[str, str] | None:
        """Group and text of what stands at the place; None at the end of the file."""
        while True:
            if self._unclosed and self.is_unclosed(self.place):
                return "other", self.buffer[self.place]
            found = dialect.token.match(self.buffer, self.place)
            if (
                found is None or found.end() == len(self.buffer) or found.lastgroup == "open"
            ) and self.more():
                continue
            if found is None:
                return None
            if found.lastgroup == "open":
                self.note_unclosed(found[0])
            if found.lastgroup == "string" and _RUNAWAY.search(self.buffer, found.start(), found.end()):
                return "other", self.buffer[self.place]
            return str(found.lastgroup), found[0]


def pieces(handle: TextIO, dialect: Dialect) -> Iterator[Piece]:
    window = _Window(handle)
    begins = True  # whether a statement may begin here
    while token := window.token(dialect):
        group, text = token
        if begins and group == "word" and text.casefold() in _BEGINNINGS:
            window.ahead(_AHEAD)
            if head := _INSERT.match(window.buffer, window.place):
                yield from _headed(window, head)
                begins = yield from _rows(window, dialect)
                continue
            if head := _COPY.match(window.buffer, window.place):
                yield from _headed(window, head)
                yield from _copied(window, plain=not head["options"].strip())
                continue
            yield from _described(window, dialect)
        if group == "hex" or (group == "string" and BYTES.fullmatch(text)):
            yield from window.text()
            window.reach = len(text)
            yield window.piece("bytes")
        elif group == "dollar":
            yield from _quoted(window, text)
        else:
            window.reach += len(text)
        if group == "line" and window.reach >= _TOGETHER:
            yield from window.text()
        begins = group in ("line", "end") or (begins and group in ("space", "comment"))
    yield from window.text()


def _quoted(window: _Window, text: str) -> Iterator[Piece]:
    """A program between dollars, with the bytes that stand in it."""
    end = 0
    for found in _BYTES_WITHIN.finditer(text):
        window.reach += found.start() - end
        yield from window.text()
        window.reach = len(found[0])
        yield window.piece("bytes")
        end = found.end()
    window.reach += len(text) - end


def _headed(window: _Window, head: re.Match[str]) -> Iterator[Piece]:
    size = head.end() - head.start()
    yield from window.text()
    window.reach = size
    columns = tuple(_names((head["columns"] or "")[1:-1]))
    yield window.piece("head", _table(head["table"]), columns)


def _rows(window: _Window, dialect: Dialect) -> Generator[Piece, None, bool]:
    """The rows behind VALUES; whether what follows them may be a statement, which it is not where a row is broken."""
    while size := _size_of_row(window, dialect):
        window.reach = size
        window.ahead(_AHEAD)
        after = _AFTER_ROW.match(window.buffer, window.place)
        window.reach += len(after[0]) if after else 0
        goes_on = after is not None and "," in after[0]
        yield window.piece("row")
        while goes_on and (token := window.token(dialect)) and token[0] in ("comment", "space", "line"):
            window.reach += len(token[1])
        if not goes_on or not window.buffer.startswith("(", window.place):
            return True
        yield from window.text()
    return False


def _size_of_row(window: _Window, dialect: Dialect) -> int:
    """Characters of the row at the place; 0 where it does not end."""
    while True:
        if row := dialect.row.match(window.buffer, window.place):
            return 0 if _RUNAWAY.search(window.buffer, *row.span()) else row.end() - row.start()
        size = _walked(window, dialect)
        if size is not None:
            return size
        if not window.more():
            return 0


def _walked(window: _Window, dialect: Dialect) -> int | None:
    """The same, token by token; None where the buffer is too short to tell."""
    depth, place, before = 0, window.place, ""
    while not window.is_unclosed(place) and (found := dialect.token.match(window.buffer, place)):
        group = found.lastgroup or ""
        if group == "open" and not window.is_whole:
            return None
        if group == "open":
            window.note_unclosed(found[0])
        is_next = group == "word" and before == "line" and found[0].casefold() in ("insert", "replace")
        is_over = group == "string" and _RUNAWAY.search(window.buffer, *found.span())
        if is_next or is_over or group in ("open", "end"):
            return 0
        depth += (found[0] == "(") - (found[0] == ")")
        place = found.end()
        if depth == 0:
            return place - window.place
        before = group if group != "space" else before
    return 0 if window.is_whole or window.is_unclosed(place) else None


def _copied(window: _Window, *, plain: bool) -> Iterator[Piece]:
    """Lines up to that of a backslash and a dot, each a row; those of another form than the usual one are text."""
    while True:
        end = _LINE_END.search(window.buffer, window.place)
        if (end is None or end.end() == len(window.buffer)) and window.more():
            continue
        if end is None:
            window.reach = len(window.buffer) - window.start
            yield from window.text()
            return
        line = window.buffer[window.place : end.start()]
        window.reach += end.end() - window.place
        if line == "\\.":
            yield from window.text()
            return
        if plain:
            yield window.piece("copied")
        elif window.reach >= _TOGETHER:
            yield from window.text()


def _described(window: _Window, dialect: Dialect) -> Iterator[Piece]:
    """What a statement at the place says of the columns of a table; it stays where it is."""
    if found := _COMMENT.match(window.buffer, window.place):
        *table, column = _names(found["column"])
        comment = found["text"].replace("''", "'")
        yield Piece("comment", "", 0, table[-1].casefold() if table else "", (column,), (comment,))
    elif _CREATE.match(window.buffer, window.place):
        window.ahead(_LARGEST_TABLE)
        if found := _CREATE.match(window.buffer, window.place):
            columns = _columns(window.buffer, found.end(), dialect)
            yield Piece("table", "", 0, _table(found["table"]), tuple(columns), tuple(columns.values()))


def _columns(buffer: str, place: int, dialect: Dialect) -> dict[str, str]:
    """The columns that are declared from a place on, up to the bracket that closes, with their comments."""
    columns: dict[str, str] = {}
    depth, before, column = 0, ",", ""
    while (found := dialect.token.match(buffer, place)) and depth >= 0:
        group, text = found.lastgroup, found[0]
        place = found.end()
        if group in ("space", "line", "comment"):
            continue
        depth += (text == "(") - (text == ")")
        if depth == 0 and before == ",":
            column = "" if text.casefold() in _NO_COLUMNS else _bare(text)
            columns.update({column: ""} if column else {})
        elif before == "comment" and group == "string" and column:
            columns[column] = _bare(text)
        before = text.casefold() if depth == 0 else ""
    return columns


def _names(path: str) -> Iterator[str]:
    return (_bare(name) for name in re.findall(_NAME, path))


def _table(path: str) -> str:
    """The name of a table without that of its database."""
    return [*_names(path)][-1].casefold()


def _bare(name: str) -> str:
    if name[0] not in "`\"['":
        return name
    return name[1:-1].replace(name[-1] * 2, name[-1])
