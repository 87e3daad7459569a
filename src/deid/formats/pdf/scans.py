"""Pages that are pictures, or whose characters mean nothing: read by OCR, and written as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from PIL import Image

from deid.errors import UnsupportedDocument, WithheldDocument
from deid.formats.edits import Edit
from deid.formats.ocr import ReadPicture, is_installed, painted, picture_blocks, read_picture
from deid.formats.ocr.painting import Unreadable
from deid.formats.pdf.looks import Looks
from deid.formats.pdf.reading import Part, is_garbled, is_scan
from deid.formats.pdf.rendering import Printed, put_picture, rendered
from deid.formats.pdf.standin import StandInFont
from deid.types import TextBlock, splice


def is_scanned(part: Part, pdf: pikepdf.Pdf, looks: Looks, ref: str) -> bool:
    """Whether a page has to be read by OCR. Raises UnsupportedDocument where it has, and there is none."""
    if not part.page:
        return False
    garbled = is_garbled(part.surface) or looks.deceives(part.surface)
    if not garbled and not is_scan(part.surface, pdf.pages[part.page - 1]):
        return False
    if not is_installed():
        what = "does not say which characters it shows" if garbled else "is a picture"
        raise UnsupportedDocument(
            f"{ref}: {part.where} {what}, and no OCR is there to read it", hint="install deid-zh[ocr]"
        )
    return True


def scan_blocks(path: str, password: str, numbers: Sequence[int]) -> Iterator[TextBlock]:
    """What is printed on these pages."""
    for number, picture in zip(numbers, rendered(path, numbers, password, notes=False), strict=True):
        yield from picture_blocks(read_picture(picture), _id(number), f"page {number}")


def put_scans(
    pdf: pikepdf.Pdf, path: str, password: str, numbers: Sequence[int], edits: Mapping[str, Sequence[Edit]], font: StandInFont, ref: str
) -> int:  # fmt: skip
    """Make these pages pictures with painted values; how many annotations go with what they were.

    Raises WithheldDocument where hardly anything is read.
    """
    gone = 0
    for number, picture in zip(numbers, rendered(path, numbers, password, notes=False), strict=True):
        read = read_picture(picture)
        try:
            new = painted(read, edits, _id(number))
        except Unreadable:
            raise WithheldDocument(
                f"{ref}: page {number} shows a photo, handwriting or something else that cannot be read"
            ) from None
        page = pdf.pages[number - 1].obj
        points = _points(page, picture, new)
        put_picture(pdf, page, new, points, _printed(read, edits, number), font)
        if "/Annots" in page:
            gone += len(page.Annots)
            del page.Annots  # they stand where the page was before it was turned and cut
    return gone


def _id(number: int) -> str:
    return f"page{number}/scan"


def _points(page: Any, before: Image.Image, after: Image.Image) -> tuple[float, float]:
    """The size of a page that shows the upright picture as large as it was."""
    box = [float(edge) for edge in page.get("/CropBox", page.MediaBox)]
    longest = max(abs(box[2] - box[0]), abs(box[3] - box[1])) or 842.0
    scale = longest / max(before.size)
    return after.width * scale, after.height * scale


def _printed(read: ReadPicture, edits: Mapping[str, Sequence[Edit]], number: int) -> Iterator[Printed]:
    """The new text of each line, where the line was."""
    for index in sorted(read.read):
        line = read.lines[index]
        text = splice(line.text, edits.get(f"{_id(number)}/{index}", ()))
        a, _, c, d = line.corners
        if text.strip() and c[0] > d[0]:
            yield Printed(
                text,
                float(d[0]),
                float(d[1]),
                float(c[0] - d[0]),
                float(d[1] - a[1]) * 0.8,
                float(c[1] - d[1]),
            )
