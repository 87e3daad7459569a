"""From strings on a page to lines, with wide gaps that part a line into cells.

Strings are grouped by the direction in which they run, lines by their baselines.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from deid.formats.pdf.content import Show

CELL_GAP = 1.4  # of the size of the font: another cell
NARROW_GAP, _NO_GAP = 0.4, 0.5  # of the size: another cell where columns begin, no gap
_ALIGNED, _ROWS = 1.0, 3  # points; lines in which a column begins
_SINGLE, _SEAM = 0.7, 0.08  # of the characters; of the size
_SAME = 0.2  # of the size: printed twice, to look bold
_OVERLAPPING = 0.75  # of the advance, and of the size: so near to what is printed a shadow is
_OFF, _SMALL, _TOUCHING = 0.7, 0.85, 0.25  # of the larger size
_BROKEN_OFF = re.compile(r"[-‐–—]\s")
"""The end of a line whose last word goes on in the next: the blank is none."""
_MOST_COLUMNS, _LEAST_LINES = 6, 4
_ABOVE, _BELOW = 1.6, 3.0
"""Of the size: so near to full lines a heading, and the end of a paragraph, is of their column."""
_LEAST_COLUMN = 12  # characters of a line in a column of running text
_LEAST_NARROW, _AT_EDGE, _AT_LEFT = 8, 1.5, 2.5
"""Characters, letters most of them, of a line that ends at the right edge; of the size, from the right and the left one."""


class Source(Protocol):
    """What glyphs belong to: its name, and where in its text each of them begins."""

    @property
    def source(self) -> str: ...

    @property
    def offsets(self) -> list[int]: ...

    @property
    def blank(self) -> float:
        """From how many sizes of the font on a gap between characters is a blank."""
        ...


class Placed(NamedTuple):
    """A glyph on the page: `u` along the writing, `v` across it (up), both in points; it is `raised` so far above that."""

    show: Source
    number: int
    u: float
    end: float
    v: float
    size: float
    text: str
    raised: float = 0.0


@dataclass
class Line:
    """Glyphs on one baseline, in order; `doubles` are printed over the glyph of that number; at `borders` another
    column begins, though it touches the one before; the gaps before those in `closed` part no words; `is_row` where it
    is one of a table, also with a single cell."""

    v: float
    size: float
    glyphs: list[Placed] = field(default_factory=list)
    doubles: list[tuple[int, Placed]] = field(default_factory=list)
    borders: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    is_row: bool = False

    @property
    def start(self) -> float:
        return self.glyphs[0].u

    @property
    def end(self) -> float:
        return max(glyph.end for glyph in self.glyphs[-3:])

    def cells(
        self, edges: Sequence[float] = (), *, borders: bool = False, gap: float = CELL_GAP
    ) -> list[list[int]]:
        """Numbers of the glyphs of each cell; at `edges` of columns a narrow gap parts cells, too, at `borders` none."""
        found: list[list[int]] = [[]]
        end = math.inf
        for index, glyph in enumerate(self.glyphs):
            width = (glyph.u - end) / self.size
            if index not in self.closed and (
                width > gap
                or (width > NARROW_GAP and any(abs(glyph.u - edge) < 0.5 * self.size for edge in edges))
                or (borders and index in self.borders)
            ):
                found.append([])
            found[-1].append(index)
            end = glyph.end
        return found

    def words(self, cell: Sequence[int]) -> str:
        return "".join(self.glyphs[index].text for index in cell).strip()


class _Seam(NamedTuple):
    """Where in a line a string follows another one: the number of its first glyph, and the ends of both."""

    line: int
    glyph: int
    start: float
    before: float
    end: float


def mark_borders(lines: Sequence[Line]) -> None:
    """Where columns begin that touch the one before: strings that begin, or end, one below the other in several lines."""
    found = [seam for number, line in enumerate(lines) for seam in _seams(number, line)]
    apart = [seam for seam in found if seam.start - seam.before > NARROW_GAP * lines[seam.line].size]
    for seams, place in ((found, 2), (found, 3), (apart, 4)):
        run: list[_Seam] = []
        for seam in sorted(seams, key=itemgetter(place)):
            if run and seam[place] - run[0][place] > _ALIGNED:
                _mark(lines, run, run[0][place])
                run = []
            run.append(seam)
        if run:
            _mark(lines, run, run[0][place])


def _mark(lines: Sequence[Line], seams: Sequence[_Seam], place: float) -> None:
    """Programs begin another string with the digits in 康定路1088弄: where that is by chance below one another, the
    text of lines between goes on there, and all are such."""
    numbers = {seam.line for seam in seams}
    if len(numbers) < _ROWS or all(_is_of_scripts(lines[seam.line], seam) for seam in seams):
        return
    between = set(range(min(numbers), max(numbers))) - numbers
    if 2 * sum(_goes_on_at(lines[number], place) for number in between) <= len(numbers):
        for seam in seams:
            lines[seam.line].borders.add(seam.glyph)


def _is_of_scripts(line: Line, seam: _Seam) -> bool:
    """Whether a seam parts Chinese from other letters."""
    before, after = line.glyphs[seam.glyph - 1].text[-1:], line.glyphs[seam.glyph].text[:1]
    return before.isascii() != after.isascii()


def _goes_on_at(line: Line, place: float) -> bool:
    """Whether one string stands on both sides of a place."""
    index = bisect_left(line.glyphs, place - _ALIGNED, key=attrgetter("u"))
    if not 0 < index < len(line.glyphs):
        return index > 0 and line.glyphs[-1].end > place + _ALIGNED
    before, glyph = line.glyphs[index - 1 : index + 1]
    return before.end > place + _ALIGNED or (
        glyph.show is before.show and glyph.u - before.end < NARROW_GAP * line.size
    )


def _seams(number: int, line: Line) -> Iterator[_Seam]:
    """Where all strings are single characters, those with a little between them."""
    starts = [i for i, (one, after) in enumerate(pairwise(line.glyphs), 1) if after.show is not one.show]
    are_single = len(starts) > _SINGLE * len(line.glyphs)
    for start, after in pairwise([*starts, len(line.glyphs)]):
        seam = _Seam(
            number, start, line.glyphs[start].u, line.glyphs[start - 1].end, line.glyphs[after - 1].end
        )
        if not are_single or abs(seam.start - seam.before) > _SEAM * line.size:
            yield seam


_Row = tuple[float, float, list[list[Placed]]]
"""Where it stands, its size, and its runs."""


def lines_of(shows: Iterable[Show]) -> list[list[Line]]:
    """The lines of each direction of writing, from top to bottom (columns one after the other)."""
    shows = list(shows)
    shadows = _shadows(shows)
    behind = {id(show) for some in shadows.values() for show in some}
    groups: dict[int, list[list[Placed]]] = defaultdict(list)
    for show in shows:
        if id(show) not in behind:
            groups[round(math.degrees(math.atan2(*_unit(show)[1::-1])))] += _runs(show)
    found = []
    for _, runs in sorted(groups.items()):
        for part in columns(runs):
            found.append(arranged(part))
    if shadows:
        _attach(shadows, (line for lines in found for line in lines))
    return found


def _shadows(shows: Sequence[Show]) -> dict[int, list[Show]]:
    """Strings that are printed once more a little aside, as a shadow or an edge, by the identity of the last one."""
    last: dict[tuple[str, float, int, int], list[Show]] = defaultdict(list)
    found: dict[int, list[Show]] = defaultdict(list)
    for show in reversed(shows):
        size = show.height
        start = next(show.corners(), None)
        if not size or start is None or not all(map(math.isfinite, (size, *start))):
            continue
        across, up = (int(place // size) for place in start)
        near = (
            other
            for x, y in product((across - 1, across, across + 1), (up - 1, up, up + 1))
            for other in last.get((show.text, round(size, 1), x, y), ())
        )
        if (other := next((one for one in near if _is_shadow(show, one)), None)) is not None:
            found[id(other)].append(show)
        else:
            last[show.text, round(size, 1), across, up].append(show)
    return found


def _is_shadow(show: Show, of: Show) -> bool:
    """Whether each of its glyphs stands as far from the same one of the other, and over it: 11 is no shadow."""
    x, y, unit = _unit(of)
    if len(show.glyphs) != len(of.glyphs) or _unit(show) != (x, y, unit) or not show.text.strip():
        return False
    apart = [(a - c, b - d) for (a, b), (c, d) in zip(show.corners(), of.corners(), strict=True)]
    along, across = apart[0][0] * x + apart[0][1] * y, apart[0][1] * x - apart[0][0] * y
    least = min((abs(glyph.advance) * unit for glyph in of.glyphs if glyph.text.strip()), default=0.0)
    return (
        abs(along) < _OVERLAPPING * least
        and abs(across) < _OVERLAPPING * of.height
        and all(math.dist(one, apart[0]) < _SAME * of.height for one in apart)
    )


def _attach(shadows: Mapping[int, Sequence[Show]], lines: Iterable[Line]) -> None:
    doubles: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for number, some in shadows.items():
        for glyph in (glyph for show in some for run in _runs(show) for glyph in run):
            doubles[number, glyph.number].append(glyph)
    for line in lines:
        for index, glyph in enumerate(line.glyphs):
            line.doubles += ((index, double) for double in doubles.get((id(glyph.show), glyph.number), ()))


def _unit(show: Show) -> tuple[float, float, float]:
    """The direction of a string, and how long one unit of its space is on the page."""
    x, y = show.direction
    length = math.hypot(x, y)
    if not length or not math.isfinite(length):
        return 1.0, 0.0, 1.0
    return x / length, y / length, length


def _runs(show: Show) -> Iterator[list[Placed]]:
    """The glyphs of a string, cut where a gap is."""
    x, y, unit = _unit(show)
    size = show.height or 1.0
    sign = -1.0 if show.vertical else 1.0
    right, up = show.raised  # what is set higher stands in the line all the same
    raised = up * x - right * y
    run: list[Placed] = []
    for index, (glyph, (left, bottom)) in enumerate(zip(show.glyphs, show.corners(), strict=True)):
        if not (math.isfinite(left) and math.isfinite(bottom)):
            left = bottom = 0.0
        if show.only is not None and index not in show.only:
            continue
        u, v = left * x + bottom * y, bottom * x - left * y - raised
        placed = Placed(show, index, u, u + glyph.advance * unit * sign, v, size, glyph.text, raised)
        if run and not -0.5 * size < u - run[-1].end < size:
            yield run
            run = []
        run.append(placed)
    if run:
        yield run


def columns(runs: list[list[Placed]]) -> list[list[list[Placed]]]:
    """Two to six columns of running text are read one after the other, behind what goes over several of them, or
    between that where it is much; tables are not such columns."""
    if len(runs) < 2 * _LEAST_LINES:
        return [runs]
    strings = list(_together(runs, _NO_GAP))
    left, right = min(run[0].u for run in runs), max(run[-1].end for run in runs)
    width = right - left
    found, others = [], []
    for count, share in product(range(2, _MOST_COLUMNS + 1), (0.0, -0.02, 0.02, -0.05, 0.05, -0.1, 0.1)):
        cuts = [left + (number / count + share) * width for number in range(1, count)]
        inside = [string for string in strings if not string.goes_over(cuts)]
        crossed = len(strings) - len(inside)
        if crossed <= 0.15 * len(strings) and (sides := _sides(inside, cuts, width)):
            found.append((crossed, sides))
        elif len(inside) >= _LEAST_LINES * count:
            others.append(cuts)
    if not found:
        strings.sort(key=lambda string: -string.v)
        banded = (_bands(strings, cuts, width) for cuts in others)
        found = [(-sum(map(len, sides)), sides) for sides in banded]
    _, sides = min(found, key=itemgetter(0), default=(0, []))
    if not sides:
        return [runs]
    taken = {id(string) for side in sides for string in side}
    rest = [string for string in strings if id(string) not in taken]
    return [[run for string in part for run in string.runs] for part in (rest, *sides)]


def _bands(strings: Iterable[_String], cuts: Sequence[float], width: float) -> list[list[_String]]:
    """The columns between two of the strings, which stand from top to bottom, that go over several."""
    found: list[list[_String]] = []
    band: list[_String] = []
    for string in strings:
        if string.goes_over(cuts):
            found += _sides(band, cuts, width)
            band = []
        else:
            band.append(string)
    return found + _sides(band, cuts, width)


def _sides(strings: Iterable[_String], cuts: Sequence[float], width: float) -> list[list[_String]]:
    """The strings between the cuts, from where they are running text on down to where they are it no more; nothing
    where they are none."""
    sides: list[list[_String]] = [[] for _ in range(len(cuts) + 1)]
    for string in strings:
        sides[bisect_right(cuts, string.start)].append(string)
    if min(map(len, sides)) < _LEAST_LINES:
        return []
    full = [_full_lines(side, width / len(sides)) for side in sides]
    if not all(full):
        return []
    top = max(lines[0].v + _ABOVE * lines[0].size for lines in full)
    bottom = min(lines[-1].v - _BELOW * lines[-1].size for lines in full)
    return [
        [string for string in side if bottom < string.v < top and not _ends_above(string, lines)]
        for side, lines in zip(sides, full, strict=True)
    ]


def _ends_above(string: _String, lines: Sequence[_String]) -> bool:
    """Whether a string stands at the right side above the lines of a column: the end of what is set flush right over
    several, and no heading."""
    left, right = min(line.start for line in lines), max(line.end for line in lines)
    is_right = string.end > right - string.size and string.start > left + _AT_LEFT * string.size
    return string.v >= lines[0].v and is_right


class _String(NamedTuple):
    """Runs of a line between which there is no gap, such as those of several fonts, and what is asked of them often."""

    runs: list[list[Placed]]
    start: float
    end: float
    v: float
    size: float

    @classmethod
    def of(cls, runs: list[list[Placed]]) -> _String:
        first, last = runs[0][0], runs[-1][-1]
        return cls(runs, first.u, last.end, first.v, last.size)

    @property
    def text(self) -> str:
        return "".join(glyph.text for run in self.runs for glyph in run)

    def goes_over(self, cuts: Sequence[float]) -> bool:
        """Whether it begins before one of the cuts and ends behind it."""
        start, end = self.start, self.end
        return any(start < cut < end for cut in cuts)


def _full_lines(side: Iterable[_String], width: float) -> list[_String]:
    """The full lines of running text, from top to bottom; nothing where it is none."""
    strings = list(_together((run for string in side for run in string.runs), 1.0))
    edge = max((string.end for string in strings), default=0.0)
    full = [
        string for string in strings if string.end - string.start > 0.6 * width and _is_full(string, edge)
    ]
    return full if len(full) >= _LEAST_LINES and len(full) >= 0.6 * len(strings) else []


def _is_full(string: _String, edge: float) -> bool:
    """Whether it is as long as a line of running text; of short ones, which cells of tables are as well, whether it
    ends where the column does, and is no number."""
    text, size = string.text, string.size
    letters = sum(character.isalpha() for character in text)
    return len(text) >= _LEAST_COLUMN or (
        len(text) >= _LEAST_NARROW and string.end > edge - _AT_EDGE * size and 2 * letters > len(text)
    )


def _together(runs: Iterable[list[Placed]], gap: float) -> Iterator[_String]:
    """Strings from runs between which there is no more than `gap`, of the size."""
    joined: list[list[Placed]] = []
    for run in sorted(runs, key=lambda run: (-round(run[0].v), run[0].u)):
        size = run[0].size
        if (
            joined
            and round(joined[0][0].v) == round(run[0].v)
            and -0.5 * size < run[0].u - joined[-1][-1].end < gap * size
        ):
            joined.append(run)
            continue
        if joined:
            yield _String.of(joined)
        joined = [run]
    if joined:
        yield _String.of(joined)


def arranged(runs: Iterable[list[Placed]]) -> list[Line]:
    rows: list[_Row] = []
    for run in sorted(runs, key=lambda run: (-run[0].v, run[0].u)):
        v, size = run[0].v, run[0].size
        if rows and abs(rows[-1][0] - v) <= 0.45 * max(min(size, rows[-1][1]), 0.4 * max(size, rows[-1][1])):
            rows[-1][2].append(run)
        else:
            rows.append((v, size, [run]))
    for upper, lower in pairwise(rows):
        if upper[0] - lower[0] <= _OFF * max(upper[1], lower[1]):
            _take_in(upper, lower)
    lines = [line for v, _, parts in rows for line in _overlaid(v, parts)]
    for line in lines:
        if not line.doubles and _BROKEN_OFF.fullmatch("".join(glyph.text for glyph in line.glyphs[-2:])):
            del line.glyphs[-1]
    return lines


def _take_in(upper: _Row, lower: _Row) -> None:
    """Give a row what programs set higher or lower in it, with a place of its own: it goes on from what is there."""
    host, other = (upper, lower) if upper[1] > lower[1] else (lower, upper)
    is_small = other[1] < _SMALL * host[1]
    near = _TOUCHING * host[1]
    for run in list(other[2]):
        start, end = run[0].u, run[-1].end
        if any(one[0].u < end - near and start + near < one[-1].end for one in host[2]):
            continue  # it stands above or below
        before = any(abs(one[-1].end - start) < near for one in host[2])
        after = any(abs(one[0].u - end) < near for one in host[2])
        if (before and after) or (is_small and (before or after)):
            host[2].append(run)
            other[2].remove(run)


def _overlaid(v: float, runs: list[list[Placed]]) -> Iterator[Line]:
    """One line, or more where different text is printed over other text."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda run: run[0].u):
        for line in lines:
            if run[0].u >= line.end - 0.5 * run[0].size:
                line.glyphs += run
                break
            if (doubles := _doubles(line, run)) is not None:
                line.doubles += doubles
                break
        else:
            lines.append(Line(v, max(glyph.size for glyph in run), list(run)))
    return iter(lines)


def _doubles(line: Line, run: Sequence[Placed]) -> list[tuple[int, Placed]] | None:
    """The run as second print of glyphs of the line; None when it is other text."""
    found = []
    first = next((i for i, g in enumerate(line.glyphs) if abs(g.u - run[0].u) <= _SAME * g.size), None)
    if first is None or first + len(run) > len(line.glyphs):
        return None
    for index, glyph in enumerate(run, first):
        same = line.glyphs[index]
        if same.text != glyph.text or abs(same.u - glyph.u) > 2 * _SAME * same.size:
            return None
        found.append((index, glyph))
    return found
