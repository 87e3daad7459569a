"""Pages as pictures: rendered by pdfium, and put back with the new text behind them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from deid.errors import UnreadableDocument
from deid.formats.files import Held
from deid.formats.pdf.standin import RESOURCE, StandInFont

_DPI = 160
_MOST_SIDE = 5000  # pixels
_LARGEST_UNIT = 1000.0  # points
_AT_ONCE = 16  # pages: pdfium keeps what it read of a document until that is closed


class Printed(NamedTuple):
    """A piece of text on a picture: its corner at the bottom left, its direction and height, in pixels."""

    text: str
    left: float
    bottom: float
    width: float
    height: float
    rise: float = 0.0


def rendered(
    source: str | bytes, numbers: Sequence[int], password: str = "", *, notes: bool
) -> Iterator[Image.Image]:
    """The pages of these numbers (from 1), with annotations or without."""
    for first in range(0, len(numbers), _AT_ONCE):
        with closing(document_of(source, password)) as document:
            for number in numbers[first : first + _AT_ONCE]:
                with closing(document[number - 1]) as page:
                    yield picture_of(page, notes)


def picture_of(page: pypdfium2.PdfPage, notes: bool) -> Image.Image:
    width, height = page.get_size()
    scale = min(_DPI / 72, _MOST_SIDE / max(width, height, 1.0))
    picture: Image.Image = page.render(scale=scale, may_draw_forms=notes, draw_annots=notes).to_pil()
    return picture.convert("RGB")


def document_of(source: str | bytes, password: str) -> pypdfium2.PdfDocument:
    """The document; mended by qpdf where pdfium cannot open it. Raises UnreadableDocument."""
    if isinstance(source, Held):
        source = source.content
    try:
        return pypdfium2.PdfDocument(source, password=password or None)
    except pypdfium2.PdfiumError:
        pass
    try:
        with pikepdf.open(
            source if isinstance(source, str) else io.BytesIO(source), password=password
        ) as pdf:
            mended = io.BytesIO()
            pdf.save(mended, encryption=False)
        return pypdfium2.PdfDocument(mended.getvalue())
    except (pypdfium2.PdfiumError, pikepdf.PdfError, RuntimeError) as error:
        raise UnreadableDocument(f"corrupt: the pages cannot be rendered ({type(error).__name__})") from None


def put_picture(
    pdf: pikepdf.Pdf,
    page: Any,
    picture: Image.Image,
    points: tuple[float, float],
    printed: Iterable[Printed],
    font: StandInFont,
) -> None:
    """Make a page of `points` a picture, with invisible text where `printed` stands on the picture."""
    width, height = (_unit(page) * length for length in points)
    font.code(" ")  # the font is in the resources, with text or without
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=85)
    image = pdf.make_stream(
        data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    across, down = width / picture.width, height / picture.height
    out = [f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /I0 Do Q BT 3 Tr {RESOURCE} 1 Tf\n"]
    for part in printed:
        codes = b"".join(font.code(character) for character in part.text)
        size = part.height * down
        stretch = part.width * across / (font.advance(part.text) or 1.0)
        rise = part.rise / part.width if part.width else 0.0
        left, bottom = part.left * across, height - part.bottom * down
        out.append(
            f"{stretch:.4f} {-rise * stretch:.4f} 0 {size:.4f} {left:.3f} {bottom:.3f} Tm <{codes.hex()}> Tj\n"
        )
    for key in ("/Rotate", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Group", "/UserUnit"):
        if key in page:
            del page[key]
    page.MediaBox = Array([0, 0, round(width, 3), round(height, 3)])
    page.Contents = pdf.make_stream(("".join(out) + "ET").encode())
    page.Resources = Dictionary(XObject=Dictionary(I0=image), Font=Dictionary({RESOURCE: font.object}))


def _unit(page: Any) -> float:
    """How many points a unit of a page is (ISO 32000-1, table 30)."""
    try:
        return min(max(float(page.get("/UserUnit", 1)), 1.0), _LARGEST_UNIT)
    except (TypeError, ValueError):
        return 1.0


def lines_on(source: bytes, number: int, size: tuple[int, int]) -> list[Printed]:
    """The text of a page as pdfium sees it, in pixels of its picture."""
    found: list[Printed] = []
    with closing(pypdfium2.PdfDocument(source)) as document, closing(document[number - 1]) as page:
        width, height = page.get_size()
        across, down = size[0] / width, size[1] / height
        text = page.get_textpage()
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if character.strip() and right > left and top > bottom:
                box = Printed(
                    character,
                    left * across,
                    (height - bottom) * down,
                    (right - left) * across,
                    (top - bottom) * down,
                )
                if found and (joined := _joined(found[-1], box)):
                    found[-1] = joined
                else:
                    found.append(box)
    return found


def _joined(first: Printed, then: Printed) -> Printed | None:
    """Two pieces as one where the second goes on with the first."""
    gap = then.left - first.left - first.width
    if (
        abs(first.bottom - then.bottom) > 0.3 * first.height
        or not -0.3 * then.height < gap < 0.3 * then.height
    ):
        return None
    return first._replace(
        text=first.text + then.text,
        width=max(first.width, then.left + then.width - first.left),
        height=max(first.height, then.height),
    )
