"""What a worker does with one file: pass 1 detects, pass 2 replaces, writes and checks.

All are functions of `(state, job)`. Between the passes lies the link step (link.py), which needs
what pass 1 found in all files. Entities travel through the encrypted journal, not through
memory. A file whose content is not the same in both passes is an error.
"""

from __future__ import annotations

import hmac
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, islice

from deid import formats
from deid.batch.bench import Bench, CheckJob, DetectJob, LookJob, ReplaceJob, WriteJob, fingerprint_of
from deid.batch.checking import BY_POLICY, FAILED, Search, Value, Wanted, describe, left_over
from deid.batch.chunks import chunks_of
from deid.batch.journal import Journal, Kind, Record
from deid.batch.link import Link
from deid.batch.naming import safe_name, split_extension
from deid.batch.noting import Noting
from deid.batch.replacing import Replacing, replaced
from deid.batch.stored import (
    Put,
    check_reach,
    entities_of,
    packed,
    place,
    places_of,
    stored_link_of_name,
    stored_values,
)
from deid.batch.storededits import StoredEdits, noted_edits
from deid.batch.storedlink import StoredLink
from deid.batch.storedrows import edited_rows, stored_rows
from deid.batch.tally import Originals, Tally, Used
from deid.batch.walk import readable_name, reference
from deid.detection.values import PackedValues, ValueFinder
from deid.detector import NO_NAMES, NameSet
from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats.edits import gathered
from deid.formats.stamp import digest
from deid.link.withholding import withholds_file
from deid.normalize import canonical, shadow
from deid.pipeline import Deidentifier
from deid.types import Entity, TextBlock, splice
from deid.validators import mobile
from deid.vault import VaultRow

_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_TOGETHER = 1 << 17
"""Characters of a written file that one of several workers searches, before another goes on."""
_EDITED: tuple[Kind, ...] = ("edits", "within", "rows")
"""What is noted of what shares edited, until the file is written."""
_USED = 5000
"""Values that are noted together."""
_DEEPEST = 1000
"""Parts of a path are numbered before the blocks of the content, up from minus this."""


@dataclass(frozen=True, slots=True)
class Detected:
    """What pass 1 tells of a share; what it found is in the journal under `place`."""

    fingerprint: str
    format: str = ""
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What pass 2 tells of a file: `(entity type, operator, count)`, and the digest of what it wrote."""

    digest: str
    characters: int
    replaced_characters: int
    counts: tuple[tuple[str, str, int], ...]
    removed: tuple[tuple[str, int], ...] = ()
    """What the output has not, by kind: attachments, scripts, pictures."""
    format: str = ""


# --- pass 1 ----------------------------------------------------------------------------------


def look_file(bench: Bench, job: LookJob) -> bool:
    """Whether the content is another, or an entry stands in it by which the lists differ."""
    if not hmac.compare_digest(fingerprint_of(bench, job.path), job.done):
        return True
    document = formats.read(job.path, ref=reference(job.number), options=bench.options)
    blocks = chain(name_blocks(job.source, document.kind), document.blocks())
    return any(_stands(bench.changed[job.lists], block) for block in blocks)


def _stands(values: NameSet, block: TextBlock) -> bool:
    return next(values.find(shadow(block.text)), None) is not None


def detect_file(bench: Bench, job: DetectJob) -> Detected:
    """Detect in names and content, and write what was found into the journal."""
    fingerprint = fingerprint_of(bench, job.path)
    if hmac.compare_digest(fingerprint, job.done):
        return Detected(fingerprint)
    bench.deidentifier.start_loading()  # while a picture is read
    document = formats.read(job.path, ref=reference(job.number), options=bench.options)
    name = place(job.source, fingerprint)
    memory = bench.deidentifier.memory()
    noting, characters = Noting(bench.deidentifier, memory), 0
    with bench.journal.together() as noted:
        for index, strips in chunks_of(document, job.part, job.parts):
            if index % job.parts != job.part:
                bench.deidentifier.learn((block for _, blocks in strips for block in blocks), memory)
                continue
            found = noting.chunk(strips)
            characters += found.characters
            noted.put("entities", name, packed(found.told, found.viewed), part=index)
            noted.put_all(noting.end(name, part=index + 1))
        if job.part == 0:  # last: a picture is read before anything is detected
            noted.put_all(_noted_names(bench.deidentifier, noting, job.source, document.kind, name))
    return Detected(fingerprint, document.kind, characters)


def _noted_names(
    deidentifier: Deidentifier, noting: Noting, source: str, format_name: str, name: str
) -> list[Record]:
    """What is found in the names of the file and its folders, for the journal."""
    detected = deidentifier.detect_blocks(name_blocks(source, format_name))
    named = ((block, _with_phones(deidentifier, block, entities)) for block, entities in detected)
    noted = [
        (block.id, noting.note(block, entities, number=depth - _DEEPEST))
        for depth, (block, entities) in enumerate(named)
    ]
    return [("names", name, noted, 0), *noting.end(name, part=0)]


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
    link = link.of_names(
        block.text for source, (kind, _) in files.items() for block in name_blocks(source, kind)
    )
    standing = _standing(journal, files)
    with journal.together() as noted:
        for source, (format_name, fingerprint) in files.items():
            stored = journal.get("names", place(source, fingerprint))
            blocks = list(name_blocks(source, format_name))
            name = "\n".join(block.text for block in blocks)
            whose = stored_link_of_name(journal, source, fingerprint, name)
            parts: list[str] = []
            put: list[Put] = []
            for depth, (block, (_, rows)) in enumerate(zip(blocks, stored, strict=True)):
                entities = entities_of(rows)
                check_reach(block.text, entities, "file name")
                spaced = _spaced(block)
                for names_of in (standing[_path(source, depth)], link.names):
                    entities = deidentifier.propagate(spaced, entities, names_of)
                _, done = replaced(
                    deidentifier, link, whose, block, entities, number=depth - _DEEPEST, path=source
                )
                parts.append(splice(block.text, ((r.entity.start, r.entity.end, r.text) for r in done)))
                put += places_of(block, done)
                vault += deidentifier.vault_rows(block.text, done)
            noted.put("places", place(source, fingerprint), list(map(tuple, put)))
            _, extension = split_extension(readable_name(source.rpartition("/")[2]), format_name)
            names[source] = (*map(safe_name, parts[:-1]), safe_name(parts[-1], extension))
    return names


def _standing(journal: Journal, files: Mapping[str, tuple[str, str]]) -> dict[str, NameSet]:
    """By path what was found in a file, or in those of a folder, and stands in its name: the check would withhold them."""
    found: dict[str, set[Value]] = defaultdict(set)
    for source, (format_name, fingerprint) in files.items():
        blocks = list(map(_spaced, name_blocks(source, format_name)))
        for values in stored_values(journal, source, fingerprint):
            packed_values = PackedValues.of(
                (kind, value) for kind, some in values.wanted.items() for value in some
            )
            wanted = Wanted(ValueFinder(packed_values).among(block.text for block in blocks))
            for depth, block in enumerate(blocks):
                found[_path(source, depth)].update(wanted.among(block.text, shadow(block.text, links=True)))
    return defaultdict(
        lambda: NO_NAMES,
        {path: NameSet.of(some, score=0.75, evidence="file name") for path, some in found.items()},
    )


def _spaced(block: TextBlock) -> TextBlock:
    """A name as it is read where it was written with underlines: john_doe, 138_1234_5678."""
    return replace(block, text=block.text.replace("_", " "))


def _path(source: str, depth: int) -> str:
    """The first parts of a path, up to the one at `depth`."""
    return "/".join(source.split("/")[: depth + 1])


# --- pass 2 ----------------------------------------------------------------------------------


def replace_file(bench: Bench, job: ReplaceJob) -> None:
    """Work out a share of the edits of a large file, and leave them in the journal for `write_file`."""
    document = formats.read(job.path, ref=reference(job.number), options=bench.options)
    whose = _whose(bench, job)
    name, by_rows = place(job.source, job.fingerprint), document.format in formats.JOINED
    with bench.journal.together() as noted:
        replacing = Replacing(bench, job, document.format, whose, noted)
        for index, chunk in chunks_of(document, job.part, job.parts):
            if index % job.parts != job.part:
                continue
            found = replacing.chunk(index, chunk)
            if by_rows:
                noted.put("edits", name, edited_rows(chunk, found), part=index)
            else:
                noted.put_all(noted_edits(name, index, chunk, found))
        replacing.end(job.part, job.parts)
        noted.put("tally", name, replacing.tally(), part=job.part)
        assert bench.link is not None
        noted.put_all(_used(bench.link, name, replacing.used, job.part, job.parts))


def _whose(bench: Bench, job: ReplaceJob | WriteJob) -> StoredLink:
    """Whom the names of a file mean. Raises where the policy leaves out the files of one of them."""
    withhold = bench.deidentifier.policy.withhold
    words = frozenset(bench.deidentifier.catalog.lexicon("name_like_words"))
    name = place(job.source, job.fingerprint)
    pages = bench.link.pages if bench.link else None
    whose = StoredLink(bench.journal, name, whole=bool(withhold), words=words, pages=pages)
    if withholds_file(whose, withhold):
        raise UnwritableDocument(f"{reference(job.number)}: {BY_POLICY}")
    return whose


def write_file(bench: Bench, job: WriteJob) -> Written | None:
    """Replace, write to the temporary file, read it again and search it. Raises when anything is left.

    None where what was written before stands.
    """
    assert bench.link is not None
    ref = reference(job.number)
    document = formats.read(job.path, ref=ref, options=bench.options)
    if job.since is not None:
        newer = bench.link.since[job.since]
        if not any(_stands(newer, block) for block in document.blocks()):
            return None
    name = place(job.source, job.fingerprint)
    with bench.journal.together() as noted:
        if job.replaced:
            if document.format in formats.JOINED:
                formats.join(document, stored_rows(bench.journal, name), job.temporary)
            else:
                stored = StoredEdits(bench.journal, name, bench.link.pages)
                formats.write(document, stored, job.temporary, done=stored.row)
            for kind in _EDITED:
                bench.journal.drop(kind, name)
            tally = Tally.of(bench.journal.parts("tally", name))
        else:
            whose = _whose(bench, job)
            replacing = Replacing(bench, job, document.format, whose, noted)
            edited = (
                piece for index, chunk in chunks_of(document) for piece in replacing.chunk(index, chunk)
            )
            formats.write(document, gathered(edited), job.temporary)
            replacing.end()
            tally = Tally.of([replacing.tally()])
        if not hmac.compare_digest(fingerprint_of(bench, job.path), job.fingerprint):
            raise UnreadableDocument(f"{ref}: the source changed during the run")
        if not job.replaced:
            _check(bench, job, tally, document.format, replacing.originals)
            bench.journal.drop("used", name)
            noted.put_all(_used(bench.link, name, replacing.used))
    removed = tuple(sorted(document.details.get("removed", {}).items()))
    return Written(
        digest(job.temporary),
        tally.characters,
        tally.replaced_characters,
        tally.counts,
        removed,
        document.format,
    )


def _used(link: Link, name: str, values: Used, part: int = 0, parts: int = 1) -> Iterator[Record]:
    """What decides what stands for the names that were looked for in a share, some at a time, for the journal."""
    used = map(link.meant, values)
    for number in count(part, parts):
        if not (some := list(islice(used, _USED))):
            return
        yield "used", name, some, number


def check_file(bench: Bench, job: CheckJob) -> None:
    """Search a share of a large file that was written. Raises when anything is left."""
    tally = Tally.of(bench.journal.parts("tally", place(job.source, job.fingerprint)))
    _check(bench, job, tally, job.format, Originals.of(bench, job.source, job.fingerprint))


def _check(
    bench: Bench, job: WriteJob | CheckJob, tally: Tally, format_name: str, originals: Originals
) -> None:
    """Raise where in the written file, or in its name, something stands that was to be replaced."""
    search = Search(originals.wanted, bench.shared)
    name = job.output.rpartition(".")[0]  # always with an extension, which stays: てすと.txt is no てすとtxt
    search.add(name)
    search.add(name.replace("_", " "))
    part, parts = (job.part, job.parts) if isinstance(job, CheckJob) else (0, 1)
    read = 0
    for string in formats.text_of(job.temporary, format=format_name):
        if read // _TOGETHER % parts == part:
            search.add(string)
        read += len(string) + 1
    remaining = tally.remaining | _unchanged(bench, job, format_name)
    left = left_over(search.found(), remaining=remaining, known=bench.known, kept=originals.kept | tally.kept)
    if left:
        raise UnwritableDocument(f"{reference(job.number)}: {FAILED}: {describe(left)}")


def _unchanged(bench: Bench, job: WriteJob | CheckJob, format_name: str) -> set[Value]:
    """What was found in the name of a file and stays, such as a month, or a town to which its province is added."""
    texts = {block.id: block.text for block in name_blocks(job.source, format_name)}
    stored = bench.journal.part("places", place(job.source, job.fingerprint), 0) or ()
    surfaces = ((put, texts[put.block][put.start : put.end]) for put in map(Put._make, stored))
    return {
        (put.entity_type, canonical(surface, put.entity_type))
        for put, surface in surfaces
        if put.text == surface or (put.entity_type == "LOCATION" and surface in put.text)
    }
