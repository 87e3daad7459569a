"""Transfer encodings of mail (RFC 2045, 6) and broken lines: what the letters of a part stand for."""

from __future__ import annotations

import binascii
import quopri
import re
from email.message import Message

_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*(?:=\s*){0,2}")
_SOFT = re.compile(rb"=[ \t]*(?:\r{0,3}\n|\r)")
"""A line's end within a line of quoted-printable, as mailers and those that pass mail on leave it."""
_PLAIN = frozenset({"", "7bit", "8bit", "binary", "7bits", "8bits"})
_UU = frozenset({"xuuencode", "uuencode", "xuue", "uue"})


class BadTransfer(ValueError):
    """The encoding is not known, or the content is not in it."""


def transfer_of(message: Message) -> str:
    """`base64`, `quoted-printable`, `uuencode`, nothing for text as it stands, or what nobody knows.

    Mailers write 7-bit, 8bits, "quoted-printable;" and the like.
    """
    written = str(message.get("content-transfer-encoding", "")).strip().lower()
    plain = re.sub(r"[^a-z0-9]", "", written.partition(";")[0].partition("(")[0])
    if plain in _PLAIN:
        return ""
    if plain in _UU:
        return "uuencode"
    return {"base64": "base64", "quotedprintable": "quoted-printable"}.get(plain, written)


def decoded(message: Message) -> bytes:
    """Raises BadTransfer, also where what stands before, behind or beside the encoded part would go unread."""
    payload = message._payload  # type: ignore[attr-defined]  # get_payload decodes bytes by the charset
    if payload is None:
        return b""
    transfer = transfer_of(message)
    data = str(payload).encode("ascii", "surrogateescape")
    try:
        if not transfer or not data.strip():
            return data
        if transfer == "quoted-printable":
            return quopri.decodestring(
                _SOFT.sub(b"=\n", data)
            )  # which leaves out what stands between =\r and \n
        if transfer == "uuencode":
            return _uudecoded(data)
        if transfer == "base64" and _BASE64.fullmatch(data):
            return binascii.a2b_base64(data + b"==")
    except ValueError:
        pass
    raise BadTransfer


def _uudecoded(data: bytes) -> bytes:
    found: list[bytes] = []
    lines = iter(data.strip().splitlines())
    if not next(lines).startswith(b"begin "):
        raise BadTransfer
    for line in lines:
        if line.strip() == b"end":
            break
        size = (line[0] - 32) & 63 if line else 0
        # some encoders leave blanks at the end of lines away, others put a checksum there
        if len(line[1 + (size + 2) // 3 * 4 :].strip()) > 1:
            raise BadTransfer
        found.append(binascii.a2b_uu(line[: (size * 4 + 5) // 3] or b" "))
    else:
        raise BadTransfer
    if any(line.strip() for line in lines):
        raise BadTransfer
    return b"".join(found)


def unflowed(text: str, joined: str) -> str:
    """Text with its lines whole (RFC 3676): those that end with a blank go on in the next.

    >>> unflowed("电话138 \\n0013\\n> a \\n> b\\n-- \\n张", "")
    '电话1380013\\n> ab\\n-- \\n张'
    """
    found: list[str] = []
    before = None  # the quotation marks of a line that goes on
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        rest = body.lstrip(">")
        quotes = body[: len(body) - len(rest)]
        signature = rest.removeprefix(" ") == "-- "
        if before == quotes and not signature:
            found[-2:] = [found[-2].removesuffix(" ") + joined, ""]  # its end is none
            found += (rest.removeprefix(" "), line[len(body) :])
        else:
            found += (quotes + rest, line[len(body) :])
        before = quotes if rest.endswith(" ") and not signature else None
    return "".join(found)
