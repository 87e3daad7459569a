"""What the networks read of a candidate: characters before it, its own, and those behind it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from deid.detection.networks import Alphabet, Numbers, Spans
from deid.types import Detection


class Rows:
    """Makes a row of each span: so many characters `before` it, its `first` and its `last`, and those `after` it."""

    def __init__(self, vocabulary: str, *, before: int, after: int, first: int, last: int = 0) -> None:
        self._around = Alphabet(vocabulary)
        self._own = Alphabet(vocabulary, folded=False)
        self._before, self._after, self._first, self._last = before, after, first, last

    def __call__(self, text: str, spans: Spans) -> Numbers:
        around = self._around.around(text, spans, before=self._before, after=self._after)
        own = self._own.of(text, spans, first=self._first, last=self._last)
        return np.hstack([around[:, : self._before], own, around[:, self._before :]])


def beside(text: str, spans: Spans, claims: Iterable[Detection]) -> Spans:
    """The spans that touch no claim."""
    marks = bytearray(len(text) + 1)
    for claim in claims:
        marks[claim.start + 1 : claim.end + 1] = b"\1" * (claim.end - claim.start)
    covered = np.frombuffer(marks, np.uint8).cumsum(dtype=np.intp)
    left: Spans = spans[covered[spans[:, 0]] == covered[spans[:, 1]]]
    return left
