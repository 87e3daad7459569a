"""What cells of a column say together.

Numbers that only a network sees: all cells of one shape are such, or none is. Names that only networks see: none, in
short cells of a column that names nobody else. Mobile numbers inside the numbers of orders: in all of them at one place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from deid.detection.columns import WITHIN, is_short_code
from deid.detection.remaining.numbers import REMAINING
from deid.regexes import Regex
from deid.types import Detection, Entity
from deid.validators import mobile

_SHARE = 0.5
"""So many cells of one shape in a column must be numbers for the network."""
_FEW = 10
"""Of fewer cells each is what it is."""
_SENTENCE, _NAMED = 12, 0.1
"""Characters of a cell that may name somebody in passing, and the share of cells of a column for names."""
_GUESSES = frozenset({"remaining", "surroundings"})
_MOBILE = Regex("1[3-9][0-9]{9}")
_AROUND = Regex("[A-Za-z_-]{0,8}[0-9]{0,8}[A-Za-z_-]{0,4}")
_TIME = Regex("1[3-9][0-5][0-9][0-5][0-9]")
_LEAST_CODES, _NEARLY_ALL, _LEAST_NETWORKS, _LONGEST_CODE, _DIGITS = 5, 0.8, 3, 32, 11
_DIGIT, _LETTER = Regex("[0-9]"), Regex("[A-Za-z]")


def agree(texts: Sequence[str], shares: Sequence[list[Entity]]) -> None:
    """Change the entities of the cells of a column, which have these texts; one list a cell."""
    _agree_on_numbers(texts, shares)
    _agree_on_names(texts, shares)
    _agree_on_mobiles(texts, shares)


def _agree_on_numbers(texts: Sequence[str], shares: Sequence[list[Entity]]) -> None:
    """Of one shape all are of one type, or none where they are few."""
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


def _agree_on_names(texts: Sequence[str], shares: Sequence[list[Entity]]) -> None:
    """温泉疗养定金 is nobody's, among purposes of payments."""
    named = sum(any(e.entity_type == "PERSON" and not _is_guess(e) for e in share) for share in shares)
    if named >= max(1, _NAMED * len(texts)):
        return
    for text, share in zip(texts, shares, strict=True):
        if len(text) < _SENTENCE:
            share[:] = [e for e in share if not (e.entity_type == "PERSON" and _is_guess(e))]


def _is_guess(entity: Entity) -> bool:
    return all(claim.evidence[:1] and claim.evidence[0] in _GUESSES for claim in entity.detections)


def _agree_on_mobiles(texts: Sequence[str], shares: Sequence[list[Entity]]) -> None:
    """EC18967020562-01 over EC15068312498-02, and no time of day behind a day."""
    codes = list(dict.fromkeys(text for text in texts if text.strip()))
    if len(codes) < _LEAST_CODES or len(codes[0]) > _LONGEST_CODE:
        return
    for place in range(len(codes[0]) - _DIGITS + 1):
        such = [code for code in codes if _has_mobile(place, code)]
        networks = {code[place : place + 3] for code in such}
        if len(such) < _NEARLY_ALL * len(codes) or len(networks) < _LEAST_NETWORKS:
            continue  # numbers in order begin alike
        if all(_TIME.match(code, place) for code in such):
            continue
        claim = Detection("PHONE_NUMBER", place, place + _DIGITS, 0.7, "PHONE_NUMBER.within", WITHIN)
        for text, share in zip(texts, shares, strict=True):
            if text in such and not any(e.start < claim.end and place < e.end for e in share):
                share.append(Entity("PHONE_NUMBER", place, claim.end, claim.score, "", (claim,)))
        return


def _has_mobile(place: int, code: str) -> bool:
    """Whether a mobile number stands at a place in a code which is more than that."""
    end = place + _DIGITS
    return (
        place + len(code) > _DIGITS
        and _MOBILE.fullmatch(code, place, end) is not None
        and mobile.is_valid(code[place:end])
        and _AROUND.fullmatch(code, 0, place) is not None
        and _AROUND.fullmatch(code, end) is not None
    )


def _shape(text: str) -> str:
    return _DIGIT.sub("0", _LETTER.sub("a", text))


def _is_guessed(entity: Entity) -> bool:
    return entity.entity_type != "PERSON" and all(claim.evidence == REMAINING for claim in entity.detections)


def _of_type(kind: str, entity: Entity) -> Entity:
    claims = tuple(replace(claim, entity_type=kind) for claim in entity.detections)
    return replace(entity, entity_type=kind, detections=claims)
