"""International bank account number, ISO 13616, check digits modulo 97.

Mainland China, Hong Kong and Macao do not issue any; Taiwan neither.

>>> is_valid("GB82 WEST 1234 5698 7654 32")
True
>>> is_valid("GB83 WEST 1234 5698 7654 32")     # wrong check digits
False
>>> format("gb82west12345698765432")
'GB82 WEST 1234 5698 7654 32'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_SHAPE = Regex(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and check_digits(number[:2], number[4:]) == number[2:4]


def check_digits(country: str, account: str) -> str:
    """The two digits between the country's letters and the account."""
    digits = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    return f"{98 - int(digits) % 97:02d}"


def format(value: str) -> str:
    number = compact(value)
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
