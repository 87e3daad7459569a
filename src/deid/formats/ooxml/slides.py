"""What is particular to slides (PresentationML, ISO/IEC 29500-1, 19): objects that stand on them without
the part they showed, sounds and films, and text boxes that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from deid.formats.ooxml.xml import Element, elements, local, names, remove, short, take_out
from deid.formats.tables import bare
from deid.grammar.fieldnames import is_label

_MEDIA = names("audioFile videoFile quickTimeFile wavAudioFile audioCd media")
_NEAR = 200_000  # EMU, about half a centimetre

_WIDTH, _HEIGHT = 609_600, 190_500
"""EMU of an ordinary cell of a sheet."""
_DRAWN = ("p:", "xdr:wsDr", "cdr:userShapes", "?:drawing")
_GROUPS = frozenset({"spTree", "grpSp", "wsDr", "userShapes"})


class Box(NamedTuple):
    """A shape with text: its place on the slide in EMU (within its group), and its paragraphs."""

    left: int
    top: int
    right: int
    bottom: int
    paragraphs: tuple[Element, ...]


def prepare(root: Element, dropped: frozenset[str], pictures: Mapping[str, str]) -> None:
    """Put a picture where an object was whose part is left out; take out media and what plays them."""
    if not short(root.tag).startswith("p:"):
        return
    for element in list(elements(root)):
        if element.getparent() is None:
            continue
        if short(element.tag) == "p:oleObj" and _points_to(element, dropped):
            _show_picture(element, pictures)
        elif _goes(element, dropped):
            take_out(element, root)
    if dropped:
        for element in list(elements(root)):
            if short(element.tag) == "mc:AlternateContent" and _points_to(element, dropped):
                _fall_back(element, dropped)
            elif short(element.tag) == "p:timing" and _plays(element, dropped):
                take_out(element, root)


def _goes(element: Element, dropped: frozenset[str]) -> bool:
    name = short(element.tag)
    if name in ("a:hlinkClick", "a:hlinkHover"):
        return bool(element.get("action") == "ppaction://media")
    if name == "p:controls":
        return _points_to(element, dropped)
    return name == "p:sndAc" or local(element.tag) in _MEDIA


def _points_to(element: Element, dropped: frozenset[str]) -> bool:
    return any(
        value in dropped
        for inner in elements(element)
        for key, value in inner.attrib.items()
        if short(key).startswith("r:")
    )


def _plays(timing: Element, dropped: frozenset[str]) -> bool:
    """Whether an animation plays a sound or a film, none of which is passed on."""
    tags = {short(inner.tag) for inner in elements(timing)}
    return bool(tags & {"p:audio", "p:video", "p:sndTgt"}) or _points_to(timing, dropped)


def pictures_of(drawing: Element) -> Iterator[tuple[str, str]]:
    """The shapes of a drawing in VML that are pictures, each with the id of its relationship."""
    for data in drawing.iter("{urn:schemas-microsoft-com:vml}imagedata"):
        id = next((value for key, value in data.attrib.items() if local(key) in ("relid", "id")), "")
        shape = data.getparent()
        said = {local(key): value for key, value in shape.attrib.items()} if shape is not None else {}
        if id and (name := said.get("spid") or said.get("id")):
            yield name, id


def _show_picture(ole: Element, pictures: Mapping[str, str]) -> None:
    """In the place of an embedded object the picture of it, which every program has written beside it."""
    frame = next((above for above in ole.iterancestors() if short(above.tag) == "p:graphicFrame"), None)
    if frame is None or frame.getparent() is None:
        remove(ole)
        return
    picture = next((inner for inner in elements(frame) if short(inner.tag) == "p:pic"), None)
    if picture is None and ole.get("spid", "") in pictures:
        picture = _picture(ole, frame, pictures[ole.get("spid")])
    if picture is not None:
        for mark in elements(picture):
            if short(mark.tag) == "p:cNvPr":
                mark.attrib.update(_mark(frame))
        picture.tail = None
        frame.addprevious(picture)
    remove(frame)


def _picture(ole: Element, frame: Element, id: str) -> Element | None:
    """A picture in the place of a frame."""
    place = next((child for child in frame if short(child.tag) == "p:xfrm"), None)
    drawing = next((child.tag for child in frame if short(child.tag) == "a:graphic"), "").rpartition("}")[0]
    relation = next((key for key in ole.attrib if short(key) == "r:id"), "").rpartition("}")[0]
    if place is None or not drawing or not relation:
        return None
    own = ole.tag.rpartition("}")[0]
    picture = etree.Element(f"{own}}}pic")
    about = etree.SubElement(picture, f"{own}}}nvPicPr")
    for name in ("cNvPr", "cNvPicPr", "nvPr"):
        etree.SubElement(about, f"{own}}}{name}")
    fill = etree.SubElement(picture, f"{own}}}blipFill")
    etree.SubElement(fill, f"{drawing}}}blip", {f"{relation}}}embed": id})
    etree.SubElement(etree.SubElement(fill, f"{drawing}}}stretch"), f"{drawing}}}fillRect")
    look = etree.SubElement(picture, f"{own}}}spPr")
    look.append(place)
    place.tag, place.tail = f"{drawing}}}xfrm", None
    form = etree.SubElement(look, f"{drawing}}}prstGeom", prst="rect")
    etree.SubElement(form, f"{drawing}}}avLst")
    return picture


def _mark(frame: Element) -> dict[str, str]:
    found = next((inner for inner in elements(frame) if short(inner.tag) == "p:cNvPr"), None)
    return dict(found.attrib) if found is not None else {}


def _fall_back(alternate: Element, dropped: frozenset[str]) -> None:
    """Where only the choice shows what is left out, its fallback stays."""
    fallback = next((child for child in alternate if short(child.tag) == "mc:Fallback"), None)
    if fallback is None or _points_to(fallback, dropped) or not len(fallback):
        return
    for child in list(fallback):
        child.tail = None
        alternate.addprevious(child)
    remove(alternate)


# --- text boxes side by side


def boxes(root: Element) -> list[list[Box]]:
    """The text boxes of a slide, or of the drawing of a sheet or chart, by the group they are in, from top to bottom and
    left to right."""
    if not short(root.tag).startswith(_DRAWN):
        return []
    groups: list[list[Box]] = []
    for group in elements(root):
        if local(group.tag) in _GROUPS:
            found = [box for shape in group if (box := _box(shape) or _anchored(shape))]
            groups.append(sorted(found, key=lambda box: (box.top, box.left)))
    return groups


def _box(shape: Element) -> Box | None:
    place = next((inner for inner in elements(shape) if short(inner.tag) == "a:xfrm"), None)
    paragraphs = _paragraphs(shape)
    if place is None or not paragraphs:
        return None
    sizes = {short(child.tag): child for child in place}
    try:
        left, top = (int(sizes["a:off"].get(key)) for key in ("x", "y"))
        width, height = (int(sizes["a:ext"].get(key)) for key in ("cx", "cy"))
    except (KeyError, TypeError, ValueError):
        return None
    return Box(left, top, left + width, top + height, paragraphs)


def _anchored(anchor: Element) -> Box | None:
    """The shape that an anchor of a sheet holds; Excel goes by the anchor, not by what the shape says."""
    shape = next((child for child in anchor if local(child.tag) == "sp"), None)
    if shape is None or not (paragraphs := _paragraphs(shape)):
        return None
    said = {local(child.tag): child for child in anchor}
    try:
        if "pos" in said:
            left, top = (int(said["pos"].get(key)) for key in ("x", "y"))
        else:
            place = {local(child.tag): int(child.text) for child in said["from"]}
            left, top = place["col"] * _WIDTH + place["colOff"], place["row"] * _HEIGHT + place["rowOff"]
    except (KeyError, TypeError, ValueError):
        return _box(shape)
    return Box(left, top, left + _WIDTH, top + _HEIGHT, paragraphs)


def _paragraphs(shape: Element) -> tuple[Element, ...]:
    bodies = (child for child in shape if local(shape.tag) == "sp" and local(child.tag) == "txBody")
    return tuple(child for body in bodies for child in body if short(child.tag) == "a:p")


def lines(group: list[Box]) -> Iterator[list[Box]]:
    """Boxes that stand in one line, from left to right."""
    line: list[Box] = []
    for box in group:
        if line and not (line[0].top <= (box.top + box.bottom) / 2 <= line[0].bottom):
            yield sorted(line, key=lambda box: box.left)
            line = []
        line.append(box)
    if line:
        yield sorted(line, key=lambda box: box.left)


def box_labels(groups: list[list[Box]]) -> dict[Element, tuple[str, ...]]:
    """Paragraphs of boxes whose neighbour to the left, or above, says what stands in them."""
    found: dict[Element, tuple[str, ...]] = {}
    for group in groups:
        above: list[Box] = []
        for line in lines(group):
            before: Box | None = None
            for box in line:
                over = next((other for other in above if abs(other.left - box.left) < _NEAR), None)
                label = next((text for other in (before, over) if other and (text := _label(other))), "")
                if label and not _label(box):
                    found.update(dict.fromkeys(box.paragraphs, (label,)))
                before = box
            above = line
    return found


def _label(box: Box) -> str:
    text = "".join(
        inner.text or ""
        for paragraph in box.paragraphs
        for inner in elements(paragraph)
        if short(inner.tag) in ("a:t", "w:t")
    )
    return bare(text) if is_label(text) else ""
