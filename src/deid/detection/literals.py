"""What a text must hold for a regex to match in it, read off the regex itself.

A match of `(?:病案|住院)号?[0-9]{6}` holds 病案 or 住院 and six digits: a text without them need
not be searched. One look at the characters of a text, and at its pairs of neighbours, tells which
of many regexes are worth trying; most are not, and each search that is spared costs as much as the look.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from deid.regexes import Regex

_parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
_DIGITS = frozenset("0123456789")
_ROW = re.compile("[0-9]+")
_NAMED = re.compile(r"\(\?P<\w+>")
_GLOBAL_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
_MOST_CHARACTERS = 600
"""A larger class, as that of all Chinese characters, is in every text."""
_MOST_DIGITS = 31
_WORD, _BYTES = 64, 8
"""Bits and bytes of the numbers that hold bits."""
_BEYOND = chr(0x10000)
"""Characters from here on are too rare to be followed."""
_WIDTHLESS = frozenset(("AT", "ASSERT_NOT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))

Clause = frozenset[str]
"""Characters, or pairs of neighbours, of which a match holds at least one."""
Bits: TypeAlias = npt.NDArray[np.uint64]
Numbers: TypeAlias = npt.NDArray[np.intp]


class Needs(NamedTuple):
    """Every clause must be met, and so many ASCII digits be there, and so many in a row."""

    clauses: frozenset[Clause] = frozenset()
    digits: int = 0
    row: int = 0
    only_digits: bool = False
    """Whether a match is digits and nothing else."""
    first: Clause | None = None
    last: Clause | None = None
    """The characters that a match can begin and end with; None where it cannot be told."""
    may_be_empty: bool = False
    shortest: int = 0
    longest: int = sys.maxsize
    """Lengths of a match."""


_NOTHING = Needs()


@lru_cache(maxsize=4096)
def needs(source: str, flags: int = 0) -> Needs:
    """What any match of a regex and its lookaheads hold; nothing where it cannot be told."""
    try:
        tree = _parser.parse(_looking_ahead(source), flags)
    except (re.error, RecursionError):
        return _NOTHING
    found = _of_sequence(tree, ignoring_case=bool(tree.state.flags & re.IGNORECASE))
    shortest, longest = tree.getwidth()
    return found._replace(shortest=int(shortest), longest=int(longest))


def _looking_ahead(source: str) -> str:
    """The regex with lookaheads for lookbehinds, which the standard library takes with one width only.

    What they hold must be in the text either way. Groups lose their names, which may come twice.
    """
    source = _NAMED.sub("(", source)
    while (start := source.find("(?<")) >= 0 and (end := _closing(source, start)):
        if source[start + 3] == "=":
            source = f"{source[:start]}(?={source[start + 4 :]}"
        elif source[start + 3] == "!":
            source = source[:start] + source[end:]
        else:
            return "("  # a group in the spelling of `regex`: not to be read
    return source


def _closing(source: str, start: int) -> int:
    """Where the group that opens at `start` is closed; 0 when it is not."""
    depth, position, in_class = 0, start, False
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            if source[position + 1] in "]^":
                position += 2 if source[position + 1 : position + 3] == "^]" else 1
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return 0


def _of_sequence(items: Iterable[tuple[Any, Any]], *, ignoring_case: bool) -> Needs:
    clauses: set[Clause] = set()
    digits = row = current = ahead = 0
    only_digits = empty = True
    first: Clause | None = frozenset()
    last: Clause | None = frozenset()
    for code, value in items:
        if str(code) in _WIDTHLESS:
            continue
        found = _of_item(str(code), value, ignoring_case=ignoring_case)
        clauses |= found.clauses
        row = max(row, found.row)
        if str(code) == "ASSERT":
            ahead = max(ahead, found.digits)
            continue
        if not (empty or found.may_be_empty):
            clauses |= _pairs(last, found.first)
        first = _either(first, found.first) if empty else first
        last = _either(last, found.last) if found.may_be_empty else found.last
        empty = empty and found.may_be_empty
        digits += found.digits
        current = current + found.digits if found.only_digits else 0
        row = max(row, current)
        only_digits = only_digits and found.only_digits
    return Needs(
        frozenset(clauses), max(digits, ahead), row, only_digits, first=first, last=last, may_be_empty=empty
    )


def _either(one: Clause | None, other: Clause | None) -> Clause | None:
    return None if one is None or other is None else one | other


def _pairs(last: Clause | None, first: Clause | None) -> set[Clause]:
    """That a character of `first` stands behind one of `last`; nothing where that says little."""
    if not last or not first or len(last) * len(first) > _MOST_CHARACTERS or last | first <= _DIGITS:
        return set()
    return {frozenset(one + other for one in last for other in first)}


def _of_item(code: str, value: Any, *, ignoring_case: bool) -> Needs:
    if code == "LITERAL":
        return _of_class(frozenset(chr(value)), ignoring_case=ignoring_case)
    if code == "IN":
        return _of_class(_class(value), ignoring_case=ignoring_case)
    if code == "SUBPATTERN":
        _, added, _, inner = value
        return _of_sequence(inner, ignoring_case=ignoring_case or bool(added & re.IGNORECASE))
    if code == "ATOMIC_GROUP":
        return _of_sequence(value, ignoring_case=ignoring_case)
    if code == "ASSERT":
        return _of_sequence(value[1], ignoring_case=ignoring_case)
    if code in _REPEATS:
        return _of_repeat(*value, ignoring_case=ignoring_case)
    if code == "BRANCH":
        return _of_any([_of_sequence(way, ignoring_case=ignoring_case) for way in value[1]])
    return _NOTHING


def _of_repeat(least: int, most: int, inner: Any, *, ignoring_case: bool) -> Needs:
    found = _of_sequence(inner, ignoring_case=ignoring_case)
    if not least:
        return Needs(only_digits=found.only_digits, first=found.first, last=found.last, may_be_empty=True)
    row = found.digits * least if found.only_digits else found.row
    again = _pairs(found.last, found.first) if least > 1 and not found.may_be_empty else set()
    return found._replace(clauses=found.clauses | again, digits=found.digits * least, row=row)


def _of_class(characters: Clause | None, *, ignoring_case: bool) -> Needs:
    if not characters or max(characters) >= _BEYOND:
        return _NOTHING
    if characters <= _DIGITS:
        return Needs(frozenset((characters,)), 1, 1, True, first=characters, last=characters)
    if ignoring_case:  # ſ and K match s and k: not worth following
        return _NOTHING
    return Needs(frozenset((characters,)), first=characters, last=characters)


def _class(items: Sequence[tuple[Any, Any]]) -> Clause | None:
    """The characters of a class; None where it is negated, large, or names a category."""
    characters: set[str] = set()
    for code, value in items:
        if str(code) == "LITERAL":
            characters.add(chr(value))
        elif str(code) == "RANGE" and value[1] - value[0] < _MOST_CHARACTERS:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(characters) if len(characters) <= _MOST_CHARACTERS else None


def _of_any(ways: Sequence[Needs]) -> Needs:
    """What holds whichever way is taken: the rarest clause of each way, in one."""
    return Needs(
        _clauses_of_any([way.clauses for way in ways]),
        min(way.digits for way in ways),
        min(way.row for way in ways),
        all(way.only_digits for way in ways),
        first=reduce(_either, (way.first for way in ways)),
        last=reduce(_either, (way.last for way in ways)),
        may_be_empty=any(way.may_be_empty for way in ways),
    )


def _clauses_of_any(ways: Sequence[frozenset[Clause]]) -> frozenset[Clause]:
    if not all(ways):
        return frozenset()
    together = frozenset().union(*(min(way, key=_commonness) for way in ways))
    shared = frozenset.intersection(*ways)
    return shared | {together} if len(together) <= _MOST_CHARACTERS else shared


def _commonness(clause: Clause) -> tuple[float, list[str]]:
    """How many of its characters and pairs a text will hold: nearly all digits, letters and marks, few pairs."""
    return sum((1.0 if gram.isascii() else 0.1) * (0.1 if len(gram) > 1 else 1.0) for gram in clause), sorted(
        clause
    )


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
        return re.compile(_beginning(self.pattern, self.flags), self.flags)


def _beginning(pattern: str, flags: int) -> str:
    """The regex, tried only where one of its first characters stands: to ask for that first is cheaper."""
    found = needs(pattern, flags)
    if not found.first or found.may_be_empty or _GLOBAL_FLAGS.match(pattern):
        return pattern
    if _skips_ahead(_parser.parse(pattern, flags)):
        return pattern
    characters = "".join(map(re.escape, sorted(found.first)))
    end = "\n" if flags & re.VERBOSE else ""  # the last line may be a comment
    return f"(?=[{characters}])(?:{pattern}{end})"


def _skips_ahead(items: Any) -> bool:
    """Whether `re` by itself goes on to the next of the first characters: where they are told at once, and no lookaround stands before."""
    code, value = items[0]
    if str(code) == "SUBPATTERN":
        return _skips_ahead(value[3])
    if str(code) == "BRANCH":
        return all(len(way) and str(way[0][0]) == "LITERAL" for way in value[1])
    return str(code) in ("LITERAL", "IN")


_screens: list[Screened] = []


def screens() -> list[Needs]:
    """The needs of every Screened regex so far, by number."""
    return [needs(screened.pattern, screened.flags) for screened in _screens]


class Sieve:
    """Tells for many regexes at once which of them a text may match, and that for many texts at once."""

    def __init__(self, wanted: Sequence[Needs]) -> None:
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
        self._pairs = np.zeros((len(firsts) + 1, len(seconds) + 1), np.int32)
        for pair in pairs:
            self._pairs[firsts[pair[0]], seconds[pair[1]]] = number[pair]

    def met(self, texts: Sequence[str]) -> Iterator[tuple[Numbers, Bits]]:
        """Numbers of texts, and the clauses that the characters of each meet; then the same for the pairs."""
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
        codes = np.minimum(codes, ord(_BEYOND))
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
    table = np.zeros(ord(_BEYOND) + 1, np.intp)
    table[list(map(ord, numbers))] = list(numbers.values())
    return table


def _packed(bits: npt.NDArray[np.bool_]) -> Bits:
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
