"""Names in rolls: who is on duty on which weekday, and who heads the lines below 同学录 or 花名册.

    值日：周一 许诺 东方　周二 时光 关键
    老同学录 / 庄稼　县农技站 / 江山　病故

Any word may be somebody there, so it takes others in the roll that are known to be persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import LABEL, NOBODY_ACTS, NOT_NAMES
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_WEEKDAY = "(?:周|星期)[一二三四五六日天]"
_WEEK = Screened(
    rf"(?:值日|值班|值周|排班|轮值|当班|值夜|带班|护学岗|打扫|卫生)[^\n]{{0,12}}?[:\n ][ \n]*"
    rf"(?P<days>{_WEEKDAY}[: ]{{0,2}}[{HAN}]{{2,4}}[^\n]{{0,200}})"
)
_OF_DAY = Regex(
    rf"{_WEEKDAY}[: ]{{0,2}}([{HAN}]{{2,4}}(?:[ 、/,][{HAN}]{{2,4}}){{0,4}})(?=[ ]*(?:[;。,\n]|{_WEEKDAY}|\Z))"
)
_ROLL = Screened(
    rf"(?m:^)[^\n]{{0,12}}(?:同学录|通讯录|花名册|名册|(?:人员|员工|学员|成员|志愿者|参会|嘉宾|住户|租户)名单|签到表|联系表)[^\n]{{0,8}}\n"
    rf"(?P<lines>(?:[ ]*(?:[0-9]{{1,2}}[.、 ])?[ ]?[{HAN}]{{2,4}}(?:[ \t|,]{{1,4}}[^\n]{{0,60}})?(?:\n|\Z)){{3,60}})"
)
_HEAD = Regex(rf"(?m:^)[ ]*(?:[0-9]{{1,2}}[.、 ])?[ ]?([{HAN}]{{2,4}})")
_WORD = Regex(rf"[{HAN}]+")
_NO_PERSONS = tuple("科室部班诊楼院课组区岗线床号表单值休")
"""The last characters of what else is told of a day: 外科, 早班, 停诊."""
_LEAST, _PART = 3, 3
"""So many in a roll, and one of so many of them has to be known."""


class NamesInRolls:
    """Finds those in a roll whom nothing else shows."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        known = {c.start for c in candidates}
        for items in self._rolls(reading):
            told = sum(start in known for start, _ in items)
            if len(items) < _LEAST or _PART * told < len(items):
                continue
            for start, end in items:
                if start not in known and self._may_be_named(reading, start, end):
                    yield Candidate(start, end, 0.8, ("required", "roll"))

    @staticmethod
    def _rolls(reading: Reading) -> Iterator[list[tuple[int, int]]]:
        """The items of each roll."""
        text = reading.text
        for week in reading.finditer(_WEEK):
            days = _OF_DAY.finditer(text, *week.span("days"))
            yield [word.span() for day in days for word in _WORD.finditer(text, *day.span(1))]
        for roll in reading.finditer(_ROLL):
            yield [line.span(1) for line in _HEAD.finditer(text, *roll.span("lines"))]

    def _may_be_named(self, reading: Reading, start: int, end: int) -> bool:
        word, words = reading.text[start:end], self._fitting.words
        if word in words.roles or word in words.titles or word in NOT_NAMES or word in NOBODY_ACTS:
            return False
        if word.endswith(_NO_PERSONS) or LABEL.fullmatch(word) or reading.is_cue(start, end):
            return False
        when = word_list().part_of_speech(word)[:1] in ("t", "m")
        return not (when or shipped_prose().is_medical(word))
