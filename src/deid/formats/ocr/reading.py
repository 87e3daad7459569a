"""A picture turned upright and read."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, cast

import numpy as np
from PIL import Image

from deid.formats.layout import run_blocks
from deid.formats.lines import Placed
from deid.formats.ocr.burnt import in_pictures
from deid.formats.ocr.engine import Character, Line, recognize
from deid.formats.ocr.handwriting import handwritten, parted
from deid.formats.ocr.pale import distinct, is_watermark, pale_lines, without
from deid.formats.ocr.stamps import lifted
from deid.formats.sharing import SHARED
from deid.types import TextBlock


class _Reading(NamedTuple):
    """The lines of an upright picture, how often it was turned for it, and whether a pale watermark is lifted off it."""

    lines: tuple[Line, ...]
    turns: int
    is_marked: bool


SURE = 0.8
"""From this score on a line counts as read; handwriting mostly stays below."""
SURE_SHORT, _SHORT = 0.92, 4
"""The same for lines of so many characters: a flourish is taken for XX or 1006 now and then."""
_NUMBER = re.compile(r"[A-Za-z]{0,3}[0-9][0-9 -]{3,}[0-9Xx]")

_FEW = 3
"""Legible characters of a picture that shows something else than print."""
_UPRIGHT = 0.85
_REMEMBERED, _AT_HAND = 256, 8
"""Pictures: a dense page takes 0.2 MB. What others are told can be asked for again."""
_read: OrderedDict[str, _Reading] = OrderedDict()


@dataclass(frozen=True)
class ReadPicture:
    """An upright picture (RGB array), what is printed in it, and how often it was turned by 90° to the left."""

    pixels: Any
    lines: tuple[Line, ...]
    turns: int

    @cached_property
    def read(self) -> frozenset[int]:
        """Numbers of the lines that count as read. A face or a stamp is sometimes taken for one large character."""
        heights = [
            height
            for line in self.lines
            if line.is_print and len(line.text) > 1 and line.score >= SURE
            for _, height in (_size(line),)
        ]
        usual = float(np.median(heights)) if heights else 0.0
        return frozenset(
            number
            for number, line in enumerate(self.lines)
            if line.is_print
            and _is_legible(line)
            and (len(line.text) > 1 or _size(line)[1] <= 1.8 * usual)
            and not self._is_told_by_unread(line)
        )

    @property
    def known(self) -> frozenset[int]:
        """Numbers of the lines whose text is known: those that count as read, and what is legible, but no print on paper."""
        return self.read | {
            number for number, line in enumerate(self.lines) if not line.is_print and _is_legible(line)
        }

    def _is_told_by_unread(self, line: Line) -> bool:
        """Whether this is a bare number, and what stands before it, its label perhaps, is not legible."""
        if not _NUMBER.fullmatch(line.text):
            return False
        before = [(place, other) for other in self.lines if (place := _place_before(line, other)) is not None]
        return bool(before) and not _is_legible(max(before, key=lambda found: found[0])[1])

    @property
    def sure(self) -> tuple[Line, ...]:
        """Lines that count as read."""
        return tuple(self.lines[number] for number in sorted(self.read))

    @cached_property
    def skew(self) -> float:
        """How far the page lies askew, in degrees, as its lines of print do."""
        angles = [
            float(np.degrees(np.arctan2(*(line.corners[1] - line.corners[0])[::-1])))
            for line in self.sure
            if len(line.text) > 3
        ]
        return float(np.median(angles)) if angles else 0.0


@dataclass(frozen=True, eq=False)
class _Source:
    """A line as the layout sees it."""

    source: str
    offsets: list[int]
    blank: float = 0.9  # places of characters are not exact, and the text has most of its blanks


def read_picture(picture: Image.Image, lifts: bool = True) -> ReadPicture:
    """The picture upright and without stamps and pale watermarks, with its lines; read once, however often it is asked for.

    Where it does not lift, what is returned has the pixels of the picture.
    """
    pixels = np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))
    pixels = distinct(lifted(pixels)) if lifts else lifted(pixels)
    content = hashlib.sha256(repr((pixels.shape, lifts)).encode())
    content.update(pixels)
    key = content.hexdigest()
    if key not in _read:
        _read[key] = _told(key) or _tell(key, _upright(pixels, lifts))
        while len(_read) > (_AT_HAND if SHARED.memory else _REMEMBERED):
            _read.popitem(last=False)
    lines, turns, is_marked = _read[key]
    upright = np.rot90(pixels, turns)
    return ReadPicture(without(np.ascontiguousarray(upright)) if is_marked else upright, lines, turns)


def own_shades(picture: Image.Image, read: ReadPicture) -> Any:
    """The pixels of what was read in the shades that the picture has: one that is pale is read in others."""
    pixels = lifted(np.asarray(picture.convert("RGB")))
    unmarked = np.array_equal(np.rot90(distinct(pixels), read.turns), read.pixels)
    return np.rot90(pixels, read.turns) if unmarked else read.pixels


def _told(key: str) -> _Reading | None:
    """What another process has read."""
    told = SHARED.memory.get(key) if SHARED.memory else None
    if told is None:
        return None
    turns, lines, is_marked = told
    return _Reading(
        tuple(
            Line(text, score, np.asarray(corners), tuple(Character(*parts) for parts in characters), is_print)
            for text, score, corners, characters, is_print in lines
        ),
        cast("int", turns),
        is_marked,
    )


def _tell(key: str, reading: _Reading) -> _Reading:
    if SHARED.memory:
        told = [[*line[:2], line.corners.tolist(), *line[3:]] for line in reading.lines]
        SHARED.memory.put(key, [reading.turns, told, reading.is_marked])
    return reading


def _upright(pixels: Any, lifts: bool) -> _Reading:
    """Read in the four directions until one is clearly right: character boxes of others are wrong. Where hardly anything
    is legible in any of them, it is no page of print, and stays as it is."""
    tries: list[tuple[float, tuple[Line, ...], int]] = []
    for turns in (0, 1, 3, 2):
        lines = tuple(recognize(np.rot90(pixels, turns)))
        score = _score(lines)
        tries.append((score, lines, turns))
        if score >= _UPRIGHT or not lines:
            break
    score, lines, turns = max(tries, key=lambda made: made[0])
    if score < _UPRIGHT and sum(len(line.text) for line in lines if _is_legible(line)) < _FEW:
        _, lines, turns = tries[0]
    upright = np.ascontiguousarray(np.rot90(pixels, turns))
    pale = pale_lines(upright) if lifts else []
    is_marked = is_watermark(pale, ReadPicture(upright, lines, turns).skew)
    if is_marked:
        upright = without(upright)
        lines = tuple(recognize(upright))
    else:
        lines += tuple(line for line in pale if not any(_meet(line, other) for other in lines))
    return _Reading(_judged(upright, lines), turns, is_marked)


def _meet(line: Line, other: Line) -> bool:
    """Whether the frames of two lines overlap."""
    low, high = line.corners.min(axis=0), line.corners.max(axis=0)
    return bool((low < other.corners.max(axis=0)).all() and (high > other.corners.min(axis=0)).all())


def _judged(pixels: Any, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, told which of them are print on paper."""
    parts = parted(pixels, lines)
    not_print = handwritten(pixels, parts) | in_pictures(pixels, parts)
    return tuple(line._replace(is_print=number not in not_print) for number, line in enumerate(parts))


def _score(lines: Sequence[Line]) -> float:
    """Mean score times the share of lines that are wider than high."""
    if not lines:
        return 0.0
    sizes = [_size(line) for line in lines if len(line.text) > 1] or [_size(line) for line in lines]
    wide = sum(width >= height for width, height in sizes) / len(sizes)
    weights = [len(line.text) for line in lines]
    return wide * sum(line.score * weight for line, weight in zip(lines, weights, strict=True)) / sum(weights)


def _is_legible(line: Line) -> bool:
    return line.score >= (SURE if len(line.text.strip()) > _SHORT else SURE_SHORT)


def _place_before(line: Line, other: Line) -> float | None:
    """Where `other` ends along `line` from its start on, below 0; None where it stands elsewhere."""
    _, height = _size(line)
    along = (line.corners[1] - line.corners[0]) / max(_size(line)[0], 1.0)
    away = (other.corners[1] + other.corners[2] - line.corners[0] - line.corners[3]) / 2
    place, off = float(away @ along), abs(float(away[0] * along[1] - away[1] * along[0]))
    return place if other is not line and place < height / 2 and off < height / 2 else None


def _size(line: Line) -> tuple[float, float]:
    a, b, _, d = line.corners
    return float(np.hypot(*(b - a))), float(np.hypot(*(d - a)))


class Place(NamedTuple):
    """Where a picture stands among others: its left and top edge, and how large a pixel is, across and down."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0


def picture_blocks(read: ReadPicture, id: str, where: str) -> Iterator[TextBlock]:
    """What is read, in reading order; lines are sources `id/NUMBER`.

    Handwriting is among it: it will be painted, but a number may stand behind a label that looks like it.
    """
    yield from run_blocks(list(_runs(read, id, Place())), id, where)


def joint_blocks(parts: Iterable[tuple[ReadPicture, str, Place]], id: str, where: str) -> Iterator[TextBlock]:
    """The same of pictures that show one together, each with its id and place."""
    yield from run_blocks([run for part in parts for run in _runs(*part)], id, where)


def _runs(read: ReadPicture, id: str, place: Place) -> Iterator[list[Placed]]:
    """Its lines. Askew, a title stands at the height of the first cells of a table below it: they are laid straight."""
    angle = np.radians(read.skew)
    straight = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    for number in sorted(read.known):
        line = read.lines[number]
        (left, top), (right, _), _, (_, bottom) = line.corners @ straight
        source = _Source(f"{id}/{number}", list(range(len(line.text) + 1)))
        start, width = place.left + place.across * left, place.across * (right - left)
        base, size = place.top + place.down * bottom, place.down * 0.8 * max(bottom - top, 1.0)
        yield [
            Placed(source, index, start + c.left * width, start + c.right * width, -base, size, c.text)
            for index, c in enumerate(line.characters)
        ]
