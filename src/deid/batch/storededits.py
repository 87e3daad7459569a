"""The edits of a large file, which shares of it left in the journal: read again as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from deid.batch.journal import Journal
from deid.formats.edits import Edit, merged
from deid.link.packed import Index
from deid.pages import Pages

_AT_HAND = 4
"""Parts that are kept. Whoever writes asks for sources in about the order in which they were read."""

Part = Mapping[str, list[tuple[Edit, int]]]


class StoredEdits(Mapping[str, tuple[Edit, ...]]):
    """Source → its edits, as `formats.edits` gives them. In which parts each source has some lies in `pages`."""

    def __init__(self, journal: Journal, name: str, pages: Pages | None = None) -> None:
        self._journal, self._name = journal, name
        self._parts = Index(pages)
        for number in range(journal.last("edits", name) + 1):
            for source in self._load(number):
                self._parts.add(source, number)
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        self._done = lru_cache(maxsize=_AT_HAND)(self._merged)
        self._here: Mapping[str, tuple[Edit, ...]] = {}

    def _load(self, number: int) -> Part:
        part: dict[str, list[tuple[Edit, int]]] = {}
        for source, start, end, text, length in self._journal.part("edits", self._name, number) or ():
            part.setdefault(source, []).append((Edit(start, end, text), length))
        return part

    def _merged(self, number: int) -> Mapping[str, tuple[Edit, ...]]:
        """The edits of the sources of which this part alone has some."""
        found = self._part(number).items()
        return {source: merged(some) for source, some in found if len(self._parts.get(source)) == 1}

    def get(self, source: str, default: Any = None) -> Any:
        """The edits of a source; those that are asked for one after the other stand in one part."""
        found = self._here.get(source)
        if found is not None:
            return found
        numbers = self._parts.get(source)
        if len(numbers) == 1:
            self._here = self._done(numbers[0])
            return self._here.get(source, default)
        pieces = [piece for number in numbers for piece in self._part(number).get(source, ())]
        return merged(pieces) if pieces else default

    def __getitem__(self, source: str) -> tuple[Edit, ...]:
        found: tuple[Edit, ...] | None = self.get(source)
        if found is None:
            raise KeyError(source)
        return found

    def __contains__(self, source: object) -> bool:
        return isinstance(source, str) and self.get(source) is not None

    def __iter__(self) -> Iterator[str]:
        """The sources, in the order of parts; one of two parts comes with the first."""
        for number in range(self._journal.last("edits", self._name) + 1):
            for source in self._part(number):
                if self._parts.get(source)[0] == number:
                    yield source

    def __len__(self) -> int:
        return len(self._parts.numbers())
