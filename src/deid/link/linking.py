"""From the facts of all documents to the subject of every name and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deid.link.aliases import other_forms
from deid.link.codes import Codes
from deid.link.document import Read, Record, read_document, units_of
from deid.link.facts import DAY, PERSON, Fact
from deid.link.meaning import NOBODY, Whose
from deid.link.parts import DocumentLink, Listed, Part
from deid.link.people import Earlier, Number, People, find_people
from deid.link.resolving import Resolver
from deid.link.roles import role_among
from deid.link.units import Unit
from deid.types import Subject

_TOGETHER = 1000
"""Rows in a part of what is told of a document."""
_MANY_DAYS = 20_000
"""Days that are noted of a document, to tell of which year a date without one is."""
_MANY_ROWS = 200
"""In longer lists half of all given names are somebody's: there they say nothing."""


class Linking:
    """Documents, given as `(source, facts)`, and who is named in them; the order in which they come does not count.

    `key` is a derived key; `earlier` and `number` are what an earlier run of the project knew; `values`
    says whether some identifiers are shown in part, so that they have to be compared with whole ones.
    """

    def __init__(
        self,
        documents: Iterable[tuple[str, Iterable[Fact]]],
        key: bytes,
        *,
        earlier: Iterable[Earlier] = (),
        number: Number = lambda token: None,
        values: bool = True,
    ) -> None:
        self._codes = Codes(key)
        self._read = [read_document(source, facts, self._codes, values=values) for source, facts in documents]
        self.people = find_people(self._read, self._codes, earlier=earlier, number=number)

    def documents(self) -> Iterator[tuple[str, Iterator[Part]]]:
        """Each document with whom its names mean, part by part: they may be more than memory holds."""
        for document in self._read:
            yield document.source, _Telling(document, self.people, self._codes).parts()

    def earlier(self, before: Iterable[Earlier] = ()) -> Iterator[Earlier]:
        """What the next run must know: the subjects of this one and of all before it."""
        old = {one.token: one for one in before}
        now = {person.token: person for person in self.people.persons}
        for token in sorted(old.keys() | now.keys()):
            yield now[token].earlier(self._codes) if token in now else old[token]


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
        self._names, self._called = _names_here(document, people)
        self._resolver = Resolver(people, document.units())
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
        found.names = {name: token for name, token in self._names.items() if name in outside}
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

    def _listed(self) -> Iterator[Listed]:
        plain, found = self._plain_rows(), self._found
        others = self._document.listed(self._document.rows.keys() - plain.keys())
        part = Listed.empty()
        for key, row in self._document.rows.items():
            if (unit := plain.get(key)) is not None:
                person = self._people.in_unit(unit)
                part.rows[key] = person.token
                part.subjects.setdefault(person.token, person.subject)
                if unit.first_day:
                    found.first_day = min(found.first_day or unit.first_day, unit.first_day)
            else:
                places: dict[str, dict[int, str]] = {}
                part.rows[key] = self._take(next(others), places, part.subjects, part.surfaces)
                if places:
                    part.beside[key] = places
            for unit in units_of(row):
                if token := self._names.get(unit.name):
                    part.names[unit.name] = token
                    part.subjects.setdefault(token, self._people.in_unit(unit).subject)
            if len(part.rows) == _TOGETHER:
                yield part
                part = Listed.empty()
        if part.rows:
            yield part

    def _plain_rows(self) -> dict[str, Unit]:
        """The rows of which all is said of the one whom they name."""
        return {
            key: row
            for key, row in self._document.rows.items()
            if isinstance(row, Unit)
            and (row.name in self._names or row.name == self._people.in_unit(row).name)
        }

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
            usual = self._names.get(fact.value) or (
                whose.principal if is_row and subject.name == fact.value else ""
            )
            if usual != subject.id:
                places.setdefault(fact.id, {})[fact.start] = subject.id
        for token, said in own.items():
            subjects[token] = replace(subjects[token], role=role_among(said))
        for fact in record.facts:
            if fact.kind == DAY:
                found.first_day = min(found.first_day or fact.value, fact.value)
                if not is_row and len(found.days) < _MANY_DAYS:
                    found.days.append((fact.block, fact.start, fact.value))
            if fact.kind != PERSON and ((owner := whose.owner(fact)) != whose.principal or not is_row):
                places.setdefault(fact.id, {}).setdefault(fact.start, owner)
        self._kin |= {alias: token for alias, token in whose.kin.items() if alias in self._called}
        return whose.principal


def _names_here(document: Read, people: People) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Full names that mean one person of the document, and other forms with all whom they fit."""
    names: dict[str, set[str]] = {}
    aliases: dict[str, set[str]] = {}
    long = len(document.rows) > _MANY_ROWS
    for unit in document.units():
        token = people.in_unit(unit).token
        names.setdefault(unit.name, set()).add(token)
        if unit.surname and not (unit.row and long):
            for alias in other_forms(unit.surname, unit.given):
                aliases.setdefault(alias, set()).add(token)
    return (
        {name: min(ids) for name, ids in sorted(names.items()) if len(ids) == 1},
        {alias: ids for alias, ids in sorted(aliases.items()) if alias not in names},
    )


def _filled(sections: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Where records begin and whom they are about; of nobody the only one of whom the document tells."""
    tokens = {token for _, _, token in sections} - {NOBODY}
    alone = tokens.pop() if len(tokens) == 1 else NOBODY
    return [(block, start, token or alone) for block, start, token in sections]
