"""Blocks of glyphs, put together piece by piece, with the way back to the strings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from deid.formats.lines import CELL_GAP, NARROW_GAP, Line, Placed
from deid.types import Segment, TextBlock

if TYPE_CHECKING:
    from deid.formats.pdf.content import Show

PART = 30
"""Characters of a line that are read with those before and behind it."""
_OF_CELLS, _LONGEST_PART = "    ", 4
"""Between cells; the most characters of a column that may be a part of a name of which the rest is in the next one."""
OF_NUMBERS = frozenset("0123456789Xx-")
WHOLE = frozenset({11, 18})
"""Figures of mobile and identity numbers: set higher or not, the last ones of such belong to it."""
LEAST_NOTED, _MARK, _RAISED, _MOST_MARK = 6, 0.85, 0.2, 2  # figures; of their size, and figures of a mark


class Builder:
    """A block while it is put together."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.segments: list[tuple[int, int, str, int]] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def glyphs(self, line: Line, indexes: Iterable[int], closed: Container[int] = ()) -> None:
        """Those of a line; the gaps before those in `closed` are none."""
        doubled: dict[int, list[Placed]] = defaultdict(list)
        for index, double in line.doubles:
            doubled[index].append(double)
        before: Placed | None = None
        for index in indexes:
            glyph = line.glyphs[index]
            if before is not None and not (index in line.closed or index in closed):
                gap = gap_between(before, glyph)
                is_cell = index in line.borders and _ends_cell(before, glyph, line, index)
                self.put(_OF_CELLS if is_cell else gap or _between(before, glyph, line, index))
            self._segment(glyph, self.length)
            for double in doubled.get(index, ()):
                self._segment(double, self.length)
            self.put(glyph.text)
            before = glyph

    def followed(self, other: Builder) -> Builder:
        """This one, with another behind it."""
        self.segments += (
            (start + self.length, end + self.length, source, at) for start, end, source, at in other.segments
        )
        self.put("".join(other.parts))
        return self

    def string(self, show: Show) -> None:
        """All that a string says."""
        text = show.text
        if text:
            self.segments.append((self.length, self.length + len(text), show.source, 0))
            self.put(text)

    def _segment(self, glyph: Placed, start: int) -> None:
        if not glyph.text:
            return
        at, source = glyph.show.offsets[glyph.number], glyph.show.source
        end = start + len(glyph.text)
        if self.segments:
            first, last, same, begun = self.segments[-1]
            if same == source and last == start and begun + last - first == at:
                self.segments[-1] = first, end, source, begun
                return
        self.segments.append((start, end, source, at))

    def block(self, id: str, where: str, labels: tuple[str, ...] = ()) -> TextBlock:
        segments = tuple(Segment(*parts) for parts in self.segments)
        return TextBlock(id, "".join(self.parts), where, labels, None, segments)


def gap_between(before: Placed, glyph: Placed) -> str:
    gap = (glyph.u - before.end) / max(min(glyph.size, before.size), 0.1)
    if gap < glyph.show.blank or before.text.endswith(" ") or glyph.text.startswith(" "):
        return ""
    wide = is_wide(before.text[-1:]) + is_wide(glyph.text[:1])
    if gap < (0.0, 0.3, 0.6)[wide]:
        return ""
    return _OF_CELLS if gap > CELL_GAP else " "


def _ends_cell(before: Placed, glyph: Placed, line: Line, index: int) -> bool:
    """Whether a column ends there that is near to the next one, with more before it than a part of a name, and that
    is set tighter; never within figures."""
    tight = before.u - line.glyphs[index - 2].end if index > 1 else 0.0
    is_number = before.text in OF_NUMBERS and glyph.text in OF_NUMBERS
    if is_number or glyph.u - before.end < max(NARROW_GAP * line.size, 2 * tight):
        return False
    first = max((border for border in line.borders if border < index), default=0)
    return len(line.words(range(first, index))) > _LONGEST_PART


def _between(before: Placed, glyph: Placed, line: Line, index: int) -> str:
    """What parts columns that touch: a blank, but not within Chinese, where two columns may be those of one name; and
    a number from the mark of a note."""
    is_number = before.text[-1:].isdigit() or glyph.text[:1].isdigit()
    is_parted = index in line.borders or (is_set_off(before, glyph) and is_mark(line, index))
    return " " if is_number and is_parted else ""


def is_set_off(before: Placed, glyph: Placed) -> bool:
    """Whether a figure is smaller than the one before, or set higher."""
    higher = glyph.v + glyph.raised - before.v - before.raised
    return (
        glyph.text.isdigit()
        and before.text in OF_NUMBERS
        and (glyph.size < _MARK * before.size or higher > _RAISED * before.size)
    )


def is_mark(line: Line, index: int) -> bool:
    """Whether what is set off there is one or two figures behind a number that may be whole without them."""
    figures = list(takewhile(OF_NUMBERS.__contains__, (glyph.text for glyph in line.glyphs[index - 1 :: -1])))
    mark = list(takewhile(str.isdigit, (glyph.text for glyph in line.glyphs[index : index + _MOST_MARK + 1])))
    return (
        len(figures) >= LEAST_NOTED
        and len(mark) <= _MOST_MARK
        and sum(map(str.isalnum, figures)) + len(mark) not in WHOLE
    )


def is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"
