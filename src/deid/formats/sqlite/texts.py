"""Texts of a database: UTF-8 (SQLite makes it of UTF-16), GB 18030 of old Chinese programs, or cut within a character.

Damaged UTF-8 often *is* valid GB 18030, two characters of that are now and then UTF-8, and nobody finds a name in what
either would be in the other (`encoding`). So all texts are asked which of them the database has; what is UTF-8 but for
a few bytes is read as that, each place of these as U+FFFD.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from deid.errors import UnreadableDocument
from deid.formats.encoding import commonness, is_wide

BROKEN = "\ufffd"
_SURE, _LEAST = 0.9, 0.3
"""How common characters are in Chinese text, and in a short one with a rare name."""


class Repaired(str):
    """A text of which bytes were no characters."""


@dataclass
class Encodings:
    """In which encodings there are texts for sure."""

    utf_8: bool = False
    gb_18030: bool = False

    def note(self, content: bytes) -> str:
        """What it says, or nothing where that is not sure."""
        if content.isascii():
            return content.decode()
        try:
            text = content.decode()
            self.utf_8 = self.utf_8 or max(text) > "\u07ff"  # 谋 is one character of two bytes
        except UnicodeDecodeError:
            text = _foreign(content)
            self.gb_18030 |= not _is_damaged(content) and _is_likely(text, content)
        return text

    def decoded(self, content: bytes, ref: str) -> str:
        """Raises UnreadableDocument where it may be this or that.

        >>> texts = Encodings()
        >>> texts.decoded("姓名：张三".encode()[:-1], ""), texts.decoded("姓名：张三".encode("gb18030"), "")
        ('姓名：张�', '姓名：张三')
        """
        if content.isascii():
            return content.decode()
        if self.gb_18030 and not self.utf_8 and _is_meant(foreign := _foreign(content), content):
            return foreign
        try:
            return content.decode()
        except UnicodeDecodeError:
            repaired = Repaired(content.decode("utf-8", "replace"))
        foreign = _foreign(content) if self.gb_18030 or not self.utf_8 else ""
        if not _is_damaged(content):
            if _is_likely(foreign, content):
                return foreign
        elif commonness(foreign, "gb18030") < _SURE:
            return repaired
        elif commonness(repaired.replace(BROKEN, ""), "gb18030") < _SURE:
            return foreign
        raise UnreadableDocument(
            f"{ref}: undecodable: a text of the database is neither UTF-8 nor GB 18030 for sure"
        )


def _is_damaged(content: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, or for a first or last character of which a part is missing."""
    repaired = content.decode("utf-8", "replace")
    lost = len(content) - len(repaired.replace(BROKEN, "").encode())
    return 3 * sum(map(is_wide, repaired)) >= 2 * lost or _is_cut(content)


def _is_cut(content: bytes) -> bool:
    begun = content.lstrip(bytes(range(0x80, 0xC0)))
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(begun)
    except UnicodeDecodeError:
        return False
    return len(content) - len(begun) < 4 and (bool(text) or begun > b"\xe0")


def _is_meant(foreign: str, content: bytes) -> bool:
    """Whether a text is GB 18030 in a database that has no other."""
    return bool(foreign) and (commonness(foreign, "gb18030") >= _LEAST or not _is_damaged(content))


def _is_likely(foreign: str, content: bytes) -> bool:
    """Whether what it is in GB 18030 looks like Chinese, and what it is in Big5 no more so."""
    share = commonness(foreign, "gb18030")
    return share >= _LEAST and (
        share >= _SURE or commonness(content.decode("cp950", "ignore"), "cp950") < _SURE
    )


def _foreign(content: bytes) -> str:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
