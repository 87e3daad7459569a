"""Mobile phone number of the mainland, by the prefixes that MIIT has allocated.

Eleven digits; +86, 0086, 86 or a dialled 0 may stand before them. A number whose prefix
is not allocated is not valid here, although it may be by tomorrow: evidence, no veto.

>>> is_valid("+86 138-0013-8000")
True
>>> is_valid("15412345678")     # 154 is not allocated
False
>>> format("8613800138000")
'138 0013 8000'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_ALLOCATED = Regex(
    r"1(?:3[0-9]|4[579]|5[0-35-9]|6[2567]|7[0-35-8]|8[0-9]|9[0-35-9])[0-9]{8}"
    r"|174[019][0-9]{7}"  # satellite phones
)
_BEFORE = Regex(r"^(?:\+?86|0086|\(\+?86\)|0)(?=1[3-9][0-9]{9}$)")


def compact(value: str) -> str:
    """The eleven digits."""
    return _BEFORE.sub("", strip_gaps(value))


def is_valid(value: str) -> bool:
    return _ALLOCATED.fullmatch(compact(value)) is not None


def format(value: str) -> str:
    number = compact(value)
    return f"{number[:3]} {number[3:7]} {number[7:]}"
