"""What becomes of each file: how far it got, as the journal keeps it, and what is in its place in the output."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from deid.batch import publish
from deid.batch.bench import WriteJob
from deid.batch.failures import verdict
from deid.batch.journal import Journal
from deid.batch.passes import Written
from deid.batch.state import FileState, failed
from deid.batch.stored import forget
from deid.batch.supervisor import Failure, explain, is_disk_full
from deid.batch.walk import Found, system_path
from deid.errors import UnwritableDocument
from deid.formats.stamp import digest
from deid.report.model import State


class Fates:
    """The states of the files of a run, from `source` to `target`."""

    def __init__(self, source: Path, target: Path, journal: Journal) -> None:
        self.target, self.journal = target, journal
        self._source = source
        self._states: dict[str, FileState] = {}
        self._standing: set[str] = set()  # done in the last run, with these settings

    def of(self, file: Found) -> FileState:
        """How far a file got."""
        return self._states[file.source]

    def path(self, file: Found) -> str:
        """Where a file is read, as the system wants it."""
        return system_path(self._source / file.source)

    def lists(self) -> set[str]:
        """The states of the known and keep lists with which files were detected in."""
        return {state.lists for state in self._states.values() if state.fingerprint}

    # --- before the passes -------------------------------------------------------------------

    def recall(self, file: Found) -> FileState:
        """What the journal knows of a file from earlier runs."""
        state = self._states[file.source] = FileState.from_json(self.journal.get("file", file.source))
        return state

    def ignore(self, file: Found) -> None:
        """It is not read."""
        kind: State = "failed" if file.missed else "ignored"
        self._states[file.source] = FileState(kind, file.ignored, output=self.of(file).output)

    def leave(self, file: Found) -> None:
        """It is new, and not of those that are to be done."""
        self._states[file.source] = replace(self.of(file), state="pending", reason="new", detail="")

    def begin(self, file: Found, *, stands: bool) -> None:
        """It is to be done. With `stands` what the last run left done stands until something says that it does not.

        The journal alone does not say it: a run that is stopped leaves there what those before it noted.
        """
        state = self.of(file)
        if stands and state.state == "done":
            self._standing.add(file.source)
        self._states[file.source] = replace(state, state="pending", reason="stopped", detail="")

    def is_adopted(self, file: Found) -> bool:
        """Whether the file that a person made is in its place, and its source what it was."""
        state = self.of(file)
        return digest(self.path(file)) == state.adopted and self.is_published(state)

    def withdraw(self, source: str, output: str) -> bool:
        """Take away an output whose source is not read any more; whether it is gone.

        One that somebody changed is not what was written here, and stays.
        """
        if not publish.is_taken(self.target, output):
            return True
        state = FileState.from_json(self.journal.get("file", source))
        return state.output == output and self.is_published(state) and publish.withdraw(self.target, output)

    def withdraw_unread(self, file: Found) -> None:
        """The same for a file that is a link by now, or otherwise nothing to read."""
        state = self.of(file)
        if state.output and self.withdraw(file.source, state.output):
            self.keep(file, replace(state, output=None))

    # --- in the passes -----------------------------------------------------------------------

    def keep(self, file: Found, state: FileState) -> None:
        """Note how far a file got, for the next run as well; then forget what was found in an older version of it."""
        before = self.of(file).fingerprint
        self._states[file.source] = state
        self.journal.put("file", file.source, state.to_json())
        if before not in ("", state.fingerprint):
            forget(self.journal, file.source, before)

    def reconsider(self, file: Found) -> None:
        """It is looked at now: that the last run wrote it says nothing any more."""
        self._standing.discard(file.source)

    def stay(self, file: Found) -> None:
        """What was written of it before is current in every respect."""
        self._states[file.source] = replace(self.of(file), state="done", reason="")

    def is_published(self, state: FileState) -> bool:
        """Whether the output is where it was put, unchanged."""
        return publish.is_published(self.target, state.output or "", state.size, state.digest)

    def publish(self, file: Found, job: WriteJob, written: Written, *, link: str, names: int) -> None:
        """Put what was written and checked in its place, unless the same is there already."""
        state = self.of(file)
        if state.output == job.output and state.digest == written.digest and self.is_published(state):
            publish.discard(Path(job.temporary))
            size = state.size
        elif state.output not in (None, job.output) and not publish.withdraw(self.target, state.output or ""):
            stays = Failure("error", "PermissionError", "its older output cannot be removed")
            self.discard(file, job, stays)
            return
        else:
            try:
                size = publish.publish(Path(job.temporary), self.target, job.output)
            except (OSError, UnwritableDocument) as error:
                self.discard(file, job, explain(error))
                return
        self.keep(file, state.published(written, link=link, names=names, output=job.output, size=size))

    def discard(self, file: Found, job: WriteJob, failure: Failure) -> None:
        """It failed in pass 2: nothing of what was written may be left."""
        publish.discard(Path(job.temporary))
        self.fail(file, failure, fingerprint=job.fingerprint)

    def fail(self, file: Found, failure: Failure, *, fingerprint: str = "") -> None:
        """Note it, and take away an older output: what is known today was not known when it was made."""
        before = self.of(file)
        left = before.output if before.output and not publish.withdraw(self.target, before.output) else None
        state = replace(failed(verdict(failure), format=before.format, fingerprint=fingerprint), output=left)
        try:
            self.keep(file, state)
        except sqlite3.OperationalError as error:
            if not is_disk_full(error):  # on a full disk the journal keeps the older state
                raise

    # --- when a run is stopped ---------------------------------------------------------------

    def keep_standing(self) -> None:
        """Stopped before it was looked at again, what the last run wrote still stands, unless its source
        was seen to have changed."""
        for source in self._standing:
            state = self._states[source]
            if state.written and state.output and publish.is_there(self.target, state.output, state.size):
                self._states[source] = replace(state, state="done", reason="")
