"""What the layout of a table says about its cells: headers, labels to the left, split identifiers.

Used for delimited text, Markdown, Word and Excel. A table is a sequence of rows, a row a
sequence of `(column, text)`. Wrong labels cost little (the detector asks whether they
name a field); missing ones cost a name that stands alone in its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeVar

Row = TypeVar("Row")
Cells = Sequence[tuple[int, str]]
Labels = Mapping[int, tuple[str, ...]]

_HEAD = 12  # rows looked at before the first is labelled
_SHORT = 12  # characters of a header
_NAMES = re.compile(
    r"(?:姓名|名字|名称|患者|病人|客户|会员|称呼|昵称|家属|医生|医师|护士|顾问|客服|经办|签名|签字|.人|来访者|受检者|"
    r"性别|年龄|民族|籍贯|国籍|职业|职务|职称|岗位|学历|婚姻|婚否|宗教|血型|身高|体重|关系|"
    r"电话|手机|座机|联系方式|传真|微信|QQ|邮箱|邮件|网址|地址|住址|住所|户籍|所在地|城市|省份|区县|邮编|"
    r"身份证|证件|护照|医保卡?|社保卡?|银行|开户行|账户|账号|帐号|卡号|税号|信用代码|车牌|"
    r"号|号码|编号|序号|单号|病历|床位|批号|代码|编码|工号|ID|id|"
    r"单位|机构|部门|科室|病区|^.{0,2}(?:公司|企业|学校|医院|诊所|门店)|"
    r"日期|时间|生日|年月|月份|年份|"
    r"诊断|症状|主诉|病史|现病史|既往史|过敏史|用药|药品|处方|检查|检验|结果|治疗|手术|方案|建议|医嘱|"
    r"金额|费用|价格|数量|单价|合计|收入|渠道|来源|状态|类型|类别|级别|等级|项目|内容|情况|说明|原因|备注|摘要|记录|问题|回复|意见|结论|照片|图片|头像|附件|"
    r"血糖|血压|血脂|尿酸|肌酐|体温|脉搏|心率|BMI|bmi|险种|套餐|产品|品种|爱好|班次|分数|得分|成绩|排名|名次|疗效)"
    r"$"
)
_ENGLISH = re.compile(
    r"(?:^|[ _\-]|(?<=[a-z]))(?:names?|phone|mobile|tel|cell|fax|e?mail|address|addr|city|id|no|num|number|code|date|time|"
    r"birthday|dob|birth|gender|sex|age|dept|department|doctor|physician|patient|contact|company|hospital|type|status|"
    r"remarks?|notes?|comment|diagnosis|wechat|qq|card|account|amount|price|title|role)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(（\[【〔][^)）\]】〕]{0,20}[)）\]】〕]\s*$")
_VALUE = re.compile(r"[0-9０-９]{4}|[@，。；！？]|[:：].*\S")
_DIGIT = re.compile(r"[0-9０-９]")


def is_label(text: str) -> bool:
    """Whether a cell names a field.

    >>> [is_label(text) for text in ("联系电话（必填）", "姓名：", "patient_name", "张三", "13800138000")]
    [True, True, True, False, False]
    """
    plain = text.strip()
    if not plain or len(plain) > 20 or _VALUE.search(plain):
        return False
    if plain[-1] in ":：":
        return len(plain) > 1
    plain = _ASIDE.sub("", plain).strip("*＊ \u3000").replace(" ", "").replace("\u3000", "")
    return bool(_NAMES.search(plain) or _ENGLISH.search(plain))


def bare(label: str) -> str:
    """A label without colon, asterisk and white space around it."""
    return label.strip().strip(":：*＊ \u3000")


def labelled(rows: Iterable[Row], cells: Callable[[Row], Cells]) -> Iterator[tuple[Row, Labels]]:
    """Each row with the labels of its cells by column: the header, then the cell to the left.

    Lazy but for the first rows, by which it tells a list under a header from a form
    (`姓名 | 张三 | 性别 | 男`). A second header further down replaces the first.
    """
    ahead = iter(rows)
    head = list(islice(ahead, _HEAD))
    shown = [[(column, text) for column, text in cells(row) if text.strip()] for row in head]
    form = _is_form(shown)
    header: dict[int, str] | None = None
    for index, row in enumerate(chain(head, ahead)):
        known = index < len(shown)
        filled = shown[index] if known else [cell for cell in cells(row) if cell[1].strip()]
        below = shown[index + 1 :] if known else []
        if _is_header(filled, below, again=header is not None or form):
            header, form = {column: bare(text) for column, text in filled}, _is_form(below)
            yield row, {}
        else:
            yield row, _labels(filled, header, form)


def _labels(filled: Cells, header: Mapping[int, str] | None, form: bool) -> Labels:
    found: dict[int, tuple[str, ...]] = {}
    left = ""
    for column, text in filled:
        names = [header[column]] if header and column in header else []
        beside = form or header is None or left.rstrip()[-1:] in (":", "：")
        if beside and is_label(left) and not is_label(text):  # else the value between them was left blank
            names.insert(0 if form else len(names), bare(left))
        if names:
            found[column] = tuple(dict.fromkeys(names))
        left = text
    return found


def _is_header(filled: Cells, below: Sequence[Cells], *, again: bool) -> bool:
    if not filled or any(_VALUE.search(text) or len(text) > 24 for _, text in filled):
        return False
    named = sum(is_label(text) for _, text in filled)
    if again:
        return len(filled) >= 3 and named == len(filled)
    if len(filled) == 1:
        alone = bool(below) and all(len(row) <= 1 for row in below)
        return named == 1 and alone and filled[0][1].strip()[-1] not in ":："
    if named * 2 > len(filled):
        return True
    if len(filled) >= 3 and named * 4 >= len(filled):
        return True
    return _contrasts(filled, below) or _stands_above(filled, below)


def _stands_above(filled: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row of short, distinct words has a field's name in it, with values below that name none.

    A form has names of fields below the first one: `姓名 | 平安`, `性别 | 男`.
    """
    texts = [text.strip() for _, text in filled]
    if len(set(texts)) < len(texts) or any(len(t) > _SHORT or t.isdecimal() or t[-1] in ":：" for t in texts):
        return False
    columns = {column for column, text in filled if is_label(text)}
    under = [text for row in below for column, text in row if column in columns]
    return bool(under) and not any(is_label(text) or text.strip() in texts for text in under)


def _contrasts(filled: Cells, below: Sequence[Cells]) -> bool:
    """Whether numbers stand below words."""
    for column, text in filled:
        under = [other for row in below for place, other in row if place == column]
        numbers = sum(bool(_VALUE.search(other)) for other in under)
        if numbers and not _DIGIT.search(text) and numbers * 2 >= len(under):
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


def split_values(cells: Cells, labels: Labels) -> Iterator[tuple[tuple[int, int, int], ...]]:
    """Neighbouring cells that hold one value together: `(index in cells, start, end)` per cell."""
    yield from split_numbers(cells, labels)
    first = [labels[column][0] if labels.get(column) else "" for column, _ in cells]
    for index in range(len(cells) - 1):
        pair = cells[index : index + 2]
        if (first[index], first[index + 1]) in _NAME_COLUMNS and all(text.strip() for _, text in pair):
            yield tuple(
                (index + place, len(text) - len(text.lstrip()), len(text.rstrip()))
                for place, (_, text) in enumerate(pair)
            )


def joined_labels(names: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a value that begins in a cell with these."""
    return (_WHOLE_NAME, *names) if any(names[:1] == pair[:1] for pair in _NAME_COLUMNS) else names


_WHOLE_NAME = "姓名"
_NAME_COLUMNS = frozenset({("姓", "名"), ("姓氏", "名字"), ("姓氏", "名")})
_PIECE = re.compile(r"\s*([0-9０-９*＊]+[Xx×]?|[Xx×])\s*")
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_WHOLE = re.compile(
    rf"1[3-9][0-9*]{{9}}|[1-9][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}|\*{{8}})[0-9*]{{3}}[0-9Xx*]"
    rf"|[1-9][0-9]{{5}}[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}"
)
_CARD = re.compile(r"(?:62|[3-6])[0-9]{14,17}")
_PLAIN = str.maketrans("０１２３４５６７８９＊×x", "0123456789*XX")
_PART_HEADER = re.compile(r"手机|电话|联系|号|证|前|后|段|位|[0-9A-Za-z]$")
_USUAL = {(3, 4, 4), (3, 8), (7, 4), (4, 7), (4, 4, 3), (3, 3, 5)}


def split_numbers(cells: Cells, labels: Labels) -> Iterator[tuple[tuple[int, int, int], ...]]:
    """Runs of neighbouring cells that together read as a phone, identity or card number.

    Each is `(index in cells, start, end)` per cell, white space left out. Columns of
    measurements also add up to eleven digits now and then, so where each column has a header
    of its own, only the usual ways to write a phone number count.
    """
    run: list[tuple[int, int, int]] = []
    for index in range(len(cells) + 1):
        match = _PIECE.fullmatch(cells[index][1]) if index < len(cells) else None
        if match and run and cells[index][0] != cells[index - 1][0] + 1:
            yield from _windows(run, cells, labels)
            run = []
        if match:
            run.append((index, match.start(1), match.end(1)))
        elif run:
            yield from _windows(run, cells, labels)
            run = []


def _windows(
    run: Sequence[tuple[int, int, int]], cells: Cells, labels: Labels
) -> Iterator[tuple[tuple[int, int, int], ...]]:
    if len(run) < 2:
        return
    parts = [cells[index][1][start:end].translate(_PLAIN) for index, start, end in run]
    taken = 0
    for first in range(len(run)):
        text = ""
        best = 0
        for last in range(first, len(run)):
            text += parts[last]
            if len(text) > 19:
                break
            if last > first and _reads(text, parts[first : last + 1]):
                headed = [labels.get(cells[place][0]) for place, *_ in run[first : last + 1]]
                shape = tuple(map(len, parts[first : last + 1]))
                if len(text) > 11 or max(shape) == 1 or not _apart(headed, shape):
                    best = last + 1
        if best > taken:
            yield tuple(run[first:best])
            taken = best


def _apart(headed: Sequence[tuple[str, ...] | None], shape: tuple[int, ...]) -> bool:
    """Whether headers say that cells that look like a phone number hold one value each."""
    names = {labels[0] for labels in headed if labels}
    return len(names) > 1 and (shape not in _USUAL or not any(map(_PART_HEADER.search, names)))


def _reads(text: str, parts: Sequence[str]) -> bool:
    if len(text) in (11, 15, 18) and _WHOLE.fullmatch(text):
        return len(text) != 15 or len(parts) != 1
    return (
        16 <= len(text) <= 19
        and bool(_CARD.fullmatch(text))
        and (_luhn(text) or set(map(len, parts[:-1])) == {4})
    )


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 * (number > 9)
    return total % 10 == 0
