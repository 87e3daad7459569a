"""Candidates against the words that are protected from being names: herbs, eponyms, ordinary words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.names.fit import CERTAIN, FIRM, Candidate, Fitting
from deid.detection.names.tagged import ACTING, ADDED
from deid.detection.reading import Reading

_LIKELY_CUT, _SURE, _VERY_SURE = 0.8, 0.9, 0.97
"""How sure the tagger is of a name that a word cuts short; and of one that stands against words, where its given name is a common one, and else."""
_NAME_LIKE, _LIKELY = 0.45, 0.6
"""Quality of such names."""
_ROLE = 0.8
"""Score of a good name behind a role."""
_SEEN_ONLY = frozenset(["prose", "surroundings", "tagger"])
"""Evidence of names that nothing but a network sees."""
_WORD, _IDIOM = 3, 4
"""Characters of the shortest word that holds more than a name, and of an idiom."""
_OFTEN = 5
"""How often jieba's dictionary counts a word that is none by chance."""
_OF_SURNAME = frozenset(["title", "surname", ADDED])
"""Evidence of a surname and what stands beside it: 江|主席."""
_OF_NAMES = ("nr", "ns", "nt", "nz")
_OF_IDIOMS = frozenset("il")
"""Parts of speech in it."""


class Weighing:
    """Says of each candidate which list of words refuses it."""

    def __init__(self, fitting: Fitting, protected: WordIndex[str]) -> None:
        self._fitting = fitting
        self._protected = protected

    def weighed(self, reading: Reading, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
        """Each candidate with the name of the list that refuses it, '' where none does; and what is left of it."""
        if not candidates:
            return
        words = [
            (start, end, name)
            for start, end, name in self._protected.find(reading.text)
            if end - start != 2 or not self._fitting.is_border(reading, start + 1)
        ]
        starts = [start for start, _, _ in words]
        for c in candidates:
            near = words[max(0, bisect_left(starts, c.start) - 1) : bisect_left(starts, c.end)]
            apart = [word for word in near if word[:2] != (c.end - 1, c.end + 1)]
            if len(apart) < len(near) and c.end - c.start > 1 and self._fitting.goes_on(reading, c.end):
                near = apart
            titled = self._fitting.words.title_at(reading.text, c.end) if c.evidence[0] == "title" else 0
            seen = self._is_seen_beside(reading, c, near) or self._is_called_like_place(reading, c, near)
            refusal = ("" if seen else _refusal(c, near, titled)) or self._longer_word(reading, c)
            yield c, refusal
            if refusal and (shorter := self._before_word(reading, c, near)):
                yield shorter, _refusal(shorter, [w for w in near if w[0] < shorter.end], 0)

    def _longer_word(self, reading: Reading, candidate: Candidate) -> str:
        """What speaks against a piece of a longer word that a network takes for somebody: 鸣金|收军, 御|林军; '' where nothing does."""
        start, end = candidate.start, candidate.end
        if candidate.evidence[0] not in _SEEN_ONLY or not _OF_SURNAME.isdisjoint(candidate.evidence):
            return ""
        for size in range(max(_WORD, end - start + 1), _IDIOM + 1):
            for first in range(max(0, end - size), start + 1):
                word = reading.text[first : first + size]
                if len(word) == size and reading.known(word) and self._is_one(reading, word, first):
                    return "idioms" if size == _IDIOM else "ordinary words"
        return ""

    def _is_one(self, reading: Reading, word: str, start: int) -> bool:
        """Whether a word of the dictionary is an idiom, or what stands there is cut into no other words."""
        speech, end = word_list().part_of_speech(word), start + len(word)
        named = len(word) == _WORD and self._fitting.grammar.quality(word) >= _NAME_LIKE  # 闻一多
        if named or speech.startswith(_OF_NAMES) or self._fitting.grammar.surname_length(word) > 1:
            return False
        if len(word) == _IDIOM and speech in _OF_IDIOMS:
            return True
        within = reading.boundaries(start, end)
        return reading.known(word) >= _OFTEN and {start, end} == within.intersection(range(start, end + 1))

    def _is_seen_beside(
        self, reading: Reading, candidate: Candidate, protected: Sequence[tuple[int, int, str]]
    ) -> bool:
        """Whether the tagger is sure of a likely name, and words only reach into its end: 端木强 in 端木强于3月; or of a longer one that holds them: 福岛莉拉."""
        start, end = candidate.start, candidate.end
        likely = reading.likeliness(start, end)
        if likely < _SURE:
            return False
        grammar, name = self._fitting.grammar, reading.text[start:end]
        if likely < _VERY_SURE and name[grammar.surname_length(name) :] not in grammar.given_names:
            return False
        if end - start > 2 and all(
            start <= first and last <= end and last - first < end - start
            for first, last, _ in protected
            if last > start
        ):
            return True
        return grammar.quality(name) >= _LIKELY and all(
            first > start and last > end for first, last, _ in protected if last > start
        )

    def _is_called_like_place(
        self, reading: Reading, candidate: Candidate, protected: Sequence[tuple[int, int, str]]
    ) -> bool:
        """主管医生祁连山: whether a role leads to what is called like a place, and the tagger is sure of somebody."""
        words, (start, end) = self._fitting.words, candidate[:2]
        return (
            reading.likeliness(start, end) >= _SURE
            and words.role_ends(reading.text, start)
            and words.closes(reading.text, end)
            and [word[2] for word in protected if word[1] > start] == ["place words"]
        )

    def _before_word(
        self, reading: Reading, candidate: Candidate, protected: Sequence[tuple[int, int, str]]
    ) -> Candidate | None:
        """张梅 of 张梅高, which the tagger sees in 张梅高血压: the name ends where the word begins."""
        grammar = self._fitting.grammar
        for start, end, _ in protected:
            name = reading.text[candidate.start : start]
            if (
                candidate.start < start < candidate.end < end
                and reading.likeliness(candidate.start, candidate.end) >= _LIKELY_CUT
                and 0 < grammar.surname_length(name) < len(name)
                and grammar.quality(name) >= _NAME_LIKE
                and not self._fitting.is_known_word(reading, candidate.start, start)
            ):
                return candidate._replace(end=start)
        return None


def _refusal(candidate: Candidate, protected: Sequence[tuple[int, int, str]], titled: int) -> str:
    """The list of the protected word that speaks against the candidate, '' where none does.

    `titled` characters behind the candidate are a title.

    A word that covers the name and more is the word, unless it would cut the title (车主 in 车主任);
    one that is all of the name is the word unless a field says otherwise; a name that only the
    tagger sees may not cut a word.
    """
    firm = candidate.evidence[0] in FIRM
    length = candidate.end - candidate.start
    for start, end, name in protected:
        if end <= candidate.start:
            continue
        inside = start >= candidate.start and end <= candidate.end
        if name == "place words" and candidate.evidence[0] in ("title", "compound surname"):
            continue
        if (
            name == "place words"
            and candidate.evidence[0] == "sex or age"
            and inside
            and end - start < length
        ):
            continue  # 黄连 in 黄连翘，33岁
        if name == "eponyms" and ACTING in candidate.evidence:
            continue  # 威尔逊 in 威尔逊说
        if name in ("herbs", "drugs") and titled > 1 and (start, end) == (candidate.start, candidate.end):
            continue  # 葛根医师, 马应龙经理
        if start == candidate.start and candidate.end < end < candidate.end + titled:
            continue
        if (
            candidate.evidence[0] == "role"
            and start < candidate.start
            and length > 2
            and candidate.score > _ROLE
        ):
            continue  # 大马 in 阿大|马建林
        if start == candidate.end - 1 and candidate.evidence[0] in ("venerable", "minority name"):
            continue  # 老祖 in 燕老祖籍, 吉打 in 让德吉打电话
        if start <= candidate.start and end >= candidate.end:
            if end - start > length or not firm:
                return name
        elif firm or candidate.score >= 0.85 or (candidate.evidence[0] == "certain elsewhere" and length > 2):
            continue
        elif not inside or (start == candidate.start and name == "place words" and candidate.score < CERTAIN):
            return name
    return ""
