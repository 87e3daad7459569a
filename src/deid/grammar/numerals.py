"""Chinese numerals: read a number, and write another one in the same style.

Three notations: ASCII digits (`05`), digit by digit (`二〇二三`, `二零二三`, `二○二三`, `贰零贰叁`)
and positional (`二十三`, `廿三`, `卅`, `一百零二`, `两百`, `壹拾伍`, and `一百二` for 120).

>>> value, style = read("廿三")
>>> value, write(28, style)
(23, '廿八')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

ZEROS: Final = "〇零○"
DIGITS: Final = "一二三四五六七八九"
CAPITALS: Final = "壹贰叁肆伍陆柒捌玖"
HAN: Final = ZEROS + DIGITS + CAPITALS + "十廿卅卌拾百佰千仟万亿两"
"""Every character that a Chinese numeral may consist of."""

_VALUES = {character: value for digits in (DIGITS, CAPITALS) for value, character in enumerate(digits, 1)}
_VALUES |= dict.fromkeys(ZEROS, 0) | {"两": 2}
_STRAY_ZEROS = "0Oo"  # what people type between 二 and 二 when the keyboard offers no 〇
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_CONTRACTED = {"廿": 20, "卅": 30, "卌": 40}
_LIMIT = 10**12

Kind = Literal["ascii", "digits", "positional"]


@dataclass(frozen=True, slots=True)
class NumeralStyle:
    """How a number is written.

    `width` is the least number of digits (ascii and digits, padded with zero), `zero` the
    character for it, `contracted` 廿 for 二十, `pair` how 2 is written before 百 千 万 or
    alone, `full_ten` 一十二 for 十二.
    """

    kind: Kind = "ascii"
    width: int = 1
    zero: str = "零"
    capital: bool = False
    contracted: bool = False
    pair: Literal["二", "两"] = "二"
    full_ten: bool = False


class Numeral(NamedTuple):
    """A number and how it was written."""

    value: int
    style: NumeralStyle


def read(text: str) -> Numeral | None:
    """The number that the whole of `text` is, or None when it is none."""
    if text.isascii() and text.isdigit():
        width = len(text) if text[0] == "0" else 1
        return Numeral(int(text), NumeralStyle("ascii", width))
    capital = any(character in CAPITALS or character in "拾佰仟" for character in text)
    if len(text) > 1 and all(character in _VALUES or character in _STRAY_ZEROS for character in text):
        return _read_digits(text, capital)
    value = _read_positional(text)
    if value is None:
        return None
    zeros = [character for character in text if character in ZEROS]
    tens = text.replace("拾", "十")
    style = NumeralStyle(
        "positional",
        zero=zeros[0] if zeros else "零",
        capital=capital,
        contracted=any(character in _CONTRACTED for character in text),
        pair="两" if "两" in text else "二",
        full_ten=tens.startswith(("一十", "壹十")),
    )
    return Numeral(value, style)


def write(number: int, style: NumeralStyle) -> str:
    """`number` (0 up to a million million) in `style`.

    >>> write(7, NumeralStyle("digits", width=2, zero="〇"))
    '〇七'
    """
    if not 0 <= number < _LIMIT:
        raise ValueError("numerals are written from 0 up to 10**12")
    if style.kind == "ascii":
        return f"{number:0{style.width}d}"
    digits = style.zero + (CAPITALS if style.capital else DIGITS)
    if style.kind == "digits":
        return "".join(digits[int(digit)] for digit in f"{number:0{style.width}d}")
    if number == 0:
        return style.zero
    if number == 2 and style.pair == "两" and not style.capital:
        return "两"
    return _write_positional(number, style)


def _read_digits(text: str, capital: bool) -> Numeral:
    zeros = [character for character in text if character in ZEROS or character in _STRAY_ZEROS]
    value = int("".join(str(_VALUES.get(character, 0)) for character in text))
    return Numeral(value, NumeralStyle("digits", len(text), zeros[0] if zeros else "〇", capital))


def _read_positional(text: str) -> int | None:
    """Units must fall within a section (万, 亿), so that `五十三百` and `三四十` are no numbers."""
    if not text or len(text) > 32:
        return None
    total = section = 0
    digit: int | None = None
    smallest, largest_section = 10_000, 10**16
    zero_before = False
    for character in text:
        if character in _VALUES:
            if digit is not None and digit != 0:
                return None
            digit = _VALUES[character]
            zero_before = digit == 0 or (zero_before and smallest > 10)
        elif character in _UNITS or character in _CONTRACTED:
            unit = _UNITS.get(character, 10)
            if (
                unit >= smallest
                or (digit is None and unit > 10)
                or (digit is not None and unit == 10 and character in _CONTRACTED and digit)
            ):
                return None
            section += _CONTRACTED.get(character) or (digit or 1) * unit
            smallest, digit, zero_before = unit, None, False
        elif character in _SECTIONS:
            scale = _SECTIONS[character]
            if scale >= largest_section or section + (digit or 0) == 0:
                return None
            total += (section + (digit or 0)) * scale
            largest_section, section, digit, smallest, zero_before = scale, 0, None, 10_000, False
        else:
            return None
    if digit and not zero_before and smallest in (100, 1000) and section:
        digit *= smallest // 10  # 一百二 is 120, 一千五 is 1500
    return total + section + (digit or 0)


def _write_positional(number: int, style: NumeralStyle) -> str:
    parts: list[str] = []
    gap = False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10_000
        if section:
            if parts and (gap or section < 1000):
                parts.append(style.zero)
            parts.append(_write_section(section, style, leading=not parts) + name)
            gap = False
        elif parts:
            gap = True
    return "".join(parts)


def _write_section(section: int, style: NumeralStyle, *, leading: bool) -> str:
    digits = style.zero + (CAPITALS if style.capital else DIGITS)
    names = ("仟", "佰", "拾", "") if style.capital else ("千", "百", "十", "")
    written = ""
    pending = False
    for unit, name in zip((1000, 100, 10, 1), names, strict=True):
        digit = section // unit % 10
        if not digit:
            pending = bool(written)
            continue
        if pending:
            written += style.zero
            pending = False
        if unit == 10 and style.contracted and digit in (2, 3, 4):
            written += "廿卅卌"[digit - 2]
        elif unit == 10 and digit == 1 and not written and leading and not style.full_ten:
            written += name
        elif digit == 2 and unit >= 100 and style.pair == "两" and not style.capital:
            written += "两" + name
        else:
            written += digits[digit] + name
    return written
