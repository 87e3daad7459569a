"""小孔, 老车 by their surroundings: what colleagues call somebody, where it is a word as well; and 琼姐, 炳叔.

放小曲抽屉    记录 小叶    孔令菊 … 小孔那里有价目表    but not 一支小曲, 肺小叶
琼姐说明天来    这事问炳叔    but not 您妹妹, 月嫂说
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import FIRM, Candidate, Fitting
from deid.detection.names.nobody import is_said
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.reading import Reading
from deid.grammar.name import HAN

_CALLED = Screened("[小老][一-鿿]")
_KINDLY = Screened(
    rf"[姐哥叔姨婶嫂伯爹](?<=[{HAN}].)(?:(?<![{HAN}]..)|(?<=[问找跟请让叫约说是夸替等陪谢]..))"
    r"(?=[,。;:!、)\n ]|$|是|说|已|问|讲|在|来|去|到|今|明|昨|生日|家的|那边|带|把|就|答|打|介绍|顶|借[的了我]|要[的了]|给[我你他她]|陪[我你他她]|送[我你来]|细心|人[很真]|[真太][好热厉棒])"
)
"""A character of given names and a relation, between what stands around names."""
_NOT_KINDLY = frozenset(
    "其此该表堂姑舅叔伯干胞幺我你您他她它俺咱的了嫡亲学师空令月军家么某那这哪位着者说好让把给和与及是在有没被托谢啊哦嗯哈一二三四五六七八九十老后大小奶房问帮陪接找跟叫约请姐哥姨婶嫂爹"
)
"""表姐, 月嫂, 您哥: what stands before a relation and is no name."""
_OF_ALL = frozenset("师时区程班计费年板乡百")
"""老师, 小时, 小区: words of everybody's."""
_NAMED, _WORD, _NAMED_SELDOM, _NAMED_FULL = -1.5, -1.0, 1.0, -5.0
"""Log odds of surroundings from which on somebody is meant; of words; of rare surnames; and where somebody of that surname is named in the text."""
_SCORE = 0.62


class FamiliarNames:
    """Proposes surnames behind 小 and 老, and characters before relations, that the other finders left."""

    def __init__(self, fitting: Fitting) -> None:
        self._grammar = fitting.grammar

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        yield from self._kindly(reading)
        text = reading.text
        called = [
            match.span()
            for match in reading.finditer(_CALLED)
            if match[0][1] in self._grammar.every_surname
            and match[0][1] not in _OF_ALL
            and not is_said(text, *match.span())
        ]
        if not called:
            return
        taken = {position for c in candidates if not _is_weak(c) for position in range(c.start, c.end)}
        named = {text[c.start] for c in candidates if c.end - c.start > 1}
        spans = [span for span in called if taken.isdisjoint(range(*span))]
        spans = [(start, end) for start, end in spans if {start, end} <= reading.boundaries(start, end)]
        if not spans:
            return
        for (start, end), odds in zip(spans, shipped_surroundings().named(text, spans).tolist(), strict=True):
            least = (
                _NAMED_FULL
                if text[start + 1] in named
                else _WORD
                if reading.known(text[start:end])
                else _NAMED
                if text[start + 1] in self._grammar.surnames
                else _NAMED_SELDOM
            )
            if odds >= least:
                yield Candidate(start, end, _SCORE, ("surroundings", "nickname"))

    def _kindly(self, reading: Reading) -> Iterator[Candidate]:
        """What somebody younger calls a person: 琼姐."""
        for match in reading.finditer(_KINDLY):
            start, end = match.start() - 1, match.end()
            name, grammar = reading.text[start:end], self._grammar
            is_of_names = name[0] in grammar.given_rank or name[0] in grammar.surnames
            if (
                is_of_names
                and name[0] not in _NOT_KINDLY
                and not reading.known(name)
                and {start, end} <= reading.boundaries(start, end)
            ):
                yield Candidate(start, end, _SCORE, ("surroundings", "nickname"))


def _is_weak(candidate: Candidate) -> bool:
    """Whether a list of words may refuse it: 记录 小叶."""
    return candidate.evidence[-1] == "nickname" and candidate.evidence[0] not in FIRM
