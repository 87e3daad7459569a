"""What a worker does with one file: pass 1 detects, pass 2 replaces, writes and checks.

Both are functions of `(state, job)`. Between them lies the link step (link.py), which needs
what pass 1 found in all files. Entities travel through the encrypted journal, not through
memory. A file whose content is not the same in both passes is an error.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from deid import formats
from deid.batch.checking import BY_POLICY, FAILED, Search, Value, Wanted, describe, left_over, tight
from deid.batch.journal import Journal, Kind
from deid.batch.link import Link, Row, known_values, rows_of
from deid.batch.naming import safe_name, split_extension
from deid.batch.walk import readable_name, reference
from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats.options import DEFAULT
from deid.formats.sharing import share
from deid.formats.stamp import digest
from deid.keys import mac
from deid.link.facts import Fact
from deid.link.linking import DocumentLink
from deid.link.withholding import Withholding, withholds_file
from deid.normalize import canonical, shadow
from deid.pipeline import Deidentifier, NameSet
from deid.types import Detection, Entity, Replacement, Segment, TextBlock, splice
from deid.validators import mobile
from deid.vault import VaultRow

_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_BLOCKS_PER_RECORD = 2000
_CACHED_CELL, _CACHE_SIZE = 48, 50_000
_DEEPEST = 1000
"""Parts of a path are numbered before the blocks of the content, up from minus this."""


@dataclass(frozen=True)
class Workplace:
    """What every worker gets: the Deidentifier, the journal, and in pass 2 the link."""

    deidentifier: Deidentifier = field(repr=False)
    journal: Path = field(repr=False)
    key: bytes = field(repr=False)
    settings: str
    link: Link | None = None
    changed: Mapping[str, NameSet] = field(default_factory=dict, repr=False)
    """An earlier state of the lists → the entries that were others then."""
    options: formats.Options = DEFAULT
    threads: int = 1
    """How many a worker may use for a picture."""


@dataclass(frozen=True)
class _Pictures:
    """What was read of pictures, kept in the journal for whoever paints them."""

    journal: Journal

    def get(self, key: str) -> Any:
        return self.journal.get("pictures", key)

    def put(self, key: str, content: Any) -> None:
        self.journal.put("pictures", key, content)


@dataclass(frozen=True)
class Bench:
    """A workplace that is set up."""

    deidentifier: Deidentifier
    journal: Journal
    key: bytes = field(repr=False)
    settings: str
    link: Link | None
    changed: Mapping[str, NameSet] = field(repr=False)
    known: frozenset[Value]
    shared: Wanted
    options: formats.Options


@dataclass(frozen=True, slots=True)
class DetectJob:
    """Read one of `parts` shares of a file; nothing is done when its fingerprint is `done`."""

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    done: str = ""
    part: int = 0
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Detected:
    """What pass 1 tells of a share; what it found is in the journal under `place`."""

    fingerprint: str
    format: str = ""
    characters: int = 0


@dataclass(frozen=True, slots=True)
class LookJob:
    """Whether a file that was read under another state of the `lists` has to be read again."""

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    done: str
    lists: str


@dataclass(frozen=True, slots=True)
class WriteJob:
    """Write this file to `temporary`, to be published as `output` (relative).

    With `since` what was written stands unless a name that came after that version is in it.
    """

    number: int
    path: str = field(repr=False)
    source: str = field(repr=False)
    fingerprint: str
    temporary: str = field(repr=False)
    output: str = field(repr=False)
    since: int | None = None


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


@dataclass(frozen=True, slots=True)
class Written:
    """What pass 2 tells of a file: `(entity type, operator, count)`, and the digest of what it wrote."""

    digest: str
    characters: int
    replaced_characters: int
    counts: tuple[tuple[str, str, int], ...]
    removed: tuple[tuple[str, int], ...] = ()
    """What the output has not, by kind: attachments, scripts, pictures."""


def prepare(workplace: Workplace) -> Bench:
    """Set up a worker for a pass."""
    deidentifier = workplace.deidentifier
    link = workplace.link
    known = frozenset(known_values(deidentifier)) if link else frozenset()
    journal = Journal(workplace.journal, key=workplace.key)
    share(workplace.threads, _Pictures(journal))
    return Bench(
        deidentifier,
        journal,
        workplace.key,
        workplace.settings,
        link,
        workplace.changed,
        known,
        Wanted(known.union(link.names.values if link else ())),
        workplace.options,
    )


def release(bench: Bench) -> None:
    """Close what a worker held open for a pass."""
    share()
    bench.journal.close()


# --- pass 1 ----------------------------------------------------------------------------------


def look_file(bench: Bench, job: LookJob) -> bool:
    """Whether the content is another, or an entry stands in it by which the lists differ."""
    if not hmac.compare_digest(fingerprint_of(bench, job.path), job.done):
        return True
    document = formats.read(job.path, ref=reference(job.number), options=bench.options)
    blocks = chain(name_blocks(job.source, document.format), document.blocks())
    return any(_stands(bench.changed[job.lists], block) for block in blocks)


def _stands(values: NameSet, block: TextBlock) -> bool:
    return next(values.find(shadow(block.text)), None) is not None


def detect_file(bench: Bench, job: DetectJob) -> Detected:
    """Detect in names and content, and write what was found into the journal."""
    fingerprint = fingerprint_of(bench, job.path)
    if hmac.compare_digest(fingerprint, job.done):
        return Detected(fingerprint)
    document = formats.read(job.path, ref=reference(job.number), options=bench.options)
    journal, name = bench.journal, place(job.source, fingerprint)
    noting = _Noting(bench.deidentifier)
    if job.part == 0:
        detected = bench.deidentifier.detect_blocks(name_blocks(job.source, document.format))
        named = ((block, _with_phones(bench.deidentifier, block, entities)) for block, entities in detected)
        noted = [
            noting.note(block, entities, number=depth - _DEEPEST)
            for depth, (block, entities) in enumerate(named)
        ]
        journal.put("names", name, [noted, noting.facts])
    numbered = (
        (number, block)
        for number, block in enumerate(document.blocks())
        if number // _BLOCKS_PER_RECORD % job.parts == job.part
    )
    numbers: deque[int] = deque()
    share = (numbers.append(number) or block for number, block in numbered)  # type: ignore[func-returns-value]
    detected = bench.deidentifier.detect_blocks(share)
    characters, record = 0, job.part
    while batch := list(islice(detected, _BLOCKS_PER_RECORD)):
        characters += sum(len(block.text) for block, _ in batch if not block.search_only)
        noting.facts = []
        noted = [noting.note(block, entities, number=numbers.popleft()) for block, entities in batch]
        journal.put("entities", name, [block for block in noted if block[1]], part=record)
        journal.put("facts", name, noting.facts, part=record)
        record += job.parts
    journal.put("values", name, list(noting.rows), part=job.part)
    return Detected(fingerprint, document.format, characters)


class _Noting:
    """What goes into the journal for one file."""

    def __init__(self, deidentifier: Deidentifier) -> None:
        self._deidentifier = deidentifier
        self.rows: dict[Row, None] = {}
        self.facts: list[Fact] = []

    def note(self, block: TextBlock, entities: Sequence[Entity], *, number: int) -> Any:
        """The block's entities for the journal; their values and facts are added."""
        self.rows |= dict.fromkeys(rows_of(self._deidentifier, block, entities))
        self.facts += self._deidentifier.facts.read(block, entities, number=number)
        return _packed(block, entities)


def place(source: str, fingerprint: str) -> str:
    """What the findings in a file are called in the journal: those of an older version do not mix in."""
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
    kinds: tuple[Kind, ...] = ("names", "entities", "values", "facts", "link", "used", "places", "vault")
    for kind in kinds:
        journal.drop(kind, place(source, fingerprint))


def fingerprint_of(bench: Bench, path: str) -> str:
    """Changes when the content, or anything that could change a detection, changes."""
    return mac(bench.key, "content", bench.settings, digest(path)).hex()


def name_blocks(source: str, format_name: str) -> Iterator[TextBlock]:
    """A block for each part of a path; of the last one without the extension.

    They have no label: under one, a short name (何平) that the tagger alone sees would count as a thing.
    """
    *folders, name = source.split("/")
    stem, _ = split_extension(readable_name(name), format_name)
    for depth, text in enumerate((*map(readable_name, folders), stem)):
        yield TextBlock(f"name/{depth}", text, where="file name")


def _with_phones(
    deidentifier: Deidentifier, block: TextBlock, entities: Sequence[Entity]
) -> tuple[Entity, ...]:
    """`entities` and mobile numbers flush with letters, as phones name recordings: L13910036689.

    In a text such a run is a code more often; in a file name there is nothing that would tell.
    """
    read = shadow(block.text)
    numbers = []
    for match in _MOBILE.finditer(read.text):
        start, end = read.original(*match.span())
        if mobile.is_valid(match[0]) and not any(e.start <= start and end <= e.end for e in entities):
            numbers.append(("PHONE_NUMBER", match[0]))
    found = NameSet.of(numbers, score=0.75, evidence="file name")
    return deidentifier.propagate(block, entities, found) if found else tuple(entities)


def new_names(
    deidentifier: Deidentifier,
    link: Link,
    journal: Journal,
    files: Mapping[str, tuple[str, str]],
    vault: list[VaultRow],
) -> dict[str, tuple[str, ...]]:
    """Source → what each part of its path is called in the output. `files` are source → format, fingerprint.

    What leads back to the names goes into `vault`.
    """
    names: dict[str, tuple[str, ...]] = {}
    for source, (format_name, fingerprint) in files.items():
        stored, _ = journal.get("names", place(source, fingerprint))
        whose = stored_link(journal, source, fingerprint)
        parts: list[str] = []
        put: list[Put] = []
        for depth, (block, (_, rows)) in enumerate(
            zip(name_blocks(source, format_name), stored, strict=True)
        ):
            entities = _unpacked_entities(block, rows, "file name")
            _, done = replaced(
                deidentifier, link, whose, block, entities, number=depth - _DEEPEST, path=source
            )
            parts.append(splice(block.text, ((r.entity.start, r.entity.end, r.text) for r in done)))
            put += places_of(block, done)
            vault += deidentifier.vault_rows(block.text, done)
        journal.put("places", place(source, fingerprint), put)
        _, extension = split_extension(readable_name(source.rpartition("/")[2]), format_name)
        names[source] = (*map(safe_name, parts[:-1]), safe_name(parts[-1], extension))
    return names


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
) -> tuple[tuple[Entity, ...], tuple[Replacement, ...]]:
    """The entities of a block with those that are certain elsewhere, and what stands in their place.

    `withholding` is that of the document; names of files and folders have none.
    """
    entities = deidentifier.propagate(block, entities, link.names, (whose.called, link.aliases))
    entities = tuple(whose.apply(entities, block, number=number, names=link.subjects))
    done = deidentifier.replace(
        block.text,
        entities,
        link.numbering,
        labels=block.labels,
        subjects=whose.subjects,
        stand_ins=link.stand_ins,
        origin=date.fromisoformat(whose.first_day) if whose.first_day else None,
        path=path,
    )
    if not withholding:
        return entities, done
    return withholding.apply(block, entities, done, number=number)


# --- pass 2 ----------------------------------------------------------------------------------


def write_file(bench: Bench, job: WriteJob) -> Written | None:
    """Replace, write to the temporary file, read it again and search it. Raises when anything is left.

    None where what was written before stands.
    """
    ref = reference(job.number)
    assert bench.link is not None
    document = formats.read(job.path, ref=ref, options=bench.options)
    if job.since is not None:
        newer = bench.link.since[job.since]
        if not any(_stands(newer, block) for block in document.blocks()):
            return None
    writing = _Writing(bench, job, bench.link)
    if writing.is_withheld():
        raise UnwritableDocument(f"{ref}: {BY_POLICY}")
    formats.write(document, formats.edits(writing.blocks(document.blocks())), job.temporary)
    if not hmac.compare_digest(fingerprint_of(bench, job.path), job.fingerprint):
        raise UnreadableDocument(f"{ref}: the source changed during the run")
    name = place(job.source, job.fingerprint)
    bench.journal.put("used", name, writing.used())
    # part 0 is that of the file's name
    for part, first in enumerate(range(0, len(writing.put), _BLOCKS_PER_RECORD), 1):
        bench.journal.put("places", name, writing.put[first : first + _BLOCKS_PER_RECORD], part=part)
    if bench.deidentifier.policy.reversible:
        bench.journal.put("vault", name, writing.vault)
    left = writing.left(job.output, formats.text_of(job.temporary, format=document.format))
    if left:
        raise UnwritableDocument(f"{ref}: {FAILED}: {describe(left)}")
    removed = tuple(sorted(document.details.get("removed", {}).items()))
    return Written(
        digest(job.temporary), writing.characters, writing.replaced_characters, writing.totals(), removed
    )


class _Writing:
    """The blocks of one document with what replaces their entities, and what is counted on the way."""

    def __init__(self, bench: Bench, job: WriteJob, link: Link) -> None:
        self._bench, self._deidentifier, self._link = bench, bench.deidentifier, link
        self._ref, self._source = reference(job.number), job.source
        self._stored = {
            block: rows
            for part in bench.journal.parts("entities", place(job.source, job.fingerprint))
            for block, rows in part
        }
        self._whose = stored_link(bench.journal, job.source, job.fingerprint)
        self._withholding = Withholding.of(self._whose, self._deidentifier.policy.withhold)
        values = list(stored_values(bench.journal, job.source, job.fingerprint))
        self._kept = {tight(row.surface) for row in values if row.kept}
        self._own = Wanted((row.entity_type, row.canonical) for row in values if not row.kept)
        self._remaining = Search(self._own, bench.shared)
        self.characters = self.replaced_characters = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._counted: set[tuple[str, int]] = set()
        self._read: set[tuple[str, int]] = set()
        self._used: set[Value] = set()
        self._plain: set[str] = set()  # cells that recur, in which nothing is to be replaced
        self.put: list[Put] = []
        self.vault: list[VaultRow] = []

    def is_withheld(self) -> bool:
        """Whether the policy leaves out files that tell of somebody who is in this one."""
        return withholds_file(self._whose, self._deidentifier.policy.withhold)

    def used(self) -> list[Any]:
        """Of the names and codes that are certain elsewhere those that stand here, with what they mean."""
        return [self._link.meant(value) for value in sorted(self._used)]

    def blocks(self, blocks: Iterable[TextBlock]) -> Iterator[tuple[TextBlock, Sequence[Replacement]]]:
        for number, block in enumerate(blocks):
            entities = _unpacked_entities(block, self._stored.pop(block.id, ()), self._ref)
            if not entities and block.text in self._plain and not block.search_only:
                self._count(block, (), ())
                yield block, ()
                continue
            entities, done = replaced(
                self._deidentifier,
                self._link,
                self._whose,
                block,
                entities,
                number=number,
                path=self._source,
                withholding=self._withholding,
            )
            self._count(block, entities, done)
            short = len(block.text) <= _CACHED_CELL and len(self._plain) < _CACHE_SIZE
            if not entities and short and not self._deidentifier.policy.withhold:
                self._plain.add(block.text)
            self.put += places_of(block, done)
            self.vault += self._deidentifier.vault_rows(block.text, done)
            values = (
                (e.entity_type, canonical(block.text[e.start : e.end], e.entity_type)) for e in entities
            )
            self._used.update(value for value in values if value in self._link.looked_for)
            new = splice(block.text, ((r.entity.start, r.entity.end, r.text) for r in done))
            self._remaining.add(new)
            yield block, done
        if self._stored:
            raise UnreadableDocument(f"{self._ref}: the source reads differently in the second pass")

    def _count(self, block: TextBlock, entities: Sequence[Entity], done: Sequence[Replacement]) -> None:
        """Views share places: each place counts once."""
        operators = {replacement.entity: replacement.operator for replacement in done}
        sources = block.sources()
        for segment in sources:
            if (piece := (segment.source, segment.source_start)) not in self._read:
                self._read.add(piece)
                self.characters += segment.end - segment.start
        for entity in entities:
            place = _place(entity, sources)
            if place not in self._counted:
                self._counted.add(place)
                operator = operators.get(entity, "keep")
                self._counts[entity.entity_type, operator] += 1
                if operator != "keep":
                    self.replaced_characters += len(entity.span)
                else:  # a role may have decided so
                    self._kept.add(tight(block.text[entity.start : entity.end]))

    def left(self, output: str, strings: Iterable[str]) -> Counter[str]:
        """What still stands in the written file or in its name, although it was to be replaced."""
        search = Search(self._own, self._bench.shared)
        search.add(output)
        for string in strings:
            search.add(string)
        return left_over(
            search.found(), remaining=self._remaining.found(), known=self._bench.known, kept=self._kept
        )

    def totals(self) -> tuple[tuple[str, str, int], ...]:
        return tuple((kind, operator, count) for (kind, operator), count in sorted(self._counts.items()))


def _place(entity: Entity, sources: Sequence[Segment]) -> tuple[str, int]:
    for segment in sources:
        if segment.start <= entity.start < segment.end:
            return segment.source, entity.start - segment.start + segment.source_start
    return "", entity.start


def _packed(block: TextBlock, entities: Sequence[Entity]) -> Any:
    return block.id, [
        (e.entity_type, e.start, e.end, e.score, e.form, _recognizer(e), e.subject, e.role) for e in entities
    ]


def _recognizer(entity: Entity) -> str:
    return entity.detections[0].recognizer if entity.detections else ""


def _unpacked_entities(block: TextBlock, rows: Iterable[Any], ref: str) -> tuple[Entity, ...]:
    entities = []
    for kind, start, end, score, form, recognizer, subject, role in rows:
        if not 0 <= start < end <= len(block.text):
            raise UnreadableDocument(f"{ref}: the source reads differently in the second pass")
        claim = Detection(kind, start, end, score, recognizer, (), form)
        entities.append(Entity(kind, start, end, score, block.id, (claim,), subject, role))
    return tuple(entities)
