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
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deid.errors import KeyFileError, ProjectError
from deid.keys import mac

_MAC_HEX = 32  # 128 bits: no two values of a project meet


@dataclass(frozen=True)
class Numbering:
    """(entity type, canonical value) → number, counted per entity type from 1. Holds MACs, never values.

    Picklable. `key` is a derived key (`ProjectKey.derive("numbering")`), not stored by `to_dict`.
    """

    key: bytes = field(repr=False)
    numbers: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)
    """Entity type → MAC in hex → number."""

    @classmethod
    def assign(
        cls, values: Iterable[tuple[str, str]], *, key: bytes, previous: Numbering | None = None
    ) -> Numbering:
        """Numbers for all values; those of `previous` keep theirs. KeyFileError when it has another key."""
        codes: dict[str, set[str]] = {}
        for entity_type, value in values:
            codes.setdefault(entity_type, set()).add(_code(key, entity_type, value))
        return cls.of_codes([codes], key=key, previous=previous)

    @classmethod
    def of_codes(
        cls,
        found: Iterable[Mapping[str, Collection[str]]],
        *,
        key: bytes,
        previous: Numbering | None = None,
    ) -> Numbering:
        """The same of the codes of values, by type."""
        if previous is not None and not hmac.compare_digest(previous.key, key):
            raise KeyFileError("the numbers of this project belong to another key")
        numbers = {kind: dict(known) for kind, known in previous.numbers.items()} if previous else {}
        fresh: dict[str, set[str]] = {}
        for codes in found:
            for entity_type, some in codes.items():
                known = numbers.get(entity_type, {})
                fresh.setdefault(entity_type, set()).update(code for code in some if code not in known)
        for entity_type, new in fresh.items():
            if new:
                known = numbers.setdefault(entity_type, {})
                last = max(known.values(), default=0)
                known.update(zip(sorted(new), range(last + 1, last + 1 + len(new)), strict=True))
        return cls(key, numbers)

    def code(self, entity_type: str, value: str) -> str:
        """The keyed code by which a value is known here."""
        return _code(self.key, entity_type, value)

    def number(self, entity_type: str, value: str) -> int | None:
        """The number of a value, or None when it has none."""
        known = self.numbers.get(entity_type)
        return known.get(_code(self.key, entity_type, value)) if known else None

    def __len__(self) -> int:
        return sum(map(len, self.numbers.values()))

    def to_dict(self) -> dict[str, Any]:
        """For JSON: MACs and numbers, and by what the key is recognised."""
        numbers = {kind: dict(sorted(known.items())) for kind, known in sorted(self.numbers.items())}
        return {"schema": 1, "key": _check(self.key), "numbers": numbers}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, key: bytes) -> Numbering:
        """The inverse of `to_dict`. KeyFileError when the key is another, ProjectError when it is damaged."""
        try:
            schema, check = content["schema"], str(content["key"])
            numbers = {
                str(kind): {str(code): int(number) for code, number in known.items()}
                for kind, known in content["numbers"].items()
            }
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ProjectError("the record of label numbers is damaged") from None
        if schema != 1:
            raise ProjectError("the record of label numbers has a format of another version")
        if not hmac.compare_digest(check.encode(), _check(key).encode()):
            raise KeyFileError("the numbers of this project belong to another key")
        if any(
            len(set(known.values())) != len(known) or min(known.values(), default=1) < 1
            for known in numbers.values()
        ):
            raise ProjectError("the record of label numbers is damaged: a number stands twice")
        return cls(key, numbers)


def _code(key: bytes, entity_type: str, value: str) -> str:
    return mac(key, "number", entity_type, value).hex()[:_MAC_HEX]


def _check(key: bytes) -> str:
    return mac(key, "numbering key").hex()[:16]
