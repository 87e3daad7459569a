"""Luhn check digit, ISO/IEC 7812-1 annex B: bank cards, IMEI, ICCID.

One random number in ten passes, so a passed check alone is weak evidence.

>>> is_valid("4901 5420 3237 518")
True
>>> is_valid("490154203237519")     # wrong check digit
False
>>> check_digit("49015420323751")
'8'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_DIGITS = Regex(r"[0-9]{2,}")
_ZERO = ord("0")
_DOUBLED = bytes(
    sum(divmod(2 * (code - _ZERO), 10)) if _ZERO <= code <= _ZERO + 9 else 0 for code in range(256)
)
"""What every other digit counts, by its code."""


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return (
        _DIGITS.fullmatch(number) is not None
        and number.strip("0") != ""  # zeros pass the arithmetic, and number nothing
        and check_digit(number[:-1]) == number[-1]
    )


def check_digit(payload: str) -> str:
    """The digit that follows `payload`, ASCII digits without their check digit."""
    digits = payload.encode("ascii")
    total = sum(digits[-1::-2].translate(_DOUBLED)) + sum(digits[-2::-2]) - _ZERO * (len(digits) // 2)
    return str(-total % 10)


def format(value: str) -> str:
    return compact(value)
