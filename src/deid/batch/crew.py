"""The workers of a run: what each is given, and what became of the files that they share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.batch.bench import Workplace, prepare, release
from deid.batch.scheduling import Progress, StageName, by_file
from deid.batch.supervisor import Failure, Outcome, Perform, Stage, Workers
from deid.batch.walk import Found
from deid.formats.sharing import core_count, share

_MOST_THREADS = 4
"""Threads in which a worker reads a picture: each takes memory of its own."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers, the workplace that each of them gets, and who is told how far they are."""

    workers: Workers
    workplace: Workplace = field(repr=False)
    watch: Callable[[Progress], None]

    def outcomes(
        self, stage: StageName, perform: Perform, files: Sequence[Found], jobs: Mapping[int, Sequence[Any]]
    ) -> Generator[tuple[Found, list[Outcome]], None, None]:
        """Each file with the outcomes of its jobs. OSError after the first for which the disk is full."""
        cores = core_count() // max(1, min(self.workers.count, len(files)))
        threads = max(1, min(cores, _MOST_THREADS))
        work = Stage(prepare, self.workplace, _InThreads(perform, threads), release)
        return by_file(self.workers, work, stage, files, jobs, watch=self.watch)


@dataclass(frozen=True, slots=True)
class _InThreads:
    """Does something with a file, in so many threads where pictures are read."""

    perform: Perform
    threads: int

    def __call__(self, bench: Any, job: Any) -> Any:
        share(self.threads, bench.pictures)
        return self.perform(bench, job)


def first_failure(outcomes: Sequence[Outcome]) -> Failure | None:
    """Why a file failed: the first failure among its shares."""
    return next((outcome.failure for outcome in outcomes if outcome.failure is not None), None)
