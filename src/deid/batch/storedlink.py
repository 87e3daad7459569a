"""Whom the names of a file mean, of long lists only the rows that are at hand: there may be millions."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache

from deid.batch.journal import Journal
from deid.detection.values import PackedValues, in_order
from deid.link.aliases import Aliases
from deid.link.facts import PERSON
from deid.link.parts import DocumentLink, Listed
from deid.types import Subject, TextBlock

_AT_HAND = 4
"""Parts that are kept. Chunks are read in the order of rows."""
_NUMBER_BITS = 24
"""Of a number of 64 bits those that say in which part a subject or a name stands; the others are of its id, or a hash."""
_SHORT = 2
"""Characters of names that are looked for otherwise than longer ones."""


class StoredLink(DocumentLink):
    """The link that was kept in the journal under `name`; `take` what is needed for some blocks.

    In memory are, of the rows that are not at hand, eight bytes a subject and eight a name, and the names
    that are looked for. With `whole` all rows are. `words` are names that may be words as well.
    """

    def __init__(
        self, journal: Journal, name: str, *, whole: bool = False, words: Collection[str] = ()
    ) -> None:
        self._journal, self._name = journal, name
        self._spans: list[tuple[str, int, int, int]] = []  # sheet, first and last row, part
        self._lent: set[str] = set()
        self._taken: list[int] = []
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        kept, codes, names = [], array("Q"), set[str]()
        for number, part in enumerate(journal.parts("link", name)):
            if whole or not isinstance(part, dict):
                kept.append(part)
                continue
            self._spans += [(*span, number) for span in _spans(part["rows"])]
            codes.extend(_code(token) | number for token in Listed.tokens(part))
            codes.extend(_code_of_name(name) | number for name in part["names"])
            names |= part["names"].keys()
        self._codes = in_order(codes)
        self._short = frozenset(name for name in names if len(name) <= _SHORT or name in words)
        self._listed = PackedValues.of((PERSON, name) for name in names if len(name) > _SHORT)
        super().__init__(**vars(DocumentLink.from_parts(kept)))
        self._own = dict(self.names)

    @cached_property
    def called(self) -> Aliases:
        return Aliases(frozenset(self.aliases), self._short.union(self._own), listed=self._listed)

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
        self._taken, self.rows, self.beside, self.names = numbers, {}, {}, dict(self._own)
        for token in self._lent:
            del self.subjects[token]
        self._lent.clear()
        for number in numbers:
            listed = self._part(number)
            self.rows |= listed.rows
            self.beside |= listed.beside
            self.names |= listed.names
            self._lend(listed.subjects)

    def named(self, name: str) -> str | None:
        found = self.names.get(name)
        parts = self._parts_of(_code_of_name(name)) if found is None else ()
        return next((token for number in parts if (token := self._part(number).names.get(name))), found)

    def subject(self, token: str) -> Subject | None:
        found = self.subjects.get(token)
        if found is None and token:
            for number in self._parts_of(_code(token)):
                found = self._part(number).subjects.get(token)
                if found is not None:
                    self._lend({token: found})
                    break
        return found

    def _lend(self, subjects: dict[str, Subject]) -> None:
        fresh = subjects.keys() - self.subjects.keys()  # what it has it knows better
        self._lent |= fresh
        self.subjects |= {token: subjects[token] for token in fresh}

    def _parts_of(self, code: int) -> Iterator[int]:
        """The parts in which the subject or the name with this code may stand."""
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


def _code_of_name(name: str) -> int:
    return hash(name) >> _NUMBER_BITS << _NUMBER_BITS & (1 << 64) - 1
