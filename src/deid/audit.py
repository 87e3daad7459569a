"""The log of a project: one JSON object a line, only ever appended to.

It says when something was done, with which versions and settings, and how much of what
was found. Counts, hashes and times: a value, a path or a text never goes in, and the
types that are accepted make that hard to do by accident.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeAlias

from deid.errors import ProjectError

Fact: TypeAlias = int | float | bool | str | Mapping[str, int] | None
# Words, versions, hashes, times: nothing in which a name or a path could stand.
_PLAIN = re.compile(r"[A-Za-z0-9_.:+\- ]{0,128}")


def append_event(path: Path, event: str, **facts: Fact) -> None:
    """Add one line: the time in UTC, the event, and the facts."""
    for name, fact in {"event": event, **facts}.items():
        words = fact.keys() if isinstance(fact, Mapping) else [fact] if isinstance(fact, str) else []
        if not all(_PLAIN.fullmatch(word) for word in words):
            raise ProjectError(f"audit log: {name} is neither a count, a version nor a hash")
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    line = json.dumps({"time": now, "event": event, **facts})
    with path.open("a", encoding="utf-8", newline="\n") as log:
        log.write(line + "\n")
        log.flush()
        os.fsync(log.fileno())
