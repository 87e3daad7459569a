"""Symbols of Word that are letters of a font for text: 张 by its number, as an element and as a field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from deid.formats.fieldcodes import draws_symbols, symbol_of
from deid.formats.ooxml.xml import Element, local, short, take_out

_CODE = re.compile("[0-9A-Fa-f]{4}")


@dataclass(slots=True)
class _Field:
    """A field of Word while it is read: what marks its parts, its code, and the runs of its result."""

    marks: list[Element] = field(default_factory=list)
    code: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    in_result: bool = False


def as_text(root: Element) -> None:
    """They stand as text."""
    _shown_symbols(root)
    for symbol in list(root.iter("{*}sym")):
        if short(symbol.tag) != "w:sym":
            continue
        said = {local(key): value for key, value in symbol.attrib.items()}
        code = said.get("char", "")
        number = int(code, 16) if _CODE.fullmatch(code) else 0
        is_symbol = draws_symbols(said.get("font", ""))
        if 0xF020 <= number <= 0xF07E and not is_symbol:
            number -= 0xF000
        if 0x2E80 <= number < 0xD800 or (0x20 <= number < 0x2E80 and not is_symbol):
            symbol.attrib.clear()
            symbol.tag, symbol.text = symbol.tag.replace("}sym", "}t"), chr(number)


def _shown_symbols(root: Element) -> None:
    """The letter stands instead of the field's code; its result, which says the same, goes."""
    for simple in list(root.iter("{*}fldSimple")):
        letter = symbol_of(next((value for key, value in simple.attrib.items() if local(key) == "instr"), ""))
        if letter:
            _become_text(simple, letter)
    if "SYMBOL" not in "".join(code.text or "" for code in root.iter("{*}instrText")).upper():
        return
    open_fields: list[_Field] = []
    for element in list(root.iter("{*}fldChar", "{*}instrText", "{*}t")):
        name = short(element.tag)
        if name == "w:fldChar":
            kind = next((value for key, value in element.attrib.items() if local(key) == "fldCharType"), "")
            if kind == "begin":
                open_fields.append(_Field())
            elif open_fields:
                open_fields[-1].in_result = True
            if open_fields:
                open_fields[-1].marks.append(element)
            if kind == "end" and open_fields:
                _show_symbol(open_fields.pop(), root)
        elif open_fields and name == "w:instrText":
            open_fields[-1].code.append(element)
        elif open_fields and open_fields[-1].in_result:
            open_fields[-1].result.append(element)


def _show_symbol(shown: _Field, root: Element) -> None:
    letter = symbol_of("".join(element.text or "" for element in shown.code))
    if not letter:
        return
    first, *others = shown.code
    first.tag, first.text = first.tag.replace("}instrText", "}t"), letter
    for element in (*shown.marks, *others, *shown.result):
        take_out(element, root)


def _become_text(simple: Element, letter: str) -> None:
    """A run instead of a field."""
    namespace = simple.tag.rpartition("}")[0] + "}"
    simple.attrib.clear()
    simple[:] = []
    simple.tag = f"{namespace}r"
    etree.SubElement(simple, f"{namespace}t").text = letter
