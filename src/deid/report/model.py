"""What a folder run reports: counts, versions and settings. No value, no source path, ever.

Output paths are de-identified, so they may stand in a report; a file without output is
known by its number only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

State = Literal["done", "failed", "withheld", "unsupported", "ignored", "pending"]
STATES: tuple[State, ...] = ("done", "withheld", "failed", "unsupported", "pending", "ignored")
"""`withheld`: finished, but the check before publication found something. `pending`: not reached."""

REASONS: tuple[str, ...] = (
    # not read
    *("empty", "encrypted", "corrupt", "encoding", "unreadable", "unsupported", "detection", "changed"),
    # not written
    *("package", "check", "unread", "policy", "disk", "linked"),
    # not finished
    *("crash", "timeout", "memory", "permission", "system", "stopped", "new"),
    # no documents
    *("gone", "stale", "link", "litter", "special", "folder", "long"),
)
"""Why a file is not done: words for programs; wording.yaml has them in sentences."""


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often a type was found, and what was done: operator → count."""

    entity_type: str
    title: str
    identifier: str
    operators: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.operators.values())


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One file of the source folder."""

    number: int
    state: State
    format: str = ""
    reason: str = ""
    detail: str = ""
    output: str | None = None
    characters: int = 0
    replaced_characters: int = 0
    entities: Mapping[str, int] = field(default_factory=dict)
    again: bool = False
    """Its output was rewritten because of what other files brought to light."""
    removed: Mapping[str, int] = field(default_factory=dict)
    """What the output has not, by kind: attachments, scripts, pictures."""

    @property
    def ref(self) -> str:
        return f"#{self.number:04d}"

    @property
    def found(self) -> int:
        return sum(self.entities.values())


@dataclass(frozen=True, slots=True)
class PolicyReport:
    """The policy in short."""

    name: str
    title: str
    description: str
    fingerprint: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """A folder run. Frozen; everything that the report pages show stands here."""

    created: str
    deid: str
    policy: PolicyReport
    documents: tuple[DocumentReport, ...]
    entities: tuple[EntityCount, ...]
    versions: Mapping[str, str] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    known_values: int = 0
    keep_values: int = 0
    seconds: float = 0.0
    status: Literal["pseudonymous"] = "pseudonymous"
    """Until a project is closed, the key exists and leads from value to stand-in."""
    key_in_project: bool = True
    stopped: Literal["", "interrupted", "disk", "project"] = ""
    foreign: int = 0
    """Files in the output folder that no run of the project wrote: nobody has checked them."""
    schema: int = 1

    @property
    def states(self) -> dict[State, int]:
        """How many files are in each state, in the order of STATES."""
        counts = Counter(document.state for document in self.documents)
        return {state: counts[state] for state in STATES}

    @property
    def reasons(self) -> dict[str, int]:
        return dict(Counter(d.reason for d in self.documents if d.reason).most_common())

    @property
    def complete(self) -> bool:
        """Whether every file that is a document was published, and nothing else is in the output folder."""
        published = all(document.state in ("done", "ignored") for document in self.documents)
        return published and not self.stopped and not self.foreign

    @property
    def characters(self) -> int:
        return sum(document.characters for document in self.documents)

    @property
    def replaced_characters(self) -> int:
        return sum(document.replaced_characters for document in self.documents)

    @property
    def found(self) -> int:
        return sum(entity.count for entity in self.entities)

    def summary(self) -> dict[str, Any]:
        """The totals, without the documents one by one."""
        content = self.to_dict()
        del content["documents"]
        return content

    def to_dict(self) -> dict[str, Any]:
        """For JSON: the fields, and the totals that follow from them."""
        content = asdict(self)
        content["entities"] = {
            entity.entity_type: {
                "title": entity.title,
                "identifier": entity.identifier,
                "count": entity.count,
                "operators": dict(entity.operators),
            }
            for entity in self.entities
        }
        totals = {
            "complete": self.complete,
            "files": self.states,
            "reasons": self.reasons,
            "characters": self.characters,
            "replaced_characters": self.replaced_characters,
            "found": self.found,
        }
        return {"schema": content.pop("schema"), **totals, **content}

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"


def count_entities(
    counts: Iterable[tuple[str, str, int]], *, titles: Mapping[str, tuple[str, str]]
) -> tuple[EntityCount, ...]:
    """From `(entity type, operator, count)`; the most frequent first.

    `titles` are type → (title, kind of identifier).
    """
    operators: dict[str, Counter[str]] = {}
    for entity_type, operator, count in counts:
        operators.setdefault(entity_type, Counter())[operator] += count
    found = [
        EntityCount(kind, *titles.get(kind, (kind, "")), operators=dict(sorted(done.items())))
        for kind, done in operators.items()
    ]
    return tuple(sorted(found, key=lambda entity: (-entity.count, entity.entity_type)))
