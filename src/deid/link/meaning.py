"""Whom the names of one record mean, and whose its values are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.link.codes import Codes
from deid.link.document import Read, Record
from deid.link.facts import PERSON, Fact
from deid.link.people import People
from deid.link.resolving import Resolver
from deid.link.units import owner_of
from deid.types import Subject

NOBODY = ""


class Whose:
    """Whom the names of one record mean, and whose its values are."""

    def __init__(
        self, document: Read, record: Record, people: People, resolver: Resolver, codes: Codes
    ) -> None:
        self._record, self._people = record, people
        self._at: dict[tuple[str, int], str] = {}
        beside: dict[tuple[str, int], list[Fact]] = {}
        for fact in record.facts:
            if fact.kind != PERSON and fact.owner >= 0:
                beside.setdefault((fact.id, fact.owner), []).append(fact)
        masked, kindred = _masked_principal(record), Kindred.of(record)
        relatives: dict[tuple[str, str], Subject] = {}
        self._names: list[tuple[Fact, Subject]] = []
        self._full: dict[tuple[str, int], str] = {}
        for fact in record.facts:
            if fact.kind != PERSON:
                continue
            values = beside.get((fact.id, fact.start), [])
            if fact is masked:
                values = [
                    *values,
                    *(f for f in record.facts if f.kind != PERSON and f.owner < 0 and not f.role),
                ]
            form = fact.value, fact.title
            if kindred.may_mean(fact) and not kindred.is_unclear(fact):
                subject = relatives[form]
            else:
                subject = _meant(document, record, fact, values, people, resolver, codes, kindred)
            if kindred.begins(fact):
                relatives[form] = subject
            self._names.append((fact, subject))
            self._at[fact.id, fact.start] = subject.id
            if fact.is_full:
                self._full[fact.id, fact.start] = fact.value
        self.kin = {value: subject.id for (value, title), subject in relatives.items() if not title}
        """Short forms without a title that mean a relative here."""
        self.principal = NOBODY
        if record.principal:
            self.principal = people.in_unit(record.units[record.principal]).token
        elif masked:
            self.principal = self._at[masked.id, masked.start]

    def names(self) -> Iterator[tuple[Fact, Subject]]:
        """Each name with whom it means."""
        return iter(self._names)

    def owner(self, fact: Fact) -> str:
        """The id of the subject to whom a value belongs, or nothing."""
        owner = self._at.get((fact.id, fact.owner)) if fact.owner >= 0 else None
        if owner is None and (name := owner_of(fact, self._record.principal, self._record.units, self._full)):
            owner = self._people.in_unit(self._record.units[name]).token
        return owner or NOBODY


@dataclass(frozen=True)
class Kindred:
    """Short forms of a record that mean a relative of somebody, from where that is said on: 小黄（黄莺的妹妹）."""

    said: Mapping[tuple[str, str], tuple[int, int]]
    """Form and title → where it first means a relative."""
    before: frozenset[tuple[str, str]]
    """Those that stand before: who is meant after it is not clear."""

    @classmethod
    def of(cls, record: Record) -> Kindred:
        said: dict[tuple[str, str], tuple[int, int]] = {}
        before: set[tuple[str, str]] = set()
        for fact in record.facts:
            form = fact.value, fact.title
            if fact.kind != PERSON or fact.is_full or form in said:
                continue
            if fact.role == "relative":
                said[form] = fact.block, fact.start
            else:
                before.add(form)
        return cls(said, frozenset(before & said.keys()))

    def begins(self, fact: Fact) -> bool:
        """Whether it is here that a relative is first called so."""
        return self.said.get((fact.value, fact.title)) == (fact.block, fact.start)

    def may_mean(self, fact: Fact) -> bool:
        """Whether a name stands after a relative was called so."""
        first = self.said.get((fact.value, fact.title))
        return first is not None and fact.role != "relative" and (fact.block, fact.start) > first

    def is_unclear(self, fact: Fact) -> bool:
        return (fact.value, fact.title) in self.before


def _masked_principal(record: Record) -> Fact | None:
    """The name of which a row tells where it is not written in full: its numbers say whose it is."""
    if not record.key or record.principal:
        return None
    return next((fact for fact in record.facts if fact.kind == PERSON and fact.firm), None)


def _meant(
    document: Read,
    record: Record,
    fact: Fact,
    values: Sequence[Fact],
    people: People,
    resolver: Resolver,
    codes: Codes,
    kindred: Kindred,
) -> Subject:
    if fact.is_full:
        return people.in_unit(record.units[fact.value]).subject
    if kindred.may_mean(fact):
        return Subject(codes.token("in", document.source, record.key, fact.value, fact.title, "any"))
    if person := resolver.resolve(fact, record, values):
        return person.subject
    if fact.form == "latin" and " " in fact.value:
        # a whole name in another script
        return Subject(codes.token("latin", *sorted(fact.value.replace(",", " ").split())), name=fact.value)
    # 王先生 and 王主任 are two, as far as one knows
    return Subject(codes.token("in", document.source, record.key, fact.value, fact.title))
