"""Trains the two networks that tell names by their surroundings: `deid.detection.names.surroundings`.

They learn from labelled texts of any kind, and from some that name nobody. Every stretch that begins with a
surname is an example. The second network is given what networks that had not seen a text said of its places,
as it will be with the texts of users: the texts are dealt into five parts for that, whole groups at a time,
and the tagger that speaks of them learned from broad text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from deid.detection.composite import Source
from deid.detection.names.surrounded import LIKELY, NamesBySurroundings
from deid.detection.names.surroundings import READING, WEIGHING
from deid.detection.networks import Alphabet, Floats, Spans
from deid.detection.reading import LIKELY as BELIEVED
from deid.detection.reading import Reading
from deid.detection.tagger import load_tagger
from deid.evaluation.generating import generate
from deid.evaluation.samples import Sample, Samples
from deid.normalize import shadow
from deid.training.corpus import dialogue_texts
from deid.training.layers import Around, Layers, fit, of_tagger, write
from deid.training.weighing import Figures, composite, named, tell, weighing_of

_PARTS = 5
_RECORDS, _OF_DIALOGUE = 800, 3
"""So many invented records, and every third text of dialogue."""
_UNITS = 128


@dataclass(frozen=True, eq=False)
class Example:
    """A text, its spans, and of each whether somebody is named there; nan where that is open."""

    reading: Reading
    spans: Spans
    named: Floats
    group: str


def build(labelled: Sequence[Path], shared: Path, out: Path, broad: Path, *, seed: int) -> Figures:
    """Train on labelled files, invented records and dialogue that names nobody; tell of it in `out`'s manifest.

    In the folder `broad` is the tagger that has seen none of these.
    """
    sources = {
        "labelled": [(path.name, sample) for path in labelled for sample in Samples.load(path)],
        "records": _dealt(generate(_RECORDS, seed=seed)),
        "dialogue": _dealt(
            Sample("", text) for text in islice(dialogue_texts(shared), 0, None, _OF_DIALOGUE)
        ),
    }
    found = examples(chain(*sources.values()), broad)
    figures = train(found, out, broad, seed=seed)
    told = {
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in (READING, WEIGHING)},
        "seed": seed,
        "texts": {name: len(samples) for name, samples in sources.items()},
        "spans": sum(len(example.spans) for example in found),
        "figures": asdict(figures),
        "data": {path.name: sha256(path.read_bytes()).hexdigest() for path in labelled},
    }
    tell(out, "surroundings", told)
    return figures


def _dealt(samples: Iterable[Sample]) -> list[tuple[str, Sample]]:
    """Samples of one kind, in as many groups as there are parts."""
    return [(str(number % _PARTS), sample) for number, sample in enumerate(samples)]


def examples(samples: Iterable[tuple[str, Sample]], model: Path | None = None) -> list[Example]:
    """The spans of samples, each given with its group; what only touches a mark, or an optional one, is left open."""
    tagger, finder = load_tagger(model), _finder()
    grouped = list(samples)
    reads = [shadow(sample.text) for _, sample in grouped]
    tagged = tagger.tag([read.text for read in reads])
    found = []
    for (group, sample), read, tags in zip(grouped, reads, tagged, strict=True):
        [reading] = composite().readings([Source(sample.text, read, tags, sample.labels)])
        spans = finder.spans(read.text)
        spans = spans[[finder.place(reading, *span).stands for span in spans.tolist()]]
        gold = {(mark.start, mark.end) for mark in sample.marks if mark.entity_type == "PERSON"}
        taken = [*gold, *((mark.start, mark.end) for mark in sample.optional)]
        if spans.size:
            found.append(Example(reading, spans, named(read, spans, gold, taken), group))
    return found


def train(found: Sequence[Example], out: Path, model: Path, *, seed: int = 1) -> Figures:
    """Train both networks on the examples, from the characters of the tagger in `model`, and write them into the folder `out`."""
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    torch.set_flush_denormal(True)  # small gradients make a CPU crawl otherwise
    torch.manual_seed(seed)
    vocabulary, known = of_tagger(model)
    alphabet = Alphabet(vocabulary)
    around = [alphabet.around(example.reading.text, example.spans) for example in found]
    groups = sorted({example.group for example in found})
    part_of = np.array([groups.index(example.group) % _PARTS for example in found])

    def reading_of(chosen: npt.NDArray[np.bool_]) -> Layers:
        rows = np.concatenate([rows for rows, use in zip(around, chosen, strict=True) if use])
        named = np.concatenate([e.named for e, use in zip(found, chosen, strict=True) if use])
        network = Around(known, _UNITS)
        fit(network, rows[~np.isnan(named)], named[~np.isnan(named)], seed)
        return network

    traits, told = [], []
    for part in range(_PARTS):
        network = reading_of(part_of != part)
        unseen = np.flatnonzero(part_of == part).tolist()
        rows = [_traits(found[number], network.odds(around[number])) for number in unseen]
        traits.append(np.concatenate([row for row, _ in rows]))
        told.append(np.concatenate([named for _, named in rows]))
    weighing, figures = weighing_of(traits, told, LIKELY, seed)
    write(reading_of(part_of >= 0), out / READING, vocabulary=vocabulary)
    write(weighing, out / WEIGHING)
    return figures


def _traits(example: Example, odds: Floats) -> tuple[Floats, Floats]:
    """The traits of the doubtful spans of a text, and whether somebody is named there."""
    judged, rows = _finder().traits(example.reading, example.spans, odds)
    told = dict(zip(map(tuple, example.spans.tolist()), example.named.tolist(), strict=True))
    named = np.array([told[place.start, place.end] for place in judged], np.float32)
    doubtful = np.array([place.known > 0 or place.seen < BELIEVED for place in judged], bool)
    use = doubtful & ~np.isnan(named)
    return rows[use], named[use]


def _finder() -> NamesBySurroundings:
    return composite().vocabulary.names.surrounded
