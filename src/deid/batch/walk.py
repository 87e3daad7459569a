"""What is in the source folder: every file, in an order that does not depend on the file system.

Symbolic links and junctions are not followed, they are listed. Numbers follow a keyed
order within each folder: `#0001`, `#0002` … in the order of the names would tell whose
surname comes first (an order-preserving code is a weak code).
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from deid.errors import UnreadableDocument
from deid.formats.encoding import detect_encoding
from deid.formats.files import Held
from deid.garbled import of_dos
from deid.keys import mac

_LITTER = {"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db", "__macosx", "icon\r"}
_LITTER_STARTS = ("~$", "._", ".~lock.", "~wrl")
_LOG = re.compile(r"\.(?:db3?|sqlite3?|s3db)-(?:wal|shm|journal)$")
"""What SQLite keeps beside a database; it is read with that."""
_JUNCTION = 0xA0000003
_UNREADABLE = "_"


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the source folder; `source` is relative, with `/`. `ignored` says why it is not read."""

    number: int
    source: str = field(repr=False)
    size: int
    ignored: str = ""

    @property
    def ref(self) -> str:
        return reference(self.number)

    @property
    def missed(self) -> bool:
        """Whether it is not read although a document may be behind it: a link, a folder without permission."""
        return self.ignored not in ("", "litter")

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.source.split("/"))


def reference(number: int) -> str:
    """How messages call a file: `#0017`."""
    return f"#{number:04d}"


def walk(root: Path, *, key: bytes, numbers: Mapping[str, int]) -> tuple[Found, ...]:
    """All files in order of number. `numbers` are those given before; they are kept and not given again."""
    entries = sorted(_entries(root, ""), key=lambda entry: _keyed(entry[0], key))
    free = max(numbers.values(), default=0) + 1
    found = []
    for source, size, ignored in entries:
        number = numbers.get(source)
        if number is None:
            number, free = free, free + 1
        found.append(Found(number, source, size, ignored))
    return tuple(sorted(found, key=lambda file: file.number))


def _keyed(source: str, key: bytes) -> tuple[tuple[bool, bytes], ...]:
    """Files of a folder first, then its folders one after the other, both in keyed order."""
    parts = source.split("/")
    order = []
    for depth in range(1, len(parts) + 1):
        prefix = "/".join(parts[:depth])
        order.append((depth < len(parts), mac(key, "order", prefix.encode("utf-8", "surrogatepass").hex())))
    return tuple(order)


def _entries(folder: Path, prefix: str) -> Iterator[tuple[str, int, str]]:
    try:
        with os.scandir(system_path(folder)) as listing:
            entries = list(listing)
    except OSError as error:
        yield prefix + "?", 0, _why(error, "folder")
        return
    for entry in entries:
        source = prefix + entry.name
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield source, 0, _why(error, "permission")
            continue
        if is_link(status):
            yield source, 0, "link"
        elif is_litter(entry.name):
            yield source, status.st_size, "litter"
        elif stat.S_ISDIR(status.st_mode):
            yield from _entries(folder / entry.name, source + "/")
        elif stat.S_ISREG(status.st_mode):
            yield source, status.st_size, ""
        else:
            yield source, 0, "special"


def _why(error: OSError, otherwise: str) -> str:
    return "long" if error.errno == errno.ENAMETOOLONG else otherwise


def is_link(status: os.stat_result) -> bool:
    """Whether it is a symbolic link or a junction."""
    # Python before 3.12 takes a junction of Windows for a folder.
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def is_litter(name: str) -> bool:
    """Whether a file of that name is one that systems and office programs leave beside documents."""
    lower = name.lower()
    return lower in _LITTER or lower.startswith(_LITTER_STARTS) or _LOG.search(lower) is not None


@lru_cache(maxsize=4096)
def readable_name(name: str) -> str:
    """A file name as text, whatever the locale takes it for; `_` for one of which nobody knows the encoding.

    Bytes that are no UTF-8 are GB18030 or Big5: archives from Chinese Windows have such names. What is read in
    another encoding than its own is no name that anything would find, and turns back into it.
    """
    try:
        if sys.platform == "win32":  # half a character is allowed
            return name.encode() and of_dos(name)
        written = os.fsencode(name)
        if written.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _UNREADABLE
        encoding = detect_encoding(Held(written), "", standard="utf-8")
        return of_dos(written.decode(encoding.codec))
    except (UnicodeError, UnreadableDocument):
        return _UNREADABLE


def system_path(path: Path) -> str:
    """`path` as the system takes it: on Windows in the form that may be longer than 260 characters."""
    text = str(path)
    if sys.platform == "win32" and not text.startswith("\\\\?\\"):
        text = str(path.absolute())
        return "\\\\?\\UNC\\" + text[2:] if text.startswith("\\\\") else "\\\\?\\" + text
    return text


def within(path: Path, folder: Path) -> bool:
    """Whether `path` is `folder` or lies in it, whatever the spelling of either."""
    path, folder = path.resolve(), folder.resolve()
    if folder == path or folder in path.parents:
        return True
    if not folder.exists():
        return False
    same: Callable[[Path], bool] = folder.samefile
    return any(same(above) for above in (path, *path.parents) if above.exists())
