"""What would become of one document: each block before and after, with what changed marked.

Nothing is written. A preview holds originals: it is for who may see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from deid import formats
from deid.pipeline import Deidentifier
from deid.types import Entity, Replacement, TextBlock


class Piece(NamedTuple):
    """A stretch of text; `entity_type` is empty where nothing was found, `operator` keep where it stays."""

    text: str
    entity_type: str = ""
    operator: str = ""


@dataclass(frozen=True)
class Row:
    """A block before and after."""

    where: str
    before: tuple[Piece, ...] = field(repr=False)
    after: tuple[Piece, ...] = field(repr=False)

    @property
    def changed(self) -> bool:
        return any(piece.operator not in ("", "keep") for piece in self.after)


def preview(path: str | Path, deidentifier: Deidentifier) -> list[Row]:
    """The blocks of a document. UnreadableDocument where it cannot be read."""
    return preview_blocks(formats.read(path, ref="document").blocks(), deidentifier)


def preview_blocks(blocks: Iterable[TextBlock], deidentifier: Deidentifier) -> list[Row]:
    """Blocks that belong together: numbers and stand-ins are those of all of them.

    Of a view over blocks that were there before (the cells of a row) there is only what goes over several.
    """
    read = list(deidentifier.detect_blocks(blocks))
    sources: set[str] = set()
    found: set[tuple[str, int]] = set()
    rows = []
    for block, entities, done in deidentifier.replace_all(read):
        places = {entity: set(_places(block, entity)) for entity in entities}
        if sources.isdisjoint(segment.source for segment in block.sources()):
            rows.append(_row(block, 0, len(block.text), entities, done))
        elif new := [entity for entity in entities if not places[entity] <= found]:
            rows.append(_row(block, new[0].start, new[-1].end, new, done))
        sources.update(segment.source for segment in block.sources())
        found.update(*places.values())
    return rows


def _places(block: TextBlock, entity: Entity) -> Iterator[tuple[str, int]]:
    """Source and offset of each character."""
    for segment in block.sources():
        for at in range(max(entity.start, segment.start), min(entity.end, segment.end)):
            yield segment.source, segment.source_start + at - segment.start


def _row(
    block: TextBlock, first: int, last: int, entities: Sequence[Entity], done: Sequence[Replacement]
) -> Row:
    replaced = {replacement.entity: replacement for replacement in done}
    before, after = [], []
    for start, end, entity in _stretches(first, last, entities):
        text = block.text[start:end]
        if entity is None:
            before.append(Piece(text))
            after.append(Piece(text))
            continue
        replacement = replaced.get(entity)
        operator = replacement.operator if replacement else "keep"
        before.append(Piece(text, entity.entity_type, operator))
        after.append(Piece(replacement.text if replacement else text, entity.entity_type, operator))
    return Row(block.where or block.id, tuple(before), tuple(after))


def _stretches(
    position: int, last: int, entities: Sequence[Entity]
) -> Iterator[tuple[int, int, Entity | None]]:
    for entity in entities:
        if position < entity.start:
            yield position, entity.start, None
        yield entity.start, entity.end, entity
        position = entity.end
    if position < last:
        yield position, last, None
