"""Many short texts searched together: what takes long is to begin a search, not to go on with it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from deid.characters import LONG, Translation
from deid.directions import TURNED
from deid.escapes import may_hold
from deid.normalize import in_capitals, shadow
from deid.regexes import Regex

_BETWEEN, _INSIDE = "\0", "\1"
_MARK = Regex(f"[{_BETWEEN}{_INSIDE}]")
SKIPPED = Regex(r"[\s\-.·,()/^]+")
"""What may stand inside a value."""
_LAST_SPACE = 0x3000


def without_gaps(text: str) -> str:
    """A text without what may stand inside a value."""
    return _without_gaps()(text) if len(text) >= LONG else SKIPPED.sub("", text)


@cache
def _without_gaps() -> Translation:
    return Translation({code: None for code in range(_LAST_SPACE + 1) if SKIPPED.match(chr(code))})


class Joined:
    """Texts as one; with `parted` those of which a tab divides the cells of a row.

    A text that holds a mark itself, or reads otherwise than it is stored, is not searched.
    """

    def __init__(self, texts: Sequence[str], *, parted: bool = False) -> None:
        self._count = len(texts)
        self._marked = {
            index
            for index, text in enumerate(texts)
            if any(mark in text for mark in (_BETWEEN, _INSIDE, TURNED))
        }
        kept = ("" if index in self._marked else text for index, text in enumerate(texts))
        whole = _BETWEEN.join(kept)
        self._whole = whole.replace("\t", _INSIDE) if parted else whole

    @cached_property
    def unread(self) -> set[int]:
        """The indices of texts that were not searched; of all where an escape means a mark."""
        sound = {text.count(_BETWEEN) for text in (self.text, self._compact)} <= {self._count - 1}
        return self._marked if sound else set(range(self._count))

    @cached_property
    def text(self) -> str:
        """The shadow of all texts."""
        return shadow(self._whole).text

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in re.finditer(_BETWEEN, self.text)]

    def among(self, starts: Iterable[int]) -> set[int]:
        """The indices of the texts in which offsets of `text` lie."""
        return {bisect_left(self._ends, start) for start in starts}

    @cached_property
    def compact(self) -> str:
        """The same in capitals and without gaps and the borders of cells, as known values are looked for."""
        return self._compact.replace(_INSIDE, "")

    @cached_property
    def _compact(self) -> str:
        read = shadow(self._whole, links=True).text if may_hold(self._whole) else self.text
        return without_gaps(in_capitals(read))

    @cached_property
    def _borders(self) -> tuple[list[int], list[int]]:
        """Where in `compact` texts end, and where cells begin."""
        ends: list[int] = []
        borders: list[int] = []
        for match in _MARK.finditer(self._compact):
            position = match.start() - len(borders)
            (ends if match[0] == _BETWEEN else borders).append(position)
        return ends, borders

    def among_compact(self, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
        """For each span of `compact` the index of the text in which it lies."""
        ends, _ = self._borders
        return (bisect_left(ends, start) for start, _ in spans)

    def crossing(self, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Those spans of `compact` that lie in several cells."""
        _, borders = self._borders
        for start, end in spans:
            if bisect_right(borders, start) < bisect_left(borders, end):
                yield start, end
