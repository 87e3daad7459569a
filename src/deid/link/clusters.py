"""Persons of one name: which units of all documents are the same one.

An identity document decides: who shares one is one person, who has two of a kind is two. Else a
shared birth date joins, then a number of one's own (record, card, mobile), then an address or a
landline; then one document. What shares nothing stays apart where birth date, sex, record
number of one house or mobile number differ. Where several persons have the name, a mention
without any identifier is that of the only one who works there, or is treated there, if that
is what it says; else it is nobody's, and keeps a stand-in of its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from deid.link.codes import (
    BIRTH,
    DOCUMENTS,
    INDEX,
    KNOWN,
    LANDLINE,
    MOBILE,
    OTHER_DOCUMENT,
    SEX,
    Key,
    indices,
)
from deid.link.units import WORKING, Unit

_MANY = 400
"""So many groups of one name are not compared pair by pair to find out which could be one."""
_DOCUMENTS, _STRONG = indices(DOCUMENTS), indices({*DOCUMENTS, KNOWN})
_SEX, _BIRTH, _MOBILE = indices({SEX}), INDEX[BIRTH], indices({MOBILE})
_SHARED = indices({"CN_ADDRESS", LANDLINE, OTHER_DOCUMENT})
"""What families and offices share."""
_TREATED = frozenset({"client", "relative"})


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
    kinds: dict[int, set[Key]]
    """`separating` by the index of the kind."""

    @classmethod
    def of(cls, members: Iterable[Member]) -> Group:
        ordered = sorted(members, key=lambda member: member.key)
        separating = {key for member in ordered for key in member.separating}
        kinds: dict[int, set[Key]] = {}
        for key in separating:
            kinds.setdefault(key[0], set()).add(key)
        return cls(ordered, {key for member in ordered for key in member.ids}, separating, kinds)

    @classmethod
    def merged(cls, groups: Sequence[Group]) -> Group:
        """One group of several, which may not be used any longer."""
        first, *others = groups
        for other in others:
            first.absorb(other)
        return first.sorted() if others else first

    def absorb(self, other: Group) -> None:
        """Take in another; the members are not in order until `sorted`."""
        self.members += other.members
        self.ids |= other.ids
        self.separating |= other.separating
        for kind, values in other.kinds.items():
            self.kinds.setdefault(kind, set()).update(values)

    def sorted(self) -> Group:
        self.members.sort(key=lambda member: member.key)
        return self

    @property
    def has_evidence(self) -> bool:
        return bool(self.ids or self.separating) or any(member.token for member in self.members)

    @property
    def key(self) -> tuple[object, ...]:
        return self.members[0].key

    @property
    def roles(self) -> set[str]:
        return {role for member in self.members if member.unit for role in member.unit.roles} - {"unknown"}


def persons_of_a_name(members: Sequence[Member]) -> list[Group]:
    """The persons among members of one name, in an order that depends on them alone."""
    if len(members) == 1:
        return [Group.of(members)]
    groups = _joined_by_identifiers([Group.of([member]) for member in members])
    groups = _joined_by_document(sorted(groups, key=lambda group: group.key))
    evident = [group for group in groups if group.has_evidence]
    if not any(_differ(one, other) for one, other in combinations(evident[:_MANY], 2)):
        return [Group.merged(groups)]
    plain = [group for group in groups if not group.has_evidence]
    return sorted(_joined_by_role(_joined_by_elimination(evident), plain), key=lambda group: group.key)


def _joined(groups: Sequence[Group], leader: Sequence[int]) -> list[Group]:
    """Groups with the same leader as one, in order of their first."""
    found: dict[int, list[Group]] = defaultdict(list)
    for index, group in enumerate(groups):
        found[leader[index]].append(group)
    return [Group.merged(same) for same in found.values()]


def _joined_by_identifiers(groups: list[Group]) -> list[Group]:
    """Groups that share an identifier, the surest first; one that leads to two persons says nothing."""
    if len({key for group in groups for key in group.ids}) == sum(len(group.ids) for group in groups):
        return groups  # nothing is shared
    for rank in range(4):
        owners: dict[Key, list[int]] = defaultdict(list)
        for index, group in enumerate(groups):
            for key in group.ids:
                if _rank(key[0]) == rank:
                    owners[key].append(index)
        merging = _Merging(groups)
        for key in sorted(key for key, found in owners.items() if len(found) > 1):
            merging.merge(owners[key], rank)
        groups = merging.groups()
    return groups


class _Merging:
    """Groups that become one, step by step."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._leader = list(range(len(groups)))
        self._now = dict(enumerate(groups))

    def _find(self, index: int) -> int:
        while self._leader[index] != index:
            self._leader[index] = self._leader[self._leader[index]]
            index = self._leader[index]
        return index

    def merge(self, indices: Iterable[int], rank: int) -> None:
        """Make one of them, unless two are told apart by what is surer."""
        leaders = sorted({self._find(index) for index in indices})
        found = [self._now[leader] for leader in leaders]
        if len(found) < 2 or (rank and any(_oppose(*pair, rank) for pair in combinations(found, 2))):
            return
        for leader in leaders[1:]:
            self._leader[leader] = leaders[0]
            del self._now[leader]
        Group.merged(found)

    def groups(self) -> list[Group]:
        return [self._now[leader] for leader in sorted(self._now)]


def _rank(kind: int) -> int:
    """How sure it is that who shares an identifier of this kind is one person, 0 the surest."""
    if kind in _STRONG:
        return 0
    if kind == _BIRTH:
        return 1
    return 3 if kind in _SHARED else 2


def is_passed_on(key: Key) -> bool:
    """Whether others than its owner may give an identifier as theirs: not what a person is born or registered with."""
    return _rank(key[0]) >= 2 and key[0] not in _SEX


def _joined_by_document(groups: list[Group]) -> list[Group]:
    """Outside the rows of lists, one name in one document is one person, unless an identifier says otherwise."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for source in sorted({m.source for m in group.members if m.source and not m.row}):
            by_source[source].append(index)
    leader = list(range(len(groups)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for source in sorted(by_source):
        for index in by_source[source][1:]:
            one, other = find(by_source[source][0]), find(index)
            if one != other and not _differ(groups[one], groups[other], mobiles=False):
                groups[one].absorb(groups[other])
                leader[other] = one
    return [group.sorted() for index, group in enumerate(groups) if leader[index] == index]


def _joined_by_elimination(groups: list[Group]) -> list[Group]:
    """Groups that could be one another and nobody else are one: the only one left without a number."""
    if len(groups) > _MANY or _all_differ(groups):
        return groups
    like = [{index} for index in range(len(groups))]
    for one, other in combinations(range(len(groups)), 2):
        if not _differ(groups[one], groups[other]):
            like[one].add(other)
            like[other].add(one)
    leader = list(range(len(groups)))
    for alike in like:
        if all(like[other] == alike for other in alike):
            for other in alike:
                leader[other] = min(alike)
    return _joined(groups, leader)


def _all_differ(groups: Sequence[Group]) -> bool:
    """Whether each has an identity document of its own, or where nothing is shared at all another number, which
    is seen without comparing each with each."""
    shared = len({key for group in groups for key in group.ids}) < sum(len(group.ids) for group in groups)
    kinds = _DOCUMENTS if shared else {kind for group in groups[:1] for kind in group.kinds}
    return any(
        all(kind in group.kinds for group in groups)
        and len({value for group in groups for value in group.kinds[kind]})
        == sum(len(group.kinds[kind]) for group in groups)
        for kind in kinds
    )


def _joined_by_role(evident: list[Group], plain: list[Group]) -> list[Group]:
    """Mentions without an identifier with the only one who may be meant by a doctor, or by a patient."""
    joined: dict[int, list[Group]] = defaultdict(list)
    left = []
    roles = [group.roles for group in evident]
    for group in plain:
        suited: list[int] = []
        if group.roles and group.roles <= WORKING:
            suited = [index for index, known in enumerate(roles) if known & WORKING]
        elif group.roles & _TREATED:
            suited = [index for index, known in enumerate(roles) if not known or known - WORKING]
        if len(suited) == 1:
            joined[suited[0]].append(group)
        else:
            left.append(group)
    return [*(Group.merged((group, *joined[index])) for index, group in enumerate(evident)), *left]


def _oppose(one: Group, other: Group, rank: int) -> bool:
    """Whether what is surer than an identifier of this rank tells them apart, although they share it."""
    if _conflict(one, other, _STRONG):
        return True
    if rank == 1:
        return _conflict(one, other, _SEX)
    return rank == 3 and _conflict(one, other, {*_SEX, _BIRTH}) and not _shares(one, other, 2)


def _differ(one: Group, other: Group, *, mobiles: bool = True) -> bool:
    """Whether an identifier says that they are two persons."""
    if _conflict(one, other, one.kinds.keys() & _STRONG):
        return True
    if _shares(one, other, 1) and not _conflict(one, other, _SEX):
        return False
    kinds = one.kinds.keys() - _STRONG
    return _conflict(one, other, kinds if mobiles else kinds - _MOBILE)


def _conflict(one: Group, other: Group, kinds: Collection[int]) -> bool:
    return any(
        kind in one.kinds and kind in other.kinds and not one.kinds[kind] & other.kinds[kind]
        for kind in kinds
    )


def _shares(one: Group, other: Group, rank: int) -> bool:
    return any(_rank(key[0]) <= rank for key in one.ids & other.ids)
