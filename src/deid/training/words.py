"""Trains the two networks that find words which are somebody: `deid.detection.remaining.names`.

They learn from all places of such words in labelled texts, not from those alone that are left: of these there are
few. The second is given what networks that had not seen a text said of its places, as in `surroundings`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from functools import cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch

from deid.catalog import shipped_catalog
from deid.detection.composite import MEDICAL, Composite, Source
from deid.detection.names.fit import PERSON
from deid.detection.networks import Floats, Numbers, Spans
from deid.detection.reading import Reading
from deid.detection.remaining.names import COLUMNS, HOPELESS, LIKELY, READING, WEIGHING, rows_of
from deid.evaluation.generating import generate
from deid.evaluation.samples import Sample, Samples
from deid.normalize import shadow
from deid.training.corpus import dialogue_texts
from deid.training.layers import Around, Layers, fit, of_tagger, standardized, write

_PARTS = 3
_RECORDS, _OF_DIALOGUE = 800, 3
"""So many invented records, and every third text of dialogue that names nobody."""
_UNITS, _WEIGHING_UNITS = 160, 32


@dataclass(frozen=True, eq=False)
class Example:
    """A text, its words, what the first network reads of each, and whether it is somebody; nan where that is open."""

    reading: Reading
    spans: Spans
    rows: Numbers
    named: Floats
    part: int


@dataclass(frozen=True)
class Figures:
    """Of words in texts that the networks had not seen: those that are somebody, those that are told, those told rightly."""

    named: int
    found: int
    right: int

    def __str__(self) -> str:
        recall, precision = self.right / max(self.named, 1), self.right / max(self.found, 1)
        return f"{self.named} words that are somebody, recall {recall:.1%}, precision {precision:.1%}"


def build(labelled: Sequence[Path], shared: Path, out: Path, *, seed: int) -> Figures:
    """Train with the characters of the tagger in `out`, write both networks beside it, and tell of them in the manifest."""
    files = [[(number, sample) for sample in Samples.load(path)] for number, path in enumerate(labelled)]
    records = enumerate(generate(_RECORDS, seed=seed))
    silent = enumerate(Sample("", text) for text in islice(dialogue_texts(shared), 0, None, _OF_DIALOGUE))
    vocabulary, known = of_tagger(out)
    found = examples(chain(*files, records, silent), vocabulary)
    figures = train(found, vocabulary, known, out, seed=seed)
    manifest = out / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["words"] = {
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in (READING, WEIGHING)},
        "seed": seed,
        "labelled": sum(map(len, files)),
        "spans": sum(len(example.spans) for example in found),
        "figures": asdict(figures),
    }
    manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return figures


def examples(samples: Iterable[tuple[int, Sample]], vocabulary: str) -> list[Example]:
    """The words of samples that may be names, each sample given with the number of its group."""
    composite, rows = _composite(), rows_of(vocabulary)
    found = []
    for group, sample in samples:
        read = shadow(sample.text)
        [reading] = composite.readings([Source(sample.text, read, (), sample.labels)])
        finder = composite.vocabulary.remaining_names
        spans = finder.spans(reading)
        spans = spans[finder.stand(reading, spans)]
        if not len(spans):
            continue
        gold = {(mark.start, mark.end) for mark in sample.marks if mark.entity_type == PERSON}
        taken = [(m.start, m.end) for m in sample.marks if m.entity_type not in MEDICAL]
        taken += [(m.start, m.end) for m in sample.optional]
        named = []
        for span in spans.tolist():
            start, end = read.original(*span)
            touches = any(first < end and start < last for first, last in taken)
            named.append(1.0 if (start, end) in gold else np.nan if touches else 0.0)
        told = np.array(named, np.float32)
        found.append(Example(reading, spans, rows(reading.text, spans), told, group % _PARTS))
    return found


def train(found: Sequence[Example], vocabulary: str, known: Floats, out: Path, *, seed: int = 1) -> Figures:
    """Train both networks on the examples, and write them into the folder `out`."""
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    torch.set_flush_denormal(True)  # small gradients make a CPU crawl otherwise
    torch.manual_seed(seed)

    def reading_of(chosen: Iterable[Example]) -> Around:
        pairs = [(e.rows, e.named) for e in chosen]
        rows, named = (np.concatenate(column) for column in zip(*pairs, strict=True))
        network = Around(known, _UNITS, columns=COLUMNS)
        fit(network, rows[~np.isnan(named)], named[~np.isnan(named)], seed)
        return network

    traits: list[Floats] = []
    named: list[Floats] = []
    for part in range(_PARTS):
        network = reading_of(e for e in found if e.part != part)
        rows = [_weighed_of(e, network.odds(e.rows)) for e in found if e.part == part]
        traits.append(np.concatenate([row for row, _ in rows]))
        named.append(np.concatenate([told for _, told in rows]))

    def weighing_of(parts: Sequence[int]) -> Layers:
        inputs, wanted = (np.concatenate([column[part] for part in parts]) for column in (traits, named))
        return standardized(inputs, wanted, _WEIGHING_UNITS, seed)

    figures = Figures(0, 0, 0)
    for part in range(_PARTS):
        network = weighing_of([other for other in range(_PARTS) if other != part])
        believed, told = network.odds(traits[part]) >= np.log(LIKELY / (1 - LIKELY)), named[part] > 0
        counts = told.sum(), believed.sum(), (told & believed).sum()
        figures = Figures(*(a + int(b) for a, b in zip(astuple(figures), counts, strict=True)))
    write(reading_of(found), out / READING, vocabulary=vocabulary)
    write(weighing_of(range(_PARTS)), out / WEIGHING)
    return figures


def _weighed_of(example: Example, odds: Floats) -> tuple[Floats, Floats]:
    hopeful = odds >= HOPELESS
    spans, named = example.spans[hopeful], example.named[hopeful]
    traits = _composite().vocabulary.remaining_names.traits(example.reading, spans, odds[hopeful])
    return traits[~np.isnan(named)], named[~np.isnan(named)]


@cache
def _composite() -> Composite:
    return Composite(shipped_catalog())  # not loaded: that would read a text with the networks of old
