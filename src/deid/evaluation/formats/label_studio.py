"""Label Studio, JSON and JSON-MIN exports, and tasks with predictions to import.

Of several annotations of a task the one marked as ground truth counts, else the last one that
was not cancelled. Tasks without annotations were not labelled: they are left out and counted.
In a file without any annotation the predictions are read instead (a prelabelled file), and
counted as such. Results that label no text (choices, ratings, relations) are passed over. A
region with several labels must come down to one entity type.

Label Studio counts in UTF-16 units and, in texts with Windows line ends, leaves out `\\r`;
see `deid.evaluation.offsets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, Labelled, labelled
from deid.evaluation.formats.objects import Reader, array, meta, objects
from deid.evaluation.samples import Sample, Samples

COUNTING = "utf16"

_ANNOTATED = ("annotations", "completions")
_LABELS = ("labels", "hypertextlabels", "paragraphlabels")
_TEXTS = ("text", "content", "正文", "文本")


def read(content: Content) -> Iterator[Draft]:
    tasks = [Reader(content.name, place, item) for place, item in objects(content)]
    source = _source(tasks)
    for task in tasks:
        if "data" not in task.item:
            yield _minimal(task)
        elif (results := _results(task, source)) is not None:
            data = task.item["data"]
            if not isinstance(data, dict):
                raise task.error("field 'data' is not a JSON object")
            inner = Reader(task.name, task.place, data)
            spans = [span for result in results for span in _spans(task, result.get("value"))]
            yield inner.draft(
                inner.text(_text_field(data)),
                spans,
                more={"id": task.item.get("id"), **data, **_dictionary(task.item.get("meta"))},
            )


def left_out(content: Content) -> Mapping[str, int]:
    """What reading passed over: tasks nobody labelled; or predictions read for want of annotations."""
    tasks = [Reader(content.name, place, item) for place, item in objects(content)]
    if _source(tasks) == ("predictions",):
        return {"predictions": len(tasks)}
    unlabelled = sum("data" in task.item and _results(task, _ANNOTATED) is None for task in tasks)
    return {"unlabelled": unlabelled} if unlabelled else {}


def _source(tasks: Iterable[Reader]) -> tuple[str, ...]:
    full = [task for task in tasks if "data" in task.item]
    if full and all(_results(task, _ANNOTATED) is None for task in full):
        return ("predictions",)
    return _ANNOTATED


def _results(task: Reader, fields: tuple[str, ...]) -> list[Any] | None:
    """The results that count, or None when the task has none; an annotation without results counts."""
    annotations = [Reader(task.name, task.place, each) for each in task.objects(*fields)]
    given = [each for each in annotations if not each.item.get("was_cancelled")]
    if not given:
        return None
    chosen = next((each for each in given if each.item.get("ground_truth")), given[-1])
    return chosen.objects("result")


def _spans(task: Reader, value: Any) -> Iterator[Labelled]:
    """A region's labels; none for what labels no text."""
    if not isinstance(value, dict):
        return
    if isinstance(value.get("globalOffsets"), dict):  # hypertext
        value = {**value, **value["globalOffsets"]}
    for label in Reader(task.name, task.place, value).listed(*_LABELS):
        yield task.span({**value, "label": label}, "start", "end", ("label",), ("text",))


def _minimal(task: Reader) -> Draft:
    """JSON-MIN: the labels of a task stand in a field called as the control tag was."""
    regions = [
        region
        for value in task.item.values()
        if isinstance(value, list)
        for region in value
        if isinstance(region, dict)
    ]
    spans = [span for region in regions for span in _spans(task, region)]
    return task.draft(task.text(_text_field(task.item)), spans, more=task.item)


def _text_field(data: Mapping[str, Any]) -> str:
    """The field that was labelled: one of the usual names, else the only one that holds text."""
    named = [key for key in _TEXTS if key in data]
    texts = [
        key
        for key, value in data.items()
        if isinstance(value, str) and key not in ("id", "group", "created_at")
    ]
    return named[0] if named else texts[0] if len(texts) == 1 else _TEXTS[0]


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


# --- writing -----------------------------------------------------------------------------


def write(samples: Samples) -> str:
    return array(task(sample) for sample in samples)


def task(
    sample: Sample, *, kind: str = "annotations", details: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A task; its labels as `annotations`, or as `predictions` for people to correct."""
    units = _utf16_lengths(sample.text)
    results = [
        {
            "id": f"r{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": units(start),
                "end": units(end),
                "text": sample.text[start:end],
                "labels": [label],
            },
        }
        for number, (start, end, label) in enumerate(labelled(sample), 1)
    ]
    data = {"id": sample.id, "text": sample.text}
    return {"data": data, kind: [{**(details or {}), "result": results}], **meta(sample)}


def _utf16_lengths(text: str) -> Any:
    if not text or max(text) < "\U00010000":
        return lambda offset: offset
    return lambda offset: len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def labelling_config(titles: Mapping[str, str]) -> str:
    """The labelling interface for Label Studio's settings; `titles` are entity type → shown name."""
    labels = "\n".join(
        f"    <Label value={quoteattr(name)} html={quoteattr(title)}/>" for name, title in titles.items()
    )
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
    )
