"""Bank card number, ISO/IEC 7812 and its Chinese issuers.

Luhn check digit, and a first part and length that issuers in China use: UnionPay 62 and
81 (16–19 digits), Visa, Mastercard, JCB, American Express, Diners, and the debit cards
from before 62 whose prefixes are local (9558 80…, 4367 42…, 6013 82…, 9400 …).

>>> is_valid("6222021234567890128")
True
>>> is_valid("6222021234567890129")     # wrong check digit
False
>>> is_valid("1234567890123452")        # right check digit, no issuer
False
>>> format("6222021234567890128")
'6222 0212 3456 7890 128'
"""

from __future__ import annotations

import re

from deid.regexes import Regex
from deid.validators import luhn
from deid.validators.gaps import strip_gaps

_ISSUERS = Regex(
    r"""
      (?:62|81)[0-9]{14,17}                                   # UnionPay
    | 4[0-9]{15}                                              # Visa
    | (?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}    # Mastercard
    | 35(?:2[89]|[3-8][0-9])[0-9]{12}                         # JCB
    | 3[47][0-9]{13} | 3(?:0[0-5]|[68][0-9])[0-9]{11}         # American Express, Diners
    | (?:436742|456351|601382|601427|955880|955881|955882|955888|955100)[0-9]{13}          # debit, 19 digits
    | (?:60[123]|940|95599)[0-9]{11,16}                       # local debit cards
    | (?:43858[89])[0-9]{12} | (?:405512|601428)[0-9]{11}
    | 9555[59][0-9]{11}
    """,
    re.VERBOSE,
)
_LENGTHS = range(12, 20)


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    return len(number) in _LENGTHS and _ISSUERS.fullmatch(number) is not None and luhn.is_valid(number)


def check_digit(payload: str) -> str:
    """The digit that follows all others."""
    return luhn.check_digit(payload)


def format(value: str) -> str:
    number = compact(value)
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
