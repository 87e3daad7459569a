"""How text of markup is shown, as styles (CSS 2.2, 6 and 8.6) or attributes say: in the font of a bar code, from right to
left letter by letter, or not at all.

What comes of rules that override one another is not worked out: one that says so counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from deid.formats.codefonts import is_bar_code_font
from deid.formats.markup.tokens import Token, local

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_STYLE, _STYLE_END = (
    re.compile(r"<(?:\w+:)?style[\s>]", re.IGNORECASE),
    re.compile("</(?:\\w+:)?style", re.IGNORECASE),
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_TURNED = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE)
_LEFTWARDS = re.compile(r"(?<![\w-])direction\s*:\s*rtl", re.IGNORECASE)
_NONE = r"(?:0+(?![\w.%])|0*\.0[0-9]*|[0-9](?:\.[0-9]*)?%)"
"""A share that is none, or so little that nobody sees it."""
_SPECK = (
    r"(?:0*(?:[0-2](?:\.[0-9]*)?|\.[0-9]+)(?:px|pt|q)?(?![\w.%])|0*\.[01][0-9]*(?:r?em|ex|ch|cm|in|v[wh])|0+(?:r?em|ex|ch|cm|in|v[wh])"
    r"|[0-9](?:\.[0-9]*)?%)"
)
_PART, _NEXT = r"[\w.%+-]+", r"(?:\s*[,/]\s*|\s+)"
_UNSEEN_COLOUR = (
    r"(?:(?:transparent|white|#f[ef]f[ef]f[ef]|#fff|#[0-9a-f]{6}00|#[0-9a-f]{3}0)(?![\w-])"
    rf"|rgba?\(\s*(?:25[45]{_NEXT}){{2}}25[45]|(?:rgb|hsl)a?\(\s*(?:{_PART}{_NEXT}){{3}}{_NONE}\s*\)"
    rf"|hsla?\(\s*{_PART}{_NEXT}{_PART}{_NEXT}100%)"
)
_GONE = re.compile(r"(?<![\w-])(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?<![\w-])(?:(?:content-)?visibility\s*:\s*(?:hidden|collapse)"
    rf"|font(?:-size\s*:\s*|\s*:\s*(?:[a-z0-9]+\s+){{0,4}}){_SPECK}|(?:fill-)?opacity\s*:\s*{_NONE}"
    rf"|(?:-webkit-text-fill-)?color\s*:\s*{_UNSEEN_COLOUR}"
    r"|(?:left|top|right|bottom|text-indent|margin-left)\s*:\s*-[0-9]{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\((?:50|100)%"
    rf"|scale\s*:\s*{_NONE}|transform\s*:[^;{{}}<>]{{0,80}}?(?:scale(?:[xy]|3d)?\(\s*{_NONE}|translate(?:[xy]|3d)?\(\s*-[0-9]{{3,}}))",
    re.IGNORECASE,
)
_NO_ROOM = re.compile(
    r"(?<![\w-])(?:max-)?(?:width|height)\s*:\s*(?:0+(?:\.0*)?(?:[a-z]{1,4}|%)?|(?:1|0*\.[0-9]+)(?:px|pt))(?![\w.%])",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?<![\w-])overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_AS_STYLES = ("color", "opacity", "fill-opacity", "font-size", "display", "visibility")
"""Attributes that say what a style of their name says."""
_UNSHOWN = frozenset("template datalist dialog noembed noframes noscript audio video canvas".split())
"""Elements whose text a browser does not show."""
_OF_DRAWINGS = frozenset({"title", "desc", "metadata"})
_SAYS_SO = re.compile(
    rf"<bdo\s|\shidden[\s>=/]|<(?:{'|'.join(_UNSHOWN)})[\s>]"
    rf"|\s(?:{'|'.join(_AS_STYLES)})\s*=\s*(?:[\"']\s*)?(?:none|hidden|collapse|{_SPECK}|{_UNSEEN_COLOUR})"
    rf"|{_TURNED.pattern}|{_GONE.pattern}|{_HIDDEN.pattern}|{_NO_ROOM.pattern}",
    re.IGNORECASE,
)
_DRAWING, _TITLE = (
    re.compile(rf"<(?:{name})[\s>]", re.IGNORECASE) for name in ("svg", "title|desc|metadata")
)
_NAMING = re.compile(r"(?:font|face|--|src\s*:)[^;}>]*", re.IGNORECASE)
_FAMILY = re.compile(r"(?<![\w-])font(?:-family)?\s*:\s*([^;}]*)", re.IGNORECASE)
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]*)")
_ADDRESS = re.compile(r"url\s*\(\s*[\"']?([^)\"']*)", re.IGNORECASE)
_STATE = re.compile(r"(?<![0-9a-z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{6,}(?![0-9a-z])", re.IGNORECASE)
_LOT = re.compile(
    r"(?<![\w-])(?![\w-]*(?:code|idauto|bar|[23]of))(?=[\w-]{32})(?:[a-z_-]*[0-9]+){3}[\w-]*", re.IGNORECASE
)
"""Parts of addresses that tell files or their states apart: hexadecimal figures, or letters and figures drawn by lot."""
_BRACKETS = re.compile(r"\([^()]*\)")
_ASKED = re.compile(r"\[\s*([\w-]+)[^\]]{0,200}\]")
_COMBINED = re.compile(r"([+~])")
_PSEUDO = re.compile(r"::?[\w-]+")
_SIMPLE = re.compile(r"\[([\w-]+)\]|([.#]?)([\w-]+)")
_DEEPEST, _NESTED, _MOST_RULES = 500, 20, 300
"""Elements in one another, as browsers have it; brackets in a selector; rules for one name."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ENDED = frozenset("p li dt dd td th tr option".split())
"""The next element of the same name ends these, unless it stands in one of the others."""
_HOLDING = frozenset("table ul ol dl select".split())
_SHOWN = frozenset({"value", "placeholder"})
"""Attributes of fields that are shown as their text is."""


CODE, TURNED, HIDDEN, GONE = "code", "text set backwards", "hidden", "gone"
UNSEEN = frozenset({HIDDEN, GONE})
"""Text that is not shown; what is gone takes no room, so that what stands around it is shown together."""
_NOTHING: frozenset[str] = frozenset()


class _Element(NamedTuple):
    """An open element, what is said at it, and how its text is shown."""

    name: str
    said: Mapping[str, str]
    classes: frozenset[str]
    looks: frozenset[str]


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
            and self.classes <= element.classes
            and self.attributes <= element.said.keys()
        )

    @property
    def key(self) -> str:
        """One of the names it asks for; empty when it asks for none."""
        return next((name for names in (self.classes, self.ids, self.tags) for name in sorted(names)), "")


_ANYTHING = Compound(_NOTHING, _NOTHING, _NOTHING, _NOTHING)


class _Rule(NamedTuple):
    """Compounds, the last of which the element fits and the others those around it; and how its text is shown."""

    selector: tuple[Compound, ...]
    looks: frozenset[str]


@dataclass
class Looks:
    """Follows the tags of a file. `rules` by a name that each asks for."""

    rules: Mapping[str, Collection[_Rule]]
    families: Callable[[str], bool]
    _open: list[_Element] = field(default_factory=list)

    @property
    def now(self) -> frozenset[str]:
        """How text at this place is shown."""
        return self._open[-1].looks if self._open else _NOTHING

    def gone(self, token: Token) -> frozenset[str]:
        """Follow a tag; the attributes that say what is shown as bars or backwards."""
        name = local(token.name).lower()
        if token.kind == "close":
            place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == name), None)
            del self._open[len(self._open) if place is None else place :]
            return _NOTHING
        if name in _ENDED:
            self._end(name)
        said = {one.name: unescape(token.raw[one.start : one.end]) for one in token.attributes}
        element = _Element(name, said, frozenset(said.get("class", "").lower().split()), self.now)
        element = element._replace(looks=self.now.union(self._own(element), *self._ruled(element)))
        if name not in VOID and len(self._open) < _DEEPEST and not token.raw.rstrip(">").endswith("/"):
            self._open.append(element)
        return _NOTHING if element.looks <= UNSEEN else _SHOWN

    def _end(self, name: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name in _HOLDING:
                return
            if self._open[place].name == name:
                del self._open[place:]
                return

    def _own(self, element: _Element) -> Iterator[str]:
        """What an element says of itself."""
        said = element.said
        if "style" in said:
            yield from _said(said["style"], self.families)
        if any(self.families(said[name]) for name in ("face", "font-family") if name in said):
            yield CODE
        if element.name == "bdo" and said.get("dir", "").strip().lower() == "rtl":
            yield TURNED
        yield from _said(
            ";".join(f"{name}:{said[name]}" for name in _AS_STYLES if name in said), self.families
        )
        if "hidden" in said or (element.name in _UNSHOWN and "open" not in said):
            yield GONE
        if element.name in _OF_DRAWINGS and any(one.name == "svg" for one in self._open):
            yield GONE

    def _ruled(self, element: _Element) -> Iterator[frozenset[str]]:
        names = {"", element.name, element.said.get("id", "").strip().lower(), *element.classes}
        for rule in (rule for name in names for rule in self.rules.get(name, ())):
            *outer, last = rule.selector
            if last.fits(element) and all(any(map(one.fits, self._open)) for one in outer):
                yield rule.looks


def looks_of(text: str) -> Looks | None:
    """None where a file says nothing of the kind."""
    plain = _unescaped(text)
    if (
        not _SAYS_SO.search(plain)
        and not _is_titled(plain)
        and not any(map(is_bar_code_font, set(_NAMING.findall(plain))))
    ):
        return None
    written = [rule for sheet in _sheets(text) for rule in _rules(_unescaped(_COMMENT.sub("", sheet)))]
    called: set[str] = set()
    for head, body in written:
        called.update(name for name, value in _VARIABLE.findall(body) if is_bar_code_font(value))
        if head.strip().casefold().startswith("@font-face") and is_bar_code_font(_ADDRESS.sub(_naming, body)):
            called.update(name.strip().strip("'\"") for name in _FAMILY.findall(body))
    listed = "|".join(map(re.escape, called - {""}))
    own = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE) if listed else None

    def families(value: str) -> bool:
        return is_bar_code_font(value) or (own is not None and own.search(value) is not None)

    rules: dict[str, set[_Rule]] = defaultdict(set)
    for head, body in written:
        looks = frozenset(_said(body, families))
        for selector in _selectors(head) if looks and not head.strip().startswith("@") else ():
            rules[selector[-1].key].add(_Rule(selector, looks))
    return Looks({name: _few(some) for name, some in rules.items()}, families)


def _is_titled(text: str) -> bool:
    """Whether a drawing within a page may say what it is called, which nobody sees."""
    drawing = _DRAWING.search(text)
    return drawing is not None and _TITLE.search(text, drawing.end()) is not None


def _naming(address: re.Match[str]) -> str:
    """What may name a font in the address of its file; nothing where it holds the file."""
    return "" if address[1].lower().startswith("data:") else _LOT.sub("", _STATE.sub("", address[1]))


def _few(rules: Collection[_Rule]) -> Collection[_Rule]:
    """Rules for a name; of very many that what they ask for besides is not looked at."""
    if len(rules) <= _MOST_RULES:
        return rules
    return (_Rule((_ANYTHING,), frozenset[str]().union(*(rule.looks for rule in rules))),)


def _said(style: str, families: Callable[[str], bool]) -> Iterator[str]:
    """What declarations say of how text is shown."""
    style = _unescaped(style)
    if any(map(families, _FAMILY.findall(style))):
        yield CODE
    if _TURNED.search(style) and _LEFTWARDS.search(style):
        yield TURNED
    if _GONE.search(style):
        yield GONE
    if _HIDDEN.search(style) or (_NO_ROOM.search(style) and _CUT_OFF.search(style)):
        yield HIDDEN


def _sheets(text: str) -> Iterator[str]:
    """The styles of a file."""
    place = 0
    while start := _STYLE.search(text, place):
        end = _STYLE_END.search(text, start.end())
        place = end.start() if end else len(text)
        sheet = text[start.end() : place]
        yield _CDATA.sub("", sheet)
        if "&" in sheet:  # as XML reads it
            yield unescape(_CDATA.sub("", sheet))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """What stands before the innermost braces, and in them."""
    for part in sheet.split("}"):
        head, brace, body = part.rpartition("{")
        if brace:
            yield head.rpartition("{")[2].rpartition(";")[2], body


def _unescaped(style: str) -> str:
    return _ESCAPE.sub(_meant, style) if "\\" in style else style


def _meant(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1], 16), 0xFFFD)) if escape[1] else str(escape[2])


def _selectors(head: str) -> Iterator[tuple[Compound, ...]]:
    """What the selectors before a rule ask of an element and of those it is in, the element last."""
    for _ in range(_NESTED):
        head = _BRACKETS.sub("", head)
    for selector in _ASKED.sub(r"[\1]", head).split(","):
        words: list[str] = []
        for word in _COMBINED.sub(r" \1 ", selector).replace(">", " ").split():
            if word not in ("+", "~"):
                words.append(word)
            elif words:  # beside the element, not around it
                words.pop()
        if words:
            yield tuple(map(_compound, words))


def _compound(word: str) -> Compound:
    asked: dict[str, set[str]] = {"": set(), "#": set(), ".": set(), "[": set()}
    for attribute, mark, name in _SIMPLE.findall(_PSEUDO.sub("", word)):
        asked["[" if attribute else mark].add((attribute or name).lower())
    tags, ids, classes, attributes = map(frozenset, asked.values())
    return Compound(tags, ids, classes, attributes)
