"""Marked text with run boundaries, and packages whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from deid.catalog import parse_marked

RUN_BREAK = "¦"
"""Where the formatting changes inside a text; not part of it."""

MOMENT = "2024-05-06T09:00:00Z"
"""Of every property, comment and change."""

_MARK = re.compile(r"\[[^\[\]]+\]\([A-Z][A-Z0-9_]*\)")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def has_marks(marked: str) -> bool:
    return bool(_MARK.search(marked))


def plain(marked: str) -> str:
    """The text without marks and run boundaries."""
    return parse_marked(marked)[0].replace(RUN_BREAK, "")


def runs(marked: str) -> list[str]:
    """The text without marks, cut at run boundaries."""
    return parse_marked(marked)[0].split(RUN_BREAK)


def unbroken(marked: str) -> str:
    """The marked text without run boundaries."""
    return marked.replace(RUN_BREAK, "")


def repacked(package: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The zip with fixed times and attributes; `changes` rewrites parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = changes.get(name, lambda content: content)(source.read(name))
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, content)
    return out.getvalue()
