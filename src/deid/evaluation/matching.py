"""Which find stands for which gold span.

Pairs are one to one, and greedy: of all pairs that may be, the one with most characters in
common is taken first. Both sides may overlap themselves; where they are disjoint, as samples
and entities are, everything here is linear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from deid.catalog import Marked

Stretch = tuple[int, int]


class Pair(NamedTuple):
    """Indices of a gold span and a find that overlap, and by how much."""

    gold: int
    found: int
    common: int
    union: int

    @property
    def exact(self) -> bool:
        return self.common == self.union


def overlapping(gold: Sequence[Marked], found: Sequence[Marked]) -> list[Pair]:
    """All pairs with a character in common. `found` is in order of start."""
    starts = [find.start for find in found]
    reach = list(accumulate((find.end for find in found), max))
    pairs = []
    for g, mark in enumerate(gold):
        first = bisect_right(reach, mark.start)
        for f in range(first, bisect_left(starts, mark.end, lo=min(first, len(starts)))):
            find = found[f]
            common = min(mark.end, find.end) - max(mark.start, find.start)
            if common > 0:
                union = mark.end - mark.start + find.end - find.start - common
                pairs.append(Pair(g, f, common, union))
    return pairs


def matched(pairs: Iterable[Pair], accepts: Callable[[Pair], bool]) -> dict[int, int]:
    """Gold → find, one to one: the longest common stretch first, then the closest borders."""
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for pair in sorted(filter(accepts, pairs), key=lambda pair: (-pair.common, pair.union)):
        if pair.gold not in chosen and pair.found not in taken:
            chosen[pair.gold] = pair.found
            taken.add(pair.found)
    return chosen


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Disjoint stretches in order, covering the same characters."""
    result: list[Stretch] = []
    for start, end in sorted(stretches):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        elif start < end:
            result.append((start, end))
    return result


def outside(stretches: Iterable[Stretch], cover: Sequence[Stretch]) -> Iterator[Stretch]:
    """The parts of `stretches` that lie in none of `cover`, which is as `merged` makes it."""
    ends = [end for _, end in cover]
    for start, end in stretches:
        position = start
        for index in range(bisect_right(ends, start), len(cover)):
            begin, stop = cover[index]
            if begin >= end:
                break
            if position < begin:
                yield position, begin
            position = max(position, stop)
        if position < end:
            yield position, end


def length(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
