"""Code of a physician's qualification certificate (医师资格证书编码).

Year, two digits of province, level (1 physician, 2 assistant), two of category, and the
holder's whole resident identity number: 27 characters, 24 with an old number.

>>> is_valid("20101111011010519491231002X")
True
>>> is_valid("201011110110105194912310021")     # wrong check character in the identity number
False
>>> birth_date("20101111011010519491231002X")
datetime.date(1949, 12, 31)
"""

from __future__ import annotations

from datetime import date

from deid.regexes import Regex
from deid.validators import resident_id
from deid.validators.gaps import strip_gaps

_PREFIX = Regex(r"(?:19[89][0-9]|20[0-9]{2})([1-8][0-9])[12][0-9]{2}")
_PREFIX_LENGTH = 9


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    code = compact(value)
    prefix = _PREFIX.match(code)
    return (
        prefix is not None
        and prefix[1] in resident_id.PROVINCES
        and len(code) in (24, 27)
        and resident_id.is_valid(code[_PREFIX_LENGTH:])
    )


def birth_date(value: str) -> date | None:
    return resident_id.birth_date(compact(value)[_PREFIX_LENGTH:])


def sex(value: str) -> resident_id.Sex | None:
    return resident_id.sex(compact(value)[_PREFIX_LENGTH:])


def format(value: str) -> str:
    return compact(value)
