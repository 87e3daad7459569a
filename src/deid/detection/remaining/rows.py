"""What the networks read of a candidate: characters before it, its own, and those behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from deid.detection.networks import Alphabet, Floats, Numbers, Spans, together


class Rows:
    """Makes a row of each span: so many characters `before` it, its `first` and its `last`, and those `after` it."""

    def __init__(self, vocabulary: str, *, before: int, after: int, first: int, last: int = 0) -> None:
        self._around = Alphabet(vocabulary)
        self._own = Alphabet(vocabulary, folded=False)
        self.before, self._after, self._first, self._last = before, after, first, last

    def __call__(self, text: str, spans: Spans) -> Numbers:
        around = self._around.around(text, spans, before=self.before, after=self._after)
        own = self._own.of(text, spans, first=self._first, last=self._last)
        return np.hstack([around[:, : self.before], own, around[:, self.before :]])


class Reader:
    """A network that reads such rows. Thread-safe."""

    def __init__(self, network: Any, rows: Callable[[str], Rows]) -> None:
        """`rows` makes them with a vocabulary: that of the network."""
        self.told: Mapping[str, str] = network.get_modelmeta().custom_metadata_map
        self._network, self._rows = network, rows(self.told["vocabulary"])

    def odds(self, texts: Sequence[str], spans: Sequence[Spans]) -> Iterator[Floats]:
        """For each text what the network says of its spans; nothing where no text has any."""
        sizes = list(map(len, spans))
        if not any(sizes):
            yield from (np.zeros(0, np.float32) for _ in texts)
            return
        text, starts = together(texts, apart=self._rows.before)
        moved = np.concatenate([own + start for own, start in zip(spans, starts, strict=True)])
        odds: Floats = self._network.run(None, {"around": self._rows(text, moved)})[0]
        yield from (odds[first:last] for first, last in pairwise(accumulate(sizes, initial=0)))


def beside(text: str, spans: Spans, taken: Iterable[tuple[int, int]]) -> Spans:
    """The spans that touch nothing that is taken."""
    marks = bytearray(len(text) + 1)
    for start, end in taken:
        marks[start + 1 : end + 1] = b"\1" * (end - start)
    covered = np.frombuffer(marks, np.uint8).cumsum(dtype=np.intp)
    left: Spans = spans[covered[spans[:, 0]] == covered[spans[:, 1]]]
    return left
