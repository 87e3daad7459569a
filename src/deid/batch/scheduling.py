"""Which worker does what when: shares of large files, time limits, memory, the order of files."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from deid.batch.supervisor import Outcome, Stage, Task, Workers
from deid.formats.sharing import core_count

if TYPE_CHECKING:
    from deid.batch.walk import Found

StageName = Literal["detect", "write"]

_SHARE = 2_000_000
"""Bytes of text from which on another worker is worth reading the file a second time."""

_WORKBOOKS = (".xlsx", ".xlsm")
_PACKED = 8
"""How much larger a workbook is unpacked."""

_ILLUSTRATED = (".docx", ".docm", ".pptx", ".pptm", ".ppsx", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""Files whose size is mostly that of their pictures."""

_LEAST_MEMORY = 2 << 30


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. Sizes are bytes of source files; `number` is the file that was begun or ended."""

    stage: StageName
    done: int
    total: int
    done_bytes: int
    total_bytes: int
    number: int


def by_file(
    workers: Workers,
    work: Stage,
    stage: StageName,
    files: Sequence[Found],
    jobs: Mapping[int, Sequence[Any]],
    *,
    watch: Callable[[Progress], None],
) -> Generator[tuple[Found, list[Outcome]], None, None]:
    """Each file with the outcomes of all its jobs; large files are begun first.

    A full disk ends a file at once, whatever jobs of it are still to come, and with OSError all others.
    """
    by_number = {file.number: file for file in files}
    order = sorted(files, key=lambda file: (-file.size, file.number))
    tasks = [Task(file.number, job, seconds(file.size)) for file in order for job in jobs[file.number]]
    ended: dict[int, list[Outcome]] = defaultdict(list)
    done = done_bytes = 0
    total_bytes = sum(file.size for file in files)

    def show(number: int) -> None:
        watch(Progress(stage, done, len(files), done_bytes, total_bytes, number))

    with closing(workers.run(work, tasks, started=show)) as outcomes:
        for outcome in outcomes:
            file = by_number[outcome.number]
            ended[file.number].append(outcome)
            full = outcome.failure is not None and outcome.failure.cause == "disk"
            if full or len(ended[file.number]) == len(jobs[file.number]):
                done, done_bytes = done + 1, done_bytes + file.size
                yield file, ended.pop(file.number)
                if full:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                show(file.number)


def shares(file: Found, workers: int) -> int:
    """Between how many workers a file is shared. Each reads all of it, which takes long for pictures."""
    name = file.source.lower()
    if name.endswith(_ILLUSTRATED):
        return 1
    size = file.size * (_PACKED if name.endswith(_WORKBOOKS) else 1)
    return max(1, min(workers, size // _SHARE))


def check_shares(file: Found, workers: int) -> int:
    """Between how many workers the search of what was written is shared: to read a workbook takes longer than that."""
    return 1 if file.source.lower().endswith(_WORKBOOKS) else shares(file, workers)


def is_large(file: Found) -> bool:
    """Whether a file is worth several workers, however many there are: what is made of it must not depend on that."""
    return shares(file, 2) > 1


def seconds(size: int) -> float:
    """The time a file of `size` bytes may take: enough for a slow machine, and a hang is noticed."""
    return 300 + size / 2000


def default_memory(workers: int) -> int | None:
    """What each worker may use so that all together leave the machine alive; None where it cannot be told."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return max(_LEAST_MEMORY, physical * 4 // 5 // max(1, workers))


def new_workers(count: int | None, memory: int | None) -> Workers:
    """As many as there are cores, and what each may use, where that is not given."""
    count = core_count() if count is None else count
    return Workers(count, memory=memory or default_memory(count))
