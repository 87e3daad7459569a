"""OpenDocument (ISO/IEC 26300, ODF 1.3): odt, ods, odp, odg, their templates, and the flat form of each.

Every part of the package is read; pictures are read by OCR or become blank. Macros, signatures,
thumbnails, old versions, embedded files and fonts are left out and counted.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from deid.formats.edits import Edit
from deid.formats.files import created, opened
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.barcodes import CodeStyles, common_styles, without_codes
from deid.formats.odf.chunks import Event, NotXml, events
from deid.formats.odf.flat import Flat
from deid.formats.odf.hiding import HidingStyles, common_hiding
from deid.formats.odf.package import DAMAGED, Package, Part
from deid.formats.odf.reading import Reader
from deid.formats.odf.results import Sheets
from deid.formats.odf.sites import Places, sheet_source
from deid.formats.odf.squares import Fills, common_fills, squares_of, without_squares
from deid.formats.odf.writing import rewrite
from deid.formats.ooxml.formulas import sheet_name
from deid.formats.pictures import blocks_in, is_readable, painted_or_blank
from deid.formats.stacking import with_stacks
from deid.formats.stamp import check_unchanged, stamp
from deid.types import Document, TextBlock, splice

_TITLES = {
    "content.xml": "document",
    "styles.xml": "styles",
    "meta.xml": "properties",
    "settings.xml": "settings",
}

_FORMULA = b":formula="
_BLOCK = 1 << 20  # bytes


def read(path: str, ref: str) -> Document:
    """`details["removed"]` counts what is left out, by kind.

    Raises UnreadableDocument when encrypted, damaged or too large.
    """
    details: dict[str, Any] = stamp(path, ref) | {"removed": {}}
    package = _opened(path, ref, details)
    try:
        document = Document(ref, package.format, path, partial(_blocks, path, ref, details), details)
        places = _places(package, _sheets(package))
        places.removed.update(package.removed)
        for part in package.parts:
            if part.kind == "xml":
                for event, element in _events(package, part, places):
                    if event == "chunk":
                        places.cleaned(element)
            else:
                places.removed["picture"] += not is_readable(package.read(part)[:12])
        details["removed"] = dict(+places.removed)
    finally:
        package.close()
    return document


def write(document: Document, edits: Mapping[str, Sequence[Edit]], path: str) -> None:
    check_unchanged(document.path, document.details, document.ref)
    package = _opened(document.path, document.ref, document.details)
    try:
        with created(path) as handle:
            if isinstance(package, Flat):
                places = _places(package, _renamed(_sheets(package), edits))
                sheets = _edited_sheets(package, edits)
                rewrite(_events(package, package.parts[0], places), places, edits, handle, sheets)
                return
            with zipfile.ZipFile(handle, "w") as target:
                _write(package, document, edits, target)
    finally:
        package.close()


def _opened(path: str, ref: str, details: Mapping[str, Any]) -> Package | Flat:
    with opened(path) as handle:
        is_package = handle.read(2) == b"PK"
    return Package(path, ref) if is_package else Flat(path, ref, details["size"])


def _write(
    package: Package, document: Document, edits: Mapping[str, Sequence[Edit]], target: zipfile.ZipFile
) -> None:
    target.writestr(zipfile.ZipInfo("mimetype"), package.mimetype.encode())
    places = _places(package, _renamed(_sheets(package), edits))
    sheets = _edited_sheets(package, edits)
    types: dict[str, str] = {}
    withheld = 0
    for part in package.parts:
        if part.kind == "xml":
            content = BytesIO()
            rewrite(
                _events(package, part, places),
                places,
                edits,
                content,
                sheets if part == package.parts[0] else None,
            )
            data = content.getvalue()
        else:
            old, kind = package.read(part), "jpg" if part.name.lower().endswith((".jpg", ".jpeg")) else "png"
            data, is_shown = painted_or_blank(old, edits, f"picture:{part.number}", kind)
            withheld += is_readable(old[:12]) and not is_shown
            types[part.written] = "image/jpeg" if kind == "jpg" else "image/png"
        target.writestr(zipfile.ZipInfo(part.written), data, zipfile.ZIP_DEFLATED)
    target.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), package.manifest(types), zipfile.ZIP_DEFLATED)
    if withheld:
        document.details["removed"]["withheld picture"] = withheld


def _blocks(path: str, ref: str, details: Mapping[str, Any]) -> Iterator[TextBlock]:
    check_unchanged(path, details, ref)
    package = _opened(path, ref, details)
    try:
        places = _places(package, _sheets(package))
        for name in places.sheets:
            yield TextBlock(sheet_source(places.sheets, name), name, "name of a sheet")
        for part in package.parts:
            if part.kind == "xml":
                title = _TITLES.get(part.name, f"part {part.number}")
                yield from with_stacks(Reader(places, title).blocks(_events(package, part, places)))
            else:
                yield from blocks_in(package.read(part), f"picture:{part.number}", f"picture {part.number}")
    finally:
        package.close()


def _places(package: Package | Flat, sheets: Mapping[str, str]) -> Places:
    styles = next((part for part in package.parts if part.name == "styles.xml"), None)
    codes = common_styles(_parsed(package, styles)) if styles else CodeStyles()
    hiding = common_hiding(_parsed(package, styles)) if styles else HidingStyles()
    fills = common_fills(_parsed(package, styles)) if styles else Fills()
    squares = {
        part.name: squares_of(_parsed(package, part), fills) for part in package.parts if part.kind == "xml"
    }
    return Places(package.names, sheets, codes=codes, hiding=hiding, squares=squares)


def _sheets(package: Package | Flat) -> dict[str, str]:
    """The names of all sheets, in order."""
    found: dict[str, str] = {}
    if package.format.endswith("ods"):
        for part in package.parts:
            if part.kind == "xml":
                for _, element in _parsed(package, part):
                    for table in element.iter(odf.full("table:table")):
                        name = table.get(odf.full("table:name"), "")
                        found[name] = name
    return found


def _renamed(sheets: Mapping[str, str], edits: Mapping[str, Sequence[Edit]]) -> dict[str, str]:
    """Old name → new name: legal, and no two alike."""
    new = dict(sheets)
    for name in sheets:
        changes = edits.get(sheet_source(sheets, name))
        if changes:
            taken = {other.casefold() for old, other in new.items() if old != name}
            new[name] = sheet_name(splice(name, changes), taken)
    return new


def _edited_sheets(package: Package | Flat, edits: Mapping[str, Sequence[Edit]]) -> Sheets | None:
    """Which cells of a workbook are edited, where it has formulas."""
    content = package.parts[0]
    if not edits or not package.format.endswith("ods") or not _has_formulas(package, content):
        return None
    places = _places(package, _renamed(_sheets(package), edits))
    sheets = Sheets(places.sheets)
    sheets.note(_events(package, content, places), places, edits)
    return sheets


def _has_formulas(package: Package | Flat, part: Part) -> bool:
    before = b""
    with package.open(part) as handle:
        while data := handle.read(_BLOCK):
            if _FORMULA in before + data:
                return True
            before = data[-len(_FORMULA) :]
    return False


def _events(package: Package | Flat, part: Part, places: Places) -> Iterator[Event]:
    """Of a part, without bar codes and codes of squares."""
    found = without_squares(_parsed(package, part), places.squares[part.name], places.removed)
    return without_codes(found, places.codes, places.removed)


def _parsed(package: Package | Flat, part: Part) -> Iterator[Event]:
    try:
        with package.open(part) as handle:
            yield from events(handle)
    except (NotXml, *DAMAGED):
        raise package.corrupt() from None
