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

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from deid import __version__
from deid.batch.walk import within
from deid.errors import KeyFileError, ProjectError
from deid.keys import ProjectKey
from deid.runrecord import write_whole

_ABOUT, _KEY = "project.json", "key"


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
    return target.with_name(target.name + ".deid")


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
        if target.is_dir() and any(target.iterdir()):
            raise ProjectError(
                "the output folder is not empty, and its project is not there",
                hint="name its project folder with --project, or choose a new output folder",
            )
        return _begin(folder, key)
    return _go_on(folder, about, key)


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


class Lock:
    """Keeps a second run out of a project while this one goes on; gone when the process is gone."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Lock:
        self._file = self._path.open("a", encoding="ascii")
        try:
            _hold(self._file)
        except OSError:
            self._file.close()
            raise ProjectError(
                "another run is working on this project", hint="wait until it has ended"
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._file is not None
        self._file.close()


def _hold(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
