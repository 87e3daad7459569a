"""Spans as JSON lines: the format in which deid keeps labelled samples itself.

    {"id": "7", "text": "患者张三", "entities": [{"start": 2, "end": 4, "label": "PERSON", "text": "张三"}],
     "ignore": [{"start": 0, "end": 2, "label": "IGNORE"}], "group": "case 3", "labels": ["主诉"]}

Triples `[start, end, label]` and a list called `spans` are read as well. Offsets are code points, half-open. `text` of an entity is written so that the file can be
checked; it may be missing. `ignore` is scored neither way, `group` is kept together in folds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deid.catalog import Marked
from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import IGNORE, Draft
from deid.evaluation.formats.objects import Reader, extras, labelled_objects, lines
from deid.evaluation.samples import Sample, Samples

_LABEL = ("label", "type", "entity_type", "entity_group")
_SURFACE = ("text", "surface", "value", "word")


def read(content: Content) -> Iterator[Draft]:
    for place, item in labelled_objects(content, "entities", "spans"):
        reader = Reader(content.name, place, item)
        spans = [
            reader.triple(entity)
            if isinstance(entity, list)
            else reader.span(entity, "start", "end", _LABEL, _SURFACE)
            for entity in reader.listed("entities", "spans")
        ]
        spans += [
            reader.span(entity, "start", "end", _LABEL, _SURFACE, optional=True, default=IGNORE)
            for entity in reader.listed("ignore")
        ]
        yield reader.draft(reader.text("text"), spans, more=item)


def write(samples: Samples) -> str:
    return lines(_item(sample) for sample in samples)


def _item(sample: Sample) -> dict[str, Any]:
    item: dict[str, Any] = {"id": sample.id, "text": sample.text}
    item["entities"] = [_entity(sample, mark) for mark in sample.marks]
    if sample.optional:
        item["ignore"] = [_entity(sample, mark) for mark in sample.optional]
    return item | extras(sample)


def _entity(sample: Sample, mark: Marked) -> dict[str, Any]:
    surface = sample.text[mark.start : mark.end]
    return {"start": mark.start, "end": mark.end, "label": mark.entity_type, "text": surface}
