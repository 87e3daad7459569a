"""Whom the names and values of one document mean, and how that is kept: of long lists some rows at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from deid.link.aliases import Aliases
from deid.link.facts import PERSON
from deid.link.meaning import NOBODY
from deid.link.names import trimmed
from deid.normalize import canonical
from deid.types import Entity, Subject, TextBlock

_TOGETHER = 1000
"""Subjects of no row in a part of what is stored of a document."""


@dataclass
class DocumentLink:
    """Whom the names and values of one document mean. Holds full names; it lives in the encrypted journal."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    places: dict[str, dict[int, str]] = field(default_factory=dict)
    """Block → start → subject, outside `rows`."""
    names: dict[str, str] = field(default_factory=dict)
    """Full names that mean one person here."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Given names and initials of those persons."""
    rows: dict[str, str] = field(default_factory=dict)
    """Row of a list → whom it is about."""
    beside: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)
    """Row → block → start → subject, where it is somebody else."""
    sections: list[tuple[int, int, str]] = field(default_factory=list)
    """`(block number, offset, subject)`: from there on values without a name beside them are that subject's."""
    first_day: str = ""
    """The earliest day of an event in the document, in ISO form."""
    days: list[tuple[int, int, str]] = field(default_factory=list)
    """`(block number, offset, day)` of dates in running text that are written in full."""
    nobody: set[str] = field(default_factory=set)
    """Subjects of forms that fit several people, wherever they may stand. Not stored."""
    surfaces: dict[str, str] = field(default_factory=dict)
    """Of those without a full name how they are written, the longest first. Not stored."""

    @cached_property
    def called(self) -> Aliases:
        """`names` and `aliases`, to be looked for."""
        return Aliases(frozenset(self.aliases), frozenset(self.names))

    @cached_property
    def origin(self) -> date | None:
        """`first_day`, if there is one."""
        return date.fromisoformat(self.first_day) if self.first_day else None

    def apply(
        self,
        entities: Iterable[Entity],
        block: TextBlock,
        *,
        number: int,
        names: Mapping[str, Subject] | None = None,
    ) -> Iterator[Entity]:
        """The entities with subject and role. `names` are full names of the folder that one person has."""
        row = f"{block.table.sheet}\0{block.table.row}" if block.table else ""
        return self.told(entities, block.text, id=block.id, row=row, number=number, names=names)

    def told(
        self,
        entities: Iterable[Entity],
        text: str,
        *,
        id: str,
        row: str,
        number: int,
        names: Mapping[str, Subject] | None = None,
    ) -> Iterator[Entity]:
        """The same of the entities of a text, of which the block and the row are called so."""
        for entity in entities:
            token = self.whose(entity, text, id=id, row=row, number=number, names=names)
            about = self.subject(token)
            yield Entity(  # `dataclasses.replace` takes ten times as long
                entity.entity_type,
                entity.start,
                entity.end,
                entity.score,
                entity.block,
                entity.detections,
                token or entity.subject,
                about.role if about else entity.role,
            )

    def whose(
        self,
        entity: Entity,
        text: str,
        *,
        id: str,
        row: str,
        number: int,
        names: Mapping[str, Subject] | None = None,
    ) -> str:
        """The id of the subject that an entity of such a text is, or to whom it belongs; nothing where nobody knows."""
        places = self.beside.get(row, self.places).get(id)
        token = places.get(entity.start) if places else None
        if entity.entity_type == PERSON:
            value = canonical(trimmed(text[entity.start : entity.end]), PERSON)
            # by its name first: where it was read anew, another entity may have begun there
            token = self.named(value) or token or self._named_here(value, row)
            if not token and names and (subject := names.get(value)):
                self.subjects.setdefault(subject.id, subject)
                token = subject.id
        elif token is None:
            token = self.rows.get(row) if row in self.rows else self._section(number, entity.start)
        return token or ""

    def subject(self, token: str) -> Subject | None:
        """The subject with this id, if the document tells of it."""
        return self.subjects.get(token)

    def named(self, name: str) -> str | None:
        """The only one who has this full name here."""
        return self.names.get(name)

    def near(self, number: int, start: int) -> date | None:
        """The day written in full before a place of running text, or where there is none, the next one."""
        at = bisect_right(self.days, (number, start, "\U0010ffff")) - 1
        return date.fromisoformat(self.days[max(at, 0)][2]) if self.days else None

    def _named_here(self, value: str, row: str) -> str | None:
        """In a row of a list its person, if that is the name; else who is called so."""
        about = self.subject(self.rows.get(row, ""))
        return about.id if about and about.name == value else self._called_here(value, row)

    def _called_here(self, alias: str, row: str) -> str | None:
        """Whom another form of a name means: in a row of a list its person, if she can be called so."""
        about = self.subject(self.rows.get(row, ""))
        name = about.name if about else ""
        bare = alias.lstrip("老小")
        if alias in self.aliases and name and (name.startswith((alias, bare)) or name.endswith(alias)):
            return self.rows[row]
        return self.aliases.get(alias)

    def _section(self, number: int, start: int) -> str:
        at = bisect_right(self.sections, (number, start, "\U0010ffff")) - 1
        return self.sections[max(at, 0)][2] if self.sections else NOBODY

    def packed(self) -> Iterator[Any]:
        """What `from_parts` reads, but for the rows of lists: what a document has once, then its subjects."""
        yield [self.places, self.names, self.aliases, self.sections, self.first_day, self.days]
        tokens = iter(sorted(self.subjects))
        while some := list(islice(tokens, _TOGETHER)):
            yield [_packed(self.subjects[token]) for token in some]

    @classmethod
    def from_parts(cls, parts: Iterable[Any]) -> DocumentLink:
        """The inverse of `packed`, with those of Listed behind it."""
        (places, names, aliases, sections, first_day, days), *others = parts
        found = cls(
            {},
            places,
            names,
            aliases,
            sections=sections,
            first_day=first_day,
            days=days,
        )
        for part in others:
            if not isinstance(part, dict):
                found.subjects |= map(_unpacked, part)
        for part in others:
            if isinstance(part, dict):
                found.add(Listed.of(part))
        return found

    def add(self, listed: Listed) -> None:
        """Take in rows of lists."""
        self.rows |= listed.rows
        self.beside |= listed.beside
        self.names |= listed.names
        self.surfaces |= listed.surfaces
        for token, subject in listed.subjects.items():
            self.subjects.setdefault(token, subject)


class Listed(NamedTuple):
    """Some rows of lists: whom they are about, who else is named in them, and those subjects.

    Of a subject of whom more is said elsewhere the DocumentLink tells.
    """

    rows: dict[str, str]
    beside: dict[str, dict[str, dict[int, str]]]
    names: dict[str, str]
    """Full names in these rows that mean one person in the whole document."""
    subjects: dict[str, Subject]
    surfaces: dict[str, str]
    """As those of a DocumentLink. Not stored."""

    @classmethod
    def empty(cls) -> Listed:
        return cls({}, {}, {}, {}, {})

    def packed(self) -> Any:
        """What `of` reads."""
        subjects = [_packed(self.subjects[token]) for token in sorted(self.subjects)]
        return {"rows": self.rows, "beside": self.beside, "names": self.names, "subjects": subjects}

    @classmethod
    def of(cls, part: Mapping[str, Any]) -> Listed:
        """The inverse of `packed`."""
        subjects = dict(map(_unpacked, part["subjects"]))
        return cls(part["rows"], part["beside"], part["names"], subjects, {})

    @staticmethod
    def tokens(part: Mapping[str, Any]) -> Iterator[str]:
        """The ids of the subjects in what `packed` gives."""
        return (token for token, *_ in part["subjects"])


Part = Listed | DocumentLink
"""Of the link of a document: its rows, some at a time, and at last all the rest."""


def _packed(subject: Subject) -> list[Any]:
    s = subject
    return [s.id, s.role, sorted(s.attributes), s.name, s.sex, s.birth, s.first_day]


def _unpacked(row: Sequence[Any]) -> tuple[str, Subject]:
    token, role, attributes, *about = row
    return token, Subject(token, role, frozenset(attributes), *about)
