"""Workbooks of Excel 2 to 95: records, whose texts are in the code page that one of them names.

Many programs write GBK and name another page, or none, which Excel takes for that of the system. What
LibreOffice makes of that (ÕÔ for 赵) nobody recognizes, and everybody can turn back.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_BEGIN = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00..[\x05\x10\x20\x40\x00]", re.DOTALL)
_CODE_PAGE, _SHEET, _PASSWORD, _END, _GBK = 0x42, 0x85, 0x2F, 0x0A, 936
_UNSURE = (0, 1252, 0x8001)
"""Code pages that programs name which know of none."""
_TEXTS = {
    0x204: (6, "<H"),
    0xD6: (6, "<H"),
    0x04: (7, "<B"),
    0x207: (0, "<H"),
    0x07: (0, "<B"),
    _SHEET: (6, "<B"),
}
"""Kind of record → where the length of its text is, and in how many bytes: cells, results, names of sheets."""


def is_bare(head: bytes) -> bool:
    """Whether a file begins as such a workbook that is in no container, as small programs write them."""
    return bool(_BEGIN.match(head))


def is_whole(stream: bytes) -> bool:
    """Whether the last record is there to its end, and says that a sheet ends: of others LibreOffice reads a part."""
    last, reach = 0, 0
    for at, kind, _ in records(stream):
        last, reach = kind, at + 4 + _number(stream, at + 2, "<H")
    return last == _END and reach <= len(stream) and not any(stream[reach:])


def is_locked(stream: bytes) -> bool:
    """Whether a password is needed to read it."""
    return any(kind == _PASSWORD for _, kind, _ in records(stream))


def with_code_page(stream: bytes) -> bytes:
    """The same workbook, which says that it is in GBK, where it is and does not say so."""
    pages: list[int] = []
    sheets: list[int] = []
    texts: list[bytes] = []
    for at, kind, body in records(stream):
        if kind == _CODE_PAGE and len(body) > 1:
            pages.append(at + 4)
        if kind == _SHEET and len(body) > 3:
            sheets.append(at + 4)
        if text := _text(kind, body):
            texts.append(text)
    if any(_number(stream, at, "<H") not in _UNSURE for at in pages) or not _is_gbk(texts):
        return stream
    named = bytearray(stream)
    for at in pages:
        struct.pack_into("<H", named, at, _GBK)
    if not pages:
        record = struct.pack("<HHH", _CODE_PAGE, 2, _GBK)
        for at in sheets:  # their names say where they begin
            struct.pack_into("<I", named, at, (_number(stream, at, "<I") + len(record)) & 0xFFFF_FFFF)
        first = 4 + _number(stream, 2, "<H")
        named[first:first] = record
    return bytes(named)


def _number(stream: bytes, at: int, form: str) -> int:
    (number,) = struct.unpack_from(form, stream, at)
    return int(number)


def records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each begins, its kind and what it holds, without what fills up the stream."""
    at, end = 0, len(stream.rstrip(b"\0"))
    while at < end and at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind or size:
            yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(kind: int, body: bytes) -> bytes:
    at, form = _TEXTS.get(kind, (0, ""))
    if not form or len(body) < at + struct.calcsize(form):
        return b""
    (size,) = struct.unpack_from(form, body, at)
    start = at + struct.calcsize(form)
    return body[start : start + size]


def _is_gbk(texts: list[bytes]) -> bool:
    """Whether nearly all that is not ASCII are characters of GB 2312; Western letters mostly come alone."""
    try:
        read = "".join(text.decode("gb18030") for text in texts)
    except UnicodeDecodeError:
        return False
    foreign = [character for character in read if character > "\x7f"]
    usual = "".join(foreign).encode("gb2312", "ignore")
    return len(foreign) > 1 and len(usual) >= 1.6 * len(foreign)
