"""OpenDocument in one XML file (fodt, fods, fodp, fodg), with the surface of a package that has one part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import BinaryIO

from deid.errors import UnreadableDocument
from deid.formats.files import opened
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import NotXml, events
from deid.formats.odf.package import Part

_LARGEST = 256 << 20  # bytes


class Flat:
    """Raises UnreadableDocument when damaged, or too large."""

    parts = (Part("content.xml", "content.xml", "xml", "text/xml", 1),)
    names: Mapping[str, str] = {}

    def __init__(self, path: str, ref: str, size: int) -> None:
        self._path = path
        self._ref = ref
        self.removed: Counter[str] = Counter()
        if size > _LARGEST:
            raise UnreadableDocument(f"{ref}: markup of more than {_LARGEST >> 20} MB")
        self.format = "f" + odf.MIMETYPES[self._mimetype().removesuffix("-template")]

    def _mimetype(self) -> str:
        try:
            with self.open(self.parts[0]) as handle:
                _, root = next(events(handle))
        except (NotXml, StopIteration):
            raise self.corrupt() from None
        return str(root.get(odf.full("office:mimetype"), ""))

    def open(self, _part: Part) -> BinaryIO:
        return opened(self._path)

    def read(self, _part: Part) -> bytes:
        raise self.corrupt()

    def close(self) -> None:
        """Nothing is kept open."""

    def corrupt(self) -> UnreadableDocument:
        return UnreadableDocument(f"{self._ref}: corrupt: XML that is not well formed")
