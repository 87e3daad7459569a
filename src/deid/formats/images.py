"""Pictures: png, jpg, tif with its pages, webp, bmp. They are read by OCR, or not at all.

The output is upright, has the pixels of the input where nothing was replaced or unread, as many to an inch, and no
EXIF, thumbnail, profile, comment or other metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin, UnidentifiedImageError

from deid.errors import UnreadableDocument, UnsupportedDocument, WithheldDocument
from deid.formats.edits import Edit
from deid.formats.files import created, opened
from deid.formats.ocr import ReadPicture, is_installed, painted, picture_blocks, read_picture
from deid.formats.ocr.painting import Unreadable
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock

FORMATS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "TIFF": "tif", "WEBP": "webp", "BMP": "bmp"}
_SAVING: Mapping[str, Mapping[str, Any]] = {
    "png": {"format": "PNG", "compress_level": 3},  # scans are no larger than at 6
    "jpg": {"format": "JPEG", "quality": 92, "subsampling": 0},
    "tif": {"format": "TIFF", "compression": "tiff_deflate"},
    "webp": {"format": "WEBP", "quality": 92},
    "bmp": {"format": "BMP"},
}
UNREAD = "shows a photo, handwriting or something else that cannot be read"
_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 1_000
_DENSITIES = frozenset({72, 96, 100, 120, 144, 150, 200, 240, 250, 300, 400, 500, 600, 1200, 2400})
"""Pixels to an inch, as programs and scanners have them."""
_HELD = 12_000_000  # pixels: a page at 300 dpi
_DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def read(path: str, ref: str) -> Document:
    """Raises UnsupportedDocument without the extra `[ocr]`, UnreadableDocument when damaged."""
    if not is_installed():
        raise UnsupportedDocument(f"{ref}: a picture, and no OCR to read it", hint="install deid-zh[ocr]")
    details = stamp(path, ref)
    name, count, size, density = _looked(path, ref)
    details |= {"frames": count, "pixels": size, "density": density}
    return Document(ref, name, path, partial(_blocks, path, ref, details), details)


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    """Raises WithheldDocument for a picture in which hardly anything can be read."""
    check_unchanged(document.path, document.details, document.ref)
    options = {**_SAVING[document.format], **_printed(document.details["density"])}
    with created(path) as handle:
        if document.details["frames"] == 1:
            next(_painted(document, edits)).save(handle, **options)
            return
        pages = TiffImagePlugin.AppendingTiffWriter(handle)
        try:
            for page in _painted(document, edits):  # one at a time: there may be a thousand
                page.save(pages, **options)
                pages.newFrame()
        finally:
            BytesIO.close(pages)  # or it looks into the closed file as it goes


def _printed(density: int) -> dict[str, Any]:
    """What says how large a picture is on paper; nothing where its file did not."""
    return {"dpi": (density, density)} if density else {}


def _painted(document: Document, edits: Mapping[str, Sequence[Edit]]) -> Iterator[Image.Image]:
    for number, frame in enumerate(_read_frames(document.path, document.ref, document.details)):
        try:
            yield _grey(painted(frame, edits, f"frame{number}"))
        except Unreadable:
            raise WithheldDocument(f"{document.ref}: picture {number + 1} {UNREAD}") from None


def _grey(picture: Image.Image) -> Image.Image:
    """A picture without colour as one of shades of grey, as most scans are: a third of the size and the time."""
    red, green, blue = picture.split()
    same = red.tobytes() == green.tobytes() == blue.tobytes()
    return red if same else picture


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    for number, frame in enumerate(_read_frames(path, ref, details)):
        yield from picture_blocks(frame, f"frame{number}", f"picture {number + 1}")


def _read_frames(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[ReadPicture]:
    if details["frames"] == 1 and details["pixels"] <= _HELD:
        yield _last(path, details["sha256"], ref)
    else:
        yield from map(read_picture, _frames(path, ref))


@lru_cache(maxsize=1)
def _last(path: str, sha256: str, ref: str) -> ReadPicture:
    """The picture that was asked for last: what is read is painted soon after, as a rule."""
    [frame] = _frames(path, ref)
    return read_picture(frame)


def _looked(path: str, ref: str) -> tuple[str, int, int, int]:
    """Format, number of frames, pixels of the first, and how many of these an inch has, 0 where it does not say."""
    try:
        with opened(path) as handle, Image.open(handle) as picture:
            name = FORMATS.get(picture.format or "", "")
            count = int(getattr(picture, "n_frames", 1))
            size = picture.width * picture.height
            density = _density(picture.info.get("dpi"))
    except _DAMAGED as error:
        raise UnreadableDocument(f"{ref}: corrupt: the picture is damaged ({type(error).__name__})") from None
    if not name or (count > 1 and name not in ("tif", "jpg")):
        raise UnsupportedDocument(f"{ref}: a picture of a kind that deid does not read, or a moving one")
    if size > _MOST_PIXELS or count > _MOST_FRAMES:
        raise UnreadableDocument(f"{ref}: the picture is too large (a bomb?)")
    return name, count if name == "tif" else 1, size, density


def _density(said: Any) -> int:
    """The same both ways, as scanners have it: other numbers could be somebody's."""
    both = {round(float(one)) for one in said} if isinstance(said, tuple) and len(said) == 2 else set()
    return both.pop() if len(both) == 1 and both <= _DENSITIES else 0


def _frames(path: str, ref: str) -> Iterator[Image.Image]:
    _, count, _, _ = _looked(path, ref)
    try:
        with opened(path) as handle, Image.open(handle) as picture:
            for number in range(count):
                picture.seek(number)
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UnreadableDocument(f"{ref}: the picture is too large (a bomb?)")
                yield plain(picture)
    except _DAMAGED as error:
        raise UnreadableDocument(f"{ref}: corrupt: the picture is damaged ({type(error).__name__})") from None


def plain(picture: Image.Image) -> Image.Image:
    """As it is seen: turned as EXIF says, on white, in RGB."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=float)
        low, high = float(values.min()), float(values.max())
        return Image.fromarray(((values - low) * (255 / ((high - low) or 1))).astype("uint8")).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        over = picture.convert("RGBA")
        under = Image.new("RGBA", over.size, (255, 255, 255, 255))
        return Image.alpha_composite(under, over).convert("RGB")
    return picture.convert("RGB")
