"""Addresses, places, institutions and organisations: grammars first, the tagger where they are silent.

`expected`, `running`, `beside`, `dwellings`, `settlements`, `stations`, `lettered`, `abroad` and `short` find places, `bodies`, `plain`, `english`, `wards`, `treated`, `unlisted` and `firms` (with `introduced`) bodies, `tagged` both.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from deid.catalog.lexicon import WordIndex
from deid.detection.places.abroad import find_abroad
from deid.detection.places.bare import Certainty, find_bare
from deid.detection.places.beside import (
    broken_addresses,
    campuses,
    dormitories,
    on_streets,
    over_fillers,
    sights,
    with_rests,
    with_towns,
)
from deid.detection.places.bodies import find_bodies, find_short_bodies
from deid.detection.places.dwellings import find_dwellings
from deid.detection.places.english import EnglishBodies
from deid.detection.places.expected import find_expected
from deid.detection.places.firms import find_listed, find_repeated, find_short_firms
from deid.detection.places.lettered import LetteredPlaces
from deid.detection.places.plain import find_plain
from deid.detection.places.running import find_apart, find_lived_in, find_running
from deid.detection.places.seen import as_far_as_seen
from deid.detection.places.settlements import find_settlements
from deid.detection.places.short import find_short_places
from deid.detection.places.shortened import find_shortened, numbered_hospitals
from deid.detection.places.stations import find_stations
from deid.detection.places.tagged import find_tagged
from deid.detection.places.treated import find_treated
from deid.detection.places.unlisted import find_unlisted
from deid.detection.places.wards import find_wards
from deid.detection.places.words import LOCATION, REGION
from deid.detection.reading import Reading, in_turn
from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.types import Detection, covering

_LIKELY = 0.4
_POINT_BEFORE, _POINT_BEHIND = (
    Regex("([一-鿿]{2,4})(?:\\([^()\n]{1,4}\\))?[ 、,]{1,2}\\Z"),
    Regex("[ 、,]{1,2}([一-鿿]{2,4})"),
)
_LONGEST_POINT = 14
_SALUTES, _SALUTE = Regex(r"[颂祝请][ ]*\n?[ ]*\Z"), "台安"
"""顺颂|台安 ends a letter."""


@dataclass(frozen=True)
class PlaceFinder:
    """Finds CN_ADDRESS, LOCATION, ORGANIZATION and CN_MEDICAL_INSTITUTION."""

    divisions: Divisions
    hospitals: WordIndex[str]
    short_names: WordIndex[str]
    companies: WordIndex[str]
    ordinary_words: Collection[str]
    lettered: LetteredPlaces
    english: EnglishBodies
    nicknames: WordIndex[int] = field(default_factory=lambda: WordIndex({}))
    """What hospitals are called, and how sure that is; see `treated`."""
    bare_names: WordIndex[Certainty] = field(default_factory=lambda: WordIndex({}))
    """What `bare.bare_names` gives."""
    protected: WordIndex[str] = field(default_factory=lambda: WordIndex({}))
    """Words that are no place, and that no place may be cut from: 卡马西平, 常山."""
    points: Collection[str] = frozenset()
    """Points of acupuncture, with the places among them."""

    def find_many(self, readings: Sequence[Reading]) -> list[list[Detection]]:
        """The claims in each reading, in offsets of the shadow."""
        divisions = self.divisions
        read = (
            partial(find_expected, divisions=divisions, is_hospital=self._is_hospital),
            partial(find_running, divisions=divisions),
            find_lived_in,
            partial(find_apart, divisions=divisions),
            partial(find_short_places, divisions=divisions),
            partial(find_short_bodies, divisions=divisions),
            find_plain,
            self.lettered.find,
            find_abroad,
            self.english.find,
            partial(find_dwellings, divisions=divisions),
            find_settlements,
            partial(find_wards, divisions=divisions),
            partial(find_stations, divisions=divisions),
            partial(find_treated, divisions=divisions, names=self.nicknames),
            partial(find_unlisted, divisions=divisions),
            partial(find_bodies, divisions=divisions, hospitals=self.hospitals, short_names=self.short_names),
        )
        read_elsewhere = (
            partial(find_repeated, divisions=divisions),
            partial(find_listed, companies=self.companies, divisions=divisions),
            find_short_firms,
            partial(find_tagged, divisions=divisions, ordinary_words=self.ordinary_words),
        )
        found = in_turn(read, readings)
        covered = list(map(_covered, readings, found))
        for find in read_elsewhere:
            for reading, claims, taken in zip(readings, found, covered, strict=True):
                claims += find(reading, taken)
        for reading, claims, taken in zip(readings, found, covered, strict=True):
            claims += find_shortened(reading, claims, taken, divisions)
            claims += list(numbered_hospitals(reading, claims))
        for reading, claims in zip(readings, found, strict=True):
            likely = (claim for claim in claims if claim.score >= _LIKELY)
            claims += find_bare(reading, _covered(reading, likely), self.bare_names)
        for reading, claims in zip(readings, found, strict=True):
            claims += dormitories(reading, claims)
            claims += campuses(reading, claims)
            claims += sights(reading, claims)
            claims += on_streets(reading, claims)
            claims += list(with_towns(reading, claims, divisions))
            claims += with_rests(claims)
            claims += over_fillers(reading, claims)
            claims += broken_addresses(reading, claims, divisions)
            claims += list(as_far_as_seen(reading, claims, divisions))
        return [
            list(self._outside_words(reading, claims))
            for reading, claims in zip(readings, found, strict=True)
        ]

    def _is_hospital(self, name: str) -> bool:
        return name in self.short_names or name in self.nicknames

    def _outside_words(self, reading: Reading, claims: Iterable[Detection]) -> Iterator[Detection]:
        """The claims but for bare places inside a protected word, and parts of the country."""
        protected: list[tuple[int, int, str]] | None = None
        for detection in claims:
            if detection.entity_type == LOCATION:
                if REGION.fullmatch(reading.text, detection.start, detection.end):
                    continue
                if reading.text[detection.start : detection.end] == _SALUTE and _SALUTES.search(
                    reading.text, max(0, detection.start - 8), detection.start
                ):
                    continue
                if self._is_point(reading.text, detection.start, detection.end):
                    continue
                protected = list(self.protected.find(reading.text)) if protected is None else protected
                index = bisect_right(protected, (detection.start, sys.maxsize, "")) - 1
                if index >= 0 and detection.end <= protected[index][1]:
                    continue
            yield detection

    def _is_point(self, text: str, start: int, end: int) -> bool:
        """Whether a point of acupuncture stands there, beside another: 承山 大陵 商丘."""
        if text[start:end] not in self.points:
            return False
        before = _POINT_BEFORE.search(text, max(0, start - _LONGEST_POINT), start)
        behind = _POINT_BEHIND.match(text, end)
        return any(beside is not None and beside[1] in self.points for beside in (before, behind))


def _covered(reading: Reading, claims: Iterable[Detection]) -> bytearray:
    return covering(len(reading.text), ((claim.start, claim.end) for claim in claims))
