"""What cells of worksheets say, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from deid.formats.numbers import plain_number
from deid.formats.ooxml import formulas
from deid.formats.ooxml.book import Book, string_text
from deid.formats.ooxml.formulas import column_letters, column_number
from deid.formats.ooxml.markup import decoded
from deid.formats.ooxml.numberformats import iso_date
from deid.formats.ooxml.package import Package
from deid.formats.ooxml.rows import PlainCell
from deid.formats.ooxml.xml import Element, names
from deid.formats.reckoning import reckoned

_NUMBER = re.compile(r"[+\-]?[0-9]*\.?[0-9]*(?:[eE][+\-]?[0-9]+)?")
_ERRORS = names(
    "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT!"
    " #UNKNOWN! #BUSY! #PYTHON! #TIMEOUT! #EXTERNAL!"
)


def row_number(row: Element, before: int, package: Package) -> int:
    """The number of a row, from 1; it may be left out in the file."""
    written = row.get("r")
    if written is None:
        return before + 1
    if not written.isdigit():
        raise package.corrupt("a row has no number")
    return int(written)


def position(cell: Element, number: int, before: int, package: Package) -> tuple[str, int]:
    """The reference of a cell and its column, from 1; both may be left out in the file."""
    reference = cell.get("r")
    if reference is None:
        return f"{column_letters(before + 1)}{number}", before + 1
    letters = reference.rstrip("0123456789")
    column = column_of(letters)
    if not column or reference != f"{letters}{number}":
        raise package.corrupt("a cell stands in the wrong row")
    return reference, column


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """A column by its letters, from 1; 0 where they name none."""
    return column_number(letters) if re.fullmatch("[A-Z]{1,3}", letters) else 0


def cell_text(cell: Element, book: Book) -> tuple[str, bool]:
    """What a cell shows (a date as ISO text), and whether it holds a number that is no date."""
    if is_code(cell.get("s"), book):
        return "", False
    kind = cell.get("t", "n")
    value = formula = ""
    for child in cell:
        name = child.tag[-3:]
        if name == "}is":
            return string_text(child), False
        if name[-2:] == "}v":
            value = child.text or value
        elif name[-2:] == "}f":
            formula = child.text or ""
    if formula and value in ("", "0") and (result := _result(formula, book)):
        return result, _NUMBER.fullmatch(result) is not None
    return _value(kind, cell.get("s") or "0", value, book) if value else ("", False)


def _result(formula: str, book: Book) -> str:
    """What a formula gives to whoever opens the file, where that is not just its texts one after the other."""
    result = reckoned(formula)
    joined = "".join(text for _, text in formulas.literals(formula, book.names)) if result else ""
    return result if result != joined else ""


def plain_text(cell: PlainCell, book: Book) -> tuple[str, bool]:
    """The same as `cell_text`, of a cell of a plain row."""
    _, _, style, kind, _, text, value = cell
    if book.codes and is_code(style, book):
        return "", False
    if not value:
        return decoded(text), False
    return (value, False) if kind == "inlineStr" else _value(kind or "n", style or "0", value, book)


def says_itself(cell: Element) -> bool:
    """Whether a cell holds its own text: then no program shows a value beside it."""
    return cell.get("t") == "inlineStr" and any(
        child.tag[-3:] == "}is" and string_text(child) for child in cell
    )


def is_code(style: str | None, book: Book) -> bool:
    """Whether a cell of a style shows a bar code: what it says goes."""
    return int(style or 0) in book.codes


def number_source(source: str) -> str:
    """The block of the number of a cell that shows other figures; `source` is that of what it shows."""
    return f"{source}#"


def stored_number(cell: Element, book: Book) -> str:
    """The number of a cell that shows other figures, '' for the others."""
    if not book.formats:
        return ""
    value = next((child.text or "" for child in cell if child.tag[-2:] == "}v"), "")
    return number_behind(cell.get("t", "n"), cell.get("s") or "0", value, book)


def number_behind(kind: str, style: str, value: str, book: Book) -> str:
    """The same of a value."""
    if not (book.formats and value and kind == "n"):
        return ""
    plain = plain_number(value)
    return plain if book.shown(style, plain) else ""


def _value(kind: str, style: str, value: str, book: Book) -> tuple[str, bool]:
    """What a value shows, and whether it is a number that is no date."""
    if kind == "s":
        return book.strings[int(value)], False
    if kind == "n":
        if int(style) < len(book.dates) and book.dates[int(style)]:
            return iso_date(float(value), book.from_1904) or plain_number(value), False
        plain = plain_number(value)
        if book.formats and (shown := book.shown(style, plain)):
            return shown, False
        return plain, _NUMBER.fullmatch(plain) is not None
    if (kind == "b" and value in ("0", "1")) or (kind == "e" and value in _ERRORS):
        return "", False
    return decoded(value), False
