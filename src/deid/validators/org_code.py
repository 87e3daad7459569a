"""Organisation code, GB 11714-1997 (组织机构代码).

Eight digits or letters and a check character, weights 3 7 9 10 5 8 4 2 modulo 11.

>>> is_valid("D2143569-X")
True
>>> is_valid("D2143569-1")     # wrong check character
False
>>> format("d2143569x")
'D2143569-X'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_SHAPE = Regex(r"[0-9A-Z]{8}[0-9X]")
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return (
        _SHAPE.fullmatch(number) is not None
        and number[:8].strip("0") != ""
        and check_digit(number[:8]) == number[8]
    )


def check_digit(payload: str) -> str:
    """The character that follows the first eight; letters count from A = 10."""
    total = sum(int(character, 36) * weight for character, weight in zip(payload, WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def format(value: str) -> str:
    number = compact(value)
    return f"{number[:8]}-{number[8:]}"
