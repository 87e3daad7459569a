"""Taking in a file that a person redacted by hand, where deid has no output of its own.

It is checked like any other output: nothing that was found anywhere in the project, or stands in
the known list, may be left in it, and no direct identifier may be found in it. It stands for
its source until that changes, and is checked again when more names are known.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from deid import formats
from deid.audit import append_event
from deid.batch import publish
from deid.batch.changes import names_looked_for
from deid.batch.checking import FAILED, Search, Value, Wanted, describe
from deid.batch.fates import Fates
from deid.batch.journal import Journal
from deid.batch.link import known_values
from deid.batch.project import Lock, Project, reopen
from deid.batch.state import FileState
from deid.batch.stored import stored_values
from deid.batch.supervisor import Failure
from deid.batch.walk import Found, reference, system_path
from deid.catalog import Catalog
from deid.errors import ProjectError, UnwritableDocument
from deid.formats.stamp import digest
from deid.keys import ProjectKey
from deid.known import KeepList, KnownList, KnownValue
from deid.pipeline import Deidentifier
from deid.policy import Policy
from deid.runrecord import RecordedFile, RunRecord

_NUMBER = re.compile(r"#?0*([1-9][0-9]*)")


def adopt_file(
    file: Path,
    folder: Path,
    *,
    number: str,
    source: Path,
    key: ProjectKey | None = None,
    catalog: Catalog | None = None,
    reviewed: bool = False,
) -> str:
    """Check `file` and publish it as the output of source `number` (`#0017`); the output's path.

    `source` is the folder of the sources. With `reviewed` a person has looked at what detection finds in the file; values
    that were found in the project are never taken in. UnwritableDocument when something is left,
    ProjectError when the number is none of a file without output.
    """
    project = reopen(folder, key=key)
    with Lock(folder), closing(Journal(project.journal, key=project.key.derive("journal"))) as journal:
        record_key = project.key.derive("record")
        record = RunRecord.load(project.record, key=record_key)
        recorded = _wanted_file(record, number)
        ref = reference(recorded.number)
        deidentifier = _deidentifier(project, record, journal, catalog)
        state = FileState.from_json(journal.get("file", recorded.source))
        left = left_in(file, _values(deidentifier, journal, recorded.source, state))
        if left:
            raise UnwritableDocument(f"{ref}: the file still holds values of the project: {describe(left)}")
        document = formats.read(str(file), ref=ref)
        found = _direct(deidentifier, file, ref)
        if found and not reviewed:
            raise UnwritableDocument(
                f"{ref}: direct identifiers seem to be in it: {describe(found)}",
                hint="redact them, or say --reviewed when a person has looked at them",
            )
        target = Path(record.settings["target"])
        output = _publish(file, target, record, recorded)
        adopted = FileState(
            "done",
            reason="",
            format=document.kind,
            output=output,
            size=file.stat().st_size,
            digest=digest(publish.place_of(target, output)),
            adopted=digest(system_path(source / recorded.source)),
        )
        journal.put("file", recorded.source, adopted.to_json())
        new = replace(recorded, state="done", reason="", output=output)
        files = tuple(new if one is recorded else one for one in record.files)
        replace(record, files=files).save(project.record, key=record_key)
        append_event(
            project.audit, "file adopted", file=recorded.number, reviewed=reviewed, found=dict(found)
        )
    return output


def left_in(file: Path, values: Iterable[Value]) -> Counter[str]:
    """Which of the values stand anywhere in a file: entity type → count."""
    search = Search(Wanted.of(values))
    search.add(file.stem)
    for string in formats.text_of(system_path(file)):
        search.add(string)
    return Counter(kind for kind, _ in search.found())


def check_adopted(files: Iterable[Found], fates: Fates, values: Collection[Value]) -> None:
    """Take away files that a person made and that hold a value which is known only now."""
    for file in files:
        if left := left_in(Path(publish.place_of(fates.target, fates.of(file).output or "")), values):
            message = f"{file.ref}: {FAILED}: {describe(left)}"
            fates.fail(file, Failure("error", "UnwritableDocument", message))


def _wanted_file(record: RunRecord, number: str) -> RecordedFile:
    match = _NUMBER.fullmatch(number.strip())
    wanted = int(match[1]) if match else 0
    recorded = next((file for file in record.files if file.number == wanted), None)
    if recorded is None:
        raise ProjectError(
            "no file of this project has that number", hint="numbers stand in the report: #0017"
        )
    if recorded.output is not None or recorded.state == "done":
        raise ProjectError(f"{reference(wanted)} has an output already")
    return recorded


def _deidentifier(
    project: Project, record: RunRecord, journal: Journal, catalog: Catalog | None
) -> Deidentifier:
    """With the policy and the lists of the last run."""
    if "policy" not in record.settings:
        raise ProjectError("no run of this project has begun")
    policy = Policy.parse(json.loads(record.settings["policy"]))
    entries = journal.get("lists", record.settings["lists"]) or ()
    values = [(which, KnownValue(kind, value, role=role or None)) for which, kind, value, role, _ in entries]
    return Deidentifier(
        policy=policy,
        catalog=catalog,
        key=project.key,
        known=KnownList(tuple(value for which, value in values if which == "known")),
        keep=KeepList(tuple(value for which, value in values if which == "keep")),
    )


def _values(deidentifier: Deidentifier, journal: Journal, source: str, state: FileState) -> set[Value]:
    """What may not be left: what is looked for in all files, the known list, and what the source holds."""
    values = set(names_looked_for(journal))
    values |= set(known_values(deidentifier))
    if state.fingerprint:
        for some in stored_values(journal, source, state.fingerprint):
            values |= {(kind, value) for kind, wanted in some.wanted.items() for value in wanted}
    return values


def _direct(deidentifier: Deidentifier, file: Path, ref: str) -> Counter[str]:
    """Direct identifiers that detection finds in a file and the policy would replace."""
    direct = {spec.entity for spec in deidentifier.catalog.specs if spec.identifier == "direct"}
    document = formats.read(str(file), ref=ref)
    return Counter(
        entity.entity_type
        for block, entities in deidentifier.detect_blocks(document.blocks())
        for entity in entities
        if entity.entity_type in direct
        and entity.form == "plain"
        and deidentifier.policy.operator_for(entity.entity_type, label=block.labels).operator != "keep"
    )


def _publish(file: Path, target: Path, record: RunRecord, recorded: RecordedFile) -> str:
    """Beside the outputs of its folder, under a name that says nothing but the number."""
    parent = record.folders.get(recorded.source.rpartition("/")[0], "")
    output = f"{parent}/" if parent else ""
    output += f"{recorded.number:04d}{file.suffix.lower()}"
    if (target / output).exists():
        raise ProjectError("an output of that name exists already")
    temporary = publish.temporary_path(target, recorded.number, output)
    shutil.copyfile(file, temporary)
    try:
        publish.publish(temporary, target, output)
    except UnwritableDocument:
        publish.discard(temporary)
        raise
    return output
