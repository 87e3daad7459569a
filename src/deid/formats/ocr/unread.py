"""Ink in a picture that is not read print: handwriting, stamps, photos, codes.

What stands out from its surroundings, less ruled lines and what OCR has read for sure.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deid.formats.ocr.reading import ReadPicture

_HEIGHT = 14  # pixels of a line of print, at the scale that is worked at
_CONTRAST = 34  # of 255, against the surroundings
_COLOUR = 40


def unread_ink(read: ReadPicture) -> Any:
    """A mask of the picture's size: 255 where ink is that nobody has read."""
    import cv2

    pixels = read.pixels
    heights = [float(np.hypot(*(line.corners[3] - line.corners[0]))) for line in read.sure]
    height = float(np.median(heights)) if heights else min(pixels.shape[:2]) / 50
    scale = min(1.0, _HEIGHT / max(height, 1.0))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    unit = max(4, round(height * scale))
    ink = _ink(small, unit)
    ink[_ruled(ink, unit, read.skew) > 0] = 0
    ink[text_mask(read, small.shape[:2], scale, 0.15) > 0] = 0
    found = _blobs(ink, unit)
    return cv2.resize(found, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)


def _ink(small: Any, unit: int) -> Any:
    import cv2

    around = cv2.medianBlur(small, min(2 * (2 * unit) + 1, 121))
    difference = cv2.absdiff(small, around)
    grey = cv2.cvtColor(difference, cv2.COLOR_RGB2GRAY)
    colour = difference.max(axis=2) - difference.min(axis=2)
    return np.where((grey > _CONTRAST) | (colour > _COLOUR), 255, 0).astype(np.uint8)


def _ruled(ink: Any, unit: int, skew: float) -> Any:
    """Long straight lines: tables, underlines, frames."""
    import cv2

    height, width = ink.shape
    centre = (width / 2, height / 2)
    straight = cv2.warpAffine(ink, cv2.getRotationMatrix2D(centre, skew, 1.0), (width, height))
    length = 6 * unit
    across = cv2.morphologyEx(straight, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(straight, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    thin = cv2.bitwise_or(_thin(across, unit), _thin(down, unit))
    askew = cv2.warpAffine(thin, cv2.getRotationMatrix2D(centre, -skew, 1.0), (width, height))
    return cv2.dilate(askew, np.ones((3, 3), np.uint8))


def _thin(lines: Any, unit: int) -> Any:
    """Without areas: those are pictures."""
    import cv2

    thick = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((max(4, unit // 3),) * 2, np.uint8))
    return cv2.subtract(lines, cv2.dilate(thick, np.ones((3, 3), np.uint8)))


def text_mask(read: ReadPicture, shape: tuple[int, int], scale: float, margin: float) -> Any:
    """Where lines are that were read for sure, with a margin in line heights."""
    import cv2

    mask = np.zeros(shape, np.uint8)
    for line in read.sure:
        corners = line.corners * scale
        centre = corners.mean(axis=0)
        height = float(np.hypot(*(corners[3] - corners[0])))
        out = corners - centre
        wider = centre + out + np.sign(out) * margin * height
        cv2.fillPoly(mask, [np.round(wider).astype(np.int32)], 255)
    return mask


def _blobs(ink: Any, unit: int) -> Any:
    """Ink that belongs together as areas; specks are none. Large areas are filled to their frame."""
    import cv2

    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((unit, unit), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    amounts = np.bincount(labels[ink > 0].ravel(), minlength=count)
    found = np.zeros_like(ink)
    for number in range(1, count):
        left, top, width, height, _ = stats[number]
        if max(width, height) < 0.7 * unit or amounts[number] < 0.12 * unit * unit:
            continue
        if min(width, height) <= max(2, 0.3 * unit) and max(width, height) > 1.5 * unit:
            continue  # a piece of a ruled line
        if min(width, height) > 3 * unit:
            found[top : top + height, left : left + width] = 255
        else:
            part = (labels[top : top + height, left : left + width] == number).astype(np.uint8) * 255
            view = found[top : top + height, left : left + width]
            view[part > 0] = 255
    return cv2.dilate(found, np.ones((max(3, unit // 2),) * 2, np.uint8))
