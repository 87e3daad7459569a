"""A folder in, a folder out.

    walk ─▶ pass 1: detect ─▶ link ─▶ pass 2: replace, write, check ─▶ publish ─▶ report
    agenda      detecting     link            writing                  fates      recording, state

What is found lives in the encrypted journal, so a run can stop at any moment and go on
later; a file is skipped only when its content and everything that decides the result are
unchanged. This module keeps the order of things; the work is done by its neighbours.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from deid import __version__
from deid.audit import append_event
from deid.batch import publish
from deid.batch.adopt import check_adopted
from deid.batch.agenda import Agenda, draw_up
from deid.batch.bench import Workplace
from deid.batch.changes import NameVersions, lists_of
from deid.batch.crew import Crew
from deid.batch.detecting import detect_all
from deid.batch.fates import Fates
from deid.batch.journal import Journal
from deid.batch.journal import clean as clean_journal
from deid.batch.link import FolderLink, Link, Noted, known_values, link
from deid.batch.passes import detect_file, new_names, write_file
from deid.batch.project import (
    Lock,
    OutputLock,
    Project,
    beginning,
    check_empty,
    check_folders,
    check_key_file,
    check_writable,
    default_project,
    is_unwritable,
    open_project,
)
from deid.batch.recording import Recording, open_vault, save_vault
from deid.batch.scheduling import Progress, new_workers
from deid.batch.settings import settings_of
from deid.batch.state import FileState, make_report
from deid.batch.stored import StoredFacts, StoredNotes, keep_link
from deid.batch.supervisor import Perform, Workers, is_disk_full
from deid.batch.walk import Found
from deid.batch.writing import Writing
from deid.catalog import Catalog
from deid.errors import VaultError
from deid.formats import Options
from deid.formats.options import PdfMode
from deid.formats.workplace import forget
from deid.keys import ProjectKey
from deid.pages import Pages, remove_left
from deid.pipeline import Deidentifier
from deid.policy import Policy
from deid.report.model import RunReport
from deid.report.wording import Language
from deid.report.writing import write_reports
from deid.runrecord import RecordedFile
from deid.vault import VaultRow


@dataclass(frozen=True, slots=True)
class FolderRun:
    """The report, where it was written, and (for the terminal of the owner only) what the numbers mean."""

    report: RunReport
    project: Path = field(repr=False)
    sources: Mapping[int, str] = field(repr=False)
    foreign: tuple[str, ...] = field(default=(), repr=False)
    """What is in the output folder and is of no run."""


def run_folder(
    source: str | Path,
    target: str | Path,
    *,
    project: str | Path | None = None,
    policy: Policy | str | Path = "dd-preclosing",
    catalog: Catalog | None = None,
    key: ProjectKey | str | Path | None = None,
    vault_key: ProjectKey | str | Path | None = None,
    known: Any = None,
    keep: Any = None,
    recognizers: Sequence[Any] = (),
    model: str | Path | None = None,
    workers: int | Workers | None = None,
    memory: int | None = None,
    resume: bool = False,
    only_failed: bool = False,
    pdf: PdfMode = "auto",
    passwords: Sequence[str] = (),
    language: Language = "zh",
    watch: Callable[[Progress], None] = lambda progress: None,
    detect: Perform = detect_file,
    write: Perform = write_file,
) -> FolderRun:
    """De-identify the documents of `source` into `target`; what is done and unchanged is skipped.

    `workers` is the number of processes (0: none, everything in this one), or processes that were started
    before; `memory` the bytes each may use. `pdf` says whether pages of PDF files stay text (`text`), become pictures (`raster`), or
    become pictures where the text cannot be taken out for sure (`auto`); `passwords` are tried on files
    that have one, and their outputs have none. `watch` is told how far the run is; `detect` and `write` are what workers do with
    a file in each pass. `vault_key` is the key of a vault that was rotated. With `resume` or `only_failed` the settings must be those of the last run.
    ProjectError when the run cannot start; a file that cannot be done is no exception but a
    line of the report. Ctrl-C, a full disk, and a project that can no longer be written end the run
    early, with a report where there is room for one.
    """
    source, target = Path(source), Path(target)
    folder = Path(project) if project is not None else default_project(target)
    check_folders(source, target, folder)
    if isinstance(key, (str, Path)):
        check_key_file(Path(key), target)
        key = ProjectKey.load(key)
    if isinstance(vault_key, (str, Path)):
        check_key_file(Path(vault_key), target)
        vault_key = ProjectKey.load(vault_key)
    opened = open_project(folder, target=target, key=key, must_exist=resume or only_failed)
    check_writable(opened)
    deidentifier = Deidentifier(
        policy=policy,
        catalog=catalog,
        key=opened.key,
        known=known,
        keep=keep,
        recognizers=recognizers,
        model=model,
    )
    publish.make_ready(target)
    with Lock(folder), OutputLock(target):
        publish.clean(target)
        if not opened.record.exists():  # by now a run of another project may have been here
            check_empty(target)
        with beginning():
            remove_left(folder)  # of a run that was killed
            opened_journal = Journal(opened.journal, key=opened.key.derive("journal"))
        with closing(opened_journal) as journal, closing(Pages(folder)) as pages:
            options = Options(pdf, tuple(passwords), folder=str(opened.office))
            run = _Run(source, target, opened, deidentifier, journal, pages, options, vault_key)
            run.begin(same_settings=resume or only_failed, only_failed=only_failed)
            workers = workers if isinstance(workers, Workers) else new_workers(workers, memory)
            run.work(workers, watch, detect, write)
            report = run.end()
        with suppress(OSError):
            clean_journal(opened.journal)
        try:
            write_reports(report, folder, language=language)
        except OSError as error:
            report = replace(report, stopped=_stopped_by(error))
    return FolderRun(report, folder, {file.number: file.source for file in run.agenda.found}, run.foreign)


def _stopped_by(error: Exception) -> Literal["disk", "project"]:
    """What a run ends early by, with a report. Any other exception is raised again."""
    if is_disk_full(error):
        return "disk"
    if is_unwritable(error):
        return "project"
    raise error


class _Run:
    """What one step of a run leaves for the next."""

    def __init__(
        self,
        source: Path,
        target: Path,
        project: Project,
        deidentifier: Deidentifier,
        journal: Journal,
        pages: Pages,
        options: Options,
        vault_key: ProjectKey | None,
    ) -> None:
        self._source, self._target, self._project = source, target, project
        self._deidentifier, self._options = deidentifier, options
        self._journal, self._pages = journal, pages
        self._lists, self._entries = lists_of(deidentifier)
        self._started = time.monotonic()
        self._stopped: Literal["", "interrupted", "disk", "project"] = ""
        self._fates = Fates(source, target, journal)
        self._recording = Recording(project, pages)
        self._vault_rows: list[VaultRow] = []  # of names of files
        self._vault_key = vault_key
        self._gone: list[RecordedFile] = []
        self.agenda = Agenda()
        self.foreign: tuple[str, ...] = ()

    def begin(self, *, same_settings: bool, only_failed: bool) -> None:
        """Find out what there is and what is to be done."""
        if self._deidentifier.policy.reversible:
            open_vault(self._project, self._vault_key)  # not only when all is done
        same = self._recording.begin(self._settings(), must_be_same=same_settings)
        shutil.rmtree(self._project.office, ignore_errors=True)  # of a run that was killed
        self.agenda = draw_up(
            self._source,
            self._recording.files,
            self._fates,
            key=self._project.key.derive("order"),
            same_settings=same,
            only_failed=only_failed,
        )
        self._gone = self._recording.gone(self.agenda.found)
        with beginning():
            self._recording.save(self._states())
            append_event(
                self._project.audit,
                "run started",
                deid=__version__,
                policy=self._deidentifier.policy.fingerprint,
                catalog=self._deidentifier.catalog.fingerprint,
                key=self._project.key.fingerprint,
                files=len(self.agenda.found),
                todo=len(self.agenda.todo),
                known=len(self._deidentifier.known),
                keep=len(self._deidentifier.keep),
            )

    def _settings(self) -> dict[str, str]:
        """What decides the result, for the record; whoever takes in a file by hand reads policy and lists there."""
        return {
            "settings": settings_of(self._deidentifier, self._options),
            "target": str(self._target.resolve()),
            "policy": self._deidentifier.policy.model_dump_json(by_alias=True),
            "lists": self._lists,
        }

    def _states(self) -> list[tuple[Found, FileState]]:
        return [(file, self._fates.of(file)) for file in self.agenda.found]

    def work(
        self, workers: Workers, watch: Callable[[Progress], None], detect: Perform, write: Perform
    ) -> None:
        """Both passes, and between them the link step.

        Ctrl-C, a full disk, and a project that cannot be written any more end them early.
        """
        try:
            with workers:
                self._passes(Crew(workers, self._workplace(), watch), detect, write)
        except KeyboardInterrupt:
            self._stopped = "interrupted"
        except (OSError, sqlite3.OperationalError) as error:
            self._stopped = _stopped_by(error)
        finally:
            forget(self._project.office)
            shutil.rmtree(self._project.office, ignore_errors=True)
        if self._stopped:
            self._fates.keep_standing()

    def _passes(self, crew: Crew, detect: Perform, write: Perform) -> None:
        """Nothing is written before it is known whom the names in all files mean, and what the outputs are called."""
        detect_all(
            crew, self._fates, self.agenda.todo, lists=self._lists, entries=self._entries, detect=detect
        )
        files = [file for file in self.agenda.found if self._fates.of(file).fingerprint]
        linked, names = self._link(files)
        if self.agenda.adopted:
            values = {*linked.shared.names.values, *known_values(self._deidentifier)}
            check_adopted(self.agenda.adopted, self._fates, values)
        self._withdraw_gone()
        outputs = self._plan(files, linked.shared)
        self._recording.save(self._states())
        Writing(crew, self._fates, linked, names=names, write=write).write_all(files, outputs)
        self._journal.forget("pictures")

    def _workplace(self) -> Workplace:
        return Workplace(
            self._deidentifier,
            self._project.journal,
            self._project.key.derive("journal"),
            settings_of(self._deidentifier, self._options, lists=False),
            options=self._options,
        )

    def _link(self, files: Sequence[Found]) -> tuple[FolderLink, int]:
        """Whom the names in all files mean, and the version of the names that are looked for everywhere."""
        fingerprints = {file.source: self._fates.of(file).fingerprint for file in files}
        with self._journal.together() as noted:
            linked = link(
                self._deidentifier,
                (self._noted(source, fingerprint) for source, fingerprint in fingerprints.items()),
                keep=lambda source, document: keep_link(
                    self._journal, noted, source, fingerprints[source], document
                ),
                previous=self._recording.numbering(self._deidentifier.numbering_key),
                decided=self._recording.stand_ins(self._deidentifier.stand_in_key),
                earlier=self._recording.subjects(),
                pages=self._pages,
            )
        versions = NameVersions(self._journal, self._pages)
        names = versions.add(linked.shared.all_looked_for())
        since = versions.since(linked.shared.all_looked_for())
        linked = replace(linked, shared=replace(linked.shared, since=since))
        self._recording.linked(linked)
        return linked, names

    def _noted(self, source: str, fingerprint: str) -> Noted:
        noted = self._journal, source, fingerprint
        return Noted(source, StoredNotes(*noted), StoredFacts(*noted))

    def _withdraw_gone(self) -> None:
        """Take away outputs of which nothing is read any more: what is known today was not looked for in them."""
        withdrawn = [file for file in self._gone if self._fates.withdraw(file.source, file.output or "")]
        self._recording.withdrawn(withdrawn)
        self._gone = [replace(file, output=None) if file in withdrawn else file for file in self._gone]
        for file in self.agenda.found:
            if file.ignored:
                self._fates.withdraw_unread(file)

    def _plan(self, files: Sequence[Found], shared: Link) -> dict[str, str]:
        """Source → output path, every part of it de-identified."""
        states = {file.source: self._fates.of(file) for file in files}
        about = {source: (state.format, state.fingerprint) for source, state in states.items()}
        return self._recording.plan(
            new_names(self._deidentifier, shared, self._journal, about, self._vault_rows)
        )

    def end(self) -> RunReport:
        """The report, what leads back, the record and the audit line."""
        states = self._states()
        outputs = [state.output for _, state in states] + [file.output for file in self._gone]
        self.foreign = publish.strangers(self._target, filter(None, outputs))
        report = make_report(
            self._deidentifier,
            states,
            gone=self._gone,
            foreign=len(self.foreign),
            seconds=round(time.monotonic() - self._started, 1),
            key_in_project=self._project.keeps_key,
            stopped=self._stopped,
        )
        try:
            if self._deidentifier.policy.reversible:
                vault = open_vault(self._project, self._vault_key)
                save_vault(vault, self._journal, self._vault_rows, states)
            self._recording.end(states, finished=not self._stopped)
            append_event(
                self._project.audit,
                f"run {self._stopped or 'ended'}",
                files={str(state): count for state, count in report.states.items()},
                entities={entity.entity_type: entity.count for entity in report.entities},
                characters=report.characters, seconds=report.seconds,
            )  # fmt: skip
        except (OSError, sqlite3.OperationalError, VaultError) as error:
            stopped = "project" if isinstance(error, VaultError) else _stopped_by(error)
            report = replace(report, stopped=self._stopped or stopped)
        return report
