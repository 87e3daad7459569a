"""Stored results of formulas that read what is edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from deid.formats.ooxml.formulas import (
    Area,
    counts,
    is_between_days,
    reads_figures,
    reckons,
    tells_years,
    texts_in,
)

_LEFT = re.compile(r"(?:19|20)[0-9]{2}(?:\D?[01]?[0-9]\D?|\D)?")
"""What is left of a day that is generalised: 2024-07, 2024年."""
_NEAR = re.compile(r"-?1?[0-9]{1,4}(?:\.[0-9]+)?")
"""How far days are apart; larger numbers are days themselves."""
_TYPED = re.compile(r"[0-9]{4}(?:[-/][0-9]{1,2}){2}|-?[0-9]+(?:\.[0-9]+)?")
"""A day or a number, as which a cell stays what it was."""


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


def columns_of(areas: Iterable[Area], edited: Mapping[str, Edited], own: str) -> set[Cell]:
    """An edited cell of each column among areas of many cells, that stands for the others."""
    return {
        (sheet, edited[sheet].columns[column][0], column)
        for sheet, area in ((area.sheet.casefold() or own, area) for area in areas if not area.single)
        if _meets(area, edited, sheet)
        for column in edited[sheet].columns
        if area.left <= column <= area.right
    }


def _meets(area: Area, edited: Mapping[str, Edited], sheet: str) -> bool:
    return sheet in edited and edited[sheet].meets(area)


class Left(Enum):
    """What is left of a formula that reads edited cells."""

    FORMULA = "it is reckoned anew"
    RESULT = "it could not be reckoned any more, and its result tells nothing"
    NOTHING = "it could not be reckoned any more, and its result tells too much"


GONE = "\0"
"""What stands in a cell of whose formula nothing is left."""


def left_of(formula: str, result: str, read: Collection[str], *, is_text: bool) -> Left:
    """`read` is what stands now in the edited cells that it reads one by one.

    Of days of which the month or the year is left programs reckon something wrong, or nothing. What stays says how far
    days are apart that are told as exactly, what the year or month that is left tells, full years, or a text of the
    formula itself.

    >>> left_of("B2-A2", "14", ["2024-07", "2024-08"], is_text=False)
    <Left.RESULT: 'it could not be reckoned any more, and its result tells nothing'>
    >>> left_of("DAY(A2)", "29", ["2024-07"], is_text=False).name, left_of("A2", "x", ["2024"], is_text=True).name
    ('NOTHING', 'FORMULA')
    """
    days = [text for text in read if _LEFT.fullmatch(text)]
    is_lost = (
        GONE in read or (bool(days) and reckons(formula)) or (bool(read) and reads_figures(formula, read))
    )
    if not is_lost and not (days and len(days) == len(read)):
        return Left.FORMULA
    if is_text and result in texts_in(formula):
        return Left.RESULT
    figures = [tuple(map(int, re.findall("[0-9]+", day))) for day in days]
    exactness = set(map(len, figures))
    if GONE not in read and tells_years(formula, months=exactness == {2}):
        return Left.RESULT
    is_between = len(figures) > 1 and len(read) == len(figures) and len(exactness) == 1
    if not is_text and is_between and is_between_days(formula) and _NEAR.fullmatch(result):
        return Left.RESULT
    return Left.NOTHING if is_lost else Left.FORMULA


def left_of_many(formula: str, result: str, read: Collection[str]) -> Left:
    """The same of a number that columns of cells give, of each of which `read` has one: sums pass by what is no number now."""
    if not counts(formula) or all(_TYPED.fullmatch(text) for text in read):
        return Left.FORMULA
    is_day = any(map(_LEFT.fullmatch, read)) and not _NEAR.fullmatch(result)
    return Left.NOTHING if is_day else Left.RESULT
