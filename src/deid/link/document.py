"""One document: its records, and in each the persons with the values that are theirs.

A record is what tells of one person: a row of a list, or the part of a text from one
`姓名：` to the next. A field of somebody else (家属电话) belongs to that person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol, runtime_checkable

from deid.link.codes import ONE_EACH, RECORD_NUMBER, Codes
from deid.link.facts import PERSON, Fact
from deid.link.packed import Index, Packed
from deid.link.units import WORKING, Called, Few, Settling, Units
from deid.pages import Pages

_ROW = attrgetter("row")
_PLACE = itemgetter(*map(Fact._fields.index, ("block", "start", "kind")))
_GIVEN = 2
"""Characters of most given names."""
_TOGETHER = 500
"""Rows that are packed together."""
_FEW = 200
"""In longer lists a part of a name is somebody else's."""


@dataclass(slots=True)
class Record:
    """Facts that tell of one person. `principal` is the name that it is about, as far as one can tell."""

    key: str
    facts: list[Fact] = field(default_factory=list)
    principal: str = ""
    units: dict[str, Called] = field(default_factory=dict)
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
    """What is kept of a row of a list."""

    key: str
    principal: str
    is_plain: bool
    """Whether all in it is said of the one whom it names."""
    is_his: bool
    """Whether all values in it are said of the principal, so that only its names have to be looked at."""
    units: dict[str, Called]
    """By full name."""


class Rows:
    """The rows of the lists of a document, in their order and in few bytes each."""

    def __init__(self, first: int, pages: Pages | None = None) -> None:
        self.first = self.end = first
        """The numbers of their units."""
        self.count = 0
        self.first_day = ""
        """The earliest day of an event in a row of which only names are looked at, if that."""
        self._pages = Packed(pages)
        self._page: list[tuple[str, str, bool, bool, list[tuple[str, Few]]]] = []
        self._last: dict[str, int] = {}
        self._keys: set[str] | None = None

    def add(self, row: Row, first_day: str) -> None:
        """The next row. Raises Mixed where it was there before."""
        self._check(row.key)
        self.count += 1
        self.end += len(row.units)
        if first_day:
            self.first_day = min(self.first_day or first_day, first_day)
        told = [(name, called.roles) for name, called in row.units.items()]
        self._page.append((row.key, row.principal, row.is_plain, row.is_his, told))
        if len(self._page) == _TOGETHER:
            self._pages.append(self._page)
            self._page = []

    def __iter__(self) -> Iterator[Row]:
        number = self.first
        for page in chain(self._pages, [self._page]):
            for key, principal, is_plain, is_his, told in page:
                units = {name: Called(roles, number + place) for place, (name, roles) in enumerate(told)}
                number += len(told)
                yield Row(key, principal, is_plain, is_his, units)

    def _check(self, key: str) -> None:
        sheet, _, row = key.partition("\0")
        number = int(row) if row.isdecimal() else -1
        if self._keys is None and number > self._last.get(sheet, -1):  # nearly always
            self._last[sheet] = number
            return
        if self._keys is None:
            self._keys = {row.key for row in self}
        if key in self._keys:
            raise Mixed
        self._keys.add(key)


class Mixed(Exception):
    """The facts of a row do not come together."""


@dataclass(frozen=True)
class Read:
    """A document as its records. Facts of the rows of its lists are read again where they are needed."""

    source: str
    running: Sequence[Record]
    rows: Rows
    facts: Iterable[Fact] = field(repr=False)
    scan: Scan

    def whole(self, wanted: Callable[[Row], bool]) -> Iterator[tuple[Row, Record | None]]:
        """The rows of its lists in their order, each of the `wanted` with its facts, or with its names where these are enough."""
        facts = groupby(self.facts, key=_ROW)  # of which none are read before the first that is wanted
        names = groupby(_names(self.facts), key=_ROW)
        for row in self.rows:
            yield row, self._record(row, names if row.is_his else facts) if wanted(row) else None

    def _record(self, row: Row, facts: Iterator[tuple[str, Iterator[Fact]]]) -> Record:
        found = next(found for key, found in facts if key == row.key)
        return Record(row.key, sorted(map(self.scan.told, found), key=_PLACE), row.principal, row.units)


def read_document(
    source: str, facts: Iterable[Fact], codes: Codes, units: Units, *, values: bool = True
) -> Read:
    """The records of a document; `source` tells documents apart and must not change between runs.

    `facts` are read several times. Rows of lists are read one after the other and not kept; the persons in
    them, and in running text, come to `units`. `values` says whether values of identifiers are kept beside their codes.
    """
    scan = Scan.of(_names(facts), units.pages)
    settling, first = Settling(source, codes, values), len(units)
    try:
        rows, loose = _read_rows(facts, scan, settling, units)
    except Mixed:
        units.cut(first)
        facts = sorted(facts, key=lambda fact: (fact.row, *_PLACE(fact)))
        rows, loose = _read_rows(facts, scan, settling, units)
    running = [Record("")]
    for fact in sorted(loose, key=_PLACE):
        if running[-1].ends_before(fact):
            running.append(Record(""))
        running[-1].add(fact)
    for record in running:
        record.principal, found = settling.settle("", record.facts, record.firm, "")
        record.units = {name: units.add(unit) for name, unit in found.items()}
    units.end_document(first, rows.end)
    return Read(source, [record for record in running if record.facts], rows, facts, scan)


def _names(facts: Iterable[Fact]) -> Iterable[Fact]:
    return facts.names() if isinstance(facts, Stored) else (fact for fact in facts if fact.kind == PERSON)


@runtime_checkable
class Stored(Protocol):
    """Facts that lie in a journal, names also apart from the others."""

    def __iter__(self) -> Iterator[Fact]: ...

    def names(self) -> Iterator[Fact]:
        """The facts about names alone."""


def _read_rows(
    facts: Iterable[Fact], scan: Scan, settling: Settling, units: Units
) -> tuple[Rows, list[Fact]]:
    """The rows of lists, and all other facts."""
    loose: list[Fact] = []
    rows = Rows(len(units), units.pages)
    for row, found in groupby(facts, key=_ROW):
        told = [scan.told(fact) if fact.kind == PERSON else fact for fact in found]
        sheet = _sheet(row)
        if sheet not in scan.listed:
            loose += told
            continue
        told.sort(key=_PLACE)
        firm = {f.value for f in told if f.kind == PERSON and f.firm and f.is_full}
        principal, settled = settling.settle(row, told, firm, scan.columns.get(sheet, ""))
        is_plain = len(settled) == 1 and bool(principal) and _is_plain(told)
        is_his = bool(principal) and _are_his(told)
        called = {name: units.add(unit) for name, unit in settled.items()}
        first_day = settled[principal].first_day if is_plain or is_his else ""
        rows.add(Row(row, principal, is_plain, is_his, called), first_day)
    return rows, loose


def _are_his(facts: Sequence[Fact]) -> bool:
    """Whether all values of a row are said of its principal."""
    return all(fact.kind == PERSON or (fact.owner < 0 and fact.role in ("", "client")) for fact in facts)


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

    given: Index | None
    """Names that are given names of others: 文静 beside 王文静 is she, although 文 is a surname too."""
    listed: frozenset[str]
    """Sheets in which each row tells of somebody: under one header several rows name whom they are about."""
    columns: Mapping[str, str]
    """List → the header under which it names those whom its rows are about, the first that does so."""
    firm: Index
    """Full names in fields, with the characters of the surname."""
    few: Mapping[str, int]
    """The first of them."""
    own: Index
    """Given names of those."""

    @classmethod
    def of(cls, facts: Iterable[Fact], pages: Pages | None = None) -> Scan:
        few = dict[str, int]()
        firm, given, full, own = (Index(pages) for _ in range(4))
        first: dict[tuple[str, str], str] = {}
        ranks: dict[str, dict[str, int]] = defaultdict(dict)
        listed: set[str] = set()
        for fact in facts:
            if fact.kind != PERSON:
                continue
            row = fact.row
            if fact.is_full:
                full.add(fact.value, 0)
                if fact.firm:
                    size = len(fact.surname)
                    firm.add(fact.value, size)
                    own.add(fact.value[size:], 0)
                    if len(few) <= _FEW:
                        few[fact.value] = size
                if fact.surname:
                    given.add(fact.given, 0)
            if row and fact.role not in WORKING:
                sheet = _sheet(row)
                rank = 2 * fact.firm + (fact.role in ("", "client"))
                ranks[sheet][fact.column] = max(rank, ranks[sheet].get(fact.column, 0))
            if row and fact.firm and first.setdefault((_sheet(row), fact.column), row) != row:
                listed.add(_sheet(row))
        columns = {sheet: max(found, key=lambda header: found[header]) for sheet, found in ranks.items()}
        return cls(given.among(full) or None, frozenset(listed), columns, firm, few, own)

    def told(self, fact: Fact) -> Fact:
        """The fact, with a name that is the given name of another as such."""
        if fact.kind != PERSON:
            return fact
        value = fact.value
        if self.given is not None and value in self.given and value not in self.firm:
            return fact._replace(form="given", surname="", given=value)
        if not fact.is_full or value in self.firm:
            return fact
        whole = value[:-2]
        if len(whole) > _GIVEN and whole in self.firm:  # 顾长明希望, where 顾长明 stands in a field
            return self._named(fact, whole)
        if len(whole) == _GIVEN and whole in self.own:  # 海波希望, where 滕海波 does
            return fact._replace(value=whole, form="given", surname="", given=whole)
        if fact.loose and len(self.few) <= _FEW:
            # 王 建 of 王 建 国签字, where 王建国 stands in a field
            wholes = [name for name in self.few if name.startswith(value)]
            if len(wholes) == 1:
                return self._named(fact, wholes[0])
        return fact

    def _named(self, fact: Fact, name: str) -> Fact:
        size = self.firm.get(name)[-1]
        return fact._replace(value=name, surname=name[:size], given=name[size:])


def _single(fact: Fact) -> tuple[str, str] | None:
    """What makes a value the only one of its kind that the person of a record has."""
    if fact.owner >= 0 or fact.role not in ("", "client") or fact.form != "plain":
        return None
    numbered = fact.kind == RECORD_NUMBER and bool(fact.series)
    return (fact.kind, fact.series) if numbered or fact.kind in ONE_EACH else None


def _sheet(row: str) -> str:
    return row.partition("\0")[0]
