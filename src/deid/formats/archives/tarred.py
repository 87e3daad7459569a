"""Tar archives (POSIX.1-2001 pax, GNU, v7), plain or packed. Owners, times and rights are not carried over."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import BinaryIO

from deid.errors import UnreadableDocument
from deid.formats.archives.entries import Listing, Put, check_size, decoded, numbered
from deid.formats.archives.packed import DAMAGED, check_stream, packed, stream

_DAMAGED = (tarfile.TarError, *DAMAGED)


@contextmanager
def opened(path: str, ref: str, passwords: tuple[str, ...]) -> Iterator[Listing]:
    """Raises UnreadableDocument for whatever is not to be unpacked."""
    check_stream(path, ref)
    with stream(path) as inner:
        archive, behind = _read(inner, ref)
        found = archive.getmembers()
        size = inner.seek(0, 2)
        check_size(len(found), sum(info.size for info in found), size, ref)
        for info in found:
            if info.issym() or info.islnk():
                raise UnreadableDocument(f"{ref}: the archive holds a link")
            if not (info.isfile() or info.isdir()):
                raise UnreadableDocument(f"{ref}: the archive holds what is neither file nor folder")
        names = decoded([info.name.encode("utf-8", "surrogateescape") for info in found])
        entries = numbered(
            (
                (name, info.isdir(), partial(_content, archive, info, ref))
                for name, info in zip(names, found, strict=True)
            ),
            ref,
        )
        comments = {info.pax_headers.get("comment") for info in found} - {None}
        yield Listing(entries, +Counter({"comment": len(comments), "text behind the archive": int(behind)}))


@contextmanager
def created(handle: BinaryIO, like: str) -> Iterator[Put]:
    """A new archive of nobody's, of 1970, packed as the file `like` is."""
    with (
        packed(handle, like) as target,
        tarfile.open(fileobj=target, mode="w:", format=tarfile.PAX_FORMAT) as archive,
    ):

        def put(name: str, data: bytes | None) -> None:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
            else:
                info.size = len(data)
            archive.addfile(info, BytesIO(data or b""))

        yield put


def _read(inner: BinaryIO, ref: str) -> tuple[tarfile.TarFile, bool]:
    """The archive, and whether something stands behind its end.

    tarfile takes a damaged header for the end, so what stands there is looked at.
    """
    try:
        archive = tarfile.TarFile(fileobj=inner, encoding="utf-8", errors="surrogateescape")
        archive.getmembers()
        inner.seek(archive.offset)
        if any(inner.read(tarfile.BLOCKSIZE)):
            raise tarfile.ReadError
        behind = any(any(chunk) for chunk in iter(lambda: inner.read(1 << 20), b""))
    except _DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the archive is damaged") from None
    return archive, behind


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo, ref: str) -> bytes:
    try:
        handle = archive.extractfile(info)
        assert handle is not None  # of a file
        data = handle.read()
    except _DAMAGED:
        data = b""
    if len(data) != info.size:
        raise UnreadableDocument(f"{ref}: corrupt: a member of the archive is damaged")
    return data
