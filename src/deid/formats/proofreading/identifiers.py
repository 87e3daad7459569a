"""Which strings of an Office file are identifiers that Office made, by their place and by their form."""

from __future__ import annotations

import re
from functools import lru_cache

from deid.formats.vocabulary import (
    PROGRAM_VERSION,
    PROGRAMS,
    THEMES,
    is_binding,
    is_drawn,
    is_feature,
    is_font,
    is_format,
    is_guid,
    is_keyword,
    is_mapping,
    is_own_name,
    is_part_name,
    is_program,
    is_schema,
    is_style,
)

_RELATION = re.compile(r"rId[0-9]{1,6}")
_HEX = re.compile(r"[0-9A-Fa-f]{8}")
_COUNTED = re.compile(r"-?[0-9]{1,10}|#?_x0000_[a-z][0-9]{1,10}|_[0-9]{1,10}")
_CONTENT = re.compile(r"(?:application|image)/(?:vnd\.(?:openxmlformats|ms)-)?[A-Za-z.+\-]{1,90}")
_HEX_NAMES = frozenset(
    {
        "paraId",
        "paraIdParent",
        "textId",
        "durableId",
        "anchorId",
        "editId",
        "tplc",
        "usb0",
        "usb1",
        "usb2",
        "usb3",
        "csb0",
        "csb1",
    }
)
_HEX_VALUES = frozenset({"rsid", "rsidRoot", "nsid", "tmpl"})
_COUNTED_VALUES = frozenset({"axId", "crossAx", "creationId", "abstractNumId", "numId"})
_FONT_NAMES = frozenset({"typeface", "ascii", "hAnsi", "eastAsia", "cs", "bidi", "lang", "fontFamily"})
_FONT_VALUES = frozenset({"font", "altName", "mathFont", "rFont", "name", "lang", "themeFontLang"})
_STYLE_VALUES = frozenset(
    {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "name", "style", "cellStyle", "lsdException"}
)
_THEMES = frozenset({"theme", "clrScheme", "fontScheme", "fmtScheme", "themeFamily"})
_MEASURES = frozenset({"x", "y", "cx", "cy", "ang", "dir", "rot", "stAng", "swAng", "relativeHeight"})
_MEASURED = frozenset({"posOffset", "colOff", "rowOff"})
_DRAWN = frozenset({"style", "path", "spid", "eqn", "adj", "formulas", "fmla", "points", "Ignorable"})
_NAMED = frozenset(
    {
        "feature",
        "tableColumn",
        "layoutNode",
        "forEach",
        "styleLbl",
        "bookmarkStart",
        "definedName",
        "compatSetting",
        "tableStyleInfo",
        "pivotTableStyleInfo",
    }
)
_CATEGORIES = frozenset({"loCatId", "qsCatId", "csCatId"})
_COLOURS = frozenset({"rgb", "lastClr", "fill", "color", "srgbClr"})
_COLOUR = re.compile(r"#?(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
# Attributes, and elements with a value, in which somebody may have written a keyword.
_TYPED = frozenset(
    """
    title descr alt string tooltip display prompt promptTitle error errorTitle caption alias displayText
    comment description help statusBar text displayName uniqueName href userName author initials name
    v value userId anchor
    """.split()
)
_TYPED_VALUES = frozenset(
    """
    alias tag default listEntry helpText statusText description docPart docVar tblCaption tblDescription
    category placeholder caption entryMacro exitMacro query table name filter customFilter attr
    """.split()
)
_KEYWORD_TEXTS = frozenset(  # elements whose text is a keyword
    """
    align formatCode TextHAlign TextVAlign SelType AutoFill AutoLine PrintObject ScaleCrop LinksUpToDate
    SharedDoc HyperlinksChanged bool isPinned
    """.split()
)
_CACHED = 100
"""Characters of an attribute that may return."""


def is_structure(element: str, key: str, value: str) -> bool:
    """Whether an attribute of Office's own elements is an identifier that Office made."""
    look = _is_recurring_structure if len(value) <= _CACHED else _is_made_by_office
    return look(element, key, value)


def _is_made_by_office(element: str, key: str, value: str) -> bool:
    uri, _, name = key.rpartition(" ")
    if uri and not is_schema(uri):
        return False
    is_value = name in ("val", "name", "styleId")
    if is_guid(value) or is_schema(value):
        return True
    if name.casefold() == "progid":
        return is_program(value)
    if uri.endswith("/relationships") or (element == "Relationship" and name == "Id"):
        return bool(_RELATION.fullmatch(value))
    if name.startswith("rsid") or name in _HEX_NAMES or (is_value and element in _HEX_VALUES):
        return bool(_HEX.fullmatch(value))
    if name.casefold().endswith("id") or name in _MEASURES or (is_value and element in _COUNTED_VALUES):
        return (
            bool(_COUNTED.fullmatch(value))
            or (name == "styleId" and is_style(value))
            or (name in _CATEGORIES and is_keyword(value))
        )
    if name == "ContentType":
        return bool(_CONTENT.fullmatch(value))
    if name in ("Target", "PartName"):
        return is_part_name(value)
    if name == "prefixMappings":
        return is_mapping(value)
    if name == "xpath":
        return is_binding(value)
    if name == "formatCode":
        return is_format(value)
    if name == "name" and element in _THEMES:
        return value in THEMES
    if name == "name" and element in _NAMED:
        return is_feature(value) or is_own_name(value) or is_keyword(value)
    if name in _COLOURS or (is_value and element in _COLOURS):
        return bool(_COLOUR.fullmatch(value)) or is_keyword(value)
    if name in _DRAWN and is_drawn(value):
        return True
    if (
        name not in _TYPED
        and not (is_value and element in _TYPED_VALUES | _STYLE_VALUES)
        and is_keyword(value)
    ):
        return True
    if name in _FONT_NAMES or (is_value and element in _FONT_VALUES and is_font(value)):
        return is_font(value)
    return is_value and element in _STYLE_VALUES and is_style(value)


_is_recurring_structure = lru_cache(maxsize=8192)(_is_made_by_office)


def is_structure_text(element: str, text: str) -> bool:
    if element in _MEASURED:
        return bool(_COUNTED.fullmatch(text))
    if element == "AppVersion":
        return bool(PROGRAM_VERSION.fullmatch(text))
    return (element in _KEYWORD_TEXTS and is_keyword(text)) or (element == "Application" and text in PROGRAMS)
