"""Word boundaries as evidence, never as spans: jieba's dictionary and its way to cut.

The dictionary is read here and not through jieba, which takes a second and 150 MB to load.
Nearly all words that begin with the same characters stand together in it, so only those are
parsed whose first two characters occur. The cut is that of `jieba.cut(sentence, HMM=False)`:
the most likely words by their counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from math import log
from pathlib import Path

from deid.errors import ModelError

_ADDED_COUNT = 50
_WORD_CHARACTERS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
_SAME_FIRST = re.compile(r"^(.).*\n(?:\1.*\n)*", re.MULTILINE)
_SAME_PAIR = re.compile(r"^(..).*\n(?:\1.*\n)*", re.MULTILINE)
_COUNT = re.compile(r" (\d+) ")
_SINGLES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class WordList:
    """jieba's dictionary: one word a line with its count and part of speech."""

    def __init__(self, text: str) -> None:
        self._text = f"\n{text}"
        self._places: dict[str, list[tuple[int, int]]] = {}
        for match in _SAME_FIRST.finditer(self._text):
            self._places.setdefault(match[1], []).append(match.span())
        self._pairs: dict[str, dict[str, str]] = {}
        self.total = sum(map(int, _COUNT.findall(text)))

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        """`(word, count, part of speech)`."""
        for line in self._text[1:].splitlines():
            word, count, part_of_speech = line.split(" ")
            yield word, int(count), part_of_speech

    def count(self, word: str) -> int:
        """How often the dictionary counts the word, 0 when it does not know it; parses nothing else."""
        line = f"\n{word} "
        for start, end in self._places.get(word[0], ()):
            if (found := self._text.rfind(line, start - 1, end)) >= 0:
                count = found + len(line)
                return int(self._text[count : self._text.index(" ", count)])
        return 0

    def counts(self, beginning: str) -> dict[str, int]:
        """The words that begin with two characters (with a character and a blank: that one alone), counted."""
        lines = self._of_first(beginning[0]).get(beginning, "").splitlines()
        return {word: int(count) for word, count, _ in (line.split(" ") for line in lines)}

    def _of_first(self, first: str) -> dict[str, str]:
        """The lines of words with a first character, by their first two."""
        pairs = self._pairs.get(first)
        if pairs is None:
            pairs = {}
            for start, end in self._places.get(first, ()):
                for match in _SAME_PAIR.finditer(self._text, start, end):
                    pairs[match[1]] = pairs.get(match[1], "") + match[0]
            self._pairs[first] = pairs
        return pairs


@cache
def word_list() -> WordList:
    """The dictionary in jieba's package; read once a process. ModelError where it is missing."""
    package = find_spec("jieba")
    folders = package.submodule_search_locations if package else None
    try:
        return WordList((Path(next(iter(folders or ()))) / "dict.txt").read_text("utf-8"))
    except (OSError, StopIteration):
        raise ModelError("jieba's dictionary could not be read", hint="pip install jieba") from None


def dictionary(part_of_speech: str) -> Iterator[tuple[str, int]]:
    """The words of jieba's dictionary that have this part of speech, each with its count."""
    return ((word, count) for word, count, kind in word_list() if kind == part_of_speech)


class WordBoundaries:
    """Where words begin and end; `words` are added to the dictionary. Thread-safe."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._added: dict[str, list[str]] = {}
        for word in words:
            self._added.setdefault(_beginning(word), []).append(word)
        self._counts: dict[str, dict[str, int]] = {}
        self._weights: dict[str, tuple[tuple[str, float], ...]] = {}

    def __call__(self, sentence: str) -> frozenset[int]:
        """Offsets in the sentence at which a word begins or ends."""
        boundaries = set(range(len(sentence) + 1))
        for block in _WORD_CHARACTERS.finditer(sentence):
            boundaries.difference_update(self._inside_words(block[0], block.start()))
        return frozenset(boundaries)

    def known(self, word: str) -> int:
        """How often the dictionary counts the word, 0 when it does not know it."""
        return self._counts_of(_beginning(word)).get(word, 0) if word else 0

    def load(self) -> WordBoundaries:
        """Read the dictionary now instead of in the middle of some text."""
        _ = self._log_total
        return self

    def _inside_words(self, block: str, offset: int) -> Iterator[int]:
        """Offsets inside the words that `block` is most likely made of; of equals the longer first word."""
        size, weights, alone = len(block), self._weights, -self._log_total
        best, ends = [0.0] * (size + 1), [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            single, pair = block[start] + " ", block[start : start + 2]
            end = start + 1
            words = weights[single] if single in weights else self._weights_of(single)
            likely = (words[0][1] if words else alone) + best[end]
            for word, weight in weights[pair] if pair in weights else self._weights_of(pair):
                if block.startswith(word, start):
                    value = weight + best[start + len(word)]
                    if value >= likely:
                        likely, end = value, start + len(word)
            best[start], ends[start] = likely, end
        start = 0
        while start < size:
            end = ends[start]
            if end - start > 1:
                yield from range(offset + start + 1, offset + end)
            elif block[start] in _SINGLES and ends[end] == end + 1 and block[end] in _SINGLES:
                yield offset + end  # single letters and digits stay together
            start = end

    def _weights_of(self, beginning: str) -> tuple[tuple[str, float], ...]:
        """The words of a beginning, short ones first, with the logarithm of how likely they are."""
        counts = self._counts_of(beginning) if len(beginning) == 2 else {}
        weights = tuple(
            (word, log(counts[word]) - self._log_total) for word in sorted(counts, key=len) if counts[word]
        )
        self._weights[beginning] = weights
        return weights

    def _counts_of(self, beginning: str) -> dict[str, int]:
        counts = self._counts.get(beginning)
        if counts is None:
            counts = word_list().counts(beginning)
            for word in self._added.get(beginning, ()):
                counts[word] = max(_ADDED_COUNT, counts.get(word, 0))
            self._counts[beginning] = counts
        return counts

    @cached_property
    def _log_total(self) -> float:
        listed = word_list()
        rising = sum(listed.count(word) < _ADDED_COUNT for words in self._added.values() for word in words)
        return log(listed.total + _ADDED_COUNT * rising)


def _beginning(word: str) -> str:
    """The first two characters; a blank stands behind a word of one."""
    return word[:2] if len(word) > 1 else word + " "
