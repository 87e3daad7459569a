"""Numbers that are put together: how long they are, and what their digits may be."""

from __future__ import annotations

import re

LONGEST = 19
"""Characters of the longest number that is put together: a bank card."""
PLAIN = str.maketrans("０１２３４５６７８９＊×x", "0123456789*XX")
BARE = {**PLAIN, ord(" "): None, ord("-"): None}
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
WHOLE = re.compile(
    rf"1[3-9][0-9*]{{9}}|[1-9][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}|\*{{8}})[0-9*]{{3}}[0-9X*]"
    rf"|[1-9][0-9]{{5}}[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}"
)
CARD = re.compile(r"(?:62|[3-6])[0-9]{14,17}")
NUMBER_LENGTHS = frozenset((11, 15, *range(16, LONGEST + 1)))
"""Characters of a number that is put together of cells."""
LONGEST_PART = 70
"""Characters of a cell that is looked at as a part of something."""


def form_of(text: str) -> str:
    """What digits may be: a phone, identity or card number, or nothing."""
    if len(text) in (11, 15, 18) and WHOLE.fullmatch(text):
        return "phone" if len(text) == 11 else "identity"
    return "card" if len(text) >= 16 and CARD.fullmatch(text) else ""
