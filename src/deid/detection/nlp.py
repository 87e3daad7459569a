"""The only door to spaCy.

spaCy carries the tagger as a pipeline component, so that it plugs into Presidio and anything
else that takes a spaCy model; one token a character, because no word segmentation agrees with
the tagger's. `detect` asks the tagger itself, and loads no spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from deid.detection.tagger import tag

COMPONENT = "deid_tagger"
_BATCH = 64


@Language.factory(COMPONENT)  # type: ignore[untyped-decorator]
def _make_component(nlp: Language, name: str) -> TaggerComponent:
    return TaggerComponent()


class TaggerComponent:
    """Puts the tagger's stretches on `doc.user_data["deid"]`, in offsets of the shadow."""

    model: Path | None = None
    """A folder with another tagger than the shipped one."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        for docs in _batches(stream, batch_size):
            for doc, tagged in zip(docs, tag([doc.text for doc in docs], model=self.model), strict=True):
                doc.user_data["deid"] = tagged
                yield doc


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    for doc in stream:
        batch.append(doc)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


@cache
def pipeline(model: Path | None = None) -> Language:
    """spaCy zh, character tokens, with the tagger; loaded once a process."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    nlp.max_length = 1 << 31  # the tagger reads sentences, so long texts cost no memory
    cast(TaggerComponent, nlp.add_pipe(COMPONENT)).model = model
    return nlp
