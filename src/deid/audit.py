"""The log of a project: one JSON object a line, only ever appended to.

It says when something was done, with which versions and settings, and how much of what
was found. Counts, hashes and times: a value, a path or a text never goes in, and the
types that are accepted make that hard to do by accident. Who looks at originals is asked for a
reason, which is noted as it was given.
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

_LONGEST = 500


def append_access(path: Path, event: str, *, who: str, reason: str, **facts: Fact) -> None:
    """Add one line about somebody who looked at originals. `who` and `reason` are as they were given."""
    shown = {"who": " ".join(who.split())[:_LONGEST], "reason": " ".join(reason.split())[:_LONGEST]}
    if not shown["reason"]:
        raise ProjectError("a reason is needed", hint="say in a few words why, with --reason")
    _append(path, event, facts, shown)


def append_event(path: Path, event: str, **facts: Fact) -> None:
    """Add one line: the time in UTC, the event, and the facts."""
    _append(path, event, facts, {})


def _append(path: Path, event: str, facts: Mapping[str, Fact], words: Mapping[str, str]) -> None:
    for name, fact in {"event": event, **facts}.items():
        told = fact.keys() if isinstance(fact, Mapping) else [fact] if isinstance(fact, str) else []
        if not all(_PLAIN.fullmatch(word) for word in told):
            raise ProjectError(f"audit log: {name} is neither a count, a version nor a hash")
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    line = json.dumps({"time": now, "event": event, **words, **facts}, ensure_ascii=False)
    with path.open("a", encoding="utf-8", newline="\n") as log:
        log.write(line + "\n")
        log.flush()
        os.fsync(log.fileno())
