"""How far a file got: what the journal keeps of it between runs, and what the report says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from deid.batch.failures import Verdict
from deid.batch.walk import Found
from deid.report.model import DocumentReport, State


@dataclass(frozen=True, slots=True)
class FileState:
    """`fingerprint` is that of pass 1, `written` that of pass 2; both are empty while not done."""

    state: State = "pending"
    reason: str = "stopped"
    detail: str = ""
    format: str = ""
    fingerprint: str = ""
    characters: int = 0
    written: str = ""
    output: str | None = field(default=None, repr=False)
    size: int = 0
    digest: str = ""
    replaced_characters: int = 0
    counts: tuple[tuple[str, str, int], ...] = ()
    again: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any] | None) -> FileState:
        if content is None:
            return cls()
        counts = tuple((kind, operator, count) for kind, operator, count in content["counts"])
        return cls(**{**content, "counts": counts, "again": False})


def failed(verdict: Verdict, *, format: str = "") -> FileState:
    """The state of a file that has no output. Nothing of an earlier one is kept."""
    return FileState(verdict.state, verdict.reason, verdict.detail, format)


def document_report(file: Found, state: FileState) -> DocumentReport:
    """What may be said of a file to others."""
    entities: Counter[str] = Counter()
    for kind, _, count in state.counts:
        entities[kind] += count
    done = state.state == "done"
    return DocumentReport(
        file.number,
        state.state,
        format=state.format,
        reason="" if done else state.reason,
        detail="" if done else state.detail,
        output=state.output,
        characters=state.characters,
        replaced_characters=state.replaced_characters,
        entities=dict(entities.most_common()),
        again=state.again,
    )
