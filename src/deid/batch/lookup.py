"""Where somebody stands in the sources: the answer to a question about 患者3.

Pass 2 notes in the encrypted journal what it put where; the values themselves are read from the
sources when they are asked for. Each look is noted in the audit log with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from deid import formats
from deid.audit import append_access
from deid.batch.journal import Journal
from deid.batch.passes import name_blocks
from deid.batch.project import existing_project, reopen
from deid.batch.state import FileState
from deid.batch.stored import Put, stored_places
from deid.batch.walk import reference, system_path
from deid.errors import DeidError, ProjectError
from deid.keys import ProjectKey
from deid.runrecord import RecordedFile, RunRecord

_PERSON = "PERSON"
_BRACKETS = "〔〕 "


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a source. `source` and `value` are originals; `value` is empty unless asked for."""

    number: int
    where: str
    entity_type: str
    role: str
    source: str = field(repr=False)
    value: str = field(default="", repr=False)


def look_up(
    stand_in: str,
    folder: Path,
    *,
    reason: str,
    who: str,
    key: ProjectKey | None = None,
    source: Path | None = None,
) -> tuple[Place, ...]:
    """The places in the sources of the person or value that has this stand-in.

    `〔患者3〕` and `患者3` are the same. With `source`, the folder of the sources, values are read.
    ProjectError when the project is closed or nothing has that stand-in.
    """
    if existing_project(folder).get("closed"):
        raise ProjectError(
            "this project is closed: no way back exists",
            hint="key and journal were destroyed; nobody can tell any more whom a stand-in means",
        )
    project = reopen(folder, key=key)
    record = RunRecord.load(project.record, key=project.key.derive("record"))
    with closing(Journal(project.journal, key=project.key.derive("journal"))) as journal:
        found = _found(stand_in.strip(_BRACKETS), _files(record, journal), journal)
    append_access(
        project.audit, "lookup", who=who, reason=reason, places=sum(map(len, found.values())),
        files=len(found), values=source is not None,
    )  # fmt: skip
    if not found:
        raise ProjectError("nothing in this project has that stand-in")
    return tuple(
        place for (file, state), puts in found.items() for place in _places(file, state, puts, source)
    )


_File = tuple[RecordedFile, FileState]


def _files(record: RunRecord, journal: Journal) -> list[_File]:
    states = ((file, FileState.from_json(journal.get("file", file.source))) for file in record.files)
    return [
        (file, state) for file, state in sorted(states, key=lambda pair: pair[0].number) if state.fingerprint
    ]


def _found(wanted: str, files: Sequence[_File], journal: Journal) -> Mapping[_File, list[Put]]:
    """The places of a stand-in; of a person those of all forms of the name."""
    exact: dict[int, list[Put]] = {}
    subjects: set[str] = set()
    for index, (file, state) in enumerate(files):
        for put in stored_places(journal, file.source, state.fingerprint):
            if put.text.strip(_BRACKETS) == wanted:
                exact.setdefault(index, []).append(put)
                subjects |= {put.subject} if put.entity_type == _PERSON and put.subject else set()
    if not subjects:
        return {files[index]: puts for index, puts in exact.items()}
    of_subject: dict[int, list[Put]] = {}
    for index, (file, state) in enumerate(files):
        puts = [
            put
            for put in stored_places(journal, file.source, state.fingerprint)
            if put.entity_type == _PERSON and put.subject in subjects
        ]
        if puts:
            of_subject[index] = puts
    return {files[index]: puts for index, puts in of_subject.items()}


def _places(
    file: RecordedFile, state: FileState, puts: Sequence[Put], source: Path | None
) -> Iterator[Place]:
    values = _values(file, state, puts, source) if source is not None else {}
    for put in puts:
        value = values.get((put.block, put.start), "")
        yield Place(file.number, put.where, put.entity_type, put.role, file.source, value)


def _values(
    file: RecordedFile, state: FileState, puts: Sequence[Put], folder: Path
) -> dict[tuple[str, int], str]:
    """What stands in the places, from the source. UnreadableDocument when it cannot be read any more."""
    wanted: dict[str, list[Put]] = {}
    for put in puts:
        wanted.setdefault(put.block, []).append(put)
    values: dict[tuple[str, int], str] = {}
    for block in name_blocks(file.source, state.format):
        for put in wanted.get(block.id, ()):
            values[put.block, put.start] = block.text[put.start : put.end]
    try:
        document = formats.read(system_path(folder / file.source), ref=reference(file.number))
        for block in document.blocks():
            for put in wanted.get(block.id, ()):
                values[put.block, put.start] = block.text[put.start : put.end]
    except DeidError:
        return values
    return values
