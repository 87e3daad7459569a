"""Chinese that a program took for another encoding: UTF-8 for GBK (寮犱笁) or for Western text (`å¼\xa0ä¸‰`), GBK for
Western text (`ÕÅ`), and that once more.

Whoever has the text has the words: anybody may turn the bytes back. Of Western letters a run counts whose bytes are Chinese,
of Chinese ones three that are two of UTF-8: in novels, guidelines and lists of drugs there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

_UNIT = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]{2}")
"""A character of Chinese text in UTF-8, or a sign in it."""
_HAN = re.compile("[\u4e00-\u9fff]")
_OF_DOS = re.compile("[\u2500-\u259f\u2310\u2320\u2321ΓΣΦΘΩδφε]")
"""Of the characters of DOS those that no name has: lines and blocks of tables, signs of formulas, some Greek letters."""
_LEADS, _TRAILS = range(0xE4, 0xEA), range(0x80, 0xC0)
_SIGNS = (0xA1, 0xA3)
_LONGEST = 1_000
_LOST = "\ufffd?"
"""Stands for a byte that the other encoding has no character for."""

WESTERN = "[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
WESTERN_RUN = f"{WESTERN}(?:{WESTERN}| (?={WESTERN})){{2,}}(?:(?<=[\\x80-\\xbf]) )?"
"""A blank may be the last byte of 张: Western text has one there that does not break lines."""

_WESTERN_ONLY = re.compile(f"{WESTERN}+")


class Meant(NamedTuple):
    """What `text[start:end]` was before: one character."""

    start: int
    end: int
    character: str


@cache
def chinese_pattern() -> str:
    """Regular expression: three characters whose bytes are two Chinese characters in UTF-8."""
    return "".join(map(_class, (_LEADS, _TRAILS, _TRAILS), (_TRAILS, _LEADS, _TRAILS)))


def _class(first: range, second: range) -> str:
    """The characters of GBK of such bytes, but for the rows of signs that stand between any words."""
    pairs = (bytes([one, other]) for one in first if one not in _SIGNS for other in second)
    found = {text for pair in pairs if len(text := pair.decode("gbk", "ignore")) == 1}
    return f"[{''.join(sorted(found))}]"


def of_dos(name: str) -> str:
    """A name of a file as it was before a program took its bytes for those of DOS (code page 437), as unpackers do.

    >>> of_dos("╒┼╚².txt"), of_dos("σ╝áΣ╕ë.txt"), of_dos("café.txt")
    ('张三.txt', '张三.txt', 'café.txt')
    """
    if not _OF_DOS.search(name):
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            meant = name.encode("cp437").decode(codec)
        except UnicodeError:
            continue
        if _HAN.search(meant):
            return meant
    return name


def chinese(text: str, start: int, least: int) -> Iterator[Meant]:
    """What the run was in which those three begin at `start`; nothing in front of `least` is part of it.

    >>> [one.character for one in chinese("寮犱笁", 0, 0)]
    ['张', '三']
    """
    first = start
    while first > max(least, start - 2) and _two_bytes(text[first - 1]):
        first -= 1
    last = start
    while last < min(len(text), start + _LONGEST) and _two_bytes(text[last]):
        last += 1
    content = text[first:last].encode("gbk")
    place = 2 * (start - first)
    if place > 2 and _UNIT.match(content, place - 3):
        place -= 3
    found: list[Meant] = []
    end = 0
    while unit := _UNIT.match(content, place):
        found.append(Meant(max(end, first + place // 2), first + (place + 4) // 2, unit[0].decode()))
        place, end = unit.end(), found[-1].end
    if place < len(content) and content[place] in _LEADS and found:  # of the next one a byte is lost
        end = last + (text[last : last + 1] in _LOST and last < len(text))
        found[-1] = found[-1]._replace(end=end)
    return iter(found)


@lru_cache(maxsize=1024)
def _two_bytes(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def western(run: str, start: int) -> Iterator[Meant]:
    """What a run of Western letters was that begins at `start`; signs alone mask something (138××××5678).

    >>> [one.character for one in western("Ã¥Â¼Â\xa0Ã¤Â¸â€°", 0)]
    ['张', '三']
    """
    letters = [Meant(start + index, start + index + 1, one) for index, one in enumerate(run)]
    mostly = 2 * sum(map(str.isalpha, run)) >= len(run)
    found = _unfolded(letters, "utf-8") or (_unfolded(letters, "gb2312") if mostly else [])
    if not found and " " in run:
        place = start
        for part in run.split(" "):
            yield from western(part, place) if len(part) > 2 else ()
            place += len(part) + 1
        return
    yield from found or _scattered(letters)


def _unfolded(letters: Sequence[Meant], codec: str) -> list[Meant]:
    """The characters that the letters are bytes of, all of them; once more where these are Western, too."""
    content = b"".join(_byte(one.character) for one in letters)
    try:
        meant = content.decode(codec)
    except UnicodeDecodeError:
        return []
    found, place = [], 0
    for character in meant:
        size = len(character.encode(codec))
        found.append(Meant(letters[place].start, letters[place + size - 1].end, character))
        place += size
    if all(character >= "\u2e80" for character in meant):
        return found
    if codec == "utf-8" and len(found) < len(letters) and _WESTERN_ONLY.fullmatch(meant):
        return _unfolded(found, codec)
    return []


def _scattered(letters: Sequence[Meant]) -> Iterator[Meant]:
    """Chinese characters of UTF-8 among what is left of others; a single one may be é—«."""
    content = b"".join(_byte(one.character) for one in letters)
    units = [unit for unit in _UNIT.finditer(content) if _HAN.fullmatch(unit[0].decode())]
    for unit in units if len(units) > 1 else ():
        yield Meant(letters[unit.start()].start, letters[unit.end() - 1].end, unit[0].decode())


def _byte(character: str) -> bytes:
    if character == " ":
        return b"\xa0"
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")  # five bytes have no character in Windows
