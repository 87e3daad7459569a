"""Zip archives (PKWARE APPNOTE 6.3), with passwords (ZipCrypto, and AES as WinZip does it)."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO

from deid.errors import EncryptedDocument, UnreadableDocument
from deid.formats.archives.entries import Listing, Put, check_size, decoded, numbered
from deid.formats.files import source
from deid.formats.unlocking import HINT
from deid.garbled import of_dos

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # APPNOTE 4.6.9: the name in UTF-8, if the other one has this checksum


@contextmanager
def opened(path: str, ref: str, passwords: tuple[str, ...]) -> Iterator[Listing]:
    """Raises UnreadableDocument for whatever is not to be unpacked, EncryptedDocument without the password."""
    try:
        archive: Any = zipfile.ZipFile(source(path))
    except _DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the zip package is damaged") from None
    keys: list[bytes] = []
    if any(info.flag_bits & 1 for info in archive.infolist()):
        archive.close()
        archive, keys = _locked(path, ref, passwords)
    with archive:
        infos = archive.infolist()
        packed = sum(info.compress_size for info in infos)
        check_size(len(infos), sum(info.file_size for info in infos), packed, ref)
        if any(stat.S_ISLNK(info.external_attr >> 16) for info in infos):
            raise UnreadableDocument(f"{ref}: the archive holds a link")
        names = zip(_names(infos), infos, strict=True)
        entries = numbered(
            ((name, info.is_dir(), partial(_content, archive, info, ref, keys)) for name, info in names), ref
        )
        removed = Counter(comment=sum(bool(info.comment) for info in infos) + bool(archive.comment))
        removed["password"] = int(bool(keys))
        yield Listing(entries, +removed)


@contextmanager
def created(handle: BinaryIO, like: str) -> Iterator[Put]:
    """A new archive; its members have no times, comments and passwords."""
    with zipfile.ZipFile(handle, "w") as archive:

        def put(name: str, data: bytes | None) -> None:
            if data is None:
                archive.writestr(zipfile.ZipInfo(name + "/"), b"")
            else:
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)

        yield put


def _locked(path: str, ref: str, passwords: tuple[str, ...]) -> tuple[Any, list[bytes]]:
    """An archive with a password, and what the passwords may be in bytes."""
    import pyzipper

    if not passwords:
        raise EncryptedDocument(f"{ref}: encrypted: it needs a password", hint=HINT)
    keys = {word.encode(codec): None for word in passwords for codec in ("utf-8", "gb18030")}
    try:
        return pyzipper.AESZipFile(source(path)), list(keys)
    except (*_DAMAGED, pyzipper.BadZipFile):
        raise UnreadableDocument(f"{ref}: corrupt: the zip package is damaged") from None


def _names(infos: list[Any]) -> list[str]:
    plain = [info for info in infos if not info.flag_bits & _UTF8]
    raw = [info.orig_filename.split("\x00")[0].encode("cp437") for info in plain]
    read = dict(zip(map(id, plain), map(_unicode_path, plain, raw, decoded(raw)), strict=True))
    return [read.get(id(info)) or of_dos(info.filename) for info in infos]


def _unicode_path(info: Any, raw: bytes, name: str) -> str:
    """`name`, unless a field says what it is in Unicode."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:5] == b"\1" + zlib.crc32(raw).to_bytes(4, "little"):
            return str(field[5:].decode("utf-8", "replace"))
    return name


def _content(archive: Any, info: Any, ref: str, keys: list[bytes]) -> bytes:
    if info.flag_bits & 1:
        return _unlocked(archive, info, ref, keys)
    try:
        return bytes(archive.read(info))
    except NotImplementedError:
        raise UnreadableDocument(f"{ref}: the archive is packed in a way that deid does not know") from None
    except Exception:  # pyzipper has errors of its own
        raise UnreadableDocument(f"{ref}: corrupt: a member of the archive is damaged") from None


def _unlocked(archive: Any, info: Any, ref: str, keys: list[bytes]) -> bytes:
    """The password that opened a member is tried first on the next."""
    for number, key in enumerate(keys):
        try:
            data = bytes(archive.read(info, key))
        except Exception:  # a wrong password, a damaged member and an unknown cipher look alike
            continue
        keys.insert(0, keys.pop(number))
        return data
    raise EncryptedDocument(f"{ref}: encrypted: none of the passwords opens it", hint=HINT)
