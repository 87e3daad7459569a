"""The only door to spaCy and jieba.

spaCy carries the tagger as a pipeline component, so that it batches, pipes and plugs into
anything that takes a spaCy model; one token a character, because no word segmentation
agrees with the tagger's. jieba gives word boundaries, as evidence only.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from deid.detection.tagger import Tagged, load_tagger
from deid.normalize import shadow

with warnings.catch_warnings():
    # Invalid escapes (each time where no bytecode is kept, from Python 3.12 on the terminal), pkg_resources.
    warnings.simplefilter("ignore")
    import jieba

COMPONENT = "deid_tagger"
_BATCH = 64
_ADDED_COUNT = 50


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


def tag(texts: Sequence[str], *, model: Path | None = None) -> list[tuple[Tagged, ...]]:
    """Tagged stretches of each text, in offsets of its shadow, by the shipped tagger or the one in `model`."""
    return load_tagger(model).tag([shadow(text).text for text in texts])


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    for doc in stream:
        batch.append(doc)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def dictionary(part_of_speech: str) -> Iterator[tuple[str, int]]:
    """The words of jieba's dictionary that have this part of speech, each with its count."""
    with jieba.Tokenizer().get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if tag == part_of_speech:
                yield word, int(count)


@cache
def pipeline(model: Path | None = None) -> Language:
    """spaCy zh, character tokens, with the tagger; loaded once a process."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    nlp.max_length = 1 << 31  # the tagger reads sentences, so long texts cost no memory
    cast(TaggerComponent, nlp.add_pipe(COMPONENT)).model = model
    return nlp


class _QuietTokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba without its cache file in the temporary folder and without its messages."""

    initialized: bool

    def initialize(self, dictionary: str | None = None) -> None:
        with self.lock:
            if not self.initialized:
                self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
                self.initialized = True


class WordBoundaries:
    """Where jieba sees word boundaries; `words` are added to its dictionary. Thread-safe."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(words)

    def __call__(self, sentence: str) -> frozenset[int]:
        """Offsets in the sentence at which a word begins or ends."""
        position = 0
        boundaries = {0}
        for word in self._tokenizer.cut(sentence, HMM=False):
            position += len(word)
            boundaries.add(position)
        return frozenset(boundaries)

    def known(self, word: str) -> int:
        """How often jieba's dictionary counts the word, 0 when it does not know it."""
        return cast(int, self._tokenizer.FREQ.get(word) or 0)

    def load(self) -> WordBoundaries:
        """Read the dictionary now (about a second) instead of in the middle of some text."""
        _ = self._tokenizer
        return self

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = _QuietTokenizer()
        tokenizer.initialize()
        for word in self._words:
            if word not in tokenizer.FREQ or tokenizer.FREQ[word] < _ADDED_COUNT:
                tokenizer.add_word(word, _ADDED_COUNT)
        return tokenizer
