"""Texts and files in letters and digits: base64, hexadecimal (RFC 4648), bytes in lists, words of headers (RFC 2047),
UTF-7 (RFC 2152).

Valid is what means something when it is decoded: Chinese in one of its encodings, plain text, a file; and
what is long and as mixed as only base64 is, which a line of an encoded file may be.

>>> is_valid("5byg5LiJ"), is_valid("E5BCA0E4B889"), is_valid("MTM4MDAxMzgwMDA=")     # 张三, 张三, a number
(True, True, True)
>>> is_valid("9774d56d682e549c"), is_valid("HelloWorldHelloWorld")
(False, False)
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, a2b_base64, b2a_base64
from email.errors import MessageError
from email.header import decode_header, make_header
from itertools import groupby
from urllib.parse import unquote_to_bytes

HEADS = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"7z\xbc\xaf", b"Rar!", b"BZh", b"ID3", b"OggS",
)  # fmt: skip
"""What files begin with."""
_LEAST = 11  # bytes of what is neither UTF-8 nor a number
_LONG, _LONG_BASE64 = 200, 60  # characters
_LOOKED_AT = 400  # characters
_MOST_UNPACKED = 1 << 16  # bytes
_LEAST_BEFORE = 32  # characters of a line that is wrapped
_LEAST_MIXED, _MIXED, _FEW = 0.3, 0.45, 0.125
_BETWEEN_BYTES = re.compile(":|,?0[xX]")
_HEX = re.compile(r"(?:0[xX])?((?:[0-9A-Fa-f]{2})+)")
_NUMBERS = re.compile("-?[0-9]{1,3}(?:,-?[0-9]{1,3})+")
_WORD = re.compile(r"=\?[A-Za-z0-9\-]{2,20}\?[BbQq]\?[!->@-~]{2,}\?=")
_MEANT = re.compile(r"[^\x00-\x7f]|[0-9]{6}|[A-Za-z]{3}")
_URL_SAFE = str.maketrans("-_", "+/")
_KINDS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", "a" * 26 + "A" * 26 + "0" * 10 + "++"
)
_UTF8 = re.compile(rb"(?:(?:\xe4[\xb8-\xbf]|[\xe5-\xe9][\x80-\xbf])[\x80-\xbf]){2}")
"""Two Chinese characters: of random bytes one in half a million are."""
_GBK = re.compile(
    rb"(?=.*(?:[\xb0-\xf7][\xa1-\xfe]){4})(?:[\t\r\n\x20-\x7e]|[\xa1-\xa3\xb0-\xf7][\xa1-\xfe])+", re.DOTALL
)
_PLAIN = re.compile(rb"[\t\r\n\x20-\x7e]{10,}")
_FIGURES = re.compile(rb"(?:[0-9Xx+ \-]\x00?){8,}")
_HAN = re.compile("[一-鿿]{4}")
_WITHIN_CHARACTER = bytes(range(0x80, 0xC0))


def compact(value: str) -> str:
    return "".join(value.split())


def is_valid(value: str) -> bool:
    if _WORD.fullmatch(value):
        return _is_word(value)
    is_closed = value.startswith("&") and value.endswith("-")  # &idCard= is a parameter of an address
    if (is_closed or value.startswith("+")) and _is_utf7(value[1:].removesuffix("-")):
        return True
    text = compact(value)
    if _NUMBERS.fullmatch(text):
        numbers = list(map(int, text.split(",")))
        data = bytes(number % 256 for number in numbers if -129 < number < 256)
        return len(data) == len(numbers) and (data.startswith(HEADS) or _UTF8.search(data) is not None)
    match = _HEX.fullmatch(_BETWEEN_BYTES.sub("", text))
    return _is_hexadecimal(match[1]) if match else _is_base64(text)


def goes_on(before: str, rest: str) -> bool:
    """Whether a line, which may begin within a character, is what an encoded one goes on with.

    >>> goes_on("5aeT5ZCNOuautQ" * 4 + "5aeT5ZCN", "mjEzODAwMTMxMjI3"), goes_on("5aeT5ZCN" * 8, "Sincerely")
    (True, False)
    """
    line, text = (_BETWEEN_BYTES.sub("", compact(one)) for one in (before, rest))
    if len(line) < _LEAST_BEFORE or len(text) > len(line):
        return False
    if _HEX.fullmatch(line):
        return bool(_HEX.fullmatch(text)) and _is_rest(bytes.fromhex(text))
    if len(text) % 4 and len(text) < _LEAST:
        return False
    return _is_rest(from_base64(line[len(line) - len(line) % 4 :] + text))


def _is_rest(data: bytes) -> bool:
    """Whether it is the end of a text."""
    text = data.lstrip(_WITHIN_CHARACTER) if len(data) - len(data.lstrip(_WITHIN_CHARACTER)) < 4 else data
    return any(
        _is_written(piece, codec)
        for codec, piece in (
            ("utf-8", text),
            *((codec, data[shift:]) for codec in ("gbk", "utf-16-le", "utf-16-be") for shift in (0, 1)),
        )
    )


def _is_written(data: bytes, codec: str) -> bool:
    try:
        text = data.decode(codec)
        text.encode("gb2312")
    except UnicodeError:
        return False
    return bool(text) and all(one.isprintable() or one in "\t\r\n" for one in text)


def format(value: str) -> str:
    return compact(value)


def from_base64(text: str) -> bytes:
    """What is decoded of it, in either alphabet; of a last group that is cut as much as it says."""
    plain = text.rstrip("=").translate(_URL_SAFE)
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    try:
        return a2b_base64(whole + "=" * (-len(whole) % 4))
    except (Error, ValueError):
        return b""


def _is_word(value: str) -> bool:
    """Of a header of a mail (RFC 2047)."""
    try:
        text = str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        return False
    return _MEANT.search(text) is not None


def _is_utf7(text: str) -> bool:
    """Whether it is Chinese in UTF-16, no bit more (RFC 2152; as the names of folders of mail, RFC 3501)."""
    written = text.replace(",", "/")
    data = from_base64(written)
    if len(data) % 2 or b2a_base64(data, newline=False).decode().rstrip("=") != written:
        return False
    codes = [int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2)]
    return sum(0x4E00 <= code < 0xA000 for code in codes) > 1 and all(map(_is_in_text, codes))


def _is_in_text(code: int) -> bool:
    return 0x20 <= code < 0x7F or 0x3000 <= code < 0x3020 or 0x4E00 <= code < 0xA000 or 0xFF00 < code < 0xFF5F


def _is_hexadecimal(text: str) -> bool:
    data = bytes.fromhex(text)
    if text.isdecimal() or _FIGURES.fullmatch(data):
        return bool(_FIGURES.fullmatch(data)) or _is_coded(data)
    if len(text) >= _LONG:
        return len(set(data)) > 1  # one byte over and over is nothing: aaaa…
    if data.startswith(HEADS) or _is_chinese(data):
        return True
    return len(data) >= _LEAST and bool(_PLAIN.fullmatch(data))


def _is_coded(data: bytes) -> bool:
    """Whether it is Chinese with percent signs or in hexadecimal, all signs of which may be figures in hexadecimal."""
    if not _PLAIN.fullmatch(data):
        return False
    text = data.decode()
    return _is_hexadecimal(text) if _HEX.fullmatch(text) else bool(_UTF8.search(unquote_to_bytes(text)))


def _is_base64(text: str) -> bool:
    mixed = _mixed(text)
    if mixed < _LEAST_MIXED:
        return False  # a word, a path, a number
    if len(text) >= _LONG_BASE64 and mixed > _MIXED:
        return True
    data = from_base64(text)
    if _UTF8.search(data) or any(_UTF8.search(from_base64(text[shift:])) for shift in (1, 2, 3)):
        return True
    return len(data) >= _LEAST and (
        data.startswith(HEADS) or bool(_PLAIN.fullmatch(data)) or _is_chinese(data) or _is_packed(data)
    )


def _is_packed(data: bytes) -> bool:
    """Whether it is text that is packed (RFC 1950, 1951), as drawings of drawio are, to its last byte."""
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        packed = zlib.decompressobj(form)
        try:
            text = packed.decompress(data, _MOST_UNPACKED)
        except zlib.error:
            continue
        if packed.eof and not packed.unused_data and (_PLAIN.fullmatch(text) or _is_chinese(text)):
            return True
    return False


def _is_chinese(data: bytes) -> bool:
    if _UTF8.search(data) or _GBK.fullmatch(data):
        return True
    return len(data) >= _LEAST and any(_is_wide(data, codec) for codec in ("utf-16-le", "utf-16-be"))


def _is_wide(data: bytes, codec: str) -> bool:
    """Whether it is text in two bytes a character; of the characters that are used, since any bytes are some."""
    try:
        text = data[: len(data) - len(data) % 2].decode(codec).removeprefix("\ufeff")
        text.encode("gb2312")
    except UnicodeError:
        return False
    return bool(_HAN.search(text) or _PLAIN.fullmatch(text.encode()))


def _mixed(text: str) -> float:
    """How often small letters, capitals and digits follow on one another, 0 to 1; in a path they do not count."""
    kinds = text.rstrip("=")[:_LOOKED_AT].translate(_URL_SAFE).translate(_KINDS)
    if not kinds or kinds.count("+") > _FEW * len(kinds):
        return 0.0
    return (sum(1 for _ in groupby(kinds)) - 1) / len(kinds)
