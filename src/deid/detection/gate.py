"""Which sentences the tagger need not read: those that cannot hold a name that only it would see.

The network takes most of the time of detection, and four sentences in ten of a record are
findings, doses and advice. A sentence is read when a surname stands before a character that
given names use, unless the two only begin an ordinary word (高血压, 常规); fields such as
姓名：王秀兰 do not count. Organisations and addresses are left to their grammars, but for a
road without a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from deid.catalog import shipped_catalog

_GIVEN = 1500
"""So many of the most frequent characters of given names count; rarer names need a cue."""

_FEW_WORDS = 20
_WITHIN_WORDS = frozenset("况于衡律项畅窦段释")
"""A surname that begins so few ordinary words is evidence by itself; not these, which end many: 情况, 由于, 平衡."""


_ROAD = re.compile(r"[一-鿿]{2}(?<![铁公马道线电网思出通旅套])(?:路|大道|街)(?![一-鿿]{0,3}[0-9])")
"""A road without a number, which the address grammar leaves to the tagger."""


class Gate:
    """Says whether a sentence is worth tagging."""

    def __init__(
        self,
        *,
        surnames: Iterable[str],
        compound_surnames: Iterable[str],
        given_characters: Iterable[str],
        ordinary_words: Collection[str],
        name_labels: Iterable[str] = (),
    ) -> None:
        labels = "|".join(sorted(name_labels, key=len, reverse=True))
        surnames = tuple(surnames)
        field = rf"(?:(?<=,)|^)(?:{labels or '(?!)'}):[{''.join(surnames)}][一-鿿]{{1,2}}(?=,|$)"
        self._field = re.compile(field)
        given = "".join(list(given_characters)[:_GIVEN])
        starts = Counter(word[0] for word in ordinary_words)
        rare = "".join(
            surname for surname in surnames if starts[surname] <= _FEW_WORDS and surname not in _WITHIN_WORDS
        )
        self._compound = re.compile("|".join(compound_surnames) or r"(?!)")
        self._rare = re.compile(rf"[{rare}][一-鿿]")
        self._name = re.compile(rf"(?=([{''.join(surnames)}][{given}某·*])([{given}]?))")
        self._words = frozenset(ordinary_words)

    def __call__(self, sentence: str) -> bool:
        if ":" in sentence:
            sentence = self._field.sub("", sentence)  # 姓名：王秀兰 needs no tagger
        if self._compound.search(sentence) or _ROAD.search(sentence):
            return True
        if any(not self._within_word(sentence, match.start()) for match in self._rare.finditer(sentence)):
            return True
        return any(not self._ordinary(sentence, match) for match in self._name.finditer(sentence))

    def _within_word(self, sentence: str, start: int) -> bool:
        """Whether the character belongs to a word of two: 况 of 情况, 谢 of 谢谢."""
        words = self._words
        return sentence[start : start + 2] in words or (
            start > 0 and sentence[start - 1 : start + 1] in words
        )

    def _ordinary(self, sentence: str, match: re.Match[str]) -> bool:
        """Whether surname and next character belong to a word of the language."""
        pair, third = match.groups()
        start, words = match.start(), self._words
        if pair in words and (not third or sentence[start + 1 : start + 3] in words):
            return True
        return any(sentence[start : start + size] in words for size in (3, 4, 5))


_WORD_LISTS = [
    "common_words",
    "diseases",
    "symptoms",
    "procedures",
    "drugs",
    "drug_brands",
    "drugs_imported",
    "herbs",
    "formulas",
    "eponyms",
    "bacteria",
    "departments",
]


def shipped_gate() -> Gate:
    """The gate from the shipped lexicons."""
    lexicon = shipped_catalog().lexicon
    return Gate(
        surnames=lexicon("surnames"),
        compound_surnames=lexicon("compound_surnames"),
        given_characters=lexicon("given_characters"),
        ordinary_words={word for name in _WORD_LISTS for word in lexicon(name)},
        name_labels=("姓名", *(word for word in lexicon("titles_before") if len(word) > 1)),
    )
