"""Pictures that are the shadow of a line of text: programs draw soft shadows as such, behind the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pikepdf

from deid.formats.pdf.content import Show, Surface
from deid.formats.pdf.seeing import box_of

_HIGHEST = 3.0  # of the size of the text
_COVERED = 0.6  # of the width of the picture


class _String(NamedTuple):
    v: float
    start: float
    end: float
    size: float
    source: str


def shadows(surface: Surface) -> Iterator[tuple[Any, frozenset[str]]]:
    """The pictures of a page that let something through, each with the sources of the text whose shadow it is; of
    others none."""
    images = [drawn for drawn in surface.images if isinstance(drawn.image, pikepdf.Stream)]
    strings = sorted(string for show in surface.shows if (string := _placed(show))) if images else []
    for drawn in images:
        left, bottom, right, top = box_of((0, 0, 1, 1), drawn.ctm)
        first = bisect_left(strings, (bottom,))
        last = bisect_right(strings, (top,))
        inside = [
            string for string in islice(strings, first, last) if string.end > left and string.start < right
        ]
        is_clear = drawn.is_mask or "/SMask" in drawn.image or "/Mask" in drawn.image
        covered = max((s.end for s in inside), default=0.0) - min((s.start for s in inside), default=0.0)
        is_shadow = (
            is_clear
            and covered > _COVERED * (right - left)
            and all(top - bottom < _HIGHEST * string.size for string in inside)
        )
        yield drawn.image.objgen, frozenset(string.source for string in inside if is_shadow)


def _placed(show: Show) -> _String | None:
    x, y = show.direction
    if abs(y) > abs(x) or show.vertical or not show.text.strip() or not show.glyphs:
        return None
    if show.state.is_masked:  # the picture may say how much of it is seen
        return None
    left, bottom = next(show.corners())
    ends = (left, left + (show.glyphs[-1].offset + show.glyphs[-1].advance) * x)
    return _String(bottom, min(ends), max(ends), show.height, show.source)
