"""A written mail read again with the modern policy of Python's parser, which the writer does not use."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from urllib.parse import unquote

from deid.formats.files import bytes_of, opened
from deid.formats.formatwords import unusual, without_fonts_of_style

_WORD = re.compile(r"=\?([^?]+)\?([bBqQ])\?([^?]*)\?=")
_MIME = frozenset({"content-type", "content-disposition", "content-transfer-encoding", "mime-version"})
_KIND = re.compile(r"\A\s*[\w.+\-]+(?:/[\w.+\-]+)?|(?<=;)\s*[\w\-]+(?=\*?[0-9]*\*?=)")
"""What a part is, and what is said of it: multipart/alternative; boundary=…"""
_TAG = re.compile(
    r"""<[A-Za-z][\w:.\-]*(?:\s+[\w:.\-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*\s*/?>|</[A-Za-z][\w:.\-]*"""
)
"""Of a page, what says nothing but what the parser reads in it, element by element."""
_CHARSET = re.compile(r"=\?[\w.\-]+\?")
_CODECS = ("utf-8", "gb18030", "big5hkscs")


def strings_of(path: str) -> Iterator[str]:
    """Headers raw and decoded, texts in every encoding they may have, and what is in attachments."""
    yield from _message(message_from_bytes(bytes_of(path), policy=policy.default))


def strings_of_box(path: str) -> Iterator[str]:
    """The same of a mailbox, mail by mail, and of the lines between them."""
    mail = b""
    with opened(path) as handle:
        for line in (*handle, b"From "):
            if line.startswith(b"From ") and mail:
                yield from _message(message_from_bytes(mail, policy=policy.default))
                mail = b""
            if line.startswith(b"From "):
                yield from _header(line.decode("ascii", "surrogateescape"))
            mail += line


def _message(message: Message) -> Iterator[str]:
    for between in (message.preamble, message.epilogue):
        yield from _header(between or "")
    for name, raw in message.raw_items():
        yield unusual(name)
        of_mime = name.lower() in _MIME
        yield from _header(_KIND.sub(lambda kind: unusual(kind[0]), str(raw)) if of_mime else str(raw))
    if isinstance(message, EmailMessage) and (file_name := message.get_filename()):
        yield file_name
    if message.is_multipart():
        for inner in message.get_payload():
            if isinstance(inner, Message):
                yield from _message(inner)
        return
    data = message.get_payload(decode=True)
    if isinstance(data, bytes) and data.strip():
        yield from _content(data, message)


def _header(raw: str) -> Iterator[str]:
    content = raw.encode("utf-8", "surrogateescape")
    for codec in _CODECS:
        text = re.sub(r"\r?\n(?=[ \t])", "", content.decode(codec, "ignore"))
        yield _CHARSET.sub(lambda charset: unusual(charset[0]), text)
        if "%" in text:
            yield unquote(text, encoding=codec, errors="ignore")
        if "=?" in text:
            near = re.sub(r"\?=\s+=\?", "?==?", text)
            yield _WORD.sub(lambda match, codec=codec: _word(match, codec), near)  # type: ignore[misc]


def _word(match: re.Match[str], codec: str) -> str:
    content = match[3].encode("ascii", "ignore")
    data = (
        base64.b64decode(content + b"==") if match[2] in "bB" else quopri.decodestring(content, header=True)
    )
    own = match[1].partition("*")[0]
    return data.decode(codec, "ignore") + " " + "".join(_own(data, own))


def _own(data: bytes, charset: str) -> Iterator[str]:
    """Text in the charset that it names, where Python knows it: those of Chinese mail are tried anyhow."""
    try:
        yield data.decode(charset, "ignore")
    except (LookupError, ValueError):
        return


def _content(data: bytes, message: Message) -> Iterator[str]:
    from deid.formats.proofreading.markup import strings_in, strings_in_style, without_doctype
    from deid.formats.proofreading.members import strings_of_member

    if message.get_content_maintype() != "text":
        yield from strings_of_member(data)
        return
    named = message.get_content_charset() or "ascii"
    for text in (*(data.decode(codec, "ignore") for codec in _CODECS), *_own(data, named)):
        if message.get_content_subtype() == "html":
            yield from strings_in(text)
            text = _TAG.sub(" ", without_fonts_of_style(without_doctype(text)))
        if message.get_content_subtype() == "css":
            yield from strings_in_style(text)
            text = without_fonts_of_style(text)
        yield text
