"""How much room there is for what takes the place of text: up to what stands next on its line, or to the margin."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from deid.formats.lines import Line, Placed
from deid.formats.pdf.content import Surface
from deid.formats.pdf.rewriting import Change
from deid.formats.pdf.seeing import box_of

_GAP = 0.5
"""Of what was free behind the old text, up to a character: it stays so, and the line of a table in it."""
_HIGHER, _OVER = 0.9, 0.1  # of the size of a line
_LOW, _HIGH = -0.1, 0.7  # of the size, from the baseline
_OWN, _FREE = 0.5, 0.15
"""Of the size: how near a ground ends that is of the old text; what is left free before an edge."""
_WIDEST_MARGIN = 0.15  # of the page
_LEVEL = 0.01
_NEXT_BOX = 2.5
"""Of the size: nearer begin the boxes of a form in which the old text goes on; what goes farther off is of another cell."""
_NEXT, _LOWER, _ALIGNED = 1.25, 0.5, 0.3  # of the size: right below, not beside, in one column


def measure(groups: Sequence[Sequence[Line]], surface: Surface, changes: Mapping[str, list[Change]]) -> None:
    """Set the room of each change on a page."""
    page = _Page(groups, surface)
    for lines in groups:
        edge = max((line.end for line in lines), default=0.0)
        for number, line in enumerate(lines):
            _measure_line(line, edge, lines, page, changes)
            _measure_down(line, lines[number + 1 :], changes)


def _measure_line(
    line: Line, edge: float, lines: Sequence[Line], page: _Page, changes: Mapping[str, list[Change]]
) -> None:
    gone = [
        next((c for c in changes.get(g.show.source, ()) if c.first <= g.number < c.last), None)
        for g in line.glyphs
    ]
    for index, (glyph, made) in enumerate(zip(line.glyphs, gone, strict=True)):
        if made is None or not made.text or glyph.number != made.first:
            continue
        behind, old_end = index + 1, glyph.end
        for other in line.glyphs[behind:]:
            is_far = other.u - old_end > _NEXT_BOX * glyph.size and gone[behind] is not made
            if is_far or not _is_free(line, gone[behind], behind, made):
                break
            old_end = max(old_end, other.end) if other.text.strip() else old_end
            behind += 1
        if behind < len(line.glyphs):
            end = line.glyphs[behind].u
            end -= min(max(end - old_end, 0.0), glyph.size) * _GAP
        else:
            end = max(edge, line.end, page.margin(line))
        end = min(end, page.edge(line, old_end, lines))
        room = min(made.room, max(end - glyph.u, 0.1 * glyph.size))
        for one in (glyph, *(double for place, double in line.doubles if place == index)):
            held = changes.get(one.show.source, [])
            held[:] = [
                change._replace(room=room) if change.first == one.number else change for change in held
            ]


def _measure_down(line: Line, below: Sequence[Line], changes: Mapping[str, list[Change]]) -> None:
    """Set the depth of what takes the place of characters one below the other."""
    for glyph in line.glyphs:
        held = changes.get(glyph.show.source, [])
        for number, made in enumerate(held):
            if not made.text or (made.first, made.last) != (glyph.number, glyph.number + 1):
                continue
            last = glyph
            for other in below:
                if last.v - other.v > _NEXT * glyph.size:
                    break
                last = next((one for one in other.glyphs if _goes_below(one, last, changes)), last)
            if last is not glyph:
                held[number] = made._replace(depth=glyph.v - last.v + glyph.size)


def _goes_below(glyph: Placed, above: Placed, changes: Mapping[str, list[Change]]) -> bool:
    """Whether a character right below another one goes, and nothing takes its place."""
    aside = abs(glyph.u + glyph.end - above.u - above.end) / 2
    return (
        glyph.show is not above.show
        and aside < _ALIGNED * above.size
        and above.v - glyph.v > _LOWER * above.size
        and any(c.first <= glyph.number < c.last and not c.text for c in changes.get(glyph.show.source, ()))
    )


def _is_free(line: Line, gone: Change | None, index: int, made: Change) -> bool:
    """Whether a stand-in may be drawn over the place of a glyph: it goes, and nothing else takes its place."""
    if gone is None:
        return not line.glyphs[index].text.strip()
    return gone is made or not gone.text


def _beside(line: Line, start: float, lines: Sequence[Line]) -> float:
    """Where what stands a little higher or lower than a line begins behind `start`: the mark of a note."""
    return min(
        (
            glyph.u
            for other in lines
            if other is not line and abs(other.v - line.v) < _HIGHER * line.size
            for glyph in other.glyphs
            if glyph.u > start - _OVER * line.size and glyph.text.strip()
        ),
        default=math.inf,
    )


class _Edge(NamedTuple):
    """A line of a table, or a side of a picture or ground: where it is, and from where to where it goes up; `is_end`
    where what it is of ends there."""

    x: float
    low: float
    high: float
    is_end: bool = False


class _Page:
    """What is drawn around the level lines of a page."""

    def __init__(self, groups: Sequence[Sequence[Line]], surface: Surface) -> None:
        self._level = [line for lines in groups for line in lines if _is_level(line)]
        self._left = min((line.start for line in self._level), default=0.0)
        self._edges = sorted(_edges(surface))

    def margin(self, line: Line) -> float:
        """Where the page ends for a line: its margins are equal."""
        clip = line.glyphs[0].show.state.clip  # type: ignore[attr-defined]
        if clip is None or not _is_level(line):
            return -math.inf
        most = _WIDEST_MARGIN * clip.size[0]
        return float(clip.right - min(max(self._left - clip.left, 0.0), most))

    def edge(self, line: Line, start: float, column: Sequence[Line]) -> float:
        """Where something begins behind `start`, on the page or drawn, or where a line is cut off; of a line that is
        not level only what is of its column."""
        if not _is_level(line):
            return _beside(line, start, column)
        clip = line.glyphs[0].show.state.clip  # type: ignore[attr-defined]
        cut = math.inf if clip is None else max(start, clip.right)
        low, high = line.v + _LOW * line.size, line.v + _HIGH * line.size
        place = bisect_left(self._edges, start - _OVER * line.size, key=attrgetter("x"))
        drawn = (
            max(start, edge.x - _FREE * line.size)
            for edge in self._edges[place:]
            if edge.low < high and edge.high > low and not (edge.is_end and edge.x < start + _OWN * line.size)
        )
        return min(cut, next(drawn, math.inf), _beside(line, start, self._level))


def _is_level(line: Line) -> bool:
    x, y = line.glyphs[0].show.direction  # type: ignore[attr-defined]
    return bool(x > 0 and abs(y) < _LEVEL * x)


def _edges(surface: Surface) -> Iterator[_Edge]:
    for x, low, high in surface.strokes.lines()[1]:
        yield _Edge(x, low, high)
    for left, bottom, right, top in surface.frames:
        yield from (_Edge(left, bottom, top), _Edge(right, bottom, top))
    for ground in surface.grounds:
        left, bottom, right, top = ground.box
        yield from (_Edge(left, bottom, top), _Edge(right, bottom, top, is_end=True))
    for drawn in surface.images:
        left, bottom, _, top = box_of((0, 0, 1, 1), drawn.ctm)
        yield _Edge(left, bottom, top)
