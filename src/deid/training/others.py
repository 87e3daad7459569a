"""Labelled texts with other people in them, from which networks learn what does not depend on a name.

Most names of real texts are ordinary. What stands around them stands around 石头 and 海棠 as well: any word may be somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random

from deid.catalog import Catalog, Marked
from deid.detection.names.fit import PERSON
from deid.evaluation.samples import Sample
from deid.grammar.name import HAN, NameGrammar
from deid.regexes import Regex

_SHARE = 0.9
"""So many of the names of a text become others."""
_LENGTHS = range(1, 4)
_KINDS = (0.35, 0.75, 0.85)
"""Up to where herbs and drugs, words that are names, and given names are drawn; beyond are surnames with a character."""
_RARE = 0.3, 0.5
"""How often a surname alone, and one of a name, is a rare one."""
_NAME = Regex(rf"[{HAN}]+")


class OtherNames:
    """Draws names, and puts them in the place of others."""

    def __init__(self, catalog: Catalog, grammar: NameGrammar) -> None:
        medicine = (word for name in ("herbs", "drugs", "formulas") for word in catalog.lexicon(name))
        self._medicine, self._words, self._given = (
            sorted({word for word in words if 2 <= len(word) < _LENGTHS.stop})
            for words in (medicine, grammar.name_like_words, catalog.lexicon("given_names"))
        )
        self._surnames, self._rare = (
            sorted(word for word in words if len(word) == 1)
            for words in (grammar.surnames, grammar.rare_surnames)
        )

    def renamed(self, samples: Iterable[tuple[int, Sample]], seed: int) -> Iterator[tuple[int, Sample]]:
        """Of each sample with its number one with other names, of one to three characters and the same wherever they stand."""
        random = Random(seed)
        for number, sample in samples:
            names: dict[str, str] = {}
            for mark in sample.marks:
                name = sample.text[mark.start : mark.end]
                is_short = len(name) in _LENGTHS and _NAME.fullmatch(name)
                if mark.entity_type == PERSON and is_short and name not in names:
                    names[name] = self._drawn(random, name)
            if names and (found := _with(sample, names)):
                yield number, found

    def _drawn(self, random: Random, old: str) -> str:
        alone, of_name = _RARE
        if random.random() >= _SHARE:
            return old
        if len(old) == 1:
            return random.choice(self._rare if random.random() < alone else self._surnames)
        kind = random.random()
        for most, words in zip(_KINDS, (self._medicine, self._words, self._given), strict=True):
            if kind < most:
                return random.choice(words)
        surname = random.choice(self._rare if random.random() < of_name else self._surnames)
        return surname + random.choice(self._given)[-1]


def _with(sample: Sample, names: Mapping[str, str]) -> Sample | None:
    """The sample with other names; None where marks overlap."""
    parts: list[str] = []
    kept: tuple[list[Marked], list[Marked]] = [], []
    position = length = 0
    for mark, which in sorted((*((m, 0) for m in sample.marks), *((m, 1) for m in sample.optional))):
        if mark.start < position:
            return None
        before, old = sample.text[position : mark.start], sample.text[mark.start : mark.end]
        new = names.get(old, old) if mark.entity_type == PERSON and not which else old
        parts += before, new
        length += len(before)
        kept[which].append(Marked(length, length + len(new), mark.entity_type))
        position, length = mark.end, length + len(new)
    text = "".join((*parts, sample.text[position:]))
    return replace(sample, text=text, marks=tuple(kept[0]), optional=tuple(kept[1]))
