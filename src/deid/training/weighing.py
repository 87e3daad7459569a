"""What the pairs of networks share, of which one reads a place and the other weighs what it says.

The second is given what networks that had not seen a text said of it, as it will be with the texts of users.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from deid.catalog import shipped_catalog
from deid.detection.composite import Composite
from deid.detection.networks import Floats, Spans
from deid.normalize import Shadow
from deid.training.layers import Layers, standardized

MANIFEST = "manifest.json"
_UNITS = 32


@dataclass(frozen=True)
class Figures:
    """Of candidates in texts that the networks had not seen: those that are names, those that are told, those told rightly."""

    named: int
    found: int
    right: int

    def __str__(self) -> str:
        recall, precision = self.right / max(self.named, 1), self.right / max(self.found, 1)
        return f"{self.named} names, recall {recall:.1%}, precision {precision:.1%}"


def named(
    read: Shadow, spans: Spans, gold: Collection[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> Floats:
    """Of each span whether it is one of the `gold`; nan where it only touches what is `taken`. These are in offsets of the original."""
    told = []
    for span in spans.tolist():
        start, end = read.original(*span)
        touches = any(first < end and start < last for first, last in taken)
        told.append(1.0 if (start, end) in gold else np.nan if touches else 0.0)
    return np.array(told, np.float32)


def weighing_of(
    traits: Sequence[Floats], named: Sequence[Floats], likely: float, seed: int
) -> tuple[Layers, Figures]:
    """The network that weighs, fitted on all parts; and what those find that were fitted on the others of each part."""

    def fitted(parts: Sequence[int]) -> Layers:
        inputs, wanted = (np.concatenate([column[part] for part in parts]) for column in (traits, named))
        return standardized(inputs, wanted, _UNITS, seed)

    figures = Figures(0, 0, 0)
    for part in range(len(traits)):
        network = fitted([other for other in range(len(traits)) if other != part])
        believed, told = network.odds(traits[part]) >= np.log(likely / (1 - likely)), named[part] > 0
        counts = told.sum(), believed.sum(), (told & believed).sum()
        figures = Figures(*(a + int(b) for a, b in zip(astuple(figures), counts, strict=True)))
    return fitted(range(len(traits))), figures


def tell(out: Path, part: str, told: object) -> None:
    """Tell of a network in the manifest of the folder."""
    manifest = out / MANIFEST
    entries = json.loads(manifest.read_text("utf-8"))
    entries[part] = told
    manifest.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")


@cache
def composite() -> Composite:
    return Composite(shipped_catalog())  # not loaded: that would read a text with the networks of old
