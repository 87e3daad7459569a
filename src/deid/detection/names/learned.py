"""Words that read like names, in texts on what they belong to: 尺泽、孔最、列缺, 葛洪 beside 孙思邈.

Somebody may be called so, and is kept wherever a label, a title, a sex or a bed tells of a person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.catalog.lexicon import WordIndex
from deid.detection.names.fit import Candidate
from deid.detection.names.words import FOLLOWERS
from deid.detection.reading import Reading

_LOOKS = frozenset(
    [
        "tagger",
        "compound surname",
        "led by a verb",
        "place of work",
        "list",
        "label",
        "alone",
        "prose",
        "given name",
        "given name of one",
    ]
)
"""Evidence that is the look of a word and no more."""
_SAYS = frozenset("云曰谓按注")
"""What one reads behind the name of a scholar."""
_ENOUGH = 3
"""So many different words of a list tell that a text is on them."""
_SIZES = range(2, 7)


@dataclass(frozen=True)
class LearnedWords:
    """The words of one list, and what tells that a text is on what they belong to."""

    name: str
    words: WordIndex[str]
    signs: tuple[str, ...]

    def refused(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates that are such a word, or begin with one and a verb, and have no better evidence."""
        text, found = reading.text, []
        for candidate in candidates:
            if candidate.evidence[0] in _LOOKS and self._is_word(text, candidate):
                found.append(candidate)
        if found and self.is_subject(text):
            yield from found

    def cuts(self, text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, int]]:
        """The candidates that cut such a word, each with its end: 柯韵 of 柯韵伯, 彭方 that begins in 程国彭."""
        looks = [c for c in candidates if c.evidence[0] in _LOOKS or c.evidence[0] == "title"]
        if not looks or not self.is_subject(text):
            return
        found = list(self.words.find(text))
        starts = [start for start, _, _ in found]
        for candidate in looks:
            last = bisect_left(starts, candidate.end) - 1  # the last word that begins before its end
            for start, end, _ in found[max(0, last - 1) : last + 1]:
                holds = candidate.start <= start and end <= candidate.end
                if not holds and candidate.start < end:
                    yield candidate, end
                    break

    def rows(self, text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The candidates that stand in a row with such words: 王履 in 戴思恭、王履、赵道震."""
        looks = sorted(c for c in candidates if c.evidence[0] in _LOOKS)
        if not looks or not self.is_subject(text):
            return
        found = list(self.words.find(text))
        starts, ends = {start for start, _, _ in found}, {end for _, end, _ in found}
        for row in (looks, looks[::-1]):  # from the left, then from the right
            for candidate in row:
                start, end = candidate.start, candidate.end
                if (text[start - 1 : start] == "、" and start - 1 in ends) or (
                    text[end : end + 1] == "、" and end + 1 in starts
                ):
                    starts.add(start)
                    ends.add(end)
                    yield candidate

    def _is_word(self, text: str, candidate: Candidate) -> bool:
        for size in _SIZES:
            end = candidate.start + size
            if text[candidate.start : end] in self.words:
                led = candidate.end == end + 1 and (text[end] in FOLLOWERS or text[end] in _SAYS)
                if candidate.end <= end or led:
                    return True
        return False

    def is_subject(self, text: str) -> bool:
        """Whether a text is on what the words belong to."""
        if any(sign in text for sign in self.signs):
            return True
        return len({text[start:end] for start, end, _ in self.words.find(text)}) >= _ENOUGH
