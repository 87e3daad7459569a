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

from deid.detection.needs import BEYOND, Clause, needs
from deid.regexes import Regex, compile_regex

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

    def matches(self, reading: Reading) -> Iterator[tuple[Told, re.Match[str]]]:
        """The matches of each, in the order in which the regexes were made."""
        left = reading.screens & self._all
        while left:
            bit = left & -left
            left ^= bit
            told, form = self._by_bit[bit]
            for match in reading.finditer(form):
                yield told, match


class Sieve:
    """Tells for many regexes at once which of them a text may match, and that for many texts at once."""

    def __init__(self, regexes: Iterable[tuple[str, int]]) -> None:
        wanted = [needs(*regex) for regex in regexes]
        clauses = sorted({clause for each in wanted for clause in each.clauses}, key=sorted)
        self._grams = _Grams(clauses)
        # behind the bits of the clauses one for each number of digits, and one for each number in a row
        self._digits = len(clauses)
        row = self._digits + _MOST_DIGITS + 1
        self._words = (row + _MOST_DIGITS) // _WORD + 1
        place = {clause: number for number, clause in enumerate(clauses)}
        needing = np.zeros((self._words * _WORD, -(-len(wanted) // _WORD) * _WORD), bool)
        for number, each in enumerate(wanted):
            needing[[place[clause] for clause in each.clauses], number] = True
            needing[self._digits + min(each.digits, _MOST_DIGITS), number] = True
            needing[row + min(each.row, _MOST_DIGITS), number] = True
        by_byte = _packed(needing).reshape(self._words * _BYTES, 8, -1)
        self._ruled_out = np.zeros((len(by_byte), 256, by_byte.shape[2]), np.uint64)
        """For each byte of what a text meets and each value of it the regexes that it rules out."""
        for bit in range(8):
            lacking = np.flatnonzero(~(np.arange(256) >> bit) & 1)
            self._ruled_out[:, lacking] |= by_byte[:, bit, None]
        self._all = (1 << len(wanted)) - 1

    def passing(self, texts: Sequence[str]) -> list[int]:
        """For each text the regexes that may match: bit `n` for the regex number `n`."""
        met = np.zeros((len(texts), self._words), np.uint64)
        for owners, bits in self._grams.met(texts):
            met[owners, : bits.shape[1]] |= bits
        word, shift = divmod(self._digits, _WORD)
        counts = np.array(list(map(_counted, texts)), np.uint64)
        met[:, word] |= counts << np.uint64(shift)
        if shift:
            met[:, word + 1] |= counts >> np.uint64(_WORD - shift)
        values = met.view(np.uint8)
        ruled_out = np.bitwise_or.reduce(self._ruled_out[np.arange(values.shape[1]), values], axis=1)
        return [self._all & ~int.from_bytes(out.tobytes(), "little") for out in ruled_out]


class _Grams:
    """The characters and pairs of clauses, each with the clauses that it meets as bits."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        grams = sorted(frozenset().union(*clauses))
        number = {gram: place for place, gram in enumerate(grams, 1)}
        meeting = np.zeros((len(grams) + 1, -(-len(clauses) // _WORD) * _WORD), bool)
        for place, clause in enumerate(clauses):
            meeting[[number[gram] for gram in clause], place] = True
        self._bits = _packed(meeting)
        self._singles = _by_character({gram: number[gram] for gram in grams if len(gram) == 1})
        pairs = [gram for gram in grams if len(gram) == 2]
        firsts, seconds = (
            {character: place for place, character in enumerate(sorted({pair[side] for pair in pairs}), 1)}
            for side in (0, 1)
        )
        self._firsts, self._seconds = _by_character(firsts), _by_character(seconds)
        smallest = np.uint16 if len(grams) < 1 << 16 else np.int32
        self._pairs = np.zeros((len(firsts) + 1, len(seconds) + 1), smallest)
        for pair in pairs:
            self._pairs[firsts[pair[0]], seconds[pair[1]]] = number[pair]

    def met(self, texts: Sequence[str]) -> Iterator[tuple[Numbers, Bits]]:
        """Numbers of texts, and the clauses that the characters of each meet; then the same for the pairs."""
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
        codes = np.minimum(codes, ord(BEYOND))
        owners = np.repeat(np.arange(len(texts)), list(map(len, texts)))
        pairs = self._pairs[self._firsts[codes[:-1]], self._seconds[codes[1:]]]
        pairs[owners[1:] != owners[:-1]] = 0
        for grams in (self._singles[codes], pairs):
            places = np.flatnonzero(grams)
            if places.size:
                owner = owners[places]
                begins = np.flatnonzero(np.diff(owner, prepend=-1))
                yield owner[begins], np.bitwise_or.reduceat(self._bits[grams[places]], begins, axis=0)


def _counted(text: str) -> int:
    """How many digits there are, and how many in a row: a bit for each number up to that."""
    rows = list(map(len, _ROW.findall(text)))
    counts = min(sum(rows), _MOST_DIGITS), min(max(rows, default=0), _MOST_DIGITS)
    digits, row = ((1 << count + 1) - 1 for count in counts)
    return digits | row << _MOST_DIGITS + 1


def _by_character(numbers: Mapping[str, int]) -> Numbers:
    """The number of each character by its code, 0 for others; the last entry stands for all beyond."""
    table = np.zeros(ord(BEYOND) + 1, np.intp)
    table[list(map(ord, numbers))] = list(numbers.values())
    return table


def _packed(bits: npt.NDArray[np.bool_]) -> Bits:
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
