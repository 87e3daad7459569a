"""Sites: every place in the markup of a part where text stands, found and rewritten the same way.

Reading and writing walk the parts in one order, so a site has the same source name in both.
Values that are written in several places (a bookmark and the fields that point to it, an
author) share one source and are changed alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import unquote

from deid.formats import fieldcodes
from deid.formats.accounts import AUTHOR, is_nobody
from deid.formats.edits import Edit
from deid.formats.numbers import plain_number
from deid.formats.ooxml import choices, formulas, numberformats, rules
from deid.formats.ooxml.charts import is_chart, labels_of_chart
from deid.formats.ooxml.formulas import Names
from deid.formats.ooxml.package import Part
from deid.formats.ooxml.xml import Element, clean, elements, local, mixed, remove, set_text, short
from deid.formats.units import splice_units
from deid.types import splice

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPED_UNIT = re.compile(r"_x[0-9A-Fa-f]{4}_|.", re.DOTALL)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_PATH = re.compile(r'"(?:file:|[A-Za-z]:[\\/]|\\\\)[^"]*"?')  # of a file: tells who had it
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAMES = ("sheet", "name", "column")
_STEP = re.compile(r"/@?(?:([\w.\-]{1,100}):)?([\w.\-]{1,200})(?:\[[0-9]{1,6}\])?")
"""Of the path of a bound control (XPath 1.0, abbreviated)."""
_VARIANT = "vt:"
_INSTEAD = {"moment": "1980-01-01T00:00:00.000", "element": "element"}
_SPACED = (rules.RUNS | rules.INSTRUCTIONS) - {"a:t"}  # may carry xml:space

Edits = Mapping[str, Sequence[Edit]]


def level_source(base: str, number: int) -> str:
    """The source of the label that a level of a list has; `number` counts them in their part."""
    return f"{base}l{number}"


_DEEPEST = 20
"""Fields in one another."""
_ITEMS = frozenset({"x:s", "x:n", "x:d"})
"""Of the field of a pivot cache, of which the values are those of a column."""


@dataclass(slots=True)
class Scope:
    """What the parts of one package share while they are walked.

    `prefix` keeps sources of embedded packages apart; `names` are Excel's, `references` the
    bookmarks and variables of Word that get another name, `hiding` its styles of text that is not shown.
    """

    prefix: str = ""
    names: Names = field(default_factory=Names)
    references: dict[str, str] = field(default_factory=dict)
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()

    def shared(self, group: str, *key: str) -> tuple[str, bool]:
        """The source of a value that may stand in several places, and whether this is the first."""
        key = (group, *key)
        first = key not in self.numbers
        number = self.numbers.setdefault(key, len(self.numbers))
        return f"{self.prefix}{group}:{number}", first


@dataclass(slots=True)
class Site:
    """`slot` is empty for the element's text, `tail`, or the name of an attribute."""

    source: str
    text: str
    kind: str
    element: Element
    slot: str = ""
    labels: tuple[str, ...] = ()
    first: bool = True
    others: Sequence[Element] = ()  # further elements of a field's code
    inside: Sequence[Element] = ()  # what is in fields within it
    results: list[Site] = field(default_factory=list)  # texts of a field's result
    alone: bool = True  # read by itself, and not only where a control or a field shows it

    def literals(self, names: Names) -> Iterator[tuple[str, str]]:
        """Of a formula: the sources and texts of what somebody wrote in it."""
        for index, text in formulas.literals(self.text, names):
            yield formulas.literal_source(self.source, index), text


class Walk:
    """The sites of one part; `walk(root)` may be called for one branch after the other."""

    def __init__(self, part: Part, scope: Scope) -> None:
        self.part = part
        self.scope = scope
        self.base = f"{scope.prefix}{part.number}#"
        self.custom = part.is_custom
        self._texts = 0
        self._fields = 0
        self._levels = 0
        self._choices: dict[Element, tuple[str, ...]] = {}
        """What the lists to choose from are called."""
        self._charted: dict[Element, tuple[str, ...]] = {}
        """What categories and series of a chart are called."""
        self._flowing: set[Element] = set()
        """Elements in running text of another program's, in which a short number may be part of one."""

    def walk(self, root: Element) -> list[Site]:
        sites: list[Site] = []
        fields: list[_Field] = []
        simple: dict[Element, Site] = {}
        if self.custom:
            self._flowing = {element for one in mixed(root) for element in elements(one)}
        if is_chart(root):
            self._charted = labels_of_chart(root)
        for element in elements(root):
            name = short(element.tag)
            if name == "w:fldChar":
                self._field(element, fields, sites)
            elif name in rules.INSTRUCTIONS:
                if not fields:
                    fields.append(_Field())
                fields[-1].code.append(element)
                for outer in fields[-_DEEPEST:-1]:
                    outer.inside.append(element)
            if element.text and name not in rules.INSTRUCTIONS:
                before = len(sites)
                self._text(element, name, sites)
                if name in rules.RUNS:
                    _note_result(sites[before:], fields, simple)
            if element.tail and element is not root and element.tail.strip():
                self._texts += 1
                sites.append(Site(f"{self.base}t{self._texts}", element.tail, "text", element, "tail"))
            if element.attrib:
                before = len(sites)
                self._attributes(element, name, sites)
                if name == "w:fldSimple":
                    simple.update((element, site) for site in sites[before:] if site.kind == "field")
            if self.custom and rules.is_odd(local(element.tag)):
                sites.append(self._name(element, "", local(element.tag)))
        while fields:
            self._close(fields.pop(), sites)
        return sites

    def _text(self, element: Element, name: str, sites: list[Site]) -> None:
        text = element.text
        alone = True
        if name in rules.RUNS:
            kind = "text"
        elif not text.strip():
            return
        else:
            kind = _text_kind(element, name)
            alone = rules.has_text(name, _cached(element) if name == "c:v" else text) or (
                element in self._flowing if self.custom else ":" not in name
            )
            if not (alone or kind == "variant" or (self.custom and not len(element))):
                return
        self._texts += 1
        labels: tuple[str, ...] = ()
        if name in rules.PERSONS:
            labels = () if is_nobody(text) else AUTHOR
        elif name in rules.ORGANISATIONS:
            labels = ("工作单位",)
        elif element in self._charted:
            labels = self._charted[element]
        elif self.custom:
            labels = (rules.NAME_PARTS.get(local(element.tag), local(element.tag)),)
        elif kind == "variant" and element.getparent() is not None:
            labels = tuple(filter(None, (element.getparent().get("name"),)))
        shown = decoded(text)
        if kind == "format":
            shown = numberformats.words(text)
        elif kind == "cache":
            shown = _cached(element)
        elif kind == "variant":
            shown = plain_number(text)
        source = f"{self.base}t{self._texts}"
        sites.append(Site(source, shown, kind, element, "", labels, alone=alone))

    def _name(self, element: Element, key: str, text: str) -> Site:
        """What an element of another program's XML, or its attribute `key`, is called."""
        source, first = self.scope.shared("attr", "called", text)
        return Site(source, text, "called", element, key, (), first)

    def _attributes(self, element: Element, name: str, sites: list[Site]) -> None:
        custom = self.custom or (name == "w:name" and _is_own_style(element.getparent()))
        for key, value in element.attrib.items():
            if self.custom and rules.is_odd(local(key)):
                sites.append(self._name(element, key, local(key)))
            if name == "w:lvlText" and value and local(key) == "val":
                self._levels += 1  # of each level by itself: the paragraphs of a list lead back to it
                source = level_source(self.base, self._levels)
                sites.append(Site(source, decoded(value), "text", element, key))
                continue
            if local(key) == "xpath" and (called := _steps(value)):
                sites += (replace(self._name(element, key, step), kind="path") for step in called)
                continue
            kind = rules.attribute_kind(name, short(key), value, custom)
            alone = bool(kind)
            if name == "w:docVar" and local(key) == "val":
                kind = "text"
            if not kind:
                continue
            labels: tuple[str, ...] = ()
            if kind == "person":
                labels = () if is_nobody(value) else AUTHOR
            elif name in ("w:docVar", "p:tag") and local(key) == "val":
                labels = tuple(other for place, other in element.attrib.items() if local(place) == "name")[:1]
            elif self.custom:
                labels = (local(key),)
            elif name in choices.ENTRIES:
                labels = self._labels_of_choice(element)
            elif (
                name in _ITEMS and (cached := next(element.iterancestors("{*}cacheField"), None)) is not None
            ):
                labels = (cached.get("name", ""),)
            if kind in ("formula", "field"):
                self._texts += 1
                sites.append(Site(f"{self.base}t{self._texts}", value, kind, element, key))
                continue
            if name == "w:docVar" and kind == "text":  # of each by itself: fields lead back to it
                self._texts += 1
                source = f"{self.base}t{self._texts}"
                sites.append(Site(source, decoded(value), kind, element, key, labels, alone=alone))
                continue
            text = decoded(value)
            if kind in ("blank", "empty") or (kind in _NAMES and self._is_name(kind, text)):
                sites.append(Site("", text, kind, element, key, (), False))
                continue
            if kind in _NAMES:
                kind = "text"  # of another workbook, or of none
            elif kind == "format":
                text = numberformats.words(value)
            if name == "x:n":
                text = plain_number(value)
            source, first = self.scope.shared("ref" if kind == "reference" else "attr", kind, *labels, value)
            sites.append(Site(source, text, kind, element, key, labels, first))

    def _labels_of_choice(self, entry: Element) -> tuple[str, ...]:
        one = entry.getparent()
        if one not in self._choices:
            self._choices[one] = choices.labels_of(entry)
        return self._choices[one]

    def _is_name(self, kind: str, text: str) -> bool:
        """Whether something of the workbook is called so; such names are blocks of the workbook as a whole."""
        return text.casefold() in _names(self.scope.names, kind) or text.startswith("_xlnm.")

    def _field(self, element: Element, fields: list[_Field], sites: list[Site]) -> None:
        """Fields nest; the code of each is what stands between its beginning and its result."""
        kind = next((value for key, value in element.attrib.items() if local(key) == "fldCharType"), "")
        if kind == "begin":
            fields.append(_Field())
        elif fields and kind == "end":
            self._close(fields.pop(), sites)
        elif fields:
            self._close(fields[-1], sites)
            fields[-1] = _Field(site=fields[-1].site, in_result=True)

    def _close(self, open_one: _Field, sites: list[Site]) -> None:
        code = open_one.code
        text = "".join(element.text or "" for element in code)
        if text.strip() and not rules.ORDINARY_FIELD.fullmatch(text):
            self._fields += 1
            source, said = f"{self.base}f{self._fields}", readable(text)
            open_one.site = Site(
                source, said, "field", code[0], "", (), True, others=code[1:], inside=open_one.inside
            )
            sites.append(open_one.site)


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, what stands in fields within that, and its place once its result has begun."""

    code: list[Element] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)
    site: Site | None = None
    in_result: bool = False


def _note_result(texts: Iterable[Site], fields: Sequence[_Field], simple: Mapping[Element, Site]) -> None:
    """Note of which fields a text is the result, or a part of the code."""
    for text in texts:
        for outer in fields[-_DEEPEST:]:
            if not outer.in_result:
                outer.inside.append(text.element)
            elif outer.site:
                outer.site.results.append(text)
        for above in islice(text.element.iterancestors("{*}fldSimple"), _DEEPEST) if simple else ():
            if above in simple:
                simple[above].results.append(text)


def _text_kind(element: Element, name: str) -> str:
    if name in rules.FORMULAS or (name.startswith("?:") and local(element.tag) in rules.FORMULAS_LOCAL):
        return "formula"
    if name == "c:formatCode":
        return "format"
    if name == "c:v":
        parent = element.getparent()
        above = parent.getparent() if parent is not None else None
        return "cache" if above is not None and local(above.tag) == "numCache" else "text"
    return "variant" if name.startswith(_VARIANT) else "text"


def _cached(value: Element) -> str:
    """A number that a chart remembers, as it shows it: dates as ISO text."""
    point = value.getparent()
    cache = point.getparent() if point is not None else None
    if cache is None or local(cache.tag) != "numCache":
        return str(value.text)
    code = point.get("formatCode") or next(
        (child.text or "" for child in cache if local(child.tag) == "formatCode"), ""
    )
    plain = plain_number(value.text)
    if code and numberformats.shows_date(0, code) and _NUMBER.fullmatch(plain):
        return numberformats.iso_date(float(plain), False) or plain
    figures = numberformats.shown(code, plain) if code and numberformats.changes_figures(code) else ""
    return figures or plain


def _is_own_style(style: Element) -> bool:
    return style is not None and any(local(key) == "customStyle" for key in style.attrib)


def decoded(text: str) -> str:
    """Excel writes characters as `_x5F20_` too."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def writable(text: str) -> str:
    """The text without what would be read as an escape, or could not be read at all."""
    return clean(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def readable(address: str) -> str:
    """An address or field code with its percent escapes undone, where they are UTF-8."""
    if not _PERCENT.search(address):
        return address
    try:
        return unquote(address, errors="strict")
    except UnicodeDecodeError:
        return unquote(address, encoding="gb18030", errors="replace")


def apply(sites: Iterable[Site], edits: Edits, scope: Scope) -> None:
    """Put the edits into the tree, and take out what always goes."""
    changed: set[Element] = set()
    called: list[Site] = []
    for site in sites:
        if site.kind == "blank":
            site.element.attrib.pop(site.slot, None)
        elif site.kind == "empty":
            site.element.set(site.slot, "")
        elif site.kind == "formula":
            _apply_formula(site, edits, scope)
        elif site.kind == "field":
            _apply_field(site, edits, scope)
        elif site.kind in _NAMES:
            new = _names(scope.names, site.kind).get(site.text.casefold(), site.text)
            if new != site.text:
                _put(site, _escape(new))
        elif site.kind in ("called", "path"):
            called.append(site)
        elif site.source in edits:
            _apply_text(site, edits[site.source], scope)
            changed.add(site.element)
    _clear_ruby(changed)
    for site in called:  # last, since the others know attributes by their names
        if site.source in edits:
            name = formulas.identifier(splice(site.text, edits[site.source]))
            if site.kind == "path":
                site.element.set(site.slot, _along(site.element.get(site.slot), site.text, name))
            else:
                _call(site, name)


def _steps(path: str) -> list[str]:
    """The names in the path of a bound control, where somebody chose one; nothing where it says more than names."""
    steps = list(_STEP.finditer(path))
    if "".join(step[0] for step in steps) != path or any(rules.is_odd(step[1] or "") for step in steps):
        return []
    names = [step[2] for step in steps]
    return list(dict.fromkeys(names)) if any(map(rules.is_odd, names)) else []


def _along(path: str, old: str, new: str) -> str:
    """A path in which a name is another."""

    def renamed(step: re.Match[str]) -> str:
        if step[2] != old:
            return step[0]
        return f"{path[step.start() : step.start(2)]}{new}{path[step.end(2) : step.end()]}"

    return _STEP.sub(renamed, path)


def _call(site: Site, name: str) -> None:
    element = site.element
    if not site.slot:
        element.tag = element.tag.removesuffix(site.text) + name
        return
    new = site.slot.removesuffix(site.text) + name
    while new in element.attrib:
        new += "_"
    element.set(new, element.attrib.pop(site.slot))


def _names(names: Names, kind: str) -> dict[str, str]:
    return {"sheet": names.sheets, "name": names.names, "column": names.columns}[kind]


def _apply_formula(site: Site, edits: Edits, scope: Scope) -> None:
    text = site.text
    if formulas.is_external(text):
        text = "#REF!"
    else:
        changes = formulas.literal_changes(text, site.source, scope.names, edits)
        if not changes and not scope.names.changed:
            return
        text = formulas.rewritten(text, scope.names, changes)
    _put(site, text)


def _apply_field(site: Site, edits: Edits, scope: Scope) -> None:
    changes = list(edits.get(site.source, ()))
    for old, new in scope.references.items():
        for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", site.text):
            start, end = match.span()
            if not any(edit.start < start < edit.end or edit.start < end < edit.end for edit in changes):
                changes = [edit for edit in changes if edit.end <= start or edit.start >= end]
                changes.append(Edit(start, end, new))
    text = _PATH.sub('"about:blank"', splice(site.text, changes))
    others = list(site.others)
    if any(shown.source in edits for shown in site.results) and fieldcodes.says_itself(site.text):
        shown = (splice(one.text, edits.get(one.source, ())) for one in site.results)
        text = fieldcodes.quoting("".join(shown))
        others += site.inside
    if text != site.text:
        _put(site, text)
        for element in others:
            element.text = ""


def _apply_text(site: Site, changes: Sequence[Edit], scope: Scope) -> None:
    element = site.element
    if site.kind == "date":
        del element.attrib[site.slot]
    elif site.kind in _INSTEAD:
        element.set(site.slot, _INSTEAD[site.kind])
    elif site.kind == "cache":
        remove(element.getparent())
    elif site.kind == "reference":
        _put(site, scope.references.get(site.text) or formulas.identifier(splice(site.text, changes))[:40])
    elif site.kind == "format":
        raw = element.get(site.slot) if site.slot else element.text
        _put(site, numberformats.rewritten(raw, changes))
    else:
        raw = _raw(site)
        if site.kind == "variant" or short(element.tag) == "x:n":
            raw = site.text
        _put(
            site,
            splice_units(_ESCAPED_UNIT.findall(raw), changes, _escape)
            if "_x" in raw
            else splice(raw, changes),
        )
        if site.kind == "variant":
            element.tag = element.tag.rpartition("}")[0] + "}lpwstr"
        elif short(element.tag) in ("x:n", "x:d") and site.slot:  # items of a pivot cache
            element.tag = element.tag.rpartition("}")[0] + "}s"


def _raw(site: Site) -> str:
    if site.slot == "tail":
        return str(site.element.tail)
    return str(site.element.get(site.slot) if site.slot else site.element.text)


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"_x005F{match[0]}", text)


def _put(site: Site, text: str) -> None:
    if site.slot == "tail":
        site.element.tail = clean(text)
    elif site.slot:
        site.element.set(site.slot, clean(text))
    elif short(site.element.tag) in _SPACED:
        set_text(site.element, text)
    else:
        site.element.text = clean(text)


def _clear_ruby(changed: set[Element]) -> None:
    """The reading above a text that was changed says how it was read."""
    for element in changed:
        for above in element.iterancestors():
            if short(above.tag) == "w:ruby":
                for other in elements(above):
                    if short(other.tag) == "w:rt":
                        for run in elements(other):
                            if short(run.tag) in rules.RUNS:
                                run.text = ""
                break
