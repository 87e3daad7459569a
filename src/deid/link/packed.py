"""Millions of small things in few bytes each: tuples by number, and numbers by text."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any
from zlib import crc32

from deid.hashes import code_of
from deid.pages import Ordered, PagedBytes, PagedNumbers, Pages, pairs_in_order
from deid.types import Subject

_BITS = 64
_FRESH = 512
"""Entries of an index that are taken in together."""
_TOGETHER, _AT_ONCE = 1 << 14, 128
"""Contents that are put in order together, and that are packed together for it."""


class Packed:
    """Tuples of strings, bytes and numbers, or single ones, by number."""

    def __init__(self, pages: Pages | None = None) -> None:
        self._bytes, self._ends = PagedBytes(pages), PagedNumbers(pages, "Q")
        self._size = 0

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, content: Any) -> None:
        self.append_written(marshal.dumps(content))

    def append_written(self, content: bytes | bytearray) -> None:
        """The same of what `written` gives."""
        self._bytes += content
        self._size += len(content)
        self._ends.append(self._size)

    def __getitem__(self, number: int) -> Any:
        return marshal.loads(self.written(number))

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))

    def written(self, number: int) -> bytes | bytearray:
        """A tuple as it is kept."""
        start, end = self._ends.two(number - 1) if number else (0, self._ends[0])
        return self._bytes.part(start, end)

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        self._ends.cut(count)
        self._size = self._ends[count - 1] if count else 0
        self._bytes.cut(self._size)


def in_order(pages: Pages | None, some: Iterable[tuple[int, Any]], count: int) -> Iterator[tuple[int, Any]]:
    """Codes of 64 bits in ascending order, of equal ones the first first, with what stood beside each.

    There are about `count`. They are parted by the first bits of the codes, so that few are in memory.
    """
    bits = (count // _TOGETHER).bit_length() if pages is not None else 0
    parts = [(Packed(pages), list[tuple[int, Any]]()) for _ in range(1 << bits)]
    for one in some:
        packed, fresh = parts[one[0] >> _BITS - bits]
        fresh.append(one)
        if bits and len(fresh) == _AT_ONCE:
            packed.append(fresh)
            fresh.clear()
    for packed, fresh in parts:
        yield from sorted(chain(chain.from_iterable(packed), fresh), key=itemgetter(0))


class Index:
    """Numbers by text, all that there are of one, in ascending order; twelve bytes each.

    Texts are known by their hashes, so this is for one process.
    """

    def __init__(self, pages: Pages | None = None) -> None:
        self._pages = pages
        self._codes, self._numbers = PagedNumbers(pages, "Q"), PagedNumbers(pages, "I")
        self._fresh, self._others = array("Q"), array("I")
        """Codes and numbers that are not yet among those."""
        self._ordered: Ordered | None = None

    def add(self, text: str | bytes, number: int) -> None:
        self._add(code_of(text), number)

    def _add(self, code: int, number: int) -> None:
        self._fresh.append(code)
        self._others.append(number)
        if len(self._fresh) == _FRESH:
            self._take_in()
        self._ordered = None

    def _take_in(self) -> None:
        self._codes.extend(self._fresh)
        self._numbers.extend(self._others)
        del self._fresh[:], self._others[:]

    def extend(self, codes: array[int], numbers: array[int]) -> None:
        """The same for the codes of many texts."""
        self._codes.extend(codes)
        self._numbers.extend(numbers)
        self._ordered = None

    def get(self, text: str | bytes) -> Sequence[int]:
        """All numbers of a text."""
        ordered, code = self._order, code_of(text)
        start = ordered.place(code)
        if start < 0:
            return ()
        if start + 1 == len(ordered) or ordered.numbers[start + 1] != code:  # most texts have one
            return (self._numbers[start],)
        return self._numbers.part(start, ordered.places(code).stop)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and code_of(text) in self._order

    def among(self, others: Index) -> Index:
        """The same for texts that are in another one too."""
        found = Index(self._pages)
        for code, number in zip(self._order.numbers, self._numbers, strict=True):
            if code in others._order:
                found._add(code, number)
        return found

    def numbers(self) -> PagedNumbers:
        """The numbers of all texts."""
        self._take_in()
        return self._numbers

    def __len__(self) -> int:
        return len(self._order)

    @property
    def _order(self) -> Ordered:
        if self._ordered is None:
            self._take_in()
            codes, self._numbers = pairs_in_order(self._pages, self._codes, self._numbers)
            self._codes, self._ordered = codes, Ordered(codes)
        return self._ordered


class PackedSubjects(Mapping[str, Subject]):
    """Subjects by name, of whom there may be as many as rows. Picklable."""

    def __init__(self, subjects: Iterable[tuple[str, Subject]] = (), pages: Pages | None = None) -> None:
        packed, codes, places = Packed(pages), PagedNumbers(pages, "Q"), PagedNumbers(pages, "I")
        for place, (name, s) in enumerate(subjects):
            codes.append(_code_for_all(name))
            places.append(place)
            packed.append(
                (name, s.id, s.role, tuple(sorted(s.attributes)), s.name, s.sex, s.birth, s.first_day)
            )
        codes, places = pairs_in_order(pages, codes, places)
        self._codes, self._packed = Ordered(codes), Packed(pages)
        for place in places:
            self._packed.append_written(packed.written(place))

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[str]:
        return (self._packed[place][0] for place in range(len(self)))

    def __getitem__(self, name: str) -> Subject:
        for place in self._codes.places(_code_for_all(name)):
            there, token, role, attributes, *about = self._packed[place]
            if there == name:
                return Subject(token, role, frozenset(attributes), *about)
        raise KeyError(name)


def _code_for_all(text: str) -> int:
    """A number of 64 bits that every process has for a text; of 32 of them each text has its own."""
    return crc32(text.encode("utf-8", "surrogatepass")) << _BITS // 2
