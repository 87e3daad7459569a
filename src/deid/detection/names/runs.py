"""Names one behind the other without anything between: 丁衡高于珍王忍之, as in lists that lost their layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import FUNCTION_WORDS
from deid.detection.reading import LIKELY, Reading
from deid.grammar.name import HAN

_RUN = Screened(rf"[{HAN}]{{8,}}")
_LEAST_NAMES, _LEAST_OF_LONG, _LEAST_TAGGED = 4, 5, 2
"""How many names make a list of a run that is nothing but names, of one that holds more, and how many the tagger must see."""
_GOOD, _POOR = 0.8, 0.45
"""How name-like the pieces must be on average, and each of them."""
_OF_TAGGER = 0.15
"""How much more name-like a piece is that the tagger takes for a person."""
_OF_GAP = 0.35
"""What a character between names is worth, less than one of the worst name: gaps are the last resort."""
_NO_GAP = -100.0
"""The same where a run must be nothing but names."""
_LONGEST_GAP, _FREQUENT = 6, 300
"""A longer gap, or one that holds a word that jieba's dictionary counts more often, is text."""
_WEIGHT, _DROP = 0.6, 4.0
"""A list gains by characters of names that are better than this, and ends where it has lost so much of it."""
_SURNAMES = (0.32, 0.25)
"""The least share of surnames among the characters, and where the tagger sees names."""
_LENGTHS = (2, 3, 4)
_SCORE, _SCORE_OF_TAGGED = 0.62, 0.95
_OF_TEXT = FUNCTION_WORDS | frozenset("的为对从向把被将但而或且该此由与")


class _Piece(NamedTuple):
    start: int
    end: int
    quality: float
    """0 for a gap."""


class NamesInRuns:
    """Runs of Han characters that fall into names."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        persons = sorted(
            (tag.start, tag.end) for tag in reading.tagged if tag.label == "PER" and tag.score >= LIKELY
        )
        for run in reading.finditer(_RUN):
            whole = _OF_TEXT.isdisjoint(run[0])
            if not whole and len(persons) < _LEAST_TAGGED:
                continue
            start, end = run.span()
            seen = persons[bisect_left(persons, (start, 0)) : bisect_left(persons, (end, 0))]
            listed = len(seen) >= _LEAST_TAGGED
            if not (whole or listed):
                continue
            if sum(map(self._fitting.grammar.surnames.__contains__, run[0])) < _SURNAMES[listed] * (
                end - start
            ):
                continue
            tagged = {(first - start, last - start) for first, last in seen}
            pieces = self._pieces(run[0], tagged, _NO_GAP) if whole else []
            if len(pieces) >= _LEAST_NAMES and _are_names(pieces):
                names = iter([piece[:2] for piece in pieces])
            elif listed:
                names = self._lists(reading, run[0], self._pieces(run[0], tagged, _OF_GAP))
            else:
                continue
            score = _SCORE_OF_TAGGED if listed else _SCORE
            for first, last in names:
                yield Candidate(start + first, start + last, score, ("run of names",))

    def _lists(self, reading: Reading, run: str, pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
        """The names of the lists within a run, and between two of them what is none we know: 多吉才让.

        A list goes on as long as its names outweigh what stands between them.
        """
        group: list[_Piece] = []
        peak, value, top = 0, 0.0, 0.0
        for piece in pieces:
            length = piece.end - piece.start
            value += (piece.quality - _WEIGHT) * length
            breaks = not piece.quality and self._breaks(reading, run, piece)
            if breaks or value < max(0.0, top - _DROP):
                yield from _list(group[:peak])
                group, peak, value, top = [], 0, 0.0, 0.0
                continue
            group.append(piece)
            if piece.quality and value >= top:
                peak, top = len(group), value
        yield from _list(group[:peak])

    def _breaks(self, reading: Reading, run: str, gap: _Piece) -> bool:
        """Whether what stands between two names is text and no name."""
        between = run[gap.start : gap.end]
        return (
            len(between) > _LONGEST_GAP
            or not _OF_TEXT.isdisjoint(between)
            or any(
                reading.known(between[first:last]) > _FREQUENT
                for first in range(len(between) - 1)
                for last in range(first + 2, len(between) + 1)
            )
        )

    def _pieces(self, run: str, tagged: set[tuple[int, int]], of_gap: float) -> list[_Piece]:
        """The division into names and gaps that is the most name-like."""
        best = [0.0]
        last: list[_Piece] = []
        for end in range(1, len(run) + 1):
            value, piece = best[-1] + of_gap, _Piece(end - 1, end, 0.0)
            for length in _LENGTHS:
                start = end - length
                quality = self._quality(run[start:end], (start, end) in tagged) if start >= 0 else 0.0
                if quality >= _POOR and best[start] + quality * length > value:
                    value, piece = best[start] + quality * length, _Piece(start, end, quality)
            best.append(value)
            last.append(piece)
        pieces: list[_Piece] = []
        end = len(run)
        while end:
            piece = last[end - 1]
            if not piece.quality and pieces and not pieces[-1].quality:
                pieces[-1] = pieces[-1]._replace(start=piece.start)
            else:
                pieces.append(piece)
            end = piece.start
        return pieces[::-1]

    def _quality(self, piece: str, tagged: bool) -> float:
        surname = self._fitting.grammar.surname_length(piece)
        if not surname or not 1 <= len(piece) - surname <= 2 or self._fitting.is_other_word(piece):
            return 0.0
        return self._fitting.grammar.quality(piece) + _OF_TAGGER * tagged


def _list(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The names, where there are enough of them; a single character belongs to the less name-like neighbour."""
    if sum(piece.quality > 0 for piece in pieces) < _LEAST_OF_LONG:
        return iter(())
    starts = {piece.start for piece in pieces}
    for before, gap, behind in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if gap.end - gap.start == 1:
            starts.discard(gap.start if before.quality < behind.quality else behind.start)
    return pairwise([*sorted(starts), pieces[-1].end])


def _are_names(pieces: Sequence[_Piece]) -> bool:
    """Whether there is nothing but names, and they look like names on average."""
    length = sum(piece.end - piece.start for piece in pieces)
    return all(piece.quality for piece in pieces) and (
        sum(piece.quality * (piece.end - piece.start) for piece in pieces) >= _GOOD * length
    )
