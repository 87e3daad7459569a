"""What a project put into its outputs, so that a second detection does not take stand-ins for leaks.

The journal notes what was put where; here only MACs of it are held. An entity is known when it is a stand-in, a part of
one (the street of an invented address) or one with a word around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from deid.batch.journal import Journal
from deid.batch.project import reopen
from deid.batch.stored import Put
from deid.keys import ProjectKey, mac
from deid.normalize import shadow
from deid.types import Entity

_REACH = 40
"""Characters around an entity that may belong to the same stand-in."""
_CODE = 24


@dataclass(frozen=True)
class WrittenStandIns:
    """The codes of all stand-ins of a project."""

    key: bytes = field(repr=False)
    codes: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, folder: str | Path, *, key: ProjectKey | None = None) -> WrittenStandIns:
        """Of the project in `folder`. ProjectError or KeyFileError where it cannot be opened."""
        project = reopen(Path(folder), key=key)
        secret = project.key.derive("written")
        with closing(Journal(project.journal, key=project.key.derive("journal"))) as journal:
            texts = {Put(*row).text for rows in journal.every("places") for row in rows}
        return cls(secret, frozenset(_code(secret, text) for text in texts if text))

    def without(self, text: str, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """The entities of an output that are no stand-ins: what a run left behind."""
        return tuple(entity for entity in entities if not self.knows(text, entity.start, entity.end))

    def knows(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` is a stand-in, lies in one, or is one with little around it."""
        if self._is_one(text[start:end]):
            return True
        first, last = max(0, start - _REACH), min(len(text), end + _REACH)
        around = ((i, j) for i in range(start, first - 1, -1) for j in range(end, last + 1))
        least = max(2, (end - start + 1) // 2)
        inside = (
            (i, i + length)
            for length in range(end - start - 1, least - 1, -1)
            for i in range(start, end - length + 1)
        )
        return any(self._is_one(text[i:j]) for spans in (inside, around) for i, j in spans)

    def _is_one(self, text: str) -> bool:
        return bool(text) and _code(self.key, text) in self.codes


def _code(key: bytes, text: str) -> str:
    return mac(key, "".join(shadow(text).text.split()).upper()).hex()[:_CODE]
