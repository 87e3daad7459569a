"""Which sentences the tagger need not read, by what stands around every place where somebody may be named.

Nine sentences in ten of a dialogue are findings, doses and advice. A small network glances at six
characters on either side of such a place: 种|疾病, 祝|患者 are none for anybody who reads;
`deid.training.glances` teaches it what the tagger finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from deid.catalog import shipped_catalog
from deid.detection.characters import Pairs, han_table, looked_up, table_of
from deid.detection.gate import Fields, has_road
from deid.detection.networks import Alphabet, Floats, shipped, together
from deid.errors import DetectionFailed

GLANCES = "glances.onnx"
Places = npt.NDArray[np.intp]
_LIKELY = -1.5
"""Log odds from which on the tagger may find something: nearly all of what it is to find is above."""
_ROWS = 8192
"""So many places are looked at at once: more take memory and no less time."""
_PET = "小老阿"
"""What leads a surname in names among friends."""
_PET_OF_GIVEN, _COUNTS = "小阿", "一二三四五六七八九十"
"""What leads a given name as well: 小楠, but not 小三阳."""


class NamePlaces:
    """Where somebody may be named, whatever words say: 王, 欧阳, 小钱, 小楠, 中村, 婷婷, 秀莲, 古丽, 克林顿."""

    def __init__(
        self,
        *,
        surnames: Iterable[str],
        clear: Iterable[str],
        longer: Iterable[str],
        foreign_characters: Iterable[str],
        fields: Fields,
    ) -> None:
        """`clear` are surnames that are hardly anything else by themselves, `longer` names and parts of names of more than one character, known by their first two."""
        self._is_surname = table_of(surnames)
        self._is_clear = table_of(clear)
        self._no_neighbour = ~(han_table() | table_of("0123456789"))
        self._longer = Pairs(name[:2] for name in longer if len(name) > 1)
        self._is_foreign = table_of(foreign_characters)
        self._is_pet = table_of(_PET)
        self._goes_on = han_table() | table_of("·*")
        self._fields = fields

    def find(self, text: str) -> Places:
        """Their starts, in order, but for those in fields that need no tagger."""
        return self.all(self._fields.blanked(text))

    def all(self, text: str) -> Places:
        """Their starts, in order."""
        first = looked_up(text)
        second, third = np.append(first[1:], 0), np.append(first[2:], [0, 0])[: len(first)]
        begins = self._is_surname[first] & self._goes_on[second]
        begins |= self._is_pet[first] & self._is_surname[second]
        begins |= (first == second) & han_table()[first]
        begins |= self._is_foreign[first] & self._is_foreign[second] & self._is_foreign[third]
        begins[self._longer.starts(first)] = True
        return np.flatnonzero(begins)

    def alone(self, text: str) -> Places:
        """Where a surname stands by itself, as of those who sign and in lists: 尹/黎, 回访人:芮."""
        first = looked_up(text)
        apart = np.append(True, self._no_neighbour[first[:-1]]) & np.append(
            self._no_neighbour[first[1:]], True
        )
        return np.flatnonzero(apart[: len(first)] & self._is_clear[first])


class GlancingGate:
    """Says which sentences are worth tagging. Thread-safe."""

    def __init__(self, network: Any, places: NamePlaces) -> None:
        self._network = network
        self._alphabet = Alphabet(self._network.get_modelmeta().custom_metadata_map["vocabulary"])
        self._places = places

    def __call__(self, sentences: Sequence[str]) -> list[bool]:
        """Of each sentence whether to tag it."""
        worth = np.array(list(map(has_road, sentences)), np.bool_)
        text, starts = together(sentences)
        places = self._places.find(text)
        likely = places[self._odds(text, places) >= _LIKELY]
        for read in (likely, self._places.alone(text)):
            worth[np.searchsorted(starts, read, "right") - 1] = True
        answers: list[bool] = worth.tolist()
        return answers

    def likeliest(self, texts: Sequence[str]) -> list[float]:
        """Of each text the log odds at its likeliest place, -inf where there is none."""
        text, starts = together(texts)
        places = self._places.all(text)
        odds = np.full(len(texts), -np.inf, np.float32)
        np.maximum.at(odds, np.searchsorted(starts, places, "right") - 1, self._odds(text, places))
        answers: list[float] = odds.tolist()
        return answers

    def _odds(self, text: str, places: Places) -> Floats:
        """Log odds that the tagger finds something, for each place."""
        around = self._alphabet.around(text, np.stack([places, places], axis=1))
        odds = np.empty(len(places), np.float32)
        for start in range(0, len(around), _ROWS):
            rows = slice(start, start + _ROWS)
            try:
                odds[rows] = self._network.run(None, {"around": around[rows]})[0]
            except Exception as error:  # onnxruntime raises its own kinds; any of them means unread text
                raise DetectionFailed(f"a network failed: {type(error).__name__}") from None
        return odds


def other_names() -> tuple[tuple[str, ...], ...]:
    """Names that begin with no surname of ours and are no words, those of a kind together: 中村, 小楠, 阿楠."""
    lexicon = shipped_catalog().lexicon
    given = set(lexicon("given_characters")).difference(_COUNTS)
    words = {*lexicon("common_words"), *lexicon("eponyms")}
    kinds = lexicon("japanese_surnames"), *([pet + name for name in sorted(given)] for pet in _PET_OF_GIVEN)
    return tuple(tuple(name for name in kind if name not in words) for kind in kinds)


def shipped_places() -> NamePlaces:
    """The places from the shipped lexicons."""
    lexicon = shipped_catalog().lexicon
    minority = (*lexicon("minority_components"), *lexicon("minority_names"))
    names = (*lexicon("compound_surnames"), *minority, *lexicon("given_names"))
    return NamePlaces(
        surnames=(*lexicon("surnames"), *lexicon("rare_surnames")),
        clear=set(lexicon("surnames")).difference(lexicon("ambiguous_surnames")),
        longer=(*names, *chain(*other_names())),
        foreign_characters="".join(lexicon("transliteration_characters")),
        fields=Fields.shipped(),
    )


@cache
def shipped_glances() -> GlancingGate:
    """The gate of the shipped tagger; read once a process. ModelError where it is missing or damaged."""
    [network] = shipped(GLANCES)
    return GlancingGate(network, shipped_places())
