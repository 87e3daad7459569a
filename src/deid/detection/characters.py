"""Characters as numbers, and sets of them as tables: a whole text is looked through at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from deid.grammar.name import HAN

Flags = npt.NDArray[np.bool_]
_BEYOND = 0x30000
"""The first code point behind those of Han characters; it stands for all beyond."""


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The number of each character; those of unpaired surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def looked_up(text: str) -> npt.NDArray[np.uint32]:
    """What to look characters up by in a table."""
    return np.minimum(code_points(text), _BEYOND)


def table_of(characters: Iterable[str]) -> Flags:
    """Of each number whether it is that of one of these."""
    table = np.zeros(_BEYOND + 1, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


class Pairs:
    """Characters that stand side by side, wherever they do."""

    def __init__(self, pairs: Iterable[str]) -> None:
        pairs = list(pairs)
        self._begins = table_of(pair[0] for pair in pairs)
        self._pairs = np.unique([_as_one(*looked_up(pair)) for pair in pairs])

    def starts(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
        """Where one begins in a text that is looked up, in order."""
        starts = np.flatnonzero(self._begins[codes[:-1]])
        if not self._pairs.size:
            return starts[:0]
        found = _as_one(codes[starts], codes[starts + 1])
        nearest = np.minimum(np.searchsorted(self._pairs, found), self._pairs.size - 1)
        stand: npt.NDArray[np.intp] = starts[self._pairs[nearest] == found]
        return stand


def _as_one(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    return first.astype(np.int64) << 32 | second


@lru_cache(maxsize=1)
def han_table() -> Flags:
    table = np.zeros(_BEYOND + 1, np.bool_)
    for first, last in zip(HAN[::3], HAN[2::3], strict=True):
        table[ord(first) : ord(last) + 1] = True
    return table
