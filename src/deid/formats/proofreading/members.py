"""What is in a file within a file, whatever it is: an attachment, a member of an archive."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from deid.errors import UnreadableDocument
from deid.formats.files import Held, bytes_of, source
from deid.formats.proofreading.pictures import is_picture, strings_of

_SUFFIXES = (".txt", ".html", ".eml", ".vcf", ".csv", ".json", ".md")


def strings_of_archive(path: str) -> Iterator[str]:
    """Names, and all that members say. Raises UnreadableDocument when it is damaged."""
    with zipfile.ZipFile(source(path)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for info in archive.infolist():
            yield info.filename
            yield (info.comment + info.extra).decode("utf-8", "replace")
            if not info.is_dir():
                yield from strings_of_member(archive.read(info), PurePosixPath(info.filename).suffix)


def strings_of_tar(path: str) -> Iterator[str]:
    """The same of a tar archive, packed or not. Raises UnreadableDocument when it is damaged."""
    data = unpacked(bytes_of(path))
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        for info in archive:
            yield from (info.name, info.linkname, info.uname, info.gname)
            yield from (f"{key}={value}" for key, value in info.pax_headers.items())
            content = archive.extractfile(info)
            if content:
                yield from strings_of_member(content.read(), PurePosixPath(info.name).suffix)
        behind = data[archive.offset :]
    yield behind.decode("utf-8", "replace")


def strings_of_packed(path: str) -> Iterator[str]:
    """What is in a file that is packed, and what its header may say. Raises UnreadableDocument."""
    data = bytes_of(path)
    yield data[:1024].decode("utf-8", "ignore")
    yield from strings_of_member(unpacked(data))


def unpacked(data: bytes) -> bytes:
    """Raises UnreadableDocument when it cannot be unpacked."""
    try:
        for mark, module in ((b"\x1f\x8b", gzip), (b"BZh", bz2), (b"\xfd7zXZ", lzma)):
            if data.startswith(mark):
                return bytes(module.decompress(data))
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        raise UnreadableDocument("the written archive cannot be read") from None
    return data


def strings_of_member(data: bytes, suffix: str = "") -> Iterator[str]:
    """By its own kind; where nothing says which, by every kind that it could be."""
    from deid.formats.proofreading import text_of
    from deid.formats.sniffing import sniff

    if not data:
        return
    for ending in (suffix,) if suffix else _SUFFIXES:
        held = Held(data, ending)
        try:
            yield from text_of(held, sniff(held))
        except UnreadableDocument:
            if suffix:
                raise


def strings_of_bytes(data: bytes) -> Iterator[str]:
    """Of data within a document, of which nobody says what it is: in every encoding, and unpacked."""
    if is_picture(data):
        yield from strings_of(data)
        return
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        yield data.decode(codec, "ignore")
    if data.startswith(b"PK"):
        with suppress(UnreadableDocument):  # as text it was read above
            yield from strings_of_member(data, ".zip")
