"""Which sentences the tagger need not read: those that cannot hold a name that only it would see, by their words.

So models of users are spared seven sentences in ten; the shipped one has `glances`, which spare it more. A
sentence is read when a surname stands before a character that given names use, or that no word holds
(黄洙禅), outside the words of the language and of medicine (高血压, 舍曲林, 蜀山区), or where three characters
of transliterations stand together outside them. Fields such as 姓名：王秀兰 and 住址：… do not count. Text that is no
record (`prose`) is read whole. Organisations and addresses are left to their grammars, but for a road
without a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from deid.catalog import shipped_catalog
from deid.detection.prose import MEDICAL_LISTS
from deid.grammar.name import is_han
from deid.regexes import Regex

_GIVEN = 1500
"""So many of the most frequent characters of given names count; rarer ones behind surnames that are no words."""

_SELDOM = 12
"""A character of given names that so few ordinary words hold tells of a name, whatever stands between: 何辽峤."""

_FEW_WORDS = 20
_WITHIN_WORDS = frozenset("况于衡律项畅窦段释")
"""A surname that begins so few ordinary words is evidence by itself; not these, which end many: 情况, 由于, 平衡."""

_ROAD = Regex(r"[一-鿿]{2}(?<![铁公马道线电网思出通旅套])(?:路|大道|街)(?![一-鿿]{0,3}[0-9])")
"""A road without a number, which the address grammar leaves to the tagger."""
_OF_ROADS = frozenset("路道街")

_COUNTED = Regex("[周时][后前内以多来余复随查龄岁起的左至]")
"""4周后, 12时前."""
_WHEN_OR_WHERE = frozenset("时后中上下前内外")
"""What stands behind a word rather than at the end of a name: 楼梯时."""
_FOREIGN = 3
"""So many characters of transliterations outside words may be somebody's name."""
_LONGEST_WORD = 5
_LABEL = Regex(r"(?<![^,\n])([^,\n:]{2,10}):")
"""What a field is called."""
_NUMBERED = (
    "[一-鿿]{2,8}[省市区县旗州盟镇乡]"
    "(?:[一-鿿]{0,20}[0-9]{1,5}(?:-[0-9]{1,5})*(?:号楼?|弄|栋|幢|座|单元|楼|层|室|户))+(?:[0-9]{2,5})?"
)
"""An address to its number, so that nobody stands in it: behind its gap, as in 5栋 张敏收, a field ends."""


class Fields:
    """姓名：王秀兰 and 住址：长沙市岳麓区麓山南路932号, which need no tagger: names and addresses take the whole value."""

    def __init__(
        self,
        *,
        surnames: Iterable[str],
        given: Iterable[str],
        names: Iterable[str],
        addresses: Iterable[str],
    ) -> None:
        """`names` and `addresses` are what such fields are called.

        A field whose name holds other than `given` characters (曾会野) may be left to the tagger.
        """
        end = "(?m:(?=[,;。]|$))"
        name = re.compile(rf":[{''.join(surnames)}][{''.join(given)}]{{1,2}}{end}")
        address = re.compile(rf":{_NUMBERED}{end}")
        self._values = dict.fromkeys(addresses, address) | dict.fromkeys(names, name)

    def blanked(self, text: str) -> str:
        """The text with spaces in their place."""
        pieces: list[str] = []
        position = 0
        for label in _LABEL.finditer(text):
            if (value := self._values.get(label[1])) and (field := value.match(text, label.end() - 1)):
                pieces += text[position : label.start()], " " * (field.end() - label.start())
                position = field.end()
        return "".join((*pieces, text[position:]))

    @classmethod
    def shipped(cls) -> Fields:
        catalog = shipped_catalog()
        names = ("姓名", *(word for word in catalog.lexicon("titles_before") if len(word) > 1))
        addresses = (
            word
            for spec in catalog.specs
            if spec.entity == "CN_ADDRESS"
            for cue in spec.cues
            for word in cue.words
            if is_han(word[0])
        )
        return cls(
            surnames=catalog.lexicon("surnames"),
            given=catalog.lexicon("given_characters")[:_GIVEN],
            names=names,
            addresses=addresses,
        )


class Gate:
    """Says which sentences are worth tagging."""

    def __init__(
        self,
        *,
        surnames: Iterable[str],
        compound_surnames: Iterable[str],
        ambiguous_surnames: Iterable[str],
        given_characters: Sequence[str],
        ordinary_words: Collection[str],
        foreign_characters: str,
        fields: Fields,
    ) -> None:
        self._fields = fields
        surnames = tuple(surnames)
        given, rare_given = "".join(given_characters[:_GIVEN]), "".join(given_characters[_GIVEN:])
        clear = "".join(set(surnames).difference(ambiguous_surnames))
        starts = Counter(word[0] for word in ordinary_words)
        rare = "".join(
            surname for surname in surnames if starts[surname] <= _FEW_WORDS and surname not in _WITHIN_WORDS
        )
        self._compound = re.compile("|".join(compound_surnames))
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
        return [has_road(sentence) or self._may_name(sentence) for sentence in sentences]

    def _may_name(self, sentence: str) -> bool:
        """Whether words leave room for a name."""
        sentence = self._fields.blanked(sentence)
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


_DIVISION = Regex("[一-鿿]{2,4}[省市区县州盟旗]")


def has_road(sentence: str) -> bool:
    """Whether it holds a road without a number."""
    return not _OF_ROADS.isdisjoint(sentence) and bool(_ROAD.search(sentence))


def shipped_gate() -> Gate:
    """The gate from the shipped lexicons."""
    lexicon = shipped_catalog().lexicon
    divisions = {
        field for line in lexicon("divisions.tsv") for field in line.split("\t") if _DIVISION.fullmatch(field)
    }
    return Gate(
        surnames=lexicon("surnames"),
        compound_surnames=lexicon("compound_surnames"),
        ambiguous_surnames=lexicon("ambiguous_surnames"),
        given_characters=lexicon("given_characters"),
        ordinary_words={word for name in ("common_words", *MEDICAL_LISTS) for word in lexicon(name)}
        | divisions,
        foreign_characters="".join(lexicon("transliteration_characters")),
        fields=Fields.shipped(),
    )
