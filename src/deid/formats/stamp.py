"""Whether a file is still the one that was read: size, time of change, SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deid.errors import UnreadableDocument
from deid.formats.files import Held, opened


def stamp(path: str, ref: str) -> dict[str, Any]:
    """`size` (bytes), `mtime_ns` and `sha256` of a file. Raises UnreadableDocument when empty."""
    try:
        size, changed = _state(path)
        if not size:
            raise UnreadableDocument(f"{ref}: empty file (0 bytes)")
        return {"size": size, "mtime_ns": changed, "sha256": digest(path)}
    except OSError as error:
        raise UnreadableDocument(f"{ref}: cannot be opened ({type(error).__name__})") from None


def check_unchanged(path: str, details: Mapping[str, Any], ref: str) -> None:
    """Raise UnreadableDocument if the content is no longer that of `details`.

    Content is compared only when size or time differ: a file of 1 GB is opened several times.
    """
    try:
        size, changed = _state(path)
        same = size == details["size"] and (
            changed == details["mtime_ns"] or digest(path) == details["sha256"]
        )
    except OSError:
        same = False
    if not same:
        raise UnreadableDocument(f"{ref}: changed while deid was working on it", hint="run again")


def _state(path: str) -> tuple[int, int]:
    """Size and time of change, in bytes and ns; what is in memory does not change."""
    if isinstance(path, Held):
        return len(path.content), 0
    state = Path(path).stat()
    return state.st_size, state.st_mtime_ns


def digest(path: str) -> str:
    """SHA-256 of a file in hexadecimal, read piece by piece."""
    with opened(path) as handle:
        content = hashlib.sha256()
        while chunk := handle.read(1 << 20):
            content.update(chunk)
    return content.hexdigest()
