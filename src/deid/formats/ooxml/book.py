"""What the sheets of a workbook share: strings, styles that show dates, names and their new names."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from deid.formats.edits import Edit
from deid.formats.joining import Joining
from deid.formats.ooxml import formulas
from deid.formats.ooxml.barcodes import cells_of_codes, is_in_code
from deid.formats.ooxml.formulas import Names, column_letters, column_number
from deid.formats.ooxml.hiding import is_hidden
from deid.formats.ooxml.markup import Edits, decoded
from deid.formats.ooxml.numberformats import around_text, changes_figures, shown, shows_date
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.rows import SPREADSHEET, stream
from deid.formats.ooxml.rules import attribute_kind, is_odd
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import SPACE, Element, elements, local, new_root, serialize, short
from deid.formats.results import GONE, Cell, Edited
from deid.formats.vocabulary import is_font
from deid.types import TextBlock, splice

Stretches = tuple[tuple[int, int], ...]

_LONG = re.compile(r"(?:[0-9]\W{0,2}){7}")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(slots=True)
class Book:
    """`sheets` are the parts in the order of the tabs; `strings` the shared ones, `rich` their markup.

    Cells of the styles `codes` show bar codes; `fills` are the colours of each style, by their numbers.
    `formats` are those that show other figures than a number has, by the styles that have them, `frames` what
    others show before and behind a text.
    `seen` are the stretches that are shown of strings that are not shown as a whole.
    """

    prefix: str
    sheets: list[Part] = field(default_factory=list)
    sheet_names: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    headers: list[TextBlock] = field(default_factory=list)
    headed: set[tuple[int, int]] = field(default_factory=set)
    """Rows that hold the headers of tables, behind the number of their sheet: no two headers become alike."""
    strings: list[str] = field(default_factory=list)
    rich: dict[int, bytes] = field(default_factory=dict)
    seen: dict[int, Stretches] = field(default_factory=dict)
    dates: list[bool] = field(default_factory=list)
    codes: frozenset[int] = frozenset()
    formats: dict[str, str] = field(default_factory=dict)
    frames: dict[str, tuple[str, str]] = field(default_factory=dict)
    fills: list[str] = field(default_factory=list)
    from_1904: bool = False
    names: Names = field(default_factory=Names)
    changes: Edits = field(default_factory=dict)
    used: bytearray = field(default_factory=bytearray)
    across: Joining = field(default_factory=Joining)
    """What formulas put together of several sheets."""
    gone: set[Cell] = field(default_factory=set)
    """Cells of whose formulas nothing is left."""
    _edited: dict[str, Edited] | None = None

    @property
    def edited(self) -> dict[str, Edited]:
        """The cells of each sheet that are edited; worked out when the first formula asks."""
        if self._edited is None:
            self._edited = _edited_cells(self)
        return self._edited

    def new_text(self, sheet: str, row: int, column: int) -> str:
        """What stands in a cell that is edited as a whole; `sheet` is its name, case-folded."""
        if (sheet, row, column) in self.gone:
            return GONE
        sheets = zip(self.sheets, self.sheet_names, strict=True)
        number = next((part.number for part, name in sheets if name.casefold() == sheet), 0)
        changes = self.changes.get(f"{self.prefix}{number}!{column_letters(column)}{row}", ())
        return changes[0].text if len(changes) == 1 and not changes[0].start else ""

    def fill(self, style: str) -> str:
        """The number of the colours that cells of a style have."""
        number = int(style or 0)
        return self.fills[number] if number < len(self.fills) else "0"

    def shown(self, style: str, plain: str) -> str:
        """What cells of a style show of a number, where that is long and not the number itself; else ''."""
        code = self.formats.get(style)
        text = shown(code, plain) if code else ""
        return text if text != plain and _LONG.search(text) else ""

    def number(self, part: Part) -> int:
        return self.sheets.index(part) + 1 if part in self.sheets else 0

    def name(self, part: Part) -> str:
        """What a sheet is called."""
        return self.sheet_names[self.sheets.index(part)] if part in self.sheets else ""

    def blocks(self) -> Iterator[TextBlock]:
        """Names of sheets, ranges, tables and their columns."""
        for index, name in enumerate(self.sheet_names):
            yield TextBlock(f"{self.prefix}sheet:{index}", name, f"name of sheet {index + 1}")
        for index, name in enumerate(self.named):
            yield TextBlock(f"{self.prefix}name:{index}", name, f"defined name {index + 1}")
        yield from self.headers


def load(package: Package, prefix: str, edits: Edits | None) -> tuple[Book, Edits]:
    """The book, and the edits with those added that keep table headers unlike one another."""
    book = Book(prefix)
    changes: Edits = edits or {}
    main = package.main
    tree = package.tree(main)
    tidy(tree, main)
    targets = {relation.id: relation.target for relation in main.relations}
    for element in elements(tree):
        name = short(element.tag)
        if name == "x:sheet":
            part = package.part(targets.get(_relation_id(element), ""))
            if part:
                book.sheets.append(part)
                book.sheet_names.append(element.get("name", ""))
        elif name == "x:workbookPr":
            book.from_1904 = element.get("date1904") in ("1", "true")
        elif name == "x:definedName" and not element.get("name", "").startswith("_xlnm"):
            book.named.append(element.get("name", ""))
            if (area := formulas.area_of((element.text or "").strip())) is not None:
                book.names.areas[element.get("name", "").casefold()] = area
    for part in package.related(main, "styles"):
        styles = package.tree(part)
        formats = _number_formats(styles)
        book.dates, book.codes = [shows_date(*format) for format in formats], cells_of_codes(styles)
        book.formats = {str(n): code for n, (_, code) in enumerate(formats) if code and changes_figures(code)}
        frames = {str(n): around_text(code) for n, (_, code) in enumerate(formats) if code and "@" in code}
        book.frames = {style: frame for style, frame in frames.items() if any(frame)}
        forms = (form for table in styles.iterchildren("{*}cellXfs") for form in table.iterchildren("{*}xf"))
        book.fills = [form.get("fillId", "0") for form in forms]
    for part in package.related(main, "sharedStrings"):
        for index, (text, rich, seen) in enumerate(_strings(package, part)):
            book.strings.append(text)
            if rich:
                book.rich[index] = rich
            if seen:
                book.seen[index] = seen
    book.used = bytearray(len(book.strings))
    tables = [
        (sheet, package.tree(part)) for sheet in book.sheets for part in package.related(sheet, "table")
    ]
    for _, table in tables:
        book.named += [name for name in dict.fromkeys((table.get("name"), table.get("displayName"))) if name]
    _rename(book, changes)
    if edits:
        columns = _columns(book, tables, edits)
        book.changes = changes = ChainMap(columns, edits) if columns else edits  # type: ignore[arg-type]
    else:
        _columns(book, tables, {})
    return book, changes


def _relation_id(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if short(key) == "r:id"), "")


def _rename(book: Book, edits: Edits) -> None:
    for index, old in enumerate(book.sheet_names):
        new = old
        if changes := edits.get(f"{book.prefix}sheet:{index}"):
            taken = {name.casefold() for name in (*book.sheet_names, *book.names.sheets.values())}
            new = formulas.sheet_name(splice(old, changes), taken)
        book.names.sheets[old.casefold()] = new
    for index, old in enumerate(book.named):
        new = book.names.names.get(old.casefold(), old)
        if changes := edits.get(f"{book.prefix}name:{index}"):
            taken = {name.casefold() for name in (*book.named, *book.names.names.values())}
            new = formulas.identifier(splice(old, changes), taken)
        book.names.names[old.casefold()] = new


def _columns(book: Book, tables: list[tuple[Part, Element]], edits: Edits) -> dict[str, tuple[Edit, ...]]:
    """Table columns are called what their header cells say, and no two of a table alike."""
    more: dict[str, tuple[Edit, ...]] = {}
    for number, (sheet, table) in enumerate(tables, 1):
        match = _REFERENCE.match(table.get("ref", ""))
        columns = [element for element in elements(table) if short(element.tag) == "x:tableColumn"]
        has_header = table.get("headerRowCount", "1") != "0"
        old_names = [decoded(column.get("name", "")) for column in columns]
        if area := formulas.area_of(table.get("ref", "")):
            called = {name.casefold(): area.left + index for index, name in enumerate(old_names)}
            records = area.top + has_header, area.bottom - int(table.get("totalsRowCount") or 0)
            found = formulas.Table(book.name(sheet), *records, called)
            for name in filter(None, (table.get("name"), table.get("displayName"))):
                book.names.tables[name.casefold()] = found
        taken: set[str] = set()
        for offset, old in enumerate(old_names):
            # The header cell decides; a column that is called otherwise, or has none, goes by its own name.
            own, where = f"{book.prefix}column:{number}.{offset}", f"table {number}, column {offset + 1}"
            if old.strip():
                book.headers.append(TextBlock(own, old, where, search_only=has_header))
            new = _unlike(splice(old, edits[own]), taken, old_names) if own in edits else old
            if match and has_header:
                book.headed.add((sheet.number, int(match[2])))
                source = f"{book.prefix}{sheet.number}!{column_letters(column_number(match[1]) + offset)}{match[2]}"
                if changes := edits.get(source):
                    new = _unlike(splice(old, changes), taken, old_names)
                    more[source] = (Edit(0, len(old), new),)
            taken.add(new.casefold())
            book.names.columns[old.casefold()] = new
    return more


def _unlike(name: str, taken: set[str], names: list[str]) -> str:
    """A name, with a number behind it where it would be there twice."""
    new, number = name, 1
    while new.casefold() in taken or new in names:
        number += 1
        new = f"{name}{number}"
    return new


def _edited_cells(book: Book) -> dict[str, Edited]:
    found: dict[str, Edited] = {}
    pattern = re.compile(rf"{re.escape(book.prefix)}([0-9]+)!([A-Z]{{1,3}})([0-9]{{1,7}})#?")
    by_number = {
        part.number: name.casefold() for part, name in zip(book.sheets, book.sheet_names, strict=True)
    }
    for source in book.changes:
        match = pattern.fullmatch(source)
        if match and int(match[1]) in by_number:
            sheet = found.setdefault(by_number[int(match[1])], Edited())
            sheet.add(int(match[3]), column_number(match[2]))
    return found


def _number_formats(styles: Element) -> list[tuple[int, str | None]]:
    """For each cell style the number of its number format, and what it says unless it is built in."""
    codes = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in elements(styles)
        if short(element.tag) == "x:numFmt" and element.get("numFmtId", "").isdigit()
    }
    ids: list[int] = []
    for element in elements(styles):
        if short(element.tag) == "x:cellXfs":
            ids = [int(style.get("numFmtId") or 0) for style in element]
    return [(id, codes.get(id)) for id in ids]


def forget(element: Element) -> None:
    """Free an element and what stands before it."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def _strings(package: Package, part: Part) -> Iterator[tuple[str, bytes, Stretches]]:
    """Shared strings, the markup of those that have runs of their own format, and what of these is seen."""
    try:
        with package.open(part) as handle:
            for element in stream(handle, "si"):
                runs = [child for child in element if local(child.tag) == "r"]
                markup = etree.tostring(element, with_tail=False) if runs else b""
                yield string_text(element), markup, seen_of(element)
                forget(element)
    except etree.XMLSyntaxError:
        raise package.corrupt("the shared strings are not well-formed XML") from None


def string_text(element: Iterable[Element]) -> str:
    """The text of a `si` or `is`; phonetic readings and bar codes are not part of it."""
    parts: list[str] = []
    for child in element:
        name = local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r" and not is_in_code(child):
            parts += [run.text or "" for run in child if local(run.tag) == "t"]
    return decoded("".join(parts))


def seen_of(element: Element) -> Stretches:
    """The stretches of the text of a `si` or `is` that are shown, which has runs; empty where all or nothing of it is.

    Excel drops white space at the ends of a run that does not say that it is to be kept.
    """
    if len(element) < 2:
        return ()
    found: list[tuple[int, int]] = []
    place = 0
    for child in element:
        text = string_text([child])
        seen = "" if is_hidden(child) else text if _keeps_space(child) else text.strip()
        if seen:
            start = place + text.index(seen)
            found.append((start, start + len(seen)))
        place += len(text)
    return tuple(found) if sum(end - start for start, end in found) < place else ()


def _keeps_space(run: Element) -> bool:
    """Whether the white space of a run is shown."""
    return any(text.get(SPACE) == "preserve" for text in (run, *run) if local(text.tag) == "t")


def write_strings(package: Package, part: Part, used: bytearray) -> Iterator[bytes]:
    """The shared strings that some cell still uses; the others are emptied, so that numbers stay."""
    namespace = ""
    with package.open(part) as handle:
        for index, element in enumerate(stream(handle, "si")):
            if not namespace:
                namespace = element.tag[1:].partition("}")[0]
                yield (
                    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="%s">'
                    % namespace.encode()
                )
            if index < len(used) and used[index]:
                keep_runs(element)
                bare = etree.tostring(element, encoding="UTF-8", with_tail=False)
                yield bare.replace(b' xmlns="%s"' % namespace.encode(), b"", 1)
            else:
                yield b"<si><t/></si>"
            forget(element)
    if not namespace:
        yield serialize(new_root(SPREADSHEET[0], "sst"))
    else:
        yield b"</sst>"


def keep_runs(element: Element) -> None:
    """Take everything out of a string but its text and formatted runs."""
    strip(element)
    element.attrib.clear()
    for child in list(element):
        name = local(child.tag)
        if name == "t":
            only_text(child)
        elif name == "r":
            _keep_run(child)
        else:
            element.remove(child)


def _keep_run(run: Element) -> None:
    strip(run)
    if is_in_code(run):
        for text in run.iterchildren("{*}t"):
            text.text = ""
    for key in run.attrib:
        del run.attrib[key]
    for part in list(run):
        name = local(part.tag)
        if name == "t":
            only_text(part)
        elif name == "rPr":
            for inner in list(elements(part)):
                strip(inner)
                if (
                    is_odd(local(inner.tag))
                    or not short(inner.tag).startswith("x:")
                    or (local(inner.tag) == "rFont" and not is_font(inner.get("val", "")))
                ):
                    inner.getparent().remove(inner)
                    continue
                for key, written in inner.attrib.items():
                    if is_odd(local(key)) or attribute_kind(
                        short(inner.tag), short(key), written, custom=False
                    ):
                        del inner.attrib[key]
        else:
            run.remove(part)


def strip(element: Element) -> None:
    """Take out text that stands between the children of an element, where nobody reads it."""
    element.text = None
    for child in element:
        child.tail = None


def only_text(element: Element) -> None:
    """Leave of an element its text, which is all of it that is read."""
    for child in list(element):
        element.remove(child)
    preserved = element.get(SPACE) == "preserve"
    element.attrib.clear()
    if preserved:
        element.set(SPACE, "preserve")
