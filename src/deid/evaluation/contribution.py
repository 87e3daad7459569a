"""What each recognizer brings: what it finds, and what nobody else would have found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deid.catalog import Marked
from deid.evaluation.comparing import Comparison
from deid.types import Detection, Entity


@dataclass(frozen=True, slots=True)
class Contribution:
    """Of one recognizer. `only_right` and `only_wrong` are finds that no other recognizer made."""

    recognizer: str
    finds: int
    right: int
    wrong: int
    only_right: int
    only_wrong: int


def contributions(
    found: Iterable[Sequence[Entity | Marked]], comparisons: Iterable[Comparison]
) -> tuple[Contribution, ...]:
    """Of every recognizer that made a scored find; those with most finds first."""
    counts: dict[str, Counter[str]] = {}
    for finds, comparison in zip(found, comparisons, strict=True):
        for source, right in verdicts(comparison).items():
            names = recognizers(finds[source])
            for name in names:
                count = counts.setdefault(name, Counter())
                count["right" if right else "wrong"] += 1
                if len(names) == 1:
                    count["only_right" if right else "only_wrong"] += 1
    made = [
        Contribution(
            name,
            count["right"] + count["wrong"],
            count["right"],
            count["wrong"],
            count["only_right"],
            count["only_wrong"],
        )
        for name, count in counts.items()
    ]
    return tuple(sorted(made, key=lambda row: (-row.finds, row.recognizer)))


def verdicts(comparison: Comparison) -> dict[int, bool]:
    """Find, as it was given → whether it is right; finds that are scored neither way are left out."""
    matched = set(comparison.right.values())
    result: dict[int, bool] = {}
    for f in comparison.counted:
        for source in comparison.sources[f]:
            result[source] = result.get(source, False) or f in matched
    return result


def recognizers(find: Entity | Marked) -> tuple[str, ...]:
    """The recognizers behind a find, without repetition."""
    if isinstance(find, Marked):
        return ()
    return tuple(dict.fromkeys(_name(detection) for detection in find.detections))


def _name(detection: Detection) -> str:
    """Recognizers that look for many signs at once are told apart by the first sign."""
    if "." in detection.recognizer or not detection.evidence:
        return detection.recognizer
    return f"{detection.recognizer} ({detection.evidence[0]})"
