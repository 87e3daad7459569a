"""Pictures of a PDF that nobody has read: blank ones take their place."""

from __future__ import annotations

from typing import Any

from pikepdf import Name, Stream

from deid.formats.pdf.reading import Reading

_SMALL = 64  # pixels: lines and shadings, no text


def blank_pictures(reading: Reading) -> None:
    """Make every picture of a document blank."""
    pdf = reading.pdf
    for value in pdf.objects:
        if isinstance(value, Stream) and value.get("/Subtype") == "/Image":
            _blank(value)


def _blank(image: Any) -> None:
    if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) <= _SMALL and "/SMask" not in image:
        image.write(image.read_bytes()) if image.get("/Filter") == "/FlateDecode" else None
        return
    is_stencil = bool(image.get("/ImageMask", False))
    for key in (
        "/Mask",
        "/SMask",
        "/SMaskInData",
        "/Decode",
        "/DecodeParms",
        "/Intent",
        "/Matte",
        "/ColorSpace",
    ):
        if key in image:
            del image[key]
    image.Width = image.Height = 1
    image.BitsPerComponent = 1 if is_stencil else 8
    if not is_stencil:
        image.ColorSpace = Name.DeviceGray
    image.write(b"\x80" if is_stencil else b"\xe8")
