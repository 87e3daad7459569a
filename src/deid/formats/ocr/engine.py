"""The only door to rapidocr: PP-OCR models for print, from the wheel."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from deid.errors import DetectionFailed
from deid.formats.ocr.finding import InStrips
from deid.formats.sharing import SHARED, in_threads

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of malloc.h
_LARGE = 4 << 20  # bytes; what is mapped is filled with zeros first, which takes time
_KEPT = 32 << 20  # bytes that are free stay with the process: two threads take a third less time
_MOST_SIDE = 20_000  # pixels: a chat as one long picture
_MODELS = {"Det": "*det*.onnx", "Rec": "*rec*.onnx"}


class Character(NamedTuple):
    """A character and where it stands: from `left` to `right` along the line, 0 to 1."""

    text: str
    left: float
    right: float


class Line(NamedTuple):
    """A line: its text, how sure the model is (0–1), its corners, clockwise from top left, and whether it is print on paper."""

    text: str
    score: float
    corners: Any
    characters: tuple[Character, ...]
    is_print: bool = True


def is_installed() -> bool:
    """Whether the extra `[ocr]` is there."""
    return find_spec("rapidocr") is not None


class _InThreads:
    """Recognizes lines one by one, in as many threads as this process may use.

    Twice as fast on two cores, where two threads within one line take half as much work again and
    wait for one another. What a line says is the same however many there are.
    """

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer

    def __call__(self, asked: Any) -> Any:
        if isinstance(asked.img, np.ndarray) or len(asked.img) < 2 or SHARED.threads < 2:
            return self._recognizer(asked)
        shapes = [picture.shape for picture in asked.img]
        widest_first = sorted(range(len(shapes)), key=lambda number: -shapes[number][1] / shapes[number][0])
        alone = [replace(asked, img=[asked.img[number]]) for number in widest_first]
        read = dict(zip(widest_first, in_threads(self._recognizer, alone), strict=True))
        lines = [read[number] for number in range(len(shapes))]
        parts = {
            name: tuple(getattr(line, name)[0] for line in lines)
            for name in ("txts", "scores", "word_results")
        }
        return replace(lines[0], imgs=asked.img, **parts)


def _give_memory_back() -> None:
    """Have glibc map what is large: else a process keeps what a page took, 200 MB and more."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
            ctypes.CDLL(None).mallopt(_M_TRIM_THRESHOLD, _KEPT)


@contextmanager
def _tables_read_once() -> Iterator[None]:
    """Two modules of rapidocr read one long table of models; each time takes 0.2 s."""
    from omegaconf import OmegaConf

    load = OmegaConf.load
    try:
        OmegaConf.load = cache(load)  # type: ignore[method-assign]
        yield
    finally:
        OmegaConf.load = load  # type: ignore[method-assign]


@cache
def _engine() -> Any:
    _give_memory_back()
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime reports its use otherwise; read at its import
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    with _tables_read_once():
        from rapidocr import RapidOCR

    found = find_spec("rapidocr")
    folder = Path(found.origin or "").with_name("models") if found else Path()
    params: dict[str, Any] = {
        "Global.use_cls": False,
        "Global.log_level": "critical",
        "Global.text_score": 0.0,  # what is read badly must be known, to be painted
        "Global.max_side_len": _MOST_SIDE,
        "Det.limit_side_len": 32,  # of the blank below; pages are made smaller here
        "Rec.rec_batch_num": 1,  # lines are of unequal length: together the short ones cost as much as the long
        "Rec.rec_img_shape": [3, 48, 48],  # a short line is not filled up: cells are read in half the time
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    }
    for part, pattern in _MODELS.items():
        # A path of ours: with its own, rapidocr downloads a model whose hash is not the expected one.
        models = sorted(folder.glob(pattern))
        if len(models) != 1:
            raise DetectionFailed(
                "the models of rapidocr are not in its package", hint="install deid-zh[ocr] again"
            )
        params[f"{part}.model_path"] = str(models[0])
    engine = RapidOCR(params=params)
    blank = np.full((48, 48, 3), 255, np.uint8)
    for is_detector in (True, False):  # loads the models
        engine(blank, use_det=is_detector, use_cls=False, use_rec=not is_detector)
    engine.text_det, engine.text_rec = InStrips(engine.text_det), _InThreads(engine.text_rec)
    return engine


def recognize(picture: Any) -> list[Line]:
    """The lines of print in an RGB array."""
    with _telling_no_text():
        done = _engine()(
            np.ascontiguousarray(picture[:, :, ::-1]),
            use_det=True,
            use_cls=False,
            use_rec=True,
            return_word_box=True,
            return_single_char_box=True,
        )
    if done is None or done.boxes is None or done.txts is None:
        return []
    words = done.word_results if len(done.word_results) == len(done.txts) else [()] * len(done.txts)
    return [
        Line(text, float(score), np.asarray(corners, dtype=float), _characters(text, corners, parts))
        for corners, text, score, parts in zip(done.boxes, done.txts, done.scores, words, strict=True)
    ]


def recognize_lines(pictures: Sequence[Any]) -> Sequence[str]:
    """What RGB arrays say each of which shows one line."""
    if not pictures:
        return ()
    with _telling_no_text():
        engine = _engine()
        from rapidocr.ch_ppocr_rec import TextRecInput

        done = engine.text_rec(
            TextRecInput([np.ascontiguousarray(one[:, :, ::-1]) for one in pictures], False)
        )
        return cast("Sequence[str]", done.txts)


@contextmanager
def _telling_no_text() -> Iterator[None]:
    """Errors as DetectionFailed; the messages of others may hold text."""
    try:
        yield
    except DetectionFailed:
        raise
    except Exception as error:
        raise DetectionFailed(f"reading a picture failed: {type(error).__name__}") from None


def _characters(text: str, corners: Any, parts: Any) -> tuple[Character, ...]:
    """A place for every character of the text; blanks have none of their own."""
    start, end = np.asarray(corners[0], dtype=float), np.asarray(corners[1], dtype=float)
    along = end - start
    length = float(along @ along) or 1.0
    found: list[Character] = []
    waiting = [(word, box) for word, _, box in parts or ()]
    at = 0.0
    for character in text:
        if waiting and waiting[0][0] == character:
            box = np.asarray(waiting.pop(0)[1], dtype=float)
            sides = sorted(float((corner - start) @ along) / length for corner in box)
            left, right = (sides[0] + sides[1]) / 2, (sides[2] + sides[3]) / 2
            found.append(Character(character, left, right))
            at = right
        else:
            found.append(Character(character, at, at))
    if waiting or not parts:  # the boxes do not fit the text: take it for evenly spaced
        width = 1 / max(len(text), 1)
        return tuple(Character(c, i * width, (i + 1) * width) for i, c in enumerate(text))
    return tuple(found)
