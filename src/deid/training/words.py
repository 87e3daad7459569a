"""Trains the two networks that find words which are somebody: `deid.detection.remaining.names`.

They learn from all places of such words in labelled texts, not from those alone that are left: of these there are
few; and from the same texts with other names (`others`). The second is given what networks that had not seen a text
said of its places, as in `surroundings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch

from deid.catalog import shipped_catalog
from deid.detection.composite import MEDICAL, Source
from deid.detection.names.fit import PERSON
from deid.detection.networks import Floats, Numbers, Spans
from deid.detection.reading import Reading
from deid.detection.remaining.names import COLUMNS, HOPELESS, LIKELY, READING, WEIGHING, rows_of
from deid.evaluation.generating import generate
from deid.evaluation.samples import Sample, Samples
from deid.normalize import shadow
from deid.training.corpus import dialogue_texts
from deid.training.layers import Around, fit, of_tagger, write
from deid.training.others import OtherNames
from deid.training.weighing import Figures, composite, named, tell, weighing_of

_PARTS = 3
_COPIES = 2
"""So often every text is read again with other names."""
_RECORDS, _OF_DIALOGUE = 800, 3
"""So many invented records, and every third text of dialogue that names nobody."""
_UNITS = 160


@dataclass(frozen=True, eq=False)
class Example:
    """A text, its words, what the first network reads of each, and whether it is somebody; nan where that is open."""

    reading: Reading
    spans: Spans
    rows: Numbers
    named: Floats
    part: int


def build(labelled: Sequence[Path], shared: Path, out: Path, *, seed: int) -> Figures:
    """Train with the characters of the tagger in `out`, write both networks beside it, and tell of them in the manifest."""
    files = [[(number, sample) for sample in Samples.load(path)] for number, path in enumerate(labelled)]
    records = enumerate(generate(_RECORDS, seed=seed))
    silent = enumerate(Sample("", text) for text in islice(dialogue_texts(shared), 0, None, _OF_DIALOGUE))
    vocabulary, known = of_tagger(out)
    others = OtherNames(shipped_catalog(), composite().vocabulary.name_grammar)
    renamed = (others.renamed(chain(*files), seed + copy) for copy in range(_COPIES))
    found = examples(chain(*files, *renamed, records, silent), vocabulary)
    figures = train(found, vocabulary, known, out, seed=seed)
    told = {
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in (READING, WEIGHING)},
        "seed": seed,
        "labelled": sum(map(len, files)),
        "spans": sum(len(example.spans) for example in found),
        "figures": asdict(figures),
    }
    tell(out, "words", told)
    return figures


def examples(samples: Iterable[tuple[int, Sample]], vocabulary: str) -> list[Example]:
    """The words of samples that may be names, each sample given with the number of its group."""
    rows, finder = rows_of(vocabulary), composite().vocabulary.remaining_names
    found = []
    for group, sample in samples:
        read = shadow(sample.text)
        [reading] = composite().readings([Source(sample.text, read, (), sample.labels)])
        spans = finder.spans(reading)
        spans = spans[finder.stand(reading, spans)]
        if not len(spans):
            continue
        gold = {(mark.start, mark.end) for mark in sample.marks if mark.entity_type == PERSON}
        taken = [(m.start, m.end) for m in sample.marks if m.entity_type not in MEDICAL]
        taken += [(m.start, m.end) for m in sample.optional]
        told = named(read, spans, gold, taken)
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
    told: list[Floats] = []
    for part in range(_PARTS):
        network = reading_of(e for e in found if e.part != part)
        rows = [_weighed_of(e, network.odds(e.rows)) for e in found if e.part == part]
        traits.append(np.concatenate([row for row, _ in rows]))
        told.append(np.concatenate([named for _, named in rows]))

    weighing, figures = weighing_of(traits, told, LIKELY, seed)
    write(reading_of(found), out / READING, vocabulary=vocabulary)
    write(weighing, out / WEIGHING)
    return figures


def _weighed_of(example: Example, odds: Floats) -> tuple[Floats, Floats]:
    hopeful = odds >= HOPELESS
    spans, named = example.spans[hopeful], example.named[hopeful]
    traits = composite().vocabulary.remaining_names.traits(example.reading, spans, odds[hopeful])
    return traits[~np.isnan(named)], named[~np.isnan(named)]
