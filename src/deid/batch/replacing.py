"""Pass 2: what stands in the place of what was found, block by block, and what is counted on the way.

Blocks come in the chunks of pass 1, and nothing is carried from one to the next, so that
several workers can share a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import groupby
from typing import Any

from deid.batch.bench import Bench, ReplaceJob, WriteJob
from deid.batch.cells import CellReplacing, Found
from deid.batch.checking import Wanted
from deid.batch.chunks import MOST, first_number
from deid.batch.copies import SHOWN_FROM_ELSEWHERE, Copies
from deid.batch.journal import Together
from deid.batch.link import Link
from deid.batch.stored import Told, check_reach, place, places_of, stored_values, unpacked
from deid.batch.storedlink import StoredLink
from deid.batch.tally import Originals, Seen, Used
from deid.batch.walk import reference
from deid.detection.composite import YIELDING
from deid.detection.joined import Joined
from deid.detection.memory import Recurring, judges
from deid.errors import UnreadableDocument
from deid.formats.edits import Piece, pieces
from deid.formats.rows import Cells, TableRow
from deid.link.parts import DocumentLink
from deid.link.withholding import Withholding
from deid.pipeline import Deidentifier
from deid.types import Entity, Replacement, Segment, Strip, TextBlock
from deid.vault import VaultRow

_FIRM = 0.9
"""From here on nothing that is only certain elsewhere wins against an entity."""
_SPACE = re.compile(r"\s")
_SHORT, _MOST_FREE = 48, 20_000
"""Characters of texts that may recur, and how many of them are remembered."""


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
    """Goes through the chunks of one document. `whose` tells whom its names mean; what was put where is `noted`."""

    def __init__(
        self,
        bench: Bench,
        job: ReplaceJob | WriteJob,
        format_name: str,
        whose: StoredLink,
        noted: Together,
    ) -> None:
        assert bench.link is not None
        self._bench, self._deidentifier, self._link = bench, bench.deidentifier, bench.link
        source = job.source
        self._ref, self._source = reference(job.number), source
        self._name = place(source, job.fingerprint)
        self._whose, self._noted = whose, noted
        self._withholding = Withholding.of(self._whose, self._deidentifier.policy.withhold)
        self.originals = Originals.of(bench, source, job.fingerprint)
        self._copies = (
            Copies(found.short for found in stored_values(bench.journal, source, job.fingerprint))
            if format_name in SHOWN_FROM_ELSEWHERE
            else None
        )
        self._read = 0
        self._seen = Seen(self._link, self.originals.wanted, bench.shared)
        self._looking = _Looking(self._link, whose, self.originals.wanted)
        self._by_cells = not (self._withholding or self._deidentifier.policy.reversible)
        self._cells = CellReplacing(self._deidentifier, self._link, whose, self._seen, source)
        self._looked_through: Recurring[bool] = Recurring()
        """Cells in which nothing was found before, and nothing that is certain elsewhere."""
        self._shared: dict[Told, Found] = {}

    def chunk(self, index: int, strips: Sequence[Strip]) -> list[Piece]:
        """What is edited in a chunk; what was put where is noted."""
        stored, viewed = unpacked(self._bench.journal.part("entities", self._name, index), self._shared)
        for strip, blocks in strips:
            if isinstance(blocks, TableRow) and not judges(blocks.cells.row):
                blocks.is_plain = strip not in viewed  # as in pass 1
        chunk = _Chunk()
        read = self._units(strips, stored, chunk)
        if stored:
            raise UnreadableDocument(f"{self._ref}: the source reads differently in the second pass")
        to_look, torn = self._looking.among(read)
        for first, number, unit in read.units:
            if isinstance(unit, TextBlock):
                self._seen.characters += chunk.counted.characters(unit)
                looked, noted = first not in to_look, not unit.search_only or first in torn
                self._put_block(number, unit, read.found[first], chunk, looked=looked, noted=noted)
            else:
                self._put_row(first, number, unit, read, to_look, torn, chunk)
        # part 0 is that of the file's name
        self._noted.put("places", self._name, chunk.put, part=index + 1)
        if self._deidentifier.policy.reversible:
            self._noted.put("vault", self._name, list(map(tuple, chunk.vault)), part=index)
        self._read += 1
        return chunk.pieces

    def _units(self, strips: Sequence[Strip], stored: dict[str, Found], chunk: _Chunk) -> _Read:
        """The plain rows and other blocks of a chunk, with the texts in them and what was found there."""
        read = _Read()
        told: list[TextBlock] = []  # in the first and the last row of each sheet
        rows_hold = any(id.endswith("~") for id in stored)
        for strip, blocks in strips:
            number = first_number(strip)
            if not (self._by_cells and isinstance(blocks, TableRow) and blocks.is_plain):
                for place, block in enumerate(blocks):
                    read.units.append((len(read.texts), number + min(place, MOST - 1), block))
                    read.add(block.text, stored.pop(block.id, ()), across=block.search_only)
                told += blocks
                continue
            cells = blocks.cells
            if not cells.texts:
                continue
            read.units.append((len(read.texts), number, blocks))
            name, row = cells.names.id, cells.row
            read.texts += cells.texts
            read.found += [stored.pop(name(row, column), ()) for column in cells.columns]
            if across := blocks.across:
                entities = stored.pop(blocks.across_block().id, ()) if rows_hold else ()
                read.add(across, entities, across=True)
            chunk.rows.append(cells)
        for first, last in _ends(chunk.rows):
            told += first.block(0), last.block(0)
        self._whose.take(told)
        for text, entities in zip(read.texts, read.found, strict=True):
            if entities:
                check_reach(text, entities, self._ref)
        return read

    def _put_row(
        self,
        first: int,
        number: int,
        row: TableRow,
        read: _Read,
        to_look: AbstractSet[int],
        torn: AbstractSet[int],
        chunk: _Chunk,
    ) -> None:
        """Put in what stands for the values of a plain row, of which the texts are those from `first` on."""
        cells, seen = row.cells, self._seen
        count = len(cells.texts)
        seen.characters += sum(map(len, cells.texts))
        found: list[tuple[int, Found]] = []
        for index, entities in enumerate(read.found[first : first + count]):
            if first + index in to_look and not self._is_empty(cells, index, entities):
                self._put_cells(number, cells, found, chunk)
                found = []
                block = cells.block(index)
                put = self._put_block(number + index, block, entities, chunk, looked=False, noted=True)
                if not (put or entities):
                    self._looked_through.put((block.text, block.labels), True)
            elif entities:
                found.append((index, entities))
            else:
                seen.note_text(cells.texts[index])
        self._put_cells(number, cells, found, chunk)
        last = first + count
        looked = last not in to_look
        if row.across and (read.found[last] or not looked):
            block, noted = row.across_block(), last in torn
            self._put_block(number + count, block, read.found[last], chunk, looked=looked, noted=noted)

    def _is_empty(self, cells: Cells, index: int, entities: Found) -> bool:
        """Whether a cell is like one that was looked through in vain."""
        labels = cells.labels.get(cells.columns[index], ())
        return not entities and self._looked_through.get((cells.texts[index], labels)) is not None

    def _put_cells(
        self, number: int, cells: Cells, found: Sequence[tuple[int, Found]], chunk: _Chunk
    ) -> None:
        if found:
            chunk.counted.cells += [(cells, index, entities) for index, entities in found]
            self._cells.put(number, cells, found, chunk.put, chunk.pieces)

    def _put_block(
        self,
        number: int,
        block: TextBlock,
        entities: Found,
        chunk: _Chunk,
        *,
        looked: bool,
        noted: bool,
    ) -> bool:
        """Whether anything is in the block."""
        done: tuple[Replacement, ...] = ()
        if self._copies:
            entities = self._copies.found(block, entities)
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
        fresh = [
            entity for entity in entities if chunk.counted.is_new(entity, block)
        ]  # each place counts once
        self._seen.count(block.text, fresh, done)
        if noted or done:
            self._seen.note(block.text, entities, done)
        if done:
            chunk.put += map(tuple, places_of(block, done))
            chunk.pieces += pieces(block, done)
            chunk.vault += self._deidentifier.vault_rows(block.text, done)
        return bool(entities)

    def end(self, part: int = 0, parts: int = 1) -> None:
        """Raise UnreadableDocument where the share has more or fewer chunks than in pass 1."""
        chunks = range(part, self._bench.journal.last("entities", self._name) + 1, parts)
        if self._read != len(chunks):
            raise UnreadableDocument(f"{self._ref}: the source reads differently in the second pass")

    def tally(self) -> dict[str, Any]:
        """What was counted and seen, for the journal."""
        self._cells.end()
        return self._seen.tally()

    @property
    def used(self) -> Used:
        """What is looked for in all files, and was seen."""
        return self._seen.used


class _Read:
    """The texts of a chunk, and what was found in each."""

    def __init__(self) -> None:
        self.units: list[tuple[int, int, TextBlock | TableRow]] = []
        """Which text is the first, the number of the block or the first one of the row, and that."""
        self.texts: list[str] = []
        self.found: list[Found] = []
        self.across: list[int] = []
        """Which of the texts go across rows: only what is certain is looked for in them."""

    def add(self, text: str, entities: Found, *, across: bool) -> None:
        if across:
            self.across.append(len(self.texts))
        self.texts.append(text)
        self.found.append(entities)

    def is_one(self, index: int, entity_type: str) -> bool:
        """Whether a text is one value of a type."""
        found = [(entity.entity_type, entity.start, entity.end) for entity in self.found[index]]
        return found == [(entity_type, 0, len(self.texts[index]))]


class _Chunk:
    """What is gathered of a chunk."""

    def __init__(self) -> None:
        self.put: list[tuple[Any, ...]] = []
        """As fields of Put."""
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
    """Finds the few texts in which something that is certain elsewhere may stand."""

    def __init__(self, link: Link, whose: DocumentLink, own: Wanted) -> None:
        self._names, self._aliases = link.names, (whose.called, link.aliases)
        self._own = own
        self._free: set[str] = set()  # short texts in which nothing may stand, in whatever column

    def among(self, read: _Read) -> tuple[set[int], set[int]]:
        """Their indices, and those of rows in which a value may stand across cells.

        A text that one firm entity covers has no room for another, nor one of the type of what stands there.
        """
        open_texts: dict[str, list[int]] = {}
        rows, firm = read.across, _Firm()
        is_row = set(rows)
        for index, (text, entities) in enumerate(zip(read.texts, read.found, strict=True)):
            if text in self._free:
                continue
            if not (entities and firm.covers(entities, text)) and index not in is_row:
                open_texts.setdefault(text, []).append(index)
        texts = Joined(list(open_texts))
        held = list(open_texts.values())
        found = texts.unread.union(*(some.may_stand(texts) for some in self._aliases))
        to_look = {index for text in found for index in held[text]}
        standing_there = self._names.types_among(texts)
        found |= {standing for standing, _ in standing_there}
        for standing, kind in standing_there:
            to_look.update(index for index in held[standing] if not read.is_one(index, kind))
        if len(self._free) < _MOST_FREE:
            self._free.update(
                text for place, text in enumerate(open_texts) if len(text) <= _SHORT and place not in found
            )
        joined = Joined([read.texts[index] for index in rows], parted=True)
        across = self._names.may_stand(joined, across=True).union(
            *(some.may_cross(joined) for some in self._aliases)
        )
        torn = across.union(*(some.may_stand(joined, across=True) for some in self._own.finders))
        to_look.update(rows[row] for row in across)
        return to_look, {rows[row] for row in torn}


class _Firm(dict[int, int]):
    """By the id of what was found in texts of a chunk: where the only entity, a firm one, ends; else -1."""

    def covers(self, entities: Found, text: str) -> bool:
        """Whether it is all of a text."""
        end = self.get(id(entities))
        if end is None:
            first = entities[0]
            is_firm = first.entity_type not in YIELDING and first.score >= _FIRM
            end = self[id(entities)] = first.end if len(entities) == 1 and is_firm and not first.start else -1
        return end == len(text) and not _SPACE.search(text)


class _Counted:
    """The places of a chunk that were counted. Of the cells of `rows` the characters are counted already."""

    def __init__(self, rows: Sequence[Cells]) -> None:
        self._rows: Sequence[Cells] = rows
        self._pieces: set[tuple[str, int]] = set()
        self._entities: set[tuple[str, int]] = set()
        self.cells: list[tuple[Cells, int, Found]] = []
        """Cells of which the entities are counted already, by their place in the row."""

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

    def is_new(self, entity: Entity, block: TextBlock) -> bool:
        """Whether an entity stands where none was counted: views share places."""
        place = (block.id, entity.start)
        if block.segments:
            place = _place(entity, block.segments)
            for cells, index, entities in self.cells:
                id = cells.names.id(cells.row, cells.columns[index])
                self._entities.update((id, found.start) for found in entities)
            self.cells.clear()
        if place in self._entities:
            return False
        self._entities.add(place)
        return True


def _place(entity: Entity, sources: Sequence[Segment]) -> tuple[str, int]:
    for segment in sources:
        if segment.start <= entity.start < segment.end:
            return segment.source, entity.start - segment.start + segment.source_start
    return "", entity.start
