"""What `deid recognizers check` does: every regular expression, every name, every example.

Examples are personal information only by appearance, but a user's own folder may hold real
ones: messages name the file and the number of the example, never its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from deid.catalog import (
    ExtensionSpec,
    ProtectSpec,
    RecognizerSpec,
    parse_marked,
    read_folder,
    shipped_catalog,
)
from deid.cli.messages import text
from deid.pipeline import Deidentifier
from deid.validators import VALIDATORS

_SECONDS = 0.5
_PUMPED = 400
_ALPHABET = ("0", "1", "a", "A", "一", "中", " ", "-", "0-", "a.", "中 ", "县", "号")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a recognizer file."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was looked at, and what was wrong."""

    files: int
    examples: int
    problems: tuple[Problem, ...]


def check_recognizers(folder: Path | None) -> CheckResult:
    """Check the files of a folder (on top of the shipped ones), or the shipped ones. CatalogError when unreadable."""
    own = read_folder(folder) if folder is not None else shipped_catalog()
    catalog = shipped_catalog().overlaid(own) if folder is not None else own
    deidentifier = Deidentifier(catalog=catalog)
    problems: list[Problem] = []
    examples = 0
    checked: tuple[RecognizerSpec | ExtensionSpec, ...] = (*own.specs, *own.extensions)
    for spec in checked:
        file = own.files.get(_type_of(spec), _type_of(spec))
        wrong = [*_names(spec), *_expressions(spec)]
        if not wrong:
            wrong += _examples(spec, deidentifier)
        problems += (Problem(file, what) for what in wrong)
        examples += len(spec.examples.match) + len(spec.examples.no_match) if spec.examples else 0
    for protect in own.protects:
        file = own.files.get(protect.protect, protect.protect)
        problems += (Problem(file, what) for what in _protected(protect, deidentifier))
        examples += len(protect.examples)
    return CheckResult(len(own.files), examples, tuple(problems))


def _type_of(spec: RecognizerSpec | ExtensionSpec) -> str:
    return spec.entity if isinstance(spec, RecognizerSpec) else spec.extends


def _names(spec: RecognizerSpec | ExtensionSpec) -> Iterator[str]:
    if isinstance(spec, RecognizerSpec) and spec.validator and spec.validator not in VALIDATORS:
        yield text("recognizers.validator", name=spec.validator)


def _expressions(spec: RecognizerSpec | ExtensionSpec) -> Iterator[str]:
    expressions = {f"patterns.{pattern.name}": pattern.regex for pattern in spec.patterns}
    expressions |= {f"cues.{i}": cue.value for i, cue in enumerate(spec.cues)}
    expressions |= {
        name: getattr(spec, name, "") for name in ("masked", "partial", "not_before", "not_after", "reject")
    }
    values = [parse_marked(example) for example in (spec.examples.match if spec.examples else ())]
    seeds = [content[mark.start : mark.end] for content, marks in values for mark in marks]
    for place, expression in expressions.items():
        if not expression:
            continue
        try:
            compiled = regex.compile(expression)
        except regex.error:
            yield text("recognizers.regex", place=place)
            continue
        if _is_slow(compiled, seeds):
            yield text("recognizers.slow", place=place)


def _is_slow(compiled: regex.Pattern[str], seeds: list[str]) -> bool:
    """Try texts on which careless patterns blow up: what nearly matches, many times over."""
    pumped = [letter * _PUMPED for letter in _ALPHABET]
    pumped += [seed[: len(seed) // 2 + 1] * (_PUMPED // 4) for seed in seeds[:5]]
    pumped += [seed * (_PUMPED // 8) for seed in seeds[:5]]
    # A value at the end: where a part that every match needs is missing, the search gives up at once.
    ending = "\0" + (seeds[0] if seeds else "")
    try:
        for candidate in pumped:
            for _ in compiled.finditer(candidate + ending, timeout=_SECONDS):
                pass
    except TimeoutError:
        return True
    return False


def _examples(spec: RecognizerSpec | ExtensionSpec, deidentifier: Deidentifier) -> Iterator[str]:
    if spec.examples is None:
        return
    for number, example in enumerate(spec.examples.match, 1):
        content, marks = parse_marked(example)
        found = {(e.entity_type, e.start, e.end) for e in deidentifier.detect(content)}
        marked = {(mark.entity_type, mark.start, mark.end) for mark in marks}
        for kind in sorted({kind for kind, _, _ in marked - found}):
            yield text("recognizers.missed", number=number, kind=kind)
        if any(kind == _type_of(spec) for kind, _, _ in found - marked):
            yield text("recognizers.extra", number=number, kind=_type_of(spec))
    for number, example in enumerate(spec.examples.no_match, 1):
        if any(entity.entity_type == _type_of(spec) for entity in deidentifier.detect(example)):
            yield text("recognizers.counter", number=number, kind=_type_of(spec))


def _protected(protect: ProtectSpec, deidentifier: Deidentifier) -> Iterator[str]:
    for number, example in enumerate(protect.examples, 1):
        taken = {entity.entity_type for entity in deidentifier.detect(example)} & set(protect.against)
        for kind in sorted(taken):
            yield text("recognizers.counter", number=number, kind=kind)
