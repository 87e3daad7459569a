"""Which lines are written by hand: they are never passed on, however well OCR reads them.

Characters of print stand on one line and are of one height; those of a hand jump, by more than 3 % of
their height; where they are as high as the print of their page, by more than that. What a shadow, a ruled
line or the line above leaves within a line counts for nothing: in a photo it would make print jump, too.
Where what is coloured jumps a little, and the rest of the page is black, a pen was used.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from deid.formats.ocr.engine import Line
from deid.formats.sharing import in_threads

_HEIGHT = 48  # pixels of a line that is looked at
_INK = 0.45  # of the darkest
_JUMPING_FEW, _JUMPING, _EVEN = 0.05, 0.03, 0.02  # of the height of a character
_FEW, _SOME, _MANY = 3, 5, 8  # characters that are compared
_AS_HIGH, _ALIKE = (
    0.1,
    1.5,
)  # of the height of the print of the page; what jumps more often than that is by hand
_TINTED = 18  # of 255, more than the print of the page; on white paper
_LOW = frozenset(
    "一二三四人入八口日曰西皿而血田由心工土六丁小么"
)  # these are lower than others in print, too
_LABEL = 0.95
_LARGER, _SHIFTED = 1.3, 0.22  # of the height of the label before
_SHADE = 96  # pixels: along so much of a line the paper is of one shade
_LIGHTER = 70  # per cent: dense print takes half of where it stands
_SPECK = 12  # pixels


class _Traits(NamedTuple):
    """How far characters jump, how many were compared, how far the ink is from grey, and how high they are."""

    jumping: float
    compared: int
    tint: float
    height: float


def parted(pixels: Any, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines; what was written by hand behind a printed label is a line of its own."""
    return tuple(part for parts in in_threads(partial(_parts, pixels), lines) for part in parts)


def handwritten(pixels: Any, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that were written by hand."""
    traits = in_threads(partial(_traits, pixels), lines)
    print_ = float(np.quantile([one.tint for one in traits], 0.05)) if traits else 0.0
    coloured = [one for one in traits if one.tint > print_ + _TINTED]
    compared = sum(one.compared for one in coloured)
    is_pen = sum(one.jumping * one.compared for one in coloured) > _JUMPING * compared
    usual = _height_of_print(traits)
    return frozenset(
        number
        for number, one in enumerate(traits)
        if _jumps(one, usual) or (is_pen and one in coloured and not _is_even(one))
    )


def _height_of_print(traits: Sequence[_Traits]) -> float:
    """Of the characters of even lines; 0 where there are none."""
    heights = [one.height for one in traits if _is_even(one) and one.height]
    return float(np.median(heights)) if heights else 0.0


def _jumps(traits: _Traits, usual: float) -> bool:
    limit = _JUMPING if traits.compared >= _MANY else _JUMPING_FEW
    if abs(traits.height - usual) < _AS_HIGH * usual:
        limit *= _ALIKE
    return traits.compared >= _FEW and traits.jumping > limit


def _is_even(traits: _Traits) -> bool:
    """Whether this is print for sure, as a heading in colour."""
    return traits.compared >= _SOME and traits.jumping < _EVEN


def _traits(pixels: Any, line: Line) -> _Traits:
    crop, paper, ink = _flat(pixels, line)
    chinese, digits = _extents(line, ink)
    if len(chinese) < _FEW and len(digits) < _MANY:
        digits = []  # places of single digits are not exact
    groups = [group for group in (chinese, digits) if len(group) > 1]
    compared = sum(map(len, groups))
    jumping = sum(_jumping(np.array(group, float)) * len(group) for group in groups) / max(compared, 1)
    inked = (crop / np.maximum(paper, 1))[ink > 0] * 255
    tint = float((inked.max(axis=1) - inked.min(axis=1)).mean()) if len(inked) else 0.0
    high = float(np.median([bottom - top for _, top, bottom in chinese])) / _HEIGHT if chinese else 0.0
    return _Traits(jumping, compared, tint, high * float(np.hypot(*(line.corners[3] - line.corners[0]))))


def _flat(pixels: Any, line: Line) -> tuple[Any, Any, Any]:
    """The line upright and of one height, the colour of its paper along it, and a mask of what it says."""
    import cv2

    a, b, _, d = line.corners
    width = max(8, round(float(np.hypot(*(b - a)) / max(1.0, np.hypot(*(d - a)))) * _HEIGHT))
    corners = np.array([(0, 0), (width, 0), (width, _HEIGHT), (0, _HEIGHT)], np.float32)
    turn = cv2.getPerspectiveTransform(line.corners.astype(np.float32), corners)
    crop = cv2.warpPerspective(
        pixels, turn, (width, _HEIGHT), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    paper = _paper(crop)
    away = np.abs(crop / np.maximum(paper, 1) - 1).max(
        axis=2
    )  # ink in the shade is as dark as the paper there
    for _ in range(2):  # a ruled line may be darker than the print, and hide it until it is gone
        away[_strange(_inked(away)) > 0] = 0
    ink = _inked(away)
    ink[_strange(ink) > 0] = 0
    return crop, paper, ink


def _inked(away: Any) -> Any:
    return (away > _INK * (np.quantile(away[::3, ::3], 0.97) or 1.0)).astype(np.uint8)


def _strange(ink: Any) -> Any:
    """A mask of ink that is none of the line's: ruled lines, edges of the lines above and below, specks."""
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((44, 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    _, top, width, height, area = stats.T
    at_edge = (top == 0) | (top + height == _HEIGHT)
    strange = (area < _SPECK) | (at_edge & (height < 0.3 * _HEIGHT))
    strange |= (width > 1.3 * _HEIGHT) & (height < 0.25 * _HEIGHT)
    strange |= (height > 0.9 * _HEIGHT) & (width < 0.2 * _HEIGHT)
    strange[0] = False  # paper
    return cv2.dilate(across | down, np.ones((3, 3), np.uint8)) | strange[labels].astype(np.uint8)


def _paper(crop: Any) -> Any:
    """Its colour at each column, smooth as a shadow is; of a part of the pixels: a page has a million in its lines."""
    width = crop.shape[1]
    edges = np.linspace(0, width, max(1, round(width / _SHADE)) + 1).round().astype(int)
    dark, usual, light = np.quantile(crop[::3, ::3].sum(axis=2, dtype=int), (0.03, 0.5, 0.97))
    share = _LIGHTER if usual - dark > light - usual else 100 - _LIGHTER
    shades = np.array(
        [
            np.percentile(crop[::3, start:end:3].reshape(-1, 3), share, axis=0)
            for start, end in pairwise(edges)
        ]
    )
    middles = (edges[1:] + edges[:-1]) / 2
    return np.stack([np.interp(np.arange(width), middles, shade) for shade in shades.T], axis=1)


def _extents(line: Line, ink: Any) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Place, top and bottom of Chinese characters, and of digits."""
    chinese: list[tuple[int, int, int]] = []
    digits: list[tuple[int, int, int]] = []
    for character in line.characters:
        left, right = (round(edge * ink.shape[1]) for edge in (character.left, character.right))
        rows = np.flatnonzero(ink[:, max(0, left) : right].sum(axis=1) > 1)
        if len(rows) < 2:
            continue
        if "一" <= character.text <= "鿿" and character.text not in _LOW:
            chinese.append((left, rows[0], rows[-1]))
        elif character.text.isdigit():
            digits.append((left, rows[0], rows[-1]))
    return chinese, digits


def _jumping(extents: Any) -> float:
    """How far tops and bottoms are from smooth lines (a page may be bent), as a share of the usual height."""
    places, count = extents[:, 0] - extents[:, 0].mean(), len(extents)
    degree = min(0 if count < 5 else 1 if count < 9 else 2, len(set(places)) - 1)
    away = []
    for edge in (extents[:, 1], extents[:, 2]):
        fitted = np.polyval(np.polyfit(places, edge, degree), places) if degree else np.median(edge)
        away += sorted(np.abs(edge - fitted))[: max(2, round(0.9 * count))]
    return float(np.mean(away)) / max(1.0, float(np.median(extents[:, 2] - extents[:, 1])))


def _parts(pixels: Any, line: Line) -> tuple[Line, ...]:
    """The line as it is, or its label and what is written behind."""
    at = max(line.text.rfind("："), line.text.rfind(":")) + 1
    if 1 < at < len(line.text) and _is_unlike(pixels, line, at):
        label = _cut(line, 0, at)
        label = label._replace(score=max(label.score, _LABEL))  # it was low for what is written behind
        return label, _cut(line, at, len(line.text))
    return (line,)


def _is_unlike(pixels: Any, line: Line, at: int) -> bool:
    """Whether the Chinese characters behind a label are larger than those before, or stand higher or lower."""
    _, _, ink = _flat(pixels, line)
    edge = line.characters[at].left * ink.shape[1]
    chinese, digits = _extents(line, ink)
    before = [extent for extent in chinese if extent[0] < edge - 1]
    behind = [extent for extent in chinese + digits if extent[0] >= edge - 1]
    if len(before) < 2 or not behind:
        return False
    label, value = np.median(np.array(before), axis=0), np.median(np.array(behind), axis=0)
    height = max(1.0, label[2] - label[1])
    shift = abs(label[1] + label[2] - value[1] - value[2]) / 2 / height
    return bool((value[2] - value[1]) / height > _LARGER or shift > _SHIFTED)


def _cut(line: Line, start: int, end: int) -> Line:
    """Some characters of a line as a line."""
    characters = line.characters[start:end]
    left = characters[0].left if start else 0.0
    right = 1.0 if end == len(line.text) else max(character.right for character in characters)
    width = max(right - left, 1e-6)
    a, b, c, d = line.corners
    corners = np.array([a + (b - a) * left, a + (b - a) * right, d + (c - d) * right, d + (c - d) * left])
    moved = tuple(
        one._replace(left=(one.left - left) / width, right=(one.right - left) / width) for one in characters
    )
    return Line(line.text[start:end], line.score, corners, moved)
