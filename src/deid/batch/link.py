"""The step between the passes: what belongs together in the whole folder.

Values get their numbers, in keyed order, so that they do not depend on the order of files.
Names that are certain in one file, and codes, are looked for in all others, also where
nothing around them says what they are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from deid.batch.checking import Value, is_code
from deid.detection.composite import MEDICAL
from deid.known import is_ambiguous
from deid.normalize import canonical
from deid.operators.numbering import Numbering
from deid.pipeline import Deidentifier, NameSet
from deid.types import Entity, TextBlock

_PERSON = "PERSON"
_CERTAIN = 0.85
_CERTAIN_SHORT = 0.9
"""For names of two characters, which stand in other words more often."""
_PROPAGATED = 0.6
"""Enough to be taken where nothing else was found, and to lose against what was."""

_ORDINARY = ("common_words", "name_like_words")
_GUESS = frozenset({"tagger", "nickname", "form", "certain elsewhere"})
"""Evidence that is not enough to look for a name everywhere, unless two files have it."""


class Row(NamedTuple):
    """A value of a file, as pass 1 notes it for the link step. Lives in the encrypted journal."""

    entity_type: str
    canonical: str
    surface: str
    kept: bool
    plain: bool
    certain: bool
    likely: bool


@dataclass(frozen=True)
class Link:
    """What all files share in pass 2. Picklable."""

    numbering: Numbering
    names: NameSet = field(repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """Changes when a number or a name is added."""
        digest = hashlib.sha256(repr(self.numbering.to_dict()).encode())
        digest.update(repr(self.names.values).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def rows_of(deidentifier: Deidentifier, block: TextBlock, entities: Sequence[Entity]) -> Iterator[Row]:
    """The values of a block."""
    for entity in entities:
        surface = block.text[entity.start : entity.end]
        operator = deidentifier.policy.operator_for(entity.entity_type, role=entity.role, label=block.labels)
        certain, likely = _confidence(entity)
        yield Row(
            entity.entity_type,
            canonical(surface, entity.entity_type),
            surface,
            operator.operator == "keep",
            entity.form == "plain",
            certain,
            likely,
        )


def _confidence(entity: Entity) -> tuple[bool, bool]:
    length = len(entity.span)
    if entity.entity_type != _PERSON or length < 2:
        return False, False
    likely = entity.score >= (_CERTAIN if length > 2 else _CERTAIN_SHORT)
    evidence = {
        word for claim in entity.detections if claim.entity_type == _PERSON for word in claim.evidence
    }
    return likely and not evidence <= _GUESS, likely


def link(
    deidentifier: Deidentifier, files: Iterable[Iterable[Row]], *, previous: Numbering | None = None
) -> Link:
    """From the values of all files, one iterable a file."""
    numbered: set[Value] = set()
    searched: set[Value] = set()
    likely: dict[Value, int] = defaultdict(int)
    for rows in files:
        names: set[Value] = set()
        for row in rows:
            if row.kept:
                continue
            value = row.entity_type, row.canonical
            numbered.add(value)
            if row.plain and (row.certain or is_code(*value)):
                searched.add(value)
            elif row.plain and row.likely:
                names.add(value)
        for value in names:
            likely[value] += 1
    searched |= {value for value, count in likely.items() if count > 1}
    # 血糖 in a cell for names may be a person there; in the next file it is measured
    medical = (
        lexicon.file
        for spec in deidentifier.catalog.specs
        if spec.entity in MEDICAL
        for lexicon in spec.lexicons
    )
    words = _words(deidentifier, *_ORDINARY, "place_words", *medical)
    everywhere = {
        (kind, value)
        for kind, value in searched
        if not is_ambiguous(value, words, entity_type=kind) and not deidentifier.keep.keeps(kind, value)
    }
    return Link(
        Numbering.assign(numbered, key=deidentifier.numbering_key, previous=previous),
        NameSet.of(everywhere, score=_PROPAGATED, evidence="certain in another file"),
    )


def known_values(deidentifier: Deidentifier) -> Iterator[Value]:
    """Values of the known list that may be left nowhere: not ambiguous, and not kept by the policy."""
    ordinary = _words(deidentifier, *_ORDINARY)
    for entry in deidentifier.known.entries:
        operator = deidentifier.policy.operator_for(entry.entity_type, role=entry.role).operator
        ambiguous = is_ambiguous(entry.value, ordinary, entity_type=entry.entity_type)
        if operator != "keep" and not ambiguous:  # a value in both lists is known: the safer of the two
            yield entry.entity_type, canonical(entry.value, entry.entity_type)


def _words(deidentifier: Deidentifier, *lexicons: str) -> frozenset[str]:
    """Words of the language, as far as the catalog has these lexicons."""
    return frozenset(word for name in lexicons for word in deidentifier.catalog.lexicons.get(name, ()))
