"""Names that a text tells in parts: 姓逯名静秋, 姓：逯　名：静秋, 我姓荀叫小兰, 傅作霖，字竞存.

The word between the parts is a given name's character as well (逯名静), so what others see across it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import FUNCTION_WORDS
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex

_CLOSED = rf"(?=[^{HAN}]|\Z|[的字已于因在现系是])"
_GIVEN = rf"([{HAN}]{{1,3}}?){_CLOSED}"
_IN_PARTS = Screened(
    rf"(?<![百同])姓氏?[ :]{{0,3}}([{HAN}]{{1,2}})[ ,;]{{0,3}}"
    rf"(?:(?:单?名(?!字)(?:一个)?|名字|讳)[ :]{{0,3}}[是叫为]?|(?:名|全名|大名|就)?叫(?!什么))[ ]?[“\"「]?(?!一个){_GIVEN}"
)
_SURNAME = Screened(rf"(?<![{HAN}])姓氏?:[ ]{{0,2}}([{HAN}]{{1,2}})(?=[ ,;\n]|\Z)|免贵([{HAN}])(?=[,。;!])")
_COURTESY = Regex(
    rf"[ ]?[,(、]?[ ]?(?:表?字|[别自]?号)(?![开打]头)([{HAN}]{{2}})(?=[,。;、)\n ]|\Z|[号,]|[{HAN}]{{2}}人)"
)
_NO_SURNAME = frozenset("名氏什甚啥前后原又也都就还")


class NamesInParts:
    """Surname and given name, each by itself, and the courtesy name behind a name."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def settled(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates with the parts that the text tells, and without what lies across them."""
        parts = {*self._told(reading), *self._courtesy_names(reading.text, candidates)}
        if not parts:
            return list(candidates)
        part_of = {position: part for part in parts for position in range(*part)}
        kept = [
            c
            for c in candidates
            if {part_of.get(at, (c.start, c.end)) for at in range(c.start, c.end)} == {(c.start, c.end)}
        ]
        return [*kept, *(Candidate(*part, 0.85, ("called", "in parts")) for part in sorted(parts))]

    def _told(self, reading: Reading) -> Iterator[tuple[int, int]]:
        for match in reading.finditer(_IN_PARTS):
            surname, given = match[1], match[2]
            if (
                self._is_surname(surname)
                and not FUNCTION_WORDS & set(given)
                and given not in self._fitting.words.roles
            ):
                yield match.span(1)
                yield match.span(2)
        for match in reading.finditer(_SURNAME):
            span = match.span(match.lastindex or 0)
            if self._fitting.grammar.surname_length(reading.text[slice(*span)]) == span[1] - span[0]:
                yield span

    def _is_surname(self, word: str) -> bool:
        return word[0] not in _NO_SURNAME and (
            len(word) == 1 or self._fitting.grammar.surname_length(word) == len(word)
        )

    def _courtesy_names(self, text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
        """竞存 in 傅作霖，字竞存, and what he called himself besides."""
        for candidate in candidates:
            end = candidate.end
            while match := _COURTESY.match(text, end):
                end = match.end()
                if not (
                    self._fitting.grammar.are_given(match[1]) and not self._fitting.is_other_word(match[1])
                ):
                    break
                yield match.span(1)
