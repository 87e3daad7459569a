"""Invented consultation records with gold labels: for tests, for tuning, for training.

Templates of every kind of document (`templates/<kind>.txt`) are filled with surrogates that agree
with each other: a patient's sex, birth date, age and identity number, the name in full and in
short. Around them stand drugs, eponyms, laboratory values and order numbers, which are unmarked
on purpose. Marks follow the conventions of `benchmarks/data/README.md`; clock times and relative
words are optional.

The same `seed` gives the same documents on every machine, and document 17 is the same whether
20 or 2,000 are made. Another choice of kinds or types is another set.

>>> samples = generate(3, seed=7)
>>> len(samples), samples[0].text == generate(50, seed=7)[0].text
(3, True)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Final

from deid.catalog import Marked
from deid.errors import SamplesError
from deid.evaluation import noise, values
from deid.evaluation.cast import Cast
from deid.evaluation.fillers import filler
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.templating import IGNORE, Expansion, Node, Piece, Slot, parse, slots

MEDICAL_TERMS: Final = frozenset({"DISEASE", "MEDICATION", "PROCEDURE", "SYMPTOM"})
_FRAGMENTS = "fragments"

Nodes = tuple[Node, ...]
Fragments = Mapping[str, tuple[Nodes, ...]]


@dataclass(frozen=True, slots=True)
class Template:
    """A text to be filled. `medical` ones mark every medical term, the others none."""

    kind: str
    name: str
    nodes: Nodes
    medical: bool


def generate(
    count: int, *, seed: int = 0, kinds: Collection[str] = (), types: Collection[str] = ()
) -> Samples:
    """`count` documents. SamplesError for a kind or a type that does not exist.

    `kinds` are names of template files, all by default. `types` are the entity types that are
    marked, by default all but medical terms; documents that could hold none of them are not made.
    Medical terms are marked where they are asked for, and then in documents that mark all of them.
    """
    chosen = _chosen(kinds, types)
    wanted = frozenset(types) or frozenset(values.ENTITY_TYPES) - MEDICAL_TERMS
    items: list[Sample] = []
    for index in range(count):
        turn, position = divmod(index, len(chosen))
        order = list(range(len(chosen)))
        Random(f"deid/{seed}/order/{turn}").shuffle(order)
        template = chosen[order[position]]
        items.append(
            _sample(template, index, Random(f"deid/{seed}/{index}/{template.kind}/{template.name}"), wanted)
        )
    return Samples(tuple(items), f"generated-{seed}")


def kinds() -> tuple[str, ...]:
    """The kinds of documents there are, sorted."""
    return tuple(sorted({template.kind for template in templates()}))


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Every template, by kind and in the order of its file."""
    found: list[Template] = []
    for kind, text in _files():
        if kind != _FRAGMENTS:
            found += _read_templates(kind, text)
    return tuple(found)


@lru_cache(maxsize=1)
def fragments() -> Fragments:
    """Name → alternatives, each as often as its weight."""
    found: dict[str, list[Nodes]] = {}
    name = ""
    for line in dict(_files())[_FRAGMENTS].splitlines():
        if line.startswith("== "):
            name = line[3:].strip()
            found[name] = []
        elif line and not line.startswith("%%"):
            weight, text = _weight(line)
            found[name] += [parse(text)] * weight
    return {name: tuple(alternatives) for name, alternatives in found.items()}


def slot_types(nodes: Sequence[Node], *, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The entity types that may occur in what comes of `nodes`, through fragments too."""
    found: set[str] = set()
    for name, _, _ in slots(nodes):
        if name in values.ENTITY_TYPES:
            found.add(name)
        elif name in fragments() and name not in seen:
            for alternative in fragments()[name]:
                found |= slot_types(alternative, seen=seen | {name})
    return frozenset(found)


def fill(template: Template, random: Random) -> list[Piece]:
    """The pieces of one document. SamplesError for a slot that has no value."""
    cast = Cast.new(random)

    def value(slot: Slot) -> Sequence[Piece]:
        if slot.name in values.ENTITY_TYPES:
            return [Piece(values.surface(cast, slot.name, slot.subject, slot.form), slot.name)]
        found = filler(cast, slot.name, slot.subject)
        if found is None:
            raise SamplesError(f"template {template.kind}/{template.name}: nothing is called '{slot.name}'")
        return [found]

    pieces = Expansion(random, fragments(), value).expand(template.nodes)
    return noise.typed(pieces, random, kind=template.kind)


def _sample(template: Template, index: int, random: Random, wanted: Collection[str]) -> Sample:
    text, marks = _assembled(fill(template, random))
    return Sample(
        f"{template.kind}-{index:05d}",
        text,
        tuple(mark for mark in marks if mark.entity_type in wanted),
        tuple(mark for mark in marks if mark.entity_type == IGNORE),
        group=f"{template.kind}/{template.name}",
    )


def _assembled(pieces: Iterable[Piece]) -> tuple[str, list[Marked]]:
    """Text and marks. Blank space at the ends of a document goes, a blank comes between two numbers."""
    parts: list[str] = []
    marks: list[Marked] = []
    length, last, last_type = 0, "", ""
    for text, entity_type in pieces:
        kept = text.lstrip() if not length else text
        if not kept:
            continue
        if (entity_type or last_type) and _both_ascii(last, kept[0]):
            parts.append(" ")
            length += 1
        last, last_type = kept[-1], entity_type
        if entity_type:
            marks.append(Marked(length, length + len(kept), entity_type))
        parts.append(kept)
        length += len(kept)
    return "".join(parts).rstrip(), marks


def _both_ascii(last: str, first: str) -> bool:
    return last.isascii() and last.isalnum() and first.isascii() and first.isalnum()


def _chosen(kinds_wanted: Collection[str], types: Collection[str]) -> list[Template]:
    _known("kind", kinds_wanted, kinds())
    _known("entity type", types, values.ENTITY_TYPES)
    medical = not MEDICAL_TERMS.isdisjoint(types)
    chosen = [
        template
        for template in templates()
        if (not kinds_wanted or template.kind in kinds_wanted)
        and (template.medical or not medical)
        and (not types or not slot_types(template.nodes).isdisjoint(types))
    ]
    if not chosen:
        raise SamplesError("no template of these kinds holds any of these entity types")
    return chosen


def _known(what: str, names: Iterable[str], existing: Collection[str]) -> None:
    for name in names:
        if name not in existing:
            near = get_close_matches(name, existing, n=3)
            hint = f"did you mean {', '.join(near)}?" if near else f"there are: {', '.join(sorted(existing))}"
            raise SamplesError(f"no {what} called '{name}'", hint=hint)


def _files() -> list[tuple[str, str]]:
    folder = files("deid.evaluation") / "templates"
    found = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".txt"))
    return [(name.removesuffix(".txt"), file.read_text("utf-8")) for name, file in found]


def _read_templates(kind: str, text: str) -> Iterable[Template]:
    for block in text.split("\n### ")[1:]:
        heading, _, body = block.partition("\n")
        lines = [line for line in body.split("\n") if not line.startswith("%%")]
        name, _, flag = heading.strip().partition(" ")
        try:
            nodes = parse("\n".join(lines).strip("\n"))
        except SamplesError as error:
            raise SamplesError(f"{kind}/{name}: {error.message}") from None
        yield Template(kind, name, nodes, flag == "[med]")


def _weight(line: str) -> tuple[int, str]:
    number, star, rest = line.partition("* ")
    return (int(number), rest) if star and number.isdigit() else (1, line)
