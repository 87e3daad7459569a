"""Check characters of ISO/IEC 7064, system MOD 11-2, as GB 11643 uses it.

>>> mod_11_2("11010519491231002")
'X'
"""

from __future__ import annotations


def mod_11_2(digits: str) -> str:
    """The check character (0–9 or X) of a string of ASCII digits."""
    check = 0
    for digit in digits:
        check = (check + int(digit)) * 2 % 11
    return "0123456789X"[(12 - check) % 11]
