"""Whether pages still show what was taken out, as another reader sees them; such pages become pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import closing
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from deid.formats.pdf.drawn import Drawings
from deid.formats.pdf.rendering import lines_on, put_picture, rendered
from deid.formats.pdf.standin import StandInFont

_BLANK = re.compile(r"\s+")
_BOX = (236, 236, 236)


def failing(data: bytes, gone: Mapping[int, set[str]], skipped: Collection[int]) -> dict[int, set[str]]:
    """Page (from 1) → what still can be read there although it was taken out."""
    found: dict[int, set[str]] = {}
    with closing(pypdfium2.PdfDocument(data)) as document:
        for number, values in gone.items():
            if number in skipped or not values:
                continue
            text = _BLANK.sub("", document[number - 1].get_textpage().get_text_range())
            if left := {value for value in values if value in text}:
                found[number] = left
    return found


def put_rasters(
    pdf: pikepdf.Pdf, data: bytes, pages: Mapping[int, set[str]], drawings: Drawings, font: StandInFont
) -> int:
    """Make pages of a finished file pictures, with boxes over the values given for each of them, and what
    is replaced in drawings painted; how many annotations go with what they were."""
    gone = 0
    numbers = sorted(pages)
    for number, picture in zip(numbers, rendered(data, numbers, notes=False), strict=True):
        if pages[number]:
            _cover(data, number, picture, pages[number])
        picture = drawings.painted(number, picture)
        printed = [
            part for part in lines_on(data, number, picture.size) if not _shows(part.text, pages[number])
        ]
        page = pdf.pages[number - 1].obj
        with closing(pypdfium2.PdfDocument(data)) as document:
            points = document[number - 1].get_size()
        turned = bool(page.get("/Rotate", 0)) or "/CropBox" in page or _starts_elsewhere(page)
        put_picture(pdf, page, picture, points, printed, font)
        if turned and "/Annots" in page:
            gone += len(page.Annots)
            del page["/Annots"]  # they stand where the page was before it was turned and cut
    return gone


def _starts_elsewhere(page: Any) -> bool:
    return bool(float(page.MediaBox[0]) or float(page.MediaBox[1]))


def _shows(text: str, values: set[str]) -> bool:
    tight = _BLANK.sub("", text)
    return any(value in tight or tight in value for value in values)


def _cover(data: bytes, number: int, picture: Image.Image, values: set[str]) -> None:
    """Boxes over every character of the values, wherever they stand on the page."""
    draw = ImageDraw.Draw(picture)
    with closing(pypdfium2.PdfDocument(data)) as document:
        page = document[number - 1]
        text = page.get_textpage()
        width, height = page.get_size()
        across, down = picture.width / width, picture.height / height
        characters = [text.get_text_range(index, 1) for index in range(text.count_chars())]
        solid = [index for index, character in enumerate(characters) if character.strip()]
        joined = "".join(characters[index] for index in solid)
        for value in values:
            for hit in re.finditer(re.escape(value), joined):
                for index in solid[hit.start() : hit.end()]:
                    left, bottom, right, top = text.get_charbox(index, loose=True)
                    box = (left * across, (height - top) * down, right * across, (height - bottom) * down)
                    draw.rectangle(box, fill=_BOX)
