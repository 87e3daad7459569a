"""What people write between the characters of a number: spaces, hyphens, dots, line breaks, underlines in names of files.

Validators read plain ASCII; the shadow text has turned full-width forms into it before.

>>> strip_gaps("110105-19491231-002x")
'11010519491231002X'
"""

from __future__ import annotations

_GAPS = str.maketrans("", "", " \t\r\n\u3000\u00a0-.·_")


def strip_gaps(value: str) -> str:
    """`value` without gaps, in upper case."""
    if value.isascii() and value.isalnum():
        return value.upper()  # as most numbers: half the time
    return value.translate(_GAPS).upper()
