"""Which of two encodings it is where every byte fits both: each character has two bytes in UTF-8 and in GB 18030.

`小` and `С` are the same two bytes, 谢平 is `лƽ`. In UTF-8 the letters form words of one script, or stand among
ASCII letters (Lǐ Wěi, œuvre); in Chinese they are of any script, and the characters those that names are made of.

>>> likeness("Люди рождаются свободными") > 0
True
>>> likeness("谢平".encode("gbk").decode("utf-8")) > 0
False
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, name

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u06ed\u0730-\u07f3'])*")
"""Letters with the marks over them."""
_SIGNS = re.compile("(?<![\x80-\u07ff])[\xa0-\xbf×÷Α-Ωα-ω]+(?![\x80-\u07ff])")
"""Stand among ASCII letters and figures: ±, °, µ, α. A single one says nothing as a Chinese character."""
_OLD = re.compile("[\u0370-\u0385\u03d0-\u03ff\u0460-\u0489]")
"""Letters of Coptic and Church Slavonic, whose bytes are frequent in Chinese: 学 is ѧ."""
_ASCII = re.compile("[A-Za-z]")
_LEAST = 3
"""Letters of a word in another script than Latin: those of shorter ones are a name of two characters, too (魏伟, κΰ)."""
_OF_NAMES = 800
"""So many characters of given names are frequent; _SURNAMES, surnames."""
_SURNAMES = 300
_FREQUENT = "没毛每母女农目木校些协写学血药要一医应影尾位味围"
_RARE = "訚"
"""A surname that GB 2312 lacks."""


def likeness(text: str) -> int:
    """How much more like UTF-8 a text is that was read so, each word and character counted once; Chinese is 0 or less.

    `text` has no character above U+07FF, and is valid in GB 18030, too.
    """
    words = sum(_weight(token) for token in set(_TOKEN.findall(text)))
    signs = set(_SIGNS.findall(text))
    characters = {one for one in text if one > "\x7f"}.difference(signs)
    return words + sum(map(len, signs)) - sum(map(_frequency, characters))


def _weight(token: str) -> int:
    """A point for each letter of a word, two for one among ASCII letters; it costs as much where no word looks so."""
    letters = "".join(dict.fromkeys(one for one in token if one > "\xbf" and category(one)[0] == "L"))
    scripts = {name(one).partition(" ")[0] for one in letters} - {"MODIFIER"}
    if len(scripts) > 1 or _OLD.search(letters):
        return -len(letters)
    if scripts <= {"LATIN"}:
        return len(letters) * (1 + (not token.isupper())) if _ASCII.search(token) else 0
    if letters != letters.upper() and letters[1:] != letters[1:].lower():
        return -len(letters)
    return len(letters) if len(letters) >= _LEAST else 0


def _frequency(character: str) -> int:
    """1 for a character that is frequent in Chinese, and -1 for one that GB 2312 does not have."""
    meant = character.encode().decode("gb18030")
    if meant in _frequent():
        return 1
    try:
        meant.encode("gb2312")
    except UnicodeEncodeError:
        return -1
    return 0


@cache
def _frequent() -> frozenset[str]:
    from deid.surrogates.words import lexicon

    surnames = [one for one in lexicon("surnames.txt") if len(one) == 1]
    return frozenset(
        (*surnames[:_SURNAMES], *lexicon("given_characters.txt")[:_OF_NAMES], *_FREQUENT, *_RARE)
    )
