"""One document: its records, and in each the persons with the values that are theirs.

A record is what tells of one person: a row of a list, or the part of a text from one
`姓名：` to the next. A field of somebody else (家属电话) belongs to that person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol, runtime_checkable

from deid.link.codes import ONE_EACH, RECORD_NUMBER, Codes
from deid.link.facts import PERSON, Fact
from deid.link.units import WORKING, Settling, Unit

_ROW = attrgetter("row")
_PLACE = itemgetter(*map(Fact._fields.index, ("block", "start", "kind")))
_GIVEN = 2
"""Characters of most given names."""
_FEW = 200
"""In longer lists a part of a name is somebody else's."""


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
        if fact.kind == PERSON and fact.firm and fact.is_full:
            self.firm.add(fact.value)
        elif key := _single(fact):
            self.single.setdefault(key, fact.value)

    def ends_before(self, fact: Fact) -> bool:
        """Whether the next record begins: it names somebody, or has another number of which one has one."""
        if fact.kind == PERSON:
            named = fact.firm and fact.is_full and bool(self.firm)
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

    def listed(self, wanted: Collection[str]) -> Iterator[Record]:
        """The `wanted` rows of its lists with their facts, one at a time and in their order."""
        if not wanted:
            return
        for key, found in groupby(self.facts, key=_ROW):
            if key in wanted:
                facts, row = sorted(map(self.scan.told, found), key=_PLACE), self.rows[key]
                principal = row.name if isinstance(row, Unit) else row.principal
                yield Record(key, facts, principal, {unit.name: unit for unit in units_of(row)})

    def units(self) -> Iterator[Unit]:
        for record in self.running:
            yield from record.units.values()
        for row in self.rows.values():
            yield from units_of(row)


def units_of(row: Row | Unit) -> tuple[Unit, ...]:
    return (row,) if isinstance(row, Unit) else row.units


class _Mixed(Exception):
    """The facts of a row do not come together."""


def read_document(source: str, facts: Iterable[Fact], codes: Codes, *, values: bool = True) -> Read:
    """The records of a document; `source` tells documents apart and must not change between runs.

    `facts` are read several times. Rows of lists are read one after the other and not kept. `values`
    says whether values of identifiers are kept beside their codes.
    """
    scan = Scan.of(facts.names() if isinstance(facts, Stored) else facts)
    settling = Settling(source, codes, values)
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
        record.principal, record.units = settling.settle("", record.facts, record.firm, "")
    return Read(source, [record for record in running if record.facts], rows, facts, scan)


@runtime_checkable
class Stored(Protocol):
    """Facts that lie in a journal, names also apart from the others."""

    def __iter__(self) -> Iterator[Fact]: ...

    def names(self) -> Iterator[Fact]:
        """The facts about names alone."""


def _read_rows(
    facts: Iterable[Fact], scan: Scan, settling: Settling
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
        firm = {f.value for f in told if f.kind == PERSON and f.firm and f.is_full}
        principal, units = settling.settle(row, told, firm, scan.columns.get(sheet, ""))
        plain = len(units) == 1 and bool(principal) and _is_plain(told)
        rows[row] = units[principal] if plain else Row(principal, tuple(units.values()))
    return rows, loose


def _is_plain(facts: Sequence[Fact]) -> bool:
    """Whether all in a row with one name is said of who has it."""
    starts = {(fact.id, fact.start) for fact in facts if fact.kind == PERSON}
    return all(
        fact.is_full
        if fact.kind == PERSON
        else fact.role in ("", "client")
        if fact.owner < 0
        else (fact.id, fact.owner) in starts
        for fact in facts
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
            if fact.is_full:
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
        whole = fact.value[:-2] if fact.is_full and fact.value not in self.firm else ""
        if len(whole) > _GIVEN and whole in self.firm:  # 顾长明希望, where 顾长明 stands in a field
            surname, own = self.firm[whole]
            return fact._replace(value=whole, surname=surname, given=own)
        if len(whole) == _GIVEN and whole in self.own:  # 海波希望, where 滕海波 does
            return fact._replace(value=whole, form="given", surname="", given=whole)
        cut = fact.loose and fact.is_full and fact.value not in self.firm
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


def _sheet(row: str) -> str:
    return row.partition("\0")[0]
