"""Which characters the bytes of RTF stand for: by the character set of the font, or the default one.

Chinese files often give fonts the set 0 (Western) and write GBK all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

CHARSETS = {
    0: "cp1252",
    2: "latin-1",  # symbols
    77: "mac_roman",
    78: "cp932",
    79: "cp949",
    80: "gb18030",
    81: "big5hkscs",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""`\\fcharset` → codec."""
_WIDE = frozenset({"gb18030", "big5hkscs", "cp932", "cp949", "johab", "utf-8"})
_LONGEST = 4  # bytes of a character
_FEW = 3  # bytes beyond ASCII; more that do not fit their character set are not guessed at

Byte = tuple[str, int]
"""How a byte stands in the file, and its value."""


def codec_of(page: int) -> str:
    """The codec of a code page (`\\ansicpg`, `\\cpg`)."""
    names = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman"}
    if page in names:
        return names[page]
    try:
        b"a".decode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"


def decoded(found: Sequence[Byte], codec: str, *, chinese: bool, default: str) -> list[tuple[str, str]]:
    """Characters as (raw, text). Raises UnicodeError where the bytes cannot be what they are said to be.

    `chinese`: fonts of the file, or its code page, are for simplified Chinese.
    """
    if all(byte < 0x80 for _, byte in found):
        return [(raw, chr(byte)) for raw, byte in found]
    if codec == "cp1252" and (guess := _guessed(found, chinese, default)):
        return guess
    if codec not in _WIDE:
        return [(raw, _single(byte, codec)) for raw, byte in found]
    characters = _wide(found, codec)
    if characters is not None:
        return characters
    if sum(byte >= 0x80 for _, byte in found) > _FEW:
        raise UnicodeError("bytes that are not of their character set")
    return [(raw, _single(byte, "cp1252")) for raw, byte in found]


def _single(byte: int, codec: str) -> str:
    return bytes((byte,)).decode(codec, "ignore") or chr(byte)


def _guessed(found: Sequence[Byte], chinese: bool, default: str) -> list[tuple[str, str]] | None:
    """As Chinese, if it is: by the code page of the file, by GB 2312 with a Chinese font, or common characters."""
    if default in _WIDE:
        return _wide(found, default)
    characters = _wide(found, "gb18030")
    if characters is None:
        return None
    beyond = "".join(text for _, text in characters if not text.isascii())
    try:
        leads = beyond.encode("gb2312")[::2]
    except UnicodeEncodeError:
        return None
    common = len(beyond) > 1 and all(0xB0 <= lead <= 0xD7 for lead in leads)
    return characters if chinese or common else None


def _wide(found: Sequence[Byte], codec: str) -> list[tuple[str, str]] | None:
    """Characters of one to four bytes, or nothing when some fit none."""
    characters: list[tuple[str, str]] = []
    place = 0
    while place < len(found):
        raw, byte = found[place]
        if byte < 0x80:
            characters.append((raw, chr(byte)))
            place += 1
            continue
        after = found[place + 1] if place + 1 < len(found) else ("", -1)
        if after[1] >= 0 and (text := _pair(byte, after[1], codec)):
            characters.append((raw + after[0], text))
            place += 2
            continue
        for size in (1, 3, _LONGEST):
            part = found[place : place + size]
            text = _one(bytes(byte for _, byte in part), codec) if len(part) == size else ""
            if text:
                characters.append(("".join(raw for raw, _ in part), text))
                place += size
                break
        else:
            return None
    return characters


@lru_cache(maxsize=1 << 16)
def _pair(first: int, second: int, codec: str) -> str:
    return _one(bytes((first, second)), codec)


def _one(data: bytes, codec: str) -> str:
    """The one character that bytes stand for, or nothing."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""
