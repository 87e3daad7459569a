"""Likely label errors: what a person should look at again before a set is measured against.

    unlabelled  the same surface is labelled elsewhere in the set
    checksum    not labelled, although it is shaped like a number of persons and its check is right
    differs     equal surfaces have other types elsewhere; the rarer type is listed
    border      a mark cuts a number or a word, or takes a blank, a colon, a bracket at its end
    title       a PERSON with its title where the set leaves titles out, or the other way round
    rare        a type that deid does not know, and hardly any mark has: a slip of the hand

A suspicion is no error: conventions differ. Nothing here holds text; positions lead to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from deid.catalog import Marked, shipped_catalog
from deid.catalog.lexicon import WordIndex
from deid.evaluation.borders import border, same_run
from deid.evaluation.samples import Sample, Samples
from deid.normalize import shadow
from deid.types import covering
from deid.validators import VALIDATORS

Reason = Literal["unlabelled", "checksum", "differs", "border", "title", "rare"]
REASONS: tuple[Reason, ...] = ("unlabelled", "checksum", "differs", "border", "title", "rare")

_SHARE = 3
"""A surface left unlabelled more than this many times for each label is one the set does not label."""

_RARE, _MANY = 2, 50
_CHECKED: Mapping[str, tuple[re.Pattern[str], str]] = {
    "CN_RESIDENT_ID": (re.compile(r"[0-9]{17}[0-9Xx]"), "resident_id"),
    "CN_USCC": (re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}"), "uscc"),
    "CN_BANK_CARD": (re.compile(r"[0-9]{16,19}"), "bank_card"),
    "PHONE_NUMBER": (re.compile(r"1[3-9][0-9]{9}"), "mobile"),
}
_RUN = re.compile(r"[0-9A-Za-z]{11,19}")
_LETTER = re.compile(r"[^\W\d_]")
_KIN = "姐哥姨叔婶嫂妹弟伯爷娘妈爸奶公婆太舅姑父母子女"  # 李奶奶 is a name as 老李 is


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place to look at. `index` counts samples from 0; `note` says why and holds no text."""

    sample: str
    index: int
    start: int
    end: int
    entity_type: str
    reason: Reason
    note: str


def suspects(samples: Samples) -> list[Suspect]:
    """Likely label errors in order of place; a place may have several."""
    found = chain.from_iterable(
        look(samples) for look in (_unlabelled, _checksums, _differing, _borders, _titles, _rare)
    )
    return sorted(found, key=lambda suspect: (suspect.index, suspect.start, suspect.end, suspect.reason))


def _suspect(samples: Samples, index: int, mark: Marked, reason: Reason, note: str) -> Suspect:
    return Suspect(samples[index].id, index, mark.start, mark.end, mark.entity_type, reason, note)


def _marks(samples: Samples) -> Iterator[tuple[int, Sample, Marked]]:
    for index, sample in enumerate(samples):
        for mark in sample.marks:
            yield index, sample, mark


def _surface(sample: Sample, mark: Marked) -> str:
    return sample.text[mark.start : mark.end]


# --- not labelled ------------------------------------------------------------------------


def _unlabelled(samples: Samples) -> Iterator[Suspect]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for _, sample, mark in _marks(samples):
        surface = _surface(sample, mark)
        if _is_telling(surface, mark.entity_type):
            kinds[surface][mark.entity_type] += 1
    surfaces = WordIndex({surface: surface for surface in kinds})
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for index, sample in enumerate(samples):
        for start, end, surface in _free(sample, surfaces.find(sample.text)):
            places[surface].append((index, start, end))
    for surface, left in places.items():
        kind, _ = kinds[surface].most_common(1)[0]
        labelled = kinds[surface].total()
        if len(left) <= _SHARE * labelled:
            for index, start, end in left:
                note = f"labelled {labelled}×, not labelled {len(left)}×"
                yield _suspect(samples, index, Marked(start, end, kind), "unlabelled", note)


def _is_telling(surface: str, entity_type: str) -> bool:
    """Whether a surface is likely to mean the same everywhere: no bare 48, no disease, no 汉族."""
    spec = shipped_catalog().by_type.get(entity_type)
    if len(surface) < 2 or (spec is not None and spec.identifier not in ("direct", "quasi")):
        return False
    digits = sum(map(str.isdigit, surface))
    if entity_type in ("AGE", "DATE_TIME"):
        return digits >= 6
    return digits >= 5 or any(_LETTER.match(sign) for sign in surface)


def _free(sample: Sample, found: Iterator[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Those that touch no mark and are no part of a longer number or word."""
    taken = _taken(sample)
    for start, end, surface in found:
        if not any(taken[start:end]) and not _cuts(sample.text, start, end):
            yield start, end, surface


def _taken(sample: Sample) -> bytearray:
    return covering(len(sample.text), ((m.start, m.end) for m in (*sample.marks, *sample.optional)))


def _cuts(text: str, start: int, end: int) -> bool:
    return same_run(text[start - 1 : start], text[start]) or same_run(text[end - 1], text[end : end + 1])


def _checksums(samples: Samples) -> Iterator[Suspect]:
    for index, sample in enumerate(samples):
        read = shadow(sample.text)
        taken = _taken(sample)
        for run in _RUN.finditer(read.text):
            kind = next((kind for kind, valid in _checks() if valid(run[0])), "")
            start, end = read.original(*run.span())
            if kind and not any(taken[start:end]):
                yield _suspect(samples, index, Marked(start, end, kind), "checksum", f"a valid {kind}")


@cache
def _checks() -> tuple[tuple[str, Callable[[str], bool]], ...]:
    def check(shape: re.Pattern[str], validator: str) -> Callable[[str], bool]:
        return lambda value: bool(shape.fullmatch(value)) and VALIDATORS[validator](value)

    return tuple((kind, check(*how)) for kind, how in _CHECKED.items())


# --- labelled, but oddly -----------------------------------------------------------------


def _differing(samples: Samples) -> Iterator[Suspect]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for _, sample, mark in _marks(samples):
        kinds[_surface(sample, mark)][mark.entity_type] += 1
    for index, sample, mark in _marks(samples):
        counts = kinds[_surface(sample, mark)]
        if len(counts) > 1 and mark.end - mark.start > 1:
            (most, count), *_ = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            if mark.entity_type != most:
                note = f"elsewhere {most} {count}×, this type {counts[mark.entity_type]}×"
                yield _suspect(samples, index, mark, "differs", note)


def _borders(samples: Samples) -> Iterator[Suspect]:
    for index, sample, mark in _marks(samples):
        if note := border(sample.text, mark.start, mark.end):
            yield _suspect(samples, index, mark, "border", note)


def _titles(samples: Samples) -> Iterator[Suspect]:
    """Marks with the title against marks before one; those of the smaller side, if it is clearly smaller."""
    words = _title_words()
    longest = max(map(len, words))
    with_title, without = [], []
    for index, sample, mark in _marks(samples):
        if mark.entity_type != "PERSON":
            continue
        value = _surface(sample, mark)
        if any(value.endswith(word) for word in words if len(word) < len(value)):
            with_title.append((index, mark))
        elif any(sample.text[mark.end : mark.end + size] in words for size in range(2, longest + 1)):
            without.append((index, mark))
    few, many, note = (
        (with_title, without, "holds its title, which the set leaves out")
        if len(with_title) <= len(without)
        else (without, with_title, "leaves out its title, which the set includes")
    )
    if len(few) * 2 <= len(many):
        for index, mark in few:
            yield _suspect(samples, index, mark, "title", note)


@cache
def _title_words() -> frozenset[str]:
    words = shipped_catalog().lexicon("titles_after")
    return frozenset(word for word in words if len(word) > 1 and word[-1] not in _KIN)


def _rare(samples: Samples) -> Iterator[Suspect]:
    counts = Counter(mark.entity_type for _, _, mark in _marks(samples))
    if counts.total() < _MANY:
        return
    known = shipped_catalog().by_type
    for index, _, mark in _marks(samples):
        if counts[mark.entity_type] <= _RARE and mark.entity_type not in known:
            note = f"{counts[mark.entity_type]} of {counts.total()} marks have this type"
            yield _suspect(samples, index, mark, "rare", note)
