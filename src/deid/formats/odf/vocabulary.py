"""Names of OpenDocument (ISO/IEC 26300, ODF 1.3): what is text, what is structure, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from deid.formats.outlines import pieces_of_path, pieces_of_points
from deid.formats.vocabulary import is_font, is_schema, is_style

Element = Any  # lxml's own types say too little to be of use here

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}
_SHORT = {
    "xsl-fo-compatible": "fo",
    "svg-compatible": "svg",
    "smil-compatible": "smil",
    "datastyle": "number",
    "drawing": "draw",
    "animation": "anim",
    "database": "db",
}
_KNOWN = re.compile(
    r"urn:oasis:names:tc:opendocument:xmlns:[a-z][a-z3\-]{1,20}:1\.[0-9]"
    r"|urn:org:documentfoundation:names:experimental:[a-z]{2,12}:xmlns:[a-z]{2,12}:1\.0"
    r"|http://(?:openoffice|libreoffice)\.org/(?:200[0-9]|201[0-9])/[a-z]{2,10}(?:-[a-z]{2,10})?"
    r"|http://www\.w3\.org/(?:1999/xlink|1998/Math/MathML|2001/xml-events|2002/xforms|2001/XMLSchema(?:-instance)?"
    r"|1999/xhtml|TR/css3-text/|2003/g/data-view#|XML/1998/namespace)"
    r"|http://purl\.org/dc/elements/1\.1/|http://docs\.oasis-open\.org/ns/office/1\.[0-9]/meta/[a-z]{2,5}#"
)

MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-web": "odt",  # a page that was saved as odt
    "application/vnd.oasis.opendocument.text-master": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.graphics": "odg",
}

SPINE = frozenset(
    """
    office:document office:document-content office:body office:text office:spreadsheet office:presentation office:drawing
    table:table table:table-row-group table:table-rows table:table-header-rows
    """.split()
)
"""Elements whose children are read and written one after the other."""
PARAGRAPHS = frozenset({"text:p", "text:h"})
CELLS_OF_ROWS = frozenset({"table:table-cell", "table:covered-table-cell"})
CELLS = CELLS_OF_ROWS | {"table:change-track-table-cell"}
TEXTLESS = CELLS | SPINE | {"table:table-row"}
APART = frozenset(
    """
    text:note text:note-citation text:ruby-text office:annotation text:list-item text:tracked-changes table:table
    draw:frame draw:text-box draw:image draw:object draw:custom-shape draw:rect draw:line draw:g draw:a draw:control
    draw:ellipse draw:circle draw:connector draw:polyline draw:polygon draw:path draw:page-thumbnail draw:caption
    draw:regular-polygon draw:measure draw:enhanced-geometry draw:glue-point draw:contour-polygon draw:contour-path
    svg:title svg:desc
    """.split()
)
"""Within a paragraph: no part of its line."""
DROPPED = {
    **dict.fromkeys(
        (
            "office:scripts",
            "office:event-listeners",
            "script:event-listener",
            "text:script",
            "presentation:event-listener",
        ),
        "script",
    ),
    **dict.fromkeys(
        ("meta:template", "office:dde-source", "table:dde-links", "text:dde-connection-decls"),
        "link to a file",
    ),
    **dict.fromkeys(("svg:font-face-src", "svg:definition-src"), "embedded font"),
    **dict.fromkeys(("form:connection-resource", "db:data-source"), "data source"),
}
EMPTY = frozenset(
    {"text:s", "text:tab", "text:line-break", "text:change", "text:change-start", "text:change-end"}
)
"""Marks within text, which hold nothing: what somebody put there is not read, and goes."""

SILENT = frozenset(
    "meta:generator meta:creation-date meta:print-date meta:editing-cycles meta:editing-duration".split()
)
"""Elements that go without a count: traces of who edited when and with what."""
PRINTER = re.compile(
    r"(?:PrinterName|PrinterSetup|PrinterFaxName|RedlineProtectionKey|ModifyPasswordInfo|ForbiddenCharacters)"
)
FORMULAS = frozenset(
    """
    table:formula text:formula table:condition text:condition style:condition table:expression calcext:value calcext:expression
    table:cell-range-address table:base-cell-address table:target-range-address table:cell-address table:print-ranges
    table:source-cell-range-addresses table:range-address table:end-cell-address table:content-validation-name
    chart:values-cell-range-address chart:label-cell-address form:linked-cell form:source-cell-range
    form:list-source calcext:target-range-address calcext:base-cell-address style:base-cell-address
    table:scenario-ranges table:filter-range table:condition-source-range-address
    """.split()
)
IDENTIFIERS = frozenset(
    {"table:named-range", "table:named-expression", "table:database-range", "table:content-validation"}
)
VALUES = (
    "office:value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "office:string-value",
)
SAID = frozenset(
    """
    office:value office:string-value text:value text:string-value table:value form:value form:current-value form:label
    """.split()
)
"""What somebody wrote or chose: a number there is no measure."""
_LEAST_SAID = 5

_NUMBER = r"-?(?:[0-9]{1,7}(?:\.[0-9]{0,7})?|\.[0-9]{1,7})(?![0-9])"
_UNIT = r"(?:cm|mm|in|pt|px|pc|em|deg|rad|grad|%|\*|s|ms)?"
_MEASURED = re.compile(
    rf"{_NUMBER}{_UNIT}(?:[\s,]+{_NUMBER}{_UNIT})*|#[0-9a-fA-F]{{6}}|true|false|none|P(?:[0-9]{{1,4}}[YMD])*T?(?:[0-9.]{{1,9}}[HMS])*"
)
_DRAWN = re.compile(
    rf"(?:{_NUMBER}{_UNIT}|[A-Za-z](?![A-Za-z])|\?f[0-9]{{1,3}}|\$[0-9]{{1,2}}|[\s,()+*/?-]|left|top|right|bottom|width|height"
    r"|translate|rotate|scale|skew[XY]|matrix|xstretch|ystretch|hasstroke|hasfill|logwidth|logheight|if|sqrt|abs|sin|cos|tan|atan2?|min|max|pi)*"
)
_DRAWINGS = frozenset(
    "svg:viewBox svg:d draw:points draw:enhanced-path draw:text-areas draw:glue-points draw:transform draw:modifiers draw:formula svg:path".split()
)
OUTLINES = {
    "svg:d": pieces_of_path,
    "draw:points": pieces_of_points,
    "draw:enhanced-path": pieces_of_path,
}
"""Attributes that draw, and how many pieces."""
_FONTS = re.compile(
    r"(?:font-name|font-family|font-name-asian|font-name-complex|font-family-asian|font-family-complex)$"
)
_OWN_STYLE = re.compile(
    r"[A-Za-z]{1,4}[0-9]{1,4}(?:[._][A-Za-z]{0,3}[0-9]{0,4}){0,3}|(?:Table|Tabelle|表格|Graphics|Frame|Index|Contents|Heading|Outline|Numbering|List|Default|Standard|Object|Text)?[_ ]?[0-9]{0,3}"
)
_LOCAL = re.compile(r"[A-Za-z][A-Za-z_.\-]{0,60}[0-9]?")
_ENCODED = re.compile(r"_([0-9a-fA-F]{1,4})_")


def short(tag: str) -> str:
    """`{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p` → `text:p`."""
    return _short(tag)


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag.removeprefix("{").rpartition("}")
    if uri in _PREFIXES:
        return f"{_PREFIXES[uri]}:{local}"
    name = uri.removeprefix(_BASE).partition(":")[0]
    return f"{_SHORT.get(name, name)}:{local}" if uri.startswith(_BASE) else f"?:{local}"


def full(name: str) -> str:
    """The other way, for the names of OASIS and for `calcext`."""
    prefix, _, local = name.partition(":")
    for uri, known in _PREFIXES.items():
        if known == prefix:
            return f"{{{uri}}}{local}"
    long = next((key for key, value in _SHORT.items() if value == prefix), prefix)
    return f"{{{_BASE}{long}:1.0}}{local}"


FREEHAND = tuple(
    map(full, ("draw:path", "draw:polygon", "draw:polyline", "draw:connector", "draw:enhanced-geometry"))
)
"""Elements that are drawn with outlines."""


def is_freehand(geometry: Element) -> bool:
    """Whether a shape is none that office programs have."""
    kind = geometry.get(full("draw:type"), "")
    return not kind or "non-primitive" in kind or kind == "mso-spt0"


@lru_cache(maxsize=256)
def is_known(uri: str) -> bool:
    """Whether a namespace is one that office programs write."""
    return not uri or _KNOWN.fullmatch(uri) is not None or is_schema(uri)


@lru_cache(maxsize=4096)
def is_usual(tag: str) -> bool:
    """Whether an element or attribute may be of an office program, by its namespace and the form of its name."""
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return is_known(uri) and _LOCAL.fullmatch(local) is not None


def is_structure(name: str, value: str) -> bool:
    """Whether an attribute holds a measure, a drawing, a font, a style that programs name so: no text."""
    if name in SAID and len(value) >= _LEAST_SAID:
        return False
    if _MEASURED.fullmatch(value) or not any(map(str.isalnum, value)):
        return True
    if name in _DRAWINGS:
        return _DRAWN.fullmatch(value) is not None
    if _FONTS.search(name) or name == "style:name":
        plain = value.strip("'\" ")
        if is_font(plain) or is_font(plain.rstrip("0123456789")):
            return True
    return is_style_name(name) and (_OWN_STYLE.fullmatch(value) is not None or is_style(decoded(value)))


def is_style_name(name: str) -> bool:
    return name.endswith("style-name") or name in (
        "style:name",
        "style:master-page-name",
        "draw:name",
        "text:id",
        "xml:id",
    )


def decoded(name: str) -> str:
    """A style's name as people read it.

    >>> decoded("Table_20_Contents")
    'Table Contents'
    """
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), name)


def encoded(name: str) -> str:
    return re.sub(r"[^\w.\-]", lambda match: f"_{ord(match[0]):x}_", name)


def attributes(element: Element) -> Iterator[tuple[str, str, str]]:
    """Key, short name and value of each."""
    for key, value in element.attrib.items():
        yield key, short(key), value
