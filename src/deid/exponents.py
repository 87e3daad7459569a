"""Telephones, identity numbers and cards in scientific notation with all their figures, as Java writes numbers:
`1.3800138E10` is 13800138000.

Only what has one of their shapes counts. A value of the laboratory has neither as many figures nor such an exponent.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.escapes import Escape
from deid.regexes import Regex

_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = rf"[1-8]\.(?:[0-9]{{5}}(?:19|20)[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{0,4}}[Ee]\+?0?17|[0-9]{{7}}{_MONTH_AND_DAY}[0-9]{{0,3}}[Ee]\+?0?14)"
_MOBILE = r"1\.[3-9][0-9]{6,9}[Ee]\+?0?10|8\.61[3-9][0-9]{6,9}[Ee]\+?0?12"
_CARD = r"6\.2[0-9]{12,14}[Ee]\+?0?15|6\.2[0-9]{14,17}[Ee]\+?0?18"
_WRITTEN = Regex(rf"(?<![0-9A-Za-z.])(?:{_MOBILE}|{_IDENTITY}|{_CARD})(?![0-9A-Za-z]|\.[0-9])")
_MAY = Regex(r"[0-9][Ee]\+?0?1[024578](?![0-9])")


def may_hold(text: str) -> bool:
    """Whether it is worth looking for them; fast."""
    return _MAY.search(text) is not None


def find(text: str) -> Iterator[Escape]:
    """What is written otherwise than it is said: the first figure with the point, the end with the exponent.

    >>> [one.meant for one in find("1.380013801E10")]
    ['1', '1', '0']
    """
    for match in _WRITTEN.finditer(text):
        start, end = match.span()
        mantissa = end - len(match[0]) + max(match[0].find("E"), match[0].find("e"))
        missing = int(text[mantissa + 1 : end]) - (mantissa - start - 2)
        if not 0 <= missing < end - mantissa:
            continue
        yield Escape(start, start + 2, text[start])
        places = range(mantissa - 1, mantissa + missing)
        for place, meant in zip(places, text[mantissa - 1] + "0" * missing, strict=True):
            yield Escape(place, end if place == places[-1] else place + 1, meant)
