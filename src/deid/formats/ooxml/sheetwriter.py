"""Worksheets written again, row by row, with edits put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import IO, NamedTuple

from lxml import etree

from deid.formats.edits import Edit
from deid.formats.ooxml import formulas
from deid.formats.ooxml.book import Book, forget, keep_runs, only_text, strip
from deid.formats.ooxml.cells import (
    cell_text,
    is_code,
    number_source,
    position,
    row_number,
    says_itself,
    stored_number,
)
from deid.formats.ooxml.formulas import Area
from deid.formats.ooxml.markup import Edits, Scope, Walk, apply, decoded, writable
from deid.formats.ooxml.numberformats import serial
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.plainrows import ATTRIBUTE, NUMBER, ROW_ATTRIBUTES, PlainRows
from deid.formats.ooxml.rows import PlainRow, SheetRows
from deid.formats.ooxml.squares import squares_of
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import (
    SPACE,
    Element,
    clean,
    local,
    names,
    short,
    usual_prefixes,
    with_usual_prefixes,
)
from deid.formats.results import Cell, Edited, Left, columns_of, edited_of, is_stale, left_of, left_of_many
from deid.formats.rows import Done
from deid.types import splice

_TOGETHER = 256
"""Rows that are written at once."""
_USED = re.compile(rb' t="s"><v>([0-9]+)</v>')
"""A cell with a shared string, in a row that was written."""
_CELL_ATTRIBUTES = names("r s t cm vm ph")
_ROOT_ATTRIBUTES = frozenset({"Ignorable", "uid"})
_FORMULA_ATTRIBUTES = names("t aca ref dt2D dtr del1 del2 r1 r2 ca si bx")
_FORMULA_ATTRIBUTE = re.compile(
    r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?|[0-9]{1,6}|true|false|normal|array|dataTable|shared"
)


class Place(NamedTuple):
    """Where a formula stands, what it said and which cells it reads."""

    row: int
    column: int
    formula: str
    read: tuple[Area, ...]


class SheetWriter:
    """Writes one sheet. Cells whose edits take their value become text of their own.

    A formula goes when its result is edited, since it would bring the result back. Where it
    reads an edited cell, or holds an edited text or date, its stored result goes, and the reader's
    program reckons it anew, where it can (`left_of`). Rows that are `done` are written as they are. `codes` counts the cells that showed bar codes, and the codes that cells drew.
    """

    def __init__(
        self, package: Package, part: Part, book: Book, edits: Edits, scope: Scope, done: Done | None = None
    ) -> None:
        self.package = package
        self.part = part
        self.book = book
        self.edits = edits
        self.scope = scope
        self._done = done
        self.base = f"{scope.prefix}{part.number}!"
        index = book.number(part) - 1
        self.own = book.sheet_names[index].casefold() if index >= 0 else ""
        self._renamed = book.names.changed
        listed = "|".join(map(re.escape, book.names.names))
        self._called = re.compile(rf"(?<![\w.])(?:{listed})(?![\w.(])", re.IGNORECASE) if listed else None
        self._squares = squares_of(package, part, book)
        self.codes = int(bool(self._squares))
        self._masters: dict[str, tuple[str, int, int]] = {}
        self._without: set[str] = set()  # shared formulas whose master is gone
        self._changed: set[str] = set()  # and those in which something was edited

    def write(self, out: IO[bytes]) -> None:
        walk = Walk(self.part, self.scope)
        number = 0
        rows: list[bytes] = []
        with self.package.open(self.part) as handle:
            found = SheetRows(handle)
            for row in found:
                if not number:
                    first = found.opened(row)
                    declared = _declarations(first)
                    prefix = _write_start(out, first)
                    self._write_children(out, first, walk, declared, before=True)
                    out.write(f"<{prefix}sheetData>".encode())
                    plain = PlainRows(self.book, self.base, first, {row for row, _ in self._squares})
                is_plain = isinstance(row, PlainRow)
                number = row.number if is_plain else row_number(row, number, self.package)
                written = self._plain(row, plain) if is_plain else None
                if written is None:
                    element = found.element(row) if is_plain else row
                    self._row(element, number)
                    written = _branch(element, declared)
                    forget(element)
                rows.append(written)
                if len(rows) == _TOGETHER:
                    out.write(b"".join(rows))
                    rows.clear()
            root = found.root
        out.write(b"".join(rows))
        if not number:
            declared = _declarations(root)
            prefix = _write_start(out, root)
            self._write_children(out, root, walk, declared, before=True)
            out.write(f"<{prefix}sheetData>".encode())
        out.write(f"</{prefix}sheetData>".encode())
        self._write_children(out, root, walk, declared, before=False)
        out.write(f"</{prefix}worksheet>".encode())

    def _write_children(
        self, out: IO[bytes], root: Element, walk: Walk, declared: Sequence[bytes], *, before: bool
    ) -> None:
        tidy(root, self.part)
        passed = False
        for child in root.iterchildren("*"):
            if short(child.tag) == "x:sheetData":
                passed = True
            elif passed != before:
                apply(walk.walk(child), self.edits, self.scope)
                out.write(_branch(child, declared))

    def _plain(self, row: PlainRow, plain: PlainRows) -> bytes | None:
        """A plain row as it is written; None where it has to be an element for that."""
        written = self._done(self.base, row.number) if self._done else None
        if written is None:
            return plain.written(row, self.edits)
        for used in _USED.findall(written):
            self.book.used[int(used)] = 1
        return written

    def _row(self, row: Element, number: int) -> None:
        for key, written in row.attrib.items():
            if not (local(key) in ROW_ATTRIBUTES and ATTRIBUTE.fullmatch(written)):
                del row.attrib[key]
        strip(row)
        column = 0
        for cell in row:
            if cell.tag[-2:] != "}c":
                row.remove(cell)
                continue
            reference, column = position(cell, number, column, self.package)
            for key, written in cell.attrib.items():
                if key != "r" and not _is_plain(key, written):
                    del cell.attrib[key]
            self._cell(cell, number, column, self.base + reference)

    def _cell(self, cell: Element, number: int, column: int, source: str) -> None:
        is_square = (number, column) in self._squares
        if is_square or (self.book.codes and is_code(cell.get("s"), self.book)):
            self.codes += not is_square and any(child.text or len(child) for child in cell)
            everything = Edit(0, len(cell_text(cell, self.book)[0]), "")
            self._any_cell(cell, number, column, source, (everything,))
            if is_square:
                cell.attrib.pop("s", None)
            return
        changes = self.edits.get(source)
        if of_number := self.edits.get(number_source(source)):
            self._show_number(cell)
            changes = of_number
        if not self._is_simple(cell, changes):
            self._any_cell(cell, number, column, source, changes)

    def _show_number(self, cell: Element) -> None:
        """Make a cell that shows other figures say its number, as a text."""
        number = stored_number(cell, self.book)
        for child in cell:
            if local(child.tag) == "v":
                child.text = number
        cell.set("t", "str")

    def _is_simple(self, cell: Element, changes: Sequence[Edit] | None) -> bool:
        """Whether a cell has a value or one text, and nothing else, as most have; then it is done here."""
        if len(cell) != 1 or cell.text is not None:
            return False
        child, kind = cell[0], cell.get("t")
        if child.tail is not None or child.attrib:
            return False
        if child.tag[-2:] == "}v":
            if changes or len(child) or not child.text:
                return False
            if kind == "s":
                self.book.used[int(child.text)] = 1
            return True
        if child.tag[-3:] != "}is" or kind != "inlineStr" or child.text is not None or len(child) != 1:
            return False
        text = child[0]
        if text.tag[-2:] != "}t" or len(text) or text.tail is not None or text.attrib:
            return False
        if changes:
            new = splice(decoded(text.text or ""), changes)
            style = int(cell.get("s") or 0)
            if not new or (style < len(self.book.dates) and self.book.dates[style]):
                return False
            _string(text, new)
        return True

    def _any_cell(
        self, cell: Element, number: int, column: int, source: str, changes: Sequence[Edit] | None
    ) -> None:
        formula: Element = None
        value: Element = None
        strip(cell)
        unseen = "v" if says_itself(cell) else ""
        for child in list(cell):
            name = local(child.tag)
            if name == unseen:
                cell.remove(child)
            elif name == "f":
                formula = child
                _only_formula(child)
            elif name == "v" and not child.text and (cell.get("t") == "s" or value is not None):
                cell.remove(child)  # the number of no string, or a second value
            elif name == "v":
                value = child
                only_text(child)
            elif name == "is":
                keep_runs(child)
            else:
                cell.remove(child)
        if formula is not None:
            written = formula.text or ""  # sheets are called otherwise now
            kept, changed = self._formula(cell, formula, number, column, source, bool(changes))
            lost = not kept and formula.get("si", "") in self._without
            if value is not None and not changes and (kept or lost) and (changed or self.book.edited):
                place = self._place(formula, written, number, column)
                self._result(cell, formula, value, place, changed=changed, kept=kept)
        if changes:
            self._replace(cell, changes)
        elif cell.get("t") == "s":
            if value is None:
                del cell.attrib["t"]
            elif value.getparent() is not None:
                self.book.used[int(value.text)] = 1

    def _result(
        self, cell: Element, formula: Element, value: Element, place: Place, *, changed: bool, kept: bool
    ) -> None:
        """Take out a stored result that may have come from what is edited, or the formula where it cannot be reckoned any
        more."""
        is_text = cell.get("t") == "str"
        if changed:
            left = Left.FORMULA
        elif self._stale(place, is_text=is_text):
            left = self._left(place, value.text or "", is_text=is_text)
        else:
            left = left_of_many(place.formula, value.text or "", self._read(place, columns_of))
            if left is Left.FORMULA:
                return
        if left is not Left.RESULT:
            cell.remove(value)
            self._edited().add(place.row, place.column)
        if left is Left.NOTHING:
            self.book.gone.add((self.own, place.row, place.column))
        if left is not Left.FORMULA and kept:
            self._without_formula(cell, formula)

    def _without_formula(self, cell: Element, formula: Element) -> None:
        if formula.get("t") == "shared":
            self._without.add(formula.get("si", ""))
        cell.remove(formula)
        for name in ("cm", "vm"):
            cell.attrib.pop(name, None)

    def _edited(self) -> Edited:
        return self.book.edited.setdefault(self.own, Edited())

    def _formula(
        self, cell: Element, formula: Element, row: int, column: int, source: str, edited: bool
    ) -> tuple[bool, bool]:
        """Rewrite or remove a formula; whether it stays, and whether something in it was edited."""
        group = formula.get("si", "") if formula.get("t") == "shared" else ""
        text = formula.text or ""
        is_external = text and formulas.is_external(text)
        if text and group and not is_external:
            self._masters[group] = (text, row, column)
        if edited or group in self._without or is_external:
            self._without_formula(cell, formula)
            return False, False
        changed = group in self._changed
        if text:
            changes = formulas.literal_changes(text, source, self.book.names, self.edits)
            if changes or self._renamed:
                formula.text = clean(formulas.rewritten(text, self.book.names, changes))
            changed = bool(changes)
            if group and changed:
                self._changed.add(group)
        return True, changed

    def _place(self, formula: Element, text: str, row: int, column: int) -> Place:
        group = formula.get("si", "") if formula.get("t") == "shared" else ""
        if group not in self._masters:
            return Place(row, column, text, self._areas(text, formulas.Place(self.own, row)))
        text, top, left = self._masters[group]
        place = formulas.Place(self.own, row, row - top, column - left)
        return Place(row, column, text, self._areas(text, place))

    def _areas(self, text: str, place: formulas.Place) -> tuple[Area, ...]:
        return tuple(formulas.areas_read(text, place, self.book.names))

    def _stale(self, place: Place, *, is_text: bool) -> bool:
        """Whether the stored result may have come from cells that are edited."""
        if not self.book.edited:
            return False
        text = place.formula
        if formulas.reads_anywhere(text):
            return True
        if is_text and ("[" in formulas.without_texts(text) or (self._called and self._called.search(text))):
            return True
        return is_stale(place.read, self.book.edited, self.own, is_text=is_text)

    def _left(self, place: Place, result: str, *, is_text: bool) -> Left:
        return left_of(place.formula, result, self._read(place, edited_of), is_text=is_text)

    def _read(self, place: Place, cells_of: Callable[..., set[Cell]]) -> list[str]:
        """What stands now in edited cells that a formula reads."""
        return [self.book.new_text(*cell) for cell in cells_of(place.read, self.book.edited, self.own)]

    def _replace(self, cell: Element, changes: Sequence[Edit]) -> None:
        """The cell as text: with its runs where it had some, otherwise plain."""
        text, _ = cell_text(cell, self.book)
        namespace = cell.tag[:-1]
        new = splice(text, changes)
        rich = self._rich(cell, text)
        number = serial(new, self.book.from_1904) if self._is_date(cell, text) else ""
        is_number = cell.get("t", "n") == "n" and not stored_number(cell, self.book)
        if is_number and NUMBER.fullmatch(text) and NUMBER.fullmatch(new):
            number = new  # 45357 under 复诊日期 becomes another day, not a text
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if not new:
            return
        if number:  # another day in a typed cell stays typed, so that sheets go on reckoning with it
            etree.SubElement(cell, f"{namespace}v").text = number
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

    def _is_date(self, cell: Element, text: str) -> bool:
        """Whether a cell holds a day, or in the format of one what had taken its place, such as a token."""
        style = int(cell.get("s") or 0)
        if style >= len(self.book.dates) or not self.book.dates[style]:
            return False
        return cell.get("t", "n") == "n" or not serial(text, self.book.from_1904)

    def _rich(self, cell: Element, text: str) -> list[Element] | None:
        """The runs of a cell's string, or None when it has one format, or escapes across runs."""
        source: Element = None
        if cell.get("t") == "s":
            value = next((child.text for child in cell if local(child.tag) == "v"), "")
            data = self.book.rich.get(int(value or -1))
            source = etree.fromstring(data) if data else None
            if source is not None:
                keep_runs(source)
        else:
            source = next((child for child in cell if local(child.tag) == "is"), None)
        if source is None:
            return None
        runs = [child for child in source if local(child.tag) == "r"]
        texts = [decoded(part.text or "") for run in runs for part in run if local(part.tag) == "t"]
        return runs if runs and "".join(texts) == text else None


@lru_cache(maxsize=4096)
def _is_plain(key: str, written: str) -> bool:
    """Whether an attribute of a cell says nothing but which style it has and of what kind it is."""
    return key in _CELL_ATTRIBUTES and ATTRIBUTE.fullmatch(written) is not None


def _only_formula(element: Element) -> None:
    kept = {
        key: written
        for key, written in element.attrib.items()
        if key in _FORMULA_ATTRIBUTES and _FORMULA_ATTRIBUTE.fullmatch(written)
    }
    only_text(element)
    element.attrib.update(kept)


def _within(changes: Sequence[Edit], start: int, end: int) -> list[Edit]:
    """The edits that touch a run, moved into it; the text goes into the run an edit begins in."""
    found = []
    for edit in changes:
        first, last = max(edit.start, start), min(edit.end, end)
        if first < last:
            found.append(Edit(first - start, last - start, edit.text if edit.start >= start else ""))
    return found


def _string(element: Element, text: str) -> None:
    element.text = writable(text)
    if text != text.strip() or "\n" in text:
        element.set(SPACE, "preserve")


def _declarations(root: Element) -> list[bytes]:
    """The namespace declarations of the root that lxml writes on every branch of this tree, in an order of its own."""
    probe = etree.SubElement(root, root.tag)
    text = bytes(etree.tostring(probe, encoding="UTF-8", with_tail=False))
    root.remove(probe)
    found = re.finditer(r' xmlns(?::([^=\s"]+))?="[^"]*"', text.decode())
    return [declaration[0].encode() for declaration in found if declaration[1] in usual_prefixes(root)]


def _branch(element: Element, declared: Sequence[bytes]) -> bytes:
    """A branch as it stands below the root, which declares the namespaces."""
    text = bytes(etree.tostring(element, encoding="UTF-8", with_tail=False))
    end = text.index(b">")  # no attribute holds it unescaped
    start = text[:end]
    for declaration in declared:
        start = start.replace(declaration, b"", 1)
    return with_usual_prefixes(start + text[end:])


def _write_start(out: IO[bytes], root: Element) -> str:
    """Write the first tag; what stands before the names of its vocabulary."""
    kept = {
        key: value for key, value in root.attrib.items() if local(key) in _ROOT_ATTRIBUTES and value.isascii()
    }
    usual = usual_prefixes(root)
    for key in kept:
        if local(key) == "Ignorable":
            kept[key] = " ".join(prefix for prefix in kept[key].split() if prefix in usual)
    new = etree.Element(root.tag, kept, nsmap=usual)
    start = etree.tostring(new, encoding="UTF-8")
    out.write(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + start[:-2] + b">")
    return f"{new.prefix}:" if new.prefix else ""
