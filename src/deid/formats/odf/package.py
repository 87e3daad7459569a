"""The zip package of OpenDocument (ODF 1.3, part 2): which parts stay, what they are called, what goes."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from lxml import etree

from deid.errors import EncryptedDocument, UnreadableDocument
from deid.formats.files import opened
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import PARSING

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    etree.LxmlError,
    RuntimeError,
)
_MOST_PARTS = 10_000
_MOST_BYTES = 1 << 30
_MOST_RATIO = 300  # of 16 MB and more; sheets of empty cells pack well
_XML = re.compile(r"(?P<folder>(?:Object [0-9]{1,4}/)*)(?P<name>content|styles|meta|settings)\.xml")
_PICTURE = re.compile(r"(?:[^/]+/)?(?:Pictures|media)/.+", re.IGNORECASE)
_USUAL_PICTURE = re.compile(r"Pictures/(?:[0-9A-F]{32,40}|[0-9A-Za-z]{0,12}[0-9]{1,4})\.[a-z0-9]{3,4}")
_ORDER = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
_GONE = (
    (re.compile(r"Thumbnails/|.*thumbnail", re.IGNORECASE), "thumbnail"),
    (re.compile(r"(?:.*/)?(?:Basic|Scripts|Dialogs)/"), "script"),
    (re.compile(r"META-INF/.*signatures.*"), "signature"),
    (re.compile(r"Versions/|VersionList\.xml"), "old version"),
    (re.compile(r"(?:.*/)?(?:manifest\.rdf|.+\.rdf)"), "metadata"),
    (re.compile(r"(?:.*/)?[Ff]onts/"), "embedded font"),
    (re.compile(r"(?:.*/)?(?:Configurations2?/|accelerator/|layout-cache|META-INF/|mimetype)"), ""),
)
"""Parts that are left out, and what the report calls them; what has no name holds no document."""
_VERSION = re.compile(r"1\.[0-9]")
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


@dataclass(frozen=True, slots=True)
class Part:
    """`written` is its name in the output. `kind`: xml or picture."""

    name: str
    written: str
    kind: str
    type: str
    number: int = 0


class Package:
    """Raises UnreadableDocument when damaged, encrypted, or a bomb."""

    def __init__(self, path: str, ref: str) -> None:
        self._ref = ref
        self.removed: Counter[str] = Counter()
        self._handle = opened(path)
        try:
            self._zip = zipfile.ZipFile(self._handle)
            infos = [
                info
                for info in self._zip.infolist()
                if not info.is_dir() and (info.file_size or not info.filename.endswith("/styles.xml"))
            ]  # charts of some programs have styles of no bytes
            self._look(infos)
            self.mimetype = self._zip.read("mimetype").decode("ascii", "replace").strip()
            self._versions: dict[str, str] = {}
            self._types = self._manifest()
            found = self._parts([info.filename for info in infos])
            self.parts = tuple(replace(part, number=number) for number, part in enumerate(found, 1))
            if not any(part.name == "content.xml" for part in self.parts):
                raise self.corrupt()
        except (*DAMAGED, KeyError):
            self._handle.close()
            raise self.corrupt() from None
        except UnreadableDocument:
            self._handle.close()
            raise

    @property
    def format(self) -> str:
        return odf.MIMETYPES[self.mimetype.removesuffix("-template")]

    @property
    def names(self) -> dict[str, str]:
        """Name of a part and of a folder with parts, in the package → in the output; empty for what goes."""
        found = dict.fromkeys(self._zip.namelist(), "")
        for part in self.parts:
            found[part.name] = part.written
            if "/" in part.name and part.kind == "xml":
                found[part.name.rpartition("/")[0]] = part.written.rpartition("/")[0]
        return found

    def open(self, part: Part) -> BinaryIO:
        try:
            return self._zip.open(part.name)  # type: ignore[return-value]
        except (*DAMAGED, KeyError):
            raise self.corrupt() from None

    def read(self, part: Part) -> bytes:
        try:
            return self._zip.read(part.name)
        except (*DAMAGED, KeyError):
            raise self.corrupt() from None

    def close(self) -> None:
        self._zip.close()
        self._handle.close()

    def corrupt(self) -> UnreadableDocument:
        return UnreadableDocument(f"{self._ref}: corrupt: the OpenDocument package is damaged")

    def _encrypted(self) -> EncryptedDocument:
        return EncryptedDocument(f"{self._ref}: encrypted", hint="remove the password and run again")

    def manifest(self, types: dict[str, str]) -> bytes:
        """The list of parts for the output, by name; `types` of those that changed theirs."""
        versions = {path: f' manifest:version="{version}"' for path, version in self._versions.items()}
        rows = [
            f'<manifest:file-entry manifest:full-path="/"{versions.get("/", "")} manifest:media-type={quoteattr(self.mimetype)}/>'
        ]
        for folder in sorted(
            {part.written.rpartition("/")[0] for part in self.parts if part.kind == "xml"} - {""}
        ):
            kind = self._types.get(self._source(folder) + "/", "application/vnd.oasis.opendocument.text")
            rows.append(
                f"<manifest:file-entry manifest:full-path={quoteattr(folder + '/')} manifest:media-type={quoteattr(_usual(kind))}/>"
            )
        for part in self.parts:
            kind = types.get(part.written, part.type)
            rows.append(
                f"<manifest:file-entry manifest:full-path={quoteattr(part.written)} manifest:media-type={quoteattr(kind)}/>"
            )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_MANIFEST}"{versions.get("", "")}>\n'
            + "\n".join(rows)
            + "\n</manifest:manifest>"
        ).encode()

    def _source(self, folder: str) -> str:
        return next(old for old, new in self.names.items() if new == folder)

    def _look(self, infos: list[zipfile.ZipInfo]) -> None:
        packed = sum(info.compress_size for info in infos)
        size = sum(info.file_size for info in infos)
        if len(infos) > _MOST_PARTS or size > _MOST_BYTES or size > max(16 << 20, packed * _MOST_RATIO):
            raise UnreadableDocument(f"{self._ref}: the archive is too large when unpacked (a bomb?)")
        if len({info.filename for info in infos}) < len(infos):
            raise self.corrupt()
        if any(info.flag_bits & 1 for info in infos):
            raise self._encrypted()

    def _manifest(self) -> dict[str, str]:
        """Part → type. Versions are noted: LibreOffice opens no document that says another one than its list of parts."""
        found: dict[str, str] = {}
        if "META-INF/manifest.xml" not in self._zip.namelist():
            return found
        with self._zip.open("META-INF/manifest.xml") as handle:
            for element in etree.parse(handle, etree.XMLParser(**PARSING)).getroot().iter("*"):
                if element.tag.endswith("}encryption-data"):
                    raise self._encrypted()
                path = element.get(f"{{{_MANIFEST}}}full-path", "")
                version = element.get(f"{{{_MANIFEST}}}version", "")
                if _VERSION.fullmatch(version):
                    self._versions[path] = version
                if path:
                    found[path] = element.get(f"{{{_MANIFEST}}}media-type", "")
        return found

    def _parts(self, names: list[str]) -> Iterator[Part]:
        objects: dict[str, str] = {}
        taken: set[str] = set()
        for name in sorted(
            names, key=lambda one: (one.count("/"), _ORDER.index(one) if one in _ORDER else 9, one)
        ):
            reason = next((reason for form, reason in _GONE if form.match(name)), None)
            if reason is not None:
                self.removed[reason] += bool(reason)
            elif is_view(name) and f"{name.rpartition('/')[2]}/content.xml" in names:
                pass  # whoever opens the document draws the object anew
            elif part := self._part(name, objects, taken):
                yield part
            else:
                self.removed["embedded file"] += 1

    def _part(self, name: str, objects: dict[str, str], taken: set[str]) -> Part | None:
        folder, _, base = name.rpartition("/")
        if name in _ORDER:
            return Part(name, name, "xml", "text/xml")
        if _PICTURE.fullmatch(name) or folder == "ObjectReplacements":
            return self._image(name, taken)
        if base in _ORDER and folder:
            new = objects.setdefault(
                folder, folder if _XML.fullmatch(name) else f"Object {9000 + len(objects)}"
            )
            return Part(name, f"{new}/{base}", "xml", "text/xml")
        return None

    def _image(self, name: str, taken: set[str]) -> Part:
        number = len(taken) + 1
        if name.startswith("ObjectReplacements/"):
            new = (
                name
                if re.fullmatch(r"ObjectReplacements/Object [0-9]{1,4}", name)
                else f"ObjectReplacements/Object {8000 + number}"
            )
        else:
            ending = name.rpartition(".")[2].lower()
            new = (
                name
                if _USUAL_PICTURE.fullmatch(name)
                else f"Pictures/image{number}.{ending if re.fullmatch('[a-z]{3,4}', ending) else 'png'}"
            )
        taken.add(new)
        return Part(name, new, "picture", self._types.get(name, ""))


def is_view(name: str) -> bool:
    """Whether a part is the picture of an embedded object."""
    return name.startswith("ObjectReplacements/")


def _usual(type: str) -> str:
    return (
        type
        if re.fullmatch(r"application/[a-z.\-+]{1,80}", type)
        else "application/vnd.oasis.opendocument.text"
    )
