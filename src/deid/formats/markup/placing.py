"""Figures that have an element each, put together in the order in which a page shows them.

Styles (CSS 2.2, 9; Flexbox 5.4) and attributes of drawings (SVG 2, 11) may place them in another one than that of the
file. What comes of all rules together is not worked out: where a page moves anything, both directions are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from operator import eq

from deid.formats.joining import are_answers, box_views, is_figures, may_be_number, may_go_on
from deid.formats.markup.looks import VOID
from deid.formats.markup.tokens import Token
from deid.formats.outlines import NUMBER
from deid.formats.views import Place, joined
from deid.types import TextBlock

_DEEPEST = 500
_MOVES = re.compile(r"-reverse|float\s*:\s*right|direction\s*:\s*rtl|\bdir\s*=\s*[\"']?rtl", re.IGNORECASE)
_PLACE = re.compile(
    r"(?<![\w-])(order|left|margin-left|grid-column(?:-start)?|right)\s*:\s*(-?[0-9.]+)|translate(?:X|3d)?\(\s*(-?[0-9.]+)",
    re.IGNORECASE,
)
_RULE = re.compile(r"([.#][\w-]+)\s*\{([^{}]*)\}")


@dataclass
class Figures:
    """Follows the texts of a file. `rules` are styles by the class or id that has them."""

    moves: bool
    rules: dict[str, str]
    _runs: list[list[tuple[Token | None, TextBlock]]] = field(default_factory=lambda: [[]])
    _others: list[TextBlock] = field(default_factory=list)
    _open: list[tuple[str, int]] = field(
        default_factory=list
    )  # elements, and how many figures came before each
    _at: Token | None = None
    _spot_before: tuple[float, ...] = ()
    _name_before: str = ""

    def tag(self, token: Token) -> None:
        """Figures of one element belong together, and not to others."""
        self._at = token if token.kind == "open" else None
        name = token.name
        if name == "hr":
            self.part()
        if token.kind == "open":
            if name not in VOID and len(self._open) < _DEEPEST and not token.raw.endswith("/>"):
                self._open.append((name, len(self._runs[-1])))
            return
        place = len(self._open) - 1
        while place >= 0 and self._open[place][0] != name:
            place -= 1
        if place < 0:
            return
        first = self._open[place][1]
        del self._open[place:]
        run = self._runs[-1]
        if len(run) - first > 1:
            self._runs[-1:] = [run[:first], run[first:], []]
            self._open = [(name, 0) for name, _ in self._open]

    def text(self, source: str, text: str, where: str, name: str = "") -> None:
        """A text of its own, or the value of a field; `name` is what somebody called it."""
        at, self._at = self._at, None
        spots = _numbers(at, "x") if at and at.attributes and " x" in at.raw else []
        if len(spots) > 1 and spots != sorted(spots) and len(spots) >= len(text):
            order = sorted(range(len(text)), key=spots.__getitem__)
            view = joined((TextBlock(source, text, where),), [Place(0, place, place + 1) for place in order])
            self._others.append(replace(view, id=f"{source}:x"))
        if not is_figures(text) or are_answers(name):
            self.part()
            return
        if not may_go_on(self._name_before, name):
            self.part()
        self._name_before = name
        here = (*spots[:1], *(_numbers(at, "y")[:1] if at else ()))
        before = self._spot_before
        if len(here) != len(before) or (here and not any(map(eq, here, before))):
            self.part()  # neither in one line nor in one column of a drawing
        self._spot_before = here
        self._runs[-1].append((at, TextBlock(source, text, where)))

    def part(self) -> None:
        """What comes belongs not to what was."""
        if self._runs[-1]:
            self._runs.append([])
            self._open = [(name, 0) for name, _ in self._open]

    def views(self) -> Iterator[TextBlock]:
        yield from self._others
        for run in self._runs:
            if len(run) < 2:
                continue
            for number, order in enumerate(self._orders(run)):
                views = (view for view in box_views(order) if not view.search_only)
                yield from (replace(view, id=f"{view.id}:{number}") for view in views)

    def _orders(self, run: Sequence[tuple[Token | None, TextBlock]]) -> Iterator[list[TextBlock]]:
        blocks = [block for _, block in run]
        yield blocks
        if not may_be_number([block.text for block in blocks]):
            return
        found = [self._spot(at) if at else None for at, _ in run]
        spots = [spot for spot in found if spot is not None]
        if len(spots) == len(run):
            yield [blocks[n] for n in sorted(range(len(run)), key=spots.__getitem__)]
        if self.moves:
            yield blocks[::-1]

    def _spot(self, token: Token) -> float | None:
        """Where an element stands among its neighbours, the greater the further right."""
        said = {one.name: unescape(token.raw[one.start : one.end]) for one in token.attributes}
        names = [*(f".{name}" for name in said.get("class", "").split()), f"#{said.get('id', '')}"]
        for style in (
            said.get("style", ""),
            said.get("transform", ""),
            *(self.rules.get(n, "") for n in names),
        ):
            if match := _PLACE.search(style):
                number = float(match[2] or match[3])
                return -number if match[1] and match[1].lower() == "right" else number
        return next(iter(_numbers(token, "x")), None)


def figures_of(text: str) -> Figures:
    rules = {name: body for name, body in _RULE.findall(text) if _PLACE.search(body)} if "{" in text else {}
    return Figures(_MOVES.search(text) is not None, rules)


def _numbers(token: Token, name: str) -> list[float]:
    value = next((token.raw[one.start : one.end] for one in token.attributes if one.name == name), "")
    return list(map(float, NUMBER.findall(value)))
