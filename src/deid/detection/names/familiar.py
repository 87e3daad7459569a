"""小孔, 老车 by their surroundings: what colleagues call somebody, where it is a word as well.

放小曲抽屉    记录 小叶    孔令菊 … 小孔那里有价目表    but not 一支小曲, 肺小叶
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import FIRM, Candidate, Fitting
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.reading import Reading

_CALLED = Screened("[小老][一-鿿]")
_OF_ALL = frozenset("师时区程班计费年板乡百")
"""老师, 小时, 小区: words of everybody's."""
_NAMED, _WORD, _NAMED_SELDOM, _NAMED_FULL = -1.5, -1.0, 1.0, -5.0
"""Log odds of surroundings from which on somebody is meant; of words; of rare surnames; and where somebody of that surname is named in the text."""
_SCORE = 0.62


class FamiliarNames:
    """Proposes surnames behind 小 and 老 that the other finders left."""

    def __init__(self, fitting: Fitting) -> None:
        self._grammar = fitting.grammar

    def find(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        text = reading.text
        called = [
            match.span()
            for match in reading.finditer(_CALLED)
            if match[0][1] in self._grammar.every_surname and match[0][1] not in _OF_ALL
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


def _is_weak(candidate: Candidate) -> bool:
    """Whether a list of words may refuse it: 记录 小叶."""
    return candidate.evidence[-1] == "nickname" and candidate.evidence[0] not in FIRM
