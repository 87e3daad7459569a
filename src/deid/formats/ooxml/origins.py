"""Where in a Word document stands what a place shows: the XML behind a bound control, a variable, a property, a bookmark.

Word takes the text of a control from there when it opens the file (ISO/IEC 29500-1, 17.5.2.6), and that of a field when
it is brought up to date: what goes from the text goes from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.formats.ooxml.markup import Scope, Site, Walk
from deid.formats.ooxml.package import Package, Part
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import Element, elements, local, short

Origin = tuple[Site, ...]
"""What stands in these, one behind the other, is shown."""

LONGEST = 200
"""Characters of what is followed to where it comes from: a value, and no chapter."""
_MOST_OPEN = 50
"""Bookmarks around one place."""
_STEP = re.compile(r"/(?:[\w.\-]+:)?([\w.\-]+|\*)(?:\[([0-9]{1,6})\])?")
_FIELD = re.compile(r'\s*(DOCVARIABLE|DOCPROPERTY|REF)\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)
_CORE, _EXTENDED = "{6c3c8bc8-f283-45ae-878a-bab7291924a1}", "{6668398d-a668-4e3e-a5eb-62b293d839f1}"
"""What Word calls the properties of a document where a control shows one."""
_PROPERTIES = {
    "cp:coreProperties": _CORE,
    "ep:Properties": _EXTENDED,
}
_CALLED = {"creator": "author", "description": "comments", "lastModifiedBy": "lastauthor"}
"""What a field calls the properties that have another name in the file."""


@dataclass
class _Store:
    """The XML of one part, and the texts in it."""

    root: Element
    texts: Mapping[Element, Site]
    _children: dict[Element, dict[str, list[Element]]] = field(default_factory=dict)
    """Of elements through which a path led, by name."""

    def at(self, path: str) -> Origin:
        """The text at a path of names and numbers; nothing for other paths."""
        steps = list(_STEP.finditer(path))
        if not steps or "".join(step[0] for step in steps) != path:
            return ()
        first, *others = steps
        if first[1] not in ("*", local(self.root.tag)) or int(first[2] or 1) != 1:
            return ()
        found = self.root
        for step in others:
            alike, number = self._inside(found).get(step[1], []), int(step[2] or 1)
            if not 0 < number <= len(alike):
                return ()
            found = alike[number - 1]
        return (self.texts[found],) if found in self.texts else ()

    def _inside(self, element: Element) -> dict[str, list[Element]]:
        """The children of an element by their names, and all of them."""
        found = self._children.get(element)
        if found is None:
            found = self._children[element] = {"*": list(element.iterchildren("*"))}
            for child in found["*"]:
                found.setdefault(local(child.tag), []).append(child)
        return found


@dataclass
class Origins:
    """Where the controls and fields of a document have their texts from."""

    _stores: dict[str, _Store] = field(default_factory=dict)
    _named: dict[tuple[str, str], Site] = field(default_factory=dict)
    """Variables and properties, by the name of the field that shows them and their own."""

    def __bool__(self) -> bool:
        return bool(self._stores or self._named)

    def bound(self, control: Element) -> Origin:
        """What a control is bound to."""
        for properties in control.iterchildren("{*}sdtPr"):
            for binding in properties.iterchildren("{*}dataBinding"):
                said = {local(key): value for key, value in binding.attrib.items()}
                store = said.get("storeItemID", "").lower()
                stores = [self._stores[store]] if store in self._stores else self._stores.values()
                return next(filter(None, (one.at(said.get("xpath", "")) for one in stores)), ())
        return ()

    def of_field(self, code: str, bookmarks: Mapping[str, Origin]) -> Origin:
        """What a field shows."""
        called = _called(code)
        if called is None:
            return ()
        kind, name = called
        if kind == "REF":
            return bookmarks.get(name, ())
        site = self._named.get((kind, name))
        return (site,) if site else ()


def origins_of(package: Package, prefix: str) -> Origins:
    """Those of a Word document."""
    found = Origins()
    for part in package.parts:
        is_settings = part.content_type.endswith("wordprocessingml.settings+xml")
        if part.is_custom or is_settings or part.name.casefold().startswith("docprops/"):
            root = package.tree(part)
            tidy(root, part)
            sites = Walk(part, Scope(prefix)).walk(root)
            texts = {
                site.element: site for site in sites if site.kind in ("text", "variant") and not site.slot
            }
            if is_settings:
                found._named.update(_variables(sites))
            elif part.is_custom:
                found._stores[_called_by(package, part)] = _Store(root, texts)
            else:
                if store := _PROPERTIES.get(short(root.tag)):
                    found._stores[store] = _Store(root, texts)
                found._named.update(_properties(texts))
    return found


def bookmarks_of(root: Element, sites: Sequence[Site]) -> dict[str, Origin]:
    """What stands in the bookmarks that a field of this tree shows, by name, where it is short."""
    called = (_called(site.text) for site in sites if site.kind == "field")
    wanted = {name for kind, name in filter(None, called) if kind == "REF"}
    texts = {site.element: site for site in sites if site.kind == "text" and not site.slot}
    open_ones: dict[str, tuple[str, list[Site]]] = {}
    lengths: dict[str, int] = {}
    found: dict[str, Origin] = {}
    for element in elements(root) if wanted else ():
        name = short(element.tag)
        said = {local(key): value for key, value in element.attrib.items()} if "bookmark" in name else {}
        if name == "w:bookmarkStart" and said.get("name", "").casefold() in wanted:
            if len(open_ones) < _MOST_OPEN:
                open_ones[said.get("id", "")] = said["name"].casefold(), []
                lengths[said.get("id", "")] = 0
        elif name == "w:bookmarkEnd" and said.get("id", "") in open_ones:
            mark, held = open_ones.pop(said["id"])
            found.setdefault(mark, tuple(held))
        elif element in texts:
            for id, (_, held) in list(open_ones.items()):
                held.append(texts[element])
                lengths[id] += len(texts[element].text)
                if lengths[id] > LONGEST:
                    del open_ones[id]
    return found


def _called(code: str) -> tuple[str, str] | None:
    """The kind of a field that shows what stands elsewhere, and what it names."""
    match = _FIELD.match(code)
    return (match[1].upper(), (match[2] or match[3] or "").casefold()) if match else None


def _called_by(package: Package, part: Part) -> str:
    """The id by which controls name the XML of a part; one for each that has none."""
    for properties in package.related(part, "customXmlProps"):
        for key, value in package.tree(properties).attrib.items():
            if local(key) == "itemID":
                return str(value).lower()
    return f"#{part.number}"


def _variables(sites: Iterable[Site]) -> Iterator[tuple[tuple[str, str], Site]]:
    for site in sites:
        if short(site.element.tag) == "w:docVar" and local(site.slot) == "val" and site.labels:
            yield ("DOCVARIABLE", site.labels[0].casefold()), site


def _properties(texts: Mapping[Element, Site]) -> Iterator[tuple[tuple[str, str], Site]]:
    for element, site in texts.items():
        above = element.getparent()
        own = above.get("name") if above is not None else None
        name = own or _CALLED.get(local(element.tag), local(element.tag))
        yield ("DOCPROPERTY", name.casefold()), site
