"""Dates and ages in the written forms of the grammar, which also writes them.

A form is shown by an example; `deid.grammar.date` reads its pieces and writes another day in it.

>>> write_date(datetime.date(2023, 11, 9), "2024年3月8日"), write_date(datetime.date(2023, 11, 9), "二〇二四年三月八日")
('2023年11月9日', '二〇二三年十一月九日')
>>> write_age(datetime.date(2021, 1, 5), datetime.date(2024, 3, 9), "3岁2个月")
'3岁2个月'
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final

from deid.grammar import numerals
from deid.grammar.date import DateMatch, find_dates
from deid.grammar.date.write import render
from deid.grammar.numerals import NumeralStyle
from deid.surrogates.words import weighted

FULL_FORMS: Final = (
    (30, "2024-03-08"), (6, "2024-3-8"), (14, "2024年3月8日"), (8, "2024年03月08日"), (8, "2024/3/8"), (6, "2024/03/08"),
    (7, "2024.03.08"), (4, "2024.3.8"), (4, "20240308"), (3, "二〇二四年三月八日"), (2, "二零二四年三月八日"),
    (2, "24年3月8日"), (2, "2024年3月8号"), (1, "2024 年 3 月 8 日"), (1, "贰零贰肆年零叁月零捌日"),
)  # fmt: skip
"""Forms that say the day with the year; the weight, then an example."""
DAY_FORMS: Final = ((9, "3月8日"), (4, "3月8号"), (2, "3/8"), (2, "三月八号"), (1, "03月08日"))
MONTH_FORMS: Final = (
    (10, "2024年3月"), (3, "2024-03"), (2, "2024.3"), (2, "2024/03"), (2, "二〇二四年三月"), (2, "2024年3月份"),
    (2, "2024年3月上旬"), (1, "2024年3月初"),
)  # fmt: skip
YEAR_FORMS: Final = ((10, "2024年"), (1, "二〇二四年"), (1, "2024年底"), (1, "2024年上半年"))
LUNAR_FORMS: Final = (
    (4, "农历二月初九"),
    (3, "甲辰年二月廿二"),
    (2, "阴历二月初九"),
    (1, "农历二〇二四年二月廿二"),
)
ENGLISH_FORMS: Final = ((3, "Mar 8, 2024"), (2, "8 March 2024"), (1, "2024-Mar-08"), (2, "March 8, 2024"))
ERA_FORMS: Final = ((1, "民国113年3月8日"),)
FORMS: Final[Mapping[str, tuple[tuple[int, str], ...]]] = {
    "full": FULL_FORMS,
    "day": DAY_FORMS,
    "month": MONTH_FORMS,
    "year": YEAR_FORMS,
    "lunar": LUNAR_FORMS,
    "english": ENGLISH_FORMS,
    "era": ERA_FORMS,
}

ADULT_FORMS: Final = (
    (60, "58岁"), (6, "58周岁"), (5, "五十八岁"), (4, "58 岁"), (3, "58y"), (2, "58Y"), (3, "五十多岁"),
    (2, "年近六旬"),
)  # fmt: skip
CHILD_FORMS: Final = ((8, "5岁"), (3, "五岁"), (4, "3岁2个月"), (1, "5岁半"))
INFANT_FORMS: Final = ((6, "8个月"), (6, "8月龄"), (2, "8个月大"), (1, "八个月"))
NEWBORN_FORMS: Final = ((4, "5日龄"), (2, "5天大"))


def write_date(date: datetime.date, example: str) -> str:
    """`date` in the form of `example`."""
    return render(_form(example), date)


@cache
def _form(example: str) -> DateMatch:
    return next(iter(find_dates(f"日期：{example}入院")))  # 3/8 is a date only beside words like these


def date_form(random: Random, kind: str) -> str:
    """The example of a form of that kind: full, day, month, year, lunar, english, era."""
    return weighted(random, FORMS[kind])


def day_before(random: Random, last: datetime.date, *, least: int, most: int) -> datetime.date:
    """A day between `least` and `most` days before `last`."""
    return last - datetime.timedelta(days=random.randint(least, most))


def born(random: Random, visit: datetime.date, *, least: int, most: int) -> datetime.date:
    """A birth date of somebody who at `visit` is `least` to `most` full years old."""
    years = random.randint(least, most)
    latest = _years_before(visit, years)
    return latest - datetime.timedelta(days=random.randrange(364))


def years_between(born: datetime.date, day: datetime.date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(born: datetime.date, day: datetime.date) -> int:
    """Full months."""
    return 12 * (day.year - born.year) + day.month - born.month - (day.day < born.day)


def age_form(random: Random, born: datetime.date, day: datetime.date) -> str:
    """The example of a form that suits that age."""
    if months_between(born, day) < 1:
        return weighted(random, NEWBORN_FORMS)
    years = years_between(born, day)
    if years < 2:
        return weighted(random, INFANT_FORMS)
    return weighted(random, CHILD_FORMS if years < 8 else ADULT_FORMS)


def write_age(born: datetime.date, day: datetime.date, example: str) -> str:
    """The age on `day` in the form of `example`, in full years unless the form says months or days."""
    years, months, days = years_between(born, day), months_between(born, day), (day - born).days
    spoken = NumeralStyle("positional")
    match example:
        case "3岁2个月":
            return f"{years}岁{months - 12 * years}个月" if months % 12 else f"{years}岁"
        case "5岁半":
            return f"{years}岁半"
        case "8个月" | "8月龄" | "8个月大":
            return example.replace("8", str(months))
        case "八个月":
            return numerals.write(months, NumeralStyle("positional", pair="两")) + "个月"
        case "5日龄" | "5天大":
            return example.replace("5", str(max(days, 1)))
        case "五岁" | "五十八岁":
            return numerals.write(years, NumeralStyle("positional", pair="两")) + "岁"
        case "五十多岁":
            return (
                numerals.write(years // 10 * 10, spoken) + "多岁"
                if years % 10 and years > 20
                else f"{years}岁"
            )
        case "年近六旬":
            return (
                f"年近{numerals.write(years // 10 + 1, spoken)}旬"
                if years % 10 > 6 and 36 < years < 90
                else f"{years}岁"
            )
    return example.replace("58" if "58" in example else "5", str(years))


def _years_before(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
