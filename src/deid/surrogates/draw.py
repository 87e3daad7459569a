"""Keyed choices: numbers drawn from a MAC, the same for the same key and parts everywhere.

>>> Draw(bytes(32), "name", "张三").below(1000) == Draw(bytes(32), "name", "张三").below(1000)
True
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from deid.keys import mac

Value = TypeVar("Value")


class Draw:
    """A stream of choices. Cheaper than a seeded `random.Random`, and not tied to its algorithm."""

    __slots__ = ("_left", "_seed")

    def __init__(self, key: bytes, *parts: str) -> None:
        self._seed = mac(key, "draw", *parts)
        self._left = int.from_bytes(self._seed, "big")

    def below(self, size: int) -> int:
        """A number from 0 to `size` - 1, with a bias below 2^-64 for sizes up to 2^64."""
        if self._left < size << 64:
            self._refill()
        self._left, number = divmod(self._left, size)
        return number

    def choice(self, values: Sequence[Value]) -> Value:
        size = len(values)  # as `below` does it: most stand-ins take three choices
        if self._left < size << 64:
            self._refill()
        self._left, number = divmod(self._left, size)
        return values[number]

    def _refill(self) -> None:
        self._seed = hashlib.sha256(self._seed).digest()
        self._left = int.from_bytes(self._seed, "big")
