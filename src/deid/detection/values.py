"""Values that are known beforehand: a client list, names certain in another document, words to keep.

They are found in every shadow form: spaced, hyphenated, full-width, traditional, with one
line break inside. Neither cue nor score is asked for, except where the value is also an
ordinary word.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import merge
from itertools import chain, groupby, islice
from typing import overload

from deid.catalog.wordfinder import WordFinder
from deid.detection.joined import SKIPPED as _SKIPPED
from deid.detection.joined import Joined, without_gaps
from deid.grammar.name import is_han
from deid.hashes import Hashes, code_of
from deid.normalize import Shadow, canonical, in_capitals, shadow
from deid.pages import PagedBytes, PagedNumbers, Pages
from deid.regexes import Regex
from deid.types import Detection

_LONGEST_GAP = 4
_MOBILE, _CODE, _LONGEST_CODE = Regex("1[3-9][0-9]{9}"), Regex("[0-9A-Z]{16,}"), 24
_TOGETHER = 50_000
"""Texts that are put in order together."""
_PIECE = 500
"""Texts that are packed together."""


class PackedTexts(Iterable[str]):
    """Very many texts without line breaks in few bytes; few of them are objects at a time. With `pages` they are there."""

    def __init__(self, texts: Iterable[str] = (), pages: Pages | None = None) -> None:
        self._written, self._ends = PagedBytes(pages), PagedNumbers(pages, "Q")
        self.size = 0
        rest = iter(texts)
        while some := list(islice(rest, _PIECE)):
            self.size += len(some)
            self._written += "\n".join(some).encode("utf-8", "surrogatepass")
            self._ends.append(len(self._written))

    def __bool__(self) -> bool:
        return len(self._ends) > 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedTexts) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(lines.split("\n") for lines in self.pieces())

    def pieces(self) -> Iterator[str]:
        """The texts, each a line, some at a time."""
        start = 0
        for end in self._ends:
            yield self._written.part(start, end).decode("utf-8", "surrogatepass")
            start = end


@dataclass(frozen=True)
class PackedValues(Sequence[tuple[str, str]]):
    """Many typed values in canonical form in few bytes."""

    texts: Mapping[str, PackedTexts] = field(repr=False)
    """By type the values, in order."""
    pages: Pages | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, values: Iterable[tuple[str, str]]) -> PackedValues:
        """These values, each once. They are canonical, so no line breaks stand in them."""
        kinds: dict[str, set[str]] = {}
        for kind, value in values:
            kinds.setdefault(kind, set()).add(value)
        return cls.in_order({kind: sorted(some) for kind, some in kinds.items()})

    @classmethod
    def in_order(cls, values: Mapping[str, Iterable[str]], pages: Pages | None = None) -> PackedValues:
        """The same of values by type that are in order already."""
        found = cls({}, pages)
        for kind, some in values.items():
            found = found.with_values(kind, some)
        return found

    def with_values(self, kind: str, values: Iterable[str]) -> PackedValues:
        """These and the values of another type, which are in order and without line breaks; few of them are kept at a time."""
        texts = PackedTexts(values, self.pages)
        return replace(self, texts=dict(sorted({**self.texts, kind: texts}.items()))) if texts else self

    def of_types(self, kinds: Container[str]) -> PackedValues:
        """The values of some types."""
        return replace(self, texts={kind: texts for kind, texts in self.texts.items() if kind in kinds})

    def __len__(self) -> int:
        return sum(texts.size for texts in self.texts.values())

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for kind, texts in self.texts.items():
            for value in texts:
                yield kind, value

    @overload
    def __getitem__(self, index: int) -> tuple[str, str]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[str, str], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, str] | tuple[tuple[str, str], ...]:
        return tuple(self)[index]


class SortedTexts(Iterable[str]):
    """Very many texts without line breaks, each once and in order; few of them are objects at a time."""

    def __init__(self, pages: Pages | None = None) -> None:
        self._pages = pages
        self._fresh: set[str] = set()
        self._blocks: list[PackedTexts] = []

    def add(self, texts: Iterable[str]) -> None:
        self._fresh.update(texts)
        if len(self._fresh) > _TOGETHER:
            self._close()

    def __iter__(self) -> Iterator[str]:
        if self._fresh:
            self._close()
        blocks = self._blocks
        if len(blocks) < 2:
            return chain.from_iterable(blocks)
        return (text for text, _ in groupby(merge(*blocks)))

    def _close(self) -> None:
        self._blocks.append(PackedTexts(sorted(self._fresh), self._pages))
        self._fresh.clear()


class HashedValues(Container[tuple[str, str]]):
    """Whether a typed value is one of very many. Of another one in 10¹³ is taken for one of a million."""

    def __init__(self, values: Iterable[tuple[str, str]], pages: Pages | None = None) -> None:
        self._codes, self._kinds = Hashes(pages), set[str]()
        for value in values:
            self._kinds.add(value[0])
            self._codes.add(code_of(value))

    def __contains__(self, value: tuple[str, str]) -> bool:  # type: ignore[override]
        return value[0] in self._kinds and code_of(value) in self._codes

    def without(self, kind: str, values: Iterable[str]) -> Iterator[str]:
        """Those values of a type that are not among them."""
        if kind not in self._kinds:
            return iter(values)
        return (value for value in values if (kind, value) not in self)


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
        reads = (read for text in texts for read in shadow(text, links=True).orders())
        plain = [_SKIPPED.sub("", in_capitals(read.text)) for read in reads]
        pairs = {text[at : at + 2] for text in plain for at in range(len(text) - 1)}
        is_plain = isinstance(self.values, PackedValues)
        found = []
        for kind, value in self.values:
            first = value[:2]
            if is_plain and first not in pairs and first.isalnum() and len(first) == 2:
                continue  # as most
            word = _SKIPPED.sub("", value if is_plain else canonical(value, kind))
            if all(word[at : at + 2] in pairs for at in range(len(word) - 1)):
                found.append((kind, value))
        return replace(self, values=tuple(found))

    @property
    def kinds(self) -> frozenset[str]:
        """The types of the values."""
        if isinstance(self.values, PackedValues):
            return frozenset(self.values.texts)
        return frozenset(kind for kind, _ in self.values)

    def of_types(self, kinds: Container[str]) -> Iterator[tuple[str, str]]:
        """The values of some types."""
        if not isinstance(self.values, PackedValues):
            return ((kind, value) for kind, value in self.values if kind in kinds)
        return iter(self.values.of_types(kinds))

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
        pages = self.values.pages if isinstance(self.values, PackedValues) else None
        return WordFinder(((word, kind) for word, kind in words if len(word) > 1), pages=pages)

    def find(self, read: Shadow) -> Iterator[Detection]:
        """Detections in offsets of the original text, in the order in which it is shown or stored."""
        for one in read.orders() if self.values else ():
            yield from self._find(one)

    def _find(self, read: Shadow) -> Iterator[Detection]:
        text = in_capitals(read.text)
        compact = without_gaps(text)
        found = list(self._index.find_all(compact))
        gaps = _Gaps(text) if found and len(compact) < len(text) else None
        for start, end, entity_type in found:
            first, last = (start, end) if gaps is None else (gaps.place(start), gaps.place(end - 1) + 1)
            if self._stands_alone(text, first, last, end - start) or self._is_within_code(
                text, first, last, entity_type
            ):
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

    @staticmethod
    def _is_within_code(text: str, start: int, end: int, entity_type: str) -> bool:
        """A mobile number in the number of an order, which nothing has by chance: KZ24060718676860099001."""
        if entity_type != "PHONE_NUMBER" or not _MOBILE.fullmatch(text, start, end):
            return False
        codes = _CODE.finditer(text, max(0, start - _LONGEST_CODE), end + _LONGEST_CODE)
        return any(code.start() <= start and end <= code.end() for code in codes)


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
