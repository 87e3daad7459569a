"""Pictures in OpenDocument: read by OCR and written with their edits, or blank where nothing reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from deid.formats.edits import Edit
from deid.formats.members import Member
from deid.formats.odf.package import Part
from deid.formats.ooxml.images import blank_like, blank_svg
from deid.formats.options import Options
from deid.types import TextBlock

_READ = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"})


class Pictures:
    def __init__(self, ref: str, options: Options) -> None:
        self._ref = ref
        self._options = options

    def is_read(self, data: bytes, part: Part) -> bool:
        member = self._member(data, part)
        return member.suffix in _READ and member.losses() is not None

    def blocks(self, data: bytes, part: Part) -> Iterator[TextBlock]:
        if self.is_read(data, part):
            yield from self._member(data, part).blocks(f"picture {part.number}")

    def written(self, data: bytes, part: Part, edits: Mapping[str, Sequence[Edit]]) -> tuple[bytes, str]:
        """The picture for the output, and its media type where that is another than before."""
        if self.is_read(data, part):
            new = self._member(data, part).written(edits)
            if new is not None:
                return new, part.type
        if data.lstrip()[:5] in (b"<?xml", b"<svg ") or part.name.lower().endswith(".svg"):
            return blank_svg(data), "image/svg+xml"
        return blank_like(data), "image/png"

    def _member(self, data: bytes, part: Part) -> Member:
        suffix = PurePosixPath(part.name).suffix.lower()
        return Member(data, suffix, f"picture{part.number}:", self._ref, self._options)
