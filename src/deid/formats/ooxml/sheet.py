"""Worksheets, row by row: cells as blocks.

Sheets may have millions of cells, so rows are never in memory together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from deid.errors import UnreadableDocument
from deid.formats.edits import Edit
from deid.formats.joining import Formula, Joining, table_views
from deid.formats.ooxml import formulas
from deid.formats.ooxml.book import Book, Stretches, forget, seen_of
from deid.formats.ooxml.cells import (
    cell_text,
    column_of,
    is_code,
    number_behind,
    number_source,
    plain_text,
    position,
    row_number,
    says_itself,
    stored_number,
)
from deid.formats.ooxml.charts import Told
from deid.formats.ooxml.formulas import column_letters
from deid.formats.ooxml.markup import Scope, Site, Walk
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.paragraphs import blocks as tree_blocks
from deid.formats.ooxml.plainrows import PlainRows
from deid.formats.ooxml.rows import PlainCell, PlainRow, SheetRows
from deid.formats.ooxml.squares import may_draw
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import Element, is_declared, short
from deid.formats.rows import Cells, Names, TableRow
from deid.formats.stacking import Upright
from deid.formats.strips import Strips
from deid.formats.tables import SEEN, Labels, labelled
from deid.formats.views import Place, joined
from deid.grammar.fieldnames import is_label
from deid.types import FIRST_ROWS, Segment, Strip, TextBlock

_TEXTS = frozenset({"s", "str", "inlineStr"})
"""Kinds of cells that hold a text."""
_LONGEST_PLACE = 400
_ITEM = re.compile(r"[^,，;]+")
_LONGEST_CELL = 32_767  # characters, in Excel
_MOST_OVERLONG = 4 << 20  # characters in cells longer than that: one shared string, named again and again


class CellText(NamedTuple):
    """`column` counts from 0; `literals` are texts inside the formula, `stored` the number of which `text` is shown.

    `seen` are the stretches of the text that are shown, where others are hidden. `joins` is what the formula
    puts together, `reading` the cells of which its result may be made up. `frame` is what the format shows before
    and behind the text.
    """

    column: int
    text: str
    is_number: bool
    literals: tuple[tuple[int, str], ...] = ()
    stored: str = ""
    seen: Stretches = ()
    joins: tuple[formulas.Area | int, ...] = ()
    reading: formulas.Reading | None = None
    frame: tuple[str, str] | None = None


class _Row:
    """A row that is read when it is asked for its cells, as long as the reader has not gone on."""

    __slots__ = ("_cells", "_element", "_reader", "number", "plain", "strip")

    def __init__(self, element: PlainRow | Element, number: int, strip: int, reader: _Reader) -> None:
        self.number, self.strip = number, strip
        self._element, self._reader = element, reader
        self.plain = element if isinstance(element, PlainRow) else None
        self._cells: tuple[CellText, ...] | None = None

    @property
    def cells(self) -> tuple[CellText, ...]:
        if self._cells is None:
            self._cells = self._reader.cells(self._element, self.number)
            self._element = None
        return self._cells

    @property
    def is_read(self) -> bool:
        return self._cells is not None

    def begins(self) -> str:
        """The first text that is no white space, '' where there is none."""
        if self._cells is not None:
            return next((cell.text for cell in self._cells if cell.text.strip()), "")
        return self._reader.first(self._element, self.number)


class _Alone:
    """A plain row that can be written by itself; see `formats.rows.Alone`."""

    __slots__ = ("_row", "_rows", "number", "sheet")

    def __init__(self, row: PlainRow, sheet: str, rows: PlainRows) -> None:
        self.number, self.sheet = row.number, sheet
        self._row, self._rows = row, rows

    def written(self, edits: Mapping[str, Sequence[Edit]]) -> bytes | None:
        return self._rows.written(self._row, edits)


class _Reader:
    """Reads a sheet row by row. `root` is the tree without the rows when all are read.

    `plain` writes its plain rows, from the first one on; nothing does where cells may draw a code.
    """

    def __init__(self, package: Package, part: Part, book: Book, counter: Strips) -> None:
        self._package, self._part, self._book, self._counter = package, part, book, counter
        self._shared: dict[str, _Shared] = {}
        self._sheet = book.name(part)
        self.plain: PlainRows | None = None
        self.root: Element = None

    def rows(self) -> Iterator[_Row]:
        number = overlong = 0
        try:
            with self._package.open(self._part) as handle:
                found = SheetRows(handle)
                for index, element in enumerate(found):
                    if not index and not may_draw(root := found.opened(element)):
                        self.plain = PlainRows(self._book, f"{self._book.prefix}{self._part.number}!", root)
                    is_plain = isinstance(element, PlainRow)
                    number = element.number if is_plain else row_number(element, number, self._package)
                    if not is_plain:
                        self._shared |= _shared(element, number, self._package)
                    row = _Row(element, number, self._counter.next(), self)
                    if index < SEEN:  # they are looked at together
                        assert row.cells is not None
                    yield row
                    overlong += _overlong(row)
                    if overlong > _MOST_OVERLONG:
                        raise UnreadableDocument(
                            f"{self._package.ref}: its cells hold more text than cells can (a bomb?)"
                        )
                    if not is_plain:
                        forget(element)
                if found.root is not None and is_declared(found.root):
                    raise self._package.corrupt("a sheet declares a document type")
                self.root = found.root
        except etree.XMLSyntaxError:
            raise self._damaged(number) from None
        if self.root is None:
            raise self._package.corrupt(f"{self._part.title} is no worksheet")

    def cells(self, row: PlainRow | Element, number: int) -> tuple[CellText, ...]:
        """The cells of a row."""
        try:
            if isinstance(row, PlainRow):
                return tuple([_plain(cell, number, self._book, self._package) for cell in row.cells()])
            return tuple(_cells(row, number, self._book, self._package, self._shared, self._sheet))
        except (ValueError, IndexError):
            raise self._damaged(number) from None

    def first(self, row: PlainRow | Element, number: int) -> str:
        """The first text of a row."""
        try:
            if isinstance(row, PlainRow):
                text = plain_text(row.first(), self._book)[0]
                return (
                    text
                    if text.strip()
                    else next(filter(str.strip, (c.text for c in self.cells(row, number))), "")
                )
            for cell in row:
                if cell.tag[-2:] == "}c" and (text := cell_text(cell, self._book)[0]).strip():
                    return text
        except (ValueError, IndexError):
            raise self._damaged(number) from None
        return ""

    def _damaged(self, row: int) -> UnreadableDocument:
        return self._package.corrupt(f"{self._part.title} is damaged near row {row}")


def _overlong(row: _Row) -> int:
    """Characters in cells that hold more text than Excel lets them, of a row that was read."""
    return sum(len(cell.text) for cell in row.cells if len(cell.text) > _LONGEST_CELL) if row.is_read else 0


def strips(
    package: Package, part: Part, book: Book, scope: Scope, counter: Strips, told: Sequence[Told] = ()
) -> Iterator[Strip]:
    """The rows of a sheet, their cells as blocks, then what stands around them (headers, validations, links)."""
    told = [one for one in told if one.sheet in ("", book.name(part).casefold())]
    walk = Walk(part, scope)
    reader = _Reader(package, part, book, counter)
    above: Cells | None = None
    upright, stood = Upright(), list[TextBlock]()
    joining = Joining()
    sheet = str(book.number(part))
    base, where = f"{scope.prefix}{part.number}!", f"sheet {sheet}!"
    called = Names(
        lambda row, column: f"{base}{column_letters(column + 1)}{row + 1}",
        lambda row, column: f"{where}{column_letters(column + 1)}{row + 1}",
    )

    def is_passed(row: _Row) -> bool:
        """Whether a row is neither read here nor stands above one that is."""
        return not (
            counter.is_wanted(row.strip, row.number - 1) or counter.is_wanted(row.strip + 1, row.number)
        )

    labels: Labels = {}
    labelling = labelled(
        reader.rows(),
        lambda row: [(c.column, c.text) for c in row.cells],
        passes=lambda row: is_passed(row) and not is_label(row.begins()),
    )
    for row, labels in labelling:
        if is_passed(row):
            continue
        for one in told:
            labels = {**labels, **one.labels(row.number)}
        filled = [cell for cell in row.cells if cell.text.strip()]
        columns = [cell.column for cell in filled]
        cells = Cells([cell.text for cell in filled], columns, labels, sheet, row.number - 1, called)
        if counter.is_wanted(row.strip, row.number - 1):
            alone = None
            if row.plain and reader.plain and (part.number, row.number) not in book.headed:
                alone = _Alone(row.plain, base, reader.plain)
            entire = TableRow(cells, above, alone=alone)
            yield row.strip, entire if _is_usual(row, cells) else list(_unusual(row, cells, above))
        above = cells
        if row.number <= FIRST_ROWS:  # all workers read these
            blocks = cells.blocks()
            stood += upright.add(blocks)
            _join(joining, row, blocks, cells, book.across, book.name(part))
    yield from counter.each([*stood, *upright.end(), *joining.views()])
    for branch in _around(reader.root, part):
        sites = walk.walk(branch)
        yield from counter.each(tree_blocks(branch, sites, walk, scope.names))
        yield from counter.each(_of_columns(sites, labels, scope.names, part.title))


def _is_usual(row: _Row, cells: Cells) -> bool:
    """Whether the cells of a row are all that is to be read of it, and each of them is."""
    if any(
        cell.literals
        or cell.joins
        or cell.reading
        or cell.stored
        or cell.seen
        or cell.frame
        or _is_left(cell, cells.labels)
        for cell in row.cells
    ):
        return False
    return len(set(cells.columns)) == len(cells.columns)


def _is_left(cell: CellText, labels: Labels) -> bool:
    """Whether a cell is a short number under no header, which is not read by itself."""
    return cell.is_number and len(cell.text) <= 4 and not labels.get(cell.column)


def _unusual(row: _Row, cells: Cells, above: Cells | None) -> Iterator[TextBlock]:
    """The blocks of a row in which cells are left, stand twice, show other figures than they have, or have texts in formulas."""
    blocks = iter([cells.block(index) for index in range(len(cells.texts))])
    by_column: dict[int, TextBlock] = {}
    for cell in row.cells:
        if cell.text.strip():
            block = by_column[cell.column] = next(blocks)
            if not _is_left(cell, cells.labels):
                yield block
            if cell.frame:
                yield _framed(block, *cell.frame)
            if cell.seen:
                yield replace(joined((block,), [Place(0, *one) for one in cell.seen]), where=block.where)
        id, where = (name(cells.row, cell.column) for name in cells.names)
        if cell.stored:
            yield TextBlock(number_source(id), cell.stored, where, cells.labels.get(cell.column, ()))
        if cell.literals:
            yield from _formula(cell, id, where)
    yield from table_views(by_column, above.blocks() if above else {})
    if row.number > FIRST_ROWS:
        joining = Joining()
        _join(joining, row, by_column, cells, Joining(), "")
        yield from joining.views()


def across(package: Package, book: Book, scope: Scope) -> Iterator[TextBlock]:
    """What formulas put together of the cells of several sheets: those that they name are read once more."""
    wanted = book.across.wanted()
    for part in book.sheets:
        name = book.name(part).casefold()
        rows = {row for row, _ in wanted.get(name, ())}
        for row in _Reader(package, part, book, Strips()).rows() if rows else ():
            if row.number in rows:
                base = f"{scope.prefix}{part.number}!"
                blocks = {
                    cell.column + 1: TextBlock(
                        f"{base}{column_letters(cell.column + 1)}{row.number}", cell.text
                    )
                    for cell in row.cells
                    if (row.number, cell.column + 1) in wanted[name]
                }
                book.across.add(row.number, blocks, name)
            if row.number >= max(rows):
                break
    yield from book.across.views()


def _framed(block: TextBlock, before: str, behind: str) -> TextBlock:
    """A cell with what its format shows around its text."""
    text = f"{before}{block.text}{behind}"
    segment = Segment(len(before), len(before) + len(block.text), block.id)
    return replace(block, id=f"{block.id}@", text=text, segments=(segment,))


def _join(
    joining: Joining, row: _Row, blocks: Mapping[int, TextBlock], cells: Cells, across: Joining, sheet: str
) -> None:
    """Take in a row, its cells by column, and what its formulas put together; `across` those of several sheets."""
    joining.add(row.number, {column + 1: block for column, block in blocks.items()})
    for cell in row.cells:
        if cell.joins or cell.reading:
            id, where = (name(row.number - 1, cell.column) for name in cells.names)
            place, texts = f"{where}, formula", dict(cell.literals)
            parts: list[formulas.Area | TextBlock] = []
            for part in cell.joins:
                if not isinstance(part, int):
                    parts.append(part)
                elif part in texts:
                    parts.append(TextBlock(formulas.literal_source(id, part), texts[part], place))
            labels = cells.labels.get(cell.column, ())
            found = Formula(id, place, parts, labels, cell.reading, cell.text.strip())
            if any(area.sheet for area in found.areas()):
                across.formula(found.placed(sheet))
            else:
                joining.formula(found)


def _formula(cell: CellText, id: str, where: str) -> Iterator[TextBlock]:
    """Each text of a formula, and all together, as most formulas put them: no result of it need be there."""
    place = f"{where}, formula"
    segments: list[Segment] = []
    length = 0
    for index, text in cell.literals:
        source = formulas.literal_source(id, index)
        yield TextBlock(source, text, place)
        segments.append(Segment(length, length + len(text), source))
        length += len(text)
    if len(segments) > 1:
        text = "".join(text for _, text in cell.literals)
        yield TextBlock(f"{id}'", text, place, segments=tuple(segments))


def _around(root: Element, part: Part) -> Iterator[Element]:
    """The children of a worksheet but its rows."""
    tidy(root, part)
    for child in root.iterchildren("*"):
        if short(child.tag) != "x:sheetData":
            yield child


def _of_columns(
    sites: Sequence[Site], labels: Labels, called: formulas.Names, title: str
) -> Iterator[TextBlock]:
    """What a column may hold, and by what it is filtered, item by item with the header of the column."""
    for site in sites:
        header = labels.get(_column_of(site.element), ()) if site.element.getparent() is not None else ()
        if not header or (site.slot and not site.first):
            continue
        texts = site.literals(called) if site.kind == "formula" else ((site.source, site.text),)
        for source, text in texts:
            for number, item in enumerate(_ITEM.finditer(text)):
                segment = Segment(0, len(item[0]), source, item.start())
                yield TextBlock(f"{source},{number}", item[0], f"{title}, list", header, segments=(segment,))


def _column_of(element: Element) -> int:
    """The column, from 0, of which an element lists what is in it; -1 for others."""
    name, above = short(element.tag), element.getparent()
    if name == "x:formula1" and short(above.tag) == "x:dataValidation":
        area = next(formulas.areas(above.get("sqref", "")[:_LONGEST_PLACE]), None)
        return area.left - 1 if area else -1
    if name in ("x:filter", "x:customFilter"):
        column = next(element.iterancestors("{*}filterColumn"), None)
        filtered = next(element.iterancestors("{*}autoFilter"), None)
        if column is not None and filtered is not None and column.get("colId", "").isdecimal():
            area = next(formulas.areas(filtered.get("ref", "")[:_LONGEST_PLACE]), None)
            return area.left - 1 + int(column.get("colId")[:6]) if area else -1
    return -1


class _Shared(NamedTuple):
    """A formula that other cells have as well, moved as far as they are from the first; texts stay in that one."""

    formula: str
    row: int
    column: int

    def place(self, sheet: str, row: int, column: int) -> formulas.Place:
        """Where it stands in another cell."""
        return formulas.Place(sheet, row, row - self.row, column - self.column)


def _shared(row: Element, number: int, package: Package) -> dict[str, _Shared]:
    """The formulas of a row that others have as well: who reads only a share of the rows needs them, too."""
    found: dict[str, _Shared] = {}
    column = 0
    for cell in row:
        if cell.tag[-2:] == "}c":
            _, column = position(cell, number, column, package)
            for child in cell:
                if child.tag[-2:] == "}f" and child.text and (group := child.get("si")):
                    found[group] = _Shared(child.text, number, column)
    return found


def _cells(
    row: Element, number: int, book: Book, package: Package, shared: Mapping[str, _Shared], sheet: str
) -> Iterator[CellText]:
    column = 0
    for cell in row:
        if cell.tag[-2:] != "}c":
            continue
        _, column = position(cell, number, column, package)
        if not _is_single(cell):
            raise package.corrupt("a cell has more than one value")
        text, is_number = cell_text(cell, book)
        literals: tuple[tuple[int, str], ...] = ()
        joins: tuple[formulas.Area | int, ...] = ()
        reading: formulas.Reading | None = None
        for child in cell:
            if child.tag[-2:] != "}f" or is_code(cell.get("s"), book):
                continue
            first = shared.get(child.get("si", ""))
            if child.text:
                formula, place = child.text, formulas.Place(sheet, number)
                literals = tuple(formulas.literals(formula, book.names))
                joins = formulas.joined_parts(formula, place, book.names)
            elif first:
                formula, place = first.formula, first.place(sheet, number, column)
                parts = formulas.joined_parts(formula, place, book.names)
                joins = tuple(part for part in parts if not isinstance(part, int))
            else:
                continue
            if text.strip() or not joins:
                reading = formulas.read_by(formula, text.strip(), place, book.names)
        stored, seen = stored_number(cell, book), _seen(cell, book)
        frame = _frame(cell.get("t"), cell.get("s"), book)
        yield CellText(column - 1, text, is_number, literals, stored, seen, joins, reading, frame)


def _plain(cell: PlainCell, number: int, book: Book, package: Package) -> CellText:
    letters, written, *_ = cell
    column = column_of(letters)
    if not column or written != str(number):
        raise package.corrupt("a cell stands in the wrong row")
    stored = number_behind(cell[3] or "n", cell[2] or "0", cell[-1], book)
    seen = book.seen.get(int(cell[-1]), ()) if book.seen and cell[3] == "s" and cell[-1] else ()
    frame = _frame(cell[3], cell[2], book)
    return CellText(column - 1, *plain_text(cell, book), stored=stored, seen=seen, frame=frame)


def _frame(kind: str | None, style: str | None, book: Book) -> tuple[str, str] | None:
    """What the format of a cell shows around its text."""
    return book.frames.get(style or "0") if book.frames and kind in _TEXTS else None


def _seen(cell: Element, book: Book) -> Stretches:
    """The stretches of a cell's text that are shown, where others are hidden."""
    for child in cell:
        if child.tag[-3:] == "}is":
            return seen_of(child)
        if book.seen and child.tag[-2:] == "}v" and child.text and cell.get("t") == "s":
            return book.seen.get(int(child.text), ())
    return ()


def _is_single(cell: Element) -> bool:
    """Whether a cell has one value and one formula at most: of several only one would be read."""
    if len(cell) == 1:
        return bool(cell[0].tag[0] == "{")
    names = [child.tag for child in cell if child.text or child.tag[-3:] == "}is"]
    values = sum(name[-3:] == "}is" or (name[-2:] == "}v" and not says_itself(cell)) for name in names)
    return (
        values < 2 and sum(name[-2:] == "}f" for name in names) < 2 and all(name[0] == "{" for name in names)
    )
