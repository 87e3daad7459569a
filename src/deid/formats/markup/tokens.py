"""HTML and XML cut into tokens, every character in one of them.

After the tokenization rules of the HTML Living Standard (13.2.5) and XML 1.0, as far as they
say what is text, a tag or a comment. Nothing is repaired: the raw form is what is written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deid.errors import UnreadableDocument

RAW = frozenset({"script", "style"})
_PLAIN = frozenset({"title", "textarea"})  # HTML: no tags in them, but entities
_NAME = re.compile(r"[^\s/>]+")
_START = re.compile(r"[A-Za-z]")
_XML_START = re.compile(r"[A-Za-z_:\x80-\U0010ffff]")
_ELEMENT = re.compile(r"(?!.*[0-9]{7})[a-z][a-z0-9]*(?:[:_\-][a-z0-9]+)*", re.ASCII)
_ADDRESS = re.compile(r"@[^@]*\.|^https?:|^www\.|[^\x00-\x7f]")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_TAIL = re.compile(r"[\s/]*>")


class Attribute(NamedTuple):
    """`start`, `end` of the value within the token, without quotes; `begin`, `stop` of the whole."""

    name: str
    begin: int
    start: int
    end: int
    stop: int


class Token(NamedTuple):
    """`kind`: text, open, close, comment, cdata, instruction, doctype, raw (of a script or style)."""

    kind: str
    raw: str
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokens(text: str, *, xml: bool) -> Iterator[Token]:
    """Raises UnreadableDocument where a tag has no end."""
    position, size = 0, len(text)
    while position < size:
        if text[position] == "<" and (token := _marked(text, position, xml)):
            yield token
            position += len(token.raw)
            if not xml and token.kind == "open" and token.name in RAW | _PLAIN:
                end = _end_of(token.name, text, position)
                if end > position:
                    kind = "raw" if token.name in RAW else "text"
                    yield Token(kind, text[position:end], token.name)
                position = end
            continue
        end = text.find("<", position + 1)
        end = size if end < 0 else end
        yield Token("text", text[position:end])
        position = end


def local(name: str) -> str:
    """Without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _marked(text: str, position: int, xml: bool) -> Token | None:
    """The token that `<` begins, or nothing where it is text."""
    if text.startswith("<!--", position):
        match = _COMMENT.match(text, position)
        return Token("comment", match[0] if match else text[position:])
    if text.startswith("<![CDATA[", position):
        return Token("cdata", _until(text, position, "]]>"))
    if text[position : position + 9].lower() == "<!doctype":
        end = text.find(">", position)
        subset = text.find("[", position, end if end >= 0 else len(text))
        if subset >= 0:
            raise UnreadableDocument("it declares entities or elements of its own (DTD)")
        return Token("doctype", _until(text, position, ">"))
    if text.startswith("<?", position):
        return Token("instruction", _until(text, position, "?>" if xml else ">"))
    if text.startswith("<!", position):
        return Token("comment", _until(text, position, ">"))
    close = text.startswith("</", position)
    first = position + (2 if close else 1)
    if (_XML_START if xml else _START).match(text, first):
        token = _tag(text, position, first, "close" if close else "open", xml)
        if xml or _is_element(token):
            return token
        return Token("comment", token.raw) if close else None
    return Token("comment", _until(text, position, ">")) if close else None


def _is_element(token: Token) -> bool:
    """Whether it is markup: `<zhangsan@example.com>`, which people forget to escape, is text to them.

    No reader shows it, and everybody finds it in the file.
    """
    bare = (one.name for one in token.attributes if one.start == one.end == one.stop)
    return bool(_ELEMENT.fullmatch(token.name)) and not any(map(_ADDRESS.search, bare))


def _until(text: str, position: int, mark: str) -> str:
    end = text.find(mark, position)
    return text[position:] if end < 0 else text[position : end + len(mark)]


def _tag(text: str, position: int, first: int, kind: str, xml: bool) -> Token:
    match = _NAME.match(text, first)
    assert match is not None  # its first character was looked at
    name, place = match[0] if xml else match[0].lower(), match.end()
    found: list[Attribute] = []
    while not (tail := _TAIL.match(text, place)):
        attribute = _ATTRIBUTE.match(text, place)
        if attribute is None:
            raise UnreadableDocument("a tag has no end")
        value = attribute[2] or ""
        quoted = value[:1] in ('"', "'")
        start, end = attribute.span(2) if value else (attribute.end(), attribute.end())
        shift = (1 if quoted else 0), (1 if quoted else 0)
        found.append(
            Attribute(
                attribute[1].lower(),
                attribute.start() - position,
                start + shift[0] - position,
                end - shift[1] - position,
                attribute.end() - position,
            )
        )
        place = attribute.end()
    return Token(kind, text[position : tail.end()], name, tuple(found))


def _end_of(name: str, text: str, position: int) -> int:
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
    return match.start() if match else len(text)
