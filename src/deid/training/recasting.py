"""Real sentences with other words: the syntax stays, content words, names and places change.

A network that learns from few kinds of text takes words it never saw for names. Here every
sentence of the silver text stands for many: nouns, verbs and adjectives are drawn from jieba's
dictionary (by part of speech and frequency), pronouns now and then become names. What comes out
means nothing, but which words are names is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random

from deid.catalog import Marked
from deid.detection.boundaries import dictionary
from deid.surrogates.words import lexicon
from deid.training.namebank import name

Word = tuple[int, int, str]
"""Start, end and the teacher's part of speech."""

_CONTENT = frozenset(["n", "v", "vn", "a", "d", "nz"])
_REPLACED, _NAMED, _PRONOUNS = 0.35, 0.03, frozenset("他她我你")


def recast(
    random: Random, text: str, words: Sequence[Word], marks: Sequence[Marked]
) -> tuple[str, list[Marked]]:
    """Another sentence of the same build, and its marks. `marks` lie on borders of words."""
    kinds = {(mark.start, mark.end): mark.entity_type for mark in marks}
    parts: list[str] = []
    moved: list[Marked] = []
    length = 0
    for start, end, part_of_speech in words:
        old = text[start:end]
        kind = kinds.get((start, end), "")
        new = old
        if kind == "PERSON":
            new = name(random)
        elif kind == "LOCATION":
            new = _place(random) if random.random() < 0.7 else old
        elif not kind and part_of_speech == "r" and old in _PRONOUNS:
            if random.random() < 0.25:
                new, kind = name(random), "PERSON"
        elif not kind and part_of_speech in _CONTENT:
            chosen = random.random()
            if part_of_speech == "n" and chosen < _NAMED:
                new, kind = name(random), "PERSON"
            elif chosen < _REPLACED:
                new = _word(random, part_of_speech)
        if kind:
            moved.append(Marked(length, length + len(new), kind))
        parts.append(new)
        length += len(new)
    return "".join(parts), moved


def _word(random: Random, part_of_speech: str) -> str:
    words, weights = _stock(part_of_speech)
    return random.choices(words, cum_weights=weights)[0]


def _place(random: Random) -> str:
    if random.random() < 0.5:
        return _word(random, "ns")
    line = random.choice(lexicon("divisions.tsv")).split("\t")
    return next((field for field in line if field and not field.isascii()), "杭州")


@cache
def _stock(part_of_speech: str) -> tuple[list[str], list[float]]:
    found = list(dictionary(part_of_speech))
    return [word for word, _ in found], list(accumulate(count**0.5 for _, count in found))
