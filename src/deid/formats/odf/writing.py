"""Chunks of OpenDocument with their edits, and how they are written: prefixes as the root declares them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from deid.formats.edits import Edit
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import Event
from deid.formats.odf.formulas import Formula
from deid.formats.odf.results import FORMULA, Sheets, drop_formula
from deid.formats.odf.sites import MOMENT, Places, Site

_TYPES = ("office:value-type", "calcext:value-type")
_FORMS = {
    "date": ("office:date-value", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,20})?")),
    **dict.fromkeys(
        ("float", "percentage", "currency"), ("office:value", re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?"))
    ),
}
"""Type of a cell → the attribute of its value, and the form of that."""
_SHORT_DAY = re.compile(r"\s*[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}(?:[0-9]{2})?(?:\s+[0-9:]{4,8})?\s*")
"""A day in an order of which only the value of its cell tells: 03.08.24."""
_OF_MOMENTS = frozenset({"text:date-value", "text:time-value"})
_TIME = re.compile("(?<=[0-9])T(?=[0-9]{2}:)")
_SAFE = re.compile(r"[\w .:;,/$#%()\[\]+*=?!'\-]*")
_PREFIX = re.compile(
    "[a-z]{1,4}[0-9]{0,2}[a-z]?|calcext|chart|config|drawooo|field|formx|grddl|manifest|number|office(?:ooo)?|presentation|script|style|"
    "table(?:ooo)?|xforms|xhtml|xlink"
)
"""Prefixes that office programs declare."""
_QUOTES = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def rewrite(
    events: Iterator[Event],
    places: Places,
    edits: Mapping[str, Sequence[Edit]],
    handle: BinaryIO,
    sheets: Sheets | None = None,
) -> None:
    """One part, with its edits, in UTF-8; `sheets` know of the cells that formulas read."""
    writer = Writer(handle)
    for event, element in events:
        cells = sheets.cells(event, element) if sheets else {}
        if event == "end":
            writer.end(element)
            continue
        if event == "chunk" and not places.cleaned(element):
            continue
        if event == "start":
            places.cleaned_attributes(element)
        formulas = {cell: Formula(cell.get(FORMULA)) for cell in cells if cell.get(FORMULA)}
        sites = places.attributes(element) if event == "start" else places.sites(element)
        edited = _edit(list(sites), places, edits)
        if sheets:
            sheets.settle(cells, {cell: one for cell, one in formulas.items() if cell not in edited})
        if event == "start":
            writer.start(element)
        else:
            writer.tree(element)


def _edit(
    sites: Sequence[Site], places: Places, edits: Mapping[str, Sequence[Edit]]
) -> Collection[odf.Element]:
    """The cells that show something else now, or have another value."""
    values: dict[odf.Element, str] = {}  # cell → its new value
    shown: dict[odf.Element, str] = {}  # cells that show something new, and what it was
    for site in sites:
        new = places.changed(site, edits)
        if new is None:
            continue
        if site.kind == "cell":
            values[site.element] = new
            continue
        if site.slot == "text":
            site.element.text = new
            _quote(site.element)
        elif site.slot == "tail":
            site.element.tail = new
            _quote(site.element.getparent())
        else:
            site.element.set(site.slot, new)
            if odf.short(site.slot) in _OF_MOMENTS and not MOMENT.fullmatch(new):
                del site.element.attrib[site.slot]  # the text of the field says what is left
            _retype(site.element, site.slot)
            continue
        for cell in _cell_of(site.element):
            shown[cell] = shown.get(cell, "") + site.text
    edited = {**shown, **values}
    for cell in edited:
        drop_formula(cell)  # it would bring the result back
        is_shown = cell in shown and not (cell in values and _SHORT_DAY.fullmatch(shown[cell]))
        _agree(cell, values.get(cell), is_shown)
    return edited


def _retype(field: odf.Element, slot: str) -> None:
    """A field of the user whose number became a text is one."""
    if odf.short(field.tag) == "text:user-field-decl" and odf.short(slot) in odf.VALUES:
        text = field.attrib.pop(slot)
        field.set(odf.full("office:value-type"), "string")
        field.set(odf.full("office:string-value"), text)


def _quote(field: odf.Element | None) -> None:
    """A field that reckons what it shows has the new text for its formula."""
    if field is None or odf.full("text:formula") not in field.attrib:
        return
    for one in odf.VALUES:
        field.attrib.pop(odf.full(one), None)
    text = "".join(field.itertext())
    field.set(odf.full("text:formula"), 'ooow:"' + text.replace('"', '""') + '"')
    field.set(odf.full("office:value-type"), "string")
    field.set(odf.full("office:string-value"), text)


def _cell_of(element: odf.Element) -> Iterator[odf.Element]:
    """The cell that a text is shown by, if it is by one."""
    paragraph = next(
        (one for one in (element, *element.iterancestors()) if odf.short(one.tag) in odf.PARAGRAPHS), None
    )
    parent = None if paragraph is None else paragraph.getparent()
    if parent is not None and odf.short(parent.tag) in odf.CELLS:
        yield parent


def _agree(cell: odf.Element, value: str | None, is_shown: bool) -> None:
    """What a cell shows and what its value is say the same: typed where the new value has the form, else text."""
    lines = [child for child in cell.iterchildren("*") if odf.short(child.tag) in odf.PARAGRAPHS]
    if value is not None and not is_shown:
        _say(cell, lines, value)
    kind = cell.get(odf.full("office:value-type"), "")
    text = "\n".join("".join(line.itertext()) for line in lines) if value is None else value
    name, form = _FORMS.get(kind, ("", None))
    for one in odf.VALUES:
        cell.attrib.pop(odf.full(one), None)
    if form is not None and form.fullmatch(text):
        cell.set(odf.full(name), text)
        return
    cell.attrib.pop(odf.full("office:currency"), None)
    for one in _TYPES:
        if odf.full(one) in cell.attrib:
            cell.set(odf.full(one), "string")


def _say(cell: odf.Element, lines: Sequence[odf.Element], value: str) -> None:
    for line in lines:
        cell.remove(line)
    line = etree.SubElement(cell, odf.full("text:p"))
    line.text = _TIME.sub(" ", value)
    cell.insert(0, line)


class Writer:
    """Writes elements as XML, without what the parser did not keep (comments, instructions)."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._prefixes: dict[str, str] = {"": "", "http://www.w3.org/XML/1998/namespace": "xml"}
        self._added: dict[str, str] = {}
        self._names: dict[str, str] = {}  # of elements and attributes, as they are written
        self._began = False
        self._put('<?xml version="1.0" encoding="UTF-8"?>\n')

    def start(self, element: odf.Element) -> None:
        self._put(self._head(element) + ">")

    def end(self, element: odf.Element) -> None:
        self._put(f"</{self._name(element.tag)}>")

    def tree(self, element: odf.Element) -> None:
        parts: list[str] = []
        self._tree(element, parts)
        self._put("".join(parts))

    def _tree(self, element: odf.Element, parts: list[str]) -> None:
        head = self._head(element)
        if element.text is None and not len(element):
            parts.append(head + "/>")
            return
        parts += (head, ">", escape(element.text or ""))
        for child in element.iterchildren("*"):
            self._tree(child, parts)
            parts.append(escape(child.tail or ""))
        parts.append(f"</{self._name(element.tag)}>")

    def _head(self, element: odf.Element) -> str:
        """A start tag but for its end."""
        declared = (
            ""
            if self._began and element.tag in self._names and self._names.keys() >= set(element.attrib)
            else self._declared(element)
        )
        parts = ["<", self._name(element.tag), declared]
        for key, value in element.attrib.items():
            parts += (
                " ",
                self._name(key),
                "=",
                f'"{value}"' if _SAFE.fullmatch(value) else quoteattr(value, _QUOTES),
            )
        return "".join(parts)

    def _declared(self, element: odf.Element) -> str:
        """The namespaces of the root, those known; and of an element those that the root has not."""
        found: dict[str, str] = {}
        if not self._began:
            self._began = True
            for prefix, uri in element.nsmap.items():
                if odf.is_known(uri) and prefix:
                    called = prefix if _PREFIX.fullmatch(prefix) else f"deid{len(found)}"
                    found[called] = uri
                    self._prefixes.setdefault(uri, called)
        for tag in (element.tag, *element.attrib):
            uri = tag.removeprefix("{").rpartition("}")[0]
            if uri not in self._prefixes:
                self._added.setdefault(uri, f"n{len(self._added)}")
            if uri in self._added:
                found[self._added[uri]] = uri
        return "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in found.items())

    def _name(self, tag: str) -> str:
        if tag in self._names:
            return self._names[tag]
        uri, _, local = tag.removeprefix("{").rpartition("}")
        if uri in self._added:  # it is declared wherever it is used
            return f"{self._added[uri]}:{local}"
        prefix = self._prefixes.get(uri)
        self._names[tag] = f"{prefix}:{local}" if prefix else local
        return self._names[tag]

    def _put(self, text: str) -> None:
        self._handle.write(text.encode("utf-8"))
