"""Types of cells in the XML of Excel 2003: `<Data ss:Type="Number">`. Excel refuses a file in which a number is none.

And values of cells in pages that Excel, LibreOffice and others save: `<td sdval="45">45</td>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.formats.markup.cutting import BOOK, CELL_VALUES, Piece

_FORMS = {
    "Number": re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?"),
    "DateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+"),
    "Boolean": re.compile("[01]"),
}
_TYPE = re.compile(r"\bType\s*=\s*[\"']$")
_VALUE = re.compile(rf"\s+(?:{'|'.join(map(re.escape, sorted(CELL_VALUES)))})\s*=\s*[\"']?$", re.IGNORECASE)
_LONGEST = 100  # characters of a name and what stands around it
_BORDER = re.compile(r"<(t[dh])\b|</?(?:td|th|tr|table)\b", re.IGNORECASE)


def say_types(pieces: Sequence[Piece], new: list[str]) -> None:
    """Call texts what were numbers or days before they were edited; `new` is how the pieces are written."""
    if not any(BOOK in piece.raw for piece in pieces):
        return
    typed: int | None = None
    for index, piece in enumerate(pieces):
        if not piece.source:
            typed = None if piece.raw.startswith("<") else typed
        elif piece.kind == "attribute" and piece.raw in _FORMS and _TYPE.search(pieces[index - 1].raw):
            typed = index
        elif (
            typed is not None and piece.kind == "text" and not _FORMS[pieces[typed].raw].fullmatch(new[index])
        ):
            new[typed] = "String" if new[index] != piece.raw else new[typed]


def drop_values(pieces: Sequence[Piece], new: list[str]) -> None:
    """Take from the tags of cells what was the value of those that were edited; `new` is how the pieces are written."""
    values: list[tuple[int, int]] = []  # which piece, and how much before it calls it
    is_cell, called = False, None
    for index, piece in enumerate(pieces):
        if not piece.source and (border := _BORDER.match(piece.raw)):
            values, is_cell = [], bool(border[1])
        if called:
            values.append((index, len(called[0])))
        elif piece.source and piece.kind == "text" and new[index] != piece.raw:
            for place, size in values:
                quoted = pieces[place - 1].raw[-1] in "\"'"
                new[place - 1], new[place] = new[place - 1][:-size], ""
                new[place + 1] = new[place + 1][quoted:]
            values = []
        called = _VALUE.search(piece.raw[-_LONGEST:]) if is_cell and not piece.source else None
