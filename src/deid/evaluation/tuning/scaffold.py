"""A recognizer from a few examples: `客户号[KX5-54937](CLIENT_NO)`, or bare values.

The regex is what the values have in common. It stands alone only where it takes nothing of the
counterexamples, of the examples of all other recognizers and of ordinary text; else it needs a cue.
The examples in the file are invented: those that were given may be somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deid.catalog import Catalog, RecognizerSpec, parse_marked
from deid.errors import CatalogError
from deid.evaluation.tuning.background import Background
from deid.evaluation.tuning.mining import words_before
from deid.evaluation.tuning.shapes import Shape, shapes_of
from deid.normalize import shadow

_MARKED = re.compile(r"\]\([A-Z][A-Z0-9_]*\)")
_ALONE, _WITH_CUE, _CUED = 0.8, 0.3, 0.7
_NAMED = 6
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True)
class Scaffold:
    """A proposed recognizer. `collides` says where else its shape occurs: see `Background.elsewhere`."""

    spec: RecognizerSpec
    collides: Mapping[str, int]


def scaffold(
    entity_type: str,
    examples: Sequence[str],
    *,
    counterexamples: Sequence[str] = (),
    cues: Sequence[str] = (),
    title: str = "",
    catalog: Catalog,
) -> Scaffold:
    """The recognizer that finds the examples; CatalogError when nothing can be made of them."""
    if not _NAME.fullmatch(entity_type):
        raise CatalogError(
            "the name of an entity type is capital letters, digits and _", hint="for instance CLIENT_NO"
        )
    if entity_type in catalog.by_type:
        hint = f"choose another name, or write a file that begins with `extends: {entity_type}`"
        raise CatalogError(f"there is a recognizer of {entity_type} already", hint=hint)
    texts, values = _read(examples)
    if not values:
        raise CatalogError("no example has a value", hint="客户号[KX5-54937](CLIENT_NO), or the value alone")
    shapes = shapes_of(values, least=1)
    regex = "|".join(shape.regex for shape in shapes)
    found = re.compile(f"(?<![0-9A-Za-z])(?:{regex})(?![0-9A-Za-z])")
    refused = sum(bool(found.search(shadow(text).text)) for text in counterexamples)
    collides = Background(catalog).elsewhere(found, entity_type)
    words = tuple(dict.fromkeys((*cues, *_common_cues(texts))))
    alone = not refused and not collides
    if not alone and not words:
        what = "contradicts --no-match" if refused else f"also occurs elsewhere ({where(collides)})"
        raise CatalogError(
            f"the shape of the examples {what}, so a cue word is needed",
            hint="give examples with the words before the value, or --cue",
        )
    content = _content(entity_type, title, shapes, words, counterexamples, alone=alone)
    return Scaffold(RecognizerSpec.model_validate(content), collides)


def where(collides: Mapping[str, int]) -> str:
    """`ordinary text, OTHER_ID, CN_BANK_CARD …`, the most frequent first."""
    names = sorted(collides, key=lambda name: (-collides[name], name))
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _read(examples: Iterable[str]) -> tuple[list[tuple[str, int]], list[str]]:
    """Shadow texts with the place of each value, and the values; a bare example is its value."""
    texts, values = [], []
    for example in examples:
        if not _MARKED.search(example):
            values.append(shadow(example.strip()).text)
            continue
        text, marks = parse_marked(example)
        shown = shadow(text)
        for mark in marks:
            start, end = shown.position(mark.start), shown.position(mark.end)
            values.append(shown.text[start:end])
            texts.append((shown.text, start))
    return texts, [value for value in values if value]


def _common_cues(texts: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Of the words before each value the longest that stands before another as well, or else the longest."""
    heard = [[word for word, _ in words_before(text, start)] for text, start in texts]
    for words in heard:
        if words:
            shared = [word for word in words if sum(word in other for other in heard) > 1]
            yield max(shared or words, key=len)


def _content(
    entity_type: str,
    title: str,
    shapes: Sequence[Shape],
    words: Sequence[str],
    counterexamples: Sequence[str],
    *,
    alone: bool,
) -> dict[str, Any]:
    lead = f"{words[0]}：" if words else ""
    value = "|".join(shape.regex for shape in shapes)
    cues = [{"words": tuple(words), "value": f"(?:{value})(?![0-9A-Za-z])", "score": _CUED}] if words else []
    patterns = [
        {
            "name": f"shape-{number}",
            "regex": shape.regex,
            "score": _ALONE if alone else _WITH_CUE,
            "requires_cue": not alone,
        }
        for number, shape in enumerate(shapes, 1)
    ]
    return {
        "schema": 1,
        "entity": entity_type,
        "title": title or entity_type,
        "identifier": "direct",
        "source": "made from examples by deid recognizers new",
        "patterns": tuple(patterns),
        "cues": tuple(cues),
        "priority": 90,
        "examples": {
            "match": tuple(f"{lead}[{shape.example}]({entity_type})" for shape in shapes),
            "no_match": tuple(counterexamples) or ("以上无误。",),
        },
    }
