"""Lines within photographs and films: what stands there is gone with the picture, as 张三 F48 in the corner of a CT is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deid.formats.ocr.engine import Line

_SCALE = 8
_DARK = 0.5  # of the paper
_HIGH = 5  # lines: a dark bar under a heading is lower


def in_pictures(pixels: Any, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that stand in a large dark area of a page that is light."""
    import cv2

    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = light.shape
    size = max(1, round(width / _SCALE)), max(1, round(height / _SCALE))
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
    limit = _DARK * float(np.median(small))
    dark = cv2.morphologyEx((small < limit).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    found = set()
    for number, line in enumerate(lines):
        (left, top), (right, bottom) = line.corners.min(axis=0), line.corners.max(axis=0)
        ground = light[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
        if ground.size and np.median(ground) < limit and _is_inside(line, stats[1:]):
            found.add(number)
    return frozenset(found)


def _is_inside(line: Line, areas: Any) -> bool:
    x, y = line.corners.mean(axis=0) / _SCALE
    least = _HIGH * float(np.hypot(*(line.corners[3] - line.corners[0]))) / _SCALE
    return any(
        left < x < left + width and top < y < top + height and min(width, height) > least
        for left, top, width, height, _ in areas
    )
