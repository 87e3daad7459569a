"""Values that stand in several places: cells of a row, paragraphs, strings of a list.

Each view is a block of its own whose segments lead back to the places, so that what is found
in it is taken out of all of them. There are four kinds:

- a number or name in whole neighbouring cells: `138 | 0013 | 8000`, `姓 | 名`;
- a number that a border cuts in two inside a text: `电话1380013 | 8000转3`;
- a name of which each character has a cell;
- all cells of a row, in which only values that are certain are looked for.

Neighbouring measurements add up to eleven digits now and then, so headers count: numbers
under headers of their own are not joined, unless these say that they are parts of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from deid.formats.stacking import letter_runs, letter_views
from deid.formats.tables import bare, is_label
from deid.formats.views import Place, joined, searched, through
from deid.types import TextBlock
from deid.validators import luhn, mobile, resident_id

_LONGEST = 19
"""Characters of the longest number that is put together: a bank card."""
_PLAIN = str.maketrans("０１２３４５６７８９＊×x", "0123456789*XX")
_BARE = {**_PLAIN, ord(" "): None, ord("-"): None}
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_WHOLE = re.compile(
    rf"1[3-9][0-9*]{{9}}|[1-9][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}|\*{{8}})[0-9*]{{3}}[0-9X*]"
    rf"|[1-9][0-9]{{5}}[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}"
)
_CARD = re.compile(r"(?:62|[3-6])[0-9]{14,17}")
_USUAL = {(3, 4, 4), (3, 8), (7, 4), (4, 7), (4, 4, 3), (3, 3, 5)}
_OF_AMOUNTS = (4, 4, 3)

# --- what headers say about neighbouring numbers

_NUMBERED = re.compile(r"手机|电话|联系|身份证|证件|银行卡|卡号|账号|帐号|mobile|phone|tel", re.IGNORECASE)
_LEAD = re.compile(
    r"\s*[㐀-鿿]{0,6}(?:手机|电话|联系方式|身份证|证件|银行卡|卡|账|帐)(?:号码?)?\s*[:：]?\s*|[A-Za-z ]{0,12}(?:mobile|phone|tel)[.:\s]*",
    re.IGNORECASE,
)
_LONGEST_LEAD = 20
_PART = re.compile(
    r"[前后中](?:半|[0-9一二三四五六七八九十]{1,3})?[段位半]$|段"
    r"|(?:卡|号码?|部分|part|seg(?:ment)?|no)[ _\-]?[0-9０-９①-⑨一二三四五]$",
    re.IGNORECASE,
)
_NO_HEADER = re.compile(
    r"[甲乙丙丁戊己庚辛]|[A-Za-z]{1,2}|[0-9]{1,2}|第?.{0,2}[列栏](?:[A-Za-z0-9一二三四五六七八九十]{0,2})"
    r"|(?:字段|数据|值|col(?:umn)?|field|unnamed|var?)[ _:：]*[A-Za-z0-9一二三四五六七八九十]{0,2}",
    re.IGNORECASE,
)

# --- values that two cells hold

_SURNAME = re.compile(r"(.*?)(?:姓氏?|(?:last|family|sur)[ _-]?name)", re.IGNORECASE)
_GIVEN = re.compile(r"(.*?)(?:名字?|(?:first|given)[ _-]?name)", re.IGNORECASE)
_NAME_PART = re.compile(r"\s*([㐀-鿿𠀀-𯿿·]{1,6}|[A-Za-z][A-Za-z '\-]{0,30})\s*")
_LETTER, _LETTERS = re.compile(r"\s*([㐀-鿿])\s*"), re.compile(r"\s*([㐀-鿿]{1,2})\s*")
_WHOLE_NAME = "姓名"
_LOCAL, _DOMAIN = (
    re.compile(r"\s*([A-Za-z0-9][\w.+\-]{0,63}@?)\s*", re.ASCII),
    re.compile(r"\s*(@?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+){1,3})\s*", re.ASCII),
)
_AREA, _LINE = re.compile(r"\s*(0[0-9]{2,3}-?)\s*"), re.compile(r"\s*(-?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?)\s*")
_AREA_HEADER = re.compile(r"区号|电话|座机|固话|传真|tel|phone", re.IGNORECASE)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = tuple(
    (re.compile(rf"\s*([{_PROVINCES}]{left})\s*"), re.compile(rf"\s*({right}[A-HJ-NP-Z0-9]{{5,6}})\s*"))
    for left, right in (("[A-HJ-Z]", "[·•]?"), ("", "[A-HJ-Z][·•]?"))
)  # fmt: skip

_PIECE = re.compile(r"\s*([0-9０-９*＊]+[Xx×]?|[Xx×])\s*-?\s*")
_FIGURES = re.compile(r"\s*[0-9]{1,8}\s*")
_BOX = re.compile(r"\s*([0-9A-Za-z])\s*")
_FIRST_OF_PIECE = frozenset(
    "0123456789０１２３４５６７８９*＊×ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_FIRST_OF_PAIR = frozenset("0" + _PROVINCES)
_FEWEST_BOXES = 8
_LONGEST_PART = 70

# --- a number cut by a border

_TAIL = re.compile(r"(?<![0-9A-Za-z０-９.,/\-])([0-9０-９]+(?:[ \-][0-9０-９]+)*[ \-]?)\s*$")
_HEAD = re.compile(r"\s*([0-9０-９]+(?:[ \-][0-9０-９]+)*[XxＸ]?)(?![0-9A-Za-z０-９%/年月日:：]|[.\-][0-9])")
_REACH, _CUE_REACH = 24, 10
_PHONE_CUE = re.compile(
    r"手机|电话|联系|微信|拨打|回电|致电|来电|热线|短信|号码|tel|phone|mobile", re.IGNORECASE
)
_IDENTITY_CUE = re.compile(r"身份|证件|证号")
_CARD_CUE = re.compile(r"卡|账号|账户|帐号")
_SHORTEST = 10
"""Characters of a number that is looked for across a border."""
_LONGEST_FIRST = 5
"""Characters of what a cell holds of a number plate, and of an area code."""
_NUMBER_LENGTHS = frozenset((11, 15, *range(16, _LONGEST + 1)))
"""Characters of a number that is put together of cells."""
_HIGHEST_ANSWER = "5"
"""Of most scales."""
_ANSWERS = re.compile(
    r"scor|rating|answer|respon[sd]|grade|likert|[评得打计总]分|分[数值]|量表|答案|选项|等级", re.IGNORECASE
)
_STEM = re.compile(r"[\W_0-9]+")
"""What only counts alike names."""
_BEGINNING = 3
"""Characters that names of parts of one thing share; a name of fewer letters says nothing of what it names."""
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_LAST = _DIGITS | {"-"}
_PIECE_BEGINS, _PAIR_BEGINS, _CUT_BEGINS, _CUT_ENDS = 1, 2, 4, 8
"""What a character at the border of a cell may be: the beginning of a piece, of a pair, of the rest of a number, or its end."""
_ENDS, _BEGINS = re.compile(r".?[0-9０-９]$|[0-9０-９][ \-]$|\s+$"), re.compile(r"\s*[0-9０-９]")


def row_views(
    cells: Sequence[TextBlock], columns: Sequence[int], before: TextBlock | None = None
) -> Iterator[TextBlock]:
    """Views over the cells of a row, in order; `before` is the last cell of the row above."""
    if len(cells) > 1:
        firsts = [_border(cell.text[:1]) for cell in cells]
        beside = [n for n, (one, two) in enumerate(pairwise(firsts)) if one & two & _PIECE_BEGINS]
        if beside:
            for places in _numbers(cells, columns, sorted({*beside, *(n + 1 for n in beside)})):
                yield joined(cells, places)
        for index, (one, two) in enumerate(pairwise(cells)):
            if columns[index + 1] == columns[index] + 1:
                if firsts[index] & _PAIR_BEGINS or _may_be_pair(one, two):
                    yield from _pair_views(cells, index)
                if firsts[index + 1] & _CUT_BEGINS and _border(one.text[-1:]) & _CUT_ENDS:
                    yield from border_views(one, two, beside=True)
        yield from letter_views(cells, columns)
    row = [before, *cells] if before else list(cells)
    if len(row) > 1:
        yield searched(row)


def table_views(cells: Mapping[int, TextBlock], above: Mapping[int, TextBlock]) -> Iterator[TextBlock]:
    """Views over a row of a table and the row above it; cells by column."""
    last = above[max(above)] if above else None
    yield from row_views(list(cells.values()), list(cells), last)
    yield from column_views(cells, above)


def may_have_views(
    texts: Sequence[str],
    columns: Sequence[int],
    labels: Mapping[int, tuple[str, ...]],
    above: Mapping[int, str],
    above_labels: Mapping[int, tuple[str, ...]],
) -> bool:
    """Whether `table_views` has more to give for a row, given as texts, than the one over all its cells."""
    firsts = [_border(text[:1]) for text in texts]
    for index, (text, first) in enumerate(zip(texts, firsts, strict=True)):
        column = columns[index]
        upper = above.get(column, "") if first & _CUT_BEGINS else ""
        if upper and _cut(upper, text, above_labels.get(column, ())):
            return True
        if not index or columns[index - 1] != column - 1:
            continue
        before = texts[index - 1]
        if first & _CUT_BEGINS and _cut(before, text, labels.get(column - 1, ()), beside=True):
            return True
        if firsts[index - 1] & _PAIR_BEGINS and len(before.strip()) <= _LONGEST_FIRST:
            return True
        if ("@" in text or "@" in before) and _LOCAL.fullmatch(before) and _DOMAIN.fullmatch(text):
            return True
    names = [labels[column][0] if labels.get(column) else "" for column in columns]
    if _hold_names(tuple(names), tuple(columns)) or _may_be_numbers(texts, firsts):
        return True
    return bool(letter_runs(texts, columns))


@lru_cache(maxsize=64)
def _hold_names(headers: tuple[str, ...], columns: tuple[int, ...]) -> bool:
    """Whether headers say that two of the cells are one name."""
    beside = [n for n, (one, two) in enumerate(pairwise(columns)) if two == one + 1]
    return any(_hold_a_name(headers[n], headers[n + 1]) for n in beside)


def _may_be_numbers(texts: Sequence[str], firsts: Sequence[int]) -> bool:
    """Whether neighbours have together as many characters as a number that is put together."""
    lengths: list[int] = []  # of the pieces before
    boxes = 0
    for text, first in zip(texts, firsts, strict=True):
        if not first & _PIECE_BEGINS:
            lengths, boxes = [], 0
            continue
        boxes = boxes + 1 if len(text) == 1 or len(text.strip()) == 1 else 0
        piece = _PIECE.fullmatch(text) if len(text) <= _LONGEST_PART else None
        if boxes >= _FEWEST_BOXES:
            return True
        if not piece:
            lengths = []
            continue
        size = len(piece[1])
        lengths = [whole for length in lengths if (whole := length + size) <= _LONGEST]
        if any(length in _NUMBER_LENGTHS for length in lengths):
            return True
        lengths.append(size)
    return False


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
    return replace(block, text=block.text[start:], segments=tuple(through(block, start, len(block.text), 0)))


def _start_of(block: TextBlock) -> TextBlock:
    end = min(len(block.text), _REACH)
    return replace(block, text=block.text[:end], segments=tuple(through(block, 0, end, 0)))


def border_views(before: TextBlock, after: TextBlock, *, beside: bool = False) -> Iterator[TextBlock]:
    """A number that begins at the end of one text and ends at the beginning of the next.

    Two texts that are nothing but numbers need a check digit or a header that says so; those
    `beside` one another in a row are left to `row_views`.
    """
    if cut := _cut(before.text, after.text, before.labels, beside=beside):
        yield joined((before, after), *cut)


def _cut(
    before: str, after: str, labels: Sequence[str], *, beside: bool = False
) -> tuple[tuple[Place, Place], str] | None:
    """Where a number stands that the border between two texts cuts, and the word before it; `labels` are of the first."""
    if not _may_be_cut(before, after) or len(before) + len(after) < _SHORTEST:
        return None
    if before.isdigit() and after.isdigit() and (beside or len(before) + len(after) > _LONGEST):
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
    parts = [text.translate(_BARE) for text in (tail[1], head[1])]
    if not _is_cut("".join(parts), " ".join((cue, *labels)), alone=not whole and min(map(len, parts)) > 2):
        return None
    return (Place(0, start, end), Place(1, *head.span(1))), cue


def _may_be_cut(before: str, after: str) -> bool:
    """Whether a border between two texts may cut a number; in most it does not."""
    return bool(_border(after[:1]) & _CUT_BEGINS and _border(before[-1:]) & _CUT_ENDS)


@lru_cache(maxsize=1 << 16)
def _border(character: str) -> int:
    """What a character (or none) at the border of a cell may be."""
    space = character.isspace()
    return (
        (_PIECE_BEGINS if space or character in _FIRST_OF_PIECE else 0)
        | (_PAIR_BEGINS if space or character in _FIRST_OF_PAIR else 0)
        | (_CUT_BEGINS if space or character in _DIGITS else 0)
        | (_CUT_ENDS if space or character in _LAST else 0)
    )


def _is_cut(number: str, named: str, *, alone: bool) -> bool:
    """Whether two pieces are one number: by its check digit, or because something calls it so."""
    if len(number) == 11 and mobile.is_valid(number):
        return alone or bool(_PHONE_CUE.search(named))
    if len(number) == 18 and _WHOLE.fullmatch(number):
        return resident_id.is_valid(number) or bool(_IDENTITY_CUE.search(named))
    if 16 <= len(number) <= _LONGEST and _CARD.fullmatch(number):
        return bool(_CARD_CUE.search(named)) or (alone and number.startswith("62") and luhn.is_valid(number))
    if 10 <= len(number) <= 12 and number.startswith("0"):
        return bool(_PHONE_CUE.search(named))
    return len(number) == 15 and bool(_IDENTITY_CUE.search(named) and _WHOLE.fullmatch(number))


# --- whole cells ------------------------------------------------------------------------------


def _numbers(
    cells: Sequence[TextBlock], columns: Sequence[int], pieces: Sequence[int]
) -> Iterator[tuple[Place, ...]]:
    """Numbers in neighbours among `pieces`, the cells that may be a piece of one."""
    for run in _runs(cells, pieces, _PIECE):
        yield from _windows(run, cells, columns)
    if len(pieces) >= _FEWEST_BOXES:
        for run in _runs(cells, pieces, _BOX):
            yield from _boxes(run, cells)


def _may_be_pair(one: TextBlock, two: TextBlock) -> bool:
    """Whether `_pair_views` has to look at two neighbours, whatever the first begins with."""
    return "@" in one.text or "@" in two.text or _hold_a_name(_header(one), _header(two))


@lru_cache(maxsize=1024)
def _hold_a_name(one: str, two: str) -> bool:
    """Whether headers say that two cells are one name."""
    return bool(_name_order(one, two)) or (one.endswith(_WHOLE_NAME) and not two)


def _pair_views(cells: Sequence[TextBlock], index: int) -> Iterator[TextBlock]:
    """What a cell and the next one are together."""
    headers = _header(cells[index]), _header(cells[index + 1])
    if order := _name_order(*headers):
        for places in _pair(cells, [index + place for place in order], (_NAME_PART, _NAME_PART)):
            yield joined(cells, places, _WHOLE_NAME)
    elif headers[0].endswith(_WHOLE_NAME) and not headers[1]:  # merged over both
        for places in _pair(cells, [index, index + 1], (_LETTER, _LETTERS)):
            yield joined(cells, places, _WHOLE_NAME)
    for places in _written_apart(cells, index):
        yield joined(cells, places)


@lru_cache(maxsize=1024)
def _name_order(one: str, two: str) -> tuple[int, ...]:
    """Which of two columns has the surname and which the name; empty when they have no such headers."""
    headers = one, two
    for order in ((0, 1), (1, 0)):
        surname, given = _SURNAME.fullmatch(headers[order[0]]), _GIVEN.fullmatch(headers[order[1]])
        if surname and given and surname[1] == given[1]:
            return order
    return ()


def _written_apart(cells: Sequence[TextBlock], index: int) -> Iterator[tuple[Place, ...]]:
    """Forms that two cells have only together: an address of mail, a number plate, a telephone with area code."""
    one, two = cells[index].text, cells[index + 1].text
    if len(one) > _LONGEST_PART or len(two) > _LONGEST_PART:
        return
    pair = [index, index + 1]
    if (one + two).count("@") == 1:
        yield from _pair(cells, pair, (_LOCAL, _DOMAIN))
    if one.lstrip()[:1] == "0":
        headers = [header for place in pair if (header := _header(cells[place]))]
        if not headers or any(map(_AREA_HEADER.search, headers)):
            yield from _pair(cells, pair, (_AREA, _LINE))
    if one.lstrip()[:1] in _PROVINCES:
        for left, right in _PLATE:
            yield from _pair(cells, pair, (left, right))


def _pair(
    cells: Sequence[TextBlock], places: Sequence[int], forms: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[tuple[Place, ...]]:
    matches = [form.fullmatch(cells[place].text) for form, place in zip(forms, places, strict=True)]
    if all(matches):
        yield tuple(
            Place(place, *match.span(1)) for place, match in zip(places, matches, strict=True) if match
        )


def _header(cell: TextBlock) -> str:
    return cell.labels[0] if cell.labels else ""


def _runs(
    cells: Sequence[TextBlock], pieces: Sequence[int], form: re.Pattern[str]
) -> Iterator[Sequence[Place]]:
    """Neighbouring cells of a form, between which nothing stands."""
    run: list[Place] = []
    for index in pieces:
        text = cells[index].text
        match = form.fullmatch(text) if len(text) <= _LONGEST_PART else None
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
    headers = {header for place in run if (header := _header(cells[place.part]))}
    if not text.isdecimal() and any(map(str.isdecimal, text)) and len(headers) < 2:
        yield tuple(run)


def _windows(
    run: Sequence[Place], cells: Sequence[TextBlock], columns: Sequence[int]
) -> Iterator[tuple[Place, ...]]:
    parts = [cells[index].text[start:end].translate(_PLAIN) for index, start, end in run]
    taken = 0
    for first in range(len(run)):
        text = ""
        best = 0
        for last in range(first, len(run)):
            text += parts[last]
            if len(text) > _LONGEST:
                break
            if last > first and _form(text):
                places = run[first : last + 1]
                gaps = columns[places[-1].part] - columns[places[0].part] >= len(places)
                headers = [header for place in places if (header := _header(cells[place.part]))]
                alone = len(places) == len(run)
                pieces = parts[first : last + 1]
                if _reads(text, pieces, list(dict.fromkeys(headers)), gaps, alone) or (
                    (alone or max(map(len, pieces)) > 1) and _is_led(cells, places, pieces)
                ):
                    best = last + 1
        if best > taken:
            yield tuple(run[first:best])
            taken = best


def _form(text: str) -> str:
    """What digits may be: a phone, identity or card number, or nothing."""
    if len(text) in (11, 15, 18) and _WHOLE.fullmatch(text):
        return "phone" if len(text) == 11 else "identity"
    return "card" if len(text) >= 16 and _CARD.fullmatch(text) else ""


def _reads(text: str, parts: Sequence[str], headers: Sequence[str], gaps: bool, alone: bool) -> bool:
    """Whether cells are parts of one number, by its form and by what their headers say.

    `gaps`: empty cells stand between them; `alone`: no other numbers stand beside them.
    """
    form, shape = _form(text), tuple(map(len, parts))
    in_fours = set(shape[:-1]) == {4}
    if form == "card" and not (in_fours or (len(parts) == 2 and luhn.is_valid(text))):
        return False
    if headers and _NUMBERED.search(headers[0]) and all(map(_is_part, headers)):
        return True
    checked = form != "identity" or resident_id.is_valid(text)
    if gaps:
        return form == "identity" and checked
    usual = checked and (shape in _USUAL or form != "phone")
    if len(headers) < 2:
        free = not headers or not is_label(headers[0]) or headers[0][-1] in "号码"
        boxes = max(shape) == 1 and alone and checked  # scores of a scale are single digits too
        return free and (boxes or (max(shape) > 1 and usual and not _may_be_amounts(parts)))
    if all(map(_is_part, headers)) or any(map(_NUMBERED.search, headers)):
        return usual or (form == "identity" and all(map(_is_part, headers)))
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
    form = _form("".join(parts))
    return max(shape) == 1 or form != "phone" or shape in _USUAL


class Boxes:
    """Figures that stand in boxes of their own, one after the other, as forms have them for a number.

    Boxes that belong to several rows or are there twice are told apart by a `row`.
    """

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[float, TextBlock]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._runs.values()))

    def add(self, box: TextBlock, row: str = "", left: float = 0.0) -> Iterator[TextBlock]:
        """The next box, and how far to the left it begins; gives the views over those before it that it ends."""
        if is_figures(box.text):
            self._runs.setdefault(row, []).append((left, box))
        else:
            yield from _run_views(self._runs.pop(row, ()))

    def end(self) -> Iterator[TextBlock]:
        """Something else stands behind them."""
        runs, self._runs = self._runs, {}
        for run in runs.values():
            yield from _run_views(run)


def _run_views(run: Sequence[tuple[float, TextBlock]]) -> Iterator[TextBlock]:
    """As they follow each other in the file, and from left to right."""
    boxes = [box for _, box in run]
    yield from box_views(boxes)
    moved = [box for _, box in sorted(run, key=lambda one: one[0])]
    if moved != boxes:
        yield from (replace(view, id=f"{view.id}<") for view in box_views(moved))


def is_figures(text: str) -> bool:
    """Whether a text is a few figures, as stand in a box."""
    return _FIGURES.fullmatch(text) is not None


def box_views(boxes: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Views over boxes with figures, where all of them together may be a number."""
    if may_be_number([box.text for box in boxes]):
        yield from row_views(boxes, range(len(boxes)))


def may_be_number(texts: Sequence[str]) -> bool:
    """Whether the figures of several boxes may be one number together."""
    figures = [text.strip() for text in texts]
    if len(figures) < 2 or sum(map(len, figures)) not in _NUMBER_LENGTHS:
        return False
    return max(map(len, figures)) > 1 or may_be_boxes(figures)


def may_be_boxes(figures: Sequence[str]) -> bool:
    """Whether figures that stand alone may be one number: as many as one has, and not the answers of a scale.

    >>> may_be_boxes("13800138000"), may_be_boxes("13422013420"), may_be_boxes("138")
    (True, False, False)
    """
    return len(figures) in _NUMBER_LENGTHS and max(figures) > _HIGHEST_ANSWER


def are_answers(name: str) -> bool:
    """Whether something is called the answers of a scale, or scores.

    >>> are_answers("PHQ-9得分"), are_answers("scores"), are_answers("digits")
    (True, True, False)
    """
    return _ANSWERS.search(name) is not None


def may_go_on(before: str, name: str) -> bool:
    """Whether what has one name may be a part of the same number as what has the other.

    >>> may_go_on("c1", "c2"), may_go_on("tel_area", "tel_rest"), may_go_on("height", "year"), may_go_on("Phone", "rest")
    (True, True, False, True)
    """
    one, other = (_STEM.sub("", said).casefold() for said in (before, name))
    if any(len(said) < (_BEGINNING if said.isascii() else 2) for said in (one, other)):
        return True
    if one[:_BEGINNING] == other[:_BEGINNING] or all(map(_is_part, (before, name))):
        return True
    return any(map(_NUMBERED.search, (before, name)))


def is_number(header: str) -> bool:
    """Whether a header names a telephone, identity or account number.

    >>> [is_number(header) for header in ("联系电话", "phone", "金额")]
    [True, True, False]
    """
    return bool(_NUMBERED.search(header))


def _is_part(header: str) -> bool:
    return bool(_NUMBERED.search(header) or _PART.search(header))
