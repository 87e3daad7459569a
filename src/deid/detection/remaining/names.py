"""Words, herbs and characters alone that are somebody, by their surroundings and by all places of the word in a text.

    白果陪到零点,白果的打车费    主管批:毛豆    于签

Where others are named, two networks judge what the finders of names left: one reads what stands around a word and
the word itself, another weighs that together with what is said of the word's other places. `deid.training.words`
trains them. Unlike `names.surrounded`, which never reads the word, they know which words are hardly ever names,
and look at words without a surname.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from math import log1p
from typing import Any

import numpy as np
import numpy.typing as npt

from deid.catalog import Catalog
from deid.detection.characters import Pairs, han_table, looked_up, table_of
from deid.detection.names.fit import PERSON
from deid.detection.names.learned import LearnedWords
from deid.detection.names.nobody import is_maker, is_said
from deid.detection.names.worded import Worded
from deid.detection.names.words import LABEL_ENDS, NameWords
from deid.detection.networks import Floats, Spans, likely, shipped
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.detection.remaining.rows import Reader, Rows, beside
from deid.grammar.name import NameGrammar
from deid.regexes import Regex
from deid.types import Detection

READING, WEIGHING = "words.onnx", "persons.onnx"
SIDE, OWN = 12, 3
"""So many characters are read on either side of a word, and of its own."""
COLUMNS = 2 * SIDE + OWN
LIKELY = 0.8
"""From this on what the networks say is believed."""
_LEAST = 1.0
"""Log odds of a place, which must not speak against it."""
HOPELESS = -3.0
"""Log odds of places that are not looked at further."""
_LEAST_TEXT = 100
"""Characters of a text; shorter ones tell too little."""
_OTHERS = 2
"""So many others are named where words are looked at."""
_LENGTHS = (2, 3)
_MADE = Regex("[汤散丸饮膏丹醇素林汀唑平胺酮酯酸钠钙钾片霉韦替]")
"""What names of formulas and of drugs that are made end with: nobody is called after them."""
_TAKES = Regex("[停用予加服给换改吃]\\Z|静[滴推注]\\Z")
"""What is done with a drug."""
_DATED = Regex("(?:成立|注册|开业|开诊)[ ]{1,4}(?:19|20)[0-9]{2}")
"""成立 2013-05-17."""
_OF_DISEASE = Regex("[一-鿿]{0,2}(?:综合[征症]|淋巴瘤|[肉腺]瘤|[腺]?癌|反跳)")
_WEEKDAY = Regex("周[一二三四五六日末]")
_BULLET, _ITEM = Regex("[ ]*[-*·•][ ]{0,3}"), Regex("[ ]*[-*·•][ ]{0,3}([一-鿿]{2,4})(?![一-鿿])")
"""What begins the line of a list, and what stands in it."""
_DASH, _DASH_BEFORE = Regex("[-—]{1,2}\\Z"), Regex("[-—]{1,2}(?=[一-鿿])")
_ANSWERS = 4
"""So many herbs behind a dash each are what verses or riddles mean."""
_KINDS = ("alone", "medicine", "name-like", "given", "known", "other", "pet")
_LEADS_PET, _ENDS_PET = "阿小老大细肥幺二三", "姐哥叔婶姨伯太婆妹仔娃丫爷嫂"
"""What a pet name begins with, or ends with: 阿水, 莲婶; or it is one character twice: 月月."""
_NOWHERE_ELSE, _MANY = -6.0, 5
_SEEN = 2.0
"""Log odds from which on somebody is likely named."""
TRAITS = 12 + len(_KINDS)


class RemainingNames:
    """Thread-safe."""

    def __init__(
        self,
        catalog: Catalog,
        grammar: NameGrammar,
        words: NameWords,
        *,
        learned: Sequence[LearnedWords] = (),
    ) -> None:
        self._learned = tuple(learned)
        self._grammar, self._words, self._worded = grammar, words, Worded(grammar, words)
        self._kind, self._traits_of = map(lru_cache(maxsize=1 << 14), (self._kind_of, self._traits_of_word))
        medicine = (word for name in ("herbs", "drugs", "formulas") for word in catalog.lexicon(name))
        self._medicine = frozenset(word for word in medicine if len(word) in _LENGTHS)
        self._brands = frozenset(catalog.lexicon("drug_brands"))
        self._given = frozenset(catalog.lexicon("given_names"))
        surnames = grammar.surnames | grammar.rare_surnames
        self._is_surname = table_of(surnames)
        self._leads_pet, self._ends_pet = table_of(_LEADS_PET), table_of(_ENDS_PET)
        listed = (*self._medicine, *self._given, *grammar.name_like_words, *grammar.compound_surnames)
        self._begins = Pairs(word[:2] for word in listed if len(word) > 1)

    def find_many(
        self, readings: Sequence[Reading], claims: Sequence[Sequence[Detection]]
    ) -> Iterator[list[Detection]]:
        """Of each reading the names beside its claims."""
        is_prose = shipped_prose()
        spans = [
            self.spans(reading)
            if len(reading.text) >= _LEAST_TEXT
            and _names_others(reading.text, taken)
            and not is_prose(reading.text)
            else np.zeros((0, 2), np.intp)
            for reading, taken in zip(readings, claims, strict=True)
        ]
        odds = _shipped()[0].odds([reading.text for reading in readings], spans)
        for reading, taken, places, named in zip(readings, claims, spans, odds, strict=True):
            hopeful = named >= HOPELESS
            places, named = places[hopeful], named[hopeful]
            stands = self.stand(reading, places)
            yield list(self._believed(reading, taken, places[stands], named[stands])) if stands.any() else []

    def _believed(
        self, reading: Reading, claims: Sequence[Detection], spans: Spans, odds: Floats
    ) -> Iterator[Detection]:
        """The likeliest first, where they overlap."""
        scores = likely(_shipped()[1], self.traits(reading, spans, odds))
        left = set(
            map(tuple, beside(reading.text, spans, [(claim.start, claim.end) for claim in claims]).tolist())
        )
        taken = bytearray(len(reading.text))
        scores[odds < _LEAST] = 0.0
        for learned in self._learned:
            if learned.is_subject(reading.text):
                for start, end, _ in learned.words.find(reading.text):
                    taken[start:end] = b"\1" * (end - start)
        for number in np.argsort(-scores, kind="stable").tolist():
            score, (start, end) = float(scores[number]), spans[number].tolist()
            if score < LIKELY:
                return
            if (
                (start, end) in left
                and not any(taken[start:end])
                and not _WEEKDAY.fullmatch(reading.text, start, end)
                and not self._is_the_word(reading, start, end)
                and not self._is_of_medicine(reading.text, start, end)
                and not self._is_of_label(reading.text, end)
                and not self._is_listed_with_things(reading, start, end)
                and not self._is_answer(reading.text, start, end)
                and not is_maker(reading.text, start, end)
                and not is_said(reading.text, start, end)
            ):
                taken[start:end] = b"\1" * (end - start)
                yield Detection(PERSON, start, end, score, "PERSON.remaining", ("remaining",))

    def _is_the_word(self, reading: Reading, start: int, end: int) -> bool:
        """Whether what is somebody elsewhere is the word here."""
        word = reading.text[start:end]
        if word in self._words.roles and self._words.role_ends(reading.text, end):
            return True  # 找|房东|佟姐
        is_word = self._worded.is_word(reading, word)
        return is_word and self._worded.is_the_word(reading, start, end)

    def _is_of_medicine(self, text: str, start: int, end: int) -> bool:
        """紫杉醇, 桂枝汤, 福善美, what a disease is called after, and what begins the name of one: 胡桃|夹综合征."""
        word = text[start:end]
        if word in self._medicine and _TAKES.search(text, max(0, start - 2), start):
            return True  # 停甲强龙
        if word in self._brands and not self._grammar.surname_length(word):
            return True
        made = len(word) == _LENGTHS[-1] and word in self._medicine and _MADE.match(word[-1]) is not None
        return made or _OF_DISEASE.match(text, end) is not None

    def _is_of_label(self, text: str, end: int) -> bool:
        """成立|日：2024年, 犹豫期|：20日, 成立 2013-05-17."""
        if _DATED.match(text, end - 2):
            return True
        last = end if text[end : end + 1] in LABEL_ENDS else end - 1
        return text[last] in LABEL_ENDS and text.startswith(":", last + 1)

    def _is_answer(self, text: str, start: int, end: int) -> bool:
        """“投我以木瓜”——宣木瓜: a herb behind a dash where others stand so; somebody who is quoted is called like none."""
        if text[start:end] not in self._medicine or not _DASH.search(text, max(0, start - 2), start):
            return False
        answers = (text[m.end() : m.end() + size] for m in _DASH_BEFORE.finditer(text) for size in _LENGTHS)
        return len({answer for answer in answers if answer in self._medicine}) >= _ANSWERS

    def _is_listed_with_things(self, reading: Reading, start: int, end: int) -> bool:
        """生姜 in a line of a list between those of 牛奶 and 花椒."""
        text = reading.text
        line = text.rfind("\n", 0, start)
        above = _ITEM.match(text, text.rfind("\n", 0, max(line, 0)) + 1, max(line, 0))
        below = _ITEM.match(text, text.find("\n", end) + 1)
        if not (_BULLET.fullmatch(text, line + 1, start) and above and below):
            return False
        return all(item[1] in self._medicine or reading.known(item[1]) for item in (above, below))

    def spans(self, reading: Reading) -> Spans:
        """Surnames that stand alone, and words of two or three characters that may be names."""
        text = reading.text
        codes = looked_up(text)
        is_han = np.concatenate([[False], han_table()[codes], [False] * 3])
        surname = self._is_surname[codes]
        alone = np.flatnonzero(surname & ~is_han[:-4] & ~is_han[2:-2]).tolist()
        following = np.append(codes[1:], 0)
        pet = self._leads_pet[codes] | self._ends_pet[following] | (codes == following)
        starts = np.union1d(np.flatnonzero(surname | pet), self._begins.starts(codes))
        found = [(start, start + 1) for start in alone]
        for length in _LENGTHS:
            within = starts[starts + length <= len(text)]
            whole = np.all([is_han[within + place] for place in range(1, length + 1)], axis=0)
            found += [
                (start, start + length)
                for start in within[whole].tolist()
                if self._kind(text[start : start + length], reading.known)
            ]
        return np.array(sorted(found), np.intp).reshape(len(found), 2)

    @staticmethod
    def stand(reading: Reading, spans: Spans) -> npt.NDArray[np.bool_]:
        """Of each span whether words end at its borders."""
        stands = [
            end - start == 1 or {start, end} <= reading.boundaries(start, end)
            for start, end in spans.tolist()
        ]
        return np.array(stands, np.bool_)

    def _kind_of(self, word: str, known: Callable[[str], int]) -> str:
        if len(word) == 1:
            return "alone"
        if word in self._medicine:
            return "medicine"
        if word in self._grammar.name_like_words:
            return "name-like"
        if word in self._given:
            return "given"
        if self._grammar.surname_length(word):
            return "known" if known(word) else "other"
        is_pet = word[0] in _LEADS_PET or word[-1] in _ENDS_PET or word[0] == word[1]
        return "pet" if is_pet and len(word) == _LENGTHS[0] else ""

    def traits(self, reading: Reading, spans: Spans, odds: Floats) -> Floats:
        """What is weighed of each span: the odds there and of the word's other places, what stands around it, the word."""
        text = reading.text
        places = [(start, end, text[start:end]) for start, end in spans.tolist()]
        said: dict[str, list[float]] = defaultdict(list)
        for (_, _, word), here in zip(places, odds.tolist(), strict=True):
            said[word].append(here)
        most = {word: sorted([_NOWHERE_ELSE, *here])[-2:] for word, here in said.items()}
        total = {word: sum(here) for word, here in said.items()}
        seen = log1p(int((odds > _SEEN).sum()))
        of_word = {word: self._traits_of(word, reading.known) for word in said}
        rows = []
        for (start, end, word), here in zip(places, odds.tolist(), strict=True):
            others, (second, best) = len(said[word]) - 1, most[word]
            rows.append(
                (
                    here,
                    (second if here == best else best) if others else _NOWHERE_ELSE,
                    min(others, _MANY),
                    (total[word] - here) / others if others else _NOWHERE_ELSE,
                    self._words.title_at(text, end) > 0,
                    bool(self._words.role_ends(text, start)),
                    seen,
                    *of_word[word],
                )
            )
        return np.array(rows, np.float32).reshape(len(rows), TRAITS)

    def _traits_of_word(self, word: str, known: Callable[[str], int]) -> tuple[float, ...]:
        """What is known of a word by itself."""
        grammar, kind = self._grammar, self._kind(word, known)
        return (
            *(kind == each for each in _KINDS),
            log1p(known(word)),
            grammar.quality(word) if len(word) > 1 else 0.0,
            len(word),
            word in grammar.ambiguous_surnames,
            word in grammar.ordinary_words,
        )


def _names_others(text: str, claims: Sequence[Detection]) -> bool:
    named = {text[claim.start : claim.end] for claim in claims if claim.entity_type == PERSON}
    return len(named) >= _OTHERS


def rows_of(vocabulary: str) -> Rows:
    """What the first network reads of words."""
    return Rows(vocabulary, before=SIDE, after=SIDE, first=OWN)


@cache
def _shipped() -> tuple[Reader, Any]:
    """The networks of the package; read once a process. ModelError where one is missing or damaged."""
    reading, weighing = shipped(READING, WEIGHING)
    return Reader(reading, rows_of), weighing
