"""What pass 2 counts and sees on its way through a file, share by share, and what all shares did together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from deid.batch.bench import Bench
from deid.batch.checking import VAGUE, Search, Value, Wanted, tight
from deid.batch.link import Link
from deid.batch.notes import PERSON
from deid.batch.stored import stored_values
from deid.detection.values import PackedValues, SortedTexts, ValueFinder
from deid.normalize import canonical
from deid.regexes import Regex
from deid.types import Entity, Replacement, splice

_SHORT, _NOTED = 48, 50_000
_WIDE = Regex(r"\s{2,}")
"""Gaps that another reader of the file closes up."""


class Originals:
    """The values that were found in a file; `wanted` without those that are looked for in every file."""

    @classmethod
    def of(cls, bench: Bench, source: str, fingerprint: str) -> Originals:
        """Those of a file; of a large one, of which a worker has several shares, they are put together once."""
        about = source, fingerprint
        if about not in bench.originals:
            bench.originals.clear()
            bench.originals[about] = cls(bench, source, fingerprint)
        found: Originals = bench.originals[about]
        return found

    def __init__(self, bench: Bench, source: str, fingerprint: str) -> None:
        assert bench.link is not None
        everywhere, meant = bench.link.looked_for, bench.link.aliases.words | bench.link.words
        pages = bench.link.pages
        self.kept: set[str] = set()
        wanted: dict[str, SortedTexts] = defaultdict(partial(SortedTexts, pages))
        for found in stored_values(bench.journal, source, fingerprint):
            self.kept.update(found.kept)
            for kind, values in found.wanted.items():
                wanted[kind].add(chain(everywhere.without(kind, values), meant.intersection(values)))
        self.wanted = Wanted(ValueFinder(PackedValues.in_order(wanted, pages)))


class Used(Iterable[Value]):
    """Values of a file that are looked for in all files, each once and in order."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._texts: dict[str, SortedTexts] = defaultdict(partial(SortedTexts, link.pages))

    def add(self, kind: str, value: str) -> None:
        self._texts[kind].add((value,))

    def __iter__(self) -> Iterator[Value]:
        added = ((kind, value) for kind in sorted(self._texts) for value in self._texts[kind])
        return (value for value in added if value in self._link.looked_for)


class Seen:
    """What is counted and seen of a share. Of texts as they are written it is noted which of `wanted` stand in them."""

    def __init__(self, link: Link, *wanted: Wanted) -> None:
        self.characters = self.replaced_characters = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self.kept: set[str] = set()
        self._kinds = {PERSON, *link.names.kinds}
        self.used = Used(link)
        self._remaining, self._closed_up = Search(*wanted), Search(*wanted)
        self._noted: set[str] = set()  # short texts that may recur

    def note(self, text: str, entities: Sequence[Entity], done: Sequence[Replacement]) -> None:
        """Note what was replaced in a text, and what it became."""
        for entity in entities:
            if entity.entity_type in self._kinds:
                self.use(entity.entity_type, canonical(text[entity.start : entity.end], entity.entity_type))
        new = _changed(text, done)
        if len(done) == 1 and done[0].operator == "label" and done[0].text == new:
            new = without_number(new)
        self.note_text(new)

    def count(self, text: str, entities: Sequence[Entity], done: Sequence[Replacement]) -> None:
        """Count entities of a text, of which each stands in one place."""
        operators = {replacement.entity.start: replacement.operator for replacement in done}
        for entity in entities:
            operator = operators.get(entity.start, "keep")
            self.counts[entity.entity_type, operator] += 1
            if operator != "keep":
                self.replaced_characters += entity.end - entity.start
            else:  # a role may have decided so
                self.kept.add(text[entity.start : entity.end])

    def use(self, kind: str, value: str) -> None:
        """Note a value of the file, if it may be one that is looked for in all files."""
        if kind in self._kinds:
            self.used.add(kind, value)

    def note_text(self, new: str) -> None:
        """Note a text as it is written."""
        if new in self._noted:
            return
        if len(new) <= _SHORT and len(self._noted) < _NOTED:
            self._noted.add(new)
        self._remaining.add(new)
        if _WIDE.search(new):
            self._closed_up.add(_WIDE.sub(" ", new))

    def tally(self) -> dict[str, Any]:
        """All of it, for the journal. Of 1985 far above 0412 another reader may make a day."""
        by_chance = {value for value in self._closed_up.found() if value[0] in VAGUE}
        return {
            "characters": self.characters,
            "replaced": self.replaced_characters,
            "counts": [(*kinds, count) for kinds, count in sorted(self.counts.items())],
            "kept": sorted({tight(surface) for surface in self.kept}),
            "remaining": sorted(self._remaining.found() | by_chance),
        }


def without_number(label: str) -> str:
    """A label without its number: one for all that differ in that."""
    return label.rstrip("0123456789〕")


def _changed(text: str, done: Sequence[Replacement]) -> str:
    """The text with what was put into it."""
    if len(done) == 1 and done[0].entity.end - done[0].entity.start == len(text):
        return done[0].text
    return splice(text, ((r.entity.start, r.entity.end, r.text) for r in done)) if done else text


@dataclass(frozen=True)
class Tally:
    """What all shares of a file counted and saw."""

    characters: int
    replaced_characters: int
    counts: tuple[tuple[str, str, int], ...]
    kept: frozenset[str] = field(repr=False)
    remaining: frozenset[Value] = field(repr=False)

    @classmethod
    def of(cls, shares: Iterable[Any]) -> Tally:
        """From what each share tells as `Seen.tally` does."""
        counts: Counter[tuple[str, str]] = Counter()
        kept, remaining = set[str](), set[Value]()
        characters = replaced = 0
        for share in shares:
            characters += share["characters"]
            replaced += share["replaced"]
            for kind, operator, count in share["counts"]:
                counts[kind, operator] += count
            kept.update(share["kept"])
            remaining.update((kind, value) for kind, value in share["remaining"])
        told = tuple((kind, operator, count) for (kind, operator), count in sorted(counts.items()))
        return cls(characters, replaced, told, frozenset(kept), frozenset(remaining))
