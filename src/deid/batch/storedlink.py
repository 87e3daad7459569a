"""Whom the names of a file mean, of long lists only the rows that are at hand: there may be millions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache

from deid.batch.journal import Journal
from deid.detection.values import PackedValues, SortedTexts
from deid.hashes import Hashes, code_of
from deid.link.aliases import Aliases
from deid.link.facts import PERSON
from deid.link.parts import DocumentLink, Listed
from deid.pages import Pages
from deid.types import Subject, TextBlock

_AT_HAND = 4
"""Parts that are kept. Chunks are read in the order of rows."""
_SHORT = 2
"""Characters of names that are looked for otherwise than longer ones."""


class StoredLink(DocumentLink):
    """The link that was kept in the journal under `name`; `take` what is needed for some blocks.

    Of the rows that are not at hand it is known in which part a subject or a name stands, in memory or with
    `pages` there. With `whole` all rows are in memory. `words` are names that may be words as well.
    """

    def __init__(
        self,
        journal: Journal,
        name: str,
        *,
        whole: bool = False,
        words: Collection[str] = (),
        pages: Pages | None = None,
    ) -> None:
        self._journal, self._name = journal, name
        self._spans: list[tuple[str, int, int, int]] = []  # sheet, first and last row, part
        self._lent: set[str] = set()
        self._taken: list[int] = []
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        self._codes = Hashes(pages, "I")
        """In which parts the subjects and names stand."""
        kept, short, longer = [], set[str](), SortedTexts(pages)
        for number, part in enumerate(journal.parts("link", name)):
            if whole or not isinstance(part, dict):
                kept.append(part)
                continue
            self._spans += [(*span, number) for span in _spans(part["rows"])]
            for token in Listed.tokens(part):
                self._codes.add(_code(token), number)
            for some in part["names"]:
                self._codes.add(code_of(some), number)
            short.update(some for some in part["names"] if len(some) <= _SHORT or some in words)
            longer.add(some for some in part["names"] if len(some) > _SHORT)
        self._short = frozenset(short)
        self._listed = PackedValues.in_order({PERSON: longer}, pages)
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
        parts = self._codes.numbers(code_of(name)) if found is None else ()
        return next((token for number in parts if (token := self._part(number).names.get(name))), found)

    def subject(self, token: str) -> Subject | None:
        found = self.subjects.get(token)
        if found is None and token:
            for number in self._codes.numbers(_code(token)):
                found = self._part(number).subjects.get(token)
                if found is not None:
                    self._lend({token: found})
                    break
        return found

    def _lend(self, subjects: dict[str, Subject]) -> None:
        fresh = subjects.keys() - self.subjects.keys()  # what it has it knows better
        self._lent |= fresh
        self.subjects |= {token: subjects[token] for token in fresh}

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
    """The beginning of the id of a subject, which is a hash."""
    return int(token[:16], 16)
