"""Blocks of markup: paragraphs across their runs, both views of tracked changes, table cells, the rest.

Whatever no paragraph holds becomes a block of its own, so every site is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from deid.directions import END, STRAIGHT, TURNED
from deid.formats import fieldcodes
from deid.formats.fieldcodes import draws_symbols
from deid.formats.joining import Boxes, column_views, line_views, may_be_boxes, row_views
from deid.formats.ooxml import choices, rules, slides
from deid.formats.ooxml.formulas import Names
from deid.formats.ooxml.hiding import is_hidden
from deid.formats.ooxml.markup import Site, Walk
from deid.formats.ooxml.numbering import Lists, Passage
from deid.formats.ooxml.origins import LONGEST, Origin, Origins, bookmarks_of
from deid.formats.ooxml.textboxes import labels_of_boxes
from deid.formats.ooxml.xml import SPACE, Element, elements, local, mixed, short
from deid.formats.stacking import Upright
from deid.formats.tables import bare, labelled
from deid.formats.views import Place, joined, part_figures, whole
from deid.grammar.fieldnames import is_label
from deid.types import Cell, Segment, TextBlock

_PARAGRAPHS = frozenset({"w:p", "a:p", "x:text", "x:si", "x:is", "div"})
"""`div` is the paragraph of a text box in VML; `font`, its run, may hold `b` and stand among text."""
_BARE = frozenset({"w:t", "w:delText"})
_FLOWING = frozenset({"w:p", "a:p"})
"""Those of which one goes on with what the one before says."""
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "a:br": "\n",
    "br": "\n",
    "w:noBreakHyphen": "-",
}
_SIGNS = frozenset(
    "w:sym w:drawing w:pict w:object w:footnoteReference w:endnoteReference w:footnoteRef w:endnoteRef w:pgNum".split()
)
"""What is seen in a line, and is no text."""
_SET_APART = frozenset({"m:num", "m:den", "m:d", "m:deg", "m:lim"})
"""What of a formula stands apart from the text beside it."""
_INSTEAD = "mc:Fallback"
_APART = _PARAGRAPHS | {
    "w:pPr",
    "w:rPr",
    "a:pPr",
    "a:rPr",
    "x:rPr",
    "x:rPh",
    "w:sdtPr",
    "w:rt",
    "w:rubyPr",
    _INSTEAD,
}
_INSERTED = frozenset({"w:ins", "w:moveTo"})
_DELETED = frozenset({"w:del", "w:moveFrom"})


class _How(NamedTuple):
    """How a text is there: by a tracked change, unseen, or in one of the two ways for newer and for older programs."""

    inserted: bool = False
    deleted: bool = False
    hidden: bool = False
    chosen: bool = False
    instead: bool = False
    sign: bool = False
    """Stands for what is no text, and parts what touches it on both sides."""


_ORDINARY = _How()


@dataclass(slots=True)
class _Piece:
    text: str
    site: Site | None
    how: _How = _ORDINARY
    start: int = 0
    """Where it begins in its site."""
    shown: _Shown | None = None
    """Of what stands elsewhere, of which it is all or a part."""

    @property
    def bare(self) -> _Piece:
        """The same without white space at its ends, which Word drops where nothing says that it is to be kept."""
        site = self.site
        if site is None or short(site.element.tag) not in _BARE or site.element.get(SPACE) == "preserve":
            return self
        text = self.text.strip()
        return (
            replace(self, text=text, start=self.start + self.text.find(text)) if text != self.text else self
        )


@dataclass(slots=True, eq=False)
class _Shown:
    """A control or the result of a field that shows what stands elsewhere."""

    origin: Origin
    entire: bool = True
    """Whether one paragraph shows all of it."""


@dataclass(slots=True)
class _Place:
    """Where a paragraph stands in a table."""

    table: int
    row: int
    column: int
    labels: tuple[str, ...]


_WHOLE = re.compile("-?[0-9]{1,9}")
_LEFT = re.compile(r"(?:^|;)\s*(?:margin-)?left\s*:\s*(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)")
_PARTED = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[\t\n][0-9]){9,}(?:[\t\n][Xx])?(?![0-9A-Za-z])")
_NUMBER = re.compile(r"(?:[0-9][ \-]?){7}")
_TOUCHING = re.compile(r"(?:[^\W_]|-)*[^\W_] *\Z")
"""What of the label of a list touches the text behind it."""


def blocks(
    root: Element,
    sites: Sequence[Site],
    walk: Walk,
    names: Names,
    lists: Lists | None = None,
    origins: Origins | None = None,
) -> Iterator[TextBlock]:
    """All blocks of a tree, in document order; views of a row of cells after its last paragraph."""
    paragraphs = _Paragraphs(root, sites, walk, lists, origins or Origins())
    for element in elements(root):
        if short(element.tag) in _PARAGRAPHS or _is_line(element):
            yield from paragraphs.read(element)
    yield from paragraphs.end()
    if walk.custom:
        yield from paragraphs.mixed(root)
    yield from _others(sites, paragraphs.taken, walk, names)


class _Paragraphs:
    """The paragraphs of a tree one after the other, with what of them is one value together with those before."""

    def __init__(
        self, root: Element, sites: Sequence[Site], walk: Walk, lists: Lists | None, origins: Origins
    ) -> None:
        self._walk, self._lists = walk, lists
        self._texts = {site.element: site for site in sites if site.kind == "text" and not site.slot}
        self._tails = {site.element: site for site in sites if site.slot == "tail"}
        self._followed = _Followed(origins, bookmarks_of(root, sites))
        self._controls = self._followed.controls_around(root)
        self._places, self._ends = _tables(root)
        self._groups = slides.boxes(root)
        self._labels = {**slides.box_labels(self._groups), **labels_of_boxes(root)}
        self._boxed = {
            box.paragraphs[0]: box.left for group in self._groups for box in group if len(box.paragraphs) == 1
        }
        self._framed, self._in_frames = {**_text_boxes(root), **_frames(root)}, Boxes()
        self._number = 0
        self._cells: dict[Element, TextBlock] = {}
        self._previous: dict[Element, TextBlock] = {}
        self._caps: dict[Element, TextBlock] = {}
        self._above: dict[int, dict[int, TextBlock]] = {}
        self._uprights: defaultdict[int, Upright] = defaultdict(Upright)
        self._open_ends: dict[Element, list[_Piece]] = {}
        """Paragraphs that a tracked change joins to the next."""
        self.taken: set[str] = set()
        """Sources that stand in a paragraph."""

    def read(self, element: Element) -> Iterator[TextBlock]:
        """The views of a paragraph, then those that it ends."""
        self._number += 1
        pieces = self._pieces(element)
        place = self._places.get(element)
        before = self._previous.pop(element.getparent(), None)
        empty = self._empty(element, before)
        views = list(_views(pieces, empty.id, empty.where, empty.labels, empty.table))
        pieces = [piece for piece in pieces if not (piece.how.instead or piece.how.sign)]
        if views and short(element.tag) in _FLOWING:
            views[0] = replace(views[0], flow=self._walk.base)
        yield from views
        if views:
            yield from _as_kept(pieces, views[0])
            yield from _parted(views[0])
            if bullet := _bullet(element):
                behind = [_Piece(bullet, None), *pieces]
                yield from _views(behind, f"{empty.id}•", empty.where, empty.labels, empty.table)
            yield from self._in_boxes(element, views[0])
            if self._lists and (label := self._lists.label(element)):
                yield from _labelled(label, pieces, views[0])
        yield from self._over_changed_ends(element, pieces, empty)
        self.taken.update(segment.source for view in views for segment in view.segments)
        if views:
            self._previous[element.getparent()] = views[0]
            if place or element in self._boxed:
                self._cells.setdefault(element, views[0])
            if before and not place:
                yield from line_views(before, views[0])
            yield from self._behind_cap(element, views[0])
        if place and element in self._ends:
            row = yield from _joined(self._ends[element], self._cells, self._above.get(place.table, {}))
            self._above[place.table] = row
            yield from self._uprights[place.table].add(row)

    def end(self) -> Iterator[TextBlock]:
        """What goes over boxes, columns and lines of boxes."""
        yield from self._in_frames.end()
        for upright in self._uprights.values():
            yield from upright.end()
        for group in self._groups:
            for line in slides.lines(group):
                row = [self._cells[box.paragraphs[0]] for box in line if box.paragraphs[0] in self._cells]
                yield from row_views(row, range(len(row)))

    def mixed(self, root: Element) -> Iterator[TextBlock]:
        """What elements of another program's XML say in which text stands among elements: 电话<b>139</b>1234…"""
        for element in mixed(root):
            self._number += 1
            empty = self._empty(element, None)
            yield from _views(list(self._whole(element)), empty.id, empty.where, (), None)

    def _whole(self, element: Element) -> Iterator[_Piece]:
        """All that stands in an element, with and without elements of its own."""
        yield _said(self._texts.get(element), element.text)
        for child in element.iterchildren("*"):
            name = short(child.tag)
            if name in _CHARACTERS:
                yield _Piece(_CHARACTERS[name], None)
            elif name not in _PARAGRAPHS:
                yield from self._whole(child)
            yield _said(self._tails.get(child), child.tail)

    def _pieces(self, element: Element) -> list[_Piece]:
        if _is_line(element):
            return list(self._whole(element))
        own = self._texts.get(element)  # 电话 in <div>电话<font>139…</font></div>
        pieces = [_Piece(own.text, own)] if own else []
        shown = self._controls.get(element)
        pieces += _pieces(element, self._texts, self._walk.scope.hiding, self._followed, shown=shown)
        return pieces

    def _empty(self, element: Element, before: TextBlock | None) -> TextBlock:
        """The block of a paragraph, as yet without text: where it stands, and what the layout says it is."""
        title, place = self._walk.part.title, self._places.get(element)
        where, labels, table = f"{title}, paragraph {self._number}", self._labels.get(element, ()), None
        if place:
            where = f"{title}, table {place.table} row {place.row + 1} column {place.column + 1}"
            labels, table = place.labels, Cell(f"{title} {place.table}", place.row, place.column)
        if before and before.text.rstrip()[-1:] in (":", "：") and is_label(bare(before.text)):
            labels = (bare(before.text), *labels)
        return TextBlock(f"{self._walk.base}p{self._number}", "", where, labels, table)

    def _in_boxes(self, element: Element, view: TextBlock) -> Iterator[TextBlock]:
        """Single figures in boxes that follow each other."""
        if element in self._framed or element in self._boxed:
            row, left = self._framed.get(element, ("", self._boxed.get(element, 0)))
            yield from self._in_frames.add(view, row, left)
        else:
            yield from self._in_frames.end()

    def _over_changed_ends(
        self, element: Element, pieces: list[_Piece], empty: TextBlock
    ) -> Iterator[TextBlock]:
        """The paragraph with those before it whose ends a tracked change takes away."""
        parent = element.getparent()
        if parent in self._open_ends:
            joint = [*self._open_ends[parent], *pieces]
            view = _block(joint, f"{empty.id}^", empty.where, empty.labels, empty.table)
            if view.text.strip():
                yield view
        if _mark_changed(element):
            self._open_ends[parent] = self._open_ends.get(parent, []) + pieces
        else:
            self._open_ends.pop(parent, None)

    def _behind_cap(self, element: Element, view: TextBlock) -> Iterator[TextBlock]:
        """A paragraph behind the large letter that begins it."""
        if cap := self._caps.pop(element.getparent(), None):
            parts = (cap, view)
            yield joined(parts, [Place(n, 0, len(part.text)) for n, part in enumerate(parts)])
        if _is_drop_cap(element):
            self._caps[element.getparent()] = view


def _is_line(element: Element) -> bool:
    """Whether an element is a paragraph of a text box in VML."""
    name, box = short(element.tag), element.getparent()
    return name == "div" or (name == "p" and box is not None and short(box.tag) == "v:textbox")


def _said(site: Site | None, text: str | None) -> _Piece:
    """A text as it can be edited, or the blank between two; lines and indentation of the file are none."""
    if site:
        return _Piece(site.text, site)
    blank = text if text and text.isspace() and "\n" not in text else ""
    return _Piece("\n" if text and not text.isspace() else blank, None)


def _parted(view: TextBlock) -> Iterator[TextBlock]:
    """Figures with a tab or the end of a line behind each, which may be one number."""
    for parted in _PARTED.finditer(view.text) if "\t" in view.text or "\n" in view.text else ():
        if may_be_boxes(parted[0][::2]):
            yield joined((view,), [Place(0, at, at + 1) for at in range(*parted.span(), 2)])


def _text_boxes(root: Element) -> dict[Element, tuple[str, float]]:
    """The paragraphs that are all of a text box, and to which row of boxes each belongs: many are there twice."""
    found: dict[Element, tuple[str, float]] = {}
    rows: dict[Element, str] = {}
    for box in root.iter("{*}txbxContent"):
        paragraphs = [child for child in box.iterchildren("*") if short(child.tag) == "w:p"]
        if len(paragraphs) == 1:
            outer = next(box.iterancestors("{*}p"), None)
            several = outer is not None and sum(1 for _ in outer.iter("{*}txbxContent")) > 2
            row = rows.setdefault(outer, str(len(rows) + 1)) if several else ""
            row += "-" * (next(box.iterancestors("{*}Fallback"), None) is not None)
            found[paragraphs[0]] = row, 0.0
    return found


def _frames(root: Element) -> dict[Element, tuple[str, float]]:
    """The paragraphs that are all of a frame of Word, a shape of VML or a point of a diagram, and how far to the left."""
    found: dict[Element, tuple[str, float]] = {}
    for frame in root.iter("{*}framePr"):
        place = next((value for key, value in frame.attrib.items() if local(key) == "x"), "")
        if not any(local(key) == "dropCap" and value != "none" for key, value in frame.attrib.items()):
            found[frame.getparent().getparent()] = "", float(place) if _WHOLE.fullmatch(place) else 0.0
    for box in root.iter("{urn:schemas-microsoft-com:vml}textbox"):
        lines = [child for child in box.iterchildren("*") if _is_line(child)]
        if len(lines) == 1 and (shape := box.getparent()) is not None:
            place = _LEFT.search(shape.get("style", ""))
            found[lines[0]] = "", float(place[1]) if place else 0.0
    for point in root.iter("{*}t") if short(root.tag) == "dgm:dataModel" else ():
        lines = [child for child in point.iterchildren("*") if short(child.tag) == "a:p"]
        if len(lines) == 1:
            found[lines[0]] = "", 0.0
    return found


def _labelled(label: Sequence[Passage], pieces: Sequence[_Piece], text: TextBlock) -> Iterator[TextBlock]:
    """A paragraph with the label of its list before it, where these may be one value; else a label that may be one."""
    before = "".join(passage.text for passage in label)
    touching = _TOUCHING.search(before)
    goes_on = touching is not None and text.text[:1].isalnum()
    if not (goes_on or ("\n" not in before and _NUMBER.search(before))):
        return
    shown, place = [], 0
    for one in label:
        # of `1.2` only what touches: it is no day
        cut = min(len(one.text), max(0, touching.start() - place)) if touching and goes_on else 0
        site = Site(one.source, one.text, "text", None) if one.source else None
        shown.append(_Piece(one.text[cut:], site, start=one.start + cut))
        place += len(one.text)
    if goes_on:
        shown += [piece for piece in pieces if not piece.how.deleted]
    yield _block(shown, f"{text.id}%", text.where, text.labels, text.table)


def _mark_changed(paragraph: Element) -> bool:
    """Whether the end of a paragraph was inserted or deleted."""
    for properties in paragraph.iterchildren("*"):
        if short(properties.tag) == "w:pPr":
            runs = [child for child in properties.iterchildren("*") if short(child.tag) == "w:rPr"]
            return any(
                short(child.tag) in _INSERTED | _DELETED for run in runs for child in run.iterchildren("*")
            )
    return False


def _views(
    pieces: Sequence[_Piece], id: str, where: str, labels: tuple[str, ...], table: Cell | None
) -> Iterator[TextBlock]:
    """The paragraph with changes accepted; with changes rejected, without what is hidden, as older programs show
    it, and with blanks for signs, where these differ."""
    signed = [piece for piece in pieces if not (piece.how.deleted or piece.how.hidden or piece.how.instead)]
    pieces = [piece for piece in pieces if not piece.how.sign]
    kept = [piece for piece in pieces if not piece.how.deleted]
    accepted = _block([piece for piece in kept if not piece.how.instead], id, where, labels, table)
    if accepted.text.strip():
        yield accepted
    if any(piece.how.inserted or piece.how.deleted for piece in pieces):
        left = [piece for piece in pieces if not (piece.how.inserted or piece.how.instead)]
        rejected = _block(left, f"{id}-", where, labels, table)
        if rejected.text.strip() and rejected.segments != accepted.segments:
            yield rejected
    if any(piece.how.hidden for piece in pieces):
        seen = [piece for piece in kept if not (piece.how.hidden or piece.how.instead)]
        shown = _block(seen, f"{id}+", where, labels, table)
        if shown.text.strip():
            yield shown
    if any(piece.how.instead for piece in pieces):
        older = _block([piece for piece in kept if not piece.how.chosen], f"{id}=", where, labels, table)
        if older.text.strip():
            yield older
    if part_figures((piece.text, piece.how.sign) for piece in signed):
        yield _block(signed, f"{id}|", where, labels, table)
    seen = [piece for piece in kept if not (piece.how.hidden or piece.how.instead)]
    bare = [piece.bare for piece in seen]
    if bare != seen and any(piece.text for piece in bare):
        yield _block(bare, f"{id}_", where, labels, table)


def _block(
    pieces: Sequence[_Piece], id: str, where: str, labels: tuple[str, ...], table: Cell | None
) -> TextBlock:
    segments: list[Segment] = []
    length = 0
    for piece in pieces:
        if piece.site and piece.text:
            segments.append(Segment(length, length + len(piece.text), piece.site.source, piece.start))
        length += len(piece.text)
    segments += _copies(pieces)
    return TextBlock(id, "".join(piece.text for piece in pieces), where, labels, table, tuple(segments))


def _copies(pieces: Sequence[_Piece]) -> Iterator[Segment]:
    """The places elsewhere that hold what pieces show."""
    start = 0
    for shown, some in groupby(pieces, key=lambda piece: piece.shown):
        text = "".join(piece.text for piece in some)
        if shown and (inside := "".join(site.text for site in shown.origin).find(text.strip())) >= 0:
            place = start + len(text) - len(text.lstrip()) - inside
            for site in shown.origin:
                first = max(place, start)
                last = min(place + len(site.text), start + len(text.rstrip()))
                if first < last:
                    yield Segment(first, last, site.source, first - place)
                place += len(site.text)
        start += len(text)


def _as_kept(pieces: Sequence[_Piece], view: TextBlock) -> Iterator[TextBlock]:
    """A paragraph with what stands elsewhere in the place of what was shown of it, where that is another text."""
    kept: list[_Piece] = []
    differs = False
    for shown, some in groupby(
        (piece for piece in pieces if not piece.how.deleted), lambda piece: piece.shown
    ):
        held = list(some)
        if shown and shown.entire and shown.origin:
            text = "".join(piece.text for piece in held)
            differs = differs or text.strip() != "".join(site.text for site in shown.origin).strip()
            held = [_Piece(site.text, site) for site in shown.origin]
        kept += held
    if differs:
        yield _block(kept, f"{view.id}*", view.where, view.labels, view.table)


class _Followed:
    """Controls and fields of a tree, with where they have their text from."""

    def __init__(self, origins: Origins, bookmarks: Mapping[str, Origin]) -> None:
        self._origins, self._bookmarks = origins, bookmarks
        self._results: dict[fieldcodes.Result, _Shown | None] = {}

    def control(self, element: Element, *, entire: bool = True) -> _Shown | None:
        """A control that is bound to something short."""
        origin = self._origins.bound(element) if self._origins else ()
        return _Shown(origin, entire) if _is_short(origin) else None

    def controls_around(self, root: Element) -> dict[Element, _Shown]:
        """By paragraph the bound control that it is in."""
        found: dict[Element, _Shown] = {}
        for element in root.iter("{*}sdt") if self._origins else ():
            paragraphs = list(element.iter("{*}p"))
            if paragraphs and (shown := self.control(element, entire=len(paragraphs) == 1)):
                found.update(dict.fromkeys(paragraphs, shown))
        return found

    def field(self, fields: fieldcodes.Open) -> _Shown | None:
        """The field that is open at a place."""
        result = fields.result
        if result is None:
            return None
        if result not in self._results:
            origin = self._origins.of_field(result.code, self._bookmarks)
            self._results[result] = _Shown(origin) if _is_short(origin) else None
        return self._results[result]


def _is_short(origin: Origin) -> bool:
    return 0 < sum(len(site.text) for site in origin) <= LONGEST


def _pieces(
    element: Element,
    sites: dict[Element, Site],
    hiding: frozenset[str],
    followed: _Followed,
    how: _How = _ORDINARY,
    fields: fieldcodes.Open | None = None,
    shown: _Shown | None = None,
) -> Iterator[_Piece]:
    fields = fieldcodes.Open() if fields is None else fields
    for child in element.iterchildren("*"):
        name = short(child.tag)
        if name == "w:fldChar":
            fields.mark(_attribute(child, "fldCharType"))
        elif name == "w:instrText":
            fields.code(child.text or "")
        apart = name in _SIGNS or name in _SET_APART or _attribute(child, "fldCharType") == "end"
        if apart:
            yield _Piece(" ", None, how._replace(sign=True))
        if name in rules.RUNS:
            if child in sites:
                unseen = how.hidden or fields.unseen
                piece = _Piece(sites[child].text, sites[child], how._replace(hidden=unseen))
                piece.shown = followed.field(fields) or shown
                yield piece
        elif name in _CHARACTERS:
            yield _Piece(_CHARACTERS[name], None, how)
        elif name not in _APART or name == _INSTEAD:
            mark = _override(child) if name == "w:bdo" else ""
            if mark:
                yield _Piece(mark, None, how)
            inner = _How(
                how.inserted or name in _INSERTED,
                how.deleted or name in _DELETED,
                how.hidden or is_hidden(child, hiding),
                how.chosen or (name == "mc:Choice" and element.find("{*}Fallback") is not None),
                how.instead or name == _INSTEAD,
            )
            with fields.simple(_attribute(child, "instr")) if name == "w:fldSimple" else nullcontext():
                bound = followed.control(child) if name == "w:sdt" else None
                yield from _pieces(child, sites, hiding, followed, inner, fields, bound or shown)
            if mark:
                yield _Piece(END, None, how)
        if apart:
            yield _Piece(" ", None, how._replace(sign=True))


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _override(element: Element) -> str:
    """The mark for the order in which all that stands in an element is shown."""
    return TURNED if _attribute(element, "val") == "rtl" else STRAIGHT


def _bullet(paragraph: Element) -> str:
    """The letter or figure that a paragraph of a slide has for a bullet: n of Wingdings is none."""
    for properties in paragraph.iterchildren("{*}pPr"):
        fonts = (font.get("typeface", "") for font in properties.iterchildren("{*}buFont"))
        if any(map(draws_symbols, fonts)):
            continue
        for sign in properties.iterchildren("{*}buChar"):
            if sign.get("char", "").isalnum():
                return str(sign.get("char"))
    return ""


def _is_drop_cap(paragraph: Element) -> bool:
    """Whether it is the first letter of the next paragraph, set large beside it."""
    frames = (
        frame
        for properties in paragraph.iterchildren("{*}pPr")
        for frame in properties.iterchildren("{*}framePr")
    )
    return any(
        local(key) == "dropCap" and value != "none" for frame in frames for key, value in frame.attrib.items()
    )


def _others(sites: Sequence[Site], taken: set[str], walk: Walk, names: Names) -> Iterator[TextBlock]:
    """Attributes, field codes, formulas, properties: each by itself, values that recur once; in custom XML
    also what stands side by side."""
    records: dict[Element, list[TextBlock]] = {}
    readings = Boxes()
    offered: list[tuple[Site, TextBlock]] = []
    for site in sites:
        if short(site.element.tag) in choices.ENTRIES and any(map(str.isalnum, site.text)):
            where = f"{walk.part.title}, list to choose from"
            offered.append((site, TextBlock(site.source, site.text, where, site.labels)))
        if site.kind in ("blank", "empty") or not (site.first and site.alone) or site.source in taken:
            continue
        if site.kind == "formula":
            where = f"{walk.part.title}, formula"
            parts = [TextBlock(source, text, where) for source, text in site.literals(names)]
            yield from parts
            if len(parts) > 1:  # as most formulas put them
                yield replace(joined(parts, whole(parts)), id=f"{site.source}'", where=where)
            continue
        if local(site.element.tag) in rules.HEADERS and not site.slot:
            yield from _header(site, walk)
        if any(map(str.isalnum, site.text)):
            what = {"field": "field code", "person": "author"}.get(
                site.kind, "attribute" if site.slot else "text"
            )
            block = TextBlock(site.source, site.text, f"{walk.part.title}, {what}", site.labels)
            yield block
            if _is_reading(site):
                yield from readings.add(block)
            if site.kind == "field":
                yield from fieldcodes.joined(block)
            if walk.custom and not site.slot and site.kind != "called":
                records.setdefault(site.element.getparent(), []).append(block)
    yield from readings.end()
    yield from choices.offers(offered)
    for row in records.values():
        yield from row_views(row, range(len(row)))


def _is_reading(site: Site) -> bool:
    """Whether a text stands above another, as a reading does."""
    run = site.element.getparent() if not site.slot else None
    return run is not None and run.getparent() is not None and short(run.getparent().tag) == "w:rt"


def _header(site: Site, walk: Walk) -> Iterator[TextBlock]:
    """A sheet's header as it is printed: its codes may stand in the middle of a value."""
    codes = rules.HEADER_CODES if rules.HEADER_SIZE.search(site.text) else rules.HEADER_CODES[:1]
    for number, code in enumerate(codes):
        segments: list[Segment] = []
        text = ""
        position = 0
        for match in (*code.finditer(site.text), None):
            piece = site.text[position : match.start() if match else len(site.text)]
            if piece:
                segments.append(Segment(len(text), len(text) + len(piece), site.source, position))
                text += piece
            if match:
                position = match.end()
                sign = match[0].upper()
                text += "\n" * (sign in rules.HEADER_SECTION) + " " * (sign in rules.HEADER_SHOWN)
        if len(segments) > 1 or number or _follows_code(site.text, segments):
            id = f"{site.source}&{number or ''}"
            yield TextBlock(id, text, f"{walk.part.title}, header or footer", segments=tuple(segments))


def _follows_code(text: str, segments: Sequence[Segment]) -> bool:
    """Whether what is shown begins with letters or figures right behind a code: &C13800138000."""
    first = segments[0].source_start if segments else 0
    return first > 0 and text[first].isascii() and text[first].isalnum()


def _tables(root: Element) -> tuple[dict[Element, _Place], dict[Element, list[tuple[Element, _Place]]]]:
    """Paragraphs in cells with their place; and, by the last paragraph of a row, all of the row."""
    places: dict[Element, _Place] = {}
    ends: dict[Element, list[tuple[Element, _Place]]] = {}
    tables = [element for element in elements(root) if short(element.tag) in ("w:tbl", "a:tbl")]
    for number, table in enumerate(tables, 1):
        rows = [list(_columns(row)) for row in _inside(table, ("w:tr", "a:tr"))]
        texts = [[(column, "\n".join(map(_text, found))) for column, found in row] for row in rows]
        for index, (row_texts, labels) in enumerate(labelled(texts, lambda row: row)):
            row: list[tuple[Element, _Place]] = []
            for (column, found), _ in zip(rows[index], row_texts, strict=True):
                place = _Place(number, index, column, labels.get(column, ()))
                row += [(paragraph, place) for paragraph in found]
            places.update(row)
            if row:
                ends[row[-1][0]] = row
    return places, ends


def _columns(row: Element) -> Iterator[tuple[int, list[Element]]]:
    """The cells of a row: the column each begins in, and its own paragraphs."""
    column = 0
    for cell in _inside(row, ("w:tc", "a:tc")):
        yield column, list(_inside(cell, ("w:p", "a:p")))
        column += _span(cell)


def _span(cell: Element) -> int:
    for element in cell.iterchildren("*"):
        if short(element.tag) == "w:tcPr":
            for inner in element.iterchildren("*"):
                if short(inner.tag) == "w:gridSpan":
                    value = next(iter(inner.attrib.values()), "1")
                    return min(int(value), 1000) if value.isdigit() else 1
    return 1


def _inside(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """The nearest descendants of these names, not looking into nested tables."""
    for child in element.iterchildren("*"):
        name = short(child.tag)
        if name in names:
            yield child
        elif name not in ("w:tbl", "a:tbl", "w:p", "a:p", "mc:Fallback"):
            yield from _inside(child, names)


def _text(paragraph: Element) -> str:
    parts = []
    for child in paragraph.iterchildren("*"):
        name = short(child.tag)
        if name in rules.RUNS:
            parts.append(child.text or "")
        elif name not in _APART and name not in _DELETED:
            parts.append(_text(child))
    return "".join(parts)


def _joined(
    row: Sequence[tuple[Element, _Place]], blocks: dict[Element, TextBlock], above: dict[int, TextBlock]
) -> Generator[TextBlock, None, dict[int, TextBlock]]:
    """Views over neighbouring cells that hold one value together (one digit a cell, for instance),
    and over the paragraphs of one cell. Gives back the cells, of which `above` are those of the last row.
    """
    by_column: dict[int, list[TextBlock]] = {}
    for paragraph, place in row:
        if paragraph in blocks:
            by_column.setdefault(place.column, []).append(blocks[paragraph])
    for paragraphs in by_column.values():
        if len(paragraphs) > 1:
            yield from row_views(paragraphs, range(len(paragraphs)))
    order = {column: index for index, column in enumerate(sorted({place.column for _, place in row}))}
    cells = {column: found[0] for column, found in by_column.items() if len(found) == 1}
    yield from row_views(list(cells.values()), [order[column] for column in cells])
    yield from column_views(cells, above)
    return cells
