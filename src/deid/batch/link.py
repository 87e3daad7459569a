"""The step between the passes: what belongs together in the whole folder.

Values get their numbers, in keyed order, so that they do not depend on the order of files.
Names that are certain in one file, and codes, are looked for in all others, also where
nothing around them says what they are.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, NamedTuple

from deid.batch.checking import Value
from deid.batch.notes import PERSON, Notes
from deid.detection.boundaries import word_list
from deid.detection.composite import MEDICAL
from deid.detection.handles import words_in_pinyin
from deid.detection.values import HashedValues, PackedValues, SortedTexts
from deid.detector import NameSet
from deid.known import is_ambiguous
from deid.link.aliases import Aliases
from deid.link.facts import Fact
from deid.link.linking import Linking
from deid.link.names import whole_in_pinyin
from deid.link.packed import Packed, PackedSubjects
from deid.link.parts import DocumentLink, Part
from deid.link.people import Before, People, pack_subjects
from deid.normalize import canonical
from deid.operators.numbering import Numbering, code_of
from deid.operators.standins import Choice, StandIns, chooses
from deid.pages import PagedBytes, Pages
from deid.pipeline import Deidentifier
from deid.types import Entity, Subject

_GIVEN = 2
"""Characters of a given name that is looked for by itself."""
_SHORT, _COMMON_SURNAMES = 2, "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗"
"""Characters of a name that may be a word, and surnames that begin names more often than words."""
_PROPAGATED = 0.6
"""Enough to be taken where nothing else was found, and to lose against what was."""

_ORDINARY = ("common_words", "name_like_words")


class Noted(NamedTuple):
    """What pass 1 noted of a file."""

    source: str
    notes: Iterable[Notes]
    facts: Iterable[Fact]
    """Read several times, so that they need not be kept."""


@dataclass(frozen=True)
class Link:
    """What all files share in pass 2. Picklable."""

    numbering: Numbering
    names: NameSet = field(repr=False)
    subjects: Mapping[str, Subject] = field(default_factory=PackedSubjects, repr=False)
    """Full and given names that mean one person in the whole folder."""
    given: frozenset[str] = field(default=frozenset(), repr=False)
    """The given names among them."""
    since: Mapping[int, NameSet] = field(default_factory=dict, repr=False)
    """Version of the names → those that came later."""
    stand_ins: StandIns | None = field(default=None, repr=False)
    words: frozenset[str] = field(default=frozenset(), repr=False)
    """Full names that are words as well: found only where the text says that a person is meant."""
    pages: Pages | None = field(default=None, repr=False)
    """Where what grows with the rows of tables is."""

    @cached_property
    def aliases(self) -> Aliases:
        """The given names among them, and the names that are words."""
        return Aliases(self.given, self.words, strict=True)

    def __getstate__(self) -> dict[str, object]:
        kept = ("numbering", "names", "subjects", "given", "since", "words", "pages")
        stand_ins = self.stand_ins.repeated() if self.stand_ins else None
        return {**{name: self.__dict__[name] for name in kept}, "stand_ins": stand_ins}

    @cached_property
    def looked_for(self) -> HashedValues:
        """Everything that is looked for in all files: names, codes, given names."""
        return HashedValues(self.all_looked_for(), self.pages)

    def all_looked_for(self) -> Iterator[Value]:
        """The same, each once, and none of them kept."""
        words = set(self.aliases.words | self.words)
        for kind, value in self.names.values:
            if kind == PERSON:
                words.discard(value)
            yield kind, value
        yield from ((PERSON, word) for word in sorted(words))

    def of_names(self, texts: Iterable[str]) -> Link:
        """The same for a few short texts, as names of files are: with what may stand in them."""
        return replace(self, names=self.names.among(texts))

    def meant(self, value: Value) -> list[Any]:
        """A value that was found because it is certain elsewhere, and what decides what stands for it."""
        kind, name = value
        subject = self.subjects.get(name) if kind == PERSON else None
        number = self.numbering.number(PERSON, subject.id) if subject else None
        there = value in self.looked_for
        return [kind, name, there, subject.id if subject else "", subject.role if subject else "", number]


Keep = Callable[[str, Iterable[Part]], str]
"""Keeps the link of a document, by source, where pass 2 finds it; gives its digest."""


@dataclass(frozen=True)
class FolderLink:
    """The result of the link step."""

    shared: Link
    fingerprints: Mapping[str, str] = field(repr=False)
    """By source: changes with whom the names of that file mean and with their numbers."""
    earlier: Packed = field(repr=False)
    """What the next run must know of each subject, as `pack_subjects` gives it."""


def link(
    deidentifier: Deidentifier,
    files: Iterable[Noted],
    *,
    keep: Keep,
    previous: Numbering | None = None,
    decided: StandIns | None = None,
    earlier: Iterable[list[Any]] = (),
    pages: Pages | None = None,
) -> FolderLink:
    """From what was noted of all files. `previous`, `decided` and `earlier` are of the last run.

    What grows with the rows of tables goes to `pages`.
    """
    with _without_collection():
        return _linked(deidentifier, files, keep, previous, decided, Before(earlier, pages), pages)


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
    keep: Keep,
    previous: Numbering | None,
    decided: StandIns | None,
    before: Before,
    pages: Pages | None,
) -> FolderLink:
    known = previous or Numbering(deidentifier.numbering_key)
    collected, files = _Collected(pages), list(files)
    for noted in files:
        collected.take(noted.notes)
    numbering = Numbering.of_codes(
        collected.take_codes(), key=deidentifier.numbering_key, previous=previous, pages=pages
    )
    looked_for = _codes_everywhere(deidentifier, collected.take_searched(), pages)
    linked = Linking(
        ((noted.source, noted.facts) for noted in files),
        deidentifier.linking_key,
        before=before,
        number=lambda token: known.number(PERSON, token),
        values=collected.hidden,
        pages=pages,
    )
    people = _Subjects(deidentifier, linked.people, pages)
    digests = {}
    for source, parts in linked.documents():
        digests[source] = keep(source, people.passing(parts))
    # forms that fit several may stand nowhere: they get the last numbers
    for codes in (people.certain, people.nobody):
        numbering = Numbering.of_codes(
            [(PERSON, codes)], key=deidentifier.numbering_key, previous=numbering, pages=pages
        )
    names = collected.names()
    searched = _with_pinyin(deidentifier, _everywhere(deidentifier, names), linked.people, pages)
    everywhere = looked_for.with_values(PERSON, searched)
    alike = _words(deidentifier, *_ORDINARY, "place_words")
    words = frozenset(value for value in names if value in alike) | _given_names(names, linked.people)
    others = (value for kind, value in everywhere if kind == PERSON and value not in words)
    given: set[str] = set()
    subjects = PackedSubjects(_meant(linked.people, chain(others, sorted(words)), given), pages)
    stand_ins = StandIns.assign(
        chain(people.choices(), collected.choices(deidentifier)),
        key=deidentifier.stand_in_key,
        avoid=collected.real,
        previous=decided,
    )
    shared = Link(
        numbering,
        NameSet(everywhere, _PROPAGATED, "certain in another file"),
        subjects,
        frozenset(given),
        stand_ins=stand_ins,
        words=words,
        pages=pages,
    )
    fingerprints = {
        source: hashlib.sha256(f"{digest} {numbering.origin}".encode()).hexdigest()
        for source, digest in digests.items()
    }
    known_now = Packed(pages)
    for some in pack_subjects(linked.earlier()):
        known_now.append(some)
    return FolderLink(shared, fingerprints, known_now)


class _Collected:
    """The values of all files, as they pass by."""

    def __init__(self, pages: Pages | None) -> None:
        self.real: set[str] = set()
        """Names of people, places and bodies: no stand-in may be one."""
        self.hidden = False
        """Whether some identifiers are shown in part."""
        self._codes: dict[str, PagedBytes] = defaultdict(partial(PagedBytes, pages))
        self._searched: dict[str, SortedTexts] = defaultdict(partial(SortedTexts, pages))
        self._surfaces: dict[Value, str] = {}
        self._likely: dict[str, int] = defaultdict(int)

    def take(self, of_file: Iterable[Notes]) -> None:
        """The values of a file."""
        likely: set[str] = set()
        for notes in of_file:
            self.hidden = self.hidden or notes.hidden
            for kind, codes in notes.codes.items():
                self._codes[kind] += codes
            for kind, values in notes.searched.items():
                self._searched[kind].add(values)
            likely.update(notes.likely)
            for kind, value, surface in notes.chosen:
                self._surfaces[kind, value] = min(self._surfaces.get((kind, value), surface), surface)
            self.real.update(notes.real)
        for name in likely:
            self._likely[name] += 1

    def take_codes(self) -> Iterator[tuple[str, PagedBytes]]:
        """Each type with the codes of its values, which are forgotten here."""
        while self._codes:
            yield self._codes.popitem()

    def take_searched(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Each type with the codes that are looked for in all files, which are forgotten here."""
        for kind in self._searched.keys() - {PERSON}:
            yield kind, self._searched.pop(kind)

    def names(self) -> Iterable[str]:
        """Names that are certain in one file, or likely in several, each once and in order."""
        names = self._searched[PERSON]
        names.add(name for name, count in self._likely.items() if count > 1)
        return names

    def choices(self, deidentifier: Deidentifier) -> Iterator[Choice]:
        """Every value for which a stand-in is chosen."""
        for (kind, _), surface in self._surfaces.items():
            yield from deidentifier.possible_choices(Entity(kind, 0, len(surface), 1.0), surface)


class _Subjects:
    """The subjects of all documents, as they pass by: the codes of their numbers, and their choices."""

    def __init__(self, deidentifier: Deidentifier, people: People, pages: Pages | None) -> None:
        self._deidentifier = deidentifier
        self._chooses = any(chooses(spec.operator, PERSON) for spec in deidentifier.policy.specs_of(PERSON))
        self._people = people
        self._others: list[tuple[Subject, str]] = []
        self.certain, self.nobody = PagedBytes(pages), PagedBytes(pages)
        for token in people.persons.tokens():
            self.certain += self._code(token)

    def passing(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The same parts, of which the subjects are noted on the way."""
        for part in parts:
            self._take(part.subjects, part.surfaces, part.nobody if isinstance(part, DocumentLink) else ())
            yield part

    def _take(
        self, subjects: Mapping[str, Subject], surfaces: Mapping[str, str], nobody: Collection[str]
    ) -> None:
        for token, subject in subjects.items():
            if not subject.name.isascii():
                continue  # who has a Chinese name in full is one of the people
            codes = self.nobody if token in nobody else self.certain
            codes += self._code(token)
            if self._chooses:
                self._others.append((subject, subject.name or surfaces.get(token, "")))

    def choices(self) -> Iterator[Choice]:
        """Every person for whom a stand-in is chosen."""
        if self._chooses:
            known = ((person.subject, person.subject.name) for person in self._people.persons)
            for subject, surface in chain(known, self._others):
                entity = Entity(PERSON, 0, len(surface), 1.0, subject=subject.id, role=subject.role)
                yield from self._deidentifier.possible_choices(entity, surface, subject)

    def _code(self, token: str) -> bytes:
        return code_of(self._deidentifier.numbering_key, PERSON, token)


def _everywhere(deidentifier: Deidentifier, searched: Iterable[str]) -> Iterator[str]:
    """Those of the names that are looked for in all files."""
    words = _everyday(deidentifier)
    return (
        value
        for value in searched
        if not (is_ambiguous(value, words) or _is_word(value) or _is_kept(deidentifier, PERSON, value))
    )


def _with_pinyin(
    deidentifier: Deidentifier, names: Iterable[str], people: People, pages: Pages | None
) -> SortedTexts:
    """The names, also in Pinyin without gaps, as accounts and mailboxes hold them: those that are no word and no place."""
    words = set(map(str.upper, words_in_pinyin(deidentifier.catalog)))
    found = SortedTexts(pages)
    for name in names:
        found.add((name,))
        for size in people.parted.get(name):
            spelt = whole_in_pinyin(name[:size], name[size:])
            found.add(
                word for word in spelt if word not in words and not _is_kept(deidentifier, PERSON, word)
            )
    return found


def _is_word(name: str) -> bool:
    """丘陵: somebody in one file, and hills in the next. Of 李娜 the dictionary knows as well."""
    if len(name) != _SHORT:
        return False
    part_of_speech = word_list().part_of_speech(name)
    return bool(part_of_speech) and not (part_of_speech.startswith("nr") and name[0] in _COMMON_SURNAMES)


def _meant(people: People, names: Iterable[str], given: set[str]) -> Iterator[tuple[str, Subject]]:
    """Those of the names that one person has, and who that is; those that are no full names come to `given`."""
    for name in names:
        if (index := people.alone(name)) is not None:
            person = people.persons[index]
            if person.name != name and not name.isascii():
                given.add(name)
            yield name, person.subject


def _codes_everywhere(
    deidentifier: Deidentifier, searched: Iterable[tuple[str, Iterable[str]]], pages: Pages | None
) -> PackedValues:
    """The codes that are looked for in all files: those that are no words (CYFRA211)."""
    words, found = _everyday(deidentifier), PackedValues({}, pages)
    for kind, values in searched:
        some = (
            value
            for value in values
            if value not in words and value.lower() not in words and not _is_kept(deidentifier, kind, value)
        )
        found = found.with_values(kind, some)
    return found


def _is_kept(deidentifier: Deidentifier, kind: str, value: str) -> bool:
    return bool(len(deidentifier.keep)) and deidentifier.keep.keeps(kind, value)


def _everyday(deidentifier: Deidentifier) -> frozenset[str]:
    """Words that are looked for nowhere; 血糖 in a cell for names may be a person there, in the next file it is measured."""
    medical = (
        lexicon.file
        for spec in deidentifier.catalog.specs
        if spec.entity in MEDICAL
        for lexicon in spec.lexicons
    )
    return _words(deidentifier, *_ORDINARY, "place_words", "acupoints", *medical)


def _given_names(searched: Iterable[str], people: People) -> frozenset[str]:
    """Given names of two characters of those who are certain, words among them: 建国, whoever is called so."""
    return frozenset(
        value[size:]
        for value in searched
        for size in people.parted.get(value)
        if size and len(value) - size == _GIVEN
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
