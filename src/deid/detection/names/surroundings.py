"""How likely somebody is named at a place: by what stands around it, and by how much the word is a name.

    主管医师 □□□ 科主任    整理:□□  复核    找□□核对

One network reads the characters on both sides and never the word between them, so that 程序 and 王建国
are alike to it. Another weighs what the first says here and of the word's other places in the text, what
the tagger says, and what is known of the word: whether a surname begins it and characters of given names
follow, how often it is a word and which. `deid.training.surroundings` trains them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from deid.detection.networks import Alphabet, Floats, Spans, likely, shipped

READING, WEIGHING = "surroundings.onnx", "names.onnx"


class Surroundings:
    """The two networks. Thread-safe."""

    def __init__(self, reading: Any, weighing: Any) -> None:
        self._reading, self._weighing = reading, weighing
        self._alphabet = Alphabet(reading.get_modelmeta().custom_metadata_map["vocabulary"])

    def named(self, text: str, spans: Spans | Sequence[tuple[int, int]]) -> Floats:
        """For each span the log odds that somebody is named there, whatever stands in it."""
        odds: Floats = self._reading.run(None, {"around": self._alphabet.around(text, spans)})[0]
        return odds

    def weighed(self, traits: Floats) -> Floats:
        """For each row of traits how likely it is that of a name, 0-1."""
        return likely(self._weighing, traits)


@cache
def shipped_surroundings() -> Surroundings:
    """The networks of the package; read once a process. ModelError where one is missing or damaged."""
    return Surroundings(*shipped(READING, WEIGHING))
