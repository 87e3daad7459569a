"""Which of many regexes a text may match, by one look at its characters and at its pairs of neighbours.

Most are not worth trying, and each search that is spared costs as much as the look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from deid.detection.needs import BEYOND, needs
from deid.regexes import Regex
from deid.regexprograms import compile_regex

if TYPE_CHECKING:
    from deid.detection.reading import Reading

_ROW = re.compile("[0-9]+")
_GLOBAL_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
_MOST_DIGITS = 31
_WORD, _BYTES = 64, 8
"""Bits and bytes of the numbers that hold bits."""
Told = TypeVar("Told")
Bits: TypeAlias = npt.NDArray[np.uint64]
Numbers: TypeAlias = npt.NDArray[np.intp]


class Screened(Regex):
    """A regex of the program itself that is searched for in every text; `Reading.finditer` spares most searches.

    Each has a number, which is its bit in what a Sieve lets pass.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        super().__init__(pattern, flags)
        self.number = len(_screens)
        self.bit = 1 << self.number
        _screens.append(self)

    @cached_property
    def longest(self) -> int:
        """Of a match, in characters."""
        return needs(self.pattern, self.flags).longest

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return compile_regex(_beginning(self.pattern, self.flags), self.flags)


def _beginning(pattern: str, flags: int) -> str:
    """The regex, tried only where one of its first characters stands: to ask for that first is cheaper."""
    found = needs(pattern, flags)
    if not found.first or found.may_be_empty or found.skips_ahead or _GLOBAL_FLAGS.match(pattern):
        return pattern
    characters = "".join(map(re.escape, sorted(found.first)))
    end = "\n" if flags & re.VERBOSE else ""  # the last line may be a comment
    return f"(?=[{characters}])(?:{pattern}{end})"


_screens: list[Screened] = []


def screens() -> list[tuple[str, int]]:
    """Every Screened regex so far and its flags, by number."""
    return [(screened.pattern, screened.flags) for screened in _screens]


class Forms(Generic[Told]):
    """Many regexes, each given once and with what its matches tell; a text may match few of them."""

    def __init__(self, forms: Iterable[tuple[Told, Screened]]) -> None:
        self._by_bit = {form.bit: (told, form) for told, form in forms}
        self._all = sum(self._by_bit)

    def passing(self, reading: Reading) -> Iterator[tuple[Told, Screened]]:
        """Those that may match, in the order in which the regexes were made."""
        left = reading.screens & self._all
        while left:
            bit = left & -left
            left ^= bit
            yield self._by_bit[bit]

    def matches(self, reading: Reading) -> Iterator[tuple[Told, re.Match[str]]]:
        """The matches of each, in that order."""
        for told, form in self.passing(reading):
            for match in reading.finditer(form):
                yield told, match


class Sieve:
    """Tells for many regexes at once which of them a text may match, and that for many texts at once.

    For every character and pair of neighbours that some regex needs, a bit for each text says whether it is there;
    so have the clauses that one of them meets, the ways on which all clauses are met, and the regexes.
    """

    def __init__(self, regexes: Iterable[tuple[str, int]]) -> None:
        ways = [needs(*regex).ways for regex in regexes]
        clauses = list(dict.fromkeys(clause for each in ways for way in each for clause in way.clauses))
        grams = list(dict.fromkeys(gram for clause in clauses for gram in clause))
        self._grams = _Grams(grams)
        number = {gram: place for place, gram in enumerate(grams, 1)}
        self._clauses = _Groups([number[gram] for gram in clause] for clause in clauses)
        # behind the clauses one for each number of digits, and one for each number in a row
        self._digits = len(clauses)
        row = self._digits + _MOST_DIGITS + 1
        place = {clause: at for at, clause in enumerate(clauses)}
        self._ways = _Groups(
            [
                *(place[clause] for clause in way.clauses),
                self._digits + min(way.digits, _MOST_DIGITS),
                row + min(way.row, _MOST_DIGITS),
            ]
            for each in ways
            for way in each
        )
        numbers = iter(range(len(self._ways)))
        self._regexes = _Groups([next(numbers) for _ in each] for each in ways)

    def passing(self, texts: Sequence[str]) -> list[int]:
        """For each text the regexes that may match: bit `n` for the regex number `n`."""
        if not texts:
            return []
        digits = np.array(list(map(_counted, texts))).T
        enough = digits[:, None] >= np.arange(_MOST_DIGITS + 1)[None, :, None]
        clauses = self._clauses.any_of(self._grams.met(texts))
        met = np.concatenate((clauses, _packed(enough.reshape(-1, len(texts)))))
        passing = self._regexes.any_of(self._ways.all_of(met)).view(np.uint8)
        by_text = np.unpackbits(passing, axis=1, bitorder="little", count=len(texts)).T
        return [
            int.from_bytes(row.tobytes(), "little") for row in np.packbits(by_text, axis=1, bitorder="little")
        ]


class _Groups:
    """Groups of rows of bits, by their numbers."""

    def __init__(self, groups: Iterable[Sequence[int]]) -> None:
        listed = list(groups)
        self._rows = np.array([row for group in listed for row in group], np.intp)
        self._begins = np.cumsum([0, *map(len, listed[:-1])])
        self._count = len(listed)

    def __len__(self) -> int:
        return self._count

    def any_of(self, rows: Bits) -> Bits:
        """For each group the bits that one of its rows has."""
        return (
            np.bitwise_or.reduceat(rows.take(self._rows, axis=0), self._begins) if self._count else rows[:0]
        )

    def all_of(self, rows: Bits) -> Bits:
        """For each group the bits that all of its rows have."""
        return (
            np.bitwise_and.reduceat(rows.take(self._rows, axis=0), self._begins) if self._count else rows[:0]
        )


class _Grams:
    """Characters and pairs of neighbours, numbered from 1."""

    def __init__(self, grams: Sequence[str]) -> None:
        number = {gram: place for place, gram in enumerate(grams, 1)}
        self._count = len(grams) + 1
        self._singles = _by_character({gram: number[gram] for gram in grams if len(gram) == 1})
        pairs = [gram for gram in grams if len(gram) == 2]
        firsts, seconds = (
            {character: place for place, character in enumerate(sorted({pair[side] for pair in pairs}), 1)}
            for side in (0, 1)
        )
        self._firsts, self._seconds = _by_character(firsts), _by_character(seconds)
        self._pairs = np.zeros((len(firsts) + 1, len(seconds) + 1), np.int32)
        for pair in pairs:
            self._pairs[firsts[pair[0]], seconds[pair[1]]] = number[pair]

    def met(self, texts: Sequence[str]) -> Bits:
        """For each number a row with a bit for each text in which it stands."""
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
        codes = np.minimum(codes, ord(BEYOND))
        pairs = self._pairs[self._firsts[codes[:-1]], self._seconds[codes[1:]]]
        singles = self._singles[codes]
        met = np.zeros((self._count, -(-len(texts) // _WORD)), np.uint64)
        end = 0
        for place, text in enumerate(texts):
            start, end = end, end + len(text)
            word, bit = place // _WORD, np.uint64(1 << place % _WORD)
            met[singles[start:end], word] |= bit
            met[pairs[start : max(start, end - 1)], word] |= bit
        return met


def _counted(text: str) -> tuple[int, int]:
    """How many digits there are, and how many in a row."""
    rows = list(map(len, _ROW.findall(text)))
    return sum(rows), max(rows, default=0)


def _by_character(numbers: Mapping[str, int]) -> Numbers:
    """The number of each character by its code, 0 for others; the last entry stands for all beyond."""
    table = np.zeros(ord(BEYOND) + 1, np.intp)
    table[list(map(ord, numbers))] = list(numbers.values())
    return table


def _packed(bits: npt.NDArray[np.bool_]) -> Bits:
    """Rows of bits as whole words."""
    words = np.zeros((len(bits), -(-bits.shape[1] // _WORD) * _BYTES), np.uint8)
    packed = np.packbits(bits, axis=1, bitorder="little")
    words[:, : packed.shape[1]] = packed
    return words.view(np.uint64)
