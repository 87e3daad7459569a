"""Pale lettering: watermarks, print in light grey, and pages that are pale altogether.

What is a little darker than the paper around it is read by itself, as if it were black; else it is neither
read nor seen as ink, though everybody can read it on a screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from deid.formats.ocr.engine import Line, recognize

_LEAST, _MOST = 7, 48  # of 255: how much darker than the paper what is pale is
_FAINT_PAGE, _LEAST_CLEAR = 60, 8  # of 255: of such a page the darkest is no darker
_GRAIN = 4  # times the grain of the paper: what is darker than that is ink
_COARSE, _ROUND, _LIGHT = (
    8,
    21,
    128,
)  # the paper: looked at so small, smoothed by so much, no darker than that
_EDGE = 5  # pixels: so near to print ink is its edge
_SHARE = 3e-4  # of the picture: less holds no text
_SURE, _CLEAR = 0.6, 0.8
_PIECE = 3  # characters
_ASKEW = 5  # degrees: print of a page lies as its other lines do
_REPEATED = 3  # times: a watermark says one thing all over the page


def distinct(pixels: Any) -> Any:
    """The RGB array; where the whole page is pale, with its darkest ink as black."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    smooth = cv2.blur(grey, (3, 3))
    paper, ink = (float(value) for value in np.quantile(smooth[::2, ::2], (0.6, 0.002)))
    grain = 1.5 * float(np.median(cv2.absdiff(grey, smooth)[::2, ::2]))
    if not max(_LEAST_CLEAR, _GRAIN * grain) < paper - ink < _FAINT_PAGE:
        return pixels
    shades = np.arange(256)
    return cv2.LUT(pixels, np.clip((shades - ink) * (255 / (paper - ink)), 0, 255).astype(np.uint8))


def pale_lines(pixels: Any) -> list[Line]:
    """Lines of what is pale in an upright RGB array."""
    pale, _ = _pale(pixels)
    if (pale > 0).mean() < _SHARE:
        return []
    return [line for line in recognize(np.stack([255 - pale] * 3, axis=2)) if line.score > _SURE]


def _pale(pixels: Any) -> tuple[Any, Any]:
    """How dark what is pale is, to 255, and the paper around; near print nothing is pale, and in the dark."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    paper = cv2.cvtColor(_bare(pixels), cv2.COLOR_RGB2GRAY)
    darker = cv2.subtract(paper, cv2.blur(grey, (3, 3)))
    print_ = cv2.dilate(
        (cv2.subtract(paper, grey) > _MOST).astype(np.uint8), np.ones((_EDGE, _EDGE), np.uint8)
    )
    is_pale = (darker >= _LEAST) & (print_ == 0) & (paper > _LIGHT)
    return np.where(is_pale, cv2.multiply(darker, 255 / _MOST), 0).astype(np.uint8), paper


def is_watermark(lines: Sequence[Line], skew: float) -> bool:
    """Whether of pale lines some lie across the page, or say the same again and again."""
    said = Counter(part for line in lines for part in set(_parts(line.text)))
    crossing = any(
        len(line.text) > _PIECE and line.score > _CLEAR and abs(_angle(line) - skew) > _ASKEW
        for line in lines
    )
    return crossing or max(said.values(), default=0) >= _REPEATED


def _parts(text: str) -> Iterator[str]:
    """Its pieces: a line may be cut at the edge of the page."""
    bare = "".join(text.split())
    return (bare[start : start + _PIECE] for start in range(len(bare) - _PIECE + 1))


def _angle(line: Line) -> float:
    return float(np.degrees(np.arctan2(*(line.corners[1] - line.corners[0])[::-1])))


def without(pixels: Any) -> Any:
    """The RGB array with paper where it is pale: parts of a watermark lie under print, and are not read."""
    import cv2

    pale, paper = _pale(pixels)
    light = cv2.subtract(paper, cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)) <= _MOST
    gone = (cv2.dilate(pale, np.ones((_EDGE, _EDGE), np.uint8)) > 0) & light
    shown = pixels.copy()
    shown[gone] = _bare(pixels)[gone]
    return shown


def _bare(pixels: Any) -> Any:
    """The paper alone, with its shadows, as if nothing stood on it: no letter shows where one was."""
    import cv2

    height, width = pixels.shape[:2]
    size = max(1, width // _COARSE), max(1, height // _COARSE)
    coarse = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((_ROUND, _ROUND), np.uint8))
    return cv2.resize(cv2.blur(closed, (5, 5)), (width, height), interpolation=cv2.INTER_LINEAR)
