"""Hardware address, IEEE 802 (MAC-48).

Twelve hexadecimal digits. All zeros and all ones name no device and are not valid.

>>> is_valid("00:1A:2b:3c:4D:5e"), is_valid("001a.2b3c.4d5e")
(True, True)
>>> is_valid("FF-FF-FF-FF-FF-FF")     # broadcast
False
>>> format("001a.2b3c.4d5e")
'00:1A:2B:3C:4D:5E'
"""

from __future__ import annotations

from deid.regexes import Regex
from deid.validators.gaps import strip_gaps

_SHAPE = Regex(r"[0-9A-F]{12}")
_NO_DEVICE = ("0" * 12, "F" * 12)


def compact(value: str) -> str:
    return strip_gaps(value).replace(":", "")


def is_valid(value: str) -> bool:
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and number not in _NO_DEVICE


def format(value: str) -> str:
    number = compact(value)
    return ":".join(number[i : i + 2] for i in range(0, len(number), 2))
