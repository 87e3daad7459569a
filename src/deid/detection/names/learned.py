"""Words that read like names, in texts on what they belong to: 尺泽、孔最、列缺, 葛洪 beside 孙思邈.

Somebody may be called so, and is kept wherever a label, a title, a sex or a bed tells of a person.
"""

from __future__ import annotations

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
        "given name of one",
    ]
)
"""Evidence that is the look of a word and no more."""
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
        if found and self._is_subject(text):
            yield from found

    def _is_word(self, text: str, candidate: Candidate) -> bool:
        for size in _SIZES:
            end = candidate.start + size
            if text[candidate.start : end] in self.words:
                led = candidate.end == end + 1 and text[end] in FOLLOWERS
                if candidate.end <= end or led:
                    return True
        return False

    def _is_subject(self, text: str) -> bool:
        if any(sign in text for sign in self.signs):
            return True
        return len({text[start:end] for start, end, _ in self.words.find(text)}) >= _ENOUGH
