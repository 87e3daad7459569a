"""Single files packed with gzip (RFC 1952), bzip2 or xz, and the streams in which tar archives come."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from deid.errors import UnreadableDocument
from deid.formats import files
from deid.formats.archives.entries import MOST_BYTES, Entry, Listing, Put, check_size
from deid.formats.sniffing import packing

DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
_CHUNK = 1 << 20
_NAME, _COMMENT = 8, 16  # flags of gzip


@contextmanager
def stream(path: str) -> Iterator[BinaryIO]:
    """What is in a packed file, or the file itself."""
    with files.opened(path) as handle:
        name = packing(handle.read(6))
        handle.seek(0)
        if not name:
            yield handle
            return
        with _unpacking(name, handle) as inner:
            yield inner


def _unpacking(name: str, handle: BinaryIO) -> BinaryIO:
    if name == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=handle, mode="rb"))
    return cast(BinaryIO, bz2.BZ2File(handle) if name == "bz2" else lzma.LZMAFile(handle))


@contextmanager
def packed(handle: BinaryIO, like: str) -> Iterator[BinaryIO]:
    """Packs what is written into it as the file `like` is, without name and time."""
    with files.opened(like) as original:
        name = packing(original.read(6))
    if not name:
        yield handle
    elif name == "gz":
        with gzip.GzipFile(filename="", fileobj=handle, mode="wb", mtime=0) as target:
            yield cast(BinaryIO, target)
    else:
        with bz2.BZ2File(handle, "wb") if name == "bz2" else lzma.LZMAFile(handle, "wb") as target:
            yield cast(BinaryIO, target)


def check_stream(path: str, ref: str) -> None:
    """Raise UnreadableDocument when a file cannot be unpacked, or becomes too large."""
    size = 0
    try:
        with files.opened(path) as handle:
            length = handle.seek(0, 2)
        with stream(path) as inner:
            while chunk := inner.read(_CHUNK):
                size += len(chunk)
                check_size(1, size, length, ref)
    except DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the archive is damaged") from None


@contextmanager
def opened(path: str, ref: str, passwords: tuple[str, ...]) -> Iterator[Listing]:
    """The one file that is packed. Raises UnreadableDocument."""
    check_stream(path, ref)

    def content() -> bytes:
        with stream(path) as inner:
            return inner.read(MOST_BYTES)

    suffix = files.suffix_of(Path(path).stem)
    yield Listing([Entry(0, (), suffix, content)], +Counter(comment=_says_more(path)))


@contextmanager
def created(handle: BinaryIO, like: str) -> Iterator[Put]:
    """The file packed anew."""

    def put(name: str, data: bytes | None) -> None:
        with packed(handle, like) as target:
            target.write(data or b"")

    yield put


def _says_more(path: str) -> int:
    """How many of the original's name and a comment are in the header of a gzip file."""
    with files.opened(path) as handle:
        head = handle.read(4)
    return bool(head[3] & _NAME) + bool(head[3] & _COMMENT) if head.startswith(b"\x1f\x8b") else 0
