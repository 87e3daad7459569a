"""The lexicons of the recognizers as material for invented values, and a weighted choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

from deid.catalog.lexicon import read_lexicon
from deid.resources import recognizers_root

Value = TypeVar("Value")


@cache
def lexicon(name: str) -> tuple[str, ...]:
    """The lines of `recognizers/lexicons/NAME`, in their order."""
    return read_lexicon(recognizers_root() / "lexicons" / name)


@cache
def falling_weights(count: int) -> tuple[float, ...]:
    """Cumulative weights for a list in order of frequency: the k-th gets 1/(k+6), as surnames fall off."""
    return tuple(accumulate(1 / (rank + 6) for rank in range(count)))


def frequent(random: Random, words: Sequence[Value]) -> Value:
    """One of `words`, which stand in order of frequency."""
    return random.choices(words, cum_weights=falling_weights(len(words)))[0]


def weighted(random: Random, choices: Sequence[tuple[int, Value]]) -> Value:
    """One of the values, each with its weight before it."""
    return random.choices([value for _, value in choices], weights=[weight for weight, _ in choices])[0]


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def chance(random: Random, percent: int) -> bool:
    return random.randrange(100) < percent
