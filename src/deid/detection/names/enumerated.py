"""Words in enumerations of words: 包治、根治、百分之百, where none of the others can be anybody; herbs among herbs."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DOSE_AFTER, shipped_herbs
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_BEFORE = Regex(rf"([{HAN}]{{1,8}})、\Z")
_AFTER = Regex(rf"、([{HAN}]{{1,8}})")
_DOSE = r"(?:[ ]?[0-9.]{1,4}(?:g|克))?"
_REMEDY_BEFORE = Regex(rf"([{HAN}]{{2,6}}){_DOSE}[、, ]\Z")
_REMEDY_AFTER = Regex(rf"{_DOSE}[、, ]([{HAN}]{{2,6}})")
_REMEDIES = frozenset(["herbs", "drugs", "brands"])
_WEIGHED = Regex(
    r"[ ]?(?:(?:[:=,][ ]{0,2})?[1-9][0-9]{0,2}(?:\.[0-9])? ?(?:g|克)|[0-9.]{1,6} ?(?:mg|[μu]g|mcg))(?![A-Za-z0-9/])"
    r"|[ ]?[:=,]?[ ]{0,2}(?:[0-9]{1,2}(?:[-~到][0-9]{1,2})?|[一二两三半几])[ ]?(?:大|小)?(?:根|瓣|勺|汤匙|茶匙|头|棵|朵|撮)(?![一-鿿])"
    r"|[ ]{0,2}[:=][ ]{0,2}[0-9]{1,4} ?(?:ml|毫升)"
)
"""So much of it is taken: nobody is."""
_NUMBER = r"[1-9][0-9]?[.、)] ?"
_ITEM_BEFORE = Regex(
    rf"(?:\A|[^{HAN}])([{HAN}]{{2,6}}){_DOSE}(?:[ ,;]{{0,2}}{_NUMBER}|\n[ ]*(?:{_NUMBER})?)\Z"
)
_ITEM_AFTER = Regex(rf"{_DOSE}(?:[ ,;]{{0,2}}{_NUMBER}|\n[ ]*(?:{_NUMBER})?)([{HAN}]{{2,6}})(?![{HAN}])")
"""The items of a numbered list, or lines, on either side."""
_WITH = "[与和及同、]"
_TAKEN_WITH = Regex(
    rf"{_WITH}(?P<other>[{HAN}]{{2,5}}?)(?=不[宜可能得]|[忌禁]|同用|合用|配伍|并用|相[反畏须使恶杀]|为伍|等[量份分]|各[0-9等]|混[用淆放]|分开|有别|是两|[都均皆]是|[先后]下|同[煎包])"
)
"""附子与半夏不宜同用."""
_PREPARED = frozenset("炒炙生制焦酒醋盐姜蜜煅熟")
"""How a herb is prepared, before its name."""
_LOOKS = frozenset(["tagger", "label"])
_UNTOLD = _LOOKS | {"surroundings", "alone", "compound surname", "minority name", "rare surname", "nickname"}
"""Evidence that lies in the looks of a name, or in words that stand near names."""
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
        """Whether it is weighed, or stands among herbs or drugs: 平贝 of 川贝、浙贝、平贝, 方海 of 方海与半夏不宜同用.

        In a row two of the others at least begin with no surname, and who prescribed stands behind the last of them.
        """
        start, end = candidate.start, candidate.end
        if candidate.evidence[0] in _UNTOLD and _WEIGHED.match(text, end):
            return True
        if (taken := _TAKEN_WITH.match(text, end)) and self._is_known_remedy(taken["other"]):
            return True
        before = _ITEM_BEFORE.search(text[max(0, start - 2 * _REACH) : start])
        after = _ITEM_AFTER.match(text, end)
        if before and after and self._is_known_remedy(before[1]) and self._is_known_remedy(after[1]):
            return True
        if "、" not in (text[start - 1 : start], text[end : end + 1]) and not DOSE_AFTER.match(text, end):
            return False
        others = _others(text, candidate, _REMEDY_BEFORE, _REMEDY_AFTER, _REACH_OF_DOSES)
        return sum(self._is_remedy(text[first:last]) for first, last in others) >= _LEAST

    def _is_known_remedy(self, item: str) -> bool:
        """Whether it is a herb or a drug, prepared or not, and no common name: 白芍 of 白芍各, 炒白芍."""
        item = item.removesuffix("各")
        if item not in self._fitting.protected and item[:1] in _PREPARED:
            item = item[1:]
        listed = item in shipped_herbs() or self._fitting.protected.get(item) in _REMEDIES
        return listed and item not in self._fitting.grammar.name_like_words

    def _is_remedy(self, item: str) -> bool:
        """Whether it is one that nobody can be called."""
        grammar = self._fitting.grammar
        named = grammar.surname_length(item) and grammar.quality(item) >= _NAME_LIKE
        return not named and self._is_known_remedy(item)

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
