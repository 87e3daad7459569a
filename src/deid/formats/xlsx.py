"""Excel workbooks (SpreadsheetML, ISO/IEC 29500-1, 18)."""

from __future__ import annotations

from deid.formats import office
from deid.formats.office import write
from deid.formats.options import DEFAULT, Options
from deid.types import Document

__all__ = ["read", "write"]


def read(path: str, ref: str, options: Options = DEFAULT) -> Document:
    """See `office.read`."""
    return office.read(path, ref, "xlsx", options)
