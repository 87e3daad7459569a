"""What the tagger learns from: invented records and sentences, real text with silver labels, and labelled documents.

- `text/*.txt`: sentences written for this, with slots for names, places and bodies;
- `deid.evaluation.generate`: whole consultation records with gold labels;
- medical dialogue without names (MIT), where every person that the teacher sees is a mistake;
- encyclopaedia text (CC BY-SA, without its labels), where the teacher's labels are believed as
  far as surnames, titles and lexicons agree.

Labelled documents (`documents`) come last, among the others: they are of one kind. Names in sentences are
swapped for others of every kind, so that none is learned by heart.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from deid.catalog import Marked, shipped_catalog
from deid.detection.composite import Composite
from deid.detection.tagger import segments
from deid.evaluation import generating, values
from deid.evaluation.cast import Cast
from deid.evaluation.fillers import filler
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.templating import Expansion, Node, Piece, Slot, parse
from deid.grammar.name import NameGrammar
from deid.normalize import shadow
from deid.surrogates.words import lexicon
from deid.training.namebank import foreign_names, name
from deid.training.recasting import Word, recast
from deid.training.sentences import IGNORE, Sentence, sentences
from deid.training.teacher import teacher

HELD_OUT = 5
"""Of the dialogue every fifth document is left for measuring."""

_DIALOGUE = Path("text", "toyhom_internal_medicine.jsonl")
_ENCYCLOPAEDIA = Path("dev", "uner_gsdsimp.jsonl")
_SWAPPED = 0.6
_EXCHANGED = frozenset(["PERSON", "LOCATION", "ORGANIZATION", "CN_MEDICAL_INSTITUTION", "CN_ADDRESS"])
_EXCHANGES = 2
"""How often each document comes with names, places and bodies of others."""
_FEWER_RECORDS, _FEWER_FILLS, _MORE_RECASTS = 1600, 4, 6
"""Beside labelled documents: of what is invented less, and more of the encyclopaedia, which they are least like."""
_TITLE = re.compile(
    "(?:先生|女士|小姐|教授|博士|将军|总统|总理|主席|部长|导演|老师|医生|大夫|主任|院长|队长|皇帝|王|公|伯爵|国王|女王|爵士|元帅|法官)$"
)
_HOSPITAL = re.compile("(?:医院|卫生院|卫生所|诊所|门诊部|卫生室|卫生服务中心|保健院|疗养院)$")
_CARRIERS = (
    "家住{}", "现住{}，电话不便", "我家在{}，怎么过来最近", "住址{}", "请寄到{}，谢谢", "从{}打车过来", "患者居住于{}，独居",
    "救护车到{}接人", "地址是{}吗", "户籍{}", "他租住在{}，和工友同住", "单位在{}", "快递放{}门口就行", "上门地点：{}",
    "老家{}，在外打工", "患者由{}送来", "店开在{}", "收货地址 {}", "{}，患者家中", "随访到{}未遇", "现居{}，务农", "搬到{}去了",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A part of the corpus, each sentence once."""

    name: str
    items: tuple[Sentence, ...]


def corpus(
    shared: Path, *, seed: int, records: int = 4000, fills: int = 10, recasts: int = 3
) -> list[Source]:
    """All parts but labelled documents. `shared` is the folder of development data; a missing file is an error.

    `records` are made, every written sentence is filled `fills` times, and the encyclopaedia is recast `recasts` times.
    """
    random = Random(f"deid/corpus/{seed}")
    addresses = [row["text"] for row in _rows(shared / "dev" / "address_company_cpca.jsonl")]
    return [
        _source("records", _generated(records, seed)),
        _source("sentences", _written(random, fills, addresses)),
        _source("addresses", _carried(random, addresses[::2])),
        *_silver(random, shared, recasts),
    ]


def documents(shared: Path, labelled: Iterable[Path], *, seed: int) -> list[Source]:
    """Labelled files of samples, and broad text beside them.

    Each sample comes as it is, with invented names, and twice with the names, places and bodies of other samples.
    """
    own = _labelled(Random(f"deid/documents/{seed}"), labelled)
    others = corpus(shared, seed=seed, records=_FEWER_RECORDS, fills=_FEWER_FILLS, recasts=_MORE_RECASTS)
    return [_source("documents", own), *others]


def _source(name: str, items: Iterable[Sentence]) -> Source:
    return Source(name, tuple(dict.fromkeys(items)))


def invented(count: int, *, seed: int) -> list[Sentence]:
    """`count` sentences, half from whole records and half of those written for training; they need no data."""
    random = Random(f"deid/invented/{seed}")
    records = list(_generated(count // 10, seed))
    written = list(_written(random, 1, ()))
    return [
        *random.sample(records, min(len(records), count // 2)),
        *random.sample(written, min(len(written), count // 2)),
    ]


def held_out_dialogue(shared: Path) -> list[str]:
    """Dialogue that training never sees; it names nobody."""
    return [row["text"] for number, row in enumerate(_rows(shared / _DIALOGUE)) if number % HELD_OUT == 0]


# --- gold ---------------------------------------------------------------------------------


def _labelled(random: Random, files: Iterable[Path]) -> Iterator[Sentence]:
    samples = [sample for path in files for sample in Samples.load(path)]
    others = _words_alike(samples)

    def of_the_same_kind(entity_type: str, word: str) -> str | None:
        words = others.get(_kind(entity_type, word))
        return _sometimes(random, word, lambda: random.choice(words)) if words else None

    for sample in samples:
        marks = (*sample.marks, *sample.optional)
        yield from sentences(sample.text, marks)
        yield from _swapped(random, sample.text, marks)
        for _ in range(_EXCHANGES):
            yield from _exchanged(sample.text, marks, of_the_same_kind)


def _words_alike(samples: Iterable[Sample]) -> dict[Hashable, list[str]]:
    """What is marked in the samples, by kind."""
    words: dict[Hashable, dict[str, None]] = defaultdict(dict)
    for sample in samples:
        for mark in sample.marks:
            word = sample.text[mark.start : mark.end]
            if mark.entity_type in _EXCHANGED:
                words[_kind(mark.entity_type, word)][word] = None
    return {kind: list(alike) for kind, alike in words.items()}


def _kind(entity_type: str, word: str) -> Hashable:
    """What may stand for each other: names made alike, places and bodies about as long."""
    if entity_type == "PERSON":
        pet = _grammar().nickname.fullmatch(word) is not None
        return entity_type, len(word), _is_full(word), pet, word.isascii()
    return entity_type, len(word) if entity_type == "LOCATION" else len(word) // 4, "\n" in word


# --- gold by construction -----------------------------------------------------------------


def _generated(count: int, seed: int) -> Iterator[Sentence]:
    random = Random(f"deid/records/{seed}")
    for sample in generating.generate(count, seed=seed):
        yield from _swapped(random, sample.text, (*sample.marks, *sample.optional))


def _written(random: Random, fills: int, addresses: Sequence[str]) -> Iterator[Sentence]:
    for line in written_lines():
        nodes = parse(line)
        for _ in range(fills):
            text, marks = _filled(random, nodes, addresses)
            yield from _swapped(random, text, marks)


def written_lines() -> Iterator[str]:
    """The sentences of `text/*.txt`, as templates."""
    folder = files("deid.training") / "text"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            yield from (
                line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("%%")
            )


def _filled(random: Random, nodes: Sequence[Node], addresses: Sequence[str]) -> tuple[str, list[Marked]]:
    cast = Cast.new(random)

    def value(slot: Slot) -> Sequence[Piece]:
        if addresses and slot.name == "CN_ADDRESS" and not slot.form and random.random() < 0.4:
            return [Piece(random.choice(addresses), slot.name)]
        if slot.name in values.ENTITY_TYPES:
            return [Piece(values.surface(cast, slot.name, slot.subject, slot.form), slot.name)]
        return [filler(cast, slot.name, slot.subject) or Piece("")]

    parts: list[str] = []
    marks: list[Marked] = []
    length = 0
    for text, entity_type in Expansion(random, generating.fragments(), value).expand(nodes):
        if entity_type and text:
            marks.append(Marked(length, length + len(text), entity_type))
        parts.append(text)
        length += len(text)
    return "".join(parts), marks


def _carried(random: Random, addresses: Sequence[str]) -> Iterator[Sentence]:
    for address in addresses:
        before, after = random.choice(_CARRIERS).split("{}")
        mark = Marked(len(before), len(before) + len(address), "CN_ADDRESS")
        yield from sentences(before + address + after, [mark])


# --- silver -------------------------------------------------------------------------------


def _silver(random: Random, shared: Path, recasts: int) -> Iterator[Source]:
    """Dialogue as it is (a half) and recast (a quarter); the encyclopaedia as it is and recast so often."""
    dialogue = list(_tagged(dialogue_texts(shared), _in_dialogue))
    random.shuffle(dialogue)
    encyclopaedia = list(_tagged((row["text"] for row in _rows(shared / _ENCYCLOPAEDIA)), _believed))
    for part, plain, skeletons in (
        ("dialogue", dialogue[::2], dialogue[1::4]),
        ("encyclopaedia", encyclopaedia, encyclopaedia * recasts),
    ):
        yield _source(part, (item for text, _, marks in plain for item in sentences(text, marks)))
        others = (recast(random, *skeleton) for skeleton in skeletons)
        yield _source(f"{part}, recast", (item for text, marks in others for item in sentences(text, marks)))


def _tagged(
    texts: Iterable[str], meaning: Callable[[str, str], str]
) -> Iterator[tuple[str, list[Word], list[Marked]]]:
    """Each sentence once, with the teacher's words, and those that have a `meaning` as marks."""
    units = list(dict.fromkeys(segment.text for text in texts for segment in segments(shadow(text).text)))
    master = teacher()
    for unit, tags in zip(units, master.tag(units), strict=True):
        words = list(master.spans(tags))
        kinds = ((start, end, meaning(unit[start:end], label)) for start, end, label in words)
        yield unit, words, [Marked(start, end, kind) for start, end, kind in kinds if kind]


def dialogue_texts(shared: Path) -> Iterator[str]:
    """Dialogue that training may see; it names nobody."""
    return (row["text"] for number, row in enumerate(_rows(shared / _DIALOGUE)) if number % HELD_OUT)


def _in_dialogue(word: str, label: str) -> str:
    """Nobody is named here; places and bodies that the teacher sees are left open."""
    return IGNORE if label in ("LOC", "ORG") else ""


def _believed(word: str, label: str) -> str:
    """The entity type of what the teacher calls a person, place or body; IGNORE where in doubt."""
    if label == "ORG":
        return "CN_MEDICAL_INSTITUTION" if _HOSPITAL.search(word) else "ORGANIZATION"
    if label == "LOC":
        return "LOCATION"
    if label not in ("PER", "nr"):
        return IGNORE if label in ("ns", "nt") else ""
    if _TITLE.search(word):
        return IGNORE
    known = "·" in word or word in _foreign() or (len(word) > 3 and _foreign_characters().issuperset(word))
    han = 2 <= len(word) <= 4 and _grammar().quality(word) >= 0.5
    return "PERSON" if known or han else IGNORE


# --- swapping -----------------------------------------------------------------------------


def _swapped(random: Random, text: str, marks: Iterable[Marked]) -> Iterator[Sentence]:
    """The sentences of the text, with some of its full names replaced by invented ones."""

    def invented(entity_type: str, word: str) -> str | None:
        full = entity_type == "PERSON" and _is_full(word)
        return _sometimes(random, word, lambda: name(random)) if full else None

    yield from _exchanged(text, marks, invented)


def _sometimes(random: Random, word: str, other: Callable[[], str]) -> str:
    return other() if random.random() < _SWAPPED else word


def _exchanged(
    text: str, marks: Iterable[Marked], other: Callable[[str, str], str | None]
) -> Iterator[Sentence]:
    """The sentences of the text, with other words where `other` has one; one word stays one word."""
    others: dict[str, str] = {}
    parts: list[str] = []
    moved: list[Marked] = []
    position = length = 0
    for mark in sorted(marks):
        if mark.start < position:
            continue
        word = text[mark.start : mark.end]
        if (instead := other(mark.entity_type, word)) is not None:
            word = others.setdefault(word, instead)
        before = text[position : mark.start]
        length += len(before)
        parts += (before, word)
        moved.append(Marked(length, length + len(word), mark.entity_type))
        length += len(word)
        position = mark.end
    parts.append(text[position:])
    yield from sentences("".join(parts), moved)


def _is_full(word: str) -> bool:
    grammar = _grammar()
    size = grammar.surname_length(word)
    return (
        0 < size < len(word) <= 4
        and not grammar.nickname.fullmatch(word)
        and not re.search(r"[某*× xX]", word)
    )


@cache
def _grammar() -> NameGrammar:
    return Composite(shipped_catalog()).vocabulary.name_grammar


@cache
def _foreign_characters() -> frozenset[str]:
    return frozenset("".join(lexicon("transliteration_characters.txt")))


@cache
def _foreign() -> frozenset[str]:
    return frozenset(foreign_names())


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
