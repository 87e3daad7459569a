"""Check characters of ISO/IEC 7064, system MOD 11-2, as GB 11643 uses it.

>>> mod_11_2("11010519491231002")
'X'
"""

from __future__ import annotations

from functools import cache

_WIDTH = 4
_LONGEST = 17


def mod_11_2(digits: str) -> str:
    """The check character (0–9 or X) of a string of ASCII digits."""
    # The number read with powers of two in place of powers of ten, four digits at a time.
    blocks, total = _blocks(), 0
    if len(digits) == _LONGEST:  # the usual one, unrolled
        total = (
            (blocks[int(digits[0])] << 16)
            + (blocks[int(digits[1:5])] << 12)
            + (blocks[int(digits[5:9])] << 8)
            + (blocks[int(digits[9:13])] << 4)
            + blocks[int(digits[13:])]
        )
        return "0123456789X"[(1 - 2 * total) % 11]
    start = len(digits) % _WIDTH
    if start:
        total = blocks[int(digits[:start])]
    for place in range(start, len(digits), _WIDTH):
        total = (total << _WIDTH) + blocks[int(digits[place : place + _WIDTH])]
    return "0123456789X"[(1 - 2 * total) % 11]


@cache
def _blocks() -> tuple[int, ...]:
    """What each number of up to four digits is in that reading."""
    tens = [high * 2 + low for high in range(10) for low in range(10)]
    return tuple(tens[block // 100] * 4 + tens[block % 100] for block in range(10**_WIDTH))
