"""What archives of every kind have: members with names, and limits on both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from deid.errors import UnreadableDocument
from deid.formats.edits import Edit
from deid.formats.encoding import detect_encoding
from deid.formats.files import Held, suffix_of
from deid.types import splice

MOST_BYTES = 1 << 30
_MOST_MEMBERS = 10_000
_MOST_RATIO = 200  # of 1 MB and more; text does not pack better
_LONGEST_NAME = 240  # bytes in UTF-8: systems allow 255, and a number must fit as well
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = re.compile("\ufffd{1,3}")
_HAN = re.compile("[\u3400-\u9fff]")
_FOREIGN = re.compile(r"[^\x00-\x7f\u2010-\u2027\u3000-\u9fff\uff00-\uffef·〔〕]")
_LEAST_HAN = 2


class Entry(NamedTuple):
    """A file of the archive, or a folder, which has no `content`; `parts` are the names on the way to it."""

    number: int
    parts: tuple[str, ...]
    suffix: str
    content: Callable[[], bytes] | None

    @property
    def prefix(self) -> str:
        return f"member:{self.number}:"


class Listing(NamedTuple):
    """The members of an archive that is open, and what of it will not be in the output, by kind."""

    entries: Sequence[Entry]
    removed: Counter[str]


Put = Callable[[str, bytes | None], None]
"""Adds a member to a new archive: its name, and its content, or None for a folder."""


def check_size(members: int, size: int, packed: int, ref: str) -> None:
    """Raise UnreadableDocument where `packed` bytes become too many."""
    if members > _MOST_MEMBERS or size > MOST_BYTES or size > max(1 << 20, packed * _MOST_RATIO):
        raise UnreadableDocument(f"{ref}: the archive is too large when unpacked (a bomb?)")


def numbered(found: Iterable[tuple[str, bool, Callable[[], bytes]]], ref: str) -> list[Entry]:
    """Entries of names, whether they are folders, and contents.

    Raises UnreadableDocument for names that lead out of the archive or stand there twice.
    """
    entries: list[Entry] = []
    seen: set[str] = set()
    for number, (raw, is_folder, content) in enumerate(found):
        name = raw.replace("\\", "/")
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        if ".." in parts or name.startswith("/") or _DRIVE.match(name) or not (parts or is_folder):
            raise UnreadableDocument(f"{ref}: a name in the archive leads out of it")
        if "/".join(parts) in seen:
            raise UnreadableDocument(f"{ref}: the archive holds two members of one name")
        seen.add("/".join(parts))
        if is_folder or name.endswith("/"):
            if parts:
                entries.append(Entry(number, parts, "", None))
        else:
            entries.append(Entry(number, parts, suffix_of(parts[-1]), content))
    return entries


def decoded(names: Sequence[bytes]) -> list[str]:
    """Names whose encoding nobody tells. Archives from Chinese Windows have them in GB 18030 or Big5."""
    cut = {name: _cut(name, "utf-8") for name in names}
    whole = [name for name in names if cut[name] is None]
    try:
        likely = detect_encoding(Held(b"\n".join(whole)), "").codec if any(whole) else "utf-8"
    except UnreadableDocument:
        likely = "utf-8"
    return [cut[name] or _decoded(name, likely) for name in names]


def _decoded(name: bytes, likely: str) -> str:
    for codec in (likely, "utf-8", "gb18030"):
        try:
            return name.decode(codec)
        except UnicodeDecodeError:
            continue
    return _cut(name, "gb18030") or name.decode("cp437")


def _cut(name: bytes, codec: str) -> str | None:
    """A Chinese name that a program cut within a character: in another encoding, which then fits, nothing would find it."""
    read, count = _BROKEN.subn("_", name.decode(codec, "replace"))
    if not 0 < count <= name.count(b"/") + 1 or len(_HAN.findall(read)) < _LEAST_HAN or _FOREIGN.search(read):
        return None
    return read


def parts_of(entries: Iterable[Entry]) -> dict[str, int]:
    """Names are numbered: one that stands in several paths is renamed alike."""
    numbers: dict[str, int] = {}
    for entry in entries:
        for part in entry.parts:
            numbers.setdefault(part, len(numbers) + 1)
    return numbers


def stem_of(part: str) -> str:
    """A name without what tells the kind of the file."""
    return part.removesuffix(suffix_of(part))


def renamed(part: str, number: int, edits: Mapping[str, Sequence[Edit]]) -> str:
    """A name with its edits, as every system accepts it."""
    changes = edits.get(f"name:{number}")
    if not changes:
        return part
    stem = _UNSAFE.sub("_", splice(stem_of(part), changes)).strip(" .") or "_"
    while len((stem + suffix_of(part)).encode()) > _LONGEST_NAME and len(stem) > 1:
        stem = stem[:-1]
    return stem + suffix_of(part)


def free(name: str, taken: set[str]) -> str:
    """`name`, with a number behind it where it is taken in upper or lower case."""
    suffix = suffix_of(name)
    count, found = 1, name
    while found.casefold() in taken:
        count += 1
        found = f"{name.removesuffix(suffix)}_{count}{suffix}"
    taken.add(found.casefold())
    return found
