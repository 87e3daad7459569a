"""Reading and writing docx, xlsx and pptx files; what is in them is the business of `ooxml`."""

from __future__ import annotations

import errno
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from lxml import etree

from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats.edits import Edit
from deid.formats.files import created, source
from deid.formats.members import note_lost
from deid.formats.ooxml import chunks, flow
from deid.formats.ooxml.package import Package
from deid.formats.options import DEFAULT, Options
from deid.formats.rows import Done
from deid.formats.stamp import check_unchanged, stamp
from deid.formats.strips import Strips
from deid.types import Document, Strip, TextBlock, Wanted

_DAMAGED = (etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What a broken package raises only where it is read; the messages name its entries."""


def read(path: str, ref: str, name: str, options: Options = DEFAULT) -> Document:
    """`details["removed"]` counts what will not be in the output, by kind.

    Raises UnreadableDocument when the package is damaged or encrypted, too large, or holds a
    part of a kind that deid does not know.
    """
    details = stamp(path, ref) | {"options": options}
    package = Package(source(path), ref, options=options)
    try:
        if package.format != name:
            raise package.corrupt(f"it is no {name}")
        removed = dict(_removed(package))
    finally:
        package.close()
    return Document(
        ref,
        name,
        path,
        partial(_blocks, path, ref, details),
        details | {"removed": removed},
        partial(_strips, path, ref, details),
    )


def write(
    document: Document, edits: Mapping[str, Sequence[Edit]], path: str, done: Done | None = None
) -> None:
    """Pictures that turn out to be unreadable are counted in `details["removed"]` as well.

    Raises UnwritableDocument when the output cannot be made; a full disk stays an OSError.
    """
    check_unchanged(document.path, document.details, document.ref)
    package = Package(source(document.path), document.ref, options=document.details["options"])
    try:
        with created(path) as handle:
            lost = flow.rewrite(package, edits, handle, done=done)
        note_lost(document, lost)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise UnwritableDocument(f"{document.ref}: cannot be written ({type(error).__name__})") from None
    except _DAMAGED:
        raise UnwritableDocument(f"{document.ref}: cannot be written as XML") from None
    finally:
        package.close()


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    return (block for _, found in _strips(path, ref, details, lambda number: True) for block in found)


def _strips(path: str, ref: str, details: Mapping[str, Any], wanted: Wanted) -> Iterator[Strip]:
    check_unchanged(path, details, ref)
    package = Package(source(path), ref, options=details["options"])
    try:
        yield from flow.strips(package, Strips(wanted))
    except (*_DAMAGED, KeyError, AttributeError, TypeError, ValueError):
        raise UnreadableDocument(f"{ref}: corrupt: its markup is not what the format asks for") from None
    finally:
        package.close()


def _removed(package: Package) -> Counter[str]:
    """Counts of what is left out, in embedded documents and imported text too."""
    counts = Counter(package.removed)
    for part in package.parts:
        if part.kind == "package":
            nested = package.nested(part)
            counts += _removed(nested)
            nested.close()
        elif part.kind == "chunk":
            counts += Counter(chunks.member(package, part, "").removed)
    return counts
