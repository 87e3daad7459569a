"""Names in long records that tell of nobody otherwise: there the tagger, or a role, is believed with more care."""

from __future__ import annotations

from collections.abc import Sequence

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.tagged import ACTING
from deid.detection.names.words import ADVERBS, FUNCTION_SURNAMES
from deid.detection.reading import Reading
from deid.grammar.name import is_han

_LONG = 150
"""Characters of a text in which somebody would be told of in other ways, too."""
_UNLIKELY = 0.6
"""Quality below which a name is hardly one."""
_SURE, _VERY_SURE = 0.8, 0.97
"""How sure the tagger is of somebody, and of somebody whom a text is about."""
_RARE_WORD, _OFTEN = 10, 100
"""Counts of a word that reaches into a stretch from before, and of one that makes up most of it or goes on behind."""
_UNTOLD = frozenset(
    ["tagger", "role", "given name of one", "certain elsewhere", "word elsewhere", "alone", "led by a verb"]
)
_BORDERS = ("", ",", "|", ";", "\t", "\n")


class LonelyNames:
    """What the look of words alone says of persons."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def are_all(self, reading: Reading, judged: Sequence[tuple[Candidate, str]]) -> bool:
        """Whether only the look of words tells of persons in a long text."""
        if len(reading.text) <= _LONG or any(
            not refusal and name.evidence[0] not in _UNTOLD for name, refusal in judged
        ):
            return False
        # a text in which it is very sure of two persons tells of them
        seen = {
            reading.text[tag.start : tag.end]
            for tag in reading.tagged
            if tag.label == "PER" and tag.score >= _VERY_SURE and tag.end - tag.start == 3
        }
        return len(seen) < 2

    def stands(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether the tagger, or a role, may be believed alone, in a long text that tells of nobody otherwise."""
        text, start, end = reading.text, candidate.start, candidate.end
        if text[start - 1 : start] in _BORDERS and text[end : end + 1] in _BORDERS:
            return True
        name = text[start:end]
        if "·" in name or ACTING in candidate.evidence:
            return True
        word = reading.known(name) > 0 and len(name) == 2
        unlikely = word or self._fitting.grammar.quality(name) < _UNLIKELY
        role, sure = candidate.evidence[0] == "role", reading.likeliness(start, end) >= _SURE
        if unlikely:
            return role and sure and text[start] not in FUNCTION_SURNAMES | ADVERBS
        doubtful = FUNCTION_SURNAMES if sure else FUNCTION_SURNAMES | ADVERBS
        compound = self._fitting.grammar.surname_length(text, start) == 2
        told = (role or sure) and (compound or text[start] not in doubtful)
        return told or not self._is_among_words(reading, start, end)

    def _is_among_words(self, reading: Reading, start: int, end: int) -> bool:
        """Whether words make up the stretch, or reach into it: 患者常首先, 边缘叶, 横突孔增生, 冷脓肿张力高."""
        text, names = reading.text, self._fitting.grammar.name_like_words
        before, inside, behind = text[start - 1 : start + 1], text[start + 1 : end], text[end - 1 : end + 1]
        first = text[start : end - 1]
        if (
            text[start] in FUNCTION_SURNAMES
            and is_han(before[:1])
            and not self._fitting.words.opens(text, start)
        ):
            return True  # 流行于冬春季节
        return (
            (len(before) == 2 and reading.known(before) > _RARE_WORD)
            or (len(behind) == 2 and reading.known(behind) > _OFTEN)
            or (len(inside) == 2 and inside not in names and reading.known(inside) > _OFTEN)
            or (len(first) == 2 and first not in names and reading.known(first) > _OFTEN)
        )
