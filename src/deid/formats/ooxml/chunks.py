"""Text that Word takes over when it opens a document (`w:altChunk`, ISO/IEC 29500-1, 17.17.2.1).

It stands in a part of its own, as a web page, RTF, mail or plain text: read and written by that
format. A chunk that is a Word document is an embedded package.
"""

from __future__ import annotations

from deid.errors import UnreadableDocument
from deid.formats.members import Member
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.parts import CHUNKS


def member(package: Package, part: Part, prefix: str) -> Member:
    """The chunk as a file within the document.

    Raises UnreadableDocument when it cannot be read: it is text of the document, and without it
    the document would not be what it was.
    """
    format = CHUNKS[part.content_type]
    found = Member(
        package.read(part), f".{format}", f"{prefix}{part.number}#", package.ref, package.options, format
    )
    if found.document is None:
        raise UnreadableDocument(
            f"{package.ref}: text that the document imports from {format} cannot be read",
            hint="open it in Word and save it again",
        )
    return found
