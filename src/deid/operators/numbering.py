"""Numbers for labels: 〔姓名1〕 stands for one value wherever it occurs.

The order of numbers is that of keyed MACs, so it says nothing about the order of files, of
names in the alphabet or of admissions, and does not depend on it. A number is never given
twice, also when the value that had it is gone; new values get new numbers after the old ones.

>>> numbering = Numbering.assign([("PERSON", "张三"), ("PERSON", "李四")], key=bytes(32))
>>> sorted((numbering.number("PERSON", "张三"), numbering.number("PERSON", "李四")))
[1, 2]
>>> numbering.number("PERSON", "王五") is None
True
"""

from __future__ import annotations

import hmac
import sys
from array import array
from base64 import b64decode, b64encode
from binascii import Error as BinasciiError
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from heapq import merge
from itertools import chain, count, groupby, zip_longest
from operator import itemgetter
from typing import Any

from deid.errors import KeyFileError, ProjectError
from deid.hashes import Hashes
from deid.hashes import code_of as hash_of
from deid.keys import mac
from deid.pages import PagedBytes, PagedNumbers, Pages, pairs_in_order

CODE_BYTES = 16  # 128 bits: no two values of a project meet
_SCHEMA = 3
_TOGETHER = 50_000
"""Hashes that are written together."""
_FEW = 1000
"""Those that are put in order without numpy, which takes long to be called."""


class NumberTable:
    """Hashes of one entity type with their numbers, in ascending order; with `pages` there, for they may be millions.

    They are looked for by hash: of two codes in 10¹³ one is taken for the other where there are a million.
    """

    def __init__(self, pages: Pages | None = None) -> None:
        self._pages = pages
        self._codes, self._numbers = PagedBytes(pages), PagedNumbers(pages, "I")

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_by_hash"}

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        """Each code with its number."""
        codes = chain.from_iterable(map(split_codes, self._codes.pieces()))
        return zip(codes, self._numbers, strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NumberTable) and all(
            one == another for one, another in zip_longest(self, other)
        )

    __hash__ = None  # type: ignore[assignment]

    def extend(self, codes: bytes | bytearray, numbers: array[int]) -> None:
        """Add codes that come behind all others."""
        self._codes += codes
        self._numbers.extend(numbers)
        self.__dict__.pop("_by_hash", None)

    def number(self, code: bytes) -> int | None:
        """The number of a code, or None when it has none."""
        number = self._by_hash.number(hash_of(code))
        return None if number < 0 else number

    @cached_property
    def _by_hash(self) -> Hashes:
        found = Hashes(self._pages, "I")
        for codes, numbers in self._together():
            found.extend(array("Q", map(hash_of, split_codes(codes))), numbers)
        return found

    def with_new(self, found: PagedBytes) -> NumberTable:
        """The table with numbers for those of `found`, in whatever order, that have none."""
        if not len(found):
            return self
        table = NumberTable(self._pages)
        if not len(self):
            for some in _in_order(self._pages, found):
                last = len(table) + 1
                table.extend(some, array("I", range(last, last + len(some) // CODE_BYTES)))
            return table
        given = count(max(self._numbers) + 1)
        new = ((code, 0) for some in _in_order(self._pages, found) for code in split_codes(some))
        for code, same in groupby(merge(self, new), key=itemgetter(0)):
            *_, (_, number) = same  # one that has a number comes last
            table.extend(code, array("I", [number or next(given)]))
        return table

    def digest(self) -> str:
        """SHA-256 of the codes."""
        digest = sha256()
        for some in self._codes.pieces():
            digest.update(some)
        return digest.hexdigest()

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Hashes and numbers for JSON, some at a time."""
        for codes, numbers in self._together():
            if sys.byteorder == "big":
                numbers.byteswap()
            yield b64encode(codes).decode("ascii"), b64encode(numbers.tobytes()).decode("ascii")

    def _together(self) -> Iterator[tuple[bytes | bytearray, array[int]]]:
        for start in range(0, len(self), _TOGETHER):
            end = min(start + _TOGETHER, len(self))
            yield self._codes.part(start * CODE_BYTES, end * CODE_BYTES), self._numbers.part(start, end)

    @classmethod
    def of_pieces(cls, pieces: Iterable[tuple[str, str]], pages: Pages | None = None) -> NumberTable:
        """The inverse of `pieces`; ValueError where they are damaged."""
        found, given = cls(pages), bytearray()
        for some, others in pieces:
            codes, numbers = b64decode(some, validate=True), array("I")
            numbers.frombytes(b64decode(others, validate=True))
            if sys.byteorder == "big":
                numbers.byteswap()
            if len(codes) != CODE_BYTES * len(numbers):
                raise ValueError("codes and numbers do not fit")
            for number in numbers:
                byte, bit = number >> 3, 1 << (number & 7)
                given.extend(bytes(max(0, byte + 1 - len(given))))
                if not number or given[byte] & bit:
                    raise ValueError("a number stands twice")
                given[byte] |= bit
            found.extend(codes, numbers)
        return found


def _in_order(pages: Pages | None, codes: PagedBytes) -> Iterator[bytes]:
    """The codes that stand one after the other in ascending order, each once, some at a time."""
    if len(codes) < _FEW * CODE_BYTES:
        yield b"".join(sorted({code for some in codes.pieces() for code in split_codes(some)}))
        return
    import numpy  # as objects they would take six times as much

    beginnings, ends = PagedNumbers(pages, "Q"), PagedNumbers(pages, "Q")
    for some in codes.pieces():
        halves = numpy.frombuffer(some, ">u8").astype("u8").reshape(-1, 2)
        for half, numbers in enumerate((beginnings, ends)):
            numbers.extend(array("Q", halves[:, half].tobytes()))
    beginnings, ends = pairs_in_order(pages, beginnings, ends)
    for one, other in zip(beginnings.arrays(), ends.arrays(), strict=True):
        yield numpy.stack((one, other), axis=1).astype(">u8").tobytes()


def split_codes(codes: bytes | bytearray) -> Iterator[bytes]:
    """The codes that stand one after the other."""
    return (bytes(codes[at : at + CODE_BYTES]) for at in range(0, len(codes), CODE_BYTES))


@dataclass(frozen=True)
class Numbering:
    """(entity type, canonical value) → number, counted per entity type from 1. Holds MACs, never values.

    Picklable. `key` is a derived key (`ProjectKey.derive("numbering")`), not stored by `to_dict`.
    """

    key: bytes = field(repr=False)
    tables: Mapping[str, NumberTable] = field(default_factory=dict, repr=False)
    """By entity type."""
    origin: str = field(default="", repr=False)
    """What the first values of a project say of it: numbers given by a Numbering of another origin are others."""

    @classmethod
    def assign(
        cls, values: Iterable[tuple[str, str]], *, key: bytes, previous: Numbering | None = None
    ) -> Numbering:
        """Numbers for all values; those of `previous` keep theirs. KeyFileError when it has another key."""
        codes: dict[str, PagedBytes] = defaultdict(PagedBytes)
        for entity_type, value in values:
            codes[entity_type] += code_of(key, entity_type, value)
        return cls.of_codes(codes.items(), key=key, previous=previous)

    @classmethod
    def of_codes(
        cls,
        found: Iterable[tuple[str, PagedBytes]],
        *,
        key: bytes,
        previous: Numbering | None = None,
        pages: Pages | None = None,
    ) -> Numbering:
        """The same of the codes of values, one after the other in any order, by type. With `pages` they stay there."""
        if previous is not None and not hmac.compare_digest(previous.key, key):
            raise KeyFileError("the numbers of this project belong to another key")
        tables = dict(previous.tables) if previous else {}
        for entity_type, codes in found:
            tables[entity_type] = (tables.get(entity_type) or NumberTable(pages)).with_new(codes)
        if previous is not None:
            return cls(key, tables, previous.origin)
        first = "".join(f"{kind} {tables[kind].digest()}" for kind in sorted(tables))
        return cls(key, tables, mac(key, "origin", first).hex()[: 2 * CODE_BYTES])

    def number(self, entity_type: str, value: str) -> int | None:
        """The number of a value, or None when it has none."""
        table = self.tables.get(entity_type)
        return table.number(code_of(self.key, entity_type, value)) if table else None

    def __len__(self) -> int:
        return sum(map(len, self.tables.values()))

    def to_dict(self) -> dict[str, Any]:
        """For JSON: MACs and numbers, and by what the key is recognised."""
        return {**self.about(), "numbers": list(self.pieces())}

    def about(self) -> dict[str, Any]:
        """The same without what grows with the values."""
        return {"schema": _SCHEMA, "key": _check(self.key), "origin": self.origin, "count": len(self)}

    def pieces(self) -> Iterator[tuple[str, str, str]]:
        """The rest of it, some at a time: entity type, codes, numbers."""
        for kind, table in sorted(self.tables.items()):
            for codes, numbers in table.pieces():
                yield kind, codes, numbers

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, key: bytes, pages: Pages | None = None) -> Numbering:
        """The inverse of `to_dict`. KeyFileError when the key is another, ProjectError when it is damaged."""
        try:
            schema, check, numbers = content["schema"], str(content["key"]), iter(content["numbers"])
        except (KeyError, TypeError):
            raise ProjectError("the record of label numbers is damaged") from None
        if schema != _SCHEMA:
            raise ProjectError("the record of label numbers has a format of another version")
        if not hmac.compare_digest(check.encode(), _check(key).encode()):
            raise KeyFileError("the numbers of this project belong to another key")
        try:
            tables = {
                str(kind): NumberTable.of_pieces(((codes, given) for _, codes, given in pieces), pages)
                for kind, pieces in groupby(numbers, key=itemgetter(0))
            }
            return cls(key, tables, str(content["origin"]))
        except (KeyError, TypeError, ValueError, BinasciiError):
            raise ProjectError("the record of label numbers is damaged") from None


def code_of(key: bytes, entity_type: str, value: str) -> bytes:
    """The keyed code by which a value is known in a Numbering with this key."""
    return mac(key, "number", entity_type, value)[:CODE_BYTES]


def _check(key: bytes) -> str:
    return mac(key, "numbering key").hex()[:16]
