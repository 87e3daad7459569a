"""What the layout of a table says about its cells: headers, labels to the left.

Used for delimited text, Markdown, Word and Excel. A table is a sequence of rows, a row a
sequence of `(column, text)`. Wrong labels cost little (the detector asks whether they
name a field); missing ones cost a name that stands alone in its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeVar

from deid.grammar.fieldnames import of_whom

Row = TypeVar("Row")
Cells = Sequence[tuple[int, str]]
Labels = Mapping[int, tuple[str, ...]]

HEAD = 12  # rows looked at before the first is labelled
_SHORT = 12  # characters of a header
_NAMES = re.compile(
    r"(?:姓名|名字|名称|曾用名|别名|英文名|小名|乳名|(?:^(?:患者|病人|客户|会员|家属|联系人|员工)?|(?<=[A-Za-z]))(?:姓氏?|名)|患者|病人|客户|会员|称呼|昵称|家属|医生|医师|护士|顾问|客服|经办|签名|签字|.人|来访者|受检者|"
    r"性别|年龄|民族|籍贯|国籍|职业|职务|职称|岗位|学历|婚姻|婚否|宗教|血型|身高|体重|关系|"
    r"电话|手机|座机|联系方式|传真|微信|QQ|邮箱|邮件|网址|地址|住址|住所|现住|户籍|所在地|出生地|城市|省份|区县|邮编|"
    r"身份证|证件|护照|签证|医保卡?|社保卡?|银行|开户行|账户|账号|帐号|卡号|税号|信用代码|车牌|"
    r"号|号码|编号|序号|单号|病历|床位|批号|代码|编码|工号|ID|id|"
    r"单位|机构|部门|科室|病区|^.{0,2}(?:公司|企业|学校|医院|诊所|门店)|"
    r"日期|时间|生日|年月|月份|年份|"
    r"诊断|症状|主诉|病史|现病史|既往史|过敏史|用药|药品|处方|检查|检验|结果|提示|参考值|参考范围|治疗|处置|手术|方案|建议|医嘱|"
    r"金额|费用|价格|数量|单价|合计|收入|渠道|来源|状态|类型|类别|级别|等级|项目|内容|情况|说明|原因|备注|摘要|记录|问题|回复|意见|结论|照片|图片|头像|附件|题|题目|条目|"
    r"血糖|血压|血脂|尿酸|肌酐|体温|脉搏|心率|BMI|bmi|险种|套餐|产品|品种|爱好|班次|分数|得分|成绩|排名|名次|疗效)"
    r"$"
)
_ENGLISH = re.compile(
    r"(?:^|[ _\-]|(?<=[a-z]))(?:names?|phone|mobile|tel|cell|fax|e?mail|address|addr|city|id|no|num|number|code|date|time|"
    r"birthday|dob|birth|gender|sex|age|dept|department|doctor|physician|patient|contact|company|hospital|type|status|"
    r"remarks?|notes?|comment|diagnosis|wechat|qq|card|account|amount|price|total|sum|count|title|role)$",
    re.IGNORECASE,
)
_OF_A_NOTE = re.compile("[备附]?注|说明|[合小总]计|提[醒示]|制表")
_ASIDE = re.compile(r"\s*[(（\[【〔][^)）\]】〕]{0,20}[)）\]】〕]\s*$")
_COUNTED = re.compile(r"(?<=.)[0-9]{1,2}$")  # 电话2
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
    plain = _COUNTED.sub("", plain)
    return bool(_NAMES.search(plain) or _ENGLISH.search(plain))


def bare(label: str) -> str:
    """A label without colon, asterisk and white space around it."""
    return label.strip().strip(":：*＊ \u3000")


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
    (`姓名 | 张三 | 性别 | 男`). A second header further down replaces the first.
    """
    ahead = iter(rows)
    head = list(islice(ahead, HEAD))
    shown = [[(column, text) for column, text in cells(row) if text.strip()] for row in head]
    form = _is_form(shown)
    header: dict[int, str] | None = None
    headed = -2  # the last row that was one
    under: dict[int, tuple[str, ...]] = {}
    for index, row in enumerate(chain(head, ahead)):
        known = index < len(shown)
        if not known and headed != index - 1 and (header is not None or form) and passes(row):
            yield row, {}  # below a header only a row of labels is another one
            continue
        filled = shown[index] if known else [cell for cell in cells(row) if cell[1].strip()]
        below = shown[index + 1 :] if known else []
        second = header is not None and headed == index - 1 and _divides(filled, header)
        if second or _is_header(filled, below, again=header is not None or form):
            upper = header if second and header else {}
            header, form = {**upper, **{column: bare(text) for column, text in filled}}, _is_form(below)
            headed = index
            under = {column: of_whom(name, header.values()) for column, name in header.items()}
            yield row, {}
        elif header is None or form or _have_colon(filled):
            yield row, _labels(filled, header, form)
        elif filled and _OF_A_NOTE.fullmatch(bare(filled[0][1])):
            yield row, {}  # below a list: what stands there belongs to no column
        else:
            yield row, under


def _have_colon(filled: Cells) -> bool:
    """Whether one of the cells ends with a colon."""
    whole = "\n".join([text for _, text in filled])
    return (":" in whole or "：" in whole) and any(text.rstrip()[-1:] in (":", "：") for _, text in filled)


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
    if again:  # asked of every row of a list, of which nearly all are none by their first cell
        return len(filled) >= 3 and all(is_label(text) and len(text) <= 24 for _, text in filled)
    if not filled or any(_VALUE.search(text) or len(text) > 24 for _, text in filled):
        return False
    if _is_of_form(filled) and below and below[0] and is_label(below[0][0][1]):
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


def _divides(filled: Cells, header: Mapping[int, str]) -> bool:
    """Whether a row below a header divides merged cells of it: 患者 over 姓 | 名."""
    columns = [column for column, _ in filled]
    under = [column for column in columns if column in header]
    return len(filled) >= 2 and len(under) < len(filled) and all(is_label(text) for _, text in filled)


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
        numbers = sum(bool(_VALUE.search(value)) for value in values)
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
