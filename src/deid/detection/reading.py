"""One text as the finders see it: shadow, tags, labels, and the places where a value is expected."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from deid.detection.stretches import LONGEST, Stretches
from deid.detection.tagger import Tagged

if TYPE_CHECKING:
    import re

    from deid.detection.literals import Screened

Support = Literal["cell", "colon", "adjacent"]
"""How firmly a cue says that a value follows: a table cell, `姓名：`, or `患者` right before it."""

LIKELY = 0.6
"""From this score on the tagger is believed; below it what it says is a hint."""

BEFORE, AFTER = 24, 8
"""The window, in characters, in which a cue or context word supports a value."""


Found = TypeVar("Found")


class Slot(NamedTuple):
    """A place where a value of a type is expected. `end` is the cell's end, or the text's."""

    start: int
    end: int
    entity_type: str
    support: Support
    cue: str
    """The cue word that was matched, in the shadow's spelling."""
    tail: bool = False
    """Whether only the last digits are announced: 手机后四位."""
    outer: bool = False
    """Whether only what the field stands in announces it: `diagnosis` of a `patient`."""


class Hit(NamedTuple):
    """A cue or context word in the text."""

    start: int
    end: int
    word: str


@dataclass
class Reading:
    """`text` is the shadow; every offset is one of the shadow."""

    text: str
    layout: str = ""
    """The original where it has the same length: there a full-width comma separates no cells."""
    tagged: tuple[Tagged, ...] = ()
    labels: tuple[str, ...] = ()
    slots: list[Slot] = field(default_factory=list)
    supports: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    cells: list[tuple[int, int, str]] = field(default_factory=list)
    """What stands under a header: start, end, header."""
    boundaries: Callable[[int, int], frozenset[int]] = lambda start, end: frozenset()
    """Word boundaries that jieba sees in a stretch of the text."""
    known: Callable[[str], int] = lambda word: 0
    """How often jieba's dictionary counts a word, 0 when it does not know it."""
    screens: int = -1
    """The regexes of the program that may match in the text, as bits; all where nobody looked."""
    patterns: int = -1
    """The patterns of the catalog that may match."""
    screened_in: Stretches | None = None
    patterned_in: Stretches | None = None
    """Where in a long text the regexes, and the patterns, may match."""
    _matches: dict[int, Sequence[re.Match[str]]] = field(default_factory=dict)

    def may_match(self, screened: Screened) -> bool:
        """Whether the text holds what a match of the regex must hold."""
        return bool(self.screens & screened.bit)

    def search(self, screened: Screened) -> re.Match[str] | None:
        """The first match of a regex in the text."""
        return screened.search(self.text) if self.screens & screened.bit else None

    def finditer(self, screened: Screened) -> Iterable[re.Match[str]]:
        """The matches of a regex in the text."""
        if not self.screens & screened.bit:
            return ()
        if self.screened_in and screened.longest <= LONGEST:
            return self.screened_in.finditer(screened.finditer, screened.bit)
        return screened.finditer(self.text)

    def all_of(self, screened: Screened) -> Sequence[re.Match[str]]:
        """The same, kept for those that ask again."""
        found = self._matches.get(screened.bit)
        if found is None:
            found = self._matches[screened.bit] = tuple(self.finditer(screened))
        return found

    def slots_of(self, entity_type: str) -> Iterator[Slot]:
        return (slot for slot in self.slots if slot.entity_type == entity_type)

    def is_field(self, start: int, entity_types: Collection[str]) -> bool:
        """Whether a field of one of the types begins there: 籍贯：苗岭."""
        return start in self._fields and not self._expected[start].isdisjoint(entity_types)

    @cached_property
    def _fields(self) -> frozenset[int]:
        return frozenset(slot.start for slot in self.slots if slot.support != "adjacent")

    @cached_property
    def _expected(self) -> dict[int, set[str]]:
        """The types of the slots that begin somewhere."""
        expected: dict[int, set[str]] = defaultdict(set)
        for slot in self.slots:
            expected[slot.start].add(slot.entity_type)
        return expected

    def is_cue(self, start: int, end: int) -> bool:
        """Whether a cue word of any type stands exactly there."""
        return (start, end) in self._cue_spans

    def cue_begins(self, start: int) -> bool:
        """Whether a cue word of any type begins there."""
        return start in self._cue_starts

    def cue_ends(self, end: int) -> bool:
        """Whether a cue word of any type ends there."""
        return end in self._cue_ends

    def tagged_from(self, start: int, *, until: int = 0) -> bool:
        """Whether the tagger sees a person that begins at `start` (and reaches `until`)."""
        return self._persons.get(start, -1) >= max(until, start + 1)

    def tagged_as(self, start: int, end: int) -> bool:
        """Whether the tagger sees exactly this person."""
        return self._persons.get(start) == end

    def likeliness(self, start: int, end: int) -> float:
        """How likely the tagger takes exactly this stretch for a person."""
        return self._likeliness.get((start, end), 0.0)

    def tagged_beyond(self, start: int, end: int) -> bool:
        """Whether the person that the tagger sees from `start` on ends beyond `end`."""
        return self._persons.get(start, -1) > end

    def sure_within(self, start: int, end: int, at_least: float) -> tuple[int, int] | None:
        """The person that the tagger sees within the stretch and is so sure of; None where it is the whole stretch."""
        for place in range(bisect_left(self._person_starts, start), len(self._person_starts)):
            first = self._person_starts[place]
            last = self._persons[first]
            if last > end:
                break
            if (first, last) != (start, end) and self.likeliness(first, last) >= at_least:
                return first, last
        return None

    def tagged_over(self, start: int, end: int) -> bool:
        """Whether the tagger sees a person that overlaps the stretch."""
        index = bisect_left(self._person_starts, end)
        return any(self._persons[first] > start for first in self._person_starts[max(0, index - 3) : index])

    @cached_property
    def _likeliness(self) -> dict[tuple[int, int], float]:
        return {(tag.start, tag.end): tag.score for tag in self.tagged if tag.label == "PER"}

    @cached_property
    def _persons(self) -> dict[int, int]:
        return {tag.start: tag.end for tag in self.tagged if tag.label == "PER" and tag.score >= LIKELY}

    @cached_property
    def _person_starts(self) -> list[int]:
        return sorted(self._persons)

    @cached_property
    def _cue_spans(self) -> frozenset[tuple[int, int]]:
        return frozenset([(hit.start, hit.end) for hits in self.supports.values() for hit in hits])

    @cached_property
    def _cue_starts(self) -> frozenset[int]:
        return frozenset([hit.start for hits in self.supports.values() for hit in hits])

    @cached_property
    def _cue_ends(self) -> frozenset[int]:
        return frozenset([hit.end for hits in self.supports.values() for hit in hits])

    @cached_property
    def _longest_hit(self) -> int:
        return max((hit.end - hit.start for hits in self.supports.values() for hit in hits), default=0)

    def hits_near(self, entity_type: str, start: int, end: int) -> list[Hit]:
        """The cue words that may touch a stretch."""
        hits = self.supports.get(entity_type, [])
        return hits[bisect_left(hits, (start - self._longest_hit,)) : bisect_left(hits, (end + 1,))]

    def supported(self, entity_type: str, start: int, end: int) -> str:
        """The cue or context word near a value, or ''. Linear time over a text."""
        hits = self.supports.get(entity_type)
        if not hits:
            return ""
        index = bisect_left(hits, (start - BEFORE,))
        nearest = ""
        while index < len(hits) and hits[index].start <= end + AFTER:
            hit = hits[index]
            if hit.end <= start:
                nearest = hit.word
            elif hit.start >= end:
                return nearest or hit.word
            index += 1
        return nearest


def in_turn(
    finders: Iterable[Callable[[Reading], Iterable[Found]]], readings: Sequence[Reading]
) -> list[list[Found]]:
    """What the finders find in each reading.

    One after the other they go through all readings: the processor has what a finder works with at
    hand, and needs a quarter less time than for one reading after the other.
    """
    found: list[list[Found]] = [[] for _ in readings]
    for find in finders:
        for reading, here in zip(readings, found, strict=True):
            here += find(reading)
    return found
