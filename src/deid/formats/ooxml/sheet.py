"""Worksheets, row by row: cells as blocks.

Sheets may have millions of cells, so rows are never in memory together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from deid.errors import UnreadableDocument
from deid.formats.joining import table_views
from deid.formats.numbers import plain_number
from deid.formats.ooxml import formulas
from deid.formats.ooxml.book import Book, forget, stream, string_text
from deid.formats.ooxml.formulas import column_letters, column_number
from deid.formats.ooxml.markup import Scope, Walk, decoded
from deid.formats.ooxml.numberformats import iso_date
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.paragraphs import blocks as tree_blocks
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import Element, is_declared, local, names, short
from deid.formats.tables import labelled
from deid.types import Cell, TextBlock

_NUMBER = re.compile(r"[+\-]?[0-9]*\.?[0-9]*(?:[eE][+\-]?[0-9]+)?")
_ERRORS = names(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT!"
    " #UNKNOWN! #BUSY! #PYTHON! #TIMEOUT! #EXTERNAL!"
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LONGEST_CELL = 32_767  # characters, in Excel
_MOST_OVERLONG = 4 << 20  # characters in cells longer than that: one shared string, named again and again


class CellText(NamedTuple):
    """`column` counts from 0, `reference` is `B7`; `literals` are texts inside the formula."""

    column: int
    reference: str
    text: str
    is_number: bool
    literals: tuple[tuple[int, str], ...]


class RowText(NamedTuple):
    number: int
    cells: tuple[CellText, ...]


def blocks(package: Package, part: Part, book: Book, scope: Scope) -> Iterator[TextBlock]:
    """The cells of a sheet, then what stands around them (headers, validations, links)."""
    walk = Walk(part, scope)
    number = book.number(part)
    base = f"{scope.prefix}{part.number}!"
    roots: list[Element] = []
    above: dict[int, TextBlock] = {}
    for row, labels in labelled(
        _read(package, part, book, roots), lambda row: [(c.column, c.text) for c in row.cells]
    ):
        cells: dict[int, TextBlock] = {}
        for cell in row.cells:
            if cell.text.strip():
                where = f"sheet {number}!{cell.reference}"
                place = Cell(str(number), row.number - 1, cell.column)
                names = labels.get(cell.column, ())
                block = cells[cell.column] = TextBlock(base + cell.reference, cell.text, where, names, place)
                if names or not cell.is_number or len(cell.text) > 4:
                    yield block
            for index, text in cell.literals:
                source = formulas.literal_source(base + cell.reference, index)
                yield TextBlock(source, text, f"sheet {number}!{cell.reference}, formula")
        yield from table_views(cells, above)
        above = cells
    for branch in _around(roots[0], part):
        yield from tree_blocks(branch, walk.walk(branch), walk, scope.names)


def _around(root: Element, part: Part) -> Iterator[Element]:
    """The children of a worksheet but its rows."""
    tidy(root, part)
    for child in root.iterchildren("*"):
        if short(child.tag) != "x:sheetData":
            yield child


def _read(package: Package, part: Part, book: Book, roots: list[Element]) -> Iterator[RowText]:
    """Rows as plain values; `roots` gets the tree without them when all are read."""
    number = overlong = 0
    try:
        with package.open(part) as handle:
            for element in stream(handle, "row", "worksheet"):
                if local(element.tag) == "worksheet":
                    if is_declared(element):
                        raise package.corrupt("a sheet declares a document type")
                    roots.append(element)
                    continue
                number = row_number(element, number, package)
                cells = tuple(_cells(element, number, book, package))
                overlong += sum(len(cell.text) for cell in cells if len(cell.text) > _LONGEST_CELL)
                if overlong > _MOST_OVERLONG:
                    raise UnreadableDocument(
                        f"{package.ref}: its cells hold more text than cells can (a bomb?)"
                    )
                yield RowText(number, cells)
                forget(element)
    except (etree.XMLSyntaxError, ValueError, IndexError):
        raise package.corrupt(f"{part.title} is damaged near row {number}") from None
    if not roots:
        raise package.corrupt(f"{part.title} is no worksheet")


def row_number(row: Element, before: int, package: Package) -> int:
    written = row.get("r")
    if written is None:
        return before + 1
    if not written.isdigit():
        raise package.corrupt("a row has no number")
    return int(written)


def _cells(row: Element, number: int, book: Book, package: Package) -> Iterator[CellText]:
    column = 0
    for cell in row:
        if cell.tag[-2:] != "}c":
            continue
        reference, column = position(cell, number, column, package)
        if not _is_single(cell):
            raise package.corrupt("a cell has more than one value")
        literals: tuple[tuple[int, str], ...] = ()
        for child in cell:
            if child.tag[-2:] == "}f" and child.text:
                literals = tuple(formulas.literals(child.text, book.names))
        text, is_number = cell_text(cell, book)
        yield CellText(column - 1, reference, text, is_number, literals)


def _is_single(cell: Element) -> bool:
    """Whether a cell has one value and one formula at most: of several only one would be read."""
    if len(cell) == 1:
        return bool(cell[0].tag[0] == "{")
    names = [child.tag for child in cell if child.text or child.tag[-3:] == "}is"]
    values = sum(name[-2:] == "}v" or name[-3:] == "}is" for name in names)
    return (
        values < 2 and sum(name[-2:] == "}f" for name in names) < 2 and all(name[0] == "{" for name in names)
    )


def position(cell: Element, number: int, before: int, package: Package) -> tuple[str, int]:
    """The reference of a cell and its column, from 1; both may be left out in the file."""
    reference = cell.get("r")
    if reference is None:
        return f"{column_letters(before + 1)}{number}", before + 1
    letters = reference.rstrip("0123456789")
    column = _column(letters)
    if not column or reference != f"{letters}{number}":
        raise package.corrupt("a cell stands in the wrong row")
    return reference, column


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return column_number(letters) if re.fullmatch("[A-Z]{1,3}", letters) else 0


def cell_text(cell: Element, book: Book) -> tuple[str, bool]:
    """What a cell shows (a date as ISO text), and whether it holds a number that is no date."""
    kind = cell.get("t", "n")
    value = ""
    for child in cell:
        name = child.tag[-3:]
        if name == "}is":
            return string_text(child), False
        if name[-2:] == "}v":
            value = child.text or value
    if not value:
        return "", False
    if kind == "s":
        return book.strings[int(value)], False
    if kind == "n":
        style = int(cell.get("s", "0"))
        if style < len(book.dates) and book.dates[style]:
            return iso_date(float(value), book.from_1904) or plain_number(value), False
        plain = plain_number(value)
        return plain, _NUMBER.fullmatch(plain) is not None
    if (kind == "b" and value in ("0", "1")) or (kind == "e" and value in _ERRORS):
        return "", False
    return decoded(value), False
