"""The secret shift of a person: the days by which all their dates move.

Whole weeks, because a Sunday must stay one, and never none: 7 to 182 days back or forth. The
same for all dates of one person, so order and intervals stay; what belongs to no person moves
by the shift of the whole run.

>>> days = shift_days(bytes(32), "p1")
>>> days % 7, 7 <= abs(days) <= 182, days == shift_days(bytes(32), "p1")
(0, True, True)
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final

from deid.keys import mac

MOST_DAYS: Final = 182


@lru_cache(maxsize=65536)
def shift_days(key: bytes, subject: str | None, most: int = MOST_DAYS) -> int:
    """Days to add to the dates of `subject`; those of the run where it is None."""
    weeks = most // 7
    choice = int.from_bytes(mac(key, "shift", "" if subject is None else f"of {subject}")[:8], "big") % (
        2 * weeks
    )
    return 7 * (choice - weeks if choice < weeks else choice - weeks + 1)


def shifted(day: datetime.date, days: int) -> datetime.date:
    """`day` moved by `days`; at the ends of the calendar it stays within."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return day - datetime.timedelta(days=days)
