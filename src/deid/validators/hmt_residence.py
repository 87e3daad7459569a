"""Residence permit for Hong Kong, Macao and Taiwan residents (港澳台居民居住证), 2018.

Built like a resident identity number (GB 11643); the place is 810000 for Hong Kong,
820000 for Macao, 830000 for Taiwan.

>>> is_valid("830000199201300022")
True
>>> is_valid("830000199201300023")     # wrong check character
False
>>> is_valid("11010519491231002X")     # a resident identity number
False
"""

from __future__ import annotations

from datetime import date

from deid.validators import resident_id

_PLACES = ("810000", "820000", "830000")


def compact(value: str) -> str:
    return resident_id.compact(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return len(number) == 18 and number.startswith(_PLACES) and resident_id.is_valid(number)


def check_digit(payload: str) -> str:
    """The character that follows the first seventeen digits."""
    return resident_id.check_digit(payload)


def birth_date(value: str) -> date | None:
    return resident_id.birth_date(value)


def sex(value: str) -> resident_id.Sex | None:
    return resident_id.sex(value)


def format(value: str) -> str:
    return compact(value)
