"""The edits of a large file, which shares of it left in the journal: read again as they are asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from deid.batch.journal import Journal
from deid.formats.edits import Edit, merged

_AT_HAND = 4
"""Parts that are kept. Whoever writes asks for sources in about the order in which they were read."""

Part = Mapping[str, list[tuple[Edit, int]]]


class StoredEdits(Mapping[str, tuple[Edit, ...]]):
    """Source → its edits, as `formats.edits` gives them. In memory are hashes of the sources."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal, self._name = journal, name
        found = sorted(
            (hash(source), number)
            for number in range(journal.last("edits", name) + 1)
            for source in self._load(number)
        )
        self._hashes, self._parts = array("q"), array("L")
        for code, number in found:
            self._hashes.append(code)
            self._parts.append(number)
        self._in_several = frozenset(one for (one, _), (two, _) in pairwise(found) if one == two)
        self._part = lru_cache(maxsize=_AT_HAND)(self._load)
        self._done = lru_cache(maxsize=_AT_HAND)(self._merged)
        self._here: Mapping[str, tuple[Edit, ...]] = {}

    def _load(self, number: int) -> Part:
        part: dict[str, list[tuple[Edit, int]]] = {}
        for source, edit, length in self._journal.part("edits", self._name, number) or ():
            part.setdefault(source, []).append((Edit(*edit), length))
        return part

    def _merged(self, number: int) -> Mapping[str, tuple[Edit, ...]]:
        """The edits of the sources of which this part alone has some."""
        part = self._part(number)
        alone = (source for source in part if hash(source) not in self._in_several)
        return {source: merged(part[source]) for source in alone}

    def get(self, source: str, default: Any = None) -> Any:
        """The edits of a source; those that are asked for one after the other stand in one part."""
        found = self._here.get(source)
        if found is not None:
            return found
        code = hash(source)
        place = bisect_left(self._hashes, code)
        if place == len(self._hashes) or self._hashes[place] != code:
            return default
        if code not in self._in_several:
            self._here = self._done(self._parts[place])
            return self._here.get(source, default)
        pieces: list[tuple[Edit, int]] = []
        while place < len(self._hashes) and self._hashes[place] == code:
            pieces += self._part(self._parts[place]).get(source, ())
            place += 1
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
                if self._parts[bisect_left(self._hashes, hash(source))] == number:
                    yield source

    def __len__(self) -> int:
        return len(self._hashes)
