"""Finds of types that a set never labels: no figure counts them, and yet each hides text.

A set that labels names alone says nothing about dates. What is found of them beside all labels is
counted here, so that a pattern of dates that eats doses is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from deid.evaluation.comparing import Rules
from deid.evaluation.samples import Sample
from deid.types import Entity


class Unlabelled(NamedTuple):
    """A find that touches no label, of a type that no sample labels."""

    sample: str
    entity_type: str
    start: int
    end: int


def unlabelled(
    samples: Iterable[Sample],
    found: Iterable[Sequence[Entity]],
    rules: Rules,
    *,
    ignored: Collection[str] = (),
) -> Iterator[Unlabelled]:
    """Those of all samples. Types that the policy keeps hide nothing; `ignored` ones were asked to be left out."""
    skipped = {rules.class_of(name) for name in ignored}
    for sample, entities in zip(samples, found, strict=True):
        labels = (*sample.marks, *sample.optional)
        for entity in entities:
            name = entity.entity_type
            if rules.is_scored(name) or name in rules.kept or rules.class_of(name) in skipped:
                continue
            if not any(mark.start < entity.end and entity.start < mark.end for mark in labels):
                yield Unlabelled(sample.id, name, entity.start, entity.end)


def counted(finds: Iterable[Unlabelled]) -> Mapping[str, int]:
    """Type → count, the most frequent first."""
    counts = Counter(find.entity_type for find in finds)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))
