"""Files that hold values of texts: readable by their owner alone, and whole at every moment."""

from __future__ import annotations

import os
from pathlib import Path

from deid.errors import SamplesError


def make_folder(folder: Path) -> None:
    """A folder for private files, made if it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SamplesError(f"the folder cannot be made: {error.strerror}") from None


def write_private(path: Path, content: bytes) -> None:
    """Write a file with mode 0600; an older one stays until the new one is complete."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)  # of a run that was killed
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SamplesError(f"{path.name}: cannot be written: {error.strerror}") from None
