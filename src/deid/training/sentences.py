"""Labelled sentences as the network reads them: shadow text without white space, one tag a character."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from deid.catalog import Marked
from deid.detection.tagger import LABELS, TAGS, segments
from deid.normalize import shadow

IGNORE: Final = "IGNORE"
"""A span of this type is neither right nor wrong: its characters teach nothing."""

UNSURE: Final = -1
"""The tag of a character that teaches nothing."""

LABEL_OF: Final = {
    "PERSON": "PER",
    "LOCATION": "LOC",
    "CN_ADDRESS": "ADR",
    "ORGANIZATION": "ORG",
    "CN_MEDICAL_INSTITUTION": "HOS",
}
"""Entity type → label of the tagger; other types are no business of it."""

_TAG_IDS: Final = {tag: number for number, tag in enumerate(TAGS)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`tags` holds an index into TAGS for each character of `text`, or UNSURE."""

    text: str
    tags: tuple[int, ...]


def sentences(
    text: str, marks: Iterable[Marked], *, labelled: frozenset[str] = frozenset(LABELS)
) -> Iterator[Sentence]:
    """The sentences of a labelled text.

    `labelled` are the labels that the marks are complete for; where a set does not label a kind
    of thing, its text cannot teach that there is none, and is left out by the caller.
    """
    read = shadow(text)
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    spans = [(mark.start, mark.end, LABEL_OF.get(mark.entity_type, mark.entity_type)) for mark in ordered]
    starts = [start for start, _, _ in spans]
    longest = max((end - start for start, end, _ in spans), default=0)
    for segment in segments(read.text):
        places = [read.original(*segment.back(at, at + 1))[0] for at in range(len(segment.text))] if read.starts is not None else [
            segment.back(at, at + 1)[0] for at in range(len(segment.text))
        ]  # fmt: skip
        tags = [0] * len(places)
        first = bisect_left(starts, places[0] - longest)
        for start, end, label in spans[first : bisect_left(starts, places[-1] + 1)]:
            left, right = bisect_left(places, start), bisect_left(places, end)
            if left < right:
                tags[left:right] = (
                    tags_of(label, right - left)
                    if label in labelled or label == IGNORE
                    else [0] * (right - left)
                )
        yield Sentence(segment.text, tuple(tags))


def tags_of(label: str, length: int) -> Sequence[int]:
    """The tags of one span: B, I…, E, or S."""
    if label == IGNORE:
        return [UNSURE] * length
    if length == 1:
        return [_TAG_IDS[f"S-{label}"]]
    inside = _TAG_IDS[f"I-{label}"]
    return [_TAG_IDS[f"B-{label}"], *[inside] * (length - 2), _TAG_IDS[f"E-{label}"]]
