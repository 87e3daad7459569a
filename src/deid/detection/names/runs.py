"""Names one behind the other without anything between: 丁衡高于珍王忍之, as in lists that lost their layout."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import FUNCTION_WORDS
from deid.detection.reading import Reading
from deid.grammar.name import HAN

_RUN = Screened(rf"[{HAN}]{{8,400}}")
_LEAST_NAMES = 4
_GOOD, _POOR = 0.8, 0.45
"""How name-like the pieces must be on average, and each of them."""
_LENGTHS = (2, 3)
_OF_TEXT = FUNCTION_WORDS | frozenset("的为对从向把被将但而或且该此由与")


class NamesInRuns:
    """Runs of Han characters that fall into names altogether."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for run in reading.finditer(_RUN):
            if not _OF_TEXT.isdisjoint(run[0]):
                continue
            if 4 * sum(map(self._fitting.grammar.surnames.__contains__, run[0])) < len(run[0]):
                continue
            pieces = self._pieces(reading, run[0])
            if len(pieces) >= _LEAST_NAMES:
                for start, end in pieces:
                    yield Candidate(run.start() + start, run.start() + end, 0.62, ("run of names",))

    def _pieces(self, reading: Reading, run: str) -> list[tuple[int, int]]:
        """The division into names that is the most name-like, empty where there is none."""
        best: list[tuple[float, int] | None] = [(0.0, 0), *([None] * len(run))]
        for end in range(1, len(run) + 1):
            for length in _LENGTHS:
                start = end - length
                before = best[start] if start >= 0 else None
                if before is None:
                    continue
                quality = self._quality(reading, run[start:end])
                value = before[0] + quality * length
                known = best[end]
                if quality >= _POOR and (known is None or value > known[0]):
                    best[end] = (value, start)
        last = best[len(run)]
        if last is None or last[0] < _GOOD * len(run):
            return []
        pieces: list[tuple[int, int]] = []
        end = len(run)
        while end:
            start = best[end][1]  # type: ignore[index]
            pieces.append((start, end))
            end = start
        return pieces[::-1]

    def _quality(self, reading: Reading, piece: str) -> float:
        if self._fitting.grammar.surname_length(piece) != 1 or self._fitting.is_other_word(piece):
            return 0.0
        return self._fitting.grammar.quality(piece)
