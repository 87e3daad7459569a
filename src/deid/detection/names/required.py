"""Names, words that are names as well, and rare surnames, in frames that leave room for nobody but a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.frames import ANY_FRAME, FRAMES, LISTED
from deid.detection.names.words import DESCRIBES, FUNCTION_SURNAMES, STATES
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han

_ITEM = re.compile(rf"(?<![{HAN}(])[{HAN}]{{2,3}}(?![{HAN}:])")
_GOOD = 0.6
_QUALITIES = (STATES | DESCRIBES) - {"平安", "高兴", "康复", "文静", "安静"}
"""Words that say how somebody fares or is: somebody only where nothing else can stand."""
_OF_PATIENTS = frozenset(["平安", "安静", "康复"])
"""How a patient fares, or gives birth: 产妇平安分娩, 3床安静."""
_FIRMEST = frozenset(["comes", "kin", "people", "identified", "sends", "couple", "in bed", "list"])
_NOBODY = frozenset(
    "计划 任意 平时 时常 时间 全程 全部 全体 全科 公司 单位 常用 应急 和平 安全 全国 常年 经常 成人 成年 商量 "
    "毕竟 应有 平均 明天 明日 明年 明显 高热 高烧 高温 高危 高血 平素 任何 何时 何人 向来 从来 单纯 单方 成立 "
    "强化 方向 方面 习惯 战友 房东 包含 时期 安排 安装 留观 留置 来访 来源 来临 宁愿 甘愿 时刻 温度 毕业 常规 全员 全年 全身 "
    "全天 公告 严重 段落 施工 施行 方案 方法 程度 向导 管理 项目 计算 许多 应用 应该 应当 水平".split()
)
"""Words that say when, how or what, wherever they stand."""


class RequiredNames:
    """What may be a name, however unlikely elsewhere, in frames of records."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for evidence, frame in FRAMES if reading.screens & ANY_FRAME else ():
            for match in reading.finditer(frame):
                start, end = match.span(match.lastindex or 0)
                if self._may_be_named(reading, start, end, evidence):
                    yield Candidate(start, end, 0.7, ("required", evidence))
        for run in reading.finditer(LISTED):
            for item in _ITEM.finditer(run[1]):
                start, end = run.start(1) + item.start(), run.start(1) + item.end()
                if self._may_be_named(reading, start, end, "list") and not reading.is_cue(start, end):
                    yield Candidate(start, end, 0.7, ("required", "list"))

    def _may_be_named(self, reading: Reading, start: int, end: int, evidence: str) -> bool:
        word = reading.text[start:end]
        if word in _NOBODY or word in self._words.titles or word in self._words.roles:
            return False
        if word in _QUALITIES and evidence not in _FIRMEST:
            return False
        if word in _OF_PATIENTS and evidence in ("role", "in bed"):
            return False
        if evidence == "works with" and self._fitting.is_place(word):
            return False  # 由苏州处理
        if word in self._grammar.name_like_words:
            return self._grammar.surname_length(word) > 0
        return self._is_likely(reading, start, end) or self._fitting.is_rare_name(reading, word)

    def _is_likely(self, reading: Reading, start: int, end: int) -> bool:
        """金慧敏 before 微信, at the start of a clause: a surname, characters of given names, and no word."""
        if is_han(reading.text[start - 1 : start]):
            return False  # 由梅塔省负责
        name = reading.text[start:end]
        word = self._fitting.is_other_word(name) or self._fitting.is_known_word(reading, start, end)
        surname = self._grammar.surname_length(name)
        named = 0 < surname < len(name) <= surname + 2 and name[0] not in FUNCTION_SURNAMES
        return named and not word and self._grammar.quality(name) >= _GOOD
