"""What a project keeps of its runs: the record, and what leads back where the policy is reversible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from deid.batch.journal import Journal
from deid.batch.link import FolderLink, Link
from deid.batch.naming import NamePlan
from deid.batch.project import Project
from deid.batch.state import FileState
from deid.batch.stored import vault_of
from deid.batch.walk import Found
from deid.errors import ProjectError, VaultError
from deid.keys import ProjectKey
from deid.link.packed import Packed
from deid.link.people import unpack_subjects
from deid.operators.numbering import Numbering
from deid.operators.standins import StandIns
from deid.pages import Pages
from deid.runrecord import RecordedFile, RunRecord
from deid.vault import Vault, VaultRow

States = Collection[tuple[Found, FileState]]
"""All files of the source folder, and how far each got."""


class Recording:
    """The record of a project while a run goes on."""

    def __init__(self, project: Project, pages: Pages) -> None:
        self._path, self._key = project.record, project.key.derive("record")
        self._pages = pages
        self._record = RunRecord.load(self._path, key=self._key, kept=partial(Packed, pages))
        self._link: Link | None = None
        self._folders: Mapping[str, str] = {}

    @property
    def files(self) -> tuple[RecordedFile, ...]:
        """The files as they were when the record was last saved, with those that are gone."""
        return self._record.files

    def begin(self, settings: Mapping[str, str], *, must_be_same: bool) -> bool:
        """Whether the last run had the same settings; ProjectError where it must have had them."""
        before = self._record.settings
        if before and before["target"] != settings["target"]:
            raise ProjectError(
                "this project belongs to another output folder",
                hint="choose another project folder with --project",
            )
        same = before.get("settings") == settings["settings"]
        if must_be_same and before and not same:  # stopped before anything was noted, nothing differs
            raise ProjectError(
                "the settings are not those of the last run: policy, recognizers, lists or version differ",
                hint="give the same options, or run without --resume and --only to do everything anew",
            )
        self._record = replace(self._record, settings=settings, finished=False)
        return same

    def numbering(self, key: bytes) -> Numbering | None:
        """The numbers that earlier runs gave, as far as there were any."""
        written = self._record.numbering
        return None if written is None else Numbering.from_dict(written, key=key, pages=self._pages)

    def stand_ins(self, key: bytes) -> StandIns | None:
        """What earlier runs decided of stand-ins, as far as there were any."""
        written = self._record.stand_ins
        return None if written is None else StandIns.from_dict(written, key=key)

    def subjects(self) -> Iterator[list[Any]]:
        """What earlier runs knew of each subject."""
        return unpack_subjects(self._record.subjects)

    def linked(self, linked: FolderLink) -> None:
        """From now on the record has the numbers, stand-ins and subjects of this run."""
        self._link = linked.shared
        self._record = replace(self._record, numbering=None, subjects=linked.earlier, stand_ins=None)

    def plan(self, names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """Source → output path, given the new names of its parts; those of the last run stay where they can."""
        previous = {file.source: file.output for file in self._record.files if file.output}
        plan = NamePlan({**self._record.folders, **previous})
        outputs = plan.plan(names)
        self._folders = {source: output for source, output in plan.assigned.items() if source not in outputs}
        return outputs

    def gone(self, found: Iterable[Found]) -> list[RecordedFile]:
        """Files that have an output, and are no longer found."""
        here = {file.number for file in found}
        return [file for file in self._record.files if file.number not in here and file.output]

    def withdrawn(self, files: Collection[RecordedFile]) -> None:
        """From now on the record has no outputs of these; their numbers are not given again."""
        gone = {file.number for file in files}
        self._record = replace(
            self._record,
            files=tuple(
                replace(file, output=None) if file.number in gone else file for file in self._record.files
            ),
        )

    def save(self, states: States) -> None:
        """Write the record, as of a run that goes on."""
        self._set_files(states)
        self._write()

    def end(self, states: States, *, finished: bool) -> None:
        """Write the record, with the folders of the output."""
        self._set_files(states)
        folders = {**self._record.folders, **self._folders}
        self._record = replace(self._record, folders=folders, finished=finished)
        self._write()

    def _set_files(self, states: States) -> None:
        here = {file.source for file, _ in states}
        files = [
            RecordedFile(file.number, file.source, state.state, state.reason, state.output)
            for file, state in states
        ]
        gone = [
            replace(file, state="ignored", reason="gone")
            for file in self._record.files
            if file.source not in here
        ]
        self._record = replace(self._record, files=(*files, *gone))

    def _write(self) -> None:
        record = self._record
        if self._link is not None:  # as they are written they take much memory
            numbering, stand_ins = self._link.numbering, self._link.stand_ins
            decided = stand_ins.to_dict() if stand_ins else None
            numbers = {**numbering.about(), "numbers": numbering.pieces()}
            record = replace(record, numbering=numbers, stand_ins=decided)
        record.save(self._path, key=self._key)


def open_vault(project: Project, key: ProjectKey | None) -> Vault:
    """The vault of a project, begun where there is none; `key` is that of one that was put under another."""
    if key is None and not project.vault.exists():
        return Vault.new(project.vault, key=project.key)
    try:
        return Vault.open(project.vault, key=key or project.key)
    except VaultError as error:
        hint = "after deid vault rotate give the new key with --vault-key"
        raise VaultError(error.message, hint=error.hint if key else hint) from None


def save_vault(vault: Vault, journal: Journal, names: Iterable[VaultRow], states: States) -> None:
    """What leads back, as far as outputs stand. Kept with the project, never with the output.

    `names` are the rows of names of files; those of what is in them are in the journal.
    """
    vault.add(names)
    for file, state in states:
        if state.fingerprint:
            vault.add(vault_of(journal, file.source, state.fingerprint))
    vault.save()
