"""Names by the given name alone: 须晓东, 缐慧敏, and 淑芬 by itself, where neither cue nor tagger tells of a person."""

from __future__ import annotations

from collections.abc import Iterator

from deid.catalog.lexicon import WordIndex
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.surroundings import shipped_surroundings
from deid.detection.names.words import (
    DAILY_ACTS,
    FUNCTION_SURNAMES,
    GOES_ON_BEHIND,
    LEADS_TO_SOMEBODY,
    NOBODY,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import RARE_WORDS, is_han
from deid.regexes import Regex

_MOSTLY_GIVEN = 300
"""Rank of the last character that tells of a given name by itself."""
_OFTEN_NO_SURNAME = FUNCTION_SURNAMES | frozenset("区路关桥池房原考招爱")
"""Prepositions, adverbs, verbs, and what places end in."""
_OF_NAMED_THINGS = frozenset("堂坊片丸散膏胶路街巷镇乡桥站")
"""What places, shops and drugs that are called after somebody end in."""
_SELDOM_WORD, _HARDLY_WORD = 100, 3
"""How often at most a dictionary counts what is hardly a word, and what is none."""
_FACING = Regex("[朝面][东西南北]")
_NAMED, _NAMED_AGAIN = -3.0, -6.0
"""Log odds of surroundings from which on somebody is named by a given name, and again in the same text."""


class NamesByGiven:
    """A surname before a given name that many bear, or a rare one before characters that given names often hold."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = grammar = fitting.grammar
        self._words = fitting.words
        self._rare = grammar.rare_surnames - RARE_WORDS
        often = {c for c, rank in grammar.given_rank.items() if rank < _MOSTLY_GIVEN}
        surnames = "".join(sorted(grammar.surnames | grammar.rare_surnames))
        first, second = ("".join(sorted(often | {name[at] for name in grammar.given_names})) for at in (0, 1))
        self._alone = WordIndex(dict.fromkeys(grammar.given_names, ""))
        self._full_name = Screened(rf"[{surnames}](?=[{first}][{second}])") if surnames and first else None

    def find(self, reading: Reading) -> Iterator[Candidate]:
        text = reading.text
        for match in reading.finditer(self._full_name) if self._full_name else ():
            start, end = match.start(), match.start() + 3
            if text[end : end + 1] in _OF_NAMED_THINGS or text.startswith("医院", end):
                continue  # 原新华医院
            if text[start] == text[end - 1] == "越":
                continue  # 越高越好
            if text[start + 1 : end] in self._grammar.given_names and self._stands_free(reading, start, end):
                compound = text[start - 1 : start + 1] in self._grammar.compound_surnames
                yield Candidate(start - compound, end, 0.7, ("given name",))
            elif self._is_rare(reading, start, end):
                yield Candidate(start, end, 0.55, ("rare surname",))

        yield from self._without_surname(reading)

    def _without_surname(self, reading: Reading) -> Iterator[Candidate]:
        """淑芬 in 淑芬今早出院, 已通知淑芬。: a given name that is no word, at the beginning of a clause or led to."""
        text = reading.text
        untold: list[tuple[int, int]] = []
        for start, end, _ in self._alone.find(text):
            word = text[start:end]
            if len(word) != 2 or self._fitting.is_place(word):
                continue
            led = (
                LEADS_TO_SOMEBODY.search(text, max(0, start - 3), start)
                and reading.known(word) <= _SELDOM_WORD
            )
            if text[start - 1 : start] == "由" and self._words.role_ends(text, start - 1):
                continue  # 她婆婆由淑琴, whose surname it is
            begins = not is_han(text[start - 1 : start]) and DAILY_ACTS.match(text, end)
            told = (led and GOES_ON_BEHIND.match(text, end)) or begins
            if not reading.boundaries(start, end) >= {start, end}:
                continue
            if told:
                yield Candidate(start, end, 0.7, ("required", "given name"))
            elif (
                reading.known(word) <= _HARDLY_WORD
                and word not in self._fitting.hospitals
                and word not in self._fitting.companies
                and not self._fitting.is_other_word(word)
                and not _FACING.fullmatch(word)
            ):
                untold.append((start, end))
        if untold and not shipped_prose()(text):  # where the tagger is believed alone
            yield from self._surrounded(text, untold)

    @staticmethod
    def _surrounded(text: str, places: list[tuple[int, int]]) -> Iterator[Candidate]:
        """雨桐 in 雨桐现在睡着: given names that are no words, by what stands around them, and around their other places."""
        odds = shipped_surroundings().named(text, places).tolist()
        named = {text[slice(*place)] for place, here in zip(places, odds, strict=True) if here >= _NAMED}
        for (start, end), here in zip(places, odds, strict=True):
            if text[start:end] in named and here >= _NAMED_AGAIN:
                yield Candidate(start, end, 0.62, ("surroundings", "given name"))

    def _stands_free(self, reading: Reading, start: int, end: int) -> bool:
        """Whether its borders are those of words, and its surname no other: not 由|康平, 朋友|兰希, 回|海宁."""
        text = reading.text
        if text[start : start + 2] in NOBODY:
            return False  # 白天一小时
        if self._words.title_ends(text, start + 1) or self._words.role_ends(text, start + 1):
            return False  # 管理师|龙飞
        if text[start] in _OFTEN_NO_SURNAME and not self._words.opens(text, start):
            return False
        if text[start] not in self._grammar.surnames:
            word = reading.known(text[start : start + 2]) or self._fitting.is_place(text[start + 1 : end])
            if word or text[start] in RARE_WORDS:
                return False
        return self._fitting.cut_out(reading, start, end)

    def _is_rare(self, reading: Reading, start: int, end: int) -> bool:
        """召永强 in 听召永强护士说: where a name may begin and end, and no word stands."""
        text, fitting = reading.text, self._fitting
        word = text[start:end]
        if word[0] not in self._rare or not (
            self._words.opens(text, start) and self._words.closes(text, end)
        ):
            return False
        worded = reading.known(word[:2]) or fitting.is_known_word(reading, start + 1, end)
        brand = fitting.foreign(word) or word[1] == word[2]  # 威兰德, 怀宝宝
        rare = not (worded or brand) and fitting.is_rare_name(reading, word)
        return rare and fitting.cut_out(reading, start, end)
