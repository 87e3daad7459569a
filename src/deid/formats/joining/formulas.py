"""Texts that a formula puts together, in files that hold formulas as text: `="138"&"00138000"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.formats.views import Place, joined
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
