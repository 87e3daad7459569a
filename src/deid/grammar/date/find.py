"""Dates in running text: where one may begin, what it is, and the other ends of its range."""

from __future__ import annotations

from collections.abc import Iterator

from deid.grammar.date import forms
from deid.grammar.date.match import DateMatch
from deid.grammar.date.ranges import continuation, later_day
from deid.grammar.date.readers import read


def find_dates(text: str) -> Iterator[DateMatch]:
    """The dates in `text` (a shadow text), disjoint and in order; linear in its length."""
    done = 0
    day: DateMatch | None = None
    for candidate in forms.START.finditer(text):
        if candidate.start() < done:
            continue
        match = read(text, candidate.start()) or later_day(text, candidate.start(), day)
        while match is not None:
            yield match
            done = match.time_end
            if match.granularity == "day" and match.month is not None:
                day = match
            match = continuation(text, match)
