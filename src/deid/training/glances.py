"""Trains the network that glances at a sentence before the tagger reads it: `deid.detection.glances`.

It learns from what the tagger finds in text of all kinds: of every place where somebody may be named, whether
there is something at it. Most of them are none, and most of the text is spared. To teach it only persons
and what grammars leave was tried: it spares a twentieth more, and places and firms are lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
import torch

from deid.detection.decoding import Span
from deid.detection.gate import shipped_gate
from deid.detection.glances import GLANCES, other_names, shipped_places
from deid.detection.networks import Alphabet, together
from deid.detection.tagger import load_tagger, segments
from deid.evaluation.samples import Samples
from deid.normalize import shadow
from deid.training.corpus import corpus, dialogue_texts, held_out_dialogue
from deid.training.layers import Around, fit, of_tagger, write
from deid.training.weighing import tell

_UNITS = 64
_SURE, _SHARE_RENAMED = 0.8, 0.5
_BEFORE, _BEHIND = 2, 1
"""What begins so many characters in front of a find, or ends so many behind it, is at it: 小 of 小张敏."""


@dataclass(frozen=True)
class Figures:
    """Sentences in which the tagger finds somebody, those of them that it reads, and the share of dialogue that it does; by words, and by this."""

    named: int
    kept_by_words: int
    kept: int
    read_by_words: float
    read: float

    def __str__(self) -> str:
        return (
            f"of {self.named} sentences with names {self.kept} read, by words {self.kept_by_words}; "
            f"of dialogue {self.read:.1%}, by words {self.read_by_words:.1%}"
        )


def build(
    labelled: Sequence[Path], shared: Path, out: Path, samples: Sequence[Path], *, seed: int
) -> Figures:
    """Train for the tagger in `out`, write the network beside it, and tell of it in the manifest."""
    sources = {
        "corpus": [item.text for source in corpus(shared, seed=seed) for item in source.items],
        "dialogue": _sentences(dialogue_texts(shared)),
        "labelled": _sentences(_texts(labelled)),
    }
    places = train(tuple(dict.fromkeys(chain(*sources.values()))), out, seed=seed)
    figures = _figures(out, _sentences(_texts(samples)), _sentences(held_out_dialogue(shared)))
    told = {
        "file": {GLANCES: sha256((out / GLANCES).read_bytes()).hexdigest()},
        "seed": seed,
        "sentences": {name: len(sentences) for name, sentences in sources.items()},
        "places": places,
        "figures": asdict(figures),
    }
    tell(out, "glances", told)
    return figures


def _texts(files: Iterable[Path]) -> Iterable[str]:
    return (sample.text for path in files for sample in Samples.load(path))


def _sentences(texts: Iterable[str]) -> list[str]:
    """Each once, as the tagger reads them."""
    return list(dict.fromkeys(segment.text for text in texts for segment in segments(shadow(text).text)))


def train(sentences: Sequence[str], out: Path, *, seed: int = 1) -> int:
    """Learn what the tagger in the folder `out` finds in the sentences; returns at how many places it was looked."""
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    torch.set_flush_denormal(True)  # small gradients make a CPU crawl otherwise
    torch.manual_seed(seed)
    tagger = load_tagger(out, gated=False)
    finds = list(tagger.spans([(text, True) for text in sentences]))
    renamed = _renamed(sentences, finds, Random(f"deid/glances/{seed}"))
    sentences = (*sentences, *renamed)
    finds += tagger.spans([(text, True) for text in renamed])
    text, starts = together(sentences)
    is_found = np.zeros(len(text) + _BEHIND, np.float32)
    for start, spans in zip(starts, finds, strict=True):
        for first, end, *_ in spans:
            is_found[start + max(0, first - _BEFORE) : start + end + _BEHIND] = 1
    places = shipped_places().find(text)
    vocabulary, known = of_tagger(out)
    network = Around(known, _UNITS)
    around = Alphabet(vocabulary).around(text, np.stack([places, places], axis=1))
    fit(network, around, is_found[places], seed)
    write(network, out / GLANCES, vocabulary=vocabulary)
    return len(places)


def _renamed(sentences: Sequence[str], finds: Iterable[Sequence[Span]], random: Random) -> list[str]:
    """Half of the sentences in which somebody is named, by a name that few texts hold: 中村, 小楠, 阿楠."""
    kinds = other_names()
    renamed: dict[str, None] = {}  # in an order that comes again
    for sentence, spans in zip(sentences, finds, strict=True):
        named = [
            (start, end)
            for start, end, label, score in spans
            if label == "PER" and end - start < 4 and score > _SURE
        ]
        if named and random.random() < _SHARE_RENAMED:
            start, end = random.choice(named)
            renamed[sentence[:start] + random.choice(random.choice(kinds)) + sentence[end:]] = None
    return list(renamed)


def _figures(out: Path, sentences: Sequence[str], dialogue: Sequence[str]) -> Figures:
    gates = shipped_gate(), load_tagger(out).gate
    finds = load_tagger(out, gated=False).spans([(sentence, False) for sentence in sentences])
    named = [
        sentence
        for sentence, spans in zip(sentences, finds, strict=True)
        if any(label == "PER" for _, _, label, _ in spans)
    ]
    whole = sum(map(len, dialogue))
    shares = [
        sum(len(text) for text, is_read in zip(dialogue, gate(dialogue), strict=True) if is_read) / whole
        for gate in gates
    ]
    return Figures(len(named), *(sum(gate(named)) for gate in gates), *shares)
