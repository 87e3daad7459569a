"""Figures in boxes of their own, as forms have them, that may be one number together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deid.formats.joining.numbers import NUMBER_LENGTHS
from deid.formats.joining.rows import row_views
from deid.types import TextBlock

_FIGURES = re.compile(r"\s*[0-9]{1,8}\s*")
_HIGHEST_ANSWER = "5"
"""Of most scales."""


class Boxes:
    """Figures that stand in boxes of their own, one after the other, as forms have them for a number.

    Boxes that belong to several rows or are there twice are told apart by a `row`.
    """

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[float, TextBlock]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._runs.values()))

    def add(self, box: TextBlock, row: str = "", left: float = 0.0) -> Iterator[TextBlock]:
        """The next box, and how far to the left it begins; gives the views over those before it that it ends."""
        if is_figures(box.text):
            self._runs.setdefault(row, []).append((left, box))
        else:
            yield from _run_views(self._runs.pop(row, ()))

    def end(self) -> Iterator[TextBlock]:
        """Something else stands behind them."""
        runs, self._runs = self._runs, {}
        for run in runs.values():
            yield from _run_views(run)


def _run_views(run: Sequence[tuple[float, TextBlock]]) -> Iterator[TextBlock]:
    """As they follow each other in the file, and from left to right."""
    boxes = [box for _, box in run]
    yield from box_views(boxes)
    moved = [box for _, box in sorted(run, key=lambda one: one[0])]
    if moved != boxes:
        yield from (replace(view, id=f"{view.id}<") for view in box_views(moved))


def is_figures(text: str) -> bool:
    """Whether a text is a few figures, as stand in a box."""
    return _FIGURES.fullmatch(text) is not None


def box_views(boxes: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Views over boxes with figures, where all of them together may be a number."""
    if may_be_number([box.text for box in boxes]):
        yield from row_views(boxes, range(len(boxes)))


def may_be_number(texts: Sequence[str]) -> bool:
    """Whether the figures of several boxes may be one number together."""
    figures = [text.strip() for text in texts]
    if len(figures) < 2 or sum(map(len, figures)) not in NUMBER_LENGTHS:
        return False
    return max(map(len, figures)) > 1 or may_be_boxes(figures)


def may_be_boxes(figures: Sequence[str]) -> bool:
    """Whether figures that stand alone may be one number: as many as one has, and not the answers of a scale.

    >>> may_be_boxes("13800138000"), may_be_boxes("13422013420"), may_be_boxes("138")
    (True, False, False)
    """
    return len(figures) in NUMBER_LENGTHS and max(figures) > _HIGHEST_ANSWER
