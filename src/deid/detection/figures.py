"""A month and a day of one in figures: as parts of expressions, and in order."""

MONTH, DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12][0-9]|3[01])"
_DAYS_BEFORE = (0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)


def ordinal(month: str, day: str) -> int:
    """Of a leap year the day, from 1 on.

    >>> ordinal("3", "01")
    61
    """
    return _DAYS_BEFORE[int(month) - 1] + int(day)
