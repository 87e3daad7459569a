"""Text of markup that is shown in the font of a bar code, as styles (CSS 2.2, 6) or attributes say.

What comes of rules that override one another is not worked out: one that names such a font counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from deid.formats.codefonts import is_bar_code_font
from deid.formats.markup.tokens import Token, local

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_NAMING = re.compile(r"(?:font|face|--|src\s*:)[^;}>]*", re.IGNORECASE)
_FAMILY = re.compile(r"(?<![\w-])font(?:-family)?\s*:\s*([^;}]*)", re.IGNORECASE)
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]*)")
_BRACKETS = re.compile(r"\([^()]*\)")
_SIBLINGS = re.compile(r"[^\s>+~]+\s*[+~]\s*")
_PSEUDO = re.compile(r"::?[\w-]+")
_SIMPLE = re.compile(r"""\[\s*([\w-]+)[^\]]*\]|([.#]?)([\w-]+)""")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ENDED = frozenset("p li dt dd td th tr option".split())
"""The next element of the same name ends these, unless it stands in one of the others."""
_HOLDING = frozenset("table ul ol dl select".split())
_SHOWN = frozenset({"value", "placeholder"})
"""Attributes of fields that are shown as their text is."""


class Compound(NamedTuple):
    """What a part of a selector asks of one element; empty, it asks nothing. All in small letters: old pages take
    names for the same that differ in them."""

    tags: frozenset[str]
    ids: frozenset[str]
    classes: frozenset[str]
    attributes: frozenset[str]

    def fits(self, element: _Element) -> bool:
        return (
            self.tags <= {element.name}
            and self.ids <= {element.said.get("id", "").strip().lower()}
            and self.classes <= set(element.said.get("class", "").lower().split())
            and self.attributes <= element.said.keys()
        )


class _Element(NamedTuple):
    """An open element, its attributes, and whether its text is shown as bars."""

    name: str
    said: Mapping[str, str]
    is_code: bool


@dataclass
class CodeFonts:
    """Follows the tags of a file. `in_code`: whether text at this place is shown as bars."""

    selectors: tuple[tuple[Compound, ...], ...]
    families: Callable[[str], bool]
    _open: list[_Element] = field(default_factory=list)

    @property
    def in_code(self) -> bool:
        return bool(self._open) and self._open[-1].is_code

    def gone(self, token: Token) -> frozenset[str]:
        """Follow a tag; the attributes that say what is shown as bars."""
        name = local(token.name).lower()
        if token.kind == "close":
            place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == name), None)
            del self._open[len(self._open) if place is None else place :]
            return frozenset()
        if name in _ENDED:
            self._end(name)
        said = {one.name: unescape(token.raw[one.start : one.end]) for one in token.attributes}
        is_code = self.in_code or self._is_code(_Element(name, said, is_code=False))
        if name not in _VOID and not token.raw.rstrip(">").endswith("/"):
            self._open.append(_Element(name, said, is_code))
        return _SHOWN if is_code else frozenset()

    def _end(self, name: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name in _HOLDING:
                return
            if self._open[place].name == name:
                del self._open[place:]
                return

    def _is_code(self, element: _Element) -> bool:
        said = element.said
        if _names_code(said.get("style", ""), self.families) or any(
            self.families(said[name]) for name in ("face", "font-family") if name in said
        ):
            return True
        return any(self._fits(selector, element) for selector in self.selectors)

    def _fits(self, selector: tuple[Compound, ...], element: _Element) -> bool:
        """Whether an element is what a selector ends with, and within what stands before that."""
        *outer, last = selector
        return last.fits(element) and all(any(map(one.fits, self._open)) for one in outer)


def code_fonts(text: str, tokens: Iterable[Token]) -> CodeFonts | None:
    """None where a file names no such font, as nearly all do."""
    if not any(is_bar_code_font(_unescaped(named)) for named in set(_NAMING.findall(text))):
        return None
    rules = [rule for sheet in _sheets(tokens) for rule in _RULE.findall(_unescaped(_COMMENT.sub("", sheet)))]
    called: set[str] = set()
    for head, body in rules:
        called.update(name for name, value in _VARIABLE.findall(body) if is_bar_code_font(value))
        if head.strip().casefold().startswith("@font-face") and is_bar_code_font(body):
            called.update(name.strip().strip("'\"") for name in _FAMILY.findall(body))
    listed = "|".join(map(re.escape, called - {""}))
    own = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE) if listed else None

    def families(value: str) -> bool:
        return is_bar_code_font(value) or (own is not None and own.search(value) is not None)

    selectors = (
        selector
        for head, body in rules
        if not head.strip().startswith("@") and _names_code(body, families)
        for selector in _selectors(head)
    )
    return CodeFonts(tuple(selectors), families)


def _sheets(tokens: Iterable[Token]) -> Iterator[str]:
    """The styles of a file, also those that stand as text in XML."""
    is_style = False
    for token in tokens:
        if token.kind == "raw" and token.name == "style":
            yield _CDATA.sub("", token.raw)
        elif token.kind in ("open", "close"):
            is_style = token.kind == "open" and local(token.name).lower() == "style"
        elif is_style:
            yield _CDATA.sub("", token.raw) if token.kind == "cdata" else unescape(token.raw)


def _names_code(style: str, families: Callable[[str], bool]) -> bool:
    return any(map(families, _FAMILY.findall(_unescaped(style))))


def _unescaped(style: str) -> str:
    return _ESCAPE.sub(_meant, style) if "\\" in style else style


def _meant(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1], 16), 0xFFFD)) if escape[1] else str(escape[2])


def _selectors(head: str) -> Iterator[tuple[Compound, ...]]:
    """What the selectors before a rule ask of an element and of those it is in, the element last."""
    while (plain := _BRACKETS.sub("", head)) != head:
        head = plain
    for selector in head.split(","):
        words = _SIBLINGS.sub("", selector).replace(">", " ").split()
        if words:
            yield tuple(map(_compound, words))


def _compound(word: str) -> Compound:
    asked: dict[str, set[str]] = {"": set(), "#": set(), ".": set(), "[": set()}
    for attribute, mark, name in _SIMPLE.findall(_PSEUDO.sub("", word)):
        asked["[" if attribute else mark].add((attribute or name).lower())
    tags, ids, classes, attributes = map(frozenset, asked.values())
    return Compound(tags, ids, classes, attributes)
