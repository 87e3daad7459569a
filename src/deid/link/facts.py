"""What a block says about persons: names with what stands around them, and values that are somebody's.

Facts are noted in the first pass, where the text is at hand; everything that joins them works
on facts alone. They hold originals and live in the encrypted journal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, cast

from deid.aliases import ROLES
from deid.catalog import Catalog
from deid.detection.names.words import NameWords
from deid.grammar.age import find_ages
from deid.grammar.date import find_dates, solar_date, unboxed
from deid.grammar.name import NameGrammar
from deid.link.codes import IDENTIFIERS, RECORD_SERIES, SEX, Codes, kind_of
from deid.link.names import NameForm, NameReader, PersonName, trimmed
from deid.link.owners import NOBODY, Named, Owners
from deid.link.roles import CHILD, attributes_in, role_of_title, role_of_word, sex_of_title
from deid.normalize import canonical, shadow
from deid.regexes import Regex
from deid.types import Entity, TextBlock
from deid.validators.identity import identity_of

PERSON, MARK, DAY = "PERSON", "mark", "day"

_LABEL = Regex(
    r"([一-鿿A-Za-z]{1,12})(?:\(([一-鿿]{1,6})\)(?=[ ]{0,4}:))?[ ]{0,4}(?:[:(\"“]|是|为)?[ ]{0,4}$"
)
_AUTHOR = Regex(r"^(?:core|app|custom), |, author$|^part \d+, text$")
"""Where Office notes who made, edited or commented on a file: nobody whom the file is about."""
_ENVELOPE = Regex(r", header$")
"""Where a mail says who sent it to whom; an address without a name there is as likely the house's."""
_BEHIND = Regex(r"[ ]?\(([一-鿿]{1,12})\)")
_BEING = Regex(r",?[ ]?[是系为]([一-鿿]{3,12})(?![一-鿿])")
_POSSESSED = Regex(r"(?:[系是为])?(?:[一-鿿]{1,4}[的之]|其|患者|病人|客户|会员|本人)?")
"""What may stand before a relation behind a name: 小黄（黄莺的妹妹）, 王某（系患者妻子）."""
_NEUTRAL = Regex(
    r"(?:姓名|名字|名称|姓[ ]*名|full.?name|^name|patient.?name|client.?name|customer.?name)$", re.IGNORECASE
)
_SIGNATURE = Regex(
    r"签名|签字|签章|签署|记录|录入|审核|经办|操作|医师|医生|护士|者|人$|(?i:signed|\bby|initials|signature)$"
)
_SEX_BESIDE = Regex(r"[ ]{0,2}[(,、/|:]?[ ]{0,2}(男|女)(?:性|士)?(?=[,、。;/|) \n0-9]|$)")
_SEX_TOLD = Regex(r"性别[: ]{0,3}(男|女)")
_SEXES = {"男": "male", "女": "female"}
_SEX_LABELS = frozenset({"性别", "sex", "gender"})
_ADDRESSED = Regex("先生|女士|小姐|太太|夫人")
"""Titles that tell the sex of a full name; 王建国女儿 is somebody else."""
_KIN_BEFORE = Regex(r"(?:(?<![一-鿿])|(?<=[其之患]))([父母夫妻子女儿婿兄弟姐妹媳孙])$")
_AFTER_COLON = Regex(r":[ ]*$")
_GREETED = Regex(r",?(?:[您你]|请问|早上好|上午好|中午好|下午好|晚上好)")
_SPEAKING = ("staff", "clinician")
"""客服：王先生您好 is said by somebody of the staff to 王先生."""
_CUED = frozenset({"cell", "cue firm", "self-introduction"})
_TOLD_OF = ("", "client", "counterparty")
"""Roles of those of whom a record can tell."""
_LOOK_BACK = 24


class Fact(NamedTuple):
    """One statement. Everything is plain, so that it can be written into a journal.

    `block` counts the blocks of a document, `id` and `start` are where it stands; `row` is set in
    tables. `kind` is an entity type, `sex`, `mark` or `day`. For names `form`, `surname` and `given` are
    those of PersonName, else `form` is the Form of the entity. `role` is what a label, title or
    relation says: of a name its own, of a value that of its owner. `firm` names stand where a
    record names whom it is about. `owner` is the start of the name in this block to which a value
    belongs, or -1, `code` the keyed code of an identifier, and `loose` that it is only likely his; of a name that it is written with gaps. `series` says which record number it is,
    `known` which row of a known list, `column` under which header of a table a name stands.
    """

    block: int
    id: str
    row: str
    kind: str
    value: str
    start: int
    form: str = ""
    surname: str = ""
    given: str = ""
    role: str = ""
    sex: str = ""
    firm: bool = False
    owner: int = -1
    code: str = ""
    title: str = ""
    series: str = ""
    known: str = ""
    loose: bool = False
    column: str = ""

    @property
    def name(self) -> PersonName:
        return PersonName(cast("NameForm", self.form), self.surname, self.given)

    @property
    def is_full(self) -> bool:
        """Whether it is a name in full. Asked of every fact several times."""
        return self.form == "full"

    @property
    def said(self) -> Said:
        """It without its place, for `together`."""
        _, _, _, kind, value, start, form, surname, given, role, sex, firm, owner, code, *others = self
        return (kind, start, form, role, sex, firm, owner, *others), value, surname, given, code


Said = tuple[tuple[Any, ...], str, str, str, str]
"""What a fact says: all that facts of cells that are alike have in common, of which the kind is the first, then
`value`, `surname`, `given` and `code`."""
Placed = tuple[int, str, str, tuple[Any, ...], str, str, str, str]
"""`block`, `id` and `row`, and what is said there."""


def together(facts: Collection[Placed]) -> Any:
    """Facts for the journal, field by field; what they have in common, as there are millions, once."""
    if not facts:
        return []
    blocks, ids, rows, common, *others = zip(*facts, strict=True)
    numbers: dict[Any, int] = {}
    known: dict[int, int] = {}  # to look for a tuple takes longer than for its id
    which = []
    for some in common:
        number = known.get(id(some))
        if number is None:
            number = known[id(some)] = numbers.setdefault(some, len(numbers))
        which.append(number)
    return [list(numbers), blocks, ids, rows, which, *others]


def apart(content: Any) -> Iterator[Fact]:
    """The inverse of `together`."""
    if not content:
        return
    numbers, blocks, ids, rows, which, *others = content
    for block, id, row, number, value, surname, given, code in zip(
        blocks, ids, rows, which, *others, strict=True
    ):
        kind, start, form, role, sex, firm, owner, *more = numbers[number]
        yield tuple.__new__(  # half as long as a call of the class
            Fact,
            (
                *(block, id, row, kind, value, start, form),
                *(surname, given, role, sex, firm, owner, code, *more),
            ),
        )


def place_of(block: TextBlock, number: int) -> tuple[int, str, str]:
    """The first fields of a fact: `block`, `id` and `row`."""
    return number, block.id, f"{block.table.sheet}\0{block.table.row}" if block.table else ""


def identity(value: str, entity_type: str) -> str:
    """The normal form in which two values are the same thing: canonical, and old resident numbers in 18 digits.

    >>> identity("110105 491231 002", "CN_RESIDENT_ID")
    '11010519491231002X'
    """
    return identity_of(canonical(value, entity_type), entity_type)


@dataclass(frozen=True)
class FactReader:
    """Reads facts, with the words of a catalog."""

    grammar: NameGrammar
    titles: frozenset[str] = field(repr=False)
    kinship: frozenset[str] = field(repr=False)
    known: Mapping[str, str] = field(repr=False)
    """Subject of a known list → a code of its values: rows of a list move."""
    codes: Codes = field(repr=False)
    days: bool = False
    """Whether days of events are noted too."""

    @classmethod
    def of(
        cls, catalog: Catalog, grammar: NameGrammar, known: Mapping[str, str], codes: Codes, *, days: bool
    ) -> FactReader:
        titles, kinship = frozenset(catalog.lexicon("titles_after")), frozenset(catalog.lexicon("kinship"))
        return cls(grammar, titles, kinship, known, codes, days)

    @cached_property
    def names(self) -> NameReader:
        return NameReader(self.grammar)

    @cached_property
    def _words(self) -> NameWords:
        return NameWords(titles=self.titles, kinship=self.kinship, roles=())

    def read(self, block: TextBlock, entities: Sequence[Entity], *, number: int) -> Iterator[Fact]:
        """The facts of a block, which is the `number`th of its document."""
        text = _plain(block.text)
        place = place_of(block, number)
        found = [e for e in entities if e.entity_type == PERSON]
        called = {text[e.start : e.end] for e in found}
        persons = [self._person(text, block, e, place, called) for e in found]
        yield from persons
        owners = self._owners(text, entities, persons)
        for entity in entities:
            if fact := self._value(text, block, entity, place, owners):
                yield fact
        yield from _told(text, block, place, owners)

    def _person(
        self,
        text: str,
        block: TextBlock,
        entity: Entity,
        place: tuple[int, str, str],
        called: Collection[str],
    ) -> Fact:
        claims = [claim for claim in entity.detections if claim.entity_type == PERSON]
        evidence = {word for claim in claims for word in claim.evidence}
        surface = self._without_next(trimmed(block.text[entity.start : entity.end]), text, entity.end)
        cued = bool(evidence & _CUED)
        label, title = _label(text, block, entity.start), self._title(text, entity.end)
        end = entity.end + len(title)
        relation = self._relation(text, entity.start, end, called)
        name = self.names.read(surface, firm=cued, initials=bool(_SIGNATURE.search(label)))
        is_author = block.labels == ("姓名",) and bool(_AUTHOR.search(block.where))
        told = role_of_word(label) if cued or _ends_in_role(label) else ""
        if told in _SPEAKING and _GREETED.match(text, end):
            told = ""
        being = _BEING.match(text, end) if not (relation or (told and name.is_full)) else None
        if being:
            relation = self._kin_of(being[1], called)
        role = "staff" if is_author else "relative" if relation else told or role_of_title(title)
        neutral = role in _TOLD_OF or (bool(_NEUTRAL.search(label)) and not (relation or told or is_author))
        field = cued or (
            bool(told) and _AFTER_COLON.search(text, max(0, entity.start - 16), entity.start) is not None
        )
        return Fact(
            *place,
            kind=PERSON,
            value=canonical(surface, PERSON),
            start=entity.start,
            form=name.form,
            surname=name.surname,
            given=name.given,
            role=entity.role or role,
            sex=_sex(text, entity, name, title, relation),
            firm=field and neutral,
            title=title,
            known=self.known.get(entity.subject or "", ""),
            loose=len(name.surname + name.given) < len(surface),
            column=block.labels[0] if block.table and block.labels else "",
        )

    def _without_next(self, surface: str, text: str, end: int) -> str:
        """段某 of 段某希 before 望: the last character of a name that is shortened, or has a dot, may begin a word."""
        marked = "某" in surface[:-1] or "·" in surface
        cut = marked and len(surface) > 2 and text[end - 1 : end + 1] in self.grammar.ordinary_words
        return surface[:-1] if cut else surface

    def _owners(self, text: str, entities: Sequence[Entity], persons: Sequence[Fact]) -> Owners:
        spans = [(entity.start, entity.end) for entity in entities]
        ends = dict(spans)
        named = [Named(fact.value, fact.start, ends[fact.start], fact.role) for fact in persons]
        return Owners(text, named, spans, self.kinship)

    def _title(self, text: str, position: int) -> str:
        gap = position + (text[position : position + 1] == " ")
        size = self._words.title_at(text, gap)
        return text[gap : gap + size]

    def _relation(self, text: str, start: int, end: int, called: Collection[str]) -> str:
        """妻 of 其妻李某, 妻子 of 李某（妻子）, 妹妹 of 小黄（黄莺的妹妹）, or nothing."""
        behind = _BEHIND.match(text, end)
        if behind and (kin := self._kin_of(behind[1], called)):
            return kin
        start -= text[start - 1 : start] in (" ", ":", "(")
        for size in (4, 3, 2):
            if start >= size and text[start - size : start] in self.kinship:
                return text[start - size : start]
        short = _KIN_BEFORE.search(text, max(0, start - 2), start)
        return short[1] if short else ""

    def _kin_of(self, said: str, called: Collection[str]) -> str:
        """The relation with which `said` ends, if what stands before it is somebody: 黄莺的妹妹, 患者妻子, 妻子."""
        for size in range(min(len(said), 6), 0, -1):
            kin, whose = said[-size:], said[:-size]
            if kin in self.kinship:
                told = not whose or whose in called or said in called or _POSSESSED.fullmatch(whose)
                return kin if told or kin[0] == "之" else ""
        return ""

    def _value(
        self, text: str, block: TextBlock, entity: Entity, place: tuple[int, str, str], owners: Owners
    ) -> Fact | None:
        """A value that says who somebody is; an age below 14 is a mark."""
        surface = block.text[entity.start : entity.end]
        kind, series, value = entity.entity_type, "", ""
        label = _label(text, block, entity.start)
        if kind == "AGE":
            age = next(find_ages(surface), None)
            if age is None or not (age.kind == "infant" or (age.years is not None and age.years < CHILD)):
                return None
            kind, value = MARK, "under-14"
        elif kind == "DATE_TIME":
            kind, value = DAY, day_of(surface) if self.days and entity.form == "plain" else ""
        elif kind not in IDENTIFIERS:
            return None
        elif kind == "DATE_OF_BIRTH":
            value = day_of(surface)
        else:
            value = identity(surface, kind)
            series = label if kind == "MEDICAL_RECORD_NUMBER" else ""
        if not value:
            return None
        role = role_of_word(label)
        owner = owners.of(entity.start, role)
        counts = kind in IDENTIFIERS and entity.form == "plain"
        if owner.start == NOBODY and _ENVELOPE.search(block.where):
            counts = False
        return Fact(
            *place,
            kind=kind,
            value=value,
            start=entity.start,
            form=entity.form,
            role=entity.role or role,
            owner=owner.start,
            code=self.codes.hide(kind_of(kind, value), value) if counts else "",
            series=RECORD_SERIES.get(series.removesuffix("码"), ""),
            known=self.known.get(entity.subject or "", ""),
            loose=owner.loose,
        )


def day_of(surface: str) -> str:
    """The day in ISO form, or nothing where less than a day was written."""
    match = next(find_dates(unboxed(surface)), None)
    day = solar_date(match) if match and match.granularity == "day" else None
    return day.isoformat() if day else ""


def _told(text: str, block: TextBlock, place: tuple[int, str, str], owners: Owners) -> Iterator[Fact]:
    """Sex in a field, and attributes."""
    sex = _SEXES.get(text.strip())
    if sex and any(label.strip().lower() in _SEX_LABELS for label in block.labels):
        yield Fact(*place, kind=SEX, value=sex, start=0)
    for match in _SEX_TOLD.finditer(text) if "性别" in text else ():
        owner = owners.of(match.start(), "")
        told = Fact(*place, kind=SEX, value=_SEXES[match[1]], start=match.start())
        yield told._replace(owner=owner.start, loose=owner.loose)
    for start, attribute in attributes_in(text):
        yield Fact(*place, kind=MARK, value=attribute, start=start, owner=owners.of(start, "").start)


def say_more(texts: Sequence[str]) -> list[bool]:
    """Of each cell whether FactReader may read something of it beside the value that is all of it: a sex, an attribute."""
    whole = "".join(texts)
    apart = "," if whole.isascii() else "。"  # nothing is read across either
    return list(map(_says_more, texts)) if _says_more(apart.join(texts)) else [False] * len(texts)


def _says_more(text: str) -> bool:
    if text.isascii():
        return "I" in text  # as in HIV
    plain = shadow(text).text
    return len(plain) != len(text) or "性别" in plain or bool(attributes_in(plain))


def _plain(original: str) -> str:
    """The shadow where its offsets are those of the original, else the original."""
    read = shadow(original)
    return read.text if len(read.text) == len(original) else original


def _label(text: str, block: TextBlock, start: int) -> str:
    """The word before a value, else the header or field of its block."""
    line = text.rfind("\n", max(0, start - _LOOK_BACK), start) + 1
    match = _LABEL.search(text[max(line, start - _LOOK_BACK) : start])
    if match:
        return match[1] + (match[2] or "")
    return block.labels[0].strip() if block.labels and start - len(text) + len(text.lstrip()) <= 1 else ""


def _ends_in_role(label: str) -> bool:
    """Whether the last word of a label is a role: 今日患者, but not 患者说."""
    return any(label.endswith(word) for word in ROLES)


def _sex(text: str, entity: Entity, name: PersonName, title: str, relation: str) -> str:
    beside = _SEX_BESIDE.match(text, entity.end)
    if beside:
        return _SEXES[beside[1]]
    if relation:
        return sex_of_title(relation)
    if name.form == "surname" and not title and len(entity.span) > 1:
        return sex_of_title(text[entity.end - 1])
    return sex_of_title(title) if not name.is_full or _ADDRESSED.fullmatch(title) else ""
