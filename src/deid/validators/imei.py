"""International mobile equipment identity, 3GPP TS 23.003 (手机串号).

Eight digits of type allocation, six of serial number, a Luhn check digit.

>>> is_valid("49-015420-323751-8")
True
>>> is_valid("490154203237519")     # wrong check digit
False
"""

from __future__ import annotations

from deid.validators import luhn
from deid.validators.gaps import strip_gaps


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return len(number) == 15 and luhn.is_valid(number)


def check_digit(payload: str) -> str:
    """The digit that follows the first fourteen."""
    return luhn.check_digit(payload)


def format(value: str) -> str:
    number = compact(value)
    return f"{number[:2]}-{number[2:8]}-{number[8:14]}-{number[14:]}"
