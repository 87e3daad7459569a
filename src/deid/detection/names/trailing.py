"""What somebody does, of which the first character was taken for the last of the name: 小孟|接, 闻莺|拿条子, 韩雪|改为."""

from __future__ import annotations

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.leading import WHOLE_FIELD
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.reading import Reading
from deid.grammar.name import is_han

_VERBS = frozenset(
    "接开改顶拿用转排加留均采教休捎提则扎卡签填送取带跟报推做看查批写说回走到给调换值守盯帮让付退补交寄办拍录传问记"
)
_RARELY_GIVEN = 350
"""Rank among the characters of given names from which on a verb is more likely."""
_SIGNS = frozenset(",。;)")
_SURE, _NAME_LIKE, _WORSE = 0.95, 0.7, 1.5
"""How sure the tagger is of a name that stands, how name-like the rest must be, and by how much (log odds) less likely where it ends."""


class Trailing:
    """Finds where a name ends before what somebody does."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar

    def end(self, reading: Reading, candidate: Candidate) -> int:
        """Where the name in it ends."""
        text, start, end = reading.text, candidate.start, candidate.end
        last = end - 1
        if end - start not in (3, 4) or text[last] not in _VERBS or candidate.evidence[0] in WHOLE_FIELD:
            return end
        behind = text[end : end + 1]
        if not (is_han(behind) or behind in _SIGNS) or reading.likeliness(start, end) >= _SURE:
            return end
        if not self._may_end(text[start:last], text[last]):
            return end
        longer, shorter = shipped_surroundings().named(text, [(start, end), (start, last)]).tolist()
        return last if shorter > longer - _WORSE else end

    def _may_end(self, name: str, verb: str) -> bool:
        grammar = self._grammar
        if verb == name[-1] or self._fitting.foreign(name + verb):
            return False  # 高改改, 满都拉
        if grammar.given_rank.get(verb, _RARELY_GIVEN) < _RARELY_GIVEN:
            return False
        if grammar.nickname.fullmatch(name) or name in grammar.name_like_words:
            return True
        surname = grammar.surname_length(name)
        return 0 < surname < len(name) and grammar.quality(name) >= _NAME_LIKE
