"""The forms in which one name is written, and whether a form fits a person.

    王建国  王 建 国  王(先生)  老王  王姐  建国  阿国  王**  王某某  Wang Jianguo  WJG

Romanisation is Hanyu Pinyin (GB/T 28039-2011, in either order, 女 as nü, nv or nyu), by pypinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from deid.grammar.name import NameGrammar, is_han
from deid.grammar.pinyin import readings, spellings
from deid.normalize import canonical
from deid.regexes import Regex

NameForm = Literal["full", "surname", "nickname", "given", "last", "masked", "latin", "initials"]

_HIDDEN = Regex(r"[*×○●□◯_X]")
_SOMEBODY = Regex(r"某{1,2}")
_INITIALS = Regex(r"[A-Z]{2,4}")
_ANY, _OPEN = "?", "…"
"""In `given` of a masked name: one hidden character; any number of them (王某)."""
_DOT = Regex(r"[一-鿿]{2}[·•‧・．.][一-鿿]{2}")
"""In names of two parts, as 阿依古丽·买买提; none of them is a surname."""
_SOMEBODY_AND = Regex(r"([一-鿿]{1,2}?某{1,2})[^某]{2}")
"""Two characters behind 某 are no name: 顾某希望; one may be: 张某芳."""
_APART = Regex(r"(?:[一-鿿][ \u3000]+){2,3}[一-鿿](?=[一-鿿]+$)")
_ENGLISH = Regex(
    r"^(?:patient|client|customer|member|name|mr|mrs|ms|miss|dr)\b\.?\s+(?=[A-Z])", re.IGNORECASE
)
_KIN = frozenset("姐哥姨叔婶嫂妹弟伯爷娘妈爸总工")
_NOT_SPELT = Regex(r"[^A-Z]")


class PersonName(NamedTuple):
    """A name as it is written. `given` of a masked name has `?` for hidden characters, `…` for 某."""

    form: NameForm
    surname: str = ""
    given: str = ""

    @property
    def is_full(self) -> bool:
        return self.form == "full"


@dataclass(frozen=True)
class NameReader:
    """Reads forms of names, by the surnames of a catalog."""

    grammar: NameGrammar

    def read(self, surface: str, *, firm: bool = False, initials: bool = False) -> PersonName:
        """What `surface` shows of a name. `firm`: a field says that this is the whole name."""
        plain = canonical(surface, "PERSON")
        if plain.isascii():
            if _INITIALS.fullmatch(surface.strip()) and (initials or not firm):
                return PersonName("initials", given=plain)
            masked = _HIDDEN.search(plain.replace("X", "")) is not None
            return PersonName("masked" if masked else "latin", given=plain)
        if _DOT.search(surface.strip()):
            return PersonName("full", "", plain)
        size = self._surname(plain)
        surname, rest = plain[:size], plain[size:]
        if size and rest and (masked_given := _masked(rest)):
            return PersonName("masked", surname, masked_given)
        if len(plain) == 1:
            return PersonName("surname", plain)
        return self._han(plain, surname, rest, firm=firm)

    def _han(self, plain: str, surname: str, rest: str, *, firm: bool) -> PersonName:
        if plain[0] in "老小大" and self._surname(plain[1:]) == len(plain) - 1:
            return PersonName("nickname", plain[1:])
        if plain[0] == "阿" and len(plain) == 2 and not firm:
            return PersonName("last", given=plain[1])
        if len(plain) > 1 and plain[-1] in _KIN and not firm:
            before = plain[:-1]
            if self._surname(before) == len(before):
                return PersonName("surname", before)
            if len(plain) == 2:
                return PersonName("last", given=before)
        if surname and rest:
            return PersonName("full", surname, rest)
        if surname and len(plain) == 2 and plain in self.grammar.compound_surnames and not firm:
            return PersonName("surname", plain)
        if len(plain) == 2 and all(map(is_han, plain)) and not firm:
            return PersonName("given", given=plain)
        return PersonName("full", "", plain)

    def _surname(self, text: str) -> int:
        """Characters of the surname; none of a compound one when nothing would be left of 闻人 but it."""
        return self.grammar.surname_length(text)


def _masked(rest: str) -> str:
    if _SOMEBODY.fullmatch(rest):
        return _OPEN
    return _HIDDEN.sub(_ANY, rest) if _HIDDEN.search(rest) else ""


def trimmed(surface: str) -> str:
    """A name without what stands flush with it where its letters are apart or it is shortened, or before it in English.

    >>> trimmed("彭 若 兰说"), trimmed("Patient Hu Xiaoyan"), trimmed("王 建 国"), trimmed("顾某希望")
    ('彭 若 兰', 'Hu Xiaoyan', '王 建 国', '顾某')
    """
    if "某" in surface and (some := _SOMEBODY_AND.match(surface)):
        return some[1]
    if " " not in surface and "\u3000" not in surface:
        return surface
    apart = _APART.match(surface)
    return apart[0] if apart else _ENGLISH.sub("", surface)


def readings_of(surname: str, given: str) -> tuple[tuple[str, str], ...]:
    """The ways to part a full name: 贺兰英 may be of the family 贺."""
    both = (surname, given), (surname[:1], surname[1:] + given)
    return both if len(surname) > 1 and len(given) == 1 else both[:1]


def fits(written: PersonName, surname: str, given: str) -> bool:
    """Whether a person with this full name may be meant."""
    return any(_fits(written, *parts) for parts in readings_of(surname, given))


def _fits(written: PersonName, surname: str, given: str) -> bool:
    match written.form:
        case "full":
            return written.surname + written.given in (surname + given, given)
        case "surname":
            return bool(surname) and written.surname == surname
        case "nickname":
            # 小明 is called by the end of the given name, 小陈 by the surname
            return written.surname in (surname, given[-1:]) and bool(surname)
        case "given":
            return written.given in (given, surname + given)
        case "last":
            return bool(surname) and given.endswith(written.given)
        case "masked":
            return _fits_mask(written, surname, given)
        case "latin":
            return letters_of(written.given) in spellings(surname, given)
        case "initials":
            return written.given in initials_of(surname, given)
    return False


def _fits_mask(written: PersonName, surname: str, given: str) -> bool:
    if written.surname != surname or not surname:
        return False
    if written.given == _OPEN:
        return True
    if len(written.given) > len(given):  # 王** stands for 王伟 too, but 王* never for 王建国
        return False
    return len(written.given) == len(given) and all(
        mark in (_ANY, letter) for mark, letter in zip(written.given, given, strict=True)
    )


LEAST_SPELT = 8
"""Letters of a name in Pinyin that is looked for wherever it stands."""


def letters_of(name: str) -> str:
    """A name in Latin letters without gaps and marks, in capitals."""
    return _NOT_SPELT.sub("", name.upper())


@lru_cache(maxsize=100_000)
def initials_of(surname: str, given: str) -> frozenset[str]:
    """First letters of the syllables: WJG."""
    letters = [sorted({reading[0] for reading in readings(character)}) for character in surname + given]
    if not surname or not given or not all(letters):
        return frozenset()
    return frozenset("".join(letter) for letter in product(*letters))


def whole_in_pinyin(surname: str, given: str) -> Iterator[str]:
    """A name in Pinyin without gaps, in capitals, where it is long enough to be no other word: WANGJIANGUO, JIANGUOWANG."""
    for syllables in _syllables(surname, given):
        family, own = syllables[: len(surname)], syllables[len(surname) :]
        yield "".join(syllables)
        yield "".join((*own, *family))


@lru_cache(maxsize=2_000)
def spelt_of(surname: str, given: str) -> frozenset[str]:
    """The same as it may be written: wangjianguo, WangJianguo, WangJianGuo, Wangjianguo, WANGJIANGUO."""
    spelt = set[str]()
    for syllables in _syllables(surname, given):
        whole = "".join(syllables)
        family = "".join(syllables[: len(surname)]).capitalize()
        own = "".join(syllables[len(surname) :]).capitalize()
        every = "".join(map(str.capitalize, syllables))
        spelt |= {whole, whole.lower(), whole.capitalize(), family + own, every}
    return frozenset(spelt)


def _syllables(surname: str, given: str) -> Iterator[tuple[str, ...]]:
    """The readings of a full name that have letters enough."""
    if surname and given:
        for syllables in product(*map(readings, surname + given)):
            if sum(map(len, syllables)) >= LEAST_SPELT:
                yield syllables
