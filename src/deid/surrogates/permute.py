"""A keyed permutation of the numbers below any size: different numbers stay different, without a table.

A Feistel network over two moduli whose product is just above the size (the construction of
FF1 in NIST SP 800-38G, with eight rounds of AES-256 as round function), and cycle-walking:
what falls outside is permuted again until it falls inside (Black and Rogaway 2002).

>>> key = bytes(32)
>>> sorted(permute(n, 10, key=key, tweak="digit") for n in range(10)) == list(range(10))
True
>>> permute(7, 10**11, key=key, tweak="phone") == permute(7, 10**11, key=key, tweak="phone")
True
"""

from __future__ import annotations

import hashlib
import hmac
from array import array
from functools import lru_cache
from math import isqrt
from threading import local
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

from deid.keys import mac

_ROUNDS: Final = 8
_NARROW: Final = 1 << 64  # halves below this go through one block of AES, with a bias below 2^-64
_SMALL: Final = 10**7
_TABLED: Final = 1 << 15
"""Halves up to this are looked up where a permutation is used often: at most half a megabyte."""
_ciphers: Final = local()


def permute(number: int, size: int, *, key: bytes, tweak: str) -> int:
    """Another number below `size`. Each `tweak` has a permutation of its own.

    Where the size is small a number could by chance stay what it is; below ten million none does.
    ValueError unless `0 <= number < size`; of size 1 the only number stays.
    """
    if not 0 <= number < size:
        raise ValueError("the number to permute is not below the size")
    if size == 1:
        return 0
    prepared = _prepared(key, tweak, size)
    if size < _SMALL:  # conjugated with a step of one, which moves every number
        return _walk((_walk(number, size, prepared, 1) + 1) % size, size, prepared, -1)
    return _walk(number, size, prepared, 1)


class _Prepared:
    """One permutation: the key of its rounds; seven bytes that tell tweaks and sizes apart, alone and before
    each number of a round; the two moduli; and once it was used often, what its rounds give for every half."""

    __slots__ = ("key", "left", "right", "rounds", "tables", "tweak", "uses")

    def __init__(self, key: bytes, tweak: bytes, left: int, right: int) -> None:
        self.key, self.tweak, self.left, self.right = key, tweak, left, right
        self.rounds = tuple(int.from_bytes(tweak + bytes([i]), "big") << 64 for i in range(_ROUNDS))
        self.tables: _Tables | None = None
        # to make the tables costs about what they save in so many uses
        self.uses = (left + right) // 4 if left <= _TABLED else -1


_Tables = tuple[tuple["array[int]", "array[int]"], ...]
"""For each two rounds what they add to the left half, by the right one, and the other way round."""


def _walk(number: int, size: int, prepared: _Prepared, step: int) -> int:
    if prepared.tables is None and prepared.uses >= 0:
        prepared.uses -= 1
        if prepared.uses < 0:
            prepared.tables = _tables(prepared)
    permuted = _feistel if step > 0 else _unfeistel
    while True:
        number = permuted(number, prepared)
        if number < size:
            return number


@lru_cache(maxsize=4096)
def _prepared(key: bytes, tweak: str, size: int) -> _Prepared:
    left = isqrt(size - 1) + 1
    digest = mac(key, "permute", tweak, str(size))[:7]
    return _Prepared(mac(key, "permute rounds"), digest, left, -(-size // left))


def _feistel(number: int, prepared: _Prepared) -> int:
    a, b = prepared.left, prepared.right
    left, right = divmod(number, b)
    if prepared.tables is not None:
        for of_right, of_left in prepared.tables:
            left = (left + of_right[right]) % a
            right = (right + of_left[left]) % b
        return left * b + right
    key, rounds = prepared.key, prepared.rounds
    if a >= _NARROW:
        for round_ in range(0, _ROUNDS, 2):
            left = (left + _wide(key, prepared.tweak, round_, right)) % a
            right = (right + _wide(key, prepared.tweak, round_ + 1, left)) % b
        return left * b + right
    encrypt, number_of = _cipher(key).update, int.from_bytes
    for round_ in range(0, _ROUNDS, 2):
        left = (left + number_of(encrypt((rounds[round_] | right).to_bytes(16, "big")), "big")) % a
        right = (right + number_of(encrypt((rounds[round_ + 1] | left).to_bytes(16, "big")), "big")) % b
    return left * b + right


def _unfeistel(number: int, prepared: _Prepared) -> int:
    """Undoes `_feistel`; for small sizes only."""
    a, b = prepared.left, prepared.right
    left, right = divmod(number, b)
    if prepared.tables is not None:
        for of_right, of_left in reversed(prepared.tables):
            right = (right - of_left[left]) % b
            left = (left - of_right[right]) % a
        return left * b + right
    rounds, encrypt, number_of = prepared.rounds, _cipher(prepared.key).update, int.from_bytes
    for round_ in range(_ROUNDS - 1, 0, -2):
        right = (right - number_of(encrypt((rounds[round_] | left).to_bytes(16, "big")), "big")) % b
        left = (left - number_of(encrypt((rounds[round_ - 1] | right).to_bytes(16, "big")), "big")) % a
    return left * b + right


def _tables(prepared: _Prepared) -> _Tables:
    a, b = prepared.left, prepared.right
    return tuple(
        (_table(prepared, round_, b, a), _table(prepared, round_ + 1, a, b))
        for round_ in range(0, _ROUNDS, 2)
    )


def _table(prepared: _Prepared, round_: int, halves: int, modulus: int) -> array[int]:
    """What a round gives for each half, below `modulus`."""
    tweak, number_of = prepared.rounds[round_], int.from_bytes
    blocks = _cipher(prepared.key).update(
        b"".join((tweak | half).to_bytes(16, "big") for half in range(halves))
    )
    return array("H", (number_of(blocks[at : at + 16], "big") % modulus for at in range(0, 16 * halves, 16)))


def _wide(key: bytes, tweak: bytes, round_: int, half: int) -> int:
    """The round function for numbers of any length."""
    written = half.to_bytes((half.bit_length() + 7) // 8, "big")
    seed = hmac.digest(key, tweak + bytes([round_]) + written, "sha256")
    return int.from_bytes(hashlib.shake_256(seed).digest(len(written) + 64), "big")


def _cipher(key: bytes) -> Any:
    """AES as a round function: single blocks, so ECB. One context for each thread and key."""
    try:
        known: dict[bytes, Any] = _ciphers.known
    except AttributeError:
        known = _ciphers.known = {}
    cipher = known.get(key)
    if cipher is None:
        if len(known) > 64:
            known.clear()
        cipher = known[key] = Cipher(AES256(key), ECB()).encryptor()
    return cipher
