"""Which text of Office is not in line with the rest: hidden, as white as the page, transparent, so small that it is a
speck, or set higher or lower, as the mark of a note is.

Whether white text stands on a dark ground is not worked out. Text is read with and without what is hidden, so
nothing is lost where it is seen after all.
"""

from __future__ import annotations

import re

from deid.formats.codefonts import with_those_based_on
from deid.formats.ooxml.xml import Element, local, short

_RUNS = frozenset({"w:r", "a:r", "a:fld", "x:r", "m:r"})
_OFF = frozenset({"0", "false", "off"})
_HIDING = frozenset({"vanish", "specVanish", "webHidden"})
_WHITE = re.compile(r"#?(?:FF)?(?:FFFFFF|FEFEFE)|#FFF|white", re.IGNORECASE)
_GROUNDS = frozenset({"background1", "light1", "bg1", "lt1"})
"""Colours of a theme that are those of the page."""
_THEME, _INDEXED = frozenset({"0"}), frozenset({"1", "9"})
"""White, among the colours of a theme and of a palette of Excel's."""
_FILLS = frozenset({"solidFill", "textFill", "noFill"})
_IN_LINE = frozenset({"baseline", "0", "0%"})
_OF_LITTLE = frozenset({"m:sup", "m:sub"})
"""What is set higher or lower in a formula."""
_SPECKS = {"w": 4.0, "a": 200.0, "x": 2.0}
"""The largest that nobody sees: two points in half points, in hundredths, and in points."""
_THOUSANDTHS, _FAINT = 1000, 10
"""Of a percent; and as many of these as nobody sees."""


def is_hidden(run: Element, styles: frozenset[str] = frozenset()) -> bool:
    """Whether nobody sees the text of a run, or sees it higher or lower, as it says itself or as one of the hiding
    `styles` does."""
    name = short(run.tag)
    if name in _OF_LITTLE:
        return True
    if name == "m:phant":
        return any(_said(show, "val") in _OFF for show in run.iterfind("{*}phantPr/{*}show"))
    if name == "font":  # of a text box in VML
        return _WHITE.fullmatch(run.get("color", "")) is not None
    if name not in _RUNS:
        return False
    forms = list(run.iterchildren("{*}rPr"))
    return any(_hides(form, styles) for form in forms) or (
        bool(styles) and name == "w:r" and _is_in_hidden_paragraph(run, forms, styles)
    )


def _is_in_hidden_paragraph(run: Element, forms: list[Element], styles: frozenset[str]) -> bool:
    """Whether the style of its paragraph hides a run that does not say that it is seen."""
    if any(local(said.tag) in _HIDING for form in forms for said in form.iterchildren("*")):
        return False
    paragraph = next(run.iterancestors("{*}p"), None)
    named = () if paragraph is None else paragraph.iterfind("{*}pPr/{*}pStyle")
    return any(_said(style, "val") in styles for style in named)


def hiding_styles(styles: Element) -> frozenset[str]:
    """The ids of Word's styles of characters and paragraphs that hide text, or are based on one that does."""
    hiding, bases = set(), {}
    for style in styles.iter("{*}style"):
        id = _said(style, "styleId")
        if _said(style, "type") in ("character", "paragraph"):
            bases[id] = next((_said(base, "val") for base in style.iterchildren("{*}basedOn")), "")
            if any(map(_hides, style.iterchildren("{*}rPr"))):
                hiding.add(id)
    return with_those_based_on(hiding, bases)


def _hides(form: Element, styles: frozenset[str] = frozenset()) -> bool:
    return (
        _is_speck(form, form.get("sz", ""))
        or form.get("baseline", "0") not in _IN_LINE
        or any(_is_said(said, styles) for said in form.iterchildren("*"))
    )


def _is_said(said: Element, styles: frozenset[str]) -> bool:
    """Whether one of the things that are said of a run is that it is not seen."""
    name, value = local(said.tag), _said(said, "val")
    if name in _HIDING:
        return value not in _OFF
    if name == "rStyle":
        return value in styles
    if name == "sz":
        return _is_speck(said, value)
    if name == "vertAlign":
        return value not in _IN_LINE
    if name == "w":  # how wide its characters are, in percent
        return value.removesuffix("%").isdecimal() and int(value.removesuffix("%")) < _FAINT
    if name == "color":
        return _is_white(said)
    return name in _FILLS and any(map(_is_no_colour, said.iter("*")))


def _is_no_colour(said: Element) -> bool:
    """Whether a part of a fill says that it is as white as the page, or that there is none."""
    name, value = local(said.tag), _said(said, "val")
    if name == "alpha" and (number := value.removesuffix("%")).isdecimal():
        seen = int(number) / (1 if value.endswith("%") else _THOUSANDTHS)
        return (
            seen if short(said.tag) == "a:alpha" else 100 - seen
        ) < _FAINT  # Word says how much is not seen
    return name == "noFill" or (name in ("srgbClr", "schemeClr") and _is_white(said))


def _is_white(said: Element) -> bool:
    return any(
        (local(key) in ("val", "rgb") and _WHITE.fullmatch(value) is not None)
        or (local(key) in ("val", "themeColor") and value in _GROUNDS)
        or (local(key) == "theme" and value in _THEME)
        or (local(key) == "indexed" and value in _INDEXED)
        for key, value in said.attrib.items()
    )


def _is_speck(said: Element, size: str) -> bool:
    try:
        return bool(size) and float(size) <= _SPECKS.get(short(said.tag).partition(":")[0], 0)
    except ValueError:
        return False


def _said(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
