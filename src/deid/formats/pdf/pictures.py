"""Pictures on pages with text: read by OCR and painted, or blank where that cannot be done."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageOps

from deid.formats.edits import Edit
from deid.formats.ocr import ReadPicture, is_installed, painted, picture_blocks, read_picture
from deid.formats.ocr.painting import Unreadable
from deid.formats.pdf.colours import components
from deid.formats.pdf.rendering import document_of
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


class Picture(NamedTuple):
    """A picture of a PDF, and whether pages show it as in a mirror."""

    image: Any
    is_mirrored: bool = False


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


def image_blocks(pictures: Sequence[Picture]) -> Iterator[TextBlock]:
    """What is printed in the pictures; nothing without OCR."""
    if not is_installed():
        return
    for picture in pictures:
        if _is_worth_reading(picture.image) and (shown := opened(picture)) is not None:
            yield from picture_blocks(read_picture(shown), id_of(picture.image), "a picture")


def read_upright(picture: Picture) -> ReadPicture | None:
    """What is read in a picture that stands upright in the file, too."""
    shown = opened(picture) if _is_worth_reading(picture.image) else None
    read = read_picture(shown) if shown is not None else None
    return read if read is not None and not read.turns else None


def put_images(pictures: Sequence[Picture], edits: Mapping[str, Sequence[Edit]]) -> None:
    """Paint the pictures; those that are not read, or show what nobody can read, become blank."""
    for picture in pictures:
        image = picture.image
        width, height = _size_shown(image)
        if width * height <= _SMALL and is_installed() and _again(image):
            continue
        shown = opened(picture) if is_installed() and not image.get("/ImageMask", False) else None
        if shown is None:
            _blank(image)
        elif not _is_worth_reading(image):
            _put(picture, shown.resize((width, height)))  # a photo may be larger than it is said to be
        else:
            try:
                read = read_picture(shown)
                _put(picture, painted(read, edits, id_of(image)).rotate(-90 * read.turns, expand=True))
            except Unreadable:
                _blank(image)


def id_of(image: Any) -> str:
    return f"picture{image.objgen[0]}"


def _is_worth_reading(image: Any) -> bool:
    width, height = _size_shown(image)
    is_stencil = bool(image.get("/ImageMask", False))
    return not is_stencil and min(width, height) >= NARROW and width * height <= _MOST_PIXELS


def size_of(image: Any) -> tuple[int, int]:
    try:
        return int(image.get("/Width", 0)), int(image.get("/Height", 0))
    except (TypeError, ValueError):
        return 0, 0


def _size_shown(image: Any) -> tuple[int, int]:
    """The mask of a picture may be finer than the picture: then it says what is seen."""
    widths, heights = zip(*map(size_of, (image, *_masks(image))), strict=True)
    return max(widths), max(heights)


def opened(picture: Picture) -> Image.Image | None:
    """The picture on white, as pages show it; None when it cannot be decoded."""
    try:
        width, height = _size_shown(picture.image)
        if not 0 < width * height <= _MOST_PIXELS:
            return None
        shown = _decoded(picture.image) or _drawn(picture.image, width, height)
        return ImageOps.mirror(shown) if picture.is_mirrored else shown
    except Exception:  # many decoders, each with errors of its own; such a picture becomes blank
        return None


def _decoded(image: Any) -> Image.Image | None:
    """A picture without a mask, in colours that are known."""
    if "/Mask" in image or "/SMask" in image:
        return None
    try:
        found: Image.Image = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    except Exception:  # as above
        return None
    found.info.clear()  # it would be written again: comments, profiles
    return found


def _drawn(image: Any, width: int, height: int) -> Image.Image:
    """Any other as a viewer draws it, at its own size."""
    with pikepdf.new() as sheet:
        sheet.add_blank_page()
        page = sheet.pages[0].obj
        copied = sheet.copy_foreign(image)
        if "/OC" in copied:  # it may be in a layer that is not shown
            del copied["/OC"]
        page.MediaBox = Array([0, 0, width, height])
        page.Resources = Dictionary(XObject=Dictionary(I=copied))
        page.Contents = sheet.make_stream(f"{width} 0 0 {height} 0 0 cm /I Do".encode())
        data = io.BytesIO()
        sheet.save(data)
    with closing(document_of(data.getvalue(), "")) as document, closing(document[0]) as drawn:
        found: Image.Image = drawn.render(scale=1.0).to_pil().convert("RGB")
    return found


def _again(image: Any) -> bool:
    """Write a tiny picture, and its mask, without what their producer may have noted in them."""
    try:
        for part in (image, *_masks(image)):
            size, data = _bytes_of(part), part.read_bytes()
            if not 0 < size <= len(data):
                return False
            part.write(data[:size])
        return True
    except (pikepdf.PdfError, ValueError, TypeError):
        return False


def _bytes_of(image: Any) -> int:
    """How many bytes the pixels of a picture are, unpacked; 0 where nobody knows."""
    width, height = size_of(image)
    is_stencil = bool(image.get("/ImageMask", False))
    bits = 1 if is_stencil else components(image.get("/ColorSpace")) * int(image.get("/BitsPerComponent", 0))
    return (width * bits + 7) // 8 * height


def _put(picture: Picture, new: Image.Image) -> None:
    image, shown = picture.image, ImageOps.mirror(new) if picture.is_mirrored else new
    was_photo = image.get("/Filter") == "/DCTDecode"
    _forget(image)
    image.Width, image.Height, image.BitsPerComponent = shown.width, shown.height, 8
    image.ColorSpace = Name.DeviceRGB
    if was_photo:
        data = io.BytesIO()
        shown.save(data, "JPEG", quality=88)
        image.write(data.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(zlib.compress(shown.tobytes(), 6), filter=Name.FlateDecode)


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
