"""A mistake in its context: the text around it, cut where gold and finds begin and end."""

from __future__ import annotations

from itertools import pairwise

from deid.evaluation.mistakes import Mistake

AROUND = 40
_GOLD, _FOUND = 1, 2
_LONGEST = 240
"""A span that is longer is shown with a gap in its middle."""


def excerpt(text: str, mistake: Mistake) -> list[list[str | int]]:
    """Pieces `[text, what]`; `what` is 0 context, 1 gold, 2 found, 3 both.

    >>> from deid.catalog import Marked
    >>> gold, find = Marked(2, 5, "PERSON"), Marked(2, 4, "PERSON")
    >>> excerpt("患者王小明来诊", Mistake("1", "border", "direct_part", "PERSON", gold, (find,)))
    [['患者', 0], ['王小', 3], ['明', 1], ['来诊', 0]]
    """
    first, last = max(0, mistake.start - AROUND), min(len(text), mistake.end + AROUND)
    spans = [(find.start, find.end, _FOUND) for find in mistake.found]
    if mistake.gold:
        spans.append((mistake.gold.start, mistake.gold.end, _GOLD))
    cuts = sorted({first, last, *(cut for start, end, _ in spans for cut in (start, end))})
    pieces: list[list[str | int]] = []
    for start, end in pairwise(cuts):
        what = 0
        for begin, stop, kind in spans:
            if begin <= start and end <= stop:
                what |= kind
        pieces.append([_shown(text[start:end]), what])
    if pieces and first > 0:
        pieces[0][0] = f"…{pieces[0][0]}"
    if pieces and last < len(text):
        pieces[-1][0] = f"{pieces[-1][0]}…"
    return pieces


def _shown(piece: str) -> str:
    if len(piece) > _LONGEST:
        piece = f"{piece[: _LONGEST // 2]} … {piece[-_LONGEST // 2 :]}"
    return piece.replace("\r", "").replace("\n", "⏎")
