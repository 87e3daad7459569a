"""Vehicle identification number, GB 16735-2019 / ISO 3779 (车辆识别代号, 车架号).

Seventeen characters without I, O, Q; the ninth is a check character modulo 11, the last
four are digits. Makers outside China and North America may not use the check character.

>>> is_valid("1M8GDM9AXKP042788")
True
>>> is_valid("1M8GDM9A1KP042788")     # wrong check character
False
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_SHAPE = Regex(r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9]{4}")
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and not number.isdigit() and check_digit(number) == number[8]


def check_digit(value: str) -> str:
    """The ninth character, by the sixteen others."""
    total = sum(_VALUES[character] * weight for character, weight in zip(value, _WEIGHTS, strict=True))
    return "0123456789X"[total % 11]


def format(value: str) -> str:
    return compact(value)
