"""Resident identity number, GB 11643-1999 (公民身份号码).

Six digits of place, birth date, three digits of sequence (odd: male), check character by
ISO 7064 MOD 11-2. The fifteen-digit numbers of the first cards have a two-digit year and
no check character; they are valid here when place and date are plausible.

The province is checked, the county is not: the number keeps the code of the first
registration, and no list of historical counties is complete.

>>> is_valid("11010519491231002X")
True
>>> is_valid("110105194912310021")     # wrong check character
False
>>> is_valid("110105194913310025")     # month 13
False
>>> to_18("110105491231002")
'11010519491231002X'
>>> birth_date("11010519491231002X")
datetime.date(1949, 12, 31)
>>> sex("11010519491231002X")
'female'
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from deid.regexes import Regex
from deid.validators import iso7064
from deid.validators.gaps import strip_gaps

Sex = Literal["male", "female"]

PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
) | {"71", "81", "82", "83"}
"""First two digits of GB/T 2260 codes; 83 stands for Taiwan in residence permits."""

_EIGHTEEN = Regex(r"[1-8][0-9]{16}[0-9X]")
_FIFTEEN = Regex(r"[1-8][0-9]{14}")
_EARLIEST_YEAR = 1880
_CENTENARIANS = frozenset({"996", "997", "998", "999"})  # sequences kept for people born before 1900


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    if birth_date(number) is None or number[:2] not in PROVINCES:
        return False
    return len(number) == 15 or check_digit(number[:17]) == number[17]


def check_digit(payload: str) -> str:
    """The character that follows the first seventeen digits."""
    return iso7064.mod_11_2(payload)


def birth_date(value: str) -> date | None:
    """The date in the number, whatever its check character; None when there is none."""
    number = compact(value)
    if _EIGHTEEN.fullmatch(number):
        return parse_birth(number[6:14])
    if _FIFTEEN.fullmatch(number):
        return parse_birth(_century(number) + number[6:12])
    return None


def sex(value: str) -> Sex | None:
    number = compact(value)
    if birth_date(number) is None:
        return None
    last = number[16] if len(number) == 18 else number[14]
    return "male" if int(last) % 2 else "female"


def to_18(value: str) -> str:
    """The eighteen-character form of a fifteen-digit number."""
    number = compact(value)
    if not _FIFTEEN.fullmatch(number):
        raise ValueError("not a resident identity number of fifteen digits")
    payload = number[:6] + _century(number) + number[6:]
    return payload + check_digit(payload)


def format(value: str) -> str:
    return compact(value)


def parse_birth(digits: str) -> date | None:
    """The date written YYYYMMDD, if somebody alive since 1880 can be born on it."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST_YEAR and born <= date.today() else None


def _century(number: str) -> str:
    return "18" if number[12:] in _CENTENARIANS else "19"
