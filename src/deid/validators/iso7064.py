"""Check characters of ISO/IEC 7064, system MOD 11-2, as GB 11643 uses it.

>>> mod_11_2("11010519491231002")
'X'
"""

from __future__ import annotations

from operator import mul

_WEIGHTS = tuple(2 ** (place + 1) % 11 for place in range(10))


def mod_11_2(digits: str) -> str:
    """The check character (0–9 or X) of a string of ASCII digits."""
    # The number read with the digits as coefficients of powers of two: 2^n mod 11 repeats after ten.
    total = sum(map(mul, map(int, reversed(digits)), _WEIGHTS * (len(digits) // 10 + 1)))
    return "0123456789X"[(1 - total) % 11]
