"""HTML, XHTML, XML, SVG and CSS: text, attributes and styles edited in place, the rest byte for byte.

Comments, scripts, handlers of events and embedded files (`data:`, base64) are left out and counted, and so are control
characters in pages, where nobody sees them; records that a script holds are written as tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO

from lxml import etree

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.edits import Edit
from deid.formats.encoding import CONTROL, Encoding, create_text, detect_encoding, open_text
from deid.formats.files import opened, suffix_of
from deid.formats.markup.celltypes import drop_values, say_types
from deid.formats.markup.cutting import Cutter, Piece
from deid.formats.markup.escapes import fitting, written
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.units import splice_units
from deid.types import Document, TextBlock

_LARGEST = 64 << 20  # bytes
_HALF = re.compile(
    rb"&#(?:[xX][dD][89a-fA-F][0-9a-fA-F]{2}|55(?:29[6-9]|[3-9][0-9]{2})|56[0-9]{3}|57(?:[0-2][0-9]{2}|3[0-3][0-9]|34[0-3]));"
)
_DECLARED = re.compile(
    rb"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:\-]+)|<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:\-]+)",
    re.IGNORECASE | re.ASCII,
)
_LETTER = re.compile("[A-Za-z]")
_FIRST = 8192  # bytes, in which an encoding is declared
_STATEFUL = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*(?:utf-7|hz|iso-2022|x-user)", re.IGNORECASE)


def read(path: str, ref: str, *, name: str) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when empty, undecodable, or XML that is not well formed, and
    UnsupportedDocument for a DTD of its own, since entities may stand for anything.
    """
    details = stamp(path, ref)
    if details["size"] > _LARGEST:
        raise UnreadableDocument(f"{ref}: markup of more than {_LARGEST >> 20} MB")
    declared = _declared(path)
    encoding = detect_encoding(path, ref, declared=declared, standard="" if name == "html" else "utf-8")
    if name not in ("html", "css") and not _is_well_formed(path):
        if suffix_of(path).lower() not in (".html", ".htm", ".xhtml"):
            raise UnreadableDocument(f"{ref}: corrupt: XML that is not well formed")
        name = "html"  # it is called or begins like XML, and browsers do not ask for more
    removed = dict(_cut(path, name, encoding, ref).removed)
    return Document(
        ref,
        name,
        path,
        partial(_blocks, path, ref, name, encoding, details),
        details | {"encoding": encoding, "removed": removed},
    )


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    encoding: Encoding = document.details["encoding"]
    cut = _cut(document.path, document.format, encoding, document.ref)
    called: dict[str, str] = {}
    with create_text(path, encoding, document.ref) as put:
        again = _said_again(cut.pieces, edits)
        new = [
            _edited(piece, edits.get(piece.source) or again.get(piece.source) or (), encoding.codec)
            for piece in cut.pieces
        ]
        if document.format == "xml":
            say_types(cut.pieces, new)
        drop_values(cut.pieces, new)
        for piece, text in zip(cut.pieces, new, strict=True):
            if piece.kind == "name":
                text = _apart(text, piece.source, called)
                if document.format == "html" and not _LETTER.match(text):
                    text = f"x{text}"  # or the tag would be text
            put(fitting(text, encoding.codec))


def _said_again(pieces: Sequence[Piece], edits: Mapping[str, Sequence[Edit]]) -> dict[str, list[Edit]]:
    """The edits of attributes that say nothing but what a text says, by their sources: who speaks under a name that only
    a line with a time tells from other words is called so in `title` and `alt`, too."""
    said: dict[str, list[Edit]] = {}
    for piece in pieces:
        if piece.kind in ("text", "cdata") and (changes := edits.get(piece.source)):
            blank = len(piece.text) - len(piece.text.lstrip())
            said.setdefault(
                piece.text.strip(),
                [edit._replace(start=edit.start - blank, end=edit.end - blank) for edit in changes],
            )
    attributes = (piece for piece in pieces if said and piece.kind in ("attribute", "bare"))
    return {piece.source: said[piece.text] for piece in attributes if piece.text in said}


def _apart(name: str, source: str, called: dict[str, str]) -> str:
    """A name of an element or attribute, with a number where another one became the same: `called` has their sources."""
    count, found = 1, name
    while called.setdefault(found, source) != source:
        count += 1
        found = f"{name}{count}"
    return found


def _edited(piece: Piece, edits: Sequence[Edit], codec: str) -> str:
    if not piece.source or not edits:
        return piece.raw
    raws = list(piece.raws)
    for start, end in _as_one(raws):
        if any(start < edit.start < end or start < edit.end < end for edit in edits):
            raws[start:end] = (written(one, piece.kind, codec) for one in piece.text[start:end])
    new = splice_units(raws, edits, lambda text: written(text, piece.kind, codec))
    return f'"{new}"' if piece.kind == "bare" else new


def _as_one(raws: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where characters begin and end that stand as one in the file, as the figures of 1.38E10 do."""
    end = len(raws)
    for start in range(len(raws) - 1, -1, -1) if "" in raws else ():
        if raws[start]:
            if end - start > 1:
                yield start, end
            end = start


def _blocks(
    path: str, ref: str, name: str, encoding: Encoding, details: Mapping[str, object]
) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    yield from _cut(path, name, encoding, ref).all_blocks()


def _cut(path: str, name: str, encoding: Encoding, ref: str) -> Cutter:
    with open_text(path, encoding) as handle:
        text = handle.read()
    strays = 0
    if name == "html":
        text, strays = CONTROL.subn("", text)
    if _STATEFUL.search(text[:2000]):
        raise UnsupportedDocument(f"{ref}: markup in an encoding that deid does not write")
    cutter = Cutter(name != "html")
    try:
        cut = cutter.cut_style(text) if name == "css" else cutter.cut(text)
    except UnreadableDocument as error:
        raise UnsupportedDocument(f"{ref}: markup: {error.message}") from None
    cut.removed.update({"control character": strays} if strays else {})
    return cut


def _declared(path: str) -> str:
    """The encoding that the XML declaration, or else the first `meta` of a page, tells."""
    with opened(path) as handle:
        found = _DECLARED.search(handle.read(_FIRST))
    return (found[1] or found[2]).decode("ascii").lower() if found else ""


def _is_well_formed(path: str) -> bool:
    """Whether it is XML, whatever its namespaces are called: xmlns="urn:病历" is no URI, which is no error of XML.

    Phones write an emoji as two halves of a character, which XML has not: they count for one that it has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with opened(path) as handle:
            etree.parse(BytesIO(_HALF.sub(b"?", handle.read())), parser)
    except etree.XMLSyntaxError:
        return {entry.type_name for entry in parser.error_log} == {"WAR_NS_URI"}
    except (etree.LxmlError, LookupError):
        return False
    return True
