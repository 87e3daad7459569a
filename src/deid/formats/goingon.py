"""Which lines go on in the next one, without a break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from deid.formats.building import is_wide
from deid.formats.lines import Line

_OVER_LINES = re.compile(r"\d \d|[A-Za-z\d][-‐–—~·•・][A-Za-z\d]|\d\d[·•・]", re.ASCII)
"""The end of a line, and the beginning of the next, in a number that goes on there."""
_NUMBERED = re.compile(r"[第（(【\[]?[\d一二三四五六七八九十]+[\s.,:：、/年月条章节款）)】\]-]")
"""How an item of a list begins, or an entry with its time."""
_WORD, _WORD_GAP = re.compile(r"[!-~·•・]+"), 0.2
"""Characters of one word, and of sizes of the font between them."""
_LEAST_WRAPPED = 16  # characters of a line
_INDENTED = 2.5  # of the size: the end of what is set flush right, and no paragraph
LEAST_AT_MARGIN, _NEARLY = 4, 0.85  # lines that end there; of the widest


def breaks_of(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What stands between each line and the next, and what else may."""
    right, usual = right_margin(lines), _usual_length(lines)
    full = []
    for before, line in pairwise(lines):
        margin = max(2 * max(before.size, line.size), first_word(line))
        full.append(before.end > right - margin or _length(before) == usual)
    items = {item_of(line) for line, is_on in zip(lines, (False, *full), strict=False) if not is_on} - {""}
    return [
        _break(before, line, is_item=item_of(line) in items) if is_full else ("\n", "\n")
        for is_full, (before, line) in zip(full, pairwise(lines), strict=True)
    ]


def right_margin(lines: Sequence[Line]) -> float:
    """Where most full lines end; a few, with a word that cannot be parted or a page number, go beyond."""
    right = max((line.end for line in lines), default=0.0)
    left = min((line.start for line in lines), default=0.0)
    ends = Counter(round(line.end / line.size) * line.size for line in lines)
    end, count = ends.most_common(1)[0] if ends else (right, 0)
    is_margin = count >= max(LEAST_AT_MARGIN, len(lines) // 5) and end - left > _NEARLY * (right - left)
    return end + max(line.size for line in lines) / 2 if is_margin else right


def item_of(line: Line) -> str:
    """How an item of a list or an entry begins, whatever its number or time is: `0.`, `000/`."""
    item = _NUMBERED.match(_beginning(line))
    return re.sub(r"[一二三四五六七八九十]+|\d\d?(?!\d)|\d", "0", item[0]) if item else ""


def _length(line: Line) -> int:
    return sum(len(glyph.text) for glyph in line.glyphs)


def _usual_length(lines: Sequence[Line]) -> int:
    """The length of full lines where a program broke them after so many characters, else 0."""
    lengths = Counter(map(_length, lines))
    longest = max(lengths, default=0)
    return longest if longest >= _LEAST_WRAPPED and lengths[longest] > max(2, len(lines) // 4) else 0


def _break(before: Line, line: Line, *, is_item: bool) -> tuple[str, str]:
    """What stands between a full line and the one below: nothing where that goes on. Figures may be those of two
    numbers as well, and what looks like a label be in the middle of a sentence."""
    size = max(before.size, line.size)
    is_flush = line.start > before.start + _INDENTED * size and abs(line.end - before.end) < 0.5 * size
    goes_on = (
        (line.start < before.start + 0.5 * size or is_flush)
        and before.v - line.v < 2.5 * size
        and min(before.size, line.size) > 0.85 * size
    )
    last, first = before.glyphs[-1].text[-1:], line.glyphs[0].text[:1]
    if not goes_on or not first.strip() or len(before.cells()) > 1:
        return "\n", "\n"
    tail = "".join(glyph.text for glyph in before.glyphs[-2:])
    figures = last.isdigit() and first.isdigit()
    if not (
        _OVER_LINES.fullmatch(tail + first) or (last.strip() and (is_wide(last) or is_wide(first))) or figures
    ):
        return "\n", "\n"
    if is_item or is_flush or is_field(line):
        return "\n", "" if last.isalpha() and _length(before) >= _LEAST_WRAPPED else "\n"
    return "", "\n" if figures else ""


def first_word(line: Line) -> float:
    """How long what begins a line is that cannot be parted: it would not have fitted into the line before."""
    last = line.glyphs[0]
    for glyph in line.glyphs[1:]:
        if not _WORD.fullmatch(last.text + glyph.text) or glyph.u - last.end > _WORD_GAP * glyph.size:
            break
        last = glyph
    return last.end - line.start


def is_field(line: Line) -> bool:
    """Whether a line begins with a label: `住址：`."""
    head = _beginning(line)[:9]
    return min((head.find(mark) for mark in ":：" if mark in head), default=0) > 1


def _beginning(line: Line) -> str:
    return "".join(glyph.text for glyph in line.glyphs[:9])


def may_go_on(tail: str, head: str) -> bool:
    if not (tail[-1:].isalnum() and head[:1].isalnum()):
        return False
    figures = tail[-1].isdigit() and head[0].isdigit()
    return figures or ((is_wide(tail[-1]) or is_wide(head[0])) and not _NUMBERED.match(head))
