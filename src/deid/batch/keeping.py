"""The life of a project after its runs: what state it is in, its end, and what of it can be handed on.

Closing takes away the way back: the key, what leads from outputs to sources, the vault. The
reports and the log stay. Files are overwritten before they are removed; what a file system with
snapshots, a backup or a solid-state disk keeps beside is beyond any program, and docs say so.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from secrets import token_bytes
from typing import Any

from deid.audit import append_event
from deid.batch.project import Lock, existing_project, reopen
from deid.errors import ProjectError
from deid.keys import ProjectKey
from deid.link.people import unpack_subjects
from deid.pages import remove_left
from deid.runrecord import RunRecord, write_whole

_LEADS_BACK = ("record.bin", "journal.sqlite", "vault.sqlite", "key")
_HANDED_ON = ("report.html", "report.json", "index.xlsx", "audit.jsonl", "project.json")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Status:
    """What may be told of a project; no value, no path. Counts of an open one need its key."""

    closed: str
    key: str
    keeps_key: bool
    reversible: bool
    files: dict[str, int] = field(default_factory=dict)
    subjects: int = 0
    numbers: int = 0
    finished: bool = False
    runs: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def project_status(folder: Path, *, key: ProjectKey | None = None) -> Status:
    """The state of a project. KeyFileError when it is open and its key is not there."""
    about = existing_project(folder)
    told = Status(
        closed=str(about.get("closed", "")),
        key=str(about.get("key", "")),
        keeps_key=bool(about.get("keeps_key")),
        reversible=(folder / "vault.sqlite").exists(),
        runs=_runs(folder),
    )
    if told.closed:
        return told
    project = reopen(folder, key=key)
    record = RunRecord.load(project.record, key=project.key.derive("record"))
    return replace(
        told,
        files=dict(Counter(file.state for file in record.files).most_common()),
        subjects=sum(1 for _ in unpack_subjects(record.subjects)),
        numbers=(record.numbering or {}).get("count", 0),
        finished=record.finished,
    )


def close_project(folder: Path, *, key: ProjectKey | None = None) -> tuple[str, ...]:
    """Destroy what leads back from outputs to sources; the names of the files that are gone.

    The key must be given where the project does not keep it: whoever cannot open a project
    cannot close it. A key file outside the project is left; its owner destroys it.
    """
    about = existing_project(folder)
    if about.get("closed"):
        raise ProjectError("this project is closed already")
    project = reopen(folder, key=key)
    with Lock(folder):
        gone = tuple(name for name in _LEADS_BACK if _destroy(folder / name))
        for left in folder.glob("journal.sqlite-*"):
            _destroy(left)
        remove_left(folder)
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        write_whole(folder / "project.json", json.dumps({**about, "closed": now}, indent=2).encode())
        append_event(project.audit, "project closed", destroyed=len(gone), key=project.key.fingerprint)
    return gone


def export_project(folder: Path, target: Path) -> tuple[str, ...]:
    """Reports and log, as a zip archive that may be handed over; the names of what is in it.

    Neither key nor journal, record or vault go in. ProjectError when `target` exists or cannot be written.
    """
    existing_project(folder)
    names = tuple(name for name in _HANDED_ON if (folder / name).is_file())
    if target.exists():
        raise ProjectError("the archive exists already", hint="choose a new name")
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(folder / name, name)
    except OSError as error:
        raise ProjectError(f"the archive cannot be written: {error.strerror}") from None
    append_event(folder / "audit.jsonl", "project exported", files=len(names))
    return names


def _runs(folder: Path) -> int:
    try:
        with (folder / "audit.jsonl").open(encoding="utf-8") as log:
            return sum(json.loads(line).get("event") == "run started" for line in log)
    except FileNotFoundError:
        return 0


def _destroy(path: Path) -> bool:
    """Overwrite and remove; whether there was anything."""
    try:
        size = path.stat().st_size
        with suppress(OSError), path.open("r+b") as file:
            for _ in range(0, size, _CHUNK):
                file.write(token_bytes(min(_CHUNK, size)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ProjectError(f"a file of the project cannot be destroyed: {error.strerror}") from None
    return True
