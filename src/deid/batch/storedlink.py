"""Whom the names of a file mean, of long lists only the rows that are at hand: there may be millions."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from deid.batch.journal import Journal
from deid.link.linking import DocumentLink, Listed
from deid.types import Subject, TextBlock

_AT_HAND = 4
"""Parts that are kept. Chunks are read in the order of rows."""
_NUMBER_BITS = 24
"""Of a number of 64 bits those that say in which part a subject stands; the others are the first of its id."""


class StoredLink(DocumentLink):
    """The link that was kept in the journal under `name`; `take` what is needed for some blocks.

    In memory are, of the rows that are not at hand, eight bytes a subject. With `whole` all rows are.
    """

    def __init__(self, journal: Journal, name: str, *, whole: bool = False) -> None:
        self._journal, self._name = journal, name
        self._spans: list[tuple[str, int, int, int]] = []  # sheet, first and last row, part
        self._lent: set[str] = set()
        self._taken: list[int] = []
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        kept, codes = [], array("Q")
        for number, part in enumerate(journal.parts("link", name)):
            if whole or not isinstance(part, dict):
                kept.append(part)
                continue
            listed = Listed.of(part)
            self._spans += [(*span, number) for span in _spans(listed.rows)]
            codes.extend(_code(token) | number for token in listed.subjects)
        self._codes = array("Q", sorted(codes))
        super().__init__(**vars(DocumentLink.from_parts(kept[1:])))  # the first is the digest

    def take(self, blocks: Iterable[TextBlock]) -> None:
        """Have the rows at hand in which the blocks stand, and whom they tell of."""
        needed: dict[str, tuple[int, int]] = {}
        for sheet, row, _ in (block.table for block in blocks if block.table):
            first, last = needed.get(sheet, (row, row))
            needed[sheet] = min(first, row), max(last, row)
        numbers = [
            number
            for sheet, first, last, number in self._spans
            if sheet in needed and first <= needed[sheet][1] and needed[sheet][0] <= last
        ]
        if numbers == self._taken:
            return
        self._taken, self.rows, self.beside = numbers, {}, {}
        for token in self._lent:
            del self.subjects[token]
        self._lent.clear()
        for number in numbers:
            listed = self._part(number)
            self.rows |= listed.rows
            self.beside |= listed.beside
            self._lend(listed.subjects)

    def subject(self, token: str) -> Subject | None:
        found = self.subjects.get(token)
        if found is None and token:
            for number in self._parts_of(token):
                found = self._part(number).subjects.get(token)
                if found is not None:
                    self._lend({token: found})
                    break
        return found

    def _lend(self, subjects: dict[str, Subject]) -> None:
        self._lent |= subjects.keys() - self.subjects.keys()
        self.subjects |= subjects

    def _parts_of(self, token: str) -> Iterator[int]:
        """The parts in which the subject may stand."""
        code = _code(token)
        for place in range(bisect_left(self._codes, code), len(self._codes)):
            if self._codes[place] >> _NUMBER_BITS != code >> _NUMBER_BITS:
                return
            yield self._codes[place] - code

    def _load(self, number: int) -> Listed:
        return Listed.of(self._journal.part("link", self._name, number))


def _spans(rows: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Each sheet with the first and the last of its rows."""
    found: dict[str, list[int]] = {}
    for key in rows:
        sheet, _, row = key.rpartition("\0")
        found.setdefault(sheet, []).append(int(row))
    return ((sheet, min(some), max(some)) for sheet, some in found.items())


def _code(token: str) -> int:
    """The beginning of the id of a subject, with room for the number of a part."""
    return int(token[:10], 16) << _NUMBER_BITS
