"""Thresholds per type, and patterns that deserve more weight, or none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from deid.catalog import Catalog
from deid.evaluation.tuning.changes import Change, Evidence
from deid.evaluation.tuning.objective import Objective
from deid.evaluation.tuning.reading import Found, Reading

_LEAST = 3
"""So many finds must speak for a change of a number."""
_STEP = 0.05


def thresholds(
    readings: Sequence[Reading], current: Mapping[str, float], objective: Objective
) -> Iterator[Change]:
    """The threshold of each type that serves the objective best, where what it moves is worth three finds.

    `readings` come from a run with low thresholds, `current` are those in force.
    """
    gold = Counter(mark.entity_type for reading in readings for mark in reading.gold)
    finds: dict[str, list[Found]] = defaultdict(list)
    for reading in readings:
        for find in reading.found:
            finds[find.mark.entity_type].append(find)
    for entity_type, found in sorted(finds.items()):
        now = current.get(entity_type, 0.4)
        tried = {round(n * _STEP, 2) for n in range(2, 20)} | {now}
        best = max(tried, key=lambda t: (_value(found, t, gold[entity_type], objective), -abs(t - now)))
        before, after = (_value(found, t, gold[entity_type], objective) for t in (now, best))
        if best == now or _moved(found, now, best, objective, below=before < 0) < _LEAST:
            continue
        if after > before:
            right = sum(find.right for find in found if find.score >= best)
            wrong = sum(not find.right for find in found if find.score >= best)
            yield Change("threshold", entity_type, "", Evidence(right, wrong, len(found)), number=best)


def _value(found: Sequence[Found], threshold: float, gold: int, objective: Objective) -> float:
    taken = [find for find in found if find.score >= threshold]
    return objective.value(sum(find.right for find in taken), len(taken), gold)


def _moved(found: Sequence[Found], now: float, then: float, objective: Objective, *, below: bool) -> float:
    """What the finds between the thresholds are worth to the objective, which is `below` its floor now."""
    low, high = sorted((now, then))
    between = Counter(find.right for find in found if low <= find.score < high)
    gain = objective.worth(between[True], between[False], below=below)
    return gain if then < now else -gain


def helpful_patterns(
    readings: Sequence[Reading], current: Mapping[str, float], catalog: Catalog
) -> Iterator[Change]:
    """Patterns whose finds lie below the threshold and are right: their score is raised over it.

    `readings` and `current` are those of `thresholds`.
    """
    finds: dict[str, Counter[bool]] = defaultdict(Counter)
    for reading in readings:
        for find in reading.found:
            if find.score < current.get(find.mark.entity_type, 0.4):
                finds[find.recognizer][find.right] += 1
    for recognizer, counts in sorted(finds.items()):
        entity_type, _, name = recognizer.partition(".")
        spec = catalog.by_type.get(entity_type)
        helpful = counts[True] >= _LEAST and counts[True] >= 9 * counts[False]
        if spec and helpful and any(pattern.name == name for pattern in spec.patterns):
            evidence = Evidence(counts[True], counts[False], counts[True] + counts[False])
            yield Change("score", entity_type, name, evidence, number=round(current[entity_type] + _STEP, 2))


def harmful_patterns(readings: Sequence[Reading], catalog: Catalog) -> Iterator[Change]:
    """Patterns whose finds are mostly wrong: taken out of play unless a cue is near."""
    finds: dict[str, Counter[bool]] = defaultdict(Counter)
    for reading in readings:
        for find in reading.found:
            finds[find.recognizer][find.right] += 1
    for recognizer, counts in sorted(finds.items()):
        entity_type, _, name = recognizer.partition(".")
        spec = catalog.by_type.get(entity_type)
        harmful = counts[False] >= _LEAST and counts[False] > 3 * counts[True]
        if spec and harmful and any(pattern.name == name for pattern in spec.patterns):
            evidence = Evidence(counts[True], counts[False], counts[True] + counts[False])
            yield Change("score", entity_type, name, evidence)
