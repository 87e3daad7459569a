"""A folder in, a folder out.

    walk ─▶ pass 1: detect ─▶ link ─▶ pass 2: replace, write, check ─▶ publish ─▶ report

What is found lives in the encrypted journal, so a run can stop at any moment and go on
later; a file is skipped only when its content and everything that decides the result are
unchanged. This module keeps the order of things; the work is done by its neighbours.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from deid import __version__
from deid.audit import append_event
from deid.batch import publish
from deid.batch.adopt import left_in
from deid.batch.bench import CheckJob, DetectJob, LookJob, ReplaceJob, Workplace, WriteJob, prepare, release
from deid.batch.changes import NameVersions, differing, lists_of
from deid.batch.checking import FAILED, describe
from deid.batch.failures import verdict
from deid.batch.journal import Journal
from deid.batch.journal import clean as clean_journal
from deid.batch.link import Link, Noted, known_values, link
from deid.batch.naming import NamePlan
from deid.batch.passes import (
    Detected,
    Written,
    check_file,
    detect_file,
    look_file,
    new_names,
    replace_file,
    write_file,
)
from deid.batch.project import Lock, Project, check_folders, check_key_file, default_project, open_project
from deid.batch.scheduling import (
    Progress,
    StageName,
    by_file,
    check_shares,
    is_large,
    new_workers,
    shares,
)
from deid.batch.settings import settings_of
from deid.batch.state import FileState, failed, make_report
from deid.batch.stored import StoredFacts, StoredNotes, forget, keep_link, place, vault_of
from deid.batch.supervisor import Failure, Outcome, Stage, Workers, explain, is_disk_full
from deid.batch.walk import Found, reference, system_path, walk
from deid.catalog import Catalog
from deid.detector import NameSet
from deid.errors import ProjectError
from deid.formats import Options
from deid.formats.options import PdfMode
from deid.formats.sharing import core_count
from deid.formats.stamp import digest
from deid.keys import ProjectKey
from deid.link.packed import Packed
from deid.link.people import unpack_subjects
from deid.operators.numbering import Numbering
from deid.operators.standins import StandIns
from deid.pages import Pages
from deid.pipeline import Deidentifier
from deid.policy import Policy
from deid.report.model import RunReport, State
from deid.report.wording import Language
from deid.report.writing import write_reports
from deid.runrecord import RecordedFile, RunRecord
from deid.vault import Vault, VaultRow

Perform = Callable[[Any, Any], Any]

_MOST_THREADS = 4
"""Threads in which a worker reads a picture: each takes memory of its own."""


@dataclass(frozen=True, slots=True)
class FolderRun:
    """The report, where it was written, and (for the terminal of the owner only) what the numbers mean."""

    report: RunReport
    project: Path = field(repr=False)
    sources: Mapping[int, str] = field(repr=False)


def run_folder(
    source: str | Path,
    target: str | Path,
    *,
    project: str | Path | None = None,
    policy: Policy | str | Path = "dd-preclosing",
    catalog: Catalog | None = None,
    key: ProjectKey | str | Path | None = None,
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
    a file in each pass. With `resume` or `only_failed` the settings must be those of the last run.
    ProjectError when the run cannot start; a file that cannot be done is no exception but a
    line of the report. Ctrl-C and a full disk end the run early, with a report.
    """
    source, target = Path(source), Path(target)
    folder = Path(project) if project is not None else default_project(target)
    check_folders(source, target, folder)
    if isinstance(key, (str, Path)):
        check_key_file(Path(key), target)
        key = ProjectKey.load(key)
    opened = open_project(folder, target=target, key=key, must_exist=resume or only_failed)
    deidentifier = Deidentifier(
        policy=policy,
        catalog=catalog,
        key=opened.key,
        known=known,
        keep=keep,
        recognizers=recognizers,
        model=model,
    )
    with Lock(folder):
        with (
            closing(Journal(opened.journal, key=opened.key.derive("journal"))) as journal,
            closing(Pages(folder)) as pages,
        ):
            options = Options(pdf, tuple(passwords), folder=str(opened.office))
            run = _Run(source, target, opened, deidentifier, journal, watch, detect, write, options, pages)
            run.begin(same_settings=resume or only_failed, only_failed=only_failed)
            run.work(workers if isinstance(workers, Workers) else new_workers(workers, memory))
            report = run.end()
        clean_journal(opened.journal)
        try:
            write_reports(report, folder, language=language)
        except OSError as error:
            if not is_disk_full(error):
                raise
            report = replace(report, stopped="disk")
    return FolderRun(report, folder, {file.number: file.source for file in run.found})


class _Run:
    """What a run knows while it goes on."""

    def __init__(
        self,
        source: Path,
        target: Path,
        project: Project,
        deidentifier: Deidentifier,
        journal: Journal,
        watch: Callable[[Progress], None],
        detect: Perform,
        write: Perform,
        options: Options,
        pages: Pages,
    ) -> None:
        self._options, self._pages = options, pages
        self._source, self._target, self._project = source, target, project
        self._deidentifier, self._journal = deidentifier, journal
        self._watch, self._detect, self._write = watch, detect, write
        self._settings = settings_of(deidentifier, options)
        self._base = settings_of(deidentifier, options, lists=False)
        self._lists, self._entries = lists_of(deidentifier)
        self._names = 0
        self._changed: dict[str, NameSet] = {}
        self._started = time.monotonic()
        self._record = RunRecord()
        self._link: Link | None = None
        self._fingerprints: Mapping[str, str] = {}
        self._folders: Mapping[str, str] = {}
        self._states: dict[str, FileState] = {}
        self._standing: set[str] = set()  # done in the last run, with these settings
        self.found: tuple[Found, ...] = ()
        self.todo: list[Found] = []
        self.adopted: list[Found] = []
        self._vault_rows: list[VaultRow] = []  # of names of files
        self.stopped: Literal["", "interrupted", "disk"] = ""

    # --- before ------------------------------------------------------------------------------

    def begin(self, *, same_settings: bool, only_failed: bool) -> None:
        """Find out what there is and what is to be done."""
        key = self._project.key
        kept = partial(Packed, self._pages)
        self._record = RunRecord.load(self._project.record, key=key.derive("record"), kept=kept)
        same = self._check_record(same_settings=same_settings)
        try:
            self._target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProjectError(f"the output folder cannot be written: {error.strerror}") from None
        if not os.access(self._target, os.W_OK | os.X_OK):
            raise ProjectError("the output folder cannot be written: no permission")
        publish.clean(self._target)
        shutil.rmtree(self._project.office, ignore_errors=True)  # of a run that was killed
        numbers = {file.source: file.number for file in self._record.files}
        self.found = walk(self._source, key=key.derive("order"), numbers=numbers)
        before = {file.source: file.state for file in self._record.files}
        for file in self.found:
            state = FileState.from_json(self._journal.get("file", file.source))
            if file.ignored:
                kind: State = "failed" if file.missed else "ignored"
                state = FileState(kind, file.ignored, output=state.output)
            elif state.adopted and self._stands_for(file, state):
                self.adopted.append(file)
            elif not only_failed or before.get(file.source) in ("failed", "withheld", "pending"):
                self.todo.append(file)
                if same and state.state == "done":
                    self._standing.add(file.source)
                state = replace(state, state="pending", reason="stopped", detail="")
            self._states[file.source] = state
        self._save_record()
        append_event(
            self._project.audit,
            "run started",
            deid=__version__,
            policy=self._deidentifier.policy.fingerprint,
            catalog=self._deidentifier.catalog.fingerprint,
            key=key.fingerprint,
            files=len(self.found),
            todo=len(self.todo),
            known=len(self._deidentifier.known),
            keep=len(self._deidentifier.keep),
        )

    def _check_record(self, *, same_settings: bool) -> bool:
        """Whether the last run had the same settings; ProjectError where it must have had them."""
        before = self._record.settings
        target = str(self._target.resolve())
        if before and before["target"] != target:
            raise ProjectError(
                "this project belongs to another output folder",
                hint="choose another project folder with --project",
            )
        same = before.get("settings") == self._settings
        if same_settings and not same:
            raise ProjectError(
                "the settings are not those of the last run: policy, recognizers, lists or version differ",
                hint="give the same options, or run without --resume and --only to do everything anew",
            )
        policy = self._deidentifier.policy.model_dump_json(by_alias=True)
        settings = {"settings": self._settings, "target": target, "policy": policy, "lists": self._lists}
        self._record = replace(self._record, settings=settings, finished=False)
        return same

    # --- the work ----------------------------------------------------------------------------

    def work(self, workers: Workers) -> None:
        """Both passes; sets `stopped` when they end early."""
        try:
            with workers:
                self._first_pass(workers)
                if not self.stopped:
                    self._link_all()
                    self._check_adopted()
                    self._second_pass(workers)
                    self._journal.forget("pictures")
        except KeyboardInterrupt:
            self.stopped = "interrupted"
        except (OSError, sqlite3.OperationalError) as error:
            if not is_disk_full(error):
                raise
            self.stopped = "disk"
        if self.stopped:
            self._keep_standing()

    def _keep_standing(self) -> None:
        """Stopped before it was looked at again, what the last run wrote still stands, unless its source
        was seen to have changed."""
        for source in self._standing:
            state = self._states[source]
            if state.written and state.output and publish.is_there(self._target, state.output, state.size):
                self._states[source] = replace(state, state="done", reason="")

    def _first_pass(self, workers: Workers) -> None:
        todo, again = self._to_detect(workers)
        if self.stopped:
            return
        jobs = {
            file.number: self._detect_jobs(file, workers.count, anew=file.source in again) for file in todo
        }
        for file, outcomes in self._outcomes(workers, "detect", self._detect, todo, jobs):
            state = self._states[file.source]
            if failure := _failure_of(outcomes):
                self._fail(file, failure)
                continue
            shares_found: list[Detected] = [outcome.value for outcome in outcomes]
            if len({share.fingerprint for share in shares_found}) > 1:
                self._fail(file, Failure("error", "UnreadableDocument", "changed during the run"))
            elif file.source in again or state.fingerprint != shares_found[0].fingerprint:
                if state.fingerprint not in ("", shares_found[0].fingerprint):
                    forget(self._journal, file.source, state.fingerprint)
                self._keep(file, state.detected(shares_found, lists=self._lists))

    def _to_detect(self, workers: Workers) -> tuple[list[Found], set[str]]:
        """The files to be detected in, and those of them in which a change of the lists counts."""
        others = {state.lists for state in self._states.values() if state.fingerprint} - {self._lists}
        for lists in others:
            before = self._journal.get("lists", lists)
            changed = None if before is None else differing(before, self._entries)
            if changed is not None:
                self._changed[lists] = changed
        self._journal.put("lists", self._lists, self._entries)
        looks: dict[int, list[LookJob]] = {}
        again: set[str] = set()
        for file in self.todo:
            state = self._states[file.source]
            if not state.fingerprint or state.lists == self._lists:
                continue
            if state.lists in self._changed:
                job = LookJob(file.number, self._path(file), file.source, state.fingerprint, state.lists)
                looks[file.number] = [job]
            else:
                again.add(file.source)
        looked = [file for file in self.todo if file.number in looks]
        standing: set[str] = set()
        for file, (outcome,) in self._outcomes(workers, "detect", look_file, looked, looks):
            if outcome.failure is None and not outcome.value:
                standing.add(file.source)
                self._keep(file, replace(self._states[file.source], lists=self._lists))
            else:
                again.add(file.source)
        for source in again:
            forget(self._journal, source, self._states[source].fingerprint)
        return [file for file in self.todo if file.source not in standing], again

    def _detect_jobs(self, file: Found, workers: int, *, anew: bool) -> list[DetectJob]:
        """A large file is read by several workers, each of which detects in its share."""
        parts, done = shares(file, workers), "" if anew else self._states[file.source].fingerprint
        return [DetectJob(file.number, self._path(file), file.source, done, i, parts) for i in range(parts)]

    def _link_all(self) -> None:
        previous = self._record.numbering
        numbering = None
        if previous is not None:
            numbering = Numbering.from_dict(previous, key=self._deidentifier.numbering_key)
        decided = None
        if self._record.stand_ins is not None:
            decided = StandIns.from_dict(self._record.stand_ins, key=self._deidentifier.stand_in_key)
        earlier = unpack_subjects(self._record.subjects)
        linked = link(
            self._deidentifier,
            self._noted(),
            keep=lambda source, document: keep_link(
                self._journal, source, self._states[source].fingerprint, document
            ),
            previous=numbering,
            decided=decided,
            earlier=earlier,
            pages=self._pages,
        )
        versions = NameVersions(self._journal)
        self._names = versions.add(linked.shared.all_looked_for())
        self._link = replace(linked.shared, since=versions.since(linked.shared.all_looked_for()))
        self._fingerprints = linked.fingerprints
        self._record = replace(self._record, numbering=None, subjects=linked.earlier, stand_ins=None)

    def _noted(self) -> Iterator[Noted]:
        for file in self.found:
            if fingerprint := self._states[file.source].fingerprint:
                place = self._journal, file.source, fingerprint
                yield Noted(file.source, StoredNotes(*place), StoredFacts(*place))

    def _second_pass(self, workers: Workers) -> None:
        assert self._link is not None
        files = [file for file in self.found if self._states[file.source].fingerprint]
        outputs = self._plan(files)
        self._save_record()
        jobs: dict[int, WriteJob] = {}
        for file in files:
            state, output = self._states[file.source], outputs[file.source]
            self._standing.discard(file.source)
            current = self._is_current(file, state, output)
            if current and state.names == self._names:
                self._states[file.source] = replace(state, state="done", reason="")
                continue
            temporary = publish.temporary_path(self._target, file.number, output)
            jobs[file.number] = WriteJob(
                file.number,
                self._path(file),
                file.source,
                state.fingerprint,
                system_path(temporary),
                output,
                state.names if current else None,
            )
        todo = [file for file in files if file.number in jobs]
        shared = {file.number: file for file in todo if is_large(file) and jobs[file.number].since is None}
        try:
            self._replace_shared(workers, shared, jobs)
            todo = [file for file in todo if not self.stopped and file.number in jobs]
            written: dict[int, Written] = {}
            for file, (outcome,) in self._outcomes(
                workers, "write", self._write, todo, {n: [job] for n, job in jobs.items()}
            ):
                job = jobs[file.number]
                if outcome.failure is not None:
                    self._discard(file, job, outcome.failure)
                elif outcome.value is None:
                    state = replace(self._states[file.source], state="done", reason="", names=self._names)
                    self._keep(file, state)
                elif file.number in shared:
                    written[file.number] = outcome.value
                else:
                    self._publish(file, job, outcome.value)
            self._check_shared(workers, [file for file in todo if file.number in written], jobs, written)
        finally:
            publish.clean(self._target)

    def _replace_shared(
        self, workers: Workers, shared: Mapping[int, Found], jobs: dict[int, WriteJob]
    ) -> None:
        """Let several workers find out what is to be written into large files; jobs of those that fail go."""
        parts: dict[int, list[ReplaceJob]] = {}
        for number, file in shared.items():
            job, count = jobs[number], shares(file, workers.count)
            self._journal.drop("tally", place(file.source, job.fingerprint))
            parts[number] = [
                ReplaceJob(number, job.path, job.source, job.fingerprint, part, count)
                for part in range(count)
            ]
            jobs[number] = replace(job, replaced=True)
        for file, outcomes in self._outcomes(workers, "write", replace_file, [*shared.values()], parts):
            if failure := _failure_of(outcomes):
                self._discard(file, jobs.pop(file.number), failure)

    def _check_shared(
        self,
        workers: Workers,
        files: Sequence[Found],
        jobs: Mapping[int, WriteJob],
        written: Mapping[int, Written],
    ) -> None:
        """Let several workers search large files that were written, and publish those in which nothing is left."""
        parts: dict[int, list[CheckJob]] = {}
        for file in files if not self.stopped else ():
            job, count = jobs[file.number], check_shares(file, workers.count)
            name = written[file.number].format
            parts[file.number] = [
                CheckJob(
                    job.number, job.source, job.fingerprint, job.temporary, job.output, name, part, count
                )
                for part in range(count)
            ]
        todo = [file for file in files if file.number in parts]
        for file, outcomes in self._outcomes(workers, "write", check_file, todo, parts):
            if failure := _failure_of(outcomes):
                self._discard(file, jobs[file.number], failure)
            else:
                self._publish(file, jobs[file.number], written[file.number])

    def _discard(self, file: Found, job: WriteJob, failure: Failure) -> None:
        publish.discard(Path(job.temporary))
        self._fail(file, failure, fingerprint=job.fingerprint)

    def _publish(self, file: Found, job: WriteJob, written: Written) -> None:
        state = self._states[file.source]
        if self._stands(state, written, job.output):
            publish.discard(Path(job.temporary))
            self._keep(
                file,
                state.published(
                    written,
                    link=self._fingerprints[file.source],
                    names=self._names,
                    output=job.output,
                    size=state.size,
                ),
            )
            return
        if state.output not in (None, job.output) and not publish.withdraw(self._target, state.output or ""):
            publish.discard(Path(job.temporary))
            stays = Failure("error", "PermissionError", "its older output cannot be removed")
            self._fail(file, stays, fingerprint=job.fingerprint)
            return
        try:
            size = publish.publish(Path(job.temporary), self._target, job.output)
        except OSError as error:
            publish.discard(Path(job.temporary))
            self._fail(file, explain(error), fingerprint=job.fingerprint)
            return
        self._keep(
            file,
            state.published(
                written, link=self._fingerprints[file.source], names=self._names, output=job.output, size=size
            ),
        )

    def _stands(self, state: FileState, written: Written, output: str) -> bool:
        """Whether what was written is there already, byte for byte."""
        return (
            state.output == output
            and state.digest == written.digest
            and publish.is_published(self._target, output, state.size, state.digest)
        )

    def _outcomes(
        self,
        workers: Workers,
        stage: StageName,
        perform: Perform,
        files: Sequence[Found],
        jobs: Mapping[int, Sequence[Any]],
    ) -> Iterator[tuple[Found, list[Outcome]]]:
        """Each file with the outcomes of its jobs, until the disk is full."""
        key = self._project.key.derive("journal")
        cores = core_count() // max(1, min(workers.count, len(files)))
        workplace = Workplace(
            self._deidentifier,
            self._project.journal,
            key,
            self._base,
            self._link,
            self._changed,
            self._options,
            threads=max(1, min(cores, _MOST_THREADS)),
        )
        work = Stage(prepare, workplace, perform, release)
        with closing(by_file(workers, work, stage, files, jobs, watch=self._watch)) as ended:
            for file, outcomes in ended:
                yield file, outcomes
                if any(
                    outcome.failure is not None and outcome.failure.cause == "disk" for outcome in outcomes
                ):
                    self.stopped = "disk"
                    return

    def _plan(self, files: Sequence[Found]) -> dict[str, str]:
        """Source → output path, every part of it de-identified."""
        assert self._link is not None
        states = {file.source: self._states[file.source] for file in files}
        about = {source: (state.format, state.fingerprint) for source, state in states.items()}
        names = new_names(self._deidentifier, self._link, self._journal, about, self._vault_rows)
        previous = {file.source: file.output for file in self._record.files if file.output}
        plan = NamePlan({**self._record.folders, **previous})
        outputs = plan.plan(names)
        self._folders = {source: output for source, output in plan.assigned.items() if source not in outputs}
        return outputs

    def _stands_for(self, file: Found, state: FileState) -> bool:
        """Whether the file that a person made is in its place, and its source what it was."""
        return digest(self._path(file)) == state.adopted and publish.is_published(
            self._target, state.output or "", state.size, state.digest
        )

    def _check_adopted(self) -> None:
        """A file that a person made may hold a name that is known only now."""
        assert self._link is not None
        if not self.adopted:
            return
        values = {*self._link.names.values, *known_values(self._deidentifier)}
        for file in self.adopted:
            state = self._states[file.source]
            if left := left_in(self._target / (state.output or ""), values):
                message = f"{reference(file.number)}: {FAILED}: {describe(left)}"
                self._fail(file, Failure("error", "UnwritableDocument", message))

    def _is_current(self, file: Found, state: FileState, output: str) -> bool:
        """Whether nothing that was known of the file when it was written has changed."""
        assert self._link is not None
        if state.written != self._fingerprints[file.source] or state.output != output:
            return False
        if state.names not in (*self._link.since, self._names):
            return False
        used = self._journal.parts("used", place(file.source, state.fingerprint))
        if any(
            self._link.meant((kind, value)) != [kind, value, *rest]
            for part in used
            for kind, value, *rest in part
        ):
            return False
        return publish.is_published(self._target, output, state.size, state.digest)

    def _fail(self, file: Found, failure: Failure, *, fingerprint: str = "") -> None:
        """Note it, and take away an older output: what is known today was not known when it was made."""
        before = self._states[file.source]
        left = before.output if before.output and not publish.withdraw(self._target, before.output) else None
        if before.fingerprint not in ("", fingerprint):
            forget(self._journal, file.source, before.fingerprint)
        state = replace(failed(verdict(failure), format=before.format, fingerprint=fingerprint), output=left)
        self._states[file.source] = state
        try:
            self._keep(file, state)
        except sqlite3.OperationalError as error:
            if not is_disk_full(error):  # on a full disk the journal keeps the older state
                raise

    def _keep(self, file: Found, state: FileState) -> None:
        self._states[file.source] = state
        self._journal.put("file", file.source, state.to_json())

    def _path(self, file: Found) -> str:
        return system_path(self._source / file.source)

    # --- after -------------------------------------------------------------------------------

    def end(self) -> RunReport:
        """The record, the audit line and the report."""
        self._record = replace(self._record, folders={**self._record.folders, **self._folders})
        report = self._report()
        self._save_vault()
        try:
            self._save_record(finished=not self.stopped)
            append_event(
                self._project.audit,
                f"run {self.stopped or 'ended'}",
                files={str(state): count for state, count in report.states.items()},
                entities={entity.entity_type: entity.count for entity in report.entities},
                characters=report.characters, seconds=report.seconds,
            )  # fmt: skip
        except OSError as error:
            if not is_disk_full(error):
                raise
        return report

    def _save_vault(self) -> None:
        """What leads back, as far as outputs stand. Kept with the project, never with the output."""
        if not self._deidentifier.policy.reversible:
            return
        path, key = self._project.vault, self._project.key
        vault = Vault.open(path, key=key) if path.exists() else Vault.new(path, key=key)
        vault.add(self._vault_rows)
        for file in self.found:
            if fingerprint := self._states[file.source].fingerprint:
                vault.add(vault_of(self._journal, file.source, fingerprint))
        vault.save()

    def _save_record(self, *, finished: bool = False) -> None:
        here = {file.source for file in self.found}
        gone = (
            replace(file, state="ignored", reason="gone")
            for file in self._record.files
            if file.source not in here
        )
        files = [
            RecordedFile(file.number, file.source, state.state, state.reason, state.output)
            for file in self.found
            for state in [self._states[file.source]]
        ]
        self._record = replace(self._record, files=(*files, *gone), finished=finished)
        record = self._record
        if self._link is not None:  # as they are written they take much memory
            numbering, stand_ins = self._link.numbering, self._link.stand_ins
            decided = stand_ins.to_dict() if stand_ins else None
            numbers = {**numbering.about(), "numbers": numbering.pieces()}
            record = replace(record, numbering=numbers, stand_ins=decided)
        record.save(self._project.record, key=self._project.key.derive("record"))

    def _report(self) -> RunReport:
        here = {file.number for file in self.found}
        gone = [file for file in self._record.files if file.number not in here and file.output]
        return make_report(
            self._deidentifier,
            [(file, self._states[file.source]) for file in self.found],
            gone,
            seconds=round(time.monotonic() - self._started, 1),
            key_in_project=self._project.keeps_key,
            stopped=self.stopped,
        )


def _failure_of(outcomes: Sequence[Outcome]) -> Failure | None:
    """The first failure among the shares of a file."""
    return next((outcome.failure for outcome in outcomes if outcome.failure is not None), None)
