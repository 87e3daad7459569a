"""RTF cut into tokens, every byte in one of them (RTF Specification 1.9.1, Microsoft).

Bytes are read as Latin-1, so that what is not edited is written as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deid.errors import UnreadableDocument

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?[0-9]+)?[ ]?"
    r"|(?P<byte>(?:\\'[0-9A-Fa-f]{2})+)"
    r"|\\(?P<symbol>[^A-Za-z0-9])"
    r"|(?P<brace>[{}])"
    r"|(?P<gap>[\r\n\x00]+)"
    r"|(?P<text>[^\\{}\r\n\x00]+)",
    re.DOTALL,
)

_LONGEST_NUMBER = len("2147483648")


class Token(NamedTuple):
    """`kind`: word, byte (as many as stand together), symbol, open, close, gap (line ends of the file), text, binary."""

    kind: str
    raw: str
    value: str = ""
    number: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """Raises UnreadableDocument where no token is."""
    position, size = 0, len(text)
    while position < size:
        match = _TOKEN.match(text, position)
        if match is None:
            raise UnreadableDocument("a control word is damaged")
        kind = match.lastgroup or ""
        position = match.end()
        if kind in ("word", "number"):
            number = match["number"]
            if number and len(number.removeprefix("-")) > _LONGEST_NUMBER:
                raise UnreadableDocument("a control word is damaged")
            token = Token("word", match[0], match["word"], None if number is None else int(number))
            if token.value == "bin":
                position += max(0, token.number or 0)
                token = Token("binary", text[match.start() : position])
        elif kind == "brace":
            token = Token("open" if match[0] == "{" else "close", match[0])
        else:
            token = Token(kind, match[0], match[kind])
        yield token
