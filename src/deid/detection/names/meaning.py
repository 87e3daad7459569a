"""How much may be a name where nobody but a person can stand, by the kind of the frame.

- `any`: all that is no role, for somebody is called so: 朵朵（大名刘一朵）;
- `pet`: the same before a full name: 患儿：米粒（刘一诺）;
- `rare`: the same without verbs, places and words in common use: 杜仲 13812345678;
- `noun`: the same without adverbs and the like: 同事江淮离职;
- `alias`: what is no verb: 大家都叫他刀疤;
- `called`: what begins with a surname, though it is a word: 孩子就叫房子, 全名叫方便;
- `surname`: the same without words that say when or how: 社长白果;
- `name`: what looks like a name, or is a word that is one as well: 乙方指定高山, 浙A·6K93T归雷振声;
- `owner`: as `name`, and no place, day nor how something is: 方圆的化验单;
- `seldom`: besides these words that are seldom used: 你们展翅同志;
- `herb`: a herb, or a word that is a name as well: 针灸科石斛教授;
- `signer`: a name, also one with a rare surname: 过建国　2024.5.13;
- `kin`: the same as `surname`, with a rare surname or a herb as well: 我儿子过江，15098 7712 40, 我和桂枝记着;
- `nick`: 小 and the like before a surname: 随车小代;
- `bed`: a name, and not how a patient fares: 3床 高兴 顺产;
- `clear`: what is plainly a name, as words may stand behind it: 4.4班康小满近视;
- `related`: a word that begins with a surname, and does not say how somebody fares: 其弟应当（电话…;
- `lost`: a name, a word that is one as well, or a herb: 退役护士商陆遗失军官证;
- `single`: a surname alone, if it is no word of measure: 丈夫顾——;
- `act`: a word that begins with a surname, and is no verb: 审核 苗圃 2024-05-10;
- `call`: a given name, or one that is said twice: 病例三：朵朵，11月龄;
- `hailed`: the same, though it is a place or a noun as well: 胜利，你爸的片子;
- `unknown`: as `call`, if it is no word in use: 听雨说她寄过;
- `little`: 小 and a surname, or a pet name: 住院处小梅;
- `given`: a given name that is no other word: 大伟说车坏了;
- `spelled`: what is written so: 霜降（节气那俩字）;
- `odd`: a herb that begins with a surname, or a word that is a name as well or seldom used: 家长苏木要求;
- `plant`: a herb that begins with a surname: 经办：沉香;
- `own`: as `odd`, or a given name: 他妹妹菊花寄来的;
- `vocative`: the end of what somebody is called there: 霞啊，;
- `apart`: surname and given name with a gap: 叫秦 岭，;
- `ticket`: surname and given name with a slash: 乘机人 佘/建国;
- `twin`: a character said twice: 财务琳琳;
- `post`: as `noun`, or a given name: 顾问 建国;
- `file`: as `name`, and nothing that files are called after: 体检报告_战鹰.pdf;
- `surely`: all that stands there: 名字显示**格, 阿may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from deid.detection.boundaries import word_list
from deid.detection.names.fit import Fitting
from deid.detection.names.signed import MEASURES
from deid.detection.names.words import (
    DESCRIBES,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    NOBODY,
    NOBODY_ACTS,
    NOT_NAMES,
    SELDOM_SPEECH,
    STATES,
    shipped_herbs,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import RARE_WORDS
from deid.regexes import Regex

_NUMBERED = Regex(r"\((?:电话|手机|身份证)[号码]{0,2}[: ]?[0-9]")
_FARES = frozenset("安静 平静 安稳 平稳 康复 满意 乐观".split())
"""How patients fare, where somebody lies in a bed."""
_BODIES = frozenset("公安 边防 海关 安保 居委 计生 农办 商务 机要 党委 支部 工会 政法 司法".split())
_GOOD, _CLEAR = 0.55, 0.8
"""Quality of what is a name in such a frame, and of what is one anywhere."""
_EVERYDAY = 3000
"""How often jieba's dictionary counts words of which nobody is called."""
_RARELY = 400
"""How often it counts those that stand by themselves before a number and are no name: 水果, 房屋."""
_ENDS_OFFICE = frozenset("方处部委户员所站组科室院局司厅办会权房店")
_LIKE = 0.3
"""Quality of what begins with a surname and may be a name of three characters, though a poor one."""
_NO_PET = frozenset("dvmtzrca")
"""Parts of speech of words said twice that call nobody: 刚刚, 谢谢."""
_NO_ALIAS = frozenset("vdtmrcpq")
"""Parts of speech of what somebody is told to do, or is called in no group."""
_SELDOM = 50
"""How often jieba's dictionary counts words after which no file is called."""


class _Word(NamedTuple):
    """What stands in a frame."""

    reading: Reading
    start: int
    end: int
    text: str
    medical: bool


class Meaning:
    """Judges words by the kind of the frame in which they stand."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._whatever: Mapping[str, Callable[[_Word], bool]] = {
            "surely": lambda word: True,
            "single": self._surname_alone,
            "vocative": self._called_to,
            "apart": self._with_gap,
            "ticket": self._on_ticket,
            "little": self._small,
        }
        """Of kinds for which no word is nobody from the start."""
        self._kinds: Mapping[str, Callable[[_Word], bool]] = {
            "any": lambda word: not word.medical,
            "pet": self._pet,
            "alias": self._alias,
            "called": lambda word: self._begins(word.text),
            "surname": self._surnamed,
            "noun": lambda word: self._begins(word.text) and self._is_odd(word, noun=True),
            "nick": lambda word: self._is_nick(word.text) and word.reading.known(word.text) < _SELDOM,  # 小时
            "kin": self._kin,
            "bed": lambda word: word.text not in _FARES and self.is_name(word.reading, word.start, word.end),
            "rare": self._rare,
            "act": self._acts,
            "call": self._call,
            "given": self._given,
            "hailed": self._hailed,
            "unknown": lambda word: word.reading.known(word.text) < _SELDOM and self._call(word),
            "spelled": lambda word: not word.medical or self._begins(word.text),
            "related": self._related,
            "lost": self._lost,
            "post": self._holds_post,
            "plant": lambda word: word.medical and self._begins(word.text),
            "odd": self._odd,
            "own": self._own,
            "twin": lambda word: word_list().part_of_speech(word.text)[:1] not in _NO_PET,
            "herb": self._herb,
            "clear": self._clear,
            "seldom": self._seldom,
            "signer": self._signer,
            "name": lambda word: self.is_name(word.reading, word.start, word.end),
            "owner": self._owner,
            "file": lambda word: self.is_name(word.reading, word.start, word.end, of_file=True),
        }

    def may_be(self, reading: Reading, start: int, end: int, kind: str) -> bool:
        """Whether what stands there is somebody, in a frame of this kind."""
        text = reading.text[start:end]
        word = _Word(reading, start, end, text, medical=False)
        if kind in self._whatever:
            return self._whatever[kind](word)
        if self._is_nobody(word):
            return False
        word = word._replace(medical=shipped_prose().is_medical(text))
        if word.medical and text not in shipped_herbs() and kind != "file":
            return False
        return self._kinds[kind](word)

    def _is_nobody(self, word: _Word) -> bool:
        """Whether it is a role, a word that calls nobody, or a cue."""
        text, words = word.text, self._fitting.words
        if text in words.roles or text in words.titles or text in NOT_NAMES or text in NOBODY_ACTS:
            return True
        other = text[-1] == "族" or text in _BODIES or not FUNCTION_WORDS.isdisjoint(text[1:])
        return other or word.reading.is_cue(word.start, word.end)

    def _surname_alone(self, word: _Word) -> bool:
        text, before = word.text, word.reading.text[word.start - 1 : word.start]
        if word.reading.text.startswith("师傅", word.end):
            return text == "那" or text in self._grammar.every_surname
        if before in ": " and text in self._grammar.rare_surnames:
            return True
        return text in self._grammar.surnames and not (text in MEASURES or text in FUNCTION_SURNAMES)

    @staticmethod
    def _called_to(word: _Word) -> bool:
        return word.text not in MEASURES and any(sign + word.text in word.reading.text for sign in "阿小")

    def _with_gap(self, word: _Word) -> bool:
        name = word.text.replace(" ", "")
        return (
            self._begins(name) and name not in self._fitting.words.roles and FUNCTION_WORDS.isdisjoint(name)
        )

    def _on_ticket(self, word: _Word) -> bool:
        surname, _, given = word.text.partition("/")
        every = self._grammar.every_surname
        return surname in every and given not in every and FUNCTION_WORDS.isdisjoint(given)

    def _small(self, word: _Word) -> bool:
        return word.text[1] in self._grammar.surnames or self._fitting.is_call_name(word.text)

    def _pet(self, word: _Word) -> bool:
        text = word.reading.text
        whole = text[word.end + 1 : text.find(")", word.end)]
        return not word.medical and self._grammar.quality(whole) >= _GOOD

    @staticmethod
    def _alias(word: _Word) -> bool:
        speech = word_list().part_of_speech(word.text)[:1]
        other = word.medical or speech in _NO_ALIAS or word.text[-1] in "名字号"
        return not other and word.reading.known(word.text) <= _RARELY  # 大家都叫他回家

    def _hailed(self, word: _Word) -> bool:
        other = word.text in STATES | DESCRIBES or word_list().part_of_speech(word.text)[:1] in _NO_ALIAS
        return word.text in self._grammar.given_names and not (word.medical or other)

    def _surnamed(self, word: _Word) -> bool:
        return self._begins(word.text) and self._is_odd(word, noun=False)

    def _kin(self, word: _Word) -> bool:
        grammar, text = self._grammar, word.text
        begins = grammar.surname_length(text) > 0 or text[0] in grammar.rare_surnames
        return text not in NOBODY and (begins or word.medical or text in grammar.given_names)

    def _rare(self, word: _Word) -> bool:
        verb = word_list().part_of_speech(word.text).startswith("v")
        verb = verb or word.reading.known(word.text) > _RARELY
        if not word.medical and (verb or self._is_of_map(word.text)):
            return False
        return self._is_odd(word, noun=True) and self._begins(word.text)

    def _acts(self, word: _Word) -> bool:
        text = word.text
        plain = text[0] in FUNCTION_SURNAMES or text in NOBODY
        return self._begins(text) and not (plain or self._fitting.is_verb_of(word.reading, text))

    def _call(self, word: _Word) -> bool:
        when = word.text in NOBODY or word_list().part_of_speech(word.text)[:1] in ("t", "d")
        return not (word.medical or when) and self._fitting.is_call_name(word.text)

    def _given(self, word: _Word) -> bool:
        known = word.reading.known(word.text) > 0
        other = known and not word_list().part_of_speech(word.text).startswith("nr")
        return word.text in self._grammar.given_names and not other

    def _related(self, word: _Word) -> bool:
        text = word.text
        if not self._begins(text):
            return False
        poor = len(text) > 2 and (word.medical or self._grammar.quality(text) < _LIKE)
        told = poor or text in NOBODY or text in STATES | DESCRIBES
        return not told or _NUMBERED.match(word.reading.text, word.end) is not None

    def _lost(self, word: _Word) -> bool:
        return self._begins(word.text) if word.medical else self._kinds["name"](word)

    def _holds_post(self, word: _Word) -> bool:
        grammar, text = self._grammar, word.text
        if self._begins(text) and self._is_odd(word, noun=True):
            return True
        given = text in grammar.given_names or text in grammar.name_like_words
        return given and not word.medical and text not in STATES | DESCRIBES

    def _odd(self, word: _Word) -> bool:
        if word.text[-1] == "地":
            return False  # 同事高兴地说
        return self._begins(word.text) and (word.medical or self._is_seldom(word))

    def _owner(self, word: _Word) -> bool:
        other = word.text in STATES | DESCRIBES or self._is_of_map(word.text)
        when = word_list().part_of_speech(word.text)[:1] in SELDOM_SPEECH | {"a"}
        return not (other or when) and self._kinds["name"](word)

    def _own(self, word: _Word) -> bool:
        called = word.medical or word.text in self._grammar.given_names or self._is_nick(word.text)
        return self._odd(word) or (called and word.text[-1] != "地")

    def _herb(self, word: _Word) -> bool:
        return self._begins(word.text) and (word.medical or word.text in self._grammar.name_like_words)

    def _clear(self, word: _Word) -> bool:
        likely = self._grammar.quality(word.text) >= _CLEAR
        return likely and self._fitting.cut_out(word.reading, word.start, word.end)

    def _seldom(self, word: _Word) -> bool:
        return self._fitting.is_seldom_word(word.reading, word.text) or self._kinds["name"](word)

    def _signer(self, word: _Word) -> bool:
        if word.text in STATES | DESCRIBES:
            return False
        if self._grammar.is_rarely_named(word.text):
            return not word.reading.known(word.text)
        return self._kinds["name"](word)

    def _begins(self, word: str) -> bool:
        """Whether a surname begins the word, and something follows it."""
        return 0 < self._grammar.surname_length(word) < len(word)

    def _is_odd(self, place: _Word, *, noun: bool) -> bool:
        """Whether a word may be somebody's name, though an odd one: no office, and none of those that everybody uses."""
        word = place.text
        if (
            word in NOBODY
            or word in (STATES | DESCRIBES) - {"高兴", "平安"}
            or word[-1] in _ENDS_OFFICE
            or word[0] == "权"
        ):
            return False
        if len(word) == 2 and word[0] in FUNCTION_SURNAMES and word not in shipped_herbs():
            return False
        if place.reading.known(word) > _EVERYDAY:
            return False
        if len(word) == 3 and self._grammar.quality(word) < _GOOD and word not in shipped_herbs():
            return False
        if noun and self._is_of_map(word) and word not in self._grammar.name_like_words:
            return False
        return not noun or word_list().part_of_speech(word)[:1] not in SELDOM_SPEECH

    def _is_nick(self, word: str) -> bool:
        """小代, 老禄, 小那."""
        known = self._grammar.surnames | self._grammar.rare_surnames - RARE_WORDS | {"那"}
        return word[0] in "小老阿" and len(word) == 2 and word[1] in known

    def _is_seldom(self, place: _Word) -> bool:
        """Whether it is a word that is a name as well, or seldom used, and says neither how nor when."""
        word = place.text
        if word in NOBODY or word in STATES | DESCRIBES | _FARES:
            return False
        if word[0] in "全代" and word not in self._grammar.name_like_words:
            return False  # 车主全责, 护士长代签
        seldom = self._fitting.is_seldom_word(place.reading, word) and not self._is_of_map(word)
        speech = word_list().part_of_speech(word)[:1]
        return word in self._grammar.name_like_words or (seldom and speech not in SELDOM_SPEECH | {"v"})

    def is_name(self, reading: Reading, start: int, end: int, *, of_file: bool = False) -> bool:
        """Whether it looks like a name, or is a word that is one as well; of a file also what names seldom hold: 战鹰."""
        word = reading.text[start:end]
        if word in NOBODY or shipped_prose().is_medical(word) or (of_file and self._is_of_map(word)):
            return False
        surname = self._begins(word)
        if word in self._grammar.name_like_words:
            return surname
        if word in self._grammar.given_names:
            return not of_file
        if not surname or (len(word) == 2 and word[0] in FUNCTION_SURNAMES):
            return False
        if word_list().part_of_speech(word).startswith("nr") and self._grammar.quality(word) >= _CLEAR:
            return True  # 胡杨
        if reading.known(word) > (_SELDOM if of_file else 0):
            return False
        whole = len(word) == 2 or not any(reading.known(part) for part in (word[:2], word[1:]))
        return self._grammar.quality(word) >= _GOOD or whole

    def _is_of_map(self, word: str) -> bool:
        """江苏, 华东: after places files are called as well."""
        return self._fitting.is_place(word) or word_list().part_of_speech(word) == "ns"
