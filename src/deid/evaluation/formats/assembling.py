"""Drafts to samples: labels become entity types, offsets code points, marks disjoint and in order.

Repaired, and counted in `Samples.repairs`: offsets in another way of counting (`utf16`,
`line_ends`, `ends`), the same stretch with the same type twice (`duplicates`), a stretch
inside another (`nested`: the outer one stays), ids that stand twice (`ids`). Counted there and kept are texts
without a character (`empty`). Everything else that does not fit is a SamplesError: labels that
can be no type or are empty, stretches that cross, a stretch with two types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from deid.catalog import Marked
from deid.errors import SamplesError
from deid.evaluation.formats.draft import Draft, damaged
from deid.evaluation.formats.labels import NOTHING, Labels
from deid.evaluation.offsets import Stretch, faults, settle
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.shifts import shift_of

_MEANT = 5
"""An unknown Chinese label that stands so often is no slip."""

_LABEL_SHOWN = 24
"""A longer label is no label but text that stands in the wrong field."""


def assembled(
    drafts: Iterable[Draft],
    *,
    name: str,
    known: Labels,
    inclusive: bool = False,
    usual: str = "",
    repairs: Mapping[str, int] | None = None,
) -> Samples:
    """The samples of a file called `name`."""
    kept = list(drafts)
    uses = Counter(span.label for draft in kept for span in draft.spans)
    types = [[_type(name, draft, span.label, known, uses) for span in draft.spans] for draft in kept]
    for draft in kept:
        if any("\ud800" <= sign <= "\udfff" for sign in draft.text):
            raise damaged(name, draft.place, "half a character (a lone surrogate) in the text")
    stretches = [[Stretch(span.start, span.end, span.surface) for span in draft.spans] for draft in kept]
    places, counted = settle([draft.text for draft in kept], stretches, inclusive=inclusive, usual=usual)
    counts = Counter(repairs or {}) + counted + Counter(empty=sum(not draft.text.strip() for draft in kept))
    ids: Counter[str] = Counter()
    samples = []
    for number, (draft, found, kinds) in enumerate(zip(kept, places, types, strict=True), 1):
        if found is None:
            hint = _shifted(kept)
            raise _fault(name, draft, [kind for kind, _ in kinds], inclusive=inclusive, hint=hint)
        marks: list[Marked] = []
        optional: list[Marked] = []
        for (start, end), (kind, ignored), span in zip(found, kinds, draft.spans, strict=True):
            if kind != NOTHING:
                (optional if ignored or span.optional else marks).append(Marked(start, end, kind))
        try:
            disjoint = _disjoint(marks, counts)
        except ValueError as error:
            hint = "leave one of the labels out: labels={'OLD': ''}, or --label OLD="
            raise damaged(name, draft.place, str(error), hint=hint) from None
        identity = draft.id or str(number)
        ids[identity] += 1
        if ids[identity] > 1:
            identity = f"{identity} ({ids[identity]})"
            counts["ids"] += 1
        rest = tuple(_outside(optional, disjoint))
        samples.append(Sample(identity, draft.text, disjoint, rest, draft.group, draft.labels))
    return Samples(
        tuple(samples), name, repairs=dict(sorted(counts.items())), titles=known.titles, unused=known.unused
    )


def _type(name: str, draft: Draft, label: str, labels: Labels, uses: Mapping[str, int]) -> tuple[str, bool]:
    if not label.strip():
        hint = "name what is labelled there, or leave the label out"
        raise damaged(name, draft.place, "a label is empty", hint=hint)
    found = labels.of(label)
    if found is None and uses[label] >= _MEANT and (own := labels.own(label)):
        return own, False
    if found is None:
        shown = len(label) <= _LABEL_SHOWN and label not in draft.text
        what = f"label {label!r} is no entity type" if shown else "a label is no entity type"
        old = label if shown else "客户编号"
        hint = f'say what it stands for: labels={{"{old}": "CLIENT_NO"}}, or --label {old}=CLIENT_NO'
        raise damaged(name, draft.place, what, hint=hint)
    return found


def _fault(name: str, draft: Draft, kinds: Sequence[str], *, inclusive: bool, hint: str = "") -> SamplesError:
    stretches = [Stretch(span.start, span.end, span.surface) for span in draft.spans]
    faulty = next(faults(draft.text, stretches, inclusive=inclusive), (0, "fits no way of counting offsets"))
    number, what = faulty
    span = draft.spans[number]
    return damaged(
        name,
        draft.place,
        f"label {number + 1} ({kinds[number] or 'O'} {span.start}–{span.end}) {what}",
        hint=hint,
    )


def _shifted(drafts: Sequence[Draft]) -> str:
    """That all labels are off by the same number of characters, if it looks so; surfaces say it themselves."""
    spans = [[(span.start, span.end) for span in draft.spans if not span.surface] for draft in drafts]
    shift = shift_of([draft.text for draft in drafts], spans)
    return f"all labels look shifted: move them by {shift.by:+d}" if shift else ""


def _disjoint(marks: Iterable[Marked], counts: Counter[str]) -> tuple[Marked, ...]:
    """In order of start, outer ones only. ValueError where two marks cross, or one stretch has two types."""
    found: list[Marked] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.entity_type)):
        last = found[-1] if found else None
        if last is None or last.end <= mark.start:
            found.append(mark)
        elif mark == last:
            counts["duplicates"] += 1
        elif (mark.start, mark.end) == (last.start, last.end):
            raise ValueError(f"{last.entity_type} and {mark.entity_type} both label {mark.start}–{mark.end}")
        elif mark.end <= last.end:
            counts["nested"] += 1
        else:
            raise ValueError(
                f"{last.entity_type} {last.start}–{last.end} and "
                f"{mark.entity_type} {mark.start}–{mark.end} cross"
            )
    return tuple(found)


def _outside(optional: Iterable[Marked], marks: Sequence[Marked]) -> list[Marked]:
    """What of the optional stretches lies outside the marks and outside one another."""
    found: list[Marked] = []
    taken = sorted((mark.start, mark.end) for mark in marks)
    for start, end, kind in sorted(optional):
        position = max(start, found[-1].end if found else 0)
        for first, last in taken:
            if last <= position:
                continue
            if first >= end:
                break
            if first > position:
                found.append(Marked(position, first, kind))
            position = max(position, last)
        if position < end:
            found.append(Marked(position, end, kind))
    return found
