"""What the tagger takes for a person, in running text that is no record: believed where no word speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.names.eponyms import names_a_thing
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.tagged import TaggedNames
from deid.detection.prose import shipped_prose
from deid.detection.reading import LIKELY, Reading
from deid.detection.tagger import Tagged
from deid.grammar.name import is_han

_SCORE, _SCORE_OF_HINT = 0.86, 0.55
_LIKELY_ENOUGH = 0.3
"""Less likely than not, but then word boundaries must agree, and whatever else is found there wins."""
_FREQUENT = 100
"""A word that jieba's dictionary counts more often is no name: 性状."""


class NamesInProse:
    """The names that `tagged` makes of the tagger's stretches and, in prose, the stretches it makes nothing of."""

    def __init__(self, fitting: Fitting, tagged: TaggedNames) -> None:
        self._fitting = fitting
        self._tagged = tagged
        self._is_prose = shipped_prose()

    def find(self, reading: Reading) -> Iterator[Candidate]:
        found = list(self._tagged.find(reading))
        yield from found
        if reading.tagged and not (reading.labels or reading.slots) and self._is_prose(reading.text):
            yield from self._left(reading, found)

    def _left(self, reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
        taken = bytearray(len(reading.text))
        for name in found:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        for tag in reading.tagged:
            if 1 not in taken[tag.start : tag.end] and self._may_be_name(reading, tag):
                score = _SCORE if tag.score >= LIKELY else _SCORE_OF_HINT
                yield Candidate(tag.start, tag.end, score, ("prose", "tagger"))

    def _may_be_name(self, reading: Reading, tag: Tagged) -> bool:
        name, behind = reading.text[tag.start : tag.end], reading.text[tag.end : tag.end + 1]
        if tag.label != "PER" or tag.score < _LIKELY_ENOUGH or len(name) < 2:
            return False
        if behind.isdigit() or not all(is_han(character) or character == "·" for character in name):
            return False  # 苏械注准20222071845
        if name in self._fitting.grammar.ordinary_words or self._fitting.is_place(name):
            return False
        if reading.known(name) > _FREQUENT or names_a_thing(self._fitting, reading.text, tag.start, tag.end):
            return False
        return tag.score >= LIKELY or {tag.start, tag.end} <= reading.boundaries(tag.start, tag.end)
