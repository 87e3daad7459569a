"""The persons of a folder, and whom each mention of a document means."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
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
_EVIDENCE = 16
"""Hex digits of the code of an identifier: only those of one name are compared."""

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

    def packed(self) -> bytes:
        """As few bytes as JSON allows: there are as many as persons."""
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, content: Sequence[Any]) -> Earlier:
        token, name, ids, separating, roles, marks, sex, birth = content
        keys = _keys(ids), _keys(separating)
        return cls(token, name, *keys, frozenset(roles), frozenset(marks), sex, birth)


def pack_subjects(packed: Iterable[bytes]) -> str:
    """Packed Earliers for a run record, which is JSON."""
    return b64encode(zlib.compress(b"[" + b",".join(packed) + b"]", 1)).decode("ascii")


def unpack_subjects(content: str | Sequence[Any]) -> list[Earlier]:
    """The inverse of `pack_subjects`; nothing of an empty record."""
    rows = json.loads(zlib.decompress(b64decode(content))) if isinstance(content, str) else content
    return [Earlier.from_json(row) for row in rows]


def _keys(content: Iterable[Sequence[str]]) -> frozenset[Key]:
    return frozenset((kind, value) for kind, value in content)


@dataclass(slots=True)
class Person:
    """A subject, with what short forms are compared with. Holds values."""

    subject: Subject
    surname: str
    given: str
    sex: str
    roles: frozenset[str]
    ids: tuple[Key, ...] = field(repr=False)
    sources: frozenset[str] = field(repr=False)
    earlier: bytes = field(repr=False)
    """What the next run must know of the subject: an Earlier, packed."""


class People:
    """All persons with a full name. `unique` are those whose name nobody else has."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_surname: dict[str, list[int]] = defaultdict(list)
        self.by_given: dict[str, list[int]] = defaultdict(list)

    def add(self, person: Person, units: Iterable[Unit]) -> None:
        index = len(self.persons)
        self.persons.append(person)
        for unit in units:
            unit.person = index
        self.by_name[person.surname + person.given].append(index)
        for surname, given in readings_of(person.surname, person.given) if person.surname else ():
            self.by_surname[surname].append(index)
            self.by_given[given].append(index)

    def spelt(self, letters: str) -> Sequence[int]:
        """Who is written so in Latin letters."""
        return self._spellings.get(letters_of(letters), ())

    def with_id(self, key: Key) -> Sequence[int]:
        """Who has an identifier."""
        found = self._by_id.get(key, ())
        return (found,) if isinstance(found, int) else found

    @cached_property
    def _by_id(self) -> dict[Key, int | tuple[int, ...]]:
        """Made when it is asked for first; most identifiers are of one person."""
        found: dict[Key, int | tuple[int, ...]] = {}
        for index, person in enumerate(self.persons):
            for key in person.ids:
                others = found.get(key, ())
                found[key] = (
                    (others, index) if isinstance(others, int) else (*others, index) if others else index
                )
        return found

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
        return self.persons[unit.person]


class Codes:
    """Keyed codes of names and identifiers, and the ids of subjects made of them."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def hide(self, kind: str, value: str) -> str:
        return mac(self._key, "evidence", kind, value).hex()[:_TOKEN]

    def member(self, source: str, unit: Unit) -> Member:
        """A unit as a member, its identifiers as codes."""
        codes = {key: (key[0], self.hide(*key)[:_EVIDENCE]) for key in {*unit.ids, *unit.separating}}
        ids, separating = (frozenset(codes[key] for key in keys) for keys in (unit.ids, unit.separating))
        return Member(source, unit.row, ids, separating, unit)

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
    units: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
    for document in documents:
        for unit in document.units():
            units[unit.name].append((document.source, unit))
    before: dict[str, list[Earlier]] = defaultdict(list)
    for one in earlier:
        before[one.name].append(one)
    people = People()
    for name, parts in _wholes({name: found[0][1] for name, found in units.items()}).items():
        ghosts = [ghost for part in parts for ghost in before.get(codes.hide("name", part), ())]
        old = [Member("", "", ghost.ids, ghost.separating, token=ghost.token) for ghost in ghosts]
        members = [codes.member(*found) for part in parts for found in units[part]]
        groups = persons_of_a_name([*members, *old])
        _add_all(people, name, groups, {ghost.token: ghost for ghost in ghosts}, codes, number)
    return people


def _wholes(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    """Each name with the shorter ones that stand for it in fields: 建国 for 王建国, 阿依古丽 for 阿依古丽·买买提."""
    shorter: dict[str, set[str]] = defaultdict(set)
    for name, unit in units.items():
        if unit.surname and len(unit.given) == _GIVEN:
            shorter[unit.given].add(name)
        elif not unit.surname:
            for size in range(_GIVEN + 1, len(name) - 1):
                shorter[name[:size]].add(name)
                shorter[name[-size:]].add(name)
    found = {name: [name] for name in sorted(units)}
    for name in sorted(units.keys() & shorter.keys(), key=lambda name: (-len(name), name)):
        wholes = shorter[name]
        is_part = len(name) > _GIVEN or not units[name].surname
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
        roles = _one(role for told in (*(u.roles for u in units), *(g.roles for g in old)) for role in told)
        marks = _one(mark for told in (*(u.marks for u in units), *(g.marks for g in old)) for mark in told)
        ids = units[0].ids if len(units) == 1 else {key for unit in units for key in unit.ids}
        separating = {key for unit in units for key in unit.separating}
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
        sources = _one(member.source for member in group.members if member.unit)
        people.add(
            Person(
                subject, first.surname, first.given, sex, roles, tuple(sorted(ids)), sources, seen.packed()
            ),
            units,
        )


def _one(words: Iterable[str]) -> frozenset[str]:
    """A set of words; the same object for most who have the same one."""
    return _kept(frozenset(words))


@lru_cache(maxsize=256)
def _kept(words: frozenset[str]) -> frozenset[str]:
    return words


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
