"""Both ends of a stay, a leave or a course, where figures tell them without the rest: 3.15-3.18出差, 15-18号停诊.

The same figures are ranges of values, beds and durations (3.5-5.3, 1-3号楼, 服药3-5月). So a word of being
somewhere or away must stand before or behind them, or somebody before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.figures import DAY, MONTH
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import matches, windows
from deid.regexes import Regex

_TO = r"[ ]?(?:-+|~|至|到|→|、)[ ]?"
_FREE = r"(?=[0-9])(?<![0-9A-Za-z./\-+×*~<>≤≥±=年月第])"
_END = r"(?![0-9A-Za-z./%‰℃×*~+\-号日月年]|[ ]?[级分片袋支粒例倍次个人项页天岁度米元万千克毫公斤床室房楼层栋点周小])"

_THERE = r"在[一-鿿]{1,8}?(?:住院|疗养|学习|进修|出差|旅[游行]|开会|培训|治疗|康复)"
_AWAY = rf"{_THERE}|住院(?![天日部总])|入住|出差|休(?:假|息|产假|年假)|请假|放假|停[诊课]|[出坐]诊|值班|排班|陪[护床诊]|外出|培训|进修|旅[游行]|疗养|轮转|补休|[病事年产]假|开会|参[加会]|没空|有空|满房|不在(?=[,。; \n]|$|家|院|科|单位|岗)"
_SOMEWHERE = r"在(?!正常|参考|范围|左右|此|其|[0-9]|一定|临床)|期间|不在|[化放]疗|治疗|输液|打针|理疗|康复|服|吃|用药|疗程"
_WHO = r"(?:[我你您他她咱]们?|本人|全家|[科院家]里|门诊)?(?:要|都|得|会)?"
_AWAY_BEHIND = Regex(rf"[ ]?[,)]?[ ]?{_WHO}(?:{_AWAY})")
_SOMEWHERE_BEHIND = Regex(rf"[ ]?[,)]?[ ]?(?:{_WHO}(?:{_AWAY}|不在)|{_SOMEWHERE})")
_AWAY_BEFORE = Regex(
    r"(?:[病事年产休请放婚丧陪探育]假[ ,]?|停诊|出差|住院(?:时间|日期)?|陪护|护工|行程|[化放]疗|培训|值班|排班|治疗\()[ :(]{0,2}\Z"
)
_SOMEBODY_BEFORE = Regex(
    r"(?:期间|时间|日期|(?<![降升高低减加])从|[我你您他她]们?|患者|病人|家属|爸|妈|医生|主任|老师)[ :(]{0,2}\Z"
)
_BY_ITSELF = Regex(r"[ ]*(?:[,。;]|\n|$)")
_TOLD = Regex(r"[0-9.]+[到至][0-9]+\.(?:1[3-9]|2[0-9]|3[01])|[0-9]+\.(?:1[3-9]|2[0-9]|3[01])[到至][0-9.]+")
"""化疗呢？10.28到11.2，在省肿瘤."""
_HAN_BEFORE = Regex(r"[一-鿿A-Za-z)][ ]?\Z")
_LED = Regex(r"(?:^|[^一-鿿]|[从于自我你您他她们爸妈])\Z")
_DURATION = 12
"""So many days may be counted (3-5日在家休息), and be scored (3/5)."""

_DAYS = Screened(
    rf"{_FREE}(?P<first>(?P<m1>{MONTH})(?P<mark>[./-])(?P<d1>{DAY})){_TO}(?P<last>(?P<m2>{MONTH})(?P=mark)(?P<d2>{DAY})){_END}"
    rf"|{_FREE}(?P<first_padded>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))[ ]?[-~至到]+[ ]?(?P<last_padded>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])){_END}"
    rf"|{_FREE}(?P<first_of_month>{MONTH}[./](?P<d3>[12][0-9]|3[01]|0[1-9]|{DAY}(?<=/.)))[ ]?[-~至到]+[ ]?(?P<last_day>(?P<d4>{DAY})){_END}"
)
_ALONE = Screened(
    rf"{_FREE}(?P<first>(?P<n1>{DAY})[号日]?){_TO}(?P<last>(?P<n2>{DAY})[号日])(?![楼床院线机窗诊病房店库单栋样柜桌内后间龄以之])"
)
_MONTHS = Screened(
    rf"{_FREE}(?P<first>(?P<n1>{MONTH})月?)[ ]?[-~至到]+[ ]?(?P<last>(?P<n2>{MONTH})月份?)(?![龄大后内以之经余])"
)
_YEARS = Screened(
    r"(?=[0-9])(?<![0-9A-Za-z./\-第号])(?P<first>(?P<n1>(?:19[5-9]|20[0-3])[0-9]|[0-2][0-9](?=[^\n]{1,5}年)))[ ]?[-~至到]+[ ]?"
    r"(?P<last>(?P<n2>(?:19[5-9]|20[0-3])[0-9](?![0-9A-Za-z./%\-年版])|[0-2][0-9](?=年))(?:年(?![以之]?[前后内]|龄|级))?)"
)
_FIGURE = Screened(r"[0-9][号日月]?[ ]?(?:[-~至到→、]|、)+[ ]?[0-9]")


def find_ends_of_stays(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of both ends, each by itself; they may repeat. Linear in the length of the text."""
    forms = [form for form in (_DAYS, _ALONE, _MONTHS, _YEARS) if reading.may_match(form)]
    if not forms:
        return
    near = list(windows(reading, _FIGURE, 12, 12))
    for form in forms:
        for match in matches(reading, form, near):
            if _goes_on(match) and _is_stay(reading.text, match, form):
                groups = [name for name in match.groupdict() if name[:2] in ("fi", "la") and match[name]]
                yield from (match.span(name) for name in groups)


def _goes_on(match: re.Match[str]) -> bool:
    """Whether the second is later than the first."""
    group = match.groupdict()
    if group.get("m1"):
        return (int(group["m1"]), int(group["d1"])) < (int(group["m2"]), int(group["d2"]))
    if group.get("first_padded"):
        return bool(group["first_padded"] < group["last_padded"])
    if group.get("d3"):
        return int(group["d3"]) < int(group["d4"])
    return int(group["n1"]) < int(group["n2"])


def _is_stay(text: str, match: re.Match[str], form: Screened) -> bool:
    start, end = match.span()
    before = (max(0, start - 8), start)
    if form is _MONTHS and not _LED.search(text, *before):
        return False  # 服药3-5月
    if form is _MONTHS and "月" in match["first"]:
        return True
    if (
        form is _ALONE
        and text[end - 1] == "日"
        and "日" not in match["first"]
        and int(match["n2"]) <= _DURATION
    ):
        return False
    if _AWAY_BEHIND.match(text, end) or (_AWAY_BEFORE.search(text, *before) and form is not _MONTHS):
        return True
    if form is _DAYS and "." in match[0]:  # may be values in a range
        return (
            _BY_ITSELF.match(text, end) is not None
            and _TOLD.fullmatch(match[0]) is not None
            and not _HAN_BEFORE.search(text, *before)
        )
    if _SOMEWHERE_BEHIND.match(text, end):
        return True
    days = [int(match[name]) for name in ("d1", "d2") if form is _DAYS and match[name]]
    if form is _MONTHS or (days and max(days) <= _DURATION):
        return False  # 患者3/5、4/5
    return _SOMEBODY_BEFORE.search(text, *before) is not None
