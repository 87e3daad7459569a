"""The persons of one record, each with the values that are theirs, and those of all records."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from deid.hashes import code_of
from deid.link.codes import (
    BIRTH,
    KNOWN,
    MOBILE,
    ONE_EACH,
    RECORD_NUMBER,
    RESIDENT_ID,
    SEX,
    Codes,
    Key,
    joined,
    key_of,
    kind_of,
)
from deid.link.facts import DAY, MARK, PERSON, Fact
from deid.link.packed import Packed, in_order
from deid.pages import Ordered, PagedNumbers, Pages, pairs_in_order
from deid.validators import resident_id

WORKING = frozenset({"clinician", "staff"})

_TOGETHER = 1 << 14
"""Units that are told of together."""

Few = tuple[str, ...]


class Called(NamedTuple):
    """What a record keeps of a Unit: the roles, and its number among the Units of all documents."""

    roles: Few
    number: int


@dataclass(slots=True)
class Unit:
    """A full name in one record, with what is said of it there."""

    source: str
    surname: str
    given: str
    row: str
    """The row of a list that is about this person."""
    ids: bytes
    """Keys of identifiers, one after the other."""
    separating: bytes
    """Keys of those of which a person has one; the sex is one of them."""
    sexes: Few
    births: Few
    """Birth dates in ISO form: those that surely are this person's, else those that may be."""
    sure: bool
    roles: Few
    marks: Few
    first_day: str
    """The earliest day of an event, in ISO form."""
    values: tuple[tuple[str, str], ...]
    """Kinds and values of the identifiers, where numbers are shown in part somewhere."""
    number: int = -1
    """Among all units."""

    @property
    def name(self) -> str:
        return self.surname + self.given


class Units:
    """The units of all documents, for there are as many as rows."""

    def __init__(self, pages: Pages | None = None) -> None:
        self.pages = pages
        self._packed = Packed(pages)
        self._names = PagedNumbers(pages, "Q")
        self.surnames = PagedNumbers(pages, "B")
        """How many characters of each name are the surname."""
        self._sequence: list[range] = []
        """The numbers, of each document those of running text first: they say how a name is parted."""
        self._sources: list[str] = []
        self._starts = array("Q")
        """The first number of each of these documents."""
        self._said: dict[tuple[object, ...], int] = {}
        """What many have in common: sexes, roles, marks, whether birth dates are sure, and how long the surname is."""
        self.persons = PagedNumbers(pages, "I")
        """The index of who each unit is among all persons; once all are known."""
        self._settled = PagedNumbers(pages, "Q"), PagedNumbers(pages, "I")
        """Units of whom it is known so far, as `pairs_in_order` takes them, and who they are."""

    def __len__(self) -> int:
        return len(self._names)

    def add(self, unit: Unit) -> Called:
        if unit.source not in self._sources[-1:]:
            self._sources.append(unit.source)
            self._starts.append(len(self))
        said = unit.sexes, unit.roles, unit.marks, unit.sure, len(unit.surname)
        content = (
            unit.name,
            unit.row,
            unit.ids,
            unit.separating,
            self._said.setdefault(said, len(self._said)),
            unit.births,
            unit.first_day,
            unit.values,
        )
        self._packed.append(content)
        self._names.append(code_of(unit.name))
        self.surnames.append(len(unit.surname))
        return Called(unit.roles, len(self._names) - 1)

    def cut(self, count: int) -> None:
        """Forget all but the first `count`."""
        self._packed.cut(count)
        self._names.cut(count)
        self.surnames.cut(count)

    def end_document(self, first: int, running: int) -> None:
        """All units of a document are there, the numbers of those of running text from `running` on."""
        self._sequence += range(running, len(self)), range(first, running)

    def source(self, number: int) -> str:
        """Of which document a unit is."""
        return self._sources[bisect_right(self._starts, number) - 1]

    def __getitem__(self, number: int) -> Unit:
        return self._unit(number, self._packed[number])

    def _unit(self, number: int, content: Sequence[Any]) -> Unit:
        name, row, ids, separating, said, births, first_day, values = content
        sexes, roles, marks, sure, size = self._all_said[said]
        return Unit(
            self.source(number),
            name[:size],
            name[size:],
            row,
            ids,
            separating,
            sexes,
            births,
            sure,
            roles,
            marks,
            first_day,
            values,
            number,
        )

    @cached_property
    def _all_said(self) -> list[Any]:
        return list(self._said)

    @cached_property
    def _by_name(self) -> tuple[Ordered, Packed]:
        """The codes of names, and of each the name, how it is parted, and its units."""
        codes, groups = PagedNumbers(self.pages, "Q"), Packed(self.pages)
        some = (
            (self._names[number], (number, bytes(self._packed.written(number))))
            for number in chain.from_iterable(self._sequence)
        )
        for code, same in groupby(in_order(self.pages, some, len(self)), key=itemgetter(0)):
            units = [unit for _, unit in same]
            first = self._unit(units[0][0], marshal.loads(units[0][1]))
            codes.append(code)
            groups.append((first.surname, first.given, units))
        return Ordered(codes), groups

    def names(self) -> Iterator[tuple[str, str]]:
        """Surname and given name of each name."""
        return ((surname, given) for surname, given, _ in self._by_name[1])

    def named(self, name: str) -> list[Unit]:
        """All units of a name."""
        codes, groups = self._by_name
        place = codes.place(code_of(name))
        units = groups[place][2] if place >= 0 else ()
        return [self._unit(number, marshal.loads(written)) for number, written in units]

    def belongs(self, number: int, person: int) -> None:
        """A unit is the person with this index."""
        self._settled[0].append(number << 64 - len(self).bit_length())
        self._settled[1].append(person)

    def settle(self) -> None:
        """It is known who each is: forget all else that was said of them."""
        self.persons = pairs_in_order(self.pages, *self._settled)[1]
        assert len(self.persons) == len(self)
        self._settled = PagedNumbers(None, "Q"), PagedNumbers(None, "I")
        self._packed = Packed()
        self.__dict__.pop("_by_name", None)

    def who(self, first: int, end: int) -> Iterator[tuple[array[int], array[int]]]:
        """Of the units from `first` to `end` the codes of their names, and the persons, some at a time."""
        for start in range(first, end, _TOGETHER):
            stop = min(start + _TOGETHER, end)
            yield self._names.part(start, stop), self.persons.part(start, stop)


class _Draft:
    """A unit in the making."""

    def __init__(self, surname: str, given: str) -> None:
        self.surname, self.given = intern(surname), intern(given)
        self.row = self.first_day = ""
        self.ids, self.separating = set[Key](), set[Key]()
        self.sexes, self.births, self.sure_births = set[str](), set[str](), set[str]()
        self.roles, self.marks = set[str](), set[str]()
        self.values: set[tuple[str, str]] = set()

    def unit(self, source: str) -> Unit:
        return Unit(
            source,
            self.surname,
            self.given,
            self.row,
            joined(self.ids),
            joined(self.separating),
            _few(self.sexes),
            _few(self.sure_births or self.births),
            bool(self.sure_births),
            _few(self.roles),
            _few(self.marks),
            intern(self.first_day),
            tuple(sorted(self.values)),
        )


def _few(words: set[str]) -> Few:
    """The words in order; the same object for all who have the same ones."""
    return _kept(tuple(sorted(words))) if words else ()


@lru_cache(maxsize=50_000)
def _kept(words: Few) -> Few:
    return words


class Settling:
    """Finds whom records are about, and gives each name its values."""

    def __init__(self, source: str, codes: Codes, values: bool) -> None:
        self._source, self._codes, self._values = source, codes, values

    def settle(
        self, row: str, facts: Sequence[Fact], firm: Collection[str], column: str
    ) -> tuple[str, dict[str, Unit]]:
        """Whom a record is about, and its persons by full name. `firm` names stand in fields, and
        `column` is where a list has its names."""
        full = [fact for fact in facts if fact.kind == PERSON and fact.is_full]
        principal = _principal([fact for fact in full if not row or fact.column == column])
        drafts: dict[str, _Draft] = {}
        for fact in full:
            unit = drafts.setdefault(fact.value, _Draft(fact.surname, fact.given))
            if fact.value == principal:
                unit.row = row
            if fact.role:
                unit.roles.add(fact.role)
            elif fact.firm:
                unit.roles.add("unknown")
            if fact.sex:
                self._give_sex(unit, fact.sex)
            self._give_known(unit, fact)
        at = {(fact.id, fact.start): fact.value for fact in full}
        for fact in facts:
            if fact.kind == PERSON:
                continue
            owner = owner_of(fact, principal, drafts, at)
            if owner:
                unit = drafts[owner]
                doubtful = fact.owner < 0 and owner not in firm and "client" not in unit.roles
                self._give(unit, fact, loose=fact.loose or doubtful)
        return principal, {name: draft.unit(self._source) for name, draft in drafts.items()}

    def _give(self, unit: _Draft, fact: Fact, *, loose: bool) -> None:
        if fact.kind == MARK:
            unit.marks.add(fact.value)
        elif fact.kind == DAY:
            unit.first_day = min(unit.first_day or fact.value, fact.value)
        elif fact.kind == SEX:
            if not loose:
                self._give_sex(unit, fact.value)
        elif fact.code:
            self._give_identifier(unit, fact, loose=loose)

    def _give_identifier(self, unit: _Draft, fact: Fact, *, loose: bool) -> None:
        kind = kind_of(fact.kind, fact.value)
        key = key_of(kind, fact.code)
        unit.ids.add(key)
        if self._values:
            unit.values.add((kind, fact.value))
        if kind == BIRTH:
            (unit.births if loose else unit.sure_births).add(fact.value)
        self._give_known(unit, fact)
        if not loose:
            if kind in ONE_EACH or kind == MOBILE:
                unit.separating.add(key)
            elif kind == RECORD_NUMBER and fact.series:
                unit.separating.add(key_of(f"{RECORD_NUMBER}/{fact.series}", fact.code))
        if kind == RESIDENT_ID:
            self._give_what_a_number_says(unit, fact.value, loose=loose)

    def _give_sex(self, unit: _Draft, sex: str) -> None:
        unit.sexes.add(sex)
        unit.separating.add(self._codes.said(SEX, sex))

    def _give_known(self, unit: _Draft, fact: Fact) -> None:
        """A row of the known list is one person."""
        if fact.known:
            key = self._codes.said(KNOWN, fact.known)
            unit.ids.add(key)
            unit.separating.add(key)

    def _give_what_a_number_says(self, unit: _Draft, number: str, *, loose: bool) -> None:
        """Birth date and sex stand in a resident number."""
        if resident_id.is_valid(number):
            day = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            sex = "male" if int(number[16]) % 2 else "female"
            key = self._codes.said(BIRTH, day)
            unit.ids.add(key)
            (unit.births if loose else unit.sure_births).add(day)
            if not loose:
                unit.separating.add(key)
                self._give_sex(unit, sex)


def _principal(full: Sequence[Fact]) -> str:
    """Of a row the first name that fits. Nobody is told of who only works there."""
    for wanted in (
        [fact.value for fact in full if fact.firm],
        [fact.value for fact in full if fact.role == "client"],
        [fact.value for fact in full if not fact.role],
        [fact.value for fact in full if fact.role not in WORKING],
    ):
        if wanted:
            return wanted[0] if len(set(wanted)) == 1 or full[0].row else ""
    return ""


def owner_of(
    fact: Fact,
    principal: str,
    units: Mapping[str, Called] | Mapping[str, _Draft],
    at: Mapping[tuple[str, int], str],
) -> str:
    """The full name of a record to which a value belongs, or nothing; `at` are full names by place."""
    if fact.owner >= 0:
        return at.get((fact.id, fact.owner), "")
    if fact.role in ("", "client"):
        return principal
    suited = {name for name, unit in units.items() if fact.role in unit.roles}
    return suited.pop() if len(suited) == 1 else ""
