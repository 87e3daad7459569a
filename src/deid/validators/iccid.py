"""SIM card number, ITU-T E.118, of Chinese issuers (ICCID).

8986, two digits of network, the issuer's number, a Luhn check digit: 19 or 20 digits.

>>> is_valid("89860012345678901238")
True
>>> is_valid("89860012345678901230")     # wrong check digit
False
"""

from __future__ import annotations

from deid.validators import luhn
from deid.validators.gaps import strip_gaps

_TELECOM_AND_CHINA = "8986"


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return len(number) in (19, 20) and number.startswith(_TELECOM_AND_CHINA) and luhn.is_valid(number)


def check_digit(payload: str) -> str:
    """The digit that follows all others."""
    return luhn.check_digit(payload)


def format(value: str) -> str:
    return compact(value)
