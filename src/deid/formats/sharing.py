"""What the processes of a run share when they read pictures: cores, and what one of them has read.

Pictures are read when values are looked for, and again when they are painted over, often by
another process; reading one takes seconds. Nothing here imports the libraries that read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


class Memory(Protocol):
    """Keeps what JSON knows under a key, safely: it holds text of documents."""

    def get(self, key: str) -> Any: ...

    def put(self, key: str, content: Any) -> None: ...


def core_count() -> int:
    """Processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass
class Shared:
    """`threads` a process may use for a picture, and where it tells the others what it read, if it does."""

    threads: int = field(default_factory=core_count)
    memory: Memory | None = None


SHARED = Shared()


def share(threads: int = 0, memory: Memory | None = None) -> None:
    """Set what this process uses from now on; nothing given, it reads alone again, with all cores."""
    SHARED.threads, SHARED.memory = threads or core_count(), memory


def in_threads(make: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """What is made of each item, in order, in as many threads as this process may use for a picture."""
    if SHARED.threads < 2:
        return list(map(make, items))
    with ThreadPoolExecutor(SHARED.threads) as pool:
        return list(pool.map(make, items))
