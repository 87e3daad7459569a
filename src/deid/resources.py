"""Where the shipped recognizer files are: inside the wheel, or beside `src/` in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from deid.errors import CatalogError

if TYPE_CHECKING:
    from importlib.abc import Traversable


def recognizers_root() -> Traversable:
    """The folder of recognizer files that belongs to this installation."""
    packaged = files("deid") / "recognizers"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2] / "recognizers"
    if checkout.is_dir():
        return checkout
    raise CatalogError("the recognizer files are missing from this installation", hint="reinstall deid-zh")
