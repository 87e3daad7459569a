"""What was nearly found: claims that a threshold, a protected word or a keep list left out.

Every stretch is told once, with the claim that came nearest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from deid.detection.composite import YIELDING, Composite
from deid.detection.tagger import Tagged
from deid.normalize import shadow
from deid.types import Detection, Entity, NearMiss

_NEAR = 0.3
"""How far below its threshold a claim may be to be worth telling."""
_SEEN = 0.3
"""From this score on what the tagger takes for a person is told."""


def near_misses(
    composite: Composite,
    text: str,
    tagged: Sequence[Tagged],
    entities: Sequence[Entity],
    *,
    labels: Sequence[str] = (),
    kept: Collection[Detection] = (),
) -> tuple[NearMiss, ...]:
    """In order of start; nothing that an entity other than a medical term covers. `tagged` are in offsets of the shadow."""
    found = [
        *((claim, "kept") for claim in kept),
        *_below(composite, composite.claims(text, tagged, labels=labels)),
        *composite.refused_names(text, tagged, labels=labels),
        *(
            (claim, composite.protected(text[claim.start : claim.end]) or "tagger alone")
            for claim in _tagged(text, tagged)
        ),
    ]
    hidden = [entity for entity in entities if entity.entity_type not in YIELDING]
    told: list[NearMiss] = []
    for claim, reason in sorted(found, key=lambda pair: (_ORDER.get(pair[1], 0), -pair[0].score)):
        if not _overlaps(claim, hidden) and not _overlaps(claim, told):
            told.append(
                NearMiss(
                    claim.entity_type,
                    claim.start,
                    claim.end,
                    claim.score,
                    claim.recognizer,
                    claim.evidence,
                    reason,
                )
            )
    return tuple(sorted(told, key=lambda miss: (miss.start, miss.end)))


_ORDER = {"kept": -1, "below threshold": 1, "tagger alone": 2}
"""Of several reasons for one stretch the one that says most is told."""


def _below(composite: Composite, claims: Iterable[Detection]) -> Iterator[tuple[Detection, str]]:
    for claim in claims:
        threshold = composite.threshold(claim.entity_type)
        if threshold - _NEAR <= claim.score < threshold:
            yield claim, "below threshold"


def _tagged(text: str, tagged: Sequence[Tagged]) -> Iterator[Detection]:
    read = shadow(text)
    for tag in tagged:
        if tag.label == "PER" and tag.score >= _SEEN:
            start, end = read.original(tag.start, tag.end)
            yield Detection("PERSON", start, end, tag.score, "PERSON.tagger", ("tagger",))


def _overlaps(claim: Detection, others: Iterable[Entity | NearMiss]) -> bool:
    return any(other.start < claim.end and claim.start < other.end for other in others)
