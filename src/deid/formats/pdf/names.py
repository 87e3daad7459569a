"""Names of PDF objects as strings. Chinese producers write them in GBK: pikepdf's own way is UTF-8 only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def spelled(name: Any) -> str:
    """A name with its slash; bytes that are no UTF-8 as surrogates, as in the keys of dictionaries."""
    raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name.unparse())
    return raw.decode("utf-8", "surrogateescape")


def entry(dictionary: Any, key: str) -> Any:
    """What stands under a key of any spelling, or None."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 - `get` takes UTF-8 only


def entries(dictionary: Any) -> Iterator[tuple[str, Any]]:
    """Keys of any spelling with what stands under them."""
    for key in sorted(dictionary.keys()):
        yield key, dictionary[key]
