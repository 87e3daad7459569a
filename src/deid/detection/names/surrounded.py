"""Names by their surroundings: what begins with a surname, and stands where somebody is named.

术者时光, 一助陈丽    备班 云朵、石磊    农民班正权
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from math import log1p
from typing import NamedTuple

import numpy as np

from deid.detection.boundaries import word_list
from deid.detection.characters import Pairs, han_table, looked_up, table_of
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.names.tagged import TaggedNames
from deid.detection.names.worded import Worded
from deid.detection.names.words import FUNCTION_SURNAMES, FUNCTION_WORDS
from deid.detection.networks import Floats, Spans, together
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

LIKELY, _VERY_LIKELY = 0.6, 0.9
"""From this on what the networks say is believed; of words in common use or of medicine, places, and the rarest surnames."""
_ALONE, _OTHERS = 0.95, 2
"""Where fewer others are named, it must be likelier still."""
_COMMON = 1000
"""How often jieba's dictionary counts words in common use."""
_ROWS = 3
"""As all of a cell in so many rows a word is a remark: 成功, 呼入."""
_HEADER = 60
_WHO = Regex(r"(?:谁|哪[位个]|叫|名|姓|人员)[^\n]{0,6}\n[^\n]{0,40}(?::[ ]?|\n)\Z")
"""A line that asks for somebody, before the speaker who answers."""
_SAID = Regex(r"[^\n]:[ ]?\Z")
_AT_TIME = Regex(r"(?m:^)[^\n]+[ ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ]*\n\Z")
"""The line that says who spoke when, above what was said."""
_HOPELESS, _HOPELESS_ALONE = -4.0, -1.0
"""Log odds of surroundings below which no word is believed to be a name; where fewer others are named."""
_ENDS_NO_NAME = (
    "的了于者说也没及还喝怎在害获你您我这很么或刺呢该虑需扰较慢只免减而啊哪些吗对检诊除断"
    "血疗压肝要吃病食救饮患胃症辣癫类遗尿胀痫验疼暴疫染硬呕险腹脏毒囊肪肠剂肿肾孩危抽液恶偏担稀肤被饭题氨霉"
)
"""A third of what begins with a surname in talk about complaints ends so."""
_PARTS_OF_SPEECH = ("n", "v", "a", "d", "nr", "i", "t", "c", "r", "m", "p", "")
_NOWHERE_ELSE = -6.0
_MANY = 5
_UNRANKED = 3000
_TRAITS = 23 + len(_PARTS_OF_SPEECH)


class Place(NamedTuple):
    """A stretch that may be a name."""

    start: int
    end: int
    known: int
    """How often the dictionary counts the word."""
    seen: float
    """How likely the tagger sees somebody exactly there."""
    borders: int
    """1 where a word begins there, 2 where one ends, 3 for both."""

    @property
    def stands(self) -> bool:
        """Whether it is a word, or stands between words, or the tagger sees somebody there."""
        return bool(self.known or self.seen or self.borders == 3)


class NamesBySurroundings:
    """Proposes what the other finders left."""

    def __init__(self, fitting: Fitting, tagged: TaggedNames) -> None:
        self._fitting = fitting
        self._tagged = tagged
        self._worded = Worded(fitting.grammar, fitting.words)
        self._traits_of = lru_cache(maxsize=1 << 14)(self._traits_of_word)
        compound = "|".join(sorted(fitting.grammar.compound_surnames))
        single = "".join(sorted(fitting.grammar.surnames | fitting.grammar.rare_surnames))
        self._compound = re.compile(compound)
        self._begins_compound = Pairs(surname[:2] for surname in fitting.grammar.compound_surnames)
        self._named = re.compile(rf"(?:{compound}|[{single}])[{HAN}]{{1,2}}")
        self._is_surname = table_of(single)
        self._ends_no_name = table_of(_ENDS_NO_NAME)

    def read(self, readings: Sequence[Reading]) -> Iterator[tuple[Spans, Floats]]:
        """Of each reading what may be names, and the log odds that somebody is named there."""
        text, starts = together([reading.text for reading in readings])
        spans = self.spans(text)
        spans = spans[~self._ends_no_name[looked_up(text)[spans[:, 1] - 1]]]
        odds = shipped_surroundings().named(text, spans) if spans.size else np.zeros(0, np.float32)
        firsts = [*np.searchsorted(spans[:, 0], starts).tolist(), len(spans)]
        for start, (first, last) in zip(starts, pairwise(firsts), strict=True):
            yield spans[first:last] - start, odds[first:last]

    def find(
        self, reading: Reading, candidates: Sequence[Candidate], spans: Spans, odds: Floats
    ) -> Iterator[Candidate]:
        """Candidates that touch none of those found before, most likely first where they overlap; of what was read."""
        network, text = shipped_surroundings(), reading.text
        many = len(candidates) >= _OTHERS
        hopeless = _HOPELESS if many else _HOPELESS_ALONE
        if not (odds >= hopeless).any():
            return
        taken = bytearray(len(text))
        for candidate in candidates:
            taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        judged, traits = self.traits(reading, spans, odds, taken, hopeless=hopeless)
        if not judged:
            return
        likely = network.weighed(traits)
        is_remark = lru_cache(maxsize=None)(partial(_is_remark, text))
        least = LIKELY if many else _ALONE
        for number in np.argsort(-likely, kind="stable").tolist():
            place, score = judged[number], float(likely[number])
            start, end = place.start, place.end
            if score < least:
                return
            word = text[start:end]
            usual = place.known > _COMMON or word in self._fitting.grammar.ordinary_words
            if any(taken[start:end]) or (usual and is_remark(word)):
                continue
            if place.known and _is_answer(text, start, end, taken):
                continue
            if word[:2] in self._fitting.protected and reading.known(text[end - 1 : end + 1]):
                continue  # 与甘草|同用
            if not self._is_something_else(reading, place, score):
                taken[start:end] = b"\1" * (end - start)
                yield Candidate(start, end, score, ("surroundings",))

    def _is_something_else(self, reading: Reading, place: Place, score: float) -> bool:
        start, end, known, _, _ = place
        word = reading.text[start:end]
        is_place = any(self._fitting.is_place(word[:length]) for length in range(2, len(word) + 1))
        doubtful = is_place or known > _COMMON  # 岑溪, 南宁点
        doubtful |= shipped_prose().is_medical(word) and not self._is_titled(reading.text, start, end)
        if not self._fitting.grammar.surname_length(word):
            doubtful |= not self._fitting.is_rare_name(reading, word)  # 年假
        if doubtful and score < _VERY_LIKELY:
            return True
        if word[0] == "和" and len(word) == 3 and reading.known(word[1:]):
            return True  # 和家人
        if self._fitting.is_written_at(reading.text, start, end):
            return True
        if self._tagged.is_ruled_out(reading, start, end) or self._fitting.without_title(word):
            return True
        return self._worded.is_word(reading, word) and self._worded.is_the_word(reading, start, end)

    def _is_titled(self, text: str, start: int, end: int) -> bool:
        words = self._fitting.words
        return bool(words.title_at(text, end) or words.role_ends(text, start))

    def spans(self, text: str) -> Spans:
        """A surname and one or two characters behind it, wherever they stand; in order."""
        codes = looked_up(text)
        is_han = np.append(han_table()[codes], [False, False])
        starts = np.flatnonzero(self._is_surname[codes] & is_han[1:-1])
        begun = self._begins_compound.starts(codes).tolist()
        compound = [start for start in begun if self._compound.match(text, start)]
        starts = starts[~np.isin(starts, compound)] if compound else starts
        longer = starts[is_han[starts + 2]]
        spans = [np.stack([starts, starts + 2], axis=1), np.stack([longer, longer + 3], axis=1)]
        if others := [span for start in compound for span in self._from_compound(text, start)]:
            spans.append(np.array(others))
        found: Spans = np.concatenate(spans)
        return found[np.lexsort(found.T[::-1])]

    def _from_compound(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        if match := self._named.match(text, start):
            least = start + max(1, self._fitting.grammar.surname_length(text, start)) + 1
            yield from ((start, end) for end in range(least, match.end() + 1))

    @staticmethod
    def place(reading: Reading, start: int, end: int) -> Place:
        """What is known of a stretch."""
        borders = reading.boundaries(start, end)
        known, seen = reading.known(reading.text[start:end]), reading.likeliness(start, end)
        return Place(start, end, known, seen, (start in borders) + 2 * (end in borders))

    def traits(
        self,
        reading: Reading,
        spans: Spans,
        named: Floats,
        taken: bytes | bytearray = b"",
        *,
        hopeless: float = _HOPELESS,
    ) -> tuple[list[Place], Floats]:
        """The spans that may be names, and what is weighed of each; `named` are the log odds of their surroundings.

        Weighed is what tells of the surroundings here and in the word's other places (the most, their number,
        the mean), of the place (the tagger's score, whether it sees more, borders of words, a title behind, a
        role before), and of the word. What holds characters that are `taken` is no name,
        nor what stands in `hopeless` surroundings.
        """
        text, words = reading.text, self._fitting.words
        hopeful = named >= hopeless
        if taken:
            covered = np.cumsum(np.frombuffer(b"\0" + taken, np.uint8), dtype=np.intp)
            hopeful &= covered[spans[:, 0]] == covered[spans[:, 1]]
        places = [self.place(reading, *span) for span in spans[hopeful].tolist()]
        judged = [place for place in places if place.stands]
        said = _said(text, spans, named, {text[place.start : place.end] for place in judged})
        total = {word: sum(odds) for word, odds in said.items()}
        odds_of = dict(zip(places, named[hopeful].tolist(), strict=True))
        rows = []
        for place in judged:
            start, end, odds = place.start, place.end, odds_of[place]
            word = text[start:end]
            others = len(said[word]) - 1
            *_, second, most = (_NOWHERE_ELSE, *said[word][-2:])
            of_place = (
                odds, second if odds == most else most, min(others, _MANY),
                (total[word] - odds) / others if others else _NOWHERE_ELSE,
                place.seen, reading.tagged_over(start, end), place.borders,
                words.title_at(text, end) > 0, words.role_ends(text, start),
            )  # fmt: skip
            rows.append((*of_place, *self._traits_of(word, place.known)))
        return judged, np.array(rows, np.float32).reshape(len(rows), _TRAITS)

    def _traits_of_word(self, word: str, known: int) -> tuple[float, ...]:
        """What is known of a word by itself."""
        fitting, grammar, words = self._fitting, self._fitting.grammar, self._fitting.words
        speech = word_list().part_of_speech(word) if known else ""
        speech = "nr" if speech.startswith("nr") else speech[:1]
        surname = grammar.surname_length(word)
        given = word[min(max(1, surname), len(word) - 1) :]
        return (
            grammar.quality(word),
            log1p(known),
            word in grammar.name_like_words,
            word in grammar.ordinary_words,
            fitting.is_other_word(word),
            word in fitting.protected,
            not surname,
            word[0] in FUNCTION_SURNAMES,
            not FUNCTION_WORDS.isdisjoint(word[1:]),
            word[0] in grammar.ambiguous_surnames,
            log1p(max(grammar.given_rank.get(character, _UNRANKED) for character in given)),
            word in words.titles or word in words.roles,
            fitting.is_place(word),
            len(word),
            *(speech == kind for kind in _PARTS_OF_SPEECH),
        )


def _said(text: str, spans: Spans, named: Floats, words: set[str]) -> dict[str, list[float]]:
    """The odds of all places of each word, the best last."""
    said: dict[str, list[float]] = {word: [] for word in words}
    first = {word[0] for word in words}
    for (start, end), odds in zip(spans.tolist(), named.tolist(), strict=True) if words else ():
        if text[start] in first and (word := text[start:end]) in said:
            said[word].append(odds)
    return {word: sorted(odds) for word, odds in said.items()}


def _is_remark(text: str, word: str) -> bool:
    """Whether the word is a cell again and again."""
    return len(re.findall(rf"[|,;\t]\"?{word}\"?(?:[|,;\t\n]|\Z)", text)) >= _ROWS


def _is_answer(text: str, start: int, end: int, taken: bytearray) -> bool:
    """Whether it is all that somebody says who was not asked for a name: 王建国:安心."""
    before = text[max(0, start - _HEADER) : start]
    if (text[end : end + 1] or "\n") != "\n" or _WHO.search(before):
        return False
    if said := _SAID.search(before):
        return any(taken[start - len(said[0]) : start])
    header = _AT_TIME.search(before)
    return header is not None and any(taken[start - len(header[0]) : start])
