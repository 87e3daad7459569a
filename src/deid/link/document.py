"""One document: its records, and in each the persons with the values that are theirs.

A record is what tells of one person: a row of a list, or the part of a text from one
`姓名：` to the next. A field of somebody else (家属电话) belongs to that person.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from deid.link.facts import DAY, IDENTIFIERS, MARK, PERSON, SEX, Fact
from deid.validators import resident_id

KNOWN = "known"
MOBILE, LANDLINE, OTHER_DOCUMENT = "PHONE_NUMBER", "landline", "document"
TYPES = {LANDLINE: MOBILE, OTHER_DOCUMENT: "CN_RESIDENT_ID"}
"""Kinds of identifiers that are no entity types, and the types of which they are."""
DOCUMENTS = frozenset(
    "CN_RESIDENT_ID CN_HMT_RESIDENCE_PERMIT CN_FOREIGN_PR_ID HK_ID_CARD TW_NATIONAL_ID MO_ID_CARD CN_PASSPORT".split()
)
"""Identity documents: two of one kind are two persons, whatever else they share."""
_ONE_EACH = DOCUMENTS | frozenset(
    "CN_SOCIAL_SECURITY CN_PHYSICIAN_LICENSE CN_PHYSICIAN_QUALIFICATION DATE_OF_BIRTH".split()
)
"""Of these a person has one for life: two of them are two persons."""
_FEW = 200
"""In longer lists a part of a name is somebody else's."""
WORKING = frozenset({"clinician", "staff"})
_NONE: set[str] = set()
_NOTHING: dict[tuple[str, str], str] = {}
"""For records that take no more facts."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")

Key = tuple[str, str]
"""Kind and value of an identifier."""


@dataclass(slots=True)
class Unit:
    """A full name in one record, with what is said of it there. Tuples, for there are as many as rows."""

    surname: str
    given: str
    row: str
    """The row of a list that is about this person."""
    ids: tuple[Key, ...]
    separating: tuple[Key, ...]
    """Identifiers of which a person has one; `(sex, male)` is one of them."""
    roles: tuple[str, ...]
    marks: tuple[str, ...]
    first_day: str
    """The earliest day of an event, in ISO form."""
    person: int = -1
    """The index of who it is among all persons."""

    @property
    def name(self) -> str:
        return self.surname + self.given


@dataclass
class _Draft:
    """A unit in the making."""

    surname: str
    given: str
    row: str = ""
    ids: set[Key] = field(default_factory=set)
    separating: set[Key] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    first_day: str = ""

    def unit(self) -> Unit:
        keys = {key: key for key in self.ids}
        separating = tuple(sorted(keys.get(key, key) for key in self.separating))
        sets = tuple(sorted(self.ids)), separating, tuple(sorted(self.roles)), tuple(sorted(self.marks))
        return Unit(self.surname, self.given, self.row, *sets, self.first_day)


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


@dataclass(frozen=True)
class Read:
    """A document as its records. Facts of the rows of its lists are read again when they are needed."""

    source: str
    running: Sequence[Record]
    rows: Mapping[str, Record]
    facts: Iterable[Fact] = field(repr=False)
    scan: Scan

    @property
    def records(self) -> Iterator[Record]:
        """All records; those of rows without their facts."""
        yield from self.running
        yield from self.rows.values()

    def whole(self) -> Iterator[Record]:
        """All records with their facts, one row at a time."""
        yield from self.running
        for row, facts in _rows(self.facts, self.scan) if self.rows else ():
            record = self.rows[row]
            record.facts = facts
            yield record
            record.facts = []

    def units(self) -> Iterator[Unit]:
        for record in self.records:
            yield from record.units.values()


def read_document(source: str, facts: Iterable[Fact]) -> Read:
    """The records of a document; `source` tells documents apart and must not change between runs.

    `facts` are read several times. Rows of lists are read one after the other and not kept.
    """
    scan = Scan.of(facts)
    if not scan.in_order:
        facts = sorted(facts, key=lambda fact: (fact.row, *_place(fact)))
    loose: list[Fact] = []
    rows: dict[str, Record] = {}
    for row, found in groupby(facts, key=lambda fact: fact.row if scan.is_listed(fact) else ""):
        told = sorted(map(scan.told, found), key=_place)
        if not row:
            loose += told
            continue
        rows[row] = record = Record(row)
        for fact in told:
            record.add(fact)
        _settle(record, scan.columns.get(_sheet(row), ""))
        record.facts, record.firm, record.single = [], _NONE, _NOTHING
    running = [Record("")]
    for fact in sorted(loose, key=_place):
        if running[-1].ends_before(fact):
            running.append(Record(""))
        running[-1].add(fact)
    for record in running:
        _settle(record, "")
    return Read(source, [record for record in running if record.facts], rows, facts, scan)


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.block, fact.start, fact.kind


def _rows(facts: Iterable[Fact], scan: Scan) -> Iterator[tuple[str, list[Fact]]]:
    """Each row of the lists with its facts."""
    for row, found in groupby((fact for fact in facts if scan.is_listed(fact)), key=attrgetter("row")):
        yield row, sorted(map(scan.told, found), key=_place)


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
    in_order: bool
    """Whether the facts of each row come together."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Scan:
        firm: dict[str, tuple[str, str]] = {}
        given: set[str] = set()
        full: set[str] = set()
        first: dict[tuple[str, str], str] = {}
        ranks: dict[str, dict[str, int]] = defaultdict(dict)
        listed: set[str] = set()
        seen: set[int] = set()
        row, in_order = "", True
        for fact in facts:
            if fact.row != row:
                row = fact.row
                in_order = in_order and (not row or hash(row) not in seen)
                seen.add(hash(row))
            if fact.kind != PERSON:
                continue
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
        columns = {sheet: max(found, key=lambda header: found[header]) for sheet, found in ranks.items()}
        return cls(frozenset((given & full) - firm.keys()), frozenset(listed), columns, firm, in_order)

    def is_listed(self, fact: Fact) -> bool:
        return bool(fact.row) and _sheet(fact.row) in self.listed

    def told(self, fact: Fact) -> Fact:
        """The fact, with a name that is the given name of another as such."""
        if fact.kind == PERSON and fact.value in self.given:
            return fact._replace(form="given", surname="", given=fact.value)
        cut = fact.kind == PERSON and fact.loose and fact.name.is_full and fact.value not in self.firm
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
    numbered = fact.kind == "MEDICAL_RECORD_NUMBER" and bool(fact.series)
    return (fact.kind, fact.series) if numbered or fact.kind in _ONE_EACH else None


def _settle(record: Record, column: str) -> None:
    """Find whom the record is about, and give each name its values. `column` is where a list has its names."""
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
            unit.separating.add((SEX, fact.sex))
        _give_row(unit, fact)
    at = {(fact.id, fact.start): fact.value for fact in full}
    for fact in record.facts:
        if fact.kind == PERSON:
            continue
        owner = owner_of(fact, record.principal, drafts, at)
        if owner:
            doubtful = fact.owner < 0 and owner not in record.firm and "client" not in drafts[owner].roles
            _give(drafts[owner], fact._replace(loose=True) if doubtful else fact)
    record.units = {name: draft.unit() for name, draft in drafts.items()}


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


def _give(unit: _Draft, fact: Fact) -> None:
    if fact.kind == MARK:
        unit.marks.add(fact.value)
    elif fact.kind == DAY:
        unit.first_day = min(unit.first_day or fact.value, fact.value)
    elif fact.kind == SEX:
        if not fact.loose:
            unit.separating.add((SEX, fact.value))
    elif fact.kind in IDENTIFIERS and fact.form == "plain":
        kind = kind_of(fact)
        unit.ids.add((kind, fact.value))
        _give_row(unit, fact)
        if not fact.loose:
            _give_separating(unit, kind, fact)
        if kind == "CN_RESIDENT_ID":
            _give_what_a_number_says(unit, fact)


def kind_of(fact: Fact) -> str:
    """The kind of an identifier. A number under 证件号码 is a resident's only if it has the length of one."""
    if fact.kind == "CN_RESIDENT_ID" and len(fact.value) != 18:
        return OTHER_DOCUMENT
    if fact.kind == MOBILE and not _MOBILE.fullmatch(fact.value):
        return LANDLINE
    return sys.intern(fact.kind)


def _give_separating(unit: _Draft, kind: str, fact: Fact) -> None:
    if kind in _ONE_EACH or kind == MOBILE:
        unit.separating.add((kind, fact.value))
    elif kind == "MEDICAL_RECORD_NUMBER" and fact.series:
        unit.separating.add((f"{kind}/{fact.series}", fact.value))


def _give_row(unit: _Draft, fact: Fact) -> None:
    """A row of the known list is one person."""
    if fact.known:
        unit.ids.add((KNOWN, fact.known))
        unit.separating.add((KNOWN, fact.known))


def _give_what_a_number_says(unit: _Draft, fact: Fact) -> None:
    """Birth date and sex stand in a resident number."""
    born, sex = resident_id.birth_date(fact.value), resident_id.sex(fact.value)
    if born and sex and resident_id.is_valid(fact.value):
        unit.ids.add(("DATE_OF_BIRTH", born.isoformat()))
        if not fact.loose:
            unit.separating |= {("DATE_OF_BIRTH", born.isoformat()), (SEX, sex)}
