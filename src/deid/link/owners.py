"""Whose a value of a block is, as far as the block tells, and whether it leaves room for doubt.

王建国，男，身份证号110105…          his
系王建国丈夫，身份证号110105…        of the husband, whoever that is
误将王建国的记录发给他人（138…）       his, perhaps: enough to find him by it, not to tell him from others
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from deid.regexes import Regex

NOBODY = -1
_FAR = 8
"""So many Chinese characters between a name and a value, other values aside, tell of something else."""
_SIGN = Regex(r"[一-鿿]|(?P<end>[。;；!！?？])")
_FAMILY = ("家属", "家人", "联系人", "监护人", "的朋友", "的同事", "的邻居")


class Named(NamedTuple):
    """A name in a block: what it says, where it stands, and the role of who has it."""

    value: str
    start: int
    end: int
    role: str


class Owner(NamedTuple):
    """Start of the name to which a value belongs, or NOBODY. `loose` when that is only likely."""

    start: int
    loose: bool


class Owners:
    """Which name of a block a value belongs to: the one before it in its line, or the only one there."""

    def __init__(
        self, text: str, names: Sequence[Named], taken: Sequence[tuple[int, int]], kinship: Collection[str]
    ) -> None:
        """`names` and `taken` (disjoint) stand in the order of the text."""
        self._text, self._names, self._taken = text, names, taken
        self._starts = [name.start for name in names]
        self._ends = [end for _, end in taken]
        self._kinship = kinship

    def of(self, position: int, role: str) -> Owner:
        """The owner of what stands at `position`; `role` is what a label says of the owner."""
        first = self._text.rfind("\n", 0, position) + 1
        if not self._names:
            return Owner(NOBODY, self._is_far(first, position))
        stop = self._text.find("\n", position)
        before, after = bisect_left(self._starts, first), bisect_left(self._starts, position)
        end = bisect_left(self._starts, stop if stop >= 0 else len(self._text))
        preceding = range(after - 1, before - 1, -1)  # the nearest first
        if role:
            names = (self._names[number] for number in preceding)
            suited = next((name for name in names if role in (name.role or "client", name.role)), None)
            return self._beside(suited, position) if suited else Owner(NOBODY, bool(preceding))
        if preceding:
            nearest = self._names[preceding[0]]
            if self._tells_of_family(nearest.end, position):
                return Owner(NOBODY, True)
            return self._beside(nearest, position)
        if before < end:
            only = self._names[before]
            if all(self._names[number].value == only.value for number in range(before, end)):
                return Owner(only.start, self._is_far(position, only.start))
        return Owner(NOBODY, self._is_far(first, position))

    def _beside(self, name: Named, position: int) -> Owner:
        return Owner(name.start, self._is_far(name.end, position))

    def _tells_of_family(self, start: int, end: int) -> bool:
        """Whether what stands right behind a name makes another person of it: 王建国妻子, 王建国的家属."""
        gap = self._text[start : min(end, start + 8)]
        while gap[:1] in tuple(" 的之("):
            gap = gap[1:]
        return gap.startswith(_FAMILY) or any(gap[:size] in self._kinship for size in (4, 3, 2, 1))

    def _is_far(self, start: int, end: int) -> bool:
        """Whether more than labels and other values stands between."""
        characters = 0
        number = bisect_right(self._ends, start)
        while start < end:
            first, last = self._taken[number] if number < len(self._taken) else (end, end)
            for sign in _SIGN.finditer(self._text, start, min(first, end)):
                characters += 1
                if sign.lastgroup or characters > _FAR:
                    return True
            start, number = max(start, last), number + 1
        return False
