"""SQLite files, opened without a change to them: no lock, no journal, what waits in the write-ahead log included.

https://www.sqlite.org/fileformat2.html (4. the write-ahead log).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.files import Held, bytes_of

_LARGEST = 1 << 29  # bytes that are held in memory
_LOG_HEAD, _FRAME_HEAD = 32, 24
_HOT = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def connect(path: str, ref: str, text: Callable[[bytes], str]) -> sqlite3.Connection:
    """`text` makes one of its bytes. Raises UnreadableDocument when damaged or in the middle of a change."""
    log = b"" if isinstance(path, Held) else _beside(path, "-wal")
    if not isinstance(path, Held) and _beside(path, "-journal").startswith(_HOT):
        raise UnreadableDocument(
            f"{ref}: the database is in the middle of a change", hint="close the program that writes it"
        )
    with ExitStack() as until_checked:
        try:
            if isinstance(path, Held) or len(log) > _LOG_HEAD:
                connection = _in_memory(_with_log(bytes_of(path), log), ref)
            else:
                address = Path(path).resolve().as_uri() + "?mode=ro&immutable=1"
                connection = sqlite3.connect(address, uri=True, isolation_level=None)
            until_checked.callback(connection.close)
            connection.text_factory = text
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA ignore_check_constraints = ON")  # CHECK (length(phone) = 11)
            checked = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error:
            checked = None
        if checked is None or checked[0] != "ok":
            raise UnreadableDocument(f"{ref}: corrupt: the database is damaged, or encrypted")
        until_checked.pop_all()
    return connection


def _in_memory(data: bytes, ref: str) -> sqlite3.Connection:
    if len(data) > _LARGEST:
        raise UnreadableDocument(
            f"{ref}: a database of more than {_LARGEST >> 20} MB, within a file or with a log"
        )
    if not hasattr(sqlite3.Connection, "deserialize"):
        raise UnsupportedDocument(f"{ref}: a database within a file, or with a log, needs Python 3.11")
    connection = sqlite3.connect(":memory:", isolation_level=None)
    getattr(connection, "deserialize")(data)  # noqa: B009 - unknown to Python 3.10
    return connection


def serialized(connection: sqlite3.Connection) -> bytes:
    """A database in memory as a file. One could not be read before Python 3.11, either."""
    content: bytes = getattr(connection, "serialize")()  # noqa: B009 - unknown to Python 3.10
    return content


def _beside(path: str, ending: str) -> bytes:
    file = Path(path + ending)
    return file.read_bytes() if file.is_file() and file.stat().st_size <= _LARGEST else b""


def _with_log(data: bytes, log: bytes) -> bytes:
    """The database as it is with what was committed to its log; its own journal mode is off."""
    pages = bytearray(data)
    if log[:3] == b"\x37\x7f\x06":
        size = int.from_bytes(log[8:12], "big")
        waiting: dict[int, bytes] = {}
        for number, length, page in _frames(log, size):
            waiting[number] = page
            if length:
                pages.extend(bytes(max(0, length * size - len(pages))))
                for one, content in waiting.items():
                    pages[(one - 1) * size : one * size] = content
                del pages[length * size :]
                waiting = {}
    pages[18:20] = b"\x01\x01"
    return bytes(pages)


def _frames(log: bytes, size: int) -> list[tuple[int, int, bytes]]:
    """Number of page, size of the database in pages where the frame commits, page; as far as checksums hold."""
    order = "big" if log[3] & 1 else "little"
    sums = _checksum(log[:24], (0, 0), order)
    found: list[tuple[int, int, bytes]] = []
    place = _LOG_HEAD
    while size and place + _FRAME_HEAD + size <= len(log):
        head, page = log[place : place + _FRAME_HEAD], log[place + _FRAME_HEAD : place + _FRAME_HEAD + size]
        sums = _checksum(page, _checksum(head[:8], sums, order), order)
        if head[8:16] != log[16:24] or head[16:24] != b"".join(one.to_bytes(4, "big") for one in sums):
            break
        found.append((int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"), page))
        place += _FRAME_HEAD + size
    return found


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = memoryview(data).cast("I") if order == _native() else memoryview(_swapped(data)).cast("I")
    for index in range(0, len(words), 2):
        first = (first + words[index] + second) & 0xFFFFFFFF
        second = (second + words[index + 1] + first) & 0xFFFFFFFF
    return first, second


def _native() -> str:
    import sys

    return sys.byteorder


def _swapped(data: bytes) -> bytes:
    swapped = bytearray(len(data))
    for index in range(4):
        swapped[index::4] = data[3 - index :: 4]
    return bytes(swapped)
