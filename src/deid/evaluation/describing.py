"""What a labelled set holds, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from deid.evaluation.samples import Samples
from deid.normalize import canonical


@dataclass(frozen=True, slots=True)
class TypeStatistics:
    """Of one entity type: marks, different values, samples with it, lengths in characters."""

    entity_type: str
    marks: int
    values: int
    samples: int
    shortest: int
    middle: int
    longest: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of a set; `groups` are those that folds keep together, `lengths` shortest, middle and longest text."""

    samples: int
    characters: int
    marks: int
    optional: int
    groups: int
    largest_group: int
    unlabelled: int
    lengths: tuple[int, int, int]
    types: tuple[TypeStatistics, ...]


def statistics(samples: Samples) -> Statistics:
    """Counts of a set that is not empty; most frequent types first."""
    from deid.evaluation.splitting import groups

    values: dict[str, Counter[str]] = defaultdict(Counter)
    lengths: dict[str, list[int]] = defaultdict(list)
    holders: Counter[str] = Counter()
    for sample in samples:
        for start, end, kind in sample.marks:
            values[kind][canonical(sample.text[start:end], kind)] += 1
            lengths[kind].append(end - start)
        holders.update({mark.entity_type for mark in sample.marks})
    sizes = Counter(groups(samples))
    types = (
        TypeStatistics(kind, len(found), len(values[kind]), holders[kind], *_spread(found))
        for kind, found in lengths.items()
    )
    return Statistics(
        len(samples),
        samples.characters,
        sum(len(sample.marks) for sample in samples),
        sum(len(sample.optional) for sample in samples),
        len(sizes),
        max(sizes.values()),
        sum(not sample.marks for sample in samples),
        _spread([len(sample.text) for sample in samples]),
        tuple(sorted(types, key=lambda each: (-each.marks, each.entity_type))),
    )


def _spread(numbers: Sequence[int]) -> tuple[int, int, int]:
    return min(numbers), median_low(numbers), max(numbers)
