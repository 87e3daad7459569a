"""Cells that hold nothing but what stands between the groups of a number: `139 | - | 1234 | - | 5678`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.formats.joining.edges import PIECE_BEGINS, edge_of

_MARK = re.compile(r"\s*[^\w\s]{1,4}\s*")
_WIDEST = 8
"""Characters of a cell that may hold a mark."""


def between_marks(texts: Sequence[str]) -> list[list[int]]:
    """The cells with one and the same mark between them that may be a number, each time with the cell before them.

    >>> between_marks(["电话", "139", "-", "1234", "-", "5678", "无"])
    [[0, 1, 3, 5]]
    """
    marks = [index for index, text in enumerate(texts) if len(text) <= _WIDEST and _MARK.fullmatch(text)]
    found: list[list[int]] = []
    for mark in marks:
        if not (0 < mark < len(texts) - 1 and _begins(texts[mark - 1]) and _begins(texts[mark + 1])):
            continue
        if found and found[-1][-1] == mark - 1 and texts[mark - 2].strip() == texts[mark].strip():
            found[-1].append(mark + 1)
        else:
            found.append([*range(max(0, mark - 2), mark), mark + 1])
    return found


def _begins(text: str) -> bool:
    return bool(edge_of(text[:1]) & PIECE_BEGINS)
