"""Pass 2 over all files: what is not as it would be written today is written, checked and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deid.batch import publish
from deid.batch.bench import CheckJob, ReplaceJob, WriteJob
from deid.batch.crew import Crew, first_failure
from deid.batch.fates import Fates
from deid.batch.link import FolderLink
from deid.batch.passes import Written, check_file, replace_file
from deid.batch.scheduling import check_shares, is_large, shares
from deid.batch.state import FileState
from deid.batch.stored import place
from deid.batch.supervisor import Perform
from deid.batch.walk import Found, system_path


class Writing:
    """What pass 2 goes by: whom names mean (`linked`), and the version of the names that are looked for."""

    def __init__(self, crew: Crew, fates: Fates, linked: FolderLink, *, names: int, write: Perform) -> None:
        self._crew = replace(crew, workplace=replace(crew.workplace, link=linked.shared))
        self._fates, self._journal = fates, fates.journal
        self._linked, self._names = linked, names
        self._write = write

    def write_all(self, files: Sequence[Found], outputs: Mapping[str, str]) -> None:
        """Publish what is to be written of `files`; `outputs` are source → output path."""
        jobs = self._jobs(files, outputs)
        shared = [file for file in files if file.number in jobs and is_large(file)]
        shared = [file for file in shared if jobs[file.number].since is None]
        try:
            self._replace_shared(shared, jobs)
            todo = [file for file in files if file.number in jobs]
            written: dict[int, Written] = {}
            for file, (outcome,) in self._crew.outcomes(
                "write", self._write, todo, {number: [job] for number, job in jobs.items()}
            ):
                job = jobs[file.number]
                if outcome.failure is not None:
                    self._fates.discard(file, job, outcome.failure)
                elif outcome.value is None:
                    state = replace(self._fates.of(file), state="done", reason="", names=self._names)
                    self._fates.keep(file, state)
                elif job.replaced:
                    written[file.number] = outcome.value
                else:
                    self._publish(file, job, outcome.value)
            self._check_shared([file for file in shared if file.number in written], jobs, written)
        finally:
            publish.clean(self._fates.target)

    def _jobs(self, files: Sequence[Found], outputs: Mapping[str, str]) -> dict[int, WriteJob]:
        """By number, what is to be written; of files in which newer names may stand, if they do."""
        jobs: dict[int, WriteJob] = {}
        for file in files:
            state, output = self._fates.of(file), outputs[file.source]
            self._fates.reconsider(file)
            current = self._is_current(file, state, output)
            if current and state.names == self._names:
                self._fates.stay(file)
                continue
            if not current and state.written:  # what is noted of it from here on is of what will be written
                self._fates.keep(file, replace(state, written=""))
            temporary = publish.temporary_path(self._fates.target, file.number, output)
            jobs[file.number] = WriteJob(
                file.number,
                self._fates.path(file),
                file.source,
                state.fingerprint,
                system_path(temporary),
                output,
                state.names if current else None,
            )
        return jobs

    def _is_current(self, file: Found, state: FileState, output: str) -> bool:
        """Whether nothing that was known of the file when it was written has changed."""
        link = self._linked.shared
        if state.written != self._linked.fingerprints[file.source] or state.output != output:
            return False
        if state.names not in (*link.since, self._names):
            return False
        used = self._journal.parts("used", place(file.source, state.fingerprint))
        if any(
            link.meant((kind, value)) != [kind, value, *rest] for part in used for kind, value, *rest in part
        ):
            return False
        return self._fates.is_published(state)

    def _replace_shared(self, files: Sequence[Found], jobs: dict[int, WriteJob]) -> None:
        """Let several workers find out what is to be written into large files; jobs of those that fail go."""
        parts: dict[int, list[ReplaceJob]] = {}
        for file in files:
            job, count = jobs[file.number], shares(file, self._crew.workers.count)
            for kind in ("tally", "used"):
                self._journal.drop(kind, place(file.source, job.fingerprint))
            parts[file.number] = [
                ReplaceJob(job.number, job.path, job.source, job.fingerprint, part, count)
                for part in range(count)
            ]
            jobs[file.number] = replace(job, replaced=True)
        for file, outcomes in self._crew.outcomes("write", replace_file, files, parts):
            if failure := first_failure(outcomes):
                self._fates.discard(file, jobs.pop(file.number), failure)

    def _check_shared(
        self, files: Sequence[Found], jobs: Mapping[int, WriteJob], written: Mapping[int, Written]
    ) -> None:
        """Let several workers search large files that were written, and publish those in which nothing is left."""
        parts: dict[int, list[CheckJob]] = {}
        for file in files:
            job, count = jobs[file.number], check_shares(file, self._crew.workers.count)
            name = written[file.number].format
            parts[file.number] = [
                CheckJob(
                    job.number, job.source, job.fingerprint, job.temporary, job.output, name, part, count
                )
                for part in range(count)
            ]
        for file, outcomes in self._crew.outcomes("write", check_file, files, parts):
            if failure := first_failure(outcomes):
                self._fates.discard(file, jobs[file.number], failure)
            else:
                self._publish(file, jobs[file.number], written[file.number])

    def _publish(self, file: Found, job: WriteJob, written: Written) -> None:
        link = self._linked.fingerprints[file.source]
        self._fates.publish(file, job, written, link=link, names=self._names)
