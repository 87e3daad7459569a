"""Overlapping detections become disjoint entities.

Resolution happens before any operator runs, so that no operator ever sees half a value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from deid.types import Detection, Entity

TIERS = (0.9, 0.6)
"""Scores from 0.9 up were proven by a check or a cue, from 0.6 up are likely, below are shapes."""


def resolve(
    detections: Iterable[Detection],
    *,
    thresholds: Mapping[str, float] | None = None,
    priorities: Mapping[str, int] | None = None,
    yielding: frozenset[str] = frozenset(),
    block: str = "",
) -> tuple[Entity, ...]:
    """Disjoint entities in order of `start` that cover every detected character.

    Where detections overlap the higher score tier wins, then the type of higher priority,
    then the longer, then the earlier. What a loser had outside the winner stays covered,
    because text left uncovered would be published: where the types agree the winner grows,
    else the rest becomes an entity of the loser's type. `yielding` types (medical terms,
    hotlines: text that is kept) lose against every other type and leave no rest.
    Duplicates support one another: the best score counts, all are listed. O(n log n) but
    for heavy overlap.
    """
    thresholds = thresholds or {}
    priorities = priorities or {}
    claims = [d for d in detections if d.start < d.end and d.score >= thresholds.get(d.entity_type, 0.0)]

    def strength(claim: Detection) -> tuple[bool, int, int, int, float, int, str, str]:
        tier = (claim.score >= TIERS[0]) + (claim.score >= TIERS[1])
        return (
            claim.entity_type in yielding,
            -tier,
            -priorities.get(claim.entity_type, 50),
            claim.start - claim.end,
            -claim.score,
            claim.start,
            claim.entity_type,
            claim.recognizer,
        )

    entities: list[Entity] = []
    for cluster in _clusters(claims):
        if len(cluster) == 1:
            (only,) = cluster
            entities.append(Entity(only.entity_type, only.start, only.end, only.score, block, (only,)))
            continue
        winners = _Winners()
        for claim in sorted(cluster, key=strength):
            rivals = winners.overlapping(claim.start, claim.end)
            if not rivals:
                winners.add(_Claimed(claim))
            elif claim.entity_type not in yielding:
                _concede(claim, rivals, winners)
        entities += (
            Entity(w.entity_type, w.start, w.end, w.detections[0].score, block, tuple(w.detections))
            for w in winners.claimed
        )
    return tuple(entities)


def _clusters(claims: list[Detection]) -> Iterator[list[Detection]]:
    """Claims that overlap one another, directly or through others."""
    cluster: list[Detection] = []
    end = -1
    for claim in sorted(claims, key=attrgetter("start")):
        if cluster and claim.start >= end:
            yield cluster
            cluster = []
        cluster.append(claim)
        end = max(end, claim.end)
    if cluster:
        yield cluster


class _Claimed:
    __slots__ = ("detections", "end", "entity_type", "start")

    def __init__(self, claim: Detection, start: int | None = None, end: int | None = None) -> None:
        self.entity_type = claim.entity_type
        self.start = claim.start if start is None else start
        self.end = claim.end if end is None else end
        self.detections = [claim]


class _Winners:
    """Disjoint stretches in order of start."""

    def __init__(self) -> None:
        self.claimed: list[_Claimed] = []

    def overlapping(self, start: int, end: int) -> list[_Claimed]:
        last = bisect_left(self.claimed, end, key=_start)
        first = bisect_right(self.claimed, start, key=_end, hi=last)
        return self.claimed[first:last]

    def add(self, claimed: _Claimed) -> None:
        self.claimed.insert(bisect_left(self.claimed, claimed.start, key=_start), claimed)


def _start(claimed: _Claimed) -> int:
    return claimed.start


def _end(claimed: _Claimed) -> int:
    return claimed.end


def _concede(claim: Detection, rivals: Sequence[_Claimed], winners: _Winners) -> None:
    """Give each stretch of `claim` that no rival covers to a rival of its type, or keep it."""
    position = claim.start
    for index, rival in enumerate((*rivals, None)):
        rest_end = claim.end if rival is None else rival.start
        if position < rest_end:
            before = rivals[index - 1] if index else None
            if before is not None and before.entity_type == claim.entity_type:
                before.end = rest_end
            elif rival is not None and rival.entity_type == claim.entity_type:
                rival.start = position
            else:
                winners.add(_Claimed(claim, position, rest_end))
        if rival is not None:
            position = max(position, rival.end)
            if rival.entity_type == claim.entity_type:
                rival.detections.append(claim)
