"""Word lists, and one automaton that finds all of their words in a text.

A lexicon is a UTF-8 file with one word a line; lines that begin with `#` say where it
comes from. The automaton is daachorse: 50 million characters a second, offsets in code
points, the longest word at the leftmost place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

if TYPE_CHECKING:
    from importlib.abc import Traversable

Value = TypeVar("Value")

_SHORT = 12
"""Of so few characters it is cheaper to look whether one begins a word at all."""


def read_lexicon(file: Traversable) -> tuple[str, ...]:
    """The words of a lexicon file, in their order, without comments and blank lines."""
    lines = file.read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class WordIndex(Generic[Value]):
    """Finds words in text, each with the value that was given for it.

    Picklable; the automaton is built at the first search.
    """

    def __init__(self, words: Mapping[str, Value]) -> None:
        self._words = {word: value for word, value in words.items() if word}

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def get(self, word: str) -> Value | None:
        """The value of a word, None when it is not in the index."""
        return self._words.get(word)

    def items(self) -> Iterator[tuple[str, Value]]:
        return iter(self._words.items())

    def __getstate__(self) -> dict[str, Value]:
        return self._words

    def __setstate__(self, words: dict[str, Value]) -> None:
        self._words = words

    @cached_property
    def _values(self) -> list[Value]:
        return list(self._words.values())

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word[0] for word in self._words)

    @cached_property
    def _longest(self) -> CharwiseDoubleArrayAhoCorasick:
        return CharwiseDoubleArrayAhoCorasick(list(self._words), MATCH_KIND_LEFTMOST_LONGEST)

    @cached_property
    def _all(self) -> CharwiseDoubleArrayAhoCorasick:
        return CharwiseDoubleArrayAhoCorasick(list(self._words))

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Leftmost-longest words, disjoint: `(start, end, value)`."""
        if not self._words:
            return iter(())
        if len(text) < _SHORT and self._beginnings.isdisjoint(text):
            return iter(())
        values = self._values
        return iter([(start, end, values[word]) for start, end, word in self._longest.find(text)])

    def find_all(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Every word at every place, also inside another: `(start, end, value)`."""
        if not self._words:
            return iter(())
        values = self._values
        return iter([(start, end, values[word]) for start, end, word in self._all.find_overlapping(text)])


def index_by(words: Iterable[tuple[Value, Iterable[str]]]) -> WordIndex[tuple[Value, ...]]:
    """An index of words that may have several values each, from the words of each value."""
    values: dict[str, tuple[Value, ...]] = {}
    for value, group in words:
        alone = (value,)  # one tuple for most of the group
        for word in group:
            values[word] = values.get(word, ()) + alone
    return WordIndex(values)
