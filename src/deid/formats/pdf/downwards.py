"""Writing from top to bottom: Chinese characters stand upright, one below the other, and figures lie on their side.

One such column is read as lines of a character each. Of several beside one another nothing says where each goes on,
and lines that are read across them say nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from deid.formats.pdf.content import Surface
from deid.grammar.name import is_han

_LEVEL, _INVISIBLE = 0.01, 3
_BESIDE, _APART = 0.75, 0.6
"""Of the size: how far the middles of a column are apart at most, and the ends of what is next in it."""
_MIDDLE = 0.35  # of the size, from the baseline: of figures
_COLUMNS = 1.15, 2.2
"""Of the size: how far the middles of columns beside one another are apart; characters of a line are nearer."""
_LEAST = 2
"""Figures next to a character above or below them; a single one is a label of a chart."""


class _Stood(NamedTuple):
    """A character of a column: its middle, where it begins and ends on the way down."""

    middle: float
    top: float
    bottom: float
    size: float


def is_written_downwards(surface: Surface) -> bool:
    """Whether in several columns figures that lie go on where upright Chinese characters end, or end where such go on."""
    upright, lying = _stood(surface)
    if not upright or not lying:
        return False
    upright.sort(key=itemgetter(1))
    tops = [one.top for one in upright]
    by_bottom = sorted(upright, key=itemgetter(2))
    bottoms = [one.bottom for one in by_bottom]
    found = 0
    for one in lying:
        gap = _APART * one.size
        above = by_bottom[bisect_left(bottoms, one.top - gap) : bisect_right(bottoms, one.top + gap)]
        below = upright[bisect_left(tops, one.bottom - gap) : bisect_right(tops, one.bottom + gap)]
        found += any(
            abs(other.middle - one.middle) < _BESIDE * one.size and _has_column_beside(other, upright, tops)
            for other in (*above, *below)
        )
    return found >= _LEAST


def _has_column_beside(one: _Stood, upright: Sequence[_Stood], tops: Sequence[float]) -> bool:
    least, most = (side * one.size for side in _COLUMNS)
    level = upright[bisect_left(tops, one.bottom) : bisect_right(tops, one.top + one.size)]
    return any(least < abs(other.middle - one.middle) < most and other.bottom < one.top for other in level)


def _stood(surface: Surface) -> tuple[list[_Stood], list[_Stood]]:
    """Upright Chinese characters, and figures that lie with their heads to the right."""
    upright: list[_Stood] = []
    lying: list[_Stood] = []
    for show in surface.shows:
        across, up = show.direction
        size = show.height
        if show.vertical or not size or show.state.mode == _INVISIBLE:
            continue
        is_level, is_down = across > 0 and abs(up) < _LEVEL * across, up < 0 and abs(across) < -_LEVEL * up
        if not (is_level or is_down):
            continue
        for glyph, (x, y) in zip(show.glyphs, show.corners(), strict=True):
            if is_level and is_han(glyph.text[:1] or " "):
                upright.append(_Stood(x + glyph.advance * across / 2, y + (1 - _MIDDLE / 2) * size, y, size))
            elif is_down and glyph.text.isdecimal():
                lying.append(_Stood(x + _MIDDLE * size, y, y + glyph.advance * up, size))
    return upright, lying
