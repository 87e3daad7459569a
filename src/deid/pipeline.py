"""Text in, entities and text out: the object that people import.

>>> from deid import Deidentifier
>>> Deidentifier().deidentify("患者张三，手机13800138000").text      # doctest: +SKIP
'患者〔姓名1〕，手机〔电话1〕'
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from deid.catalog import Catalog, shipped_catalog
from deid.detection.composite import YIELDING, Composite
from deid.detection.memory import Memory
from deid.detection.tagger import read_model
from deid.detector import NO_NAMES, Detector, NameSet
from deid.keys import ProjectKey, mac
from deid.known import KeepList, KnownList
from deid.link.aliases import Aliases
from deid.link.codes import Codes
from deid.link.facts import PERSON, FactReader, identity
from deid.link.linking import link_documents
from deid.link.withholding import OPERATOR as WITHHOLD
from deid.link.withholding import Withholding
from deid.normalize import canonical, unescaped, unpaired
from deid.operators import OPERATORS, Request, label, relative_day, shift_date
from deid.operators.days import full_days
from deid.operators.numbering import Numbering
from deid.operators.reversing import marked
from deid.operators.standins import Choice, StandIns, chooses
from deid.operators.surrogate import CHOSEN
from deid.policy import OperatorSpec, Policy
from deid.regexes import Regex
from deid.types import Entity, NearMiss, Replacement, Report, Result, Subject, TextBlock, splice
from deid.vault import VaultRow

if TYPE_CHECKING:
    from deid.frames import ArrowMapper, TablePlan

_RECURRING, _MOST_COARSER = 48, 20_000
_DATED = (shift_date.NAME, relative_day.NAME)
_RANGE = Regex(r" ?[至到—–―~～\-、] ?")
"""Between the dates of a range or a list of days."""
_STATE = ("catalog", "policy", "key", "known", "keep", "recognizers", "model", "model_digest")


class _Led(NamedTuple):
    """The dates before one that says less than they do, and what is written for them: 5月3日 before 至8日."""

    start: int = 0
    end: int = -1
    written: str = ""

    def leads(self, text: str, entity: Entity, new: str) -> bool:
        """Whether a date that by itself could only be a label ends a range or goes on with a list."""
        joined = self.end >= 0 and _RANGE.fullmatch(text, self.end, entity.start)
        return bool(joined) and new.startswith(label.OPENS)

    def followed(self, text: str, entity: Entity, new: str, whole: str) -> tuple[str, _Led]:
        """What is written for the date, of what is written for all together, and what then leads the next."""
        before = self.written + text[self.end : entity.start]
        if whole and whole.startswith(before):
            return whole[len(before) :], _Led(self.start, entity.end, whole)
        return new, _Led(entity.start, entity.end, new)


class Labelling(NamedTuple):
    """The word and the parameters with which labels are written."""

    word: str
    params: Mapping[str, Any]

    def written(self, number: int | None) -> str:
        """The label of the value with that number."""
        return label.written(self.word, number, self.params)


class Deidentifier:
    """Finds personal information and replaces it. Immutable, thread-safe, picklable.

    `policy` is a Policy, the name of a built-in one, or a path. Without `key` every object has
    a random one, so that numbers and codes of two runs cannot be joined. `known` values are
    found wherever they stand; `keep` values are never touched. `recognizers` are foreign
    Presidio recognizers that run beside ours. `model` is a folder that `deid train` wrote; the
    shipped tagger runs without it.
    """

    def __init__(
        self,
        *,
        policy: Policy | str | Path = "dd-preclosing",
        catalog: Catalog | None = None,
        key: ProjectKey | None = None,
        known: KnownList | str | Path | Iterable[Any] | None = None,
        keep: KeepList | str | Path | Iterable[Any] | None = None,
        recognizers: Sequence[Any] = (),
        model: str | Path | None = None,
    ) -> None:
        self.catalog = catalog or shipped_catalog()
        guest_types = {name for guest in recognizers for name in guest.supported_entities}
        types = {*self.catalog.entity_types, *guest_types}
        self.policy = policy if isinstance(policy, Policy) else Policy.load(policy, entity_types=types)
        if isinstance(
            policy, Policy
        ):  # a built-in one may speak of types that a smaller catalog does not have
            policy.check({*types, *shipped_catalog().entity_types})
        self.key = key or ProjectKey.generate()
        self.known = _value_list(KnownList, known, self, types)
        self.keep = _value_list(KeepList, keep, self, types)
        self.recognizers = tuple(recognizers)
        self.model = Path(model) if model is not None else None
        self.model_digest = hashlib.sha256(read_model(self.model)).hexdigest() if self.model else ""

    def __getstate__(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in _STATE}

    # --- detection -----------------------------------------------------------------------

    def start_loading(self) -> Thread:
        """Load what detection needs, a second's work, while the caller goes on with something else."""
        return self._detector.loading

    def detect(self, text: str, *, labels: Sequence[str] = ()) -> tuple[Entity, ...]:
        """Disjoint entities in order of start; `labels` say what the layout calls the text."""
        return next(self.detect_many([text], labels=[labels]))

    def detect_many(
        self, texts: Iterable[str], *, labels: Iterable[Sequence[str]] | None = None
    ) -> Iterator[tuple[Entity, ...]]:
        """The entities of each text, in order; lazy, tagged in batches."""
        blocks = (
            (TextBlock("", text) for text in texts)
            if labels is None
            else (TextBlock("", text, labels=tuple(names)) for text, names in zip(texts, labels, strict=True))
        )
        return (entities for _, entities in self.detect_blocks(blocks))

    def near_misses(self, text: str, *, labels: Sequence[str] = ()) -> tuple[NearMiss, ...]:
        """What was nearly found in `text` and left, each with the reason, in order of start."""
        return self._detector.near_misses(text, labels=labels)

    def detect_blocks(
        self, blocks: Iterable[TextBlock], *, memory: Memory | None = None, placed: bool = True
    ) -> Iterator[tuple[TextBlock, tuple[Entity, ...]]]:
        """Each block with its entities, in order; lazy. Cells that repeat are read once, with `memory` over several calls.

        Not `placed`, entities do not say of which block they are, and cells that are alike share theirs.
        """
        return self._detector.detect_blocks(blocks, memory=memory, placed=placed)

    def memory(self) -> Memory:
        """For cells that are read in several calls of `detect_blocks`."""
        return self._detector.memory()

    def learn(self, blocks: Iterable[TextBlock], memory: Memory) -> None:
        """Read of blocks that others read what tells what their columns are."""
        self._detector.learn(blocks, memory)

    @property
    def searches_rows(self) -> bool:
        """Whether anything is looked for in blocks that are searched only."""
        return self._detector.searches_rows

    def tell(
        self, texts: Sequence[str], labels: tuple[str, ...], memory: Memory
    ) -> Iterator[tuple[Entity, ...] | None]:
        """The entities of cells of a column, where it says what they hold: as `detect_blocks`, not placed, gives them."""
        return self._detector.tell(texts, labels, memory)

    def firm_in_short(self, firm: str) -> str:
        """By what own name a firm is called elsewhere, '' where that tells nothing."""
        return self._composite.vocabulary.firm_in_short(firm)

    def are_ordinary(self, name: str) -> bool:
        """Whether a name is made of words of English alone, which are looked for nowhere else: Warning, The Distance."""
        return self._composite.vocabulary.english.are_ordinary(name)

    def propagate(
        self,
        block: TextBlock,
        entities: Sequence[Entity],
        names: NameSet = NO_NAMES,
        aliases: Sequence[Aliases] = (),
    ) -> tuple[Entity, ...]:
        """`entities` and, beside them, the names that are certain elsewhere in the folder, and `aliases`
        where they mean a person."""
        return self._detector.propagate(block, entities, names, aliases)

    # --- de-identification ---------------------------------------------------------------

    def deidentify(self, text: str) -> Result:
        """The text with every entity replaced as the policy says."""
        return next(self.deidentify_many([text]))

    def deidentify_many(self, texts: Iterable[str]) -> Iterator[Result]:
        """Results in order; lazy. Labels are numbered within each text."""
        for read in self.detect_blocks(TextBlock("", text) for text in texts):
            [(block, entities, replacements)] = self.replace_all([read])
            changed = splice(block.text, ((r.entity.start, r.entity.end, r.text) for r in replacements))
            yield Result(changed, entities, replacements, _report(block.text, entities, replacements))

    def replace_all(
        self, read: Sequence[tuple[TextBlock, tuple[Entity, ...]]]
    ) -> list[tuple[TextBlock, tuple[Entity, ...], tuple[Replacement, ...]]]:
        """Blocks of one document, with whose each value is and what stands in its place."""
        facts = [
            fact for n, (block, found) in enumerate(read) for fact in self.facts.read(block, found, number=n)
        ]
        linked = link_documents([("", facts)], self.linking_key).documents[""]
        subjects = linked.subjects
        whose = [
            (
                block,
                tuple(linked.apply(self.propagate(block, found, aliases=[linked.called]), block, number=n)),
            )
            for n, (block, found) in enumerate(read)
        ]
        values = (value for block, found in whose for value in self.values(block.text, found))
        numbers = Numbering.assign(values, key=self.numbering_key)
        real = {name for block, found in whose for name in self.real_names(block.text, found)}
        choices = (
            choice
            for block, found in whose
            for choice in self.choices(block.text, found, labels=block.labels, subjects=subjects)
        )
        stand_ins = StandIns.assign(
            choices, key=self.stand_in_key, avoid=real | {subject.name for subject in subjects.values()}
        )
        days = (self.first_day(block.text, found) for block, found in whose)
        origin = min((day for day in days if day is not None), default=None)
        leave_out = Withholding.of(linked, self.policy.withhold)
        done = []
        for n, (block, found) in enumerate(whose):
            replacements = self.replace(
                block.text,
                found,
                numbers,
                labels=block.labels,
                subjects=subjects,
                stand_ins=stand_ins,
                origin=origin,
                near=partial(linked.near, n),
            )
            done.append((block, *leave_out.apply(block, found, replacements, number=n)))
        return done

    def values(self, text: str, entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
        """What numbers are given to: `(entity type, value)` of each entity, of a name its subject."""
        return (_value(text[entity.start : entity.end], entity) for entity in entities)

    def replace(
        self,
        text: str,
        entities: Sequence[Entity],
        numbers: Numbering,
        *,
        labels: Sequence[str] = (),
        subjects: Mapping[str, Subject] = MappingProxyType({}),
        stand_ins: StandIns | None = None,
        origin: datetime.date | None = None,
        near: Callable[[int], datetime.date | None] = lambda start: None,
        path: str = "",
    ) -> tuple[Replacement, ...]:
        """What the policy puts in the place of each entity; kept entities are left out.

        `subjects` are those that the entities name, by id; `stand_ins` what was decided for the run;
        `origin` is day 0 of dates of nobody, `near` gives for an offset a day written in full near it,
        `path` is where the source lies in its folder.
        """
        replacements, led = [], _Led()
        for entity in entities:
            rule = self._rule(entity, subjects, labels=labels, path=path)
            if rule.operator == "keep":
                continue
            raw = text[entity.start : entity.end]
            # what is coarser does not depend on whose it is: in a table the same few come again and again
            recurs = rule.operator == "generalize" and len(raw) <= _RECURRING
            key = id(rule), entity.entity_type, entity.form, raw
            new = self._coarser.get(key) if recurs else None
            if new is None:
                around = near(entity.start) if rule.operator in _DATED else None
                about = rule, numbers, subjects, stand_ins, (origin, around)
                new = self._operated(entity, raw, *about)
                if rule.operator in _DATED:
                    leads = led.leads(text, entity, new)
                    whole = self._operated(entity, text[led.start : entity.end], *about) if leads else ""
                    new, led = led.followed(text, entity, new, whole)
                # a label, of what cannot be read, has a number of this run
                if recurs and not new.startswith(label.OPENS) and len(self._coarser) < _MOST_COARSER:
                    self._coarser[key] = new
            if new != raw and not self.policy.reversible:  # there the original comes back with them
                new += unpaired(raw)
            replacements.append(Replacement(entity, rule.operator, new))
        return tuple(replacements)

    def _operated(
        self,
        entity: Entity,
        raw: str,
        rule: OperatorSpec,
        numbers: Numbering,
        subjects: Mapping[str, Subject],
        stand_ins: StandIns | None,
        days: tuple[datetime.date | None, datetime.date | None],
    ) -> str:
        origin, near = days
        if rule.operator == label.NAME and not self.policy.reversible:
            number = numbers.number(*_value(raw, entity))
            return label.written(self._word(entity.entity_type), number, rule.params)
        request = self._request(entity, rule, None, subjects, origin)
        if near is not None:
            request = replace(request, near=near)
        surface = raw if rule.operator == "encrypt" else unescaped(raw)
        if stand_ins is not None and chooses(rule.operator, entity.entity_type):
            request = replace(request, attempt=stand_ins.attempt(rule.operator, surface, request))
        new = OPERATORS[rule.operator].operate(surface, request)
        if new.startswith(label.OPENS):  # a label, also of what another operator cannot read
            request = replace(request, number=numbers.number(*_value(raw, entity)))
            new = OPERATORS[rule.operator].operate(surface, request)
        return marked(new, rule.operator, raw, request) if self.policy.reversible else new

    def plan(
        self, frame: Any, *, types: Mapping[str, str] | None = None, subject: str | None = None
    ) -> TablePlan:
        """What the columns of a table are (pandas, Polars or Arrow), for `apply`.

        `types` says it of some columns: an entity type, `text` or `keep`; `subject` is the column
        that tells whose a row is.
        """
        from deid.frames import make_plan

        return make_plan(self, frame, types=types, subject=subject)

    def apply(self, plan: TablePlan, batch: Any) -> Any:
        """A table or a part of one with every cell replaced as the policy says, as the same kind of frame."""
        from deid.frames import apply_plan

        return apply_plan(self, plan, batch)

    def arrow_mapper(self, plan: TablePlan) -> ArrowMapper:
        """`apply` as a function over batches, for Spark's `DataFrame.mapInArrow`."""
        from deid.frames import ArrowMapper

        return ArrowMapper(self, plan)

    def vault_rows(self, text: str, replacements: Iterable[Replacement]) -> Iterator[VaultRow]:
        """What a vault has to hold so that these replacements lead back; nothing unless the policy is reversible."""
        for done in replacements if self.policy.reversible else ():
            if done.operator not in ("encrypt", WITHHOLD):  # opened by the key alone, and not to come back
                original = text[done.entity.start : done.entity.end]
                yield VaultRow(done.entity.entity_type, done.text, original)

    def choices(
        self,
        text: str,
        entities: Iterable[Entity],
        *,
        labels: Sequence[str] = (),
        subjects: Mapping[str, Subject] = MappingProxyType({}),
        path: str = "",
    ) -> Iterator[Choice]:
        """What `StandIns.assign` has to decide for these entities."""
        for entity in entities:
            rule = self._rule(entity, subjects, labels=labels, path=path)
            if chooses(rule.operator, entity.entity_type):
                surface = unescaped(text[entity.start : entity.end])
                yield Choice(rule.operator, surface, self._request(entity, rule, None, subjects))

    def _rule(
        self, entity: Entity, subjects: Mapping[str, Subject], *, labels: Sequence[str], path: str
    ) -> OperatorSpec:
        subject = subjects.get(entity.subject or "")
        place = path if self._by_path else ""
        asked = entity.entity_type, entity.role, subject.attributes if subject else (), tuple(labels), place
        rule = self._rules.get(asked)
        if rule is None:
            kind, role, attributes, label, _ = asked
            rule = self.policy.operator_for(kind, role=role, attributes=attributes, label=label, path=path)
            rule = self._rules.setdefault(asked, rule)
        return rule

    def operator_of(self, entity: Entity, *, labels: Sequence[str] = ()) -> str:
        """The operator for an entity, as far as it can be told before it is known whose it is."""
        return self._rule(entity, {}, labels=labels, path="").operator

    def labelling(self, entity: Entity, labels: Sequence[str]) -> Labelling | None:
        """How an entity of which nobody knows whose it is gets its label; None where it gets none, or one that leads back."""
        rule = self._rule(entity, {}, labels=labels, path="")
        if rule.operator != label.NAME or self.policy.reversible:
            return None
        return Labelling(self._word(entity.entity_type), rule.params)

    @cached_property
    def _by_path(self) -> bool:
        return any(rule.by_path for rule in self.policy.operators.values())

    @cached_property
    def _rules(self) -> dict[Any, OperatorSpec]:
        """The operators that were asked for."""
        return {}

    @cached_property
    def _coarser(self) -> dict[tuple[int, str, str, str], str]:
        """What is coarser than values that recur: by the rule (its `id`), type, form and text."""
        return {}

    def possible_choices(
        self, entity: Entity, surface: str, subject: Subject | None = None
    ) -> Iterator[Choice]:
        """What has to be decided for an entity by any rule of its type, whatever its label or path."""
        for rule in self.policy.specs_of(entity.entity_type):
            if chooses(rule.operator, entity.entity_type):
                subjects = {subject.id: subject} if subject else {}
                yield Choice(rule.operator, unescaped(surface), self._request(entity, rule, None, subjects))

    def first_day(self, text: str, entities: Iterable[Entity]) -> datetime.date | None:
        """The earliest day that is written in full among the dates of events, if the policy counts from it."""
        return self.first_of(
            text[e.start : e.end] for e in entities if e.entity_type == "DATE_TIME" and e.form == "plain"
        )

    def first_of(self, dates: Iterable[str]) -> datetime.date | None:
        """The same of the dates alone."""
        if not self.policy.uses("relative_day"):
            return None
        return min((day for date in dates for day in full_days(date)), default=None)

    def real_names(self, text: str, entities: Iterable[Entity]) -> Iterator[str]:
        """Names, places and bodies of a text in canonical form: none may be a stand-in."""
        return (canonical(text[e.start : e.end], e.entity_type) for e in entities if e.entity_type in CHOSEN)

    def _request(
        self,
        entity: Entity,
        rule: OperatorSpec,
        number: int | None,
        subjects: Mapping[str, Subject],
        origin: datetime.date | None = None,
    ) -> Request:
        subject = subjects.get(entity.subject) if entity.subject else None
        if subject is None and entity.subject:
            subject = Subject(entity.subject, entity.role or "unknown")
        return Request(
            entity_type=entity.entity_type,
            label=self._word(entity.entity_type),
            number=number,
            key=self.operator_key,
            params=rule.params,
            form=entity.form,
            divisions=self._composite.vocabulary.divisions,
            subject=subject,
            origin=datetime.date.fromisoformat(subject.first_day)
            if subject and subject.first_day
            else origin,
        )

    def _word(self, entity_type: str) -> str:
        """What labels call a type."""
        spec = self.catalog.by_type.get(entity_type)
        return (spec.label or spec.title) if spec else entity_type

    # --- parts made at first use ---------------------------------------------------------

    @cached_property
    def facts(self) -> FactReader:
        """Reads what a block says about persons."""
        values: dict[str, set[str]] = {}
        for entry in self.known.entries:
            if entry.subject:
                values.setdefault(entry.subject, set()).add(canonical(entry.value, entry.entity_type))
        known = {
            subject: mac(self.linking_key, "known", *sorted(found)).hex() for subject, found in values.items()
        }
        days = any(map(self.policy.uses, _DATED)) or self.policy.depends_on("under-14")
        return FactReader.of(
            self.catalog, self._composite.vocabulary.name_grammar, known, Codes(self.linking_key), days=days
        )

    @cached_property
    def linking_key(self) -> bytes:
        return self.key.derive("linking")

    @cached_property
    def numbering_key(self) -> bytes:
        return self.key.derive("numbering")

    @cached_property
    def stand_in_key(self) -> bytes:
        return self.key.derive("stand-ins")

    @cached_property
    def operator_key(self) -> bytes:
        return self.key.derive("operators")

    @cached_property
    def _detector(self) -> Detector:
        return Detector(
            self.catalog, self.policy, self.known, self.keep, recognizers=self.recognizers, model=self.model
        )

    @cached_property
    def _composite(self) -> Composite:
        return self._detector.composite

    @property
    def header_types(self) -> dict[str, str]:
        """What a column of a known list may be called: every cue and header word."""
        return {
            word: spec.entity
            for spec in self.catalog.specs
            if spec.entity not in YIELDING
            for word in (spec.title, *spec.headers, *(word for cue in spec.cues for word in cue.words))
        }


def _value_list(kind: Any, given: Any, deidentifier: Deidentifier, entity_types: Collection[str]) -> Any:
    if isinstance(given, kind):
        return given
    if given is None:
        return kind()
    load = kind.load if isinstance(given, (str, Path)) else kind.from_values
    return load(given, headers=deidentifier.header_types, entity_types=entity_types)


def _value(surface: str, entity: Entity) -> tuple[str, str]:
    """What a number is given to: entity type and value, of a name its subject."""
    if entity.entity_type == PERSON and entity.subject:
        return PERSON, entity.subject
    return entity.entity_type, identity(surface, entity.entity_type)


def _report(text: str, entities: Sequence[Entity], replacements: Sequence[Replacement]) -> Report:
    return Report(
        entities=dict(Counter(entity.entity_type for entity in entities)),
        operators=dict(Counter(replacement.operator for replacement in replacements)),
        characters=len(text),
        replaced_characters=sum(len(replacement.entity.span) for replacement in replacements),
    )


@cache
def _default() -> Deidentifier:
    return Deidentifier()


def detect(text: str, *, labels: Sequence[str] = ()) -> tuple[Entity, ...]:
    """The entities of one text with the shipped recognizers; `Deidentifier` is for more."""
    return _default().detect(text, labels=labels)
