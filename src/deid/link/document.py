"""One document: its records, and in each the persons with the values that are theirs.

A record is what tells of one person: a row of a list, or the part of a text from one
`姓名：` to the next. A field of somebody else (家属电话) belongs to that person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from sys import intern
from typing import NamedTuple, Protocol, runtime_checkable

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
from deid.validators import resident_id

_ROW = attrgetter("row")
_PLACE = itemgetter(*map(Fact._fields.index, ("block", "start", "kind")))
_GIVEN = 2
"""Characters of most given names."""
_FEW = 200
"""In longer lists a part of a name is somebody else's."""
WORKING = frozenset({"clinician", "staff"})
_NONE: set[str] = set()
_NOTHING: dict[tuple[str, str], str] = {}
"""For records that take no more facts."""


Few = tuple[str, ...]


@dataclass(slots=True)
class Unit:
    """A full name in one record, with what is said of it there. In few bytes, for there are as many as rows."""

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
    person: int = -1
    """The index of who it is among all persons."""

    @property
    def name(self) -> str:
        return self.surname + self.given


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


@dataclass(slots=True)
class Record:
    """Facts that tell of one person. `principal` is the name that it is about, as far as one can tell."""

    key: str
    facts: list[Fact] = field(default_factory=list)
    principal: str = ""
    units: dict[str, Unit] = field(default_factory=dict)
    """By full name."""
    firm: set[str] = field(default_factory=set)
    single: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of what one has one: kind and series → value."""

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)
        if fact.kind == PERSON and fact.firm and fact.name.is_full:
            self.firm.add(fact.value)
        elif key := _single(fact):
            self.single.setdefault(key, fact.value)

    def ends_before(self, fact: Fact) -> bool:
        """Whether the next record begins: it names somebody, or has another number of which one has one."""
        if fact.kind == PERSON:
            named = fact.firm and fact.name.is_full and bool(self.firm)
            return named and (fact.value not in self.firm or bool(self.single))
        key = _single(fact)
        return key is not None and self.single.get(key, fact.value) != fact.value


class Row(NamedTuple):
    """What is kept of a row of a list in which not all is said of one person; of others a Unit is enough."""

    principal: str
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Read:
    """A document as its records. Facts of the rows of its lists are read again where they are needed."""

    source: str
    running: Sequence[Record]
    rows: Mapping[str, Row | Unit]
    facts: Iterable[Fact] = field(repr=False)
    scan: Scan

    def whole(self, wanted: Collection[str]) -> Iterator[Record]:
        """Running text and the `wanted` rows with their facts, one at a time."""
        yield from self.running
        if not wanted:
            return
        for key, found in groupby(self.facts, key=_ROW):
            if key in wanted:
                facts, row = sorted(map(self.scan.told, found), key=_PLACE), self.rows[key]
                principal = row.name if isinstance(row, Unit) else row.principal
                yield Record(key, facts, principal, {unit.name: unit for unit in _units_of(row)})

    def units(self) -> Iterator[Unit]:
        for record in self.running:
            yield from record.units.values()
        for row in self.rows.values():
            yield from _units_of(row)


def _units_of(row: Row | Unit) -> tuple[Unit, ...]:
    return (row,) if isinstance(row, Unit) else row.units


class _Mixed(Exception):
    """The facts of a row do not come together."""


def read_document(source: str, facts: Iterable[Fact], codes: Codes, *, values: bool = True) -> Read:
    """The records of a document; `source` tells documents apart and must not change between runs.

    `facts` are read several times. Rows of lists are read one after the other and not kept. `values`
    says whether values of identifiers are kept beside their codes.
    """
    scan = Scan.of(facts.names() if isinstance(facts, Stored) else facts)
    settling = _Settling(source, codes, values)
    try:
        rows, loose = _read_rows(facts, scan, settling)
    except _Mixed:
        facts = sorted(facts, key=lambda fact: (fact.row, *_PLACE(fact)))
        rows, loose = _read_rows(facts, scan, settling)
    running = [Record("")]
    for fact in sorted(loose, key=_PLACE):
        if running[-1].ends_before(fact):
            running.append(Record(""))
        running[-1].add(fact)
    for record in running:
        settling.settle(record, "")
    return Read(source, [record for record in running if record.facts], rows, facts, scan)


@runtime_checkable
class Stored(Protocol):
    """Facts that lie in a journal, names also apart from the others."""

    def __iter__(self) -> Iterator[Fact]: ...

    def names(self) -> Iterator[Fact]:
        """The facts about names alone."""


def _read_rows(
    facts: Iterable[Fact], scan: Scan, settling: _Settling
) -> tuple[dict[str, Row | Unit], list[Fact]]:
    """The rows of lists, and all other facts."""
    loose: list[Fact] = []
    rows: dict[str, Row | Unit] = {}
    for row, found in groupby(facts, key=_ROW):
        told = [scan.told(fact) if fact.kind == PERSON else fact for fact in found]
        sheet = _sheet(row)
        if sheet not in scan.listed:
            loose += told
            continue
        if row in rows:
            raise _Mixed
        told.sort(key=_PLACE)
        firm = {f.value for f in told if f.kind == PERSON and f.firm and f.name.is_full}
        record = Record(row, told, firm=firm)
        settling.settle(record, scan.columns.get(sheet, ""))
        units = tuple(record.units.values())
        rows[row] = units[0] if _is_plain(record) else Row(record.principal, units)
    return rows, loose


def _is_plain(record: Record) -> bool:
    if len(record.units) != 1 or not record.principal:
        return False
    starts = {(fact.id, fact.start) for fact in record.facts if fact.kind == PERSON}
    return all(
        fact.name.is_full
        if fact.kind == PERSON
        else fact.role in ("", "client")
        if fact.owner < 0
        else (fact.id, fact.owner) in starts
        for fact in record.facts
    )


@dataclass(frozen=True)
class Scan:
    """What has to be known of a whole document before its records are read."""

    given: frozenset[str]
    """Names that are given names of others: 文静 beside 王文静 is she, although 文 is a surname too."""
    listed: frozenset[str]
    """Sheets in which each row tells of somebody: under one header several rows name whom they are about."""
    columns: Mapping[str, str]
    """List → the header under which it names those whom its rows are about, the first that does so."""
    firm: Mapping[str, tuple[str, str]]
    """Full names in fields → surname and given name."""
    own: frozenset[str]
    """Given names of those."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Scan:
        firm: dict[str, tuple[str, str]] = {}
        given: set[str] = set()
        full: set[str] = set()
        first: dict[tuple[str, str], str] = {}
        ranks: dict[str, dict[str, int]] = defaultdict(dict)
        listed: set[str] = set()
        for fact in facts:
            if fact.kind != PERSON:
                continue
            row = fact.row
            if fact.name.is_full:
                full.add(fact.value)
                if fact.firm:
                    firm[fact.value] = fact.surname, fact.given
                if fact.surname:
                    given.add(fact.given)
            if row and fact.role not in WORKING:
                sheet = _sheet(row)
                rank = 2 * fact.firm + (fact.role in ("", "client"))
                ranks[sheet][fact.column] = max(rank, ranks[sheet].get(fact.column, 0))
            if row and fact.firm and first.setdefault((_sheet(row), fact.column), row) != row:
                listed.add(_sheet(row))
        own = frozenset(given for _, given in firm.values())
        columns = {sheet: max(found, key=lambda header: found[header]) for sheet, found in ranks.items()}
        return cls(frozenset((given & full) - firm.keys()), frozenset(listed), columns, firm, own)

    def told(self, fact: Fact) -> Fact:
        """The fact, with a name that is the given name of another as such."""
        if fact.kind != PERSON:
            return fact
        if fact.value in self.given:
            return fact._replace(form="given", surname="", given=fact.value)
        whole = fact.value[:-2] if fact.name.is_full and fact.value not in self.firm else ""
        if len(whole) > _GIVEN and whole in self.firm:  # 顾长明希望, where 顾长明 stands in a field
            surname, own = self.firm[whole]
            return fact._replace(value=whole, surname=surname, given=own)
        if len(whole) == _GIVEN and whole in self.own:  # 海波希望, where 滕海波 does
            return fact._replace(value=whole, form="given", surname="", given=whole)
        cut = fact.loose and fact.name.is_full and fact.value not in self.firm
        if cut and len(self.firm) <= _FEW:
            # 王 建 of 王 建 国签字, where 王建国 stands in a field
            wholes = [name for name in self.firm if name.startswith(fact.value)]
            if len(wholes) == 1:
                surname, own = self.firm[wholes[0]]
                return fact._replace(value=wholes[0], surname=surname, given=own)
        return fact


def _single(fact: Fact) -> tuple[str, str] | None:
    """What makes a value the only one of its kind that the person of a record has."""
    if fact.owner >= 0 or fact.role not in ("", "client") or fact.form != "plain":
        return None
    numbered = fact.kind == RECORD_NUMBER and bool(fact.series)
    return (fact.kind, fact.series) if numbered or fact.kind in ONE_EACH else None


class _Settling:
    """Finds whom records are about, and gives each name its values."""

    def __init__(self, source: str, codes: Codes, values: bool) -> None:
        self._source, self._codes, self._values = source, codes, values

    def settle(self, record: Record, column: str) -> None:
        """`column` is where a list has its names."""
        full = [fact for fact in record.facts if fact.kind == PERSON and fact.name.is_full]
        record.principal = _principal([fact for fact in full if not record.key or fact.column == column])
        drafts: dict[str, _Draft] = {}
        for fact in full:
            unit = drafts.setdefault(fact.value, _Draft(fact.surname, fact.given))
            if fact.value == record.principal:
                unit.row = record.key
            if fact.role:
                unit.roles.add(fact.role)
            elif fact.firm:
                unit.roles.add("unknown")
            if fact.sex:
                self._give_sex(unit, fact.sex)
            self._give_known(unit, fact)
        at = {(fact.id, fact.start): fact.value for fact in full}
        for fact in record.facts:
            if fact.kind == PERSON:
                continue
            owner = owner_of(fact, record.principal, drafts, at)
            if owner:
                unit = drafts[owner]
                doubtful = fact.owner < 0 and owner not in record.firm and "client" not in unit.roles
                self._give(unit, fact, loose=fact.loose or doubtful)
        record.units = {name: draft.unit(self._source) for name, draft in drafts.items()}

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


def _sheet(row: str) -> str:
    return row.partition("\0")[0]


def owner_of(
    fact: Fact,
    principal: str,
    units: Mapping[str, Unit] | Mapping[str, _Draft],
    at: Mapping[tuple[str, int], str],
) -> str:
    """The full name of a record to which a value belongs, or nothing; `at` are full names by place."""
    if fact.owner >= 0:
        return at.get((fact.id, fact.owner), "")
    if fact.role in ("", "client"):
        return principal
    suited = {name for name, unit in units.items() if fact.role in unit.roles}
    return suited.pop() if len(suited) == 1 else ""
