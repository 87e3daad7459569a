"""Coloured stamps and seals, lifted off the print beneath them before a page is read.

A stamp is a ring or frame with ink inside, or a patch (a seal, a finger). What is dark in its own
colour's channel, too, is print and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

_SIDE = 1200  # pixels of the shorter side at which stamps are looked for
_STRONG, _WEAK = 40, 14  # of 255: how far colour is from that of the paper
_USUAL = 60  # in a stamp; a face has less
_SMALLEST, _LARGEST = 0.028, 0.45  # of the shorter side
_STRIP = (0.08, 0.7)  # a name in a frame
_PATCH = (0.035, 0.12)
_FULL, _LONGEST = 0.5, 2.2  # a patch: its share of ink, and width to height
_ROOM = 4  # pixels around


def lifted(pixels: Any) -> Any:
    """The RGB array without stamps; the array itself where there are none."""
    paper = np.percentile(pixels[::8, ::8].reshape(-1, 3), 60, axis=0)
    areas = list(_areas(pixels, paper))
    if not areas:
        return pixels
    out = pixels.copy()
    for channel, (left, top, right, bottom) in areas:
        _lift(out[top:bottom, left:right], channel, paper)
    return out


def _areas(pixels: Any, paper: Any) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """The colour of each stamp, as a channel, and its frame."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / min(height, width))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for channel in (0, 2):
        colour = _colour(small, paper, channel)
        ink = (colour > _STRONG).astype(np.uint8)
        for left, top, right, bottom in _stamps(ink, min(small.shape[:2])):
            shown = colour[top:bottom, left:right]
            if np.median(shown[shown > _STRONG]) > _USUAL:
                yield (
                    channel,
                    (
                        max(0, int((left - _ROOM) / scale)),
                        max(0, int((top - _ROOM) / scale)),
                        min(width, int((right + _ROOM) / scale) + 1),
                        min(height, int((bottom + _ROOM) / scale) + 1),
                    ),
                )


def _colour(pixels: Any, paper: Any, channel: int) -> Any:
    """How much less of the other colours there is than of the one of `channel`, against the paper; from 0."""
    import cv2

    away = [cv2.subtract(float(paper[part]), pixels[:, :, part]) for part in range(3)]
    own = away.pop(channel)
    return cv2.subtract(cv2.min(*away), own)


def _stamps(ink: Any, side: int) -> Iterator[tuple[int, int, int, int]]:
    """Frames of stamps in a mask."""
    import cv2

    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [tuple(map(int, box)) for box in stats[1:] if box[4] >= 6]
    for left, top, width, height, area in boxes:
        short, long = sorted((width, height))
        limit = _STRIP[1] if short < _STRIP[0] * side else _LARGEST
        if _SMALLEST * side < short and long < limit * side:
            inside = sum(
                ink_
                for x, y, w, h, ink_ in boxes
                if left < x and top < y and x + w < left + width and y + h < top + height
            )
            if inside > 0.03 * width * height:
                yield left, top, left + width, top + height
        is_patch = _PATCH[0] * side < short and long < min(_PATCH[1] * side, _LONGEST * short)
        if is_patch and area > _FULL * width * height:
            yield left, top, left + width, top + height


def _lift(area: Any, channel: int, paper: Any) -> None:
    """Leave what is darker than the stamp; all else becomes even, so that no grain shows where ink was."""
    colour = _colour(area, paper, channel)
    if not (colour > _STRONG).any():
        return  # another stamp on it was lifted before
    bare = area[colour < _WEAK]
    here = np.percentile(bare, 60, axis=0) if len(bare) else paper
    own = area[:, :, channel].astype(np.float32)
    level = max(float(np.median(own[colour > _STRONG])), 1.0)  # of black there is nothing lighter
    light = np.clip((own - 0.55 * level) / (0.25 * level), 0, 1)[:, :, None]
    area[:] = (own[:, :, None] * (1 - light) + here * light).astype(np.uint8)
