"""Very many things that are known by hashes of 64 bits, some with a number beside each.

Where they are many they lie in a file without a name, and what is in memory is where to look in it. Hashes are
those of Python (SipHash, by a key that is in memory alone and made anew in each process), so nobody can tell
from the file what was hashed.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from deid.pages import FEW, PagedNumbers, Pages, parted, write_all

_MOST = 1 << 18
"""Hashes that are in memory."""
_TOGETHER = 32
"""Hashes that are looked through for one, about."""
_ALL = (1 << 64) - 1
_KEYED = os.environ.get("PYTHONHASHSEED", "random") in ("", "random")
"""Whether nobody else can work out the hashes."""


def code_of(text: str | bytes | tuple[str, str]) -> int:
    """A number of 64 bits that hardly two have in common; in another process it is another one."""
    return hash(text) & _ALL


class Hashes:
    """Codes of 64 bits, each with a number of the `kind` that an array has; the same ones as often as they were added.

    First all are added, then they are looked for. With `pages` they may be more than memory holds.
    """

    def __init__(self, pages: Pages | None = None, kind: str = "B") -> None:
        self._pages, self._kind = pages, kind
        self._added, self._beside = PagedNumbers(pages, "Q"), PagedNumbers(pages, kind)
        self._is_settled = False
        self._shift, self._firsts = 64, array("I", [0, 0])
        """How many bits of a code do not count for where it is looked for, and by the others where those begin."""
        self._codes, self._numbers = _Flat("Q"), _Flat(kind)

    def add(self, code: int, number: int = 0) -> None:
        self._added.append(code)
        self._beside.append(number)

    def extend(self, codes: array[int], numbers: array[int]) -> None:
        """Add many."""
        self._added.extend(codes)
        self._beside.extend(numbers)

    def number(self, code: int) -> int:
        """The number that was added first with a code; -1 where there is none."""
        if not self._is_settled:
            self._settle()
        top = code >> self._shift
        first, end = self._firsts[top], self._firsts[top + 1]
        if self._codes.file is None:
            codes = self._codes.here
            at = bisect_left(codes, code, first, end)
            return self._numbers.here[at] if at < end and codes[at] == code else -1
        some = self._codes.part(first, end)
        at = bisect_left(some, code)
        if at == end - first or some[at] != code:
            return -1
        return self._numbers.part(first + at, first + at + 1)[0]

    def __contains__(self, code: int) -> bool:
        return self.number(code) >= 0

    def numbers(self, code: int) -> Sequence[int]:
        """All numbers of a code, as they were added."""
        if not self._is_settled:
            self._settle()
        top = code >> self._shift
        first = self._firsts[top]
        some = self._codes.part(first, self._firsts[top + 1])
        start = bisect_left(some, code)
        return self._numbers.part(first + start, first + bisect_right(some, code, start))

    def _settle(self) -> None:
        """Put all in order. Where that fails, all that was added is still there."""
        count, folder = len(self._added), None
        if self._pages is not None and count > _MOST and _KEYED:
            folder = self._pages.folder
        codes, numbers = _Flat("Q", folder), _Flat(self._kind, folder)
        if count < FEW:
            self._settle_few(codes, numbers)
        else:
            self._settle_many(codes, numbers)
        self._codes, self._numbers, self._is_settled = codes, numbers, True
        self._added, self._beside = PagedNumbers(None, "Q"), PagedNumbers(None, self._kind)

    def _settle_few(self, codes: _Flat, numbers: _Flat) -> None:
        pairs = sorted(zip(self._added, self._beside, strict=True), key=itemgetter(0))
        codes.extend(array("Q", (code for code, _ in pairs)))
        numbers.extend(array(self._kind, (number for _, number in pairs)))
        self._firsts[1] = len(pairs)

    def _settle_many(self, codes: _Flat, numbers: _Flat) -> None:
        import numpy  # large, and needed only where there are many

        bits = (len(self._added) // _TOGETHER).bit_length()
        counts = numpy.zeros((1 << bits) + 1, "u4")
        for some, beside in parted(self._pages, self._added, self._beside):
            one, other = numpy.frombuffer(some, "u8"), numpy.frombuffer(beside, self._kind)
            order = numpy.argsort(one, kind="stable")
            one = one[order]
            codes.extend(array("Q", one.tobytes()))
            numbers.extend(array(self._kind, other[order].tobytes()))
            tops, found = numpy.unique(one >> numpy.uint64(64 - bits), return_counts=True)
            counts[tops + numpy.uint64(1)] = found
        self._firsts = array("I", numpy.cumsum(counts, dtype="u4").tobytes())
        self._shift = 64 - bits


class _Flat:
    """Numbers one after the other, in memory or with `folder` in a file."""

    def __init__(self, kind: str, folder: Path | None = None) -> None:
        self._kind, self.here = kind, array(kind)
        self._size = self.here.itemsize
        self.file: IO[bytes] | None = None
        if folder:
            self.file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - ends with this object
        self._descriptor = self.file.fileno() if self.file else -1

    def __del__(self) -> None:
        if self.file is not None:
            self.file.close()

    def extend(self, numbers: array[int]) -> None:
        if self.file is None:
            self.here.extend(numbers)
        else:
            write_all(self.file, memoryview(numbers).cast("B"))

    def part(self, start: int, end: int) -> Sequence[int]:
        """Those from `start` to `end`."""
        if self.file is None:
            return self.here[start:end]
        size = self._size
        if sys.platform == "win32":
            self.file.seek(start * size)
            content = self.file.read((end - start) * size)
        else:
            content = os.pread(self._descriptor, (end - start) * size, start * size)
        return memoryview(content).cast(self._kind)  # type: ignore[call-overload,no-any-return]
