"""What the passes note in the journal about a file, and how it is read again.

Kept under `place`: the findings of an older version of a file do not mix in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from deid.batch.journal import Journal, Kind
from deid.batch.link import Row
from deid.errors import UnreadableDocument
from deid.link.facts import Fact
from deid.link.linking import DocumentLink
from deid.types import Detection, Entity, Replacement, TextBlock
from deid.vault import VaultRow


class Put(NamedTuple):
    """What stands in place of an original, for the journal. Offsets are those of the source block."""

    text: str
    block: str
    where: str
    start: int
    end: int
    entity_type: str
    subject: str
    role: str


def place(source: str, fingerprint: str) -> str:
    """What the findings in a file are called in the journal."""
    return f"{source}\0{fingerprint}"


def stored_values(journal: Journal, source: str, fingerprint: str) -> Iterator[Row]:
    """The values that pass 1 noted for a file."""
    for part in journal.parts("values", place(source, fingerprint)):
        for row in part:
            yield Row(*row)


@dataclass(frozen=True)
class StoredFacts:
    """What pass 1 noted about the persons of a file, its name first; read from the journal each time."""

    journal: Journal
    source: str
    fingerprint: str

    def __iter__(self) -> Iterator[Fact]:
        name = place(self.source, self.fingerprint)
        named = self.journal.get("names", name)
        for part in chain([named[1] if named else []], self.journal.parts("facts", name)):
            for fact in part:
                yield Fact(*fact)


def vault_of(journal: Journal, source: str, fingerprint: str) -> Iterator[VaultRow]:
    """What leads back from the stand-ins that pass 2 put into a file."""
    for part in journal.parts("vault", place(source, fingerprint)):
        for row in part:
            yield VaultRow(*row)


def forget(journal: Journal, source: str, fingerprint: str) -> None:
    """Remove what was noted for an older version of a file."""
    kinds: tuple[Kind, ...] = (
        "names", "entities", "values", "facts", "link", "used", "places", "vault", "edits", "tally",
    )  # fmt: skip
    for kind in kinds:
        journal.drop(kind, place(source, fingerprint))


def stored_link(journal: Journal, source: str, fingerprint: str) -> DocumentLink:
    """Whom the names of a file mean, as the link step found."""
    return DocumentLink.from_json(journal.get("link", place(source, fingerprint)))


def places_of(block: TextBlock, done: Iterable[Replacement]) -> Iterator[Put]:
    """What was put where in a block."""
    for new in done:
        found = new.entity
        yield Put(
            new.text,
            block.id,
            block.where,
            found.start,
            found.end,
            found.entity_type,
            found.subject or "",
            found.role or "",
        )


def stored_places(journal: Journal, source: str, fingerprint: str) -> Iterator[Put]:
    """What pass 2 put into a file and its name."""
    for part in journal.parts("places", place(source, fingerprint)):
        for row in part:
            yield Put(*row)


def packed(block: TextBlock, entities: Iterable[Entity]) -> Any:
    """A block's entities for the journal."""
    return block.id, [
        (e.entity_type, e.start, e.end, e.score, e.form, _recognizer(e), e.subject, e.role) for e in entities
    ]


def unpacked(block: TextBlock, rows: Iterable[Any], ref: str) -> tuple[Entity, ...]:
    """The entities again. UnreadableDocument where the block cannot be the one that was read."""
    entities = []
    for kind, start, end, score, form, recognizer, subject, role in rows:
        if not 0 <= start < end <= len(block.text):
            raise UnreadableDocument(f"{ref}: the source reads differently in the second pass")
        claim = Detection(kind, start, end, score, recognizer, (), form)
        entities.append(Entity(kind, start, end, score, block.id, (claim,), subject, role))
    return tuple(entities)


def _recognizer(entity: Entity) -> str:
    return entity.detections[0].recognizer if entity.detections else ""
