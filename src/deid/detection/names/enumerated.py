"""Words in enumerations of words: 包治、根治、百分之百, where none of the others can be anybody."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_BEFORE = Regex(rf"([{HAN}]{{1,8}})、\Z")
_AFTER = Regex(rf"、([{HAN}]{{1,8}})")
_LOOKS = frozenset(["tagger", "label"])
_FURTHER, _REACH = 4, 9
"""How many words on either side are looked at, each within so many characters."""
_LEAST = 2
"""Words beside it that make an enumeration."""
_NAME_LIKE, _LIKE_MOST = 0.4, 0.6
"""Quality of what may be a name, and of most names."""


class Enumerations:
    """Tells names in lists from words in lists."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def is_among_words(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether what looks like a name of two characters, or is or begins with a word (康乃馨, 杨桃少吃), stands among two words or more that are all no names."""
        text, start, end = reading.text, candidate.start, candidate.end
        if candidate.evidence[0] not in _LOOKS or "、" not in (text[start - 1 : start], text[end : end + 1]):
            return False
        name = text[start:end]
        worded = len(name) == 3 and (reading.known(name) or reading.known(name[:2]))
        if not (len(name) == 2 or worded):
            return False
        if reading.tagged_as(start, end) and self._is_named(reading, name):
            return False
        others = list(self._others(text, candidate))
        return len(others) >= _LEAST and not any(self._may_be_somebody(reading, *span) for span in others)

    @staticmethod
    def _others(text: str, candidate: Candidate) -> Iterator[tuple[int, int]]:
        start, end = candidate.start, candidate.end
        for _ in range(_FURTHER):
            before = _BEFORE.search(text[max(0, start - _REACH) : start])
            if before is None:
                break
            first = max(0, start - _REACH) + before.start(1)
            yield first, start - 1
            start = first
        for _ in range(_FURTHER):
            after = _AFTER.match(text, end)
            if after is None:
                break
            yield after.span(1)
            end = after.end()

    def _is_named(self, reading: Reading, word: str) -> bool:
        """王静, 李云: no word, and as name-like as most names."""
        return not reading.known(word) and self._fitting.grammar.quality(word) >= _LIKE_MOST

    def _may_be_somebody(self, reading: Reading, start: int, end: int) -> bool:
        fitting, item = self._fitting, reading.text[start:end]
        if fitting.without_title(item) or any(True for _ in fitting.words.find_roles(item)):
            return True
        if reading.tagged_as(start, end) and self._is_named(reading, item):
            return True
        if item in fitting.grammar.name_like_words or fitting.is_other_word(item):
            return False
        if len(item) == 2 and reading.known(item):
            return False
        if reading.tagged_over(start, end) or (len(item) > 2 and fitting.foreign(item)):
            return True
        return fitting.grammar.quality(item) >= _NAME_LIKE or fitting.grammar.is_rarely_named(item)
