"""What the small networks share: how they are loaded, and how they read characters."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from deid.detection.characters import code_points
from deid.errors import ModelError

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Spans = npt.NDArray[np.intp]
"""A row for each stretch: its start and its end."""

REACH = 6
"""So many characters are read on either side."""
UNREAD, EDGE, DIGIT, LETTER = range(4)
"""Numbers of what is no character of the vocabulary: others, the end of a line, figures, Latin letters."""


class Alphabet:
    """Characters as numbers; the k-th of the vocabulary has the number k + 3."""

    def __init__(self, vocabulary: str, *, folded: bool = True) -> None:
        """`folded` takes one figure for another, and one Latin letter."""
        self._numbers = np.full(0x10001, UNREAD, np.int32)  # the last stands for all beyond
        for number, character in enumerate(vocabulary, LETTER + 1):
            self._numbers[ord(character)] = number
        self._numbers[ord("\n")] = EDGE
        if not folded:
            return
        self._numbers[ord("0") : ord("9") + 1] = DIGIT
        for first in "aA":
            self._numbers[ord(first) : ord(first) + 26] = LETTER

    def around(
        self, text: str, spans: Spans | Sequence[tuple[int, int]], *, before: int = REACH, after: int = REACH
    ) -> Numbers:
        """A row for each span: the characters before it, then those behind it."""
        numbers = self._padded(text, before, after)
        starts, ends = np.asarray(spans, np.intp).T
        return np.hstack(
            [numbers[starts[:, None] + np.arange(before)], numbers[ends[:, None] + before + np.arange(after)]]
        )

    def of(self, text: str, spans: Spans, *, first: int, last: int) -> Numbers:
        """A row for each span: its first characters, then its last; EDGE where it is shorter."""
        numbers = self._padded(text, last, first)
        starts, ends = spans.T
        ahead = starts[:, None] + np.arange(first)
        back = ends[:, None] - last + np.arange(last)
        return np.hstack(
            [
                np.where(ahead < ends[:, None], numbers[ahead + last], EDGE),
                np.where(back >= starts[:, None], numbers[back + last], EDGE),
            ]
        )

    def _padded(self, text: str, before: int, after: int) -> Numbers:
        codes = code_points(text)
        numbers = np.full(before + len(codes) + after, EDGE, np.int32)
        numbers[before : before + len(codes)] = self._numbers[np.minimum(codes, len(self._numbers) - 1)]
        return numbers


def together(texts: Sequence[str], *, apart: int = REACH) -> tuple[str, list[int]]:
    """The texts in one, none of them seen from the next, and where each begins."""
    starts = accumulate((len(text) + apart for text in texts), initial=0)
    return ("\n" * apart).join(texts), list(starts)[:-1]


def shipped(*names: str) -> list[Any]:
    """Networks of the package. ModelError where one is missing or damaged."""
    folder = files("deid") / "models"
    try:
        return [session((folder / name).read_bytes()) for name in names]
    except OSError as error:
        raise ModelError(
            f"{names[0]} or what belongs to it could not be read: {type(error).__name__}"
        ) from None


def likely(network: Any, traits: Floats) -> Floats:
    """For each row of traits how likely it is what the network knows, 0-1."""
    odds: Floats = network.run(None, {"traits": traits})[0]
    shares: Floats = np.reciprocal(1 + np.exp(-odds))
    return shares


def session(model: bytes) -> Any:
    """A network that runs in one thread. ModelError where it cannot be loaded."""
    # onnxruntime reports its use to its maker unless told not to before its import
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # each network would keep what its longest text took: 70 MB together
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own kinds
        raise ModelError(f"a network cannot be loaded: {type(error).__name__}") from None
