"""What the passes note in the journal about a file, and how it is read again.

Kept under `place`: the findings of an older version of a file do not mix in.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from deid.batch.journal import Journal, Kind, Together
from deid.batch.notes import Notes, Values
from deid.errors import UnreadableDocument
from deid.formats.plain import where_at
from deid.link.facts import PERSON, Fact, apart
from deid.link.parts import DocumentLink, Listed, Part
from deid.normalize import canonical
from deid.types import Detection, Entity, Replacement, TextBlock
from deid.vault import VaultRow

_NAME_BLOCK = "name/"
_MOST_SHARED, _FEW = 30_000, 4
"""Lists of entities that chunks share, and the entities of each: cells have few, and pages are all different."""

Told = tuple[tuple[Any, ...], ...]
"""The entities of a block: type, start, end, score, form, recognizer, subject, role."""


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


def _rows(journal: Journal, kind: Kind, source: str, fingerprint: str) -> Iterator[Any]:
    """The rows of all parts that were noted of one kind about a file."""
    for part in journal.parts(kind, place(source, fingerprint)):
        yield from part


def stored_values(journal: Journal, source: str, fingerprint: str) -> Iterator[Values]:
    """The values that pass 1 noted for a file, chunk by chunk."""
    return (Values(*part) for part in journal.parts("values", place(source, fingerprint)))


@dataclass(frozen=True)
class StoredNotes:
    """What pass 1 noted of the values of a file for the link step."""

    journal: Journal
    source: str
    fingerprint: str

    def __iter__(self) -> Iterator[Notes]:
        for part in self.journal.parts("notes", place(self.source, self.fingerprint)):
            yield Notes(*part)


@dataclass(frozen=True)
class StoredFacts:
    """What pass 1 noted about the persons of a file, its name first; read from the journal each time."""

    journal: Journal
    source: str
    fingerprint: str

    def __iter__(self) -> Iterator[Fact]:
        return self._of("facts")

    def names(self) -> Iterator[Fact]:
        """The facts about names alone."""
        return self._of("persons")

    def _of(self, kind: Kind) -> Iterator[Fact]:
        for part in self.journal.parts(kind, place(self.source, self.fingerprint)):
            yield from apart(part)


def vault_of(journal: Journal, source: str, fingerprint: str) -> Iterator[VaultRow]:
    """What leads back from the stand-ins that pass 2 put into a file."""
    return (VaultRow(*row) for row in _rows(journal, "vault", source, fingerprint))


def forget(journal: Journal, source: str, fingerprint: str) -> None:
    """Remove what was noted for an older version of a file."""
    kinds: tuple[Kind, ...] = (
        "names", "entities", "values", "notes", "facts", "persons", "link", "used", "places", "vault", "edits", "within",
        "rows", "tally",
    )  # fmt: skip
    for kind in kinds:
        journal.drop(kind, place(source, fingerprint))


def keep_link(journal: Journal, noted: Together, source: str, fingerprint: str, parts: Iterable[Part]) -> str:
    """Note whom the names of a file mean, part by part; the digest of it."""
    name, digest, last = place(source, fingerprint), hashlib.sha256(), 0
    for part in parts:
        if isinstance(part, Listed):
            first, others = None, [part.packed()]
        else:
            first, *others = part.packed()
        for content in others:
            last += 1
            noted.put("link", name, content, part=last)
            digest.update(_written(content))
        if first is not None:
            noted.put("link", name, first)
            digest.update(_written(first))
    journal.drop("link", name, after=last)
    return digest.hexdigest()


def _written(content: Any) -> bytes:
    """The same of the same content, whatever else holds parts of it; later formats of `marshal` tell of that."""
    return marshal.dumps(content, 2)


def stored_link_of_name(journal: Journal, source: str, fingerprint: str, name: str) -> DocumentLink:
    """The same as far as it tells of what stands in the name of the file: of a long list that is little."""
    parts = journal.parts("link", place(source, fingerprint))
    places, names, aliases, sections, *days = next(parts)
    plain = canonical(name, PERSON)
    names, aliases = (
        {value: token for value, token in some.items() if value in plain} for some in (names, aliases)
    )
    places = {block: starts for block, starts in places.items() if block.startswith(_NAME_BLOCK)}
    wanted = {*names.values(), *aliases.values(), *(token for _, _, token in sections)}
    wanted.update(token for starts in places.values() for token in starts.values())
    subjects: dict[str, Any] = {}
    for part in parts:
        told = part
        if isinstance(part, dict):
            told = part["subjects"]
            here = {value: token for value, token in part["names"].items() if value in plain}
            names |= here
            wanted.update(here.values())
        for row in told:
            if row[0] in wanted and (row[0] not in subjects or told is part):
                subjects[row[0]] = row
    return DocumentLink.from_parts([[places, names, aliases, sections, *days], [*subjects.values()]])


def places_of(block: TextBlock, done: Iterable[Replacement]) -> Iterator[Put]:
    """What was put where in a block."""
    for new in done:
        found = new.entity
        yield Put(
            new.text,
            block.id,
            where_at(block, found.start),
            found.start,
            found.end,
            found.entity_type,
            found.subject or "",
            found.role or "",
        )


def stored_places(journal: Journal, source: str, fingerprint: str) -> Iterator[Put]:
    """What pass 2 put into a file and its name."""
    return (Put(*row) for row in _rows(journal, "places", source, fingerprint))


def told(entities: Iterable[Entity]) -> Told:
    """The entities of a block, for the journal."""
    return tuple(
        (e.entity_type, e.start, e.end, e.score, e.form, _recognizer(e), e.subject, e.role) for e in entities
    )


def entities_of(rows: Iterable[Any]) -> tuple[Entity, ...]:
    """The inverse of `told`."""
    entities = []
    for kind, start, end, score, form, recognizer, subject, role in rows:
        claim = Detection(kind, start, end, score, recognizer, (), form)
        entities.append(Entity(kind, start, end, score, "", (claim,), subject, role))
    return tuple(entities)


def check_reach(text: str, entities: Sequence[Entity], ref: str) -> None:
    """UnreadableDocument where a text cannot be the one in which the entities were found."""
    if entities and not 0 <= entities[0].start < entities[-1].end <= len(text):
        raise UnreadableDocument(f"{ref}: the source reads differently in the second pass")


def packed(noted: Iterable[tuple[str, Told]], viewed: Sequence[int] = ()) -> Any:
    """What was found in the blocks of a chunk, for the journal: what is alike once, and which of it each block has.

    `viewed` are the strips of the rows of a large table that have views.
    """
    kinds: dict[Told, int] = {}
    known: dict[int, int] = {}  # to look for a list takes longer than for its id
    ids: list[str] = []
    numbers: list[int] = []
    for name, found in noted:
        if found:
            number = known.get(id(found))
            if number is None:
                number = known[id(found)] = kinds.setdefault(found, len(kinds))
            ids.append(name)
            numbers.append(number)
    return [list(kinds), ids, numbers, viewed]


def unpacked(
    content: Any, shared: dict[Told, tuple[Entity, ...]] | None = None
) -> tuple[dict[str, tuple[Entity, ...]], frozenset[int]]:
    """The inverse of `packed`: block → its entities, which blocks share, with `shared` the few of cells of several
    chunks; strips."""
    kinds, ids, numbers, viewed = content or ((), (), (), ())
    shared = {} if shared is None else shared
    if len(shared) > _MOST_SHARED:
        shared.clear()
    made = []
    for rows in kinds:
        key = tuple(map(tuple, rows)) if len(rows) <= _FEW else ()
        found = shared.get(key) or entities_of(rows)
        if key:
            shared[key] = found
        made.append(found)
    return {id: made[number] for id, number in zip(ids, numbers, strict=True)}, frozenset(viewed)


def _recognizer(entity: Entity) -> str:
    return entity.detections[0].recognizer if entity.detections else ""
