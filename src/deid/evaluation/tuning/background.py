"""Text that the samples do not hold: where else would a proposed pattern, cue or word strike?

A hundred samples say little about doses, batch numbers and ranges, which the next folder is full of.
Here they stand: the examples of all recognizers, invented records with everything labelled, and lines
without personal information (`ordinary.txt`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from deid.catalog import Catalog, Marked, parse_marked
from deid.normalize import shadow
from deid.types import Entity

ORDINARY, GENERATED = "ordinary text", "invented records"
_RECORDS, _SEED = 300, 11
Detect = Callable[[Sequence[str]], Iterable[Sequence[Entity]]]


@dataclass(frozen=True, slots=True)
class _Text:
    source: str
    """ORDINARY, GENERATED, or the type whose example it is."""
    original: str = field(repr=False)
    text: str = field(repr=False)
    """The shadow; offsets of `marks` are those of it."""
    marks: tuple[Marked, ...]

    def labels(self, start: int, end: int) -> Iterator[str]:
        first = bisect_left(self.marks, start, key=lambda mark: mark.end)
        for mark in self.marks[first:]:
            if mark.start >= end:
                return
            if start < mark.end:
                yield mark.entity_type


class Background:
    """Counts where regexes strike. `detect` says what is found already; without it, nothing is."""

    def __init__(self, catalog: Catalog, detect: Detect | None = None) -> None:
        self._examples = tuple(_examples(catalog))
        self._known = frozenset(catalog.entity_types)
        self._detect = detect
        self._found: dict[str, tuple[Marked, ...]] = {}

    def strikes(self, finder: re.Pattern[str]) -> int:
        """In ordinary text and invented records, how often where nothing is labelled."""
        return sum(
            not any(text.labels(*_span(match)))
            for text in _ordinary()
            for match in finder.finditer(text.text)
        )

    def elsewhere(self, finder: re.Pattern[str], entity_type: str) -> Mapping[str, int]:
        """Source → how many of its texts `finder` strikes in, where that would be wrong for this type.

        In examples of other recognizers everything is; but of a known type only what is text for
        them all: a date in the example of a name is a date, one of birth is no harm.
        """
        counts: Counter[str] = Counter()
        for text in _ordinary():
            counts[text.source] += any(
                not any(text.labels(*_span(match))) for match in finder.finditer(text.text)
            )
        struck = [
            (text, spans)
            for text in self._examples
            if (spans := [_span(match) for match in finder.finditer(text.text)])
        ]
        known = entity_type in self._known
        already = self._already([text for text, _ in struck]) if known else {}
        for text, spans in struck:
            found = already.get(text.original, ())
            counts[text.source] += any(
                not any(mark.start < end and start < mark.end for mark in (*found, *text.marks))
                if known
                else entity_type not in text.labels(start, end)
                for start, end in spans
            )
        return {source: count for source, count in counts.items() if count}

    def _already(self, texts: Sequence[_Text]) -> Mapping[str, tuple[Marked, ...]]:
        if self._detect is None:
            return {}
        new = list(dict.fromkeys(text.original for text in texts if text.original not in self._found))
        for original, entities in zip(new, self._detect(new), strict=True):
            shown = shadow(original)
            self._found[original] = tuple(
                Marked(shown.position(entity.start), shown.position(entity.end), entity.entity_type)
                for entity in entities
            )
        return self._found


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("value" if "value" in match.re.groupindex else 0)


def _examples(catalog: Catalog) -> Iterator[_Text]:
    """The examples of all recognizers, both ways."""
    for spec in catalog.specs:
        for example in (*spec.examples.match, *spec.examples.no_match):
            yield _text(spec.entity, *parse_marked(example))


@cache
def _ordinary() -> tuple[_Text, ...]:
    from deid.evaluation.generating import generate

    lines = (files("deid.evaluation.tuning") / "ordinary.txt").read_text("utf-8").splitlines()
    plain = [_text(ORDINARY, line, ()) for line in lines if line and not line.startswith("#")]
    records = generate(_RECORDS, seed=_SEED)
    return (*plain, *(_text(GENERATED, s.text, (*s.marks, *s.optional)) for s in records))


def _text(source: str, original: str, marks: Iterable[Marked]) -> _Text:
    shown = shadow(original)
    moved = (Marked(shown.position(m.start), shown.position(m.end), m.entity_type) for m in marks)
    return _Text(source, original, shown.text, tuple(sorted(moved)))
