"""Where labellers and deid cut the same thing differently: 王医生 whole, or 王 alone.

A difference is a convention when every stretch that only one side has is of a known kind:

    title         王|医生  患者|王某         cue         电话：|13800138000
    unit          58|岁  3月5|日             clock       2024-03-05| 09:30
    region        浙江省杭州市|西湖区…       vicinity    人民路1号|附近
    department    协和医院|心内科            extension   …4567|转801
    country_code  +86 |13800138000           parts       阿依古丽|·|买买提
    quotes        「|王芳|」                 punctuation 王芳|，

Mapped, the find is cut to the borders of the gold: it is right, and reported here. What a
narrower find leaves of the gold still counts as leaked unless it tells nothing (HARMLESS).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from deid.catalog import Marked, shipped_catalog
from deid.evaluation.matching import Pair, Stretch, merged, outside
from deid.grammar.divisions import Divisions

Conventions = Literal["map", "strict"]
Direction = Literal["wider", "narrower", "both"]
Side = Literal["before", "between", "after"]

KINDS = (
    "title", "cue", "unit", "clock", "region", "vicinity", "department", "extension", "country_code",
    "parts", "quotes", "punctuation",
)  # fmt: skip
HARMLESS = frozenset(KINDS) - {"region", "department", "extension"}
"""What is left of a gold span under these tells nothing about anybody."""

_LONGEST, _SHORT_NAME = 16, 2
_QUOTES = "\"'“”‘’「」『』《》〈〉【】〔〕[]()（）{}<>＂＇［］"
_MARKS = ",.;:!?，。；：！？、·…|/\\-—_~～=*#"
_SEPARATED = re.compile(r"[^\W\d_][^\d，。；！？、,;!?\n]{0,9}?\s*[:：=]\s*|[:：=]\s*")
_COPULA = re.compile(r"[\s:：=（(\[【]*(?:[是为系])?[\s:：=）)\]】]*$")
_GAP = re.compile(r"\s?[·•・‧∙･.．]\s?")
_BLANK = re.compile(r"\s{1,2}")
_FAMILIAR = frozenset("老小阿大")
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百半")
_AGE_UNIT = re.compile(r"\s?(?:周?岁|岁龄|years?(?: old)?|[yY](?:/?o)?)")
_DATE_UNIT = re.compile(r"[日号月年]")
_CLOCK = re.compile(
    r"[\s,，T]*(?:[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?\s*)?"
    r"(?:(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜间|早|夜里)?\s*"
    r"(?:[0-9０-９]{1,2}\s*[:：时点][0-9０-９]{0,2}(?:\s*[:：分][0-9０-９]{0,2}秒?)?(?:\.[0-9]+)?|[一二两三四五六七八九十]{1,3}[点时][半一刻整]?)?"
    r"(?:\s*[AaPp][Mm]|Z|\+08:?00)?|(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间))"
)
_AFTER_PLACE = re.compile(
    r"(?:的)?(?:附近|一带|周边|旁边?|对面|对过|门口|后面|前面|里面?|内|那边|这边|那里|这里|那儿|这儿|楼上|楼下|边上|处|往[东南西北])"
)
_COUNTRY = re.compile(r"[(（]?(?:[+＋]|00)?86[)）]?[\s-]?")
_EXTENSION = re.compile(r"\s*[(（]?(?:转|分机号?|ext\.?|EXT\.?|[-—－#*])\s*[:：]?\s*[0-9０-９]{1,6}[)）]?")

_PLACES = frozenset({"CN_ADDRESS", "LOCATION"})
_DATES = frozenset({"DATE_TIME", "DATE_OF_BIRTH"})
_BODIES = frozenset({"ORGANIZATION", "CN_MEDICAL_INSTITUTION"})


class Piece(NamedTuple):
    """A stretch that only the gold or only the find has."""

    start: int
    end: int
    kind: str
    wider: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A gold span, or several, against a find, or several, that differ by convention alone."""

    entity_type: str
    kinds: tuple[str, ...]
    direction: Direction
    gold: tuple[Stretch, ...]
    found: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Recut:
    """`found[i]` is to stand instead of the finds `sources[i]`; `harmless` are left-overs that tell nothing."""

    found: tuple[Marked, ...]
    sources: tuple[tuple[int, ...], ...]
    differences: tuple[Difference, ...]
    harmless: tuple[Stretch, ...]


def recut(
    text: str,
    gold: Sequence[Marked],
    found: Sequence[Marked],
    pairs: Iterable[Pair],
    *,
    classes: Mapping[str, str],
) -> Recut:
    """Cut finds to the gold where both differ by convention alone; `pairs` are those that overlap."""
    new: dict[tuple[int, ...], list[Marked]] = {}
    differences: list[Difference] = []
    harmless: list[Stretch] = []
    for golds, finds in _joined(gold, found, pairs, classes):
        kind = classes.get(gold[golds[0]].entity_type, gold[golds[0]].entity_type)
        marks = [gold[g] for g in golds]
        claims = [found[f] for f in finds]
        pieces = _pieces(text, kind, marks, claims)
        if not pieces:
            continue
        new[finds] = [
            Marked(mark.start, mark.end, claims[min(i, len(claims) - 1)].entity_type)
            for i, mark in enumerate(marks)
        ]
        harmless += ((p.start, p.end) for p in pieces if not p.wider and p.kind in HARMLESS)
        differences.append(
            Difference(
                marks[0].entity_type,
                tuple(sorted({piece.kind for piece in pieces}, key=KINDS.index)),
                _direction(pieces),
                tuple((mark.start, mark.end) for mark in marks),
                tuple((claim.start, claim.end) for claim in claims),
            )
        )
    gone = {f for finds in new for f in finds}
    rows: list[tuple[Marked, tuple[int, ...]]] = [
        (find, (f,)) for f, find in enumerate(found) if f not in gone
    ]
    rows += [(mark, finds) for finds, marks in new.items() for mark in marks]
    rows.sort(key=lambda row: row[0])
    return Recut(
        tuple(mark for mark, _ in rows),
        tuple(finds for _, finds in rows),
        tuple(differences),
        tuple(harmless),
    )


def _joined(
    gold: Sequence[Marked], found: Sequence[Marked], pairs: Iterable[Pair], classes: Mapping[str, str]
) -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """One gold span with its finds of the same class, or one find with its gold spans; not what is equal."""
    finds_of: dict[int, list[int]] = defaultdict(list)
    golds_of: dict[int, list[int]] = defaultdict(list)
    equal = set()
    for pair in pairs:
        one, other = gold[pair.gold].entity_type, found[pair.found].entity_type
        if classes.get(one, one) == classes.get(other, other):
            finds_of[pair.gold].append(pair.found)
            golds_of[pair.found].append(pair.gold)
            if pair.exact:
                equal.add(pair.gold)
    for g, finds in finds_of.items():
        if g not in equal and all(golds_of[f] == [g] for f in finds):
            yield (g,), tuple(finds)
    for f, golds in golds_of.items():
        if len(golds) > 1 and all(finds_of[g] == [f] for g in golds):
            yield tuple(golds), (f,)


def _pieces(text: str, kind: str, gold: Sequence[Marked], found: Sequence[Marked]) -> list[Piece]:
    """Every stretch that only one side has, by kind; empty when one of them is no convention."""
    wanted, given = merged((m.start, m.end) for m in gold), merged((m.start, m.end) for m in found)
    first, last = max(wanted[0][0], given[0][0]), min(wanted[-1][1], given[-1][1])
    pieces = []
    for wider, stretches in ((True, outside(given, wanted)), (False, outside(wanted, given))):
        for start, end in stretches:
            side: Side = "before" if end <= first else "after" if start >= last else "between"
            name = _kind(text, start, end, kind, side, last - first) if end - start <= _LONGEST else ""
            if not name:
                return []
            pieces.append(Piece(start, end, name, wider))
    if len(found) > 1 and any(one.end == two.start for one, two in pairwise(found)):
        return []  # adjacent, so that nothing tells why they are two
    return pieces


def _kind(text: str, start: int, end: int, kind: str, side: Side, core: int) -> str:
    """What a stretch beside, or between, `core` common characters is; empty when it is no convention."""
    piece = text[start:end]
    if side == "between":
        if kind == "PERSON":
            return "parts" if _GAP.fullmatch(piece) else ""
        return "parts" if _GAP.fullmatch(piece) or _BLANK.fullmatch(piece) else ""
    bare = piece.strip()
    if not bare.strip(_QUOTES):
        return "quotes" if bare else "punctuation"
    if not bare.strip(_QUOTES + _MARKS + " \t\n\u3000"):
        return "punctuation"
    if side == "before" and _SEPARATED.fullmatch(piece):
        return "cue"
    if kind == "PERSON":
        return "title" if _is_title(piece, side, core) else "cue" if _is_cue(piece, side) else ""
    return _of_type(text, start, piece, kind, side) or ("cue" if _is_cue(piece, side) else "")


def _of_type(text: str, start: int, piece: str, kind: str, side: Side) -> str:
    """The kinds that go with one entity type."""
    after = side == "after"
    if kind == "AGE" and after and _AGE_UNIT.fullmatch(piece) and text[start - 1 : start] in _NUMERALS:
        return "unit"
    if kind in _DATES and after:
        if _DATE_UNIT.fullmatch(piece) and text[start - 1 : start] in _NUMERALS:
            return "unit"
        if _CLOCK.fullmatch(piece):
            return "clock"
    if kind in _PLACES:
        if after and _AFTER_PLACE.fullmatch(piece):
            return "vicinity"
        if piece in ("省", "市") if after else _is_region(piece):
            return "region"
    if kind in _BODIES and after and _is_department(piece):
        return "department"
    if kind == "PHONE_NUMBER":
        if after and _EXTENSION.fullmatch(piece):
            return "extension"
        if not after and _COUNTRY.fullmatch(piece):
            return "country_code"
    return ""


def _is_title(piece: str, side: Side, core: int) -> bool:
    """李哥, 王某工; but 哥 after three characters is the end of a name."""
    word = piece.strip(_QUOTES + _MARKS + " \t\u3000")
    titles, roles = _titles()
    if side == "before" and (word in _FAMILIAR or word in roles):
        return True
    if len(word) < 2 and core > _SHORT_NAME:
        return False
    return bool(word) and _made_of(word, titles | roles if side == "before" else titles)


def _is_region(piece: str) -> bool:
    rest = piece.strip(" ,，、-")
    return bool(rest) and _made_of(rest, _regions())


def _is_department(piece: str) -> bool:
    return _made_of(piece.strip(), _departments())


def _is_cue(piece: str, side: Side) -> bool:
    """身份证号 before a value, （手机） behind it."""
    if side == "after" and piece.strip()[0] not in _QUOTES:
        return False
    word = _COPULA.sub("", piece.strip(_QUOTES + " ")).strip(" \t\u3000" + _QUOTES)
    return word in _cues()


def _made_of(text: str, words: frozenset[str]) -> bool:
    """Whether a text is one of the words, or up to three of them in a row."""
    if text in words:
        return True
    ends = {0}
    for _ in range(3):
        ends = {end for start in ends for end in range(start + 1, len(text) + 1) if text[start:end] in words}
        if len(text) in ends:
            return True
    return False


def _direction(pieces: Iterable[Piece]) -> Direction:
    sides = {piece.wider for piece in pieces}
    return "both" if len(sides) == 2 else "wider" if True in sides else "narrower"


@cache
def _titles() -> tuple[frozenset[str], frozenset[str]]:
    catalog = shipped_catalog()
    after = frozenset(catalog.lexicon("titles_after")) | frozenset("哥姐叔姨婶嫂伯爷总工氏")
    roles = frozenset((*catalog.lexicon("titles_before"), *catalog.lexicon("kinship")))
    return after, roles


@cache
def _cues() -> frozenset[str]:
    return frozenset(
        word
        for spec in shipped_catalog().specs
        for word in (
            spec.title,
            spec.label,
            *spec.headers,
            *(word for cue in spec.cues for word in cue.words),
        )
        if word
    )


@cache
def _regions() -> frozenset[str]:
    """Provinces and prefectures, by their full and short names."""
    lines = shipped_catalog().lexicon("divisions.tsv")
    wide = [line for line in lines if line.split("\t")[1:2] in (["province"], ["prefecture"])]
    divisions = Divisions.from_lines(wide)
    return frozenset((*divisions.full, *divisions.short, "中国", "中华人民共和国", "省", "市"))


@cache
def _departments() -> frozenset[str]:
    return frozenset((*shipped_catalog().lexicon("departments"), "门诊", "病区", "病房", "急诊", "住院部"))
