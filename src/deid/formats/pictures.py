"""Pictures that stand in documents: read and painted where OCR is installed, else blank ones of their size.

What OCR cannot open (EMF, WMF and other drawings), and pictures full of what nobody can read, become blank, too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from deid.formats.edits import Edit
from deid.formats.ooxml.images import blank_like, size
from deid.types import TextBlock

if TYPE_CHECKING:
    from PIL.Image import Image

_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NARROW = 12  # pixels a side: no text that anybody could read
_MOST_PIXELS = 60_000_000


def is_readable(head: bytes) -> bool:
    """Whether a picture that begins so, in 12 bytes or more, can be read: its kind is known, and OCR is there."""
    known = head.startswith(_HEADS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
    return known and _can_read()


def suffix_of(content_type: str) -> str:
    """`jpg` for photographs that are not blank in the output, else `png`."""
    is_photo = content_type in ("image/jpeg", "image/jpg", "image/pjpeg")
    return "jpg" if is_photo and _can_read() else "png"


def _can_read() -> bool:
    """Whether OCR is installed; asked without importing what it needs."""
    return find_spec("rapidocr") is not None


def blocks_in(data: bytes, id: str, where: str) -> Iterator[TextBlock]:
    """What is printed in a picture; lines are sources `id/NUMBER`. Nothing where it will be blank."""
    picture = _opened(data)
    if picture is not None and min(picture.size) >= _NARROW:
        from deid.formats.ocr import picture_blocks, read_picture

        yield from picture_blocks(read_picture(picture), id, where)


def painted_or_blank(
    data: bytes, edits: Mapping[str, Sequence[Edit]], id: str, suffix: str
) -> tuple[bytes, bool]:
    """The picture with edits made, in the kind of `suffix`; and whether it shows anything."""
    picture = _opened(data)
    shown = _painted(picture, edits, id) if picture is not None else None
    if suffix == "png" and shown is None:
        return blank_like(data), False
    from PIL import Image

    out = io.BytesIO()
    made = shown if shown is not None else Image.new("RGB", _bounded(*size(data)), (232, 232, 232))
    if suffix == "jpg":
        made.save(out, "JPEG", quality=92, subsampling=0)
    else:
        made.save(out, "PNG")
    return out.getvalue(), shown is not None


def _painted(picture: Image, edits: Mapping[str, Sequence[Edit]], id: str) -> Image | None:
    from deid.formats.ocr import painted, read_picture
    from deid.formats.ocr.painting import Unreadable

    if min(picture.size) < _NARROW:
        return picture
    read = read_picture(picture)
    try:
        return painted(read, edits, id).rotate(-90 * read.turns, expand=True)
    except Unreadable:
        return None


def _opened(data: bytes) -> Image | None:
    """The first frame on white; None when it cannot be decoded, or there is no OCR."""
    if not is_readable(data[:12]):
        return None
    from PIL import Image

    from deid.formats.images import plain

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return plain(picture) if picture.width * picture.height <= _MOST_PIXELS else None
    except Exception:  # many decoders, each with errors of its own; such a picture becomes blank
        return None


def _bounded(width: int, height: int) -> tuple[int, int]:
    return max(1, min(width, 4096)), max(1, min(height, 4096))
