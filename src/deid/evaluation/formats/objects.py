"""JSON files as a sequence of objects, one a line or all in one array, and the fields that formats share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deid.evaluation.formats.content import Content
from deid.evaluation.formats.draft import Draft, Labelled, damaged
from deid.evaluation.samples import Sample

Object = Mapping[str, Any]


def objects(content: Content) -> Iterator[tuple[str, Object]]:
    """`(place, object)` of each; place is `line 3` in JSON lines, `item 3` in an array."""
    text, name = content.text, content.name
    if not text.strip():
        raise damaged(name, "", "no samples in it")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("[") or "\n" not in text.strip():
            raise damaged(name, f"line {error.lineno}", "not valid JSON") from None
        yield from _lines(text, name)
        return
    except RecursionError:
        raise damaged(name, "", "not valid JSON") from None
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        place = f"item {number}" if isinstance(whole, list) else "line 1"
        yield place, _object(item, name, place)


def labelled_objects(content: Content, *keys: str) -> Iterator[tuple[str, Object]]:
    """`objects`; SamplesError where one has none of the fields `keys` and others have: it lost its labels."""
    found = list(objects(content))
    without = [place for place, item in found if not any(key in item for key in keys)]
    if without and len(without) < len(found):
        named = next(key for key in keys for _, item in found if key in item)
        hint = "write an empty list where there is nothing to label"
        raise damaged(content.name, without[0], f"no field {named!r}, which other samples have", hint=hint)
    yield from found


def _lines(text: str, name: str) -> Iterator[tuple[str, Object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"line {number}"
            try:
                item = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                raise damaged(name, place, "not valid JSON") from None
            yield place, _object(item, name, place)


def _object(item: Any, name: str, place: str) -> Object:
    if not isinstance(item, dict):
        raise damaged(name, place, "not a JSON object")
    return item


class Reader:
    """Reads fields of one object; what is missing or of the wrong kind is a SamplesError."""

    def __init__(self, name: str, place: str, item: Object) -> None:
        self.name, self.place, self.item = name, place, item

    def error(self, what: str, *, hint: str = "") -> Exception:
        return damaged(self.name, self.place, what, hint=hint)

    def text(self, *keys: str) -> str:
        """The first of the fields `keys` that is there."""
        for key in keys:
            value = self.item.get(key)
            if isinstance(value, str):
                return value
            if value is not None:
                raise self.error(f"field {key!r} is not text")
        raise self.error(f"no field {keys[0]!r}", hint="is --from the format of this file?")

    def listed(self, *keys: str) -> list[Any]:
        """A list; a field that is not there, or null, is an empty one."""
        value: Any = next((self.item[key] for key in keys if self.item.get(key) is not None), [])
        if not isinstance(value, list):
            raise self.error(f"field {keys[0]!r} is not a list")
        return value

    def objects(self, *keys: str) -> list[dict[str, Any]]:
        """A list of objects, as `listed` gives it."""
        items = self.listed(*keys)
        if not all(isinstance(item, dict) for item in items):
            raise self.error(f"field {keys[0]!r} is not a list of JSON objects")
        return items

    def offset(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error("an offset is not a whole number")
        return value

    def label(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.error("a label is not text")
        return value

    def triple(self, item: Any) -> Labelled:
        """A labelled stretch given as `[start, end, label]`."""
        if not isinstance(item, list) or len(item) != 3:
            raise self.error("a label is not [start, end, label]")
        start, end, label = item
        return Labelled(self.offset(start), self.offset(end), self.label(label))

    def span(
        self,
        item: Any,
        start: str,
        end: str,
        label: tuple[str, ...],
        surface: tuple[str, ...],
        *,
        optional: bool = False,
        default: str = "",
    ) -> Labelled:
        """A labelled stretch given as an object; the arguments name its fields."""
        if not isinstance(item, dict):
            raise self.error("a labelled stretch is not a JSON object")
        name = next((item[key] for key in label if item.get(key) is not None), default or None)
        found = next((item[key] for key in surface if isinstance(item.get(key), str)), None)
        return Labelled(
            self.offset(item.get(start)), self.offset(item.get(end)), self.label(name), found, optional
        )

    def draft(self, text: str, spans: Iterable[Labelled], *, more: Any = None) -> Draft:
        """The draft; id, group and labels stand in the object itself or in `more`."""
        more = more if isinstance(more, dict) else {}
        return Draft(
            self.place,
            text,
            tuple(spans),
            id=_word(self.item.get("id", more.get("id"))),
            group=_word(more.get("group", self.item.get("group"))),
            labels=_words(more.get("labels")),
        )


def _word(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _words(value: Any) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def extras(sample: Sample) -> dict[str, Any]:
    """What a foreign format has no field for."""
    return {key: value for key, value in (("group", sample.group), ("labels", list(sample.labels))) if value}


def meta(sample: Sample) -> dict[str, Any]:
    """`extras` as the field `meta`, or nothing when there are none."""
    more = extras(sample)
    return {"meta": more} if more else {}


def lines(items: Iterable[Object]) -> str:
    """JSON lines."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def array(items: Iterable[Object]) -> str:
    """A JSON array, an item a line so that it can be compared."""
    written = [json.dumps(item, ensure_ascii=False) for item in items]
    return "[\n" + ",\n".join(written) + "\n]\n"
