"""Offsets that are all off by the same number of characters.

Without surface texts nothing says that a label should begin one character later; but labels that
begin with a comma and end inside a number, nearly all of them mended by one shift, do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deid.evaluation.borders import border

_FARTHEST = 3
_FEWEST = 5
_ODD, _LEFT = 0.4, 0.2
"""Odd borders in this share of all labels speak for a shift that leaves only this share of them odd."""


class Shift(NamedTuple):
    """Labels that would be right moved `by` characters; of `labels`, `odd` have odd borders and `left` then still."""

    by: int
    labels: int
    odd: int
    left: int


def shift_of(texts: Sequence[str], stretches: Sequence[Sequence[tuple[int, int]]]) -> Shift | None:
    """The shift that the labels of all texts need; None where they look right, or wrong in many ways."""
    labels = sum(map(len, stretches))
    odd = _odd(texts, stretches, 0)
    if odd < max(_FEWEST, _ODD * labels):
        return None
    ways = sorted((by for by in range(-_FARTHEST, _FARTHEST + 1) if by), key=abs)
    best = min(ways, key=lambda by: _odd(texts, stretches, by))
    left = _odd(texts, stretches, best)
    return Shift(best, labels, odd, left) if left <= _LEFT * odd else None


def _odd(texts: Sequence[str], stretches: Sequence[Sequence[tuple[int, int]]], by: int) -> int:
    return sum(
        not 0 <= start + by < end + by <= len(text) or bool(border(text, start + by, end + by))
        for text, places in zip(texts, stretches, strict=True)
        for start, end in places
    )
