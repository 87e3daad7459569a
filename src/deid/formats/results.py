"""Stored results of formulas that read what is edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from deid.formats.ooxml.formulas import Area, is_between_days, is_of_day, texts_in

_LEFT = re.compile(r"(?:19|20)[0-9]{2}(?:\D?[01]?[0-9]\D?|\D)?")
"""What is left of a day that is generalised: 2024-07, 2024年."""
_NEAR = re.compile(r"-?1?[0-9]{1,4}(?:\.[0-9]+)?")
"""How far days are apart; larger numbers are days themselves."""


@dataclass(slots=True)
class Edited:
    """The cells of a sheet that are edited; for each column the first and the last row."""

    cells: set[tuple[int, int]] = field(default_factory=set)
    columns: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, row: int, column: int) -> None:
        self.cells.add((row, column))
        first, last = self.columns.get(column, (row, row))
        self.columns[column] = (min(first, row), max(last, row))

    def meets(self, area: Area) -> bool:
        """Whether the area may hold an edited cell."""
        if area.single:
            return (area.top, area.left) in self.cells
        return any(
            area.left <= column <= area.right and first <= area.bottom and last >= area.top
            for column, (first, last) in self.columns.items()
        )


Cell = tuple[str, int, int]
"""Case-folded name of a sheet, row, column."""


def edited_of(areas: Iterable[Area], edited: Mapping[str, Edited], own: str) -> set[Cell]:
    """The single cells among those read by a formula of the sheet `own` that are edited."""
    single = ((area.sheet.casefold() or own, area) for area in areas if area.single)
    return {(sheet, area.top, area.left) for sheet, area in single if _meets(area, edited, sheet)}


def is_stale(areas: Iterable[Area], edited: Mapping[str, Edited], own: str, *, is_text: bool) -> bool:
    """Whether a result may have come from an edited cell. A number that many cells give says nothing of one of them."""
    read = ((area.sheet.casefold() or own, area) for area in areas if area.single or is_text)
    return any(":" in sheet or _meets(area, edited, sheet) for sheet, area in read)


def _meets(area: Area, edited: Mapping[str, Edited], sheet: str) -> bool:
    return sheet in edited and edited[sheet].meets(area)


def outlasts(formula: str, result: str, read: Collection[str], *, is_text: bool) -> bool:
    """Whether a result stays without its formula. `read` is what stands now in the edited cells that it reads.

    Of days of which the month or the year is left programs reckon something wrong, or nothing. What stays says how far
    days are apart that are told as exactly, the year or month that is left, or a text of the formula itself.

    >>> outlasts("B2-A2", "14", ["2024-07", "2024-08"], is_text=False)
    True
    >>> outlasts("DAY(A2)", "29", ["2024-07"], is_text=False)
    False
    """
    if not read or not all(map(_LEFT.fullmatch, read)):
        return False
    if is_text:
        return result in texts_in(formula)
    figures = [tuple(map(int, re.findall("[0-9]+", left))) for left in read]
    if is_of_day(formula):
        return result in map(str, figures[0])
    is_between = len(read) > 1 and len(set(map(len, figures))) == 1 and is_between_days(formula)
    return is_between and _NEAR.fullmatch(result) is not None
