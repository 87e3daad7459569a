"""How Han names are spelt in Hanyu Pinyin (GB/T 28039-2011): all readings of each character, in either order, 女 as nü, nv or nyu.

The readings are those of pypinyin, of which only the table is read.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from unicodedata import normalize

from deid.regexes import Regex

_TONES = Regex("[\u0300\u0301\u0304\u030c]")


@lru_cache(maxsize=100_000)
def spellings(surname: str, given: str) -> frozenset[str]:
    """A Han name in Latin capitals without gaps, in both orders.

    >>> sorted(spellings("王", "芳"))
    ['FANGWANG', 'WANGFANG', ...]
    """
    family, own = syllables(surname), syllables(given)
    if not family or not own:
        return frozenset()
    return frozenset(word for first in family for second in own for word in (first + second, second + first))


@lru_cache(maxsize=100_000)
def syllables(part: str) -> frozenset[str]:
    """A part of a name in Latin capitals without gaps, none where a character has no reading."""
    found = [readings(character) for character in part]
    return frozenset("".join(word) for word in product(*found)) if found and all(found) else frozenset()


@lru_cache(maxsize=1)
def _spelt() -> dict[str, str]:
    """Code point → readings with tones, as pypinyin has them; to import it takes 60 MB more, for words in context."""
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    found: dict[str, str] = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_bytes())
    return found


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """All readings of a character without tones, in capitals."""
    plain = set(_in_order(character))
    plain |= {reading.replace("V", other) for reading in plain if "V" in reading for other in ("U", "YU")}
    return tuple(sorted(plain))


def initials(word: str) -> str:
    """The first letters of the usual readings, in capitals; nothing where a character has none.

    >>> initials("主治医生"), initials("住院号")
    ('ZZYS', 'ZYH')
    """
    found = [_in_order(character)[:1] for character in word]
    return "".join(reading[0][0] for reading in found) if all(found) else ""


def _in_order(character: str) -> list[str]:
    """The readings without tones, the usual one first."""
    marked = _spelt().get(str(ord(character)), "").split(",")
    bare = (normalize("NFC", _TONES.sub("", normalize("NFD", reading))) for reading in marked)
    return [
        word
        for word in (reading.replace("ü", "v").upper() for reading in bare)
        if word.isascii() and word.isalpha()
    ]
