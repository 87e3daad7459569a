"""Files that come with deid: recognizers, inside the wheel or beside `src/` in a checkout, and YAML beside the code."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from deid.errors import CatalogError

if TYPE_CHECKING:
    from importlib.abc import Traversable

YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast where libyaml is."""


def packaged_yaml(package: str, name: str) -> Any:
    """The content of a YAML file that lies beside the code of a package."""
    return yaml.load((files(package) / name).read_text("utf-8"), Loader=YAML_LOADER)


def recognizers_root() -> Traversable:
    """The folder of recognizer files that belongs to this installation."""
    packaged = files("deid") / "recognizers"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2] / "recognizers"
    if checkout.is_dir():
        return checkout
    raise CatalogError("the recognizer files are missing from this installation", hint="reinstall deid-zh")
