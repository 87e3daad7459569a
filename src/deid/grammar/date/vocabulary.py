"""The words of the calendar: eras, stems and branches, holidays and solar terms, names of months."""

from __future__ import annotations

from typing import Final

ERAS: Final = {
    "民国": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "大正": 1911,
    "明治": 1867,
    "光绪": 1874,
    "宣统": 1908,
}
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
ANIMALS: Final = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
TERMS: Final = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
SOLAR_HOLIDAYS: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八": (3, 8), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党": (7, 1),
    "八一": (8, 1), "建军": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "双十一": (11, 11),
    "双11": (11, 11), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
LUNAR_HOLIDAYS: Final = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15), "中秋": (8, 15),
    "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23), "除夕": (12, 30), "大年三十": (12, 30),
}  # fmt: skip

HOLIDAYS: Final = (*SOLAR_HOLIDAYS, *LUNAR_HOLIDAYS, *TERMS)


def holiday_name(surface: str) -> str:
    """The name by which the tables know a holiday: 五一劳动节 and 五一节 are 五一."""
    return next((surface[:end] for end in range(len(surface), 1, -1) if surface[:end] in HOLIDAYS), surface)


ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
NAMED_MONTHS: Final = {"正": 1, "元": 1, "冬": 11, "腊": 12}
