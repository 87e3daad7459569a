"""What a string means besides what stands there: escapes undone, numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from html import unescape
from urllib.parse import unquote

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?")


def forms_of(text: str) -> Iterator[str]:
    """A string as it stands, and what it means where it is escaped or a number."""
    yield text
    if "%" in text:
        for encoding in ("utf-8", "gb18030"):
            meant = unquote(text, encoding, "ignore")
            if meant != text:
                yield meant
    if "_x" in text:
        yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if "&" in text and ";" in text:
        yield unescape(text)
    if ("E" in text or "e" in text or "." in text) and _NUMBER.fullmatch(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return
        if abs(number.adjusted()) < 40:
            yield format(number, "f")
            if number == number.to_integral_value():
                yield str(int(number))
