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
_LANDLINE = r"(?:1\.0|2\.[0-57-9]|[3-9]\.[1-9])[0-9]{5,8}[Ee]\+?0?9|[3-9]\.[1-9][0-9]{6,9}[Ee]\+?0?10"
"""A number has lost the zero before the area code, and is one of the laboratory where nothing says otherwise."""
_CUE = (
    r"(?:(?:电话|座机|固话|传真|联系方式|(?i:tel|phone|telephone|fax))(?:号码?)?"
    r"[\"'”]?[^\S\n]{0,3}[:：=|,，][^\S\n]{0,3}[\"'“]?)"
)
_WRITTEN = Regex(
    rf"(?<![0-9A-Za-z.])(?:{_MOBILE}|{_IDENTITY}|{_CARD})(?![0-9A-Za-z]|\.[0-9])"
    rf"|{_CUE}(?P<landline>{_LANDLINE})(?![0-9A-Za-z]|\.[0-9])"
)
_MAY = Regex(r"[0-9][Ee]\+?0?(?:9|1[024578])(?![0-9])")


def may_hold(text: str) -> bool:
    """Whether it is worth looking for them; fast."""
    return _MAY.search(text) is not None


def find(text: str) -> Iterator[Escape]:
    """What is meant, figure for character; the last one stands for the rest of what is written.

    >>> "".join(one.meant for one in find("1.380013801E10")), "".join(one.meant for one in find("电话：1.062345678E9"))
    ('13800138010', '01062345678')
    """
    for match in _WRITTEN.finditer(text):
        is_landline = match["landline"] is not None
        start, end = match.span("landline") if is_landline else match.span()
        mantissa, exponent = text[start:end].upper().split("E")
        figures = "0" * is_landline + mantissa.replace(".", "")
        figures += "0" * (int(exponent) + 1 + is_landline - len(figures))
        if int(exponent) < len(mantissa) - 2 or len(figures) > end - start:
            continue
        for place, figure in enumerate(figures, start):
            yield Escape(place, end if place - start == len(figures) - 1 else place + 1, figure)
