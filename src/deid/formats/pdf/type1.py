"""Type 1 font programs (Adobe Type 1 Font Format, 1990): what can be read in them, without its texts."""

from __future__ import annotations

import re
from typing import Any

from fontTools.misc import eexec

_ENCRYPTED = b"eexec"
_FIRST_LINE = re.compile(rb"%![^\r\n]{0,20}")
_SAID = re.compile(
    rb"%[^\r\n]*|\((?:[^()\\]|\\.|\([^()]{0,200}\)){0,2000}\)|[\x80-\xff]{2,}|(?<![.0-9])[0-9]{7,}|(?<=\.[0-9]{9})[0-9]+",
    re.DOTALL,
)
"""Comments, strings, what is no ASCII, and figures that a number of glyphs has not."""
_TAIL = b"\n" + b"\n".join([b"0" * 64] * 8) + b"\ncleartomark\n"
_PFB, _SEGMENTS, _HEAD = b"\x80", (b"\1", b"\2"), 6
"""What a segment begins with, of text and of bytes, and how long its head is (Adobe Technical Note 5040)."""
_KEY, _CLOSES = 55665, b"closefile"


def without_texts(program: Any) -> None:
    """The readable part as long as it was, with blanks for what it says; and nothing behind the encrypted one."""
    data = _joined(program.read_bytes())
    clear = _begin(program, data)
    if not clear:
        return
    end = _end(data, clear)
    program.write(without_notices(data[:clear]) + data[clear:end] + _TAIL)
    program.Length1, program.Length2, program.Length3 = clear, end - clear, len(_TAIL)


def _joined(data: bytes) -> bytes:
    """A program without the heads of the segments in which files for printers have it."""
    parts, place = [], 0
    while data[place : place + 1] == _PFB and data[place + 1 : place + 2] in _SEGMENTS:
        size = int.from_bytes(data[place + 2 : place + _HEAD], "little")
        parts.append(data[place + _HEAD : place + _HEAD + size])
        place += _HEAD + size
    return b"".join(parts) or data


def _begin(program: Any, data: bytes) -> int:
    """Where the encrypted part begins; 0 where there is none."""
    found = data.rfind(_ENCRYPTED) + len(_ENCRYPTED)  # a comment may have the word, too
    if found < len(_ENCRYPTED):
        return 0
    said = program.get("/Length1", 0)
    if isinstance(said, int) and found < said <= found + 4:
        return int(said)
    return found + (2 if data[found : found + 2] == b"\r\n" else 1)


def _end(data: bytes, clear: int) -> int:
    """Where it ends: with what closes the font, or before the zeros."""
    plain: bytes = eexec.decrypt(data[clear:], _KEY)[0]
    if (closed := plain.find(_CLOSES, max(plain.find(b"/CharStrings"), 0))) >= 0:
        return min(clear + closed + len(_CLOSES) + 1, len(data))
    zeros = data.rfind(b"cleartomark", clear)
    return max(clear, len(data[:zeros].rstrip(b"0 \t\r\n"))) if zeros >= 0 else len(data)


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
