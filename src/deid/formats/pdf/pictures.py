"""Pictures on pages with text: read by OCR and painted, or blank where that cannot be done.

What shines through a picture still does: a watermark hides no text behind it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageOps

from deid.formats.edits import Edit
from deid.formats.ocr import ReadPicture, is_installed, own_shades, painted, picture_blocks, read_picture
from deid.formats.ocr.painting import Unreadable
from deid.formats.pdf.colours import components
from deid.formats.pdf.rendering import document_of
from deid.types import TextBlock

_SMALL = 64  # pixels in all: lines and shadings, no text
NARROW = 12  # pixels a side: no text that anybody could read
_MOST_PIXELS = 60_000_000
_FAINT = 8
"""What hides less of what is behind it is not seen; of 255."""
_VEIL = 0x50
"""How much of what is behind it a blank picture hides that let something shine through; of 255."""
_PAINTED, _PAPER = 128, 255
"""Below this a pixel of a stencil is painted."""
_SHORTEST = 3
"""Characters in a stencil that is no letter by itself."""
_BITS = 8
_SIMPLE = frozenset({"/DeviceGray", "/DeviceRGB", "/G", "/RGB"})
"""Bits of a component, and colours, of pictures that are decoded without a renderer."""
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
    """A picture of a PDF, whether pages show it as in a mirror, and the sources of the text whose shadow it is."""

    image: Any
    is_mirrored: bool = False
    shadow_of: frozenset[str] = frozenset()


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


def put_images(pdf: pikepdf.Pdf, pictures: Sequence[Picture], edits: Mapping[str, Sequence[Edit]]) -> int:
    """Paint the pictures; those that are not read, or show what nobody can read, become blank: how many. Of text that is
    replaced there is no shadow."""
    withheld = 0
    changed = {source.rpartition("/")[0] for source in edits}
    for picture in pictures:
        image = picture.image
        if picture.shadow_of and (id_of(image) in changed or not picture.shadow_of.isdisjoint(edits)):
            _blank(pdf, picture)
            continue
        width, height = _size_shown(image)
        if width * height <= _SMALL and is_installed() and _again(image):
            continue
        shown = opened(picture) if is_installed() else None
        if shown is None or (_is_stencil(image) and not _is_worth_reading(image)):
            _blank(pdf, picture)
            withheld += 1
            continue
        if not _is_worth_reading(image):
            _put(
                pdf, picture, shown.resize((width, height)), shown
            )  # a photo may be larger than it is said to be
            continue
        try:
            read = read_picture(shown)
            if _is_stencil(image) and 0 < sum(len(line.text) for line in read.lines) < _SHORTEST:
                raise Unreadable  # one letter of many, each a stencil
            new = painted(read, edits, id_of(image))
            if _lets_through(image):
                new = _in_own_shades(shown, read, new)
            _put(pdf, picture, new.rotate(-90 * read.turns, expand=True), shown)
        except Unreadable:
            _blank(pdf, picture)
            withheld += 1
    return withheld


def id_of(image: Any) -> str:
    return f"picture{image.objgen[0]}"


def _is_worth_reading(image: Any) -> bool:
    width, height = _size_shown(image)
    return min(width, height) >= NARROW and width * height <= _MOST_PIXELS


def _is_stencil(image: Any) -> bool:
    """Whether it says only where the colour of the page's text is painted."""
    return bool(image.get("/ImageMask", False))


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
    """A picture without a mask, in colours that need no reckoning."""
    if any(key in image for key in ("/Mask", "/SMask", "/Decode", "/ImageMask")):
        return None
    if int(image.get("/BitsPerComponent", _BITS)) > _BITS or not _is_simple(image.get("/ColorSpace")):
        return None
    try:
        found: Image.Image = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    except Exception:  # as above
        return None
    found.info.clear()  # it would be written again: comments, profiles
    return found


def _is_simple(space: Any) -> bool:
    """Whether colours are grey or red, green and blue, or a palette of such."""
    if not isinstance(space, Array) or not len(space):
        return space in _SIMPLE
    if space[0] == "/Indexed":
        return len(space) > 1 and _is_simple(space[1])
    return space[0] == "/ICCBased" and components(space) in (1, 3)


def _drawn(image: Any, width: int, height: int, ground: int = _PAPER) -> Image.Image:
    """Any other as a viewer draws it, at its own size, on white or another grey."""
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
        fill = (ground, ground, ground, 255)
        found: Image.Image = drawn.render(scale=1.0, fill_color=fill).to_pil().convert("RGB")
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
    bits = (
        1
        if _is_stencil(image)
        else components(image.get("/ColorSpace")) * int(image.get("/BitsPerComponent", 0))
    )
    return (width * bits + 7) // 8 * height


def _put(pdf: pikepdf.Pdf, picture: Picture, new: Image.Image, shown: Image.Image) -> None:
    """Write what is to be seen on white, and was `shown` so; what was not painted over lets through what it did."""
    image = picture.image
    if picture.is_mirrored:
        new, shown = ImageOps.mirror(new), ImageOps.mirror(shown)
    was_photo, is_stencil = image.get("/Filter") == "/DCTDecode", _is_stencil(image)
    opacity = None if is_stencil or not _lets_through(image) else _opacity(image, new, shown)
    _forget(image)
    image.Width, image.Height = new.size
    if is_stencil:
        _write_stencil(image, new)
        return
    if opacity is not None:
        new = _uncovered(new, opacity)
        image.SMask = _grey(pdf, opacity)
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceRGB
    if was_photo:
        data = io.BytesIO()
        new.save(data, "JPEG", quality=88)
        image.write(data.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(zlib.compress(new.tobytes(), 6), filter=Name.FlateDecode)


def _in_own_shades(shown: Image.Image, read: ReadPicture, new: Image.Image) -> Image.Image:
    """What was painted, on what was `shown`."""
    import numpy as np  # with OCR alone

    changed = (np.asarray(new) != read.pixels).any(axis=2, keepdims=True)
    return Image.fromarray(np.where(changed, np.asarray(new), own_shades(shown, read)))


def _lets_through(image: Any) -> bool:
    return "/Mask" in image or "/SMask" in image or "/SMaskInData" in image


def _opacity(image: Any, new: Image.Image, shown: Image.Image) -> Image.Image | None:
    """How much each pixel hides of what is behind it: all of it where something was painted. None where all do."""
    on_white, on_black = shown.resize(new.size), _drawn(image, *new.size, ground=0)
    hides = ImageChops.invert(_most(ImageChops.subtract(on_white, on_black)))
    seen = hides.point(lambda share: share * (share >= _FAINT))
    changed = _most(ImageChops.difference(new, on_white)).point(lambda change: 255 * (change > 0))
    opacity = ImageChops.lighter(seen, changed)
    return None if opacity.getextrema()[0] == _PAPER else opacity


def _most(picture: Image.Image) -> Image.Image:
    """The largest of the three colours of each pixel."""
    first, *others = picture.split()
    for other in others:
        first = ImageChops.lighter(first, other)
    return first


def _uncovered(seen: Image.Image, opacity: Image.Image) -> Image.Image:
    """The colours of a picture that looks so on white; white where it hides nothing."""
    import numpy as np  # with OCR alone

    dark = 255 - np.asarray(seen, dtype=np.float32)
    share = np.maximum(np.asarray(opacity, dtype=np.float32), 1)[:, :, None] / 255
    own = np.where(np.asarray(opacity)[:, :, None] > 0, 255 - dark / share, 255)
    return Image.fromarray(own.clip(0, 255).round().astype(np.uint8))


def _grey(pdf: pikepdf.Pdf, picture: Image.Image) -> Any:
    """A mask for a picture."""
    mask = Stream(pdf, zlib.compress(picture.tobytes(), 6))
    mask.Type, mask.Subtype, mask.Filter = Name.XObject, Name.Image, Name.FlateDecode
    mask.Width, mask.Height = picture.size
    mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
    return pdf.make_indirect(mask)


def _write_stencil(image: Any, new: Image.Image) -> None:
    paper = new.convert("L").point(lambda grey: 255 * (grey >= _PAINTED)).convert("1")
    image.ImageMask, image.BitsPerComponent = True, 1
    image.write(zlib.compress(paper.tobytes(), 6), filter=Name.FlateDecode)


def _forget(image: Any) -> None:
    for key in _GONE:
        if key in image:
            del image[key]


def _blank(pdf: pikepdf.Pdf, picture: Picture) -> None:
    """Light grey, through which others still shine; of a stencil or a shadow nothing."""
    image = picture.image
    is_stencil, was_clear = _is_stencil(image), _lets_through(image)
    _forget(image)
    image.Width = image.Height = 1
    image.BitsPerComponent = 1 if is_stencil else 8
    if is_stencil:
        image.ImageMask = True
    else:
        image.ColorSpace = Name.DeviceGray
        if was_clear or picture.shadow_of:
            image.SMask = _grey(pdf, Image.new("L", (1, 1), 0 if picture.shadow_of else _VEIL))
    image.write(b"\x80" if is_stencil else b"\xe8")
