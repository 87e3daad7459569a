"""What glyphs look like: how much of their outline runs in which direction, area by area, and that of characters in a
font of our own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from deid.formats.lettering import chinese_font

SIZE, WIDTH, HEIGHT = 36, 48, 64
"""Of letters and their cells, in pixels."""
INK = 0.3
_GRID, _AREAS = 48, 8  # pixels a side when compared, and areas of each side


@cache
def references(characters: str) -> Any:
    return np.stack([reference(character) for character in characters])


@lru_cache(maxsize=4096)
def reference(character: str) -> Any:
    cell = Image.new("L", ((len(character) + 1) * WIDTH, 2 * HEIGHT), 0)
    ImageDraw.Draw(cell).text((WIDTH // 2, HEIGHT // 4), character, font=_font(), fill=255)
    return features(np.asarray(cell, np.float32) / 255)


@cache
def _font() -> Any:
    file = chinese_font()
    assert file is not None  # there are no letters otherwise, and nothing is looked at
    return ImageFont.truetype(file.path, SIZE, index=file.number)


def inked_part(cell: Any) -> Any:
    """The smallest part of a cell with all its ink; None where there is none."""
    rows, columns = (np.flatnonzero(cell.max(axis=axis) > INK) for axis in (1, 0))
    return cell[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else None


def goes_on(cell: Any) -> bool:
    """Whether there is ink at the edge of a cell."""
    return bool(max(cell[0].max(), cell[-1].max(), cell[:, 0].max(), cell[:, -1].max()) > INK)


def features(cell: Any) -> Any:
    """How much of its outline runs in which of four directions, area by area; None for an empty cell, or one that is
    too small for its glyph."""
    inked = inked_part(cell)
    if inked is None or goes_on(cell):
        return None
    side = max(inked.shape)
    square = np.zeros((side, side), np.float32)
    top, left = ((side - length) // 2 for length in inked.shape)
    square[top : top + inked.shape[0], left : left + inked.shape[1]] = inked
    even = _soft(side) @ square @ _soft(side).T
    across, down = _TRIPLE @ even @ _SLOPE.T, _SLOPE @ even @ _TRIPLE.T
    strength, direction = np.hypot(across, down), np.arctan2(down, across) % np.pi / np.pi * 4
    away = np.abs(direction - np.arange(4)[:, None, None])
    parts = np.clip(1 - np.minimum(away, 4 - away), 0, 1) * strength
    found = np.sqrt((_IN_AREAS @ parts @ _IN_AREAS.T).ravel() + 1e-9)
    found -= found.mean()
    return found / (np.linalg.norm(found) + 1e-9)


def _scaling(size: int, to: int) -> Any:
    """The matrix that makes `to` rows of `size`, each of those that lie in it."""
    edges, rows = np.arange(to + 1) * size / to, np.arange(size)
    inside = np.minimum(edges[1:, None], rows + 1) - np.maximum(edges[:-1, None], rows)
    return (np.clip(inside, 0, None) * to / size).astype(np.float32)


def _blending(weights: Sequence[float]) -> Any:
    """The matrix that makes of each row the sum of it and its neighbours; at the edges they are mirrored."""
    found = np.zeros((_GRID, _GRID), np.float32)
    for row in range(_GRID):
        for place, weight in enumerate(weights, row - len(weights) // 2):
            found[row, (_GRID - 1) - abs((_GRID - 1) - abs(place))] += weight
    return found


_TRIPLE, _SLOPE = _blending((1, 2, 1)), _blending((-1, 0, 1))
_BELL = [math.exp(-(place**2) / (2 * 1.7**2)) for place in range(-4, 5)]
_IN_AREAS = _scaling(_GRID, _AREAS) @ _blending([weight / sum(_BELL) for weight in _BELL])


@lru_cache(maxsize=256)
def _soft(side: int) -> Any:
    return _blending((0.25, 0.5, 0.25)) @ _scaling(side, _GRID)
