"""Names behind a verb or a place of work: 请妫雨桐到3诊室, 检验科望家林."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting, of_shape
from deid.detection.names.words import DESCRIBES, STATES
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_LEADING_VERB = Screened(r"[请由让找给叫嘱问随约](?=[一-鿿])")
_HANDED = Screened(
    rf"(?:由(?:其|她|他|患者)?(?:外?孙[子女]?|儿子|女儿|室友|同事|同学|邻居|朋友|女婿|儿媳|侄[子女儿]|外甥女?|弟弟|妹妹|哥哥|姐姐)|转给|交给|移交给?|致电|转接|对接人?|责任护士|主管护士|护士长|班主任|主诊|记录|由|请(?=[{HAN}]{{2,3}}(?:签收|签字|回电|到场)))[ :]?([{HAN}]{{2,3}}?)"
    r"(?=[,。;!)、\n]|电话|代[办取签]|会诊|负责|陪[同伴诊]|[护接]送|送[来至医入]|签字|签收|回电|到场|[顶替](?:班|[,。;])|代[班记]|接手|开车|$)"
)
_DEPARTMENT = Screened(
    r"(?:[科处办组股]|[理事务勤教保险场划财]部|[务公案诊研编]室|中心"
    r"|(?:(?<=[、,:;])|(?<=[、,:;] ))(?:麻醉|呼吸|护理|财务|规培|营养|药房|检验|放射|超声|病理|康复|行政|后勤|医务|信息|心内|神内|骨科|客服|前台))"
    r"(?=[一-鿿])"
)
_NUMBERED = Regex("[0-9][a-z]?组\\Z")
_SIGNS = frozenset(",;。、(\n")


class NamesLed:
    """What words that lead to a person say about what stands behind them."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    @property
    def finders(self) -> tuple[Callable[[Reading], Iterator[Candidate]], ...]:
        return (self._handed_over, self._led, self._at_work)

    def _led(self, reading: Reading) -> Iterator[Candidate]:
        """Between a verb that takes a person and something that follows one, cut out by word boundaries."""
        text = reading.text
        for match in reading.finditer(_LEADING_VERB):
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if (
                not best
                or best.kind != "han"
                or best.quality < (0.7 if best.end - best.start == 3 else 0.85)
                or not self._words.closes(text, best.end)
            ):
                continue
            if text[best.start : best.start + 2] in self._words.roles:
                continue  # 叫孙子记在墙上
            if self._fitting.cut_out(reading, best.start, best.end):
                yield of_shape(best, 0.5, "led by a verb")

    def _handed_over(self, reading: Reading) -> Iterator[Candidate]:
        """三家客户转给安然: a word that is a name as well, where somebody must stand."""
        for match in reading.finditer(_HANDED):
            word = match[1]
            if word in self._grammar.name_like_words and self._grammar.surname_length(word):
                yield Candidate(*match.span(1), 0.55, ("handed over",))

    def _is_word_set_off(self, text: str, start: int) -> bool:
        """医政股顾盼，: a word that is a name as well, all that stands behind a department, and says not how it is there."""
        word = text[start : start + 2]
        named = word in self._grammar.name_like_words and word not in STATES | DESCRIBES
        return named and self._grammar.surname_length(word) > 0 and text[start + 2 : start + 3] in _SIGNS

    def _at_work(self, reading: Reading) -> Iterator[Candidate]:
        """Behind a department, cut out by word boundaries."""
        text = reading.text
        for match in reading.finditer(_DEPARTMENT):
            if self._is_word_set_off(text, match.end()):
                yield Candidate(match.end(), match.end() + 2, 0.55, ("place of work", "word"))
                continue
            best = self._fitting.best_at(reading, match.end(), len(text), firm=False)
            if not best or best.kind != "han" or best.quality < 0.7:
                continue
            if _NUMBERED.search(text, max(0, match.end() - 3), match.end()) and reading.known(
                text[best.start : best.start + 2]
            ):
                continue  # 1组贲门右
            if text[best.end - 1] in "路街村镇县市":  # 科苑南路
                continue
            closed = self._words.closes(text, best.end) or reading.known(text[best.end : best.end + 2])
            if closed and self._fitting.cut_out(reading, best.start, best.end):
                yield of_shape(best, 0.5, "place of work")
