"""Inline SVG for the report page: how much of what, and where. No script, no font file, no request."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from math import log1p

from markupsafe import Markup, escape

from deid.report.model import DocumentReport, EntityCount

COLOURS = {
    "direct": "#b4503f",
    "quasi": "#cf9136",
    "sensitive": "#7a5c91",
    "auxiliary": "#7f929a",
    "": "#7f929a",
}
_INK, _SOFT, _EMPTY = "#22343b", "#6b7d84", "#f3f6f7"
_WIDTH = 860
_ROWS_PER_PIECE = 28
"""A chart is cut into pieces that fit on a printed page."""


def bars(kinds: Sequence[EntityCount], titles: Sequence[str]) -> Markup:
    """A bar for each entity type: solid what was replaced, pale what was kept."""
    left, right, step = 190, 70, 25
    longest = max((kind.count for kind in kinds), default=1)
    parts = []
    for row, (kind, title) in enumerate(zip(kinds, titles, strict=True)):
        y = row * step + 4
        kept = kind.operators.get("keep", 0)
        full = (_WIDTH - left - right) * kind.count / longest
        solid = full * (kind.count - kept) / kind.count if kind.count else 0
        colour = COLOURS.get(kind.identifier, COLOURS[""])
        middle = y + 12
        parts.append(_text(left - 12, middle, _shortened(title, 24), anchor="end", size=13))
        parts.append(_bar(left, y, full, colour, 0.22))
        if solid:
            parts.append(_bar(left, y, solid, colour, 1))
        parts.append(_text(left + full + 8, middle, f"{kind.count:,}", size=13, colour=_SOFT))
    return _svg(_WIDTH, len(kinds) * step + 6, parts)


def heatmaps(
    documents: Sequence[DocumentReport], kinds: Sequence[EntityCount], titles: Sequence[str]
) -> Iterator[Markup]:
    """One piece for each page: a row for each document, a column for each type."""
    most = max((count for document in documents for count in document.entities.values()), default=1)
    for first in range(0, len(documents), _ROWS_PER_PIECE):
        yield _heatmap(documents[first : first + _ROWS_PER_PIECE], kinds, titles, most)


def _heatmap(
    documents: Sequence[DocumentReport], kinds: Sequence[EntityCount], titles: Sequence[str], most: int
) -> Markup:
    left, step = 104, 23
    cell = min(54.0, (_WIDTH - left - 70) / max(1, len(kinds)))
    shown = [_shortened(title, 16) for title in titles]
    top = 18 + int(max((_columns(title) for title in shown), default=4) * 5.0)
    parts = []
    for column, title in enumerate(shown):
        x = left + column * cell + cell / 2 + 3
        parts.append(
            f'<text transform="translate({x:.1f} {top - 8}) rotate(-45)" font-size="12" fill="{_INK}">'
            f"{escape(title)}</text>"
        )
    for row, document in enumerate(documents):
        y = top + row * step
        parts.append(_text(left - 44, y + 15, document.ref, anchor="end", size=12, mono=True))
        parts.append(_text(left - 8, y + 15, document.format, anchor="end", size=11, colour=_SOFT))
        for column, kind in enumerate(kinds):
            count = document.entities.get(kind.entity_type, 0)
            parts.append(_square(left + column * cell, y, cell, step, count, most, kind.identifier))
    return _svg(_WIDTH, top + len(documents) * step + 4, parts)


def _bar(x: float, y: float, width: float, colour: str, opacity: float) -> str:
    size = f'width="{max(width, 2):.1f}" height="16" rx="2"'
    return f'<rect x="{x}" y="{y}" {size} fill="{colour}" opacity="{opacity}"/>'


def _square(x: float, y: float, cell: float, step: float, count: int, most: int, identifier: str) -> str:
    place = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{cell - 2:.1f}" height="{step - 2:.1f}" rx="2"'
    if not count:
        return f'<rect {place} fill="{_EMPTY}"/>'
    share = 0.18 + 0.82 * log1p(count) / log1p(max(most, 2))
    colour = COLOURS.get(identifier, COLOURS[""])
    ink = "#fff" if share > 0.6 else _INK
    number = f"{count}" if count < 10_000 else f"{count // 1000}k"
    return f'<rect {place} fill="{colour}" opacity="{share:.2f}"/>' + _text(
        x + cell / 2, y + step / 2 + 4, number, anchor="middle", size=11, colour=ink
    )


def _svg(width: float, height: float, parts: Sequence[str]) -> Markup:
    return Markup(
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int, colour: str = _INK, mono: bool = False
) -> str:
    family = ' class="mono"' if mono else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{family}>'
        f"{escape(text)}</text>"
    )


def _columns(text: str) -> int:
    """The width of a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _shortened(text: str, most: int) -> str:
    if _columns(text) <= most:
        return text
    while _columns(text) > most - 1:
        text = text[:-1]
    return text + "…"
