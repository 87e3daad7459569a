"""What must stay together when samples are divided: one patient, one template, near-duplicates.

A measurement on held-out samples is worth something only when no close relative of a held-out
sample was seen. So samples are united that name the same group, that share a number of a
person (resident ID, phone, record number …), whose texts are equal but for what is labelled and
for digits, or whose texts are nearly so: Jaccard similarity of their shingles of at least 0.8,
candidates found by MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive
Datasets, ch. 3), each checked exactly. Everything is deterministic.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from deid.aliases import ALIASES
from deid.errors import SamplesError
from deid.evaluation.samples import Sample, Samples
from deid.normalize import canonical

Hashes = npt.NDArray[np.uint64]

SIMILAR = 0.8
_SHINGLE = 5  # characters
_BANDS, _ROWS = 16, 4  # similarity 0.8 is missed once in 5,000, 0.5 is looked at every second time
_LOOKED_AT = 12  # of a bucket; near-duplicates that matter share many buckets

_OF_ONE_PERSON = frozenset(
    {
        *("CN_RESIDENT_ID", "PHONE_NUMBER", "MEDICAL_RECORD_NUMBER", "CN_PASSPORT", "CN_SOCIAL_SECURITY"),
        *("CN_HEALTH_CARD", "CN_EXAM_NUMBER", "CN_WECHAT_ID", "CN_BANK_CARD", "EMAIL_ADDRESS"),
        *("CN_HKM_TRAVEL_PERMIT", "CN_TW_TRAVEL_PERMIT", "CN_HMT_RESIDENCE_PERMIT", "CN_FOREIGN_PR_ID"),
    }
)
_EVERYBODYS = 0.2
"""A number in more than this share of the samples (and in more than ten) is a hotline, not a patient's."""

_NUMBER = re.compile(r"[0-9A-Za-z]*[0-9]{5}[0-9A-Za-z]*")
_LETTERS = re.compile(r"[^\W\d_]")


def groups(samples: Samples) -> list[str]:
    """The group of each sample, in their order; samples of one group belong together."""
    items = list(samples)
    sets = _Sets(len(items))
    templates = [template(sample) for sample in items]
    for keyed in (_named(items), _persons(items), _equal(templates)):
        for indexes in keyed:
            for index in indexes[1:]:
                sets.unite(indexes[0], index)
    _unite_similar(templates, sets)
    numbers: dict[int, str] = {}
    return [numbers.setdefault(sets.find(i), str(len(numbers) + 1)) for i in range(len(items))]


def folds(samples: Samples, count: int = 5, *, seed: int = 0) -> list[Samples]:
    """Disjoint parts of about the same number of samples, groups whole. SamplesError when there are too few groups."""
    return _parts(samples, [1 / count] * count, seed)


def split(samples: Samples, share: float = 0.5, *, seed: int = 0) -> tuple[Samples, Samples]:
    """Two parts, the first with about `share` of the samples, groups whole."""
    if not 0 < share < 1:
        raise SamplesError("the share lies between 0 and 1", hint="such as 0.5")
    first, second = _parts(samples, [share, 1 - share], seed)
    return first, second


def _parts(samples: Samples, shares: Sequence[float], seed: int) -> list[Samples]:
    """Large groups first, each into the part that lacks most; the seed decides among equals."""
    members: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups(samples)):
        members[group].append(index)
    if len(shares) < 2 or len(members) < len(shares):
        raise SamplesError(
            f"{len(members)} groups of samples cannot be divided into {len(shares)} parts: 2 to {len(members)} can"
            if len(members) > 1
            else "all samples belong to one group, which cannot be divided",
            hint="samples of one patient or template stay together; label more varied texts",
        )
    order = sorted(members)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: -len(members[group]))
    parts: list[list[int]] = [[] for _ in shares]
    for position, group in enumerate(order):
        empty = [i for i, part in enumerate(parts) if not part]
        must_fill = len(order) - position <= len(empty)
        lacking = [len(samples) * share - len(part) for share, part in zip(shares, parts, strict=True)]
        best = empty[0] if must_fill else max(range(len(parts)), key=lambda i: (lacking[i], -i))
        parts[best] += members[group]
    return [samples.subset(samples[index] for index in sorted(part)) for part in parts]


# --- what unites -------------------------------------------------------------------------


def _named(items: Sequence[Sample]) -> Iterator[list[int]]:
    return _same((sample.group for sample in items), len(items))


def _persons(items: Sequence[Sample]) -> Iterator[list[int]]:
    """Samples that share a number of a person; a number that stands in too many is no person's."""
    holders: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for index, sample in enumerate(items):
        for mark in sample.marks:
            value = canonical(sample.text[mark.start : mark.end], mark.entity_type)
            if _is_of_one_person(mark.entity_type, value):
                holders[mark.entity_type, value][index] = None
    most = max(10, _EVERYBODYS * len(items))
    return (list(indexes) for indexes in holders.values() if len(indexes) <= most)


def _is_of_one_person(entity_type: str, value: str) -> bool:
    if "*" in value or len(value) < 5:
        return False
    if entity_type in _OF_ONE_PERSON:
        return True
    return entity_type not in _types() and bool(_NUMBER.fullmatch(value))  # a client number of one's own


@cache
def _types() -> frozenset[str]:
    from deid.catalog import shipped_catalog

    return frozenset((*shipped_catalog().entity_types, *ALIASES.values()))


def _equal(templates: Sequence[str]) -> Iterator[list[int]]:
    return _same((_own_words(text) for text in templates), len(templates))


def _own_words(text: str) -> str:
    """The template, or nothing when it has no letter besides its types: a cell that is a name is no template."""
    return text if _LETTERS.search(re.sub(r"<[A-Z0-9_]+>", "", text)) else ""


def template(sample: Sample) -> str:
    """The text with types instead of what is labelled, 0 for digits, and no white space."""
    parts: list[str] = []
    position = 0
    for start, end, kind in sorted((*sample.marks, *sample.optional)):
        parts += (_plain(sample.text[position:start]), f"<{kind}>")
        position = end
    parts.append(_plain(sample.text[position:]))
    return "".join(parts)


def _plain(text: str) -> str:
    return re.sub(r"[0-9]", "0", "".join(text.split()))


def _same(keys: Iterable[Hashable], count: int) -> Iterator[list[int]]:
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for index, key in zip(range(count), keys, strict=True):
        if key:
            by_key[key].append(index)
    return iter(by_key.values())


def _unite_similar(templates: Sequence[str], sets: _Sets) -> None:
    shingled = [_shingles(text) for text in templates]
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for index, hashes in enumerate(shingled):
        if len(hashes):
            signature = _signature(hashes).reshape(_BANDS, _ROWS)
            for band in range(_BANDS):
                buckets[band, signature[band].tobytes()].append(index)
    for indexes in buckets.values():
        looked_at: list[int] = []
        for index in indexes:
            for other in looked_at:
                if sets.find(index) != sets.find(other) and _similar(shingled[index], shingled[other]):
                    sets.unite(index, other)
            if len(looked_at) < _LOOKED_AT and all(sets.find(index) != sets.find(o) for o in looked_at):
                looked_at.append(index)


def _shingles(text: str) -> Hashes:
    """The distinct hashes of all stretches of five characters, sorted. Short texts have none."""
    if len(text) < 4 * _SHINGLE:
        return np.empty(0, np.uint64)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    length = len(points) - _SHINGLE + 1
    hashes = np.zeros(length, np.uint64)
    for offset in range(_SHINGLE):
        hashes = hashes * np.uint64(0x100000001B3) + points[offset : offset + length]
    hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes * np.uint64(0xBF58476D1CE4E5B9))


def _signature(hashes: Hashes) -> Hashes:
    factors, summands = _permutations()
    mixed = hashes[None, :] * factors[:, None] + summands[:, None]
    smallest: Hashes = (mixed >> np.uint64(20)).min(axis=1)
    return smallest


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    size = _BANDS * _ROWS
    digest = b"".join(hashlib.sha256(b"deid minhash %d" % number).digest() for number in range(size // 2))
    words = np.frombuffer(digest, dtype="<u8").astype(np.uint64)
    return words[:size] | np.uint64(1), words[size:]


def _similar(one: Hashes, other: Hashes) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SIMILAR * longer:
        return False
    common = len(np.intersect1d(one, other, assume_unique=True))
    return bool(common >= SIMILAR * (len(one) + len(other) - common))


class _Sets:
    """Union-find with path halving; the smallest index stands for its set."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, index: int) -> int:
        above = self._above
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    def unite(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first
