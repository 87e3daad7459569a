"""Painting over what is replaced and what was not read, and drawing stand-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from deid.formats.edits import Edit
from deid.formats.lettering import chinese_font
from deid.formats.ocr.engine import Line, recognize_line
from deid.formats.ocr.reading import ReadPicture
from deid.formats.ocr.unread import text_mask, unread_ink
from deid.normalize import shadow

_MARGIN = 0.15  # of a character, to both sides
_PAINT = (236, 236, 236)
FULL = 0.4
"""A picture of which more than this share is unread ink shows nothing that could be passed on."""


class Unreadable(Exception):
    """The picture is full of what nobody has read."""


def painted(read: ReadPicture, edits: Mapping[str, Sequence[Edit]], id: str) -> Image.Image:
    """The upright picture with edits of the sources `id/NUMBER` made. Raises Unreadable."""
    ink = unread_ink(read)
    kept = text_mask(read, ink.shape, 1.0, 0.1)
    hidden = (ink > 0) & (kept == 0)
    if hidden.mean() > FULL or (hidden.any() and not read.sure and hidden.mean() > 0.02):
        raise Unreadable
    pixels = read.pixels.copy()
    pixels[hidden] = _PAINT
    picture = Image.fromarray(pixels)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(read.lines):
        if number not in read.read:
            draw.polygon([tuple(corner) for corner in line.corners], fill=_PAINT)
    for number, line in enumerate(read.lines):
        if made := edits.get(f"{id}/{number}"):
            _replace(picture, line, made)
    return picture


def _replace(picture: Image.Image, line: Line, edits: Sequence[Edit]) -> None:
    """Paint and draw, then look whether what was painted can still be read: if so, the whole line goes."""
    paper, ink = _colours(picture, line.corners)
    draw = ImageDraw.Draw(picture)
    for edit in edits:
        draw.polygon(_corners(line, edit.start, edit.end), fill=paper)
    if any(_is_legible(picture, line, edit) for edit in edits):
        draw.polygon([tuple(corner) for corner in line.corners], fill=paper)
    for edit in edits:
        if edit.text:
            _letter(picture, line, edit, ink)


def _is_legible(picture: Image.Image, line: Line, edit: Edit) -> bool:
    """Whether its value can be read in the picture, with a character to both sides."""
    value = shadow(line.text[edit.start : edit.end]).text.strip()
    crop = _crop(picture, np.array(_corners(line, max(0, edit.start - 1), edit.end + 1)))
    return len(value) > 1 and min(crop.size) > 4 and value in shadow(recognize_line(np.asarray(crop))).text


def _corners(line: Line, start: int, end: int) -> list[tuple[float, float]]:
    """The area of some characters of a line, a little wider than they are."""
    parts = [c for c in line.characters[start:end] if c.right > c.left]
    if not parts:
        parts = list(line.characters[max(0, start - 1) : end + 1])
    width = max((part.right - part.left for part in parts), default=0.0)
    left = max(0.0, min(part.left for part in parts) - _MARGIN * width)
    right = min(1.0, max(part.right for part in parts) + _MARGIN * width)
    a, b, c, d = line.corners
    up = 0.06 * (a - d)
    points = (
        a + (b - a) * left + up,
        a + (b - a) * right + up,
        d + (c - d) * right - up,
        d + (c - d) * left - up,
    )
    return [(float(x), float(y)) for x, y in points]


def _crop(picture: Image.Image, corners: Any) -> Image.Image:
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return picture.crop((max(0, int(left)), max(0, int(top)), int(right) + 1, int(bottom) + 1))


def _colours(picture: Image.Image, corners: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of the paper and of the print on it."""
    pixels = np.asarray(_crop(picture, corners)).reshape(-1, 3).astype(float)
    if not len(pixels):
        return (255, 255, 255), (0, 0, 0)
    paper = np.median(pixels, axis=0)
    far = np.abs(pixels - paper).sum(axis=1)
    ink = pixels[far >= np.quantile(far, 0.95)].mean(axis=0)
    return tuple(int(v) for v in paper), tuple(int(v) for v in ink)


def _letter(picture: Image.Image, line: Line, edit: Edit, ink: tuple[int, ...]) -> None:
    """Draw a stand-in where the characters were, as large as they were, narrowed where there is no room."""
    file = chinese_font()
    if file is None:
        return
    a, _, c, d = (np.asarray(point) for point in _corners(line, edit.start, edit.end))
    width, height = int(np.hypot(*(c - d))), int(np.hypot(*(d - a)))
    if width < 4 or height < 4:
        return
    size = max(6, round(0.74 * height))
    font = ImageFont.truetype(file.path, size, index=file.number)
    box = font.getbbox(edit.text)
    natural = max(1, int(box[2] - box[0]) + 2)
    tile = Image.new("L", (natural, height), 0)
    ImageDraw.Draw(tile).text((1 - box[0], height / 2), edit.text, fill=255, font=font, anchor="lm")
    tile = tile.resize((min(natural, width), height), Image.Resampling.LANCZOS)
    angle = -float(np.degrees(np.arctan2(*(line.corners[1] - line.corners[0])[::-1])))
    if abs(angle) > 0.5:
        tile = tile.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    place = (int(min(a[0], d[0])), int(a[1] - (tile.height - height) / 2))
    picture.paste(Image.new("RGB", tile.size, ink), place, tile)
