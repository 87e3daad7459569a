"""Results of formulas in the sheets of OpenDocument that read what is edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.formats.edits import Edit
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import Event
from deid.formats.odf.formulas import Formula
from deid.formats.odf.sites import Places
from deid.formats.odf.squares import repeated
from deid.formats.ooxml.formulas import reads_anywhere
from deid.formats.results import (
    GONE,
    Cell,
    Edited,
    Left,
    columns_of,
    edited_of,
    is_stale,
    left_of,
    left_of_many,
)

FORMULA = odf.full("table:formula")
_MATRIX = tuple(map(odf.full, ("table:number-matrix-columns-spanned", "table:number-matrix-rows-spanned")))
_TYPES = tuple(map(odf.full, ("office:value-type", "calcext:value-type", "office:currency")))
_MOST = 1000
"""Places that one cell takes which is written once."""


@dataclass
class Sheets:
    """The edited cells of all sheets, and what stands in them. Sheets go by their old names, case-folded; `names` are old
    and new."""

    names: Mapping[str, str]
    edited: dict[str, Edited] = field(default_factory=dict)
    texts: dict[Cell, str] = field(default_factory=dict)
    _table: str = ""
    _row: int = 0

    def note(self, events: Iterator[Event], places: Places, edits: Mapping[str, Sequence[Edit]]) -> None:
        """Take in what is edited in a part."""
        for event, element in events:
            cells = self.cells(event, element)
            if event == "end" or (event == "chunk" and not places.cleaned(element)):
                continue
            if event == "start":
                places.cleaned_attributes(element)
            for site in list(places.attributes(element) if event == "start" else places.sites(element)):
                new = places.changed(site, edits) if site.kind != "formula" else None
                if new is None:
                    continue
                around = (one for one in (site.element, *site.element.iterancestors()) if one in cells)
                for row, column in cells.get(next(around, None), ()):
                    self.edited.setdefault(self._table, Edited()).add(row, column)
                    self.texts.setdefault((self._table, row, column), new)

    def cells(self, event: str, element: odf.Element) -> dict[odf.Element, list[tuple[int, int]]]:
        """The cells of a row, and where they are, from 1."""
        name = odf.short(element.tag)
        if event == "start" and name == "table:table":
            self._table, self._row = element.get(odf.full("table:name"), "").casefold(), 0
        if event != "chunk" or name != "table:table-row":
            return {}
        times = repeated(element, "table:number-rows-repeated")
        rows = range(self._row + 1, self._row + 1 + min(times, _MOST))
        self._row += times
        found: dict[odf.Element, list[tuple[int, int]]] = {}
        column = 0
        for cell in element.iterchildren(*map(odf.full, odf.CELLS_OF_ROWS)):
            count = repeated(cell, "table:number-columns-repeated")
            if len(cell) or cell.attrib:
                columns = range(column + 1, column + 1 + min(count, _MOST // len(rows) + 1))
                found[cell] = [(row, one) for row in rows for one in columns]
            column += count
        return found

    def settle(
        self, cells: Mapping[odf.Element, Sequence[tuple[int, int]]], formulas: Mapping[odf.Element, Formula]
    ) -> None:
        """Take out results that may come from edited cells, or the formula where it cannot be reckoned any more;
        `formulas` are those of cells of a row that are not edited themselves, as they were."""
        for cell, formula in formulas.items():
            is_text = cell.get(odf.full("office:value-type")) == "string"
            areas = formula.areas()
            is_changed = cell.get(FORMULA) != formula.rewritten(self.names, {})
            is_said = is_changed or (self.edited and reads_anywhere(formula.as_excel()))
            called, result = formula.as_excel(), _result(cell)
            if is_changed:
                left = Left.FORMULA
            elif is_said or is_stale(areas, self.edited, self._table, is_text=is_text):
                left = left_of(
                    called, result, self._read(edited_of(areas, self.edited, self._table)), is_text=is_text
                )
            else:
                left = left_of_many(called, result, self._read(columns_of(areas, self.edited, self._table)))
                if left is Left.FORMULA:
                    continue
            if left is not Left.FORMULA:
                drop_formula(cell)
            if left is Left.RESULT:
                continue
            _forget_result(cell)
            for row, column in cells[cell]:
                self.edited.setdefault(self._table, Edited()).add(row, column)
                if left is Left.NOTHING:
                    self.texts[self._table, row, column] = GONE

    def _read(self, cells: Iterable[Cell]) -> list[str]:
        return [self.texts.get(one, "") for one in cells]


def drop_formula(cell: odf.Element) -> None:
    """Leave of a cell what it shows."""
    for key in (FORMULA, *_MATRIX):
        cell.attrib.pop(key, None)


def _result(cell: odf.Element) -> str:
    lines = ("".join(line.itertext()) for line in cell.iterchildren(odf.full("text:p")))
    return cell.get(odf.full("office:value")) or "\n".join(lines)


def _forget_result(cell: odf.Element) -> None:
    for key in (*map(odf.full, odf.VALUES), *_TYPES):
        cell.attrib.pop(key, None)
    for line in list(cell.iterchildren(odf.full("text:p"))):
        cell.remove(line)
