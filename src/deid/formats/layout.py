"""From strings on a page to lines and blocks in reading order, with the way back.

Strings are grouped by the direction in which they run, lines by their baselines; wide gaps part a
line into cells. Lines that go on in the next one are joined without a break, so that a name or a
number over two lines is read whole. In rows of a table every cell is a block of its own, too, with
its column's head and its neighbour on the left as labels.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from deid.types import Segment, TextBlock

if TYPE_CHECKING:
    from deid.formats.pdf.content import Show

_SIZE = 2_000  # characters of a block
_CELL_GAP = 1.4  # of the size of the font: another cell
_SAME = 0.2  # of the size: printed twice, to look bold
_LEAST_COLUMN = 12  # characters of a line in a column of running text


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
    """A glyph on the page: `u` along the writing, `v` across it (up), both in points."""

    show: Source
    number: int
    u: float
    end: float
    v: float
    size: float
    text: str


@dataclass
class Line:
    """Glyphs on one baseline, in order; `doubles` are printed over the glyph of that number."""

    v: float
    size: float
    glyphs: list[Placed] = field(default_factory=list)
    doubles: list[tuple[int, Placed]] = field(default_factory=list)

    @property
    def start(self) -> float:
        return self.glyphs[0].u

    @property
    def end(self) -> float:
        return max(glyph.end for glyph in self.glyphs[-3:])

    def cells(self) -> list[list[int]]:
        """Numbers of the glyphs of each cell."""
        found: list[list[int]] = [[]]
        for index, glyph in enumerate(self.glyphs):
            if found[-1] and glyph.u - self.glyphs[index - 1].end > _CELL_GAP * self.size:
                found.append([])
            found[-1].append(index)
        return found

    def words(self, cell: Sequence[int]) -> str:
        return "".join(self.glyphs[index].text for index in cell).strip()


def lines_of(shows: Iterable[Show]) -> list[list[Line]]:
    """The lines of each direction of writing, from top to bottom (columns one after the other)."""
    groups: dict[int, list[list[Placed]]] = defaultdict(list)
    for show in shows:
        x, y = show.direction
        length = math.hypot(x, y)
        if not length or not math.isfinite(length):
            x, y, length = 1.0, 0.0, 1.0
        angle = round(math.degrees(math.atan2(y, x)))
        groups[angle] += _runs(show, x / length, y / length, length)
    found = []
    for _, runs in sorted(groups.items()):
        for part in _columns(runs):
            found.append(_lines(part))
    return found


def _runs(show: Show, x: float, y: float, unit: float) -> Iterator[list[Placed]]:
    """The glyphs of a string, cut where a gap is."""
    size = show.height or 1.0
    sign = -1.0 if show.vertical else 1.0
    run: list[Placed] = []
    for index, glyph in enumerate(show.glyphs):
        left, bottom = show.at(glyph.offset)
        if not (math.isfinite(left) and math.isfinite(bottom)):
            left = bottom = 0.0
        u, v = left * x + bottom * y, bottom * x - left * y
        placed = Placed(show, index, u, u + glyph.advance * unit * sign, v, size, glyph.text)
        if run and not -0.5 * size < u - run[-1].end < size:
            yield run
            run = []
        run.append(placed)
    if run:
        yield run


def _columns(runs: list[list[Placed]]) -> list[list[list[Placed]]]:
    """Two columns of running text are read one after the other; tables are not such columns."""
    if len(runs) < 16:
        return [runs]
    spans = [(run[0].u, run[-1].end, sum(len(glyph.text) for glyph in run)) for run in runs]
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)
    middle, width = (left + right) / 2, right - left
    for share in (0.0, -0.05, 0.05, -0.1, 0.1):
        cut = middle + share * width
        sides = [[s for s in spans if s[1] <= cut], [s for s in spans if s[0] >= cut]]
        crossing = len(spans) - len(sides[0]) - len(sides[1])
        if crossing <= 0.15 * len(spans) and all(_running(side, width) for side in sides):
            crossed = [run for run in runs if run[0].u < cut < run[-1].end]
            return [
                crossed,
                [run for run in runs if run[-1].end <= cut],
                [run for run in runs if run[0].u >= cut and run not in crossed],
            ]
    return [runs]


def _running(side: Sequence[tuple[float, float, int]], width: float) -> bool:
    full = [span for span in side if span[1] - span[0] > 0.3 * width and span[2] >= _LEAST_COLUMN]
    return len(full) >= 6 and len(full) >= 0.6 * len(side)


def _lines(runs: Iterable[list[Placed]]) -> list[Line]:
    rows: list[tuple[float, float, list[list[Placed]]]] = []
    for run in sorted(runs, key=lambda run: (-run[0].v, run[0].u)):
        v, size = run[0].v, run[0].size
        if rows and abs(rows[-1][0] - v) <= 0.45 * max(min(size, rows[-1][1]), 0.4 * max(size, rows[-1][1])):
            rows[-1][2].append(run)
        else:
            rows.append((v, size, [run]))
    return [line for v, _, parts in rows for line in _overlaid(v, parts)]


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


# --- blocks ----------------------------------------------------------------------------------


class _Builder:
    """A block while it is put together."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.segments: list[Segment] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def glyphs(self, line: Line, indexes: Iterable[int]) -> None:
        doubled: dict[int, list[Placed]] = defaultdict(list)
        for index, double in line.doubles:
            doubled[index].append(double)
        before: Placed | None = None
        for index in indexes:
            glyph = line.glyphs[index]
            if before is not None and (gap := _gap(before, glyph)):
                self.put(gap)
            for same in (glyph, *doubled[index]):
                self._segment(same, self.length)
            self.put(glyph.text)
            before = glyph

    def _segment(self, glyph: Placed, start: int) -> None:
        if not glyph.text:
            return
        at = glyph.show.offsets[glyph.number]
        end = start + len(glyph.text)
        last = self.segments[-1] if self.segments else None
        if (
            last is not None
            and last.source == glyph.show.source
            and last.end == start
            and last.source_start + last.end - last.start == at
        ):
            self.segments[-1] = Segment(last.start, end, last.source, last.source_start)
        else:
            self.segments.append(Segment(start, end, glyph.show.source, at))

    def block(self, id: str, where: str, labels: tuple[str, ...] = ()) -> TextBlock:
        return TextBlock(id, "".join(self.parts), where, labels, None, tuple(self.segments))


def _gap(before: Placed, glyph: Placed) -> str:
    gap = (glyph.u - before.end) / max(min(glyph.size, before.size), 0.1)
    if before.text.endswith(" ") or glyph.text.startswith(" "):
        return ""
    wide = _is_wide(before.text[-1:]) + _is_wide(glyph.text[:1])
    if gap < max(glyph.show.blank, (0.0, 0.3, 0.6)[wide]):
        return ""
    return "    " if gap > _CELL_GAP else " "


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def blocks_of(
    shows: Iterable[Show], id: str, where: str, labels: tuple[str, ...] = ()
) -> Iterator[TextBlock]:
    """The blocks of a page, an appearance or a pattern."""
    yield from _blocks(lines_of(shows), id, where, labels)


def run_blocks(runs: list[list[Placed]], id: str, where: str) -> Iterator[TextBlock]:
    """The blocks of horizontal runs, such as the lines of a picture."""
    yield from _blocks([_lines(part) for part in _columns(runs)], id, where, ())


def _blocks(
    groups: Iterable[list[Line]], id: str, where: str, labels: tuple[str, ...]
) -> Iterator[TextBlock]:
    for number, lines in enumerate(groups):
        yield from _flow(lines, f"{id}/{number}", where, labels)
        yield from _cells(lines, f"{id}/{number}", where)


def _flow(lines: Sequence[Line], id: str, where: str, labels: tuple[str, ...]) -> Iterator[TextBlock]:
    builder, count = _Builder(), 0
    before: Line | None = None
    right = max((line.end for line in lines), default=0.0)
    for line in lines:
        if before is not None:
            builder.put(_break(before, line, right))
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


def _break(before: Line, line: Line, right: float) -> str:
    """What stands between two lines: nothing where the first one is full and the second goes on."""
    size = max(before.size, line.size)
    last, first = before.glyphs[-1].text[-1:], line.glyphs[0].text[:1]
    goes_on = (
        before.end > right - 2 * size
        and line.start < before.start + 0.5 * size
        and before.v - line.v < 2.5 * size
        and min(before.size, line.size) > 0.85 * size
    )
    if not goes_on or not last.strip() or not first.strip() or len(before.cells()) > 1 or _is_field(line):
        return "\n"
    if _is_wide(last) or _is_wide(first) or (last.isdigit() and first.isdigit()):
        return ""
    return "\n"


def _is_field(line: Line) -> bool:
    """Whether a line begins with a label: `住址：`."""
    head = "".join(glyph.text for glyph in line.glyphs[:9])
    return min((head.find(mark) for mark in ":：" if mark in head), default=0) > 1


def _cells(lines: Sequence[Line], id: str, where: str) -> Iterator[TextBlock]:
    """The cells of rows of tables, each by itself."""
    table: list[tuple[Line, list[list[int]]]] = []
    for number, line in enumerate(lines):
        cells = line.cells()
        if len(cells) < 2:
            table = []
            continue
        head = table[0] if table else None
        for place, cell in enumerate(cells):
            builder = _Builder()
            builder.glyphs(line, cell)
            block = builder.block(f"{id}/{number}/{place}", where, _labels(line, cells, place, head))
            if block.text.strip() and block.labels:
                yield block
        table.append((line, cells))


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
