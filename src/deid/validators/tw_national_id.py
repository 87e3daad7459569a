"""Taiwan national identification number and resident certificate number (台湾身份证).

A letter of place, 1 or 2 for the sex (8 or 9 for foreigners, A–D before 2021), seven
digits, a check digit; the letter counts as a number of two digits, weights 1 9 8 … 1 1.

>>> is_valid("A123456789")
True
>>> is_valid("A123456788")     # wrong check digit
False
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps
from deid.validators.resident_id import Sex

_SHAPE = Regex(r"[A-Z][1289A-D][0-9]{8}")
# Places got their numbers in the order in which letters were handed out: I, O, W, Z came late.
_LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", start=10)}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and check_digit(number[:-1]) == number[-1]


def check_digit(payload: str) -> str:
    """The digit that follows the letter and eight more characters."""
    second = payload[1] if payload[1].isdigit() else str(_LETTERS[payload[1]] % 10)
    digits = f"{_LETTERS[payload[0]]}{second}{payload[2:]}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return str(-total % 10)


def sex(value: str) -> Sex | None:
    number = compact(value)
    if not _SHAPE.fullmatch(number):
        return None
    return "male" if number[1] in "18AC" else "female"


def format(value: str) -> str:
    return compact(value)
