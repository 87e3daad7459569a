"""Bar code of goods, GS1 General Specifications (GTIN-12, GTIN-13, GTIN-14): UPC-A, EAN-13, ITF-14.

The last digit is the check digit: weights 3 and 1 from the right, modulo 10.

>>> is_valid("4006381333931")
True
>>> is_valid("4006381333930")     # wrong check digit
False
"""

from __future__ import annotations

from deid.validators.gaps import strip_gaps


def compact(value: str) -> str:
    return strip_gaps(value)


def is_valid(value: str) -> bool:
    number = compact(value)
    is_number = 12 <= len(number) <= 14 and number.isascii() and number.isdecimal()
    return is_number and check_digit(number[:-1]) == number[-1]


def check_digit(payload: str) -> str:
    """The digit that follows all others."""
    weighed = sum(int(digit) * (1 + 2 * (place % 2 == 0)) for place, digit in enumerate(reversed(payload)))
    return str(-weighed % 10)


def format(value: str) -> str:
    return compact(value)
