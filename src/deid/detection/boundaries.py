"""Word boundaries as evidence, never as spans: jieba's dictionary and its way to cut.

The dictionary is read here and not through jieba, which takes a second and 150 MB to load.
Nearly all words that begin with the same character stand together in it, so only those are
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

import numpy as np

from deid.errors import ModelError
from deid.regexes import Regex

_ADDED_COUNT = 50
_WORD_CHARACTERS = Regex(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
_SAME_FIRST = Regex(r"^(.).*\n(?:\1.*\n)*", re.MULTILINE)
_SINGLES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class WordList:
    """jieba's dictionary: one word a line with its count and part of speech."""

    def __init__(self, text: str) -> None:
        self._text = f"\n{text}"
        self._places: dict[str, tuple[int, ...]] = {}
        """For each first character where its words begin and end, and where those that stand apart do."""
        for match in _SAME_FIRST.finditer(self._text):
            self._places[match[1]] = (*self._places.get(match[1], ()), *match.span())

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        """`(word, count, part of speech)`."""
        for line in self._text[1:].splitlines():
            word, count, part_of_speech = line.split(" ")
            yield word, int(count), part_of_speech

    def total(self, added: Iterable[str], count: int) -> int:
        """The sum of all counts, when those of the `added` words that have less than `count` get so much more."""
        text = self._text[1:]
        characters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        blanks, breaks = np.flatnonzero(characters == ord(" ")), np.flatnonzero(characters == ord("\n"))
        starts, ends = np.concatenate(([0], breaks[:-1] + 1)), blanks[::2]
        counts = np.zeros(len(ends), np.int64)
        last = blanks[1::2] - 1  # digits, from the last on
        for place in range(int((last - ends).max(initial=0))):
            there = last - place > ends
            counts[there] += 10**place * (characters[last[there] - place].astype(np.int64) - ord("0"))
        often = counts >= count
        words = map(text.__getitem__, map(slice, starts[often].tolist(), ends[often].tolist()))
        return int(counts.sum()) + count * len(set(added).difference(words))

    def part_of_speech(self, word: str) -> str:
        """As the dictionary has it (n, v, nr for names), or '' where it does not know the word."""
        places = self._places.get(word[:1], ())
        for start, end in zip(places[::2], places[1::2], strict=True):
            line = self._text.find(f"\n{word} ", start - 1, end)
            if line >= 0:
                return self._text[line + 1 : self._text.index("\n", line + 1)].rpartition(" ")[2]
        return ""

    def counts(self, beginning: str) -> dict[str, int]:
        """The words that begin with two characters (with a character and a blank: that one alone), counted."""
        text, counts = self._text, {}
        places = self._places.get(beginning[0], ())
        for start, end in zip(places[::2], places[1::2], strict=True):
            line = text.find(f"\n{beginning}", start - 1, end)
            while line >= 0:
                line_end = text.index("\n", line + 1)
                word, count, _ = text[line + 1 : line_end].split(" ")
                counts[word] = int(count)
                line = text.find(f"\n{beginning}", line_end, end)
        return counts


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
        self._added: dict[str, str] = {}
        """The words that are added, by their beginning, one a line: strings cost the garbage collector nothing."""
        for word in words:
            beginning = _beginning(word)
            known = self._added.get(beginning)
            self._added[beginning] = f"{known}\n{word}" if known else word
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
            for word in self._added.get(beginning, "").splitlines():
                counts[word] = max(_ADDED_COUNT, counts.get(word, 0))
            self._counts[beginning] = counts
        return counts

    @cached_property
    def _log_total(self) -> float:
        return log(word_list().total("\n".join(self._added.values()).split("\n"), _ADDED_COUNT))


def _beginning(word: str) -> str:
    """The first two characters; a blank stands behind a word of one."""
    return word[:2] if len(word) > 1 else word + " "
