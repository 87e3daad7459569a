"""Finds all of very many words in a text: an automaton over their beginnings, and a hash of each word.

An automaton of a million numbers takes a third of a gigabyte, most of it for what hardly any text comes to. So
of words of one length it has no more characters than leave few beginnings; where one stands, the hash of what
goes on there tells whether it is a word. Few words are in the automaton whole, and of long ones, as files in
base64 are, only the beginning: many begin alike, so the hash of how they end is asked first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Generic, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick

from deid.hashes import Hashes, code_of
from deid.pages import Pages

Value = TypeVar("Value")

_MOST = 16_000
"""Beginnings of words of one length."""
_LEAST = 2
"""Characters of a beginning, however many beginnings there are."""
_LONG = 64
"""Characters of a beginning or an end, however long the words are."""

_END_AND_START = itemgetter(1, 0)


class WordFinder(Generic[Value]):
    """Finds words, each with the first value that was given for it; with `pages` the hashes of many lie in a file.

    `most` is there for tests. Of other texts one in 10¹³ is taken for one of a million words.
    """

    def __init__(
        self, words: Iterable[tuple[str, Value]], *, pages: Pages | None = None, most: int = _MOST
    ) -> None:
        numbers: dict[Value, int] = {}
        lengths: dict[int, _OfLength] = {}
        self._hashes = Hashes(pages, "H")
        for word, value in words:
            number = numbers.setdefault(value, len(numbers))
            size = len(word)
            if size not in lengths:
                lengths[size] = _OfLength(size, most, self._hashes)
            lengths[size].add(word, number)
        self._values = list(numbers)
        whole: dict[str, int] = {}
        longer: dict[str, tuple[int, ...]] = {}
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}
        for size in sorted(lengths):
            whole |= lengths[size].whole
            for beginning in lengths[size].beginnings:
                sizes = (*longer.get(beginning, ()), size)
                longer[beginning] = alike.setdefault(sizes, sizes)
        beginnings = list(whole.keys() | longer.keys())
        self._whole = [whole.get(beginning, -1) for beginning in beginnings]
        self._longer = [longer.get(beginning, ()) for beginning in beginnings] if longer else None
        self._all = CharwiseDoubleArrayAhoCorasick(beginnings) if beginnings else None

    def find_all(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Every word at every place, also inside another: `(start, end, value)`, in order of their ends."""
        if self._all is None:
            return iter(())
        values, whole, longer = self._values, self._whole, self._longer
        begun = self._all.find_overlapping(text)
        if longer is None:
            return iter([(start, end, values[whole[index]]) for start, end, index in begun])
        found = [(start, end, values[whole[index]]) for start, end, index in begun if whole[index] >= 0]
        last = len(text)
        words = [
            (start, end, text[start:end])
            for start, _, index in begun
            for size in longer[index]
            if (end := start + size) <= last and (size <= _LONG or self._ends(text[end - _LONG : end], size))
        ]
        number_of = self._hashes.number
        found += [
            (start, end, values[number])
            for start, end, word in words
            if (number := number_of(code_of(word))) >= 0
        ]
        found.sort(key=_END_AND_START)
        return iter(found)

    def _ends(self, end: str, size: int) -> bool:
        """Whether a word of this size ends so."""
        return code_of((end, str(size))) in self._hashes


class _OfLength:
    """Words of one length: whole, or where they are too many, how they begin and their hashes."""

    def __init__(self, size: int, most: int, hashes: Hashes) -> None:
        self._length, self._most, self._hashes = size, most, hashes
        self._size = min(size, _LONG)
        """Characters of a beginning."""
        self.whole: dict[str, int] = {}
        self.beginnings: set[str] = set()

    def add(self, word: str, number: int) -> None:
        if self._length > _LONG:
            self._hashes.add(code_of((word[-_LONG:], str(self._length))), number)
        elif not self.beginnings:
            self.whole.setdefault(word, number)
            if len(self.whole) > self._most and self._size > _LEAST:
                self._cut()
            return
        self._hashes.add(code_of(word), number)
        self.beginnings.add(word[: self._size])
        if len(self.beginnings) > self._most:
            self._shorten()

    def _cut(self) -> None:
        for word, number in self.whole.items():
            self._hashes.add(code_of(word), number)
        self.beginnings, self.whole = set(self.whole), {}
        self._shorten()

    def _shorten(self) -> None:
        while len(self.beginnings) > self._most and self._size > _LEAST:
            self._size -= 1
            self.beginnings = {beginning[: self._size] for beginning in self.beginnings}
