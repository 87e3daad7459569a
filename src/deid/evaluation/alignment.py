"""Which of deid's types a foreign label stands for, told by what is found there.

A set that calls names CUST_NAME is not a set of a new kind of thing: where much of what carries a
label is found, and nearly all of that as one type, the label is that type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from deid.evaluation.samples import Sample
from deid.types import Entity

_SHARE, _PURITY = 0.4, 0.9
"""So much of a label must be found at all, and so much of what is found as the one type."""
_LEAST = 5
"""So many spans of a label say something about it."""


def alignment(
    samples: Iterable[Sample], found: Iterable[Sequence[Entity]], known: Collection[str]
) -> dict[str, str]:
    """Label → entity type, for labels that are not among the `known` types and mostly found as one."""
    counts: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sample, entities in zip(samples, found, strict=True):
        for mark in sample.marks:
            if mark.entity_type in known:
                continue
            counts[mark.entity_type] += 1
            for entity in entities:
                common = min(mark.end, entity.end) - max(mark.start, entity.start)
                if common > 0 and 2 * common >= max(mark.end, entity.end) - min(mark.start, entity.start):
                    seen[mark.entity_type][entity.entity_type] += 1
    aligned = {}
    for label, types in sorted(seen.items()):
        entity_type, count = max(types.items(), key=lambda item: (item[1], item[0]))
        pure = count >= _PURITY * types.total()
        if pure and counts[label] >= _LEAST and count >= _SHARE * counts[label]:
            aligned[label] = entity_type
    return aligned
