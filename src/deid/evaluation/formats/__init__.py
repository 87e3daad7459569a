"""Labelled files: read whatever people label in, write what they can go on with.

One module a format, with `read(content)` giving drafts and `write(samples)`; what all formats
need (labels, offsets, overlaps) happens once, in `assembling`.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from deid.errors import SamplesError
from deid.evaluation.formats.content import Content
from deid.evaluation.samples import Sample, Samples

__all__ = ["FORMATS", "encoded", "format_of", "load", "save", "suffix_of"]

FORMATS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "marked": ("marked", "write", (".txt", ".md")),
    "spans": ("spans", "write", (".jsonl", ".ndjson")),
    "label-studio": ("label_studio", "write", (".json",)),
    "doccano": ("doccano", "write", ()),
    "conll": ("conll", "write", (".conll", ".bio")),
    "cluener": ("cluener", "write", ()),
    "cmeee": ("cmeee", "write", ()),
    "presidio": ("presidio", "write", ()),
    "xlsx": ("tables", "write_xlsx", (".xlsx",)),
    "csv": ("tables", "write_csv", (".csv",)),
}
"""Name → its module, the function that writes it, and the suffixes that mean it where no format is named."""


def load(path: Path, *, format: str = "", labels: Mapping[str, str] | None = None) -> Samples:
    """The samples of a file; SamplesError, with its line, when something in it is wrong."""
    content = Content(path, labels or {})
    if format:
        _known(format)
    else:
        from deid.evaluation.formats.sniffing import recognised

        format = recognised(content)
    module = _module(format)
    from deid.evaluation.formats.assembling import assembled

    left_out = getattr(module, "left_out", None)
    samples = assembled(
        module.read(content),
        name=content.name,
        known=content.known,
        inclusive=getattr(module, "INCLUSIVE", False),
        usual=getattr(module, "COUNTING", ""),
        repairs=left_out(content) if left_out else {},
    )
    if not samples.items:
        raise SamplesError(f"{content.name}: no samples in it")
    return samples


def save(samples: Samples, path: Path, *, format: str = "") -> None:
    """Write the samples, readable by their owner alone: they hold values."""
    from deid.evaluation.private import write_private

    write_private(path, encoded(samples, format or format_of(path)))


def format_of(path: Path) -> str:
    """The format that a suffix stands for."""
    suffix = path.suffix.lower()
    for name, (_, _, suffixes) in FORMATS.items():
        if suffix in suffixes:
            return name
    raise SamplesError("the suffix names no format to write", hint=f"name one of {', '.join(FORMATS)}")


def suffix_of(format: str) -> str:
    """The suffix of files of a format; those without one of their own are JSON or JSON lines."""
    _known(format)
    suffixes = FORMATS[format][2]
    return suffixes[0] if suffixes else ".json" if format in ("cmeee", "presidio") else ".jsonl"


def encoded(samples: Samples, format: str) -> bytes:
    """The bytes of a file of this format. SamplesError when it cannot hold the samples."""
    _known(format)
    for number, sample in enumerate(samples, 1):
        _check(sample, number)
    written: str | bytes = getattr(_module(format), FORMATS[format][1])(samples)
    return written.encode("utf-8") if isinstance(written, str) else written


def _check(sample: Sample, number: int) -> None:
    position = 0
    for start, end, kind in sorted((*sample.marks, *sample.optional)):
        if not position <= start < end <= len(sample.text):
            raise SamplesError(f"sample {number}: {kind} {start}–{end} overlaps another or leaves the text")
        if kind == "CHAR":
            raise SamplesError(f"sample {number}: CHAR is no entity type: marked text needs the name")
        position = end
    if any("\ud800" <= sign <= "\udfff" for sign in sample.text):
        raise SamplesError(f"sample {number}: half a character (a lone surrogate) in the text")


def _known(format: str) -> None:
    if format not in FORMATS:
        near = get_close_matches(format, FORMATS, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise SamplesError(f"no format called {format!r}", hint=f"{hint}there are: {', '.join(FORMATS)}")


def _module(format: str) -> Any:
    return import_module(f"{__name__}.{FORMATS[format][0]}")
