"""Dates back into text: another date in the same form, or the same date coarser."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from deid.grammar import numerals
from deid.grammar.date.calendar import Moment, holiday_date, lunar_moment, solar_date
from deid.grammar.date.match import YEARLY, DateMatch, Level, Piece
from deid.grammar.date.vocabulary import (
    ENGLISH_MONTHS,
    ERAS,
    LUNAR_HOLIDAYS,
    SOLAR_HOLIDAYS,
    TERMS,
    holiday_name,
)
from deid.grammar.numerals import NumeralStyle


def render(match: DateMatch, date: datetime.date) -> str:
    """`date` written as `match` was: the same fields, order, separators, padding and numerals.

    A lunar form gives the lunar date. A holiday is written as month and day unless `date` is
    that holiday. What a form cannot say (the century of a two-digit year) is lost; relative
    words stay.
    """
    moment: Moment | None = Moment(date, date.year, date.month, date.day)
    if match.kind == "lunar":
        moment = lunar_moment(date)
    elif match.has("stem", "animal") and (moon := lunar_moment(date)):
        moment = moon._replace(month=date.month, day=date.day, leap=False)
    if moment is None:
        return f"{date.year}年{date.month}月" + (f"{date.day}日" if match.granularity == "day" else "")
    return "".join(_write(piece, moment, match) for piece in match.form)


def _write(piece: Piece, moment: Moment, match: DateMatch) -> str:
    quarter = (moment.month + 2) // 3
    match piece.field:
        case "year":
            return _number(piece, moment.year)
        case "yy":
            return _number(piece, moment.year % 100)
        case "era":
            return piece.text if moment.year > ERAS[piece.text] else ""
        case "era_year":
            return _write_era_year(piece, moment.year, match.written("era"))
        case "stem":
            return moment.stem
        case "animal":
            return moment.animal
        case "leap":
            return ""
        case "month":
            return ("闰" if moment.leap else "") + _write_month(piece, moment, match)
        case "month_name":
            return _write_month_name(piece, moment.month)
        case "day":
            return _write_day(piece, moment.day, match)
        case "third":
            return _write_third(piece, moment.day)
        case "year_part":
            return _early_middle_late(piece)[(moment.month - 1) // 4]
        case "season":
            return "冬春夏秋"[moment.month % 12 // 3]
        case "quarter":
            return _number(piece, quarter)
        case "half":
            return "上" if quarter < 3 else "下"
        case "holiday":
            return _write_holiday(piece, moment.date, match)
    return piece.text


def _number(piece: Piece, number: int) -> str:
    style = piece.style or NumeralStyle()
    if piece.field in ("month", "day") and style.kind == "digits" and number > 9:
        style = replace(style, kind="positional")  # 〇五月, but 十一月
    return numerals.write(number, style)


def _write_era_year(piece: Piece, year: int, era: str) -> str:
    number = year - ERAS[era]
    if number < 1:
        return str(year)
    return "元" if number == 1 and piece.text == "元" else _number(piece, number)


def _write_month_name(piece: Piece, month: int) -> str:
    name = ENGLISH_MONTHS[month - 1]
    short = piece.text if name.startswith(piece.text) else name[:3]
    name = short if len(piece.text) in (3, 4) and piece.text != "June" else name
    return name.upper() if piece.text.isupper() else name


def _write_third(piece: Piece, day: int) -> str:
    names = ("上旬", "中旬", "下旬") if "旬" in piece.text else _early_middle_late(piece)
    name = names[min(2, (day - 1) // 10)]
    return piece.text if len(piece.text) == 3 and name[0] in piece.text else name  # 中下旬


def _early_middle_late(piece: Piece) -> tuple[str, str, str]:
    return "初", "中", piece.text if piece.text in ("底", "末") else "底"


def _write_month(piece: Piece, moment: Moment, match: DateMatch) -> str:
    if piece.text == "元" and moment.month == 1:
        return "元"
    if match.kind == "lunar" and not piece.text.isascii():
        plain = piece.text in ("一", "十一", "十二")
        if moment.month in (1, 11, 12) and not plain:
            return {1: "正", 11: "冬", 12: "腊"}[moment.month]
    return _number(piece, moment.month)


def _write_day(piece: Piece, day: int, match: DateMatch) -> str:
    """Of the lunar calendar 初六, 十六, 廿六 or 二十六; with 日 after it also plain 六."""
    if match.kind != "lunar":
        return _number(piece, day)
    first = "初" if piece.text[0] == "初" or match.form[-1].text not in ("日", "号") else ""
    if piece.text.removeprefix("初").isascii():
        return (first if day <= 10 and piece.text[0] == "初" else "") + _number(piece, day)
    contracted = piece.text[0] not in "二三" or len(piece.text) == 1
    if day in (20, 30):
        contracted = piece.text in ("廿", "卅")
    style = replace(piece.style or NumeralStyle(), contracted=contracted)
    return (first if day <= 10 else "") + numerals.write(day, style)


def _write_holiday(piece: Piece, date: datetime.date, match: DateMatch) -> str:
    if holiday_date(piece.text, date.year) == date:
        return piece.text
    unit = "年" if len(match.form) > 1 and match.form[-2].field else ""
    return f"{unit}{date.month}月{date.day}日"


_RANK: Final[Mapping[str, int]] = {
    "day": 0, "third": 1, "month": 2, "season": 3, "quarter": 3, "year_part": 3, "half_year": 4, "year": 5,
}  # fmt: skip


def generalize(match: DateMatch, level: Level) -> str:
    """The surface made as coarse as `level`, in its own form; what is coarser already stays.

    2023-05-06 is 2023-05, 2023Q2, 2023H1, 2023 and 2023年5月6日 is 2023年5月, 2023年第二季度,
    2023年上半年, 2023年. Where nothing is left to say (5月6日 by year) it is 某日.
    """
    if match.kind == "relative" or _RANK[match.granularity] >= _RANK[level]:
        return "".join(piece.text for piece in match.form)
    if match.has("holiday"):
        match = _without_holiday(match)
    year = _year_text(match)
    if level == "year":
        return year or ("某日" if match.granularity == "day" else "某月")
    if level == "month":
        return _month_text(match, year)
    quarter = numerals.read(match.written("quarter"))
    month = 3 * quarter.value if quarter else _solar_month(match)
    if match.granularity in ("season", "year_part") or month is None:
        return year or "某日"
    if year and not year.endswith("年"):
        return f"{year}Q{(month + 2) // 3}" if level == "quarter" else f"{year}H{(month + 5) // 6}"
    if level == "quarter":
        return f"{year}第{'一二三四'[(month - 1) // 3]}季度"
    return f"{year}{'上' if month <= 6 else '下'}半年"


def _year_text(match: DateMatch) -> str:
    """The year as written, with 年 if it had one; without a written year that of the range's start."""
    fields = (*YEARLY, "era_year", "calendar")
    kept = [index for index, piece in enumerate(match.form) if piece.field in fields]
    if not match.has(*YEARLY):
        return f"{match.year}年" if match.year is not None and match.kind != "lunar" else ""
    last = max(index for index in kept if match.form[index].field != "calendar")  # 1933年农历十月: 1933年
    text = "".join(piece.text for piece in match.form[kept[0] : last + 1])
    after = match.form[last + 1].text if last + 1 < len(match.form) else ""
    if "年" in after:
        return text + after[: after.index("年") + 1]
    return text + "年" if match.has("yy") else text


def _month_text(match: DateMatch, year: str) -> str:
    fields = [piece.field for piece in match.form]
    at = next((index for index, field in enumerate(fields) if field in ("month", "month_name")), None)
    if at is None:
        return f"{match.month}月" if match.month else "某日"
    if match.has("yy") and "年" not in "".join(piece.text for piece in match.form):
        return f"{year}{match.month}月"  # 23.5 would read as a number
    if match.separator and not match.has(*YEARLY):  # 5.8, or the other end of a range: 2024.3-3
        return match.form[at].text if match.year is not None else f"{match.month}月"
    cut = next(index for index, field in enumerate(fields) if field in ("day", "third"))
    if fields[-1] == "year":  # 05/06/2023, May 6, 2023
        return "".join(piece.text for index, piece in enumerate(match.form) if index not in (cut, cut + 1))
    kept = "".join(piece.text for piece in match.form[: at + 1])
    after = match.form[at + 1].text if at + 1 < cut else ""
    if "月" in after:
        return kept + after[: after.index("月") + 1]
    return kept + "月" if year.endswith("年") else kept


def _without_holiday(match: DateMatch) -> DateMatch:
    """The day of a holiday as a plain date; the lunar month where the year is not known."""
    name = holiday_name(match.written("holiday"))
    before = tuple(piece for piece in match.form if piece.field != "holiday")
    if before and not before[-1].text.endswith("年"):
        before = (*before, Piece("年"))
    day = holiday_date(name, match.year or 2020)  # solar terms and solar holidays move by a day at most
    if match.year is not None or name in SOLAR_HOLIDAYS or name in TERMS:
        month = day.month if day is not None else 1
        form = (*before, Piece(str(month), "month"), Piece("月"), Piece("", "day"))
        return replace(match, kind="partial", month=month, form=form)
    month = LUNAR_HOLIDAYS.get(name, (1, 1))[0]
    text = "正二三四五六七八九十冬腊"[month - 1]
    form = (Piece("农历", "calendar"), Piece(text, "month"), Piece("月"), Piece("", "day"))
    return replace(match, kind="lunar", month=month, form=form)


def _solar_month(match: DateMatch) -> int | None:
    if match.kind != "lunar" or match.month is None:
        return match.month
    solar = solar_date(match)
    return solar.month if solar is not None else match.month % 12 + 1  # the lunar month comes a month later
