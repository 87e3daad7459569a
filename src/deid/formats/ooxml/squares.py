"""QR codes that the cells of a sheet draw, with their colours or with numbers that are shown as colours.

Their columns are narrow; other sheets are not looked through.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from deid.formats.codes import Cell, in_tables
from deid.formats.ooxml.book import Book, forget
from deid.formats.ooxml.cells import cell_text, plain_text, position, row_number
from deid.formats.ooxml.formulas import column_number
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.rows import PlainRow, SheetRows
from deid.formats.ooxml.xml import Element

_NARROW, _FEWEST = 6.0, 11
"""Characters, and columns of that width."""
_ROWS, _MOST_COLUMNS, _CELLS = 5_000, 400, 200_000
_LONGEST = 2  # characters that draw a square


class _Square(NamedTuple):
    """What a cell looks like: the number of its colours, and its text where that is short."""

    fill: str
    text: str


def squares_of(package: Package, part: Part, book: Book) -> frozenset[Cell]:
    """Rows and columns, from 1, of the cells that draw a code."""
    looks: dict[Cell, Hashable] = {}
    number = 0
    with package.open(part) as handle:
        found = SheetRows(handle)
        for count, row in enumerate(found):
            if not count and not may_draw(found.opened(row)):
                return frozenset()
            if count >= _ROWS or len(looks) >= _CELLS:
                break
            if isinstance(row, PlainRow):
                number = row.number
                cells = [(column_number(cell[0]), cell[2], plain_text(cell, book)[0]) for cell in row.cells()]
            else:
                number = row_number(row, number, package)
                cells = _cells(row, number, package, book)
                forget(row)
            for column, style, text in cells:
                if column <= _MOST_COLUMNS:
                    looks[number, column] = _Square(book.fill(style), text if len(text) <= _LONGEST else "")
    return frozenset(in_tables(looks))


def _cells(row: Element, number: int, package: Package, book: Book) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    column = 0
    for cell in row.iterchildren("{*}c"):
        _, column = position(cell, number, column, package)
        found.append((column, cell.get("s", ""), cell_text(cell, book)[0]))
    return found


def may_draw(root: Element) -> bool:
    """Whether many columns of a sheet, of which this is the root, are so narrow that their cells may be squares."""
    count = 0
    for column in root.iter("{*}col"):
        first, last, width = (_number(column.get(name, "")) for name in ("min", "max", "width"))
        count += int(last - first + 1) if 0 < width <= _NARROW else 0
    formats = root.iter("{*}sheetFormatPr")
    return count >= _FEWEST or any(0 < _number(one.get("defaultColWidth", "")) <= _NARROW for one in formats)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
