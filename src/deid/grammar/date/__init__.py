"""Dates as Chinese records write them: find, write another date in the same form, generalise.

Solar dates in digits and numerals, two-digit years, 民国 and the Japanese eras, the lunar
calendar (农历四月初六, 甲辰年, 闰四月; converted by borax), holidays and solar terms, parts of
months and years, ranges (each end is a match of its own), and relative words, which
callers may drop. Boundaries are ASCII letters and digits, never word boundaries.

>>> import datetime
>>> [match] = find_dates("于2023年5月6日09:30入院")
>>> match.year, match.month, match.day, match.start, match.end, match.time_end
(2023, 5, 6, 1, 10, 15)
>>> render(match, datetime.date(2023, 11, 20)), generalize(match, "month")
('2023年11月20日', '2023年5月')

`find` looks where a date may begin, `readers` try the `forms` there and look at what stands
`beside`, `build` makes the match, `ranges` goes on to the other end; `calendar` says which
day is meant, and `write` turns a match back into text. Figures that stand apart are `boxed`.
"""

from deid.grammar.date.beside import is_birth
from deid.grammar.date.boxed import BOXED, unboxed
from deid.grammar.date.calendar import solar_date
from deid.grammar.date.find import find_dates
from deid.grammar.date.match import DateMatch, Granularity, Kind, Level, Piece
from deid.grammar.date.readers import NAMED_MONTH
from deid.grammar.date.write import generalize, render

__all__ = [
    "BOXED",
    "NAMED_MONTH",
    "DateMatch",
    "Granularity",
    "Kind",
    "Level",
    "Piece",
    "find_dates",
    "generalize",
    "is_birth",
    "render",
    "solar_date",
    "unboxed",
]
