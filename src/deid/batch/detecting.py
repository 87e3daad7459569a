"""Pass 1 over all files: what is new is detected in, and what the known and keep lists say otherwise now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deid.batch.bench import DetectJob, LookJob
from deid.batch.changes import Entry, differing
from deid.batch.crew import Crew, first_failure
from deid.batch.fates import Fates
from deid.batch.journal import Journal
from deid.batch.passes import Detected, look_file
from deid.batch.scheduling import shares
from deid.batch.stored import forget
from deid.batch.supervisor import Failure, Perform
from deid.batch.walk import Found
from deid.detector import NameSet


def detect_all(
    crew: Crew, fates: Fates, todo: Sequence[Found], *, lists: str, entries: Sequence[Entry], detect: Perform
) -> None:
    """Leave in the journal what is found in each file, unless it is there already.

    `entries` are those of the known and keep lists, and `lists` their digest.
    """
    unchanged, again = _look(crew, fates, todo, lists=lists, entries=entries)
    files = [file for file in todo if file.source not in unchanged]
    jobs = {file.number: _jobs(file, fates, crew.workers.count, anew=file.source in again) for file in files}
    for file, outcomes in crew.outcomes("detect", detect, files, jobs):
        if failure := first_failure(outcomes):
            fates.fail(file, failure)
            continue
        found: list[Detected] = [outcome.value for outcome in outcomes]
        state, fingerprint = fates.of(file), found[0].fingerprint
        if any(share.fingerprint != fingerprint for share in found):
            fates.fail(file, Failure("error", "UnreadableDocument", "changed during the run"))
        elif file.source in again or state.fingerprint != fingerprint:
            fates.keep(file, state.detected(found, lists=lists))


def _look(
    crew: Crew, fates: Fates, todo: Sequence[Found], *, lists: str, entries: Sequence[Entry]
) -> tuple[set[str], set[str]]:
    """The sources for which a change of the lists does not count, and those for which it does."""
    changed = _changed(fates.journal, fates.lists() - {lists}, entries)
    fates.journal.put("lists", lists, entries)
    looks: dict[int, list[LookJob]] = {}
    unchanged: set[str] = set()
    again: set[str] = set()
    for file in todo:
        state = fates.of(file)
        if not state.fingerprint or state.lists == lists:
            continue
        if state.lists in changed:
            job = LookJob(file.number, fates.path(file), file.source, state.fingerprint, state.lists)
            looks[file.number] = [job]
        else:
            again.add(file.source)
    crew = replace(crew, workplace=replace(crew.workplace, changed=changed))
    looked = [file for file in todo if file.number in looks]
    for file, (outcome,) in crew.outcomes("detect", look_file, looked, looks):
        if outcome.failure is None and not outcome.value:
            unchanged.add(file.source)
            fates.keep(file, replace(fates.of(file), lists=lists))
        else:
            again.add(file.source)
    for file in todo:
        if file.source in again:
            state = fates.of(file)
            # first: where a run is stopped, the next one must not take the file for one that was read
            fates.keep(file, replace(state, lists=""))
            forget(fates.journal, file.source, state.fingerprint)
    return unchanged, again


def _changed(journal: Journal, earlier: set[str], entries: Sequence[Entry]) -> dict[str, NameSet]:
    """Earlier states of the lists, as far as one can look for the values by which they differ → those values."""
    changed: dict[str, NameSet] = {}
    for lists in earlier:
        before = journal.get("lists", lists)
        values = None if before is None else differing(before, entries)
        if values is not None:
            changed[lists] = values
    return changed


def _jobs(file: Found, fates: Fates, workers: int, *, anew: bool) -> list[DetectJob]:
    """A large file is read by several workers, each of which detects in its share."""
    parts, done = shares(file, workers), "" if anew else fates.of(file).fingerprint
    return [DetectJob(file.number, fates.path(file), file.source, done, i, parts) for i in range(parts)]
