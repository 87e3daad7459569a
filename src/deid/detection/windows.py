"""Where in a text a set of regexes is worth trying: around what each of their matches holds.

Most of a text holds no figure of the kind that is looked for. One cheap search for it spares
the others all that lies further away than a match of theirs can reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.regexes import Regex

_PAUSE = Regex(r"[\n,。;]")
_FURTHEST = 60


def windows(reading: Reading, hit: Screened, before: int, after: int) -> Iterator[tuple[int, int]]:
    """Disjoint stretches, in order, that reach `before` and `after` characters beyond every match of `hit`.

    Each goes on to the next pause, so that no regex takes its end for that of a clause.
    """
    text = reading.text
    start = end = -1
    for found in reading.finditer(hit):
        if end < 0:
            start = max(0, found.start() - before)
        elif found.start() - before > end:
            yield start, _pause(text, end)
            start = found.start() - before
        end = min(len(text), found.end() + after)
    if end >= 0:
        yield start, _pause(text, end)


def matches(reading: Reading, form: Screened, near: Iterable[tuple[int, int]]) -> Iterable[re.Match[str]]:
    """The matches of a regex in stretches of the text."""
    if not reading.may_match(form):
        return ()
    return (match for stretch in near for match in form.finditer(reading.text, *stretch))


def _pause(text: str, end: int) -> int:
    stop = _PAUSE.search(text, end, end + _FURTHEST)
    return stop.start() if stop else min(len(text), end + _FURTHEST)
