"""From the facts of all documents to the subject of every name and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from deid.link.aliases import other_forms
from deid.link.codes import Codes
from deid.link.document import Read, Record, Row, read_document
from deid.link.facts import DAY, PERSON, Fact
from deid.link.meaning import NOBODY, Whose
from deid.link.parts import DocumentLink, Listed, Part
from deid.link.people import Before, Number, People, find_people
from deid.link.resolving import Marked, Resolver
from deid.link.roles import role_among
from deid.link.units import Units
from deid.pages import Pages
from deid.types import Subject

_TOGETHER = 1000
"""Rows in a part of what is told of a document."""
_MANY_DAYS = 20_000
"""Days that are noted of a document, to tell of which year a date without one is."""
_REMEMBERED = 10_000
"""Names of which it is remembered who has them."""
_MANY_ROWS = 200
"""In longer lists half of all given names are somebody's: there they say nothing."""


class Linking:
    """Documents, given as `(source, facts)`, and who is named in them; the order in which they come does not count.

    `key` is a derived key; `before` and `number` are what an earlier run of the project knew; `values`
    says whether some identifiers are shown in part, so that they have to be compared with whole ones. With
    `pages` what grows with the rows of tables is there.
    """

    def __init__(
        self,
        documents: Iterable[tuple[str, Iterable[Fact]]],
        key: bytes,
        *,
        before: Before | None = None,
        number: Number = lambda token: None,
        values: bool = True,
        pages: Pages | None = None,
    ) -> None:
        self._codes = Codes(key)
        units = Units(pages)
        self._read = [
            read_document(source, facts, self._codes, units, values=values) for source, facts in documents
        ]
        self._before = before or Before()
        self.people = find_people(self._read, units, self._codes, before=self._before, number=number)

    def documents(self) -> Iterator[tuple[str, Iterator[Part]]]:
        """Each document with whom its names mean, part by part: they may be more than memory holds. Once only:
        what was read of a document is forgotten behind it."""
        self._read.reverse()
        while self._read:
            document = self._read.pop()
            yield document.source, _Telling(document, self.people, self._codes).parts()

    def earlier(self) -> Iterator[list[Any]]:
        """What the next run must know: the subjects of this one and of all before it."""
        now = self.people.persons.earlier(self._codes)
        for _, same in groupby(merge(self._before, now, key=itemgetter(0)), key=itemgetter(0)):
            *_, last = same
            yield last


@dataclass
class Linked:
    """All documents of a run, linked."""

    people: People
    documents: dict[str, DocumentLink]


def link_documents(documents: Iterable[tuple[str, Iterable[Fact]]], key: bytes) -> Linked:
    """Link documents that are all at hand."""
    linking = Linking(documents, key)
    return Linked(linking.people, {source: _whole(parts) for source, parts in linking.documents()})


def _whole(parts: Iterable[Part]) -> DocumentLink:
    *rows, found = parts
    assert isinstance(found, DocumentLink)
    for listed in rows:
        assert isinstance(listed, Listed)
        found.add(listed)
    return found


class _Telling:
    """Goes through the records of a document, and tells of each whom its names mean."""

    def __init__(self, document: Read, people: People, codes: Codes) -> None:
        self._document, self._people, self._codes = document, people, codes
        self._names = people.names_of(document.rows.first, document.rows.end)
        for record in document.running:
            for name, called in record.units.items():
                self._names.add(name, people.index_of(called))
        self._remembered: dict[str, str] = {}
        self._called = self._other_forms()
        self._resolver = Resolver(people, Marked(len(people.persons), self._names.numbers()))
        self._found = DocumentLink()
        self._kin: dict[str, str] = {}
        self._several: dict[str, Subject] = {}
        """Subjects of whom several records may tell, and nothing yet which role they have."""
        self._roles: dict[str, set[str]] = {}
        """What records say of that."""

    def parts(self) -> Iterator[Part]:
        """The rows of lists, some at a time, and at last all the rest."""
        found = self._found
        outside: set[str] = set()
        sections: list[tuple[int, int, str]] = []
        for record in self._document.running:
            principal = self._take(record, found.places, found.subjects, found.surfaces)
            sections.append((record.facts[0].block, record.facts[0].start, principal))
            outside |= record.units.keys()
        yield from self._listed()
        found.names = {name: token for name in sorted(outside) if (token := self._alone(name))}
        found.days.sort()
        found.sections = _filled(sections)
        for token, said in self._roles.items():
            found.subjects[token] = replace(self._several[token], role=role_among(said))
        for alias, meant in self._called.items():
            if alias in self._kin or len(meant) == 1:
                found.aliases[alias] = self._kin.get(alias) or min(meant)
            else:  # several are called so: nobody is meant, and it is replaced all the same
                nobody = Subject(self._codes.token("in", self._document.source, "", alias, "any"))
                found.subjects[nobody.id] = nobody
                found.nobody.add(nobody.id)
                found.surfaces[nobody.id] = alias
                found.aliases[alias] = nobody.id
        yield found

    def _alone(self, name: str) -> str:
        """The only one in the document who has this full name, or nothing."""
        token = self._remembered.get(name)
        if token is None:
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            token = self._remembered[name] = self._only(name)
        return token

    def _only(self, name: str) -> str:
        token = ""
        for index in self._names.get(name):
            other = self._people.persons.token(index)
            if token and token != other:
                return ""
            token = other
        return token

    def _other_forms(self) -> dict[str, set[str]]:
        """Other forms of full names with all whom they fit."""
        found: dict[str, set[str]] = {}
        long = self._document.rows.count > _MANY_ROWS
        running = (called for record in self._document.running for called in record.units.items())
        in_rows = (
            (name, called)
            for row in self._document.rows
            for name, called in row.units.items()
            if not (long and name == row.principal)
        )
        met: set[tuple[str, int, int]] = set()
        for name, called in chain(running, in_rows):
            index, size = self._people.index_of(called), self._people.units.surnames[called.number]
            if size and (name, size, index) not in met:
                met.add((name, size, index))
                for alias in other_forms(name[:size], name[size:]):
                    found.setdefault(alias, set()).add(self._people.persons.token(index))
        return {alias: ids for alias, ids in sorted(found.items()) if not self._names.get(alias)}

    def _listed(self) -> Iterator[Listed]:
        found, part = self._found, Listed.empty()
        found.first_day = min(filter(None, (found.first_day, self._document.rows.first_day)), default="")
        for row, record in self._document.whole(lambda row: not self._is_plain(row)):
            if record is None:
                person = self._people.in_unit(row.units[row.principal])
                part.rows[row.key] = person.token
                part.subjects.setdefault(person.token, person.subject)
            else:
                places: dict[str, dict[int, str]] = {}
                part.rows[row.key] = self._take(record, places, part.subjects, part.surfaces)
                if places:
                    part.beside[row.key] = places
            for name in row.units:
                if token := self._alone(name):
                    part.names[name] = token
            if len(part.rows) == _TOGETHER:
                yield part
                part = Listed.empty()
        if part.rows:
            yield part

    def _is_plain(self, row: Row) -> bool:
        """Whether all in a row is said of the one whom it names, and one knows who that is by the name."""
        if not row.is_plain:
            return False
        name = row.principal
        return bool(self._alone(name)) or self._people.in_unit(row.units[name]).name == name

    def _take(
        self,
        record: Record,
        places: dict[str, dict[int, str]],
        subjects: dict[str, Subject],
        surfaces: dict[str, str],
    ) -> str:
        """Whom a record is about; who is named in it, and where it is somebody else, is noted."""
        found, is_row = self._found, bool(record.key)
        whose = Whose(self._document, record, self._people, self._resolver, self._codes)
        own: dict[str, set[str]] = {}
        for fact, subject in whose.names():
            subjects.setdefault(subject.id, subject)
            if not subject.name:
                written = surfaces.get(subject.id, fact.value)
                surfaces[subject.id] = min((written, fact.value), key=lambda word: (-len(word), word))
            if fact.role and subject.role == "unknown":
                if not is_row or subject.name:
                    self._several[subject.id] = subject
                roles = own if is_row and not subject.name else self._roles
                roles.setdefault(subject.id, set()).add(fact.role)
            # what is found by its name, or by its row, need not be noted
            usual = self._alone(fact.value) or (
                whose.principal if is_row and subject.name == fact.value else ""
            )
            if usual != subject.id:
                places.setdefault(fact.id, {})[fact.start] = subject.id
        for token, said in own.items():
            subjects[token] = Subject(token, role_among(said))  # nothing else is known of them
        for fact in record.facts:
            if fact.kind == DAY:
                found.first_day = min(found.first_day or fact.value, fact.value)
                if not is_row and len(found.days) < _MANY_DAYS:
                    found.days.append((fact.block, fact.start, fact.value))
            if fact.kind != PERSON and ((owner := whose.owner(fact)) != whose.principal or not is_row):
                places.setdefault(fact.id, {}).setdefault(fact.start, owner)
        self._kin |= {alias: token for alias, token in whose.kin.items() if alias in self._called}
        return whose.principal


def _filled(sections: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Where records begin and whom they are about; of nobody the only one of whom the document tells."""
    tokens = {token for _, _, token in sections} - {NOBODY}
    alone = tokens.pop() if len(tokens) == 1 else NOBODY
    return [(block, start, token or alone) for block, start, token in sections]
