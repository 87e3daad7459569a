"""Large tables that several workers share: each reads its rows, and passes by the others without making blocks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deid.types import FIRST_ROWS, Strip, TextBlock, Wanted


class Strips:
    """Counts the strips of a document, in the order of reading."""

    def __init__(self, wanted: Wanted = lambda number: True) -> None:
        self._wanted = wanted
        self._next = 0

    def next(self) -> int:
        """The number of the strip that begins."""
        self._next += 1
        return self._next - 1

    def is_wanted(self, number: int, row: int) -> bool:
        """Whether a strip is to be read that is the `row`th of a sheet, from 0."""
        return row < FIRST_ROWS or self._wanted(number)

    def each(self, blocks: Iterable[TextBlock]) -> Iterator[Strip]:
        """Blocks that are no rows, those that are wanted."""
        for block in blocks:
            number = self.next()
            if self._wanted(number):
                yield number, (block,)
