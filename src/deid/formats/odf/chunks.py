"""The XML of a document, piece by piece, so that a sheet of a million cells needs no memory for them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from deid.formats.odf import vocabulary as odf

PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,  # texts in base64; entities stay unexpanded, and sizes were looked at
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,  # some producers give one twice
}

_PIECE = 1 << 16  # bytes
Event = tuple[str, odf.Element]
"""`start` and `end` of an element of the spine, or a `chunk`: an element with all that is in it."""


class NotXml(Exception):
    """A part is not well formed, or declares entities. The message says nothing."""


def events(handle: BinaryIO) -> Iterator[Event]:
    """Raises NotXml. A chunk is gone once the next event is asked for."""
    depth = 0
    try:
        for event, element in _parsed(handle):
            if event == "start":
                if not depth and odf.short(element.tag) in odf.SPINE:
                    _refuse_entities(element)
                    yield "start", element
                else:
                    depth += 1
            elif depth:
                depth -= 1
                if not depth:
                    _refuse_entities(element)
                    yield "chunk", element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            else:
                yield "end", element
    except etree.LxmlError:
        raise NotXml from None


def common_parts(events: Iterable[Event]) -> Iterator[odf.Element]:
    """Of a part with styles, what it says for the other parts: its root is no spine, so that a chunk may hold it."""
    for event, element in events:
        if event == "chunk":
            yield from element.iter(*map(odf.full, ("office:font-face-decls", "office:styles")))


def _parsed(handle: BinaryIO) -> Iterator[Event]:
    """As `etree.iterparse`, which refuses ids that are there twice."""
    parser = etree.XMLPullParser(events=("start", "end"), **PARSING)
    while data := handle.read(_PIECE):
        parser.feed(data)
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def _refuse_entities(element: odf.Element) -> None:
    if element.getparent() is None:
        declared = element.getroottree().docinfo.internalDTD
        if declared is not None and any(True for _ in declared.iterentities()):
            raise NotXml
