"""A written dump of a database read again: as it stands, with quotes and backslashes undone, and what is in hexadecimal."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from deid.formats.files import opened
from deid.formats.proofreading.members import strings_of_member
from deid.formats.proofreading.plain import in_codecs

_CHUNK, _OVERLAP = 1 << 18, 2000
_ENDS = " \t\r\n,'()"
"""Where no escape and no number in hexadecimal goes on."""
_DIGITS = re.compile(r"(?:0[xX]|\\x|[xX]')((?:[0-9A-Fa-f]{2}){2,})")
_OCTETS = re.compile(r"(?:\\{1,2}(?:[0-3][0-7]{2}|x[0-9A-Fa-f]{2}))+")
_OCTET = re.compile(r"\\(?:([0-3][0-7]{2})|x([0-9A-Fa-f]{2}))")
_CODE = re.compile(r"\\(?:u|U0000|\+00|)([0-9A-Fa-f]{4})")
_LETTER = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "", "b": "", "f": "\n", "v": "\n"}
_FILE = 64
"""Bytes in hexadecimal that may be a file."""


def strings_of(path: str) -> Iterator[str]:
    """Raises UnreadableDocument when it cannot be read."""
    with opened(path) as handle:
        for text in in_codecs(handle, lambda codec: _texts(handle, codec)):
            yield from _forms(text)


def _texts(handle: IO[bytes], codec: str) -> Iterator[str]:
    """Many lines at a time; each begins with the end of the one before."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    held, data = "", b"-"
    while data:
        data = handle.read(_CHUNK)
        held += decoder.decode(data, not data)
        cut = max(map(held.rfind, _ENDS))
        if data and cut > _OVERLAP:
            yield held[: cut + 1]
            held = held[cut - _OVERLAP :]
    yield held


def _forms(text: str) -> Iterator[str]:
    yield text
    if "''" in text or '""' in text:
        yield text.replace("''", "'").replace('""', '"')
    if "\\" in text:
        undone = _CODE.sub(lambda code: chr(int(code[1], 16)), text)
        yield undone.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for found in _OCTETS.finditer(text):
            octets = _OCTET.findall(found[0])
            yield bytes(int(octal, 8) if octal else int(digits, 16) for octal, digits in octets).decode(
                "utf-8", "ignore"
            )
        plain = _LETTER.sub(lambda letter: _LETTERS.get(letter[1], letter[1]), text)
        yield plain
        yield plain.replace("''", "'")
    for found in _DIGITS.finditer(text):
        yield from _bytes(bytes.fromhex(found[1]))


def _bytes(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "ignore")
    found = []
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        with suppress(UnicodeDecodeError):
            found.append(data.decode(codec))
    yield from found
    if len(data) > _FILE and not found:
        yield from strings_of_member(data)
