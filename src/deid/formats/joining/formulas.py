"""What a formula puts together: cells of a sheet, and texts in files that hold formulas as text: `="138"&"00138000"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from deid.formats.ooxml.formulas import Area
from deid.formats.views import Place, joined, whole
from deid.types import TextBlock

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
    """What formulas put together, of rows that are in memory: no result of them need be there."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[int, int], TextBlock] = {}
        self._formulas: list[tuple[str, str, Sequence[Area | TextBlock]]] = []

    def add(self, row: int, blocks: Mapping[int, TextBlock]) -> None:
        """Take in the cells of a row by column; both from 1."""
        self._blocks |= {(row, column): block for column, block in blocks.items()}

    def formula(self, id: str, where: str, parts: Sequence[Area | TextBlock]) -> None:
        """Take in a formula, by the cells and texts that it puts together."""
        self._formulas.append((id, where, parts))

    def views(self) -> Iterator[TextBlock]:
        """What each of the formulas puts together."""
        for id, where, parts in self._formulas:
            found: list[TextBlock] = []
            for part in parts:
                if isinstance(part, Area):
                    found += filter(None, map(self._blocks.get, part.cells()))
                else:
                    found.append(part)
            if len(found) > 1:
                yield replace(joined(found, whole(found)), id=f"{id}&", where=where)
