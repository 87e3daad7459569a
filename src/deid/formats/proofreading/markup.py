"""Written markup read again with Python's own HTML parser: text in pieces and joined, attributes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from deid.errors import UnreadableDocument
from deid.formats.files import bytes_of
from deid.formats.formatwords import unusual, without_fonts, without_fonts_of_style
from deid.formats.markup.namespaces import is_public

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CERTAIN = 20
"""Characters beyond ASCII that are no UTF-8 by chance."""
_OF_TWO_BYTES = re.compile("[\x80-\u07ff]")
DTD = re.compile(
    r"https?://www\.w3\.org/(?:TR|Graphics)/"
    r"(?:html|xhtml|rec-html|svg|mathml|dtd|strict|transitional|frameset|loose|basic|tiny|mobile|rdfa|flat|[0-9./\-]){1,24}\.dtd",
    re.IGNORECASE,
)
"""Where the document types of the W3C are, of which a text may tell."""
_DOCTYPE = re.compile(
    r"""DOCTYPE\s+[\w:.\-]+(?:\s+(?:PUBLIC|SYSTEM))?(?:\s*(["'])-//W3C//DTD [A-Za-z0-9. ]{1,40}//EN\1)?""",
    re.IGNORECASE,
)
_KEY = re.compile(r"\A[\w:.\-]+|(?<![\w:.\-])[\w:.\-]+(?=\s*=\s*[\"'])")
"""What an instruction is called, and the names of what it says: <?xml version="1.0"?>."""
_OF_STYLE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(\S))")
_FACES = frozenset({"face", "font-family", "fontfamily", "fontname", "typeface"})
_WITHIN = frozenset("a b i u em strong font span small big sub sup mark s ins del tspan code label".split())


def strings_of(path: str) -> Iterator[str]:
    """In every encoding that the bytes may have; text in UTF-8 has no other. Raises UnreadableDocument where there is none."""
    data = bytes_of(path)
    marked = [codec for mark, codec in _MARKS if data.startswith(mark)]
    readable = False
    for codec in marked or ("utf-8", "gb18030", "big5hkscs"):
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        readable = True
        yield from strings_in(text)
        if codec == "utf-8" and sum(not one.isascii() for one in text) >= _CERTAIN:
            break
    if not readable:
        raise UnreadableDocument("the written file cannot be decoded")


def strings_of_style(path: str) -> Iterator[str]:
    """The same of a style sheet."""
    data = bytes_of(path)
    for codec in ("utf-8", "gb18030", "utf-16"):
        yield from strings_in_style(data.decode(codec, "ignore"))


def strings_in_style(text: str) -> Iterator[str]:
    """As it stands, and with its escapes and percent signs as they are meant."""
    yield without_fonts_of_style(text)
    yield from _addressed(text) if "%" in text else ()
    yield _OF_STYLE.sub(lambda match: _meant(match[1]) if match[1] else match[2], text)


def strings_in(text: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from reader.found
    yield "".join(reader.joined)


def without_doctype(text: str) -> str:
    """A text without what a declaration of a document type says that everybody says."""
    return _DOCTYPE.sub(lambda said: unusual(said[0]), DTD.sub("", text))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.joined: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._apart(tag)
        self.found.append(unusual(tag))
        for name, value in attrs:
            self._add(unusual(name))
            if value and not (name.startswith("xmlns") and is_public(value)):
                self._add(_of_looks(name, value))
                self._style(value if name == "style" else "")

    def handle_endtag(self, tag: str) -> None:
        self._apart(tag)
        self.found.append(unusual(tag))

    def handle_data(self, data: str) -> None:
        data = without_fonts_of_style(data) if self.cdata_elem == "style" else data
        self._add(data)
        self._style(unescape(data) if self.cdata_elem == "style" else "")  # XML has references there
        self.joined.append(data)

    def handle_comment(self, data: str) -> None:
        self._add(data)

    def handle_decl(self, decl: str) -> None:
        self._add(without_doctype(decl))

    def handle_pi(self, data: str) -> None:
        self._add(_KEY.sub(lambda key: unusual(key[0]), data))

    def unknown_decl(self, data: str) -> None:
        self._add(data.removeprefix("CDATA["))

    def _apart(self, tag: str) -> None:
        if tag not in _WITHIN:
            self.joined.append("\n")

    def _style(self, text: str) -> None:
        if "\\" in text:
            self.found.append(_OF_STYLE.sub(lambda match: _meant(match[1]) if match[1] else match[2], text))

    def _add(self, text: str) -> None:
        self.found.append(text)
        if "&" in text:
            self.found.append(unescape(text))
        if "%" in text:
            self.found += _addressed(text)


def _of_looks(name: str, value: str) -> str:
    """The value of an attribute, without fonts where it names them."""
    if name.rpartition(":")[2] in _FACES:
        return without_fonts(value)
    return without_fonts_of_style(value) if name in ("style", "font") else value


def _meant(figures: str) -> str:
    try:
        return chr(int(figures, 16))
    except (ValueError, OverflowError):
        return ""


def _addressed(text: str) -> list[str]:
    """What percent signs may stand for; those of UTF-8 for nothing else, but for characters of two bytes: %D1%A6 is 薛, too."""
    try:
        read = unquote(text, errors="strict")
    except UnicodeDecodeError:
        read = ""
    if read and not _OF_TWO_BYTES.search(read):
        return [read]
    return [unquote(text, encoding=codec, errors="ignore") for codec in ("utf-8", "gb18030")]
