"""The encoding of a text file: byte order mark, strict UTF-8, strict GB18030 (GB 18030-2022), Big5.

A wrong guess is a leak, because nobody finds a name in mojibake. So a guess must decode
every byte, and give text that looks like Chinese: damaged UTF-8 often *is* valid GB18030,
and Big5 nearly always is.

Control characters stand in few texts: as colours of a terminal, between the cells of a table (Hive), or
as strays of a clipboard. More of them, or of more kinds, make a file binary, and so does a shift to
another character set. Pages may have all kinds: LibreOffice writes there where fields and bookmarks are.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TextIO

from deid.characters import TERMINAL
from deid.errors import UnreadableDocument, UnwritableDocument
from deid.formats.files import created, opened
from deid.formats.twobytes import likeness

_CHUNK = 1 << 18
_MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SHIFTS = frozenset("\x00\x0e\x0f\x1b")
"""Control characters behind which others do not mean themselves."""
_KINDS, _SHARE = 4, 1 / 3
"""How many kinds of control characters a text has at most, and how much of it they are."""
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
"""How a page begins, which no text in UTF-16 without a mark does."""
_ASCII = bytes(range(128))
_CHINESE = ("gb2312", "gbk", "gb18030")
_DOUBTFUL = -2
"""How little a text may be like UTF-8 where its format asks for that: 小谢 is less."""
_OF_NAMES = "璟瑄玥芃祐璘琇玙瑀祎礽瓅玘玠璠皐珺珅琤琯玹翾"
"""Characters of given names, in GBK alone, whose bytes are frequent characters in Big5: 李玥 would be none."""
_HANGUL = frozenset("이다에의는로하을가고지서한은기으년대사시를리도인스일")
"""The most frequent syllables of Korean: a third of any text, and a fiftieth of the characters of Chinese."""
_LEAST_HANGUL = 12
_GUESSABLE = {"big5", "cp950", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name; `mark` the byte order mark, kept as it was."""

    codec: str
    mark: bytes = b""


def detect_encoding(path: str, ref: str, *, declared: str = "", standard: str = "") -> Encoding:
    """Raises UnreadableDocument when no encoding fits with certainty, and for binary files.

    `declared` is what the file calls its encoding, `standard` that of its format where it calls none. They count where
    the bytes leave a choice: the first is believed, the second unless it is Chinese for sure. What is written into a
    file that is all ASCII goes by `declared`.
    """
    with opened(path) as handle:
        head = handle.read(_CHUNK)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            if not _decodes(path, codec, len(mark)):
                raise UnreadableDocument(f"{ref}: undecodable: has the mark of {codec} but is not")
            return _checked(Encoding(codec, mark), path, ref)
    if b"\x00" in head:
        raise UnreadableDocument(f"{ref}: binary file, or UTF-16 without a byte order mark")
    if _decodes(path, "utf-8"):
        named = _codec(declared)
        if named not in ("", "utf-8") and _decodes(path, "ascii"):
            return _checked(Encoding(named), path, ref)
        if _is_meant(head, path, named, standard):
            return _checked(Encoding("utf-8"), path, ref)
    return _checked(Encoding(_legacy(head, path, ref)), path, ref)


@contextmanager
def open_text(path: str, encoding: Encoding) -> Iterator[TextIO]:
    """The text after the mark; line ends are left as they are."""
    with opened(path) as raw:
        raw.seek(len(encoding.mark))
        yield io.TextIOWrapper(raw, encoding=encoding.codec, errors="strict", newline="")


@contextmanager
def create_text(path: str, encoding: Encoding, ref: str) -> Iterator[Callable[[str], object]]:
    """A function that writes text to a new file in `encoding`."""
    with created(path) as raw:
        raw.write(encoding.mark)
        yield lambda text: raw.write(encode(text, encoding, ref))


def encode(text: str, encoding: Encoding, ref: str) -> bytes:
    """Bytes of `text`; simplified characters that Big5 lacks become traditional ones."""
    try:
        return text.encode(encoding.codec)
    except UnicodeEncodeError:
        pass
    try:
        return "".join(_writable(character, encoding.codec) for character in text).encode(encoding.codec)
    except UnicodeEncodeError:
        raise UnwritableDocument(f"{ref}: a replacement cannot be written in {encoding.codec}") from None


def _writable(character: str, codec: str) -> str:
    forms: tuple[str, ...] = (character, *_traditional().get(character, ""))
    for form in forms:
        try:
            form.encode(codec)
        except UnicodeEncodeError:
            continue
        return form
    return character


@cache
def _traditional() -> dict[str, str]:
    from deid.normalize import traditional

    forms: dict[str, str] = {}
    for old, new in traditional().items():
        forms[new] = forms.get(new, "") + chr(old)
    return forms


def _decodes(path: str, codec: str, skip: int = 0) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with opened(path) as handle:
        handle.seek(skip)
        try:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _codec(declared: str) -> str:
    """Python's name of an encoding that has ASCII as it is; `ascii` where there is none."""
    if not declared:
        return ""
    try:
        name = codecs.lookup(declared.removeprefix("x-")).name
        return name if _ASCII.decode(name) == _ASCII.decode("ascii") else "ascii"
    except (LookupError, UnicodeError, TypeError):
        return "ascii"


def _is_meant(head: bytes, path: str, named: str, standard: str) -> bool:
    """Whether what is valid UTF-8 is UTF-8: two bytes of GB 18030 may look like one character."""
    text = head.decode("utf-8", "ignore")
    if text.isascii() or max(text) > "\u07ff" or not _only_pairs(path):
        return True
    if named == "utf-8" or named in _CHINESE:
        return named == "utf-8"
    return likeness(text) > (_DOUBTFUL if standard == "utf-8" else 0)


def _only_pairs(path: str) -> bool:
    """Whether text that is valid UTF-8 has no character beyond U+07FF, and is valid GB 18030 too."""
    with open_text(path, Encoding("utf-8")) as handle:
        while text := handle.read(_CHUNK):
            if max(text) > "\u07ff":
                return False
    return _decodes(path, "gb18030")


def _checked(encoding: Encoding, path: str, ref: str) -> Encoding:
    """`encoding`, unless the text has control characters that no text has."""
    with open_text(path, encoding) as handle:
        while text := handle.read(_CHUNK):
            if not CONTROL.search(text):
                continue
            if _is_text(path, encoding):
                break
            raise UnreadableDocument(f"{ref}: not text: it has control characters")
    return encoding


def _is_text(path: str, encoding: Encoding) -> bool:
    """Whether the control characters of a file are such as stand in texts.

    In what is no page, neither UTF-8 nor marked they are those of terminals alone: UTF-16 without a mark looks like it.
    """
    found: Counter[str] = Counter()
    size = 0
    with open_text(path, encoding) as handle:
        while line := handle.readline(_CHUNK):
            size += len(line)
            found.update(CONTROL.findall(TERMINAL.sub("", line)))
    if not found:
        return True
    if _SHIFTS & found.keys() or found.total() > _SHARE * size:
        return False
    with opened(path) as handle:
        is_page = _PAGE.match(handle.read(_CHUNK)) is not None
    is_sure = encoding.codec == "utf-8" or encoding.mark != b""
    return is_page or (is_sure and len(found) <= _KINDS)


def _legacy(head: bytes, path: str, ref: str) -> str:
    """The codec of text that is not UTF-8, by how common its characters would be."""
    repaired = head.decode("utf-8", "replace")
    if "\ufffd" in repaired and sum(map(is_wide, repaired)) > repaired.count("\ufffd"):
        raise UnreadableDocument(
            f"{ref}: undecodable: damaged UTF-8, or text in several encodings", hint="save it as UTF-8"
        )
    gb = _plausible(head, "gb18030") if _decodes(path, "gb18030") else 0.0
    if gb and _is_korean(head, path):
        raise UnreadableDocument(f"{ref}: undecodable: Korean text in EUC-KR", hint="save it as UTF-8")
    for codec in ("cp950", "big5hkscs") if gb < 0.7 else ():
        if _decodes(path, codec) and _plausible(head, codec) > 0.9 and _same(path, codec):
            return codec
    if gb >= 0.4 or (gb > 0 and len(head) < 40):
        return "gb18030"
    return _guessed(head, path, ref)


def _is_korean(head: bytes, path: str) -> bool:
    """Whether it is Hangul, whose two bytes are characters of GB 2312: 다 is 促, of which Chinese has less."""
    text = head.decode("euc_kr", "ignore")
    wide = [one for one in text if one > "\x7f"]
    syllables = [one for one in wide if "가" <= one <= "힣"]
    if len(syllables) < _LEAST_HANGUL or len(syllables) < 0.9 * len(wide) or not _decodes(path, "euc_kr"):
        return False
    return sum(one in _HANGUL for one in syllables) > 0.2 * len(syllables)


def _guessed(head: bytes, path: str, ref: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=sorted(_GUESSABLE)).best()
    sure = best is not None and best.chaos < 0.1 and best.coherence > 0.5
    if best and sure and _decodes(path, best.encoding) and _same(path, best.encoding):
        return str(best.encoding)
    raise UnreadableDocument(f"{ref}: undecodable text", hint="save it as UTF-8")


def _same(path: str, codec: str) -> bool:
    """Whether decoding and encoding gives the bytes again; Big5 has characters with two codes."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with opened(path) as handle:
        kept, pending = b"", True
        while pending:
            chunk = handle.read(_CHUNK)
            pending = bool(chunk)
            kept += chunk
            try:
                text = decoder.decode(chunk, final=not pending).encode(codec)
            except UnicodeError:
                return False
            if not kept.startswith(text):
                return False
            kept = kept[len(text) :]
    return not kept


def _plausible(head: bytes, codec: str) -> float:
    return commonness(codecs.getincrementaldecoder(codec)("ignore").decode(head), codec)


def commonness(text: str, codec: str) -> float:
    """The share of characters that are common in Chinese among those that are not ASCII; `codec` says of which."""
    wide = [character for character in text if character > "\x7f"]
    common = _common(codec)
    return sum(character in common for character in wide) / len(wide) if wide else 0.0


def is_wide(character: str) -> bool:
    """Whether it is Chinese, or a sign of such text."""
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffee"


@cache
def _common(codec: str) -> frozenset[str]:
    """Punctuation, full-width forms and the frequent characters, as the standard's first level has them."""
    if codec == "gb18030":  # GB 2312 rows 1, 3, 16–55
        leads: Sequence[int] = (0xA1, 0xA3, *range(0xB0, 0xD8))
        trails: Sequence[int] = range(0xA1, 0xFF)
        punctuation = "—·…“”‘’《》【】〔〕、。" + _OF_NAMES
    else:  # Big5 level 1: A440–C67E, symbols A140–A3FE
        leads, trails = range(0xA1, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        punctuation = ""
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return frozenset(filter(None, pairs)) | frozenset(punctuation)
