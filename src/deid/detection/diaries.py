"""Days that only their company tells: rows of a diary, a log or a list, each with month and day.

12-03 alone is a room, a range or a bed; 12-03 and 12-14 at the head of two lines are days. Rows count when
their figures have one mark, when no section number or range would look like that (a day beyond 12, a
padded zero), and for figures at the head of a line also when they go on in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from deid.detection.figures import DAY, MONTH
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.detection.windows import matches, windows
from deid.regexes import Regex

_UNIT = r"[床室房号楼级分片袋支粒例倍次个人项页天岁度米元万千百克毫℃%]"
_ROW = Screened(
    r"(?:(?m:^)[ \t]*(?:[0-9]{1,3}[ .、)\t]{1,2}|[①-⒇★●·•*◆◇■□▲△○◎※▪→✅✔➡⏰☀-⛿\U0001f300-\U0001faff]+[ ]?|[->]+[ ]?|[\[【(<]|[A-Za-z][.)][ ]?|\(?[一二三四五六七八九十0-9]{1,2}[、)][ ]?|第[0-9一二三四五六七八九十]{1,2}次[ :]?)?|(?<=[ ,。;:][①-⒇·•]))"
    rf"(?P<value>(?P<month>{MONTH})(?P<mark>[-./])(?P<day>{DAY}))"
    rf"(?=[ \t,|:】)\]、·]|(?<=[\U0001f300-\U0001faff][0-9]\.[0-9])\([一-鿿]|(?<=[\U0001f300-\U0001faff][0-9]\.[0-9]{{2}})\([一-鿿]|\((?:电话(?!机)|微信|视频|门诊|家访|上门|复诊|随访|回访)|-{{1,2}}[一-鿿]|[一-鿿])(?![ ]?{_UNIT})(?![ ]?(?:[.-][0-9]|[a-zμ]))"
)
_HEAD = Screened(rf"(?m)^[ ]*(?P<value>(?P<month>{MONTH})/(?P<day>{DAY}))(?=[ ]*$)")
_WHO = r"(?:客户|家[长属]|本人|患者|[父母]亲|妈妈|爸爸|女儿|儿子|护士|医生)"
_CONTACT = Regex(
    rf"[ ,|:】()\]、·-]{{0,3}}(?:[一-鿿]{{2,4}}:)?{_WHO}?(?:电话(?![号机铃礼客台交室回])|微信|短信|[来致去回打]电|[去来]信|[无没]人接|未接|接[听到投]|关机|家访|上门(?!服务)|随访(?![表率流归])|回访(?![话表率])|面[谈诊]|来(?:访(?![登接者])|[诊院店取拿复])"
    rf"|到[店院访](?!日期)|复诊|门诊(?![部号挂护收药办])|第[一二三四五六七八九]次(?:咨询|面谈|访)|首次|已?寄[出了]|签收|[已未][付读]|请假|(?:网上|当面|口头|书面)?(?:投诉|道歉|反馈|告知|通知))|[ ]?{_WHO}[一-鿿]"
)
"""What is told of a day on which somebody was called, visited or written to, right behind it."""
_PLANNED = Regex("排班|值班|轮班|班表|日程|行程")
_LEAST_DAYS, _FIRST_DAY, _ABOVE = 3, 5, 200
"""So many days that follow each other, from such a one of the month on, are those of a plan, which is called one so many
characters above at most."""
_FRACTION = Regex(r"1/[2-8]|2/[357]|3/[458]|[45]/[568]")
_ROW_OF_DAYS = Screened(
    r"(?m)^[ ]*(?:[下上本末]次[一-鿿]{2}|[一-鿿]{0,6}(?:日期|时间))[ ]?[|\t](?P<days>(?:[ ]?(?:(?:19|20)[0-9]{2}[-./])?[01]?[0-9][-./][0-3]?[0-9][ ]?[|\t]?|[ ]*[-—/]?[ ]*[|\t]){2,24})[ ]*$"
)
"""下次随访 | 5-20 | 8-20 | 2025-2-20: a row of a form that holds nothing but days."""
_DAY_OF_ROW = Regex(rf"(?<![0-9./-])(?P<value>{MONTH}[-./]{DAY})(?![0-9./-])")
_PADDED = Screened(
    rf"(?:(?<=[ \t,|(:;、])|(?m:^))(?P<value>(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01]))(?=[ \t,|);、]|$|\n)(?![ ]?{_UNIT})"
)
_COMPACT = Screened(
    r"(?m)^[ \t]*(?P<value>(?:1[5-9]|2[0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?=[ \t,|:]+[一-鿿])"
)
_WEEKDAY = Screened(
    rf"(?<![0-9A-Za-z./\-])(?P<value>{MONTH}[-./]{DAY})(?=[ ]?\(?(?:周|星期|礼拜)[一二三四五六日天])"
)
_CUED = Screened(
    r"(?:时间|到期日?|日期|截图)[ :]{0,2}(?P<value>(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![0-9A-Za-z-])"
)
_SPACED = Screened(
    r"(?<![0-9A-Za-z.-])(?P<value>20[0-3][0-9]([ _])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12][0-9]|3[01])|20[0-3][0-9]([。、])(?:0?[1-9]|1[0-2])\3(?:0?[1-9]|[12][0-9]|3[01])"
    r"|[12][0-9]'(?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12][0-9]|3[01]))(?![0-9A-Za-z]|[ _。、][0-9])"
)
_FIGURE = Screened(
    r"[0-9][-./][0-9]|20[0-3][0-9][ _。、][0-9]|[12][0-9]'[0-9]|(?:^|\n)[12][0-9][01][0-9]{3}[ \t,|:]"
)


def find_days_of_rows(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of days in rows, beside weekdays and with blanks between the parts. Linear in the length of the text."""
    text = reading.text
    near = list(windows(reading, _FIGURE, 24, 24))
    if not near:
        return

    def search(form: Screened) -> Iterable[re.Match[str]]:
        return matches(reading, form, near)

    rows = list(search(_ROW))
    for mark in "-./":
        alike = [row for row in rows if row["mark"] == mark]
        if len(alike) > 1 and (
            _is_diary(alike, mark) or _tells_of_contacts(text, alike) or _is_plan(text, alike)
        ):
            yield from (row.span("value") for row in alike)
    for row in search(_ROW_OF_DAYS):
        days = list(_DAY_OF_ROW.finditer(text, row.start("days"), row.end()))
        if len(days) > 1:
            yield from (day.span("value") for day in days)
    heads = list(search(_HEAD))
    if len(heads) > 1 and _is_diary(heads, "/"):
        yield from (head.span("value") for head in heads)
    padded = list(search(_PADDED))
    zeros = sum(row["month"][0] == "0" or row["day"][0] == "0" for row in padded)
    if len(padded) > 1 and zeros * 2 >= len(padded) and "\n" in text[padded[0].end() : padded[-1].start()]:
        yield from (row.span("value") for row in padded)
    compact = list(search(_COMPACT))
    if len(compact) > 1:
        yield from (row.span("value") for row in compact)
    for form in (_WEEKDAY, _CUED, _SPACED):
        yield from (match.span("value") for match in search(form))


def _is_diary(rows: list[re.Match[str]], mark: str) -> bool:
    days = [(int(row["month"]), int(row["day"])) for row in rows]
    falls = sum(later < earlier for earlier, later in pairwise(days))
    if falls > (mark != "."):  # one new year; 6.2 白细胞 before 5.13 红细胞 are values
        return False
    if mark == "/":
        return not all(_FRACTION.fullmatch(row["value"]) for row in rows)
    if mark == "-":  # 3-05 is a bed
        return all(len(row["month"]) == 2 for row in rows)
    return max(day for _, day in days) > 12 or any("0" in (row["month"][0], row["day"][0]) for row in rows)


def _tells_of_contacts(text: str, rows: list[re.Match[str]]) -> bool:
    """Whether most rows, in the order of the year, tell who was called or came: ①12-22 电话 … ②1-05 没人接."""
    days = [(int(row["month"]), int(row["day"])) for row in rows]
    told = sum(_CONTACT.match(text, row.end()) is not None for row in rows)
    return told * 2 > len(rows) and sum(later < earlier for earlier, later in pairwise(days)) <= 1


def _is_plan(text: str, rows: list[re.Match[str]]) -> bool:
    """Whether the days below what is called a rota follow each other: 7.8, 7.9, 7.10; the numbers of clauses are lower."""
    days = [(int(row["month"]), int(row["day"])) for row in rows]
    if len(days) < _LEAST_DAYS or days[0][1] < _FIRST_DAY:
        return False
    follow = all(later == (month, day + 1) for (month, day), later in pairwise(days))
    return follow and _PLANNED.search(text, max(0, rows[0].start() - _ABOVE), rows[0].start()) is not None
