r"""Codes of fields of Word (ISO/IEC 29500-1, 17.16.5): what they say in several pieces, or by a number.

`QUOTE "欧阳" "建国"` and `EQ \o(李,建,华)` show names that are nowhere written as such, `SYMBOL 24352 \u` a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from deid.types import Segment, TextBlock

_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)|[^\s"\\]+')
_SWITCH = re.compile(r"\\[A-Za-z*#@!]{1,2}")
_IN_EQUATION = re.compile(r"[^\\(),;\s]+")
_EQUATION_SWITCH = re.compile(r"\\[A-Za-z]{1,2}-?[0-9]*")
_SHOWS_NOTHING = re.compile(r"\s*(?:SET|ASK)\b", re.IGNORECASE)
_PRINTED = re.compile(r"\s*(QUOTE|EQ)\b", re.IGNORECASE)
_SYMBOL = re.compile(r"\s*SYMBOL\s+\"?(0[xX][0-9A-Fa-f]{1,6}|[0-9]{1,7})\"?(.*)", re.IGNORECASE | re.DOTALL)
_SAYS_ITSELF = re.compile(r"\s*(?:=|(?:QUOTE|IF|COMPARE)\b)", re.IGNORECASE)
_PICTURES = re.compile("symbol|dings|dingbats|marlett|extra|mt ", re.IGNORECASE)
_SIGNS = 0xF000
"""Fonts of symbols have their characters there."""


def draws_symbols(font: str) -> bool:
    """Whether the characters of a font are pictures, and no letters."""
    return _PICTURES.search(font) is not None


def says_itself(code: str) -> bool:
    """Whether the result of a field comes of its code alone, which quotes or reckons it.

    >>> says_itself('QUOTE "884213"'), says_itself("= 1380013 * 10000"), says_itself("DOCVARIABLE a")
    (True, True, False)
    """
    return _SAYS_ITSELF.match(code) is not None


def quoting(text: str) -> str:
    r"""The code of a field that shows a text.

    >>> quoting('a "b"')
    ' QUOTE "a \\"b\\"" '
    """
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f' QUOTE "{escaped}" '


def joined(code: TextBlock) -> Iterator[TextBlock]:
    """What the arguments of a code say together, where there are several that it prints."""
    segments: list[Segment] = []
    text = ""
    for start, end in _arguments(code.text):
        for segment in code.segments or (Segment(0, len(code.text), code.id),):
            first, last = max(start, segment.start), min(end, segment.end)
            if first < last:
                place = len(text) + first - start
                shift = segment.source_start + first - segment.start
                segments.append(Segment(place, place + last - first, segment.source, shift))
        text += code.text[start:end]
    if len(segments) > 1 and any(map(str.isalnum, text)):
        yield TextBlock(f"{code.id}&", text, code.where, segments=tuple(segments))


def _arguments(code: str) -> Sequence[tuple[int, int]]:
    """Where they stand; of an equation what is between its brackets, but for rings and frames around a character.

    >>> [r"EQ \\o(李,建)\\s\\up5(华)"[start:end] for start, end in _arguments(r"EQ \\o(李,建)\\s\\up5(华)")]
    ['李', '建', '华']
    """
    name = _PRINTED.match(code)
    if not name:
        return []
    if name[1].upper() == "EQ":
        plain = _EQUATION_SWITCH.sub(lambda switch: " " * len(switch[0]), code)
        found = [match.span() for match in _IN_EQUATION.finditer(plain, name.end())]
        return [(start, end) for start, end in found if any(map(str.isalnum, code[start:end]))]
    plain = _SWITCH.sub(lambda switch: " " * len(switch[0]), code)
    return [match.span(match.lastindex or 0) for match in _ARGUMENT.finditer(plain, name.end())]


class Result(NamedTuple):
    """A field of a text, and its code."""

    number: int
    code: str


class Open:
    """The fields that are open at a place of a text, each with its code so far, None once its result has begun."""

    def __init__(self) -> None:
        self._codes: list[str | None] = []
        self._shows: list[bool] = []
        self._results: list[Result | None] = []
        self._count = 0

    def mark(self, kind: str) -> None:
        """Take in where a field begins, where its result does, and where it ends."""
        if kind == "begin":
            self._codes.append("")
            self._shows.append(True)
            self._results.append(None)
        elif self._codes and kind == "separate":
            code = self._codes[-1] or ""
            self._shows[-1] = not _SHOWS_NOTHING.match(code)
            self._count += 1
            self._results[-1] = Result(self._count, code)
            self._codes[-1] = None
        elif self._codes and kind == "end":
            for some in (self._codes, self._shows, self._results):
                some.pop()

    def code(self, text: str) -> None:
        """Take in a piece of the code."""
        if self._codes and self._codes[-1] is not None:
            self._codes[-1] += text

    @property
    def result(self) -> Result | None:
        """Of which field the text there is the result."""
        return self._results[-1] if self._results else None

    @property
    def unseen(self) -> bool:
        """Whether text there is a part of a code, or the result of a field that shows none."""
        return not all(self._shows) or any(code is not None for code in self._codes)

    @contextmanager
    def simple(self, code: str) -> Iterator[None]:
        """A field whose code stands beside its result."""
        for kind in ("begin", "separate"):
            self.mark(kind)
            self.code(code)
        yield
        self.mark("end")


def symbol_of(code: str) -> str:
    r"""The letter or digit that a code shows by its number; nothing for signs, and for other codes.

    >>> symbol_of(r"SYMBOL 24352 \\u"), symbol_of("SYMBOL 54725"), symbol_of(r"SYMBOL 74 \\f Wingdings")
    ('张', '张', '')
    """
    match = _SYMBOL.fullmatch(code)
    if not match or draws_symbols(match[2]):
        return ""
    number = int(match[1], 0) if match[1][:2] in ("0x", "0X") else int(match[1])
    shown = _character(number, match[2])
    return shown if shown.isalnum() else ""


def _character(number: int, switches: str) -> str:
    if number <= 0xFF:
        return chr(number)
    if r"\u" not in switches.lower():
        try:
            return (
                number.to_bytes(4, "big")
                .lstrip(b"\0")
                .decode("shift_jis" if r"\j" in switches.lower() else "gb18030")
            )
        except (UnicodeDecodeError, OverflowError):
            pass
    plain = number - _SIGNS if _SIGNS + 0x20 <= number <= _SIGNS + 0x7E else number
    return chr(plain) if plain < 0xD800 or 0xE000 <= plain <= 0x10FFFF else ""
