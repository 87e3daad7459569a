"""What a formula puts together: cells of a sheet, and texts in files that hold formulas as text: `="138"&"00138000"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deid.formats.ooxml.formulas import Area, Reading
from deid.formats.reckoning import reckoned
from deid.formats.views import Place, joined, whole
from deid.types import TextBlock

_SHORTEST_PART = 2
_FIGURES = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')


def formula_views(cell: TextBlock) -> Iterator[TextBlock]:
    """All texts of a formula, one behind the other; a cell that holds none has no views."""
    if may_be_formula(cell.text):
        places = [Place(0, *text.span(1)) for text in _TEXT.finditer(cell.text)]
        if len(places) > 1:
            yield joined((cell,), places)


def may_be_formula(text: str) -> bool:
    """Whether a cell may be a formula with several texts.

    >>> may_be_formula('="138"&"00138000"'), may_be_formula('="138"')
    (True, False)
    """
    return text[:1] == "=" and text.count('"') > 3


class Joining:
    """What formulas put together, of rows that are in memory: no result of them need be there.

    Sheets are called as formulas call them, case-folded; '' is the own one.
    """

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, int, int], TextBlock] = {}
        self._formulas: list[Formula] = []

    def add(self, row: int, blocks: Mapping[int, TextBlock], sheet: str = "") -> None:
        """Take in the cells of a row by column; both from 1."""
        self._blocks |= {(sheet, row, column): block for column, block in blocks.items()}

    def formula(self, formula: Formula) -> None:
        self._formulas.append(formula)

    def wanted(self) -> dict[str, set[tuple[int, int]]]:
        """The cells that the formulas read, by sheet."""
        found: dict[str, set[tuple[int, int]]] = {}
        for formula in self._formulas:
            for area in formula.areas():
                found.setdefault(area.sheet.casefold(), set()).update(area.cells())
        return found

    def views(self) -> Iterator[TextBlock]:
        """What each of the formulas puts together."""
        for formula in self._formulas:
            put, shown = self._joined(formula), self._reckoned(formula)
            for mark, found in (("&", put), ("&&", [] if shown == put else shown)):
                if len(found) > 1:
                    view = joined(found, whole(found))
                    labels = formula.labels or view.labels
                    yield replace(view, id=f"{formula.id}{mark}", where=formula.where, labels=labels)

    def _joined(self, formula: Formula) -> list[TextBlock]:
        found: list[TextBlock] = []
        for part in formula.parts:
            found += self._cells(part) if isinstance(part, Area) else [part]
        return found

    def _cells(self, area: Area) -> Iterator[TextBlock]:
        sheet = area.sheet.casefold()
        return filter(None, (self._blocks.get((sheet, row, column)) for row, column in area.cells()))

    def _reckoned(self, formula: Formula) -> list[TextBlock]:
        """The cells of which the result of a formula is made up, in the order in which they stand in it."""
        reading, result = formula.reading, formula.result
        if reading is None:
            return []
        if not result:
            result = reckoned(reading.filled(lambda area: _as_written(list(self._cells(area)))))
        cells = {cell.id: cell for _, _, area in reading.places for cell in self._cells(area)}
        return tiled(result, list(cells.values()))


@dataclass(frozen=True)
class Formula:
    """A formula by the cells and texts that it puts together, and by those that it reads, with its result if there is one."""

    id: str
    where: str
    parts: Sequence[Area | TextBlock] = ()
    labels: tuple[str, ...] = ()
    reading: Reading | None = None
    result: str = ""

    def areas(self) -> list[Area]:
        """The cells that it reads."""
        read = [area for _, _, area in self.reading.places] if self.reading else []
        return [part for part in self.parts if isinstance(part, Area)] + read

    def placed(self, sheet: str) -> Formula:
        """The same with a name for its own sheet."""

        def named(area: Area) -> Area:
            return area if area.sheet else replace(area, sheet=sheet)

        parts = [named(part) if isinstance(part, Area) else part for part in self.parts]
        if not self.reading:
            return replace(self, parts=parts)
        places = tuple((start, end, named(area)) for start, end, area in self.reading.places)
        return replace(self, parts=parts, reading=self.reading._replace(places=places))


def tiled(text: str, cells: Sequence[TextBlock]) -> list[TextBlock]:
    """The cells of which a text is made up, signs and zeros between them; nothing where it is not, or there are not two.

    >>> [cell.text for cell in tiled("138-00130007", [TextBlock("a", "7"), TextBlock("b", "138"), TextBlock("c", "13"), TextBlock("d", "8")])]
    []
    >>> [cell.text for cell in tiled("138-00137000", [TextBlock("a", "7000"), TextBlock("b", "138"), TextBlock("c", "13")])]
    ['138', '13', '7000']
    """
    by_size = sorted(
        ((cell.text.strip(), cell) for cell in cells if len(cell.text.strip()) >= _SHORTEST_PART),
        key=lambda one: -len(one[0]),
    )
    found: list[TextBlock] = []
    place = 0
    while place < len(text):
        part = next((one for one in by_size if text.startswith(one[0], place)), None)
        if part:
            found.append(part[1])
            place += len(part[0])
        elif text[place] == "0" or not text[place].isalnum():
            place += 1
        else:
            return []
    return found if len({cell.id for cell in found}) == len(found) > 1 else []


def _as_written(cells: Sequence[TextBlock]) -> str:
    """The value of a cell as a formula would have it."""
    text = cells[0].text.strip() if len(cells) == 1 else ""
    return text if _FIGURES.fullmatch(text) else '"' + text.replace('"', '""') + '"'
