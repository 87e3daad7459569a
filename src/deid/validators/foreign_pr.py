"""Foreign permanent resident ID card (外国人永久居留身份证).

Since 2023-12-01: 9, two digits of province, the nationality (ISO 3166-1 numeric), birth
date, three digits of sequence, check character by ISO 7064 MOD 11-2. Before: three letters
of nationality (ISO 3166-1 alpha-3), four digits of place, YYMMDD, a sequence digit, a check
digit of which no definition is published, so only place and date are looked at.

>>> is_valid("911124198108030024")
True
>>> is_valid("911124198108030025")     # wrong check character
False
>>> is_valid("CAN110081080313")
True
"""

from __future__ import annotations

from datetime import date

from deid.regexes import Regex
from deid.validators import iso7064
from deid.validators.gaps import strip_gaps
from deid.validators.resident_id import PROVINCES, Sex, parse_birth

_NEW = Regex(r"9[1-8][0-9]{15}[0-9X]")
_OLD = Regex(r"[A-Z]{3}[1-8][0-9]{11}")


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    if birth_date(number) is None:
        return False
    if _OLD.fullmatch(number):
        return number[3:5] in PROVINCES
    return (
        number[1:3] in PROVINCES
        and "004" <= number[3:6] <= "894"  # the range of ISO 3166-1 numeric codes
        and check_digit(number[:17]) == number[17]
    )


def check_digit(payload: str) -> str:
    """The character that follows the first seventeen digits of a new number."""
    return iso7064.mod_11_2(payload)


def birth_date(value: str) -> date | None:
    """The date in the number; None when there is none. Old numbers do not tell the century."""
    number = compact(value)
    if _NEW.fullmatch(number):
        return parse_birth(number[6:14])
    if _OLD.fullmatch(number):
        return parse_birth("20" + number[7:13]) or parse_birth("19" + number[7:13])
    return None


def sex(value: str) -> Sex | None:
    """By the sequence number; None for old numbers, which do not tell."""
    number = compact(value)
    if len(number) != 18 or birth_date(number) is None:
        return None
    return "male" if int(number[16]) % 2 else "female"


def format(value: str) -> str:
    return compact(value)
