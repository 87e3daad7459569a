"""Trains the network that finds numbers, days and accounts: `deid.detection.remaining.numbers`.

It learns from every candidate in labelled texts, not from those alone that are left: of these there are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from deid.catalog import Marked, shipped_catalog
from deid.detection.composite import YIELDING
from deid.detection.networks import Numbers
from deid.detection.remaining.numbers import COLUMNS, LIKELY, NONE, NUMBERS, candidates, rows_of
from deid.detection.remaining.rows import Rows
from deid.evaluation.generating import generate
from deid.evaluation.samples import Sample, Samples
from deid.normalize import Shadow, shadow
from deid.training.corpus import dialogue_texts
from deid.training.layers import Around, fit, of_tagger, write
from deid.training.sentences import LABEL_OF
from deid.training.weighing import tell

_UNITS = 160
_EPOCHS, _FALL = 15, 0.85
_RECORDS, _OF_DIALOGUE = 1500, 2
"""So many invented records, and every second text of dialogue, where no number is anybody's."""
_LEAST = 15
"""A type that is marked less often cannot be learned."""
_AGAIN = 3
"""How often the look-alikes of the recognizers are learned, of which there are few."""
_HELD_OUT = 5
"""Every fifth file is left out for the figures."""
_OTHERS = {*LABEL_OF, *YIELDING, "AGE"} | set(
    "CN_USCC CN_VEHICLE_PLATE EMAIL_ADDRESS GEO_COORDINATE IMEI IP_ADDRESS MAC_ADDRESS URL VIN".split()
)
"""Types that are not sought here: names, and what is known by its shape wherever it stands."""
_OPEN = -1
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """Of candidates in files that the network had not seen: how many are values, are told, and are told with their type."""

    marked: int
    told: int
    right: int

    def __str__(self) -> str:
        return f"of {self.marked} values {self.right / max(1, self.marked):.1%} told, {self.right / max(1, self.told):.1%} of what is told right"


def build(labelled: Sequence[Path], shared: Path, out: Path, *, seed: int) -> Figures:
    """Train with the characters of the tagger in `out`, write the network beside it, and tell of it in the manifest."""
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    torch.set_flush_denormal(True)  # small gradients make a CPU crawl otherwise
    files = [list(Samples.load(path)) for path in labelled]
    records = list(generate(_RECORDS, seed=seed))
    counted = Counter(mark.entity_type for sample in chain(*files) for mark in sample.marks)
    labels = [NONE, *sorted(t for t, n in counted.items() if n >= _LEAST and t not in _OTHERS)]
    vocabulary, known = of_tagger(out)
    rows = rows_of(vocabulary)
    silent = [Sample("", text) for text in islice(dialogue_texts(shared), 0, None, _OF_DIALOGUE)]
    of_dialogue = _examples(silent, rows, labels, days=False)
    of_records = _examples([*records, *_look_alikes()], rows, labels)
    of_files = [_examples(samples, rows, labels) for samples in files]

    def trained(parts: Sequence[tuple[Numbers, Labels]]) -> Around:
        torch.manual_seed(seed)
        network = Around(known, _UNITS, columns=COLUMNS, labels=len(labels))
        rows, named = (np.concatenate(column) for column in zip(*parts, strict=True))
        fit(network, rows, named, seed, epochs=_EPOCHS, fall=_FALL)
        return network

    seen = [part for number, part in enumerate(of_files) if number % _HELD_OUT]
    figures = _figures(trained([*seen, of_records, of_dialogue]), of_files[::_HELD_OUT])
    write(
        trained([*of_files, of_records, of_dialogue]),
        out / NUMBERS,
        vocabulary=vocabulary,
        labels=" ".join(labels),
    )
    told = {
        "file": {NUMBERS: sha256((out / NUMBERS).read_bytes()).hexdigest()},
        "seed": seed,
        "labelled": sum(map(len, files)),
        "labels": labels[1:],
        "candidates": sum(len(named) for _, named in (*of_files, of_records, of_dialogue)),
        "figures": asdict(figures),
    }
    tell(out, "numbers", told)
    return figures


def _examples(
    samples: Iterable[Sample], rows_of_spans: Rows, labels: Sequence[str], *, days: bool = True
) -> tuple[Numbers, Labels]:
    """Rows of candidates and the numbers of their labels; what only touches something optional is left out.

    Without `days` what may be one is left out as well: where nobody marked any.
    """
    rows, named = [np.zeros((0, COLUMNS), np.int32)], [np.zeros(0, np.int64)]
    for sample in samples:
        read = shadow(sample.text)
        spans = candidates(read.text)
        if not days:
            spans = spans[[_is_code(read.text[start:end]) for start, end in spans.tolist()]]
        told = np.array([_label(read, start, end, sample, labels) for start, end in spans.tolist()], np.int64)
        if (told != _OPEN).any():
            rows.append(rows_of_spans(read.text, spans[told != _OPEN]))
            named.append(told[told != _OPEN])
    return np.concatenate(rows), np.concatenate(named)


def _label(read: Shadow, start: int, end: int, sample: Sample, labels: Sequence[str]) -> int:
    start, end = read.original(start, end)

    def touching(marks: Iterable[Marked]) -> list[Marked]:
        return [mark for mark in marks if mark.start < end and start < mark.end]

    if touching(sample.optional):
        return _OPEN
    marks = [mark for mark in touching(sample.marks) if mark.entity_type not in YIELDING]
    exact = [mark.entity_type for mark in marks if (mark.start, mark.end) == (start, end)]
    if not exact:
        return 0
    return labels.index(exact[0]) if exact[0] in labels else 0 if exact[0] in _OTHERS else _OPEN


def _look_alikes() -> list[Sample]:
    """Texts of the recognizers that hold nothing of their type, and what they hold of others has its own shape."""
    texts = [text for spec in shipped_catalog().specs for text in spec.examples.no_match]
    return [Sample("", text) for text in texts] * _AGAIN


def _is_code(word: str) -> bool:
    """Whether it is no day, nor a share: it is long, or holds letters."""
    return len(word) > 8 or (word.isascii() and not re.fullmatch("[0-9./-]+", word))


def _figures(network: Around, parts: Iterable[tuple[Numbers, Labels]]) -> Figures:
    marked = told = right = 0
    for rows, named in parts:
        odds = network.odds(rows)
        shares = np.exp(odds - odds.max(1, keepdims=True))
        something = 1 - shares[:, 0] / shares.sum(1)
        best = shares[:, 1:].argmax(1) + 1
        believed = something >= LIKELY
        marked, told = marked + int((named > 0).sum()), told + int(believed.sum())
        right += int((believed & (best == named)).sum())
    return Figures(marked, told, right)
