"""A large tagged PDF without its loose objects.

qpdf reads every object of a file that it saves, also those that nothing refers to any more: the tags
that Word and LibreOffice write, a hundred a page, 2 KB each in memory. So what is passed on of such a
file is taken over into a new one.
"""

from __future__ import annotations

import warnings

import pikepdf
from pikepdf import Dictionary, Name

_MANY = 10_000
_LEAST = 1_000  # bytes in memory, of an object that is not read
_HELD = "/DeidHeld"


def is_worth_slimming(pdf: pikepdf.Pdf, size: int) -> bool:
    """Whether a file of `size` bytes is tagged, and its objects take more memory than its streams, which are copied."""
    count = pdf.trailer.get("/Size")
    return "/StructTreeRoot" in pdf.Root and isinstance(count, int) and count > max(_MANY, size / _LEAST)


def slimmed(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """A file with all that a cleaned one refers to. It may read streams from the other, which has to stay open."""
    root = Dictionary({key: pdf.Root[key] for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}})
    # taken over with the first page: a new object for it would have qpdf read all others
    pdf.pages[0].obj[_HELD] = Dictionary(Root=root, Info=pdf.trailer.get("/Info", Dictionary()))
    new = pikepdf.new()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of forms, which are taken over, too
        new.pages.extend(pdf.pages)
    first = new.pages[0].obj
    new.trailer.Info = first[_HELD].Info
    new.Root.Version = Name(f"/{pdf.pdf_version}")
    for key, value in first[_HELD].Root.items():
        new.Root[key] = value
    del first[_HELD]
    return new
