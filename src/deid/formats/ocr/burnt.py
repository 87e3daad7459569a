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

    grey = cv2.cvtColor(np.ascontiguousarray(pixels[::_SCALE, ::_SCALE]), cv2.COLOR_RGB2GRAY)
    dark = (grey < _DARK * float(np.median(grey))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    )
    found = set()
    for number, line in enumerate(lines):
        x, y = line.corners.mean(axis=0) / _SCALE
        height = float(np.hypot(*(line.corners[3] - line.corners[0]))) / _SCALE
        for left, top, width, tall, area in stats[1:]:
            inside = left < x < left + width and top < y < top + tall
            if inside and min(width, tall) > _HIGH * height and area > 0.3 * width * tall:
                found.add(number)
    return frozenset(found)
