"""Text over the lines of a cell, a column or a narrow paragraph, beside which other text stands."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from deid.formats.building import PART, Builder, is_wide
from deid.formats.goingon import breaks_of, may_go_on, right_margin
from deid.formats.lines import Line
from deid.formats.parting import may_part_name
from deid.grammar.fieldnames import is_label
from deid.types import TextBlock

_ALIGNED, _NEXT_LINE = 0.6, 2.0  # of the size: same left edge, right below
_NARROW, _INDENTED, _FAR_LINE = 0.9, 3.0, 2.3  # of the size: between columns, before a paragraph, below
_PADDING = 2.0  # of the size: from the end of a cell to what stands beside it
_MORE = 1.3  # of the way between the lines above
WHOLE = re.compile(
    r"1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx]|[\w.+-]{2,40}@[\w-]{2,30}(?:\.[a-z]{2,6}){1,3}"
    r"|(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月[0-9]{1,2}日|(-|/|\.)[0-9]{1,2}\1[0-9]{1,2})",
    re.ASCII,
)
"""Numbers, addresses and days that are whole."""
_LABEL = re.compile(r"[^:：]{2,10}[:：]\s*")
_LEAST_BESIDE, _LEAST_HAN, _AT_EDGE, _FLUSH = (
    8,
    4,
    1.5,
    0.1,
)  # characters of a line beside others; of the size


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
        return may_be_label(before) and is_label(before)

    def is_text(self) -> bool:
        """Whether it may be a line of running text."""
        return len(self.text) >= _LEAST_BESIDE and self.is_chinese()

    def is_chinese(self) -> bool:
        return sum(map(is_wide, self.text)) >= _LEAST_HAN

    def is_whole_with(self, below: _Piece) -> bool:
        """Whether it is a number, an address of mail or a day, maybe behind a label, with a shorter piece below."""
        text = _LABEL.sub("", self.text)
        return len(text) >= len(below.text) and bool(WHOLE.fullmatch(text + below.text))

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

    def is_of_column(self, below: _Piece, row: Line | None) -> bool:
        """Whether a piece stands below this one, further to the left where a paragraph begins here, or in the middle of
        its cell, and neither reaches into another column; a `row` may stand between them."""
        size = max(self.line.size, below.line.size)
        left, right = self.room
        is_table = len(self.cells) > 1 or len(below.cells) > 1 or row is not None
        return (
            (
                max(left, self.start - _INDENTED * size) < below.start < self.start + _ALIGNED * size
                or (is_table and abs(self.start + self.end - below.start - below.end) < _ALIGNED * size)
            )
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


def wrapped(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
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


def beside(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
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
                before, after = Builder(), Builder()
                before.glyphs(part[-1].line, part[-1].glyphs[-PART:])
                after.glyphs(other[0].line, other[0].glyphs[:PART])
                yield before.followed(after).block(f"{id}/beside/{number}/turn", where)


def _is_turn(part: Sequence[_Piece], other: Sequence[_Piece]) -> bool:
    """Whether a column may go on at the head of another, beside it."""
    first, last = part[0], part[-1]
    return (
        other[0].line is first.line
        and other[0].cells == first.cells
        and other[0].place == first.place + 1
        and not other[0].is_labelled
        and last.is_text()
        and (len(other) > 1 or other[0].is_text())
        and last.end > max(piece.end for piece in part) - _AT_EDGE * last.line.size
        and may_go_on(last.text, other[0].text)
    )


def _full_parts(runs: Iterable[Sequence[_Piece]]) -> Iterator[list[_Piece]]:
    """Pieces of which each goes on in the one below: of rows of a table, in which some cells are short, none does, but
    where a number or a day is whole only so, all do."""
    runs = list(runs)
    whole = {
        (piece.line.v, below.line.v)
        for run in runs
        for piece, below in pairwise(run)
        if piece.is_whole_with(below)
    }
    middle = {upper for upper, _ in whole}
    for run in runs:
        right = max(piece.end for piece in run)
        flush = [piece.is_text() and piece.end > right - _FLUSH * piece.line.size for piece in run]
        part = [run[0]]
        for is_flush, (piece, below) in zip(flush, pairwise(run), strict=False):
            is_running = is_flush and sum(flush) > 1
            beside = (_Piece(piece.line, piece.cells, place) for place in range(len(piece.cells)))
            is_row = below.begins_row(run[0]) and not (is_running or all(one.is_text() for one in beside))
            is_long = piece.is_text() or part[0].is_labelled or len(part) > 1
            full = sum(one.end > right - _AT_EDGE * one.line.size for one in (*part, below))
            is_full = piece.end > right - below.first_width and (full > 1 or piece.is_near(below))
            goes_on = is_full and is_long and not is_row and below.may_go_on()
            is_above = is_full and piece.is_chinese() and len(piece.cells) == 1 and below.line.v in middle
            if not (goes_on or is_above or (piece.line.v, below.line.v) in whole):
                yield part
                part = []
            part.append(below)
        yield part


def _columned(lines: Sequence[Line], *, borders: bool) -> Iterator[list[_Piece]]:
    """Pieces one below the other, in lines that have several, or end early; what stands beside them may be a little
    lower than they are."""
    left, margin = min((line.start for line in lines), default=0.0), right_margin(lines)
    starts = [[line.glyphs[cell[0]].u for cell in line.cells(gap=_NARROW)] for line in lines]
    open_: list[list[_Piece]] = []
    for number, line in enumerate(lines):
        near = (start for some in starts[max(number - 1, 0) : number + 2] for start in some)
        cells = line.cells(tuple(near), borders=borders)
        pieces = [_Piece(line, cells, place) for place in range(len(cells))]
        row = lines[number - 1] if number and len(lines[number - 1].cells()) > 1 else None
        is_aside = line.end < margin - 2 * line.size or line.start > left + 2 * line.size
        taken: list[list[_Piece]] = []
        for piece in pieces:
            run = next((run for run in open_ if _goes_down(run, piece, row)), None)
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


def _goes_down(run: Sequence[_Piece], piece: _Piece, row: Line | None) -> bool:
    """Whether a piece stands below those of a column, as far from the last one as they are from one another."""
    down = run[-1].line.v - piece.line.v
    is_next = len(run) < 2 or down < _MORE * (run[-2].line.v - run[-1].line.v)
    return is_next and run[-1].is_of_column(piece, None if run[-1].line is row else row)


def parted(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """Where a line ends early, and a name may go on below it, in a paragraph or a cell: the words around that, as one."""
    goes_on = {number for number, (gap, _) in enumerate(breaks_of(lines), 1) if not gap}
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
            if upper is not None and may_part_name(upper.text[-PART:], piece.text[:PART]):
                before, after = Builder(), Builder()
                before.glyphs(upper.line, upper.glyphs[-PART:])
                after.glyphs(line, piece.glyphs[:PART])
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
    builder = Builder()
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
            if min(last, end) - max(first, start) > 0.3 * min(last - first, end - start) and may_be_label(
                words
            ):
                found.append(words)
                break
    if place and may_be_label(left := line.words(cells[place - 1])):
        found.append(left.rstrip(":：").strip())
    return tuple(found)


def may_be_label(text: str) -> bool:
    return 0 < len(text) <= 12 and not any(character.isdigit() for character in text)
