"""The sequence tagger: persons, places, organisations and times in running text.

The network is a bidirectional GRU over characters, trained by `deid.training`; `models/` holds
it with its card. It reads sentences, not documents: names swallow line breaks otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from deid.detection.characters import code_points
from deid.detection.decoding import Decoder, Scores, Span
from deid.detection.gate import shipped_gate
from deid.detection.glances import GLANCES, GlancingGate, shipped_glances, shipped_places
from deid.detection.networks import session
from deid.detection.prose import shipped_prose
from deid.errors import DetectionFailed, ModelError
from deid.normalize import shadow
from deid.regexes import Regex

LABELS = ("PER", "LOC", "ADR", "ORG", "HOS")
"""Persons, places, addresses, organisations, medical institutions."""
OF_BODIES = frozenset(["ORG", "HOS"])
"""Those of organisations and medical institutions."""

TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))
"""Begin, inside, end, single: one-character names and the ends of long ones are learned apart."""

MODEL = "tagger.onnx"
_SHIPPED = files("deid") / "models"
_BATCH = 48
_EAGER = {"PER": 1.5, "LOC": 1.5}
"""Added to the scores of labels: likely spans are told as well, and their `score` says so."""
_EAGER_IN_STORIES = {"PER": 1.6}
"""Added and counted in `score` where a text tells of people: names are more varied there, and fewer things look like them."""
_PADDING = 1.12
"""A batch holds sentences up to so many times as long as its shortest: padding costs as much as text."""
_DECODED = 2048
"""So many sentences are decoded at once: fewer take longer, more take memory."""
_CELL = Regex(r"\|+")
_ANOTHER = Regex(rf"{_CELL.pattern}|,(?=[一-鿿]{{1,6}}?[省市区县镇乡])")
"""What parts an address from another: 白堤路88号，|河东区津塘路; and what parts places and bodies in the cells of a row."""
_LONGEST = 160

_SENTENCE = Regex(r"[^。!?;\n]+[。!?;]?")
_SPACE = Regex(r"\s")
_WORD = Regex(r"\S+")
_RUN = Regex(r"[一-鿿]{1,2}(?![一-鿿])")
_SINGLES = Regex(r"(?:^|[^一-鿿])[一-鿿]\s[一-鿿]{1,2}$|[一-鿿]\s[一-鿿]\s[一-鿿]$")
_CLAUSE_END = Regex(r"[,、:]")


class Tagged(NamedTuple):
    """A stretch that the tagger gave a label; offsets in the text it was given."""

    start: int
    end: int
    label: str
    score: float = 1.0
    """How likely the label is, 0–1: the mean over its characters."""


@dataclass(frozen=True)
class _Segment:
    """A sentence without its white space. `offsets` leads back, or is None when there was none."""

    text: str
    start: int
    offsets: tuple[int, ...] | None

    def back(self, start: int, end: int) -> tuple[int, int]:
        if self.offsets is None:
            return self.start + start, self.start + end
        return self.offsets[start], self.offsets[end - 1] + 1


def _all_of(sentences: Sequence[str]) -> Iterable[bool]:
    return repeat(True, len(sentences))


class Tagger:
    """Tags shadow texts. One instance a process is enough; `tag` is thread-safe."""

    def __init__(self, session: Any, *, gate: Callable[[Sequence[str]], Iterable[bool]] = _all_of) -> None:
        metadata = session.get_modelmeta().custom_metadata_map
        vocabulary, tags = metadata.get("vocabulary", ""), tuple(metadata.get("tags", "").split())
        if tags != TAGS:
            raise ModelError("the tagger has other tags than this version of deid")
        self.gate = gate
        self._session = session
        self._ids = np.zeros(0x10001, dtype=np.int32)  # 0: unknown; the last entry stands for all beyond
        for number, character in enumerate(vocabulary, 1):
            self._ids[ord(character)] = number
        self._decoder = Decoder(tags, _EAGER)
        self._raised = np.array(
            [_EAGER_IN_STORIES.get(tag.partition("-")[2], 0.0) for tag in tags], np.float32
        )

    def tag(self, texts: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """For every text the labelled stretches, in order. Texts are shadow texts."""
        is_prose = shipped_prose()
        owners: dict[tuple[str, bool], list[tuple[int, _Segment]]] = {}
        doubtful: dict[str, list[tuple[int, _Segment]]] = {}
        for index, text in enumerate(texts):
            whole = is_prose(text)
            telling = whole and is_prose.tells(text)
            for segment in segments(is_prose.dotted(text) if whole else text):
                if whole:
                    owners.setdefault((segment.text, telling), []).append((index, segment))
                else:
                    doubtful.setdefault(segment.text, []).append((index, segment))
        for unit, is_worth in zip(doubtful, self.gate(tuple(doubtful)), strict=True):
            if is_worth:
                owners.setdefault((unit, False), []).extend(doubtful[unit])
        found: list[list[Tagged]] = [[] for _ in texts]
        ordered = sorted(owners, key=lambda owned: len(owned[0]))
        for owned, spans in zip(ordered, self.spans(ordered), strict=True):
            for index, segment in owners[owned]:
                found[index] += (
                    Tagged(*segment.back(first, last), label, score)
                    for start, end, label, score in spans
                    for first, last in _parts(segment.text, start, end, label)
                )
        return [tuple(sorted(spans)) for spans in found]

    def spans(self, units: Sequence[tuple[str, bool]]) -> Iterator[list[Span]]:
        """The spans of each sentence; it is said of each whether it tells of people."""
        for start in range(0, len(units), _DECODED):
            part, telling = zip(*units[start : start + _DECODED], strict=True)
            scores = np.concatenate([self._scores(batch) for batch in _batches(part)])
            lengths = np.array(list(map(len, part)))
            scores[np.repeat(telling, lengths)] += self._raised
            yield from self._decoder.spans(scores, lengths)

    def _scores(self, batch: Sequence[str]) -> Scores:
        """The scores of the tags for each character, sentence by sentence."""
        lengths = np.array([len(unit) for unit in batch], dtype=np.int32)
        ids = np.zeros((len(batch), int(lengths.max())), dtype=np.int32)
        codes = code_points("".join(batch))
        inside = np.arange(ids.shape[1]) < lengths[:, None]
        ids[inside] = self._ids[np.minimum(codes, len(self._ids) - 1)]
        try:
            scores: Scores = self._session.run(None, {"characters": ids, "lengths": lengths})[0]
        except Exception as error:  # onnxruntime raises its own kinds; any of them means unread text
            raise DetectionFailed(f"the tagger failed: {type(error).__name__}") from None
        return scores[inside]


def _parts(text: str, start: int, end: int, label: str) -> Iterable[tuple[int, int]]:
    """A stretch, or where it is addresses in a row, or goes on in the next cell, each part of it."""
    if label != "PER":
        for border in (_ANOTHER if label == "ADR" else _CELL).finditer(text, start, end):
            if border.start() > start:
                yield start, border.start()
            start = border.end()
    if start < end:
        yield start, end


def _batches(units: Sequence[str]) -> Iterator[Sequence[str]]:
    """Units, which come sorted by length, in batches of about the same length."""
    position = 0
    while position < len(units):
        longest = len(units[position]) * _PADDING + 1
        size = 1
        while size < _BATCH and position + size < len(units) and len(units[position + size]) <= longest:
            size += 1
        yield units[position : position + size]
        position += size


def segments(text: str) -> Iterable[_Segment]:
    for match in _SENTENCE.finditer(text):
        for start, end in _clauses(match[0], match.start()):
            piece = text[start:end]
            if len(piece) < 2 or piece.isascii():
                continue
            if _SPACE.search(piece):
                yield _joined(piece, start)
            else:
                yield _Segment(piece, start, None)


def _joined(piece: str, start: int) -> _Segment:
    """The piece without white space: a gap between words becomes a comma, one inside 王 建 国 goes.

    The network never saw white space; it ties 谢长林 to 性别 when a gap between them just vanishes.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for match in _WORD.finditer(piece):
        run = _RUN.match(piece, match.start())
        end = run.end() if run else match.end()
        if characters and not (run and _SINGLES.search(piece, max(0, end - 5), end)):
            characters.append(",")
            offsets.append(start + match.start() - 1)
        characters += match[0]
        offsets += range(start + match.start(), start + match.end())
    return _Segment("".join(characters), start, tuple(offsets))


def _clauses(sentence: str, start: int) -> Iterable[tuple[int, int]]:
    """The sentence, or parts of it where it is longer than the network was trained on."""
    position = 0
    while len(sentence) - position > _LONGEST:
        cut = position + _LONGEST
        for match in _CLAUSE_END.finditer(sentence, position + _LONGEST // 2, cut):
            cut = match.end()
        yield start + position, start + cut
        position = cut
    yield start + position, start + len(sentence)


def tag(texts: Sequence[str], *, model: Path | None = None) -> list[tuple[Tagged, ...]]:
    """Tagged stretches of each text, in offsets of its shadow, by the shipped tagger or the one in `model`."""
    return load_tagger(model).tag([shadow(text).text for text in texts])


@cache
def load_tagger(folder: Path | None = None, *, gated: bool = True) -> Tagger:
    """The tagger that comes with deid, or the one in a folder that `deid train` wrote; loaded once a process.

    `gated` skips hopeless sentences. ModelError where there is no tagger, or one that cannot run.
    """
    network = session(read_model(folder))
    return Tagger(network, gate=_gate_of(folder)) if gated else Tagger(network)


def read_model(folder: Path | None = None) -> bytes:
    """The file of a tagger. ModelError where there is none."""
    try:
        return ((folder or _SHIPPED) / MODEL).read_bytes()
    except OSError as error:
        raise ModelError(
            f"no tagger could be read: {type(error).__name__}",
            hint=f"a model is a folder with {MODEL}, as deid train writes it",
        ) from None


def _gate_of(folder: Path | None) -> Callable[[Sequence[str]], list[bool]]:
    """By what was learned beside the tagger of its finds, and by words where nothing was, as by `deid train`."""
    if folder is None:
        return shipped_glances()
    file = folder / GLANCES
    try:
        return (
            GlancingGate(session(file.read_bytes()), shipped_places()) if file.is_file() else shipped_gate()
        )
    except OSError as error:
        raise ModelError(f"a network could not be read: {type(error).__name__}") from None
