"""The cells of a CSV or xlsx list, as text: small, strict, and without openpyxl.

For lists that people keep (known values, keep lists), not for documents: formulas give their
stored values, and are an error where there is none; formats and empty cells are left out.
Messages give positions, never text.
"""

from __future__ import annotations

import csv
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Any

from lxml import etree

from deid.errors import ListError
from deid.regexes import Regex

Row = tuple[int, Mapping[int, str]]
"""Number of the row, and its cells that are not empty, by column; both count from 1."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SCIENTIFIC = Regex(r"[0-9]+(?:\.[0-9]+)?[Ee]\+?[0-9]+")
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError),
    *(LookupError, ValueError, ArithmeticError, RuntimeError),
)
_MAX_UNPACKED = 512 * 1024 * 1024  # bytes; no list of people is longer, an archive bomb is


def read_tables(content: bytes) -> list[list[Row]]:
    """The rows of each sheet (of a CSV file: of the one). ListError when the content is neither."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ListError("an encrypted workbook or an old .xls", hint="save it as .xlsx without a password")
    return list(_xlsx_sheets(content)) if content.startswith(b"PK") else [list(_csv_rows(content))]


def _csv_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;，|", key=first.count)
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, {i: cell.strip() for i, cell in enumerate(cells, start=1) if cell.strip()}
    except csv.Error:
        hint = "are all quotation marks closed?"
        raise ListError(f"row {number + 1}: not readable as CSV", hint=hint) from None


def _decoded(content: bytes) -> str:
    named = [encoding for bom, encoding in _BOMS if content.startswith(bom)]
    for encoding in named or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListError("neither UTF-8 nor GB18030 text, nor an xlsx workbook")


def _xlsx_sheets(content: bytes) -> Iterator[list[Row]]:
    """The rows of each sheet; a minimal reader, so that openpyxl is not needed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(info.file_size for info in package.infolist()) > _MAX_UNPACKED:
                raise ListError("the workbook is too large")
            parts = {name.lower(): name for name in package.namelist()}
            strings: list[str] = []
            if "xl/sharedstrings.xml" in parts:
                with package.open(parts["xl/sharedstrings.xml"]) as part:
                    strings = [_rich_text(item) for item in _elements(part, "si")]
            for sheet, target in enumerate(_sheet_parts(package), start=1):
                with package.open(parts[target.lower()]) as part:
                    yield list(_sheet_rows(part, strings, f"sheet{sheet}/" if sheet > 1 else ""))
    except _DAMAGE:
        raise ListError("a damaged or encrypted workbook") from None


def _sheet_parts(package: zipfile.ZipFile) -> list[str]:
    relations = {
        element.get("Id"): element.get("Target", "")
        for element in _tree(package.read("xl/_rels/workbook.xml.rels")).iterfind("{*}Relationship")
        if element.get("Type", "").endswith("/worksheet")
    }
    sheets = _tree(package.read("xl/workbook.xml")).iterfind("{*}sheets/{*}sheet")
    targets = [
        relations.get(value) for sheet in sheets for name, value in sheet.items() if name.endswith("}id")
    ]
    return [posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for target in targets if target]


def _tree(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _elements(part: IO[bytes], tag: str) -> Iterator[Any]:
    for _, element in etree.iterparse(part, tag=f"{{*}}{tag}", resolve_entities=False, no_network=True):
        yield element
        element.clear()


def _sheet_rows(part: IO[bytes], strings: list[str], prefix: str) -> Iterator[Row]:
    number = 0
    for element in _elements(part, "row"):
        number = int(element.get("r", number + 1))
        cells: dict[int, str] = {}
        column = 0
        for cell in element.iterfind("{*}c"):
            column = _column(cell.get("r", "")) or column + 1
            if _has_no_result(cell):
                raise ListError(
                    f"{prefix}row {number}, column {column}: a formula without a result",
                    hint="open the file in Excel or WPS and save it",
                )
            if text := _cell_text(cell, strings).strip():
                cells[column] = text
        yield number, cells


def _has_no_result(cell: Any) -> bool:
    """Whether nobody has reckoned a formula: programs that write xlsx files leave that to Excel."""
    return cell.find("{*}f") is not None and cell.get("t") != "str" and not cell.findtext("{*}v")


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _cell_text(cell: Any, strings: list[str]) -> str:
    kind, raw = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if kind == "inlineStr":
        return _rich_text(cell)
    if kind == "s":
        return strings[int(raw)]
    if kind in ("b", "e"):
        return ""
    if kind == "n" and _SCIENTIFIC.fullmatch(raw):
        number = Decimal(raw)  # 1.3800138E10 is a phone; from 1E15 on, Excel has lost digits
        return f"{number:f}" if number < 10**15 else raw
    return raw.removesuffix(".0") if kind == "n" else raw


def _rich_text(element: Any) -> str:
    """The text of all runs, without the phonetic guides over them."""
    return "".join(t.text or "" for t in element.iter("{*}t") if not t.getparent().tag.endswith("}rPh"))
