"""Paragraphs that are read as one text: what stands in one tells what the next means, as it does for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from deid.types import Entity, TextBlock

_LONGEST = 4_000
"""Characters that are read together."""
_TEXTS, _CHARACTERS = 256, 200_000
"""Blocks and characters of a batch."""
_MOST_BETWEEN = 4 * _TEXTS
"""Blocks of a batch when it ends within a passage: after a large table."""


@dataclass(slots=True)
class Passage:
    """Paragraphs of one flow that follow one another, whatever else stands between them."""

    flow: str
    paragraphs: list[TextBlock] = field(default_factory=list)
    size: int = 0

    @property
    def text(self) -> str:
        """The paragraphs, each on a line of its own."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def takes(self, block: TextBlock) -> bool:
        """Whether a paragraph belongs to it."""
        return block.flow == self.flow and self.size + len(block.text) <= _LONGEST

    def add(self, block: TextBlock) -> None:
        self.paragraphs.append(block)
        self.size += len(block.text) + 1

    def parts(self, entities: Sequence[Entity]) -> Iterator[tuple[Entity, ...]]:
        """Of each paragraph its share of the entities of the text."""
        start = first = 0
        for paragraph in self.paragraphs:
            end = start + len(paragraph.text)
            while first < len(entities) and entities[first].end <= start:
                first += 1
            last = first
            while last < len(entities) and entities[last].start < end:
                last += 1
            found = (_within(entity, start, paragraph.text) for entity in entities[first:last])
            yield tuple(entity for entity in found if entity is not None)
            start = end + 1


@dataclass(slots=True)
class Batch:
    """Blocks in order, and the passages in them."""

    blocks: list[TextBlock] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def batches(blocks: Iterable[TextBlock]) -> Iterator[Batch]:
    """The blocks in batches. Which paragraphs are read together depends on them alone, not on what stands between."""
    batch, size, passage = Batch(), 0, None
    for block in blocks:
        begins = is_paragraph(block) and not (passage and passage.takes(block))
        is_full = len(batch.blocks) >= _TEXTS or size >= _CHARACTERS
        if is_full and (passage is None or begins or len(batch.blocks) >= _MOST_BETWEEN):
            yield batch
            batch, size, passage = Batch(), 0, None
        if is_paragraph(block):
            if passage is None or not passage.takes(block):
                passage = Passage(block.flow)
                batch.passages.append(passage)
            passage.add(block)
        batch.blocks.append(block)
        size += len(block.text)
    if batch.blocks:
        yield batch


def is_paragraph(block: TextBlock) -> bool:
    """Whether it is read together with others: where the layout says what it is, it is read by itself."""
    return bool(block.flow) and not block.labels and block.table is None


def _within(entity: Entity, start: int, text: str) -> Entity | None:
    """The part of an entity that lies in a paragraph which begins at `start`."""
    first, last = max(entity.start - start, 0), min(entity.end - start, len(text))
    if not text[first:last].strip():
        return None
    moved = (
        replace(claim, start=max(claim.start - start, 0), end=min(claim.end - start, len(text)))
        for claim in entity.detections
    )
    return replace(entity, start=first, end=last, detections=tuple(moved))
