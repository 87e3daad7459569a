"""Written contacts read again: unfolded, unescaped, quoted-printable decoded, parts of names joined."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from deid.formats.files import bytes_of
from deid.formats.formatwords import unusual

_PROPERTY = re.compile(
    rb"(?m)(?<!=\n)(?<!=\r\n)^(?:(?:BEGIN|END):[A-Za-z\-]{5,}(?=[\r\n]|\Z)|[A-Za-z\-]{5,}(?=[;:]))"
)
"""Not where a line goes on that is quoted-printable, nor within one that is decoded."""
_CODECS = ("utf-8", "gb18030", "big5hkscs")


def strings_of(path: str) -> Iterator[str]:
    data = bytes_of(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "ignore").encode()
    data = _PROPERTY.sub(lambda name: unusual(name[0].decode()).encode(), data)
    for content in (data, quopri.decodestring(data)):
        for codec in _CODECS:
            text = content.decode(codec, "ignore")
            yield text
            text = re.sub(r"\r{0,3}\n[ \t]", "", text)
            yield re.sub(r"\\(.)", r"\1", text)
            for line in re.findall(r"(?im)^(?:[\w\-]+\.)?(?:N|ADR|ORG)(?:;[^:\n]*)?:(.*)$", text):
                parts = [part for part in line.strip().split(";") if part]
                yield "".join(parts)
                yield "".join(reversed(parts))
