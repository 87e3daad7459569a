"""How people type: half-width signs, missing full stops, broken and joined lines.

One document has one typist. Marked text is left as it is; only what stands around it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from deid.evaluation.templating import Piece
from deid.surrogates.words import chance, weighted

_HALF: Final = str.maketrans("，。：；（）？！", ",.:;()?!")
_SPACES: Final = str.maketrans(dict.fromkeys("，。；？！、：", " "))
# What is typed for what is meant: same sound, wrong character.
_SLIPS: Final = (
    ("既往", "即往"), ("复查", "复察"), ("的", "得"), ("在", "再"), ("以", "已"), ("嘱", "属"), ("予", "与"), ("较", "叫"), ("联系", "连系"),
    ("账号", "帐号"), ("其他", "其它"), ("做", "作"), ("症状", "症壮"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typist:
    """How one person types; percentages."""

    signs: str
    gaps: str
    lines: str
    slips: int
    stops: int

    @classmethod
    def new(cls, random: Random, *, spoken: bool) -> Typist:
        """`spoken` text is a transcript: mostly no signs at all."""
        signs = weighted(
            random,
            ((6, "none"), (3, "full"), (1, "half"))
            if spoken
            else ((72, "full"), (14, "half"), (14, "mixed")),
        )
        gaps = weighted(random, ((80, "same"), (8, "wide"), (8, "narrow"), (4, "tab")))
        lines = weighted(random, ((84, "same"), (5, "joined"), (6, "apart"), (5, "broken")))
        return cls(
            signs,
            gaps,
            lines,
            slips=weighted(random, ((85, 0), (15, 30))),
            stops=weighted(random, ((75, 0), (25, 80))),
        )


def typed(pieces: Iterable[Piece], random: Random, *, kind: str) -> list[Piece]:
    """The pieces as somebody would have typed them."""
    typist = Typist.new(random, spoken=kind == "transcript")
    tabular = kind in ("csv", "rota", "device", "list")
    return [
        piece if piece.entity_type else Piece(_retype(piece.text, typist, random, tabular=tabular))
        for piece in pieces
    ]


def _retype(text: str, typist: Typist, random: Random, *, tabular: bool) -> str:
    if typist.slips and chance(random, typist.slips):
        right, wrong = random.choice(_SLIPS)
        text = text.replace(right, wrong, 1)
    if tabular:
        return text
    if typist.stops and chance(random, typist.stops):
        text = text.replace("。\n", "\n")
    text = _signs(text, typist.signs, random)
    text = _gaps(text, typist.gaps)
    return _lines(text, typist.lines, random)


def _signs(text: str, style: str, random: Random) -> str:
    if style == "half":
        return text.translate(_HALF)
    if style == "none":
        return text.translate(_SPACES)
    if style == "mixed":
        return "".join(sign.translate(_HALF) if chance(random, 40) else sign for sign in text)
    return text


def _gaps(text: str, style: str) -> str:
    if style == "wide":
        return text.replace("  ", "　")
    if style == "narrow":
        return text.replace("　　", " ").replace("　", " ")
    if style == "tab":
        return text.replace("　", "\t")
    return text


def _lines(text: str, style: str, random: Random) -> str:
    if style == "joined" and chance(random, 60):
        return text.replace("\n", "　" if "。" not in text else "")
    if style == "apart":
        return text.replace("\n", "\n\n")
    if style == "broken" and chance(random, 30):
        return text.replace("，", "，\n", 1)
    return text
