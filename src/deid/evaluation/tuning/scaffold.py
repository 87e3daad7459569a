"""A recognizer from a few examples: `客户号[KX5-54937](CLIENT_NO)`, or bare values.

The regex is what the values have in common. It stands alone only where it takes nothing of the
counterexamples and of the examples of all other recognizers; else it needs a cue. The examples in
the file are invented: those that were given may be somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deid.catalog import Catalog, RecognizerSpec, parse_marked
from deid.errors import CatalogError
from deid.evaluation.tuning.mining import words_before
from deid.evaluation.tuning.shapes import Shape, shapes_of
from deid.normalize import shadow

_MARKED = re.compile(r"\]\([A-Z][A-Z0-9_]*\)")
_ALONE, _WITH_CUE, _CUED = 0.8, 0.3, 0.7
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True)
class Scaffold:
    """A proposed recognizer. `collides` counts texts of other recognizers in which its shape occurs."""

    spec: RecognizerSpec
    shapes: tuple[Shape, ...]
    collides: int


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
    texts, values = _read(examples)
    if not values:
        raise CatalogError("no example has a value", hint="客户号[KX5-54937](CLIENT_NO), or the value alone")
    shapes = shapes_of(values, least=1)
    found = [re.compile(f"(?<![0-9A-Za-z])(?:{shape.regex})(?![0-9A-Za-z])") for shape in shapes]
    refused = sum(any(shape.search(shadow(text).text) for shape in found) for text in counterexamples)
    collides = sum(
        any(shape.search(text) for shape in found) for text in _texts_of_others(catalog, entity_type)
    )
    words = tuple(dict.fromkeys((*cues, *_common_cues(texts))))
    alone = not refused and not collides
    if not alone and not words:
        raise CatalogError(
            "the shape of the examples also occurs elsewhere, so a cue word is needed",
            hint="give examples with the words before the value, or --cue",
        )
    content = _content(entity_type, title, shapes, words, counterexamples, alone=alone)
    return Scaffold(RecognizerSpec.model_validate(content), shapes, collides)


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


def _texts_of_others(catalog: Catalog, entity_type: str) -> Iterator[str]:
    """The examples of all other recognizers, both ways, as shadow texts."""
    for spec in catalog.specs:
        if spec.entity != entity_type:
            for example in (*spec.examples.match, *spec.examples.no_match):
                yield shadow(parse_marked(example)[0]).text


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
