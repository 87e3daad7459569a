"""Documents as samples that carry what deid finds: a start for people who label.

Blocks of a document are joined to texts of a size that a person reads at once: cells of a
row with tabs, everything else with line breaks. Blocks that show a place a second time (the
views of a table) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deid.catalog import Marked
from deid.evaluation.samples import Sample
from deid.pipeline import Deidentifier
from deid.types import Entity, TextBlock

SIZE = 1_500
"""Characters after which a new text begins."""

Read = tuple[TextBlock, tuple[Entity, ...]]


def prelabelled(blocks: Iterable[TextBlock], deidentifier: Deidentifier, *, name: str) -> Iterator[Sample]:
    """The samples of one document, called `name-1`, `name-2` …, its group is `name`."""
    number = 0
    for group in _grouped(_once(deidentifier.detect_blocks(blocks))):
        text, marks = _joined(group)
        if text.strip():
            number += 1
            yield Sample(f"{name}-{number}", text, marks, group=name)


def _once(read: Iterable[Read]) -> Iterator[Read]:
    seen: set[str] = set()
    for block, entities in read:
        sources = {segment.source for segment in block.sources()}
        if not sources <= seen:
            seen |= sources
            yield block, entities


def _grouped(read: Iterable[Read]) -> Iterator[list[Read]]:
    group: list[Read] = []
    length = 0
    for block, entities in read:
        if group and length + len(block.text) > SIZE and not _same_row(group[-1][0], block):
            yield group
            group, length = [], 0
        group.append((block, entities))
        length += len(block.text) + 1
    if group:
        yield group


def _same_row(one: TextBlock, other: TextBlock) -> bool:
    return (
        one.table is not None
        and other.table is not None
        and (one.table.sheet, one.table.row) == (other.table.sheet, other.table.row)
    )


def _joined(group: Sequence[Read]) -> tuple[str, tuple[Marked, ...]]:
    parts: list[str] = []
    marks: list[Marked] = []
    position = 0
    before: TextBlock | None = None
    for block, entities in group:
        if before is not None:
            parts.append("\t" if _same_row(before, block) else "\n")
            position += 1
        marks += (
            Marked(position + entity.start, position + entity.end, entity.entity_type) for entity in entities
        )
        parts.append(block.text)
        position += len(block.text)
        before = block
    return "".join(parts).rstrip("\n"), tuple(marks)
