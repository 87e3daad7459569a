"""Where in a long text a regex is worth trying.

A long text holds, somewhere, what most regexes need. So it is looked at in parts, and each regex
is tried in those that hold what it needs. A part begins in the middle of the one before: whatever is
no longer than half a part stands in one of them whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

_STEP = 1024
_LONG = 8 * _STEP
"""A text that is shorter is searched whole."""
LONGEST = 512
"""A match that may be longer is looked for in the whole text."""
_AHEAD = 256
"""So far a regex may look beyond its match: no match ends here that does not end in the text."""


def parts(text: str) -> list[str]:
    """The parts of a long text, in order; none of a shorter one."""
    if len(text) < _LONG:
        return []
    return [text[start : start + 2 * _STEP] for start in range(0, len(text) - _STEP, _STEP)]


class Stretches:
    """`passing` are the regexes that may match in each part, as bits."""

    def __init__(self, text: str, passing: Sequence[int]) -> None:
        self._text = text
        self._passing = passing

    def finditer(
        self, search: Callable[[str, int, int], Iterable[re.Match[str]]], bit: int
    ) -> Iterator[re.Match[str]]:
        """The matches of the regex with this bit, of which none is longer than LONGEST."""
        size = len(self._text)
        for start, end in self._of(bit):
            for match in search(self._text, start, min(size, end + _AHEAD)):
                if match.end() <= end:
                    yield match

    def _of(self, bit: int) -> Iterator[tuple[int, int]]:
        """The parts in which the regex may match, those that touch as one."""
        size, start, end = len(self._text), -1, -1
        for number, passing in enumerate(self._passing):
            if not passing & bit:
                continue
            if number * _STEP > end:
                if end >= 0:
                    yield start, end
                start = number * _STEP
            end = min(size, (number + 2) * _STEP)
        if end >= 0:
            yield start, end
