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
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from deid.errors import KeyFileError, ProjectError
from deid.keys import mac

CODE_BYTES = 16  # 128 bits: no two values of a project meet
_SCHEMA = 3
_TOGETHER = 50_000
"""Codes that are written together."""


@dataclass(frozen=True)
class NumberTable:
    """Codes of one entity type with their numbers: as few bytes as there can be, for a table may hold millions."""

    codes: bytes = field(default=b"", repr=False)
    """In ascending order, one after the other."""
    numbers: array[int] = field(default_factory=lambda: array("I"), repr=False)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getstate__(self) -> tuple[bytes, array[int]]:
        return self.codes, self.numbers

    def __setstate__(self, state: tuple[bytes, array[int]]) -> None:
        self.__dict__.update(codes=state[0], numbers=state[1])

    @cached_property
    def _beginnings(self) -> array[int]:
        halves = array("Q", self.codes)
        if sys.byteorder == "little":
            halves.byteswap()
        return halves[::2]

    def number(self, code: bytes) -> int | None:
        """The number of a code, or None when it has none."""
        at = bisect_left(self._beginnings, int.from_bytes(code[:8], "big"))
        while at < len(self.numbers):
            there = self.codes[at * CODE_BYTES : (at + 1) * CODE_BYTES]
            if there >= code:
                return self.numbers[at] if there == code else None
            at += 1
        return None

    def with_new(self, found: bytes) -> NumberTable:
        """The table with numbers for those of `found`, in whatever order, that have none."""
        new = _in_order(found)
        if self.codes:
            new = b"".join(code for code in split_codes(new) if self.number(code) is None)
        count = len(new) // CODE_BYTES
        if not count:
            return self
        last = max(self.numbers, default=0)
        given = array("I", range(last + 1, last + 1 + count))
        if not self.codes:
            return NumberTable(new, given)
        import numpy

        halves = _halves(self.codes + new)
        order = numpy.lexsort((halves[:, 1], halves[:, 0]))
        numbers = numpy.frombuffer(self.numbers + given, "I")[order]
        return NumberTable(halves[order].tobytes(), array("I", numbers.tobytes()))

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Codes and numbers for JSON, some at a time."""
        for start in range(0, len(self), _TOGETHER):
            end = min(start + _TOGETHER, len(self))
            numbers = self.numbers[start:end]
            if sys.byteorder == "big":
                numbers.byteswap()
            codes = self.codes[start * CODE_BYTES : end * CODE_BYTES]
            yield b64encode(codes).decode("ascii"), b64encode(numbers.tobytes()).decode("ascii")

    @classmethod
    def of_pieces(cls, pieces: Iterable[tuple[str, str]]) -> NumberTable:
        """The inverse of `pieces`; ValueError where they are damaged."""
        found, numbers = bytearray(), array("I")
        for some, others in pieces:
            found += b64decode(some, validate=True)
            numbers.frombytes(b64decode(others, validate=True))
        codes = bytes(found)
        if sys.byteorder == "big":
            numbers.byteswap()
        if len(codes) != CODE_BYTES * len(numbers) or len({*numbers, 0}) != len(numbers) + 1:
            raise ValueError("a number stands twice")
        return cls(codes, numbers)


def _in_order(codes: bytes) -> bytes:
    """The codes that stand one after the other in ascending order, each once."""
    import numpy  # as objects they would take six times as much

    halves = _halves(codes)
    halves = halves[numpy.lexsort((halves[:, 1], halves[:, 0]))]
    fresh = numpy.ones(len(halves), dtype=bool)
    fresh[1:] = (halves[1:] != halves[:-1]).any(axis=1)
    return bytes(halves[fresh].tobytes())


def _halves(codes: bytes) -> Any:
    """The codes as pairs of numbers."""
    import numpy

    return numpy.frombuffer(codes, ">u8").reshape(-1, 2)


def split_codes(codes: bytes) -> Iterator[bytes]:
    """The codes that stand one after the other."""
    return (codes[at : at + CODE_BYTES] for at in range(0, len(codes), CODE_BYTES))


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
        codes: dict[str, bytearray] = {}
        for entity_type, value in values:
            codes.setdefault(entity_type, bytearray()).extend(code_of(key, entity_type, value))
        return cls.of_codes(codes.items(), key=key, previous=previous)

    @classmethod
    def of_codes(
        cls,
        found: Iterable[tuple[str, bytes | bytearray]],
        *,
        key: bytes,
        previous: Numbering | None = None,
    ) -> Numbering:
        """The same of the codes of values, one after the other in any order, by type."""
        if previous is not None and not hmac.compare_digest(previous.key, key):
            raise KeyFileError("the numbers of this project belong to another key")
        tables = dict(previous.tables) if previous else {}
        for entity_type, codes in found:
            tables[entity_type] = tables.get(entity_type, NumberTable()).with_new(bytes(codes))
        if previous is not None:
            return cls(key, tables, previous.origin)
        first = "".join(f"{kind} {sha256(tables[kind].codes).hexdigest()}" for kind in sorted(tables))
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
    def from_dict(cls, content: Mapping[str, Any], *, key: bytes) -> Numbering:
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
                str(kind): NumberTable.of_pieces((codes, given) for _, codes, given in pieces)
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
