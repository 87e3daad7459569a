"""Pictures that stand in content streams (ISO 32000-1, 8.9.7) are made ones of their own, which are read as others are."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import pikepdf

_TINY = 64  # pixels: lines and shadings
_BEGINS = re.compile(rb"(?<!\S)BI(?=[\s/])(.{1,1000}?)(?<=\s)ID\s", re.DOTALL)
_WIDTH, _HEIGHT = (
    re.compile(rb"/%b(?:%b)?\s+(\d{1,9})" % parts) for parts in ((b"W", b"idth"), (b"H", b"eight"))
)


def lift_inline(holder: pikepdf.Object, above: pikepdf.Object | None = None) -> None:
    """Do so for a page, a form or a pattern, if one of its pictures is more than tiny; those that cannot be told stay.

    A form without resources takes those of the page (ISO 32000-1, 7.8.3), `above`, and a note has none: it is given
    some of its own.
    """
    is_pattern = holder.get("/Type") == "/Pattern" or "/PatternType" in holder
    try:
        if any(map(_is_large, _BEGINS.findall(_content(holder)))):
            if "/Resources" not in holder:
                holder.Resources = _taken_over(pikepdf.Dictionary() if above is None else above)
            if is_pattern:
                holder.Subtype = pikepdf.Name.Form
            pikepdf.Page(holder).externalize_inline_images(shallow=True)
    except (pikepdf.PdfError, RuntimeError):
        return  # whoever reads the stream tells
    finally:
        if is_pattern and "/Subtype" in holder:
            del holder["/Subtype"]


def _taken_over(resources: Any) -> Any:
    """Others with the same in them, to which pictures can be added."""
    found = copy(resources)
    found.XObject = copy(found.get("/XObject", pikepdf.Dictionary()))
    return found


def _content(holder: Any) -> bytes:
    found = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    parts = list(found) if isinstance(found, pikepdf.Array) else [found]
    return b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))


def _is_large(said: bytes) -> bool:
    width, height = _WIDTH.search(said), _HEIGHT.search(said)
    return width is None or height is None or int(width[1]) * int(height[1]) > _TINY
