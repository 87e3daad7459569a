"""Samples as mining sees them: shadow texts, with what was missed and what was wrongly taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deid.catalog import Marked
from deid.evaluation.comparing import Rules, compare
from deid.evaluation.samples import Sample
from deid.normalize import Shadow, shadow
from deid.types import Entity


@dataclass(frozen=True, slots=True)
class Found:
    """A find that counts: whether it is right, and what claimed it."""

    mark: Marked
    right: bool
    score: float
    recognizer: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One sample. All offsets are those of `text`, the shadow."""

    text: str = field(repr=False)
    gold: tuple[Marked, ...]
    optional: tuple[Marked, ...]
    missed: tuple[Marked, ...]
    found: tuple[Found, ...]

    def gold_at(self, start: int, end: int) -> Marked | None:
        """The gold mark that a find from `start` to `end` would be right for: half of the union in common."""
        for mark in self.gold:
            common = min(mark.end, end) - max(mark.start, start)
            if common > 0 and 2 * common >= max(mark.end, end) - min(mark.start, start):
                return mark
        return None

    def is_open(self, start: int, end: int) -> bool:
        """Whether a find there counts neither way."""
        return any(mark.start < end and start < mark.end for mark in self.optional)


def read(samples: Iterable[Sample], found: Iterable[Sequence[Entity]], rules: Rules) -> list[Reading]:
    """The samples with what `found` got right and wrong under `rules`."""
    return [_read(sample, entities, rules) for sample, entities in zip(samples, found, strict=True)]


def _read(sample: Sample, entities: Sequence[Entity], rules: Rules) -> Reading:
    shown = shadow(sample.text)
    comparison = compare(sample, entities, rules)
    right = set(comparison.right.values())
    finds = []
    for index in comparison.counted:
        source = entities[comparison.sources[index][0]]
        finds.append(
            Found(
                _moved(shown, comparison.found[index]),
                index in right,
                source.score,
                source.detections[0].recognizer if source.detections else "",
            )
        )
    return Reading(
        shown.text,
        tuple(_moved(shown, mark) for mark in comparison.gold),
        tuple(_moved(shown, mark) for mark in sample.optional),
        tuple(_moved(shown, mark) for g, mark in enumerate(comparison.gold) if g not in comparison.right),
        tuple(finds),
    )


def _moved(shown: Shadow, mark: Marked) -> Marked:
    return Marked(shown.position(mark.start), shown.position(mark.end), mark.entity_type)
