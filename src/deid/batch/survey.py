"""What a run would meet: every file is opened and read, nothing is detected and nothing written."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from deid import formats
from deid.batch.failures import verdict
from deid.batch.scheduling import default_memory, seconds
from deid.batch.supervisor import Stage, Task, Workers
from deid.batch.walk import reference, system_path, walk

CHARACTERS_PER_SECOND = 20_000
"""What one worker does on an ordinary machine, both passes; measured in benchmarks/speed."""

_STARTING_SECONDS = 5
_OVERHEAD = 0.5
"""Of the size of the source: journal and temporary files."""


@dataclass(frozen=True, slots=True)
class FormatSurvey:
    """Files of one format: how many, bytes, characters."""

    files: int = 0
    size: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is. `problems` are reason → number of files; `paths` are for the owner's terminal only."""

    formats: Mapping[str, FormatSurvey]
    problems: Mapping[str, int]
    ignored: int
    seconds: float
    workers: int
    disk_needed: int
    disk_free: int
    paths: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def files(self) -> int:
        return sum(survey.files for survey in self.formats.values()) + sum(self.problems.values())


def survey_folder(source: Path, target: Path, *, workers: int) -> Survey:
    """Read everything in `source` as a run into `target` would."""
    found = walk(source, key=token_bytes(32), numbers={})
    files = {file.number: file for file in found if not file.ignored}
    tasks = [Task(n, (n, system_path(source / file.source)), seconds(file.size)) for n, file in files.items()]
    formats_found: dict[str, FormatSurvey] = {}
    problems: dict[str, int] = {}
    paths: dict[str, str] = {}
    for file in found:
        if file.missed:
            problems[file.ignored] = problems.get(file.ignored, 0) + 1
            paths[file.source] = file.ignored
    with (
        Workers(workers, memory=default_memory(workers)) as running,
        closing(running.run(Stage(_ready, None, _look), tasks)) as outcomes,
    ):
        for outcome in outcomes:
            file = files[outcome.number]
            if outcome.failure is not None:
                reason = verdict(outcome.failure).reason
                problems[reason] = problems.get(reason, 0) + 1
                paths[file.source] = reason
            else:
                name, characters = outcome.value
                seen = formats_found.get(name, FormatSurvey())
                formats_found[name] = FormatSurvey(
                    seen.files + 1, seen.size + file.size, seen.characters + characters
                )
    total = sum(survey.characters for survey in formats_found.values())
    size = sum(survey.size for survey in formats_found.values())
    return Survey(
        dict(sorted(formats_found.items())),
        dict(sorted(problems.items())),
        sum(bool(file.ignored) and not file.missed for file in found),
        _STARTING_SECONDS + total / CHARACTERS_PER_SECOND / max(1, workers),
        max(1, workers),
        int(size * (1 + _OVERHEAD)),
        disk_free(target),
        dict(sorted(paths.items())),
    )


def disk_free(folder: Path) -> int:
    """Bytes that are free where `folder` is or will be."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _ready(payload: None) -> None:
    return payload


def _look(state: None, job: tuple[int, str]) -> tuple[str, int]:
    number, path = job
    document = formats.read(path, ref=reference(number))
    return document.kind, sum(len(block.text) for block in document.blocks() if not block.search_only)
