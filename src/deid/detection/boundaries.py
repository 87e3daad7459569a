"""Word boundaries as evidence, never as spans: jieba's dictionary and its way to cut.

The dictionary is read here and not through jieba, which takes a second and 150 MB to load and
cuts four times slower. Its lines stand together by first character, so only those are parsed
whose character occurs. The cut is that of `jieba.cut(sentence, HMM=False)`: the most likely
words by their counts.
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
_COUNT = re.compile(r" (\d+) ")
_SINGLES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

_Group = dict[str, int]
"""Words that begin with one character, with their counts; 0 for what only begins a word."""


class WordList:
    """jieba's dictionary: one word a line with its count and part of speech."""

    def __init__(self, text: str) -> None:
        self._text = f"\n{text}"
        self._places: dict[str, list[tuple[int, int]]] = {}
        for match in _SAME_FIRST.finditer(self._text):
            self._places.setdefault(match[1], []).append(match.span())
        self.total = sum(map(int, _COUNT.findall(text)))

    def beginning_with(self, first: str) -> Iterator[tuple[str, int, str]]:
        """`(word, count, part of speech)` of the words that begin with a character."""
        for start, end in self._places.get(first, ()):
            for line in self._text[start:end].splitlines():
                word, count, part_of_speech = line.split(" ")
                yield word, int(count), part_of_speech

    def count(self, word: str) -> int:
        """How often the dictionary counts the word, 0 when it does not know it; parses no other line."""
        line = f"\n{word} "
        for start, end in self._places.get(word[0], ()):
            if (found := self._text.rfind(line, start - 1, end)) >= 0:
                count = found + len(line)
                return int(self._text[count : self._text.index(" ", count)])
        return 0

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        for first in self._places:
            yield from self.beginning_with(first)


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
            self._added.setdefault(word[0], []).append(word)
        self._groups: dict[str, _Group] = {}

    def __call__(self, sentence: str) -> frozenset[int]:
        """Offsets in the sentence at which a word begins or ends."""
        boundaries = set(range(len(sentence) + 1))
        for block in _WORD_CHARACTERS.finditer(sentence):
            boundaries.difference_update(self._inside_words(block[0], block.start()))
        return frozenset(boundaries)

    def known(self, word: str) -> int:
        """How often the dictionary counts the word, 0 when it does not know it."""
        return self._group(word[:1]).get(word, 0) if word else 0

    def load(self) -> WordBoundaries:
        """Read the dictionary now instead of in the middle of some text."""
        _ = self._log_total
        return self

    def _inside_words(self, block: str, offset: int) -> Iterator[int]:
        """Offsets inside the words that `block` is most likely made of; of equals the longer first word."""
        size, log_total = len(block), self._log_total
        best, ends = [0.0] * (size + 1), [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            group = self._groups.get(block[start]) or self._group(block[start])
            likely, chosen, end = None, start + 1, start + 1
            count = group.get(block[start])
            while count is not None:
                if count:
                    value = log(count) - log_total + best[end]
                    if likely is None or value >= likely:
                        likely, chosen = value, end
                end += 1
                count = group.get(block[start:end]) if end <= size else None
            best[start] = best[start + 1] - log_total if likely is None else likely
            ends[start] = chosen
        start = 0
        while start < size:
            end = ends[start]
            yield from range(offset + start + 1, offset + end)
            if block[start:end] in _SINGLES and ends[end] == end + 1 and block[end] in _SINGLES:
                yield offset + end  # single letters and digits stay together
            start = end

    def _group(self, first: str) -> _Group:
        group = self._groups.get(first)
        if group is None:
            group = {word: count for word, count, _ in word_list().beginning_with(first)}
            for word in self._added.get(first, ()):
                group[word] = max(_ADDED_COUNT, group.get(word, 0))
            for word in tuple(group):
                for size in range(1, len(word)):
                    group.setdefault(word[:size], 0)
            self._groups[first] = group
        return group

    @cached_property
    def _log_total(self) -> float:
        listed = word_list()
        risen = sum(listed.count(word) < _ADDED_COUNT for words in self._added.values() for word in words)
        return log(listed.total + _ADDED_COUNT * risen)
