"""CLUENER style JSON lines: labels by type and surface, ends *inclusive*.

    {"text": "患者张三", "label": {"name": {"张三": [[2, 3]]}}}

A file whose surfaces say that its ends are exclusive is read as such, and that is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, Labelled, labelled
from deid.evaluation.formats.objects import Reader, labelled_objects, lines, meta
from deid.evaluation.samples import Sample, Samples

INCLUSIVE = True


def read(content: Content) -> Iterator[Draft]:
    for place, item in labelled_objects(content, "label"):
        reader = Reader(content.name, place, item)
        yield reader.draft(reader.text("text"), _spans(reader), more=item.get("meta"))


def _spans(reader: Reader) -> Iterator[Labelled]:
    labels = reader.item.get("label") or {}
    if not isinstance(labels, dict):
        raise reader.error("field 'label' is not a JSON object")
    for label, surfaces in labels.items():
        if not isinstance(surfaces, dict):
            raise reader.error("a label does not map surfaces to [start, end]")
        for surface, pairs in surfaces.items():
            for pair in pairs if isinstance(pairs, list) else [None]:
                if not isinstance(pair, list) or len(pair) != 2:
                    raise reader.error("a label does not map surfaces to [start, end]")
                yield Labelled(reader.offset(pair[0]), reader.offset(pair[1]), label, surface)


def write(samples: Samples) -> str:
    return lines(
        {"id": sample.id, "text": sample.text, "label": _by_label(sample), **meta(sample)}
        for sample in samples
    )


def _by_label(sample: Sample) -> dict[str, Any]:
    found: dict[str, dict[str, list[list[int]]]] = {}
    for start, end, label in labelled(sample):
        surface = sample.text[start:end]
        found.setdefault(label, {}).setdefault(surface, []).append([start, end - 1])
    return found
