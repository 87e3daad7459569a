"""How well a shape of a name fits into the text around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.names.words import (
    AFTER_NAME,
    BETWEEN,
    CLEAR_ACTS,
    FOLLOWERS,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    IDENTIFIED,
    KIN_SUFFIXES,
    KINDRED,
    NO_NAME_ENDS,
    NOBODY,
    OF_ANYBODY,
    OF_PATIENT,
    UNDERGOES,
    VERB_ACROSS,
    NameWords,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN, NOTED, RARE_WORDS, NameGrammar, Shape, is_han
from deid.regexes import Regex
from deid.types import Detection, Form

PERSON = "PERSON"
CERTAIN = 0.8
"""From this score on a name is looked for in the whole text."""

FIRM = frozenset(
    {
        "cell",
        "cue firm",
        "self-introduction",
        "surname told",
        "sex and age",
        "called",
        "surname of one",
        "attending",
        "required",
        "file",
        "surroundings",
        "aligned",
        "word elsewhere",
    }
)
"""Evidence that makes a name even of a herb or an ordinary word."""

_STANDS = tuple("未待")
_CLOSE = 0.25
"""So near to each other two lengths of a name fit about as well."""
_BETTER, _VERY_SURE = 0.2, 0.97
_FREQUENT, _RARE_WORD, _FAR_MORE = 500, 40, 5
"""How often jieba's dictionary counts a word that ends a stretch, and how many times as often as the one across its end."""
_KNOWN = 50
"""How often it counts a word that goes on behind a name."""
_STANDS_ALONE = Regex(r"(?=[、,。;/)\"\n]|$|[ ]{2,}| [^一-鿿])")
_BEFORE_LABEL = Regex(r" [一-鿿]{3,8}:")
"""What stands behind a surname that is all of a value: 科主任：仇　证明编号：."""
_PARTICLES = frozenset("哈")
_NOT_GIVEN = Regex("[总叫着]|了(?![凡然])")
_BLANK_DAY = Regex("年[ \u3000]+月[ \u3000]+日")
"""Of a form that nobody has filled in."""
_PARTS_OF_NAMES = KIN_SUFFIXES | {"氏"}
_ALSO_GIVEN = "律"
"""A short title that is a given name as well."""
_GAP = Regex(" +")
_NEXT_LETTER = Regex(rf" {{1,3}}[{HAN}](?![{HAN}])")
_LEADS_VERB = frozenset("可不没是很太就再又还也您你我他她它咱")
_POOR, _LIKELY, _NAME_LIKE = 0.3, 0.5, 0.6
"""Quality of what is hardly a name, of what may well be one, and of most names."""
_RARE, _OFTEN_GIVEN = 700, 500
"""Characters of given names that are rarer are no sign of a name by themselves."""
_FREQUENT_WORD, _SELDOM = 2000, 1000
"""How often jieba's dictionary counts words that no name ends with, and those that are names as well."""
_NAME_LENGTHS = range(2, 7)
_GOES_ON = tuple("后前时中并")
"""What stands behind a word for what somebody does, and ends hardly a name: 全麻后, 安抚并."""
_NEEDS_MORE = frozenset("为之")
"""Characters of names and words behind names, that nothing ends with."""


class Candidate(NamedTuple):
    """A stretch that is claimed to be a name, and why."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]
    form: Form = "plain"

    @property
    def detection(self) -> Detection:
        return Detection(PERSON, self.start, self.end, self.score, PERSON, self.evidence, self.form)


def of_shape(shape: Shape, score: float, *evidence: str) -> Candidate:
    """A candidate from a shape; masked names say so in their form."""
    form: Form = "masked" if shape.kind == "masked" else "plain"
    return Candidate(shape.start, shape.end, score, (*evidence, shape.kind), form)


_SAYS_WHO = Regex("[我俺您你]是\\Z")
_DAY_BEFORE = Regex("[年月日0-9][ ]{0,2}\\Z")
_FROM = Regex(
    "(?:的(?![一-鿿]{0,2}(?:[妈爸娘爹女儿妻夫婆公哥姐弟妹嫂婶姨姑舅叔伯爷奶孙媳婿娃]|爱人|家[属人长里]|孩子|朋友|同[事学]|老师|患者|亲属|护工|陪护|监护|助理|秘书|司机|邻居|病))[一-鿿]{1,3}|来的|过来的|人)(?=[,。;!\\n]|\\Z)"
)


@dataclass(frozen=True)
class Fitting:
    """Chooses among the shapes that begin at a place."""

    grammar: NameGrammar
    words: NameWords
    protected: WordIndex[str]
    foreign_characters: frozenset[str]
    """Those of transliterations and of the parts of minority names."""
    is_place: Callable[[str], bool]
    """Whether a word is the name of a county, city or province, or of a place abroad."""
    hospitals: Collection[str] = ()
    """By what short names hospitals are called."""
    companies: Collection[str] = ()
    """By what short names companies are called."""

    def foreign(self, word: str) -> bool:
        """Whether every character occurs in transliterated or minority names."""
        return all(character in self.foreign_characters for character in word)

    def is_written_at(self, text: str, start: int, end: int) -> bool:
        """Whether it is where something was written, behind the day: 2024年12月20日 于贵阳."""
        if text[start] != "于" or not self.is_place(text[start + 1 : end]):
            return False
        return _DAY_BEFORE.search(text, max(0, start - 4), start) is not None

    def is_place_alone(self, word: str) -> bool:
        """马拉维, 牡丹江, 石家庄: places of three characters or more that nobody is called."""
        return len(word) > 2 and self.is_place(word)

    def is_origin(self, text: str, start: int, end: int) -> bool:
        """Whether somebody says where they are from: 我是|龙井|的小元, but not 我是|安康|的女儿."""
        led = _SAYS_WHO.search(text, max(0, start - 2), start)
        return led is not None and _FROM.match(text, end) is not None and self.is_place(text[start:end])

    def without_title(self, value: str) -> int:
        """Length of the name before a title at the end of `value`, 0 when there is none."""
        if value[-1:] not in self.words.title_endings:
            return 0
        for size in range(min(6, len(value) - 1), 0, -1):
            if value[-size:] in self.words.titles and value[-size:] not in _PARTS_OF_NAMES:
                name = value[:-size].strip()
                surname_only = self.grammar.surname_length(name) == len(name)
                if surname_only and value[-size:] == _ALSO_GIVEN:
                    return 0
                if surname_only or ((size > 1 or value[-1] in "总様") and 2 <= len(name) <= 4):
                    return len(name)
        return 0

    def led_by_hospital(self, name: str) -> bool:
        """华西田 before 教授: where somebody works, and a surname."""
        return name[:2] in self.hospitals and self.grammar.surname_length(name, 2) == len(name) - 2 > 0

    def behind_role(self, name: str) -> int:
        """Where a surname begins behind what somebody is, 0 where none does: 宋 in 顾问宋, 罗婷 in 记录罗婷."""
        for size in (3, 2):
            role = name[:size]
            if len(name) > size and (role in self.words.titles or role in self.words.roles):
                rest = name[size:]
                whole = self.grammar.surname_length(rest)
                return size if whole == len(rest) or self.grammar.quality(rest) >= _NAME_LIKE else 0
        return 0

    def led_by_kin(self, name: str) -> bool:
        """母钱程, 兄巴特尔: a relation before a whole name; but 母玉兰, whom nobody calls 玉 by surname."""
        if name[:1] == "母" and len(name) == 3 and name[1:] in self.grammar.given_names:
            return False
        named = len(name) > 2 and (
            self.grammar.surname_length(name, 1) or (len(name) > 3 and self.foreign(name[1:]))
        )
        return name[:1] in KINDRED and bool(named)

    def familiar(self, word: str) -> bool:
        """Whether every character occurs in given names, so that 卓玛 passes and 写了 does not."""
        return self.grammar.are_given(word)

    def best_at(self, reading: Reading, start: int, end: int, *, firm: bool) -> Shape | None:
        """The most likely name that begins at `start`; with `firm` also one without a known surname."""
        text = reading.text
        shapes = [*self.grammar.at(text, start, end), *self._short(text, start, end, firm=firm)]
        if firm:
            shapes += self._whole_run(reading, start, end)
        if not shapes:
            return None
        ranked = [(self.fit(reading, shape), shape) for shape in shapes if self._is_name_only(text, shape)]
        ranked = sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: -pair[0])
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLOSE:
            # two lengths fit about as well: a word boundary decides
            boundaries = reading.boundaries(start, ranked[0][1].end)
            ranked.sort(key=lambda pair: -(pair[0] + _CLOSE * (pair[1].end in boundaries)))
        return ranked[0][1] if ranked else None

    def fits(self, reading: Reading, shape: Shape) -> bool:
        """Whether a name behind a cue word without a colon stands on its own feet."""
        if shape.kind in ("masked", "surname"):
            return True
        if shape.kind == "latin":
            return False
        text, behind = reading.text, _behind(reading.text, shape)
        if self._goes_on(reading, shape):
            return False
        after = text[behind : behind + 1]
        closed = not is_han(after) or bool(AFTER_NAME.match(text, behind))
        if shape.kind == "spaced" and shape.quality >= 0.7 and not _NEXT_LETTER.match(text, shape.end):
            closed = True  # the spacing itself sets it off
        if shape.quality >= 0.5 and (closed or reading.tagged_from(shape.start)):
            return True
        ended = not is_han(after) and (after != "(" or bool(IDENTIFIED.match(text, behind)))
        return shape.quality >= 0.35 and ended

    @staticmethod
    def _goes_on(reading: Reading, shape: Shape) -> bool:
        """Whether it is what somebody does or has, and what goes on: 患者|全麻后, 护士|安抚并记录."""
        word = reading.text[shape.start : shape.end]
        worded = len(word) == 3 and word[-1] in _GOES_ON and reading.known(word[:2]) > 0
        return worded and not reading.tagged_as(shape.start, shape.end)

    def cut_out(self, reading: Reading, start: int, end: int) -> bool:
        """Whether word boundaries set the stretch off, and it is no word itself."""
        boundaries = reading.boundaries(start, end)
        closed = end in boundaries or self.is_told(reading.text, end)
        return start in boundaries and closed and not reading.known(reading.text[start:end])

    @staticmethod
    def is_known_word(reading: Reading, start: int, end: int) -> bool:
        """Whether the dictionary knows a word there that is no name: 墨西哥, but not 马二哥."""
        word = reading.text[start:end]
        return reading.known(word) > 0 and not word_list().part_of_speech(word).startswith("nr")

    def is_border(self, reading: Reading, position: int) -> bool:
        """Whether a frequent word of two ends there, and none goes on: 今天|王医生, though 天王 is a word."""
        before, across = reading.text[position - 2 : position], reading.text[position - 1 : position + 1]
        if position < 2 or reading.known(reading.text[position - 2 : position + 1]):
            return False  # 取决于
        frequency = reading.known(before)
        return frequency > _FREQUENT and frequency > _FAR_MORE * reading.known(across)

    @staticmethod
    def is_told(text: str, position: int) -> bool:
        """Whether what records say of a patient begins there, behind what may end a name: 手术顺利, 行胆囊切除术, but no 高|血压."""
        told = OF_PATIENT.match(text, position) or UNDERGOES.match(text, position)
        return (
            told is not None
            and text[position - 1] not in BETWEEN
            and not shipped_prose().begins_medical(text, position - 1)
        )

    def goes_on(self, reading: Reading, position: int) -> bool:
        """Whether that begins there, or a word that is more frequent than the one across: 高强|手术, though 强手 is a word."""
        text, prose = reading.text, shipped_prose()
        if self.is_told(text, position):
            return True
        behind, across = text[position : position + 2], text[position - 1 : position + 1]
        if len(behind) < 2 or across[0] in BETWEEN or prose.begins_medical(text, position - 1):
            return False
        return reading.known(behind) > max(_KNOWN, reading.known(across)) or prose.begins_medical(
            text, position
        )

    def ends_word(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a surname is the end of a word, and the tagger is not sure of it: 感谢医生."""
        text = reading.text
        longer = start > 1 and reading.known(text[start - 2 : end]) > _RARE_WORD  # 开发商|总经理
        worded = longer or reading.known(text[start - 1 : end]) > _FREQUENT
        return (
            start > 0
            and worded
            and start not in reading.boundaries(start, end)
            and not self.is_border(reading, start)
            and ((longer and end - start == 1) or reading.likeliness(start, end) < _VERY_SURE)
        )

    def begins_in_word(self, reading: Reading, start: int, end: int) -> bool:
        """Whether its first character is the end of a frequent word: 亲戚|有, but not 今天|龙飞, nor 投诉人|大壮."""
        if start > 1 and reading.known(reading.text[start - 2 : start + 1]) > _RARE_WORD:
            return True  # 开发|商总
        if start == 0 or reading.known(reading.text[start - 1 : start + 1]) <= _FREQUENT:
            return False
        if self.words.role_ends(reading.text, start):
            return False
        return start not in reading.boundaries(start - 1, end)

    def ends_in_word(self, reading: Reading, start: int, end: int) -> bool:
        """Whether its last character begins a word that goes on, or its first two are one: 景天三|七, 于是日|起."""
        text = reading.text
        if not is_han(text[end : end + 1]) or reading.tagged_as(start, end):
            return False
        if end - start > 2 and reading.known(text[start : start + 2]) > _FREQUENT:
            return True
        return reading.known(text[end - 1 : end + 1]) > _RARE_WORD and end not in reading.boundaries(
            start, end
        )

    def is_seen_whole(self, reading: Reading, start: int, end: int) -> bool:
        """方志明 before 说: the tagger is very sure of three characters, which are more of a name than two."""
        whole, short = reading.text[start:end], reading.text[start : start + 2]
        better = self.grammar.quality(whole) - self.grammar.quality(short) > _BETTER
        return len(whole) == 3 and better and reading.likeliness(start, end) >= _VERY_SURE

    def fit(self, reading: Reading, shape: Shape) -> float:
        """More is better, 0 is not at all."""
        text, value = reading.text, shape.quality
        if shape.kind in ("masked", "surname"):
            return value + 1.0
        if shape.kind == "bare":
            return value
        if shape.kind == "spaced":
            if text[shape.end : shape.end + 1] == ":":
                return 0.0
            value += 0.8 * reading.tagged_from(shape.start)
        elif reading.tagged_as(shape.start, shape.end):
            value += 0.8
        name = text[shape.start : shape.end].replace(" ", "")
        if shape.kind in ("han", "spaced") and len(name) > 2 and name[-1] in FOLLOWERS:
            value -= 0.6 if is_han(text[shape.end : shape.end + 1]) else 0.3
        if shape.kind == "han" and len(name) > 2 and VERB_ACROSS.match(text, shape.end - 1):
            value -= 0.6
        if shape.kind == "han" and shape.end - shape.start == 4 and AFTER_NAME.match(text, shape.end - 2):
            value -= 0.6
        words = (self.grammar.ordinary_words, self.grammar.name_like_words)
        compound = self.grammar.surname_length(name) == 2 and (
            reading.known(name[2:]) < _FREQUENT
            or name[2:] in self.grammar.name_like_words
            or bool(CLEAR_ACTS.match(text, shape.end))
        )
        if len(name) == 4 and not compound and any(name[:2] in listed for listed in words):
            value -= 1.2  # 明天复查, 江山知情, 东方医学, but 东方启明
        if NO_NAME_ENDS.match(text, shape.end - 1):
            value -= 1.2
        behind = _behind(text, shape)
        if not is_han(text[behind : behind + 1]) or self._titled(text, behind):
            return value + 0.8
        ends = text[behind] in _NEEDS_MORE and not is_han(text[behind + 1 : behind + 2])  # 全名汪可为。
        return value + (0.45 if AFTER_NAME.match(text, behind) and not ends else -0.3)

    def _is_in_name(self, text: str, start: int, title: int) -> bool:
        """Whether a title of one character is the second one of a name that ends with its field: 池伯均."""
        name, behind = text[start : title + 2], text[title + 2 : title + 3]
        short = self.words.title_at(text, title) == 1 and len(name) == 3
        return short and not is_han(behind) and self.grammar.quality(name) >= _LIKELY

    def _titled(self, text: str, end: int) -> bool:
        """Whether a title stands there that is no given name as well."""
        size = self.words.title_at(text, end)
        return size > 0 and text[end : end + size] != _ALSO_GIVEN

    def _is_name_only(self, text: str, shape: Shape) -> bool:
        name = text[shape.start : shape.end]
        if shape.kind == "spaced":
            return not _BLANK_DAY.fullmatch(name)
        return shape.kind != "han" or not (self.without_title(name) or _NOT_GIVEN.search(name, 1))

    def _short(self, text: str, start: int, end: int, *, firm: bool) -> Iterator[Shape]:
        """A surname before a title, 王 in 王主任, or one that is all there is: 记录 覃。"""
        size = self.grammar.surname_length(text, start)
        if not size or start + size > end:
            return
        if text[start] == "和" and size == 1 and text[start + 1 : start + 3] not in OF_ANYBODY:
            return  # 前台和客服
        if self.words.is_preposition(text, start, start + size + self.words.title_at(text, start + size)):
            return  # 主管向经理说明
        if self._titled(text, start + size) and not (firm and self._is_in_name(text, start, start + size)):
            yield Shape(start, start + size, "surname", 0.9)
        elif (
            _STANDS_ALONE.match(text, start + size)
            or NOTED.match(text, start + size)
            or (firm and _BEFORE_LABEL.match(text, start + size))
        ):
            surname = text[start : start + size]
            words = (FUNCTION_SURNAMES, self.grammar.ambiguous_surnames, _PARTICLES)
            word = any(surname in listed for listed in words)  # 专家费, 别写名字哈
            yield Shape(start, start + size, "bare", 0.0 if word and not firm else 0.4)

    def _whole_run(self, reading: Reading, start: int, end: int) -> Iterator[Shape]:
        """After `姓名：` also 卓玛 or 巴特尔: the whole Han run, if it is short and no word."""
        text, stop = reading.text, start
        while stop < end and is_han(text[stop]) and stop - start < 7:
            stop += 1
        word = text[start:stop]
        closed = stop == end or not is_han(text[stop])
        if not closed or len(word) not in _NAME_LENGTHS or self.is_other_word(word):
            return
        if len(word) > 3 and self.is_known_word(reading, start, start + 2) and not self.foreign(word):
            return  # 原告为证明其主张，
        if word[0] in _STANDS:
            return  # 责任人：未指派
        if reading.is_cue(start, stop):
            return  # the next header: 报告人|接听人
        if cut := self.without_title(word):
            yield Shape(start, start + cut, "whole", 0.6)
        elif self.may_be_name(reading, word):
            yield Shape(start, stop, "whole", 0.45 if len(word) <= 4 else 0.35)

    def may_be_name(self, reading: Reading, word: str) -> bool:
        """Characters of given names throughout, or behind a first one that may be a rare surname; no word."""
        if word[0] in _LEADS_VERB or (FUNCTION_WORDS & set(word[1:]) and not self._is_blessed(word)):
            return False  # 查到了, 可以用
        given = word[1:] in self.grammar.given_names
        if len(word) == 3 and reading.known(word[1:]) > _FREQUENT_WORD and not given:
            return False  # 报一下, 您服务
        alike = self.familiar(word) or (len(word) == 3 and self.familiar(word[1:]))
        return (
            alike
            and word not in self.words.titles
            and not reading.known(word)
            and not self.is_other_word(word)
        )

    def _is_blessed(self, word: str) -> bool:
        """有才, 有福 behind a surname: given names that tell what somebody is to have."""
        return len(word) == 3 and word[1] == "有" and self.grammar.are_given(word[2], most=_RARE)

    def is_rare_name(self, reading: Reading, word: str) -> bool:
        """召永强: a rare surname before characters that given names often hold, and no word."""
        if word[0] in RARE_WORDS and len(word) == 2:
            return False  # 03年怀孕5个月
        often = self.grammar.are_given(word[1:], most=_OFTEN_GIVEN)
        named = often and self.grammar.is_rarely_named(word) and not reading.known(word)
        return named and not self.words.title_ends(word, len(word))

    def is_foreign_run(self, reading: Reading, start: int, end: int, *, longest: int = 4) -> bool:
        """扎西顿珠 男: no surname, but a field of its own, made of characters of names."""
        word = reading.text[start:end]
        return (
            2 <= len(word) <= longest
            and not is_han(reading.text[start - 1 : start])
            and self.familiar(word)
            and not reading.known(word)
            and not self.is_other_word(word)
            and word not in self.words.titles
        )

    def is_call_name(self, word: str) -> bool:
        """建国, 毛毛, 石头: a given or pet name, where a verb or a role is as likely else."""
        if word == 2 * word[0] or word in self.grammar.name_like_words:
            return True
        if word in self.words.roles or word in self.words.titles or FUNCTION_WORDS & set(word):
            return False
        return self.grammar.are_given(word, most=_RARE)

    def is_seldom_word(self, reading: Reading, word: str) -> bool:
        """钟声, 谷雨: a word that begins with a surname and is seldom used."""
        if not self.grammar.surname_length(word) or word[0] in FUNCTION_SURNAMES:
            return False
        if word in self.words.roles or word in self.words.titles or self.without_title(word):
            return False
        return 0 < reading.known(word) < _SELDOM or word in self.grammar.name_like_words

    def is_verb_of(self, reading: Reading, name: str) -> bool:
        """常陪伴: a surname that is an adverb as well, and a word of characters that names hardly hold."""
        word = name[1:]
        other = len(word) == 2 and reading.known(word) > 0 and word not in self.grammar.name_like_words
        return other and self.grammar.quality(name) < _POOR

    def is_surname_and_more(self, word: str) -> bool:
        """A surname and one character, whatever word they make but one of time, office or medicine: 曾经, 程序."""
        return (
            len(word) == 2
            and self.grammar.surname_length(word) == 1
            and word not in NOBODY
            and word not in self.words.roles
            and word not in self.words.titles
            and not shipped_prose().is_medical(word)
        )

    def is_other_word(self, word: str) -> bool:
        """Whether it is an ordinary or protected word, or holds a role: no name without a surname."""
        if word in self.grammar.ordinary_words or any(True for _ in self.words.find_roles(word)):
            return True
        return word in self.protected


def _behind(text: str, shape: Shape) -> int:
    """Where text goes on behind a name. In letters that stand apart a gap as narrow as those within ends nothing."""
    gap = _GAP.match(text, shape.end) if shape.kind == "spaced" else None
    if gap is None:
        return shape.end
    widest = max(map(len, _GAP.findall(text, shape.start, shape.end)))
    return gap.end() if len(gap[0]) <= widest else shape.end
