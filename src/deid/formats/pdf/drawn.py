"""Print that pages draw without text that says it: letters as outlines, pictures cut into strips.

OCR reads what is left of such a page without its text and its other pictures. Where something of
that is replaced the page becomes a picture; where nothing is it stays as it is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from deid.formats.edits import Edit
from deid.formats.ocr import ReadPicture, changed, picture_blocks, read_picture
from deid.formats.pdf.content import Surface
from deid.formats.pdf.pictures import NARROW, size_of
from deid.formats.pdf.rendering import document_of, picture_of
from deid.types import TextBlock

_STRIPS = 3
_DEEPEST = 15  # forms in forms


def may_show_print(surface: Surface) -> bool:
    strips = sum(_is_strip(drawn.image) for drawn in surface.images)
    return strips >= _STRIPS or surface.may_be_print


def _is_strip(image: Any) -> bool:
    """Whether a picture is too narrow to be read by itself."""
    size = size_of(image) if isinstance(image, pikepdf.Stream) else (int(image.width), int(image.height))
    return min(size) < NARROW


def drawn_blocks(path: str, password: str, numbers: Sequence[int]) -> Iterator[TextBlock]:
    """What these pages (from 1) draw as print."""
    for number in numbers:
        yield from picture_blocks(_read(path, password, number), _id(number), f"page {number}, a drawing")


class Drawings:
    """Pages on which something that is drawn is replaced."""

    def __init__(
        self, path: str, password: str, numbers: Sequence[int], edits: Mapping[str, Sequence[Edit]]
    ) -> None:
        self._path, self._password, self._edits = path, password, edits
        sources = {source.rpartition("/")[0] for source in edits}
        self.pages = frozenset(number for number in numbers if _id(number) in sources)

    def painted(self, number: int, page: Image.Image) -> Image.Image:
        """The picture of a page with the edits made."""
        if number not in self.pages:
            return page
        read = _read(self._path, self._password, number)
        upright = ReadPicture(np.rot90(np.asarray(page), read.turns), read.lines, read.turns)
        return changed(upright, self._edits, _id(number)).rotate(-90 * read.turns, expand=True)


def _id(number: int) -> str:
    return f"page{number}/drawn"


def _read(path: str, password: str, number: int) -> ReadPicture:
    with closing(document_of(path, password)) as document, closing(document[number - 1]) as page:
        for part in list(page.get_objects(max_depth=_DEEPEST)):
            if part.type == pdfium.FPDF_PAGEOBJ_TEXT or (
                part.type == pdfium.FPDF_PAGEOBJ_IMAGE and not _is_narrow(part)
            ):
                pdfium.FPDFPageObj_SetIsActive(part.raw, False)
        return read_picture(picture_of(page, notes=False), lifts=False)


def _is_narrow(image: pypdfium2.PdfObject) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image.raw, width, height)
    return min(width.value, height.value) < NARROW
