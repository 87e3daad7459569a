"""CMeEE style (CBLUE): a JSON array or JSON lines, `end_idx` *inclusive*.

    [{"text": "患者张三", "entities": [{"start_idx": 2, "end_idx": 3, "type": "PERSON", "entity": "张三"}]}]

Version 2 of CMeEE has exclusive ends: the surface `entity` tells them apart, and the difference is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, labelled
from deid.evaluation.formats.objects import Reader, array, labelled_objects, meta
from deid.evaluation.samples import Samples

INCLUSIVE = True


def read(content: Content) -> Iterator[Draft]:
    for place, item in labelled_objects(content, "entities"):
        reader = Reader(content.name, place, item)
        spans = [
            reader.span(entity, "start_idx", "end_idx", ("type", "label"), ("entity", "text"))
            for entity in reader.listed("entities")
        ]
        yield reader.draft(reader.text("text"), spans, more=item.get("meta"))


def write(samples: Samples) -> str:
    return array(
        {
            "id": sample.id,
            "text": sample.text,
            "entities": [
                {"start_idx": start, "end_idx": end - 1, "type": label, "entity": sample.text[start:end]}
                for start, end, label in labelled(sample)
            ],
            **meta(sample),
        }
        for sample in samples
    )
