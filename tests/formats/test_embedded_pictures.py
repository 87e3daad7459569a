"""Pictures in documents: read and painted where OCR is installed; what nobody can read becomes blank and is counted."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
from planting import replaced, survivors, unzipped, zipped
from test_images import VALUES, printed, seen

from deid.formats import pictures, read, text_of, write
from deid.formats.ocr import reading
from deid.formats.ooxml.images import size
from deid.formats.proofreading.pictures import strings_of

pytestmark = pytest.mark.slow

EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + "张三丰".encode("utf-16-le")


def encoded(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def noisy(width: int = 200, height: int = 120) -> Image.Image:
    """What no one can read."""
    return Image.effect_noise((width, height), 120).convert("RGB")


def with_picture(tmp_path: Path, data: bytes, name: str = "a.docx", times: int = 1) -> Path:
    path = tmp_path / name
    if name.endswith("docx"):
        document = docx.Document()
        for _ in range(times):
            document.add_paragraph("检查单").add_run().add_picture(io.BytesIO(data))
        document.save(str(path))
    elif name.endswith("xlsx"):
        book = openpyxl.Workbook()
        book.active.add_image(SheetImage(io.BytesIO(data)), "B2")
        book.save(path)
    else:
        deck = pptx.Presentation()
        deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(io.BytesIO(data), 0, 0)
        deck.save(str(path))
    return path


def media(path: Path) -> dict[str, bytes]:
    return {name: data for name, data in unzipped(path).items() if "/media/" in name}


def done(path: Path) -> tuple[Path, dict[str, int]]:
    out = path.with_name(f"out-{path.name}")
    document = read(path, ref="#0001")
    write(document, replaced(document, VALUES), out)
    return out, document.details["removed"]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_values_in_pictures_are_painted_and_the_rest_stays(tmp_path, name):
    out, removed = done(with_picture(tmp_path, encoded(printed()), name))

    (picture,) = media(out).values()
    text = seen(Image.open(io.BytesIO(picture)))
    assert not [value for value in VALUES if value in text]
    assert "社区获得性肺炎" in text
    assert "替" in text
    assert "picture" not in removed
    assert survivors(dict.fromkeys(VALUES, "somewhere"), text_of(out)) == set()


def test_a_picture_that_lies_on_its_side_goes_on_lying_there(tmp_path):
    source = printed().rotate(90, expand=True)

    out, _ = done(with_picture(tmp_path, encoded(source)))

    (picture,) = media(out).values()
    assert Image.open(io.BytesIO(picture)).size == source.size


def test_photographs_stay_photographs_without_what_stands_beside_their_pixels(tmp_path):
    exif = Image.Exif()
    exif[0x013B] = "zhang sanfeng"
    path = with_picture(tmp_path, encoded(printed(), "JPEG", exif=exif))

    out, _ = done(path)

    ((name, picture),) = media(out).items()
    assert name.endswith(".jpg")
    assert Image.open(io.BytesIO(picture)).format == "JPEG"
    assert b'Extension="jpg" ContentType="image/jpeg"' in unzipped(out)["[Content_Types].xml"]
    assert b"zhang" not in picture
    assert docx.Document(str(out)).inline_shapes[0].width


@pytest.mark.parametrize("data", [encoded(noisy()), EMF, b"\x89PNG\r\n\x1a\nbroken"])
def test_what_nobody_can_read_becomes_blank_and_is_counted(tmp_path, data):
    path = with_picture(tmp_path, encoded(noisy()))
    parts: dict[str, bytes | str] = dict(unzipped(path))
    (name,) = media(path)
    path.write_bytes(zipped(parts | {name: data}))

    out, removed = done(path)

    (picture,) = media(out).values()
    assert removed["picture"] == 1
    assert len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors()) == 1


def test_without_ocr_every_picture_becomes_blank_and_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "_can_read", lambda: False)
    data = encoded(printed(), "JPEG")

    out, removed = done(with_picture(tmp_path, data))

    ((name, picture),) = media(out).items()
    assert name.endswith(".png")
    assert removed["picture"] == 1
    assert size(picture) == size(data)
    assert len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors()) == 1


def test_a_picture_that_stands_in_two_places_is_read_once(tmp_path, monkeypatch):
    reads = []
    recognize = reading.recognize
    monkeypatch.setattr(reading, "recognize", lambda pixels: reads.append(1) or recognize(pixels))
    monkeypatch.setattr(reading, "_read", type(reading._read)())
    path = with_picture(tmp_path, encoded(printed()))
    parts: dict[str, bytes | str] = dict(unzipped(path))
    (name,) = media(path)
    parts["word/media/image9.png"] = parts[name]
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image9.png"/></Relationships>',
    )  # fmt: skip
    path.write_bytes(zipped(parts))

    out, _ = done(path)

    assert len(media(out)) == 2
    assert len(reads) == 1


def test_the_check_reads_what_stands_beside_the_pixels_and_not_the_pixels():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("author", "zhang sanfeng")
    exif = Image.Exif()
    exif[0x013B] = "zhang sanfeng"
    picture = noisy()

    assert "zhang sanfeng" in "".join(strings_of(encoded(picture, pnginfo=notes)))
    assert "zhang sanfeng" in "".join(strings_of(encoded(picture, "JPEG", exif=exif)))
    assert "zhang sanfeng" in "".join(strings_of(encoded(picture) + b"zhang sanfeng"))
    assert "zhang sanfeng" in "".join(strings_of(encoded(picture, "JPEG") + b"zhang sanfeng"))
    assert len("".join(strings_of(encoded(picture)))) == 0
    assert len("".join(strings_of(encoded(picture, "JPEG", quality=92)))) < 30
