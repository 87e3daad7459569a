"""Characters that are written as escapes: `\\u5f20` of JSON, `%E5%BC%A0` of addresses, `&#24352;` of HTML,
`=E5=BC=A0` of mails (quoted-printable), `\\xe5\\xbc\\xa0` and `\\345\\274\\240` of programs, `%u5F20` of old pages,
and `å¼\xa0` or `ÕÅ`: Chinese that a program took for Western text.

They occur in any text: in logs, in cells of exports, in addresses inside a sentence. Escapes of
bytes are UTF-8 or, from older systems, GB 18030.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import starmap
from typing import NamedTuple

from deid.garbled import WESTERN_RUN, chinese, chinese_pattern, western
from deid.regexes import Regex


class Escape(NamedTuple):
    """What `text[start:end]` means: one character."""

    start: int
    end: int
    meant: str


_JSON = r"\\{1,16}u[dD][89abAB][0-9a-fA-F]{2}\\{1,16}u[dD][c-fC-F][0-9a-fA-F]{2}|\\{1,16}u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
_POINT = r"\\{1,16}U000[0-2][0-9a-fA-F]{4}|\\{1,16}u\{[0-9a-fA-F]{2,5}\}|%u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U\+[0-9A-F]{4,5}(?![0-9A-Z])"
_HTML = (
    r"&(?:amp;)?(?:(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|nbsp|ensp|emsp|middot|bull);"
    r"|#[0-9]{5}(?![0-9])|#[xX][3-9][0-9A-Fa-f]{3}(?![0-9A-Fa-f]))"
)
_PERCENT = r"(?:%(?:25)*[0-9A-Fa-f]{2})+"
_BYTES = (
    r"(?:=(?:\r?\n=)?[0-9A-F]{2}){2,}|(?:\\{1,16}x[0-9a-fA-F]{2}){2,}|\\[23][0-7]{2}(?:\\[0-3][0-7]{2}){2,}"
)
_SOFT = r"[!-~](?==)(?<=[^\n]{60})=\r?\n(?=[!-~])"  # a line of quoted-printable that goes on
_ESCAPE = (
    f"(?P<json>{_JSON})|(?P<point>{_POINT})|(?P<html>{_HTML})|(?P<percent>{_PERCENT})|(?P<bytes>{_BYTES})"
    f"|(?P<western>{WESTERN_RUN})|(?P<soft>{_SOFT})"
)
_MAY = Regex(r"[\\%&=À-ý]|U\+")
_BYTE = Regex(r"(?:=\r?\n)?(?:(?:%(?:25)*|=|\\+x)([0-9A-Fa-f]{2})|\\([0-3][0-7]{2}))")
_HEX = Regex("[0-9a-fA-F]{2,8}")
_NAMED = {"nbsp": " ", "ensp": " ", "emsp": " ", "middot": "·", "bull": "·"}
_CODE = Regex(r"u([0-9a-fA-F]{4})")
_LINK = Regex(r"(?:[A-Za-z]{2,12}://|(?i:www)\.|[A-Za-z0-9\-]+\.(?:com|cn|net|org|gov|edu)[/:?])[!-~]*")
_AT = Regex(r"[A-Za-z0-9\-]{1,63}(?:\.|%2[eE])[A-Za-z]{2}")
_LEAST_ASCII = 4
_UNREAD = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that are left as they are: a line break that is written out breaks no line."""


def may_hold(text: str) -> bool:
    """Whether it is worth looking for escapes; fast."""
    return _MAY.search(text) is not None or _chinese().search(text) is not None


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile(chinese_pattern())


@cache
def _escape(with_chinese: bool) -> re.Pattern[str]:
    """The pattern of all escapes; of Chinese for Chinese only where that occurs, since it costs time."""
    return re.compile(_ESCAPE + f"|(?P<chinese>{chinese_pattern()})" * with_chinese)


def find(text: str, *, links: bool = False) -> Iterator[Escape]:
    """The escapes in a text, in order. With `links` also percent escapes inside addresses of the web."""
    addresses = _LINK.finditer(text) if "%" in text and not links else iter(())
    address = next(addresses, None)
    done = 0
    for match in _escape(_chinese().search(text) is not None).finditer(text):
        if match["percent"]:
            while address and address.end() <= match.start():
                address = next(addresses, None)
            if not (address and address.start() <= match.start()):
                yield from _bytes(text, *match.span())
            continue
        if match["bytes"]:
            yield from _bytes(text, *match.span())
            continue
        if match["western"]:
            yield from starmap(Escape, western(match[0], match.start()))
            continue
        if match.lastgroup == "chinese":
            for found in chinese(text, match.start(), done) if match.start() >= done else ():
                yield Escape(*found)
                done = found.end
            continue
        meant = _MEANINGS[match.lastgroup or ""](match[0])
        if meant and unicodedata.category(meant) not in _UNREAD:
            yield Escape(*match.span(), meant)


def _json(written: str) -> str:
    codes = [int(code, 16) for code in _CODE.findall(written)]
    return chr(codes[0] if len(codes) == 1 else 0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00)


def _html(written: str) -> str:
    word = written.removeprefix("&").removeprefix("amp;").rstrip(";")
    if word in _NAMED:
        return _NAMED[word]
    code = int(word[2:], 16) if word[1] in "xX" else int(word[1:])
    return chr(code) if code < 0x110000 else ""


def _point(written: str) -> str:
    code = int(_HEX.findall(written)[-1], 16)
    return chr(code) if code < 0x110000 else ""


_MEANINGS: Mapping[str, Callable[[str], str]] = {
    "json": _json,
    "point": _point,
    "html": _html,
    "soft": lambda written: written[0],
}


def _bytes(text: str, start: int, end: int) -> Iterator[Escape]:
    """A run of escapes of bytes; `50%20` and other figures before letters of a byte are none."""
    units = list(_BYTE.finditer(text, start, end))
    data = bytes(int(unit[1], 16) if unit[1] else int(unit[2], 8) for unit in units)
    for codec in ("utf-8", "gb18030"):
        try:
            meant = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_meant(meant, text, end) and (
            codec == "utf-8" or all(c.isascii() or _is_han(c) for c in meant)
        ):
            break
    else:
        return
    first = 0
    for character in meant:
        last = first + len(character.encode(codec)) - 1
        if unicodedata.category(character) not in _UNREAD:
            yield Escape(units[first].start(), units[last].end(), character)
        first = last + 1


def _is_meant(meant: str, text: str, end: int) -> bool:
    if not meant.isascii():
        return True
    if meant == "@":
        return bool(_AT.match(text, end))
    return len(meant) >= _LEAST_ASCII and all(c.isalnum() or c in "@._-+ :" for c in meant)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
