"""Check characters of ISO/IEC 7064, system MOD 11-2, as GB 11643 uses it.

>>> mod_11_2("11010519491231002")
'X'
"""

from __future__ import annotations

from typing import Final

_BASE: Final = 13
"""The number is read with powers of two, modulo eleven: in base thirteen, which is two more than that."""
_CHECKS: Final = tuple("0123456789X"[(1 - 2 * rest) % 11] for rest in range(11))


def mod_11_2(digits: str) -> str:
    """The check character (0–9 or X) of a string of ASCII digits."""
    return _CHECKS[int(digits, _BASE) % 11]
