"""What there is in the source folder, and what of it is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deid.batch.fates import Fates
from deid.batch.walk import Found, walk
from deid.runrecord import RecordedFile

_WITHOUT_OUTPUT = ("failed", "withheld", "pending")


@dataclass(frozen=True, slots=True)
class Agenda:
    """All files, those to be done, and those whose outputs a person made."""

    found: tuple[Found, ...] = ()
    todo: tuple[Found, ...] = ()
    adopted: tuple[Found, ...] = ()


def draw_up(
    source: Path,
    recorded: Sequence[RecordedFile],
    fates: Fates,
    *,
    key: bytes,
    same_settings: bool,
    only_failed: bool,
) -> Agenda:
    """The files in `source` under the numbers that they have in the record, and their first states in `fates`.

    `same_settings` says whether what the last run did is still right; with `only_failed` what has
    no output is done, and nothing else. New numbers depend on `key`.
    """
    numbers = {file.source: file.number for file in recorded}
    before = {file.source: file.state for file in recorded}
    found = walk(source, key=key, numbers=numbers)
    todo, adopted = [], []
    for file in found:
        state = fates.recall(file)
        if file.ignored:
            fates.ignore(file)
        elif state.adopted and fates.is_adopted(file):
            adopted.append(file)
        elif not only_failed or before.get(file.source) in _WITHOUT_OUTPUT:
            todo.append(file)
            fates.begin(file, stands=same_settings and before.get(file.source) == "done")
        elif file.source not in before:
            fates.leave(file)
    return Agenda(found, tuple(todo), tuple(adopted))
