"""Pictures on pages with text: read by OCR and painted, or blank where that cannot be done."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Name, Stream
from PIL import Image

from deid.formats.edits import Edit
from deid.formats.ocr import is_installed, painted, picture_blocks, read_picture
from deid.formats.ocr.painting import Unreadable
from deid.types import TextBlock

_SMALL = 64  # pixels in all: lines and shadings, no text
NARROW = 12  # pixels a side: no text that anybody could read
_MOST_PIXELS = 60_000_000
_GONE = (
    "/Mask",
    "/SMask",
    "/SMaskInData",
    "/Decode",
    "/DecodeParms",
    "/Intent",
    "/Matte",
    "/ColorSpace",
    "/ImageMask",
)


def images_of(pdf: pikepdf.Pdf, drawn: Collection[Any] = ()) -> Iterator[Any]:
    """The pictures of a PDF, in order of their numbers. Masks belong to them, but those that are `drawn`."""
    masks = {mask.objgen for value in pdf.objects if isinstance(value, Stream) for mask in _masks(value)}
    for value in pdf.objects:
        is_image = isinstance(value, Stream) and value.get("/Subtype") == "/Image"
        if is_image and (value.objgen not in masks or value.objgen in drawn):
            yield value


def _masks(image: Any) -> Iterator[Any]:
    for key in ("/SMask", "/Mask"):
        if isinstance(mask := image.get(key), Stream):
            yield mask


def image_blocks(images: Sequence[Any]) -> Iterator[TextBlock]:
    """What is printed in the pictures; nothing without OCR."""
    if not is_installed():
        return
    for image in images:
        if _is_worth_reading(image) and (picture := opened(image)) is not None:
            yield from picture_blocks(read_picture(picture), _id(image), "a picture")


def put_images(images: Sequence[Any], edits: Mapping[str, Sequence[Edit]]) -> None:
    """Paint the pictures; those that are not read, or show what nobody can read, become blank."""
    for image in images:
        width, height = size_of(image)
        if width * height <= _SMALL and is_installed() and _again(image):
            continue
        picture = opened(image) if is_installed() and not image.get("/ImageMask", False) else None
        if picture is None:
            _blank(image)
        elif not _is_worth_reading(image):
            _put(image, picture)
        else:
            try:
                read = read_picture(picture)
                _put(image, painted(read, edits, _id(image)).rotate(-90 * read.turns, expand=True))
            except Unreadable:
                _blank(image)


def _id(image: Any) -> str:
    return f"picture{image.objgen[0]}"


def _is_worth_reading(image: Any) -> bool:
    width, height = size_of(image)
    is_stencil = bool(image.get("/ImageMask", False))
    return not is_stencil and min(width, height) >= NARROW and width * height <= _MOST_PIXELS


def size_of(image: Any) -> tuple[int, int]:
    try:
        return int(image.get("/Width", 0)), int(image.get("/Height", 0))
    except (TypeError, ValueError):
        return 0, 0


def opened(image: Any) -> Image.Image | None:
    """The picture on white, without its mask; None when it cannot be decoded."""
    try:
        width, height = size_of(image)
        if not 0 < width * height <= _MOST_PIXELS:
            return None
        picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
        if isinstance(mask := image.get("/SMask"), Stream):
            veil = pikepdf.PdfImage(mask).as_pil_image().convert("L").resize(picture.size)
            picture = Image.composite(picture, Image.new("RGB", picture.size, "white"), veil)
        return picture
    except Exception:  # many decoders, each with errors of its own; such a picture becomes blank
        return None


def _again(image: Any) -> bool:
    """Write a tiny picture without what its producer may have noted in it."""
    try:
        image.write(image.read_bytes())
        return min(size_of(image)) > 0
    except pikepdf.PdfError:
        return False


def _put(image: Any, picture: Image.Image) -> None:
    was_photo = image.get("/Filter") == "/DCTDecode"
    _forget(image)
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace = Name.DeviceRGB
    if was_photo:
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=88)
        image.write(data.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(zlib.compress(picture.tobytes(), 6), filter=Name.FlateDecode)


def _forget(image: Any) -> None:
    for key in _GONE:
        if key in image:
            del image[key]


def _blank(image: Any) -> None:
    """Light grey; of a stencil nothing."""
    is_stencil = bool(image.get("/ImageMask", False))
    _forget(image)
    image.Width = image.Height = 1
    image.BitsPerComponent = 1 if is_stencil else 8
    if is_stencil:
        image.ImageMask = True
    else:
        image.ColorSpace = Name.DeviceGray
    image.write(b"\x80" if is_stencil else b"\xe8")
