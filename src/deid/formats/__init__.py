"""Files as documents: `read` gives text blocks, `write` the same file with edits put in.

One module per format; each imports its libraries only when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from os import PathLike, fspath
from types import ModuleType

from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats.edits import Edit, edits
from deid.formats.files import Held
from deid.formats.options import DEFAULT, Options
from deid.formats.rows import Done
from deid.formats.sniffing import FORMATS, OPEN_DOCUMENT, sniff
from deid.formats.unlocking import unlocked
from deid.types import Document

__all__ = [
    "FORMATS",
    "JOINED",
    "WITH_SHEETS",
    "Edit",
    "Options",
    "edits",
    "join",
    "read",
    "sniff",
    "text_of",
    "write",
]

JOINED = frozenset(("csv", "tsv"))
"""Formats of which each row can be written by itself."""
WITH_SHEETS = frozenset(("docx", "xlsx", "pptx"))
"""Formats of which some rows can; in documents and slides they are those of embedded workbooks."""

_MODULES = {
    "txt": "plain",
    "sql": "sql",
    "md": "markdown",
    "csv": "delimited",
    "tsv": "delimited",
    "json": "jsontext",
    "jsonl": "jsontext",
    **dict.fromkeys(("html", "xml", "svg", "css"), "markup"),
    "rtf": "rtf",
    "eml": "mail",
    "mbox": "mbox",
    **dict.fromkeys(("vcf", "ics"), "vcf"),
    **dict.fromkeys(("zip", "tar", "epub", "gz", "bz2", "xz"), "archives"),
    "xlsx": "xlsx",
    "docx": "docx",
    "pptx": "pptx",
    **dict.fromkeys(OPEN_DOCUMENT, "odf"),
    **dict.fromkeys(("doc", "xls", "ppt"), "legacy"),
    "sqlite": "sqlite",
    "parquet": "parquet",
    "msg": "msg",
    "pdf": "pdf",
    **dict.fromkeys(("png", "jpg", "tif", "webp", "bmp"), "images"),
}


def read(path: str | PathLike[str], *, ref: str, options: Options = DEFAULT, name: str = "") -> Document:
    """The document in a file, by its content, or as what `name` says that it is.

    An Office file with one of the passwords in `options` is decrypted in memory. Raises
    UnsupportedDocument for a kind of file that deid does not know, EncryptedDocument for one that no
    password opens, and UnreadableDocument when it is empty, corrupt or undecodable; some faults show
    only when the blocks are read.
    """
    place = unlocked(fspath(path), ref, options.passwords)
    name = name or sniff(place, ref=ref)
    module = _module(name)
    if name in ("tsv", "jsonl", "html", "xml", "svg", "css", "ics"):
        document: Document = module.read(place, ref, name=name)
    elif name in (
        "pdf",
        "eml",
        "mbox",
        "doc",
        "xls",
        "ppt",
        "sql",
        "sqlite",
        "parquet",
        "msg",
        "docx",
        "xlsx",
        "pptx",
    ):
        document = module.read(place, ref, options)
    elif name in ("zip", "tar", "epub", "gz", "bz2", "xz"):
        document = module.read(place, ref, options, name=name)
    else:
        document = module.read(place, ref)
    if isinstance(place, Held) and place is not path:
        return _without_password(document)
    return document


def _without_password(document: Document) -> Document:
    removed = {**document.details.get("removed", {}), "password": 1}
    return replace(document, details={**document.details, "removed": removed})


def write(
    document: Document,
    edits: Mapping[str, Sequence[Edit]],
    path: str | PathLike[str],
    *,
    done: Done | None = None,
) -> None:
    """The document's file, read again, with edits by source put in, at `path`. Of formats `WITH_SHEETS` rows may be
    `done` already.

    Raises UnreadableDocument if the file changed since `read`, UnwritableDocument if an edit
    cannot be made. A full disk stays an OSError. What was begun at `path` is the caller's to remove.
    """
    more = (done,) if document.format in WITH_SHEETS else ()
    _write(document, lambda: _module(document.format).write(document, edits, fspath(path), *more))


def join(document: Document, texts: Iterable[str], path: str | PathLike[str]) -> None:
    """The same of a table of which the rows are edited already; of one of the formats `JOINED`."""
    _write(document, lambda: _module(document.format).join(document, texts, fspath(path)))


def _write(document: Document, write: Callable[[], None]) -> None:
    try:
        write()
    except (UnreadableDocument, UnwritableDocument):
        raise
    except OSError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # The message may hold text of the document.
        raise UnwritableDocument(f"{document.ref}: cannot be written ({type(error).__name__})") from None


def text_of(path: str | PathLike[str], *, format: str = "") -> Iterator[str]:
    """Every string of a written file, for checking it; shares no code with the writers.

    Without `format` the content decides.
    """
    from deid.formats.proofreading import text_of

    if not format:
        try:
            format = sniff(path)
        except UnsupportedDocument:  # what anybody made by hand is read as far as it goes
            format = ""
    return text_of(fspath(path), format)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{_MODULES[name]}")
