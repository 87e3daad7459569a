"""Stand-ins for persons' names: another surname as frequent, a given name as long, for the same sex.

A name is chosen under the key for the person (or, where nobody knows who it is, for the name),
and written in the form in which the real one stood: 老王 becomes 老李 where 王建国 becomes 李海生.

>>> new = stand_in("p1", "王建国", key=bytes(32))
>>> new.surname != "王", len(new.full)
(True, 3)
>>> written_like("老王", "王建国", Name("李", "海生")), written_like("王 建 国", "王建国", Name("李", "海生"))
('老李', '李 海 生')
>>> written_like("建国", "王建国", Name("李", "海生")), written_like("王**", "王建国", Name("李", "海生"))
('海生', '李**')
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from deid.regexes import Regex
from deid.surrogates import names
from deid.surrogates.draw import Draw
from deid.surrogates.names import Name
from deid.surrogates.words import lexicon
from deid.validators.resident_id import Sex

_CLASSES: Final = (30, 100, 300)
"""Ranks at which a class of surnames ends: 王 is as common as 李, 税 as rare as 冼."""
_MASK: Final = "*×○●□■◯_Xx某#"
_DOTS: Final = "·"
_SPACED = Regex(r"\s+")


def split(name: str) -> tuple[str, str]:
    """Surname and given name; names without a Chinese surname have the whole as given name."""
    length, surnames = len(name), _rank()
    if length > 5 or _DOTS in name or name.isascii():
        return "", name
    if name[:2] in _compound() or (length == 4 and name[0] in surnames and name[1] in surnames):
        return name[:2], name[2:]
    return (name[0], name[1:]) if name[0] in surnames else ("", name)


def stand_in(
    identity: str,
    real: str,
    *,
    key: bytes,
    attempt: int = 0,
    sex: Sex | None = None,
    born: datetime.date | None = None,
) -> Name:
    """The name of the person `identity`, who is really called `real`; `attempt` counts what was taken."""
    draw = Draw(key, "name", identity, attempt)
    surname, given = split(real)
    if real.isascii() and real.strip():
        return Name("", _roman(draw, real), "roman")
    if not surname and (_DOTS in real or len(real) > 4):
        return Name("", _foreign(draw), "transliterated")
    sex = sex or _sex(given)
    for _ in range(8):  # by chance the same characters can be drawn
        new = Name(_surname(draw, surname), _given(draw, len(given), sex, born))
        if new.given != given or not given:
            return new
    return new


def _surname(draw: Draw, real: str) -> str:
    if len(real) == 1:
        return _single(draw, real)
    if not real:
        return ""
    if real not in _compound():
        return _single(draw, real[0]) + _single(draw, real[1])
    return draw.choice([name for name in lexicon("compound_surnames.txt")[:60] if name != real])


def _single(draw: Draw, real: str) -> str:
    candidates, own = _as_frequent(real)
    return candidates[(own + 1 + draw.below(len(candidates) - 1)) % len(candidates)]


@cache
def _as_frequent(surname: str) -> tuple[Sequence[str], int]:
    """Surnames about as frequent as this one, and where it is among them."""
    start, end = _class_of(_rank()[surname])
    return lexicon("surnames.txt")[start:end], _rank()[surname] - start


def _class_of(rank: int) -> tuple[int, int]:
    bounds = (0, *_CLASSES, len(lexicon("surnames.txt")))
    return next((start, end) for start, end in pairwise(bounds) if rank < end)


def _given(draw: Draw, length: int, sex: Sex, born: datetime.date | None) -> str:
    first, last = _stocks(sex, born.year if born else None)
    new = ""
    for _ in range(length - 1):
        new += draw.choice(first)
    return new + draw.choice(last) if length else new


@lru_cache(maxsize=1024)
def _stocks(sex: Sex, year: int | None) -> tuple[str, str]:
    """Characters of given names, and those that may stand last: no surname, which with the words behind it would
    read as the beginning of another name (惠 before 希望)."""
    stock = names.characters(sex, year) if year else names.all_characters(sex)
    return stock, "".join(character for character in stock if character not in _rank())


@lru_cache(maxsize=16_384)
def _sex(given: str) -> Sex:
    """What the characters of a given name say; even where they say nothing, always the same."""
    male = sum(character in names.all_characters("male") for character in given)
    female = sum(character in names.all_characters("female") for character in given)
    return "female" if female > male else "male"


def _roman(draw: Draw, real: str) -> str:
    """As many words, in capitals where the real one is."""
    given, family = draw.choice(names.ROMAN_NAMES)
    words = [draw.choice(given), draw.choice(given), draw.choice(family)]
    count = len(real.replace(",", " ").split())
    new = " ".join(
        words[:1] if count == 1 else words[-min(count, 3) :] if count > 2 else (words[0], words[2])
    )
    return new.upper() if real.isupper() else new


def _foreign(draw: Draw) -> str:
    first, last = names.TRANSLITERATED
    return f"{draw.choice(first)}·{draw.choice(last)}"


def romanized(surface: str, real: str, new: Name) -> str:
    """The pinyin of the new name, in the order, case and length of the surface: Wang Jianguo, JIANGUO WANG, WJG.

    >>> romanized("WANG Jianguo", "王建国", Name("李", "海生")), romanized("WJG", "王建国", Name("李", "海生"))
    ('LI Haisheng', 'LHS')
    """
    words = [word for word in re.split(r"[\s,.]+", surface) if word]
    titles = [word for word in words if word.lower() in _ENGLISH_TITLES]
    words = [word for word in words if word not in titles]
    surname, given = _spelt(new.surname), _spelt(new.given)
    if len(words) == 1 and words[0].isupper() and len(words[0]) == len(real):
        return "".join(_spelt(character)[:1] for character in new.full).upper()
    first_is_surname = bool(words) and words[0].lower() == _spelt(split(real)[0])
    if len(words) == 1:
        parts = (
            [surname]
            if first_is_surname
            else [given]
            if words[0].lower() == _spelt(split(real)[1])
            else [surname + given]
        )
    else:
        parts = [surname, given] if first_is_surname else [given, surname]
    capitals = [word.isupper() for word in words]
    written = [
        part.upper() if capital else part.capitalize()
        for part, capital in zip(parts, [*capitals, *capitals[-1:] * 2, False, False], strict=False)
    ]
    return " ".join((*titles, *written))


_ENGLISH_TITLES: Final = frozenset("mr ms mrs miss dr prof".split())


def _spelt(name: str) -> str:
    """Hanyu Pinyin without tones, ü as yu; what is no Chinese character stays."""
    from pypinyin import lazy_pinyin  # half a second, and few folders have names in Latin letters

    spelt: list[str] = lazy_pinyin(name)
    return "".join(spelt).replace("ü", "yu").replace("v", "yu").lower()


# --- in the form of the original -----------------------------------------------------------------


def written_like(surface: str, real: str, new: Name) -> str:
    """`new` as `surface` writes the person really called `real`.

    Full, spaced, masked, surname with a title, given name alone, 老王, 小王, 阿国. What cannot be
    read as any of these becomes the full name: nothing of the surface is passed on but titles,
    marks and gaps.
    """
    if new.kind in ("roman", "transliterated"):
        return new.full
    surname, given = split(real)
    tight = _SPACED.sub("", surface).replace(_DOTS, "")
    if tight == real:
        return _spread(surface, real, new)
    if set(tight) & set(_MASK) and tight not in (surname, given) and set(tight) <= {*_MASK, *real}:
        return _masked(tight, new)
    if given and tight == given:
        return new.given
    if surname and tight == surname:
        return new.surname
    return _with_words(tight, surname, given, new) or new.full


def _with_words(tight: str, surname: str, given: str, new: Name) -> str | None:
    """A name with a word before or after it that is no name: 老王, 王先生, 王建国医生, 阿国, 国国."""
    real = surname + given
    if given and real in tight and (rest := tight.replace(real, "", 1)) in _titles():
        return tight.replace(real, new.full, 1)
    if surname and tight.startswith(surname) and tight[len(surname) :] in _titles():
        return new.surname + tight[len(surname) :]
    if len(given) > 1 and tight.startswith(given) and tight[len(given) :] in _titles():
        return new.given + tight[len(given) :]
    if tight[:1] in "老小大阿":
        prefix, rest = tight[:1], tight[1:]
        if rest and rest == surname:
            return prefix + new.surname
        if given and rest in (given, given[-1]):
            return prefix + (new.given if rest == given else new.given[-1:])
    if given and tight == given[-1] * 2:
        return new.given[-1:] * 2
    return (new.given or new.surname)[-1:] if given and tight == given[-1] else None


def _spread(surface: str, real: str, new: Name) -> str:
    """Full, with the gaps of the surface: 王 建 国, 王　伟, 欧阳 静."""
    gaps: list[str] = _SPACED.findall(surface.strip())
    if not gaps:
        return new.full
    if len(gaps) == 1 and len(real) > 2:
        return new.surname + gaps[0] + new.given
    return gaps[0].join(new.full)


def _masked(tight: str, new: Name) -> str:
    """王**, 王某某, *建国: marks stay, what shows of the name is that of the new one."""
    shown = [index for index, character in enumerate(tight) if character not in _MASK]
    written = list(tight)
    for index in shown:
        if index < len(new.surname) and tight[:1] not in _MASK:
            written[index] = new.surname[index]
        elif index == len(tight) - 1 and new.given:
            written[index] = new.given[-1]
        else:
            written[index] = (new.given or new.full)[0]
    return "".join(written)


def read_surface(surface: str) -> str:
    """The name in a surface whose person is not known: 王 of 老王 and 王先生, the whole of 王建国."""
    tight = surface
    if not surface.isascii():
        tight = surface if surface.isalpha() else _SPACED.sub("", surface)
        tight = tight.strip(_MASK).replace(_DOTS, "")
    if tight[-1:] in _title_ends():
        for length in range(min(len(tight) - 1, 8), 0, -1):
            if tight[-length:] in _titles():
                tight = tight[:-length]
                break
    if tight[:1] in "老小大阿" and (len(tight) == 2 or tight[1:] in _compound()):
        return tight[1:]
    return tight


@cache
def _titles() -> frozenset[str]:
    """Words that follow a name, 总 and 姐 among them."""
    return frozenset(
        (
            "",
            *lexicon("titles_after.txt"),
            *"总姐哥叔姨伯婶爷奶嫂工董局处科院长老师",
            "老师",
            "阿姨",
            "叔叔",
            "大爷",
            "大妈",
            "大姐",
            "大哥",
        )
    )


@cache
def _title_ends() -> frozenset[str]:
    return frozenset(title[-1] for title in _titles() if title)


@cache
def _rank() -> dict[str, int]:
    return {name: rank for rank, name in enumerate(lexicon("surnames.txt"))}


@cache
def _compound() -> frozenset[str]:
    return frozenset(lexicon("compound_surnames.txt"))
