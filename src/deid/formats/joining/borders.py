"""Numbers that a border cuts in two: of cells beside or below each other, of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from deid.formats.joining.edges import CUT_BEGINS, CUT_ENDS, edge_of
from deid.formats.joining.headers import header_of, may_go_on
from deid.formats.joining.numbers import BARE, CARD, LONGEST, WHOLE
from deid.formats.tables import bare
from deid.formats.views import Place, joined, searched, through
from deid.types import TextBlock
from deid.validators import luhn, mobile, resident_id

_TAIL = re.compile(r"(?<![0-9A-Za-z０-９.,/*×~\-])([0-9０-９]+(?:[ \-][0-9０-９]+)*[ \-]?)\s*$")
_HEAD = re.compile(r"\s*([0-9０-９]+(?:[ \-][0-9０-９]+)*[XxＸ]?)(?![0-9A-Za-z０-９%/年月日:：]|[.\-][0-9])")
_REACH, _CUE_REACH = 24, 10
_PHONE_CUE = re.compile(
    r"手机|电话|联系|微信|拨打|回电|致电|来电|热线|短信|号码|tel|phone|mobile", re.IGNORECASE
)
_IDENTITY_CUE = re.compile(r"身份|证件|证号")
_CARD_CUE = re.compile(r"卡|账号|账户|帐号")
_SHORTEST = 10
"""Characters of a number that is looked for across a border."""
_ENDS, _BEGINS = re.compile(r".?[0-9０-９]$|[0-9０-９][ \-]$|\s+$"), re.compile(r"\s*[0-9０-９]")


def column_views(cells: Mapping[int, TextBlock], above: Mapping[int, TextBlock]) -> Iterator[TextBlock]:
    """Numbers that begin in one row and end in the next."""
    for column, cell in cells.items():
        if column in above and _may_be_cut(above[column].text, cell.text):
            yield from border_views(above[column], cell)


def line_views(before: TextBlock, after: TextBlock) -> Iterator[TextBlock]:
    """Views over two paragraphs: where the lines of a page became paragraphs they cut what they will."""
    yield from border_views(before, after)
    yield searched((_end_of(before), _start_of(after)))


def _end_of(block: TextBlock) -> TextBlock:
    start = max(0, len(block.text) - _REACH)
    segments = tuple(through(block, start, len(block.text), 0))
    return replace(block, id=f"{block.id}$", text=block.text[start:], segments=segments)


def _start_of(block: TextBlock) -> TextBlock:
    end = min(len(block.text), _REACH)
    return replace(block, text=block.text[:end], segments=tuple(through(block, 0, end, 0)))


def border_views(before: TextBlock, after: TextBlock, *, beside: bool = False) -> Iterator[TextBlock]:
    """A number that begins at the end of one text and ends at the beginning of the next.

    Two texts that are nothing but numbers need a check digit or a header that says so; those
    `beside` one another in a row are left to `row_views`.
    """
    names = header_of(before), header_of(after)
    apart = beside and all(names) and not may_go_on(*names)  # 5支 180 under 规格, 20240312 under 批号
    if cut := cut_of(before.text, after.text, before.labels, beside=beside, apart=apart):
        yield joined((before, after), *cut)


def cut_of(
    before: str, after: str, labels: Sequence[str], *, beside: bool = False, apart: bool = False
) -> tuple[tuple[Place, Place], str] | None:
    """Where a number stands that the border between two texts cuts, and the word before it; `labels` are of the first.

    Of cells that are `apart`, below headers of different things, a word must say that a mobile number is one.
    """
    size = len(before) + len(after)
    if size < _SHORTEST or (before.isdigit() and after.isdigit() and (beside or size > LONGEST)):
        return None  # as nearly always in a table
    if not _may_be_cut(before, after):
        return None
    if not (_ENDS.match(before[-2:]) and _BEGINS.match(after)):
        return None
    head = _HEAD.match(after)
    if not head:
        return None
    first = max(0, len(before) - _REACH)
    tail = _TAIL.search(before[first:])
    if not tail:
        return None
    whole = tail[1] == before.strip() and head[1] == after.strip()
    if whole and beside:
        return None
    start, end = first + tail.start(1), first + tail.end(1)
    cue = bare(before[max(0, start - _CUE_REACH) : start].strip())
    parts = [text.translate(BARE) for text in (tail[1], head[1])]
    if not _is_cut(
        "".join(parts), " ".join((cue, *labels)), alone=not whole and min(map(len, parts)) > 2, apart=apart
    ):
        return None
    return (Place(0, start, end), Place(1, *head.span(1))), cue


def _may_be_cut(before: str, after: str) -> bool:
    """Whether a border between two texts may cut a number; in most it does not."""
    return bool(edge_of(after[:1]) & CUT_BEGINS and edge_of(before[-1:]) & CUT_ENDS)


def _is_cut(number: str, named: str, *, alone: bool, apart: bool) -> bool:
    """Whether two pieces are one number: by its check digit, or because something calls it so."""
    if len(number) == 11 and mobile.is_valid(number):
        return (alone and not apart) or bool(_PHONE_CUE.search(named))
    if len(number) == 18 and WHOLE.fullmatch(number):
        return resident_id.is_valid(number) or bool(_IDENTITY_CUE.search(named))
    if 16 <= len(number) <= LONGEST and CARD.fullmatch(number):
        return bool(_CARD_CUE.search(named)) or (alone and number.startswith("62") and luhn.is_valid(number))
    if 10 <= len(number) <= 12 and number.startswith("0"):
        return bool(_PHONE_CUE.search(named))
    return len(number) == 15 and bool(_IDENTITY_CUE.search(named) and WHOLE.fullmatch(number))
