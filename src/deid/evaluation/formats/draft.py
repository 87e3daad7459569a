"""What a format module hands over: a text and what the file says about it, not yet checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.errors import SamplesError
from deid.evaluation.samples import Sample

IGNORE = "IGNORE"
"""The label of what is scored neither way, in formats that have no other place for it."""


class Labelled(NamedTuple):
    """A stretch as the file gives it: offsets in the file's own units, `surface` where it has one."""

    start: int
    end: int
    label: str
    surface: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A sample as it stands in the file. `place` is for messages: `line 3`, `item 3`."""

    place: str
    text: str = field(repr=False)
    spans: tuple[Labelled, ...] = field(default=(), repr=False)
    id: str = ""
    group: str = ""
    labels: tuple[str, ...] = ()


def damaged(name: str, place: str, what: str, *, hint: str = "") -> SamplesError:
    """`records.jsonl, line 3: what`. Never with text of the file."""
    return SamplesError(f"{name}{', ' if place else ''}{place}: {what}", hint=hint)


def labelled(sample: Sample) -> Iterator[tuple[int, int, str]]:
    """`(start, end, label)` of everything labelled, in order; optional marks as IGNORE, IGNORE_AGE …"""
    stretches = [(mark.start, mark.end, mark.entity_type) for mark in sample.marks]
    for mark in sample.optional:
        own = mark.entity_type != IGNORE
        stretches.append((mark.start, mark.end, f"{IGNORE}_{mark.entity_type}" if own else IGNORE))
    return iter(sorted(stretches))
