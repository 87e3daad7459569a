"""Written RTF read again: by regular expressions over its bytes, in every code page that it may have.

Groups and fonts are not followed. What Unicode characters stand for is read as well as skipped, and
hexadecimal data is looked into.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator

from deid.errors import UnreadableDocument
from deid.formats.files import bytes_of
from deid.formats.formatwords import is_usual_style, unusual
from deid.formats.proofreading.members import strings_of_bytes

_CODECS = ("gb18030", "big5hkscs", "cp932", "cp1252", "utf-8")
_UNICODE = re.compile(rb"\\u(-?[0-9]{1,10}) ?")
_SHADOW = rb"(?:\\'[0-9A-Fa-f]{2}|\\[^A-Za-z0-9\r\n]|[^\\{}\r\n])"
_BREAK = re.compile(
    rb"\\(?:par|cell|row|nestcell|nestrow|sect|line|page|column|tab|footnote|annotation|header[lrf]?|footer[lrf]?|"
    rb"fldrslt|author|title|subject|company|manager|operator|comment|doccomm|keywords|category)(?![a-z])-?[0-9]* ?"
    rb"|\{\\\*|;\}"
)
_WORD = re.compile(rb"\\[A-Za-z]+-?[0-9]* ?|\\\*")
_CONTROL = re.compile(r"(?<!\\)\\[a-z]{5,}")
_NAMED = re.compile(rb"(?<=[ }])([A-Za-z][A-Za-z0-9 ()]{3,40})(?=;?\})")
"""The name of a style or a font, in the tables of both."""
_TABLES = re.compile(rb"\{\\(?:fonttbl|stylesheet)(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
_HEX = re.compile(rb"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]\s*){16,}")
_BYTE = re.compile(rb"\\'([0-9A-Fa-f]{2})")
_ESCAPED = re.compile(rb"\\([\\{}])")


def strings_of(path: str) -> Iterator[str]:
    data = bytes_of(path)
    if not data.startswith(b"{\\rtf") or not data.rstrip().endswith(b"}"):
        raise UnreadableDocument("the written RTF has no beginning or no end")
    data = _TABLES.sub(lambda table: _NAMED.sub(_unless_usual, table[0]), data)
    yield _CONTROL.sub(lambda word: unusual(word[0]), data.decode("latin-1"))
    for match in _HEX.finditer(data):
        digits = re.sub(rb"\s", b"", match[0])
        yield from strings_of_bytes(unhexlify(digits[: len(digits) // 2 * 2]))
    text = re.sub(rb"[\r\n\x00]", b"", data)
    for skipped in (None, 0, 1, 2):
        plain = _spoken(text, skipped)
        for codec in _CODECS:
            yield _decoded(plain, codec)


def _unless_usual(named: re.Match[bytes]) -> bytes:
    return b"" if is_usual_style(named[1].decode()) else named[0]


def _spoken(data: bytes, skipped: int | None) -> bytes:
    """Without words and groups; letters of Unicode as numbers between marks, or only what stands for them."""
    if skipped is not None:
        shadow = _SHADOW * skipped
        data = re.sub(_UNICODE.pattern + b"(?:" + shadow + b")?", b"\x01\\1\x02", data)
    data = _BREAK.sub(b"\n", data)
    data = _WORD.sub(b"", data)
    data = re.sub(rb"(?<!\\)[{}]", b"", data)
    data = _ESCAPED.sub(rb"\1", data)
    data = re.sub(rb"\\[-~_:|]", lambda match: b"" if match[0] == rb"\-" else b" ", data)
    return _BYTE.sub(lambda match: bytes((int(match[1], 16),)), data)


def _decoded(data: bytes, codec: str) -> str:
    text = data.decode(codec, "ignore")
    text = re.sub("\x01(-?[0-9]{1,10})\x02", lambda match: _letter(int(match[1])), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _letter(number: int) -> str:
    number = number % (1 << 16) if number < 1 << 16 else number
    return chr(number) if number < 0x110000 else ""
