"""What items of outlines, form fields and notes say of those above and beside them.

Some programs write such items twice, and lead back to the copies: their text stands in no place that is read. So
all that leads back is set anew, as what leads on has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_DEEPEST = 60
_HANDED_DOWN = ("/FT", "/T", "/TU", "/TM", "/V", "/DV", "/Ff", "/Opt", "/MaxLen", "/DA", "/Q", "/TI", "/I")
"""What a field has of the one above it (ISO 32000-2, 12.7.4)."""


def items(outlines: Dictionary) -> Iterator[Dictionary]:
    """All items of an outline."""
    return (item for item, _, _ in _chains(outlines))


def link_items(outlines: Dictionary) -> None:
    last: dict[Any, Dictionary] = {}
    above: dict[Any, Any] = {}
    for item, parent, before in list(_chains(outlines)):
        _put(item, "/Parent", parent)
        _put(item, "/Prev", before)
        above[parent.objgen], last[parent.objgen] = parent, item
    for key, parent in above.items():
        _put(parent, "/Last", last[key])


def _chains(outlines: Dictionary) -> Iterator[tuple[Dictionary, Dictionary, Dictionary | None]]:
    """Items, each with the one above and the one before it."""
    seen: set[Any] = set()
    waiting: list[tuple[Any, Dictionary, Dictionary | None]] = [(outlines.get("/First"), outlines, None)]
    while waiting:
        item, parent, before = waiting.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        if item.is_indirect:
            seen.add(item.objgen)
        yield item, parent, before
        waiting += [(item.get("/Next"), parent, item), (item.get("/First"), item, None)]


def link_fields(pdf: pikepdf.Pdf) -> None:
    """Fields lead to those above them; a widget of which the field is in no form becomes a field by itself."""
    form, has_form = pdf.Root.get("/AcroForm"), True
    if not isinstance(form, Dictionary):
        form, has_form = Dictionary(), False
    if not isinstance(form.get("/Fields"), Array):
        form.Fields = Array()
    linked: set[Any] = set()
    waiting: list[tuple[Any, Dictionary | None]] = [(field, None) for field in form.Fields]
    while waiting:
        field, parent = waiting.pop()
        if not isinstance(field, Dictionary) or field.objgen in linked:
            continue
        if field.is_indirect:
            linked.add(field.objgen)
        _put(field, "/Parent", parent)
        waiting += [(kid, field) for kid in field.get("/Kids", [])]
    for note in _notes(pdf):
        if note.get("/Subtype") == "/Widget" and note.objgen not in linked:
            _hand_down(note)
            form.Fields.append(note)
    if not has_form and len(form.Fields):
        pdf.Root.AcroForm = form


def _hand_down(widget: Dictionary) -> None:
    for above in lineage(widget.get("/Parent")):
        for key in _HANDED_DOWN:
            if key in above and key not in widget:
                widget[key] = above[key]
    for key in ("/Parent", "/Kids"):
        _put(widget, key, None)


def link_notes(pdf: pikepdf.Pdf) -> None:
    """A window leads to the note that has it; other notes lead to none."""
    for note in _notes(pdf):
        if note.get("/Subtype") != "/Widget":
            for key in ("/Parent", "/Kids"):
                _put(note, key, None)
    for note in _notes(pdf):
        if isinstance(popup := note.get("/Popup"), Dictionary):
            _put(popup, "/Parent", note)


def _notes(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for page in pdf.pages:
        if not isinstance(page.obj.get("/Annots"), Array):
            continue
        for index, note in enumerate(page.obj.Annots):
            if not isinstance(note, Dictionary):
                continue
            if not note.is_indirect:
                note = page.obj.Annots[index] = pdf.make_indirect(note)
            yield note


def _put(holder: Dictionary, key: str, value: Dictionary | None) -> None:
    if value is not None and value.is_indirect:
        holder[key] = value
    elif key in holder:
        del holder[key]


def lineage(node: Any) -> Iterator[Dictionary]:
    """A page or a field, and what stands above it, one after the other."""
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return
        yield node
        node = node.get("/Parent")


def inherited(node: Any, key: str) -> Any:
    """What a page, a field or one above it has for a key; None where none of them has."""
    return next((one[key] for one in lineage(node) if key in one), None)
