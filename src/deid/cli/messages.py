"""What the command line says, in Chinese or English; the texts stand in messages.yaml.

Chinese when the locale is (LC_ALL, LC_MESSAGES, LANG; on Windows the language of the
user interface), else English. `DEID_LANG=zh` or `en` decides for itself. Messages of
errors are written in English where they arise, and translated here where a translation
is known.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from deid.report.wording import Language
from deid.resources import packaged_yaml

_CHINESE = 0x04
"""Primary language identifier of Windows."""


def language() -> Language:
    """The language in which to speak."""
    chosen = os.environ.get("DEID_LANG", "").lower()
    if chosen[:2] in ("zh", "en"):
        return "zh" if chosen.startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "zh" if _windows_language() == _CHINESE else "en"


def text(key: str, **values: object) -> str:
    """The text called `key`, filled in."""
    found: str = _texts()["texts"][key][language()]
    return found.format(**values) if values else found


def known_text(key: str) -> str:
    """The text called `key`, or nothing where there is none."""
    return text(key) if key in _texts()["texts"] else ""


def translated(message: str) -> str:
    """A message of an error in the language of the user, as far as a translation is known."""
    if language() == "en":
        return message
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(message):
            return chinese.format(**{name: translated(part) for name, part in match.groupdict().items()})
    return message


@cache
def _texts() -> Mapping[str, Any]:
    content: Mapping[str, Any] = packaged_yaml("deid.cli", "messages.yaml")
    return content


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English messages as patterns: `{name}` stands for anything."""
    found = []
    for english, chinese in _texts()["errors"].items():
        parts = re.split(r"\{(\w+)\}", english)
        pattern = "".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        found.append((re.compile(pattern, re.DOTALL), chinese))
    return tuple(found)


def _windows_language() -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetUserDefaultUILanguage()) & 0x3FF
