"""Reading written files again, for the check before publication.

On purpose nothing here is shared with the code that reads and writes documents: other
parsers (expat, csv-less text, json), other walks; but for the lists of what Office calls its
own things. Every element, attribute, comment and entry name of a package is read, and packages
inside it. Skipped is what has both the place and the form of an identifier that Office makes:
schemas, revision numbers, theme fonts, keywords. A record number of eight digits may look like
one of these, and somebody may be called Center; no file could be published then. Longer numbers
are found there too, and keywords where a person could have written them: in titles, names of
shapes and sheets, fields, cells.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib import import_module
from xml.parsers import expat

from deid.errors import UnreadableDocument
from deid.formats.files import opened
from deid.formats.proofreading.office import strings_of_package
from deid.formats.proofreading.plain import strings_of_plain

_READERS = {
    "pdf": ("pdf", "strings_of"),
    **dict.fromkeys(("png", "jpg", "tif", "webp", "bmp"), ("pictures", "strings_of_file")),
    **dict.fromkeys(("html", "xml", "svg"), ("markup", "strings_of")),
    "css": ("markup", "strings_of_style"),
    "rtf": ("rtf", "strings_of"),
    **dict.fromkeys(("odt", "ods", "odp", "odg"), ("odf", "strings_of_package")),
    **dict.fromkeys(("fodt", "fods", "fodp", "fodg"), ("odf", "strings_of_xml")),
    "parquet": ("parquet", "strings_of"),
    "sql": ("sql", "strings_of"),
    "sqlite": ("sqlite", "strings_of"),
    "eml": ("mail", "strings_of"),
    "mbox": ("mail", "strings_of_box"),
    **dict.fromkeys(("vcf", "ics"), ("vcf", "strings_of")),
    **dict.fromkeys(("zip", "epub"), ("members", "strings_of_archive")),
    "tar": ("members", "strings_of_tar"),
    **dict.fromkeys(("gz", "bz2", "xz"), ("members", "strings_of_packed")),
}
"""Format → module and function that read it again; any other is a package of Office, or text."""
_SHORT, _REMEMBERED = 100, 200_000
"""Characters of strings that are given once, and how many of them are remembered."""


def text_of(path: str, format: str = "") -> Iterator[str]:
    """Every string in a file: as it stands and decoded, in pieces and joined; short ones once.

    Raises UnreadableDocument when the file cannot be read; then it must not be published.
    """
    seen: set[str] = set()
    for text in _strings(path, format):
        if len(text) > _SHORT:
            yield text
        elif text not in seen:
            if len(seen) < _REMEMBERED:
                seen.add(text)
            yield text


def _strings(path: str, format: str) -> Iterator[str]:
    try:
        with opened(path) as handle:
            if not format and handle.read(5) == b"%PDF-":
                format = "pdf"
            if format in _READERS:
                module, name = _READERS[format]
                yield from getattr(import_module(f"deid.formats.proofreading.{module}"), name)(path)
                return
            handle.seek(0)
            if zipfile.is_zipfile(handle):
                handle.seek(0)
                yield from strings_of_package(handle, 0)
                return
            handle.seek(0)
            yield from strings_of_plain(handle, format)
    except (zipfile.BadZipFile, OSError, EOFError, expat.ExpatError, RecursionError) as error:
        raise UnreadableDocument(f"the written file cannot be read ({type(error).__name__})") from None
