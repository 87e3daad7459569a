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
    """Blocks that belong together: numbers and stand-ins are those of all of them."""
    read = list(deidentifier.detect_blocks(blocks))
    return [_row(block, entities, done) for block, entities, done in deidentifier.replace_all(read)]


def _row(block: TextBlock, entities: Sequence[Entity], done: Sequence[Replacement]) -> Row:
    replaced = {replacement.entity: replacement for replacement in done}
    before, after = [], []
    for start, end, entity in _stretches(block.text, entities):
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


def _stretches(text: str, entities: Sequence[Entity]) -> Iterator[tuple[int, int, Entity | None]]:
    position = 0
    for entity in entities:
        if position < entity.start:
            yield position, entity.start, None
        yield entity.start, entity.end, entity
        position = entity.end
    if position < len(text):
        yield position, len(text), None
