"""Pass 2: what stands in the place of what was found, block by block, and what is counted on the way.

Blocks come in the chunks of pass 1, and nothing is carried from one to the next, so that
several workers can share a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby
from typing import Any, NamedTuple

from deid.batch.bench import Bench
from deid.batch.checking import Search, Value, Wanted, tight
from deid.batch.chunks import MOST, first_number
from deid.batch.journal import Journal
from deid.batch.link import Link
from deid.batch.notes import PERSON, Row
from deid.batch.stored import Put, Told, check_reach, place, places_of, stored_values, unpacked
from deid.batch.storedlink import StoredLink
from deid.batch.walk import reference
from deid.detection.composite import YIELDING
from deid.detection.joined import Joined
from deid.detection.memory import Recurring
from deid.detection.values import PackedValues
from deid.errors import UnreadableDocument
from deid.formats.edits import Edit, Piece, pieces
from deid.formats.rows import Cells, TableRow
from deid.link.parts import DocumentLink
from deid.link.withholding import Withholding
from deid.normalize import canonical
from deid.pipeline import Deidentifier
from deid.types import Entity, Replacement, Segment, Strip, TextBlock, splice
from deid.vault import VaultRow

_SHORT, _NOTED = 48, 50_000
_FIRM = 0.9
"""From here on nothing that is only certain elsewhere wins against an entity."""

_ANYBODYS = frozenset(["keep", "label", "generalize", "redact"])
"""Operators of which the outcome does not depend on whose a value is."""

Looked = tuple[str, tuple[Entity, ...], bool]
"""A text with its entities, and whether it is that of a row, in which only what is certain is looked for."""


def replaced(
    deidentifier: Deidentifier,
    link: Link,
    whose: DocumentLink,
    block: TextBlock,
    entities: Sequence[Entity],
    *,
    number: int,
    path: str,
    withholding: Withholding | None = None,
    looked: bool = False,
) -> tuple[tuple[Entity, ...], tuple[Replacement, ...]]:
    """The entities of a block with those that are certain elsewhere, and what stands in their place.

    `withholding` is that of the document; names of files and folders have none. With `looked` it is known
    that nothing that is certain elsewhere stands in the block.
    """
    if not looked:
        entities = deidentifier.propagate(block, entities, link.names, (whose.called, link.aliases))
    entities = tuple(whose.apply(entities, block, number=number, names=link.subjects))
    done = deidentifier.replace(
        block.text,
        entities,
        link.numbering,
        labels=block.labels,
        subjects=whose.subjects,
        stand_ins=link.stand_ins,
        origin=whose.origin,
        near=partial(whose.near, number),
        path=path,
    )
    if not withholding:
        return entities, done
    return withholding.apply(block, entities, done, number=number)


class Replacing:
    """Goes through the chunks of one document. `whose` tells whom its names mean."""

    def __init__(self, bench: Bench, number: int, source: str, fingerprint: str, whose: StoredLink) -> None:
        assert bench.link is not None
        self._bench, self._deidentifier, self._link = bench, bench.deidentifier, bench.link
        self._ref, self._source = reference(number), source
        self._name = place(source, fingerprint)
        self._whose = whose
        self._withholding = Withholding.of(self._whose, self._deidentifier.policy.withhold)
        self.originals = Originals(bench, source, fingerprint)
        self._remaining = Search(self.originals.wanted, bench.shared)
        self._read = 0
        self.characters = self.replaced_characters = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._kept: set[str] = set()
        self._used: dict[str, set[str]] = {}
        self._noted: set[str] = set()  # short texts that may recur
        self._looked_for = {PERSON, *(kind for kind, _ in self._link.names.values)}
        self._looking = _Looking(self._link, whose, self.originals.wanted)
        self._by_cells = not (self._withholding or self._deidentifier.policy.reversible)
        self._shared: dict[Told, tuple[Entity, ...]] = {}
        self._settled: Recurring[_Settled] = Recurring()
        self._about = _About(None, None, {})
        self._anybodys: dict[str, bool] = {}

    def chunk(self, index: int, strips: Sequence[Strip]) -> list[Piece]:
        """What is edited in a chunk; what was put where goes into the journal."""
        journal = self._bench.journal
        stored = unpacked(journal.part("entities", self._name, index), self._shared)
        chunk = _Chunk()
        units, texts = self._units(strips, stored, chunk)
        if stored:
            raise UnreadableDocument(f"{self._ref}: the source reads differently in the second pass")
        to_look, torn = self._looking.among(texts)
        for position, (unit, (text, entities, is_row)) in enumerate(zip(units, texts, strict=True)):
            looked = position not in to_look
            if isinstance(unit, CellUnit):
                self.characters += 0 if is_row else len(text)
                if looked and (is_row or self._put_cell(unit, text, entities, chunk)):
                    continue
                block = unit.block()
            else:
                block = unit[1]
                self.characters += chunk.counted.characters(block)
            self._put_block(
                unit[0], block, entities, chunk, looked=looked, noted=not is_row or position in torn
            )
        # part 0 is that of the file's name
        journal.put("places", self._name, list(map(tuple, chunk.put)), part=index + 1)
        if self._deidentifier.policy.reversible:
            journal.put("vault", self._name, list(map(tuple, chunk.vault)), part=index)
        self._read += 1
        return chunk.pieces

    def _units(
        self, strips: Sequence[Strip], stored: dict[str, tuple[Entity, ...]], chunk: _Chunk
    ) -> tuple[list[CellUnit | tuple[int, TextBlock]], list[Looked]]:
        """The cells and blocks of a chunk, with the text and the entities of each."""
        units: list[CellUnit | tuple[int, TextBlock]] = []
        texts: list[Looked] = []
        told: list[TextBlock] = []  # in the first and the last row of each sheet
        rows_hold = any(id.endswith("~") for id in stored)
        for strip, blocks in strips:
            number = first_number(strip)
            if not (self._by_cells and isinstance(blocks, TableRow) and blocks.is_plain):
                for place, block in enumerate(blocks):
                    units.append((number + min(place, MOST - 1), block))
                    texts.append((block.text, stored.pop(block.id, ()), block.search_only))
                    told.append(block)
                continue
            cells = blocks.cells
            name, row = cells.names.id, cells.row
            for place, (column, text) in enumerate(zip(cells.columns, cells.texts, strict=True)):
                entities = stored.pop(name(row, column), ()) if stored else ()
                units.append(CellUnit(number + place, blocks, place))
                texts.append((text, entities, False))
            if across := blocks.across:
                entities = stored.pop(blocks.across_block().id, ()) if rows_hold else ()
                units.append(CellUnit(number + len(cells.texts), blocks, -1))
                texts.append((across, entities, True))
            if cells.texts:
                chunk.rows.append(cells)
        for first, last in _ends(chunk.rows):
            told += first.block(0), last.block(0)
        self._whose.take(told)
        for text, entities, _ in texts:
            if entities:
                check_reach(text, entities, self._ref)
        return units, texts

    def _put_block(
        self,
        number: int,
        block: TextBlock,
        entities: tuple[Entity, ...],
        chunk: _Chunk,
        *,
        looked: bool,
        noted: bool,
    ) -> None:
        done: tuple[Replacement, ...] = ()
        if entities or not looked or self._withholding:
            entities, done = replaced(
                self._deidentifier,
                self._link,
                self._whose,
                block,
                entities,
                number=number,
                path=self._source,
                withholding=self._withholding,
                looked=looked,
            )
        self._count(block, entities, done, chunk.counted)
        if noted or done:
            self._note(block.text, entities, done)
        if done:
            chunk.put += places_of(block, done)
            chunk.pieces += pieces(block, done)
            chunk.vault += self._deidentifier.vault_rows(block.text, done)

    def _put_cell(self, unit: CellUnit, text: str, entities: tuple[Entity, ...], chunk: _Chunk) -> bool:
        """Put in what stands for the values of a cell, where that does not depend on whose they are."""
        if not entities:
            self._note_text(text)
            return True
        cells = unit.row.cells
        column = cells.columns[unit.place]
        id = cells.names.id(cells.row, column)
        whom = self._whom(cells, id)
        if whom is None:
            return False
        labels = cells.labels.get(column, ())
        settled = self._settled.get((text, labels))
        if settled is None or settled.entities is not entities:
            settled = self._settle(text, labels, entities)
            if settled is None:
                return False
            self._settled.put((text, labels), settled)
        self.replaced_characters += settled.replaced
        for counted in settled.counts:
            self._counts[counted] += 1
        for entity in entities:
            chunk.counted.take(id, entity.start)
        if settled.done:
            where = cells.names.where(cells.row, column)
            for new in settled.done:
                found = new.entity
                start, end = found.start, found.end
                chunk.put.append(Put(new.text, id, where, start, end, found.entity_type, *whom))
                if text[start:end] != new.text:
                    chunk.pieces.append((id, Edit(start, end, new.text), end - start))
        return True

    def _settle(self, text: str, labels: tuple[str, ...], entities: tuple[Entity, ...]) -> _Settled | None:
        """What stands in such a cell, whoever it is about; None where that counts."""
        if not all(map(self._is_anybodys, entities)):
            return None
        done = self._deidentifier.replace(
            text, entities, self._link.numbering, labels=labels, stand_ins=self._link.stand_ins
        )
        self._note(text, entities, done)
        operators = {new.entity.start: new.operator for new in done}
        counts, size = [], 0
        for entity in entities:
            operator = operators.get(entity.start, "keep")
            counts.append((entity.entity_type, operator))
            if operator == "keep":
                self._kept.add(text[entity.start : entity.end])
            else:
                size += entity.end - entity.start
        return _Settled(entities, done, tuple(counts), size)

    def _is_anybodys(self, entity: Entity) -> bool:
        """Whether what stands for it is the same whosever it is."""
        kind = entity.entity_type
        known = self._anybodys.get(kind)
        if known is None:
            specs = self._deidentifier.policy.specs_of(kind)
            known = kind != PERSON and len(specs) == 1 and specs[0].operator in _ANYBODYS
            self._anybodys[kind] = known
        return known and not (entity.subject or entity.role)

    def _whom(self, cells: Cells, id: str) -> tuple[str, str] | None:
        """Subject and role of the one whom a row is about, None where a cell of it tells of others as well."""
        if cells is not self._about.cells:
            self._about = self._about_row(cells)
        return None if id in self._about.others else self._about.whom

    def _about_row(self, cells: Cells) -> _About:
        row, whose = f"{cells.sheet}\0{cells.row}", self._whose
        others = whose.beside.get(row, whose.places)
        if row not in whose.rows and whose.sections:
            return _About(cells, None, others)
        token = whose.rows.get(row, "")
        about = whose.subject(token)
        return _About(cells, (token, about.role if about else ""), others)

    def end(self, part: int = 0, parts: int = 1) -> None:
        """Raise UnreadableDocument where the share has more or fewer chunks than in pass 1."""
        chunks = range(part, self._bench.journal.last("entities", self._name) + 1, parts)
        if self._read != len(chunks):
            raise UnreadableDocument(f"{self._ref}: the source reads differently in the second pass")

    def _note(self, text: str, entities: Sequence[Entity], done: Sequence[Replacement]) -> None:
        for entity in entities:
            if entity.entity_type in self._looked_for:
                value = canonical(text[entity.start : entity.end], entity.entity_type)
                if (entity.entity_type, value) in self._link.looked_for:
                    self._used.setdefault(entity.entity_type, set()).add(value)
        new = _changed(text, done)
        if len(done) == 1 and done[0].operator == "label" and done[0].text == new:
            new = new.rstrip("0123456789〕")  # one for all that differ in their numbers
        self._note_text(new)

    def _note_text(self, new: str) -> None:
        """Note a text as it is written."""
        if len(new) > _SHORT:
            self._remaining.add(new)
            return
        if new not in self._noted:
            if len(self._noted) < _NOTED:
                self._noted.add(new)
            self._remaining.add(new)

    def _count(
        self,
        block: TextBlock,
        entities: Sequence[Entity],
        done: Sequence[Replacement],
        counted: _Counted,
    ) -> None:
        """Views share places: each place counts once."""
        if not entities:
            return
        operators = {replacement.entity.start: replacement.operator for replacement in done}
        for entity in entities:
            if counted.is_new(entity, block):
                operator = operators.get(entity.start, "keep")
                self._counts[entity.entity_type, operator] += 1
                if operator != "keep":
                    self.replaced_characters += entity.end - entity.start
                else:  # a role may have decided so
                    self._kept.add(block.text[entity.start : entity.end])

    def tally(self) -> dict[str, Any]:
        """What was counted and seen, for the journal."""
        return {
            "characters": self.characters,
            "replaced": self.replaced_characters,
            "counts": [(*kinds, count) for kinds, count in sorted(self._counts.items())],
            "kept": sorted({tight(surface) for surface in self._kept}),
            "used": {kind: sorted(values) for kind, values in self._used.items()},
            "remaining": sorted(self._remaining.found()),
        }


def _changed(text: str, done: Sequence[Replacement]) -> str:
    """The text with what was put into it."""
    if len(done) == 1 and done[0].entity.end - done[0].entity.start == len(text):
        return done[0].text
    return splice(text, ((r.entity.start, r.entity.end, r.text) for r in done)) if done else text


class CellUnit(NamedTuple):
    """A cell of a plain row, or with -1 for a place the view over all its cells."""

    number: int
    row: TableRow
    place: int

    def block(self) -> TextBlock:
        return self.row.across_block() if self.place < 0 else self.row.cells.block(self.place)


class _About(NamedTuple):
    """Whom a row is about: subject and role. In the cells with these ids others are named."""

    cells: Cells | None
    whom: tuple[str, str] | None
    others: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Settled:
    """What stands in cells that are alike and have these entities, and what is counted of it."""

    entities: tuple[Entity, ...]
    done: tuple[Replacement, ...]
    counts: tuple[tuple[str, str], ...]
    replaced: int


class _Chunk:
    """What is gathered of a chunk."""

    def __init__(self) -> None:
        self.put: list[Put] = []
        self.vault: list[VaultRow] = []
        self.pieces: list[Piece] = []
        self.rows: list[Cells] = []
        self.counted = _Counted(self.rows)


def _ends(rows: Sequence[Cells]) -> Iterator[tuple[Cells, Cells]]:
    """The first and the last row of each sheet."""
    for _, some in groupby(rows, key=lambda cells: cells.sheet):
        first, *others = some
        yield first, others[-1] if others else first


class _Looking:
    """Finds the few blocks in which something that is certain elsewhere may stand."""

    def __init__(self, link: Link, whose: DocumentLink, own: Wanted) -> None:
        self._names, self._aliases = link.names, (whose.called, link.aliases)
        self._own = own

    def among(self, read: Sequence[Looked]) -> tuple[set[int], set[int]]:
        """Their indices, and those of rows in which a value may stand across cells.

        A text that one firm entity covers has no room for another.
        """
        open_texts: dict[str, list[int]] = {}
        rows: list[int] = []
        for index, (text, entities, is_row) in enumerate(read):
            if is_row:
                rows.append(index)
            elif not _is_covered(text, entities):
                open_texts.setdefault(text, []).append(index)
        texts = Joined(list(open_texts))
        found = self._names.may_stand(texts).union(*(some.may_stand(texts) for some in self._aliases))
        held = list(open_texts.values())
        joined = Joined([read[index][0] for index in rows], parted=True)
        across = self._names.may_stand(joined, across=True).union(
            *(some.may_cross(joined) for some in self._aliases)
        )
        torn = across.union(*(some.may_stand(joined, across=True) for some in self._own.finders))
        to_look = {index for text in found for index in held[text]} | {rows[row] for row in across}
        return to_look, {rows[row] for row in torn}


def _is_covered(text: str, entities: Sequence[Entity]) -> bool:
    if len(entities) != 1 or entities[0].entity_type in YIELDING or entities[0].score < _FIRM:
        return False
    return (entities[0].start, entities[0].end) == (0, len(text)) and not any(map(str.isspace, text))


class Originals:
    """The values that were found in a file; `wanted` without those that are looked for in every file."""

    def __init__(self, bench: Bench, source: str, fingerprint: str) -> None:
        assert bench.link is not None
        self.kept: set[str] = set()
        self.wanted = Wanted.of(self._sifted(stored_values(bench.journal, source, fingerprint), bench.link))

    def _sifted(self, rows: Iterable[Row], link: Link) -> Iterator[Value]:
        """The values that are wanted; on the way those that are kept are noted."""
        everywhere, meant = link.looked_for, link.aliases.words | link.words
        for row in rows:
            value = row.entity_type, row.canonical
            if row.kept:
                self.kept.add(tight(row.surface))
            elif value not in everywhere or row.canonical in meant:
                yield value


@dataclass(frozen=True)
class Tally:
    """What all shares of a file counted and saw."""

    characters: int
    replaced_characters: int
    counts: tuple[tuple[str, str, int], ...]
    kept: frozenset[str] = field(repr=False)
    used: PackedValues = field(repr=False)
    """What is looked for in all files, and stands in this one."""
    remaining: frozenset[Value] = field(repr=False)

    @classmethod
    def of(cls, journal: Journal, name: str) -> Tally:
        """From what the shares noted in the journal."""
        counts: Counter[tuple[str, str]] = Counter()
        kept, used, remaining = set[str](), PackedValues({}), set[Value]()
        characters = replaced = 0
        for share in journal.parts("tally", name):
            characters += share["characters"]
            replaced += share["replaced"]
            for kind, operator, count in share["counts"]:
                counts[kind, operator] += count
            kept.update(share["kept"])
            found = ((kind, value) for kind, values in share["used"].items() for value in values)
            used = PackedValues.of(chain(used, found))
            remaining.update((kind, value) for kind, value in share["remaining"])
        told = tuple((kind, operator, count) for (kind, operator), count in sorted(counts.items()))
        return cls(characters, replaced, told, frozenset(kept), used, frozenset(remaining))


class _Counted:
    """The places of a chunk that were counted. Of the cells of `rows` the characters are counted already."""

    def __init__(self, rows: Sequence[Cells]) -> None:
        self._rows: Sequence[Cells] = rows
        self._pieces: set[tuple[str, int]] = set()
        self._entities: set[tuple[str, int]] = set()

    def characters(self, block: TextBlock) -> int:
        """How many the pieces of a block have that were not there before; a row has those of its cells."""
        if block.search_only:
            return 0
        if block.segments:
            for cells in self._rows:
                self._pieces |= {(cells.names.id(cells.row, column), 0) for column in cells.columns}
            self._rows = ()
        count = 0
        for segment in block.sources():
            piece = segment.source, segment.source_start
            if piece not in self._pieces:
                self._pieces.add(piece)
                count += segment.end - segment.start
        return count

    def take(self, id: str, start: int) -> None:
        """Count an entity of a cell."""
        self._entities.add((id, start))

    def is_new(self, entity: Entity, block: TextBlock) -> bool:
        """Whether an entity stands where none was counted."""
        place = (block.id, entity.start) if not block.segments else _place(entity, block.segments)
        if place in self._entities:
            return False
        self._entities.add(place)
        return True


def _place(entity: Entity, sources: Sequence[Segment]) -> tuple[str, int]:
    for segment in sources:
        if segment.start <= entity.start < segment.end:
            return segment.source, entity.start - segment.start + segment.source_start
    return "", entity.start
