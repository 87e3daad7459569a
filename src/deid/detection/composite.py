"""All recognizers of a catalog in one pass over the shadow of a text."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from deid.catalog import Catalog, WordIndex
from deid.detection.boundaries import WordBoundaries
from deid.detection.codes import codes_of_persons, repeated_codes
from deid.detection.cues import CueFinder
from deid.detection.dialled import find_dialled_numbers
from deid.detection.encodedlines import find_last_lines
from deid.detection.guesses import is_lonely, is_told_of, without_guesses
from deid.detection.literals import Sieve, screens
from deid.detection.parts import (
    BODIES,
    before_places,
    outside_addresses,
    outside_bodies,
    outside_longer_names,
)
from deid.detection.patterns import PatternFinder
from deid.detection.phones import (
    find_foreign_numbers,
    find_spoken_numbers,
    further_numbers,
    numbers_behind_names,
)
from deid.detection.places.origins import without_origins
from deid.detection.reading import Reading, in_turn
from deid.detection.remaining.numbers import find_numbers
from deid.detection.speakers import find_speakers
from deid.detection.stretches import Stretches, parts
from deid.detection.tagger import Tagged
from deid.detection.terms import TermFinder
from deid.detection.things import without_things
from deid.detection.times import TIME_FINDERS, times_of_persons
from deid.detection.vocabulary import Vocabulary, vocabulary_of
from deid.normalize import Shadow, shadow
from deid.regexes import Regex
from deid.resolve import resolve
from deid.types import Detection, Entity

MEDICAL = frozenset({"DISEASE", "MEDICATION", "PROCEDURE", "SYMPTOM"})
YIELDING = MEDICAL | {"PUBLIC_HOTLINE"}
"""Types that are kept as they are, so they must not shield anything from being replaced."""

_LONGEST_CLAUSE = 200
_LONGEST_WORD = 24
"""How far a protected word may reach beyond what it covers."""
_SHORT_WORD = 4
_OF_DRUG = Regex(
    "(?:(?![的了开说给送寄卖配拿把和、])[一-鿿]){0,5}?(?:胶囊|缓释|控释|肠溶|分散片|泡腾片|片(?=[0-9 ,，。;；、]|$)|颗粒(?!无收)|注射液|口服液|滴丸|软膏|乳膏|凝胶|滴眼液|喷雾剂|[0-9.]+ ?(?:mg|ug|μg|ml|IU|U))"
)
_FIRST_TEXT = (
    "姓名:王建国\n证件号码:110105194912310021\n住址:长沙市\n"
    "阿拉善左旗王建国就诊于北京协和医院,在杭州康途医疗咨询有限公司工作"
)
_LOADING = Lock()
_SENTENCE_END = Regex(r"[。!?;,\n]")


class Source(NamedTuple):
    """A text to be read: its shadow, the tagger's stretches in offsets of the shadow, and its labels."""

    original: str
    read: Shadow
    tagged: Sequence[Tagged]
    labels: Sequence[str]


@dataclass(frozen=True)
class Composite:
    """Detects with every recognizer of a catalog, or with those of some entity types.

    Immutable and thread-safe; compiled parts are built at first use and left out of pickles.
    """

    catalog: Catalog
    thresholds: dict[str, float] = field(default_factory=dict)
    only: frozenset[str] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {"catalog": self.catalog, "thresholds": self.thresholds, "only": self.only}

    def load(self) -> Composite:
        """Build every part, by reading a text that needs them, if that has not been done: it takes a second."""
        with _LOADING:
            return self._loaded

    @cached_property
    def _loaded(self) -> Composite:
        collecting = gc.isenabled()
        gc.disable()  # what is built stays: it is looked through once, here and not among the first texts
        try:
            self.claims(_FIRST_TEXT, ())
        finally:
            if collecting:
                gc.enable()
                gc.collect()
        return self

    def detect(self, text: str, tagged: Sequence[Tagged]) -> tuple[Entity, ...]:
        """Disjoint entities of `text`. `tagged` are the tagger's stretches, in shadow offsets."""
        return self.settle(self.claims(text, tagged), text)

    def settle(self, claims: Iterable[Detection], text: str, *, block: str = "") -> tuple[Entity, ...]:
        """Resolve claims in original offsets under this catalog's thresholds and priorities."""
        entities = resolve(
            claims, thresholds=self._thresholds, priorities=self._priorities, yielding=YIELDING, block=block
        )
        kept = [
            entity
            for entity in entities
            if any(map(_says, text[entity.start : entity.end]))
            or "*" in text[entity.start : entity.end]
            or entity.entity_type == "ENCODED_CONTENT"  # drawn with blocks
        ]
        return tuple(_within_blanks(entity, text) for entity in kept)

    def claims(
        self, original: str, tagged: Sequence[Tagged], *, labels: Sequence[str] = ()
    ) -> list[Detection]:
        """Everything any recognizer claims, in offsets of the original text."""
        return self.claims_many([Source(original, shadow(original), tagged, labels)])[0]

    def claims_many(self, sources: Sequence[Source]) -> list[list[Detection]]:
        """What `claims` gives, for each of several texts: those that are stored in another order are read in both,
        those with markup in their lines also without it, for what is written over it."""
        others = [
            (place, source._replace(read=read, tagged=()))
            for place, source in enumerate(sources)
            if source.read.turned or source.read.untagged
            for read in list(source.read.orders())[1:]
        ]
        found = self._claims_of([*sources, *(source for _, source in others)])
        for (place, source), more in zip(others, found[len(sources) :], strict=True):
            if source.read is sources[place].read.untagged:
                more = [claim for claim in more if source.read.is_longer(claim.start, claim.end)]
            found[place] += more
        return found[: len(sources)]

    def _claims_of(self, sources: Sequence[Source]) -> list[list[Detection]]:
        readings, vocabulary = self.readings(sources), self.vocabulary
        shapes = self._patterns.find_many(readings)
        values = in_turn(
            (
                self._cues.find,
                self._terms.find,
                find_foreign_numbers,
                find_dialled_numbers,
                find_spoken_numbers,
                vocabulary.handles,
                vocabulary.nicknames,
                *TIME_FINDERS,
            ),
            readings,
        )
        places = vocabulary.places.find_many(readings)
        found = [[*claims, *more, *rest] for claims, more, rest in zip(shapes, values, places, strict=True)]
        persons = vocabulary.names.find_many(readings)
        for reading, claims, named in zip(readings, found, persons, strict=True):
            claims += find_last_lines(reading, claims)
            named = outside_bodies(reading, named, claims, vocabulary.looks_like_a_name)
            named = list(before_places(reading, named, claims, vocabulary.divisions))
            named = list(without_things(reading, named, vocabulary.looks_like_a_name))
            claims[:] = without_origins(reading, claims, named)
            claims += times_of_persons(reading, named, claims)
            claims += numbers_behind_names(reading, named)
            claims += further_numbers(reading, claims)
            claims += self._cues.behind_names(reading, named)
            claims += codes_of_persons(reading, named)
            claims += list(repeated_codes(reading, claims))
            claims += named
        for reading, claims, named in zip(readings, found, persons, strict=True):
            bodies = {claim.start: claim.end for claim in claims if claim.entity_type in BODIES}
            claims += find_speakers(reading, named, bodies, is_place=vocabulary.is_place)
        least = self.threshold("PERSON")
        found = [
            list(vocabulary.mentions.settled(reading, claims, least))
            for reading, claims in zip(readings, found, strict=True)
        ]
        lonely = [
            is_lonely(r.text, claims) for r, claims in zip(readings, self._standing(found), strict=True)
        ]
        found = [
            without_guesses(claims) if alone else claims for claims, alone in zip(found, lonely, strict=True)
        ]
        self._add_remaining_names([place for place, alone in enumerate(lonely) if not alone], readings, found)
        numbers = find_numbers(readings, self._standing(found))
        for reading, claims, numbered, alone in zip(readings, found, numbers, lonely, strict=True):
            claims += [one for one in numbered if not alone or is_told_of(reading.text, one)]
        return [
            list(self._allowed(source, reading, claims))
            for source, reading, claims in zip(sources, readings, found, strict=True)
        ]

    def _add_remaining_names(
        self, places: Sequence[int], readings: Sequence[Reading], found: Sequence[list[Detection]]
    ) -> None:
        """Add to the claims at these places the names that the networks for what is left see."""
        vocabulary = self.vocabulary
        readings, found = [readings[place] for place in places], [found[place] for place in places]
        names = vocabulary.remaining_names.find_many(readings, self._standing(found, besides=MEDICAL))
        for reading, claims, named in zip(readings, found, names, strict=True):
            claims += without_things(reading, named, vocabulary.looks_like_a_name)

    def _standing(
        self, found: Sequence[list[Detection]], *, besides: frozenset[str] = frozenset()
    ) -> list[list[Detection]]:
        """The claims above their threshold, but for those of some types."""
        return [
            [c for c in claims if c.entity_type not in besides and c.score >= self.threshold(c.entity_type)]
            for claims in found
        ]

    def _allowed(self, source: Source, reading: Reading, claims: Iterable[Detection]) -> Iterator[Detection]:
        """The claims of our types that no protected word denies, in offsets of the original."""
        allowed = [
            claim
            for claim in claims
            if claim.entity_type in self._types and not self._is_denied(reading, claim)
        ]
        placed = outside_addresses(reading.text, allowed)
        for claim in outside_longer_names(reading, placed, self._thresholds):
            yield claim if source.read.starts is None else _moved(claim, source.read)

    def refused_names(
        self, original: str, tagged: Sequence[Tagged], *, labels: Sequence[str] = ()
    ) -> list[tuple[Detection, str]]:
        """Names that protected words speak against, in offsets of the original, each with the list of the word."""
        if "PERSON" not in self._types:
            return []
        read = shadow(original)
        [reading] = self.readings([Source(original, read, tagged, labels)])
        refused = self.vocabulary.names.refused(reading)
        return [(claim if read.starts is None else _moved(claim, read), name) for claim, name in refused]

    def protected(self, word: str) -> str:
        """The list that protects a word against being a name, '' when there is none."""
        return self.vocabulary.protected.get(word, "")

    def threshold(self, entity_type: str) -> float:
        """Below this score a claim of the type is dropped."""
        return self._thresholds.get(entity_type, 0.0)

    def readings(self, sources: Sequence[Source]) -> list[Reading]:
        """The texts as finders see them."""
        sieve, own = self._sieve
        passing = sieve.passing([source.read.text for source in sources])
        return [
            self._reading(source, bits, sieve, own) for source, bits in zip(sources, passing, strict=True)
        ]

    def _reading(self, source: Source, bits: int, sieve: Sieve, own: int) -> Reading:
        original, read, tagged, labels = source
        in_parts = sieve.passing(parts(read.text))
        words = self.vocabulary.boundaries
        reading = Reading(
            read.text,
            screens=bits | -1 << own,
            patterns=bits >> own,
            screened_in=Stretches(read.text, [bits | -1 << own for bits in in_parts]) if in_parts else None,
            patterned_in=Stretches(read.text, [bits >> own for bits in in_parts]) if in_parts else None,
            layout=original if len(original) == len(read.text) else read.text,
            tagged=tuple(tagged),
            labels=tuple(labels),
            boundaries=_Boundaries(read.text, words),
            known=words.known,
        )
        self._cues.prepare(reading)
        return reading

    def regexes(self) -> list[tuple[str, int]]:
        """The regexes of the program and then those of the catalog, with their flags."""
        _ = self.vocabulary.places, self.vocabulary.names  # which make some of the words of the lists
        return [*screens(), *self._patterns.regexes]

    @cached_property
    def _sieve(self) -> tuple[Sieve, int]:
        """For the regexes of the program and then those of the catalog, and how many the former are."""
        regexes = self.regexes()
        return Sieve(regexes), len(regexes) - len(self._patterns.regexes)

    @cached_property
    def _types(self) -> Collection[str]:
        return frozenset(self.catalog.entity_types) if self.only is None else self.only

    @cached_property
    def _thresholds(self) -> dict[str, float]:
        return {spec.entity: spec.threshold for spec in self.catalog.specs} | self.thresholds

    @cached_property
    def _priorities(self) -> dict[str, int]:
        return {spec.entity: spec.priority for spec in self.catalog.specs}

    @cached_property
    def _cues(self) -> CueFinder:
        return CueFinder(self.catalog.specs)

    @cached_property
    def _patterns(self) -> PatternFinder:
        return PatternFinder(self.catalog.specs)

    @cached_property
    def _terms(self) -> TermFinder:
        return TermFinder(self.catalog, self.catalog.specs)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words, names and places of the catalog's lists."""
        return vocabulary_of(self.catalog)

    def _is_denied(self, reading: Reading, claim: Detection) -> bool:
        """Whether a protected word covers the claim."""
        words = self.vocabulary.denied.get(claim.entity_type)
        if words is None or self._is_firm_in_field(reading, claim):
            return False
        return any(_covering(words, reading.text, claim.start, claim.end))

    def _is_firm_in_field(self, reading: Reading, claim: Detection) -> bool:
        """阿斯利康 in 工作单位：阿斯利康, or as all of a cell; in other places it says whose drug that is."""
        firm = reading.text[claim.start : claim.end]
        if claim.entity_type != "ORGANIZATION" or firm not in self.vocabulary.companies:
            return False
        return firm == reading.text.strip() or reading.is_field(claim.start, ("ORGANIZATION",))

    def is_no_firm(self, text: str, start: int, end: int) -> bool:
        """Whether what firms are called elsewhere ends within a word or names a drug: 康途 in 健康途径, 爱康宁胶囊."""
        return bool(_OF_DRUG.match(text, end)) or self._cuts_words(text, start, end)

    def _cuts_words(self, text: str, start: int, end: int) -> bool:
        first = max(0, start - _SHORT_WORD)
        bounds = self.vocabulary.boundaries(text[first : end + _SHORT_WORD])
        return start - first not in bounds or end - first not in bounds

    def is_part_of_medicine(self, text: str, start: int, end: int) -> bool:
        """Whether what somebody is called elsewhere is a part of a word there: 王不留 in 王不留行12g, but not 林奇 in 林奇病情好转."""
        return any(
            (first, last) != (start, end) and not self._goes_on(text, last)
            for first, last in _covering(self.vocabulary.words_of_medicine, text, start, end)
        )

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether the last character there begins another word as well: 病|情."""
        word = text[end - 1 : end + 1]
        return len(word) > 1 and self.vocabulary.boundaries.known(word) > 0

    def is_somebody(self, text: str, start: int, end: int) -> bool:
        """Whether a word of a shadow text, by which somebody is called elsewhere, is somebody there; False for no word."""
        words, worded = self.vocabulary.boundaries, self.vocabulary.worded
        reading = Reading(text, layout=text, boundaries=_Boundaries(text, words), known=words.known)
        return worded.is_word(reading, text[start:end]) and worded.is_somebody(reading, start, end)


def _within_blanks(entity: Entity, text: str) -> Entity:
    """The entity without blanks at its borders, which a longer claim beside it may have left: 阿May| 4/1."""
    start, end = entity.start, entity.end
    if not (text[start].isspace() or text[end - 1].isspace()):
        return entity
    value = text[start:end]
    return replace(entity, start=end - len(value.lstrip()), end=start + len(value.rstrip()))


def _says(character: str) -> bool:
    """Whether a character may be of a value: a letter or a figure, and none in a circle that numbers items."""
    return character.isalnum() and not "①" <= character <= "⓿"


def _covering(words: WordIndex[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the words stand that cover a stretch of a text."""
    before = max(0, start - _LONGEST_WORD)
    for first, last, _ in words.find_all(text[before : end + _LONGEST_WORD]):
        if before + first <= start and end <= before + last:
            yield before + first, before + last


def _moved(claim: Detection, read: Shadow) -> Detection:
    start, end = read.original(claim.start, claim.end)
    return Detection(claim.entity_type, start, end, claim.score, claim.recognizer, claim.evidence, claim.form)


class _Boundaries:
    """jieba's word boundaries, worked out once for each clause that is asked about."""

    def __init__(self, text: str, words: WordBoundaries) -> None:
        self._text = text
        self._words = words
        self._clauses: dict[int, frozenset[int]] = {}

    def __call__(self, start: int, end: int) -> frozenset[int]:
        first = max(0, start // _LONGEST_CLAUSE - 1) * _LONGEST_CLAUSE  # the same for many in a row
        left = max(first, *(self._text.rfind(mark, first, start) + 1 for mark in "。!?;,\n"))
        known = self._clauses.get(left)
        if known is None:
            stop = _SENTENCE_END.search(self._text, max(end, left))
            right = min(stop.start() if stop else len(self._text), left + 3 * _LONGEST_CLAUSE)
            known = frozenset(left + offset for offset in self._words(self._text[left:right]))
            self._clauses[left] = known
        return known
