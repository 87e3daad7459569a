"""Worksheets, row by row: cells as blocks, and rows written again with edits put in.

Sheets may have millions of cells, so rows are never in memory together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import IO, NamedTuple

from lxml import etree

from deid.formats.delimited import joined_block
from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.formats.ooxml import formulas
from deid.formats.ooxml.book import Book, Edited, forget, keep_runs, stream, string_text
from deid.formats.ooxml.formulas import Names, areas, column_letters, column_number
from deid.formats.ooxml.markup import Edits, Scope, Walk, apply, decoded
from deid.formats.ooxml.numberformats import iso_date
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.paragraphs import blocks as tree_blocks
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import Element, clean, is_declared, local, short
from deid.formats.tables import labelled, split_numbers
from deid.types import Cell, TextBlock, splice

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW_ATTRIBUTES = frozenset(
    [
        "r",
        "spans",
        "s",
        "customFormat",
        "ht",
        "hidden",
        "customHeight",
        "outlineLevel",
        "collapsed",
        "thickTop",
        "thickBot",
        "ph",
        "dyDescent",
    ]
)
_CELL_ATTRIBUTES = frozenset(["r", "s", "t", "cm", "vm", "ph"])
_ROOT_ATTRIBUTES = frozenset({"Ignorable", "uid"})


class CellText(NamedTuple):
    """`column` counts from 0, `reference` is `B7`; `literals` are texts inside the formula."""

    column: int
    reference: str
    text: str
    is_number: bool
    literals: tuple[tuple[int, str], ...]


class RowText(NamedTuple):
    number: int
    cells: tuple[CellText, ...]


def blocks(package: Package, part: Part, book: Book, scope: Scope) -> Iterator[TextBlock]:
    """The cells of a sheet, then what stands around them (headers, validations, links)."""
    walk = Walk(part, scope)
    number = book.number(part)
    base = f"{scope.prefix}{part.number}!"
    roots: list[Element] = []
    for row, labels in labelled(
        _read(package, part, book, roots), lambda row: [(c.column, c.text) for c in row.cells]
    ):
        table = Cell(str(number), row.number - 1, 0)
        for cell in row.cells:
            if cell.text.strip() and (not cell.is_number or len(cell.text) > 4 or cell.column in labels):
                where = f"sheet {number}!{cell.reference}"
                place = Cell(table.sheet, table.row, cell.column)
                yield TextBlock(base + cell.reference, cell.text, where, labels.get(cell.column, ()), place)
            for index, text in cell.literals:
                yield TextBlock(
                    f"{base}{cell.reference}'{index}", text, f"sheet {number}!{cell.reference}, formula"
                )
        texts = [(cell.column, cell.text) for cell in row.cells]
        for parts in split_numbers(texts, labels):
            where = f"sheet {number}!{row.cells[parts[0][0]].reference}"
            yield joined_block(
                parts, texts, [base + cell.reference for cell in row.cells], labels, table, where
            )
    for branch in _around(roots[0], part):
        yield from tree_blocks(branch, walk.walk(branch), walk, scope.names)


def _around(root: Element, part: Part) -> Iterator[Element]:
    """The children of a worksheet but its rows."""
    tidy(root, part)
    for child in root.iterchildren("*"):
        if short(child.tag) != "x:sheetData":
            yield child


def _read(package: Package, part: Part, book: Book, roots: list[Element]) -> Iterator[RowText]:
    """Rows as plain values; `roots` gets the tree without them when all are read."""
    number = 0
    try:
        with package.open(part) as handle:
            for element in stream(handle, "row", "worksheet"):
                if local(element.tag) == "worksheet":
                    if is_declared(element):
                        raise package.corrupt("a sheet declares a document type")
                    roots.append(element)
                    continue
                number = _row_number(element, number, package)
                yield RowText(number, tuple(_cells(element, number, book, package)))
                forget(element)
    except (etree.XMLSyntaxError, ValueError, IndexError):
        raise package.corrupt(f"{part.title} is damaged near row {number}") from None
    if not roots:
        raise package.corrupt(f"{part.title} is no worksheet")


def _row_number(row: Element, before: int, package: Package) -> int:
    written = row.get("r")
    if written is None:
        return before + 1
    if not written.isdigit():
        raise package.corrupt("a row has no number")
    return int(written)


def _cells(row: Element, number: int, book: Book, package: Package) -> Iterator[CellText]:
    column = 0
    for cell in row:
        if cell.tag[-2:] != "}c":
            continue
        reference, column = _position(cell, number, column, package)
        formula = next((child.text for child in cell if child.tag[-2:] == "}f"), None)
        literals = tuple(formulas.literals(formula, book.names)) if formula else ()
        text, is_number = cell_text(cell, book)
        yield CellText(column - 1, reference, text, is_number, literals)


def _position(cell: Element, number: int, before: int, package: Package) -> tuple[str, int]:
    """The reference of a cell and its column, from 1; both may be left out in the file."""
    reference = cell.get("r")
    if reference is None:
        return f"{column_letters(before + 1)}{number}", before + 1
    column = _column(reference.rstrip("0123456789"))
    if not column or reference != f"{column_letters(column)}{number}":
        raise package.corrupt("a cell stands in the wrong row")
    return reference, column


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return column_number(letters) if re.fullmatch("[A-Z]{1,3}", letters) else 0


def cell_text(cell: Element, book: Book) -> tuple[str, bool]:
    """What a cell shows (a date as ISO text), and whether it holds a number that is no date."""
    kind = cell.get("t", "n")
    value = ""
    for child in cell:
        name = child.tag[-3:]
        if name == "}is":
            return string_text(child), False
        if name[-2:] == "}v":
            value = child.text or ""
    if not value:
        return "", False
    if kind == "s":
        return book.strings[int(value)], False
    if kind == "n":
        style = int(cell.get("s", "0"))
        if style < len(book.dates) and book.dates[style]:
            return iso_date(float(value), book.from_1904) or plain_number(value), False
        return plain_number(value), True
    if (kind == "b" and value in ("0", "1")) or (kind == "e" and value[0] == "#" and value.isascii()):
        return "", False
    return decoded(value), False


class SheetWriter:
    """Writes one sheet. Cells whose edits take their value become text of their own.

    A formula goes when its result is edited, since it would bring the result back. Where it
    reads an edited cell its stored result goes, and the reader's program reckons it anew.
    """

    def __init__(self, package: Package, part: Part, book: Book, edits: Edits, scope: Scope) -> None:
        self.package = package
        self.part = part
        self.book = book
        self.edits = edits
        self.scope = scope
        self.base = f"{scope.prefix}{part.number}!"
        index = book.number(part) - 1
        self.own = book.sheet_names[index].casefold() if index >= 0 else ""
        self._masters: dict[str, tuple[str, int, int]] = {}
        self._without: set[str] = set()  # shared formulas whose master is gone

    def write(self, out: IO[bytes]) -> None:
        walk = Walk(self.part, self.scope)
        root: Element = None
        number = 0
        with self.package.open(self.part) as handle:
            for element in stream(handle, "row", "worksheet"):
                if local(element.tag) == "worksheet":
                    root = element
                    continue
                if not number:
                    first = element.getparent().getparent()
                    declared = _declarations(first)
                    _write_start(out, first)
                    self._write_children(out, first, walk, declared, before=True)
                    out.write(b"<sheetData>" if not first.prefix else f"<{first.prefix}:sheetData>".encode())
                number = _row_number(element, number, self.package)
                self._row(element, number)
                out.write(
                    etree.tostring(element, encoding="UTF-8", with_tail=False).replace(declared, b"", 1)
                )
                forget(element)
        prefix = f"{root.prefix}:" if root.prefix else ""
        if not number:
            declared = _declarations(root)
            _write_start(out, root)
            self._write_children(out, root, walk, declared, before=True)
            out.write(f"<{prefix}sheetData>".encode())
        out.write(f"</{prefix}sheetData>".encode())
        self._write_children(out, root, walk, declared, before=False)
        out.write(f"</{prefix}worksheet>".encode())

    def _write_children(
        self, out: IO[bytes], root: Element, walk: Walk, declared: bytes, *, before: bool
    ) -> None:
        tidy(root, self.part)
        passed = False
        for child in root.iterchildren("*"):
            if short(child.tag) == "x:sheetData":
                passed = True
            elif passed != before:
                apply(walk.walk(child), self.edits, self.scope)
                out.write(etree.tostring(child, encoding="UTF-8", with_tail=False).replace(declared, b"", 1))

    def _row(self, row: Element, number: int) -> None:
        for key in set(row.attrib) - _ROW_ATTRIBUTES:
            if local(key) not in _ROW_ATTRIBUTES:
                del row.attrib[key]
        column = 0
        for cell in row:
            if cell.tag[-2:] != "}c":
                row.remove(cell)
                continue
            reference, column = _position(cell, number, column, self.package)
            if len(cell.attrib) > 3:
                for key in set(cell.attrib) - _CELL_ATTRIBUTES:
                    del cell.attrib[key]
            self._cell(cell, number, column, self.base + reference)

    def _cell(self, cell: Element, number: int, column: int, source: str) -> None:
        formula: Element = None
        value: Element = None
        for child in cell:
            name = local(child.tag)
            if name == "f":
                formula = child
            elif name == "v":
                value = child
            elif name == "is":
                keep_runs(child)
            else:
                cell.remove(child)
        changes = self.edits.get(source)
        if formula is not None:
            keeps = self._formula(cell, formula, number, column, source, bool(changes))
            if (
                keeps
                and not changes
                and value is not None
                and self._stale(formula, cell.get("t"), number, column)
            ):
                cell.remove(value)
                self._edited().add(number, column)
        if changes:
            self._replace(cell, changes)
        elif cell.get("t") == "s" and value is not None and value.getparent() is not None:
            self.book.used[int(value.text)] = 1

    def _edited(self) -> Edited:
        return self.book.edited.setdefault(self.own, Edited())

    def _formula(
        self, cell: Element, formula: Element, row: int, column: int, source: str, edited: bool
    ) -> bool:
        """Rewrite or remove a formula; whether it stays."""
        group = formula.get("si", "") if formula.get("t") == "shared" else ""
        text = formula.text or ""
        if edited or group in self._without or (text and formulas.is_external(text)):
            if group:
                self._without.add(group)
            cell.remove(formula)
            for name in ("cm", "vm"):
                cell.attrib.pop(name, None)
            return False
        if text:
            if group:
                self._masters[group] = (text, row, column)
            changes = self._literal_changes(text, source)
            if changes or self.book.names.changed:
                formula.text = clean(formulas.rewritten(text, self.book.names, changes))
        return True

    def _literal_changes(self, text: str, source: str) -> dict[int, Sequence[Edit]]:
        if not self.edits:
            return {}
        return {
            index: self.edits[f"{source}'{index}"]
            for index, _ in formulas.literals(text, self.book.names)
            if f"{source}'{index}" in self.edits
        }

    def _stale(self, formula: Element, kind: str | None, row: int, column: int) -> bool:
        """Whether the stored result may have come from cells that are edited."""
        if not self.book.edited:
            return False
        text, down, across = formula.text or "", 0, 0
        if formula.get("t") == "shared" and formula.get("si", "") in self._masters:
            text, top, left = self._masters[formula.get("si", "")]
            down, across = row - top, column - left
        is_text = kind == "str"
        if is_text and ("[" in text or _calls_name(text, self.book.names)):
            return True
        for area in areas(text, down, across):
            if not area.single and not is_text:
                continue
            name = area.sheet.casefold() or self.own
            edited = self.book.edited.get(name)
            if ":" in name or (edited and edited.meets(area)):
                return True
        return False

    def _replace(self, cell: Element, changes: Sequence[Edit]) -> None:
        """The cell as text: with its runs where it had some, otherwise plain."""
        text, _ = cell_text(cell, self.book)
        namespace = cell.tag[:-1]
        new = splice(text, changes)
        rich = self._rich(cell, text)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if not new:
            return
        cell.set("t", "inlineStr")
        holder = etree.SubElement(cell, f"{namespace}is")
        if rich is None:
            _string(etree.SubElement(holder, f"{namespace}t"), new)
            return
        position = 0
        for run in rich:
            for part in run:
                if local(part.tag) == "t":
                    length = len(decoded(part.text or ""))
                    inside = _within(changes, position, position + length)
                    _string(part, splice(decoded(part.text or ""), inside))
                    position += length
            holder.append(run)

    def _rich(self, cell: Element, text: str) -> list[Element] | None:
        """The runs of a cell's string, or None when it has one format, or escapes across runs."""
        source: Element = None
        if cell.get("t") == "s":
            value = next((child.text for child in cell if local(child.tag) == "v"), "")
            data = self.book.rich.get(int(value or -1))
            source = etree.fromstring(data) if data else None
        else:
            source = next((child for child in cell if local(child.tag) == "is"), None)
        if source is None:
            return None
        runs = [child for child in source if local(child.tag) == "r"]
        texts = [decoded(part.text or "") for run in runs for part in run if local(part.tag) == "t"]
        return runs if runs and "".join(texts) == text else None


def _within(changes: Sequence[Edit], start: int, end: int) -> list[Edit]:
    """The edits that touch a run, moved into it; the text goes into the run an edit begins in."""
    found = []
    for edit in changes:
        first, last = max(edit.start, start), min(edit.end, end)
        if first < last:
            found.append(Edit(first - start, last - start, edit.text if edit.start >= start else ""))
    return found


def _string(element: Element, text: str) -> None:
    element.text = clean(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))
    if text != text.strip() or "\n" in text:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _calls_name(formula: str, names: Names) -> bool:
    return any(
        re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", formula, re.IGNORECASE) for name in names.names
    )


def _declarations(root: Element) -> bytes:
    """The namespace declarations that lxml writes on every branch of this tree."""
    probe = etree.SubElement(root, root.tag)
    text = etree.tostring(probe, encoding="UTF-8", with_tail=False)
    root.remove(probe)
    name = f"{root.prefix}:worksheet" if root.prefix else "worksheet"
    return bytes(text[len(name) + 1 : -2])


def _write_start(out: IO[bytes], root: Element) -> None:
    kept = {
        key: value for key, value in root.attrib.items() if local(key) in _ROOT_ATTRIBUTES and value.isascii()
    }
    start = etree.tostring(etree.Element(root.tag, kept, nsmap=root.nsmap), encoding="UTF-8")
    out.write(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + start[:-2] + b">")
