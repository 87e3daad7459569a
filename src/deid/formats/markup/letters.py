"""Texts of a drawing (SVG 2, 11) that are a letter each, as converters of PDF set them: they are read together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from deid.formats.markup.tokens import Token
from deid.formats.outlines import NUMBER

_MOVED = re.compile(r"(matrix|translate)\s*\(([^)]*)\)")
_SIZE = re.compile(r"font-size\s*:\s*([0-9.]+)")
_USUAL_SIZE, _APART = 16.0, 2.0  # of the size


class _Spot(NamedTuple):
    """Where a text stands, and its size."""

    x: float
    y: float
    size: float

    def is_beside(self, other: _Spot) -> bool:
        size = max(self.size, other.size)
        return abs(self.y - other.y) < size / 2 and abs(self.x - other.x) <= _APART * size


@dataclass
class Letters:
    """Follows the texts of a drawing."""

    _before: _Spot | None = None
    _open: _Spot | None = None

    @property
    def are_parted(self) -> bool:
        """Whether a letter has ended and no text has begun: blanks there are not shown."""
        return self._before is not None

    def gap(self, token: Token) -> str | None:
        """What stands between the text that a tag opens and the letter before; None where no letter is."""
        before, self._before, self._open = self._before, None, _spot(token)
        if before is None:
            return None
        return "" if self._open.is_beside(before) else "\n"

    def close(self, said: str) -> bool:
        """Whether the text that ends is a letter, with which the next is read."""
        is_letter = len(said.strip()) == 1
        self._before = self._open if is_letter else None
        return is_letter


def _spot(token: Token) -> _Spot:
    said = {one.name: unescape(token.raw[one.start : one.end]) for one in token.attributes}
    moved = _MOVED.search(said.get("transform", ""))
    numbers = _numbers(moved[2]) if moved else []
    scale = numbers[3] if moved and moved[1] == "matrix" and len(numbers) > 3 else 1.0
    x, y = ([0.0, 0.0] if not numbers else [*numbers, 0.0] if len(numbers) == 1 else numbers)[-2:]
    own_x, own_y = (next(iter(_numbers(said.get(name, ""))), 0.0) for name in ("x", "y"))
    size = _SIZE.search(said.get("style", ""))
    sizes = _numbers(size[1] if size else said.get("font-size", ""))
    scaled = abs(scale) or 1.0
    return _Spot(x + own_x * scaled, y + own_y * scaled, (sizes[0] if sizes else _USUAL_SIZE) * scaled)


def _numbers(text: str) -> list[float]:
    return list(map(float, NUMBER.findall(text)))
