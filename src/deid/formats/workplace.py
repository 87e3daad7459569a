"""A private folder for a program that reads nothing but files, gone when the work is done, or when this process is.

A conversion has the original in clear text on hand. So the folder has mode 0700, stands in memory
where the system has such a place (Linux: /dev/shm, $XDG_RUNTIME_DIR) unless its place is given, and
goes on every way out: by `finally`, where this process is killed by a shell that waits for its end,
and at the latest before the next conversion.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "deid-office-"
_LEFT = re.compile(rf"{PREFIX}(\d+)-.*")
_DAY = 86_400  # seconds
_ROOM = 64 << 20  # bytes; beside the document a profile of LibreOffice is written
_GUARD = 'read -r group; cat > /dev/null; [ -n "$group" ] && kill -s KILL -- "-$group"; rm -rf -- "$1"'
"""For a shell: the number of a group of processes, then the end of its input, which is that of this process."""


class Workplace:
    """`path` is the folder; `end_with` names the process whose group is to end with this one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard: subprocess.Popen[bytes] | None = None
        if sys.platform != "win32":
            self._guard = subprocess.Popen(
                ["/bin/sh", "-c", _GUARD, "sh", str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # what ends this process shall not end it
            )

    def end_with(self, process: subprocess.Popen[bytes]) -> None:
        if self._guard and self._guard.stdin:
            self._guard.stdin.write(f"{process.pid}\n".encode())
            self._guard.stdin.flush()

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._guard and self._guard.stdin:
            self._guard.kill()
            self._guard.wait()
            self._guard.stdin.close()


@contextmanager
def workplace(folder: str, size: int) -> Iterator[Workplace]:
    """A new one within `folder`, or where there is room for documents of `size` bytes."""
    place = _made(Path(folder or _roomy(size)))
    try:
        yield place
    finally:
        place.close()


def _made(base: Path) -> Workplace:
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    clean(base)
    return Workplace(Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base)))


_kept: dict[Path, Workplace] = {}


def kept(base: Path) -> Path | None:
    """What is kept in `base` for as long as this process works there, unless somebody took it away."""
    found = _kept.get(base)
    return found.path if found and found.path.is_dir() else None


def keep(base: Path) -> Path:
    """A folder in `base` that is kept; others that were taken away are no longer waited for."""
    for other in [one for one in _kept if not kept(one)]:
        forget(other)
    _kept[base] = _made(base)
    return _kept[base].path


def forget(base: Path) -> None:
    """Remove what is kept in `base`."""
    if base in _kept:
        _kept.pop(base).close()


@atexit.register
def _forget_all() -> None:
    for base in list(_kept):
        forget(base)


def _roomy(size: int) -> str:
    """A folder in memory with room for what a conversion writes, or that of temporary files."""
    mounts = _mounts()
    for name in ("/dev/shm", os.environ.get("XDG_RUNTIME_DIR", "")):
        with suppress(OSError):
            is_there = mounts.get(name) in ("tmpfs", "ramfs") and os.access(name, os.W_OK)
            if is_there and shutil.disk_usage(name).free > 8 * size + _ROOM:
                return name
    return tempfile.gettempdir()


def _mounts() -> dict[str, str]:
    """Folder → kind of file system; empty where the system does not tell."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {place: kind for _, place, kind, *_ in map(str.split, lines)}


def clean(base: Path) -> None:
    """Remove the folders of processes that are no more."""
    for left in base.glob(f"{PREFIX}*"):
        match = _LEFT.fullmatch(left.name)
        if match and not left.is_symlink() and not _is_used(left, int(match[1])):
            shutil.rmtree(left, ignore_errors=True)


def _is_used(left: Path, process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":  # os.kill would end the process there
        with suppress(OSError):
            return time.time() - left.stat().st_mtime < _DAY
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
