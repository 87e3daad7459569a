"""Unified social credit code, GB 32100-2015 (统一社会信用代码).

Eighteen characters: registering authority, kind of body, six digits of place, nine of
organisation code (GB 11714), and a check character, weights 3^i modulo 31. The authority
may be a letter. A code without any letter must also hold a valid organisation code:
otherwise one serial number of eighteen digits in thirty-one would pass.

>>> is_valid("91350100M000100Y43")
True
>>> is_valid("91350100M000100Y44")     # wrong check character
False
>>> check_digit("91110000600037341")
'L'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators import org_code
from deid.validators.gaps import strip_gaps
from deid.validators.resident_id import PROVINCES

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = Regex(rf"[1-9ANY][{_ALPHABET}][0-9]{{6}}[{_ALPHABET}]{{10}}")
_NATIONAL = "10"  # 100000: registered with a national authority


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    code = compact(value)
    if not _SHAPE.fullmatch(code) or (code[2:4] not in PROVINCES and code[2:4] != _NATIONAL):
        return False
    if code.isdigit() and not org_code.is_valid(code[8:17]):
        return False
    return check_digit(code[:17]) == code[17]


def check_digit(payload: str) -> str:
    """The character that follows the first seventeen."""
    total = sum(_ALPHABET.index(character) * pow(3, i, 31) for i, character in enumerate(payload))
    return _ALPHABET[-total % 31]


def format(value: str) -> str:
    return compact(value)
