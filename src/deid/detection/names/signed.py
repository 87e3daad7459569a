"""Surnames alone where those sign who did something: 读片：陆/吴秀琴, 发药 冯, 审批：采购-鞠, 综合部 黎 2024.6.5, 签署：詹____, MacLeod & 董.

Such a surname is all that stands between the act or the office and the end of the field. What says how
something is may stand there as well (检验：高, 宽____), so surnames that do so need another name beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import FUNCTION_SURNAMES
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_ACTS = (
    "[读阅审写]片|诊断|报告|检[验查]|审[核方批签]|[复审]核|核对|校对|调[配剂]|[发配煎取送][药样]|处方|开[方单]|[医药技护]师|[医药]士|护士|记录|录入|登记|制[单表图]|"
    "填[表报]|经[办手]|批准|验[收讫]|[交接]班|采[血样购]|[送收]检|签[发收署字名]|接[收诊]|收[款费讫]|[出会]计|出纳|财务|主[管检刀]|[一二]助|麻醉|带教|值班|巡回|器械|随访|回访"
)
_ACT_IN_SHORT = "[核审校批录制检验配发收付领医护]"
_END = rf"(?=[,;。\n)]|_{{2}}|[ ]+[{HAN}]{{1,6}}[: ]|[ ]+[0-9〇一二三四五六七八九十]|[ ]*(?:\n|\Z))"
_SIGNED = Screened(
    rf"(?:(?<![{HAN}])(?P<act>[{HAN}]{{0,4}}(?:{_ACTS})[人者员]?|{_ACT_IN_SHORT}):[ ]{{0,2}}|(?:(?<=[ \n])|\A)(?P<done>{_ACTS})[ ]{{1,3}})"
    rf"(?P<who>[{HAN}]{{1,3}}(?:[ ]?[/、&][ ]?[{HAN}]{{1,3}}){{0,3}}){_END}"
)
_HAS_RESULT = Regex(
    r"(?:.*(?:诊断|检[验查]|报告|随访|回访|调配|[发配煎取送][药样]|处方|开[方单]|[交接]班|审核|主管))"
)
"""Acts and offices behind which it is told as well how something is: 检验：阳, 审核：高."""
_NAME = Regex(rf"[{HAN}]+")
_OFFICE = r"采购|财务|会计|出纳|行政|人事|运营|商务|法务|客服|前台|仓库|库管|部门|申请|经办|质控|医务|护理|信息|市场|销售|总办|药房|检验|放射|超声|病理|窗口|收费|后勤|物业|合规|风控|内审"
_OF_OFFICE = Screened(
    rf"(?<![{HAN}])(?:{_OFFICE})(?:[部科室处组]|主管|经理|员|岗)?[ ]?[-—·][ ]?([{HAN}])(?=[ ]*(?:[/,;、。)\n]|\Z)|[ ]+[{HAN}])"
)
_OF_YEAR = r"[01]?[0-9][月./-][0-3]?[0-9]日?"
_DAY = rf"(?:(?:19|20)?[0-9]{{2}}[年./-])?{_OF_YEAR}"
_DATED = Screened(
    rf"(?:(?P<body>[{HAN}]{{1,8}}(?:部|科|室|处|组|中心|办|站|店|所))|(?P<who>(?:查勘|理赔|审核|复核|保管|库管|经办|登记|录入|收银|化验|检验|护理|陪诊|公证|核保|调查|调解|管理)[员人]|护士长?|药师|医[师生]|技师|出纳|会计|财务))"
    rf"(?P<gap>[ ]{{0,4}})(?P<name>[{HAN}])[ ]{{1,4}}{_DAY}(?=[ ]*(?:[)\n]|\Z))"
)
_DATED_ALONE = Screened(
    rf"(?:\A|\n)[ ]*([{HAN}])[ ]{{1,4}}(?:19|20)[0-9]{{2}}[年./-]{_OF_YEAR}(?=[ ]*(?:\n|\Z))"
)
_BESIDE_LETTERS = Screened(rf"(?<![A-Za-z])[A-Z][A-Za-z'’-]+[ ]?&[ ]?([{HAN}])(?=[ ,;)\n]|\Z)")
_BLANKS = Screened(rf"(?<![{HAN}])([{HAN}])_{{3,}}")
_SIGNING = Regex(r"签[署字名章]|[甲乙丙]方|代表|委托人|受托人|立据|经办|见证")
_NO_SURNAMES = FUNCTION_SURNAMES - frozenset("于向任应时籍")
_MEASURES = frozenset("高平常左宽温时年单计双长全原明满通关开终阴阳白黄黑水门")
"""Surnames that say how something is, or lead to a blank."""


class SignedNames:
    """Surnames below, behind and among what was signed."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar

    def find(self, reading: Reading) -> Iterator[Candidate]:
        yield from self._behind_acts(reading)
        for match in reading.finditer(_OF_OFFICE):
            if self._is_surname(match[1], alone=True):
                yield Candidate(*match.span(1), 0.9, ("cue firm", "signed"))
        for match in reading.finditer(_DATED):
            surname = match["name"]
            apart = bool(match["gap"]) or self._is_clear(surname)
            if apart and self._is_surname(surname, alone=not match["gap"]):
                yield Candidate(*match.span("name"), 0.9, ("cue firm", "signed"))
        for match in (*reading.finditer(_DATED_ALONE), *reading.finditer(_BESIDE_LETTERS)):
            if self._is_surname(match[1], alone=False):
                yield Candidate(*match.span(1), 0.9, ("cue firm", "signed"))
        for match in reading.finditer(_BLANKS):
            line = reading.text.rfind("\n", 0, match.start()) + 1
            if self._is_surname(match[1], alone=True) and _SIGNING.search(reading.text, line, match.start()):
                yield Candidate(*match.span(1), 0.9, ("cue firm", "signed"))

    def _behind_acts(self, reading: Reading) -> Iterator[Candidate]:
        """读片：陆/吴秀琴, 核：华: surnames and names, and nothing else in the field."""
        for match in reading.finditer(_SIGNED):
            items = [item.span() for item in _NAME.finditer(reading.text, *match.span("who"))]
            names = [reading.text[slice(*item)] for item in items]
            singles = [name for name in names if len(name) == 1]
            alone = len(names) == len(singles)
            if not singles or not all(self._is_surname(name, alone=alone) for name in singles):
                continue
            result = alone and _HAS_RESULT.fullmatch(match["act"] or match["done"])
            if result and not any(map(self._is_clear, singles)):
                continue
            if all(len(name) == 1 or self._is_whole(name) for name in names):
                yield from (Candidate(*item, 0.9, ("cue firm", "signed")) for item in items)

    def _is_surname(self, character: str, *, alone: bool) -> bool:
        """Whether a character is a surname; `alone` where nothing else says so, and words of measure are none."""
        known = character in self._grammar.surnames and character not in _NO_SURNAMES
        return known and not (alone and character in _MEASURES)

    def _is_clear(self, surname: str) -> bool:
        return surname not in self._grammar.ambiguous_surnames

    def _is_whole(self, name: str) -> bool:
        """Whether it is a surname and a given name, even if a word as well: 杨柳."""
        size = self._grammar.surname_length(name)
        named = name in self._grammar.name_like_words or self._grammar.quality(name) >= 0.5
        return 0 < size < len(name) and named
