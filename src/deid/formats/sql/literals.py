"""Values as they stand in a dump and as they read: quotes, escapes and hexadecimal undone, and put back for what is new.

Only what an edit takes is written anew, in the way of the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

from deid.formats.edits import Edit
from deid.formats.numbers import EXPONENT, plain_number
from deid.formats.sql.dialects import Dialect
from deid.formats.sql.scanning import BYTES
from deid.formats.units import splice_units
from deid.types import splice

_HEX = re.compile(r"(0[xX]|[xX]')([0-9A-Fa-f]*)('?)")
_COPIED_HEX = re.compile(r"(\\\\x)((?:[0-9A-Fa-f]{2})+)")
_DOLLAR = re.compile(r"(\$\w*\$)(.*)\1", re.DOTALL)
_QUOTED = re.compile(r"([nNbBeE]|[uU]&|_\w+\s*)?(['\"])(.*)\2", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_PLAIN = re.compile(r"''|\"\"|.", re.DOTALL)
_BACKSLASH = re.compile(r"\\.|''|\"\"|.", re.DOTALL)
_EXTENDED = re.compile(
    r"(?:\\(?:[0-3][0-7]{2}|x[0-9A-Fa-f]{2}))+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|''|.",
    re.DOTALL,
)
_UNICODE = re.compile(r"\\[0-9A-Fa-f]{4}|\\\+[0-9A-Fa-f]{6}|\\\\|''|.", re.DOTALL)
_OCTET = re.compile(r"\\(?:([0-3][0-7]{2})|x([0-9A-Fa-f]{2}))")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
_MYSQL_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "0": "\0", "Z": "\x1a"}
_WRITTEN = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\0": ""}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_CHINESE = re.compile("[\t\r\n -~\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*")
Units = Sequence[tuple[str, str]]
"""What stands there, and the character that it is."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands between `opening` and `closing`. `text` is None where it is bytes that are no text; then `data` is they.

    `split` parts what is escaped into characters; without it each stands for itself. `empty` is written where nothing is left.
    """

    opening: str
    inner: str
    closing: str
    encode: Callable[[str], str]
    split: Callable[[str], Units] | None = None
    text: str | None = ""
    data: bytes = b""
    empty: str = ""

    def edited(self, changes: Sequence[Edit]) -> str:
        """It as it is to stand in the file."""
        units = self.inner if self.split is None else [raw for raw, _ in self.split(self.inner)]
        return self._around(splice_units(units, changes, self.encode))

    def units(self) -> Units:
        """What stands there, and the characters of the text."""
        return self.split(self.inner) if self.split else [(one, one) for one in self.inner]

    def saying(self, text: str) -> Value:
        """Another text in its place."""
        return replace(self, inner=self.encode(text), text=text)

    def holding(self, data: bytes) -> str:
        """Other bytes in its place."""
        return self._around(data.hex())

    def _around(self, inner: str) -> str:
        return self.empty if self.empty and not inner else self.opening + inner + self.closing


class _Number(Value):
    """A value without quotes. It gets these, and what is before them, where what is new is no number."""

    __slots__ = ()

    def edited(self, changes: Sequence[Edit]) -> str:
        return number_saying(splice(self.text or "", changes), national=self.empty[0] == "N")


def number_saying(text: str, *, national: bool) -> str:
    """A number, or in quotes what is none."""
    if _NUMBER.fullmatch(text):
        return text
    return ("N'" if national else "'") + _doubled(text, quote="'") + "'"


def value_of(raw: str, dialect: Dialect) -> Value:
    """A literal of a statement."""
    if raw[0] in "-0123456789" and raw[1:2] not in ("x", "X"):
        return _number(raw, dialect)
    if found := BYTES.fullmatch(raw):
        return _bytes(raw[: found.start(2)], found[2], "'")
    if found := _HEX.fullmatch(raw):
        empty = "''" if found[1] == "0x" and not dialect.national else ""  # 0x alone is nothing in MySQL
        return _bytes(found[1], found[2], found[3], empty, wide=dialect.national)
    if found := _DOLLAR.fullmatch(raw):
        return Value(found[1], found[2], found[1], lambda text: text.replace("$", "＄"), text=found[2])
    return _quoted(raw, dialect)


def copied(raw: str) -> Value:
    """A field of COPY (PostgreSQL 16, COPY, text format)."""
    if found := _COPIED_HEX.fullmatch(raw):
        return _bytes(found[1], found[2], "")
    split = partial(_units, pattern=_EXTENDED, named=_NAMED, quote="") if "\\" in raw else None
    return _text("", raw, "", partial(_escaped, escapes=_WRITTEN), split)


def as_it_stands(raw: str) -> Value:
    """What is no literal: a comment among values, an expression."""
    return Value("", raw, "", str, text=raw)


def _text(
    opening: str,
    inner: str,
    closing: str,
    encode: Callable[[str], str],
    split: Callable[[str], Units] | None,
    empty: str = "",
) -> Value:
    text = inner if split is None else "".join([one for _, one in split(inner)])
    return Value(opening, inner, closing, encode, split, text, empty=empty)


def _number(raw: str, dialect: Dialect) -> Value:
    text = plain_number(raw) if EXPONENT.fullmatch(raw) else raw
    opening = "N'" if dialect.national else "'"
    return _Number("", raw, "", partial(_doubled, quote="'"), text=text, empty=opening)


def _quoted(raw: str, dialect: Dialect) -> Value:
    found = _QUOTED.fullmatch(raw)
    if found is None:
        return as_it_stands(raw)
    prefix, quote, inner = (found[1] or "").upper(), found[2], found[3]
    pattern, named = _PLAIN, dict[str, str]()
    encode = partial(_doubled, quote=quote)
    if prefix == "U&":
        pattern, encode = _UNICODE, partial(_escaped, escapes={"\\": r"\\", quote: quote * 2})
    elif prefix == "E" or dialect.backslash:
        pattern, named = (_EXTENDED, _NAMED) if prefix == "E" else (_BACKSLASH, _MYSQL_NAMED)
        encode = partial(_escaped, escapes={**_WRITTEN, quote: quote * 2})
    split = partial(_units, pattern=pattern, named=named, quote=quote)
    is_plain = quote not in inner and (pattern is _PLAIN or "\\" not in inner)
    return _text(raw[: found.start(3)], inner, quote, encode, None if is_plain else split)


def _units(inner: str, *, pattern: re.Pattern[str], named: Mapping[str, str], quote: str) -> Units:
    found: list[tuple[str, str]] = []
    for raw in pattern.findall(inner):
        if len(raw) == 1:
            found.append((raw, raw))
        elif raw[0] != "\\":
            found += [(raw, quote)] if raw[0] == quote else [(one, one) for one in raw]
        elif octets := _OCTET.findall(raw) if pattern is _EXTENDED else []:
            found += _characters(raw, bytes(int(o, 8) if o else int(x, 16) for o, x in octets))
        else:
            found.append((raw, _said(raw, pattern, named)))
    return found


def _said(raw: str, pattern: re.Pattern[str], named: Mapping[str, str]) -> str:
    """The character that an escape stands for."""
    if len(raw) == 2:
        return named.get(raw[1], raw[1]) if pattern is not _UNICODE else raw[1]
    codes = [int(one.lstrip("+uU"), 16) for one in raw.split("\\")[1:]]
    if len(codes) == 2:  # surrogates
        codes = [0x10000 + ((codes[0] - 0xD800) << 10) + codes[1] - 0xDC00]
    return _SURROGATE.sub("\ufffd", chr(codes[0])) if codes[0] < 0x110000 else "\ufffd"


def _characters(raw: str, data: bytes) -> Units:
    """Escaped bytes by the characters that they are; of those that are none, each for itself."""
    octets = [found[0] for found in _OCTET.finditer(raw)]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return [(one, "\ufffd") for one in octets]
    sizes = [len(character.encode()) for character in text]
    ends = list(accumulate(sizes))
    return [
        ("".join(octets[end - size : end]), one) for one, size, end in zip(text, sizes, ends, strict=True)
    ]


def _escaped(text: str, *, escapes: Mapping[str, str]) -> str:
    return "".join([escapes.get(one, one) for one in text])


def _doubled(text: str, *, quote: str) -> str:
    return text.replace(quote, quote * 2)


def _bytes(opening: str, digits: str, closing: str, empty: str = "", *, wide: bool = False) -> Value:
    if len(digits) % 2:
        return as_it_stands(opening + digits + closing)
    data = bytes.fromhex(digits)
    codec = codec_of(data, wide=wide)
    encode = partial(_encoded, codec=codec or "utf-8")
    if not codec:
        return Value(opening, digits, closing, encode, text=None, data=data, empty=empty)
    return _text(opening, digits, closing, encode, partial(_decoded, codec=codec), empty)


def _decoded(digits: str, *, codec: str) -> Units:
    text = bytes.fromhex(digits).decode(codec)
    sizes = [2 * len(character.encode(codec)) for character in text]
    ends = list(accumulate(sizes))
    return [(digits[end - size : end], one) for one, size, end in zip(text, sizes, ends, strict=True)]


def _encoded(text: str, *, codec: str) -> str:
    return text.encode(codec, "replace").hex()


def codec_of(data: bytes, *, wide: bool = False) -> str:
    """In what bytes are a text, or nothing. With `wide` that may be two bytes for a character though they read as ASCII.

    >>> codec_of("张三".encode()), codec_of("张三".encode("gbk")), codec_of("张三".encode("utf-16-le"), wide=True)
    ('utf-8', 'gb18030', 'utf-16-le')
    >>> codec_of(bytes.fromhex("9f3c01ab77"))
    ''
    """
    if wide and _is_common(data.decode("utf-16-le", "replace")):
        return "utf-16-le"
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _UNPRINTABLE.search(text) if codec == "utf-8" else _CHINESE.fullmatch(text):
            return codec if text.encode(codec) == data else ""
    return ""


def _is_common(text: str) -> bool:
    """Whether a text is frequent Chinese characters alone, those of the first level of GB 2312."""
    try:
        return bool(text) and all(0xB0 <= lead < 0xD8 for lead in text.encode("gb2312")[::2])
    except UnicodeEncodeError:
        return False
