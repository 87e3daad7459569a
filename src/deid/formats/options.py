"""What a person may choose about reading and writing files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PdfMode = Literal["auto", "text", "raster"]


@dataclass(frozen=True, slots=True)
class Options:
    """`pdf`: `text` keeps the text of pages, `raster` makes every page a picture with the new text behind
    it, `auto` does so only where a page fails its check. `passwords` are tried on files that have one.
    `depth` is no choice: how many files the file that is read is within, nor is `folder`: where a
    program that reads nothing but files (LibreOffice) has them for a moment; without it, in memory where that is possible."""

    pdf: PdfMode = "auto"
    passwords: tuple[str, ...] = field(default=(), repr=False)
    depth: int = 0
    folder: str = field(default="", repr=False)


DEFAULT = Options()
