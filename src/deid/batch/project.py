"""The project folder: everything about a run that is not a de-identified document.

    DST.deid/
      report.html report.json index.xlsx    counts only; safe to hand over
      audit.jsonl                           counts, versions, times, hashes
      project.json                          versions and the key's fingerprint
      journal.sqlite record.bin             encrypted; destroyed by `deid project close`
      vault.sqlite                          encrypted, of reversible policies only
      key                                   unless --key names another place; 0600

It is never inside the source or the output, so handing over the output hands over neither
the key nor what leads back.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from deid import __version__
from deid.batch.publish import OUTPUT_LOCK
from deid.batch.supervisor import is_disk_full
from deid.batch.walk import within
from deid.errors import KeyFileError, ProjectError
from deid.keys import ProjectKey
from deid.runrecord import write_whole

_ABOUT, _KEY = "project.json", "key"
_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES}
_UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENOTDIR, errno.EISDIR}


@dataclass(frozen=True, slots=True)
class Project:
    """An opened project folder and its key."""

    folder: Path = field(repr=False)
    key: ProjectKey
    new: bool
    keeps_key: bool

    @property
    def journal(self) -> Path:
        return self.folder / "journal.sqlite"

    @property
    def record(self) -> Path:
        return self.folder / "record.bin"

    @property
    def vault(self) -> Path:
        return self.folder / "vault.sqlite"

    @property
    def office(self) -> Path:
        """Where LibreOffice has the files that it converts, for as long as that takes."""
        return self.folder / "office"

    @property
    def audit(self) -> Path:
        return self.folder / "audit.jsonl"


def default_project(target: Path) -> Path:
    """`DST.deid` beside `DST`."""
    target = target.resolve()
    return target.parent / f"{target.name}.deid"  # of / as well


def is_project(folder: Path) -> bool:
    """Whether a project was begun in `folder`."""
    return (folder / _ABOUT).is_file()


def check_folders(source: Path, target: Path, project: Path) -> None:
    """ProjectError unless the three are apart from each other. No message names a path."""
    if not source.is_dir():
        raise ProjectError(
            "the source folder does not exist", hint="deid run SRC DST: SRC is a folder of documents"
        )
    if target.exists() and not target.is_dir():
        raise ProjectError("the output exists and is not a folder")
    for inner, outer, message in (
        (target, source, "the output folder is the source folder or lies inside it"),
        (source, target, "the source folder lies inside the output folder"),
        (project, source, "the project folder lies inside the source folder"),
        (project, target, "the project folder lies inside the output folder"),
        (source, project, "the source folder lies inside the project folder"),
        (target, project, "the output folder lies inside the project folder"),
    ):
        if within(inner, outer):
            raise ProjectError(message, hint="choose folders beside each other")


def check_key_file(key: Path, target: Path) -> None:
    """ProjectError when the key would be handed over with the output."""
    if within(key, target):
        raise ProjectError(
            "the key file lies inside the output folder", hint="keep the key apart from the output"
        )


def open_project(folder: Path, *, target: Path, key: ProjectKey | None, must_exist: bool) -> Project:
    """The project in `folder`, begun when it is not there. A project has one key, and it is checked."""
    about = about_project(folder)
    if about is None:
        if must_exist:
            raise ProjectError("there is no project to go on with", hint="run without --resume and --only")
        check_empty(target)
        return _begin(folder, key)
    return _go_on(folder, about, key)


def check_empty(target: Path) -> None:
    """ProjectError where an output folder that belongs to no project yet holds something."""
    if target.is_dir() and any(path.name != OUTPUT_LOCK for path in target.iterdir()):
        raise ProjectError(
            "the output folder is not empty, and its project is not there",
            hint="name its project folder with --project, or choose a new output folder",
        )


def _begin(folder: Path, key: ProjectKey | None) -> Project:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProjectError(
                "the project folder is not empty and no project", hint="choose another with --project"
            )
    except OSError as error:
        raise ProjectError(f"the project folder cannot be written: {error.strerror}") from None
    own = key or ProjectKey.generate()
    about = {"schema": 1, "deid": __version__, "key": own.fingerprint, "keeps_key": key is None}
    try:
        if key is None:
            own.save(folder / _KEY)
        write_whole(folder / _ABOUT, json.dumps(about, indent=2).encode())
    except (OSError, KeyFileError) as error:
        (folder / _KEY).unlink(missing_ok=True)  # half a project would block the next attempt
        why = error.strerror if isinstance(error, OSError) else error.message
        raise ProjectError(f"the project folder cannot be written: {why}") from None
    return Project(folder, own, True, key is None)


def _go_on(folder: Path, about: dict[str, Any], key: ProjectKey | None) -> Project:
    if about.get("schema") != 1:
        raise ProjectError("the project was made by another version of deid")
    if about.get("closed"):
        raise ProjectError(
            "this project is closed: no way back exists, and nothing can be added",
            hint="its key and journal were destroyed; begin a new project in a new output folder",
        )
    if key is None:
        if not about.get("keeps_key"):
            raise KeyFileError(
                "this project was begun with a key file of its own", hint="give the same file with --key"
            )
        key = ProjectKey.load(folder / _KEY)
    if key.fingerprint != about.get("key"):
        raise KeyFileError(
            "this is not the key of the project", hint="give the file with which the project was begun"
        )
    return Project(folder, key, False, bool(about.get("keeps_key")))


def about_project(folder: Path) -> dict[str, Any] | None:
    """What project.json says, or None where no project is."""
    try:
        content = json.loads((folder / _ABOUT).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        raise ProjectError("the project folder cannot be read", hint="is project.json damaged?") from None
    return content if isinstance(content, dict) else {}


def existing_project(folder: Path) -> dict[str, Any]:
    """What project.json says; ProjectError where no project is."""
    about = about_project(folder)
    if about is None:
        raise ProjectError("there is no project", hint="name the folder that deid run made, such as OUT.deid")
    return about


def reopen(folder: Path, *, key: ProjectKey | None) -> Project:
    """An existing project. ProjectError when there is none or it is closed, KeyFileError for another key."""
    return _go_on(folder, existing_project(folder), key)


def is_unwritable(error: BaseException) -> bool:
    """Whether an exception says that a file of the project cannot be written, or is gone."""
    return isinstance(error, sqlite3.OperationalError) or (
        isinstance(error, OSError) and error.errno in _UNWRITABLE
    )


@contextmanager
def beginning() -> Iterator[None]:
    """ProjectError where the files of the project turn out not to be writable."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if is_disk_full(error) or not is_unwritable(error):
            raise
        raise _unwritable(error.strerror if isinstance(error, OSError) else "") from None


def check_writable(project: Project) -> None:
    """ProjectError where a run could not note what it does. SQLite opens what it cannot write."""
    changed = (project.folder, project.journal, project.audit, project.vault)
    if not all(os.access(path, os.W_OK) for path in changed if path.exists()):
        raise _unwritable(os.strerror(errno.EACCES))


def _unwritable(why: str | None) -> ProjectError:
    return ProjectError(f"the project folder cannot be written: {why or os.strerror(errno.EIO)}")


class Lock:
    """Keeps a second run out of a project while this one goes on; gone when the process is gone."""

    _message = "another run is working on this project"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Lock:
        with beginning():
            self._file = self._path.open("a", encoding="ascii")
        try:
            _hold(self._file)
        except OSError as error:
            if self._is_held(error):
                self._file.close()
                raise ProjectError(self._message, hint="wait until it has ended") from None
        return self

    def _is_held(self, error: OSError) -> bool:
        """Whether it is held by another; where that cannot be told it counts as held."""
        return True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._file is not None
        self._file.close()


class OutputLock(Lock):
    """Keeps runs of other projects out of an output folder while this one goes on; nothing of it stays there."""

    _message = "another run is writing into this output folder"

    def __init__(self, target: Path) -> None:
        super().__init__(target)
        self._path = target / OUTPUT_LOCK

    def _is_held(self, error: OSError) -> bool:
        """Some file systems have no locks: the project has one, too."""
        return error.errno in _HELD

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # first: whoever takes it then has another file
            self._path.unlink()
        super().__exit__(kind, error, trace)
        if sys.platform == "win32":  # it is not removed while it is open
            with suppress(OSError):
                self._path.unlink()


def _hold(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
