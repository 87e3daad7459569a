"""The sequence tagger: persons, places, organisations and times in running text.

The network is a bidirectional GRU over characters, trained by `deid.training`; `models/` holds
it with its card. It reads sentences, not documents: names swallow line breaks otherwise.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from deid.detection.gate import shipped_gate
from deid.errors import DetectionFailed, ModelError
from deid.normalize import shadow

LABELS = ("PER", "LOC", "ADR", "ORG", "HOS")
"""Persons, places, addresses, organisations, medical institutions."""

TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))
"""Begin, inside, end, single: one-character names and the ends of long ones are learned apart."""

MODEL = "tagger.onnx"
_BATCH = 48
_EAGER = {"PER": 1.5, "LOC": 1.5}
"""Added to the scores of labels: likely spans are told as well, and their `score` says so."""
_PADDING = 1.12
"""A batch holds sentences up to so many times as long as its shortest: padding costs as much as text."""
_LONGEST = 160

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?")
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_RUN = re.compile(r"[一-鿿]{1,2}(?![一-鿿])")
_SINGLES = re.compile(r"(?:^|[^一-鿿])[一-鿿]\s[一-鿿]{1,2}$|[一-鿿]\s[一-鿿]\s[一-鿿]$")
_CLAUSE_END = re.compile(r"[,、:]")


_Span = tuple[int, int, str, float]


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


class Tagger:
    """Tags shadow texts. One instance a process is enough; `tag` is thread-safe."""

    def __init__(self, session: Any, *, gate: Callable[[str], bool] = lambda sentence: True) -> None:
        metadata = session.get_modelmeta().custom_metadata_map
        vocabulary, tags = metadata.get("vocabulary", ""), tuple(metadata.get("tags", "").split())
        if tags != TAGS:
            raise ModelError("the tagger has other tags than this version of deid")
        self._gate = gate
        self._session = session
        self._ids = np.zeros(0x10001, dtype=np.int32)  # 0: unknown; the last entry stands for all beyond
        for number, character in enumerate(vocabulary, 1):
            self._ids[ord(character)] = number
        self._label_of = [tag.partition("-")[2] for tag in tags]
        self._opens = np.array([tag[0] in "BS" for tag in tags])
        self._closes = np.array([tag[0] in "ES" for tag in tags])
        self._follows = _follows(tags)
        self._begins = np.array([tag[0] in "OBS" for tag in tags])
        self._stops = np.array([tag[0] in "OES" for tag in tags])
        self._of_label = np.array([[kind == label for kind in self._label_of] for label in self._label_of])
        self._bias = np.array([_EAGER.get(label, 0.0) for label in self._label_of], np.float32)

    def tag(self, texts: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """For every text the labelled stretches, in order. Texts are shadow texts."""
        owners: dict[str, list[tuple[int, _Segment]]] = {}
        for index, text in enumerate(texts):
            for segment in segments(text):
                owners.setdefault(segment.text, []).append((index, segment))
        units = sorted(filter(self._gate, owners), key=len)
        found: list[list[Tagged]] = [[] for _ in texts]
        for unit, spans in self._tag_units(units):
            for index, segment in owners[unit]:
                found[index] += (
                    Tagged(*segment.back(start, end), label, score) for start, end, label, score in spans
                )
        return [tuple(sorted(spans)) for spans in found]

    def _tag_units(self, units: Sequence[str]) -> Iterable[tuple[str, list[_Span]]]:
        position = 0
        while position < len(units):
            longest = len(units[position]) * _PADDING + 1
            size = 1
            while size < _BATCH and position + size < len(units) and len(units[position + size]) <= longest:
                size += 1
            batch = units[position : position + size]
            position += size
            yield from zip(batch, self._tag_batch(batch), strict=True)

    def _tag_batch(self, batch: Sequence[str]) -> list[list[_Span]]:
        lengths = np.array([len(unit) for unit in batch], dtype=np.int32)
        ids = np.zeros((len(batch), int(lengths.max())), dtype=np.int32)
        codes = np.frombuffer("".join(batch).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        inside = np.arange(ids.shape[1]) < lengths[:, None]
        ids[inside] = self._ids[np.minimum(codes, len(self._ids) - 1)]
        try:
            scores = self._session.run(None, {"characters": ids, "lengths": lengths})[0]
        except Exception as error:  # onnxruntime raises its own kinds; any of them means unread text
            raise DetectionFailed(f"the tagger failed: {type(error).__name__}") from None
        eager = scores + self._bias
        paths: npt.NDArray[np.intp] = eager.argmax(axis=2)
        if (broken := np.flatnonzero(self._broken(paths, inside))).size:
            paths[broken] = self._best_paths(eager[broken], lengths[broken])
        paths[~inside] = 0
        return self._spans(paths, scores)

    def _broken(self, paths: npt.NDArray[np.intp], inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Rows in which a tag follows one that it cannot follow, as I-ORG after B-PER."""
        wrong = ~self._follows[paths[:, :-1], paths[:, 1:]] & inside[:, 1:]
        last = inside.sum(axis=1) - 1
        ends = paths[np.arange(len(paths)), last]
        return np.asarray(wrong.any(axis=1) | ~self._begins[paths[:, 0]] | ~self._stops[ends])

    def _best_paths(
        self, scores: npt.NDArray[np.float32], lengths: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.intp]:
        """The best tags of each sentence that can follow each other (Viterbi), all sentences at once."""
        rows, size = scores.shape[0], scores.shape[1]
        never = np.float32(-1e9)
        blocked = np.where(self._follows, np.float32(0), never).T
        best = np.where(self._begins, scores[:, 0], never)
        ends = np.zeros_like(best)
        ends[lengths == 1] = best[lengths == 1]
        back = np.zeros((size, rows, scores.shape[2]), np.intp)
        stops, shortest = set(lengths.tolist()), int(lengths.min())
        for step in range(1, size):
            table = best[:, None, :] + blocked
            table.argmax(axis=2, out=back[step])
            best = np.maximum.reduce(table, axis=2) + scores[:, step]
            if step + 1 in stops:
                ended = lengths == step + 1
                ends[ended] = best[ended]
        tags = np.where(self._stops, ends, never).argmax(axis=1)
        paths = np.zeros((rows, size), np.intp)
        each = np.arange(rows)
        for step in range(size - 1, -1, -1):
            paths[:, step] = tags
            before = back[step, each, tags]
            tags = before if step < shortest else np.where(step < lengths, before, tags)
        paths[np.arange(size) >= lengths[:, None]] = 0
        return paths

    def _spans(self, paths: npt.NDArray[np.intp], scores: npt.NDArray[np.float32]) -> list[list[_Span]]:
        found: list[list[_Span]] = [[] for _ in paths]
        rows, starts = np.nonzero(self._opens[paths])
        if not rows.size:
            return found
        _, ends = np.nonzero(self._closes[paths])
        tags = paths[rows, starts]
        likely = self._shares(scores, rows, starts, ends + 1 - starts, tags)
        spans = zip(
            rows.tolist(), starts.tolist(), ends.tolist(), tags.tolist(), likely.tolist(), strict=True
        )
        for row, start, end, tag, share in spans:
            found[row].append((start, end + 1, self._label_of[tag], share))
        return found

    def _shares(
        self,
        scores: npt.NDArray[np.float32],
        rows: npt.NDArray[np.intp],
        starts: npt.NDArray[np.intp],
        lengths: npt.NDArray[np.intp],
        tags: npt.NDArray[np.intp],
    ) -> npt.NDArray[np.float32]:
        """For each span the probability of its label, averaged over its characters."""
        first = np.cumsum(lengths) - lengths
        within = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
        of_character = scores[np.repeat(rows, lengths), np.repeat(starts, lengths) + within]
        raised = np.exp(of_character - of_character.max(axis=1, keepdims=True))
        chosen = np.where(self._of_label[np.repeat(tags, lengths)], raised, np.float32(0))
        shares = chosen.sum(axis=1) / raised.sum(axis=1)
        return np.asarray(np.add.reduceat(shares, first) / lengths)


def _follows(tags: Sequence[str]) -> npt.NDArray[np.bool_]:
    """`[first, second]`: whether the second tag may stand right behind the first."""
    return np.array(
        [
            [
                second[0] in "OBS" if first[0] in "OES" else second[0] in "IE" and first[1:] == second[1:]
                for second in tags
            ]
            for first in tags
        ]
    )


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
        if characters and not _SINGLES.search(piece, max(0, end - 5), end):
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
    return Tagger(_session(read_model(folder)), gate=shipped_gate() if gated else lambda sentence: True)


def read_model(folder: Path | None = None) -> bytes:
    """The file of a tagger. ModelError where there is none."""
    try:
        return ((folder or files("deid") / "models") / MODEL).read_bytes()
    except OSError as error:
        raise ModelError(
            f"no tagger could be read: {type(error).__name__}",
            hint=f"a model is a folder with {MODEL}, as deid train writes it",
        ) from None


def _session(model: bytes) -> Any:
    # onnxruntime reports its use to its maker unless told not to before its import
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own kinds
        raise ModelError(f"the tagger cannot be loaded: {type(error).__name__}") from None
