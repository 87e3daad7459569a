"""Fonts that draw bars and squares: what is shown with them is a number that a scanner reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BAR_CODES = re.compile(
    r"bar ?code|idautomation|ccode|(?:code|c|w|hc|fre|free)[ _\-]?(?:11|25|39|93|128)(?![0-9])|[23] ?of ?[579]|codabar"
    r"|ean[ _\-]?(?:8|13)(?![0-9])|\b(?:upc|itf)\b|data ?matrix|pdf ?417|qr ?code|postnet|条形?码|二维码",
    re.IGNORECASE,
)


def is_bar_code_font(name: str) -> bool:
    """Whether a font draws the bars or squares of a code: what is shown with it is a number, in letters of its own.

    >>> is_bar_code_font("Libre Barcode 39"), is_bar_code_font("IDAutomationHC39M"), is_bar_code_font("IrisUPC")
    (True, True, False)
    """
    return _BAR_CODES.search(name) is not None


def with_those_based_on(names: Iterable[str], bases: Mapping[str, str]) -> frozenset[str]:
    """Names of styles, with those that are based on one of them; `bases` say for others on which.

    >>> sorted(with_those_based_on({"code"}, {"small": "code", "smaller": "small", "text": "plain"}))
    ['code', 'small', 'smaller']
    """
    found, more = set(names), set(names)
    while more:
        more = {name for name, base in bases.items() if base in more} - found
        found |= more
    return frozenset(found)
