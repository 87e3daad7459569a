"""Labels that pages print beside the fields of a form: programs call the fields themselves fill_1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from deid.formats.lines import CELL_GAP, Line, lines_of
from deid.formats.pdf.content import Show, Surface
from deid.formats.tables import bare
from deid.grammar.fieldnames import is_label

_FAR, _ABOVE = 8.0, 2.5  # of the size of the print
_OVER = 0.3  # of the narrower one: so much of a label stands over its field
_LAST = re.compile(r"(?:[一-鿿](?:\s{1,6}[一-鿿])+|[^\s_:：]{1,12})[\s_]*[:：]?[\s_]*\Z")
"""The last word before a field, and the line on which the field stands."""


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def printed_labels(page: Any, surface: Surface) -> Iterator[tuple[Any, str]]:
    """The fields of a page, each with what is printed before or above it."""
    boxes = dict(_boxes(page))
    if not boxes:
        return
    lines = [line for lines in lines_of(filter(_is_level, surface.shows)) for line in lines]
    for field, box in boxes.items():
        if label := _before(lines, box, list(boxes.values())) or _over(lines, box):
            yield field, label


def _boxes(page: Any) -> Iterator[tuple[Any, _Box]]:
    for note in page.get("/Annots", []):
        if note.get("/Subtype") == "/Widget" and note.is_indirect:
            try:
                x, y, to_x, to_y = map(float, note.Rect)
            except (AttributeError, TypeError, ValueError):
                continue
            yield note.objgen, _Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def _is_level(show: Show) -> bool:
    across, up = show.direction
    return across > 0 and abs(up) < 0.01 * across and not show.vertical


def _before(lines: Sequence[Line], box: _Box, boxes: Sequence[_Box]) -> str:
    """The label nearest to the left, without a field between."""
    found = []
    for line in lines:
        if box.bottom - 0.5 * line.size < line.v < box.top:
            text, end = _up_to(line, box.left)
            match = _LAST.search(text)
            if match and box.left - end < _FAR * line.size and is_label(match[0].strip(" _")):
                found.append((end, match[0]))
    end, text = max(found, default=(0.0, ""))
    middle = (box.bottom + box.top) / 2
    is_parted = any(
        end < other.right <= box.left + 1 and other.left > end - 1 and other.bottom < middle < other.top
        for other in boxes
    )
    return "" if is_parted else bare("".join(text.replace("_", " ").split()))


def _up_to(line: Line, right: float) -> tuple[str, float]:
    """The text of a line up to there, and where that ends."""
    parts: list[str] = []
    end = line.start
    for glyph in line.glyphs:
        if glyph.end > right + 0.3 * line.size:
            break
        if glyph.u - end > CELL_GAP * line.size:
            parts.append(" ")
        parts.append(glyph.text)
        if glyph.text.strip(" _"):
            end = glyph.end
    return "".join(parts), end


def _over(lines: Sequence[Line], box: _Box) -> str:
    """The label right above."""
    above = [line for line in lines if box.top <= line.v < box.top + _ABOVE * line.size]
    for line in sorted(above, key=lambda line: line.v):
        for cell in line.cells():
            left, right = line.glyphs[cell[0]].u, line.glyphs[cell[-1]].end
            over = min(right, box.right) - max(left, box.left)
            text = line.words(cell)
            if over > _OVER * min(right - left, box.right - box.left) and is_label(text):
                return bare(text)
    return ""
