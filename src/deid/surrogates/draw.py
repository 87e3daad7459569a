"""Keyed choices: numbers drawn from a MAC, the same for the same key and value everywhere.

>>> Draw(bytes(32), "name", "张三").below(1000) == Draw(bytes(32), "name", "张三").below(1000)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Value = TypeVar("Value")
_BYTES = 32
_LONGEST_KEY = blake2b.MAX_KEY_SIZE


class Draw:
    """A stream of choices. Cheaper than a seeded `random.Random`, and not tied to its algorithm.

    `purpose` holds no NUL; `attempt` counts the streams for one value.
    """

    __slots__ = ("_left", "_seed")

    def __init__(self, key: bytes, purpose: str, value: str, attempt: int = 0) -> None:
        if not key:
            raise ValueError("a draw needs a key")  # without one BLAKE2 is a plain hash, open to guessing
        if len(key) > _LONGEST_KEY:
            key = blake2b(key).digest()
        message = f"{purpose}\0{attempt}\0{value}".encode("utf-8", "surrogatepass")
        # BLAKE2b with a key is a MAC of its own (RFC 7693), at half the cost of HMAC-SHA256.
        self._seed = blake2b(message, key=key, digest_size=_BYTES).digest()
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
        self._seed = blake2b(self._seed, digest_size=_BYTES).digest()
        self._left = int.from_bytes(self._seed, "big")
