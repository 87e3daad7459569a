"""Values that are known beforehand: a client list, names certain in another document, words to keep.

They are found in every shadow form: spaced, hyphenated, full-width, traditional, with one
line break inside. Neither cue nor score is asked for, except where the value is also an
ordinary word.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import merge
from itertools import chain, compress, groupby, islice, repeat
from typing import overload

from deid.catalog.wordfinder import WordFinder
from deid.detection.joined import SKIPPED as _SKIPPED
from deid.detection.joined import Joined, without_gaps
from deid.grammar.name import is_han
from deid.normalize import Shadow, canonical, in_capitals, shadow
from deid.types import Detection

_LONGEST_GAP = 4
_TOGETHER = 50_000
"""Texts that are put in order, or joined, together."""
_PIECE = 1 << 16
"""Characters of packed values that are parted together."""


@dataclass(frozen=True)
class PackedValues(Sequence[tuple[str, str]]):
    """Many typed values in canonical form in few bytes: one text per type, a value a line."""

    lines: Mapping[str, str] = field(repr=False)
    size: int = 0

    @classmethod
    def of(cls, values: Iterable[tuple[str, str]]) -> PackedValues:
        """These values, each once. They are canonical, so no line breaks stand in them."""
        kinds: dict[str, set[str]] = {}
        for kind, value in values:
            kinds.setdefault(kind, set()).add(value)
        return cls.in_order({kind: sorted(some) for kind, some in kinds.items()})

    @classmethod
    def in_order(cls, values: Mapping[str, Iterable[str]]) -> PackedValues:
        """The same of values by type that are in order already."""
        found = cls({})
        for kind, some in values.items():
            found = found.with_values(kind, some)
        return found

    def with_values(self, kind: str, values: Iterable[str]) -> PackedValues:
        """These and the values of another type, which are in order and without line breaks; few of them are kept at a time."""
        parts, size, rest = list[str](), self.size, iter(values)
        while some := list(islice(rest, _TOGETHER)):
            parts.append("\n".join(some))
            size += len(some)
        lines = {**self.lines, kind: "\n".join(parts)} if parts else self.lines
        return PackedValues(dict(sorted(lines.items())), size)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for kind, text in self.lines.items():
            for value in _split(text):
                yield kind, value

    @overload
    def __getitem__(self, index: int) -> tuple[str, str]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[str, str], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, str] | tuple[tuple[str, str], ...]:
        return tuple(self)[index]


def _split(text: str) -> Iterator[str]:
    """The lines of a text, few of them in memory at a time."""
    start = 0
    while (end := text.find("\n", start + _PIECE)) >= 0:
        yield from text[start:end].split("\n")
        start = end + 1
    yield from text[start:].split("\n")


class SortedTexts(Iterable[str]):
    """Very many texts without line breaks, each once and in order; few of them are objects at a time."""

    def __init__(self) -> None:
        self._fresh: set[str] = set()
        self._blocks: list[str] = []

    def add(self, texts: Iterable[str]) -> None:
        self._fresh.update(texts)
        if len(self._fresh) > _TOGETHER:
            self._close()

    def add_lines(self, texts: str) -> None:
        """Add texts that are in order, each of them a line of one."""
        if texts:
            self._blocks.append(texts)

    def lines(self) -> str:
        """All of them, each a line."""
        return "\n".join(self)

    def __iter__(self) -> Iterator[str]:
        if self._fresh:
            self._close()
        if len(self._blocks) < 2:
            return chain.from_iterable(map(_split, self._blocks))
        return (text for text, _ in groupby(merge(*map(_split, self._blocks))))

    def _close(self) -> None:
        self._blocks.append("\n".join(sorted(self._fresh)))
        self._fresh.clear()


@dataclass(frozen=True)
class HashedValues(Container[tuple[str, str]]):
    """Whether a typed value is one of very many: eight bytes each. Of another one in 10¹³ is taken for one of a million."""

    hashes: array[int] = field(repr=False)

    @classmethod
    def of(cls, values: Iterable[tuple[str, str]]) -> HashedValues:
        return cls(in_order(array("q", map(hash, values))))

    def __contains__(self, value: object) -> bool:
        code = hash(value)
        place = bisect_left(self.hashes, code)
        return place < len(self.hashes) and self.hashes[place] == code

    def without(self, kind: str, values: Sequence[str]) -> Iterator[str]:
        """Those values of a type that are not among them."""
        if not self.hashes:
            return iter(values)
        import numpy  # it is large

        known = numpy.frombuffer(self.hashes, self.hashes.typecode)
        codes = numpy.fromiter(map(hash, zip(repeat(kind), values)), known.dtype, len(values))
        places = numpy.searchsorted(known, codes).clip(max=len(known) - 1)
        return compress(values, known[places] != codes)


def in_order(numbers: array[int]) -> array[int]:
    """The same array, sorted where it lies: as a list it would take five times as much."""
    if numbers:
        import numpy  # it is large

        numpy.frombuffer(numbers, numbers.typecode).sort()
    return numbers


@dataclass(frozen=True)
class ValueFinder:
    """Finds typed values. `values` are `(entity type, value)`; picklable."""

    values: Sequence[tuple[str, str]]
    score: float = 1.0
    evidence: str = "known"

    @classmethod
    def of(
        cls, values: Iterable[tuple[str, str]], *, score: float = 1.0, evidence: str = "known"
    ) -> ValueFinder:
        return cls(tuple(sorted(set(values))), score, evidence)

    def among(self, texts: Iterable[str]) -> ValueFinder:
        """The same for the few values that may stand in some short texts: every two characters of which do."""
        plain = [_SKIPPED.sub("", in_capitals(shadow(text, links=True).text)) for text in texts]
        pairs = {text[at : at + 2] for text in plain for at in range(len(text) - 1)}
        is_plain = isinstance(self.values, PackedValues)
        found = []
        for kind, value in self.values:
            word = _SKIPPED.sub("", value if is_plain else canonical(value, kind))
            if all(word[at : at + 2] in pairs for at in range(len(word) - 1)):
                found.append((kind, value))
        return replace(self, values=tuple(found))

    @property
    def kinds(self) -> frozenset[str]:
        """The types of the values."""
        if isinstance(self.values, PackedValues):
            return frozenset(self.values.lines)
        return frozenset(kind for kind, _ in self.values)

    def of_types(self, kinds: Container[str]) -> Iterator[tuple[str, str]]:
        """The values of some types."""
        if not isinstance(self.values, PackedValues):
            return ((kind, value) for kind, value in self.values if kind in kinds)
        lines = {kind: text for kind, text in self.values.lines.items() if kind in kinds}
        return iter(PackedValues(lines))

    def __bool__(self) -> bool:
        return bool(self.values)

    def __getstate__(self) -> dict[str, object]:
        return {"values": self.values, "score": self.score, "evidence": self.evidence}

    @cached_property
    def _index(self) -> WordFinder[str]:
        """Canonical values without gaps → entity type; the first type of a value counts."""
        is_plain = isinstance(self.values, PackedValues)  # they are canonical
        words = (
            (_SKIPPED.sub("", value if is_plain else canonical(value, entity_type)), entity_type)
            for entity_type, value in self.values
        )
        return WordFinder((word, entity_type) for word, entity_type in words if len(word) > 1)

    def find(self, read: Shadow) -> Iterator[Detection]:
        """Detections in offsets of the original text."""
        if not self.values:
            return
        text = in_capitals(read.text)
        compact = without_gaps(text)
        found = list(self._index.find_all(compact))
        gaps = _Gaps(text) if found and len(compact) < len(text) else None
        for start, end, entity_type in found:
            first, last = (start, end) if gaps is None else (gaps.place(start), gaps.place(end - 1) + 1)
            if self._stands_alone(text, first, last, end - start):
                yield Detection(
                    entity_type, *read.original(first, last), self.score, self.evidence, (self.evidence,)
                )

    def may_stand(self, texts: Joined, *, across: bool = False) -> set[int]:
        """Which of the texts may hold a value; `find` tells. With `across` only those that hold one in several cells."""
        if not self.values:
            return set()
        spans: Iterable[tuple[int, int]] = (
            (start, end) for start, end, _ in self._index.find_all(texts.compact)
        )
        return set(texts.among_compact(texts.crossing(spans) if across else spans)) | texts.unread

    def types_among(self, texts: Joined) -> set[tuple[int, str]]:
        """Which of the texts that are not `unread` may hold a value of which types."""
        found = list(self._index.find_all(texts.compact)) if self.values else []
        places = texts.among_compact((start, end) for start, end, _ in found)
        return set(zip(places, (entity_type for _, _, entity_type in found), strict=True))

    @staticmethod
    def _stands_alone(text: str, start: int, end: int, length: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        if _same_run(before, text[start]) or _same_run(text[end - 1], after):
            return False
        if end - start == length:
            return True
        inside = text[start:end]
        gaps = _SKIPPED.findall(inside)
        if inside.count("\n") > 1 or any(len(gap) > _LONGEST_GAP for gap in gaps):
            return False
        if len(gaps) == length - 1 > 1:  # 杜 仲 平: every character stands apart
            return True
        # 国王 平时 holds 王平 across a space: in Han text a gap counts only in a field of its own
        return not (is_han(text[start]) and (is_han(before) or is_han(after)))


def _same_run(one: str, other: str) -> bool:
    """Whether two neighbours are digits of one number or letters of one word; tel177 ends a word and begins a number."""
    ascii_pair = one.isascii() and other.isascii()
    return ascii_pair and ((one.isdigit() and other.isdigit()) or (one.isalpha() and other.isalpha()))


class _Gaps:
    """Where the characters of a text without gaps stood."""

    def __init__(self, text: str) -> None:
        self._starts, self._sizes = array("q"), array("q", [0])
        size = 0
        for gap in _SKIPPED.finditer(text):
            self._starts.append(gap.start() - size)
            size += gap.end() - gap.start()
            self._sizes.append(size)

    def place(self, place: int) -> int:
        """Where the character at `place` was."""
        return place + self._sizes[bisect_right(self._starts, place)]
