"""What a field for a name holds, whatever it is: names in other scripts, and phrases that somebody is called.

姓名：Łukasz Kowalski    姓名：田中さくら    患者：Владимир Иванов    姓名：何时了　男
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.cues import NO_VALUE
from deid.detection.literals import Screened
from deid.detection.names.cued import OF_PRODUCT
from deid.detection.names.fit import PERSON, Candidate, Fitting
from deid.detection.names.words import LABEL, NOBODY_ACTS, NOT_NAMES, OF_A_FIRM
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_ROLE = Screened(r"(?:^|[\n ,;。|])(?:患者|病人|患儿|来访者|产妇|客户|会员|家属)[ ]{0,2}:[ ]{0,2}(?=\S)")
_NAMING = ("姓名", "名字", "中文名", "英文名")
_LETTER = rf"[^\W\d_{HAN}]"
_FOREIGN = Regex(
    rf"(?=[^\n,;|()]{{0,24}}?[^\W\d_A-Za-z{HAN}])(?:[{HAN}]{{1,4}}(?=[^\W\d_A-Za-z{HAN}]))?{_LETTER}+(?:[ ·.'’\-]{{1,2}}{_LETTER}+){{0,5}}(?![{HAN}0-9\-])"
)
"""Letters, one of them neither Chinese nor of the alphabet of ASCII."""
_PHRASE = Regex(rf"[{HAN}]{{2,4}}(?=[,;。)&\n\t|\"]|$|[ ]{{1,4}}(?:[男女0-9]|[{HAN}]{{2,6}}:|\n|$))")
_LINE = Regex(rf"[{HAN}]{{2,4}}(?=[ ]*(?:\n|$))")
"""What is all of the line below 姓名：."""
_CALLED_LIKE = frozenset("美女 妹妹 妹子 公子 帅哥 弟弟 姐姐 哥哥 宝宝 小妹".split())
"""Ways to call somebody that are given names as well."""
_INSTRUCTION = Regex(
    "[必选]填|隐[去名]|匿名|化名|代[号码]|省略|签[字名章]|盖章|填写|手写|打印|正楷|附[件表]|录入|脱敏|隐私|保密|不[便愿清符]|拒|[自补请]填|空白|缺失|本人|同[上前]|请勿|"
    "待[分定派补排聘核]|一律|全部|部分|[如以][下上]|登记|核对|确认|一致|错误|模糊|未[登填录留写]|无法|暂|某"
)
"""What a form says of the field itself."""


class NamesInFields:
    """What others find in a field as well they find better."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for slot in reading.slots_of(PERSON):
            if slot.support == "adjacent" or NO_VALUE.match(reading.text, slot.start):
                continue
            if slot.cue.endswith("拼音") and OF_PRODUCT.search(
                reading.text, max(0, slot.start - 60), slot.start
            ):
                continue  # 通用名：铝碳酸镁　汉语拼音：Lütansuanmei
            if foreign := self._foreign(reading.text, slot.start):
                yield foreign
                continue
            before = reading.text[max(0, slot.start - 4) : slot.start]
            led = slot.support == "cell" or before.rstrip(" \n").endswith((":", "="))
            form = _LINE if before.rstrip(" ").endswith("\n") else _PHRASE
            phrase = form.match(reading.text, slot.start, slot.end) if led else None
            if phrase and slot.cue.endswith(_NAMING) and self._is_called(reading, phrase):
                end = phrase.start() + (self._surname_alone(phrase[0]) or len(phrase[0]))
                yield Candidate(phrase.start(), end, 0.9, ("cue firm", "field"))
        for role in reading.finditer(_ROLE):
            if foreign := self._foreign(reading.text, role.end()):
                yield foreign

    @staticmethod
    def _foreign(text: str, start: int) -> Candidate | None:
        name = _FOREIGN.match(text, start)
        several = name is not None and len(name[0]) > 1  # no α-受体
        return Candidate(*name.span(), 0.96, ("cue firm", "field")) if name and several else None

    def _surname_alone(self, phrase: str) -> int:
        """Length of 薛 in 薛老师, 0 of 远志老师 and 陈美女, which may be called so."""
        surname = self._fitting.grammar.surname_length(phrase)
        titled = self._fitting.without_title(phrase) == surname and phrase[surname:] not in _CALLED_LIKE
        return surname if titled else 0

    def _is_called(self, reading: Reading, phrase: re.Match[str]) -> bool:
        words, word = self._fitting.words, phrase[0]
        listed = word in words.roles or word in words.titles or word in NOT_NAMES
        listed = listed or word in NOBODY_ACTS or bool(OF_A_FIRM.fullmatch(word) or LABEL.fullmatch(word))
        return not (listed or reading.is_cue(*phrase.span()) or _INSTRUCTION.search(word))
