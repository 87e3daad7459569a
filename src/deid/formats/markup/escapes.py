"""Characters of markup and how they are written: entities, and percent escapes of addresses."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote

_UNIT = re.compile(r"&(?:#[xX][0-9A-Fa-f]+|#[0-9]+|[A-Za-z][A-Za-z0-9]*);?|.", re.DOTALL)
_BEYOND = re.compile(r"&#(?:x0*[1-9a-f][0-9a-f]{5,}|0*[1-9][0-9]{6,});?", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_NO_NAME = re.compile(r"^[^\w]|^[0-9]|[^\w.\-]")
_STYLE = re.compile(r"[<>\"'\\]")

_FIGURES, _HEXADECIMAL = 6, frozenset("0123456789abcdefABCDEF")
_NOTHING = "\u200b"
"""What the escape of a line end stands for, and a reference to a control character."""
_WIDE = {'"': "”", "'": "’", "{": "｛", "}": "｝", ";": "；", "\\": "＼", "\0": "\ufffd"}


class Unit(NamedTuple):
    """A character and its raw form."""

    raw: str
    text: str


def characters(raw: str) -> list[Unit]:
    """`&#24352;` and `&lt;` are one character each.

    >>> [unit.raw for unit in characters("a&#24352;&lt;")]
    ['a', '&#24352;', '&lt;']
    """
    if "&" not in raw:
        return [Unit(character, character) for character in raw]
    found: list[Unit] = []
    for match in _UNIT.finditer(raw):
        text = unescape(match[0])
        beyond = text == "\ufffd" and _BEYOND.fullmatch(match[0])  # no character has such a number
        if not text:
            found.append(Unit(match[0], _NOTHING))
            continue
        if text == match[0] or beyond:
            found += (Unit(character, character) for character in match[0])
            continue
        behind = _alike(match[0], text)  # an entity without semicolon, and what follows it
        raw, meant = match[0][: len(match[0]) - behind], text[: len(text) - behind]
        found += (Unit(raw if index == 0 else "", one) for index, one in enumerate(meant))
        found += (Unit(one, one) for one in text[len(meant) :])
    return found


def _alike(raw: str, text: str) -> int:
    """How many characters at the ends of both are the same, but for the first of `text`."""
    count = 0
    while count < len(text) - 1 and raw[-1 - count] == text[-1 - count]:
        count += 1
    return count


def addressed(units: Sequence[Unit]) -> list[Unit]:
    """Units of an address, with UTF-8 or GB18030 behind percent signs decoded."""
    text = "".join(unit.text for unit in units)
    found: list[Unit] = []
    position = 0
    for match in _PERCENT.finditer(text):
        found += units[position : match.start()]
        found += _decoded(match[0]) or units[match.start() : match.end()]
        position = match.end()
    return [*found, *units[position:]]


def of_styles(units: Sequence[Unit]) -> list[Unit]:
    r"""Units of a style with its escapes read (CSS Syntax 3, 4.3.7): Excel and Word write \@ and \5B8B\4F53.

    What would end a string or a rule is read as its wide form.

    >>> [unit.text for unit in of_styles(characters(r'a\@\5f20 \22 "'))]
    ['a', '@', '张', '”', '"']
    """
    found: list[Unit] = []
    place = 0
    while place < len(units):
        end, meant = place + 1, units[place].text
        if meant == "\\" and end < len(units):
            while end < len(units) and end <= place + _FIGURES and units[end].text in _HEXADECIMAL:
                end += 1
            figures = "".join(unit.text for unit in units[place + 1 : end])
            if figures:
                code = int(figures, 16)
                meant = chr(code) if code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else "\ufffd"
                end += end < len(units) and units[end].text.isspace()
            else:
                meant = _NOTHING if units[end].text.isspace() else units[end].text
                end += 1
            meant = " " if meant.isspace() else _WIDE.get(meant, meant)
        found.append(Unit("".join(unit.raw for unit in units[place:end]), meant))
        place = end
    return found


def _decoded(raw: str) -> list[Unit]:
    content = bytes.fromhex(raw.replace("%", ""))
    for codec in ("utf-8", "gb18030"):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        found, place = [], 0
        for character in text:
            end = place + 3 * len(character.encode(codec))
            found.append(Unit(raw[place:end], character))
            place = end
        return found if place == len(raw) else []
    return []


def written(text: str, kind: str, codec: str) -> str:
    """New text as it stands in markup; what the encoding lacks becomes a reference, and `_` where none can be."""
    if kind == "address":
        return quote(text, safe="")
    if kind == "cdata":
        return fitting(text.replace("]]>", "]] >"), codec, "]]>&#{};<![CDATA[")
    if kind == "instruction":
        return fitting(text.replace("?>", "? >").replace(">", "_"), codec, "_")
    if kind == "name":
        return fitting(_NO_NAME.sub("_", text) or "_", codec, "_")
    if kind == "style":
        return fitting(_STYLE.sub("_", text), codec, "\\{:x} ")
    return fitting(escape(text), codec)


def fitting(text: str, codec: str, otherwise: str = "&#{};") -> str:
    """`text` with `otherwise` and its number in the place of each character that the encoding lacks."""
    if _fits(text, codec):
        return text
    return "".join(one if _fits(one, codec) else otherwise.format(ord(one)) for one in text)


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
