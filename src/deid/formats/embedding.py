"""Files and texts in base64, and addresses that hold a file (`data:`), where a text is expected."""

from __future__ import annotations

import re

from deid.validators.encoded import HEADS, compact, from_base64

_BASE64 = re.compile(
    r"(?=[0-9+/_\-\s]*[A-Za-z])"  # figures alone are numbers, as of bank cards
    r"(?=[A-Za-z0-9+/_\-\s]*[0-9+/_\-A-Z])[A-Za-z0-9+/_\-\s]{16,}(?:={1,2}\s*)?"  # each space has one place
)
_TOKEN = r"[A-Za-z0-9_!#$&^.+\-]"
_DATA = re.compile(
    rf"\s*data:(?:{_TOKEN}+/{_TOKEN}+|{_TOKEN}*(?=;))?(?:;[\w\-]+(?:=[^;,]*)?)*,", re.IGNORECASE
)  # RFC 2397: `data:36.5,` is no address
ADDRESSED = re.compile(
    r"data:[\w.+\-]{1,40}/[\w.+\-]{1,80}(?:\\?;[\w\-]{1,40}=[^;,\s]{0,80}){0,4}\\?;base64\\?,[A-Za-z0-9+/=%_\-]+",
    re.ASCII | re.IGNORECASE,
)
"""A file in an address, within a text; contacts and calendars escape its signs."""
_LOOKED_AT = 4096  # characters, of four for three bytes
_HEADS = (*HEADS, b"\xfe\xff", b"\xff\xfe")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def is_address(text: str) -> bool:
    """Whether a text is an address that holds a file.

    >>> is_address("data:image/png;base64,iVBORw0KGgo="), is_address("Data: 36.5, 37.1")
    (True, False)
    """
    return bool(_DATA.match(text))


def is_embedded(text: str) -> bool:
    """Whether all of a text is a file, or another text, in base64 or as an address.

    >>> is_embedded("5oKj6ICF5byg5LiJ"), is_embedded("data:image/png;base64,iVBORw0KGgo=")
    (True, True)
    >>> is_embedded("2f6ab1c09d3e4f5a6b7c"), is_embedded("HelloWorldHelloWorld")
    (False, False)
    """
    if is_address(text):
        return True
    text = text.strip()
    if len(text) < 16 or not _BASE64.fullmatch(text):
        return False
    data = from_base64(compact(text[:_LOOKED_AT]))
    return data.startswith(_HEADS) or _is_text(data, cut=len(text) > _LOOKED_AT)


def without_files(text: str) -> str:
    """A text in which the addresses that hold a file are empty.

    >>> without_files("片子 ![](data:image/png;base64,iVBORw0KGgo=) 已取")
    '片子 ![](data:,) 已取'
    """
    return ADDRESSED.sub("data:,", text)


def _is_text(data: bytes, *, cut: bool) -> bool:
    for size in range(len(data), max(0, len(data) - 3 * cut) - 1, -1):  # the last character may be cut
        try:
            text = data[:size].decode()
        except UnicodeDecodeError:
            continue
        return not _UNPRINTABLE.search(text)
    return False
