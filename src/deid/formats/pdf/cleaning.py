"""What of a PDF is passed on at all. Everything that is not listed here goes, and is counted.

Run when reading as when writing, so that both see the same document. Kept are pages, fonts,
pictures, outlines, links, comments, form fields and layers; of their dictionaries the keys that
ISO 32000-1 gives them and that say how they look. Text in them is `places` of the text module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from deid.formats.pdf.content import Interpreter, Surface, stream_key
from deid.formats.pdf.fontnames import FontNames
from deid.formats.pdf.inlined import lift_inline
from deid.formats.pdf.linking import inherited, items, link_fields, link_items, link_notes
from deid.formats.pdf.names import entries, spelled
from deid.formats.pdf.places import marked, values_of
from deid.formats.pdf.reading import is_garbled
from deid.formats.pdf.sanitizing import Sanitizer, is_plain
from deid.formats.pdf.strokes import is_pattern

_CATALOG = "Type Pages PageLayout PageMode Outlines AcroForm OCProperties Names Dests Lang Version PageLabels"
_PAGE = "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots UserUnit Tabs"
_ANNOTATIONS = frozenset(
    """/Link /Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly /StrikeOut
    /Stamp /Caret /Popup /Widget""".split()
)
_ANNOTATION = """Type Subtype Rect F C Border BS BE Contents AP AS H QuadPoints L LE LL LLE Cap IC Vertices CL Q DA
Popup Parent Open Name A Dest OC RD FT T TU V DV Opt MaxLen Ff Kids MK TI I CO CA P Sy"""
_POPUP = "Type Subtype Rect F Parent Open"
_FIELD = "FT T TU V DV Opt MaxLen Ff Kids Parent DA Q TI I Type Subtype Rect F AP AS H MK Border BS P C OC"
_FORM = "Type Subtype BBox Matrix Resources Group FormType OC Length Filter DecodeParms"
_IMAGE = """Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask
SMaskInData Matte OC Length Filter DecodeParms"""
_FONT = """Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts
CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources"""
_DESCRIPTOR = """Type FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH
AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3"""
_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_STATE = re.compile(r"/(?:Off|Yes|On|No|[0-9]{1,2}|Choice[0-9]{1,2}|[A-Za-z]{1,3}[0-9]?)")


def clean(pdf: pikepdf.Pdf, ref: str) -> Counter[str]:
    """Take out what is never passed on; what that was, by kind. Raises UnreadableDocument."""
    cleaner = _Cleaner(pdf, ref)
    cleaner.catalog()
    return cleaner.removed


class _Cleaner:
    def __init__(self, pdf: pikepdf.Pdf, ref: str) -> None:
        self.pdf = pdf
        self._interpreter = Interpreter(ref)
        self.removed: Counter[str] = Counter()
        self._destinations = _destinations(pdf)
        self._states: dict[str, str] = {}
        self._pages = {page.obj.objgen for page in pdf.pages}
        self._seen: set[Any] = set()
        self._fonts = FontNames()
        self._on_pages: set[Any] = set()

    def catalog(self) -> None:
        root = self.pdf.Root
        for key in set(self.pdf.trailer.keys()) - {"/Root", "/Info", "/Size"}:
            del self.pdf.trailer[key]
        self.pdf.trailer["/Size"] = 1  # qpdf corrects it, but only where it stands
        self._count_document(root)
        keep(root, _CATALOG)
        self._information()
        link_fields(self.pdf)
        link_notes(self.pdf)
        for page in self.pdf.pages:
            self._page(page.obj)
        self._nodes(root.get("/Pages"), 0)
        self._form(root)
        if isinstance(outlines := root.get("/Outlines"), Dictionary):
            keep(outlines, "Type First Last Count")
            for item in list(items(outlines)):
                keep(item, "Title Parent Prev Next First Last Count Dest A C F")
                self._target(item)
            link_items(outlines)
        self._layers(root)
        self._labels(root)
        for key in ("/Names", "/Dests"):
            if key in root:
                del root[key]
        deep = Sanitizer()
        for page in self.pdf.pages:
            deep.clean(page.obj.Resources)
        with marked(self.pdf) as mark:  # text that stands in no place is read by nobody
            deep.clean(root, mark=mark)

    def _count_document(self, root: Any) -> None:
        names = root.get("/Names", Dictionary())
        self.removed["metadata"] += int("/Metadata" in root)
        self.removed["attachment"] += len(self.pdf.attachments) if "/EmbeddedFiles" in names else 0
        self.removed["script"] += (
            int("/JavaScript" in names) + int("/OpenAction" in root) + int("/AA" in root)
        )
        self.removed["structure tags"] += int("/StructTreeRoot" in root)
        form = root.get("/AcroForm", Dictionary())
        self.removed["XFA form"] += int("/XFA" in form) if isinstance(form, Dictionary) else 0
        self.removed = +self.removed

    def _information(self) -> None:
        """Title, subject and keywords stay as text; who wrote it when and with what does not."""
        info = self.pdf.trailer.get("/Info")
        if isinstance(info, Dictionary):
            if set(info.keys()) - {"/Title", "/Subject", "/Keywords"}:
                self.removed["metadata"] += 1
            keep(info, "Title Subject Keywords")
            for key in list(info.keys()):
                if not isinstance(info[key], pikepdf.String):
                    del info[key]
        elif info is not None:
            del self.pdf.trailer["/Info"]

    # --- pages ---------------------------------------------------------------------------

    def _nodes(self, node: Any, depth: int) -> None:
        """Resources stand in the pages themselves now."""
        if isinstance(node, Dictionary) and node.get("/Type") == "/Pages" and depth < 60:
            keep(node, f"Type Kids Count{' Parent' if depth else ''} MediaBox CropBox Rotate")
            for kid in node.get("/Kids", []):
                _belongs(kid, node)
                self._nodes(kid, depth + 1)

    def _page(self, page: Dictionary) -> None:
        self.removed["thumbnail"] += int("/Thumb" in page)
        if "/Resources" not in page:
            page.Resources = inherited(page, "/Resources") or Dictionary()
        keep(page, _PAGE)
        lift_inline(page)
        self.resources(page.Resources)
        kept = []
        for annotation in page.get("/Annots", []):
            if isinstance(annotation, Dictionary) and self._annotation(annotation):
                kept.append(annotation)
        if kept:
            page.Annots = Array(kept)
        elif "/Annots" in page:
            del page.Annots
        self.removed = +self.removed

    def _annotation(self, annotation: Dictionary) -> bool:
        """Whether the annotation stays."""
        kind = str(annotation.get("/Subtype", ""))
        if kind not in _ANNOTATIONS:
            self.removed[
                {"/FileAttachment": "attachment", "/Ink": "drawing by hand"}.get(kind, "annotation")
            ] += 1
            return False
        if _field_type(annotation) == "/Sig":
            self.removed["signature"] += 1
            return False
        shown = list(self._appearances(annotation.get("/AP")))
        if any(surface.may_be_print for surface in shown):
            self.removed["drawing by hand"] += (
                1  # outlines that may be letters, or a signature: nobody reads them
            )
            return False
        if any(map(is_garbled, shown)):
            self._drop_looks(annotation)
        elif kind == "/Widget" and "/AP" in annotation and self._shows_something_else(annotation, shown):
            del annotation["/AP"]  # another one is made of what it says
        self._on_pages.add(annotation.objgen)
        keep(annotation, _ANNOTATION)
        if not isinstance(annotation.get("/Contents", pikepdf.String("")), pikepdf.String):
            del annotation["/Contents"]
        for key in ("/P",) if kind == "/Widget" else ("/P", "/T", "/TU", "/V", "/DV", "/Opt"):
            if key in annotation:
                del annotation[key]
        if isinstance(popup := annotation.get("/Popup"), Dictionary):
            keep(popup, _POPUP)
        elif kind == "/Popup":
            keep(annotation, _POPUP)
        self._target(annotation)
        self._looks(annotation)
        return True

    def _appearances(self, appearance: Any, depth: int = 0) -> Iterator[Surface]:
        """What an annotation shows, in all its states."""
        if isinstance(appearance, Stream):
            shown = self._run(appearance)
            if any(show.state.font is None for show in shown.shows) and self._form_fonts:
                self._give_fonts(appearance)
                shown = self._run(appearance)
            yield shown
        elif isinstance(appearance, Dictionary) and depth <= 2:
            for _, value in entries(appearance):
                yield from self._appearances(value, depth + 1)

    def _shows_something_else(self, field: Dictionary, shown: Sequence[Surface]) -> bool:
        """Whether viewers show the value of a field and not its looks, which say nothing, or are not up to date."""
        values = ["".join(value.split()) for value in values_of(field)]
        if _field_type(field) not in ("/Tx", "/Ch") or not any(values):
            return False
        text = "".join("".join(show.text for surface in shown for show in surface.shows).split())
        says_nothing = not text and not any(surface.images for surface in shown)
        return says_nothing or (self._looks_are_old and not all(value in text for value in values))

    @cached_property
    def _looks_are_old(self) -> bool:
        form = self.pdf.Root.get("/AcroForm")
        says: Any = form.get("/NeedAppearances") if isinstance(form, Dictionary) else None
        return says is True

    def _run(self, stream: Stream) -> Surface:
        return self._interpreter.run(stream_key(stream), stream, stream.get("/Resources", Dictionary()))

    @cached_property
    def _form_fonts(self) -> dict[str, Any]:
        """The fonts for typing into the form, which viewers also take where a field has none of its own."""
        found: Any = self.pdf.Root
        for key in ("/AcroForm", "/DR", "/Font"):
            found = found.get(key) if isinstance(found, Dictionary) else None
        return dict(entries(found)) if isinstance(found, Dictionary) else {}

    def _give_fonts(self, stream: Stream) -> None:
        own = stream.get("/Resources")
        stream.Resources = copy(own) if isinstance(own, Dictionary) else Dictionary()
        fonts = stream.Resources.get("/Font")
        stream.Resources.Font = Dictionary(
            self._form_fonts | (dict(entries(fonts)) if isinstance(fonts, Dictionary) else {})
        )

    def _drop_looks(self, annotation: Dictionary) -> None:
        if "/AP" in annotation:
            del annotation["/AP"]
            self.removed["appearance"] += 1

    def _looks(self, annotation: Dictionary) -> None:
        if isinstance(captions := annotation.get("/MK"), Dictionary):
            keep(captions, "R BC BG TP CA")
        if isinstance(appearance := annotation.get("/AP"), Dictionary):
            keep(appearance, "N R D")
            for key in list(appearance.keys()):
                value = appearance[key]
                if isinstance(value, Stream):
                    self._stream(value)
                elif isinstance(value, Dictionary):
                    appearance[key] = self._named_states(value)
        for key in ("/AS", "/V", "/DV"):
            if isinstance(state := annotation.get(key), Name):
                annotation[key] = Name(self._state(spelled(state)))

    def _named_states(self, states: Dictionary) -> Dictionary:
        found = Dictionary()
        for name, stream in entries(states):
            if isinstance(stream, Stream):
                self._stream(stream)
                found[self._state(name)] = stream
        return found

    def _state(self, name: str) -> str:
        """Radio buttons name their states after what can be chosen."""
        if _STATE.fullmatch(name):
            return name
        return self._states.setdefault(name, f"/S{len(self._states)}")

    def _target(self, holder: Dictionary) -> None:
        """Links and outlines lead to pages and addresses; names of destinations are resolved."""
        if "/A" in holder:
            action = holder["/A"]
            kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
            if kind not in _ACTIONS:
                self.removed["action"] += 1
                del holder["/A"]
            elif kind == "/GoTo":
                holder.Dest = action.get("/D", Array())
                del holder["/A"]
            else:
                keep(action, "S URI" if kind == "/URI" else "S N")
                if kind == "/URI" and not isinstance(action.get("/URI"), pikepdf.String):
                    del holder["/A"]
        if "/Dest" in holder:
            found = self._destination(holder["/Dest"])
            if found is None:
                del holder["/Dest"]
            else:
                holder.Dest = found

    def _destination(self, value: Any) -> Array | None:
        if isinstance(value, (pikepdf.String, Name)):
            value = self._destinations.get(
                bytes(value)
                if isinstance(value, pikepdf.String)
                else spelled(value).encode("utf-8", "surrogateescape")
            )
        if isinstance(value, Dictionary):
            value = value.get("/D")
        if not isinstance(value, Array) or not len(value):
            return None
        page, *rest = list(value)
        if not isinstance(page, Dictionary) or page.objgen not in self._pages:
            return None
        return Array(
            [page, *(item for item in rest if isinstance(item, Name) or not isinstance(item, pikepdf.Object))]
        )

    # --- forms, layers, labels -------------------------------------------------------------

    def _form(self, root: Any) -> None:
        form = root.get("/AcroForm")
        if not isinstance(form, Dictionary):
            if form is not None:
                del root["/AcroForm"]
            return
        keep(form, "Fields DR DA Q")
        if isinstance(form.get("/DR"), Dictionary):
            resources = form.DR = copy(form.DR)  # WeasyPrint gives pages the same
            keep(resources, "Font")
            if isinstance(resources.get("/Font"), Dictionary):
                resources.Font = copy(resources.Font)
            fonts = resources.get("/Font", Dictionary())
            for name in [name for name in fonts.keys() if not is_plain(name)]:  # noqa: SIM118
                del fonts[name]
            self.resources(resources)
        form.Fields = Array(list(self._fields(form.get("/Fields", []), 0)))

    def _fields(self, fields: Iterable[Any], depth: int) -> Iterator[Dictionary]:
        for field in fields:
            if not isinstance(field, Dictionary) or depth > 50 or field.objgen in self._seen:
                continue
            if _field_type(field) == "/Sig":
                self.removed["signature"] += int("/Rect" not in field)
                continue
            if field.is_indirect:
                self._seen.add(field.objgen)
            keep(field, _FIELD if "/Rect" not in field else _ANNOTATION)
            if field.objgen not in self._on_pages:
                self._drop_looks(field)
            for key in ("/V", "/DV"):
                if isinstance(value := field.get(key), Name):
                    field[key] = Name(self._state(spelled(value)))
                elif isinstance(value, Stream):
                    field[key] = pikepdf.String(value.read_bytes().decode("utf-8", "replace"))
            if "/Kids" in field:
                field.Kids = Array(list(self._fields(field.Kids, depth + 1)))
            yield field

    def _layers(self, root: Any) -> None:
        layers = root.get("/OCProperties")
        if not isinstance(layers, Dictionary):
            return
        keep(layers, "OCGs D")
        for group in layers.get("/OCGs", []):
            if isinstance(group, Dictionary):
                keep(group, "Type Name")
        if isinstance(shown := layers.get("/D"), Dictionary):
            keep(shown, "BaseState ON OFF Order ListMode RBGroups Locked")
            if "/Order" in shown:
                shown.Order = _without_strings(shown.Order, 0)

    def _labels(self, root: Any) -> None:
        """Numbers of pages; their prefixes are text."""
        labels = root.get("/PageLabels")
        if labels is None:
            return
        pairs = _numbered(labels)
        if not pairs:
            del root["/PageLabels"]
            return
        for label in pairs.values():
            keep(label, "S P St")
        root.PageLabels = Dictionary(Nums=Array([part for pair in sorted(pairs.items()) for part in pair]))

    # --- what is drawn ---------------------------------------------------------------------

    def resources(self, resources: Any) -> None:
        if not isinstance(resources, Dictionary) or self._known(resources):
            return
        keep(resources, "Font XObject ExtGState ColorSpace Pattern Shading Properties")
        for font in _values(resources, "/Font"):
            self._font(font)
        for drawn in _values(resources, "/XObject"):
            if isinstance(drawn, Stream):
                self._stream(drawn, resources)
        for pattern in _values(resources, "/Pattern"):
            if isinstance(pattern, Stream):
                keep(
                    pattern,
                    "Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Length Filter DecodeParms",
                )
                lift_inline(pattern)
                self.resources(pattern.get("/Resources"))
            elif isinstance(pattern, Dictionary):
                keep(pattern, "Type PatternType Shading Matrix")  # no state, which may have a mask
        self._drop_meshes(resources)
        for state in _values(resources, "/ExtGState"):
            if not isinstance(state, Dictionary):
                continue
            if "/D" in state and is_pattern(list(state.D)):
                del state["/D"]
                self.removed["drawing"] += 1
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and isinstance(group := mask.get("/G"), Stream):
                self._stream(group, resources)

    def _drop_meshes(self, resources: Dictionary) -> None:
        """Colours that run over meshes: their data may be any, and nobody reads them."""
        for category in ("/Shading", "/Pattern"):
            found: Any = resources.get(category)
            for name, value in list(entries(found)) if isinstance(found, Dictionary) else ():
                shading = value.get("/Shading") if category == "/Pattern" else value
                if isinstance(shading, Stream):
                    del found[name]
                    self.removed["drawing"] += 1

    def _known(self, value: pikepdf.Object) -> bool:
        if not value.is_indirect:
            return False
        if value.objgen in self._seen:
            return True
        self._seen.add(value.objgen)
        return False

    def _stream(self, stream: Stream, above: Dictionary | None = None) -> None:
        if self._known(stream):
            return
        if stream.get("/Subtype") == "/Image":
            keep(stream, _IMAGE)
        else:
            keep(stream, _FORM)
            stream.Subtype = Name.Form
            for key in ("/BBox", "/Matrix"):
                if isinstance(numbers := stream.get(key), Array):
                    stream[key] = Array([float(number) for number in numbers])  # no references
            lift_inline(stream, above)
            self.resources(stream.get("/Resources"))

    def _font(self, font: Any) -> None:
        if not isinstance(font, Dictionary) or self._known(font):
            return
        keep(font, _FONT)
        name = self._fonts.name(font.get("/BaseFont"))
        if "/BaseFont" in font:
            font.BaseFont = name
        if isinstance(descriptor := font.get("/FontDescriptor"), Dictionary):
            keep(descriptor, _DESCRIPTOR)
            descriptor.FontName = name
        for inner in font.get("/DescendantFonts", []):
            self._font(inner)
        self.resources(font.get("/Resources"))


def keep(dictionary: Any, keys: str) -> None:
    """Delete all keys of a dictionary or stream but these."""
    wanted = {"/" + key for key in keys.split()}
    for key in set(dictionary.keys()) - wanted:
        del dictionary[key]


def _values(resources: Any, category: str) -> list[Any]:
    found = resources.get(category)
    return [value for _, value in entries(found)] if isinstance(found, Dictionary) else []


def _belongs(kid: Any, node: Dictionary) -> None:
    """Let a page or node lead to the node that lists it: behind another one there may be pages that nobody sees."""
    if isinstance(kid, Dictionary) and kid.get("/Parent") != node:
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            if key not in kid and (value := inherited(kid, key)) is not None:
                kid[key] = value
        kid.Parent = node


def _field_type(field: Dictionary) -> str:
    return str(inherited(field, "/FT") or "")


def _without_strings(value: Any, depth: int) -> Any:
    if not isinstance(value, Array) or depth > 20:
        return value
    return Array(
        [_without_strings(item, depth + 1) for item in value if not isinstance(item, pikepdf.String)]
    )


def _numbered(tree: Any) -> dict[int, Dictionary]:
    """The dictionaries in a number tree (ISO 32000-1, 7.9.7)."""
    return {
        number: value
        for number, value in _leaves(tree, "/Nums")
        if isinstance(number, int) and isinstance(value, Dictionary)
    }


def _destinations(pdf: pikepdf.Pdf) -> dict[bytes, Any]:
    """Named destinations by name."""
    found: dict[bytes, Any] = {}
    root = pdf.Root
    if isinstance(old := root.get("/Dests"), Dictionary):
        found.update({name.encode("utf-8", "surrogateescape"): value for name, value in entries(old)})
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, Dictionary) else None
    for name, value in _leaves(tree, "/Names"):
        if isinstance(name, pikepdf.String):
            found[bytes(name)] = value
    return found


def _leaves(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """What the nodes of a name or number tree hold under `key`, in pairs (ISO 32000-1, 7.9.6)."""
    waiting, seen = [tree], set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        pairs = list(node.get(key, []))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += list(node.get("/Kids", []))
