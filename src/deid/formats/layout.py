"""From lines on a page to blocks in reading order, with the way back.

Lines that go on in the next one are joined without a break, so that a name or a number over two
lines is read whole. In rows of a table every cell is a block of its own, too, with its column's
head and its neighbour on the left as labels, and so is a cell whose text takes several lines, and
characters that stand one below the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from deid.formats.building import (
    LEAST_NOTED,
    OF_NUMBERS,
    PART,
    Builder,
    gap_between,
    is_mark,
    is_set_off,
    is_wide,
)
from deid.formats.goingon import LEAST_AT_MARGIN, breaks_of, first_word, is_field, may_go_on, right_margin
from deid.formats.joining import box_views, led_boxes
from deid.formats.lines import Line, Placed, arranged, columns, mark_borders
from deid.formats.pieces import beside, may_be_label, parted, wrapped
from deid.formats.spreading import mark_spread
from deid.formats.tables import labelled
from deid.formats.views import joined, whole
from deid.types import TextBlock

if TYPE_CHECKING:
    from deid.formats.pdf.content import Show

_SIZE = 2_000  # characters of a block
_OVER = 0.3  # of the narrower one: so much of a cell stands below the one above
_ALIGNED = 0.6  # of the size: in one column
_LEAST_STACKED, _STACKED = 3, 2.5  # characters; of the size: right below
_TOUCHING_STACK, _BESIDE_STACK = 1.25, 0.3  # the same in vertical writing; between columns of that
_LEAST_TURN, _LEAST_SLANT, _MOST_TURN, _NEXT_ON_CURVE = 0.5, 3.0, 60.0, 3.0  # degrees; of the size
_FIGURES = re.compile("[0-9]{1,8}|[0-9]{0,7}[Xx]")
_MOST_APART, _APART = 3, 2.5  # headers and footers; of the size


def blocks_of(
    shows: Sequence[Show],
    groups: Iterable[list[Line]],
    id: str,
    where: str,
    labels: tuple[str, ...] = (),
) -> Iterator[TextBlock]:
    """The blocks of a page, an appearance or a pattern, of which `groups` are the lines."""
    yield from _blocks(groups, id, where, labels)
    yield from _curved(shows, id, where)


class Turns:
    """Lines that go on at the head of the next column or page: of both what stands there, as one."""

    def __init__(self) -> None:
        self._tail: Line | None = None
        self._left_free = 0.0

    def forget(self) -> None:
        self._tail = None

    def blocks(self, groups: Iterable[Sequence[Line]], id: str, where: str) -> Iterator[TextBlock]:
        """For the columns of the next page; a few lines among several columns are headers and titles."""
        groups = [lines for lines in groups if lines]
        columns = [lines for lines in groups if len(lines) >= LEAST_AT_MARGIN] or groups[:1]
        for number, lines in enumerate(columns):
            head, tail = _first(lines), self._tail
            if head and tail and self._goes_on_in(head):
                before, after = _part_of(tail, range(-PART, 0)), _part_of(head, range(PART))
                if may_go_on("".join(before.parts), "".join(after.parts)):
                    yield before.followed(after).block(f"{id}/turn/{number}", where)
            self._tail = _first(lines[::-1])
            if self._tail is not None:
                self._left_free = right_margin(lines) - self._tail.end

    def _goes_on_in(self, head: Line) -> bool:
        """Whether the last line was full, and this one has no label of its own."""
        return self._left_free < max(2 * head.size, first_word(head)) and not is_field(head)


def _first(lines: Sequence[Line]) -> Line | None:
    """The first of the lines that is no header or footer, which stand apart or in the middle; None where it begins
    a paragraph, or has cells."""
    left = min(line.start for line in lines)
    for line, after in zip(lines[:_MOST_APART], [*lines[1:], None], strict=False):
        is_apart = after is not None and abs(line.v - after.v) > _APART * line.size
        if not is_apart and line.start < left + 3 * line.size:
            return line if line.start < left + 0.5 * line.size and len(line.cells()) == 1 else None
    return None


def _part_of(line: Line, numbers: Iterable[int]) -> Builder:
    builder, count = Builder(), len(line.glyphs)
    builder.glyphs(line, (number % count for number in numbers if -count <= number < count))
    return builder


def run_blocks(runs: list[list[Placed]], id: str, where: str) -> Iterator[TextBlock]:
    """The blocks of horizontal runs, such as the lines of a picture."""
    yield from _blocks([arranged(part) for part in columns(runs)], id, where, ())


def _blocks(
    groups: Iterable[list[Line]], id: str, where: str, labels: tuple[str, ...]
) -> Iterator[TextBlock]:
    for number, lines in enumerate(groups):
        if not any(line.is_row for line in lines):
            mark_borders(lines)
        gaps = mark_spread(lines, gap_between)
        yield from _flow(lines, f"{id}/{number}", where, labels)
        yield from _cells(lines, f"{id}/{number}", where)
        yield from _boxed(lines, f"{id}/{number}", where)
        yield from wrapped(lines, f"{id}/{number}", where)
        yield from beside(lines, f"{id}/{number}", where)
        yield from parted(lines, f"{id}/{number}", where)
        yield from _stacked(lines, f"{id}/{number}", where)
        yield from _noted(lines, f"{id}/{number}", where)
        yield from _spread(lines, gaps, f"{id}/{number}", where)


def _curved(shows: Sequence[Show], id: str, where: str) -> Iterator[TextBlock]:
    """Characters along a curve, as those of round seals: each is turned a little against the one before."""
    count = 0
    curve: list[Show] = []
    for show in shows:
        if curve and not _bends_on(curve[-1], show):
            if len(curve) >= _LEAST_STACKED:
                yield _along(curve, f"{id}/curve/{count}", where)
                count += 1
            curve = []
        curve.append(show)
    if len(curve) >= _LEAST_STACKED:
        yield _along(curve, f"{id}/curve/{count}", where)


def _bends_on(before: Show, show: Show) -> bool:
    """Whether a string follows that is turned against the one before, or stands aside as all of them are turned."""
    turn = _turn(before.direction, show.direction)
    if turn >= _MOST_TURN:
        return False
    first, second = (next(iter(one.corners()), None) for one in (before, show))
    size = max(before.height, show.height)
    if first is None or second is None or math.dist(first, second) >= _NEXT_ON_CURVE * size:
        return False
    step = second[0] - first[0], second[1] - first[1]
    is_aside = len(before.glyphs) == 1 and _LEAST_SLANT < _turn(before.direction, step) < _MOST_TURN
    return turn > _LEAST_TURN or (is_aside and math.dist(first, second) > _OVER * size)


def _turn(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two directions, in degrees."""
    (x, y), (across, up) = one, other
    return abs(math.degrees(math.atan2(x * up - y * across, x * across + y * up)))


def _along(shows: Sequence[Show], id: str, where: str) -> TextBlock:
    builder = Builder()
    for show in shows:
        builder.string(show)
    return builder.block(id, where)


def _stacked(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Characters one below the other, as narrow cells of forms have them. Figures alone are a column of figures."""
    stacks: list[list[tuple[Line, int]]] = []
    open_: list[list[tuple[Line, int]]] = []
    for line in lines:
        open_ = [stack for stack in open_ if stack[-1][0].v - line.v <= _STACKED * line.size]
        for index, most in _alone(line):
            stack = next((stack for stack in open_ if _is_below(stack[-1], line, index, most)), None)
            if stack is None:
                stack = []
                stacks.append(stack)
                open_.append(stack)
            stack.append((line, index))
    for number, stack in enumerate(stacks):
        text = "".join(line.glyphs[index].text for line, index in stack)
        if len(stack) >= _LEAST_STACKED and sum(map(is_wide, text)) > 1:
            builder = Builder()
            for line, index in stack:
                builder.glyphs(line, [index])
            yield builder.block(f"{id}/stack/{number}", where)


def _alone(line: Line) -> Iterator[tuple[int, float]]:
    """Characters that stand apart in a line, and how far above them the one before may stand, of the size; beside
    others, in vertical writing, they touch it."""
    cells = line.cells()
    for cell in cells:
        ends = [-math.inf, *(line.glyphs[index].end for index in cell)]
        starts = [*(line.glyphs[index].u for index in cell), math.inf]
        for place, index in enumerate(cell):
            room = min(starts[place] - ends[place], starts[place + 1] - ends[place + 1])
            if room > _BESIDE_STACK * line.size and line.glyphs[index].text.strip():
                yield index, _STACKED if len(cell) == 1 else _TOUCHING_STACK


def _noted(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Lines up to a number behind which figures are set off that may be the mark of a note, or belong to it."""
    for number, line in enumerate(lines):
        count = 0
        for index, (glyph, after) in enumerate(pairwise(line.glyphs), 1):
            count = count + 1 if glyph.text in OF_NUMBERS else 0
            if count >= LEAST_NOTED and is_set_off(glyph, after) and not is_mark(line, index):
                builder = Builder()
                builder.glyphs(line, range(index))
                yield builder.block(f"{id}/{number}/noted/{index}", where)


def _spread(
    lines: Sequence[Line], gaps: Sequence[Container[int]], id: str, where: str
) -> Iterator[TextBlock]:
    """Lines over which characters are spread, without the gaps between; and with the words around where those go on
    there."""
    for number, (line, closed) in enumerate(zip(lines, gaps, strict=True)):
        if not closed:
            continue
        count = len(line.glyphs)
        alone, whole = Builder(), Builder()
        alone.glyphs(line, range(count), closed)
        yield alone.block(f"{id}/spread/{number}", where)
        above, below = (lines[at] if 0 <= at < len(lines) else None for at in (number - 1, number + 1))
        if 1 in closed and above is not None and _is_right_below(above, line):
            tail = range(max(0, len(above.glyphs) - PART), len(above.glyphs))
            whole.glyphs(above, tail, gaps[number - 1])
        whole.followed(alone)
        if count - 1 in closed and below is not None and _is_right_below(line, below):
            whole.glyphs(below, range(min(PART, len(below.glyphs))), gaps[number + 1])
        if whole.length > alone.length:
            yield whole.block(f"{id}/spread/{number}/on", where)


def _is_right_below(above: Line, line: Line) -> bool:
    size = max(above.size, line.size)
    return abs(above.start - line.start) < 0.5 * size and above.v - line.v < 2.5 * size and not is_field(line)


def _is_below(above: tuple[Line, int], line: Line, index: int, most: float) -> bool:
    before, glyph = above[0].glyphs[above[1]], line.glyphs[index]
    apart = abs(before.u + before.end - glyph.u - glyph.end) / 2
    return apart < _ALIGNED * glyph.size and 0.5 * glyph.size < before.v - glyph.v <= most * glyph.size


def _flow(lines: Sequence[Line], id: str, where: str, labels: tuple[str, ...]) -> Iterator[TextBlock]:
    """Lines one after the other; where it is not certain which of them go on in the next, both ways are read."""
    breaks = breaks_of(lines)
    yield from _running_on(lines, [gap for gap, _ in breaks], id, where, labels)
    if any(gap != other for gap, other in breaks):
        yield from _running_on(lines, [other for _, other in breaks], f"{id}/parted", where, labels)


def _running_on(
    lines: Sequence[Line], breaks: Sequence[str], id: str, where: str, labels: tuple[str, ...]
) -> Iterator[TextBlock]:
    builder, count = Builder(), 0
    before: Line | None = None
    for gap, line in zip(("", *breaks), lines, strict=False):
        if before is not None:
            builder.put(gap)
            apart = before.v - line.v > 3.5 * max(before.size, line.size)
            if builder.length > _SIZE or (apart and builder.length > _SIZE // 4):
                if block := _finished(builder, f"{id}.{count}", where, labels):
                    yield block
                builder, count = Builder(), count + 1
        builder.glyphs(line, range(len(line.glyphs)))
        before = line
    if block := _finished(builder, f"{id}.{count}", where, labels):
        yield block


def _finished(builder: Builder, id: str, where: str, labels: tuple[str, ...]) -> TextBlock | None:
    block = builder.block(id, where, labels)
    return block if block.text.strip() else None


def _cells(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """The cells of rows of tables, each by itself."""
    numbered = enumerate(lines)
    for is_row, run in groupby(
        numbered, key=lambda one: one[1].is_row or len(one[1].cells(borders=True)) > 1
    ):
        table = _Table()
        for number, line in run if is_row else ():
            table.add(number, line)
        for row, labels in labelled(table.rows, _Row.shown):
            for place, (column, cell) in enumerate(row.cells):
                builder = Builder()
                builder.glyphs(row.line, cell)
                block = builder.block(f"{id}/{row.number}/{place}", where, labels.get(column, ()))
                if block.text.strip() and (block.labels or row.line.borders):
                    yield block


class _Row(NamedTuple):
    """A line of a table, and its cells with the numbers of their columns."""

    number: int
    line: Line
    cells: list[tuple[int, list[int]]]

    def shown(self) -> list[tuple[int, str]]:
        return [(column, self.line.words(cell)) for column, cell in self.cells]


class _Table:
    """Rows right below one another; cells that stand below others are of their column."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self._columns: list[tuple[float, float]] = []

    def add(self, number: int, line: Line) -> None:
        cells: dict[int, list[int]] = {}
        for cell in line.cells(borders=True):
            column = self._column(line.glyphs[cell[0]].u, line.glyphs[cell[-1]].end, taken=cells)
            cells[column] = cell
        self.rows.append(_Row(number, line, list(cells.items())))

    def _column(self, start: float, end: float, *, taken: Container[int]) -> int:
        for column, (first, last) in enumerate(self._columns):
            over = min(last, end) - max(first, start)
            if column not in taken and over > _OVER * min(last - first, end - start):
                return column
        self._columns.append((start, end))
        return len(self._columns) - 1


def _boxed(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Figures of a number that stand apart in a line, as the boxes of a form set them."""
    for number, line in enumerate(lines):
        words = _words(line)
        texts = ["".join(line.glyphs[index].text for index in word) for word in words]
        for run, before in _figures(words, texts):
            label = before.rstrip(":：").strip()
            labels = ((label,), ()) if may_be_label(label) else ((), ())
            boxes = [
                _box(line, word, f"{id}/box/{number}", where, labels[place > 0])
                for place, word in enumerate(run)
            ]
            yield from (view for view in box_views(boxes) if not view.search_only)
        for label, first, end in led_boxes(texts, range(len(texts))):
            boxes = [_box(line, word, f"{id}/led/{number}", where, ()) for word in words[first:end]]
            yield joined(boxes, whole(boxes), label)


def _box(line: Line, word: Sequence[int], id: str, where: str, labels: tuple[str, ...]) -> TextBlock:
    builder = Builder()
    builder.glyphs(line, word)
    return builder.block(f"{id}/{word[0]}", where, labels)


def _words(line: Line) -> list[list[int]]:
    """The glyphs of each word of a line."""
    words: list[list[int]] = []
    for index, glyph in enumerate(line.glyphs):
        if not glyph.text.strip():
            words.append([])
        elif not words or not words[-1] or gap_between(line.glyphs[words[-1][-1]], glyph):
            words.append([index])
        else:
            words[-1].append(index)
    return [word for word in words if word]


def _figures(words: Sequence[list[int]], texts: Sequence[str]) -> Iterator[tuple[list[list[int]], str]]:
    """Runs of several words of figures, and the word before each."""
    run: list[list[int]] = []
    before = ""
    for word, text in zip((*words, []), (*texts, ""), strict=True):
        if _FIGURES.fullmatch(text):
            run.append(word)
            continue
        if len(run) > 1:
            yield run, before
        run, before = [], text
