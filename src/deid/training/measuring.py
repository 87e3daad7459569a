"""What a tagger finds by itself, without rules: names and places of labelled samples, and names where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deid.detection.tagger import LABELS, Tagged, Tagger, load_tagger
from deid.evaluation.samples import Sample, Samples
from deid.normalize import shadow
from deid.training.corpus import held_out_dialogue
from deid.training.sentences import LABEL_OF


@dataclass
class Count:
    """Spans of one label: in the gold, found with the same borders, found at all."""

    gold: int = 0
    right: int = 0
    found: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.gold + other.gold, self.right + other.right, self.found + other.found)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass
class Figures:
    """F1 of exact spans in percent and spans in the gold, by label and of all; false names in 10,000 characters that name nobody."""

    f1: dict[str, float] = field(default_factory=dict)
    gold: dict[str, int] = field(default_factory=dict)
    false_names: float = 0.0

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def __str__(self) -> str:
        shown = ", ".join(f"{label} {value:.1f}" for label, value in self.f1.items())
        return f"F1 {shown}; {self.false_names:.2f} false names in 10,000 characters"


def measured(model: Path, shared: Path, samples: Iterable[Path]) -> Figures:
    """The figures of the model in the folder `model` over files of labelled samples."""
    tagger = load_tagger(model, gated=False)
    items = [sample for path in samples for sample in Samples.load(path)]
    counts = tally(tagger, items)
    counts["all"] = sum(counts.values(), Count())
    texts = [shadow(text).text for text in held_out_dialogue(shared)]
    names = sum(tag.label == "PER" for tags in tagger.tag(texts) for tag in tags)
    return Figures(
        {label: round(100 * count.f1, 2) for label, count in counts.items()},
        {label: count.gold for label, count in counts.items()},
        round(names / sum(map(len, texts)) * 10_000, 2),
    )


def tally(tagger: Tagger, items: Sequence[Sample]) -> dict[str, Count]:
    """Exact spans of each label. What only touches an optional mark is not counted."""
    counts = {label: Count() for label in LABELS}
    shadows = [shadow(item.text) for item in items]
    for item, read, tags in zip(items, shadows, tagger.tag([s.text for s in shadows]), strict=True):
        gold = {(m.start, m.end, LABEL_OF[m.entity_type]) for m in item.marks if m.entity_type in LABEL_OF}
        found = {
            (*read.original(tag.start, tag.end), tag.label) for tag in tags if not _is_optional(tag, item)
        }
        for label, count in counts.items():
            count.gold += sum(span[2] == label for span in gold)
            count.found += sum(span[2] == label for span in found)
            count.right += sum(span[2] == label for span in gold & found)
    return counts


def _is_optional(tag: Tagged, item: Sample) -> bool:
    return any(mark.start < tag.end and tag.start < mark.end for mark in item.optional)
