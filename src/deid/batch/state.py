"""How far a file got: what the journal keeps of it between runs, and what the report says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from typing import Any, Literal

from deid import __version__
from deid.batch.failures import Verdict
from deid.batch.passes import Detected, Written
from deid.batch.settings import versions
from deid.batch.walk import Found
from deid.link.withholding import WITHHELD
from deid.pipeline import Deidentifier
from deid.report.model import DocumentReport, PolicyReport, RunReport, State, count_entities
from deid.runrecord import RecordedFile


@dataclass(frozen=True, slots=True)
class FileState:
    """`fingerprint` is that of pass 1, `written` that of pass 2; both are empty while not done.

    `lists` is the state of the known and keep lists in pass 1, `names` the version of the names
    that are looked for everywhere in pass 2. `adopted` is the digest of a source for which a
    person made the output.
    """

    state: State = "pending"
    reason: str = "stopped"
    detail: str = ""
    format: str = ""
    fingerprint: str = ""
    characters: int = 0
    lists: str = ""
    written: str = ""
    names: int = 0
    output: str | None = field(default=None, repr=False)
    size: int = 0
    digest: str = ""
    replaced_characters: int = 0
    counts: tuple[tuple[str, str, int], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()
    again: bool = False
    adopted: str = ""

    def detected(self, shares: Sequence[Detected], *, lists: str) -> FileState:
        """After pass 1: whatever was written before is no longer current."""
        same = self.fingerprint == shares[0].fingerprint
        return replace(
            self,
            lists=lists,
            fingerprint=shares[0].fingerprint,
            format=shares[0].format,
            characters=sum(share.characters for share in shares),
            written="",
            digest=self.digest if same else "",
        )

    def published(self, done: Written, *, link: str, names: int, output: str, size: int) -> FileState:
        """After pass 2, with the output in its place."""
        return replace(
            self,
            state="done",
            reason="",
            detail="",
            written=link,
            names=names,
            output=output,
            size=size,
            digest=done.digest,
            characters=done.characters,
            replaced_characters=done.replaced_characters,
            counts=done.counts,
            removed=done.removed,
            again=self.digest not in ("", done.digest),
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any] | None) -> FileState:
        if content is None:
            return cls()
        counts = tuple((kind, operator, count) for kind, operator, count in content["counts"])
        removed = tuple((kind, count) for kind, count in content.get("removed", ()))
        return cls(**{**content, "counts": counts, "removed": removed, "again": False})


def failed(verdict: Verdict, *, format: str = "", fingerprint: str = "") -> FileState:
    """The state of a file that has no output. Nothing of an earlier one is kept."""
    return FileState(verdict.state, verdict.reason, verdict.detail, format, fingerprint)


def make_report(
    deidentifier: Deidentifier,
    files: Sequence[tuple[Found, FileState]],
    *,
    gone: Iterable[RecordedFile],
    foreign: int,
    seconds: float,
    key_in_project: bool,
    stopped: Literal["", "interrupted", "disk", "project"],
) -> RunReport:
    """The report of a run: counts and versions, nothing else.

    `gone` are sources that no longer exist, with the outputs that are left of them; `foreign` says how many files in
    the output folder are of no run.
    """
    policy, catalog = deidentifier.policy, deidentifier.catalog
    documents = [_document_report(file, state) for file, state in files]
    documents += [_gone_report(file, stopped=bool(stopped)) for file in gone]
    labels = Counter(spec.label or spec.title for spec in catalog.specs)
    titles = {
        spec.entity: (spec.label if labels[spec.label] == 1 else spec.title, spec.identifier)
        for spec in catalog.specs
    }
    titles[WITHHELD] = "略去的行和段落", "direct"
    return RunReport(
        created=datetime.now(timezone.utc).astimezone().isoformat(timespec="minutes"),
        deid=__version__,
        policy=PolicyReport(
            policy.name, policy.title, policy.description, policy.fingerprint, policy.recipient
        ),
        documents=tuple(documents),
        entities=count_entities((count for _, state in files for count in state.counts), titles=titles),
        versions=versions(),
        fingerprints={
            "policy": policy.fingerprint[:16],
            "catalog": catalog.fingerprint[:16],
            "key": deidentifier.key.fingerprint,
        },
        known_values=len(deidentifier.known),
        keep_values=len(deidentifier.keep),
        seconds=seconds,
        key_in_project=key_in_project,
        stopped=stopped,
        foreign=foreign,
    )


def _gone_report(file: RecordedFile, *, stopped: bool) -> DocumentReport:
    """What may be said of a file that is no longer there: an output that is left of it was not checked."""
    if file.output is None:
        return DocumentReport(file.number, "ignored", reason="gone")
    if stopped:
        return DocumentReport(file.number, "pending", reason="stopped", output=file.output)
    return DocumentReport(file.number, "failed", reason="stale", output=file.output)


def _document_report(file: Found, state: FileState) -> DocumentReport:
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
        removed=dict(state.removed),
    )
