"""What changed since a file was last looked at: names that are looked for, and entries of lists.

A file is read anew only if something that could change it has changed. Names only ever come
to a project, in versions; a file remembers up to which it was looked through. Of the known and
keep lists a project keeps each state under its digest, so that between two states the entries
that differ are known, and only files in which one of them stands are detected again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from deid.batch.journal import Journal
from deid.detection.values import ValueFinder
from deid.known import KnownValue
from deid.normalize import canonical
from deid.pipeline import Deidentifier

_NAMES = "names"
_UNTYPED = ""

Entry = tuple[str, str, str, str, str]
"""Which list, entity type, value, role, and a digest of all values of the same subject."""


class NameVersions:
    """The names that were looked for in the files of a project, in versions."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._versions = [{(kind, value) for kind, value in part} for part in journal.parts("lists", _NAMES)]

    def add(self, names: Iterable[tuple[str, str]]) -> int:
        """The version that has all of `names`."""
        new = set(names).difference(*self._versions)
        if new or not self._versions:
            self._journal.put("lists", _NAMES, sorted(new), part=len(self._versions))
            self._versions.append(new)
        return len(self._versions)

    def since(self, names: Iterable[tuple[str, str]]) -> Mapping[int, ValueFinder]:
        """Version → those of `names` that came later, for every version but the last."""
        wanted = set(names)
        later: dict[int, ValueFinder] = {}
        newer: set[tuple[str, str]] = set()
        for version in range(len(self._versions) - 1, 0, -1):
            newer |= self._versions[version]
            later[version] = ValueFinder.of(newer & wanted)
        return later


def lists_of(deidentifier: Deidentifier) -> tuple[str, tuple[Entry, ...]]:
    """The entries of both lists, and their digest. Numbers of rows do not count: rows move."""
    entries = sorted(
        {*_entries("known", deidentifier.known.entries), *_entries("keep", deidentifier.keep.entries)}
    )
    return _digest(entries), tuple(entries)


def _entries(which: str, values: Iterable[KnownValue]) -> Iterator[Entry]:
    values = tuple(values)
    together: dict[str, set[str]] = {}
    for value in values:
        if value.subject:
            together.setdefault(value.subject, set()).add(canonical(value.value, value.entity_type))
    for value in values:
        beside = _digest(sorted(together.get(value.subject or "", ())))
        yield which, value.entity_type, value.value, value.role or "", beside


def differing(one: Iterable[Entry], other: Iterable[Entry]) -> ValueFinder | None:
    """The values by which two states of the lists differ; None when one of them is too short to look for."""
    changed = set(map(tuple, one)) ^ set(map(tuple, other))
    values = {(kind or _UNTYPED, value) for _, kind, value, _, _ in changed}
    if any(len(canonical(value, kind)) < 2 for kind, value in values):
        return None
    return ValueFinder.of(values)


def _digest(content: object) -> str:
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()
