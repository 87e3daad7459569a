"""Headers of mail: decoded for reading, and encoded again (RFC 2047, RFC 2231).

Chinese mail says gb2312 and means GB 18030 (喆 is in no gb2312), or has raw bytes in its headers.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.header import decode_header
from urllib.parse import unquote_to_bytes

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_WIDE = re.compile(r"[A-Za-z0-9]*[^\x00-\x7f](?:[^\x00-\x7f]|[A-Za-z0-9._\-]|[ \t]+(?=[^\x00-\x7f]))*")
# Two bytes of GBK may be one character of UTF-8, of a kind that Chinese text hardly has.
_STRAY = re.compile("[\u0100-\u0390\u03aa-\u03b0\u03ca-\u07ff]")
_PER_WORD = 14  # characters: 42 bytes of Chinese, within the 75 of an encoded word


def decoded_bytes(data: bytes, charset: str | None) -> tuple[str, str]:
    """Text and the codec that it has. Raises UnicodeError when none fits."""
    named = (charset or "").strip().lower()
    last = ""
    for codec in filter(None, (_WIDER.get(named, named), "utf-8", "gb18030", "big5hkscs")):
        try:
            text = data.decode(codec)
        except (ValueError, LookupError):  # of the text, or of the name of its codec
            continue
        if named or codec != "utf-8" or not _STRAY.search(text):
            return text, codec
        last = text
    if last:
        return last, "utf-8"
    raise UnicodeError("no encoding fits")


def header_text(raw: str) -> str:
    """What a header says. Raises UnicodeError when it cannot be decoded."""
    raw = _FOLD.sub("", raw)
    if not raw.isascii():
        raw, _ = decoded_bytes(raw.encode("ascii", "surrogateescape"), None)
    if "=?" not in raw:
        return raw
    parts: list[str] = []
    waiting: tuple[bytes, str | None] = (b"", None)  # a character may be cut between two words
    for content, charset in decode_header(raw):
        if isinstance(content, bytes) and charset is not None and waiting[1] == charset:
            waiting = waiting[0] + content, charset
            continue
        parts.append(decoded_bytes(*waiting)[0])
        if isinstance(content, str):
            parts.append(content)
            waiting = b"", None
        elif charset is None:
            parts.append(content.decode("utf-8", "surrogateescape"))
            waiting = b"", None
        else:
            waiting = content, charset
    parts.append(decoded_bytes(*waiting)[0])
    return "".join(parts).encode("utf-8", "replace").decode()


def encoded(text: str) -> str:
    """A header in ASCII: encoded words where the text is not, each on a line of its own."""
    text = " ".join(text.splitlines())
    text = re.sub(r'"([^"\x00-\x1f]*[^\x00-\x7f][^"]*)"', r"\1", text)  # no encoded word may be quoted
    parts: list[str] = []
    position = 0
    for match in _WIDE.finditer(text):
        before = text[position : match.start()]
        parts.append(before + (" " if before and before[-1] not in " \t(" else ""))
        words = [match[0][i : i + _PER_WORD] for i in range(0, len(match[0]), _PER_WORD)]
        parts.append("\n ".join(f"=?utf-8?B?{b64encode(word.encode()).decode()}?=" for word in words))
        position = match.end()
        if text[position : position + 1] not in ("", " ", "\t", ")"):
            parts.append(" ")
    return "".join((*parts, text[position:]))


def in_ascii(raw: str) -> str:
    """A header with raw bytes in it, these as encoded words; what they stand in, as quotes, stays."""
    text, _ = decoded_bytes(raw.encode("ascii", "surrogateescape"), None)
    return _WIDE.sub(lambda match: f"=?utf-8?B?{b64encode(match[0].encode()).decode()}?=", text)


def parameter_text(value: object) -> str:
    """A parameter as `Message.get_params` gives it: a string, or charset, language and escaped text."""
    if isinstance(value, tuple):
        charset, _, text = value
        content = text.encode("latin-1") if not text.isascii() else unquote_to_bytes(text)
        return decoded_bytes(content, charset)[0]
    return header_text(str(value))
