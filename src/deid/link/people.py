"""The persons of a folder, and whom each mention of a document means."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Any

from deid.grammar.pinyin import spellings
from deid.link.clusters import Group, Member, is_passed_on, persons_of_a_name
from deid.link.codes import TOKEN_BYTES, Codes, Key, joined, kind_of_key, parted
from deid.link.document import Read
from deid.link.names import letters_of, readings_of
from deid.link.packed import Index, Packed, in_order
from deid.link.roles import is_child, role_among
from deid.link.units import Called, Unit, Units
from deid.pages import PagedBytes, Pages
from deid.types import Subject

_GIVEN = 2
"""Characters of a given name that can stand for a person."""
_TOGETHER = 5000
_MADE = 4096
"""Persons that are kept unpacked."""
_NAME = 1
"""Where the code of the name stands in what Earlier reads."""
_CODE = 16
"""Hex digits of a token by which tokens are put in order."""
_MANY_NAMES = 5
"""More than a family."""

Number = Callable[[str], int | None]
"""The label number that a subject has from an earlier run."""


@dataclass(frozen=True)
class Earlier:
    """A subject of an earlier run of the project; keyed codes instead of values."""

    token: str
    name: str
    ids: bytes = b""
    separating: bytes = b""
    roles: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    sex: str = ""
    birth: str = ""
    """Sex and birth date as they were when the subject got its stand-in, which depends on them."""

    @classmethod
    def from_json(cls, content: Sequence[Any]) -> Earlier:
        token, name, ids, separating, roles, marks, sex, birth = content
        keys = bytes.fromhex(ids), bytes.fromhex(separating)
        return cls(token, name, *keys, _one(roles), _one(marks), sex, birth)


def pack_subjects(rows: Iterable[list[Any]]) -> Iterator[str]:
    """What Earliers read of a run record, which is JSON: in as few bytes as can be, some thousands together."""
    rows = iter(rows)
    while some := list(islice(rows, _TOGETHER)):
        text = json.dumps(some, ensure_ascii=False, separators=(",", ":"))
        yield b64encode(zlib.compress(text.encode(), 1)).decode("ascii")


def unpack_subjects(packed: Iterable[str]) -> Iterator[list[Any]]:
    """The inverse of `pack_subjects`."""
    for some in packed:
        yield from json.loads(zlib.decompress(b64decode(some)))


class Before:
    """The subjects of earlier runs, as Earlier reads them, in the order of tokens."""

    def __init__(self, rows: Iterable[list[Any]] = (), pages: Pages | None = None) -> None:
        self._packed, self._by_name = Packed(pages), Index(pages)
        for number, row in enumerate(rows):
            self._packed.append(row)
            self._by_name.add(row[_NAME], number)

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self._packed)

    def named(self, code: str) -> Iterator[Earlier]:
        """Those of whom the name has this code."""
        return (Earlier.from_json(self._packed[number]) for number in self._by_name.get(code))


@dataclass(slots=True)
class Person:
    """Somebody with a full name, and what short forms are compared with. Holds values.

    `ids` and `separating` are keys, one after the other, those of earlier runs among them; `values`
    are the identifiers themselves, where numbers are shown in part somewhere.
    """

    token: str
    name: str
    surname: str
    given: str
    sex: str
    shown_sex: str
    shown_birth: str
    """Sex and birth date on which the stand-in depends: those that were known when it was chosen."""
    first_day: str
    roles: frozenset[str]
    marks: frozenset[str]
    ids: bytes = field(repr=False)
    separating: bytes = field(repr=False)
    values: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def subject(self) -> Subject:
        return Subject(
            self.token,
            role_among(self.roles),
            self.marks,
            self.name,
            self.shown_sex,
            self.shown_birth,
            self.first_day,
        )


class Persons:
    """Persons by their index, packed; one that is asked for is made."""

    def __init__(self, pages: Pages | None = None) -> None:
        self._pages = pages
        self._packed = Packed(pages)
        self._tokens = PagedBytes(pages)
        self._said: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        """Roles and marks, which many have in common."""
        self._all_said: list[tuple[frozenset[str], frozenset[str]]] = []
        # of the data, not of this object: no cycle keeps them when nobody needs them any longer
        self._make = partial(_person, self._packed, self._all_said)
        self._made = lru_cache(maxsize=_MADE)(self._make)

    def append(self, person: Person) -> None:
        said = person.roles, person.marks
        if said not in self._said:
            self._said[said] = len(self._all_said)
            self._all_said.append(said)
        p = person
        about = p.name, p.surname, p.given, p.sex, p.shown_sex, p.shown_birth, p.first_day
        keys = p.ids, p.separating, p.values
        self._tokens += bytes.fromhex(p.token)
        self._packed.append((p.token, *about, self._said[said], *keys))

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, index: int) -> Person:
        return self._made(index)

    def __iter__(self) -> Iterator[Person]:
        return map(self._make, range(len(self)))

    def token(self, index: int) -> str:
        return self._tokens.part(index * TOKEN_BYTES, (index + 1) * TOKEN_BYTES).hex()

    def tokens(self) -> Iterable[str]:
        """The tokens of all, in their order."""
        return map(self.token, range(len(self)))

    def earlier(self, codes: Codes) -> Iterator[list[Any]]:
        """What the next run must know of each, as Earlier reads it, in the order of tokens."""
        said = [(sorted(roles), sorted(marks)) for roles, marks in self._all_said]
        some = (
            (
                int(token[:_CODE], 16),
                [token, codes.name(name), ids.hex(), separating.hex(), *said[place], sex, birth],
            )
            for token, name, _, _, _, sex, birth, _, place, ids, separating, _ in self._packed
        )
        return (row for _, row in in_order(self._pages, some, len(self)))


def _person(packed: Packed, said: Sequence[tuple[frozenset[str], frozenset[str]]], index: int) -> Person:
    *about, place, ids, separating, values = packed[index]
    roles, marks = said[place]
    return Person(*(*about, roles, marks, ids, separating, values))


class People:
    """All persons with a full name."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.persons = Persons(units.pages)
        self.by_name, self.by_surname, self.by_given = (Index(units.pages) for _ in range(3))
        self.parted = Index(units.pages)
        """By full name how many characters of it are the surname."""

    def add(self, person: Person, units: Iterable[Unit]) -> None:
        index = len(self.persons)
        self.persons.append(person)
        for unit in units:
            self.units.belongs(unit.number, index)
        self.by_name.add(person.surname + person.given, index)
        self.parted.add(person.surname + person.given, len(person.surname))
        for surname, given in readings_of(person.surname, person.given) if person.surname else ():
            self.by_surname.add(surname, index)
            self.by_given.add(given, index)

    def spelt(self, letters: str) -> Sequence[int]:
        """Who is written so in Latin letters."""
        return self._spellings.get(letters_of(letters))

    def with_id(self, key: Key) -> Sequence[int]:
        """Who has an identifier."""
        return self._by_id.get(_code(key))

    @cached_property
    def _by_id(self) -> Index:
        """Made when it is asked for first: few folders need it."""
        found = Index(self.units.pages)
        for index, person in enumerate(self.persons):
            for key in parted(person.ids):
                found.add(_code(key), index)
        return found

    @cached_property
    def _spellings(self) -> Index:
        found = Index(self.units.pages)
        for index, person in enumerate(self.persons):
            for word in spellings(person.surname, person.given):
                found.add(word, index)
        return found

    def alone(self, name: str) -> int | None:
        """The index of the only person who has this full or given name, or this one in Latin letters without gaps."""
        if name.isascii():
            found = set(self.spelt(name) if name.isalpha() else ())
        else:
            found = {*self.by_name.get(name), *self.by_given.get(name)}
        return found.pop() if len(found) == 1 else None

    def index_of(self, unit: Called) -> int:
        """The index of the person who is called so."""
        return self.units.persons[unit.number]

    def in_unit(self, unit: Called) -> Person:
        return self.persons[self.index_of(unit)]

    def names_of(self, first: int, end: int) -> Index:
        """The persons by the names that the units from `first` to `end` have."""
        found = Index(self.units.pages)
        for codes, persons in self.units.who(first, end):
            found.extend(codes, persons)
        return found


def _code(key: Key) -> bytes:
    """Of a key the code alone, in which the kind is already."""
    return key[1:]


def _member(unit: Unit, house: frozenset[Key]) -> Member:
    return Member(unit.source, unit.row, _own(unit.ids, house), _own(unit.separating, house), unit)


def _ghost(one: Earlier, house: frozenset[Key]) -> Member:
    return Member("", "", _own(one.ids, house), _own(one.separating, house), token=one.token)


def _own(keys: bytes, house: frozenset[Key]) -> frozenset[Key]:
    return frozenset(parted(keys)) - house


def _of_the_house(units: Iterable[Unit]) -> frozenset[Key]:
    """Numbers and accounts beside many names of running text: the mobile of the front desk is nobody's own."""
    names: dict[Key, set[str]] = defaultdict(set)
    for unit in units:
        for key in filter(is_passed_on, parted(unit.ids)):
            names[key].add(unit.name)
    return frozenset(key for key, found in names.items() if len(found) >= _MANY_NAMES)


def find_people(
    documents: Iterable[Read],
    units: Units,
    codes: Codes,
    *,
    before: Before,
    number: Number = lambda token: None,
) -> People:
    """Who the full names of all documents are; subjects of earlier runs keep their ids."""
    running = (record.units.values() for document in documents for record in document.running)
    house = _of_the_house(units[called.number] for some in running for called in some)
    people = People(units)
    parts = _parts(units)
    apart = {part for some in parts.values() for part in some}
    for surname, given in units.names():
        name = surname + given
        if name in apart:
            continue
        names = [name, *parts.get(name, ())]
        ghosts = [ghost for part in names for ghost in before.named(codes.name(part))] if before else []
        members = [_member(unit, house) for part in names for unit in units.named(part)]
        groups = persons_of_a_name([*members, *(_ghost(ghost, house) for ghost in ghosts)])
        _add_all(people, name, groups, {ghost.token: ghost for ghost in ghosts}, codes, number)
    units.settle()
    return people


def _parts(units: Units) -> dict[str, list[str]]:
    """Names with the shorter ones that stand for them in fields: 建国 for 王建国, 阿依古丽 for 阿依古丽·买买提."""
    whole = {given for surname, given in units.names() if not surname}
    if not whole:
        return {}
    ends = {
        end
        for name in whole
        for size in range(_GIVEN + 1, len(name) - 1)
        for end in (name[:size], name[-size:])
    }
    shorter: dict[str, set[str]] = defaultdict(set)
    is_part: set[str] = set()
    for surname, given in units.names():
        name = surname + given
        if surname and len(given) == _GIVEN and given in whole:
            shorter[given].add(name)
        elif not surname:
            for size in range(_GIVEN + 1, len(name) - 1):
                shorter[name[:size]].add(name)
                shorter[name[-size:]].add(name)
        if name in ends or name in whole:
            is_part.add(name)
    found: dict[str, list[str]] = {}
    gone: set[str] = set()
    for name in sorted(is_part & shorter.keys(), key=lambda name: (-len(name), name)):
        if len(shorter[name]) == 1 and (longer := min(shorter[name])) not in gone:
            found.setdefault(longer, []).extend((name, *found.pop(name, ())))
            gone.add(name)
    return found


def _add_all(
    people: People,
    name: str,
    groups: Sequence[Group],
    ghosts: Mapping[str, Earlier],
    codes: Codes,
    number: Number,
) -> None:
    shared = _in_several(groups)
    for group in groups:
        units = [member.unit for member in group.members if member.unit is not None]
        if not units:
            continue
        old = [ghosts[member.token] for member in group.members if member.token]
        own = group.ids - shared
        token = _token(name, group, own, old, codes, alone=len(groups) == 1, number=number)
        same = next((ghost for ghost in old if ghost.token == token), None)
        sex = _only(sex for unit in units for sex in unit.sexes)
        birth = _only(day for unit in units if unit.sure for day in unit.births)
        birth = birth or _only(day for unit in units for day in unit.births)
        first_day = min((unit.first_day for unit in units if unit.first_day), default="")
        marks = {mark for told in (*(u.marks for u in units), *(g.marks for g in old)) for mark in told}
        if birth and is_child(birth, first_day):
            marks.add("under-14")
        first = max(units, key=lambda unit: (len(unit.name), unit.name))
        alone = units[0] if len(group.members) == 1 else None
        people.add(
            Person(
                token,
                name,
                first.surname,
                first.given,
                sex,
                *((same.sex, same.birth) if same else (sex, birth)),
                first_day,
                _one(role for told in (*(u.roles for u in units), *(g.roles for g in old)) for role in told),
                _one(marks),
                alone.ids if alone else joined(group.ids),
                alone.separating if alone else joined(group.separating),
                tuple(sorted({value for unit in units for value in unit.values})),
            ),
            units,
        )


def _one(words: Iterable[str]) -> frozenset[str]:
    """A set of words; the same object for most who have the same one."""
    return _kept(frozenset(words))


@lru_cache(maxsize=256)
def _kept(words: frozenset[str]) -> frozenset[str]:
    return words


def _in_several(groups: Sequence[Group]) -> set[Key]:
    """Identifiers of more than one of the groups: an address, a telephone of a family."""
    counted = Counter(key for group in groups for key in group.ids) if len(groups) > 1 else {}
    return {key for key, count in counted.items() if count > 1}


def _token(
    name: str,
    group: Group,
    own: set[Key],
    old: Sequence[Earlier],
    codes: Codes,
    *,
    alone: bool,
    number: Number,
) -> str:
    """The id of the subject: that of an earlier run, else by the name, and where several have it by what tells them apart.

    `own` are the identifiers that no other person of the name has.
    """
    if old:
        return min((number(ghost.token) or 1 << 62, ghost.token) for ghost in old)[1]
    if alone:
        return codes.token(name)
    if own:
        first_id = min(own)
        return codes.token(name, kind_of_key(first_id), first_id[1:].hex())
    first = group.members[0]
    return codes.token(name, "in", first.source, first.row)


def _only(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""
