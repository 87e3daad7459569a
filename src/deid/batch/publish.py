"""Putting finished files in place, and taking away what must not stay.

A file is written beside its place under a name that says nothing, and moved there in one
step when it has passed its check. Time stamps are not carried over: they are dates, too.
A link below the output folder is never followed: what is behind it may be the source.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from secrets import token_hex

from deid.batch.walk import is_link, is_litter, system_path
from deid.errors import ProjectError, UnwritableDocument
from deid.formats.stamp import digest

LINKED = "a link in the output folder stands in its way"
"""What a message has where an output would lie behind a link."""
OUTPUT_LOCK = ".deid-lock"
"""Is in an output folder while a run writes there."""
_TEMPORARY = ".deid-tmp-"


def temporary_path(target: Path, number: int, output: str) -> Path:
    """Where a file is written before it is checked: in the output folder, so that moving it is one step."""
    return target / f"{_TEMPORARY}{number}-{token_hex(4)}{Path(output).suffix}"


def discard(temporary: Path) -> None:
    """Remove a temporary file, if it is there."""
    with suppress(OSError):
        Path(system_path(temporary)).unlink()


def clean(target: Path) -> None:
    """Remove temporary files that a run left when it was killed."""
    if target.is_dir():
        for left in target.glob(_TEMPORARY + "*"):
            discard(left)


def make_ready(target: Path) -> None:
    """Make the output folder. ProjectError where it cannot be written."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"the output folder cannot be written: {error.strerror}") from None
    if not os.access(target, os.W_OK | os.X_OK):
        raise ProjectError("the output folder cannot be written: no permission")


def place_of(target: Path, output: str) -> str:
    """Where an output is, as the system takes it; where the locale cannot write its name, in UTF-8."""
    place = system_path(target / output)
    try:
        os.fsencode(place)
    except UnicodeEncodeError:
        return system_path(target / os.fsdecode(output.encode()))
    return place


def publish(temporary: Path, target: Path, output: str) -> int:
    """Move a file to its place and return its size. An older version of it is replaced.

    UnwritableDocument where a link is on the way to it.
    """
    if _is_behind_link(target, output):
        raise UnwritableDocument(LINKED)
    place = Path(place_of(target, output))
    place.parent.mkdir(parents=True, exist_ok=True)
    size = Path(system_path(temporary)).stat().st_size
    os.replace(system_path(temporary), place)  # noqa: PTH105 (both are strings in the system's form)
    return size


def _is_behind_link(target: Path, output: str) -> bool:
    """Whether one of the folders between `target` and an output is a link or junction."""
    folders = list(PurePosixPath(output).parents)[:-1]
    return any(_is_linked(place_of(target, str(folder))) for folder in folders)


def _is_linked(place: str) -> bool:
    try:
        return is_link(os.lstat(place))
    except OSError:  # it is not there
        return False


def is_there(target: Path, output: str, size: int) -> bool:
    """Whether a file of the size of an output is where it was put; what is in it is not looked at."""
    place = place_of(target, output)
    try:
        status = os.lstat(place)
    except OSError:
        return False
    return status.st_size == size and not is_link(status) and not _is_behind_link(target, output)


def is_taken(target: Path, output: str) -> bool:
    """Whether anything is in the place of an output."""
    return os.path.lexists(place_of(target, output))


def is_published(target: Path, output: str, size: int, content: str) -> bool:
    """Whether an output is where it was put, unchanged: `content` is its digest."""
    try:
        return is_there(target, output, size) and hmac.compare_digest(
            digest(place_of(target, output)), content
        )
    except OSError:
        return False


def withdraw(target: Path, output: str) -> bool:
    """Remove an output that no longer holds, and the folders that are empty without it; whether it is gone.

    What is behind a link is no output, and stays.
    """
    if _is_behind_link(target, output):
        return False
    place = Path(place_of(target, output))
    try:
        place.unlink(missing_ok=True)
    except OSError:
        return False
    with suppress(OSError):
        for folder in list(place.parents)[: output.count("/")]:
            folder.rmdir()
    return True


def strangers(target: Path, outputs: Iterable[str]) -> tuple[str, ...]:
    """What is in the output folder, links included, and is none of the outputs: nobody has checked it."""
    ours = {_composed(place_of(target, output)) for output in outputs}
    root = system_path(target)
    found = []
    for folder, folders, names in os.walk(root):
        links = [name for name in folders if _is_linked(os.path.join(folder, name))]  # noqa: PTH118
        folders[:] = [name for name in folders if name not in links]
        for name in (*links, *names):
            place = os.path.join(folder, name)  # noqa: PTH118
            if name != OUTPUT_LOCK and not is_litter(name) and _composed(place) not in ours:
                found.append(os.path.relpath(place, root))
    return tuple(sorted(found))


def _composed(place: str) -> str:
    # macOS may give names in another form than the one they were written in
    return unicodedata.normalize("NFC", place)
