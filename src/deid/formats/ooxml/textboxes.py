"""Text boxes of Word as boxes of a slide: where the anchors of DrawingML and the styles of VML put them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from deid.formats.ooxml.slides import Box, box_labels
from deid.formats.ooxml.xml import Element, local, short

_EMU = {"": 12_700, "pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "pc": 152_400}
_STYLED = re.compile(r"([a-z\-]+)\s*:\s*([^;]*)")
_LENGTH = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(pt|in|cm|mm|px|pc|)")
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_WIDTH = 609_600
_OF_PAGE = ("page", "margin")
"""What boxes of several paragraphs may be placed on."""


class _Place(NamedTuple):
    """What a box is placed on, and where: left, top, width, height in EMU."""

    of: tuple[object, ...]
    left: int
    top: int
    width: int
    height: int


def labels_of_boxes(root: Element) -> dict[Element, tuple[str, ...]]:
    """Paragraphs of boxes whose neighbour says what stands in them; what older programs show instead is called alike."""
    found = box_labels(_groups(root))
    for alternate in root.iter("{*}AlternateContent") if found else ():
        ways = [list(way.iter("{*}txbxContent")) for way in alternate.iterchildren("*")]
        for chosen, instead in zip(*ways, strict=False) if len(ways) == 2 else ():
            for one, other in zip(chosen.iter("{*}p"), instead.iter("{*}p"), strict=False):
                if one in found:
                    found.setdefault(other, found[one])
    return found


def _groups(root: Element) -> list[list[Box]]:
    """The text boxes by what they are placed on; those that stand in the line are one beside the other."""
    groups: defaultdict[tuple[bool, tuple[object, ...]], list[Box]] = defaultdict(list)
    for content in root.iter("{*}txbxContent"):
        paragraphs = tuple(child for child in content.iterchildren("*") if short(child.tag) == "w:p")
        holder = content.getparent()
        shape = holder.getparent() if holder is not None else None
        if not paragraphs or shape is None:
            continue
        outer = next(content.iterancestors("{*}p"), None)
        is_old = next(content.iterancestors("{*}Fallback"), None) is not None
        place = _anchored(shape, outer) or _styled(shape, outer)
        group = groups[is_old, place.of if place else (outer,)]
        if place is None:
            place = _Place((), len(group) * _WIDTH, 0, _WIDTH, 1)
        right, bottom = place.left + place.width, place.top + place.height
        group.append(Box(place.left, place.top, right, bottom, paragraphs))
    return [sorted(group, key=lambda box: (box.top, box.left)) for group in groups.values()]


def _anchored(shape: Element, outer: Element | None) -> _Place | None:
    """Of a shape of DrawingML, which an anchor or a group of shapes holds."""
    anchor = next(shape.iterancestors("{*}anchor"), None)
    if anchor is None:
        return None
    group = shape.getparent()
    if group is not None and local(group.tag) in ("wgp", "grpSp"):
        found = next(shape.iter("{*}xfrm"), None)
        said = {local(child.tag): child for child in found} if found is not None else {}
        lengths = [said[of].get(key, "") for of, key in _OF_SHAPE] if said.keys() >= {"off", "ext"} else []
        of: tuple[object, ...] = (group,)
    else:
        said = {local(child.tag): child for child in anchor}
        sides = [said.get("positionH"), said.get("positionV")]
        offsets = [side.findtext("{*}posOffset") or "" for side in sides if side is not None]
        extent = said.get("extent")
        lengths = [*offsets, *(extent.get(key, "") for key in ("cx", "cy"))] if extent is not None else []
        of = tuple(side.get("relativeFrom") for side in sides if side is not None)
        of = of if of and of[-1] in _OF_PAGE else (*of, outer)
    if len(lengths) != 4 or not all(map(_WHOLE.fullmatch, lengths)):
        return None
    left, top, width, height = map(int, lengths)
    return _Place(of, left, top, width, height)


_OF_SHAPE = (("off", "x"), ("off", "y"), ("ext", "cx"), ("ext", "cy"))


def _styled(shape: Element, outer: Element | None) -> _Place | None:
    """Of a shape of VML."""
    style = dict(_STYLED.findall(shape.get("style", "")))
    if style.get("position", "").strip() != "absolute":
        return None
    lengths = [
        _LENGTH.fullmatch(value.strip())
        for value in (
            style.get("margin-left") or style.get("left", "0"),
            style.get("margin-top") or style.get("top", "0"),
            style.get("width", "0"),
            style.get("height", "0"),
        )
    ]
    group = shape.getparent()
    vertical = style.get("mso-position-vertical-relative", "text").strip()
    horizontal = style.get("mso-position-horizontal-relative", "text").strip()
    of: tuple[object, ...] = (horizontal, vertical, None if vertical in _OF_PAGE else outer)
    if group is not None and short(group.tag) == "v:group":
        of = (group,)
    left, top, width, height = (round(float(one[1]) * _EMU[one[2]]) if one else 0 for one in lengths)
    return _Place(of, left, top, width, height) if all(lengths) else None
