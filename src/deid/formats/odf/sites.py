"""Every place of a chunk of XML that may be edited, in an order that is the same at every reading.

A text is a place of its own; values of attributes that recur (the name of a style and where it is
used) are one place, so that they stay alike.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from deid.formats.days import Days
from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.barcodes import CodeStyles
from deid.formats.odf.formulas import Formula
from deid.formats.odf.hiding import HidingStyles
from deid.formats.odf.package import is_view
from deid.formats.odf.squares import Square
from deid.formats.ooxml.formulas import Area, identifier
from deid.formats.ooxml.images import blank_like
from deid.formats.outlines import MANY_PIECES, is_line
from deid.types import splice

_WEB = ("http:", "https:", "mailto:", "ftp:", "tel:", "sms:", "#")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?$")
MOMENT = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
"""A day, or a moment of it (ODF 1.3, 18.3.7): nothing else may stand in a field for one."""
_COARSE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2]))?(?:T.*)?")
_NO_DAY = "1970-01-01"
_PLAIN_CONFIG = re.compile(r"-?[0-9]{1,7}|true|false|[A-Za-z]{1,3}[0-9]{1,3}")


@dataclass(slots=True)
class Site:
    """`slot` is "text", "tail" or the key of an attribute; `kind` says how a new text is written there.

    `first`: no place before it shares its source. The texts of a formula have sources of their own.
    """

    source: str
    element: odf.Element
    slot: str
    text: str
    kind: str = ""
    first: bool = True
    literals: Sequence[tuple[str, str, bool]] = ()  # of a formula: source, text, whether it is the first
    joins: Sequence[Area | str] = ()  # of a formula: the cells and texts that it puts together


@dataclass
class Places:
    """Gives places their sources while a document is gone through, part by part."""

    parts: Mapping[str, str]  # name in the package → name in the output
    sheets: Mapping[str, str]  # old name → new name
    removed: Counter[str] = field(default_factory=Counter)
    codes: CodeStyles = field(default_factory=CodeStyles)
    hiding: HidingStyles = field(default_factory=HidingStyles)
    squares: Mapping[str, frozenset[Square]] = field(default_factory=dict)  # of each part
    declared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Fields of the user, by their names: where the value stands that they show, and which it is."""
    _harmless: set[str] = field(default_factory=set)  # keys of attributes that always stay
    _texts: int = 0
    _values: dict[tuple[str, str], str] = field(default_factory=dict)

    def value(self, text: str, kind: str = "") -> tuple[str, bool]:
        """The source of a value, and whether it is new."""
        key = (kind, text)
        known = key in self._values
        return self._values.setdefault(key, f"value:{len(self._values)}"), not known

    def text(self) -> str:
        self._texts += 1
        return f"text:{self._texts}"

    def cleaned(self, element: odf.Element) -> bool:
        """Whether a chunk stays; what is left out of it is out."""
        if self._goes(element):
            return False
        self._draw_no_letters(element)
        for child in list(element.iterdescendants("*")):
            if child.getparent() is None:  # it was in a mark that holds nothing
                continue
            if self._goes(child):
                _take_out(child)
                continue
            if odf.short(child.tag) in odf.EMPTY:
                child[:] = []
                child.text = None
            self._untexted(child)
            self.cleaned_attributes(child)
        self._untexted(element)
        self.cleaned_attributes(element)
        return True

    def _draw_no_letters(self, element: odf.Element) -> None:
        """Freehand shapes of a chunk that draws enough for a name draw nothing any more."""
        drawn = [
            (one, key, value)
            for one in element.iter(*odf.FREEHAND)
            if odf.short(one.tag) != "draw:enhanced-geometry" or odf.is_freehand(one)
            for key, name, value in odf.attributes(one)
            if name in odf.OUTLINES and not is_line(value)
        ]
        pieces = (odf.OUTLINES[odf.short(key)](value) for _, key, value in drawn)
        if sum(pieces) >= MANY_PIECES:
            self.removed["drawing"] += len(drawn)
            for one, key, _ in drawn:
                one.set(key, "M 0 0" if key.endswith("path") else "0,0" if key.endswith("points") else "m0 0")

    def _untexted(self, element: odf.Element) -> None:
        """No text stands beside the paragraphs of a cell, the cells of a row and the rows of a table."""
        if odf.short(element.tag) not in odf.TEXTLESS:
            return
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            self.removed["unknown element"] += 1
            element.text = None
            for child in element:
                child.tail = None

    def _goes(self, element: odf.Element) -> bool:
        name = odf.short(element.tag)
        if name in odf.DROPPED:
            self.removed[odf.DROPPED[name]] += bool(
                len(element) or element.attrib or (element.text or "").strip()
            )
            return True
        if not odf.is_usual(element.tag):
            self.removed["unknown element"] += 1
            return True
        parent = element.getparent()
        if name == "draw:image" and is_view(target := _target(element)) and target not in self.parts:
            return True
        if name == "office:binary-data":
            return self._binary(element, parent)
        in_meta = parent is not None and odf.short(parent.tag) == "office:meta"
        return name in odf.SILENT or (name == "dc:date" and in_meta)

    def _binary(self, element: odf.Element, parent: odf.Element | None) -> bool:
        """A picture within flat XML becomes blank; what is no picture goes."""
        if parent is None or odf.short(parent.tag) not in (
            "draw:image",
            "draw:fill-image",
            "text:list-level-style-image",
        ):
            self.removed["embedded file"] += 1
            return True
        self.removed["picture"] += 1
        try:
            data = b64decode(element.text or "")
        except ValueError:
            data = b""
        element.text = b64encode(blank_like(data)).decode()
        return False

    def cleaned_attributes(self, element: odf.Element) -> None:
        """What is left out of an element's attributes is out."""
        if self._harmless.issuperset(element.attrib.keys()):
            return
        for key, name, value in list(odf.attributes(element)):
            if (name, value) == ("config:type", "base64Binary") or (
                name == "config:name" and odf.PRINTER.match(value)
            ):
                element.text = None
            if not odf.is_usual(key):
                self.removed["unknown element"] += 1
                del element.attrib[key]
            elif name == "xlink:href":
                self._link(element, key, value)
            elif name in odf.FORMULAS and Formula(value).is_external:
                self.removed["external reference"] += 1
                del element.attrib[key]
            elif name not in odf.FORMULAS and not name.startswith("config:"):
                self._harmless.add(key)

    def _link(self, element: odf.Element, key: str, value: str) -> None:
        """Paths of files tell who had them, and lead nowhere for anybody else."""
        target = _target(element)
        if target in self.parts:
            prefix = "./" if value.startswith("./") and self.parts[target] else ""
            # as it is: LibreOffice finds no `./Object%201`
            element.set(key, prefix + self.parts[target])
        elif value and not value.casefold().startswith(_WEB):
            self.removed["link to a file"] += 1
            element.set(key, "")

    def sites(self, element: odf.Element) -> Iterator[Site]:
        """Of an element with all that is in it."""
        for one in element.iter("*"):
            yield from self.attributes(one)
            if one.text and one.text.strip() and not _is_plain(one):
                yield Site(self.text(), one, "text", one.text)
            if one.tail and one is not element and one.tail.strip():
                yield Site(self.text(), one, "tail", one.tail)

    def attributes(self, element: odf.Element) -> Iterator[Site]:
        tag = odf.short(element.tag)
        for key, name, value in odf.attributes(element):
            if tag in odf.CELLS and name in odf.VALUES:
                yield Site(self.text(), element, key, _plain(name, value), "cell")
            elif tag == "table:table" and name == "table:name" and value in self.sheets:
                yield Site(sheet_source(self.sheets, value), element, key, value, "sheet", first=False)
            elif name in odf.FORMULAS:
                yield self._formula(element, key, value)
            elif tag == "text:user-field-decl" and name in odf.VALUES and odf.is_structure(name, value):
                own = element.get(odf.full("text:name"), "")
                source, _ = self.value(value, f"declared {own}")  # by itself it says nothing
                self.declared[own] = source, value
                yield Site(source, element, key, value, "declared", first=False)
            elif not odf.is_structure(name, value) and not (name == "xlink:href" and self._is_part(value)):
                kind, text = _kind(tag, name, value)
                source, first = self.value(text, kind.replace("identifier", ""))
                if tag == "text:user-field-decl" and name in odf.VALUES:
                    self.declared[element.get(odf.full("text:name"), "")] = source, text
                yield Site(source, element, key, text, kind, first)

    def _is_part(self, value: str) -> bool:
        target = value.removeprefix("./").strip("/")
        return target in self.parts.values() or unquote(target) in self.parts.values()

    def _formula(self, element: odf.Element, key: str, value: str) -> Site:
        """Texts that are put together with cells are places of their own: they are parts of other values in each."""
        formula = Formula(value)
        joins = formula.joined_parts()
        own = self.text() if joins else ""
        literals = [(*self.value(text, own), text) for text in formula.literals(self.sheets)]
        return Site(own, element, key, value, "formula", True, [(s, t, f) for s, f, t in literals], joins)

    def changed(self, site: Site, edits: Mapping[str, Sequence[Edit]]) -> str | None:
        """The new text of a place, or nothing where it stays."""
        if site.kind == "formula":
            new = {text: splice(text, edits.get(source, ())) for source, text, _ in site.literals}
            done = Formula(site.text).rewritten(self.sheets, new)
            return None if done == site.text else _ILLEGAL.sub("", done)
        if self.sheets.get(site.text, site.text) != site.text and site.kind in ("sheet", ""):
            return self.sheets[site.text]
        changes = edits.get(site.source)
        if not changes:
            return None
        text = _ILLEGAL.sub("", splice(site.text, changes))
        if _shows_a_file(site) and not text.casefold().startswith("http"):
            text = f"http://{text}"  # else it would be a part that is missing, and nothing opens
        if site.kind == "address":
            return quote(text, safe=":/?#[]@!$&'()*+,;=~")
        if site.kind == "style":
            return odf.encoded(text)
        if site.slot == "text" and odf.short(site.element.tag) == "dc:date":
            return _moment(text, site.text)
        return identifier(text) if site.kind == "identifier" else text


def _target(element: odf.Element) -> str:
    """The part that an element shows."""
    return unquote(element.get(odf.full("xlink:href"), "")).removeprefix("./").strip("/")


def _shows_a_file(site: Site) -> bool:
    """Whether a place is the address of a picture or an object, and not of a link."""
    return odf.short(site.slot) == "xlink:href" and odf.short(site.element.tag) not in ("text:a", "draw:a")


def _kind(tag: str, name: str, value: str) -> tuple[str, str]:
    if name == "xlink:href" and "%" in value:
        return "address", unquote(value)
    if odf.is_style_name(name) and name != "draw:name":
        return "style", odf.decoded(value)
    return "identifier" if name == "table:name" and tag in odf.IDENTIFIERS else "", value


def sheet_source(sheets: Mapping[str, str], name: str) -> str:
    """The source of a sheet's name: where its table stands, since a formula may name it before."""
    return f"sheet:{list(sheets).index(name)}"


def _moment(left: str, before: str) -> str:
    """When a comment or a change was made, of which no more is `left`: a day that it was not, or none where no year is."""
    if MOMENT.fullmatch(left):
        return left
    coarse = _COARSE.fullmatch(left)
    day = Days(lambda: before).free(int(coarse["year"]), int(coarse["month"] or 0)) if coarse else None
    return f"{day or _NO_DAY}T00:00:00"


def _plain(name: str, value: str) -> str:
    """A number as it is typed: 1.3800138E10 is a telephone number; a day without its midnight."""
    if name == "office:date-value":
        return _MIDNIGHT.sub("", value)
    return plain_number(value) if name == "office:value" else value


def _is_plain(element: odf.Element) -> bool:
    """Whether a text is none: a setting, a picture that became blank."""
    name = odf.short(element.tag)
    return name == "office:binary-data" or (
        name == "config:config-item" and _PLAIN_CONFIG.fullmatch(element.text or "") is not None
    )


def _take_out(element: odf.Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
