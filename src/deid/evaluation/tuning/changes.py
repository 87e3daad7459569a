"""Proposed changes, and the recognizer folder that they make.

    Change* ─▶ overlay() ─▶ Catalog    to try them
            └▶ write()   ─▶ files      to read, edit, diff and use

A type that deid does not know becomes a recognizer file, one that it knows an extension, and words
a list. Examples in them are invented; the words of a list are values, so the folder is private.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from deid.catalog import Catalog, ExtensionSpec, ProtectSpec, RecognizerSpec
from deid.catalog.schema import CueSpec, LexiconSpec
from deid.evaluation.private import write_private

Kind = Literal["cue", "header", "pattern", "place", "word", "protect", "threshold", "score"]

Titles = Mapping[str, str]
NO_TITLES: Titles = MappingProxyType({})
SOURCE = "proposed by deid tune"
_STRONG, _WEAK = 0.85, 0.3
_NEW_PRIORITY = 90
"""A company's own number before the general ones (OTHER_ID, PHONE_NUMBER)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a change does on the samples it was found in: finds that are right, that are wrong, in how many texts."""

    right: int
    wrong: int
    samples: int


@dataclass(frozen=True, slots=True)
class Change:
    """One proposal. `content` is the word, the regex, or the name of a pattern; `value` the regex behind a cue.

    The regex of a `place` says what stands around the value, that of a `pattern` the value alone.
    """

    kind: Kind
    entity_type: str
    content: str
    evidence: Evidence
    value: str = ""
    number: float = 0.0
    """The new threshold or score; for a pattern whether it needs a cue (0) or stands alone (1)."""
    strict: bool = False
    example: str = ""
    """An invented value, for the examples of a new recognizer."""


def overlay(catalog: Catalog, changes: Sequence[Change], titles: Titles = NO_TITLES) -> Catalog:
    """`catalog` with the changes applied; `titles` name types of its own."""
    return catalog.overlaid(_proposed(catalog, changes, titles))


def write(folder: Path, catalog: Catalog, changes: Sequence[Change], titles: Titles = NO_TITLES) -> None:
    """Files that `Catalog.load(folder)` reads back as the overlay: one a type, and lists under lexicons/."""
    proposed = _proposed(catalog, changes, titles)
    evidence: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        evidence[_file_of(change)].append(change)
    for model, name in (
        *((spec, spec.entity.lower()) for spec in proposed.specs),
        *((extension, extension.extends.lower()) for extension in proposed.extensions),
        *((protect, protect.protect.replace(" ", "_")) for protect in proposed.protects),
    ):
        content = model.model_dump(by_alias=True, exclude_defaults=True, mode="json")
        body = yaml.safe_dump({"schema": 1, **content}, allow_unicode=True, sort_keys=False, width=110)
        _write(folder / f"{name}.yaml", _comment(evidence[name]) + body)
    for name, words in proposed.lexicons.items():
        _write(
            folder / "lexicons" / f"{name}.txt",
            "\n".join((f"# source: {SOURCE}; values: keep private", *words, "")),
        )


def _write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(file, content.encode())


def _comment(changes: Iterable[Change]) -> str:
    """What speaks for each change, as comments at the top of its file."""
    lines = [
        f"# {change.kind} {'' if change.kind in ('word', 'protect') else change.content}".rstrip()
        + f": {change.evidence.right} right, {change.evidence.wrong} wrong, in {change.evidence.samples} samples"
        for change in changes
        if change.kind not in ("word", "protect")
    ]
    return "\n".join((*lines, "")) if lines else ""


def _file_of(change: Change) -> str:
    return (
        _protect_name(change.entity_type).replace(" ", "_")
        if change.kind == "protect"
        else change.entity_type.lower()
    )


def _protect_name(entity_type: str) -> str:
    return f"tuned not {entity_type.lower()}"


def _lexicon_name(entity_type: str) -> str:
    return f"tuned_{entity_type.lower()}"


def _proposed(catalog: Catalog, changes: Sequence[Change], titles: Titles) -> Catalog:
    """The changes alone, as a folder would hold them."""
    by_type: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_type[change.entity_type].append(change)
    specs, extensions, protects = [], [], []
    lexicons: dict[str, tuple[str, ...]] = {}
    for entity_type, own in sorted(by_type.items()):
        words = tuple(change.content for change in own if change.kind == "word")
        if words:
            lexicons[_lexicon_name(entity_type)] = words
        if refused := tuple(change.content for change in own if change.kind == "protect"):
            protects.append(_protect(entity_type, refused, titles.get(entity_type, entity_type)))
        parts = _parts(entity_type, own, bool(words))
        if not parts:
            continue
        if entity_type in catalog.by_type:
            extensions.append(
                ExtensionSpec.model_validate({"schema": 1, "extends": entity_type, "source": SOURCE, **parts})
            )
        else:
            specs.append(_recognizer(entity_type, own, parts, titles.get(entity_type, entity_type)))
    return Catalog(tuple(specs), tuple(protects), lexicons, extensions=tuple(extensions))


def _parts(entity_type: str, changes: Sequence[Change], words: bool) -> dict[str, Any]:
    """The fields of an extension or recognizer that the changes fill."""
    parts: dict[str, Any] = {}
    for change in changes:
        if change.kind == "threshold":
            parts["threshold"] = change.number
        elif change.kind == "score":
            parts.setdefault("scores", {})[change.content] = change.number
    patterns = [change for kind in ("pattern", "place") for change in changes if change.kind == kind]
    if patterns:
        parts["patterns"] = tuple(
            {
                "name": f"tuned-{number}",
                "regex": change.content,
                "score": _STRONG if change.number else _WEAK,
                "requires_cue": not change.number,
                "validate": False,
                "boundary": "none" if change.kind == "place" else "ascii",
            }
            for number, change in enumerate(patterns, 1)
        )
    if cues := _cues(changes):
        parts["cues"] = cues
    if headers := tuple(change.content for change in changes if change.kind == "header"):
        parts["headers"] = headers
    if words:
        parts["lexicons"] = (LexiconSpec(file=_lexicon_name(entity_type), score=_STRONG, requires_cue=False),)
    return parts


def _cues(changes: Sequence[Change]) -> tuple[CueSpec, ...]:
    """Cue words with the same value and firmness stand together."""
    words: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for change in changes:
        if change.kind == "cue":
            words[change.value, change.strict].append(change.content)
    return tuple(
        CueSpec(words=tuple(listed), value=value, score=0.7, gap="", strict=strict)
        for (value, strict), listed in words.items()
    )


def _recognizer(
    entity_type: str, changes: Sequence[Change], parts: Mapping[str, Any], title: str
) -> RecognizerSpec:
    """A recognizer for a type of the samples; its examples are invented."""
    shown = next((change.example for change in changes if change.example), "甲乙")
    lead = next((f"{change.content}：" for change in changes if change.kind == "cue"), "")
    return RecognizerSpec.model_validate(
        {
            "schema": 1,
            "entity": entity_type,
            "title": title,
            "identifier": "direct",
            "source": SOURCE,
            "priority": _NEW_PRIORITY,
            "examples": {"match": (f"{lead}[{shown}]({entity_type})",), "no_match": ("以上无误。",)},
            **parts,
        }
    )


def _protect(entity_type: str, words: tuple[str, ...], title: str) -> ProtectSpec:
    return ProtectSpec.model_validate(
        {
            "schema": 1,
            "protect": _protect_name(entity_type),
            "title": f"不是{title}",
            "source": SOURCE,
            "against": (entity_type,),
            "words": words,
            "examples": (words[0],),
        }
    )
