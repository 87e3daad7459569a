"""Names, words that are names as well, and rare surnames, in frames that leave room for nobody but a person."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.frames import DIALLED, FRAMES, LISTED, SURE
from deid.detection.names.words import (
    DESCRIBES,
    FUNCTION_SURNAMES,
    NOBODY,
    STATES,
    shipped_herbs,
    shipped_points,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han
from deid.regexes import Regex

_NOBODY_DIALLED = FUNCTION_SURNAMES | frozenset("车药钱包房床水单路班项商计党号成全")
"""Surnames that are looked for by telephone as well: 找车 138…"""
_WORKS = Regex("负责|处理|关闭")
"""What herbs and tablets do in a prescription as well."""
_ITEM = Regex(rf"(?<![{HAN}(])[{HAN}]{{2,3}}(?![{HAN}:])")
_VERY_SURE = 0.97
"""How sure the tagger is of somebody whose name says how one is: 严肃（总经理）."""
_GOOD = 0.6
"""Quality of a name that nothing but its frame tells of."""
_DESCRIBING = STATES | DESCRIBES
_QUALITIES = _DESCRIBING - {"平安", "高兴", "康复", "文静", "安静"}
"""Words that say how somebody fares or is: somebody only where nothing else can stand."""
_OF_PATIENTS = frozenset(["平安", "安静", "康复"])
"""How a patient fares, or gives birth: 产妇平安分娩, 3床安静."""
_OFFICE = Regex("[店部科室组院处站区县市路号楼行厂库层所房台员师间]$")
"""Ends of what has a telephone of its own and is nobody: 城东店　电话…"""
_NO_NOUNS = ("d", "c")
"""Parts of speech of words that stand before no noun: 何必医生会诊, 陆续（家属）, 收件人 何必 13912345678."""
_HERBS_TOO = frozenset(
    [
        "signs",
        "sends",
        "kin",
        "couple",
        "people",
        "identified",
        "reached by",
        "row",
        "named",
        "told apart",
        "dealt with",
        "for whom",
        "works with",
        "told",
        "on duty",
    ]
)
"""Frames in which a herb that begins with a surname is somebody as well: 亲爱的苏木，"""
_FIRMEST = frozenset(
    ["comes", "kin", "people", "identified", "sends", "couple", "in bed", "list", "reached by"]
)


class RequiredNames:
    """What may be a name, however unlikely elsewhere, in frames of records."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for evidence, match in FRAMES.matches(reading):
            start, end = match.span(match.lastindex or 0)
            if self._may_be_named(reading, start, end, evidence):
                yield Candidate(start, end, 0.7, ("required", evidence))
        for evidence, match in SURE.matches(reading):
            group = match.lastindex or 0
            if self._may_call(match[group]):
                yield Candidate(*match.span(group), 0.7, ("required", evidence))
        for match in reading.finditer(DIALLED):
            if match[1] in self._grammar.surnames and match[1] not in _NOBODY_DIALLED:
                yield Candidate(*match.span(1), 0.7, ("required", "identified"))
        for run in reading.finditer(LISTED):
            for item in _ITEM.finditer(run[1]):
                start, end = run.start(1) + item.start(), run.start(1) + item.end()
                if self._may_be_named(reading, start, end, "list") and not reading.is_cue(start, end):
                    yield Candidate(start, end, 0.7, ("required", "list"))

    def _may_call(self, word: str) -> bool:
        """Whether people are called by the word: 茯苓, 关元, 江山."""
        named = word in shipped_herbs() or word in shipped_points() or word in self._grammar.name_like_words
        other = word in _DESCRIBING or word in self._words.roles or word_list().part_of_speech(word) == "t"
        return named and not other  # 国庆请假

    def _may_be_named(self, reading: Reading, start: int, end: int, evidence: str) -> bool:
        word = reading.text[start:end]
        if word in NOBODY or word in self._words.titles or word in self._words.roles:
            return False
        seen = reading.likeliness(start, end) >= _VERY_SURE
        if word in _QUALITIES and evidence not in _FIRMEST and not seen:
            return False
        if word in _OF_PATIENTS and evidence in ("role", "in bed", "on duty"):
            return False
        if evidence == "reached at":
            other = (
                _OFFICE.search(word)
                or any(self._fitting.is_place(word[:size]) for size in (2, 3, 4))
                or self._words.role_ends(word, len(word))
            )
            return not other and self._fitting.is_foreign_run(reading, start, end)
        if evidence == "works with" and self._fitting.is_place(word):
            return False  # 由苏州处理
        if evidence == "on duty" and word_list().part_of_speech(word) == "t":
            return False  # 国庆值班
        if word in self._grammar.name_like_words:
            return self._grammar.surname_length(word) > 0
        if word in shipped_herbs():
            if reading.text[start - 1 : start] == "、" and shipped_prose().is_medical(
                reading.text[max(0, start - 3) : start - 1]
            ):
                return False  # 主供连翘、柴胡，身份证…
            if evidence == "works with" and _WORKS.match(reading.text, end):
                return False  # 由黄芪负责补气
            return evidence in _HERBS_TOO and 0 < self._grammar.surname_length(word) < len(word)
        if evidence == "reached by" and self._fitting.is_surname_and_more(word):
            return True
        apart = evidence == "told apart" or (
            evidence in ("identified", "row") and not reading.text[end : end + 1].isalnum()
        )
        if apart and word_list().part_of_speech(word) in _NO_NOUNS:
            return self._fitting.is_surname_and_more(word)
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
