"""The step between the passes: what belongs together in the whole folder.

Values get their numbers, in keyed order, so that they do not depend on the order of files.
Names that are certain in one file, and codes, are looked for in all others, also where
nothing around them says what they are.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from deid.batch.checking import Value, is_code
from deid.detection.composite import MEDICAL
from deid.known import is_ambiguous
from deid.link.aliases import Aliases
from deid.link.facts import Fact, identity_of
from deid.link.linking import DocumentLink, Linked, link_documents
from deid.link.people import Earlier, People
from deid.normalize import canonical
from deid.operators.numbering import Numbering
from deid.operators.standins import Choice, StandIns, chooses
from deid.operators.surrogate import CHOSEN
from deid.pipeline import Deidentifier, NameSet
from deid.types import Entity, Subject, TextBlock

_PERSON = "PERSON"
_CERTAIN = 0.85
_CERTAIN_SHORT = 0.9
"""For names of two characters, which stand in other words more often."""
_GIVEN = 2
"""Characters of a given name that is looked for by itself."""
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


class Noted(NamedTuple):
    """What pass 1 noted of a file: a repeatable way to its values, and the facts."""

    source: str
    rows: Iterable[Row]
    facts: Iterable[Fact]
    """Read several times, so that they need not be kept."""


@dataclass(frozen=True)
class Link:
    """What all files share in pass 2. Picklable."""

    numbering: Numbering
    names: NameSet = field(repr=False)
    subjects: Mapping[str, Subject] = field(default_factory=dict, repr=False)
    """Full and given names that mean one person in the whole folder."""
    since: Mapping[int, NameSet] = field(default_factory=dict, repr=False)
    """Version of the names → those that came later."""
    stand_ins: StandIns | None = field(default=None, repr=False)
    words: frozenset[str] = field(default=frozenset(), repr=False)
    """Full names that are words as well: found only where the text says that a person is meant."""

    @cached_property
    def aliases(self) -> Aliases:
        """The given names among them, and the names that are words."""
        given = frozenset(value for value, subject in self.subjects.items() if subject.name != value)
        return Aliases(given, self.words, strict=True)

    def __getstate__(self) -> dict[str, object]:
        kept = ("numbering", "names", "subjects", "since", "stand_ins", "words")
        return {name: self.__dict__[name] for name in kept}

    @cached_property
    def looked_for(self) -> frozenset[Value]:
        """Everything that is looked for in all files: names, codes, given names."""
        return frozenset(self.names.values) | {(_PERSON, name) for name in self.aliases.words | self.words}

    def meant(self, value: Value) -> list[Any]:
        """A value that was found because it is certain elsewhere, and what decides what stands for it."""
        kind, name = value
        subject = self.subjects.get(name) if kind == _PERSON else None
        number = self.numbering.number(_PERSON, subject.id) if subject else None
        there = value in self.looked_for
        return [kind, name, there, subject.id if subject else "", subject.role if subject else "", number]


@dataclass(frozen=True)
class FolderLink:
    """The result of the link step."""

    shared: Link
    documents: Mapping[str, DocumentLink] = field(repr=False)
    fingerprints: Mapping[str, str] = field(repr=False)
    """By source: changes with whom the names of that file mean and with their numbers."""
    earlier: tuple[bytes, ...] = field(repr=False)
    """What the next run must know of each subject, packed."""


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
    deidentifier: Deidentifier,
    files: Iterable[Noted],
    *,
    previous: Numbering | None = None,
    decided: StandIns | None = None,
    earlier: Iterable[Earlier] = (),
) -> FolderLink:
    """From what was noted of all files. `previous`, `decided` and `earlier` are of the last run."""
    with _without_collection():
        return _linked(deidentifier, files, previous, decided, tuple(earlier))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Millions of objects come to be that stay and hold no cycles: looking for cycles among them takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _linked(
    deidentifier: Deidentifier,
    files: Iterable[Noted],
    previous: Numbering | None,
    decided: StandIns | None,
    before: tuple[Earlier, ...],
) -> FolderLink:
    known = previous or Numbering(deidentifier.numbering_key)
    collected = _Collected(deidentifier)
    linked = link_documents(
        ((noted.source, collected.facts_of(noted)) for noted in files),
        deidentifier.linking_key,
        earlier=before,
        number=lambda token: known.number(_PERSON, token),
    )
    numbering = Numbering.of_codes(
        collected.codes.values(), key=deidentifier.numbering_key, previous=previous
    )
    # forms that fit several may stand nowhere: they get the last numbers
    for certain in (True, False):
        tokens = {
            (_PERSON, token)
            for document in linked.documents.values()
            for token in document.subjects
            if (token not in document.nobody) is certain
        }
        numbering = Numbering.assign(tokens, key=deidentifier.numbering_key, previous=numbering)
    searched = collected.searched()
    everywhere, subjects = _everywhere(deidentifier, searched, linked.people)
    alike = _words(deidentifier, "name_like_words")
    words = frozenset(value for kind, value in searched if kind == _PERSON and value in alike)
    words |= _given_names(searched, linked.people)
    new = sorted(words - subjects.keys())
    subjects |= {word: person.subject for word in new if (person := linked.people.alone(word))}
    stand_ins = StandIns.assign(
        _choices(deidentifier, collected, linked),
        key=deidentifier.stand_in_key,
        avoid=collected.real,
        previous=decided,
    )
    found = NameSet.of(everywhere, score=_PROPAGATED, evidence="certain in another file")
    shared = Link(numbering, found, subjects, stand_ins=stand_ins, words=words)
    fingerprints = {
        source: _fingerprint(document, collected.codes[source], numbering)
        for source, document in linked.documents.items()
    }
    return FolderLink(shared, linked.documents, fingerprints, tuple(linked.earlier(before)))


class _Collected:
    """The values of all files, as they pass by."""

    def __init__(self, deidentifier: Deidentifier) -> None:
        self._deidentifier = deidentifier
        self._chosen: dict[str, bool] = {}
        self._numbering = Numbering(deidentifier.numbering_key)
        self.codes: dict[str, dict[str, set[str]]] = {}
        """Source → type → codes of its values."""
        self.surfaces: dict[Value, str] = {}
        self.real: set[str] = set()
        """Names of people, places and bodies: no stand-in may be one."""
        self._searched: set[Value] = set()
        self._likely: dict[Value, int] = defaultdict(int)

    def facts_of(self, noted: Noted) -> Iterable[Fact]:
        """The facts of a file, whose values are taken note of."""
        names: set[Value] = set()
        codes: dict[str, set[str]] = defaultdict(set)
        for row in noted.rows:
            if row.kept:
                continue
            value = row.entity_type, row.canonical
            if row.entity_type in CHOSEN:
                self.real.add(row.canonical)
            if row.entity_type != _PERSON:
                kind = row.entity_type
                codes[kind].add(self._numbering.code(kind, identity_of(row.canonical, kind)))
                if self._is_chosen(kind):
                    known = self.surfaces.get(value, row.surface)
                    self.surfaces[value] = min(known, row.surface)
            if row.plain and (row.certain or is_code(*value)):
                self._searched.add(value)
            elif row.plain and row.likely:
                names.add(value)
        for value in names:
            self._likely[value] += 1
        self.codes[noted.source] = codes
        return noted.facts

    def _is_chosen(self, kind: str) -> bool:
        """Whether the policy has stand-ins of the type that are chosen."""
        if kind not in self._chosen:
            specs = self._deidentifier.policy.specs_of(kind)
            self._chosen[kind] = any(chooses(spec.operator, kind) for spec in specs)
        return self._chosen[kind]

    def searched(self) -> set[Value]:
        """Names that are certain in one file, or likely in several, and codes."""
        return self._searched | {value for value, count in self._likely.items() if count > 1}


def _choices(deidentifier: Deidentifier, collected: _Collected, linked: Linked) -> Iterator[Choice]:
    """Every person and value for which a stand-in is chosen."""
    for document in linked.documents.values():
        for token, subject in document.subjects.items():
            surface = subject.name or document.surfaces.get(token, "")
            entity = Entity(_PERSON, 0, len(surface), 1.0, subject=token, role=subject.role)
            yield from deidentifier.possible_choices(entity, surface, subject)
    for (kind, _), surface in collected.surfaces.items():
        yield from deidentifier.possible_choices(Entity(kind, 0, len(surface), 1.0), surface)


def _everywhere(
    deidentifier: Deidentifier, searched: set[Value], people: People
) -> tuple[set[Value], dict[str, Subject]]:
    """What is looked for in all files, and whom the names among it mean."""
    # 血糖 in a cell for names may be a person there; in the next file it is measured
    medical = (
        lexicon.file
        for spec in deidentifier.catalog.specs
        if spec.entity in MEDICAL
        for lexicon in spec.lexicons
    )
    words = _words(deidentifier, *_ORDINARY, "place_words", *medical)
    kept = deidentifier.keep.keeps if len(deidentifier.keep) else None
    everywhere = {
        (kind, value)
        for kind, value in searched
        if not is_ambiguous(value, words, entity_type=kind) and not (kept and kept(kind, value))
    }
    subjects: dict[str, Subject] = {}
    for kind, value in sorted(everywhere):
        if kind == _PERSON and (person := people.alone(value)):
            subjects[value] = person.subject
            given = person.given if person.surname and len(person.given) == _GIVEN else ""
            if given and people.alone(given) is person and not is_ambiguous(given, words):
                subjects[given] = person.subject
    return everywhere, subjects


def _given_names(searched: set[Value], people: People) -> frozenset[str]:
    """Given names of two characters of those who are certain, words among them: 建国, whoever is called so."""
    return frozenset(
        person.given
        for kind, value in searched
        if kind == _PERSON
        for person in map(people.persons.__getitem__, people.by_name.get(value, ()))
        if person.surname and len(person.given) == _GIVEN
    )


def _fingerprint(document: DocumentLink, codes: Mapping[str, Collection[str]], numbering: Numbering) -> str:
    numbers: list[Any] = [numbering.number(_PERSON, token) for token in sorted(document.subjects)]
    numbers += [numbering.numbers[kind][code] for kind in sorted(codes) for code in sorted(codes[kind])]
    digest = hashlib.sha256()
    for content in (*document.to_json(), numbers):
        digest.update(
            json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        )
    return digest.hexdigest()


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
