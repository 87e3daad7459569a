"""Characters that are written as escapes: `\\u5f20` of JSON, `%E5%BC%A0` of addresses, `&#24352;` of HTML,
`=E5=BC=A0` of mails (quoted-printable), `\\xe5\\xbc\\xa0` and `\\345\\274\\240` of programs, `\\'d5\\'c5` and `\\u24352?` of RTF,
`\\5F20\\4E09` of Oracle and style sheets, `%u5F20` of old pages, `_x5F20_` of XML names, `#U5f20` of Info-ZIP, and `å¼\xa0` or `ÕÅ`: Chinese that
a program took for Western text.

They occur in any text: in logs, in cells of exports, in addresses inside a sentence, and one in the other. Escapes of
bytes are UTF-8 or, from older systems, GB 18030.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import starmap
from typing import NamedTuple

from deid.garbled import WESTERN, WESTERN_RUN, chinese, chinese_pattern, western
from deid.regexes import Regex


class Escape(NamedTuple):
    """What `text[start:end]` means: one character."""

    start: int
    end: int
    meant: str


_SLASH = r"\\{1,16}"
_JSON = (
    rf"{_SLASH}u[dD][89abAB][0-9a-fA-F]{{2}}{_SLASH}u[dD][c-fC-F][0-9a-fA-F]{{2}}"
    rf"|{_SLASH}u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}}"
)
_POINT = (
    rf"{_SLASH}U000[0-2][0-9a-fA-F]{{4}}|{_SLASH}u\{{[0-9a-fA-F]{{2,5}}\}}|U\+[0-9A-F]{{4,5}}(?![0-9A-Z])"
    r"|%u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|_x(?![dD][89a-fA-F])[0-9a-fA-F]{4}_|#U(?:[2-9fF][0-9a-fA-F]{3}|00[bB]7)|#L000[0-2][0-9a-fA-F]{4}"
)
_GAP = "(?:[ \\-]|%20|%2[Dd])"
_VALUE = (
    rf"(?=(?:\+?(?:86{_GAP}?)?(?:1[3-9][0-9]{{9}}|1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}})|[1-9][0-9]{{14,18}}[Xx]?"
    rf"|0[0-9]{{2,3}}(?:{_GAP}|%29|\))?[0-9]{{7,8}}"
    r"|[\u4e00-\u9fff][A-Z]·?[0-9A-Z]{5,6}|[A-Za-z]{1,2}[0-9]{7,8}|wxid_[0-9a-z]{5,20}|[1-8]\.[0-9]{7,17}[Ee]\+?0?1[024578])"
    r"(?![0-9A-Za-z]))"
)
"""Before a telephone, an identity number, a plate, … : `x=3D` says less than `x=3D13800138000`."""
_NAMED = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "middot": "·", "bull": "·",
    "shy": "\u00ad", "zwnj": "\u200c", "zwj": "\u200d", "lrm": "\u200e", "rlm": "\u200f",
}  # fmt: skip
_HTML = (
    rf"&(?:amp;)?(?:(?:#[0-9]{{2,7}}|#[xX][0-9A-Fa-f]{{2,6}}|{'|'.join(_NAMED)});"
    rf"|#[0-9]{{5}}(?![0-9])|#[xX][3-9][0-9A-Fa-f]{{3}}(?![0-9A-Fa-f])|nbsp{_VALUE})"
)
_PERCENT = r"(?:%(?:25)*[0-9A-Fa-f]{2})+"
_SOFT_BREAK = r"=\r?\n(?:> ?){0,9}"
"""Where a line of quoted-printable goes on in the next one, also in what is quoted in a reply."""
_RTF_BYTE = rf"{_SLASH}'{{1,2}}[0-9a-fA-F]{{2}}"
_BYTES = (
    rf"(?:(?:{_SOFT_BREAK})?=[0-9A-F]{{2}}){{2,}}|=e[3-9ef](?:=[89ab][0-9a-f]){{2}}(?:=[0-9a-f]{{2}})*|(?:{_SLASH}x[0-9a-fA-F]{{2}}){{2,}}"
    rf"|{_RTF_BYTE}(?:(?:\r?\n)?{_RTF_BYTE})+|\\[23][0-7]{{2}}(?:\\[0-3][0-7]{{2}}){{2,}}"
)
_SIGN_CODE = "(?:0[9A-Da-d]|2[0-9A-Fa-f]|3[A-Fa-f]|40|5[B-Fb-f]|60|7[B-Eb-e])"
"""A sign or a break of a line, in hexadecimal."""
_LONE = (
    rf"{_SLASH}x{_SIGN_CODE}|(?:=(?:0[9AD]|2[A-F]|3[A-F]|5[B-F]|7[B-E])|=22(?=[^\s=]{{1,64}}=22)|{_SLASH}'{_SIGN_CODE}"
    rf"|\\0(?:1[1-5]|[45][0-7]|7[2-7])|\\1(?:3[3-7]|40|7[3-6])|{_SLASH}[nrt]){_VALUE}"
)
"""One sign alone, as in `\\x22phone\\x22:` of nginx."""
_DECIMAL = rf"{_SLASH}u(?:-[1-9][0-9]{{3,4}}|(?:19|[23][0-9]|40|65)[0-9]{{3}}|183)(?![0-9])"
"""A Chinese character of RTF. As the JSON that it looks like it would be a sign and a figure (\\u2014 and 5)."""
_INSTEAD = rf"(?: ?\?|(?: ?{_RTF_BYTE}){{1,2}})"
"""What programs show that know no Unicode."""
_RTF = rf"{_DECIMAL}(?:{_INSTEAD}| {{1,2}}(?={_DECIMAL}))(?:{_DECIMAL}(?:{_INSTEAD}| {{1,2}})?)*"
_CODE = rf"{_SLASH}(?:[3-9][0-9a-fA-F]{{3}}|[fF]{{2}}[0-9a-fA-F]{{2}}|00[bB]7)"
_ASCII_CODE = rf"{_SLASH}00[2-7][0-9a-fA-F]"
_CODES = (
    rf"(?:(?<=')(?:{_ASCII_CODE}){{0,80}}|(?:(?<![\w:\\])|(?<=\\{{16}}))(?=(?:{_SLASH}[0-9]{{4}} ?){{0,20}}{_SLASH}(?=[0-9]{{0,3}}[a-fA-F])[0-9a-fA-F]{{4}}(?![0-9A-Za-z])))"
    rf"{_CODE}(?: ?{_CODE}|{_ASCII_CODE})+(?![\\/]|[A-Za-z])"
)
"""A run of them; of figures alone only behind a quote, and none in a path, where they are folders."""
_SOFT = rf"[!-~](?==)(?<=[^\n]{{60}}){_SOFT_BREAK}(?=[!-~])"  # a line of quoted-printable that goes on
_ESCAPE = (
    f"(?P<rtf>{_RTF})|(?P<codes>{_CODES})|(?P<json>{_JSON})|(?P<point>{_POINT})|(?P<html>{_HTML})"
    f"|(?P<percent>{_PERCENT})|(?P<bytes>{_BYTES})|(?P<lone>{_LONE})|(?P<western>{WESTERN_RUN})|(?P<soft>{_SOFT})"
)
_MAY = Regex(r"[\\%&=À-ý]|U\+|_x[0-9a-fA-F]{4}_|#[UL][0-9a-fA-F]")
_OF_ESCAPES = Regex(WESTERN)
_BYTE = Regex(
    rf"(?:{_SOFT_BREAK}|\r?\n)?(?:(?:%(?:25)*|=|\\+x|\\+'{{1,2}})([0-9A-Fa-f]{{2}})|\\([0-3][0-7]{{2}}))"
)
_RTF_UNIT = Regex(rf"\\+u(-?[0-9]+)(?:{_INSTEAD}| {{1,2}})?")
_CODES_UNIT = Regex(r" ?\\+([0-9a-fA-F]{4})")
_HEX = Regex("[0-9a-fA-F]{2,8}")
_CODE_UNIT = Regex(r"u([0-9a-fA-F]{4})")
_IN_LINK = r"[A-Za-z0-9\-._~:/?#@$&*+=%!]{0,2000}"
_LINK = Regex(
    r"(?i:https?|ftps?|sftp|weixin|alipays?|wss?|ldaps?|rtsp|rtmp|smb|file)://[A-Za-z0-9\-._~:/?#@$&*+=%\[\]!]{1,2000}"
    rf"|(?<![0-9A-Za-z@/._\-])(?:(?i:www)\.[A-Za-z0-9\-]{{1,63}}(?:\.[A-Za-z0-9\-]{{1,63}}){{1,4}}(?::[0-9]{{2,5}})?[/?#]{_IN_LINK}"
    r"|(?:[A-Za-z0-9][A-Za-z0-9\-]{0,61}\.){1,4}(?:com|cn|net|org|edu|gov|vip|top|xyz|shop|site|tech|wang|ren)(?:\.cn)?"
    rf"(?::[0-9]{{2,5}})?[/?#]{_IN_LINK}|(?!(?:[0-9]+|this|self|window|module|app|src|lib|main)\.)"
    r"(?:[A-Za-z0-9][A-Za-z0-9\-]{1,61}\.){1,4}(?:tv|cc|me|io|app|info|biz|club|online|store|cloud|link|live|fun|mobi|hk|tw|jp|us|uk|co|pub|ink"
    rf"|ltd|work|pro|im|la)/{_IN_LINK})"
)
"""An address of the web as the recognizer of URL takes it: what stands behind its end is read."""
_AT = Regex(r"[A-Za-z0-9\-]{1,63}(?:\.|%2[eE])[A-Za-z]{2}")
_LEAST_ASCII = 4
_CUT, _LEAST_BYTES = "unexpected end of data", 6
"""UTF-8 that ends within a character, as a log cuts long lines: two of Chinese are no other encoding."""
_SIGN = Regex(r"%(?:25)*(2[0-9A-Fa-f]|3[A-Fa-f]|5[Cc])")
_SIGNS = Regex(r"[\t-\r -/:-@\[-`{-~]+")
_BEFORE_GAP = Regex(r"(?:[0-9]{3}|(?:\+|%2[Bb]|00)86)\Z")
_BEHIND_GAP = Regex(r"[0-9]{3}")
_GAPS = frozenset(" -)")
_PERCENTAGE = 4
"""The most figures before a percent sign that it may be one of."""
_VALUES = Regex(_VALUE)
_LETTER = Regex("[A-Fa-f]")
_MARKUP = r"</?[A-Za-z][^<>]{0,200}>|<!--[^<>]{0,200}-->"
_UNREAD = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that are left as they are."""
_BREAKS = frozenset("\t\n\v\f\r")
"""They are read as a blank: a line break that is written out breaks no line."""


def may_hold(text: str) -> bool:
    """Whether it is worth looking for escapes; fast."""
    return _MAY.search(text) is not None or _chinese().search(text) is not None


def may_nest(text: str, read: Iterable[Escape]) -> bool:
    """Whether a text in which escapes were `read` may hold others of which what these mean is a part; fast."""
    if _chinese().search(text) is not None:
        return True
    return any(one.meant.isascii() or _OF_ESCAPES.match(one.meant) for one in read) and may_hold(text)


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
    signs = cache(partial(_signs, text))
    for match in _escape(_chinese().search(text) is not None).finditer(text):
        if match["percent"]:
            while address and address.end() <= match.start():
                address = next(addresses, None)
            if not (address and address.start() <= match.start() and match.end() <= address.end()):
                yield from _bytes(text, *match.span(), signs)
            continue
        if match["bytes"]:
            yield from _bytes(text, *match.span(), signs)
            continue
        if match["rtf"]:
            yield from _numbers(text, *match.span(), _RTF_UNIT, 10)
            continue
        if match["codes"]:
            yield from _numbers(text, *match.span(), _CODES_UNIT, 16)
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
        if meant in _BREAKS and not match["html"]:  # that ends in a semicolon, which parts as well
            meant = " "
        if meant and unicodedata.category(meant) not in _UNREAD:
            yield Escape(*match.span(), meant)


def _json(written: str) -> str:
    codes = [int(code, 16) for code in _CODE_UNIT.findall(written)]
    return chr(codes[0] if len(codes) == 1 else 0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00)


def _html(written: str) -> str:
    word = written.removeprefix("&").removeprefix("amp;").rstrip(";")
    if word in _NAMED:
        return _NAMED[word]
    code = int(word[2:], 16) if word[1] in "xX" else int(word[1:])
    return chr(code) if code < 0x110000 else ""


def _lone(written: str) -> str:
    if written[-1] in "nrt":
        return " "
    unit = _BYTE.fullmatch(written)
    return chr(int(unit[1], 16) if unit[1] else int(unit[2], 8)) if unit else ""


def _point(written: str) -> str:
    code = int(_HEX.findall(written)[-1], 16)
    return chr(code) if code < 0x110000 else ""


_MEANINGS: Mapping[str, Callable[[str], str]] = {
    "json": _json,
    "point": _point,
    "html": _html,
    "lone": _lone,
    "soft": lambda written: written[0],
}


def _bytes(text: str, start: int, end: int, signs: Callable[[], frozenset[int]]) -> Iterator[Escape]:
    """A run of escapes of bytes; `50%20` and other figures before letters of a byte are none."""
    units = list(_BYTE.finditer(text, start, end))
    data = bytes(int(unit[1], 16) if unit[1] else int(unit[2], 8) for unit in units)
    for codec in ("gb18030",) if "'" in units[0][0] else ("utf-8", "gb18030"):  # RTF has no UTF-8
        try:
            meant = data.decode(codec)
        except UnicodeDecodeError as error:
            if codec != "utf-8" or error.reason != _CUT or error.start < _LEAST_BYTES:
                continue
            meant = data[: error.start].decode()
        if _is_meant(meant, text, start, end, signs) and (codec == "utf-8" or _is_chinese(meant)):
            break
        if meant.isascii():
            return  # and it is in each of them
    else:
        return
    first = 0
    for character in meant:
        last = first + len(character.encode(codec)) - 1
        read = " " if character in _BREAKS else character
        if unicodedata.category(read) not in _UNREAD:
            yield Escape(units[first].start(), units[last].end(), read)
        first = last + 1


def _numbers(text: str, start: int, end: int, unit: Regex, base: int) -> Iterator[Escape]:
    """A run of numbers of characters; RTF writes the upper half of them below zero."""
    for match in unit.finditer(text, start, end):
        meant = chr(int(match[1], base) % 0x10000)
        if unicodedata.category(meant) not in _UNREAD:
            yield Escape(*match.span(), meant)


def _is_meant(meant: str, text: str, start: int, end: int, signs: Callable[[], frozenset[int]]) -> bool:
    if not meant.isascii():
        return True
    if meant == "@":
        return bool(_AT.match(text, end))
    inner = meant.strip("\t\r\n \"'=:,;&?{}[]()<>|")
    if len(inner) >= _LEAST_ASCII and all(c.isalnum() or c in "@._-+ :" for c in inner):
        return True
    if not _SIGNS.fullmatch(meant):
        return False
    return _is_sign(meant, text, start, end) or not signs().isdisjoint(range(start, end))


def _is_sign(meant: str, text: str, start: int, end: int) -> bool:
    """Whether a run of escapes that mean signs is one, and no percentage or sum: `50%20支`, `a=20`."""
    if _VALUES.match(text, end):
        return True
    if text[start] != "%":
        return text[start] == "\\" and "x" in text[start:end]
    before = text[max(0, start - _PERCENTAGE - 1) : start]
    if meant in _GAPS and _BEFORE_GAP.search(before) and _BEHIND_GAP.match(text, end):
        return True
    figures = len(before) - len(before.rstrip("0123456789"))
    return not 0 < figures <= _PERCENTAGE or (len(meant) > 1 and _LETTER.search(text, start, end) is not None)


def _signs(text: str) -> frozenset[int]:
    """Where percent escapes begin that mean signs of another escape or of a tag."""
    read: list[str] = []
    starts: list[int] = []
    position = 0
    for match in _SIGN.finditer(text):
        read += (text[position : match.start()], chr(int(match[1], 16)))
        starts += range(position, match.start() + 1)
        position = match.end()
    read.append(text[position:])
    return frozenset(
        starts[place]
        for match in _inner().finditer("".join(read))
        for place in range(match.start(), min(match.end(), len(starts)))
    )


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(rf"{_RTF}|{_CODES}|{_JSON}|{_POINT}|{_HTML}|{_BYTES}|{_MARKUP}")


def _is_chinese(text: str) -> bool:
    """Whether it is Chinese with its signs and figures, and nothing of other scripts."""
    return any(map(_is_han, text)) and all(
        c.isascii() or _is_han(c) or unicodedata.category(c)[0] in "PSNZ" for c in text
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
