"""Which sentences the tagger need not read: those that cannot hold a name that only it would see.

Nine sentences in ten of a dialogue are findings, doses and advice. A small network glances at six
characters on either side of every place where somebody may be named: 种|疾病, 祝|患者 are none for anybody
who reads; `deid.training.glances` teaches it what the tagger finds. Without it, as for models of users, a
sentence is read when a surname stands before a character that given names use, or that no word holds
(黄洙禅), outside the words of the language and of medicine (高血压, 舍曲林, 蜀山区), or where three characters
of transliterations stand together outside them. Fields such as 姓名：王秀兰 do not count. Text that is no
record (`prose`) is read whole. Organisations and addresses are left to their grammars, but for a road
without a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from deid.catalog import shipped_catalog
from deid.detection.characters import Pairs, han_table, looked_up, table_of
from deid.detection.networks import REACH, Alphabet, Floats, session
from deid.detection.prose import MEDICAL_LISTS
from deid.errors import DetectionFailed
from deid.grammar.name import is_han

GLANCES = "glances.onnx"
Places = npt.NDArray[np.intp]
_LIKELY = -1.5
"""Log odds from which on the tagger may find something: nearly all of what it is to find is above."""
_ROWS = 8192
"""So many places are looked at at once: more take memory and no less time."""

_GIVEN = 1500
"""So many of the most frequent characters of given names count; rarer ones behind surnames that are no words."""

_SELDOM = 12
"""A character of given names that so few ordinary words hold tells of a name, whatever stands between: 何辽峤."""

_FEW_WORDS = 20
_WITHIN_WORDS = frozenset("况于衡律项畅窦段释")
"""A surname that begins so few ordinary words is evidence by itself; not these, which end many: 情况, 由于, 平衡."""

_ROAD = re.compile(r"[一-鿿]{2}(?<![铁公马道线电网思出通旅套])(?:路|大道|街)(?![一-鿿]{0,3}[0-9])")
"""A road without a number, which the address grammar leaves to the tagger."""
_OF_ROADS = frozenset("路道街")

_COUNTED = re.compile("[周时][后前内以多来余复随查龄岁起的左至]")
"""4周后, 12时前."""
_WHEN_OR_WHERE = frozenset("时后中上下前内外")
"""What stands behind a word rather than at the end of a name: 楼梯时."""
_PET = "小老阿"
"""What leads a surname in names among friends."""
_FOREIGN = 3
"""So many characters of transliterations outside words may be somebody's name."""
_LONGEST_WORD = 5


class Glances:
    """How likely the tagger is to find something at a place, by the characters around it. Thread-safe."""

    def __init__(self, model: bytes) -> None:
        self._network = session(model)
        self._alphabet = Alphabet(self._network.get_modelmeta().custom_metadata_map["vocabulary"])

    def odds(self, text: str, places: Places) -> Floats:
        """Log odds for each place, in order."""
        around = self._alphabet.around(text, np.stack([places, places], axis=1))
        odds = np.empty(len(places), np.float32)
        for start in range(0, len(around), _ROWS):
            rows = slice(start, start + _ROWS)
            try:
                odds[rows] = self._network.run(None, {"around": around[rows]})[0]
            except Exception as error:  # onnxruntime raises its own kinds; any of them means unread text
                raise DetectionFailed(f"a network failed: {type(error).__name__}") from None
        return odds


class Gate:
    """Says which sentences are worth tagging: by `glances`, or without them by words."""

    def __init__(
        self,
        *,
        surnames: Iterable[str],
        rare_surnames: Iterable[str],
        compound_surnames: Iterable[str],
        ambiguous_surnames: Iterable[str],
        given_characters: Sequence[str],
        ordinary_words: Collection[str],
        given_names: Iterable[str],
        minority_components: Iterable[str],
        foreign_characters: str,
        name_labels: Iterable[str],
        glances: Glances | None = None,
    ) -> None:
        self._glances = glances
        labels = "|".join(sorted(name_labels, key=len, reverse=True))
        surnames = tuple(surnames)
        field = rf"(?m:(?<=,)|^)(?:{labels}):[{''.join(surnames)}][一-鿿]{{1,2}}(?m:(?=,|$))"
        self._field = re.compile(field)
        given, rare_given = "".join(given_characters[:_GIVEN]), "".join(given_characters[_GIVEN:])
        clear = "".join(set(surnames).difference(ambiguous_surnames))
        starts = Counter(word[0] for word in ordinary_words)
        rare = "".join(
            surname for surname in surnames if starts[surname] <= _FEW_WORDS and surname not in _WITHIN_WORDS
        )
        self._compound = re.compile("|".join(compound_surnames))
        self._is_surname = table_of((*surnames, *rare_surnames))
        self._is_pet = table_of(_PET)
        self._is_transliterating = table_of(foreign_characters)
        self._goes_on = han_table() | table_of("·*")
        longer = [
            name[:2] for name in (*compound_surnames, *minority_components, *given_names) if len(name) > 1
        ]
        self._longer = Pairs(longer)
        self._rare = re.compile(rf"[{rare}][一-鿿]")
        counts = Counter(filter(is_han, chain.from_iterable(ordinary_words)))
        unheard = rf"(?![{''.join(counts)}])[一-鿿]"
        seldom = "".join(character for character in given_characters if counts[character] <= _SELDOM)
        self._name = re.compile(
            rf"[{''.join(surnames)}](?:(?=[{given}某·*])|(?<=[{clear}])(?=[{rare_given}])"
            rf"|(?={unheard}|[一-鿿](?:[{seldom}]|{unheard})))"
        )
        self._given = frozenset(given)
        self._foreign = re.compile(rf"[{foreign_characters}]{{{_FOREIGN},}}")
        self._words = frozenset(ordinary_words)

    def __call__(self, sentences: Sequence[str]) -> list[bool]:
        """Of each sentence whether to tag it."""
        worth = np.array(list(map(_has_road, sentences)), np.bool_)
        if self._glances is None:
            worth |= list(map(self._may_name, sentences))
        else:
            text, starts = together(sentences)
            places = self.places(text)
            odds = self._glances.odds(text, places)
            worth[np.searchsorted(starts, places[odds >= _LIKELY], "right") - 1] = True
        answers: list[bool] = worth.tolist()
        return answers

    def places(self, text: str) -> Places:
        """Where somebody may be named, whatever words say: 王, 欧阳, 小钱, 婷婷, 秀莲, 古丽, 克林顿. The network looks at them."""
        text = self._without_fields(text)
        first = looked_up(text)
        second, third = np.append(first[1:], 0), np.append(first[2:], [0, 0])[: len(first)]
        begins = self._is_surname[first] & self._goes_on[second]
        begins |= self._is_pet[first] & self._is_surname[second]
        begins |= (first == second) & han_table()[first]
        foreign = self._is_transliterating
        begins |= foreign[first] & foreign[second] & foreign[third]
        begins[self._longer.starts(first)] = True
        return np.flatnonzero(begins)

    def _without_fields(self, text: str) -> str:
        """姓名：王秀兰 needs no tagger."""
        return self._field.sub(_blank, text) if ":" in text else text

    def _may_name(self, sentence: str) -> bool:
        """Whether words leave room for a name."""
        sentence = self._without_fields(sentence)
        return (
            self._compound.search(sentence) is not None
            or any(not self._within_word(sentence, match.start()) for match in self._rare.finditer(sentence))
            or any(not self._ordinary(sentence, match) for match in self._name.finditer(sentence))
            or any(self._is_foreign(sentence, *match.span()) for match in self._foreign.finditer(sentence))
        )

    def _is_foreign(self, sentence: str, start: int, end: int) -> bool:
        """Whether enough characters of the run stand together outside words: not in 布洛芬."""
        outside = 0
        while start < end:
            size = next(
                (n for n in range(_LONGEST_WORD, 1, -1) if sentence[start : start + n] in self._words), 0
            )
            outside = 0 if size else outside + 1
            if outside == _FOREIGN:
                return True
            start += size or 1
        return False

    def _within_word(self, sentence: str, start: int) -> bool:
        """Whether the character belongs to a word: 况 of 情况, 谢 of 谢谢."""
        return (
            sentence[start : start + 2] in self._words
            or (start > 0 and sentence[start - 1 : start + 1] in self._words)
            or self._is_no_surname(sentence, start)
        )

    def _ordinary(self, sentence: str, match: re.Match[str]) -> bool:
        """Whether surname and next character belong to a word of the language."""
        start, words = match.start(), self._words
        pair, third = sentence[start : start + 2], sentence[start + 2 : start + 3]
        ends = third not in self._given or third in _WHEN_OR_WHERE or sentence[start + 1 : start + 3] in words
        return (pair in words and ends) or self._is_no_surname(sentence, start)

    def _is_no_surname(self, sentence: str, start: int) -> bool:
        """Whether the character is one of a long word (曲 of 舍曲林, 区 of 蜀山区), or counts time."""
        if _COUNTED.match(sentence, start):
            return True
        if sentence[start] == "时" and sentence[max(0, start - 2) : start] in self._words:
            return True
        return any(
            sentence[first : first + size] in self._words
            for first in range(max(0, start - _LONGEST_WORD + 1), start + 1)
            for size in range(max(3, start + 1 - first), _LONGEST_WORD + 1)
        )


_DIVISION = re.compile("[一-鿿]{2,4}[省市区县州盟旗]")


def _has_road(sentence: str) -> bool:
    return not _OF_ROADS.isdisjoint(sentence) and bool(_ROAD.search(sentence))


def together(sentences: Sequence[str]) -> tuple[str, list[int]]:
    """The sentences in one text, none of them seen from the next, and where each begins."""
    starts = accumulate((len(sentence) + REACH for sentence in sentences), initial=0)
    return ("\n" * REACH).join(sentences), list(starts)[:-1]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def shipped_gate(glances: Glances | None = None) -> Gate:
    """The gate from the shipped lexicons."""
    lexicon = shipped_catalog().lexicon
    divisions = {
        field for line in lexicon("divisions.tsv") for field in line.split("\t") if _DIVISION.fullmatch(field)
    }
    return Gate(
        surnames=lexicon("surnames"),
        rare_surnames=lexicon("rare_surnames"),
        compound_surnames=lexicon("compound_surnames"),
        ambiguous_surnames=lexicon("ambiguous_surnames"),
        given_characters=lexicon("given_characters"),
        ordinary_words={word for name in ("common_words", *MEDICAL_LISTS) for word in lexicon(name)}
        | divisions,
        given_names=lexicon("given_names"),
        minority_components=lexicon("minority_components"),
        foreign_characters="".join(lexicon("transliteration_characters")),
        name_labels=("姓名", *(word for word in lexicon("titles_before") if len(word) > 1)),
        glances=glances,
    )
