"""What the layout of a table says about its cells: headers, labels to the left.

Used for delimited text, Markdown, Word and Excel. A table is a sequence of rows, a row a
sequence of `(column, text)`. Wrong labels cost little (the detector asks whether they
name a field); missing ones cost a name that stands alone in its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, islice, pairwise
from typing import TypeVar

from deid.formats.unheaded import are_persons, labels_of_persons, names_beside_numbers
from deid.grammar.fieldnames import HOLDS_VALUE, is_label, of_whom

Row = TypeVar("Row")
Cells = Sequence[tuple[int, str]]
Labels = Mapping[int, tuple[str, ...]]

HEAD = 12  # rows looked at before the first is labelled
SEEN = 64  # rows among which other tables may begin below a title
_SHORT = 12  # characters of a header
_HARDLY_ANY = 0.2
_OF_A_NOTE = re.compile("[备附]?注|说明|[合小总]计|提[醒示]|制表")
_WORD = re.compile("[一-鿿]{2,8}")
_OF_A_PLACE = re.compile("[店点站处部类别区线路目务城院所厅室台司厂坊网栋楼]$")
"""What may have a number of a telephone and is nobody."""
_TITLE = re.compile(
    "^[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．]|^附[件表录]|[表单册]$|(?:情况|信息|统计|汇总|明细|数据|如下)$"
)
_QUESTION = re.compile(
    r"[?？]\s*$|^\s*[(（【\[]?(?:[QqT]?[0-9]{1,3}\s*[.、．:：]|第[0-9]{1,3}题|[单多]选|填空|量表|矩阵)"
)
_QUESTIONS = 3
"""Questions in the header of a survey; some of all headers."""
_ASKS = re.compile("^请问|[是为叫]?(?:什么|多少|哪[里个儿]|谁)?呢?[?？]+$")
_NAMING = re.compile(
    r"(?:.*_)?(?:key|k|field|attr(?:ibute)?|prop(?:erty)?|param|label|question)(?:_?name)?|.*(?:字段|属性|键|标签|参数|问题|题目)名?",
    re.IGNORECASE,
)
_VALUED = re.compile(r"(?:.*_)?(?:value|val|v|answer)|.*(?:值|答案|回答)", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9０-９]")
_CORNER = re.compile(
    "[项题]目|指标|字段|信息|内容|栏目?|条目|属性|参数|类[别型]|名称|对象|人员|情况|说明|item|field|attribute|parameter|key|name",
    re.IGNORECASE,
)
"""What stands over names of fields, beside words that say of whom or of what they are."""


def bare(label: str) -> str:
    """A label without colon, asterisk and white space around it, and a question without what asks."""
    return _ASKS.sub("", label.strip().strip(":：*＊ \u3000"))


def labelled(
    rows: Iterable[Row],
    cells: Callable[[Row], Cells],
    *,
    passes: Callable[[Row], bool] = lambda row: False,
) -> Iterator[tuple[Row, Labels]]:
    """Each row with the labels of its cells by column: the header, then the cell to the left.

    `passes` says of a row whose first text is no label whether nobody asks for its labels: without
    looking at its cells it has none.

    Lazy but for the first rows, by which it tells a list under a header from a form
    (`姓名 | 张三 | 性别 | 男`). A second header further down replaces the first, and so does one below a title.
    """
    ahead = iter(rows)
    head = list(islice(ahead, SEEN))
    shown = [[(column, text) for column, text in cells(row) if text.strip()] for row in head]
    first = shown[:HEAD]
    persons = _persons_above(first)
    form, across = _is_form(first), persons is not None or _goes_across(first)
    header: dict[int, str] | None = None
    headed = -2  # the last row that was one
    under: dict[int, tuple[str, ...]] = {}
    tells_keys = False
    # told when a row asks: it takes lexicons, and a list with a header asks for none
    unheaded = cache(partial(_of_persons, [] if form or across else first))
    for index, row in enumerate(chain(head, ahead)):
        known = index < len(shown)
        if not known and headed != index - 1 and (header is not None or form) and passes(row):
            yield row, {}  # below a header only a row of labels is another one
            continue
        filled = shown[index] if known else [cell for cell in cells(row) if cell[1].strip()]
        below = shown[index + 1 : index + 1 + HEAD] if known else []
        if index and _entitles(filled, below):
            header, form, across, under = None, False, False, {}
            yield row, {}
            continue
        second = header is not None and headed == index - 1 and _divides(filled, header)
        if index == persons:
            yield row, {column: ("姓名",) for column, _ in _heads(filled)}
        elif across and len(filled) > 1:
            yield row, _across(filled)
        elif second or _is_header(filled, below, again=header is not None or form):
            upper = header if second and header else {}
            header, form = {**upper, **{column: bare(text) for column, text in filled}}, _is_form(below)
            headed = index
            under = {column: of_whom(name, header.values()) for column, name in header.items()}
            for column in names_beside_numbers(below, [*header]):
                if not (is_label(header[column]) or _OF_A_PLACE.search(header[column])):
                    under[column] = ("姓名", *under[column])
            tells_keys = bool(_pairs_in(under))
            yield row, {}
        elif header is None and (names := unheaded()):
            yield row, names
        elif header is None or form or _have_colon(filled):
            yield row, _labels(filled, header, form)
        elif filled and _OF_A_NOTE.fullmatch(bare(filled[0][1])):
            yield row, {}  # below a list: what stands there belongs to no column
        else:
            yield row, keyed(under, filled) if tells_keys else under


def keyed(labels: Labels, cells: Cells) -> Labels:
    """The labels of a row, with the name of the field where a cell tells it of the next one: key | value.

    >>> keyed({0: ("attr_name",), 1: ("attr_value",)}, [(0, "姓名"), (1, "平安")])
    {0: ('attr_name',), 1: ('姓名', 'attr_value')}
    """
    if not (pairs := _pairs_in(labels)):
        return labels
    texts = dict(cells)
    told = {value: bare(texts[key]) for key, value in pairs if _may_be_key(texts.get(key, ""))}
    return {**labels, **{value: (name, *labels[value]) for value, name in told.items()}}


def _may_be_key(text: str) -> bool:
    """Whether a cell among names of fields is one: what it names is for others to say."""
    return is_label(text) or _WORD.fullmatch(bare(text)) is not None


def _pairs_in(labels: Labels) -> tuple[tuple[int, int], ...]:
    return _pairs(tuple((column, names[0]) for column, names in labels.items() if names))


@lru_cache(maxsize=64)
def _pairs(names: tuple[tuple[int, str], ...]) -> tuple[tuple[int, int], ...]:
    """Columns of names of fields, each with that of the values beside it."""
    return tuple(
        (one, two)
        for (one, key), (two, value) in pairwise(names)
        if _NAMING.fullmatch(key) and _VALUED.fullmatch(value)
    )


def _of_persons(rows: Sequence[Cells]) -> Labels:
    """The labels of a list without a header."""
    return {column: (label,) for column, label in labels_of_persons(rows).items()}


def _have_colon(filled: Cells) -> bool:
    """Whether one of the cells ends with a colon."""
    whole = "\n".join([text for _, text in filled])
    return (":" in whole or "：" in whole) and any(_has_colon(text) for _, text in filled)


def _has_colon(text: str) -> bool:
    return text.rstrip()[-1:] in (":", "：")


def _labels(filled: Cells, header: Mapping[int, str] | None, form: bool) -> Labels:
    found: dict[int, tuple[str, ...]] = {}
    left = ""
    for column, text in filled:
        is_field = _has_colon(text) and is_label(text)
        names = [header[column]] if header and column in header and not is_field else []
        beside = form or header is None or _has_colon(left)
        is_key = is_label(left) or (form and len(filled) == 2 and _may_be_key(left))
        if beside and is_key and not is_label(text):  # else the value between them was left blank
            names.insert(0 if form or _has_colon(left) else len(names), bare(left))
        if names:
            found[column] = tuple(dict.fromkeys(names))
        left = text
    return found


def _goes_across(rows: Sequence[Cells]) -> bool:
    """Whether persons stand side by side, a row for what is told of each: 姓名 | 平安 | 茯苓 over 电话 | 138… | 139…."""
    first = min((row[0][0] for row in rows if row), default=0)
    wide = [row for row in rows if len(row) > 2 and row[0][0] == first]
    across = [row for row in wide if _is_corner(row[0][1]) and not _names_more(row)]
    return len(across) > 1 and across[0] is wide[0] and sum(map(_names_more, wide)) <= _HARDLY_ANY * len(wide)


def _is_corner(text: str) -> bool:
    return is_label(text) or _CORNER.fullmatch(bare(text)) is not None


def _heads(filled: Cells) -> Cells:
    """What a row has over the columns of a table that goes across: all but its corner."""
    return filled[1:] if filled and _CORNER.fullmatch(bare(filled[0][1])) else filled


def _persons_above(rows: Sequence[Cells]) -> int | None:
    """The row that says of whom each column tells: 项目 | 平安 | 茯苓 over 电话 | 138… | 139…."""
    first = min((row[0][0] for row in rows if row), default=0)
    for index, row in enumerate(rows):
        heads = _heads(row)
        if len(heads) > 1:
            told = [below for below in rows[index + 1 :] if below and below[0][0] == first]
            fields = [(bare(label), [text.strip() for _, text in texts]) for (_, label), *texts in told]
            is_above = heads[0][0] > first and are_persons([text.strip() for _, text in heads], fields)
            return index if is_above else None
    return None


def _names_more(filled: Cells) -> bool:
    """Whether a cell behind the first one is a label."""
    return any(is_label(text) for _, text in filled[1:])


def _across(filled: Cells) -> Labels:
    """All cells of a row have the label at its beginning."""
    (_, label), *others = filled
    return {column: (bare(label),) for column, _ in others} if is_label(label) else {}


def _is_header(filled: Cells, below: Sequence[Cells], *, again: bool) -> bool:
    if again:  # asked of every row of a list, of which nearly all are none by their first cell
        return len(filled) >= 3 and all(is_label(text) and len(text) <= 24 for _, text in filled)
    rest = [cell for cell in filled if not _QUESTION.search(cell[1])]
    asked, named = len(filled) - len(rest), sum(is_label(text) for _, text in rest)
    if asked >= _QUESTIONS or (asked and named > max(1, len(rest) / 2)):
        return not any(HOLDS_VALUE.search(text) or len(text) > 24 for _, text in rest)
    if not filled or any(HOLDS_VALUE.search(text) or len(text) > 24 for _, text in filled):
        return False
    if _pairs(tuple((column, bare(text)) for column, text in filled)):
        return True
    if _is_of_form(filled) and (not below or (below[0] and is_label(below[0][0][1]))):
        return False
    named = sum(is_label(text) for _, text in filled)
    if len(filled) == 1:
        alone = bool(below) and all(len(row) <= 1 for row in below)
        return named == 1 and alone and filled[0][1].strip()[-1] not in ":："
    if named * 2 > len(filled):
        return True
    if len(filled) >= 3 and named * 4 >= len(filled):
        return True
    return _contrasts(filled, below) or _stands_above(filled, below)


def _is_of_form(filled: Cells) -> bool:
    """`姓名 | 张三 | 性别 | 男`."""
    are_labels = [is_label(text) for _, text in filled]
    return len(filled) >= 4 and all(are_labels[0::2]) and not any(are_labels[1::2])


def _entitles(filled: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row is the title of another table, whose header comes next: 二、物资清单 over 名称 | 数量."""
    if len(filled) != 1 or not below or len(below[0]) < 2 or not _TITLE.search(bare(filled[0][1])):
        return False
    head, *rows = below
    texts = [text.strip() for _, text in head]
    if len({*texts}) < len(texts) or any(HOLDS_VALUE.search(t) or len(t) > _SHORT for t in texts):
        return False
    return all(map(is_label, texts)) or _contrasts(head, rows)


def _divides(filled: Cells, header: Mapping[int, str]) -> bool:
    """Whether a row below a header divides merged cells of it: 患者 over 姓 | 名, 费用 over 应收 | 实收 beside others."""
    under = sum(column in header for column, _ in filled)
    named = sum(is_label(text) for _, text in filled)
    if len(filled) < 2 or under == len(filled) or any(HOLDS_VALUE.search(text) for _, text in filled):
        return False
    if named == len(filled) or _fills_gaps(filled, header):
        return True
    first = next((text for column, text in filled if column in header), "")
    return len(filled) > len(header) and named * 2 >= len(filled) and is_label(first)


def _fills_gaps(filled: Cells, header: Mapping[int, str]) -> bool:
    """Whether words stand only where cells of a header reach over several columns: 基本工资 | 绩效 under 应发, below 姓名 nothing."""
    columns = {column for column, _ in filled}
    gaps = columns - header.keys()
    merged = {column for column in header if column + 1 in gaps}
    alone = header.keys() - merged
    texts = {text.strip() for _, text in filled}
    return (
        len(alone) > 1
        and bool(merged)
        and columns.isdisjoint(alone)
        and len(texts) == len(filled)
        and not any(len(text) > _SHORT or _DIGIT.search(text) for text in texts)
    )


def _stands_above(filled: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row of short, distinct words has a field's name in it, with values below that name none.

    A form has names of fields below the first one: `姓名 | 平安`, `性别 | 男`.
    """
    texts = [text.strip() for _, text in filled]
    words = set(texts)
    if len(words) < len(texts) or any(len(t) > _SHORT or t.isdecimal() or t[-1] in ":：" for t in texts):
        return False
    columns = {column for column, text in filled if is_label(text)}
    under = [text for row in below for column, text in row if column in columns]
    return bool(under) and not any(is_label(text) or text.strip() in words for text in under)


def _contrasts(filled: Cells, below: Sequence[Cells]) -> bool:
    """Whether numbers stand below words."""
    under: dict[int, list[str]] = {}
    for row in below:
        for column, text in row:
            under.setdefault(column, []).append(text)
    for column, text in filled:
        values = under.get(column, [])
        numbers = sum(bool(HOLDS_VALUE.search(value)) for value in values)
        if numbers and not _DIGIT.search(text) and numbers * 2 >= len(values):
            return True
    return False


def _is_form(rows: Sequence[Cells]) -> bool:
    """Whether every other cell names a field, and the cell after it does not."""
    wide = [row for row in rows if len(row) >= 2]
    if not wide or sum(is_label(text) for _, text in wide[0]) * 2 > len(wide[0]):
        return False
    names = [is_label(text) for row in wide for _, text in row[0::2]]
    values = [is_label(text) for row in wide for _, text in row[1::2]]
    share = sum(names) / len(names)
    return share >= 0.5 and share - sum(values) / len(values) >= 0.3
