"""From the scores of characters to labelled spans: the best tags that can follow each other.

Tags are O, and for each label B, I, E and S: begin, inside, end, and all of a span of one character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]
Span = tuple[int, int, str, float]
"""Start, end, label, and how likely the label is."""

_NEVER = np.float32(-1e9)


class Decoder:
    """Reads `tags`; `eager` is added to the scores of labels, so that likely spans are told as well."""

    def __init__(self, tags: Sequence[str], eager: Mapping[str, float]) -> None:
        self._label_of = [tag.partition("-")[2] for tag in tags]
        self._bias = np.array([eager.get(label, 0.0) for label in self._label_of], np.float32)
        self._of_label = np.array([[kind == label for kind in self._label_of] for label in self._label_of])
        self._opening, self._closing = _places(tags, "OBS"), _places(tags, "OES")
        self._begin, self._inside, self._end = (_places(tags, kind) for kind in "BIE")
        self._may_open, self._may_close = (
            np.array([tag[0] in kinds for tag in tags]) for kinds in ("OBS", "OES")
        )
        self._opens, self._closes = (np.array([tag[0] in kinds for tag in tags]) for kinds in ("BS", "ES"))
        self._follows = _follows(tags)

    def spans(self, scores: Scores, lengths: Numbers) -> list[list[Span]]:
        """The spans of each sentence, in its offsets. `scores` are those of all characters, sentence by sentence."""
        found: list[list[Span]] = [[] for _ in lengths]
        starts_of, sentence_of = np.cumsum(lengths) - lengths, np.repeat(np.arange(len(lengths)), lengths)
        tags = self._tags(scores + self._bias, lengths, starts_of, sentence_of)
        starts, ends = np.flatnonzero(self._opens[tags]), np.flatnonzero(self._closes[tags]) + 1
        if not starts.size:
            return found
        sentences = sentence_of[starts]
        columns = (
            sentences,
            starts - starts_of[sentences],
            ends - starts_of[sentences],
            tags[starts],
            self._shares(scores, starts, ends - starts, tags[starts]),
        )
        for sentence, start, end, tag, share in zip(*(column.tolist() for column in columns), strict=True):
            found[sentence].append((start, end, self._label_of[tag], share))
        return found

    def _tags(self, scores: Scores, lengths: Numbers, starts: Numbers, sentence_of: Numbers) -> Numbers:
        """The tag of each character: the best one, but for sentences in which a tag follows one that it cannot."""
        tags: Numbers = scores.argmax(axis=1)
        wrong = ~self._follows[tags[:-1], tags[1:]]
        wrong[starts[1:] - 1] = False
        broken = ~self._may_open[tags[starts]] | ~self._may_close[tags[starts + lengths - 1]]
        broken[sentence_of[:-1][wrong]] = True
        rows = np.flatnonzero(broken)
        if rows.size:
            rows = rows[np.argsort(-lengths[rows], kind="stable")]
            places = np.arange(lengths[rows[0]])
            inside = places < lengths[rows, None]
            at = np.where(inside, starts[rows, None] + places, 0)
            tags[at[inside]] = self.best_paths(scores[at], lengths[rows])[inside]
        return tags

    def best_paths(self, scores: Scores, lengths: Numbers) -> Numbers:
        """The best tags of each sentence that can follow each other (Viterbi); the longest sentence comes first.

        What may stand before a tag is an end of anything, or the beginning or inside of its own label.
        """
        rows, size, count = scores.shape
        going = (lengths > np.arange(size)[:, None]).sum(axis=1).tolist()
        each = np.arange(rows)
        best = np.where(self._may_open, scores[:, 0], _NEVER)
        back = np.zeros((size, rows, count), np.int8)
        for step in range(1, size):
            on = going[step]
            before, origin = best[:on], back[step, :on]
            ended = self._closing[before[:, self._closing].argmax(axis=1)]
            begun, inside = before[:, self._begin], before[:, self._inside]
            reached = np.empty_like(before)
            reached[:, self._opening] = before[each[:on], ended][:, None]
            reached[:, self._inside] = reached[:, self._end] = np.maximum(begun, inside)
            origin[:, self._opening] = ended[:, None]
            origin[:, self._inside] = origin[:, self._end] = np.where(
                inside > begun, self._inside, self._begin
            )
            best[:on] = reached + scores[:on, step]
        tags = np.where(self._may_close, best, _NEVER).argmax(axis=1)
        paths = np.zeros((rows, size), np.intp)
        for step in range(size - 1, -1, -1):
            on = going[step]
            paths[:on, step] = tags[:on]
            tags[:on] = back[step, each[:on], tags[:on]]
        return paths

    def _shares(self, scores: Scores, starts: Numbers, lengths: Numbers, tags: Numbers) -> Scores:
        """For each span the probability of its label, averaged over its characters."""
        first = np.cumsum(lengths) - lengths
        of_character = scores[np.arange(int(lengths.sum())) + np.repeat(starts - first, lengths)]
        raised = np.exp(of_character - of_character.max(axis=1, keepdims=True))
        chosen = np.where(self._of_label[np.repeat(tags, lengths)], raised, np.float32(0))
        shares = chosen.sum(axis=1) / raised.sum(axis=1)
        return np.asarray(np.add.reduceat(shares, first) / lengths)


def _places(tags: Sequence[str], kinds: str) -> Numbers:
    return np.array([number for number, tag in enumerate(tags) if tag[0] in kinds])


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
