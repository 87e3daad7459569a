"""Numbers as people read them: a phone stored as `1.3800138E10` is 13800138000."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

EXPONENT = re.compile(r"[0-9]\.[0-9]{6,}[Ee]\+?[0-9]{1,3}")
"""A telephone or another long number, as spreadsheets write it."""


def plain_number(written: str) -> str:
    """Digits without exponent and without a fraction of zeros; what is no number comes back as it is.

    >>> plain_number("1.3800138E10"), plain_number("13800138000.0"), plain_number("0.5"), plain_number("1e999")
    ('13800138000', '13800138000', '0.5', '1e999')
    """
    if written.isdigit():
        return written
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return written
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
