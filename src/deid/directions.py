"""The order in which a text is shown where marks in it turn it (Unicode Standard Annex 9, 3.3.2 and 3.4).

What is stored backwards behind U+202E reads forwards. Only what such overrides do is worked out: marks that
embed or isolate end them, and leave Chinese, Latin letters and figures in their order.

>>> "".join("电话：\u202e1054\u202c。"[place] for place in shown("电话：\u202e1054\u202c。").order)
'电话：\u202e4501\u202c。'
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

STRAIGHT, TURNED, END = "\u202d", "\u202e", "\u202c"
"""Marks that override directions, and the one that ends them; without the second nothing is turned."""
_RIGHT_TO_LEFT = frozenset("\u202b\u202e\u2067")
_LEFT_TO_RIGHT = frozenset("\u202a\u202d\u2066\u2068")
_OVERRIDES = frozenset("\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_BEGIN = _RIGHT_TO_LEFT | _LEFT_TO_RIGHT
_END_OF_ISOLATE = "\u2069"
_ENDS = frozenset((END, _END_OF_ISOLATE))
_PARTED = frozenset("\0\1\t\n\r\x1c\x1d\x1e\x1f\x85\u2029")
"""What ends a paragraph, or a cell of a line; the first two stand between texts that are searched together."""
_DEEPEST = 125


class Turned(NamedTuple):
    """A stretch that is shown in another order: with the marks around it, and without."""

    start: int
    inner_start: int
    inner_end: int
    end: int


class Shown(NamedTuple):
    """For each place the character that is shown there, and what stands in another order."""

    order: list[int]
    turned: tuple[Turned, ...]


class _Embedding(NamedTuple):
    level: int
    overrides: bool
    isolates: bool


def shown(text: str) -> Shown:
    """The order in which the characters of a text are shown, marks included; O(length)."""
    levels = _levels(text)
    order: list[int] = []
    turned: list[Turned] = []
    for is_base, run in groupby(range(len(text)), key=lambda place: not levels[place]):
        places = list(run)
        if is_base:
            order += places
            continue
        order += _turned(places, levels)
        turned.append(_with_marks(text, places[0], places[-1] + 1))
    return Shown(order, tuple(turned))


def _with_marks(text: str, start: int, end: int) -> Turned:
    """What is turned, between the marks that begin and end it."""
    inner_start, inner_end = start, end
    while inner_start < inner_end and text[inner_start] in _BEGIN:
        inner_start += 1
    while inner_start < inner_end and text[inner_end - 1] in _ENDS:
        inner_end -= 1
    while start and text[start - 1] in _BEGIN:
        start -= 1
    while text[end : end + 1] in _ENDS:
        end += 1
    return Turned(start, inner_start, inner_end, end)


def _levels(text: str) -> list[int]:
    """How deep each character stands: odd where the characters go from right to left."""
    outermost = _Embedding(0, overrides=False, isolates=False)
    stack = [outermost]
    levels: list[int] = []
    for character in text:
        if character in _PARTED:
            stack = [outermost] if character != "\t" else stack
            levels.append(0)
            continue
        if character == _END_OF_ISOLATE and any(one.isolates for one in stack):
            while not stack.pop().isolates:
                pass
        elif character == END and len(stack) > 1 and not stack[-1].isolates:
            stack.pop()
        now = stack[-1]
        levels.append(now.level if now.overrides or not now.level % 2 else now.level + 1)
        if len(stack) < _DEEPEST and character in _BEGIN:
            level = now.level + 1 + (now.level % 2 == (character in _RIGHT_TO_LEFT))
            stack.append(_Embedding(level, character in _OVERRIDES, character in _ISOLATES))
    return levels


def _turned(places: list[int], levels: Sequence[int]) -> list[int]:
    """Places of one line that stand in embeddings, as they are shown."""
    for level in range(max(levels[place] for place in places), 0, -1):
        turned: list[int] = []
        deep: list[int] = []
        for place in places:
            if levels[place] >= level:
                deep.append(place)
            else:
                turned += (*reversed(deep), place)
                deep.clear()
        places = [*turned, *reversed(deep)]
    return places
