"""Where lines stand in a picture: the network sees it strip by strip, and passes by what is blank.

The strips overlap by as much as the network looks around, and are put together before lines are taken
from them, so that a line on a seam is one line. Memory depends on the strip, not on the picture.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deid.formats.sharing import in_threads

_SHORT, _LONG = 900, 1280  # pixels: the sides of an A4 page as the network sees it; lines of 5 pt are found
_AREA = 240_000  # pixels of a strip without its margins
_MARGIN = 32
_GRID = 32  # sides are multiples of it
_PALE = 16  # of 255: no ink differs less from the paper


class InStrips:
    """A detector of rapidocr that is given pictures of any length."""

    def __init__(self, detector: Any) -> None:
        self._detector = detector

    def __call__(self, picture: Any) -> Any:
        import cv2
        from rapidocr.ch_ppocr_det import TextDetOutput

        height, width = picture.shape[:2]
        scale = min(1.0, max(_LONG / max(height, width), _SHORT / min(height, width)))
        sides = tuple(max(_GRID, round(side * scale / _GRID) * _GRID) for side in (width, height))
        small = cv2.resize(picture, sides, interpolation=cv2.INTER_AREA)
        boxes, scores = self._detector.postprocess_op(self._seen(small)[None, None], (height, width))
        if not len(boxes):
            return TextDetOutput()
        return TextDetOutput(picture, self._detector.sorted_boxes(boxes), scores)

    def _seen(self, small: Any) -> Any:
        """For each pixel how likely it is one of a line."""
        height, width = small.shape[:2]
        rows = max(_GRID, _AREA // width // _GRID * _GRID)
        seen = np.zeros((height, width), np.float32)

        def see(top: int) -> None:
            bottom, first = min(top + rows, height), max(0, top - _MARGIN)
            part = small[first : bottom + _MARGIN].transpose(2, 0, 1)[None].astype(np.float32)
            part /= 127.5
            part -= 1
            seen[top:bottom] = self._detector.session(part)[0, 0, top - first : bottom - first]

        in_threads(see, (top for top in range(0, height, rows) if not _is_blank(small[top : top + rows])))
        return seen


def _is_blank(strip: Any) -> bool:
    import cv2

    height, width = strip.shape[:2]
    coarse = cv2.resize(strip, (width // 4, height // 4), interpolation=cv2.INTER_AREA).astype(np.int16)
    paper = np.median(coarse.reshape(-1, 3), axis=0).astype(np.int16)
    return bool(np.abs(coarse - paper).max() < _PALE)
