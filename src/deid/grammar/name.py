"""Shapes of personal names in Chinese records: Han names with single and compound surnames, masked
names, nicknames, dotted and romanised names.

Nothing here decides whether a stretch *is* a name: it says how much it looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from deid.regexes import Regex

HAN = "㐀-䶿一-鿿𠀀-𯿿"
_CAPITAL, _LETTER = "A-ZÀ-ÖØ-ÞĀ-ſƠ-ưẠ-ỹ", "a-zA-ZÀ-ÖØ-öø-ÿĀ-ſƠ-ưẠ-ỹ'’\\-"
_LATIN = Regex(
    rf"(?<![A-Za-z0-9@.\-])(?<![A-Za-z0-9]_)[{_CAPITAL}][{_LETTER}]*(?:[ ·.,^]{{1,2}}[{_CAPITAL}][{_LETTER}]*\.?){{0,3}}(?![A-Za-z0-9@]|_+[A-Za-z0-9])"
)
_SPACED_OUT = Regex(rf"[{HAN}] {{1,3}}[{HAN}] {{1,3}}[{HAN}](?: {{1,3}}[{HAN}])?")
_APART = Regex(
    rf"[{HAN}] {{1,4}}(?!先生|女士|小姐)(?:[{HAN}]{{1,2}}(?![{HAN}])|[{HAN}]{{1,2}}?(?=先生|女士|小姐))|[{HAN}]{{2}} {{1,4}}[{HAN}]{{1,2}}(?![{HAN}])"
)
NOTED = Regex(
    " {1,4}(?:已|未[到签阅接来归]|不在|签[字名到收]|同意|审[核阅]|复核|核对|批准|到会|缺席|请假|休假|代签|盖章|接班|交班)"
)
"""What a form notes behind a signature of a surname: 护士长 孙 已阅."""
_IS_LABEL = Regex(rf"(?<=[{HAN}]):(?!\n)|-[{HAN}](?![{HAN}])")
"""What makes a label of what stands behind a surname: 调配：冯　发药：蒋."""
_LABEL = Regex(
    "关系|经办|性别|年龄|电话|手机|联系|职[务业称]|单位|住址|地址|民族|籍贯|身[份高]|证[件号]|日期|签[名字]|[审复]核|出生|婚[姻否]|科[室别]|床[号位]|住院|病[案历]|门诊|编号|体重|诊断|登录|账号|开户"
)
"""Labels of forms, which stand behind a name whose characters are apart."""
_ORDER_OF_BIRTH = Regex("老[大二三四五六七八九幺么]")
"""The given name of 鲜老幺, 侬老三."""
_COUNTED = "元万千百十余多几个次人名位年月日时点分秒岁天周斤张套台辆瓶盒袋部件条起间号楼栋层米克吨亩份笔度"
"""Behind 王某 and a number: it counts, and does not tell one 王某 from another."""
_FIRST_HAN = "㐀"
_FAMILIAR = frozenset("老小大阿")
RARE_WORDS = frozenset("后过都别年才先由多里位双通完来拜怀补达那但要把底")
"""Rare surnames that are adverbs and the like: only characters that given names often hold follow them."""
_OFTEN_GIVEN = 500


class Shape(NamedTuple):
    """A stretch that may be a name. `quality` 0–1: how name-like it is by itself."""

    start: int
    end: int
    kind: str
    """han, surname, masked, nickname, latin, spaced or whole."""
    quality: float


@dataclass(frozen=True)
class NameGrammar:
    """Knows surnames and the characters of given names (most frequent first)."""

    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    ambiguous_surnames: frozenset[str]
    given_rank: dict[str, int]
    ordinary_words: frozenset[str]
    name_like_words: frozenset[str] = frozenset()
    rare_surnames: frozenset[str] = frozenset()
    """Ordinary characters nearly everywhere: they make a name only where somebody must be named."""
    given_names: frozenset[str] = frozenset()
    """Of two characters, borne by many, and no words."""
    words_in_pinyin: frozenset[str] = frozenset()
    """Words and places that are spelt as names are without gaps, in small letters: shanghai, zhanghao (账号)."""

    @classmethod
    def of(
        cls,
        *,
        surnames: Iterable[str],
        compound_surnames: Iterable[str],
        ambiguous_surnames: Iterable[str],
        given_characters: Iterable[str],
        ordinary_words: Iterable[str],
        name_like_words: Iterable[str] = (),
        rare_surnames: Iterable[str] = (),
        given_names: Iterable[str] = (),
        words_in_pinyin: Iterable[str] = (),
    ) -> NameGrammar:
        return cls(
            frozenset(surnames),
            frozenset(compound_surnames),
            frozenset(ambiguous_surnames),
            {character: rank for rank, character in enumerate(given_characters)},
            frozenset(ordinary_words),
            frozenset(name_like_words),
            frozenset(rare_surnames),
            frozenset(given_names),
            frozenset(words_in_pinyin),
        )

    @cached_property
    def every_surname(self) -> frozenset[str]:
        """Single and compound ones."""
        return self.surnames | self.compound_surnames

    @cached_property
    def _first_of_surname(self) -> frozenset[str]:
        return frozenset(surname[0] for surname in self.every_surname)

    @cached_property
    def _surname(self) -> str:
        compound = "|".join(sorted(self.compound_surnames, key=len, reverse=True))
        return f"(?:{compound}|[{''.join(sorted(self.surnames))}])"

    @cached_property
    def compound(self) -> re.Pattern[str]:
        """A compound surname and the character behind it."""
        return re.compile("|".join(sorted(self.compound_surnames, key=len, reverse=True)) or r"(?!)")

    @cached_property
    def compound_apart(self) -> re.Pattern[str]:
        """端木 楠: a compound surname and a given name with a gap, and nothing beside them."""
        compound = "|".join(sorted(self.compound_surnames, key=len, reverse=True)) or r"(?!)"
        return re.compile(
            rf"(?<![{HAN}])({compound})[ ](?![男女](?![{HAN}]))([{HAN}]{{1,2}})(?![{HAN}:]| (?![男女])[{HAN}](?![{HAN}]))"
        )

    @cached_property
    def masked(self) -> re.Pattern[str]:
        """张某, 王某某, 李某1, 李*, 赵*明, 王××, 李XX, 翟X海."""
        given = rf"(?:(?![到在的来说因于已未与和先去又就为是])(?:[{HAN}](?![{HAN}]|[*×○●□])|[{HAN}](?=[的来先说在因于男女今昨已未到与和改复转拟需自诉做行术入出家])))"
        return re.compile(
            rf"(?:{self._surname})(?:某{{1,2}}(?:[0-9]{{1,2}}(?![0-9.%{_COUNTED}])|甲(?![状沟亢减流肝癌氨硝基醇醛醚下周床方胎强磺])|乙(?![肝脑酰醇醚型方状])|丙(?![肝氨酸球戊泊类方])|[戊己])?(?![些种天个处地年月日单医公]|人(?![给说向对把被,。;]))|[0-9]{{1,2}}某{{1,2}}"
            rf"|[*×○●□◯]{{2,3}}|[*×○●□◯](?![0-9]){given}?|[xX](?![0-9A-Za-z])[{HAN}](?=[的在于因与和、,(])|[xX]{{1,2}}(?![0-9A-Za-z])|_{{1,2}}(?![省市县区镇乡村路街号室栋楼幢组年月日天元次人万亿])[{HAN}])"
        )

    @cached_property
    def damaged(self) -> re.Pattern[str]:
        """李?珍, 王■: a name of which an encoding or a scan lost characters; only where a field says that it is one."""
        return re.compile(
            rf"(?:{self._surname})(?:[?\ufffd■█〇]{{1,2}}[{HAN}]|[{HAN}]?[\ufffd■█〇]{{1,2}}|[?]{{2}})(?![{HAN}?])"
        )

    @cached_property
    def nickname(self) -> re.Pattern[str]:
        """老赵, 小陈, 阿芳, 大刘."""
        return re.compile(
            rf"(?!老(?:顾客|党员|方子))(?:[小老大][{''.join(sorted(self.surnames))}]|阿[{HAN}])(?![{HAN}]?[·])"
        )

    @cached_property
    def venerable(self) -> re.Pattern[str]:
        """燕老, 叶老: a surname and 老, where nothing makes it another word."""
        return re.compile(
            rf"[{''.join(sorted(self.surnames))}]老(?=[,。;:!?、)(\n]|$|祖籍|生前|一生|说|的|与|和|在|于|曾|逝世)"
        )

    def surname_length(self, text: str, start: int = 0) -> int:
        """Characters of the surname at `start`, 0 when there is none."""
        if text[start : start + 2] in self.compound_surnames:
            return 2
        return 1 if text[start : start + 1] in self.surnames else 0

    def are_given(self, characters: str, *, most: int | None = None) -> bool:
        """Whether all are characters of given names, with `most` among those of that rank and above."""
        rank, least = self.given_rank, len(self.given_rank) if most is None else most
        return all(rank.get(character, least) < least for character in characters)

    def is_rarely_named(self, name: str) -> bool:
        """Whether a rare surname begins the name: 字学军, 侬老三."""
        rarest = _OFTEN_GIVEN if name[:1] in RARE_WORDS else len(self.given_rank)
        return (
            name[:1] in self.rare_surnames
            and 2 <= len(name) <= 3
            and (self.are_given(name[1:], most=rarest) or bool(_ORDER_OF_BIRTH.fullmatch(name[1:])))
        )

    def quality(self, name: str) -> float:
        """How much 2–4 Han characters look like surname and given name, 0–1."""
        length = self.surname_length(name)
        if not length:
            return 0.25 if self.are_given(name) else 0.1
        if length == 2 and len(name) == 2:
            length = 1 if name[0] in self.surnames else 2
        given = name[length:]
        if not given:
            return 0.3
        if given[0] == "老" and _ORDER_OF_BIRTH.fullmatch(given):
            return 0.85
        score = 0.85 if name[:length] not in self.ambiguous_surnames else 0.65
        if length == 2:
            score = 0.9
        for character in given:
            rank = self.given_rank.get(character)
            if rank is None:
                score -= 0.35
            elif rank > 900:
                score -= 0.12
            elif rank < 250:
                score += 0.05
        if name in self.ordinary_words:
            score -= 0.45
        elif name in self.name_like_words:
            score -= 0.3
        if len(given) == 2 and given[0] == given[1]:
            score += 0.15  # 高改改
        if len(given) > 2:
            score -= 0.25 if length == 1 else 0.1
        return max(0.0, min(1.0, score))

    def han_shapes(self, text: str, start: int, end: int) -> Iterator[Shape]:
        """Surname and given name at `start`: each length that fits before `end`."""
        length = self.surname_length(text, start)
        if not length:
            return
        run = _han_run(text, start, min(end, start + 4 + (length == 2)))
        for size in range(length + 1, min(run, length + 2 + (length == 1)) + 1):
            if size == 4 and length == 1 and text[start + 1] not in self.surnames:
                continue
            yield Shape(start, start + size, "han", self.quality(text[start : start + size]))

    def at(self, text: str, start: int, end: int) -> Iterator[Shape]:
        """Every name shape that begins at `start`."""
        first = text[start : start + 1]
        if first in self._first_of_surname and (match := self.masked.match(text, start, end)):
            yield Shape(start, match.end(), "masked", 0.9)
        if first < _FIRST_HAN and (match := _LATIN.match(text, start, end)):
            yield Shape(start, match.end(), "latin", 0.6)
        if first in _FAMILIAR and (match := self.nickname.match(text, start, end)):
            yield Shape(start, match.end(), "nickname", 0.5)
        if " " in text[start + 1 : start + 3]:
            yield from self._spaced(text, start, end)
        yield from self.han_shapes(text, start, end)

    def _spaced(self, text: str, start: int, end: int) -> Iterator[Shape]:
        """张 三 丰, 欧 阳 文 静, and with a gap behind the surname only: 王 小明, 欧阳  静."""
        size = self.surname_length(text, start)
        if match := _SPACED_OUT.match(text, start, end):
            places = [place for place in range(*match.span()) if text[place] != " "]
            name = "".join(text[place] for place in places)
            compound = self.surname_length(name) == 2  # 司 of 司 徒 慧 敏 is no surname by itself
            rare = name[:1] in self.rare_surnames
            for count in range(3, 4 + (len(name) == 4 and compound)) if size or compound or rare else ():
                if self._begins_label(text, places[count - 1]):
                    continue
                begins_with_word = not compound and name[:2] in self.ordinary_words  # 白 天 好 转
                quality = max(0.0, self.quality(name[:count]) - 0.45 * begins_with_word)
                if rare and not size:
                    quality = 0.6 if self.is_rarely_named(name[:count]) else 0.0  # 暴 爱 民
                yield Shape(start, places[count - 1] + 1, "spaced", quality)
        if (
            size
            and text[start + size : start + size + 1] == " "
            and (match := _APART.match(text, start, end))
            and not NOTED.match(text, start + size)
            and not _IS_LABEL.match(text, match.end())
        ):
            yield Shape(start, match.end(), "spaced", self.quality(match[0].replace(" ", "")))

    @staticmethod
    def _begins_label(text: str, last: int) -> bool:
        """Whether the last character is the first of a label: 邴 磊 关系 子, 幸 福 性 别:."""
        return _LABEL.match(text[last : last + 6].replace(" ", "")) is not None


def _han_run(text: str, start: int, end: int) -> int:
    position = start
    while position < end and is_han(text[position : position + 1]):
        position += 1
    return position - start


def is_han(character: str) -> bool:
    """Whether it is one Chinese character (not punctuation)."""
    return "一" <= character <= "鿿" or "㐀" <= character <= "䶿" or character >= "𠀀"
