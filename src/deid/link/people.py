"""The persons of a folder, and whom each mention of a document means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from deid.keys import mac
from deid.link.clusters import Group, Member, persons_of_a_name
from deid.link.document import Key, Read, Unit
from deid.link.facts import SEX
from deid.link.names import letters_of, readings_of, spellings
from deid.link.roles import role_among
from deid.types import Subject

_GIVEN = 2
"""Characters of a given name that can stand for a person."""
_TOKEN = 32
"""Hex digits, 128 bits."""

Number = Callable[[str], int | None]
"""The label number that a subject has from an earlier run."""


@dataclass(frozen=True)
class Earlier:
    """A subject of an earlier run of the project; keyed codes instead of values."""

    token: str
    name: str
    ids: frozenset[Key] = frozenset()
    separating: frozenset[Key] = frozenset()
    roles: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    sex: str = ""
    birth: str = ""
    """Sex and birth date as they were when the subject got its stand-in, which depends on them."""

    def to_json(self) -> list[Any]:
        return [
            self.token,
            self.name,
            *(sorted(map(list, keys)) for keys in (self.ids, self.separating)),
            sorted(self.roles),
            sorted(self.marks),
            self.sex,
            self.birth,
        ]

    @classmethod
    def from_json(cls, content: Sequence[Any]) -> Earlier:
        token, name, ids, separating, roles, marks, sex, birth = content
        keys = _keys(ids), _keys(separating)
        return cls(token, name, *keys, frozenset(roles), frozenset(marks), sex, birth)


def _keys(content: Iterable[Sequence[str]]) -> frozenset[Key]:
    return frozenset((kind, value) for kind, value in content)


@dataclass
class Person:
    """A subject, with what short forms are compared with. Holds values."""

    subject: Subject
    surname: str
    given: str
    sex: str
    roles: frozenset[str]
    ids: frozenset[Key] = field(repr=False)
    sources: frozenset[str] = field(repr=False)
    earlier: Earlier


class People:
    """All persons with a full name. `unique` are those whose name nobody else has."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.of_unit: dict[int, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_surname: dict[str, list[int]] = defaultdict(list)
        self.by_given: dict[str, list[int]] = defaultdict(list)
        self.by_id: dict[Key, set[int]] = defaultdict(set)

    def add(self, person: Person, units: Iterable[Unit]) -> None:
        index = len(self.persons)
        self.persons.append(person)
        self.of_unit |= {id(unit): index for unit in units}
        self.by_name[person.surname + person.given].append(index)
        for surname, given in readings_of(person.surname, person.given) if person.surname else ():
            self.by_surname[surname].append(index)
            self.by_given[given].append(index)
        for key in person.ids:
            self.by_id[key].add(index)

    def spelt(self, letters: str) -> Sequence[int]:
        """Who is written so in Latin letters."""
        return self._spellings.get(letters_of(letters), ())

    @cached_property
    def _spellings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, person in enumerate(self.persons):
            for word in spellings(person.surname, person.given):
                found[word].append(index)
        return found

    def unique(self, name: str) -> Person | None:
        found = self.by_name.get(name, ())
        return self.persons[found[0]] if len(found) == 1 else None

    def alone(self, name: str) -> Person | None:
        """The only person who has this full or given name."""
        found = {*self.by_name.get(name, ()), *self.by_given.get(name, ())}
        return self.persons[found.pop()] if len(found) == 1 else None

    def in_unit(self, unit: Unit) -> Person:
        return self.persons[self.of_unit[id(unit)]]


class Codes:
    """Keyed codes of names and identifiers, and the ids of subjects made of them."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.hide = lru_cache(maxsize=200_000)(self._hide)

    def _hide(self, kind: str, value: str) -> str:
        return mac(self._key, "evidence", kind, value).hex()[:_TOKEN]

    def keys(self, found: Iterable[Key]) -> frozenset[Key]:
        return frozenset((kind, self.hide(kind, value)) for kind, value in found)

    def token(self, *parts: str) -> str:
        return mac(self._key, "subject", *parts).hex()[:_TOKEN]


def find_people(
    documents: Iterable[Read],
    codes: Codes,
    *,
    earlier: Iterable[Earlier] = (),
    number: Number = lambda token: None,
) -> People:
    """Who the full names of all documents are; subjects of earlier runs keep their ids."""
    members: dict[str, list[Member]] = defaultdict(list)
    for document in documents:
        for record in document.records:
            for unit in record.units.values():
                ids, separating = codes.keys(unit.ids), codes.keys(unit.separating)
                members[unit.name].append(Member(document.source, unit.row, ids, separating, unit))
    before: dict[str, list[Earlier]] = defaultdict(list)
    for one in earlier:
        before[one.name].append(one)
    people = People()
    for name, parts in _wholes(members).items():
        ghosts = [ghost for part in parts for ghost in before.get(codes.hide("name", part), ())]
        old = [Member("", "", ghost.ids, ghost.separating, token=ghost.token) for ghost in ghosts]
        groups = persons_of_a_name([member for part in parts for member in members[part]] + old)
        _add_all(people, name, groups, {ghost.token: ghost for ghost in ghosts}, codes, number)
    return people


def _wholes(members: Mapping[str, Sequence[Member]]) -> dict[str, list[str]]:
    """Each name with the shorter ones that stand for it in fields: 建国 for 王建国, 阿依古丽 for 阿依古丽·买买提."""
    shorter: dict[str, set[str]] = defaultdict(set)
    for name, (first, *_) in members.items():
        unit = first.unit
        if unit and unit.surname and len(unit.given) == _GIVEN:
            shorter[unit.given].add(name)
        elif unit and not unit.surname:
            for size in range(_GIVEN + 1, len(name) - 1):
                shorter[name[:size]].add(name)
                shorter[name[-size:]].add(name)
    found = {name: [name] for name in sorted(members)}
    for name in sorted(members.keys() & shorter.keys(), key=lambda name: (-len(name), name)):
        unit, wholes = members[name][0].unit, shorter[name]
        is_part = len(name) > _GIVEN or (unit is not None and not unit.surname)
        if is_part and len(wholes) == 1 and (whole := min(wholes)) in found:
            found[whole] += found.pop(name)
    return found


def _add_all(
    people: People,
    name: str,
    groups: Sequence[Group],
    ghosts: Mapping[str, Earlier],
    codes: Codes,
    number: Number,
) -> None:
    for group in groups:
        units = [member.unit for member in group.members if member.unit is not None]
        if not units:
            continue
        old = [ghosts[member.token] for member in group.members if member.token]
        token = _token(name, group, old, codes, alone=len(groups) == 1, number=number)
        roles = frozenset().union(*(unit.roles for unit in units), *(ghost.roles for ghost in old))
        marks = frozenset().union(*(unit.marks for unit in units), *(ghost.marks for ghost in old))
        ids = frozenset().union(*(unit.ids for unit in units))
        separating = frozenset().union(*(unit.separating for unit in units))
        born = "DATE_OF_BIRTH"
        sex, birth = _only(separating, SEX), _only(separating, born) or _only(ids, born)
        same = next((ghost for ghost in old if ghost.token == token), None)
        looks = (same.sex, same.birth) if same else (sex, birth)
        days = [unit.first_day for unit in units if unit.first_day]
        first_day = min(days, default="")
        subject = Subject(token, role_among(roles), marks, name, *looks, first_day)
        keys = frozenset(group.ids), frozenset(group.separating)
        seen = Earlier(token, codes.hide("name", name), *keys, roles, marks, *looks)
        first = max(units, key=lambda unit: (len(unit.name), unit.name))
        sources = frozenset(member.source for member in group.members if member.unit)
        people.add(Person(subject, first.surname, first.given, sex, roles, ids, sources, seen), units)


def _token(
    name: str, group: Group, old: Sequence[Earlier], codes: Codes, *, alone: bool, number: Number
) -> str:
    """The id of the subject: that of an earlier run, else by the name, and where several have it by what tells them apart."""
    if old:
        return min((number(ghost.token) or 1 << 62, ghost.token) for ghost in old)[1]
    if alone:
        return codes.token(name)
    if group.ids:
        return codes.token(name, *min(group.ids))
    first = group.members[0]
    return codes.token(name, "in", first.source, first.row)


def _only(keys: Iterable[Key], kind: str) -> str:
    found = {value for other, value in keys if other == kind}
    return found.pop() if len(found) == 1 else ""
