"""Type 1 font programs (Adobe Type 1 Font Format, 1990): what can be read in them, without its texts."""

from __future__ import annotations

import re
from typing import Any

_ENCRYPTED = b"eexec"
_FIRST_LINE = re.compile(rb"%![^\r\n]{0,20}")
_SAID = re.compile(rb"%[^\r\n]*|\((?:[^()\\]|\\.|\([^()]*\))*\)|[\x80-\xff]{2,}|[0-9]{7,}", re.DOTALL)
"""Comments, strings, what is no ASCII, and figures that a number of glyphs has not."""
_ZEROS = re.compile(rb"(?:[0\s]){256,}cleartomark")
_TAIL = b"\n" + b"\n".join([b"0" * 64] * 8) + b"\ncleartomark\n"
_PFB = 0x80


def without_texts(program: Any) -> None:
    """The readable part as long as it was, with blanks for what it says; and nothing behind the encrypted one."""
    data = program.read_bytes()
    found = data.find(_ENCRYPTED)
    clear = found + len(_ENCRYPTED) if found >= 0 else _length(program, "/Length1")
    if clear <= 0 or data[:1] == bytes((_PFB,)):
        return
    end = _end(program, data, clear)
    tail = _TAIL if end < len(data) else b""
    program.write(without_notices(data[:clear]) + data[clear:end] + tail)
    program.Length3 = len(tail)


def without_notices(header: bytes) -> bytes:
    """The readable part of a Type 1 font, as long as it was, with blanks for what it says of itself."""
    first = _FIRST_LINE.match(header)
    start = first.end() if first else 0
    return header[:start] + _SAID.sub(_blank, header[start:])


def _blank(match: re.Match[bytes]) -> bytes:
    said = match[0]
    if said[:1] == b"(":
        return b"(" + b" " * (len(said) - 2) + b")"
    return (b"0" if said.isdigit() else b" ") * len(said)


def _length(program: Any, key: str) -> int:
    value = program.get(key, 0)
    return value if isinstance(value, int) else 0


def _end(program: Any, data: bytes, clear: int) -> int:
    """Where the encrypted part ends: before the zeros, or where the file says."""
    if zeros := _ZEROS.search(data, clear):
        return zeros.start()
    end = clear + _length(program, "/Length2")
    return end if clear < end < len(data) else len(data)
