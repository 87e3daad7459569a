"""From lines on a page to blocks in reading order, with the way back.

Lines that go on in the next one are joined without a break, so that a name or a number over two
lines is read whole. In rows of a table every cell is a block of its own, too, with its column's
head and its neighbour on the left as labels, and so is a cell whose text takes several lines, and
characters that stand one below the other.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from deid.formats.joining import box_views
from deid.formats.lines import CELL_GAP, Line, Placed, arranged, columns, mark_borders
from deid.formats.parting import may_part_name
from deid.formats.spreading import mark_spread
from deid.formats.tables import labelled
from deid.grammar.fieldnames import is_label
from deid.types import Segment, TextBlock

if TYPE_CHECKING:
    from deid.formats.pdf.content import Show

_SIZE = 2_000  # characters of a block
_OVER_LINES = re.compile(r"\d \d|[A-Za-z\d][-‐–—~·•・][A-Za-z\d]|\d\d[·•・]", re.ASCII)
"""The end of a line, and the beginning of the next, in a number that goes on there."""
_NUMBERED = re.compile(r"[第（(【\[]?[\d一二三四五六七八九十]+[\s.,:：、/年月条章节款）)】\]-]")
"""How an item of a list begins, or an entry with its time."""
_WORD, _WORD_GAP = re.compile(r"[!-~·•・]+"), 0.2
"""Characters of one word, and of sizes of the font between them."""
_OVER = 0.3  # of the narrower one: so much of a cell stands below the one above
_LEAST_WRAPPED = 16  # characters of a line
_LEAST_AT_MARGIN, _NEARLY = 4, 0.85  # lines that end there; of the widest
_LEAST_STACKED, _STACKED = 3, 2.5  # characters; of the size: right below
_TOUCHING_STACK, _BESIDE_STACK = 1.25, 0.3  # the same in vertical writing; between columns of that
_LEAST_TURN, _LEAST_SLANT, _MOST_TURN, _NEXT_ON_CURVE = 0.5, 3.0, 60.0, 3.0  # degrees; of the size
_FIGURES = re.compile("[0-9]{1,8}|[0-9]{0,7}[Xx]")
_TURNED, _MOST_APART, _APART = 30, 3, 2.5  # characters; headers and footers; of the size
_LEAST_NOTED, _MARK, _RAISED, _MOST_MARK = 6, 0.85, 0.2, 2  # figures; of their size, and figures of a mark
_OF_NUMBERS = frozenset("0123456789Xx-")
_WHOLE = frozenset({11, 18})
"""Figures of mobile and identity numbers: set higher or not, the last ones of such belong to it."""
_ALIGNED, _NEXT_LINE = 0.6, 2.0  # of the size: same left edge, right below
_NARROW, _INDENTED, _FAR_LINE = 0.9, 3.0, 2.3  # of the size: between columns, before a paragraph, below
_PADDING, _MORE = (
    2.0,
    1.3,
)  # of the size: from the end of a cell to what stands beside it; of the way between lines
_LEAST_BESIDE, _LEAST_HAN, _AT_EDGE = 8, 4, 1.5  # characters of a line beside others; of the size


class _Builder:
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
                self.put(_gap(before, glyph) or _between(before, glyph, line, index))
            self._segment(glyph, self.length)
            for double in doubled.get(index, ()):
                self._segment(double, self.length)
            self.put(glyph.text)
            before = glyph

    def followed(self, other: _Builder) -> _Builder:
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


def _gap(before: Placed, glyph: Placed) -> str:
    gap = (glyph.u - before.end) / max(min(glyph.size, before.size), 0.1)
    if gap < glyph.show.blank or before.text.endswith(" ") or glyph.text.startswith(" "):
        return ""
    wide = _is_wide(before.text[-1:]) + _is_wide(glyph.text[:1])
    if gap < (0.0, 0.3, 0.6)[wide]:
        return ""
    return "    " if gap > CELL_GAP else " "


def _between(before: Placed, glyph: Placed, line: Line, index: int) -> str:
    """What parts columns that touch: a blank, but not within Chinese, where two columns may be those of one name; and
    a number from the mark of a note."""
    is_number = before.text[-1:].isdigit() or glyph.text[:1].isdigit()
    is_parted = index in line.borders or (_is_set_off(before, glyph) and _is_mark(line, index))
    return " " if is_number and is_parted else ""


def _is_set_off(before: Placed, glyph: Placed) -> bool:
    """Whether a figure is smaller than the one before, or set higher."""
    higher = glyph.v + glyph.raised - before.v - before.raised
    return (
        glyph.text.isdigit()
        and before.text in _OF_NUMBERS
        and (glyph.size < _MARK * before.size or higher > _RAISED * before.size)
    )


def _is_mark(line: Line, index: int) -> bool:
    """Whether what is set off there is one or two figures behind a number that may be whole without them."""
    figures = list(
        takewhile(_OF_NUMBERS.__contains__, (glyph.text for glyph in line.glyphs[index - 1 :: -1]))
    )
    mark = list(takewhile(str.isdigit, (glyph.text for glyph in line.glyphs[index : index + _MOST_MARK + 1])))
    return (
        len(figures) >= _LEAST_NOTED
        and len(mark) <= _MOST_MARK
        and sum(map(str.isalnum, figures)) + len(mark) not in _WHOLE
    )


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


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
        columns = [lines for lines in groups if len(lines) >= _LEAST_AT_MARGIN] or groups[:1]
        for number, lines in enumerate(columns):
            head, tail = _first(lines), self._tail
            if head and tail and self._goes_on_in(head):
                before, after = _part_of(tail, range(-_TURNED, 0)), _part_of(head, range(_TURNED))
                if _may_go_on("".join(before.parts), "".join(after.parts)):
                    yield before.followed(after).block(f"{id}/turn/{number}", where)
            self._tail = _first(lines[::-1])
            if self._tail is not None:
                self._left_free = _right_margin(lines) - self._tail.end

    def _goes_on_in(self, head: Line) -> bool:
        """Whether the last line was full, and this one has no label of its own."""
        return self._left_free < max(2 * head.size, _first_word(head)) and not _is_field(head)


def _first(lines: Sequence[Line]) -> Line | None:
    """The first of the lines that is no header or footer, which stand apart or in the middle; None where it begins
    a paragraph, or has cells."""
    left = min(line.start for line in lines)
    for line, after in zip(lines[:_MOST_APART], [*lines[1:], None], strict=False):
        is_apart = after is not None and abs(line.v - after.v) > _APART * line.size
        if not is_apart and line.start < left + 3 * line.size:
            return line if line.start < left + 0.5 * line.size and len(line.cells()) == 1 else None
    return None


def _part_of(line: Line, numbers: Iterable[int]) -> _Builder:
    builder, count = _Builder(), len(line.glyphs)
    builder.glyphs(line, (number % count for number in numbers if -count <= number < count))
    return builder


def _may_go_on(tail: str, head: str) -> bool:
    if not (tail[-1:].isalnum() and head[:1].isalnum()):
        return False
    figures = tail[-1].isdigit() and head[0].isdigit()
    return figures or ((_is_wide(tail[-1]) or _is_wide(head[0])) and not _NUMBERED.match(head))


def run_blocks(runs: list[list[Placed]], id: str, where: str) -> Iterator[TextBlock]:
    """The blocks of horizontal runs, such as the lines of a picture."""
    yield from _blocks([arranged(part) for part in columns(runs)], id, where, ())


def _blocks(
    groups: Iterable[list[Line]], id: str, where: str, labels: tuple[str, ...]
) -> Iterator[TextBlock]:
    for number, lines in enumerate(groups):
        mark_borders(lines)
        gaps = mark_spread(lines, _gap)
        yield from _flow(lines, f"{id}/{number}", where, labels)
        yield from _cells(lines, f"{id}/{number}", where)
        yield from _boxed(lines, f"{id}/{number}", where)
        yield from _wrapped(lines, f"{id}/{number}", where)
        yield from _beside(lines, f"{id}/{number}", where)
        yield from _parted(lines, f"{id}/{number}", where)
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
    builder = _Builder()
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
        if len(stack) >= _LEAST_STACKED and sum(map(_is_wide, text)) > 1:
            builder = _Builder()
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
            count = count + 1 if glyph.text in _OF_NUMBERS else 0
            if count >= _LEAST_NOTED and _is_set_off(glyph, after) and not _is_mark(line, index):
                builder = _Builder()
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
        alone, whole = _Builder(), _Builder()
        alone.glyphs(line, range(count), closed)
        yield alone.block(f"{id}/spread/{number}", where)
        above, below = (lines[at] if 0 <= at < len(lines) else None for at in (number - 1, number + 1))
        if 1 in closed and above is not None and _is_right_below(above, line):
            tail = range(max(0, len(above.glyphs) - _TURNED), len(above.glyphs))
            whole.glyphs(above, tail, gaps[number - 1])
        whole.followed(alone)
        if count - 1 in closed and below is not None and _is_right_below(line, below):
            whole.glyphs(below, range(min(_TURNED, len(below.glyphs))), gaps[number + 1])
        if whole.length > alone.length:
            yield whole.block(f"{id}/spread/{number}/on", where)


def _is_right_below(above: Line, line: Line) -> bool:
    size = max(above.size, line.size)
    return (
        abs(above.start - line.start) < 0.5 * size and above.v - line.v < 2.5 * size and not _is_field(line)
    )


def _is_below(above: tuple[Line, int], line: Line, index: int, most: float) -> bool:
    before, glyph = above[0].glyphs[above[1]], line.glyphs[index]
    apart = abs(before.u + before.end - glyph.u - glyph.end) / 2
    return apart < _ALIGNED * glyph.size and 0.5 * glyph.size < before.v - glyph.v <= most * glyph.size


def _flow(lines: Sequence[Line], id: str, where: str, labels: tuple[str, ...]) -> Iterator[TextBlock]:
    """Lines one after the other; where it is not certain which of them go on in the next, both ways are read."""
    breaks = _breaks(lines)
    yield from _running_on(lines, [gap for gap, _ in breaks], id, where, labels)
    if any(gap != other for gap, other in breaks):
        yield from _running_on(lines, [other for _, other in breaks], f"{id}/parted", where, labels)


def _breaks(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What stands between each line and the next, and what else may."""
    right, usual = _right_margin(lines), _usual_length(lines)
    full = []
    for before, line in pairwise(lines):
        margin = max(2 * max(before.size, line.size), _first_word(line))
        full.append(before.end > right - margin or _length(before) == usual)
    items = {_item(line) for line, is_on in zip(lines, (False, *full), strict=False) if not is_on} - {""}
    return [
        _break(before, line, is_item=_item(line) in items) if is_full else ("\n", "\n")
        for is_full, (before, line) in zip(full, pairwise(lines), strict=True)
    ]


def _right_margin(lines: Sequence[Line]) -> float:
    """Where most full lines end; a few, with a word that cannot be parted or a page number, go beyond."""
    right = max((line.end for line in lines), default=0.0)
    left = min((line.start for line in lines), default=0.0)
    ends = Counter(round(line.end / line.size) * line.size for line in lines)
    end, count = ends.most_common(1)[0] if ends else (right, 0)
    is_margin = count >= max(_LEAST_AT_MARGIN, len(lines) // 5) and end - left > _NEARLY * (right - left)
    return end + max(line.size for line in lines) / 2 if is_margin else right


def _item(line: Line) -> str:
    """How an item of a list or an entry begins, whatever its number or time is: `0.`, `000/`."""
    item = _NUMBERED.match(_beginning(line))
    return re.sub(r"[一二三四五六七八九十]+|\d\d?(?!\d)|\d", "0", item[0]) if item else ""


def _running_on(
    lines: Sequence[Line], breaks: Sequence[str], id: str, where: str, labels: tuple[str, ...]
) -> Iterator[TextBlock]:
    builder, count = _Builder(), 0
    before: Line | None = None
    for gap, line in zip(("", *breaks), lines, strict=False):
        if before is not None:
            builder.put(gap)
            apart = before.v - line.v > 3.5 * max(before.size, line.size)
            if builder.length > _SIZE or (apart and builder.length > _SIZE // 4):
                if block := _finished(builder, f"{id}.{count}", where, labels):
                    yield block
                builder, count = _Builder(), count + 1
        builder.glyphs(line, range(len(line.glyphs)))
        before = line
    if block := _finished(builder, f"{id}.{count}", where, labels):
        yield block


def _finished(builder: _Builder, id: str, where: str, labels: tuple[str, ...]) -> TextBlock | None:
    block = builder.block(id, where, labels)
    return block if block.text.strip() else None


def _length(line: Line) -> int:
    return sum(len(glyph.text) for glyph in line.glyphs)


def _usual_length(lines: Sequence[Line]) -> int:
    """The length of full lines where a program broke them after so many characters, else 0."""
    lengths = Counter(map(_length, lines))
    longest = max(lengths, default=0)
    return longest if longest >= _LEAST_WRAPPED and lengths[longest] > max(2, len(lines) // 4) else 0


def _break(before: Line, line: Line, *, is_item: bool) -> tuple[str, str]:
    """What stands between a full line and the one below: nothing where that goes on. Figures may be those of two
    numbers as well, and what looks like a label be in the middle of a sentence."""
    size = max(before.size, line.size)
    goes_on = (
        line.start < before.start + 0.5 * size
        and before.v - line.v < 2.5 * size
        and min(before.size, line.size) > 0.85 * size
    )
    last, first = before.glyphs[-1].text[-1:], line.glyphs[0].text[:1]
    if not goes_on or not first.strip() or len(before.cells()) > 1:
        return "\n", "\n"
    tail = "".join(glyph.text for glyph in before.glyphs[-2:])
    figures = last.isdigit() and first.isdigit()
    if not (
        _OVER_LINES.fullmatch(tail + first)
        or (last.strip() and (_is_wide(last) or _is_wide(first)))
        or figures
    ):
        return "\n", "\n"
    if is_item or _is_field(line):
        return "\n", "" if last.isalpha() and _length(before) >= _LEAST_WRAPPED else "\n"
    return "", "\n" if figures else ""


def _first_word(line: Line) -> float:
    """How long what begins a line is that cannot be parted: it would not have fitted into the line before."""
    last = line.glyphs[0]
    for glyph in line.glyphs[1:]:
        if not _WORD.fullmatch(last.text + glyph.text) or glyph.u - last.end > _WORD_GAP * glyph.size:
            break
        last = glyph
    return last.end - line.start


def _is_field(line: Line) -> bool:
    """Whether a line begins with a label: `住址：`."""
    head = _beginning(line)[:9]
    return min((head.find(mark) for mark in ":：" if mark in head), default=0) > 1


def _beginning(line: Line) -> str:
    return "".join(glyph.text for glyph in line.glyphs[:9])


def _cells(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """The cells of rows of tables, each by itself."""
    numbered = enumerate(lines)
    for is_row, run in groupby(numbered, key=lambda one: len(one[1].cells(borders=True)) > 1):
        table = _Table()
        for number, line in run if is_row else ():
            table.add(number, line)
        for row, labels in labelled(table.rows, _Row.shown):
            for place, (column, cell) in enumerate(row.cells):
                builder = _Builder()
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
        for run, before in _figures(line):
            builders = [(_Builder(), word) for word in run]
            for builder, word in builders:
                builder.glyphs(line, word)
            label = before.rstrip(":：").strip()
            labels = ((label,), ()) if _is_label(label) else ((), ())
            boxes = [
                builder.block(f"{id}/box/{number}/{word[0]}", where, labels[place > 0])
                for place, (builder, word) in enumerate(builders)
            ]
            yield from (view for view in box_views(boxes) if not view.search_only)


def _figures(line: Line) -> Iterator[tuple[list[list[int]], str]]:
    """Runs of several words of figures, and the word before each."""
    words: list[list[int]] = []
    for index, glyph in enumerate(line.glyphs):
        if not glyph.text.strip():
            words.append([])
        elif not words or not words[-1] or _gap(line.glyphs[words[-1][-1]], glyph):
            words.append([index])
        else:
            words[-1].append(index)
    run: list[list[int]] = []
    before = ""
    for word in (*filter(None, words), []):
        text = "".join(line.glyphs[index].text for index in word)
        if _FIGURES.fullmatch(text):
            run.append(word)
            continue
        if len(run) > 1:
            yield run, before
        run, before = [], text


class _Piece(NamedTuple):
    """What a cell of a table shows on one line."""

    line: Line
    cells: list[list[int]]
    place: int

    @property
    def start(self) -> float:
        return self.line.glyphs[self.cells[self.place][0]].u

    @property
    def end(self) -> float:
        return self.line.glyphs[self.cells[self.place][-1]].end

    @property
    def first_width(self) -> float:
        """The width of what stands together at the beginning: a Chinese character, or letters and digits."""
        glyphs = [self.line.glyphs[index] for index in self.cells[self.place]]
        end = 1
        while end < len(glyphs) and all(
            g.text.isascii() and g.text.isalnum() for g in glyphs[end - 1 : end + 1]
        ):
            end += 1
        return glyphs[end - 1].end - glyphs[0].u

    @property
    def glyphs(self) -> list[int]:
        """Without blanks at its ends."""
        cell = self.cells[self.place]
        inked = [place for place, index in enumerate(cell) if self.line.glyphs[index].text.strip()]
        return cell[inked[0] : inked[-1] + 1] if inked else []

    @property
    def text(self) -> str:
        return "".join(self.line.glyphs[index].text for index in self.glyphs)

    def stands_over(self, below: _Piece) -> bool:
        """Whether a piece stands below this one in a cell, at either side or in the middle of it; or both are lines."""
        near = _ALIGNED * self.line.size
        sides = (self.start - below.start, self.end - below.end)
        return (
            self.line.v - below.line.v > 0.5 * self.line.size
            and min(self.line.size, below.line.size) > 0.85 * max(self.line.size, below.line.size)
            and (len(self.cells) == len(below.cells) == 1 or min(map(abs, (*sides, sum(sides) / 2))) < near)
        )

    @property
    def is_labelled(self) -> bool:
        """Whether the cell to the left of it names a field."""
        before = self.line.words(self.cells[self.place - 1]) if self.place else ""
        return _is_label(before) and is_label(before)

    def is_text(self) -> bool:
        """Whether it may be a line of running text."""
        text = self.text
        return len(text) >= _LEAST_BESIDE and sum(map(_is_wide, text)) >= _LEAST_HAN

    def is_number_with(self, below: _Piece) -> bool:
        """Whether it is the number of a telephone or of an identity card with the one below."""
        text = self.text + below.text
        return len(text) in _WHOLE and all(map(_OF_NUMBERS.__contains__, text))

    def overlaps(self, other: _Piece) -> bool:
        return self.start < other.end and other.start < self.end

    def begins_row(self, table: _Piece) -> bool:
        """Whether its line begins in the first column of a table; figures stand at the right side of that."""
        starts = [table.line.glyphs[cell[0]].u for cell in table.cells[:2]]
        near = _ALIGNED * self.line.size
        return len(self.cells) > 1 and self.line.start < max(starts[0] + near, starts[-1] - near)

    def may_go_on(self) -> bool:
        """Whether it may be the rest of what stands above: it has no label, before it or in it."""
        head = self.text[:9]
        field = min((head.find(mark) for mark in ":：" if mark in head), default=0) > 1
        return not (field or self.is_labelled)

    @property
    def room(self) -> tuple[float, float]:
        """From where to where it could reach: to what stands beside it."""
        left = self.line.glyphs[self.cells[self.place - 1][-1]].end if self.place else -math.inf
        is_last = self.place + 1 == len(self.cells)
        return left, math.inf if is_last else self.line.glyphs[self.cells[self.place + 1][0]].u

    def is_near(self, below: _Piece) -> bool:
        """Whether what stands beside it is so near that the head of another piece had no place; nothing may be there."""
        limit = min(self.room[1], below.room[1])
        return not self.end + below.first_width + _PADDING * self.line.size < limit < math.inf

    def is_of_column(self, below: _Piece) -> bool:
        """Whether a piece stands below this one, further to the left where a paragraph begins here, and neither reaches
        into another column."""
        size = max(self.line.size, below.line.size)
        left, right = self.room
        return (
            max(left, self.start - _INDENTED * size) < below.start < self.start + _ALIGNED * size
            and below.end < right
            and self.end < below.room[1]
            and self.line.v - below.line.v < _FAR_LINE * size
        )

    def goes_on_in(self, below: _Piece) -> bool:
        """Whether a piece begins right below this one."""
        size = max(self.line.size, below.line.size)
        return (
            abs(self.start - below.start) < _ALIGNED * size and self.line.v - below.line.v < _NEXT_LINE * size
        )


def _wrapped(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Cells of tables whose text takes several lines, whole: 13817264 over 095."""
    count = 0
    for run in _runs_of_pieces(lines):
        right = max(piece.end for piece in run)
        part = [run[0]]
        for piece, below in zip(run, [*run[1:], None], strict=True):
            if below is not None and piece.end + below.first_width > right:
                part.append(below)
                continue
            if len(part) > 1:
                yield _joined(part, f"{id}/w{count}", where)
                count += 1
            part = [below] if below is not None else []


def _beside(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Columns of a few lines side by side, which rows of a table may be as well, and paragraphs that are narrower than
    others: each read down, too, where its lines are full, and from the end of one to the head of the next."""
    parts = list(_full_parts(_columned(lines, borders=False)))
    if any(line.borders for line in lines):
        parts += _full_parts(_columned(lines, borders=True))
    seen: set[tuple[tuple[float, ...], ...]] = set()
    for number, part in enumerate(parts):
        places = tuple((piece.line.v, piece.start, piece.end) for piece in part)
        if len(part) > 1 and places not in seen:
            seen.add(places)
            yield _joined(part, f"{id}/beside/{number}", where)
            if (other := next((other for other in parts if _is_turn(part, other)), None)) is not None:
                before, after = _Builder(), _Builder()
                before.glyphs(part[-1].line, part[-1].glyphs[-_TURNED:])
                after.glyphs(other[0].line, other[0].glyphs[:_TURNED])
                yield before.followed(after).block(f"{id}/beside/{number}/turn", where)


def _is_turn(part: Sequence[_Piece], other: Sequence[_Piece]) -> bool:
    """Whether a column may go on at the head of another, beside it."""
    first, last = part[0], part[-1]
    return (
        other[0].line is first.line
        and other[0].place == first.place + 1
        and last.is_text()
        and last.end > max(piece.end for piece in part) - _AT_EDGE * last.line.size
        and _may_go_on(last.text, other[0].text)
    )


def _full_parts(runs: Iterable[Sequence[_Piece]]) -> Iterator[list[_Piece]]:
    """Pieces of which each goes on in the one below: of rows of a table, in which some cells are short, none does."""
    for run in runs:
        right = max(piece.end for piece in run)
        part = [run[0]]
        for piece, below in pairwise(run):
            beside = (_Piece(piece.line, piece.cells, place) for place in range(len(piece.cells)))
            is_row = below.begins_row(run[0]) and not all(one.is_text() for one in beside)
            is_text = (piece.is_text() or part[0].is_labelled) and not is_row and below.may_go_on()
            full = sum(one.end > right - _AT_EDGE * one.line.size for one in (*part, below))
            is_full = piece.end > right - below.first_width and (full > 1 or piece.is_near(below))
            if not (is_full and (is_text or piece.is_number_with(below))):
                yield part
                part = []
            part.append(below)
        yield part


def _columned(lines: Sequence[Line], *, borders: bool) -> Iterator[list[_Piece]]:
    """Pieces one below the other, in lines that have several, or end early; what stands beside them may be a little
    lower than they are."""
    left, margin = min((line.start for line in lines), default=0.0), _right_margin(lines)
    starts = [[line.glyphs[cell[0]].u for cell in line.cells(gap=_NARROW)] for line in lines]
    open_: list[list[_Piece]] = []
    for number, line in enumerate(lines):
        near = (start for some in starts[max(number - 1, 0) : number + 2] for start in some)
        cells = line.cells(tuple(near), borders=borders)
        pieces = [_Piece(line, cells, place) for place in range(len(cells))]
        is_aside = line.end < margin - 2 * line.size or line.start > left + 2 * line.size
        taken: list[list[_Piece]] = []
        for piece in pieces:
            run = next((run for run in open_ if _goes_down(run, piece)), None)
            if run is not None and (is_aside or len(run[0].cells) > 1):
                run.append(piece)
                taken.append(run)
            elif is_aside or len(cells) > 1:
                taken.append([piece])
        left_open = []
        for run in open_:
            if not any(run is other for other in taken):
                is_over = run[-1].line.v - line.v > _FAR_LINE * line.size
                if is_over or any(run[-1].overlaps(piece) for piece in pieces):
                    yield run
                else:
                    left_open.append(run)
        open_ = taken + left_open
    yield from open_


def _goes_down(run: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece stands below those of a column, as far from the last one as they are from one another."""
    down = run[-1].line.v - piece.line.v
    is_next = len(run) < 2 or down < _MORE * (run[-2].line.v - run[-1].line.v)
    return is_next and run[-1].is_of_column(piece)


def _parted(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Where a line ends early, and a name may go on below it, in a paragraph or a cell: the words around that, as one."""
    goes_on = {number for number, (gap, _) in enumerate(_breaks(lines), 1) if not gap}
    edges = _edges(lines)
    above: list[_Piece] = []
    head: tuple[Line, list[list[int]]] | None = None
    for number, line in enumerate(lines):
        cells = line.cells(edges)
        head = (head or (line, cells)) if len(cells) > 1 else None
        above = [piece for piece in above if piece.line.v - line.v < _NEXT_LINE * piece.line.size]
        pieces = [_Piece(line, cells, place) for place in range(len(cells))]
        for piece in pieces if number not in goes_on else ():
            upper = next((one for one in reversed(above) if one.stands_over(piece)), None)
            if upper is not None and may_part_name(upper.text[-_TURNED:], piece.text[:_TURNED]):
                before, after = _Builder(), _Builder()
                before.glyphs(upper.line, upper.glyphs[-_TURNED:])
                after.glyphs(line, piece.glyphs[:_TURNED])
                labels = _labels(upper.line, upper.cells, upper.place, head)
                yield before.followed(after).block(f"{id}/parted/{number}/{piece.place}", where, labels)
        above += pieces


def _runs_of_pieces(lines: Sequence[Line]) -> Iterator[list[_Piece]]:
    """Pieces that stand right below one another, from a row of a table up to the next row."""
    open_: list[list[_Piece]] = []
    edges = _edges(lines)
    for line in lines:
        cells = line.cells(edges)
        pieces = [_Piece(line, cells, place) for place in range(len(cells))]
        is_row = len(cells) > 1 and (not open_ or _is_in_first_column(pieces[0], open_))
        if is_row or not any(run[-1].goes_on_in(piece) for run in open_ for piece in pieces):
            yield from (run for run in open_ if len(run) > 1)
            open_ = [[piece] for piece in pieces] if len(cells) > 1 else []
            continue
        for piece in pieces:
            run = next((run for run in open_ if run[-1].goes_on_in(piece)), None)
            if run is not None:
                run.append(piece)
    yield from (run for run in open_ if len(run) > 1)


def _is_in_first_column(piece: _Piece, row: Sequence[Sequence[_Piece]]) -> bool:
    """Whether the first piece of a line begins another row: figures stand at the right side of their column."""
    near = _ALIGNED * piece.line.size
    return piece.start < max(row[0][0].start + near, row[1][0].start - near)


def _edges(lines: Sequence[Line]) -> list[float]:
    """Where cells begin in more than one row."""
    starts = sorted(line.glyphs[cell[0]].u for line in lines for cell in line.cells()[1:])
    return [one for one, other in pairwise(starts) if other - one < 1.0]


def _joined(pieces: Sequence[_Piece], id: str, where: str) -> TextBlock:
    builder = _Builder()
    for piece in pieces:
        builder.glyphs(piece.line, piece.cells[piece.place])
    first = pieces[0]
    return builder.block(id, where, _labels(first.line, first.cells, first.place, None))


def _labels(
    line: Line, cells: Sequence[Sequence[int]], place: int, head: tuple[Line, list[list[int]]] | None
) -> tuple[str, ...]:
    found = []
    start, end = line.glyphs[cells[place][0]].u, line.glyphs[cells[place][-1]].end
    if head is not None:
        above, parts = head
        for part in parts:
            first, last = above.glyphs[part[0]].u, above.glyphs[part[-1]].end
            words = above.words(part)
            if min(last, end) - max(first, start) > 0.3 * min(last - first, end - start) and _is_label(words):
                found.append(words)
                break
    if place and _is_label(left := line.words(cells[place - 1])):
        found.append(left.rstrip(":：").strip())
    return tuple(found)


def _is_label(text: str) -> bool:
    return 0 < len(text) <= 12 and not any(character.isdigit() for character in text)
