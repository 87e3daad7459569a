"""Taking out of a part's tree what is never passed on, and what points to parts that are gone."""

from __future__ import annotations

from collections import Counter

from deid.formats.ooxml import formulas, rules, slides
from deid.formats.ooxml.barcodes import without_codes, without_squares
from deid.formats.ooxml.package import Part
from deid.formats.ooxml.symbols import as_text
from deid.formats.ooxml.xml import Element, elements, local, names, short, take_out
from deid.formats.outlines import MANY_PIECES, pieces_of_path
from deid.formats.vocabulary import PROGRAM_VERSION, PROGRAMS, THEMES

_ONLY_ATTRIBUTE = frozenset(
    {"pageSetup", "pivotCacheDefinition", "blip", "imagedata", "fill", "stroke", "sheetPr"}
)
_CONTAINERS = names(
    "externalReferences oleObjects controls customProperties customSheetViews pivotCaches imgProps"
)
_PATH = {
    "moveTo": "M0 0",
    "lnTo": "L0 0",
    "arcTo": "T0 0",
    "quadBezTo": "Q0 0 0 0",
    "cubicBezTo": "C0 0 0 0 0 0",
}
"""The steps of a path of DrawingML, as far as they are counted."""
_THEMES = frozenset({"a:theme", "a:clrScheme", "a:fontScheme", "a:fmtScheme", "?:themeFamily"})
_EXTERNAL_TABLE = frozenset({"tableType", "queryTableFieldId", "connectionId"})


def tidy(root: Element, part: Part, codes: frozenset[str] = frozenset()) -> Counter[str]:
    """Before a tree is walked, when reading as when writing, so that the walks agree. What of its content is gone.

    `codes` are the styles of bar codes.
    """
    slides.prepare(root, part.dropped, part.pictures)
    lost = Counter(drawing=_without_letters(root), code=without_codes(root, codes) + without_squares(root))
    as_text(root)
    if short(root.tag) == "x:workbook":
        _without_sheets(root, part.dropped)
    custom = part.is_custom
    for element in list(elements(root)):
        name = short(element.tag)
        if (
            name in rules.REMOVED
            or local(element.tag) in rules.REMOVED_LOCAL
            or (not custom and rules.is_odd(local(element.tag)))
            or (name in ("x:oleObjects", "x:controls") and _points_to(element, part.dropped))
            or (name == "x:definedName" and formulas.is_external(element.text or ""))
            or name == "x:xmlColumnPr"
            or (name == "ep:Application" and element.text not in PROGRAMS)
            or (name == "ep:AppVersion" and not PROGRAM_VERSION.fullmatch(element.text or ""))
        ):
            take_out(element, root)
        else:
            if not custom:
                for key in [key for key in element.attrib if rules.is_odd(local(key))]:
                    del element.attrib[key]
            if name == "x:hyperlink":
                element.attrib.pop("display", None)  # what the cell shows, once more
            if name in _THEMES and element.get("name", "") not in THEMES:
                element.set("name", "Office")
            _references(element, root, part)
    for element in list(elements(root)):
        if (local(element.tag) in _CONTAINERS or short(element.tag) == "op:property") and not len(element):
            take_out(element, root)
    if short(root.tag) == "x:table":
        for element in elements(root):
            for name in _EXTERNAL_TABLE & set(element.attrib):
                del element.attrib[name]
    return lost


def _without_letters(root: Element) -> int:
    """Freehand shapes of a part that draws enough for a name draw nothing any more: how many."""
    paths = list(root.iter("{*}pathLst"))
    shapes = [shape for shape in root.iter("{urn:schemas-microsoft-com:vml}shape") if shape.get("path")]
    drawn = ["".join(_PATH.get(local(step.tag), "") for step in elements(path)) for path in paths]
    drawn += [shape.get("path", "") for shape in shapes]
    if sum(map(pieces_of_path, drawn)) < MANY_PIECES:
        return 0
    for path in paths:
        path[:] = []
    for shape in shapes:
        del shape.attrib["path"]
    return len(drawn)


def _without_sheets(workbook: Element, dropped: frozenset[str]) -> None:
    """Sheets of macros go, with the names that are theirs; what counts sheets counts on without them."""
    sheets = [element for element in elements(workbook) if short(element.tag) == "x:sheet"]
    kept = [index for index, sheet in enumerate(sheets) if not _points_to(sheet, dropped)]
    if len(kept) == len(sheets):
        return
    numbers = {str(old): str(new) for new, old in enumerate(kept)}
    for element in list(elements(workbook)):
        for name in ("localSheetId", "activeTab", "firstSheet"):
            if (old := element.get(name)) is not None and old in numbers:
                element.set(name, numbers[old])
            elif old is not None and name == "localSheetId":
                take_out(element, workbook)
            elif old is not None:
                del element.attrib[name]


def _points_to(element: Element, dropped: frozenset[str]) -> bool:
    pointers = (item for inner in elements(element) for item in inner.attrib.items())
    return any(value in dropped for key, value in pointers if _is_pointer(key))


def _is_pointer(key: str) -> bool:
    return short(key).startswith("r:") or local(key).casefold() == "relid"


def _references(element: Element, root: Element, part: Part) -> None:
    """Elements that point to a part that was left out go; where the element does more, the pointer does.
    Pointers follow relationships that got another id."""
    if not part.dropped and not part.renamed:
        return
    for key, value in list(element.attrib.items()):
        if value in part.renamed and _is_pointer(key):
            element.set(key, part.renamed[value])
        elif value in part.dropped and _is_pointer(key):
            if element is root or local(element.tag) in _ONLY_ATTRIBUTE:
                del element.attrib[key]
            else:
                take_out(element, root)
                return


def refresh_pivot(root: Element) -> None:
    """A pivot cache whose records are gone: Excel reads the source range again when it opens the file."""
    if short(root.tag) != "x:pivotCacheDefinition":
        return
    root.set("refreshOnLoad", "1")
    root.set("saveData", "0")
    root.attrib.pop("recordCount", None)
    for items in elements(root):
        if short(items.tag) == "x:sharedItems" and len(items):
            kinds = {short(item.tag)[2:] for item in items}
            typed = {"s", "e", "b"} & kinds, {"n"} & kinds, {"d"} & kinds
            _flag(items, "containsString", bool(typed[0]), True)
            _flag(items, "containsNumber", bool(typed[1]), False)
            _flag(items, "containsDate", bool(typed[2]), False)
            _flag(items, "containsNonDate", bool(typed[0] or typed[1]), True)
            _flag(items, "containsMixedTypes", sum(map(bool, typed)) > 1, False)
            _flag(items, "containsSemiMixedTypes", bool(typed[0]) or "m" in kinds, True)
            _flag(items, "containsBlank", "m" in kinds, False)
            if not typed[1]:
                items.attrib.pop("containsInteger", None)


def _flag(element: Element, name: str, value: bool, default: bool) -> None:
    element.attrib.pop(name, None)
    if value != default:
        element.set(name, "1" if value else "0")
