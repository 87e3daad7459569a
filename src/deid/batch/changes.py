"""What changed since a file was last looked at: names that are looked for, and entries of lists.

A file is read anew only if something that could change it has changed. Names only ever come
to a project, in versions; a file remembers up to which it was looked through. Of the known and
keep lists a project keeps each state under its digest, so that between two states the entries
that differ are known, and only files in which one of them stands are detected again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from deid.batch.checking import Value
from deid.batch.journal import Journal
from deid.detection.values import HashedValues, ValueFinder
from deid.known import KnownValue
from deid.normalize import canonical
from deid.pages import Pages
from deid.pipeline import Deidentifier

_NAMES = "names looked for"
_UNTYPED = ""
_TOGETHER = 20_000

Entry = tuple[str, str, str, str, str]
"""Which list, entity type, value, role, and a digest of all values of the same subject."""


class NameVersions:
    """The names that were looked for in the files of a project, in versions.

    They may be as many as rows, so of those of the first version, which are most, hashes are kept.
    """

    def __init__(self, journal: Journal, pages: Pages | None = None) -> None:
        self._journal = journal
        self._count = self._parts = 0
        self._later: dict[int, set[Value]] = {}
        self._known = HashedValues(self._read(), pages)

    def _read(self) -> Iterator[Value]:
        for version, values in self._journal.parts("lists", _NAMES):
            self._parts, self._count = self._parts + 1, version + 1
            some = [(kind, value) for kind, value in values]
            yield from some
            if version:
                self._later.setdefault(version, set()).update(some)

    def add(self, names: Iterable[Value]) -> int:
        """The version that has all of `names`, each of which comes once."""
        version, fresh = self._count, (name for name in names if name not in self._known)
        while (some := list(islice(fresh, _TOGETHER))) or not self._count:
            self._journal.put("lists", _NAMES, [version, some], part=self._parts)
            self._parts, self._count = self._parts + 1, version + 1
            if version:
                self._later.setdefault(version, set()).update(some)
        return self._count

    def since(self, names: Iterable[Value]) -> Mapping[int, ValueFinder]:
        """Version → those of `names` that came later, for every version but the last."""
        if not self._later:
            return {}
        wanted = set[Value]().union(*self._later.values()).intersection(names)
        later: dict[int, ValueFinder] = {}
        newer: set[Value] = set()
        for version in range(self._count - 1, 0, -1):
            newer |= self._later[version] & wanted
            later[version] = ValueFinder.of(newer)
        return later


def names_looked_for(journal: Journal) -> Iterator[Value]:
    """Everything that was looked for in all files of a project."""
    return ((kind, value) for _, values in journal.parts("lists", _NAMES) for kind, value in values)


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
