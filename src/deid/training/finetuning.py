"""Continue the tagger on a user's own labelled samples: `deid train`.

A part of the samples is held out, with groups (one patient, one template, near-duplicates) kept
whole; the rest is learned among invented records and sentences, at a low rate, so that what the
tagger knew stays. What deid finds on the held-out part is measured before and after.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from deid.detection.tagger import LABELS, MODEL
from deid.errors import ModelError
from deid.evaluation.measuring import Evaluation, evaluate
from deid.evaluation.samples import Samples
from deid.evaluation.splitting import split
from deid.pipeline import Deidentifier
from deid.training.corpus import invented
from deid.training.sentences import LABEL_OF, Sentence, sentences

HELD_OUT = 0.3
EPOCHS = 6
_BATCH, _RATE_OF_EMBEDDING, _RATE_OF_LAYERS = 4000, 7.5e-5, 2.5e-4
_FEWEST = 20
_AMONG = 3000
"""Invented sentences beside the user's."""
_MOST_COPIES = 4


@dataclass(frozen=True)
class Training:
    """A tagger that went on learning: where it is, and what deid finds on held-out samples with it and without."""

    folder: Path
    learned: int
    before: Evaluation
    after: Evaluation


def train(
    samples: Samples,
    out: str | Path,
    *,
    base: str | Path | None = None,
    epochs: int = EPOCHS,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Training:
    """Continue the shipped tagger, or the one in `base`, on `samples`; write it into the new folder `out`.

    Types that the samples never label are taught by the invented sentences alone. ModelError when
    `out` exists, when the samples are fewer than 20 or label nothing that the tagger knows, or
    when the extra `[train]` is not installed.
    """
    out = Path(out)
    if out.exists():
        raise ModelError(
            "the folder of the model exists already", hint="a model is never overwritten: name a new folder"
        )
    labelled = frozenset(
        LABEL_OF[m.entity_type] for s in samples for m in s.marks if m.entity_type in LABEL_OF
    )
    if not labelled or len(samples) < _FEWEST:
        raise ModelError(f"{len(samples)} samples with {len(labelled)} labels of the tagger", hint=f"at least {_FEWEST} samples, and one of {', '.join(LABEL_OF)}")  # fmt: skip
    try:
        import torch

        from deid.training.export import export, restore
        from deid.training.fitting import Pace, fit
    except ImportError as error:
        raise ModelError(f"training needs {error.name}", hint="pip install 'deid-zh[train]'") from None
    learned, held_out = split(samples, 1 - HELD_OUT, seed=seed)
    torch.set_num_threads(1)
    own = [
        item
        for sample in learned
        for item in sentences(sample.text, (*sample.marks, *sample.optional), labelled=labelled)
    ]
    beside = invented(_AMONG, seed=seed)
    copies = max(1, min(_MOST_COPIES, len(beside) // max(1, len(own))))
    items: list[Sentence] = [*own * copies, *beside]
    Random(seed).shuffle(items)
    network = restore(Path(base) if base is not None else None)
    fit(
        network,
        items,
        None,
        epochs=epochs,
        seed=seed,
        pace=Pace(batch=_BATCH, of_embedding=_RATE_OF_EMBEDDING, of_layers=_RATE_OF_LAYERS),
        report=lambda epoch, loss: progress(epoch + 1, epochs),
    )
    before = evaluate(held_out, Deidentifier(model=base))
    out.mkdir(parents=True)
    export(network, out / MODEL)
    after = evaluate(held_out, Deidentifier(model=out))
    card = {
        "samples": len(samples), "learned": len(learned), "held out": len(held_out), "labels": [label for label in LABELS if label in labelled],
        "epochs": epochs, "seed": seed, "f1 before": before.figure("f1"), "f1 after": after.figure("f1"),
    }  # fmt: skip
    (out / "training.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return Training(out, len(learned), before, after)
