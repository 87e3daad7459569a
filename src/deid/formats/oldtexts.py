"""Whether an old Office file has text, and what was made of it has some: LibreOffice makes an empty document of a damaged
file, and says nothing.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

import olefile

from deid.formats.biff import is_bare, records

_CELLS = frozenset((0x02, 0x03, 0x04, 0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x206, 0x27E, 0x406))
"""Records of Excel that are cells which hold something."""
FIRST_97 = 0xC0
"""nFib of Word 97 and later (MS-DOC 2.5.1); Word 6 and 95 have 101 to 104."""
_FIELD = re.compile("\x13[^\x13-\x15]*[\x14\x15]?")
"""The instruction of a field."""
_SLIDE, _SLIDES, _WIDE_TEXT, _TEXT = 0x03EE, 0x0FF0, 0x0FA0, 0x0FA8
_DEEPEST = 30
_HOLDS = {
    "docx": (re.compile(r"word/\w+\.xml"), re.compile(rb"<w:(?:t|delText|instrText)[ >]")),
    "xlsx": (re.compile(r"xl/(?:worksheets/\w+|sharedStrings)\.xml"), re.compile(rb"<(?:v|t|is)[ >]")),
    "pptx": (re.compile(r"ppt/(?:slides|notesSlides)/\w+\.xml"), re.compile(rb"<a:t>[^<]")),
}
"""Which parts of a package hold text, and how that begins."""


def holds_text(package: bytes, format: str) -> bool:
    """Whether a document that LibreOffice wrote has text."""
    parts, text = _HOLDS[format]
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return any(text.search(opened.read(name)) for name in opened.namelist() if parts.fullmatch(name))


def has_text(data: bytes) -> bool:
    """Whether an old Office file has some in its text, its cells or on its slides.

    Raises OSError, struct.error or IndexError where it is damaged.
    """
    if is_bare(data):
        return _has_cells(data)
    with olefile.OleFileIO(BytesIO(data)) as ole:
        if ole.exists("WordDocument"):
            return any(map(str.isalnum, _FIELD.sub("", "".join(_of_word(ole)))))
        if ole.exists("PowerPoint Document"):
            return any(map(str.isalnum, "".join(_of_slides(ole.openstream("PowerPoint Document").read()))))
        book = next((name for name in ("Workbook", "Book") if ole.exists(name)), "")
        return bool(book) and _has_cells(ole.openstream(book).read())


def _has_cells(book: bytes) -> bool:
    return any(kind in _CELLS for _, kind, _ in records(book))


def _of_word(ole: olefile.OleFileIO) -> Iterator[str]:
    stream = ole.openstream("WordDocument").read()
    version, flags, first, last = struct.unpack_from("<2xH6xH12xII", stream)
    if version < FIRST_97:
        yield stream[first:last].decode("cp1252", "replace")
        return
    start, size = struct.unpack_from("<II", stream, 0x1A2)
    table = ole.openstream("1Table" if flags & 0x200 else "0Table").read()[start : start + size]
    while table[:1] == b"\1":  # properties of pieces (MS-DOC 2.9.38)
        table = table[3 + struct.unpack_from("<H", table, 1)[0] :]
    (size,) = struct.unpack_from("<I", table, 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, 5)
    for number in range(count):
        (at,) = struct.unpack_from("<I", table, 5 + 4 * (count + 1) + 8 * number + 2)
        length = places[number + 1] - places[number]
        if at & 0x4000_0000:
            at = (at & 0x3FFF_FFFF) // 2
            yield stream[at : at + length].decode("cp1252", "replace")
        else:
            yield stream[at : at + 2 * length].decode("utf-16-le", "replace")


def _of_slides(stream: bytes, *, shown: bool = False, depth: int = 0) -> Iterator[str]:
    """The texts of slides, and not those of their masters (MS-PPT 2.9)."""
    at = 0
    while at + 8 <= len(stream) and depth < _DEEPEST:
        version, kind, size = struct.unpack_from("<HHI", stream, at)
        body = stream[at + 8 : at + 8 + size]
        at += 8 + size
        if version & 0xF == 0xF:
            yield from _of_slides(
                body, shown=shown or kind == _SLIDE or (kind == _SLIDES and not version >> 4), depth=depth + 1
            )
        elif shown and kind in (_WIDE_TEXT, _TEXT):
            yield body.decode("utf-16-le" if kind == _WIDE_TEXT else "cp1252", "replace")
