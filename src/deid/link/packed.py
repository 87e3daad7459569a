"""Millions of small things in few bytes each: tuples by number, and numbers by text."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from deid.types import Subject

_BITS = 64
_FEW = 1000
"""Codes that are put in order without numpy, which takes long to be called."""


class Packed:
    """Tuples of strings, bytes and numbers, by number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, content: tuple[Any, ...]) -> None:
        self._bytes += marshal.dumps(content)
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> Any:
        return marshal.loads(self._bytes[self._start(number) : self._ends[number]])

    def picked(self, order: Iterable[int]) -> Packed:
        """The same in another order."""
        found = Packed()
        for number in order:
            found._bytes += self._bytes[self._start(number) : self._ends[number]]
            found._ends.append(len(found._bytes))
        return found

    def _start(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        del self._ends[count:]
        del self._bytes[self._ends[-1] if count else 0 :]


class Index:
    """Numbers by text, all that there are of one, in ascending order; twelve bytes each.

    Texts are known by their hashes, so this is for one process.
    """

    def __init__(self) -> None:
        self._codes, self._numbers = array("Q"), array("I")
        self._sorted = True

    def add(self, text: str | bytes, number: int) -> None:
        self._codes.append(code_of(text))
        self._numbers.append(number)
        self._sorted = False

    def extend(self, codes: Sequence[int], numbers: Sequence[int]) -> None:
        """The same for the codes of many texts."""
        self._codes.extend(codes)
        self._numbers.extend(numbers)
        self._sorted = False

    def get(self, text: str | bytes) -> Sequence[int]:
        """All numbers of a text."""
        if not self._sorted:
            self._sort()
        codes, code = self._codes, code_of(text)
        start = bisect_left(codes, code)
        if start == len(codes) or codes[start] != code:
            return ()
        end = start + 1  # most texts have one
        if end < len(codes) and codes[end] == code:
            end = bisect_right(codes, code, end)
        return self._numbers[start:end]

    def numbers(self) -> Sequence[int]:
        """The numbers of all texts."""
        return self._numbers

    def _sort(self) -> None:
        import numpy

        codes, numbers = numpy.frombuffer(self._codes, "u8"), numpy.frombuffer(self._numbers, "u4")
        order = numpy.lexsort((numbers, codes))
        codes, numbers = codes[order], numbers[order]
        fresh = numpy.ones(len(codes), dtype=bool)
        fresh[1:] = (codes[1:] != codes[:-1]) | (numbers[1:] != numbers[:-1])
        self._codes = array("Q", codes[fresh].tobytes())
        self._numbers = array("I", numbers[fresh].tobytes())
        self._sorted = True


class Hashes(Container[str]):
    """Texts that are known by their codes, eight bytes each; so this is for one process."""

    def __init__(self, codes: array[int]) -> None:
        if len(codes) < _FEW:
            self._codes = array("Q", sorted(set(codes)))
            return
        import numpy

        self._codes = array("Q", numpy.unique(numpy.frombuffer(codes, "u8")).tobytes())

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self._has(code_of(text))

    def among(self, others: Hashes) -> Hashes:
        """Those that are among others too."""
        return Hashes(array("Q", filter(others._has, self._codes)))

    def _has(self, code: int) -> bool:
        place = bisect_left(self._codes, code)
        return place < len(self._codes) and self._codes[place] == code


class PackedSubjects(Mapping[str, Subject]):
    """Subjects by name, of whom there may be as many as rows. Picklable."""

    def __init__(self, subjects: Iterable[tuple[str, Subject]] = ()) -> None:
        packed, codes = Packed(), array("I")
        for name, s in subjects:
            codes.append(_code_for_all(name))
            packed.append(
                (name, s.id, s.role, tuple(sorted(s.attributes)), s.name, s.sex, s.birth, s.first_day)
            )
        order = sorted(range(len(codes)), key=codes.__getitem__)
        self._codes, self._packed = array("I", (codes[place] for place in order)), packed.picked(order)

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[str]:
        return (self._packed[place][0] for place in range(len(self)))

    def __getitem__(self, name: str) -> Subject:
        code = _code_for_all(name)
        for place in range(bisect_left(self._codes, code), len(self)):
            if self._codes[place] != code:
                break
            there, token, role, attributes, *about = self._packed[place]
            if there == name:
                return Subject(token, role, frozenset(attributes), *about)
        raise KeyError(name)


def _code_for_all(text: str) -> int:
    """A number of 32 bits that every process has for a text."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def code_of(text: str | bytes) -> int:
    """A number of 64 bits that hardly two texts have in common; in another process it is another one."""
    return hash(text) & (1 << _BITS) - 1


def sorted_order(codes: array[int]) -> array[int]:
    """The places of the codes in ascending order; of equal ones the first is first."""
    import numpy  # large, and needed only where names are linked

    return array("Q", numpy.argsort(numpy.frombuffer(codes, "u8"), kind="stable").astype("u8").tobytes())


def order_of(codes: bytes | bytearray) -> array[int]:
    """The same of codes of sixteen bytes that lie one after the other."""
    import numpy

    halves = numpy.frombuffer(codes, ">u8").reshape(-1, 2)
    return array("Q", numpy.lexsort((halves[:, 1], halves[:, 0])).astype("u8").tobytes())


def picked(numbers: array[int], order: array[int]) -> array[int]:
    """The numbers in another order."""
    import numpy

    kind = numbers.typecode
    return array(kind, numpy.frombuffer(numbers, kind)[numpy.frombuffer(order, "u8")].tobytes())
