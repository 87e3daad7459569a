"""Lists to choose from, in controls and form fields of Word: what each is a list of, and what it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from deid.formats.ooxml.xml import Element, short
from deid.formats.tables import bare
from deid.formats.views import joined, whole
from deid.grammar.fieldnames import is_label
from deid.types import TextBlock

ENTRIES = frozenset({"w:listItem", "w:listEntry"})
_BEFORE = re.compile(r"([^\s:：]{1,12})\s*[:：]\s*\Z")


class _Site(Protocol):
    source: str
    element: Element
    first: bool


def labels_of(entry: Element) -> tuple[str, ...]:
    """What the list of an entry is called: by its control, the text before it or the cell on its left."""
    control = next(entry.iterancestors("{*}sdtPr", "{*}ffData"), None)
    if control is None:
        return ()
    called = (
        value
        for name in ("alias", "tag", "name")
        for child in control.iterchildren(f"{{*}}{name}")
        for value in child.attrib.values()
    )
    found = next((text for text in (*called, *_beside(control)) if is_label(text)), "")
    return (bare(found),) if found else ()


def _beside(control: Element) -> Iterator[str]:
    paragraph = next(control.iterancestors("{*}p"), None)
    if paragraph is not None and (before := _BEFORE.search(_text(paragraph, control))):
        yield before[1]
        return
    cell = next(control.iterancestors("{*}tc"), None)
    left = next(cell.itersiblings("{*}tc", preceding=True), None) if cell is not None else None
    if left is not None:
        yield _text(left, None)


def _text(element: Element, until: Element | None) -> str:
    parts = []
    for inner in element.iter("*"):
        if inner is until:
            break
        if short(inner.tag) == "w:t":
            parts.append(inner.text or "")
    return "".join(parts)


def offers(read: Sequence[tuple[_Site, TextBlock]]) -> Iterator[TextBlock]:
    """What the entries of each list say one after the other, as somebody would enumerate them."""
    lists: dict[Element, dict[str, TextBlock]] = {}
    new: set[Element] = set()
    for site, block in read:
        lists.setdefault(site.element.getparent(), {})[site.source] = block
        if site.first:
            new.add(site.element.getparent())
    for one, entries in lists.items():
        parts = list(entries.values())
        if one in new and len(parts) > 1:
            yield replace(joined(parts, whole(parts), gap="、"), id=f"{parts[0].id}、")
