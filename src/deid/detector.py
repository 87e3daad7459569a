"""Entities of texts and of blocks: the catalog's recognizers, foreign ones, known and keep lists together."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from threading import Thread
from typing import Any

from deid.catalog import Catalog
from deid.detection.columns import CellShapes, Columns
from deid.detection.composite import YIELDING, Composite, Source
from deid.detection.memory import Memory, Read
from deid.detection.passages import Batch, batches, is_read_alone, of_header, with_more
from deid.detection.shares import without_bare_days, without_shares
from deid.detection.tagger import load_tagger, tag
from deid.detection.values import ValueFinder
from deid.errors import DeidError, DetectionFailed
from deid.known import KeepList, KnownList, KnownValue
from deid.link.aliases import Aliases
from deid.normalize import canonical, shadow
from deid.policy import Policy
from deid.types import Detection, Entity, NearMiss, TextBlock
from deid.validators import VALIDATORS

_LEAST_DIGITS = 8
"""Of a known number that is taken across cells."""

NameSet = ValueFinder
"""Names that are certain somewhere in a folder, to be found everywhere else in it."""
NO_NAMES = NameSet(())

_TURN = 0.0005
"""Seconds after which a thread that loads lets another go on: one that reads a picture asks often."""


class Detector:
    """Detects under a policy's thresholds. Immutable but for what is made at first use; thread-safe."""

    def __init__(
        self,
        catalog: Catalog,
        policy: Policy,
        known: KnownList,
        keep: KeepList,
        *,
        recognizers: Sequence[Any] = (),
        model: Path | None = None,
    ) -> None:
        self._catalog = catalog
        self._policy = policy
        self._known_list = known
        self._keep_list = keep
        self._recognizers = recognizers
        self._model = model

    @cached_property
    def loading(self) -> Thread:
        """A thread that loads what detection needs; who detects before it is done waits for it."""
        thread = Thread(target=self._load, args=(self.composite,), daemon=True)
        thread.start()
        return thread

    def _load(self, composite: Composite) -> None:
        turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        with suppress(Exception):  # who needs what could not be loaded tries again, and tells
            load_tagger(self._model)
            composite.load()
        sys.setswitchinterval(turn)

    def near_misses(self, text: str, *, labels: Sequence[str] = ()) -> tuple[NearMiss, ...]:
        """What was nearly found in `text` and left, each with the reason, in order of start."""
        from deid.detection.misses import near_misses

        tagged = tag([text], model=self._model)[0]
        read = shadow(text)
        is_kept = _covered_by(self._kept.find(read))
        [claims] = self._claims([Source(text, read, tagged, labels)])
        kept = [claim for claim in claims if is_kept(claim)]
        [entities] = self._detect_batch([(text, tuple(labels))])
        return near_misses(self.composite, text, tagged, entities, labels=labels, kept=kept)

    def detect_blocks(
        self, blocks: Iterable[TextBlock], *, memory: Memory | None = None, placed: bool = True
    ) -> Iterator[tuple[TextBlock, tuple[Entity, ...]]]:
        """Each block with its entities, in order; lazy. Cells that repeat are read once, with `memory` over several calls.

        Not `placed`, entities do not say of which block they are, and cells that are alike share theirs.
        """
        memory = memory or self.memory()
        for batch in batches(blocks):
            for block, entities in zip(batch.blocks, self._read_batch(batch, memory), strict=True):
                named = placed and block.id and not block.search_only
                yield block, tuple(_in_block(e, block.id) for e in entities) if named else entities

    def memory(self) -> Memory:
        """For cells that are read in several calls of `detect_blocks`."""
        shapes = self._cell_shapes
        return Memory(Columns(shapes, self._is_replaced) if shapes else None)

    def learn(self, blocks: Iterable[TextBlock], memory: Memory) -> None:
        """Read of blocks that others read what tells what their columns are."""
        for batch in batches(blocks):
            self._read_passages(batch, memory)

    def _read_batch(self, batch: Batch, memory: Memory) -> Iterator[tuple[Entity, ...]]:
        """What is found in each block."""
        found, together = self._read_passages(batch, memory)
        reads: list[Read] = []
        for block in filter(is_read_alone, batch.blocks):
            read = block.text, block.labels
            if read not in found and (entities := memory.tell(block)) is not None:
                found[read] = self._of_column(block.text, entities)
            reads.append(read)
        self._read_afresh(reads, memory, found)
        for block in batch.blocks:
            if block.search_only:
                yield self.propagate(block, (), self._known)
                continue
            own = found[block.text, block.labels] if is_read_alone(block) else ()
            told = together(block, own)
            judged = memory.judged(block, told)
            yield self._of_column(block.text, judged) if judged and not told else judged

    def _read_passages(self, batch: Batch, memory: Memory) -> tuple[dict[Read, tuple[Entity, ...]], Together]:
        """What is found in the blocks that tell what their columns are, and what makes of it what passages say of blocks."""
        found: dict[Read, tuple[Entity, ...]] = {}
        samples = [block for block in batch.blocks if memory.takes(block)]
        reads = [(block.text, block.labels) for block in samples]
        self._read_afresh([*reads, *((passage.text, ()) for passage in batch.passages)], memory, found)
        more = {
            id(block): share
            for passage in batch.passages
            for block, share in zip(passage.blocks, passage.parts(found[passage.text, ()]), strict=True)
        }
        shares = {id(block) for passage in batch.passages for block in passage.blocks_of_shares()}
        headers = {id(block) for passage in batch.passages for block in passage.headers()}

        def together(block: TextBlock, own: tuple[Entity, ...]) -> tuple[Entity, ...]:
            entities = with_more(own, more.get(id(block), ()))
            if id(block) in headers:
                entities = of_header(block.text, entities)
            return without_bare_days(entities) if id(block) in shares else entities

        for block, read in zip(samples, reads, strict=True):
            memory.learn(read, together(block, found[read]))
        return found, together

    def _read_afresh(
        self, reads: Sequence[Read], memory: Memory, found: dict[Read, tuple[Entity, ...]]
    ) -> None:
        """Add what was found before, or is found now, in cells that are not in `found`."""
        fresh: dict[Read, None] = {}
        for read in reads:
            if read in found or read in fresh:
                continue
            known = memory.entities.get(read)
            if known is None:
                fresh[read] = None
            else:
                found[read] = known
        for read, entities in zip(fresh, self._detect_batch(list(fresh)), strict=True):
            found[read] = entities
            memory.entities.put(read, entities)

    @property
    def searches_rows(self) -> bool:
        """Whether anything is looked for in blocks that are searched only."""
        return bool(self._known)

    def tell(
        self, texts: Sequence[str], labels: tuple[str, ...], memory: Memory
    ) -> Iterator[tuple[Entity, ...] | None]:
        """The entities of cells of a column, where it says what they hold: as `detect_blocks`, not placed, gives them."""
        for text, entities in zip(texts, memory.tell_texts(texts, labels), strict=True):
            yield None if entities is None else self._of_column(text, entities)

    def _of_column(self, text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The entities of a cell of which its column tells what it holds."""
        if self._known or self._kept or self._subjects:
            return self._settled(text, [claim for entity in entities for claim in entity.detections])
        return entities

    @cached_property
    def _cell_shapes(self) -> CellShapes | None:
        """None where foreign recognizers have to see every cell."""
        if self._recognizers:
            return None
        valid = {spec.entity: VALIDATORS[spec.validator] for spec in self._catalog.specs if spec.validator}
        words = (word for name in ("titles_after", "kinship") for word in self._catalog.lexicon(name))
        return CellShapes(
            self.composite.vocabulary.name_grammar,
            tuple(words),
            self.composite.vocabulary.divisions,
            valid,
            self.composite.vocabulary.english.name_nobody,
        )

    def _is_replaced(self, entity_type: str) -> bool:
        """Whether every value of the type is replaced, whosever it is."""
        specs = self._policy.specs_of(entity_type)
        return entity_type not in YIELDING and all(spec.operator != "keep" for spec in specs)

    def _detect_batch(self, blocks: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[Entity, ...]]:
        if self._recognizers:
            yield from self._detect_with_guests(blocks)
            return
        reads = [shadow(text) for text, _ in blocks]
        tagged = load_tagger(self._model).tag([read.text for read in reads])
        sources = [
            Source(text, read, tags, labels)
            for (text, labels), read, tags in zip(blocks, reads, tagged, strict=True)
        ]
        for source, claims in zip(sources, self._claims(sources), strict=True):
            yield without_shares(source.original, source.labels, self._settled(source.original, claims))

    def _detect_with_guests(
        self, blocks: Sequence[tuple[str, tuple[str, ...]]]
    ) -> Iterator[tuple[Entity, ...]]:
        from deid import presidio  # with spaCy seconds to load, needed for guests only

        prepared = self._engine.nlp_engine.artifacts([text for text, _ in blocks])
        for (text, labels), artifacts in zip(blocks, prepared, strict=True):
            if labels:
                [claims] = self._claims([Source(text, shadow(text), artifacts.deid_tagged, labels)])
                claims += presidio.guest_detections(self._recognizers, text, artifacts)
            else:
                claims = presidio.analyze(self._engine, text, artifacts)
            yield without_shares(text, labels, self._settled(text, claims))

    def _claims(self, sources: Sequence[Source]) -> list[list[Detection]]:
        try:
            return self.composite.load().claims_many(sources)
        except DeidError:
            raise
        except Exception as error:  # its message may hold the text
            raise DetectionFailed(f"a recognizer failed: {type(error).__name__}") from None

    def _settled(self, text: str, claims: Iterable[Detection]) -> tuple[Entity, ...]:
        claims = list(claims)
        if self._known or self._kept:
            read = shadow(text, links=True)
            is_kept = _covered_by(self._kept.find(read))
            claims = [claim for claim in claims if not is_kept(claim)]
            claims += self._known.find(read)
        return self._settle(claims, text)

    def _settle(self, claims: Iterable[Detection], text: str, *, block: str = "") -> tuple[Entity, ...]:
        entities = self.composite.settle(claims, text, block=block)
        return tuple(self._told(text, entity) for entity in entities) if self._subjects else entities

    def _told(self, text: str, entity: Entity) -> Entity:
        """The entity with the subject and role that the known list gives its value."""
        value = canonical(text[entity.start : entity.end], entity.entity_type)
        entry = self._subjects.get((entity.entity_type, value))
        return replace(entity, subject=entry.subject, role=entry.role) if entry else entity

    def propagate(
        self,
        block: TextBlock,
        entities: Sequence[Entity],
        names: NameSet = NO_NAMES,
        aliases: Sequence[Aliases] = (),
    ) -> tuple[Entity, ...]:
        """`entities` and, beside them, the names that are certain elsewhere in the folder, and `aliases`
        where they mean a person."""
        if not (names or aliases):
            return tuple(entities)
        found = [
            d
            for d in names.find(shadow(block.text, links=True))
            if not any(
                e.start <= d.start and d.end <= e.end and e.entity_type == d.entity_type for e in entities
            )
            and (not block.search_only or _crosses(block, d))
            and not self._is_part_of_word(block.text, d)
        ]
        for some in aliases:
            claims = some.find(
                block.text, entities, self.composite.vocabulary.name_grammar, self.composite.is_somebody
            )
            found += (claim for claim in claims if not _is_cell_of(block, entities, claim))
        if not found:
            return tuple(entities)
        known = [Detection(e.entity_type, e.start, e.end, e.score, "resolved", (), e.form) for e in entities]
        return self._settle((*known, *found), block.text, block=block.id)

    def _is_part_of_word(self, text: str, found: Detection) -> bool:
        """Whether what is certain elsewhere is a part of a word here."""
        if found.entity_type == "PERSON":
            return self.composite.is_part_of_medicine(text, found.start, found.end)
        return found.entity_type == "ORGANIZATION" and self.composite.is_no_firm(text, found.start, found.end)

    # --- parts made at first use ---------------------------------------------------------

    @cached_property
    def composite(self) -> Composite:
        """Its regexes are compiled when something is detected: who links and replaces needs few parts of it."""
        return _shared_composite(self._catalog, tuple(sorted(self._policy.thresholds.items())))

    @cached_property
    def _engine(self) -> Any:
        from deid import presidio

        return presidio.analyzer(self.composite.load(), guests=self._recognizers, model=self._model)

    @cached_property
    def _known(self) -> ValueFinder:
        certain, _ = self._known_list.split(
            self.composite.vocabulary.ordinary_words | self.composite.vocabulary.name_like_words
        )
        values = [(entry.entity_type, entry.value) for entry in certain]
        if self._policy.own_organization == "replace":
            values += [("ORGANIZATION", name) for name in self._policy.own_names]
        return ValueFinder.of(values)

    @cached_property
    def _subjects(self) -> dict[tuple[str, str], KnownValue]:
        """Who each known value belongs to; a value of several people belongs to none."""
        entries: dict[tuple[str, str], KnownValue] = {}
        shared: set[tuple[str, str]] = set()
        for entry in self._known_list.entries:
            value = entry.entity_type, canonical(entry.value, entry.entity_type)
            first = entries.setdefault(value, entry)
            if (first.subject, first.role) != (entry.subject, entry.role):
                shared.add(value)
        return {value: entry for value, entry in entries.items() if value not in shared}

    @cached_property
    def _kept(self) -> ValueFinder:
        values = [(entry.entity_type, entry.value) for entry in self._keep_list.entries]
        values += [("", name) for name in self._policy.names()]
        return ValueFinder.of(values, evidence="keep")


Together = Callable[[TextBlock, tuple[Entity, ...]], tuple[Entity, ...]]
"""Of a block and what is found in it alone what is found where it is read with others."""


@lru_cache(maxsize=8)
def _shared_composite(catalog: Catalog, thresholds: tuple[tuple[str, float], ...]) -> Composite:
    """Once a process is enough: what is compiled is shared."""
    return Composite(catalog, thresholds=dict(thresholds))


def _in_block(entity: Entity, block: str) -> Entity:
    """The entity as one of a block; `dataclasses.replace` takes ten times as long."""
    return Entity(
        entity.entity_type,
        entity.start,
        entity.end,
        entity.score,
        block,
        entity.detections,
        entity.subject,
        entity.role,
    )


def _is_cell_of(block: TextBlock, entities: Sequence[Entity], found: Detection) -> bool:
    """Whether a cell says nothing but the word that somebody is called, and it is a herb: 茯苓 under 用药."""
    if not (block.labels or block.table) or found.end - found.start < len(block.text.strip()):
        return False
    return any(e.entity_type == "MEDICATION" and e.start <= found.start for e in entities)


def _crosses(block: TextBlock, found: Detection) -> bool:
    """Whether a value stands in several pieces of the block. Short numbers stand side by side by chance."""
    pieces = sum(s.start < found.end and found.start < s.end for s in block.segments)
    digits = [c for c in block.text[found.start : found.end] if c.isalnum()]
    return pieces > 1 and (len(digits) >= _LEAST_DIGITS or not all(map(str.isdecimal, digits)))


def _covered_by(values: Iterable[Detection]) -> Callable[[Detection], bool]:
    """Whether a value of the keep list covers a claim; without a type it does so for all types."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for value in values:
        spans.setdefault(value.entity_type, []).append((value.start, value.end))
    reaches: dict[str, tuple[list[int], list[int]]] = {}
    for entity_type, found in spans.items():
        found.sort()
        reaches[entity_type] = [start for start, _ in found], list(accumulate((end for _, end in found), max))

    def is_covered(claim: Detection) -> bool:
        for entity_type in ("", claim.entity_type):
            starts, reach = reaches.get(entity_type, ([], []))
            before = bisect_right(starts, claim.start)
            if before and claim.end <= reach[before - 1]:
                return True
        return False

    return is_covered
