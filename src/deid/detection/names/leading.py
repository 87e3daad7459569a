"""What stands before a name and was taken with it: 谢谢|敬医生, 人事|丁玲, 若|龙飞离职, 经|鲁教授, 对门|邸姐."""

from __future__ import annotations

from deid.detection.boundaries import word_list
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import BEFORE_NAME, KIN_SUFFIXES
from deid.detection.reading import Reading
from deid.grammar.name import is_han
from deid.regexes import Regex

_LEADS = frozenset(
    "好若与和经谈约连祝向把原由请让找问叫给被跟对从同将并但则因等待如凭据随求劝嘱怪按除为以令替陪转交接送见换派查代"
)
"""Verbs, prepositions and conjunctions."""
_NO_SURNAMES = frozenset("是比喂让夸诶刚叫喊催仨俩")
"""是|月霜小姐, 比|秀芳阿姨还快, 喂|苗苗, 刚|倩倩打来."""
_KIN = frozenset("父夫妻弟妹兄嫂舅媳婿")
_ENDS = frozenset("门员班孙下里系关车商科部室组")
"""Last characters of words behind which somebody is named: 对门, 陪诊员, 备班, 外孙, 问下, 联系, 有关, 随车, 供应商, 宣传科."""
_ON_PAPER = Regex("[款执费账货药检验]$|[申邀]请$|[验签接]收$")
"""Before 单, a paper: 退款单, 申请单; but not 请|单医生."""
_JOINS = frozenset("和与跟")
_ADDED_ON = Regex("微信|QQ|好友|电话")
_CALLS = frozenset("喊叫写看认当打念听登错")
WHOLE_FIELD = frozenset(
    ["cell", "cue firm", "sex or age", "kin", "self-introduction", "surname told", "called"]
)
_BY = Regex("由[一-鿿]{2}(?:代[为办领签收]|负责|处理|陪同|保管|转交|跟进|接手|顶[替班])")
"""由|丽娟代为领取."""
_SIDES = tuple("甲乙丙丁户对资院校厂买卖收付医患受让租保")
"""甲|方, 客户|方."""
_ENTRUSTS = tuple("委拜")
_SHIFT = Regex("[早中晚夜休][ ]+(?=[一-鿿]{2})|元[ ]+(?=[一-鿿])")
"""A shift in a rota or a sum, apart from who has it: 早 |小米, 900 元 |骆."""
_SPOKEN_TO = Regex("辛苦了?|麻烦|[谢感多]谢|拜托|有劳|劳烦|恭喜|欢迎|[你您]好|抱歉|对不起")
"""辛苦|娟姐."""
_LIKE_NAME, _SURE, _VERY_SURE, _CERTAIN, _GOOD = 0.6, 0.9, 0.95, 0.99, 0.7
_LISTED = frozenset("、:")


class Leading:
    """Finds where a name begins behind what leads to it."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def start(self, reading: Reading, candidate: Candidate) -> int:
        """Where the name in it begins."""
        start, end = candidate.start, candidate.end
        name = reading.text[start:end]
        if (led := _SPOKEN_TO.match(name)) and len(name) > led.end():
            return start + led.end()
        if name[:1] in _JOINS and reading.text[start - 1 : start] == ")" and self._is_whole(name[1:]):
            return start + 1  # 韩勇(1538…)和谢强
        if len(name) == 3 and name[0] == "代" and self._is_in_place_of(reading.text, start, end):
            return start + 1  # 苟大容（代|大鹏）
        if _BY.match(reading.text, start) and self._is_given(name[1:]):
            return start + 1
        if name[:1] == "方" and reading.text[start - 1 : start] in _SIDES and self._is_whole(name[1:]):
            return start + 1  # 客户方|毛建平
        if name[:1] == "托" and reading.text[start - 1 : start] in _ENTRUSTS and self._is_whole(name[1:]):
            return start + 1  # 委托|古丽娜
        shift = _SHIFT.match(name)
        if shift and not is_han(reading.text[start - 1 : start]):
            return start + shift.end()
        if (
            len(name) < 2
            or self._grammar.surname_length(name) == 2
            or self._is_whole_item(reading.text, candidate)
        ):
            return start
        if candidate.evidence[0] in WHOLE_FIELD:
            return start + self._role_before(name)
        if name[0] in _KIN and (size := self._role_before(name)):
            return start + size
        if self._is_led(reading.text, start, end):
            return start + 1
        if (
            self._fitting.foreign(name)
            or name in self._grammar.name_like_words
            or name[:3] in self._grammar.compound_surnames
        ):
            return start
        if self._fitting.is_place(name):
            return start  # 石家庄 before 客服
        if len(name) > 2 and self._is_behind_word(reading, start, end):
            return start + 2
        return start + self._is_behind_character(reading, start, end)

    def _is_in_place_of(self, text: str, start: int, end: int) -> bool:
        """Whether it stands in brackets behind who signs for somebody."""
        around = text[start - 1 : start] + text[end : end + 1]
        return around == "()" and is_han(text[start - 2]) and not self._words.role_ends(text, start - 1)

    def _is_whole_item(self, text: str, candidate: Candidate) -> bool:
        """Whether a given name and one character before it are all that stands between signs, 甲方：经国忠, or anything
        behind a surname all that stands in brackets: （向东方）."""
        start, end = candidate.start, candidate.end
        alone = not (is_han(text[start - 1 : start]) or is_han(text[end : end + 1]))
        bracketed = text[start - 1 : start] + text[end : end + 1] == "()" and text[start] != "代"
        surname = bracketed and text[start] in self._grammar.surnames
        return alone and (surname or self._is_given(text[start + 1 : end]))

    def _role_before(self, name: str) -> int:
        """The length of 儿子 in a cell 儿子滕召喜, of 弟 in 弟金哲, of what stands before 龙腾 in 父 龙腾."""
        rest = name[1:].lstrip()
        if name[0] in _KIN and self._is_whole(rest):
            return len(name) - len(rest)
        words = self._words
        sizes = (size for size in (2, 3, 4) if name[:size] in words.roles or name[:size] in words.titles)
        return next((size for size in sizes if self._is_whole(name[size:], titled=True)), 0)

    def _is_behind_word(self, reading: Reading, start: int, end: int) -> bool:
        """人事丁玲, 药房裘 before 师傅: a word, then somebody."""
        name = reading.text[start:end]
        word, rest = name[:2], name[2:]
        if not reading.known(word):
            return False
        if word in self._words.roles and len(rest) == 2 and (rest[0] == rest[1] or self._is_given(rest)):
            return True  # 孙女|甜甜
        likely, titled = reading.likeliness(start, end), self._words.title_at(reading.text, end) > 0
        speech = word_list().part_of_speech(word)
        if self._is_given(name[1:]):
            return False  # 明春兰, 周一鸣
        if len(name) > 3:
            called = titled or self._grammar.nickname.fullmatch(rest) is not None
            if (speech in ("ns", "nrt") or self._fitting.foreign(word)) and not called:
                return False  # 福岛安正, 彼得罗夫
            return likely < _SURE and self._is_whole(rest, titled=titled)
        named = likely >= _CERTAIN or (likely >= _SURE and self._grammar.quality(name) >= _GOOD)
        if not titled or rest not in self._grammar.every_surname or rest == "任":
            return False
        if speech.startswith("nr") and word not in self._grammar.ordinary_words:
            return False  # 玛丽任副主任
        return speech.startswith("t") or not named  # 周四武护士长

    def _is_led(self, text: str, start: int, end: int) -> bool:
        """Whether what leads to somebody was taken with the name: 刚|倩倩打来, 诶|亮哥, 打针时|小宝没哭, 探视时|淑芬来了."""
        rest = text[start + 1 : end]
        if len(rest) != 2:
            return False
        pet = rest[0] == rest[1] or rest[0] in "小老阿大" or rest[1] in KIN_SUFFIXES
        if text[start] == "时":
            done = word_list().part_of_speech(text[max(0, start - 2) : start]).startswith("v")
            return (pet and is_han(text[start - 1 : start])) or (done and self._is_given(rest))
        if text[start] not in _NO_SURNAMES:
            return False
        return pet or self._is_given(rest) or self._words.title_at(text, end) > 0

    def _is_behind_character(self, reading: Reading, start: int, end: int) -> bool:
        text = reading.text
        first, rest, before = text[start], text[start + 1 : end], text[start - 1 : start]
        surname, rare = first in self._grammar.surnames, first in self._grammar.rare_surnames
        role = self._words.role_ends(text, start + 1)
        if first == "加" and _ADDED_ON.search(text, max(0, start - 2), start) and self._is_whole(rest):
            return True  # 微信加程雨桐
        if first == "代" and rest in self._grammar.every_surname and self._words.title_at(text, end):
            return True  # 代|温主任回复
        if first == "单" and _ON_PAPER.search(text, max(0, start - 2), start) and self._is_whole(rest):
            return True  # 退款单|蔺娜
        if first == "成" and before in _CALLS and (self._is_whole(rest) or self._is_given(rest)):
            return True  # 喊成晓东, 写成何丽
        apart = not is_han(before) or BEFORE_NAME.search(text, max(0, start - 2), start)
        given = self._is_given(rest) and (apart or first not in _ENDS)
        if not role and (
            (given and (surname or rare)) or (surname and reading.likeliness(start, end) >= _VERY_SURE)
        ):
            return False
        ends = role or (first in _ENDS and self._ends_word(reading, start))
        leads = first in _LEADS and not (surname and before in _LISTED)
        if not (ends or (leads and not self._words.role_ends(text, start))):
            return False
        if len(rest) == 1:
            return rest in self._grammar.every_surname and self._words.title_at(text, end) > 0
        return self._is_whole(rest) or (ends and not surname and rest in self._grammar.given_names)

    def _is_given(self, name: str) -> bool:
        """海军 in 代海军: what a surname and a given name may make stays whole, for half of it tells who it is."""
        return len(name) == 2 and name in self._grammar.given_names

    def _ends_word(self, reading: Reading, last: int) -> bool:
        """Whether the character is the last of a word, or of a shift: 外孙, 陪诊员, A班."""
        before = reading.text[last - 1 : last]
        if is_han(before):
            rare = reading.text[last] not in self._grammar.surnames
            words = (reading.text[max(0, last - size) : last + 1] for size in (1, 2))
            return rare or any(reading.known(word) > 0 for word in words)
        return reading.text[last] == "班" and before.isalnum()

    def _is_whole(self, name: str, *, titled: bool = False) -> bool:
        """Whether it is a whole name by itself; with `titled` also what begins with a surname, or 翠姐."""
        grammar = self._grammar
        if grammar.nickname.fullmatch(name) or (titled and len(name) == 2 and name[1] in KIN_SUFFIXES):
            return True
        worded = name in grammar.name_like_words or (len(name) == 2 and name[1] in KIN_SUFFIXES)
        return grammar.surname_length(name) > 0 and (titled or worded or grammar.quality(name) >= _LIKE_NAME)
