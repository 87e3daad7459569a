"""A zip package: its parts and relationships, what is kept of them, and writing it anew.

Only parts that can be reached over relationships are kept. Names of parts and ids of
relationships that Office would not give are replaced, since they may be somebody's.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import IO
from urllib.parse import unquote

from deid.errors import UnreadableDocument
from deid.formats.ooxml.barcodes import styles_of_codes
from deid.formats.ooxml.hiding import hiding_styles
from deid.formats.ooxml.parts import (
    CHUNKS,
    DROPPED_RELATIONS,
    MAINS,
    NEEDED_RELATIONS,
    PACKAGES,
    STYLES,
    kind_of,
)
from deid.formats.ooxml.slides import pictures_of
from deid.formats.ooxml.xml import Element, NotXml, local, names, parse, short
from deid.formats.options import DEFAULT, Options
from deid.formats.pictures import is_readable, suffix_of
from deid.formats.vocabulary import PART_FOLDERS, PART_NAMES

_MOST_PARTS = 20_000
_MOST_BYTES = 3 << 30
_MOST_PART_BYTES = 2 << 30
_MOST_TREE_BYTES = 256 << 20  # of a part that is read as a whole
_MOST_RATIO = 400  # beyond 64 MB
_MOST_DEPTH = 3
_TYPE = re.compile(
    r"http://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org/ooxml|www\.wps\.cn/officeDocument)/[A-Za-z0-9/._\-]+"
)
_LIBRARY = re.compile(r"\{http://schemas\.microsoft\.com/(?:office/2006/metadata|sharepoint)/")
_OFFICIAL = re.compile(
    r"application/vnd\.(?:openxmlformats-(?:officedocument|package)|ms-(?:word|excel|powerpoint|office)|wps-officedocument)\."
    r"(?:[a-zA-Z.+\-]|(?<![0-9])[0-9]{1,2}(?![0-9])){1,90}"
)
_SLIDES = frozenset(
    f"application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml"
    for kind in ("slide", "slideLayout", "slideMaster", "notesSlide")
)
_ROOTS = names("w:document x:workbook p:presentation")
_USUAL_ID = re.compile(r"rId[0-9]{1,6}")
_NAME = re.compile(r"((?:[A-Za-z]+/){0,3})([A-Za-z]+)([0-9]{0,5})\.([A-Za-z0-9]{1,8})")


@dataclass(frozen=True, slots=True)
class Relation:
    """`id` is that of the output, `kind` the last piece of the type; `target` a part's name, or an
    address when `external`."""

    id: str
    type: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Part:
    """A part that is kept: its name in the source and in the output, its kind, its relationships.

    `dropped` are the ids of relationships that are gone, `renamed` old id → new, `pictures` those of pictures that
    a drawing in VML has of embedded objects, by the shape.
    """

    number: int
    name: str
    written: str
    kind: str
    content_type: str
    relations: list[Relation] = field(default_factory=list)
    dropped: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_custom(self) -> bool:
        """Whether it is XML of another program's."""
        return self.content_type in ("application/xml", "text/xml")

    @property
    def title(self) -> str:
        """For people: `header 2`, `sheet 1`. Holds only names that Office gives."""
        match = _NAME.fullmatch(self.written)
        return f"{match[2]} {match[3]}".strip() if match else f"part {self.number}"


class Package:
    """A package that was looked through: every part of it has its place in `parts`, or in `removed`.

    Raises UnreadableDocument when it is damaged, too large, or holds a part of unknown kind.
    """

    def __init__(
        self, source: str | bytes | IO[bytes], ref: str, *, depth: int = 0, options: Options = DEFAULT
    ) -> None:
        self.ref = ref
        self.options = options
        self.depth = depth
        self.removed: Counter[str] = Counter()
        self.parts: list[Part] = []
        self.relations: list[Relation] = []
        self._by_name: dict[str, Part] = {}
        self._seen: set[str] = set()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
            self._entries = self._directory()
            self._types = self._content_types()
            self._walk()
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, zlib.error, OSError):
            raise self.corrupt("the zip package is damaged") from None
        except RuntimeError:
            raise UnreadableDocument(f"{ref}: encrypted", hint="remove the password and run again") from None
        except NotXml:
            raise self.corrupt("a part is not well-formed XML") from None

    def close(self) -> None:
        self._zip.close()

    def corrupt(self, reason: str) -> UnreadableDocument:
        return UnreadableDocument(f"{self.ref}: corrupt: {reason}")

    @cached_property
    def main(self) -> Part:
        """The part that holds the document."""
        for relation in self.relations:
            if relation.kind == "officeDocument" and not relation.external:
                return self._by_name[relation.target]
        raise self.corrupt("it has no main part")

    @property
    def format(self) -> str:
        return MAINS.get(self.main.content_type, "")

    @cached_property
    def code_styles(self) -> frozenset[str]:
        """Styles of Word in which text is shown as bar codes."""
        return frozenset(name for styles in self._styles for name in styles_of_codes(styles))

    @cached_property
    def hiding_styles(self) -> frozenset[str]:
        """Styles of Word in which text is not shown."""
        return frozenset(name for styles in self._styles for name in hiding_styles(styles))

    @cached_property
    def _styles(self) -> list[Element]:
        return [self.tree(part) for part in self.parts if part.content_type == STYLES]

    def part(self, name: str) -> Part | None:
        return self._by_name.get(name)

    def related(self, part: Part, kind: str) -> Iterator[Part]:
        """Kept parts that `part` points to with relationships of a kind."""
        for relation in part.relations:
            if relation.kind == kind and not relation.external and relation.target in self._by_name:
                yield self._by_name[relation.target]

    def read(self, part: Part) -> bytes:
        return self._bytes(part.name, _MOST_TREE_BYTES)

    def open(self, part: Part) -> IO[bytes]:
        """A stream, for sheets that are read row by row; bounded by the size of the directory."""
        return self._zip.open(self._entries[part.name.casefold()])

    def tree(self, part: Part) -> Element:
        try:
            return parse(self.read(part), recover=part.kind == "vml")
        except NotXml:
            raise self.corrupt(f"{part.title} is not well-formed XML") from None
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise self.corrupt(f"{part.title} is damaged") from None

    def nested(self, part: Part) -> Package:
        if self.depth >= _MOST_DEPTH:
            raise UnreadableDocument(f"{self.ref}: documents are embedded in one another too deeply")
        return Package(self.read(part), self.ref, depth=self.depth + 1, options=self.options)

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
            raise UnreadableDocument(f"{self.ref}: the package is too large (a zip bomb?)")
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = unquote(info.filename.replace("\\", "/").lstrip("/"))
            if info.flag_bits & 1:
                raise UnreadableDocument(f"{self.ref}: encrypted", hint="remove the password and run again")
            if info.file_size > _MOST_PART_BYTES or (
                info.file_size > 64 << 20 and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
            ):
                raise UnreadableDocument(f"{self.ref}: the package is too large (a zip bomb?)")
            if ".." in name.split("/") or name.casefold() in entries:
                raise self.corrupt("names in the package are doubled or point outside")
            if not name.endswith("/"):
                entries[name.casefold()] = info
        return entries

    def _bytes(self, name: str, most: int) -> bytes:
        info = self._entries[name.casefold()]
        if info.file_size > most:
            raise UnreadableDocument(f"{self.ref}: a part of the package is too large")
        with self._zip.open(info) as handle:
            data = handle.read(most + 1)
        if len(data) > most:
            raise UnreadableDocument(f"{self.ref}: a part of the package is too large")
        return data

    def _head(self, name: str) -> bytes:
        with self._zip.open(self._entries[name.casefold()]) as handle:
            return handle.read(12)

    def _content_types(self) -> dict[str, str]:
        if "[content_types].xml" not in self._entries:
            raise self.corrupt("it has no list of content types")
        types: dict[str, str] = {}
        for element in parse(self._bytes("[Content_Types].xml", 16 << 20)):
            name = local(element.tag)
            if name == "Default":
                types["." + element.get("Extension", "").casefold()] = element.get("ContentType", "")
            elif name == "Override":
                part = unquote(element.get("PartName", "")).lstrip("/").casefold()
                types["/" + part] = element.get("ContentType", "")
        return types

    def _type_of(self, name: str) -> str:
        plain = name.casefold()
        found = self._types.get("/" + plain) or self._types.get("." + plain.rpartition(".")[2], "")
        return found.partition(";")[0].strip()

    def _walk(self) -> None:
        """Follow relationships from the root, breadth first."""
        written: set[str] = set()
        self.relations, _, _ = self._relations("", "_rels/.rels")
        waiting = [relation for relation in self.relations if not relation.external]
        while waiting:
            relation = waiting.pop(0)
            if relation.target in self._by_name:
                continue
            content_type = self._type_of(relation.target)
            kind = kind_of(content_type, relation.kind)
            part = Part(len(self.parts), relation.target, "", kind, content_type)
            part.written = _written(part, written)
            written.add(part.written.casefold())
            self.parts.append(part)
            self._by_name[part.name] = part
            if kind not in ("image", "package", "chunk"):
                folder, _, base = relation.target.rpartition("/")
                part.relations, part.dropped, part.renamed = self._relations(
                    folder, f"{folder}/_rels/{base}.rels".lstrip("/")
                )
                waiting += [more for more in part.relations if not more.external]
            if kind == "image" and not is_readable(self._head(part.name)):
                self.removed["picture"] += 1
        for part in self.parts:
            if part.dropped and part.content_type in _SLIDES:
                self._take_pictures(part)
        known = self._seen | {"[content_types].xml"}
        loose = sum(name not in known and not name.endswith(".rels") for name in self._entries)
        if loose:
            self.removed["part without relationship"] = loose

    def _take_pictures(self, slide: Part) -> None:
        """Relate a slide to the pictures of its embedded objects, which PowerPoint 2007 has in a drawing beside it."""
        taken = {relation.id for relation in slide.relations} | slide.dropped
        free = (id for id in map("rId{}".format, count(1)) if id not in taken)
        found: dict[str, str] = {}
        for drawing in list(self.related(slide, "vmlDrawing")):
            images = {one.id: one for one in drawing.relations if one.kind == "image" and not one.external}
            for shape, id in pictures_of(self.tree(drawing)):
                image = images.get(drawing.renamed.get(id, id))
                if image and shape not in found:
                    found[shape] = next(free)
                    slide.relations.append(replace(image, id=found[shape]))
        slide.pictures = found

    def _relations(self, folder: str, name: str) -> tuple[list[Relation], frozenset[str], Mapping[str, str]]:
        """The relationships that are kept, the ids of those that are not, and ids that are replaced."""
        kept: list[Relation] = []
        dropped: set[str] = set()
        if name.casefold() not in self._entries:
            return kept, frozenset(), {}
        for element in parse(self._bytes(name, 64 << 20)):
            id, type, target = (element.get(key, "") for key in ("Id", "Type", "Target"))
            kind = type.rstrip("/").rpartition("/")[2]
            external = element.get("TargetMode", "") == "External" or (
                kind == "hyperlink" and target.startswith("#")
            )
            if not external:
                target = self._resolved(folder, target)
                self._seen.add(target.casefold())
            reason = self._reason(type, kind, target, external)
            if reason:
                dropped.add(id)
                self.removed[reason] += 1
            else:
                kept.append(Relation(id, type, kind, target, external))
        renamed = _renamed([relation.id for relation in kept], dropped)
        kept = [replace(relation, id=renamed.get(relation.id, relation.id)) for relation in kept]
        return kept, frozenset(dropped - {""}), renamed

    def _resolved(self, folder: str, target: str) -> str:
        """The entry's name as the first relationship to it spells it; empty when there is none."""
        plain = unquote(target.partition("#")[0].replace("\\", "/"))
        path = posixpath.normpath(plain if plain.startswith("/") else f"/{folder}/{plain}").lstrip("/")
        info = self._entries.get(path.casefold())
        return unquote(info.filename.replace("\\", "/").lstrip("/")) if info else ""

    def _reason(self, type: str, kind: str, target: str, external: bool) -> str:
        """Why a relationship is left out; empty when it is kept. Refuses what it does not know."""
        if kind in DROPPED_RELATIONS:
            return DROPPED_RELATIONS[kind]
        if kind == "customXml" and target and not external and (found := self._custom(target)):
            return found
        if not _TYPE.fullmatch(type):
            return "unknown relationship"
        if external:
            if kind == "hyperlink" and not is_web(target):
                self.removed["link to a file"] += 1  # the relationship stays and leads nowhere
            return "" if kind == "hyperlink" else "external reference"
        if not target:
            return "broken relationship"
        found = kind_of(self._type_of(target), kind)
        if found == "image" and self._type_of(target).startswith("image/svg"):
            return "vector picture"  # every program writes a PNG beside it
        if found == "drop":
            return "embedded file" if kind == "package" else "other part"
        if found == "package" and kind != "aFChunk" and not self._opens(target):
            return "embedded file"
        if not found and kind not in NEEDED_RELATIONS:
            return "other part"
        if not found:
            raise UnreadableDocument(
                f"{self.ref}: the package holds a part of a kind that deid does not know ({_known_type(self._type_of(target))})",
                hint="save the document again without add-ins and embedded objects",
            )
        return ""

    def _opens(self, target: str) -> bool:
        """Whether an embedded document can be read; one that is encrypted or damaged is left out."""
        if self.depth >= _MOST_DEPTH:
            return False
        try:
            nested = Package(self._bytes(target, _MOST_TREE_BYTES), self.ref, depth=self.depth + 1)
            root = nested.tree(nested.main).tag
            nested.close()
        except UnreadableDocument:
            return False
        return short(root) in _ROOTS

    def _custom(self, target: str) -> str:
        """What custom XML is that goes: a query of Excel's, a package in base64 with paths and samples
        of data; or what SharePoint notes of a document and its library, schemas for the most part."""
        root = parse(self._bytes(target, _MOST_PART_BYTES)).tag
        if local(root) == "DataMashup":
            return "data query"
        return "library properties" if _LIBRARY.match(root) else ""


def is_web(target: str) -> bool:
    """Paths of files tell who had them, and lead nowhere for anybody else: they are not passed on."""
    return target.casefold().startswith(("http:", "https:", "mailto:", "ftp:", "tel:", "sms:", "#"))


def _known_type(content_type: str) -> str:
    """A type of Office's own, whatever somebody called his."""
    return content_type if _OFFICIAL.fullmatch(content_type) else "no usual type"


def _renamed(ids: list[str], dropped: set[str]) -> dict[str, str]:
    """Ids that Office would not give → ids that it would; producers write `1`, words and paths."""
    taken = dropped.union(ids)
    numbers = (f"rId{number}" for number in count(1))
    free = (id for id in numbers if id not in taken)
    return {id: next(free) for id in dict.fromkeys(ids) if not _USUAL_ID.fullmatch(id)}


def _written(part: Part, taken: set[str]) -> str:
    """The name of a part in the output."""
    suffixes = {"package": {**MAINS, **PACKAGES}, "chunk": CHUNKS}.get(part.kind, {})
    suffix = suffixes.get(part.content_type, "")
    if part.kind == "image":
        suffix = suffix_of(part.content_type)
    match = _NAME.fullmatch(part.name)
    if match and match[2] in PART_NAMES and set(filter(None, match[1].split("/"))) <= PART_FOLDERS:
        name = f"{match[1]}{match[2]}{match[3]}.{suffix or match[4].lower()}"
    else:
        top = part.name.partition("/")[0]
        folder = f"{top}/" if top in ("word", "xl", "ppt") else ""
        stem = {"image": "media/image", "package": "embeddings/data"}.get(part.kind, "part")
        name = f"{folder}{stem}{part.number}.{suffix or ('vml' if part.kind == 'vml' else 'xml')}"
    while name.casefold() in taken:
        stem, _, end = name.rpartition(".")
        name = f"{stem}0.{end}"
    return name
