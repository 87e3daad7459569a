"""Other names of the persons of a document that detection does not find by itself.

建国 is a word, WJG may be anything: they are names where somebody of the document is called
so and the text around says that a person is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import merge
from itertools import groupby

from deid.catalog.lexicon import WordIndex
from deid.detection.boundaries import word_list
from deid.detection.joined import Joined
from deid.detection.names.worded import is_medicine, is_point
from deid.detection.names.words import (
    BEFORE_NAME,
    CLEAR_ACTS,
    CONTACTED,
    EPONYM_AFTER,
    IDENTIFIED,
    is_felt,
)
from deid.detection.values import PackedValues, ValueFinder
from deid.grammar.name import NameGrammar, is_han
from deid.link.names import LEAST_SPELT, initials_of, spelt_of
from deid.normalize import canonical, shadow
from deid.regexes import Regex
from deid.types import Detection, Entity

_PERSON = "PERSON"
_SCORE, _SPACED = 0.7, 0.95
_GIVEN = 2
"""Characters of a given name that can stand for a person."""
_ACTS = Regex(
    r"说|称|自?诉|表示|反映|反馈|告知|来[电院诊]|同意|签[字名]|要求|提出|希望|此前|既往|致歉|咨询|觉得|认为|问|今[天日早]|昨[天日]|明[天日]|曾|已|未|没|不|也|又|还|想|去|"
    r"到|在|哥|姐|叔|伯|弟|妹|婶|姨|先生|女士|本人|家属|的[父母妻夫爱丈儿女家手电住]|[,，。;；、:：!！?？)）\s]|$"
)
"""What a person does, or has, or an end of the clause."""
_QUALITY = Regex(r"[地得了极些]|的(?![父母妻夫爱丈儿女手电住病])|一[点些]|起来|下来|疗护|不已")
_TO = Regex(r"(?:[由请给向与和找对跟经被说问]|[转发送寄交]至|联系|通知|致电|转告|[0-9]{1,2}[日号])$")
_DID = Regex(r"[已曾将因拟称]|[代陪护][答诉办签同诊送]|中午|[早晚]上|送[饭来]|照[顾料]")
_ACTS_HERE = Regex(r"误|扣|收到|负责|接|发|把|将|被|给|向|为|拟|处|[(（]")
_KIN = Regex(r"[之其](?:[父母子女妻夫兄弟姐妹]|[长次]子|[长次]女)$")
_OPEN = Regex(r"(?:^|[\s,，。;；、:：!！?？(（\"“「])$")
_CALLED = Regex(
    r"(?:患者|病人|客户|会员|顾客|姓名|家属|来访者|[之其][子女妻夫父母兄弟姐妹])[: ]{0,2}([一-鿿]) {1,3}([一-鿿])"
)
"""高 洁 is a name behind one of these, or where it says something; elsewhere two words."""
_ACTING = Regex(rf"(?<![一-鿿])([一-鿿]) {{1,3}}([一-鿿])(?={CLEAR_ACTS.pattern})")
_LETTER = Regex("[A-Za-z0-9]")
_SIGNED = Regex(
    r"(?:签[名字章署]|记录[者人]?|录入[者人]?|审核[者人]?|经办人?|操作[者人]?|执行[者人]?|核对[者人]?|报告[者人]?|书写[者人]?|填[表写]人|"
    r"医[师生]|护士|[Ss]igned|[Ii]nitials)(?:by)?[ ]{0,2}[:：/]?[ ]{0,3}$"
)


_TITLED = Regex(
    r"先生|女士|小姐|太太|夫人|老师|总|主任|医生|大夫|教授|经理|阿姨|叔叔|大[爷妈姐哥叔]|[哥姐](?![一-鿿])|护士|律师|同学"
)


def other_forms(surname: str, given: str) -> Iterator[str]:
    """What somebody with this Han name may be called: the given name, 老王, 小王, WJG, wangjianguo, and 司徒 (先生)."""
    if len(given) == _GIVEN:
        yield given
    yield from ("老" + surname, "小" + surname)
    if len(surname) > 1:
        yield surname
    yield from initials_of(surname, given)
    yield from spelt_of(surname, given)


@dataclass(frozen=True)
class Aliases:
    """Forms of names to look for. `strict`: of people who are named in another document."""

    words: frozenset[str] = field(default=frozenset(), repr=False)
    names: frozenset[str] = field(default=frozenset(), repr=False)
    """Full names, to be found where they are written with gaps, or are words as well (安宁)."""
    strict: bool = False
    listed: PackedValues = field(default=PackedValues({}), repr=False)
    """Very many more full names, to be found where they are written with gaps."""

    def __getstate__(self) -> dict[str, object]:
        return {"words": self.words, "names": self.names, "strict": self.strict, "listed": self.listed}

    @cached_property
    def _names(self) -> ValueFinder:
        names = sorted(name for name in self.names if len(name) > _GIVEN)
        if not self.listed:
            return ValueFinder(tuple((_PERSON, name) for name in names))
        together = (name for name, _ in groupby(merge(names, (name for _, name in self.listed))))
        return ValueFinder(PackedValues.in_order({_PERSON: together}, self.listed.pages))

    @cached_property
    def _index(self) -> WordIndex[str]:
        short = {name for name in self.names if len(name) <= _GIVEN + 1}
        return WordIndex(dict.fromkeys(sorted(self.words | short), ""))

    def find(
        self,
        text: str,
        entities: Sequence[Entity],
        grammar: NameGrammar,
        is_somebody: Callable[[str, int, int], bool],
    ) -> Iterator[Detection]:
        """Where they mean a person and no entity covers them, in offsets of the original.

        `is_somebody` tells of a stretch of the shadow that is a word whether it is somebody who is called so.
        """
        if not (self.words or self.names or self.listed):
            return
        read = shadow(text)
        for found in self._names.find(read):
            if len(canonical(text[found.start : found.end], _PERSON)) < found.end - found.start:
                yield replace(found, score=_SPACED, evidence=("alias",))
        for start, end in self._apart(read.text):
            yield Detection(_PERSON, *read.original(start, end), _SPACED, _PERSON, ("alias",))
        starts = [entity.start for entity in entities]
        for start, end, _ in self._index.find_all(read.text):
            first, last = read.original(start, end)
            before = bisect_left(starts, last)
            acts = CLEAR_ACTS.match(read.text, end) is not None
            if before and _covers(entities[before - 1], first, last, acts):
                continue
            if is_medicine(read.text, start, end) or is_point(read.text, start, end):
                continue
            word = read.text[start:end]
            named = self._names_a_person if self.strict else is_somebody
            if (word in self.names and named(read.text, start, end)) or (
                word in self.words and self._means_a_person(read.text, start, end, grammar)
            ):
                yield Detection(_PERSON, first, last, _SCORE, _PERSON, ("alias",))

    def may_stand(self, texts: Joined) -> set[int]:
        """Which of the texts may hold such a form; `find` tells."""
        if not (self.words or self.names or self.listed):
            return set()
        starts = [start for start, _, _ in self._index.find_all(texts.text)]
        apart = [start for start, _ in self._apart(texts.text)]
        return texts.among((*starts, *apart)) | self._names.may_stand(texts) | texts.unread

    def may_cross(self, texts: Joined) -> set[int]:
        """Which of the rows may hold such a form in several of their cells."""
        return self._names.may_stand(texts, across=True)

    def _apart(self, text: str) -> Iterator[tuple[int, int]]:
        """Names of two characters that stand apart."""
        for form in (_CALLED, _ACTING) if self.names else ():
            for match in form.finditer(text):
                if match[1] + match[2] in self.names:
                    yield match.start(1), match.end(2)

    @staticmethod
    def _names_a_person(text: str, start: int, end: int) -> bool:
        """Whether a full name of another document that is a word as well is not the word here."""
        before = text[max(0, start - 4) : start]
        if is_felt(text, start) or _QUALITY.match(text, end):
            return False
        acts = bool(_ACTS.match(text, end) or _ACTS_HERE.match(text, end))
        did = CLEAR_ACTS.match(text, end) or _DID.match(text, end) or IDENTIFIED.match(text, end)
        is_kin = bool(_KIN.search(before))
        led = is_kin or bool(_TO.search(before))
        return (led and acts) or ((is_kin or bool(_OPEN.search(before))) and bool(did))

    def _means_a_person(self, text: str, start: int, end: int, grammar: NameGrammar) -> bool:
        alias = text[start:end]
        if len(alias) >= LEAST_SPELT and alias.isascii():
            is_word = alias.istitle() or alias.islower() or alias.isupper()  # Shanghai; ShangHai is somebody
            if is_word and alias.lower() in grammar.words_in_pinyin:
                return False
            return not any(map(_LETTER.match, (text[start - 1 : start], text[end : end + 1])))
        if alias.isascii():
            alone = not (text[start - 1 : start] + text[end : end + 1]).isalnum()
            return alone and bool(_SIGNED.search(text, max(0, start - 12), start))
        if alias in grammar.compound_surnames:
            return bool(_TITLED.match(text, end))
        before = text[max(0, start - 4) : start]
        if CONTACTED.search(before) and not EPONYM_AFTER.match(text, end):
            return True
        opened = bool(_OPEN.search(before)) or bool(BEFORE_NAME.search(before))
        if alias in grammar.ordinary_words or (alias not in grammar.given_names and _is_word(alias)):
            return opened and bool(CLEAR_ACTS.match(text, end))
        if is_han(before[-1:]) and before[-1:] in grammar.surnames and not opened:
            return False  # the end of somebody else's name
        acts = bool(_ACTS.match(text, end))
        return (opened and acts) if self.strict else (opened or acts)


def _is_word(alias: str) -> bool:
    """血压, the given name of somebody called 高血压."""
    part_of_speech = word_list().part_of_speech(alias)
    return bool(part_of_speech) and not part_of_speech.startswith("nr")


def _covers(entity: Entity, start: int, end: int, acts: bool) -> bool:
    """Whether an entity that begins before `end` covers some of the stretch, and is not all of it and a place, or a herb
    of which is told what persons do: 患者茯苓来诊."""
    whole = (entity.start, entity.end) == (start, end)
    is_word = entity.entity_type == "LOCATION" or (acts and entity.entity_type == "MEDICATION")
    return entity.end > start and not (whole and is_word)
