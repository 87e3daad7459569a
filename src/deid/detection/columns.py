"""What the columns of a table are: the first cells under a header tell it of all others.

A header, and fifty cells that are read as any text, say that a column holds telephone numbers. A
cell of the same shape below need not be read with every recognizer then. Only whole cells of types
that are replaced are taken so (of a date with a time the date), and short codes that hold no value
are left. Every other cell is read in full, and so are all of a column of which the first do not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from deid.characters import Translation
from deid.detection.numbercolumns import NumberColumns
from deid.grammar.divisions import Divisions
from deid.grammar.fieldnames import OPEN_NAMES
from deid.grammar.name import NameGrammar
from deid.regexes import Regex
from deid.types import Detection, Entity
from deid.validators import VALIDATORS

SAMPLE = 50
"""Cells by which a column is judged."""
_SHARE = 0.9
"""Of them so many must be of the type."""
_LONGEST = 64
_MOST_KNOWN = 20_000
"""Cells that differ in more than digits of which the shape is remembered."""
_NAME_LIKE = 0.75
_FEW = 3
"""Fewer cells tell nothing of what such a column names."""
_BY_LABEL = frozenset({("cell", "latin"), ("part of one",)})
"""The evidence of names of which the label alone says that they are some."""
WITHIN = ("within codes",)
"""The evidence of what stands at one place in all codes of a column."""

_CAPITALS, _LETTERS, _DIGITS = Regex("[A-Z]+"), Regex("[a-z]+"), Regex("[0-9]")
_ASCII = Regex(r"[0-9A-Za-z][0-9A-Za-z@._:/+*\-]{3,}[0-9A-Za-z](?:[ ][0-9]{1,2}:[0-9:]{2,12})?")
_TIMED = Regex(r"[0-9][0-9/.\-]{7,9}[ ][0-9:]{4,8}(?:\.[0-9]{1,6})?")
_TIME = Regex(r"[ ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?")
_CODE = Regex(r"[A-Za-z][A-Za-z\-]{0,5}[0-9]{1,7}|[1-9][0-9]{4}")
"""Of a code of so few digits its letters say what it is, but for check digits."""
_AMOUNT = Regex(r"(?:[1-9][0-9]{2}|(?!19|20)[1-9][0-9]{3}|[1-9][0-9]{4,5})\.[0-9]{1,2}")
"""No month and day, year and month, or version, and too short for a number of anybody."""
_LONG = frozenset("bank_card iban iccid imei ip luhn mac resident_id uscc vin".split())
_CHECKS = [check for name, check in VALIDATORS.items() if name not in _LONG]
"""Those of values that may look like such a code."""
_HAN_NAME = Regex("[一-鿿]{2,4}")
_ADDRESS = Regex(
    r"(?:[一-鿿]+[0-9A-Za-z\-]{1,5}){1,5}(?:号楼?|号院|室|单元|栋|幢|座|楼|层|户|弄|组|队)|[一-鿿]{4,30}[0-9]{1,5}号?"
)
_BODY = Regex(
    r"医院|公司|学校|大学|学院|[中小]学|幼儿园|集团|中心|银行|酒店|宾馆|诊所|药店|研究|[局厂司部委]|[先女]生|女士|电话|手机|转|收"
)
_WIDEST = frozenset(["province", "prefecture", "county"])

Valid = Callable[[str], bool]


@dataclass(frozen=True)
class CellShapes:
    """By what a cell is of the type of its column. `valid` are the checks of types that have one."""

    names: NameGrammar
    not_names: tuple[str, ...]
    """Titles and words of kinship: what ends with one is not a name alone."""
    divisions: Divisions
    valid: dict[str, Valid] = field(default_factory=dict)
    name_nobody: Valid = str.isdigit
    """Whether a cell of a column `name` holds the name of a thing: Warning, Let There Be Rock."""

    _known: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    def of(self, entity_type: str, text: str) -> str:
        """The shape of a cell of a column of that type, '' where it can only be told by reading it."""
        return self.of_many(entity_type, [text])[0]

    def of_many(self, entity_type: str, texts: Sequence[str]) -> list[str]:
        """The same of many cells: what digits behind the first character they have counts for check digits alone."""
        check = self.valid.get(entity_type)
        shapes = []
        for text, zeroed in zip(texts, _zeroed(texts), strict=True):
            alike = entity_type, text[:1] + zeroed[1:]
            shape = self._known.get(alike)
            if shape is None:
                if len(self._known) > _MOST_KNOWN:
                    self._known.clear()
                shape = self._known[alike] = self._without_check(*alike)
            shapes.append(f"{shape} {check(text)}" if shape and check and text.isascii() else shape)
        return shapes

    def _without_check(self, entity_type: str, text: str) -> str:
        if len(text) > _LONGEST:
            return ""
        if text.isascii():
            if not _ASCII.fullmatch(text):
                return ""
            return text[0] + _DIGITS.sub("0", _LETTERS.sub("a", _CAPITALS.sub("A", text[1:])))
        if entity_type == "PERSON":
            plain = _HAN_NAME.fullmatch(text) and not text.endswith(self.not_names)
            return "name" if plain and self.names.quality(text) >= _NAME_LIKE else ""
        if entity_type == "CN_ADDRESS" and _ADDRESS.fullmatch(text) and not _BODY.search(text):
            place = self.divisions.at(text, 0)
            return "address" if place and place.level in _WIDEST else ""
        return ""

    def of_code(self, text: str) -> str:
        """The shape of a code or an amount in which no check digit sees a value, '' where it is none."""
        if not (is_short_code(text) or _AMOUNT.fullmatch(text)):
            return ""
        for check in _CHECKS:
            if check(text):
                return ""
        return "number" if text.isdecimal() else _DIGITS.sub("0", text)


def is_short_code(text: str) -> bool:
    """Whether a text is a code of so few digits that it may be anything: F0313, HF-0931."""
    return bool(_CODE.fullmatch(text))


def _zeroed(texts: Sequence[str]) -> list[str]:
    """The texts with all their digits 0."""
    whole = "\n".join(texts)
    if whole.count("\n") < len(texts):
        return _zeros()(whole).split("\n")
    return [_DIGITS.sub("0", text) for text in texts]


@cache
def _zeros() -> Translation:
    return Translation(dict.fromkeys(map(ord, "123456789"), "0"))


class Columns:
    """Learns what columns are from cells that were read, and tells what others of them are.

    `replaced` says of an entity type whether every value of it is replaced. A column is known by the
    labels of its cells. What is told depends on the first cells alone, in the order of the document.
    """

    def __init__(self, shapes: CellShapes, replaced: Callable[[str], bool]) -> None:
        self._shapes, self._replaced = shapes, replaced
        self._samples: dict[tuple[str, ...], list[tuple[str, tuple[Entity, ...]]]] = {}
        self._asked: dict[tuple[str, ...], int] = {}
        self._decided: dict[tuple[str, ...], _Decision] = {}
        self._named: dict[tuple[str, ...], list[bool]] = {}
        self._numbers = NumberColumns()

    def wants(self, labels: tuple[str, ...]) -> bool:
        """Whether the next cell of the column belongs to its sample."""
        return bool(labels) and self._asked.get(labels, 0) < SAMPLE

    def take(self, labels: tuple[str, ...]) -> None:
        """Count a cell that is going to be read for the sample."""
        self._asked[labels] = self._asked.get(labels, 0) + 1

    def learn(self, text: str, labels: tuple[str, ...], entities: Sequence[Entity]) -> None:
        """Note what was found in a cell of the sample."""
        if text.strip() and len(labels) == 1 and labels[0].casefold() in OPEN_NAMES:
            self._named.setdefault(labels, []).append(self._shapes.name_nobody(text.strip()))
        self._numbers.learn(text, labels, entities)
        sample = self._samples.setdefault(labels, [])
        sample.append((text, tuple(entities)))
        if len(sample) == SAMPLE:
            self._decided[labels] = self._judged(
                [(text, self._numbers.judged(text, labels, found)) for text, found in sample]
            )
            sample.clear()

    def _judged(self, sample: Sequence[tuple[str, tuple[Entity, ...]]]) -> _Decision:
        if not any(entities for _, entities in sample):
            return _Decision(
                "", {}, frozenset(filter(None, (self._shapes.of_code(text) for text, _ in sample)))
            )
        claims = [_only(text, entities) for text, entities in sample]
        types = [claim.entity_type for claim in claims if claim]
        kind = max(sorted(set(types)), key=types.count, default="")
        if not kind or types.count(kind) < _SHARE * len(sample) or not self._replaced(kind):
            return _Decision()
        found: dict[str, Detection] = {}
        mixed = {""}
        for (text, _), claim in zip(sample, claims, strict=True):
            shape = self._shapes.of(kind, text)
            if (
                claim is None
                or claim.entity_type != kind
                or _told(found.setdefault(shape, claim)) != _told(claim)
            ):
                mixed.add(shape)
        return _Decision(kind, {shape: claim for shape, claim in found.items() if shape not in mixed})

    def judged(self, text: str, labels: tuple[str, ...], entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """What a cell holds in which this was found, as its column says."""
        found = self._numbers.judged(text, labels, entities)
        return self._without_things(text, labels, found) if found else found

    def _without_things(
        self, text: str, labels: tuple[str, ...], entities: tuple[Entity, ...]
    ) -> tuple[Entity, ...]:
        """What was found in a cell but for names of things, where most cells of the column hold such: Metallica among songs."""
        nobody = self._named.get(labels, ())
        if len(nobody) < _FEW or 5 * sum(nobody) < 3 * len(nobody):
            return entities
        is_thing = self._shapes.name_nobody(text.strip())
        return tuple(
            entity
            for entity in entities
            if entity.entity_type != "PERSON"
            or not (is_thing or all(claim.evidence in _BY_LABEL for claim in entity.detections))
        )

    def tell(self, text: str, labels: tuple[str, ...]) -> tuple[Entity, ...] | None:
        """The one value that a cell is, or that it holds none; None where it must be read."""
        return self.tell_many([text], labels)[0]

    def tell_many(self, texts: Sequence[str], labels: tuple[str, ...]) -> Sequence[tuple[Entity, ...] | None]:
        """The same of many cells of a column."""
        decided = self._decided.get(labels, _UNDECIDED)
        if decided.codes:
            return [() if self._shapes.of_code(text) in decided.codes else None for text in texts]
        if not decided.found:
            return [None] * len(texts)
        shapes = self._shapes.of_many(decided.entity_type, texts)
        return [
            decided.entities(shape, len(text)) if shape in decided.found else None
            for text, shape in zip(texts, shapes, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a column is: its type, what is found in cells of each shape, and the shapes of codes that hold nothing."""

    entity_type: str = ""
    found: Mapping[str, Detection] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    _made: dict[tuple[str, int], tuple[Entity, ...]] = field(default_factory=dict)

    def entities(self, shape: str, length: int) -> tuple[Entity, ...]:
        """What a cell of that shape is: all cells of one shape and length share it."""
        made = self._made.get((shape, length))
        if made is None:
            claim = self.found[shape]
            claim = replace(claim, end=claim.end or length)
            made = (Entity(claim.entity_type, claim.start, claim.end, claim.score, "", (claim,)),)
            self._made[shape, length] = made
        return made


_UNDECIDED = _Decision()


def _only(text: str, entities: Sequence[Entity]) -> Detection | None:
    """The only entity of a cell as a claim, where it is all of it (then its end is 0), all but a time of day, or within codes."""
    if len(entities) != 1:
        return None
    [entity] = entities
    first, end = entity.detections[0], entity.end
    if (entity.start, end) == (0, len(text)):
        end = 0
    elif first.evidence == WITHIN:
        return first
    elif not _TIMED.fullmatch(text) or entity.start or not _TIME.fullmatch(text, end):
        return None
    return Detection(entity.entity_type, 0, end, entity.score, first.recognizer, first.evidence, entity.form)


def _told(claim: Detection) -> tuple[object, ...]:
    return claim.start, claim.end, claim.score, claim.recognizer, claim.evidence, claim.form
