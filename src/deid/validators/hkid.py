"""Hong Kong identity card number (香港身份证).

One or two letters, six digits, a check character, usually in brackets; weights 9 to 2,
a missing first letter counts as a space (36), modulo 11.

>>> is_valid("A123456(3)")
True
>>> is_valid("A123456(4)")     # wrong check digit
False
>>> format("a1234563")
'A123456(3)'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_SHAPE = Regex(r"[A-Z]{1,2}[0-9]{6}[0-9A]")
_BRACKETS = str.maketrans("", "", "()（）")
_SPACE = 36


def compact(value: str) -> str:
    return strip_gaps(value.translate(_BRACKETS))


def is_valid(value: str) -> bool:
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and check_digit(number[:-1]) == number[-1]


def check_digit(payload: str) -> str:
    """The character in brackets, by the letters and digits before it."""
    values = [int(character, 36) for character in payload]
    if len(values) == 7:
        values.insert(0, _SPACE)
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return "0123456789A"[-total % 11]


def format(value: str) -> str:
    number = compact(value)
    return f"{number[:-1]}({number[-1:]})"
