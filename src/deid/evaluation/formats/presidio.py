"""presidio-evaluator, `InputSample`: a JSON array.

    [{"full_text": "患者张三", "spans": [{"entity_type": "PERSON", "entity_value": "张三",
      "start_position": 2, "end_position": 4}], "template_id": 3, "metadata": {}}]

Samples of one template form a group, unless the metadata name another.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, labelled
from deid.evaluation.formats.objects import Reader, array, extras, labelled_objects
from deid.evaluation.samples import Samples


def read(content: Content) -> Iterator[Draft]:
    for place, item in labelled_objects(content, "spans"):
        reader = Reader(content.name, place, item)
        spans = [
            reader.span(span, "start_position", "end_position", ("entity_type",), ("entity_value",))
            for span in reader.listed("spans")
        ]
        more = item.get("metadata") if isinstance(item.get("metadata"), dict) else {}
        template = item.get("template_id")
        if template is not None:
            more = {"group": f"template {template}", **(more or {})}
        sample_id = {"id": item["sample_id"]} if item.get("sample_id") is not None else {}
        yield reader.draft(reader.text("full_text"), spans, more={**sample_id, **(more or {})})


def write(samples: Samples) -> str:
    return array(
        {
            "full_text": sample.text,
            "masked": None,
            "spans": [
                {
                    "entity_type": label,
                    "entity_value": sample.text[start:end],
                    "start_position": start,
                    "end_position": end,
                }
                for start, end, label in labelled(sample)
            ],
            "template_id": None,
            "metadata": {"id": sample.id, **extras(sample)},
        }
        for sample in samples
    )
