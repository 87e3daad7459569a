"""Long numbers of a column, which tell what each of them is: among cards there are cards, whatever their check digit says,
and among drawn or counted figures a card or a telephone stands by chance. Bar codes of goods and numbers of devices are nobody's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from deid.detection.tables import BAR_CODE
from deid.regexes import Regex
from deid.types import Detection, Entity
from deid.validators import gtin

_NUMBER = Regex("[0-9]{11,19}")
_BY_FORM = frozenset({("check",), ("check failed",), ("shape",)})
"""The evidence of numbers for which nothing but themselves speaks."""
_LIKE_SERIALS = frozenset({"CN_BANK_CARD", "PHONE_NUMBER", "CN_EXAM_NUMBER"})
_SPREADING = frozenset({"CN_BANK_CARD", "PHONE_NUMBER"})
AMONG = ("among others",)
"""The evidence of a number that is what those of its column are."""
_MANY, _MOST = 5, 0.6
"""Numbers of a column, and the share of them that must be of one type for the others to be."""
_FEW_GOODS = 2
_OF_DEVICES = Regex(
    "(?:设备|仪器|机器|产品|器械|整机|主机)?(?:出厂(?:编号|序号|号码?)|序列号码?|机身(?:号码?|编号|编码)|(?:固定)?资产(?:编号|编码|号)|设备编号)"
    r"|(?i:(?:device |equipment |asset |product )?serial(?:[ _]?(?:no\.?|num|number))?|s/?n|asset(?:[ _]?(?:no\.?|num|number|code|tag)))"
)
"""And one that holds the numbers of devices."""
_MANY_DRAWN, _FIRST_FIGURES, _BY_CHANCE = 8, 5, 0.25
"""Numbers of one length, in how many figures they begin at least where they are drawn or counted, and the share of them that
look like a card or a telephone then."""


class _Seen(NamedTuple):
    """The first figure of a number, its length, what it is by its form ('' if nothing), and whether it is that of an article."""

    first: str
    length: int
    kind: str
    is_article: bool


class NumberColumns:
    """Learns from the first cells of columns, which are known by the labels of their cells."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], list[_Seen]] = defaultdict(list)

    def learn(self, text: str, labels: tuple[str, ...], entities: Sequence[Entity]) -> None:
        """Note what was found in a cell."""
        if _NUMBER.fullmatch(text):
            kind = entities[0].entity_type if entities else ""
            self._seen[labels].append(_Seen(text[0], len(text), kind, gtin.is_valid(text)))

    def judged(self, text: str, labels: tuple[str, ...], entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """What a cell of the column holds in which this was found."""
        seen = self._seen.get(labels)
        if labels and _OF_DEVICES.fullmatch(labels[0]):
            return _without_serials(entities)
        if not _NUMBER.fullmatch(text):
            return entities
        if not seen:
            return entities
        if labels and BAR_CODE.fullmatch(labels[0]) and gtin.is_valid(text) and _are_articles(seen):
            return ()
        if not entities:
            return _among(text, seen)
        alike = [one for one in seen if one.length == len(text)]
        if (
            len(alike) >= _MANY_DRAWN
            and len({one.first for one in alike}) >= _FIRST_FIGURES
            and sum(bool(one.kind) for one in alike) <= _BY_CHANCE * len(alike)
        ):
            return _told_otherwise(entities)
        return entities


def _told_otherwise(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Those for which more speaks than themselves."""
    return tuple(e for e in entities if not all(claim.evidence in _BY_FORM for claim in e.detections))


def _without_serials(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Those but for what only looks like the number of something else, whatever word for numbers stands over it."""
    return tuple(
        e
        for e in entities
        if e.entity_type not in _LIKE_SERIALS or not all(c.evidence[:1] in _BY_FORM for c in e.detections)
    )


def _are_articles(seen: Sequence[_Seen]) -> bool:
    """Whether all numbers of a column are those of articles: one of ten others is by chance."""
    return len(seen) >= _FEW_GOODS and all(one.is_article for one in seen)


def _among(text: str, seen: Sequence[_Seen]) -> tuple[Entity, ...]:
    """A number that is one of those it stands among, if they are of one type and it is no longer or shorter than all of them."""
    [(kind, count)] = Counter(one.kind for one in seen).most_common(1)
    lengths = [one.length for one in seen if one.kind == kind]
    if (
        kind not in _SPREADING
        or count < max(_MANY, _MOST * len(seen))
        or not min(lengths) <= len(text) <= max(lengths)
    ):
        return ()
    claim = Detection(kind, 0, len(text), 0.6, f"{kind}.among", AMONG)
    return (Entity(kind, 0, len(text), claim.score, "", (claim,)),)
