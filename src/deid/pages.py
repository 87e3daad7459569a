"""Bytes and numbers of which there are as many as rows of a table: what memory need not hold lies in a file, encrypted.

The key of that file (AES-256-GCM, NIST SP 800-38D) is in memory alone and made anew each time: when the
process and those to which it gave its pages have ended, nobody can read what is left of it.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile, mkstemp
from typing import IO, Any, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PAGE = 1 << 12
"""Bytes of a page: one is opened for each row of which the person was not met lately."""
_KEPT = 4096
"""Pages in memory: 16 MB."""
_KEY_BITS, _NONCE, _TAG = 256, 12, 16
_NAME = "pages-"
"""How names of the files begin."""
_TOGETHER = 1 << 16
"""Numbers that are put in order together."""
FEW = 1000
"""Those that are put in order without numpy, which takes long to be called."""


class Pages:
    """Pages by number, of which those that were asked for last are in memory, and the others in a file in `folder`.

    Picklable: another process reads the pages that were there, and adds others of its own.
    """

    def __init__(self, folder: Path, *, kept: int = _KEPT) -> None:
        self.folder, self._most = folder, kept
        self._held: OrderedDict[int, bytes] = OrderedDict()
        self._written = bytearray()
        """By number, whether a page is in the file; of the own ones."""
        self._own = _Sealed(folder, has_name=True)
        self._given, self._others = 0, self._own
        """How many pages another process gave, and their file."""

    def __getstate__(self) -> dict[str, Any]:
        for number, content in self._held.items():
            if number >= self._given and not self._written[number - self._given]:
                self._write(number, content)
        return {"folder": self.folder, "most": self._most, "given": len(self._written), "others": self._own}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["folder"], kept=state["most"])  # type: ignore[misc]
        self._own = _Sealed(self.folder, has_name=False)
        self._given, self._others = state["given"], state["others"]

    def put(self, content: bytes) -> int:
        """Keep PAGE bytes; the number of the page."""
        number = self._given + len(self._written)
        self._written.append(False)
        self._hold(number, content)
        return number

    def get(self, number: int) -> bytes:
        """The page of this number."""
        content = self._held.get(number)
        if content is None:
            content = self._read(number)
            self._hold(number, content)
        else:
            self._held.move_to_end(number)
        return content

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget pages for which nobody will ask."""
        for number in numbers:
            self._held.pop(number, None)

    def close(self) -> None:
        """Forget all."""
        self._held.clear()
        self._others.close()
        self._own.close()
        self._own.remove()

    def _hold(self, number: int, content: bytes) -> None:
        self._held[number] = content
        if len(self._held) > self._most:
            old, content = self._held.popitem(last=False)
            if old >= self._given and not self._written[old - self._given]:
                self._write(old, content)

    def _write(self, number: int, content: bytes) -> None:
        self._own.write(number - self._given, content)
        self._written[number - self._given] = True

    def _read(self, number: int) -> bytes:
        return self._own.read(number - self._given) if number >= self._given else self._others.read(number)


class _Sealed:
    """An encrypted file of pages. One that has a name is picklable, to be read by other processes until it is removed;
    of another one nothing is left when the process ends, however it does.
    """

    def __init__(self, folder: Path, *, has_name: bool) -> None:
        self._folder, self._has_name, self._key = folder, has_name, AESGCM.generate_key(_KEY_BITS)
        self._path: Path | None = None
        self._file: IO[bytes] | None = None
        self._cipher = AESGCM(self._key)

    def __getstate__(self) -> dict[str, Any]:
        assert self._has_name
        return {"key": self._key, "path": self._path}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._key, self._path = state["key"], state["path"]
        self._file, self._cipher = None, AESGCM(self._key)

    def write(self, number: int, content: bytes) -> None:
        if self._file is None:
            self._file = self._made()
        self._file.seek(number * (PAGE + _TAG))
        write_all(self._file, memoryview(self._cipher.encrypt(_nonce(number), content, None)))

    def _made(self) -> IO[bytes]:
        if not self._has_name:
            return TemporaryFile(dir=self._folder, buffering=0)
        handle, name = mkstemp(prefix=_NAME, dir=self._folder)
        os.close(handle)
        self._path = Path(name)
        return self._path.open("w+b", buffering=0)

    def read(self, number: int) -> bytes:
        if self._file is None:
            assert self._path is not None
            self._file = self._path.open("rb", buffering=0)
        self._file.seek(number * (PAGE + _TAG))
        return self._cipher.decrypt(_nonce(number), self._file.read(PAGE + _TAG), None)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def remove(self) -> None:
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def write_all(file: IO[bytes], content: memoryview) -> None:
    """Write to a file without a buffer, which takes a part only where the disk is nearly full. OSError where it is full."""
    while content:
        content = content[file.write(content) :]


def remove_left(folder: Path) -> None:
    """Remove what a process that was killed left in a folder."""
    for path in folder.glob(f"{_NAME}*"):
        path.unlink(missing_ok=True)


def _nonce(number: int) -> bytes:
    # no page is written twice, and each file has a key of its own
    return number.to_bytes(_NONCE, "big")


_NONE = array("Q")
"""Of pages, while there are none."""


class PagedBytes:
    """Very many bytes, to which others are added at the end. Without `pages` they are all in memory."""

    __slots__ = "_numbers", "_pages", "_tail"

    def __init__(self, pages: Pages | None = None) -> None:
        self._pages, self._numbers, self._tail = pages, _NONE, bytearray()

    def __len__(self) -> int:
        return len(self._numbers) * PAGE + len(self._tail)

    def __del__(self) -> None:
        if self._pages is not None:
            self._pages.drop(self._numbers)

    def __iadd__(self, content: bytes | bytearray) -> PagedBytes:
        self._tail += content
        if self._pages is not None and len(self._tail) >= PAGE:
            whole = len(self._tail) // PAGE * PAGE
            self._numbers = self._numbers or array("Q")
            for start in range(0, whole, PAGE):
                self._numbers.append(self._pages.put(bytes(self._tail[start : start + PAGE])))
            del self._tail[:whole]
        return self

    def pieces(self) -> Iterator[bytes | bytearray]:
        """All of them, some at a time."""
        return map(self._page, range(len(self._numbers) + 1))

    def part(self, start: int, end: int) -> bytes | bytearray:
        """The bytes from `start` to `end`."""
        numbers, first = self._numbers, start // PAGE
        if self._pages is None or first >= len(numbers):
            settled = len(numbers) * PAGE
            return self._tail[start - settled : end - settled]
        at, stop = start - first * PAGE, end - first * PAGE
        content = self._pages.get(numbers[first])
        while stop > len(content):
            first += 1
            content += self._page(first)
        return content[at:stop]

    def cut(self, size: int) -> None:
        """Forget all but the first `size`."""
        whole = size // PAGE
        if self._pages is not None and whole < len(self._numbers):
            self._tail = bytearray(self._page(whole))
            self._pages.drop(self._numbers[whole:])
            del self._numbers[whole:]
        del self._tail[size - len(self._numbers) * PAGE :]

    def _page(self, place: int) -> bytes | bytearray:
        if self._pages is None or place == len(self._numbers):
            return self._tail
        return self._pages.get(self._numbers[place])


class PagedNumbers:
    """The same of numbers of one kind, as an array has them."""

    __slots__ = "_here", "_numbers", "_pages", "_place", "_tail", "each", "kind"

    def __init__(self, pages: Pages | None, kind: str) -> None:
        self._pages, self.kind = pages, kind
        self._numbers, self._tail = _NONE, array(kind)
        self.each = PAGE // self._tail.itemsize if pages is not None else sys.maxsize
        self._place, self._here = 0, cast("Sequence[int]", self._tail)
        """The page that was asked for last, and what is on it."""

    def __getstate__(self) -> tuple[Any, ...]:
        return self._pages, self.kind, self._numbers, self._tail

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        pages, kind, numbers, tail = state
        self.__init__(pages, kind)  # type: ignore[misc]
        self._numbers, self._tail, self._place = numbers, tail, -1

    def __len__(self) -> int:
        return len(self._numbers) * self.each + len(self._tail)

    def __del__(self) -> None:
        if self._pages is not None:
            self._pages.drop(self._numbers)

    def append(self, number: int) -> None:
        self._tail.append(number)
        if self._pages is not None and len(self._tail) == self.each:
            self._settle(self._pages)

    def extend(self, numbers: array[int]) -> None:
        self._tail.extend(numbers)
        if self._pages is not None:
            self._settle(self._pages)

    def __getitem__(self, place: int) -> int:
        page = place // self.each
        here = self._here if page == self._place else self.page(page)
        return here[place - page * self.each]

    def two(self, place: int) -> tuple[int, int]:
        """That at `place` and the next one."""
        page = place // self.each
        here, at = self._here if page == self._place else self.page(page), place - page * self.each
        return (here[at], here[at + 1]) if at + 1 < len(here) else (here[at], self[place + 1])

    def __iter__(self) -> Iterator[int]:
        for some in self.arrays():
            yield from some

    def arrays(self) -> Iterator[Sequence[int]]:
        """All of them, some at a time."""
        return map(self.page, range(len(self._numbers) + 1))

    def part(self, start: int, end: int) -> array[int]:
        """Those from `start` to `end`."""
        found = array(self.kind)
        while start < end:
            page = start // self.each
            first = page * self.each
            some = self.page(page)[start - first : end - first]
            found.extend(some)
            start += len(some)
        return found

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        whole = count // self.each
        if self._pages is not None and whole < len(self._numbers):
            self._tail, self._place = array(self.kind, self.page(whole)), -1
            self._pages.drop(self._numbers[whole:])
            del self._numbers[whole:]
        del self._tail[count - len(self._numbers) * self.each :]

    def page(self, page: int) -> Sequence[int]:
        """The numbers of a page, of which each but the last has `each`."""
        if page != self._place:
            self._place = page
            if self._pages is None or page == len(self._numbers):
                self._here = self._tail
            else:
                self._here = memoryview(self._pages.get(self._numbers[page])).cast(self.kind)  # type: ignore[call-overload]
        return self._here

    def _settle(self, pages: Pages) -> None:
        each, whole = self.each, len(self._tail) // self.each * self.each
        if whole:
            self._numbers = self._numbers or array("Q")
            for start in range(0, whole, each):
                self._numbers.append(pages.put(self._tail[start : start + each].tobytes()))
            del self._tail[:whole]
            self._place = -1


class Ordered:
    """Numbers of 64 bits in ascending order, to be looked for."""

    def __init__(self, numbers: PagedNumbers) -> None:
        self.numbers = numbers
        self._firsts = array("Q", (some[0] for some in numbers.arrays() if some))
        """The first on each page."""

    def __len__(self) -> int:
        return len(self.numbers)

    def place(self, number: int) -> int:
        """Where a number stands first; -1 where it does not."""
        firsts = self._firsts
        page = bisect_left(firsts, number) - 1 if len(firsts) > 1 else 0
        if page < 0:
            return 0 if firsts[0] == number else -1
        some, before = self.numbers.page(page), page * self.numbers.each
        at = bisect_left(some, number)
        if at < len(some):
            return before + at if some[at] == number else -1
        return before + at if page + 1 < len(firsts) and firsts[page + 1] == number else -1

    def places(self, number: int) -> range:
        """Where it stands, as often as it does."""
        start = self.place(number)
        if start < 0:
            return range(0)
        page = bisect_right(self._firsts, number) - 1
        before = page * self.numbers.each
        return range(start, before + bisect_right(self.numbers.page(page), number))

    def __contains__(self, number: int) -> bool:
        return self.place(number) >= 0


def pairs_in_order(
    pages: Pages | None, codes: PagedNumbers, numbers: PagedNumbers
) -> tuple[PagedNumbers, PagedNumbers]:
    """Hashes of 64 bits in ascending order, and the number beside each; each pair once."""
    found = PagedNumbers(pages, "Q"), PagedNumbers(pages, numbers.kind)
    if len(codes) < FEW:
        for code, number in sorted(set(zip(codes, numbers, strict=True))):
            found[0].append(code)
            found[1].append(number)
        return found
    import numpy  # large, and needed only where there are many

    for some, others in parted(pages, codes, numbers):
        one, other = numpy.frombuffer(some, "u8"), numpy.frombuffer(others, others.typecode)
        order = numpy.lexsort((other, one))
        one, other = one[order], other[order]
        fresh = numpy.ones(len(one), dtype=bool)
        fresh[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
        found[0].extend(array("Q", one[fresh].tobytes()))
        found[1].extend(array(others.typecode, other[fresh].tobytes()))
    return found


def parted(
    pages: Pages | None, codes: PagedNumbers, numbers: PagedNumbers
) -> Iterator[tuple[array[int], array[int]]]:
    """Codes of 64 bits, and the number beside each, parted by the first bits of the codes, so that few are in memory.

    In each part they stand as they did before.
    """
    import numpy

    bits = (len(codes) // _TOGETHER).bit_length() if pages is not None else 0
    if not bits:
        yield codes.part(0, len(codes)), numbers.part(0, len(numbers))
        return
    parts = [(PagedNumbers(pages, "Q"), PagedNumbers(pages, numbers.kind)) for _ in range(1 << bits)]
    for start in range(0, len(codes), _TOGETHER):
        end = min(start + _TOGETHER, len(codes))
        some = numpy.frombuffer(codes.part(start, end), "u8")
        others = numpy.frombuffer(numbers.part(start, end), numbers.kind)
        which = (some >> numpy.uint64(64 - bits)).astype("u4")
        order = numpy.argsort(which, kind="stable")
        some, others, which = some[order], others[order], which[order]
        edges = numpy.searchsorted(which, numpy.arange(len(parts) + 1))
        for (one, other), first, last in zip(parts, edges[:-1], edges[1:], strict=True):
            one.extend(array("Q", some[first:last].tobytes()))
            other.extend(array(numbers.kind, others[first:last].tobytes()))
    for one, other in parts:
        yield one.part(0, len(one)), other.part(0, len(other))
