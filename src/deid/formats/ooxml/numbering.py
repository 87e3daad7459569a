"""Labels of lists in Word (ISO/IEC 29500-1, 17.9) that touch the text behind them: 张 before 伟, `139%1` before 5028.

Where a tab stands between, as in most lists, label and text are two, and each is read by itself; a label that has
the figures of a number is read as it is printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.formats.ooxml.markup import decoded, level_source
from deid.formats.ooxml.package import Package
from deid.formats.ooxml.tidying import tidy
from deid.formats.ooxml.xml import Element, elements, local, short

_NUMBER = re.compile(r"%([1-9])|[^%]+|%")
_TOUCHING = re.compile(r"(?:%[1-9]|\w)$")
_GAPS = {"nothing": "", "space": " "}
_DEEPEST = 20
"""Styles that are based on one another."""
_LONG = 7
_UNREAD = "\n"
"""Stands for a number that is not written in figures."""


class Passage(NamedTuple):
    """A part of a label, and where it stands; without `source` it is reckoned, and cannot be rewritten."""

    text: str
    source: str = ""
    start: int = 0


class _Level(NamedTuple):
    """`gap` is None where a tab follows."""

    start: int
    text: str
    source: str
    in_figures: bool
    gap: str | None

    @property
    def is_long(self) -> bool:
        """Whether it may print a number of somebody."""
        figures = sum(map(str.isdigit, self.text)) + len(str(self.start)) * self.text.count("%")
        return figures >= _LONG and self.in_figures


_Place = tuple[str, int]
"""The number of a list, and a level of it."""


@dataclass
class Lists:
    """The lists of a document; `label` counts their paragraphs, in order. `own` are levels and starts of one use."""

    levels: dict[_Place, _Level]
    kinds: dict[str, str]
    own: dict[_Place, int | _Level]
    styles: dict[str, tuple[str, str, int]]
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[_Place] = field(default_factory=set)

    def label(self, paragraph: Element) -> list[Passage]:
        """What stands before the text of a paragraph without a tab, or has many figures; empty for the others."""
        number, depth = self._place(paragraph)
        level = self._level(number, depth)
        if level is None:
            return []
        counts = self._counts[self.kinds[number]]
        own = self.own.get((number, depth))
        if isinstance(own, int) and (number, depth) not in self._begun:
            counts[depth] = own - 1
        self._begun.add((number, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.gap is None and not level.is_long:
            return []
        found = [self._passage(match, number, level, counts) for match in _NUMBER.finditer(level.text)]
        return [*found, Passage("\t" if level.gap is None else level.gap)]

    def _passage(self, match: re.Match[str], number: str, level: _Level, counts: dict[int, int]) -> Passage:
        if not match[1]:
            return Passage(match[0], level.source, match.start())
        other = self._level(number, int(match[1]) - 1)
        if other is None or not other.in_figures:
            return Passage(_UNREAD)
        return Passage(str(counts.get(int(match[1]) - 1, other.start)))

    def _level(self, number: str, depth: int) -> _Level | None:
        own = self.own.get((number, depth))
        return own if isinstance(own, _Level) else self.levels.get((self.kinds.get(number, ""), depth))

    def _place(self, paragraph: Element) -> _Place:
        number, depth = "", 0
        for properties in paragraph.iterchildren("{*}pPr"):
            number, depth = _use(properties)
            if not number:
                style = next((_value(child) for child in properties.iterchildren("{*}pStyle")), "")
                for _ in range(_DEEPEST):
                    base, number, depth = self.styles.get(style, ("", "", 0))
                    if number or not base:
                        break
                    style = base
        return number, depth


def lists_of(package: Package, prefix: str) -> Lists | None:
    """None where a tab, or nothing but marks, stands between every label and its text."""
    part = next(package.related(package.main, "numbering"), None)
    if part is None or part.kind != "markup":
        return None
    root = package.tree(part)
    tidy(root, part, package.code_styles)
    texts = [element for element in elements(root) if short(element.tag) == "w:lvlText" and _value(element)]
    sources = {element: level_source(f"{prefix}{part.number}#", n) for n, element in enumerate(texts, 1)}
    levels: dict[_Place, _Level] = {}
    kinds: dict[str, str] = {}
    own: dict[_Place, int | _Level] = {}
    for element in elements(root):
        name, id = short(element.tag), _said(element, "abstractNumId")
        if name == "w:abstractNum":
            levels |= {(id, depth): level for depth, level in _levels(element, sources)}
        elif name == "w:num":
            number = _said(element, "numId")
            kinds[number] = next((_value(one) for one in element.iterchildren("{*}abstractNumId")), "")
            for change in element.iterchildren("{*}lvlOverride"):
                starts = (_value(one) for one in change.iterchildren("{*}startOverride"))
                own |= {(number, _integer(_said(change, "ilvl"))): _integer(one) for one in starts}
                own |= {(number, depth): level for depth, level in _levels(change, sources)}
    known = [one for one in (*levels.values(), *own.values()) if isinstance(one, _Level)]
    if not any(one.gap is not None or one.is_long for one in known):
        return None
    return Lists(levels, kinds, own, _styles(package))


def _levels(parent: Element, sources: dict[Element, str]) -> list[tuple[int, _Level]]:
    found = []
    for level in parent.iterchildren("{*}lvl"):
        said = {local(child.tag): child for child in level.iterchildren("*")}
        text = said.get("lvlText")
        shown = decoded(_value(text)) if text is not None else ""
        made = _Level(
            _integer(_value(said.get("start"))),
            shown,
            sources.get(text, ""),
            _value(said.get("numFmt")) in ("", "decimal"),
            _GAPS.get(_value(said.get("suff"))) if _TOUCHING.search(shown) else None,
        )
        found.append((_integer(_said(level, "ilvl")), made))
    return found


def _styles(package: Package) -> dict[str, tuple[str, str, int]]:
    """By the id of a style: the one that it is based on, and the list and level it has."""
    styles: dict[str, tuple[str, str, int]] = {}
    for part in package.related(package.main, "styles"):
        for style in package.tree(part).iterchildren("{*}style"):
            base = next((_value(one) for one in style.iterchildren("{*}basedOn")), "")
            uses = [_use(properties) for properties in style.iterchildren("{*}pPr")]
            styles[_said(style, "styleId")] = (base, *(uses[0] if uses else ("", 0)))
    return styles


def _use(properties: Element) -> _Place:
    for use in properties.iterchildren("{*}numPr"):
        said = {local(child.tag): _value(child) for child in use.iterchildren("*")}
        return said.get("numId", ""), _integer(said.get("ilvl", "")) if said.get("ilvl") else 0
    return "", 0


def _value(element: Element) -> str:
    return _said(element, "val") if element is not None else ""


def _said(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0 if text else 1
