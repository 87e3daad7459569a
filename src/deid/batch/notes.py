"""What pass 1 notes of the values of a file, so that the link step need not look at each of them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from deid.batch.checking import is_code, is_searchable, tight
from deid.batch.copies import may_be_copied
from deid.detection.boundaries import word_list
from deid.detection.places.words import FULL_NAME, INTRODUCED, ORGANIZATION
from deid.known import is_ambiguous
from deid.link.codes import IDENTIFIERS
from deid.normalize import canonical
from deid.operators import pseudonym, surrogate
from deid.operators.numbering import code_of
from deid.operators.standins import chooses
from deid.pipeline import Deidentifier
from deid.regexes import Regex
from deid.types import Entity, TextBlock
from deid.validators.identity import identity_of

PERSON = "PERSON"
_OF_OWN_NAME = frozenset((FULL_NAME, INTRODUCED))
"""Evidence of a firm in short (康途), which no dictionary knows."""
_WITH_KIN = Regex("(?![大小老阿二三四五六七八九十幺表堂亲师学帅靓御])[一-鿿]{1,2}[哥姐伯叔姨婶嫂爷]")
_CERTAIN = 0.85
_CERTAIN_SHORT = 0.9
"""For names of two characters, which stand in other words more often."""
_GUESS = frozenset(
    {"tagger", "nickname", "form", "surroundings", "remaining", "certain elsewhere", "word elsewhere"}
)
"""Evidence that is not enough to look for a name everywhere, unless two files have it."""


class Row(NamedTuple):
    """A value of a file."""

    entity_type: str
    canonical: str
    surface: str
    kept: bool
    plain: bool
    certain: bool
    likely: bool


def rows_of(deidentifier: Deidentifier, block: TextBlock, entities: Sequence[Entity]) -> Iterator[Row]:
    """The values of a block."""
    for entity in entities:
        surface = block.text[entity.start : entity.end]
        operator = deidentifier.operator_of(entity, labels=block.labels)
        certain, likely = _confidence(entity)
        certain = certain or (entity.entity_type == PERSON and _is_called(surface))
        if likely and entity.entity_type == PERSON and deidentifier.are_ordinary(surface):
            certain = likely = False
        yield Row(
            entity.entity_type,
            canonical(surface, entity.entity_type),
            surface,
            operator == "keep",
            entity.form == "plain",
            certain,
            likely,
        )


def _confidence(entity: Entity) -> tuple[bool, bool]:
    length, kind = len(entity.span), entity.entity_type
    if kind not in (PERSON, ORGANIZATION) or length < 2:
        return False, False
    evidence = {word for claim in entity.detections if claim.entity_type == kind for word in claim.evidence}
    if kind == ORGANIZATION:
        return not evidence.isdisjoint(_OF_OWN_NAME), False
    likely = entity.score >= (_CERTAIN if length > 2 else _CERTAIN_SHORT)
    return likely and not evidence <= _GUESS, likely


def _is_called(surface: str) -> bool:
    """添伯, 涛哥: what people call somebody, and no word (表姐, 空姐), nor any of his trade (司机哥)."""
    words = word_list()
    return (
        _WITH_KIN.fullmatch(surface) is not None
        and not words.part_of_speech(surface)
        and words.part_of_speech(surface[:-1]) != "n"
    )


class Values(NamedTuple):
    """The values of a chunk of a file, for whoever searches what was made of it."""

    wanted: dict[str, list[str]]
    """By type those in canonical form that may not be left, and are long enough to be searched for."""
    kept: list[str]
    """Those that the policy keeps, tight."""
    short: Mapping[str, list[str]] = MappingProxyType({})
    """By type the numbers that are too short to be searched for: where they stand alone they are meant."""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Values:
        wanted: dict[str, dict[str, None]] = {}
        kept: dict[str, None] = {}
        short: dict[str, dict[str, None]] = {}
        for row in rows:
            if row.kept:
                kept[tight(row.surface)] = None
            elif is_searchable(row.canonical):
                wanted.setdefault(row.entity_type, {})[row.canonical] = None
            elif row.plain and may_be_copied(row.entity_type, row.canonical):
                short.setdefault(row.entity_type, {})[row.canonical] = None
        return cls(_listed(wanted), [*kept], _listed(short))


def _listed(values: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {kind: [*some] for kind, some in values.items()}


class Notes(NamedTuple):
    """The values of a chunk of a file, for the link step."""

    codes: dict[str, bytes]
    """Entity type → codes under which a Numbering knows the values that are no names, one after the other."""
    searched: dict[str, list[str]]
    """By type, names that are certain, firms in short among them, and codes: looked for in all files."""
    likely: list[str]
    """Names that are looked for once two files have them."""
    chosen: list[tuple[str, str, str]]
    """Type, canonical form and surface of values for which the policy has a stand-in chosen."""
    real: list[str]
    """Names, places and bodies: no stand-in may be one. Empty where the policy has none chosen."""
    hidden: bool
    """Whether an identifier is shown in part."""

    @classmethod
    def of(cls, deidentifier: Deidentifier, rows: Iterable[Row]) -> Notes:
        policy, is_chosen = deidentifier.policy, dict[str, bool]()
        chooses_any = policy.uses(surrogate.NAME) or policy.uses(pseudonym.NAME)
        codes: dict[str, set[bytes]] = {}
        found = cls({}, {}, [], [], [], False)
        hidden = False
        for row in rows:
            kind, value = row.entity_type, row.canonical
            hidden = hidden or (not row.plain and kind in IDENTIFIERS)
            if row.kept:
                continue
            if chooses_any and kind in surrogate.CHOSEN:
                found.real.append(value)
            if kind != PERSON:
                code = code_of(deidentifier.numbering_key, kind, identity_of(value, kind))
                codes.setdefault(kind, set()).add(code)
                if kind not in is_chosen:
                    is_chosen[kind] = any(chooses(spec.operator, kind) for spec in policy.specs_of(kind))
                if is_chosen[kind]:
                    found.chosen.append((kind, value, row.surface))
            if kind == ORGANIZATION and row.plain and (short := deidentifier.firm_in_short(value)):
                found.searched.setdefault(kind, []).append(short)
            if row.plain and (
                row.certain or (is_code(kind, value) and not is_ambiguous(value, (), entity_type=kind))
            ):
                found.searched.setdefault(kind, []).append(value)
            elif row.plain and row.likely:
                found.likely.append(value)
        in_order = {kind: b"".join(sorted(some)) for kind, some in sorted(codes.items())}
        return found._replace(codes=in_order, hidden=hidden)
