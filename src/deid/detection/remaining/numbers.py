"""Numbers, days and accounts that no recognizer took, by what stands around them and how they are written.

    登记那栏我填了 ZX-20931 的   回访排在廿三

The network says of each candidate which type it is, or none. `deid.training.numbers` trains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

from deid.detection.company import is_in_row_of_amounts
from deid.detection.days import sections_of
from deid.detection.literals import Screened
from deid.detection.networks import Floats, Spans, shipped
from deid.detection.reading import Reading
from deid.detection.remaining.rows import Reader, Rows, beside
from deid.detection.shares import is_no_day
from deid.detection.things import is_number_of_thing
from deid.grammar.name import HAN
from deid.regexes import Regex
from deid.types import Detection

NUMBERS = "numbers.onnx"
BEFORE, AFTER = 20, 8
"""So many characters are read before a candidate and behind it: the cue of a number stands further off than that of a name."""
FIRST, LAST = 10, 4
"""And so many of its own."""
COLUMNS = BEFORE + FIRST + LAST + AFTER
NONE = "none"
REMAINING = ("remaining",)
"""The evidence of what only the network says."""
LIKELY, _VERY_LIKELY = 0.7, 0.9
"""From this on what the network says is believed; in a short text, which tells less."""
_DOUBTFUL = {"DATE_TIME": 0.8, "DATE_OF_BIRTH": 0.8, "USERNAME": 0.98}
"""Of days, which are written as shares and items are (3/5, 4.12), and of accounts, as codes are (tian_qi_2024); in a short text none is believed."""
_SHORT = 100
"""So many characters."""
_LONGEST = 40
_FIGURE = "0-9一二三四五六七八九十廿卅〇零"
_FIRST = (
    r"[0-9A-Za-z*](?<![0-9A-Za-z*]{2})(?<![0-9A-Za-z*][-_.@/][0-9A-Za-z*])"
    r"(?:(?<=[0-9a-z])|(?=[0-9A-Za-z*\-_.@/ ]{0,15}[0-9a-z]))"
)
"""No capitals alone, and no part of something longer. `re` finds its way to the first character by itself."""
_CODES = tuple(
    map(
        Screened,
        (
            rf"{_FIRST}(?:[0-9A-Za-z*]|[-_.@/](?=[0-9A-Za-z*])){{3,39}}",
            rf"{_FIRST}(?:[0-9A-Za-z*]|[- ](?=[0-9A-Za-z*])){{3,39}}",
            rf"{_FIRST}[0-9A-Za-z*]{{3,39}}(?![-_.@/]?[0-9A-Za-z*])",
        ),
    )
)
"""How numbers, codes and accounts are written."""
_DAYS = tuple(
    map(
        Screened,
        (
            rf"(?:[{_FIGURE}]{{2,4}}[年./-] ?)?[{_FIGURE}]{{1,3}}[月./-] ?[{_FIGURE}]{{1,3}}[日号]?",
            rf"[{_FIGURE}]{{1,3}}(?:[日号]|月份?)|[{_FIGURE}]{{4}}年(?:[{_FIGURE}]{{1,2}}月)?|[{_FIGURE}]{{2}}年[{_FIGURE}]{{1,2}}月",
        ),
    )
)
"""And days."""
_MEASURED = Regex(
    r"[ ]?(?:[%℃°×~]|[mkcdnμu]?(?:g|l|L|m|mol|mm)(?![A-Za-z])|mmHg|元|次|分|岁|片|粒|丸|万|秒|小时|[ ]?[0-9]{1,3}[ ]?[台套只]|[台套](?![一-鿿]))"
)
"""Behind figures that measure something."""
_MEASURE = Regex(r"[<>]?[0-9]+(?:\.[0-9]+)?[A-Za-zμ]{1,5}(?:/[0-9A-Za-z.]{1,6}){0,2}")
_RESULT = Regex(
    r"(?:CK|LDH|AL[TPB]|AST|GGT|[TD]BIL|GLB|TP|BUN|UREA|CREA|Cr|UA|GLU|FBG|TC|TG|[HL]DL|WBC|RBC|HGB|Hb|PLT|NEUT|LYM|CRP|PCT|ESR|BNP|TSH|PSA|AFP|CEA|HCG|FSH|LH|PRL|INR|APTT|PT|FIB|Na|Cl|Ca|Mg|pH|HR|BP|RR|BMI|EF|AMY|LPS|MYO)[ ]?[0-9]{1,4}"
)
"""A test in short and its result: CK 342."""
_IN_ORDER = "01234567890123456789"
"""Figures that count up, as in an example: 不要填 123456789."""
_APPROVED = Regex("[HZSJBT](?:19|20)[0-9]{6}")
"""H20051076 of 国药准字."""
_DAY = Regex("[01]?[0-9][./][0-3]?[0-9]")
_DAY_BEFORE = Regex(rf"(?<![0-9./])({_DAY.pattern})[ ]?[—–~至到-]{{1,2}}[ ]?\Z")
_DAY_BEHIND = Regex(rf"[ ]?[—–~至到-]{{1,2}}[ ]?({_DAY.pattern})(?![0-9./])")
_OF_THING = Regex(
    "(?:(?:GB|YY|WS|ISO|IEC|DB[0-9]{2})(?:/[TZ])?|设备|仪器|机器|编码|型号|批号|货号|款号|SKU|探头|机型|版本|种子|订单|运单)(?:为|是)?[: #]{0,2}\\Z"
)
_THING = Regex("[ ]?(?:全?相合|位点|指标|接口|型(?![一-鿿]{0,2}[血肝糖])|版(?!权)|探头|床垫|页面|字段)")
_DECIMAL = Regex(r"(?P<year>(?:19|20)[0-9]{2}\.[0-9]{1,2})|(?P<month>[0-9]+)\.(?P<day>[0-9]+)")
_PLACES = Regex(r"\.[0-9]+[ ]?(?=[\t|\n]|\Z)")
_BESIDE_CELLS = frozenset("\t|")
_SPAN = Regex("[0-9]{1,2}[-~][0-9]{1,2}")
_LONG_DASH = frozenset("—–―~～至")
"""From so many to so many: a month and its day are joined by no such sign."""
_OF_RANGE = Regex(
    r"(?:[牙齿]位?|位点|参考(?:范围|值)?|正常值?|范围|区间|页码?|(?<![A-Za-z])BP|血压)(?:为|是)?[ :]{0,2}(?:[0-9]{1,2}(?:-[0-9]{1,2})?[、, ]{1,2}){0,8}\Z"
    r"|(?:/(?:d?[Ll]|ml|h|min|kg|HP|LP)|%|mmHg|℃|fL|pg|[0-9] s)[ |\t]{1,12}\Z"
)
"""牙位：11-21, 参考范围 3-5, 22.1  mmol/L  23-29."""
_OF_RESULT = Regex("[一-鿿][ITV]{1,3}[ ]\\Z")
"""肌钙蛋白I 3.21."""
_ASSIGNED = Regex(r"([A-Za-z_][A-Za-z0-9_]{0,30}|[一-鿿]{1,12})[`\"\]]?[ ]{0,2}=[ ]{0,2}['\"]?\Z")
"""Behind the name of a field in a program: room = '12-05'."""
_SPAN_OF_TIME = Regex("[ ]?(?:周(?![一二三四五六日天末])|个?月|年|天|小时)")
"""6-12周复查."""
_OLD_HOUR = Regex(r"[子丑寅卯辰巳午未申酉戌亥]时?[ ]?[(]\Z")
_ITEM = Regex("[0-9]{1,2}[.] ?[一二三四五六七八九十]{1,2}")
_HOW_OFTEN = Regex("[一两三几][次回]|[还换]|为限")
"""一月|两次, 一次两本，一月|还."""
_ROW_OF_FIGURES = Regex(r"[0-9]\.[0-9]{1,3}[ |\t]{1,2}\Z")
_FIGURES = Regex("[0-9]{1,4}(?:[ ][0-9]{1,4})+")
"""Behind figures with a point, more of them: 16.6 5.2 0 0 46 140."""
_PRICES = Regex("(?<=[ ])[0-9]{2,5}[ ][0-9]{2,5}(?![0-9])")
_AROUND, _ROWS = 400, 3
"""Two prices in each of so many rows: 2680　2080, 698　558."""
_ARTICLE = Regex("69[0-9]{11}")
"""The bar code of goods, by EAN-13."""
_OUT_OF = Regex("[0-9]{1,2}/[0-9]{1,3}")
_SCORED = Regex(
    r"(?:[评得打]分|分[值数]|VAS|NRS|VRS|疼痛|量表|自评|程度|概率|[几机]率|比例|份额|重试|步骤|进度|满意度|淋巴结|转移|阳性|见癌)[^,。;\n]{0,6}\Z"
)
_SAYS_SOMETHING = Regex(rf"(?:[^{HAN}]*[{HAN}]){{4}}")
"""A text with fewer Chinese characters says too little: a cell of a table."""


def candidates(text: str, forms: Iterable[Regex] = _CODES + _DAYS) -> Spans:
    """What may be a number, an account or a day, wherever it stands, in order; many overlap."""
    found = {
        match.span()
        for form in forms
        for match in form.finditer(text)
        if 1 < match.end() - match.start() < _LONGEST
        and not (_MEASURE.fullmatch(match[0]) or _MEASURED.match(text, match.end()))
    }
    return np.array(sorted(found), np.intp).reshape(len(found), 2)


def rows_of(vocabulary: str) -> Rows:
    """What the network reads of candidates."""
    return Rows(vocabulary, before=BEFORE, after=AFTER, first=FIRST, last=LAST)


def find_numbers(
    readings: Sequence[Reading], claims: Sequence[Sequence[Detection]]
) -> Iterator[list[Detection]]:
    """Of each reading what stands beside its claims."""
    network = _shipped()
    labels = network.told["labels"].split()
    spans = [_left(reading, taken) for reading, taken in zip(readings, claims, strict=True)]
    odds = network.odds([reading.text for reading in readings], spans)
    for reading, free, here in zip(readings, spans, odds, strict=True):
        yield list(_believed(reading, free, here, labels)) if len(free) else []


def _left(reading: Reading, claims: Sequence[Detection]) -> Spans:
    text = reading.text
    forms = _CODES + _DAYS if len(text) >= _SHORT else _CODES
    spans = candidates(text, (form for form in forms if reading.may_match(form)))
    if any(map(is_number_of_thing, reading.labels[:1])):
        return spans[:0]
    if not len(spans) or not _SAYS_SOMETHING.match(text):
        return spans[:0]
    things = [(start, end) for start, end, label in reading.cells if is_number_of_thing(label)]
    return beside(text, spans, [*((claim.start, claim.end) for claim in claims), *things])


def _believed(reading: Reading, spans: Spans, odds: Floats, labels: Sequence[str]) -> Iterator[Detection]:
    """The likeliest first, where they overlap."""
    text = reading.text
    taken = bytearray(len(text))
    none, is_short = labels.index(NONE), len(text) < _SHORT
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares = raised / raised.sum(axis=1, keepdims=True)
    something = 1 - shares[:, none]
    kinds = np.where(np.arange(len(labels)) == none, -1, shares).argmax(axis=1).tolist()
    for number in np.argsort(-something, kind="stable").tolist():
        score, (start, end), kind = float(something[number]), spans[number].tolist(), labels[kinds[number]]
        if score < (_VERY_LIKELY if is_short else LIKELY):
            return
        doubtful = kind in _DOUBTFUL and (is_short or score < _DOUBTFUL[kind])
        doubtful = doubtful or (kind == "CN_POSTAL_CODE" and text.endswith("编号", 0, start))
        doubtful = doubtful or (kind == "DATE_TIME" and _is_no_day(reading, start, end))
        doubtful = doubtful or _is_whole_part(text, start, end)
        if doubtful or any(taken[start:end]) or _is_of_things(text, start, end):
            continue
        for first, last in ((start, end), *_ends(text, start, end, kind)):
            if not any(taken[first:last]):
                taken[first:last] = b"\1" * (last - first)
                yield Detection(kind, first, last, score, f"{kind}.remaining", REMAINING)


def _ends(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int]]:
    """The other end of a range of days: 6.22 of 6.22—6.23."""
    if kind == "DATE_TIME" and _DAY.fullmatch(text, start, end):
        if before := _DAY_BEFORE.search(text, max(0, start - 8), start):
            yield before.span(1)
        if behind := _DAY_BEHIND.match(text, end):
            yield behind.span(1)


def _is_no_day(reading: Reading, start: int, end: int) -> bool:
    """整理5—10, 未时(13-15), a figure in a table, a section, and the number of a line with what follows: 10. 七|步洗手法."""
    text = reading.text
    if is_in_row_of_amounts(text, start) or (text[end - 1] == "号" and text.startswith("线", end)):
        return True  # 10号线
    assigned = _ASSIGNED.search(text, max(0, start - 40), start)
    if assigned and is_no_day(text[start:end], assigned[1]):
        return True
    if _SPAN.fullmatch(text, start, end):
        if _OF_RANGE.search(text, max(0, start - 40), start):
            return True
        dashed = not _LONG_DASH.isdisjoint(reading.layout[start:end])
        counted = dashed or _SPAN_OF_TIME.match(text, end) is not None
        return counted or _OLD_HOUR.search(text, max(0, start - 3), start) is not None
    if text.startswith("一月", start, end) and end - start == 2 and _HOW_OFTEN.match(text, end):
        return True
    if _DECIMAL.fullmatch(text, start, end):
        if text[start - 1 : start] in _BESIDE_CELLS:
            return text[end : end + 1] in _BESIDE_CELLS  # 血压 | 128/76 | 5.9
        if _OF_RESULT.search(text, max(0, start - 8), start):
            return True
    if text[start - 1 : start] not in ("", "\n", " "):
        return False
    return _ITEM.fullmatch(text, start, end) is not None or start in sections_of(reading)


def _is_whole_part(text: str, start: int, end: int) -> bool:
    """Whether figures stand before the point of a number that is alone in its cell: 456789123450.25."""
    is_cell = text[start - 1 : start].removeprefix("-") == "" or text[start - 1] in _BESIDE_CELLS
    return is_cell and _PLACES.match(text, end) is not None


def _is_of_things(text: str, start: int, end: int) -> bool:
    """情绪评分 4/10, 6.38 that is no day, 编码CT2219083, cd_34指标, CK 342, and the number under which a drug is approved."""
    if _OF_THING.search(text, max(0, start - 6), start) or _THING.match(text, end):
        return True
    if _FIGURES.fullmatch(text, start, end) and _ROW_OF_FIGURES.search(text, max(0, start - 7), start):
        return True
    if _PRICES.fullmatch(text, start, end):
        rows = sum(1 for _ in _PRICES.finditer(text, max(0, start - _AROUND), end + _AROUND))
        if rows >= _ROWS:
            return True
    decimal = _DECIMAL.fullmatch(text, start, end)
    if decimal and not decimal["year"]:
        month, day = int(decimal["month"]), int(decimal["day"])
        if not (0 < month <= 12 and 0 < day <= 31) or _is_item(text, decimal["month"], day):
            return True
    if _RESULT.fullmatch(text, start, end) or (end - start > 5 and text[start:end] in _IN_ORDER):
        return True
    approved = _APPROVED.fullmatch(text, start, end) or _ARTICLE.fullmatch(text, start, end)
    return approved is not None or (
        _OUT_OF.fullmatch(text, start, end) is not None
        and _SCORED.search(text, max(0, start - 12), start) is not None
    )


def _is_item(text: str, first: str, second: int) -> bool:
    """Whether lines of the text are numbered so, 10.1 and 10.2 below a line that begins with 10: days have no such line."""
    headed = any(f"\n{first}{sign}" in text for sign in (" ", "、", "\t"))
    before = f"\n{first}.{second - 1}" if second > 1 else ""
    return headed and f"\n{first}.{second}" in text and before in text


@cache
def _shipped() -> Reader:
    """The network of the package; read once a process. ModelError where it is missing or damaged."""
    [network] = shipped(NUMBERS)
    return Reader(network, rows_of)
