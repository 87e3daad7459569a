"""Archives (zip): every member by its own format, their names de-identified, the archive written anew.

Names without a mark for UTF-8 are GB 18030 in Chinese archives. Members that deid cannot read are
left out and counted, as a run over the unpacked folder would leave them out. Times, comments and
extra fields of members are not carried over. Bombs, links and names that lead out of the archive
are refused.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.edits import Edit
from deid.formats.files import created, source
from deid.formats.members import Member
from deid.formats.options import DEFAULT, Options
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock, splice

_MOST_MEMBERS = 10_000
_MOST_BYTES = 1 << 30
_MOST_RATIO = 200  # of 1 MB and more; text does not pack better
_DEEPEST = 3  # of archives within archives
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,6}")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Entry(NamedTuple):
    """A file of the archive, or a folder; `parts` are the names on the way to it."""

    info: zipfile.ZipInfo
    prefix: str
    parts: tuple[str, ...]

    @property
    def suffix(self) -> str:
        return "" if self.info.is_dir() else _split(self.parts[-1])[1]


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when encrypted, damaged or a danger, UnsupportedDocument when deid can
    read nothing that is in it.
    """
    details = stamp(path, ref) | {"options": options}
    if options.depth > _DEEPEST:
        raise UnreadableDocument(f"{ref}: files within files, nested too deeply")
    removed: Counter[str] = Counter()
    readable = 0
    with _opened(path, ref) as archive:
        for entry in _members(archive, ref):
            removed["comment"] += bool(entry.info.comment)
            if entry.info.is_dir():
                continue
            lost = _inner(archive, entry, ref, options).losses()
            readable += lost is not None
            removed.update({"file": 1} if lost is None else lost)
        removed["comment"] += bool(archive.comment)
    if not readable:
        raise UnsupportedDocument(f"{ref}: an archive with nothing in it that deid can read")
    return Document(
        ref, "zip", path, partial(_blocks, path, ref, details), details | {"removed": dict(+removed)}
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Members that turn out to be withheld are counted in `details["removed"]` as well."""
    check_unchanged(document.path, document.details, document.ref)
    withheld = 0
    taken: set[str] = set()
    with (
        _opened(document.path, document.ref) as archive,
        created(path) as handle,
        zipfile.ZipFile(handle, "w") as target,
    ):
        found = list(_members(archive, document.ref))
        numbers = _numbers(found)
        for entry in found:
            name = _free("/".join(_renamed(part, numbers[part], edits) for part in entry.parts), taken)
            if entry.info.is_dir():
                target.writestr(zipfile.ZipInfo(name + "/"), b"")
                continue
            inner = _inner(archive, entry, document.ref, document.details["options"])
            if inner.losses() is None:
                continue
            new = inner.written(edits)
            if new is None:
                withheld += 1
                continue
            target.writestr(zipfile.ZipInfo(name), new, zipfile.ZIP_DEFLATED)
    if withheld:
        document.details["removed"]["withheld file"] = withheld


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    with _opened(path, ref) as archive:
        found = list(_members(archive, ref))
        for part, number in _numbers(found).items():
            stem, _ = _split(part)
            if stem.strip():
                yield TextBlock(f"name:{number}", stem, f"name {number}")
        for number, entry in enumerate(found, 1):
            if entry.info.is_dir():
                continue
            inner = _inner(archive, entry, ref, details["options"])
            if inner.losses() is not None:
                yield from inner.blocks(f"member {number}")


def _opened(path: str, ref: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source(path))
    except _DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the zip package is damaged") from None


def _members(archive: zipfile.ZipFile, ref: str) -> Iterator[Entry]:
    """Raises UnreadableDocument for whatever is not to be unpacked."""
    infos = archive.infolist()
    packed = sum(info.compress_size for info in infos)
    size = sum(info.file_size for info in infos)
    if len(infos) > _MOST_MEMBERS or size > _MOST_BYTES or size > max(1 << 20, packed * _MOST_RATIO):
        raise UnreadableDocument(f"{ref}: the archive is too large when unpacked (a bomb?)")
    seen: set[str] = set()
    for number, info in enumerate(infos):
        if info.flag_bits & 1:
            raise UnreadableDocument(f"{ref}: encrypted", hint="remove the password and run again")
        name = _name(info).replace("\\", "/")
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        if not parts or ".." in parts or name.startswith("/") or re.match(r"[A-Za-z]:", name):
            raise UnreadableDocument(f"{ref}: a name in the archive leads out of it")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise UnreadableDocument(f"{ref}: the archive holds a link")
        if name in seen:
            raise UnreadableDocument(f"{ref}: the archive holds two members of one name")
        seen.add(name)
        yield Entry(info, f"member:{number}:", parts)


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.filename
    content = info.orig_filename.split("\x00")[0].encode("cp437")
    for codec in ("utf-8", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.filename


def _inner(archive: zipfile.ZipFile, entry: Entry, ref: str, options: Options) -> Member:
    try:
        return Member(archive.read(entry.info), entry.suffix, entry.prefix, ref, options)
    except (*_DAMAGED, RuntimeError):
        raise UnreadableDocument(f"{ref}: corrupt: a member of the archive is damaged") from None


def _numbers(found: Sequence[Entry]) -> dict[str, int]:
    """Names are numbered: one that stands in several paths is renamed alike."""
    numbers: dict[str, int] = {}
    for entry in found:
        for part in entry.parts:
            numbers.setdefault(part, len(numbers) + 1)
    return numbers


def _split(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    return (name[: -len(suffix)], suffix) if _SUFFIX.fullmatch(suffix) else (name, "")


def _renamed(part: str, number: int, edits: Mapping[str, Sequence[Edit]]) -> str:
    changes = edits.get(f"name:{number}")
    if not changes:
        return part
    stem, suffix = _split(part)
    return (_UNSAFE.sub("_", splice(stem, changes)).strip(" .") or "_") + suffix


def _free(name: str, taken: set[str]) -> str:
    stem, suffix = _split(name)
    count, free = 1, name
    while free.casefold() in taken:
        count += 1
        free = f"{stem}_{count}{suffix}"
    taken.add(free.casefold())
    return free
