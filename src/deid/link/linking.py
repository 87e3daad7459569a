"""From the facts of all documents to the subject of every name and value."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from deid.link.aliases import Aliases, other_forms
from deid.link.codes import Codes
from deid.link.document import Read, read_document
from deid.link.facts import DAY, PERSON, Fact
from deid.link.meaning import NOBODY, Whose
from deid.link.names import trimmed
from deid.link.people import Earlier, Number, People, find_people
from deid.link.resolving import Resolver
from deid.link.roles import role_among
from deid.link.units import Unit
from deid.normalize import canonical
from deid.types import Entity, Subject, TextBlock

_TOGETHER = 1000
"""Rows, or subjects of no row, in a part of what is stored of a document."""
_MANY_DAYS = 20_000
"""Days that are noted of a document, to tell of which year a date without one is."""
_MANY_ROWS = 200
"""In longer lists half of all given names are somebody's: there they say nothing."""


@dataclass
class DocumentLink:
    """Whom the names and values of one document mean. Holds full names; it lives in the encrypted journal."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    places: dict[str, dict[int, str]] = field(default_factory=dict)
    """Block → start → subject, outside `rows`."""
    names: dict[str, str] = field(default_factory=dict)
    """Full names that mean one person here."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Given names and initials of those persons."""
    rows: dict[str, str] = field(default_factory=dict)
    """Row of a list → whom it is about."""
    beside: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)
    """Row → block → start → subject, where it is somebody else."""
    sections: list[tuple[int, int, str]] = field(default_factory=list)
    """`(block number, offset, subject)`: from there on values without a name beside them are that subject's."""
    first_day: str = ""
    """The earliest day of an event in the document, in ISO form."""
    days: list[tuple[int, int, str]] = field(default_factory=list)
    """`(block number, offset, day)` of dates in running text that are written in full."""
    nobody: set[str] = field(default_factory=set)
    """Subjects of forms that fit several people, wherever they may stand. Not stored."""
    surfaces: dict[str, str] = field(default_factory=dict)
    """Of those without a full name how they are written, the longest first. Not stored."""

    @cached_property
    def called(self) -> Aliases:
        """`names` and `aliases`, to be looked for."""
        return Aliases(frozenset(self.aliases), frozenset(self.names))

    @cached_property
    def origin(self) -> date | None:
        """`first_day`, if there is one."""
        return date.fromisoformat(self.first_day) if self.first_day else None

    def apply(
        self,
        entities: Iterable[Entity],
        block: TextBlock,
        *,
        number: int,
        names: Mapping[str, Subject] | None = None,
    ) -> Iterator[Entity]:
        """The entities with subject and role. `names` are full names of the folder that one person has."""
        row = f"{block.table.sheet}\0{block.table.row}" if block.table else ""
        places = self.beside.get(row, self.places).get(block.id)
        for entity in entities:
            token = places.get(entity.start) if places else None
            if entity.entity_type == PERSON:
                value = canonical(trimmed(block.text[entity.start : entity.end]), PERSON)
                # by its name first: where it was read anew, another entity may have begun there
                token = self.names.get(value) or token or self._named_here(value, row)
                if not token and names and (subject := names.get(value)):
                    self.subjects.setdefault(subject.id, subject)
                    token = subject.id
            elif token is None:
                token = self.rows.get(row) if row in self.rows else self._section(number, entity.start)
            about = self.subject(token or "")
            yield Entity(  # `dataclasses.replace` takes ten times as long
                entity.entity_type,
                entity.start,
                entity.end,
                entity.score,
                entity.block,
                entity.detections,
                token or entity.subject,
                about.role if about else entity.role,
            )

    def subject(self, token: str) -> Subject | None:
        """The subject with this id, if the document tells of it."""
        return self.subjects.get(token)

    def near(self, number: int, start: int) -> date | None:
        """The day written in full before a place of running text, or where there is none, the next one."""
        at = bisect_right(self.days, (number, start, "\U0010ffff")) - 1
        return date.fromisoformat(self.days[max(at, 0)][2]) if self.days else None

    def _named_here(self, value: str, row: str) -> str | None:
        """In a row of a list its person, if that is the name; else who is called so."""
        about = self.subject(self.rows.get(row, ""))
        return about.id if about and about.name == value else self._called_here(value, row)

    def _called_here(self, alias: str, row: str) -> str | None:
        """Whom another form of a name means: in a row of a list its person, if she can be called so."""
        about = self.subject(self.rows.get(row, ""))
        name = about.name if about else ""
        bare = alias.lstrip("老小")
        if alias in self.aliases and name and (name.startswith((alias, bare)) or name.endswith(alias)):
            return self.rows[row]
        return self.aliases.get(alias)

    def _section(self, number: int, start: int) -> str:
        at = bisect_right(self.sections, (number, start, "\U0010ffff")) - 1
        return self.sections[max(at, 0)][2] if self.sections else NOBODY

    def parts(self) -> Iterator[Any]:
        """What `from_parts` reads, as JSON: what is not in rows, subjects of no row, then rows with theirs, some at a time."""
        yield [self.places, self.names, self.aliases, self.sections, self.first_day, self.days]
        others = iter(sorted(self.subjects.keys() - {*self.rows.values(), *_tokens(self.beside)}))
        while some := list(islice(others, _TOGETHER)):
            yield [_packed(self.subjects[token]) for token in some]
        rows = iter(self.rows.items())
        while part := dict(islice(rows, _TOGETHER)):
            beside = {row: self.beside[row] for row in part if row in self.beside}
            tokens = self.subjects.keys() & {*part.values(), *_tokens(beside)}
            subjects = [_packed(self.subjects[token]) for token in sorted(tokens)]
            yield {"rows": part, "beside": beside, "subjects": subjects}

    @classmethod
    def from_parts(cls, parts: Iterable[Any]) -> DocumentLink:
        """The inverse of `parts`."""
        (places, names, aliases, sections, first_day, days), *others = parts
        found = cls(
            {},
            _unpacked_places(places),
            names,
            aliases,
            sections=[(number, start, token) for number, start, token in sections],
            first_day=first_day,
            days=[(number, start, day) for number, start, day in days],
        )
        for part in others:
            if isinstance(part, dict):
                listed = Listed.of(part)
                found.rows |= listed.rows
                found.beside |= listed.beside
                found.subjects |= listed.subjects
            else:
                found.subjects |= map(_unpacked, part)
        return found


class Listed(NamedTuple):
    """Some rows of lists: whom they are about, who else is named in them, and those subjects."""

    rows: dict[str, str]
    beside: dict[str, dict[str, dict[int, str]]]
    subjects: dict[str, Subject]

    @classmethod
    def of(cls, part: Mapping[str, Any]) -> Listed:
        """From one of the `parts` of a DocumentLink."""
        beside = {row: _unpacked_places(places) for row, places in part["beside"].items()}
        return cls(part["rows"], beside, dict(map(_unpacked, part["subjects"])))


def _packed(subject: Subject) -> list[Any]:
    s = subject
    return [s.id, s.role, sorted(s.attributes), s.name, s.sex, s.birth, s.first_day]


def _unpacked(row: Sequence[Any]) -> tuple[str, Subject]:
    token, role, attributes, *about = row
    return token, Subject(token, role, frozenset(attributes), *about)


def _unpacked_places(places: Mapping[str, Mapping[str, str]]) -> dict[str, dict[int, str]]:
    return {block: {int(start): token for start, token in starts.items()} for block, starts in places.items()}


def _tokens(beside: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[str]:
    return (token for places in beside.values() for starts in places.values() for token in starts.values())


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

    def documents(self) -> Iterator[tuple[str, DocumentLink]]:
        """Each document with whom its names mean."""
        for document in self._read:
            yield document.source, _linked(document, self.people, self._codes)

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
    return Linked(linking.people, dict(linking.documents()))


def _linked(document: Read, people: People, codes: Codes) -> DocumentLink:
    found = DocumentLink()
    found.names, called = _names_here(document, people)
    resolver = Resolver(people, document.units())
    others = _take_plain_rows(found, document, people)
    roles: dict[str, set[str]] = {}
    sections: list[tuple[int, int, str]] = []
    kin: dict[str, str] = {}
    for record in document.whole(others):
        whose = Whose(document, record, people, resolver, codes)
        places = found.places if not record.key else dict[str, dict[int, str]]()
        for fact, subject in whose.names():
            roles.setdefault(subject.id, set()).update({fact.role} - {""})
            found.subjects.setdefault(subject.id, subject)
            if not subject.name:
                written = found.surfaces.get(subject.id, fact.value)
                found.surfaces[subject.id] = min((written, fact.value), key=lambda word: (-len(word), word))
            # what is found by its name, or by its row, need not be noted
            usual = found.names.get(fact.value) or (
                whose.principal if record.key and subject.name == fact.value else ""
            )
            if usual != subject.id:
                places.setdefault(fact.id, {})[fact.start] = subject.id
        for fact in record.facts:
            if fact.kind == DAY:
                found.first_day = min(found.first_day or fact.value, fact.value)
                if not record.key and len(found.days) < _MANY_DAYS:
                    found.days.append((fact.block, fact.start, fact.value))
            if fact.kind != PERSON and ((owner := whose.owner(fact)) != whose.principal or not record.key):
                places.setdefault(fact.id, {}).setdefault(fact.start, owner)
        kin |= whose.kin
        if record.key:
            found.rows[record.key] = whose.principal
            if places:
                found.beside[record.key] = places
        else:
            sections.append((record.facts[0].block, record.facts[0].start, whose.principal))
    found.days.sort()
    _give_roles(found, roles)
    found.sections = _filled(sections)
    for alias, meant in called.items():
        if alias in kin or len(meant) == 1:
            found.aliases[alias] = kin.get(alias) or min(meant)
        else:  # several are called so: nobody is meant, and it is replaced all the same
            nobody = Subject(codes.token("in", document.source, "", alias, "any"))
            found.subjects[nobody.id] = nobody
            found.nobody.add(nobody.id)
            found.surfaces[nobody.id] = alias
            found.aliases[alias] = nobody.id
    return found


def _take_plain_rows(found: DocumentLink, document: Read, people: People) -> set[str]:
    """Take the rows of lists of which all is said of the one whom they name; the others are given back."""
    others = set()
    for key, unit in document.rows.items():
        found.rows[key] = NOBODY  # for their order
        if not isinstance(unit, Unit):
            others.add(key)
            continue
        person = people.in_unit(unit)
        if unit.name != person.name and unit.name not in found.names:
            others.add(key)
            continue
        found.rows[key] = person.token
        if person.token not in found.subjects:
            found.subjects[person.token] = person.subject
        if unit.first_day:
            found.first_day = min(found.first_day or unit.first_day, unit.first_day)
    return others


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


def _give_roles(found: DocumentLink, roles: Mapping[str, set[str]]) -> None:
    """Roles of those who have no full name: what this document says of them."""
    for token, said in roles.items():
        subject = found.subjects[token]
        if subject.role == "unknown" and said:
            found.subjects[token] = replace(subject, role=role_among(said))


def _filled(sections: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Where records begin and whom they are about; of nobody the only one of whom the document tells."""
    tokens = {token for _, _, token in sections} - {NOBODY}
    alone = tokens.pop() if len(tokens) == 1 else NOBODY
    return [(block, start, token or alone) for block, start, token in sections]
