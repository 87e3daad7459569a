"""Safe parsing and writing of the XML in packages, and short names for its vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from deid.formats.vocabulary import is_schema

Element = Any  # lxml's own types say too little to be of use here

_EXTENSIONS = frozenset({"ext", "extLst"})
_PREFIXES = {
    "wordprocessingml/main": "w",
    "spreadsheetml/main": "x",
    "presentationml/main": "p",
    "drawingml/main": "a",
    "drawingml/chart": "c",
    "drawingml/wordprocessingDrawing": "wp",
    "drawingml/spreadsheetDrawing": "xdr",
    "drawingml/chartDrawing": "cdr",
    "drawingml/picture": "pic",
    "drawingml/diagram": "dgm",
    "officeDocument/relationships": "r",
    "officeDocument/math": "m",
    "officeDocument/extendedProperties": "ep",
    "officeDocument/extended-properties": "ep",
    "officeDocument/customProperties": "op",
    "officeDocument/custom-properties": "op",
    "officeDocument/docPropsVTypes": "vt",
    "package/metadata/core-properties": "cp",
    "markup-compatibility": "mc",
}
_OTHERS = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:excel": "xv",
    "urn:schemas-microsoft-com:office:word": "wv",
}
_DECLARED = re.compile(rb"xmlns:([^\s=>\"']+)\s*=")
_TAG = re.compile(rb"<[^!?][^>]*>")
_ATTRIBUTE = re.compile(rb"(\s([^\s=>\"']+)\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_DECLARING = re.compile(rb"xmlns(?::.+)?")
_ODD_DECLARED = re.compile(
    rb"xmlns[^=>\"']*=\s*(?:\"[^\"]*(?:[0-9]{7}|[%&\x80-\xff])|'[^']*(?:[0-9]{7}|[%&\x80-\xff]))"
)
_ODD_VOCABULARY = re.compile(rb"[0-9]{7}|%|&|[^\x00-\x7f]")
_GUID = re.compile(rb"\{?[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}\}?")
_LISTS = re.compile(rb"(?:Ignorable|Requires|ProcessContent|MustUnderstand)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""Attributes whose values are prefixes (ISO/IEC 29500-3)."""
_LISTING = frozenset(("Ignorable", "Requires", "ProcessContent", "MustUnderstand", "type"))
"""And one whose value may have a prefix."""
_SHORT_PREFIX = re.compile(r"[A-Za-z]{1,4}(?:[0-9]{1,4}[A-Za-z]{0,5}[0-9]{0,2})?")
_LONG_PREFIXES = frozenset(
    "dcterms dcmitype xcalcf loext mdssi wpsCustomData properties config msink inkml xlwcv xlpcalc xlmsforms calcext office style "
    "table chart script presentation xforms grddl drawooo tableooo officeooo".split()
)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACED = re.compile(r"^\s|\s$|\s\s|[\t\n]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

HARDENED: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How XML of strangers is parsed: nothing is fetched or expanded, comments are left out."""


class NotXml(Exception):
    """A part is not well-formed, or declares entities. The message says nothing."""


def parse(data: bytes, *, recover: bool = False) -> Element:
    """The root. Comments and processing instructions are left out; a DTD is refused. Prefixes are usual ones.

    `recover` is for VML drawings, which Excel writes with unclosed `<br>`: what is
    understood is kept and written anew, the rest is gone.
    """
    parser = etree.XMLParser(**HARDENED, recover=recover)
    try:
        if b"\0" in data[:4]:  # UTF-16, in which no prefix would be seen
            data = etree.tostring(etree.fromstring(data, parser).getroottree(), encoding="UTF-8")
        root: Element = etree.fromstring(with_usual_prefixes(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotXml from None
    if root is None or is_declared(root):
        raise NotXml
    return root


def with_usual_prefixes(data: bytes) -> bytes:
    """XML in which what no office program writes is called otherwise, since it says nothing: prefixes
    (`xmlns:欧阳甲`), and vocabularies with a number or other characters in their name (`urn:13800138000`)."""
    data = _with_usual_vocabularies(data)
    odd = {
        prefix for prefix in _DECLARED.findall(data) if not is_usual_prefix(prefix.decode("utf-8", "replace"))
    }
    if not odd:
        return data
    new = {prefix: b"deid%d" % number for number, prefix in enumerate(sorted(odd))}
    either = b"|".join(re.escape(prefix) for prefix in sorted(odd, key=len, reverse=True))
    named = re.compile(rb"(?<=[\s</])(%b)(?=:)|(?<=xmlns:)(%b)(?=\s*=)" % (either, either))
    listed = re.compile(rb"(?<![^\s\"'])(%b)(?![^\s\"'])" % either)

    def of_tag(tag: re.Match[bytes]) -> bytes:
        renamed = named.sub(lambda prefix: new[prefix[1] or prefix[2]], tag[0])
        return _LISTS.sub(lambda some: listed.sub(lambda prefix: new[prefix[1]], some[0]), renamed)

    return _TAG.sub(of_tag, data)


def _with_usual_vocabularies(data: bytes) -> bytes:
    if not _ODD_DECLARED.search(data):
        return data
    new: dict[bytes, bytes] = {}

    def named(found: re.Match[bytes]) -> bytes:
        uri = found[3] or found[4] or b""
        if not _DECLARING.fullmatch(found[2]) or not is_odd_vocabulary(uri):
            return found[0]
        return found[1] + b'"%b"' % new.setdefault(uri, b"urn:deid:%d" % len(new))

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(named, tag[0]), data)


def is_odd_vocabulary(uri: bytes) -> bool:
    """Whether the name of a vocabulary may hold somebody's number or name.

    >>> is_odd_vocabulary(b"urn:13800138000"), is_odd_vocabulary(b"http://schemas.microsoft.com/office/word/2010/wordml")
    (True, False)
    """
    return bool(_ODD_VOCABULARY.search(_GUID.sub(b"", uri)))


def is_usual_prefix(prefix: str) -> bool:
    """Whether office programs declare a prefix that is called so.

    >>> is_usual_prefix("w16sdtdh"), is_usual_prefix("ns12"), is_usual_prefix("zhangsan"), is_usual_prefix("欧阳甲")
    (True, True, False, False)
    """
    return prefix in _LONG_PREFIXES or _SHORT_PREFIX.fullmatch(prefix) is not None


def usual_prefixes(root: Element) -> dict[Any, str]:
    """The prefixes that the root of a part goes on to declare."""
    return {
        prefix: uri
        for prefix, uri in root.nsmap.items()
        if prefix is None or (is_usual_prefix(prefix) and not is_odd_vocabulary(uri.encode()))
    }


def is_declared(root: Element) -> bool:
    """Whether the tree has a document type, which could declare entities."""
    return bool(root.getroottree().docinfo.doctype)


def serialize(root: Element) -> bytes:
    """A whole part; always written anew, so that nothing unread passes. Of vocabularies that no office program has it
    names those in use."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=_spoken_of(root))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _spoken_of(root: Element) -> list[str]:
    """The prefixes that the root declares, but for vocabularies that no office program has and of which no value speaks."""
    declared = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    if all(map(is_schema, declared.values())):
        return list(declared)
    listed = {
        prefix
        for element in elements(root)
        for key, value in element.attrib.items()
        if local(key) in _LISTING
        for prefix in re.split("[: ]", value)
    }
    return [prefix for prefix, uri in declared.items() if is_schema(uri) or prefix in listed]


@lru_cache(maxsize=8192)
def short(tag: str) -> str:
    """`{…wordprocessingml/2006/main}p` → `w:p`, in the transitional and the strict vocabulary.

    Unknown namespaces give `?:name`; no namespace gives the bare name.
    """
    if tag[:1] != "{":
        return tag
    uri, _, name = tag[1:].partition("}")
    prefix = _OTHERS.get(uri)
    if prefix is None:
        match = re.fullmatch(r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/(.+)", uri)
        path = re.sub(r"/20[0-9]{2}(?=/|$)", "", match[1]) if match else ""
        prefix = _PREFIXES.get(path, "?")
    return f"{prefix}:{name}"


@lru_cache(maxsize=8192)
def local(tag: str) -> str:
    """The name without namespace."""
    return tag.rpartition("}")[2]


def mixed(root: Element) -> Iterator[Element]:
    """The outermost elements in which a text of their own stands before, between or behind others."""
    within: set[Element] = set()
    for element in elements(root):
        if len(element) and element not in within:
            texts = (element.text, *(child.tail for child in element))
            if any(text and not text.isspace() for text in texts):
                within.update(elements(element))
                yield element


def elements(root: Element) -> Iterator[Element]:
    """All elements in document order."""
    return iter(root.iter(etree.Element))


def names(text: str) -> frozenset[str]:
    """The words of `text`, for tables of names."""
    return frozenset(text.split())


def clean(text: str) -> str:
    """`text` without characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def new_root(uri: str, name: str) -> Element:
    """An empty element whose namespace is the default one."""
    namespaces: Any = {None: uri}
    return etree.Element(f"{{{uri}}}{name}", nsmap=namespaces)


def set_text(element: Element, text: str) -> None:
    """Text of a run or string element; spaces at its ends are kept."""
    element.text = clean(text)
    if _SPACED.search(text):
        element.set(SPACE, "preserve")


def remove(element: Element) -> None:
    """Take an element out; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def take_out(element: Element, root: Element) -> None:
    """Remove an element below `root`, and extensions that hold nothing without it."""
    parent = element.getparent()
    if element is root or parent is None:
        return
    remove(element)
    if local(parent.tag) in _EXTENSIONS and not len(parent):
        take_out(parent, root)
