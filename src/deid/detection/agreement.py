"""Numbers that only a network sees in the cells of a column: all cells of one shape are such, or none is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from deid.detection.columns import is_short_code
from deid.detection.remaining.numbers import REMAINING
from deid.regexes import Regex
from deid.types import Entity

_SHARE = 0.5
"""So many cells of one shape in a column must be numbers for the network."""
_FEW = 10
"""Of fewer cells each is what it is."""
_DIGIT, _LETTER = Regex("[0-9]"), Regex("[A-Za-z]")


def agree(texts: Sequence[str], shares: Sequence[list[Entity]]) -> None:
    """Change the entities of cells with these texts, one list a cell: of one shape all are of one type, or none where they are few."""
    shapes = [_shape(text) for text in texts]
    guessed: dict[str, list[Entity]] = defaultdict(list)
    for text, shape, share in zip(texts, shapes, shares, strict=True):
        if len(share) == 1 and _is_guessed(share[0]) and len(share[0].span) == len(text):
            guessed[shape] += share
    for shape, found in guessed.items():
        [(kind, _)] = Counter(entity.entity_type for entity in found).most_common(1)
        is_usual = len(found) >= _SHARE * shapes.count(shape) and not is_short_code(shape)
        if not is_usual and shapes.count(shape) < _FEW:
            continue
        for own, share in zip(shapes, shares, strict=True):
            if own == shape and (not share or _is_guessed(share[0])):
                share[:] = [_of_type(kind, share[0] if share else found[0])] * is_usual


def _shape(text: str) -> str:
    return _DIGIT.sub("0", _LETTER.sub("a", text))


def _is_guessed(entity: Entity) -> bool:
    return entity.entity_type != "PERSON" and all(claim.evidence == REMAINING for claim in entity.detections)


def _of_type(kind: str, entity: Entity) -> Entity:
    claims = tuple(replace(claim, entity_type=kind) for claim in entity.detections)
    return replace(entity, entity_type=kind, detections=claims)
