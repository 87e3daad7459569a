"""Numbers and codes in the same shape: digits stay digits, letters letters, all else where it is.

The characters of a value are read as one number in mixed radix and permuted under the key
(`permute`), so different values have different stand-ins. Leading zeros stay zeros and the
first other digit is none: a spreadsheet would drop it.

>>> reshape("ZY-00123", key=bytes(32), tweak="MEDICAL_RECORD_NUMBER")
'ZK-00814'
"""

from __future__ import annotations

from typing import Final

from deid.regexes import Regex
from deid.surrogates.permute import permute

LONGEST: Final = 160
"""Characters that are permuted at most; nobody's number is longer."""

_DIGITS: Final = "0123456789"
_FIRST: Final = "123456789"
# Plates, credit codes and vehicle numbers do without some letters, each without others: a class keeps to itself.
_COMMON: Final = "ABCDEFGHJKLMNPRTUWXY"
_RARE: Final = ("SVZ", "IO", "Q")
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_HEX: Final = "abcdef"
_Place = tuple[str, int, int]
"""A class of characters, how many it has, and which of them one is."""


def _places(*classes: str) -> dict[str, _Place]:
    return {
        character: (letters, len(letters), index)
        for letters in classes
        for index, character in enumerate(letters)
    }


_CLASSES: Final = _places(_DIGITS, _COMMON, *_RARE, _LOWER)
_HEX_CLASSES: Final = _CLASSES | _places(_HEX, _HEX.upper())
_FIRSTS: Final = _places(_FIRST)


def reshape(text: str, *, key: bytes, tweak: str, hexadecimal: bool = False) -> str:
    """Another text of the same shape; what is neither ASCII letter nor digit stays.

    With `hexadecimal` the letters A to F stay among themselves. ValueError when `text` is longer than LONGEST.
    """
    if len(text) > LONGEST:
        raise ValueError("too long to be permuted")
    if text.isascii() and text.isdigit() and not hexadecimal:
        return _reshape_digits(text, key, tweak)
    classes = _HEX_CLASSES if hexadecimal else _CLASSES
    number, size, begun = 0, 1, hexadecimal
    moved: list[tuple[int, str, int]] = []
    for place, character in enumerate(text):
        known = classes.get(character)
        if known is None:
            continue
        if not begun and known[0] is _DIGITS:
            known = _FIRSTS.get(character)
            if known is None:
                continue  # a leading zero
            begun = True
        letters, many, index = known
        moved.append((place, letters, many))
        size *= many
        number = number * many + index
    number = permute(number, size, key=key, tweak=tweak) if size > 1 else 0
    written = list(text)
    for place, letters, many in reversed(moved):
        number, index = divmod(number, many)
        written[place] = letters[index]
    return "".join(written)


def _reshape_digits(text: str, key: bytes, tweak: str) -> str:
    """The same for digits alone, of which the first that is no zero stays none."""
    digits = len(text.lstrip("0"))
    if not digits:
        return text
    first = 10 ** (digits - 1)
    new = permute(int(text) - first, 9 * first, key=key, tweak=tweak)
    return f"{new + first:0{len(text)}d}"


def fill(text: str, characters: str, places: list[int]) -> str:
    """`text` with `characters` at `places`, one after the other."""
    written = list(text)
    for place, character in zip(places, characters, strict=True):
        written[place] = character
    return "".join(written)


_WIDE: Final = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_WIDENED: Final = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}
_WIDE_DIGIT: Final = Regex("[０-９]")
_DIGIT: Final = Regex("[0-9]")
_SPOKEN: Final = "零一二三四五六七八九"
_FINANCIAL: Final = "零壹贰叁肆伍陆柒捌玖"


def in_the_form_of(written: str, plain: str) -> str:
    """`plain` in full-width or Chinese digits where `written` has them.

    >>> in_the_form_of("１３８零一", "25976")
    '２５９七六'
    """
    if written.isascii():
        return plain
    if len(written) != len(plain):
        wide = _WIDE_DIGIT.search(written) and not _DIGIT.search(written)
        return plain.translate(_WIDENED) if wide else plain
    return "".join(_as(old, new) for old, new in zip(written, plain, strict=True))


def _as(old: str, new: str) -> str:
    if ord(old) in _WIDE and new.isascii():
        return chr(ord(new) + 0xFEE0)
    if new in _DIGITS:
        if old in _SPOKEN or old in "〇○幺两":
            return _SPOKEN[int(new)]
        if old in _FINANCIAL:
            return _FINANCIAL[int(new)]
    return new
