"""QR codes that the cells of a table draw, with their colours or with characters. Their columns are narrow."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.formats.codes import Cell, in_tables
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.barcodes import SAID
from deid.formats.odf.chunks import Event, common_parts

_STYLE, _PARENT, _NAME = map(odf.full, ("table:style-name", "style:parent-style-name", "style:name"))
_DEFAULT = odf.full("table:default-cell-style-name")
_WIDTH = re.compile(r"([0-9]*\.?[0-9]+)(cm|mm|in|pt|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "px": 0.75}
_NARROW = 40.0
"""Points that a column of a code has at most."""
_ROWS, _MOST_COLUMNS, _CELLS = 5_000, 400, 200_000
_LONGEST = 2  # characters that draw a square
_STYLES = ("office:styles", "office:automatic-styles")
_CELLS_OF_ROWS = tuple(map(odf.full, odf.CELLS))
Square = tuple[int, Cell]
"""The number of a table, and a place in it."""


@dataclass
class Fills:
    """What styles of cells look like, and whether a style of columns is narrow."""

    fills: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    has_narrow: bool = False

    def note(self, chunk: odf.Element) -> None:
        """Take in the styles of a chunk."""
        for style in chunk.iter(odf.full("style:style")):
            name = style.get(_NAME, "")
            self.bases[name] = style.get(_PARENT, "")
            for said in style.iter(odf.full("style:table-cell-properties")):
                if fill := said.get(odf.full("fo:background-color")):
                    self.fills[name] = fill
            for said in style.iter(odf.full("style:table-column-properties")):
                width = _WIDTH.fullmatch(said.get(odf.full("style:column-width"), ""))
                self.has_narrow |= width is not None and float(width[1]) * _POINTS[width[2]] <= _NARROW

    def of(self, name: str) -> str:
        """The colour of a style, its own or that of what it is based on."""
        seen: set[str] = set()
        while name and name not in self.fills and name not in seen:
            seen.add(name)
            name = self.bases.get(name, "")
        return self.fills.get(name, "")


def common_fills(events: Iterable[Event]) -> Fills:
    """What a part with styles says for the other parts."""
    fills = Fills()
    for element in common_parts(events):
        fills.note(element)
    return fills


def squares_of(events: Iterable[Event], common: Fills) -> frozenset[Square]:
    """The cells of a part that draw a code."""
    fills = Fills(dict(common.fills), dict(common.bases), common.has_narrow)
    looks: defaultdict[int, dict[Cell, tuple[str, str]]] = defaultdict(dict)
    rows = _Rows()
    left = _CELLS
    for event, element in events:
        name = odf.short(element.tag)
        if event == "chunk" and name in _STYLES:
            fills.note(element)
        elif (name == "office:body" and not fills.has_narrow) or left < 0:
            break
        for row in rows.of(event, element):
            for cell, places in row.cells():
                look = _look(cell, row.element, fills)
                looks[row.table].update(dict.fromkeys(places, look))
                left -= len(places)
    return frozenset((table, cell) for table, cells in looks.items() for cell in in_tables(cells))


def without_squares(
    events: Iterable[Event], squares: Collection[Square], removed: Counter[str]
) -> Iterator[Event]:
    """The events of a part, in which no cells draw a code any more; `removed` counts codes."""
    rows, tables = _Rows(), set[int]()
    for event, element in events:
        for row in rows.of(event, element) if squares else ():
            for cell, places in row.cells():
                if any((row.table, place) in squares for place in places):
                    cell.attrib.pop(_STYLE, None)
                    tables.add(row.table)
                    if len("".join(cell.itertext()).strip()) <= _LONGEST:
                        _emptied(cell)
        yield event, element
    removed["code"] += len(tables)


class _Row(NamedTuple):
    """A row, the number of its table, and its own, from 0, as often as it is repeated."""

    element: odf.Element
    table: int
    numbers: range

    def cells(self) -> Iterator[tuple[odf.Element, list[Cell]]]:
        """Its cells, each with the places that it takes."""
        column = 0
        for cell in self.element.iterchildren(*_CELLS_OF_ROWS):
            count = repeated(cell, "table:number-columns-repeated")
            if column + count > _MOST_COLUMNS:
                return
            yield cell, [(row, column + number) for row in self.numbers for number in range(count)]
            column += count


class _Rows:
    """Counts tables and their rows, those within cells, sections and boxes as well."""

    def __init__(self) -> None:
        self._tables = 0
        self._open: list[list[int]] = []  # number of the table, rows so far

    def of(self, event: str, element: odf.Element) -> Iterator[_Row]:
        """The rows that an event brings."""
        name = odf.short(element.tag)
        if name == "table:table" and event != "chunk":
            if event == "start":
                self._begin()
            else:
                self._open.pop()
        elif event == "chunk":
            yield from self._within(element)

    def _begin(self) -> None:
        self._open.append([self._tables, 0])
        self._tables += 1

    def _within(self, element: odf.Element) -> Iterator[_Row]:
        name = odf.short(element.tag)
        if name == "table:table":
            self._begin()
        elif name == "table:table-row" and self._open:
            table, row = self._open[-1]
            count = repeated(element, "table:number-rows-repeated")
            self._open[-1][1] += count
            if row + count <= _ROWS:
                yield _Row(element, table, range(row, row + count))
        for child in element.iterchildren("*"):
            yield from self._within(child)
        if name == "table:table":
            self._open.pop()


def repeated(element: odf.Element, name: str) -> int:
    """How often a row or cell is there; `name` is of the attribute that says so."""
    count = element.get(odf.full(name), "1")
    return max(1, int(count)) if count.isdecimal() and len(count) < 9 else 1


def _look(cell: odf.Element, row: odf.Element, fills: Fills) -> tuple[str, str]:
    """The colour of a cell, and its text where that is short."""
    text = "".join(cell.itertext()).strip()
    style = cell.get(_STYLE) or row.get(_DEFAULT, "")
    return fills.of(style), text if len(text) <= _LONGEST else ""


def _emptied(cell: odf.Element) -> None:
    for key in SAID:
        cell.attrib.pop(key, None)
    for child in list(cell):
        cell.remove(child)
