"""Names behind a role or a kinship word: 患者张三, 其妻李某."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.cued import CuedNames
from deid.detection.names.fit import Candidate, Fitting, of_shape
from deid.detection.names.words import (
    ADVERBS,
    AFTER_NAME,
    DESCRIBES,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    HOLDER,
    IDENTIFIED,
    IN_ORDER,
    NAMED_ROLES,
    STATES,
    TAKERS,
)
from deid.detection.reading import Reading
from deid.grammar.name import Shape, is_han
from deid.regexes import Regex

_KIN = Screened(
    r"(?:(?:(?<![一-鿿])|(?<=[其之患]))[父母夫妻女子儿婿兄弟姐妹媳孙]|(?<=[他她您])[爸妈哥弟姐妹])(?=[一-鿿])"
)
_HANDLES = Regex(r"借[用走]|登录|操作|代[班签收领取办]|签[字名收]|送检|取走|值[班守]|当班|记录|领取")
"""What is done with things, before which a word does not say how somebody fares: 实习生明白借用."""
_INSTEAD = Regex(
    "代(?=女儿|儿子|[父母]亲|[爸妈]|老[公婆]|丈夫|妻子|爱人|[爷奶]|孩子|患者|病人|本人|其|[一-鿿]{2,3}(?:挂号|办理|领取|取药|缴费|签[字收]|收件))"
)
"""家属代黄连取药: for whom somebody does it, and no surname."""
_SIDE = Regex("端(?!木)")
"""The program for somebody: 医生端, 患者端."""
_RARE = 900
"""Rank of characters that given names seldom hold."""
_FREQUENT = 500
"""How often jieba's dictionary counts a word that no name holds."""
_PHONE_BEHIND = Regex("[ (:]?1[3-9][0-9][ -]?[0-9]{4}")
_TWICE = Regex(r"(.)\1")
_LAST_OF_KIN = "妻夫父母子女儿婆公爷奶爸妈哥姐弟妹伴婿媳孙友"
_ASKS = frozenset("吗么呢")


class NamesBehindRoles:
    """What roles and relations say about what stands behind them."""

    def __init__(self, fitting: Fitting, cued: CuedNames) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words
        self._cued = cued

    def find(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for start, end in self._words.find_roles(text):
            if not self._is_part_of_word(reading, start, end):
                yield from self._behind_role(reading, start, end)
        for match in reading.finditer(_KIN):
            if not reading.known(text[match.start() : match.start() + 2]):  # 儿童, 女士
                yield from self._behind_kin(reading, *match.span())

    def _is_part_of_word(self, reading: Reading, start: int, end: int) -> bool:
        """客户端, 学生证, 陪诊师, 女儿 in 妇女儿童."""
        text = reading.text
        return is_han(text[end : end + 1]) and bool(
            reading.known(text[start : end + 1])
            or text[start : end + 1] in self._words.titles
            or _SIDE.match(text, end)
            or (reading.known(text[start - 1 : start + 1]) and reading.known(text[end - 1 : end + 1]))
        )

    def _behind_role(self, reading: Reading, start: int, end: int) -> Iterator[Candidate]:
        text = reading.text
        position = end + (text[end : end + 1] in ("(", ":", " ", "“", "叫"))
        position += _INSTEAD.match(text, position) is not None
        best = self._fitting.best_at(reading, position, len(text), firm=False)
        if text.startswith("籍贯", position):
            return  # 患者籍贯潮州
        if best and self._is_no_name(reading, start, end, best):
            return
        if best and self._fitting.fits(reading, best):
            yield of_shape(best, 0.65 if best.kind == "han" and best.quality < 0.65 else 0.82, "role")
            yield from self._cued.rest_of_list(reading, best.end)
        elif self._is_word_of_role(text, end, position):
            yield Candidate(position, position + 2, 0.6, ("role", "word"))
        if not best:
            yield from self._without_surname(reading, position)

    def _is_no_name(self, reading: Reading, start: int, end: int, best: Shape) -> bool:
        """What stands behind a role and looks like a name, and is a word."""
        text = reading.text
        if text[best.end : best.end + 1] == ":" and reading.known(text[best.start : best.end]):
            return True  # 家属沟通：
        if text[best.start - 1 : best.start] == ":" and text[best.end : best.end + 1] in _ASKS:
            return True  # 用户：药能寄吗
        if text[start:end] in TAKERS and self._is_adverb(reading, best):
            return True  # 患者常先有, 患者时可出现
        if self._is_function_word(reading, best):
            return True  # 前台和客服, 甲方应如实提供
        return self._says_how(text, start, end, best) or self._says_when(reading, best)  # 家属明白，

    def _is_word_of_role(self, text: str, end: int, position: int) -> bool:
        """Whether a word at `position` that is a name as well is one, behind a role that ends at `end`."""
        behind = position + 2
        word = text[position:behind]
        handles = _HANDLES.match(text, behind)
        if word not in self._grammar.name_like_words or (word in STATES and not handles):
            return False
        named = any(text[end - size : end] in NAMED_ROLES for size in (2, 3, 4))
        alone = HOLDER.search(text, max(0, end - 4), end) and not is_han(text[behind : behind + 1])
        closed = alone or (named and (handles or AFTER_NAME.match(text, behind)))
        return bool(closed or IDENTIFIED.match(text, behind)) and self._grammar.surname_length(word) > 0

    def _behind_kin(self, reading: Reading, start: int, end: int) -> Iterator[Candidate]:
        text = reading.text
        best = self._fitting.best_at(reading, end, len(text), firm=False)
        if best and best.end - best.start == 3 and self._is_function_word(reading, best):
            return  # 患儿和家庭, but 爱人和平
        if best and self._says_when(reading, best):
            return
        if best and best.kind in ("han", "masked") and self._fitting.fits(reading, best):
            called = _PHONE_BEHIND.match(text, best.end) is not None  # 子闪亮13811782093
            yield of_shape(best, 0.9, "cue firm") if called else of_shape(best, 0.8, "kin")
        elif self._is_word_of_kin(text, start, end):
            yield Candidate(end, end + 2, 0.6, ("kin", "word"))
        elif best is None:
            word = text[end : end + 2]
            foreign = self._fitting.foreign(word) and not reading.known(word)
            if foreign or text[start - 1 : start] == "之":
                yield from self._without_surname(reading, end, told=True)

    def _is_word_of_kin(self, text: str, start: int, end: int) -> bool:
        """马力 in 于凤霞之子马力询问: a word that is a name as well, where the relation to somebody is told."""
        word = text[end : end + 2]
        return (
            text[start - 1 : start] in ("之", "其")
            and word in self._grammar.name_like_words
            and bool(self._grammar.surname_length(word))
            and self._words.closes(text, end + 2)
        )

    def _without_surname(self, reading: Reading, start: int, *, told: bool = False) -> Iterator[Candidate]:
        """老伴其木格照料, 外甥女荣荣, 其夫暴国强: the whole of what stands between a role and a word.

        `told`: somebody must stand there, whatever the characters.
        """
        text, end = reading.text, start
        if not is_han(text[start : start + 1]) or text[start] == "住":
            return  # 家属住汉庭
        fitting, second = self._fitting, text[start + 1 : start + 2]
        if not (fitting.familiar(second) or fitting.foreign(second)):
            return  # as mostly
        before = text[start - 1 : start]
        rare_kin = before != "" and before in _LAST_OF_KIN
        role = self._named_role(text, start)
        if not (
            told or role or rare_kin or fitting.foreign(text[start : start + 2]) or _TWICE.match(text, start)
        ):
            return
        while end < len(text) and end - start < 5:
            if end > start and not (fitting.familiar(text[end]) or fitting.foreign(text[end])):
                return
            end += 1
            word = text[start:end]
            alike = (end - start > 2 and self._fitting.foreign(word)) or word == 2 * word[0]
            alike = alike or (end - start in (2, 3) and (told or self._is_told_of(reading, start, end, role)))
            alike = alike or (rare_kin and self._is_rare_kin(word))
            if not alike or not FUNCTION_WORDS.isdisjoint(word) or self._does_so(reading, word):
                continue
            if word[1:] in self._words.roles:
                continue  # 医生让宝宝
            if not (self._words.closes(text, end) or reading.known(text[end : end + 2])):
                continue
            if not (
                fitting.may_be_name(reading, word) or (fitting.foreign(word) and reading.known(word) == 0)
            ):
                continue
            if self._fitting.cut_out(reading, start, end):
                yield Candidate(start, end, 0.5, ("role", "no surname"))
                return

    def _does_so(self, reading: Reading, word: str) -> bool:
        """Whether three characters hold a word that everybody uses: 学生看文献, 儿子永远爱你."""
        parts = (word[:2], word[1:]) if len(word) == 3 and not self._fitting.foreign(word) else ()
        return any(
            part in STATES
            or (
                reading.known(part) > _FREQUENT
                and part not in self._grammar.given_names
                and part not in self._grammar.name_like_words
                and part not in self._words.titles
            )
            for part in parts
        )

    @staticmethod
    def _says_how(text: str, start: int, end: int, shape: Shape) -> bool:
        """Whether a word tells how a patient or a relative fares, and nothing else of a person follows."""
        word, behind = text[shape.start : shape.end], text[shape.end : shape.end + 1]
        if text[start:end] not in TAKERS:
            if word[-1] == "地" and (word[:-1] in STATES or word[:-1] in DESCRIBES):
                return True  # 老伴安静地坐着
            told = text[end - 1] in _LAST_OF_KIN or text[start:end] not in NAMED_ROLES
            return told and word in STATES and behind in (",", "。", "地")
        return word in STATES and not IDENTIFIED.match(text, shape.end)

    @staticmethod
    def _is_adverb(reading: Reading, shape: Shape) -> bool:
        """Whether it says how often or easily something befalls patients, and the tagger sees no name."""
        behind = is_han(reading.text[shape.end : shape.end + 1])
        return (
            reading.text[shape.start] in ADVERBS and behind and not reading.tagged_as(shape.start, shape.end)
        )

    @staticmethod
    def _is_function_word(reading: Reading, shape: Shape) -> bool:
        """Whether a preposition or an auxiliary and a word stand there, and the tagger sees no name."""
        first, rest = reading.text[shape.start], reading.text[shape.start + 1 : shape.end]
        if reading.text[shape.start - 1] == ":" and not is_han(reading.text[shape.end : shape.end + 1]):
            return False  # 咨询师：于海波
        verb = first in FUNCTION_SURNAMES and reading.known(rest) > 0
        return (first == "和" or verb) and not reading.tagged_as(shape.start, shape.end)

    @staticmethod
    def _says_when(reading: Reading, shape: Shape) -> bool:
        """Whether it is an adverb before a verb, or while something is done: 患儿应|接受, 孩子常|存在, 患儿游泳时."""
        word, across = reading.text[shape.start : shape.end], reading.text[shape.start + 1 : shape.end + 1]
        if len(word) == 3 and word[-1] == "时":
            return reading.known(word[:2]) > 0
        leads = word[0] in FUNCTION_SURNAMES or word[0] in ADVERBS
        return (
            len(word) == 2
            and leads
            and reading.known(across) > 0
            and not reading.tagged_as(shape.start, shape.end)
        )

    def _is_rare_kin(self, word: str) -> bool:
        """占小芳 in 我老婆占小芳: a rare surname behind kin."""
        return (
            len(word) == 3 and self._grammar.is_rarely_named(word) and not self._fitting.without_title(word)
        )

    def _named_role(self, text: str, start: int) -> str:
        """The role that ends at `start`, if no complaint is told of those who have it."""
        before = (text[start - size : start] for size in (5, 4, 3, 2))
        role = next((word for word in before if word in self._words.roles), "")
        return role if role in NAMED_ROLES else ""

    def _is_told_of(self, reading: Reading, start: int, end: int, role: str) -> bool:
        """昔春梅 in 监护人昔春梅18280…: frequent characters of names up to a sign, behind one of whom no complaint is told."""
        text = reading.text
        return (
            role != ""
            and is_han(text[start])
            and (not is_han(text[end : end + 1]) or (role in IN_ORDER and self._words.closes(text, end)))
            and self._grammar.are_given(text[start + 1 : end], most=_RARE)
        )
