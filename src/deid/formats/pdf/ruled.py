"""Tables of which the lines are drawn: cells are read as if each had room for what it says on one line.

A narrow cell breaks a name or a number anywhere, and beside the lines of other cells nothing tells which of them go
together. The lines of the table do.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.formats.building import OF_NUMBERS
from deid.formats.goingon import first_word, is_field, item_of
from deid.formats.lines import Line, lines_of
from deid.formats.pdf.combs import rows_of
from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.grids import TOUCHING, Grid, grids_of
from deid.formats.pdf.seeing import Box, around, box_around, middles
from deid.formats.pieces import WHOLE
from deid.grammar.fieldnames import is_label

_OVERFLOWS, _MOST_OVER = 0.15, 0.2  # of the size: characters of one word; of the cells: words over a line
_FAR = 2.5  # of the size: from a line to the next
_PADDING, _MOST_PADDING = 1.5, 3.0  # of the size: of both sides of a cell
_APART, _DOWN = 4.0, 3.0  # of the size: from cell to cell, and from row to row, when they are read
_BLANK = 0.3  # of the size
_LEAST_ALIKE, _MOST_ALIKE = (
    3,
    0.8,
)  # lines of a column that are as long; of those that end before their cell does
_LETTERS_END, _LETTERS = re.compile(r"(?<![!-~])[A-Za-z]+\Z"), re.compile(r"[A-Za-z]+(?![!-~])")
"""Words of letters alone."""
_DAY_ENDS = re.compile(r"[-/.][0-9]{1,2}\Z|日\Z")
_TIME = re.compile(r"[0-9]{1,2}[:：][0-9]{2}(?![0-9])")
_Place = tuple[int, Box] | None
"""A cell of the grid of that number."""


class Tables:
    """The tables of one page after the other; one may go on at the head of the next page."""

    def __init__(self) -> None:
        self._last: _Table | None = None

    def forget(self) -> None:
        self._last = None

    def lines(self, surface: Surface, printed: list[list[Line]]) -> list[list[Line]]:
        """The lines to be read of a page with those that are printed: tables with lines that go on in a cell have one
        for each row instead."""
        boxes: set[tuple[str, int]] = set()
        shows, rows = self._parted(surface, sorted(_tables(surface, boxes), key=lambda table: -table.top))
        groups = [*lines_of(shows), *rows] if rows else printed
        for line in (line for lines in groups for line in lines) if boxes else ():
            line.closed.update(
                index
                for index, glyph in enumerate(line.glyphs)
                if index and (glyph.show.source, glyph.number) in boxes
            )
        return groups

    def _parted(self, surface: Surface, tables: Sequence[_Table]) -> tuple[list[Show], list[list[Line]]]:
        """The strings that stand in none of the tables that are read by rows, and the rows of each such table."""
        above = self._last if tables and self._last and self._last.may_go_on_in(tables[0]) else None
        self._last = tables[-1] if tables else None
        taken: dict[int, set[int]] = defaultdict(set)
        rows = []
        for number, table in enumerate(tables):
            before = above.going_on_in(table) if above and not number else []
            if not before and not table.is_broken():
                continue
            rows.append(_unrolled([*before, *table.rows]))
            if (table.is_drawn or table.is_labelled()) and not table.may_be_list():
                for cell in (cell for row in table.rows for cell in row):
                    for key, (_, numbers) in cell.glyphs.items():
                        taken[key] |= numbers
        return list(_left(surface.shows, taken)), rows


def _left(shows: Iterable[Show], taken: Mapping[int, set[int]]) -> Iterator[Show]:
    for show in shows:
        if not (gone := taken.get(id(show))):
            yield show
        elif left := frozenset(range(len(show.glyphs))) - gone:
            yield replace(show, only=left)


@dataclass
class _Cell:
    """What stands between four lines: the strings, each with the numbers of its glyphs; then the lines, and where it is
    along and across them; where a program broke them after so many characters, `usual` is how many."""

    box: Box
    glyphs: dict[int, tuple[Show, set[int]]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    padding: float = 0.0
    usual: int = 0

    def add(self, show: Show, number: int) -> None:
        self.glyphs.setdefault(id(show), (show, set()))[1].add(number)

    def inked(self) -> list[tuple[Show, int]]:
        """The glyphs without blanks."""
        return [
            (show, number)
            for show, numbers in self.glyphs.values()
            for number in sorted(numbers)
            if show.glyphs[number].text.strip()
        ]

    def read(self, across: int, up: int) -> None:
        """Tell the lines, in a direction of writing."""
        some = [replace(show, only=frozenset(numbers)) for show, numbers in self.glyphs.values()]
        self.lines = [line for lines in lines_of(some) for line in lines if _text(line)]
        left, bottom, right, top = self.box
        corners = ((left, bottom), (right, top))
        self.box = box_around((x * across + y * up, y * across - x * up) for x, y in corners)

    def free(self, line: Line) -> float:
        """What a line leaves free of the cell, of the size."""
        return (self.box.right - self.box.left - line.end + line.start) / line.size

    def paragraphs(self) -> list[list[Line]]:
        """The lines, each with those in which it goes on."""
        found: list[list[Line]] = []
        for line in self.lines:
            if found and self._goes_on(found[-1], line):
                found[-1].append(line)
            else:
                found.append([line])
        return found

    def followed(self, below: _Cell) -> _Cell:
        return replace(self, lines=[*self.lines, *below.lines])

    def _goes_on(self, above: Sequence[Line], line: Line) -> bool:
        before = above[-1]
        is_far = before.v - line.v > _FAR * line.size
        if is_far or len(before.cells()) > 1 or len(line.cells()) > 1:
            return False
        if _is_time(before, line):
            return True
        if is_field(line):
            return False
        if ((item := item_of(line)) and item == item_of(above[0])) or WHOLE.fullmatch(_text(before)):
            return False
        is_usual = len(_text(before)) == self.usual
        return is_usual or self.free(before) < _word(before, line) / line.size + max(self.padding, _PADDING)


def _text(line: Line) -> str:
    return "".join(glyph.text for glyph in line.glyphs).strip()


def _word(before: Line, line: Line) -> float:
    """What did not fit into the line before; of figures behind figures one, as narrow cells break numbers anywhere."""
    glyph = line.glyphs[0]
    is_number = before.glyphs[-1].text.isdigit() and glyph.text.isdigit()
    return glyph.end - glyph.u if is_number else first_word(line)


class _Table:
    """The rows of a table, each with the cells that begin in it; `direction` is that of its writing, `is_drawn` whether
    lines part its columns."""

    def __init__(self, cells: Sequence[_Cell], *, is_drawn: bool) -> None:
        self.is_drawn = is_drawn
        shows = [show for cell in cells for show, _ in cell.glyphs.values()]
        self.direction = Counter(map(_direction, shows)).most_common(1)[0][0]
        self.top = max(cell.box.top for cell in cells)
        for cell in cells:
            cell.read(*self.direction)
        cells = [cell for cell in cells if cell.lines]
        self.rows: list[list[_Cell]] = _sorted(cells, [-cell.box.top for cell in cells])
        for row in self.rows:
            row.sort(key=lambda cell: cell.box.left)
        free = min((cell.free(line) for cell in cells for line in cell.lines), default=0.0)
        for cell in cells:
            cell.padding = min(free, _MOST_PADDING)
        for column in _by_column(self.rows):
            lengths = Counter(len(_text(line)) for cell in column for line in cell.lines[:-1])
            for usual, count in lengths.most_common(1):
                for cell in column if count >= max(_LEAST_ALIKE, _MOST_ALIKE * lengths.total()) else ():
                    cell.usual = usual

    def is_broken(self) -> bool:
        """Whether a line goes on in the next in one of several cells."""
        cells = [cell for row in self.rows for cell in row]
        return len(cells) > 1 and any(len(part) > 1 for cell in cells for part in cell.paragraphs())

    def may_be_list(self) -> bool:
        """Whether no line may part the rows: in all cells beside one another stand as many lines, as high, and not of
        a character each."""
        return any(
            len(row) > 1
            and len(row[0].lines) > 1
            and len({tuple(round(line.v) for line in cell.lines) for cell in row}) == 1
            and any(len(_text(line)) > 1 for cell in row for line in cell.lines)
            for row in self.rows
        )

    def is_labelled(self) -> bool:
        """Whether most of what stands in the first row or the first column are labels: no running text in columns is so."""
        return _are_labels(self.rows[0]) or _are_labels(_by_column(self.rows)[0])

    def may_go_on_in(self, below: _Table) -> bool:
        """Whether the columns are the same."""
        ours, others = self._columns(), below._columns()
        return (
            self.direction == below.direction
            and len(ours) == len(others) > 1
            and all(abs(one - other) < TOUCHING for one, other in zip(ours, others, strict=True))
        )

    def going_on_in(self, below: _Table) -> list[list[_Cell]]:
        """Rows to be read before those on the next page: the header, where it is not there again, and the last row with
        the first one there, where that has not as many cells."""
        if not (self.is_broken() or below.is_broken()):
            return []
        first = below.rows[0]
        is_again = _are_labels(first)
        if is_again:
            first = below.rows[1] if len(below.rows) > 1 else []
        found = [] if is_again else self.rows[:1]
        last = self.rows[-1]
        rest = {_near(cell, last): cell for cell in first}
        if rest and None not in rest and len(rest) < len(last):
            whole = [cell.followed(rest[at]) if at in rest else cell for at, cell in enumerate(last)]
            found = [*found, whole]
        return found

    def _columns(self) -> list[float]:
        return sorted({min(cell.box.left for cell in some) for some in _by_column(self.rows)})


def _are_labels(cells: Sequence[_Cell]) -> bool:
    return 2 * sum(is_label(_text(cell.lines[0])) for cell in cells) > len(cells)


def _near(cell: _Cell, row: Sequence[_Cell]) -> int | None:
    """The cell of a row that is above one on the next page."""
    return next((at for at, one in enumerate(row) if abs(one.box.left - cell.box.left) < TOUCHING), None)


def _by_column(rows: Iterable[Iterable[_Cell]]) -> list[list[_Cell]]:
    cells = [cell for row in rows for cell in row]
    return _sorted(cells, [cell.box.left for cell in cells])


def _sorted(cells: Sequence[_Cell], places: Sequence[float]) -> list[list[_Cell]]:
    """Cells by where they are; those that are near to one another stand at one place."""
    firsts: list[float] = []
    for place in sorted(places):
        if not firsts or place - firsts[-1] > TOUCHING:
            firsts.append(place)
    found: list[list[_Cell]] = [[] for _ in firsts]
    for cell, place in zip(cells, places, strict=True):
        found[bisect_right(firsts, place) - 1].append(cell)
    return found


def _unrolled(rows: Sequence[Sequence[_Cell]]) -> list[Line]:
    """A line for each row, and for each further paragraph that a cell of it has."""
    size = max(line.size for row in rows for cell in row for line in cell.lines)
    starts = _starts(rows, size)
    lines: list[Line] = []
    for row in rows:
        parts = [(starts[id(cell)], cell.paragraphs()) for cell in row]
        for number in range(max(len(some) for _, some in parts)):
            line = Line(-_DOWN * size * len(lines), size, is_row=True)
            for start, some in parts:
                if number < len(some):
                    _put(line, some[number], start)
            lines.append(line)
    return lines


def _starts(rows: Sequence[Sequence[_Cell]], size: float) -> dict[int, float]:
    """Where each cell, by its identity, begins when all have room: those of a column at one place."""
    found: dict[int, float] = {}
    ends: list[tuple[float, float]] = []
    for column in _by_column(rows):
        left = min(cell.box.left for cell in column) + TOUCHING
        start = max((end for right, end in ends if right < left), default=0.0)
        for cell in column:
            found[id(cell)] = start
            ends.append((cell.box.right, start + max(map(_length, cell.paragraphs())) + _APART * size))
    return found


def _length(lines: Sequence[Line]) -> float:
    return sum(line.end - line.start + _BLANK * line.size for line in lines)


def _put(row: Line, part: Sequence[Line], start: float) -> None:
    """Put lines into a row, one behind the other."""
    at = max(start, row.end + _APART * row.size) if row.glyphs else start
    for before, line in zip((None, *part), part, strict=False):
        count = len(row.glyphs)
        if before is not None and _is_parted(before, line):
            at += _BLANK * line.size
        elif before is not None:
            row.closed.add(count)
        aside = at - line.start
        row.glyphs += (
            glyph._replace(u=glyph.u + aside, end=glyph.end + aside, v=row.v) for glyph in line.glyphs
        )
        row.doubles += ((index + count, double) for index, double in line.doubles)
        row.closed |= {index + count for index in line.closed}
        at = row.end


def _is_parted(before: Line, line: Line) -> bool:
    """Whether a word of letters alone, or a day, ends there, and another, or a time, begins."""
    is_word = _LETTERS_END.search(_text(before)) and _LETTERS.match(_text(line))
    return bool(is_word) or _is_time(before, line)


def _is_time(before: Line, line: Line) -> bool:
    return bool(_DAY_ENDS.search(_text(before)) and _TIME.match(_text(line)))


def _direction(show: Show) -> tuple[int, int]:
    across, up = show.direction
    return (0, 1 if up > 0 else -1) if abs(up) > abs(across) else (1 if across >= 0 else -1, 0)


def _tables(surface: Surface, boxes: set[tuple[str, int]]) -> Iterator[_Table]:
    """The tables of a page; `boxes` takes in the glyphs that stand in boxes of their own and go on in the one before."""
    grids = grids_of(surface) if surface.shows else []
    found: list[dict[Box, _Cell]] = [{} for _ in grids]
    over: Counter[int] = Counter()
    for show in surface.shows if grids else ():
        _sort_in(show, grids, found, over)
    for number, (grid, cells) in enumerate(zip(grids, found, strict=True)):
        if grid.is_drawn:
            boxes |= _join_boxes(grid, cells)
        if cells and over[number] <= _MOST_OVER * len(cells):
            table = _Table(list(cells.values()), is_drawn=grid.is_drawn)
            if table.rows:
                yield table


def _join_boxes(grid: Grid, cells: dict[Box, _Cell]) -> set[tuple[str, int]]:
    """Make rows of boxes for one character each one cell; the glyphs behind the first one of each."""
    single = {box: inked[0] for box, cell in cells.items() if len(inked := cell.inked()) == 1}
    found: set[tuple[str, int]] = set()
    for row in rows_of(grid, single):
        glyphs = [single[box] for box in row]
        if all(show.glyphs[number].text in OF_NUMBERS for show, number in glyphs):
            continue
        whole = _Cell(around(row))
        for box in row:
            for show, numbers in cells.pop(box).glyphs.values():
                for number in numbers:
                    whole.add(show, number)
        cells[whole.box] = whole
        found |= {(show.source, number) for show, number in glyphs[1:]}
    return found


def _sort_in(
    show: Show, grids: Sequence[Grid], cells: Sequence[dict[Box, _Cell]], over: Counter[int]
) -> None:
    """Give each word to the cell in which it begins, and count those that go over a line of a table."""
    inside: _Place = None
    whole: _Place = None
    end = math.inf
    size = abs(show.state.size)
    for number, (glyph, (x, y)) in enumerate(zip(show.glyphs, middles(show, show.glyphs), strict=True)):
        before = inside
        if inside is None or not inside[1].holds(x, y):
            inside = next(
                ((at, box) for at, grid in enumerate(grids) if (box := grid.cell(x, y)) is not None), None
            )
        is_word = glyph.text.strip() and abs(glyph.offset - end) < _OVERFLOWS * size
        if is_word and inside != before:
            over.update(at for at, _ in filter(None, (inside, before)))
        if not is_word:
            whole = inside
        if whole is not None:
            at, box = whole
            cells[at].setdefault(box, _Cell(box)).add(show, number)
        end = glyph.offset + glyph.advance if glyph.text.strip() else math.inf
