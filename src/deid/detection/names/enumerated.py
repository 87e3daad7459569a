"""Words in enumerations of words: 包治、根治、百分之百, where none of the others can be anybody; herbs among herbs."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DOSE_AFTER
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_BEFORE = Regex(rf"([{HAN}]{{1,8}})、\Z")
_AFTER = Regex(rf"、([{HAN}]{{1,8}})")
_DOSE = r"(?:[ ]?[0-9.]{1,4}(?:g|克))?"
_REMEDY_BEFORE = Regex(rf"([{HAN}]{{2,6}}){_DOSE}[、, ]\Z")
_REMEDY_AFTER = Regex(rf"{_DOSE}[、, ]([{HAN}]{{2,6}})")
_REMEDIES = frozenset(["herbs", "drugs", "brands"])
_PREPARED = frozenset("炒炙生制焦酒醋盐姜蜜煅熟")
"""How a herb is prepared, before its name."""
_LOOKS = frozenset(["tagger", "label"])
_FURTHER, _REACH, _REACH_OF_DOSES = 4, 9, 12
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
        others = list(_others(text, candidate, _BEFORE, _AFTER, _REACH))
        return len(others) >= _LEAST and not any(self._may_be_somebody(reading, *span) for span in others)

    def is_among_remedies(self, text: str, candidate: Candidate) -> bool:
        """Whether it stands among herbs or drugs of which two at least begin with no surname: 平贝 of 川贝、浙贝、平贝."""
        start, end = candidate.start, candidate.end
        if "、" not in (text[start - 1 : start], text[end : end + 1]) and not DOSE_AFTER.match(text, end):
            return False  # who prescribed, behind the last of them
        others = _others(text, candidate, _REMEDY_BEFORE, _REMEDY_AFTER, _REACH_OF_DOSES)
        return sum(self._is_remedy(text[first:last]) for first, last in others) >= _LEAST

    def _is_remedy(self, item: str) -> bool:
        grammar, protected = self._fitting.grammar, self._fitting.protected
        if item not in protected and item[0] in _PREPARED:
            item = item[1:]
        return protected.get(item) in _REMEDIES and not grammar.surname_length(item)

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


def _others(
    text: str, candidate: Candidate, before: Regex, after: Regex, reach: int
) -> Iterator[tuple[int, int]]:
    """Where the items of an enumeration are, outwards from the candidate on either side."""
    start, end = candidate.start, candidate.end
    for _ in range(_FURTHER):
        found = before.search(text[max(0, start - reach) : start])
        if found is None:
            break
        first = max(0, start - reach)
        start = first + found.start(1)
        yield start, first + found.end(1)
    for _ in range(_FURTHER):
        found = after.match(text, end)
        if found is None:
            break
        yield found.span(1)
        end = found.end()
