"""Types of cells in the XML of Excel 2003: `<Data ss:Type="Number">`. Excel refuses a file in which a number is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.formats.markup.cutting import Piece

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_FORMS = {
    "Number": re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?"),
    "DateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+"),
    "Boolean": re.compile("[01]"),
}
_TYPE = re.compile(r"\bType\s*=\s*[\"']$")


def say_types(pieces: Sequence[Piece], new: list[str]) -> None:
    """Call texts what were numbers or days before they were edited; `new` is how the pieces are written."""
    if not any(_SPACE in piece.raw for piece in pieces):
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
