"""Persons of one name: which units of all documents are the same one.

Shared identifiers join, and so does one document. What then shares nothing stays apart where an
identifier says so: two resident numbers, birth dates, sexes, record numbers of one house, or
mobile numbers. Where several persons have the name, a mention without any identifier is
nobody's: it keeps a stand-in of its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deid.link.document import MOBILE, Key, Unit

_MANY = 400
"""So many groups of one name are not compared pair by pair to find out which could be one."""


@dataclass(frozen=True)
class Member:
    """A unit with its document, or a subject of an earlier run (`token`). Values are keyed codes."""

    source: str
    row: str
    ids: frozenset[Key]
    separating: frozenset[Key]
    unit: Unit | None = field(default=None, compare=False, repr=False)
    token: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return self.token, self.source, self.row, sorted(self.ids)


@dataclass
class Group:
    """Members that are one person."""

    members: list[Member]
    ids: set[Key]
    separating: set[Key]

    @classmethod
    def of(cls, members: Sequence[Member]) -> Group:
        return cls(
            sorted(members, key=lambda member: member.key),
            {key for member in members for key in member.ids},
            {key for member in members for key in member.separating},
        )

    @property
    def has_evidence(self) -> bool:
        return bool(self.ids or self.separating) or any(member.token for member in self.members)

    @property
    def key(self) -> tuple[object, ...]:
        return self.members[0].key


def persons_of_a_name(members: Sequence[Member]) -> list[Group]:
    """The persons among members of one name, in an order that depends on them alone."""
    groups = _joined_by_document(_joined_by_identifiers(sorted(members, key=lambda member: member.key)))
    evident = [group for group in groups if group.has_evidence]
    if len(evident) < 2 or not any(
        _differ(one, other) for i, one in enumerate(evident[:_MANY]) for other in evident[:i]
    ):
        return [Group.of([member for group in groups for member in group.members])]
    plain = [group for group in groups if not group.has_evidence]
    return sorted([*_joined_by_elimination(evident), *plain], key=lambda group: group.key)


def _joined_by_identifiers(members: Sequence[Member]) -> list[Group]:
    """Members that share an identifier, directly or through others."""
    leader = list(range(len(members)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first: dict[Key, int] = {}
    for index, member in enumerate(members):
        for key in sorted(member.ids):
            other = find(first.setdefault(key, index))
            mine = find(index)
            leader[max(other, mine)] = min(other, mine)
    found: dict[int, list[Member]] = defaultdict(list)
    for index, member in enumerate(members):
        found[find(index)].append(member)
    return [Group.of(group) for group in found.values()]


def _joined_by_document(groups: list[Group]) -> list[Group]:
    """Outside lists, one name in one document is one person, unless an identifier says otherwise."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for source in sorted({m.source for m in group.members if m.source and not m.row}):
            by_source[source].append(index)
    moved: dict[int, int] = {}

    def now(index: int) -> int:
        while index in moved:
            index = moved[index]
        return index

    for source in sorted(by_source):
        indices = by_source[source]
        for index in indices[1:]:
            one, other = now(indices[0]), now(index)
            if one != other and not _differ(groups[one], groups[other], mobiles=False):
                groups[one] = Group.of([*groups[one].members, *groups[other].members])
                moved[other] = one
    return [group for index, group in enumerate(groups) if index not in moved]


def _joined_by_elimination(groups: list[Group]) -> list[Group]:
    """Groups that could be one another and nobody else are one: the only one left without a number."""
    if len(groups) > _MANY:
        return groups
    like = [
        {j for j, other in enumerate(groups) if i == j or not _differ(one, other)}
        for i, one in enumerate(groups)
    ]
    done: set[int] = set()
    joined: list[Group] = []
    for index, alike in enumerate(like):
        if index in done:
            continue
        same = alike if all(like[other] == alike for other in alike) else {index}
        done |= same
        joined.append(Group.of([member for other in sorted(same) for member in groups[other].members]))
    return joined


def _differ(one: Group, other: Group, *, mobiles: bool = True) -> bool:
    """Whether an identifier says that they are two persons."""
    first, second = _by_kind(one.separating), _by_kind(other.separating)
    if any(not first[kind] & second[kind] for kind in first.keys() & second.keys()):
        return True
    if not mobiles:
        return False
    phones = [{value for kind, value in group.ids if kind == MOBILE} for group in (one, other)]
    return all(phones) and not phones[0] & phones[1]


def _by_kind(keys: Iterable[Key]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, value in keys:
        found[kind].add(value)
    return found
