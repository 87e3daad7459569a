"""doccano, sequence labelling, JSON lines.

    {"id": 7, "text": "患者张三", "label": [[2, 4, "PERSON"]]}
    {"id": 7, "text": "患者张三", "entities": [{"start_offset": 2, "end_offset": 4, "label": "PERSON"}]}

Offsets are half-open. `labels` is read as `label` is. The first form is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, labelled
from deid.evaluation.formats.objects import Reader, labelled_objects, lines, meta
from deid.evaluation.samples import Samples


def read(content: Content) -> Iterator[Draft]:
    for place, item in labelled_objects(content, "label", "labels", "entities"):
        reader = Reader(content.name, place, item)
        spans = [reader.triple(triple) for triple in reader.listed("label", "labels")]
        spans += [
            reader.span(entity, "start_offset", "end_offset", ("label",), ())
            for entity in reader.listed("entities")
        ]
        yield reader.draft(reader.text("text", "data"), spans, more=item.get("meta") or item.get("metadata"))


def write(samples: Samples) -> str:
    return lines(
        {
            "id": sample.id,
            "text": sample.text,
            "label": [[start, end, label] for start, end, label in labelled(sample)],
            **meta(sample),
        }
        for sample in samples
    )
