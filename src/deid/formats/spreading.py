"""Characters that are spread over a line, as justified text and labels of forms have them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from deid.formats.lines import Line, Placed
from deid.grammar.fieldnames import is_label

_LEAST, _MANY = 2, 3  # gaps between Chinese characters
_LIKE, _TOUCHING = 0.15, 0.1  # of the size
_BETWEEN_SCRIPTS = 0.25  # of the size: programs set Chinese characters so far apart from others
_ALIGNED, _COLUMNS = 1.0, 2  # points; characters that begin where some of the next line do

IsBlank = Callable[[Placed, Placed], object]


def mark_spread(lines: Sequence[Line], is_blank: IsBlank) -> list[frozenset[int]]:
    """Of each line the glyphs before which there is a gap that may part no words: as wide as those beside it, each
    behind a single Chinese character or a whole word; `is_blank` tells gaps from none.

    Those are noted in the lines that part none for sure: of many characters, or of a label, and not of columns.
    """
    found = [[run for run in _runs(line, is_blank) if _wide_gaps(line, run) >= _LEAST] for line in lines]
    for number, (line, runs) in enumerate(zip(lines, found, strict=True)):
        beside = [
            lines[at].glyphs[index].u
            for at in (number - 1, number + 1)
            if runs and 0 <= at < len(lines)
            for run in found[at]
            for index in run
        ]
        for run in runs:
            starts = [line.glyphs[index].u for index in run]
            aligned = sum(any(abs(start - other) < _ALIGNED for other in beside) for start in starts)
            text = "".join(line.glyphs[index].text for index in range(run[0] - 1, run[-1] + 1))
            if is_label(text) or (_wide_gaps(line, run) >= _MANY and aligned < _COLUMNS):
                line.closed.update(run)
    return [frozenset(index for run in runs for index in run) for runs in found]


def _runs(line: Line, is_blank: IsBlank) -> Iterator[list[int]]:
    """Gaps of one width, one after the other."""
    run: list[int] = []
    width = 0.0
    for index, (before, glyph) in enumerate(pairwise(line.glyphs), 1):
        gap = (glyph.u - before.end) / max(line.size, 0.1)
        is_gap = bool(
            gap > _TOUCHING
            and index not in line.closed
            and before.text.strip()
            and glyph.text.strip()
            and is_blank(before, glyph)
        )
        is_word = abs(gap) < _TOUCHING and not (_is_wide(before.text) or _is_wide(glyph.text))
        is_mixed = _is_wide(before.text) != _is_wide(glyph.text)
        unlike = abs(gap - width) > _LIKE + is_mixed * _BETWEEN_SCRIPTS
        if (is_gap and unlike) or not (is_gap or is_word):
            yield run
            run, width = [], gap
        if is_gap:
            run.append(index)
    yield run


def _wide_gaps(line: Line, run: Sequence[int]) -> int:
    return sum(_is_wide(line.glyphs[index - 1].text) and _is_wide(line.glyphs[index].text) for index in run)


def _is_wide(text: str) -> bool:
    return len(text) == 1 and unicodedata.east_asian_width(text) in "WF"
