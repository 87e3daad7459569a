"""Tables inside plain text: a header line, and lines of as many cells below it.

CSV pasted into a mail, a Markdown table, columns aligned with spaces: the header says what
each cell is, which is all that tells that 陈皮 under 推荐人 is a person and not a herb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple
from unicodedata import east_asian_width

from deid.grammar.fieldnames import is_label, of_whom
from deid.regexes import Regex

_BAR, _SLASH = r"[|｜│┃]", r"[ ][/／][ ]"
_BARS = Regex(_BAR)
_SPLITTERS = (
    Regex(r"\t"),
    _BARS,
    Regex(_SLASH),
    Regex(r","),
    Regex(r"[;；]"),
    Regex(r"[ ]{2,}"),
    Regex(r"[ ]"),
)
_BLANKS = Regex("[ ]+")
_WIDE = "[ ]{2,}"
_SPACED = (_WIDE, "[ ]")
_HEADER_CELL = Regex(r"(?![0-9]+$)(?!.*[0-9]{4})[^,，.!?。：:]{0,14}(?:[，：][^,，.!?。：:]{1,4})?")
_SENTENCE, _ASIDE_OPENS = Regex("[!?。]"), Regex("[(（]")
"""What a header holds in asides only, if at all."""
_ASIDE = Regex(r"[(（][^()（）]{1,14}[)）]$")
_LINE = Regex(r"[^\n]+")
_OF_THINGS = Regex(r"(?:项目|单位|公司|机构|医院|部门|科室|类[型别]|名称|产品|内容|症状|渠道|来源)$")
BAR_CODE = Regex(
    "(?:商品|产品|货品|国际|国标|一维|69)?条形?码(?:号|编?号码?)?|69码"
    "|(?i:(?:product|item|goods)?[ _]?bar[ _]?code|(?:ean|upc|gtin)(?:[ _-]?(?:8|12|13|14))?(?:[ _]?(?:code|no))?)"
)
"""What a column is called that may hold bar codes, of goods as well as of samples."""
_OF_GOODS = Regex(
    "(?:[品货]号|品名|商品(?:名称?|编[号码])|货品(?:名称?|编[号码])|规格型?号?|型号规格|装箱[数量]|起订量|(?:出厂|零售|批发|供货|销售|建议零售|含税|参考|进货)(?:单?价格?)|[进售]价)"
    "(?:[(][^()]{1,6}[)])?"
)
"""What a column beside it is called where they are those of goods."""
_OF_STOCK = Regex(
    "(?:药品|产品|耗材|物品)?(?:编[码号]|名称)|[品货]名|规格(?:型号)?|批(?:号|次号?)|(?:失|有)?效期至?|数量|单位|单价|金额|产地|厂家|生产(?:厂家|企业)"
)
_STOCK = 4
"""So many of those are the head of a list of what is in stock."""
_RULE = Regex(r"[\s|:+=-]*")
_TITLE = Regex(
    "^(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[、.]|[表单册]$|(?:情况|信息|统计|汇总|明细|数据|如下):?$"
)
_FIGURE = Regex("[0-9]{4}")
_HEADING = Regex(r"[☑☐□√]|(?<![^\n])[一二三四五六七八九十]{1,3}、|[^\n]{17}|[:：].")
_MOST_SPACED_CELLS = 12
_FRAME = "\"'* "
_LONGEST_LABEL, _FEWEST_CELLS = 8, 3
"""Characters of a label that stands beside another with one blank, and cells of a row that is read by where they stand."""

Cells = list[tuple[int, int]]


class _Header(NamedTuple):
    splitter: Regex
    names: list[str]
    heads: Sequence[Sequence[int]] = ()
    """Of a printed table without equal names the columns of a terminal in which they begin; those that one blank parts together."""


def find_cells(text: str, types_of: Callable[[str], Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """`(start, end, header)` of every cell below a header; `types_of` says what a header names."""
    if text.count("\n") < 1:
        return
    lines = [match.span() for match in _LINE.finditer(text)]
    index = width = 0
    while index < len(lines) - 1:
        header = _header(text, lines[index], types_of)
        if header is None or _goes_on(header.names, width, types_of):
            width = _width_of_form(text, lines[index], types_of)
            index += 1
            continue  # 工作单位 | 沪东公司 | 职务 | 副总, below 姓名 | 陈晓东 | 性别 | 男
        splitter, names, heads = header
        if any(map(_OF_GOODS.fullmatch, names)) and not any("PERSON" in types_of(name) for name in names):
            names = ["" if BAR_CODE.fullmatch(name) else name for name in names]
        called = {name: _labels_of(name, names) for name in names}
        index += 1
        spaced = splitter.pattern in _SPACED
        if spaced or len(names) == 2 or not any(_is_label(name, types_of) for name in names[1::2]):
            below = [text[slice(*_split(text, line, splitter)[0])] for line in lines[index : index + 2]]
            firsts = (names[0], *below)
            if len(below) == 2 and all(_is_label(word, types_of, names[0]) for word in firsts):
                continue  # 医院 | 市一院, 患者 | 闫淑芹, 证件 | …: a form
        begun = index
        while index < len(lines):
            cells = _split(text, lines[index], splitter)
            if heads and len(cells) < len(names):
                cells = _below(text, lines[index], heads, cells)
            if index > begun and _begins_another(text, lines[index : index + 3], splitter):
                break
            columns: Iterable[tuple[tuple[int, int], str]] = zip(cells, names, strict=False)
            if spaced and len(cells) > len(names) and text[slice(*cells[0])].isdecimal():
                columns = takewhile(lambda column: _is_one_word(text, *column, types_of), columns)
            elif len(cells) != len(names):
                if _RULE.fullmatch(text, *lines[index]) is None:
                    break
                columns = ()
            elif len(names) > 2 and _is_heading(text, cells):
                columns = ()
            for (start, end), name in columns:
                if start < end and name:
                    yield from ((start, end, label) for label in called[name])
            index += 1


def _below(text: str, line: tuple[int, int], heads: Sequence[Sequence[int]], cells: Cells) -> Cells:
    """The cells of a printed row in which columns are as close as words, or some are empty: as they stand below `heads`."""
    starts = [start for below in heads for start in below]
    words = [cell for cell in _split(text, line, _BLANKS) if cell[0] < cell[1]]
    if len(words) == len(starts):
        return words
    if len(cells) == len(heads):  # 硕士 2015.03 below 学历 入职
        return [
            part for cell, below in zip(cells, heads, strict=True) for part in _parts(text, cell, len(below))
        ]
    found = {_width(text, line[0], start): (start, end) for start, end in cells if start < end}
    if len(found) < _FEWEST_CELLS or not set(found) <= set(starts):
        return cells
    return [found.get(start, (line[0], line[0])) for start in starts]


def _parts(text: str, cell: tuple[int, int], count: int) -> Cells:
    """So many words of a cell, or none of them."""
    words = _split(text, cell, _BLANKS) if count > 1 else [cell]
    return words if len(words) == count else [(cell[0], cell[0])] * count


def _width(text: str, start: int, end: int) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return end - start + sum(east_asian_width(character) in "WF" for character in text[start:end])


def _labels_of(name: str, names: Sequence[str]) -> Sequence[str]:
    """What a column is called, and what that means beside the others: xm beside csrq is 姓名."""
    labels = of_whom(name, names)
    return labels if set(labels[1:]) <= {"姓名", "工作单位"} else (name,)


def _begins_another(text: str, lines: Sequence[tuple[int, int]], splitter: Regex) -> bool:
    """Whether a line is the header of another table, or its title: 二、物资清单 over 名称 | 数量."""
    rows = [[text[start:end] for start, end in _split(text, line, splitter)] for line in lines]
    first = [*filter(None, rows[0])]
    if len(first) > 2:
        return all(map(is_label, first))
    if len(rows) < 2 or len(first) != 1 or not (rows[0][0] and _TITLE.search(first[0])):
        return False
    head = [*filter(None, rows[1])]
    if len(head) < 2 or any(map(_FIGURE.search, head)):
        return False
    figures = len(rows) > 2 and any(
        name and _FIGURE.search(value) for name, value in zip(rows[1], rows[2], strict=False)
    )
    return figures or all(map(is_label, head))


def _is_heading(text: str, cells: Cells) -> bool:
    """Whether a line holds nothing but what goes over all columns: 二、既往史（可多选）, ☑高血压  ☐糖尿病."""
    first, *others = cells
    alone = first[0] < first[1] and all(start == end for start, end in others)
    return alone and _HEADING.search(text, *first) is not None


def _is_label(word: str, types_of: Callable[[str], Sequence[str]], header: str = "") -> bool:
    """Whether a cell names something other than what somebody does, as cells below 职务 do (护士).

    Below a `header` such as 项目 what looks like a label may be a value: 检查.
    """
    return (is_label(word) and not _OF_THINGS.search(header)) or any(
        kind != "OCCUPATION" for kind in types_of(word.strip(_FRAME))
    )


def _is_one_word(
    text: str, cell: tuple[int, int], name: str, types_of: Callable[[str], Sequence[str]]
) -> bool:
    """Whether a column holds no spaces: 姓名 does not, 处理 may, so that what follows stands in other columns."""
    return bool(name and types_of(name)) or text[slice(*cell)].isdecimal()


def _header(text: str, line: tuple[int, int], types_of: Callable[[str], Sequence[str]]) -> _Header | None:
    if line[1] - line[0] > 400 or (_SENTENCE.search(text, *line) and not _ASIDE_OPENS.search(text, *line)):
        return None
    for splitter in _SPLITTERS:
        if not splitter.search(text, *line):
            continue
        cells = _split(text, line, splitter)
        labels = [_labels_in(text, cell, types_of) for cell in cells] if splitter.pattern == _WIDE else []
        cells = [word for group in labels for word in group] or cells
        if len(cells) < 3 and not (len(cells) == 2 and splitter.pattern in (r"\t", ",", _BAR)):
            continue
        if splitter.pattern == "[ ]" and len(cells) > _MOST_SPACED_CELLS:
            continue
        names = [text[start:end].strip(_FRAME) for start, end in cells]
        if sum(map(bool, names)) < 2 or not all(
            _HEADER_CELL.fullmatch(_ASIDE.sub("", name)) for name in names
        ):
            continue
        if len(names) > 3 and len(set(names[::2])) == 1:
            continue  # 电话 | 138… | 电话 | 139…: a form for several side by side
        known = sum(bool(name and types_of(name)) for name in names)
        stock = labels and sum(map(bool, map(_OF_STOCK.fullmatch, names))) >= _STOCK
        if not (
            known >= 2 or stock or (known == 1 and len(cells) >= 3 and splitter.pattern in (r"\t", ",", _BAR))
        ):
            continue
        spaced = splitter.pattern in _SPACED
        if not (
            _is_of_form(names, types_of) and (spaced or _begins_with_label(text, line[1], splitter, types_of))
        ):
            apart = labels if len(set(names)) == len(names) else []
            heads = [[_width(text, line[0], start) for start, _ in group] for group in apart]
            return _Header(splitter, names, heads)
    return None


def _labels_in(text: str, cell: tuple[int, int], types_of: Callable[[str], Sequence[str]]) -> Cells:
    """The labels that stand together in a cell of a header, or the cell: 序号 门诊号."""
    words = _split(text, cell, _BLANKS)
    short = all(end - start <= _LONGEST_LABEL for start, end in words)
    return words if short and _are_labels([text[start:end] for start, end in words], types_of) else [cell]


def _width_of_form(text: str, line: tuple[int, int], types_of: Callable[[str], Sequence[str]]) -> int:
    """How many cells between bars a row of a form has, 0 where it is none."""
    names = [text[start:end].strip(_FRAME) for start, end in _split(text, line, _BARS)]
    return len(names) if len(names) > 3 and _are_labels(names[::2], types_of) else 0


def _goes_on(names: Sequence[str], width: int, types_of: Callable[[str], Sequence[str]]) -> bool:
    """Whether a row goes on with a form of so many cells: every other one is a label, and not all are."""
    return width == len(names) and _are_labels(names[::2], types_of) and not _are_labels(names, types_of)


def _are_labels(names: Sequence[str], types_of: Callable[[str], Sequence[str]]) -> bool:
    return all(is_label(name) or bool(types_of(name)) for name in names)


def _is_of_form(names: Sequence[str], types_of: Callable[[str], Sequence[str]]) -> bool:
    """Whether every other cell is a label: 工作单位 | 沪东轴承厂 | 医保类型 | ☑职工."""
    told = [is_label(name) or bool(types_of(name)) for name in filter(None, names)]
    return len(names) > 2 and len(told) % 2 == 0 and all(told[::2]) and not any(told[1::2])


def _begins_with_label(
    text: str, end: int, splitter: Regex, types_of: Callable[[str], Sequence[str]]
) -> bool:
    """Whether the line behind the one that ends at `end`, if there is one, goes on as a form does."""
    below = _LINE.search(text, end)
    return below is None or _is_label(text[slice(*_split(text, below.span(), splitter)[0])], types_of)


def _split(text: str, line: tuple[int, int], splitter: Regex) -> Cells:
    """Cells of a line, without the white space around them; outer bars of Markdown are no cells."""
    start, end = line
    cells: Cells = []
    position = start
    quotes = text.count('"', start, end)
    counted, inside = start, 0
    for match in (*splitter.finditer(text, start, end), None):
        if quotes and match:
            inside ^= text.count('"', counted, match.start()) % 2
            counted = match.start()
            if inside:
                continue  # a comma inside quotes
        stop = match.start() if match else end
        left, right = position, stop
        while left < right and text[left] in ' \t\r"':
            left += 1
        while right > left and text[right - 1] in ' \t\r"':
            right -= 1
        cells.append((left, right))
        position = match.end() if match else end
    framed = cells[0][0] == cells[0][1] and cells[-1][0] == cells[-1][1]
    if splitter.pattern == _BAR and len(cells) > 2 and framed:
        cells = cells[1:-1]
    return cells
