"""Days for dates of which the month or the year is left, where a format has no dates without a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from hashlib import sha256

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR, _MONTH = r"((?:19|20)[0-9]{2})(?![0-9])", f"({'|'.join(MONTHS)})[a-z]{{0,6}}"
_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[^0-9]?([01]?[0-9])[^0-9]?([0-3]?[0-9])(?![0-9])")
_BEFORE_MONTH = re.compile(rf"(?<![0-9])([0-3]?[0-9])[ \-]{_MONTH}[, \-]{{1,2}}{_YEAR}")
_BEHIND_MONTH = re.compile(rf"{_MONTH}[. ]{{1,2}}([0-3]?[0-9])(?![0-9])[, ](?:[0-9: ]{{,10}} )?{_YEAR}")
_EVERY_MONTH = 28
"""Days that every month has."""


class Days:
    """Days for the dates of one text, `whole`, which is asked for when the first is needed.

    It is any of that time that the text does not tell: the first would be its own again now and then, and another
    instead of the first would say so. Which one follows from the whole text, that nobody has who sees what is left.
    """

    def __init__(self, whole: Callable[[], str]) -> None:
        self._whole = whole
        self._chosen: dict[tuple[int, int], date | None] = {}

    def free(self, year: int, month: int = 0) -> date | None:
        """A day of the month, or of the year where no month is left; nothing where all of them are told."""
        if (year, month) not in self._chosen:
            self._chosen[year, month] = self._choice(year, month)
        return self._chosen[year, month]

    def _choice(self, year: int, month: int) -> date | None:
        months = [month] if month else range(1, 13)
        told, seed = self._told
        free = [
            found
            for one in months
            for day in range(1, _EVERY_MONTH + 1)
            if (found := date(year, one, day)) not in told
        ]
        if not free:
            return None
        left = f"{year}{month:02}" if month else str(year)
        return free[int.from_bytes(sha256(seed + left.encode()).digest(), "big") % len(free)]

    @cached_property
    def _told(self) -> tuple[frozenset[date], bytes]:
        """All days that stand in the text, and what tells it from others."""
        text = self._whole()
        return frozenset(_days(text)), sha256(text.encode("utf-8", "replace")).digest()


def _days(text: str) -> Iterator[date]:
    """The days in a text, in figures or as mail has them.

    >>> [str(day) for day in _days("20240115, 15 Oct 2025 08:00, Thu Oct 16 08:00:00 2025")]
    ['2024-01-15', '2025-10-15', '2025-10-16']
    """
    told = [(int(year), int(month), int(day)) for year, month, day in _DAY.findall(text)]
    told += [(int(y), MONTHS.index(month) + 1, int(day)) for day, month, y in _BEFORE_MONTH.findall(text)]
    told += [(int(y), MONTHS.index(month) + 1, int(day)) for month, day, y in _BEHIND_MONTH.findall(text)]
    for year, month, day in told:
        if 1 <= month <= 12 and 1 <= day <= _EVERY_MONTH:
            yield date(year, month, day)
