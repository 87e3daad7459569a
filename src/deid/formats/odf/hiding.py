"""Styles of text that is not in line with the rest (ODF 1.3, part 3, 20): not displayed, white, transparent, so small that
it is a speck, or set higher or lower, as the mark of a note is.

Whether white text stands on a dark ground is not worked out: text is read with and without what is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from deid.formats.codefonts import with_those_based_on
from deid.formats.odf import vocabulary as odf
from deid.formats.odf.chunks import Event, common_parts

_WHITE = re.compile(r"#f[ef]f[ef]f[ef]|#fff|white|transparent", re.IGNORECASE)
_SIZE = re.compile(r"([0-9]{0,9}(?:\.[0-9]{0,9})?)\s*(pt|px|pc|mm|cm|in|%)")
_IN_LINE = frozenset({"0%", "0", ""})
_UNITS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "%": 0.12}
"""In points; percents are of twelve points."""
_SPECK, _FAINT = 2.0, 10.0
"""Points, and percents of opacity or width, that nobody sees."""


@dataclass
class HidingStyles:
    """The names of such styles; `bases` say for the others on which they are based."""

    names: set[str] = field(default_factory=set)
    bases: dict[str, str] = field(default_factory=dict)

    def note(self, chunk: odf.Element) -> None:
        """Take in the styles of a chunk."""
        noted = False
        for style in chunk.iter(odf.full("style:style")):
            name, noted = style.get(odf.full("style:name"), ""), True
            if any(map(_hides, style.iterchildren(odf.full("style:text-properties")))):
                self.names.add(name)
            else:
                self.bases[name] = style.get(odf.full("style:parent-style-name"), "")
        if noted:
            self.names |= with_those_based_on(self.names, self.bases)

    def inner(self) -> HidingStyles:
        """A copy, for a part that has styles of its own besides."""
        return HidingStyles(set(self.names), dict(self.bases))


def common_hiding(events: Iterable[Event]) -> HidingStyles:
    """What a part with styles says for the other parts."""
    styles = HidingStyles()
    for element in common_parts(events):
        styles.note(element)
    return styles


def _hides(said: odf.Element) -> bool:
    """Whether what is said of a text is that nobody sees it, or not where the others are."""
    found = {name.partition(":")[2]: value for _, name, value in odf.attributes(said)}
    return (
        found.get("display") == "none"
        or found.get("text-position", "0%").partition(" ")[0] not in _IN_LINE
        or _WHITE.fullmatch(found.get("color", "")) is not None
        or _points(found.get("font-size", "")) <= _SPECK
        or any(_points(found.get(name, "")) <= _FAINT * _UNITS["%"] for name in ("opacity", "text-scale"))
    )


def _points(size: str) -> float:
    match = _SIZE.fullmatch(size)
    return float(match[1]) * _UNITS[match[2]] if match and match[1].strip(".") else float("inf")
