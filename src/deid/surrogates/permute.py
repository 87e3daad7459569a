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
from functools import lru_cache
from math import isqrt
from threading import local
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

from deid.keys import mac

_ROUNDS: Final = 8
_NARROW: Final = 1 << 64  # halves below this go through one block of AES, with a bias below 2^-64
_SMALL: Final = 10**7
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


class _Prepared(NamedTuple):
    """The key of the rounds; seven bytes that tell tweaks and sizes apart, alone and before each number of a round; the two moduli."""

    key: bytes
    tweak: bytes
    rounds: tuple[int, ...]
    left: int
    right: int


def _walk(number: int, size: int, prepared: _Prepared, step: int) -> int:
    while True:
        number = _feistel(number, prepared) if step > 0 else _unfeistel(number, prepared)
        if number < size:
            return number


@lru_cache(maxsize=4096)
def _prepared(key: bytes, tweak: str, size: int) -> _Prepared:
    left = isqrt(size - 1) + 1
    digest = mac(key, "permute", tweak, str(size))[:7]
    rounds = tuple(int.from_bytes(digest + bytes([i]), "big") << 64 for i in range(_ROUNDS))
    return _Prepared(mac(key, "permute rounds"), digest, rounds, left, -(-size // left))


def _feistel(number: int, prepared: _Prepared) -> int:
    key, tweak, rounds, a, b = prepared
    left, right = divmod(number, b)
    if a >= _NARROW:
        for round_ in range(0, _ROUNDS, 2):
            left = (left + _wide(key, tweak, round_, right)) % a
            right = (right + _wide(key, tweak, round_ + 1, left)) % b
        return left * b + right
    encrypt, number_of = _cipher(key).update, int.from_bytes
    for round_ in range(0, _ROUNDS, 2):
        left = (left + number_of(encrypt((rounds[round_] | right).to_bytes(16, "big")), "big")) % a
        right = (right + number_of(encrypt((rounds[round_ + 1] | left).to_bytes(16, "big")), "big")) % b
    return left * b + right


def _unfeistel(number: int, prepared: _Prepared) -> int:
    """Undoes `_feistel`; for small sizes only."""
    key, _, rounds, a, b = prepared
    left, right = divmod(number, b)
    encrypt, number_of = _cipher(key).update, int.from_bytes
    for round_ in range(_ROUNDS - 1, 0, -2):
        right = (right - number_of(encrypt((rounds[round_] | left).to_bytes(16, "big")), "big")) % b
        left = (left - number_of(encrypt((rounds[round_ - 1] | right).to_bytes(16, "big")), "big")) % a
    return left * b + right


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
