"""Painting over what is replaced and what was not read, and drawing stand-ins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from deid.formats.edits import Edit
from deid.formats.lettering import chinese_font
from deid.formats.ocr.engine import Line, recognize_lines
from deid.formats.ocr.reading import ReadPicture
from deid.formats.ocr.unread import text_mask, unread_ink
from deid.normalize import shadow
from deid.types import splice

_MARGIN = 0.15  # of a character, to both sides
_PAINT = (236, 236, 236)
FULL = 0.4
"""A picture of which more than this share is unread ink shows nothing that could be passed on."""


_NARROWEST_HAN, _NARROWEST = 0.35, 0.12
"""Widths of characters, of the height of their line."""
_UPRIGHT = 1.5
"""A line that is so many times as high as it is wide is read from top to bottom."""
_FAINT = 0.25
"""From this share of the darkness of the print on, something counts as ink."""


class _Change(NamedTuple):
    """What is replaced in a line, and the colours of paper and print there."""

    line: Line
    edits: Sequence[Edit]
    paper: tuple[int, ...]
    ink: tuple[int, ...]


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
    return _changed(picture, read, edits, id, read.read)


def changed(read: ReadPicture, edits: Mapping[str, Sequence[Edit]], id: str) -> Image.Image:
    """The upright picture with edits of the sources `id/NUMBER` made, and all else as it is."""
    return _changed(Image.fromarray(np.ascontiguousarray(read.pixels)), read, edits, id, read.known)


def _changed(
    picture: Image.Image,
    read: ReadPicture,
    edits: Mapping[str, Sequence[Edit]],
    id: str,
    shown: Collection[int],
) -> Image.Image:
    changes = [
        _Change(line, made, *_colours(picture, line.corners))
        for number, line in enumerate(read.lines)
        if number in shown and (made := edits.get(f"{id}/{number}"))
    ]
    across = [change for change in changes if not _runs_down(change.line)]
    _cover(picture, across)
    for change in across:
        for edit in change.edits:
            if edit.text:
                _letter(picture, change.line, edit, change.ink)
    for change in changes:
        if _runs_down(change.line):
            _write_down(picture, change)
    return picture


def _runs_down(line: Line) -> bool:
    """Whether its characters stand one below the other."""
    a, b, _, d = line.corners
    return len(line.text) > 1 and float(np.hypot(*(d - a))) >= _UPRIGHT * float(np.hypot(*(b - a)))


def _write_down(picture: Image.Image, change: _Change) -> None:
    """Write all of a line anew: where in it its characters are is not told exactly."""
    corners, text = change.line.corners, splice(change.line.text, change.edits).replace("\n", "")
    draw, file = ImageDraw.Draw(picture), chinese_font()
    draw.polygon([(float(x), float(y)) for x, y in corners], fill=change.paper)
    if file is None or not text:
        return
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    step = (bottom - top) / len(text)
    font = ImageFont.truetype(file.path, max(6, round(min(0.8 * (right - left), step))), index=file.number)
    for number, character in enumerate(text):
        place = (float(left + right) / 2, float(top + (number + 0.5) * step))
        draw.text(place, character, fill=change.ink, font=font, anchor="mm")


def _cover(picture: Image.Image, changes: Sequence[_Change]) -> None:
    """Paint over what is replaced, then look whether it can still be read: where it can, the whole line goes."""
    draw = ImageDraw.Draw(picture)
    for line, edits, paper, _ in changes:
        for edit in edits:
            draw.polygon(_corners(line, edit.start, edit.end), fill=paper)
    looks = [
        (change, edit, _around(picture, change.line, edit)) for change in changes for edit in change.edits
    ]
    looks = [look for look in looks if _may_be_legible(*look)]
    texts = recognize_lines([np.asarray(crop) for _, _, crop in looks])
    for (change, edit, _), text in zip(looks, texts, strict=True):
        if _value(change.line, edit) in shadow(text).text:
            draw.polygon([tuple(corner) for corner in change.line.corners], fill=change.paper)


def _around(picture: Image.Image, line: Line, edit: Edit) -> Image.Image:
    """What is seen where its value was, with a character to both sides."""
    return _crop(picture, np.array(_corners(line, max(0, edit.start - 1), edit.end + 1)))


def _may_be_legible(change: _Change, edit: Edit, crop: Image.Image) -> bool:
    """Whether there is as much ink as the value would take, were its characters as narrow as they can be."""
    value = _value(change.line, edit)
    if len(value) < 2 or min(crop.size) <= 4:
        return False
    away = np.abs(np.asarray(crop).astype(np.int16) - np.array(change.paper)).max(axis=2)
    faint = _FAINT * max(abs(a - b) for a, b in zip(change.paper, change.ink, strict=True))
    height = float(np.hypot(*(change.line.corners[3] - change.line.corners[0])))
    least = sum(_NARROWEST_HAN if "一" <= one <= "鿿" else _NARROWEST for one in value) * height
    return int((away > faint).any(axis=0).sum()) >= least


def _value(line: Line, edit: Edit) -> str:
    return shadow(line.text[edit.start : edit.end]).text.strip()


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
    text = edit.text.replace("\n", "")  # of what went over two lines
    box = font.getbbox(text)
    natural = max(1, int(box[2] - box[0]) + 2)
    tile = Image.new("L", (natural, height), 0)
    ImageDraw.Draw(tile).text((1 - box[0], height / 2), text, fill=255, font=font, anchor="lm")
    tile = tile.resize((min(natural, width), height), Image.Resampling.LANCZOS)
    angle = -float(np.degrees(np.arctan2(*(line.corners[1] - line.corners[0])[::-1])))
    if abs(angle) > 0.5:
        tile = tile.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    place = (int(min(a[0], d[0])), int(a[1] - (tile.height - height) / 2))
    picture.paste(Image.new("RGB", tile.size, ink), place, tile)
