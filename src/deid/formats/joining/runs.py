"""Numbers in whole neighbouring cells, by their form and by what their headers say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deid.formats.joining.edges import PIECE_BEGINS
from deid.formats.joining.headers import NUMBERED, header_of, is_part
from deid.formats.joining.numbers import LONGEST, LONGEST_PART, NUMBER_LENGTHS, PLAIN, form_of
from deid.formats.views import Place
from deid.grammar.fieldnames import is_label
from deid.types import TextBlock
from deid.validators import luhn, resident_id

_USUAL = {(3, 4, 4), (3, 8), (7, 4), (4, 7), (4, 4, 3), (3, 3, 5)}
"""Groups in which telephone numbers are written."""
_OF_AMOUNTS = (4, 4, 3)
"""The one of these that neighbouring sums make as well."""
_LEAD = re.compile(
    r"\s*[㐀-鿿]{0,6}(?:手机|电话|联系方式|身份证|证件|银行卡|卡|账|帐)(?:号码?)?\s*[:：]?\s*|[A-Za-z ]{0,12}(?:mobile|phone|tel)[.:\s]*",
    re.IGNORECASE,
)
_LONGEST_LEAD = 20
"""Characters of a cell that leads to a number in the next ones."""
_NO_HEADER = re.compile(
    r"[甲乙丙丁戊己庚辛]|[A-Za-z]{1,2}|[0-9]{1,2}|第?.{0,2}[列栏](?:[A-Za-z0-9一二三四五六七八九十]{0,2})"
    r"|(?:字段|数据|值|col(?:umn)?|field|unnamed|var?)[ _:：]*[A-Za-z0-9一二三四五六七八九十]{0,2}",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\s*([0-9０-９*＊]+[Xx×]?|[Xx×])\s*-?\s*")
_BOX = re.compile(r"\s*([0-9A-Za-z])\s*")
_FEWEST_BOXES = 8
"""Characters, each in a cell of its own, that make a number with letters."""


def numbers_of(
    cells: Sequence[TextBlock], columns: Sequence[int], pieces: Sequence[int]
) -> Iterator[tuple[Place, ...]]:
    """Numbers in neighbours among `pieces`, the cells that may be a piece of one."""
    for run in _runs(cells, pieces, _PIECE):
        yield from _windows(run, cells, columns)
    if len(pieces) >= _FEWEST_BOXES:
        for run in _runs(cells, pieces, _BOX):
            yield from _boxes(run, cells)


def may_be_numbers(texts: Sequence[str], firsts: Sequence[int]) -> bool:
    """Whether neighbours have together as many characters as a number that is put together."""
    lengths: list[int] = []  # of the pieces before
    boxes = 0
    for text, first in zip(texts, firsts, strict=True):
        if not first & PIECE_BEGINS:
            lengths, boxes = [], 0
            continue
        boxes = boxes + 1 if len(text) == 1 or len(text.strip()) == 1 else 0
        piece = _PIECE.fullmatch(text) if len(text) <= LONGEST_PART else None
        if boxes >= _FEWEST_BOXES:
            return True
        if not piece:
            lengths = []
            continue
        size = len(piece[1])
        lengths = [whole for length in lengths if (whole := length + size) <= LONGEST]
        if any(length in NUMBER_LENGTHS for length in lengths):
            return True
        lengths.append(size)
    return False


def _runs(
    cells: Sequence[TextBlock], pieces: Sequence[int], form: re.Pattern[str]
) -> Iterator[Sequence[Place]]:
    """Neighbouring cells of a form, between which nothing stands."""
    run: list[Place] = []
    for index in pieces:
        text = cells[index].text
        match = form.fullmatch(text) if len(text) <= LONGEST_PART else None
        if not match or (run and run[-1].part != index - 1):
            if len(run) > 1:
                yield run
            run = []
        if match:
            run.append(Place(index, *match.span(1)))
    if len(run) > 1:
        yield run


def _boxes(run: Sequence[Place], cells: Sequence[TextBlock]) -> Iterator[tuple[Place, ...]]:
    """One character a cell, letters among them: a credit code, a passport number."""
    if len(run) < _FEWEST_BOXES:
        return
    text = "".join(cells[index].text[start:end] for index, start, end in run)
    headers = {header for place in run if (header := header_of(cells[place.part]))}
    if not text.isdecimal() and any(map(str.isdecimal, text)) and len(headers) < 2:
        yield tuple(run)


def _windows(
    run: Sequence[Place], cells: Sequence[TextBlock], columns: Sequence[int]
) -> Iterator[tuple[Place, ...]]:
    parts = [cells[index].text[start:end].translate(PLAIN) for index, start, end in run]
    taken = 0
    for first in range(len(run)):
        text = ""
        best = 0
        for last in range(first, len(run)):
            text += parts[last]
            if len(text) > LONGEST:
                break
            if last > first and form_of(text):
                places = run[first : last + 1]
                gaps = columns[places[-1].part] - columns[places[0].part] >= len(places)
                headers = [header for place in places if (header := header_of(cells[place.part]))]
                alone = len(places) == len(run)
                pieces = parts[first : last + 1]
                if _reads(text, pieces, list(dict.fromkeys(headers)), gaps, alone) or (
                    (alone or max(map(len, pieces)) > 1) and _is_led(cells, places, pieces)
                ):
                    best = last + 1
        if best > taken:
            yield tuple(run[first:best])
            taken = best


def _reads(text: str, parts: Sequence[str], headers: Sequence[str], gaps: bool, alone: bool) -> bool:
    """Whether cells are parts of one number, by its form and by what their headers say.

    `gaps`: empty cells stand between them; `alone`: no other numbers stand beside them.
    """
    form, shape = form_of(text), tuple(map(len, parts))
    in_fours = set(shape[:-1]) == {4}
    if form == "card" and not (in_fours or (len(parts) == 2 and luhn.is_valid(text))):
        return False
    if headers and NUMBERED.search(headers[0]) and all(map(is_part, headers)):
        return True
    checked = form != "identity" or resident_id.is_valid(text)
    if gaps:
        return form == "identity" and checked
    usual = checked and (shape in _USUAL or form != "phone")
    if len(headers) < 2:
        free = not headers or not is_label(headers[0]) or headers[0][-1] in "号码"
        boxes = max(shape) == 1 and alone and checked  # scores of a scale are single digits too
        return free and (boxes or (max(shape) > 1 and usual and not _may_be_amounts(parts)))
    if all(map(is_part, headers)) or any(map(NUMBERED.search, headers)):
        return usual or (form == "identity" and all(map(is_part, headers)))
    if not all(map(_NO_HEADER.fullmatch, headers)):
        return False
    return usual and not _may_be_amounts(parts) and (form != "card" or (in_fours and luhn.is_valid(text)))


def _may_be_amounts(parts: Sequence[str]) -> bool:
    """Whether groups that few write a telephone in may as well be sums: 1350 | 1200 | 150, which never begin with 0."""
    return tuple(map(len, parts)) == _OF_AMOUNTS and not any(part.startswith("0") for part in parts)


def _is_led(cells: Sequence[TextBlock], places: Sequence[Place], parts: Sequence[str]) -> bool:
    """Whether the cell before says that the cells are one number, whatever headers stand above: 手机 | 138 | 0013 | 8000."""
    if not places[0].part:
        return False
    before = cells[places[0].part - 1].text
    if len(before) > _LONGEST_LEAD or not _LEAD.fullmatch(before):
        return False
    shape = tuple(map(len, parts))
    form = form_of("".join(parts))
    return max(shape) == 1 or form != "phone" or shape in _USUAL
