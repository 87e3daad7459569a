"""Whom a short form means: 王先生, 老王, 建国, 王**, Wang Jianguo, WJG.

The persons of the record are asked first, then those of the document, then (for forms that say
enough) those of the folder. Exactly one that fits is meant; where several fit, nobody is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from deid.link.codes import TYPES, key_of, kind_of
from deid.link.document import Record
from deid.link.facts import Fact
from deid.link.names import fits
from deid.link.people import People, Person
from deid.link.roles import is_civil, role_of_title
from deid.link.units import WORKING
from deid.regexes import Regex

_HIDDEN = Regex(r"[*×○●□◯X_某]+")
_HIDDEN_FORMS = ("masked", "partial")
_SHORT = ("masked", "surname", "nickname")
_BY_SURNAME = ("masked", "surname")
_FOLDER_WIDE = frozenset({"full", "given", "latin", "nickname"})
"""Forms by which somebody can be known who is not named in full in the same document."""

_FEW = 8
_REMEMBERED = 20_000
"""Forms of which it is remembered who is called so."""


class Marked(Collection[int]):
    """Some of the persons, one bit for each of all."""

    def __init__(self, count: int, marked: Iterable[int]) -> None:
        self._marks = bytearray(count // 8 + 1)
        for index in marked:
            self._marks[index >> 3] |= 1 << (index & 7)
        self._count = sum(byte.bit_count() for byte in self._marks)

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and bool(self._marks[index >> 3] & 1 << (index & 7))

    def __iter__(self) -> Iterator[int]:
        return (
            8 * place + bit
            for place, byte in enumerate(self._marks)
            if byte
            for bit in range(8)
            if byte & 1 << bit
        )

    def __len__(self) -> int:
        return self._count


class Resolver:
    """Short forms of one document."""

    def __init__(self, people: People, here: Marked) -> None:
        self._people, self._here = people, here
        self._met: dict[tuple[str, ...], list[int]] = {}

    def resolve(self, fact: Fact, record: Record, values: Sequence[Fact]) -> Person | None:
        """The person whom a name means, or None. `values` are those that stand beside it as its own."""
        if beside := self._by_values(fact, values):
            return beside
        in_record = {self._people.index_of(unit) for unit in record.units.values()}
        found = self._fitting(fact, in_record, values) or self._known(fact, "document", values)
        if not found and fact.form in _SHORT and any(value.form in _HIDDEN_FORMS for value in values):
            found = [i for i in self._known(fact, "folder", values) if self._is_shown(values, i)]
        if found:
            return self._people.persons[found[0]] if len(found) == 1 else None
        if fact.form in _FOLDER_WIDE or (fact.form == "surname" and fact.title):
            found = self._known(fact, "folder", values)
            return self._people.persons[found[0]] if len(found) == 1 else None
        return None

    def _by_values(self, fact: Fact, values: Sequence[Fact]) -> Person | None:
        """王先生 13800138000: the one who has this number."""
        for value in values:
            if value.code:
                owners = self._people.with_id(key_of(kind_of(value.kind, value.value), value.code))
                found = [i for i in owners if self._fits(fact, self._people.persons[i])]
                if len(found) == 1:
                    return self._people.persons[found[0]]
        return None

    def _everybody(self, fact: Fact) -> Collection[int]:
        people = self._people
        if fact.form in _SHORT:
            return people.by_surname.get(fact.surname)
        if fact.form == "given":
            return {*people.by_given.get(fact.given), *people.by_name.get(fact.given)}
        if fact.form == "full":
            return people.by_name.get(fact.value)
        return people.spelt(fact.given)

    def _known(self, fact: Fact, level: str, values: Sequence[Fact]) -> list[int]:
        """Those of the document or folder; a form that recurs down a column is looked up once."""
        plain = all(value.form not in _HIDDEN_FORMS for value in values)
        key = (level, fact.form, fact.surname, fact.given, fact.value, fact.title, fact.sex)
        if plain and key in self._met:
            return self._met[key]
        found = self._fitting(fact, self._here if level == "document" else self._everybody(fact), values)
        if plain:
            if len(self._met) > _REMEMBERED:
                self._met.clear()
            self._met[key] = found[:2]  # enough to know whether it is one
        return found

    def _possible(self, fact: Fact, level: Collection[int]) -> Collection[int]:
        """Those of the level who may fit, by the indexes of names, so that a long table costs no more a row."""
        if len(level) <= _FEW:
            return level  # as in a row, of whom an index knows nothing that `_fits` does not find sooner
        people = self._people
        match fact.form:
            case "full":
                name = fact.surname + fact.given
                among: Collection[int] = {*people.by_name.get(name), *people.by_given.get(name)}
            case "surname" | "masked":
                among = people.by_surname.get(fact.surname)
            case "given":
                among = {*people.by_given.get(fact.given), *people.by_name.get(fact.given)}
            case "latin":
                among = people.spelt(fact.given)
            case _:
                return level
        here = level if isinstance(level, (set, Marked)) else frozenset(level)
        return [index for index in among if index in here]

    def _fitting(self, fact: Fact, level: Collection[int], values: Sequence[Fact]) -> list[int]:
        possible = self._possible(fact, level)
        found = [i for i in sorted(possible) if self._fits(fact, self._people.persons[i])]
        found = [i for i in found if self._is_shown(values, i)] or found
        if len(found) > 1 and fact.role == "client":
            # 客户高某 is not her husband of the same surname
            found = [i for i in found if self._people.persons[i].roles & {"client", "unknown"}] or found
        if len(found) > 1 and (is_civil(fact.title) or fact.form == "nickname"):
            # 王先生 is not the doctor of that name, where somebody else can be meant
            found = [i for i in found if self._people.persons[i].roles != {"clinician"}] or found
        return found

    def _is_shown(self, values: Sequence[Fact], index: int) -> bool:
        """Whether a number of which part is hidden can be that of the person."""
        person = self._people.persons[index]
        return any(_shows(value, person) for value in values if value.form in _HIDDEN_FORMS)

    @staticmethod
    def _fits(fact: Fact, person: Person) -> bool:
        if fact.form in _BY_SURNAME and not person.surname.startswith(fact.surname):
            return False  # as nearly always in a long table
        if not fits(fact.name, person.surname, person.given):
            return False
        if fact.sex and person.sex not in ("", fact.sex):
            return False
        if fact.role == "relative" and "relative" not in person.roles:
            return False  # 其子王某 is not the patient 王建国
        # 护士小黄 is no patient; whom 客服：王先生您好 addresses may be one
        told = fact.role if fact.role in WORKING and not fact.title else ""
        working = role_of_title(fact.title) or told
        if working and working not in person.roles:
            return not person.roles & {"client", "relative", "unknown"}
        return True


def _shows(value: Fact, person: Person) -> bool:
    """Whether a masked number can be one of the person's: 138****8000, 尾号8000."""
    for kind, whole in person.values:
        if TYPES.get(kind, kind) != value.kind:
            continue
        if value.form == "partial" or not _HIDDEN.search(value.value):
            if whole.endswith(value.value) or whole.startswith(value.value):
                return True
        elif re.fullmatch(".+".join(map(re.escape, _HIDDEN.split(value.value))), whole):
            return True
    return False
