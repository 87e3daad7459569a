"""Dates in all their forms are found, written back in the same form, and generalised."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deid.catalog.marked import parse_marked
from deid.grammar.date import DateMatch, Level, find_dates, generalize, is_birth, render, solar_date
from deid.grammar.date.vocabulary import ENGLISH_MONTHS

USABLE = 0.4  # below this a match is a hint for a caller with other evidence

Found = tuple[int, int, str]


def found(text: str, *, least: float = USABLE) -> list[Found]:
    return [(m.start, m.end, m.kind.upper()) for m in find_dates(text) if m.score >= least]


def only(text: str) -> DateMatch:
    [match] = [match for match in find_dates(text) if match.kind != "relative"]
    return match


@pytest.mark.parametrize(
    "marked",
    [
        "于[2023年5月6日](ABSOLUTE)入院",
        "[2023年5月6号](ABSOLUTE)复查",
        "患者[2022年12月](ABSOLUTE)因体检发现",
        "自[2023年05月](ABSOLUTE)起",
        "[2023 年 5 月 6 日](ABSOLUTE)",
        "[2023年5\n月6日](ABSOLUTE)行手术",
        "日期:__[2023_年_5_月_6_日](ABSOLUTE)",
        "日期:____[2023__年___5__月____6_日](ABSOLUTE)",
        "日期:[2023   年    5    月    6    日](ABSOLUTE)",
        "记录[2023-5-6](ABSOLUTE)",
        "[2023/05/06](ABSOLUTE)采样",
        "([2023.5.6](ABSOLUTE))",
        "[2023. 5. 6](ABSOLUTE) 复查",
        "[2023.5.6号](ABSOLUTE)来院",
        "报告日期:[20230506](ABSOLUTE)",
        "导出[20230506](ABSOLUTE).csv",
        "IMG_[20230506](ABSOLUTE)_123012.jpg",
        "[20230506](ABSOLUTE)T123012",
        "报告时间:[20230506](ABSOLUTE)123005",
        "[05/06/2023](ABSOLUTE)",
        "[25.12.2023](ABSOLUTE)",
        "[2023-05-06](ABSOLUTE) 12:30:05",
        "[2023-05-06](ABSOLUTE)T12:30:05+08:00",
        "[2023-05](ABSOLUTE)",
        "入院时间 [2023.05](ABSOLUTE)",
        "[2023-5月](ABSOLUTE)复查",
        "[2023年5.8](ABSOLUTE)入院",
        "[二〇二三年五月六日](ABSOLUTE)",
        "[二零二三年五月](ABSOLUTE)",
        "[二○二三年五月廿三日](ABSOLUTE)",
        "[贰零贰叁年零伍月零陆日](ABSOLUTE)",
        "[一九八三年](ABSOLUTE)参加工作",
        "[二零二三](AMBIGUOUS)",
        "[2023年](ABSOLUTE)确诊",
        "[2023年](ABSOLUTE)度体检",
        "[2023年底](ABSOLUTE)开始",
        "[2023年年初](ABSOLUTE)",
        "[2023年上半年](ABSOLUTE)",
        "[2023年第二季度](ABSOLUTE)",
        "[2023Q3](ABSOLUTE)",
        "[2023年冬天](ABSOLUTE)发作",
        "头孢曲松|[2024年冬](ABSOLUTE)|入院",
        "内科\t[2024年夏](ABSOLUTE)\t入院",
        "[2023年3月底](ABSOLUTE)",
        "[23年5月](ABSOLUTE)行胃镜",
        "[23年5月6日](ABSOLUTE)",
        "[85年3月](ABSOLUTE)结婚",
        "复查日期:[23.5.6](AMBIGUOUS)",
        "[民国六十三年三月](ABSOLUTE)",
        "[民国63年5月6日](ABSOLUTE)",
        "[昭和35年](ABSOLUTE)",
        "[May 6, 2023](ABSOLUTE)",
        "-rw-r--r-- [May  6  2023](ABSOLUTE)",
        "[06-MAY-2023](ABSOLUTE)",
        "[2023-May-06](ABSOLUTE)",
        "CT[2024.3.1](ABSOLUTE)示",
        "[2024.3.1](ABSOLUTE)MRI示",
        "1.[2024-03-01](ABSOLUTE)头颅MRI",
        "LMP[2023-09-04](ABSOLUTE) EDC[2024-06-10](ABSOLUTE)",
        "有效期至[2024.9](ABSOLUTE)",
        "[2007.07](ABSOLUTE)-[2013.05](ABSOLUTE) 住院医师",
        "[2021.09](ABSOLUTE)-至今",
        "质控日期 [2025.7. 18](ABSOLUTE)",
        "时间:[2024.03.25](ABSOLUTE)(周一)8:30-9:40",
        "<csrq>[19910722](ABSOLUTE)</csrq>",
    ],
)
def test_finds_dates_with_a_year(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == list(expected)


@pytest.mark.parametrize(
    "marked",
    [
        "约[1月4日](PARTIAL)上午的面询",
        "[5月6号](PARTIAL)出院",
        "[5月6](PARTIAL)入院",
        "[五月六号](PARTIAL)",
        "[十二月二十五日](PARTIAL)",
        "[元月5日](PARTIAL)",
        "时间[12月中旬](PARTIAL)。",
        "[3月底](PARTIAL)复查",
        "[5月份](PARTIAL)查出来",
        "于[5月](PARTIAL)做手术",
        "[3月](PARTIAL)入院",
        "[5.8号](AMBIGUOUS)复查",
        "[5-8日](AMBIGUOUS)来院",
        "于[5.8](AMBIGUOUS)入院",
        "日期:[5/8](AMBIGUOUS)",
        "日期:[2024](AMBIGUOUS) 第9次,编号:2024",
        "入院[5-8](AMBIGUOUS)",
        "末次月经[5.8](AMBIGUOUS)",
        "[12/25](AMBIGUOUS)出院",
        "王医生 [05-06](AMBIGUOUS) 12:30",
        "[15号](AMBIGUOUS)复查",
        "于[6日](AMBIGUOUS)出院",
        "生于[85年](AMBIGUOUS)",
        "我是[08年](AMBIGUOUS)查出来的",
        "他是[85年](AMBIGUOUS)的,",
        "体温37.5 [5/8](AMBIGUOUS)复查",
        "[6.21](AMBIGUOUS)生,",
        "[1983](AMBIGUOUS)生,",
        "[三月中下旬](PARTIAL)",
        "更正[5月](PARTIAL)排班",
        "补助随[8月](PARTIAL)工资发",
        "二、[四月](PARTIAL)义诊",
        "我爸[7月](PARTIAL)排上的",
        "省医院[3月](PARTIAL)的住院还缺首页",
        "已办结\n[11月](PARTIAL)护工捡到",
        "[十五号](AMBIGUOUS)发工钱",
        "问:哪年退休?答:[八一年](AMBIGUOUS),",
        "[3号](AMBIGUOUS)、[10号](AMBIGUOUS)来换药",
        "他[19号](AMBIGUOUS)要飞回来",
        "预计[21号](AMBIGUOUS)到,",
        "下次随访[6月](PARTIAL)。",
        "康复二区 [10月](PARTIAL)第2周",
        "参会名单 [7月](PARTIAL)服务质量例会",
        "总监要求[4月](PARTIAL)起超过15分钟未回电提醒",
        "该患[2月](PARTIAL)起乏力",
        "一家4口[9月](PARTIAL)来做体检",
        "补充:[10月](PARTIAL)停过一周药",
        "到[2月](PARTIAL)一共三次",
        "到[3月](PARTIAL)分班",
    ],
)
def test_finds_dates_without_a_full_year(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert [match for match in found(text) if match[2] != "RELATIVE"] == list(expected)


@pytest.mark.parametrize(
    "marked",
    [
        "孩子[四月初六](LUNAR)夜里开始抽",
        "[农历四月初六](LUNAR)",
        "[阴历腊月二十三](LUNAR)",
        "[正月廿三](LUNAR)",
        "[闰四月初三](LUNAR)",
        "[农历1955年3月12日](LUNAR)",
        "[农历五五年三月十二](LUNAR)",
        "[阴历2月初2](LUNAR)",
        "[甲辰年三月](LUNAR)",
        "[甲辰龙年正月初一](LUNAR)",
        "[农历龙年](LUNAR)",
        "[八月十五](LUNAR)那天",
        "[2024年三月初八](LUNAR)",
        "[2024年春节](HOLIDAY)",
        "[24年国庆](HOLIDAY)",
        "[2024年五一](HOLIDAY)",
        "[2023年立冬](HOLIDAY)",
        "[春节](HOLIDAY)期间",
        "[国庆节](HOLIDAY)",
        "[五一](HOLIDAY)后复查",
        "[大年初三](HOLIDAY)",
        "[小雪](HOLIDAY)前后",
        "[龙年春节](HOLIDAY)",
    ],
)
def test_finds_lunar_dates_and_holidays(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == list(expected)


@pytest.mark.parametrize(
    "marked",
    [
        "于[2024-03-01](ABSOLUTE)至[2024-03-08](ABSOLUTE)行",
        "[2023年5月6日](ABSOLUTE)-[2023年5月8日](ABSOLUTE)",
        "[3月1日](PARTIAL)-[8日](PARTIAL)住院",
        "[3月1日](PARTIAL)至[3月8日](PARTIAL)",
        "[3月1日](PARTIAL)、[8日](PARTIAL)各一次",
        "[5月6](PARTIAL)-[8日](PARTIAL)",
        "[2024.3.1](ABSOLUTE)-[3.5](PARTIAL)",
        "[2024/3/1](ABSOLUTE) ~ [2024/3/8](ABSOLUTE)",
        "[2024-03-01](ABSOLUTE)~[03-08](PARTIAL)",
        "[20240301](ABSOLUTE)-[20240308](ABSOLUTE)",
        "[2024年3](ABSOLUTE)-[5月](PARTIAL)",
        "[2023年3月](ABSOLUTE)至[5月](PARTIAL)",
        "[2019](ABSOLUTE)-[2023年](ABSOLUTE)",
        "[5.8](AMBIGUOUS)-[5.10号](AMBIGUOUS)",
        "[正月初三](LUNAR)到[初六](LUNAR)",
        "[2023.5.6](ABSOLUTE)/[2023.6.7](ABSOLUTE)",
        "化疗:[5.6](AMBIGUOUS)、[5.27](AMBIGUOUS)、[6.17](AMBIGUOUS)",
        "[5.6](AMBIGUOUS)-[5.10](AMBIGUOUS)住院",
        "[5月6](PARTIAL)、[7](PARTIAL)、[8日](PARTIAL)",
        "[2019](ABSOLUTE)至今",
    ],
)
def test_finds_both_ends_of_a_range(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == list(expected)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3月5日入院,6日手术,9日出院", [(3, 5), (3, 6), (3, 9)]),
        ("2024-03-05入院,于6日内镜下止血", [(3, 5), (3, 6)]),
        ("9月12号到,13号会诊", [(9, 12), (9, 13)]),
        ("7月1日入院,2日、3日会诊,5日仍泻", [(7, 1), (7, 2), (7, 3), (7, 5)]),
        ("3月5日起诉,15日仍未付款", [(3, 5)]),
        ("九月三日入院,四日手术", [(9, 3), (9, 4)]),
        ("3月5日入院。6日手术", [(3, 5)]),
        ("3月5日入院,3日手术", [(3, 5)]),
        ("3月5日入院,住院6日", [(3, 5)]),
        ("3月5日开药,7日内复诊", [(3, 5)]),
        ("3月5日开药,7日量", [(3, 5)]),
        ("3月5日手术,6日未排便", [(3, 5)]),
        ("3月5日入住,12号床", [(3, 5)]),
        ("3月5日入组,28日死亡率12%", [(3, 5)]),
    ],
)
def test_a_later_day_of_the_sentence_inherits_the_month(text: str, days: list[tuple[int, int]]) -> None:
    matches = [match for match in find_dates(text) if match.kind != "relative"]

    assert [(match.month, match.day) for match in matches] == days


def test_the_end_of_a_range_inherits_year_and_month() -> None:
    start, end = find_dates("2024年3月28日至30日")

    assert (start.year, start.month, start.day) == (2024, 3, 28)
    assert (end.year, end.month, end.day) == (2024, 3, 30)


@pytest.mark.parametrize(
    "text",
    [
        "血钾3.5-5.3mmol/L",
        "腹痛2月去当地医院",
        "服药3月做了检查",
        "化疗3月的费用",
        "。3月复查一次",
        "。1月未大便",
        "(Build 20240311)",
        "2019年ATS/IDSA指南",
        "请15号到2诊室",
        "住15号走廊",
        "白露过后昼夜温差大",
        "白细胞5.8,",
        "1/2片",
        "BP 120/80mmHg",
        "眼压15/16mmHg",
        "剂量0.5-1.0g",
        "剂量1-2g",
        "碳酸氢钠1.0 tid",
        "E11.900x001",
        "M05.8",
        "版本2.0.1",
        "版本10.2.3",
        "v10.2.3",
        "GB/T 2023",
        "最新CT2023",
        "指南2023版",
        "GB/T 42460-2023",
        "13812345678",
        "021-20230506",
        "01020230506",
        "订单20230506118",
        "WO-20240227-118",
        "CT-2024-03-01-001",
        "2024-03-01-001",
        "192.168.1.1",
        "10.10.12.1",
        "11.5×9.2cm",
        "1.8×1.5cm",
        "大于5.8",
        "位于2/3处",
        "相当于1/2",
        "3.15",
        "20239999",
        "20230230",
        "2023.13.45",
        "2018-1室",
        "新源南路1-3号",
        "星港路65-3-4号",
        "21号5-1-1801",
        "5月中风",
        "血糖 5.8复查",
        "2023-12号文件",
        "8号楼",
        "床号:8",
        "门诊3号窗",
        "术后第3天",
        "每日3次",
        "病程10年",
        "糖尿病20年",
        "痛风10年。",
        "近3天",
        "24小时",
        "3个月",
        "3月龄",
        "8月大",
        "服药8月",
        "服药3月余",
        "孕5月",
        "术后3月",
        "停经2月",
        "1年2月",
        "3岁2月",
        "3.5月",
        "间隔3月",
        "1-2月",
        "按0、1、6月接种",
        "五月花",
        "二月河",
        "八月札",
        "满月",
        "后天性心脏病",
        "前列腺",
        "每周一次",
        "隔日一次",
        "上周围神经",
        "80年代",
        "5年级",
        "李国庆",
        "五一路",
        "中秋",
        "大雪",
        "小满",
        "一年",
        "二三年",
        "三五天",
        "一百二十",
        "初二学生",
        "属龙",
        "甲子",
        "KPS 80分",
        "27Gy/3f",
        "2型糖尿病",
        "体温36.5",
        "T1-3506",
        "住院号:30217745",
        "编号:20230506",
        "随访3月因故退出",
        "咳嗽,2月起效",
        "观察6月以上",
        "日期:____年____月____日",
        "5月    6     日间手术",
    ],
)
def test_leaves_what_only_looks_like_a_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "marked",
    [
        "[昨天](RELATIVE)跟我妈吵了一架",
        "[今早](RELATIVE)",
        "[前天](RELATIVE)发热",
        "[大后天](RELATIVE)",
        "[上周三](RELATIVE)",
        "[下个月](RELATIVE)",
        "本月[15日](AMBIGUOUS)",
        "上个月[18号](AMBIGUOUS)",
        "下月[初五](LUNAR)",
        "本月[廿三](LUNAR)",
        "[本月](RELATIVE)3号楼",
        "[去年国庆](RELATIVE)",
        "[去年冬天](RELATIVE)",
        "[三天前](RELATIVE)",
        "[3天前](RELATIVE)",
        "[10余年前](RELATIVE)",
        "[十几年前](RELATIVE)",
        "[3个月前](RELATIVE)",
        "[半年前](RELATIVE)",
        "[四周后](RELATIVE)复查",
        "[星期五](RELATIVE)",
        "[月底](RELATIVE)",
        "[不久前](RELATIVE)",
        "[今年](RELATIVE)[3月](PARTIAL)",
        "[去年](RELATIVE)[5月6日](PARTIAL)",
    ],
)
def test_relative_words_have_a_kind_of_their_own(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == list(expected)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024年02月26日10时", "10时"),
        ("2024-03-11 08:40", " 08:40"),
        ("2023-05-06 12:30:05", " 12:30:05"),
        ("2023-05-06T12:30:05Z", "T12:30:05Z"),
        ("2023-05-06T12:30:05.123+08:00", "T12:30:05.123+08:00"),
        ("2023/5/6 9:30 PM", " 9:30 PM"),
        ("20230506 12:30", " 12:30"),
        ("2024年3月1日(周五)上午9点半", "(周五)上午9点半"),
        ("3月1日 09时30分", " 09时30分"),
        ("3月1日下午三点", "下午三点"),
        ("1月4日上午", "上午"),
        ("1月4日晚8点", "晚8点"),
        ("1月4日晚期", ""),
        ("1月4日3点滴", ""),
        ("2023年5月6日,", ""),
        ("2023年 9:30", ""),
    ],
)
def test_clock_time_and_weekday_lie_behind_the_date(text: str, clock: str) -> None:
    match = only(text)

    assert text[match.end : match.time_end] == clock


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("05/06/2023", (2023, 5, 6)),
        ("25/12/2023", (2023, 12, 25)),
        ("23年5月6日", (2023, 5, 6)),
        ("85年3月6日", (1985, 3, 6)),
        ("民国元年1月1日", (1912, 1, 1)),
        ("昭和35年", (1960, None, None)),
        ("二○二三年十月卅一日", (2023, 10, 31)),
        ("农历闰四月初三", (None, 4, 3)),
        ("农历1955年腊月", (1955, 12, None)),
        ("2024年春节", (2024, None, None)),
        ("国庆节", (None, 10, 1)),
    ],
)
def test_reads_the_numbers(text: str, values: tuple[int | None, ...]) -> None:
    match = only(text)

    assert (match.year, match.month, match.day) == values


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2023年5月6日", None, (2023, 5, 6)),
        ("5月6日", 2024, (2024, 5, 6)),
        ("5月6日", None, None),
        ("2023年2月30日", None, None),
        ("农历2023年闰二月初一", None, (2023, 3, 22)),
        ("农历2024年正月初一", None, (2024, 2, 10)),
        ("腊月三十", 2024, (2025, 1, 28)),  # of a month with 29 days the last
        ("甲辰年正月初一", 2026, (2024, 2, 10)),
        ("甲辰年正月初一", 1970, (1964, 2, 13)),
        ("2024年春节", None, (2024, 2, 10)),
        ("2024年除夕", None, (2024, 2, 9)),
        ("2024年中秋节", None, (2024, 9, 17)),
        ("2023年立冬", None, (2023, 11, 8)),
        ("国庆节", 2023, (2023, 10, 1)),
        ("12月中旬", 2023, (2023, 12, 15)),
        ("2023年第二季度", None, (2023, 5, 15)),
        ("2023年底", None, (2023, 12, 15)),
        ("三天前", 2023, None),
        ("农历1850年三月初八", None, None),
    ],
)
def test_knows_the_day_in_the_solar_calendar(
    text: str, year: int | None, day: tuple[int, int, int] | None
) -> None:
    [match] = find_dates(text)

    assert solar_date(match, year=year) == (datetime.date(*day) if day else None)


@pytest.mark.parametrize(
    ("text", "other", "written"),
    [
        ("2023年5月6日", (2021, 11, 20), "2021年11月20日"),
        ("2023年05月06日", (2021, 1, 2), "2021年01月02日"),
        ("2023年11月20日", (2021, 1, 2), "2021年1月2日"),
        ("2023年11月06日", (2021, 1, 2), "2021年01月02日"),
        ("2022年12月", (2021, 1, 2), "2021年1月"),
        ("2023-11-20", (2021, 1, 2), "2021-01-02"),
        ("2023-11-6", (2021, 1, 12), "2021-1-12"),
        ("2023/11/20", (2021, 1, 2), "2021/1/2"),
        ("2023/11/06", (2021, 1, 2), "2021/01/02"),
        ("2023.5.6号", (2021, 11, 20), "2021.11.20号"),
        ("2023 - 05 - 06", (2021, 11, 20), "2021 - 11 - 20"),
        ("20231120", (2021, 1, 2), "20210102"),
        ("23年5月6号", (2009, 11, 20), "09年11月20号"),
        ("05/06/2023", (2021, 11, 20), "11/20/2021"),
        ("25.12.2023", (2021, 1, 2), "2.1.2021"),
        ("二〇二三年五月六日", (2021, 11, 20), "二〇二一年十一月二十日"),
        ("二○二三年五月廿三日", (2000, 1, 30), "二○○○年一月卅日"),
        ("贰零贰叁年零伍月零陆日", (2021, 11, 2), "贰零贰壹年拾壹月零贰日"),
        ("12月中旬", (2021, 1, 2), "1月上旬"),
        ("12月底", (2021, 1, 2), "1月初"),
        ("12月中下旬", (2021, 1, 22), "1月中下旬"),
        ("12月中下旬", (2021, 1, 2), "1月上旬"),
        ("2023年冬天", (2021, 4, 2), "2021年春天"),
        ("2023年第二季度", (2021, 11, 2), "2021年第四季度"),
        ("2023年上半年", (2021, 11, 2), "2021年下半年"),
        ("民国63年5月6日", (2021, 11, 2), "民国110年11月2日"),
        ("民国63年5月6日", (1900, 11, 2), "1900年11月2日"),
        ("May 6, 2023", (2021, 11, 2), "Nov 2, 2021"),
        ("May  6  2023", (2021, 11, 2), "Nov  2  2021"),
        ("06-MAY-2023", (2021, 11, 2), "02-NOV-2021"),
        ("August 16, 2023", (2021, 5, 2), "May 2, 2021"),
        ("农历四月初六", (2023, 3, 22), "农历闰二月初一"),
        ("四月初六", (2024, 2, 10), "正月初一"),
        ("正月廿三", (2024, 3, 1), "正月廿一"),
        ("正月二十三", (2024, 3, 1), "正月二十一"),
        ("农历龙年", (2021, 6, 1), "农历牛年"),
        ("甲辰年三月", (2021, 6, 1), "辛丑年四月"),
        ("2024年春节", (2021, 6, 1), "2021年6月1日"),
        ("2024春节", (2021, 6, 1), "2021年6月1日"),
        ("2024年国庆", (2021, 10, 1), "2021年国庆"),
        ("国庆节", (2021, 6, 1), "6月1日"),
        ("昨天", (2021, 6, 1), "昨天"),
        ("四月初六", (1850, 6, 1), "1850年6月1日"),  # beyond the lunar table
    ],
)
def test_writes_another_date_in_the_same_form(text: str, other: tuple[int, int, int], written: str) -> None:
    [match] = find_dates(text)

    assert render(match, datetime.date(*other)) == written


def numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def by_digits(number: int, zero: str) -> str:
    return "".join((zero + "一二三四五六七八九")[int(digit)] for digit in str(number))


FORMS: dict[str, Callable[[datetime.date], str]] = {
    "年月日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded 年月日": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    "年月号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "年月": lambda d: f"{d.year}年{d.month}月",
    "年": lambda d: f"{d.year}年",
    "iso": lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
    "hyphens": lambda d: f"{d.year}-{d.month}-{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "padded slashes": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "compact": lambda d: f"{d.year}{d.month:02}{d.day:02}",
    "us": lambda d: f"{d.month:02}/{d.day:02}/{d.year}",
    "short year": lambda d: f"{d.year % 100:02}年{d.month}月{d.day}日",
    "month day": lambda d: f"{d.month}月{d.day}日",
    "month": lambda d: f"{d.month}月份",
    "short": lambda d: f"{d.month}.{d.day}号",
    "han 〇": lambda d: f"{by_digits(d.year, '〇')}年{numeral(d.month)}月{numeral(d.day)}日",
    "han 零": lambda d: f"{by_digits(d.year, '零')}年{numeral(d.month)}月{numeral(d.day)}号",
    "han month day": lambda d: f"{numeral(d.month)}月{numeral(d.day)}日",
    "民国": lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
    "english": lambda d: f"{ENGLISH_MONTHS[d.month - 1][:3]} {d.day}, {d.year}",
    "half": lambda d: f"{d.year}年{'上' if d.month < 7 else '下'}半年",
    "third": lambda d: f"{d.year}年{d.month}月{('上旬', '中旬', '下旬')[min(2, (d.day - 1) // 10)]}",
}
UNSURE_PADDING = {"hyphens", "padded 年月日", "padded slashes", "us"}  # 2023-11-20 may be either
DAYS = st.dates(datetime.date(1940, 1, 1), datetime.date(2035, 12, 31))


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS, other=DAYS)
def test_every_form_survives_a_round_trip(form: str, day: datetime.date, other: datetime.date) -> None:
    surface = FORMS[form](day)
    text = f"患者于{surface}入院"

    match = only(text)

    assert text[match.start : match.end] == surface
    assert render(match, day) == surface
    padding = form not in UNSURE_PADDING or day.month < 10 or day.day < 10
    zero = form != "han 零" or "0" in str(day.year)
    if padding and zero:
        assert render(match, other) == FORMS[form](other)


@given(day=st.dates(datetime.date(1950, 1, 1), datetime.date(2030, 12, 31)), named=st.booleans())
def test_lunar_dates_survive_a_round_trip(day: datetime.date, named: bool) -> None:
    [form] = find_dates("农历甲辰年四月初六" if named else "农历四月初六")
    surface = render(form, day)

    [match] = find_dates(surface)

    assert (match.start, match.end) == (0, len(surface))
    assert render(match, day) == surface
    if named:
        assert solar_date(match, year=day.year) == day or (day.month < 3 and match.month in (11, 12))


@given(
    day=DAYS,
    level=st.sampled_from(["month", "quarter", "half_year", "year"]),
    form=st.sampled_from(list(FORMS)),
)
def test_a_generalised_date_is_no_finer_than_its_level(day: datetime.date, level: Level, form: str) -> None:
    assume(form not in ("english", "compact"))  # 200101 may be 2020-01-01 as well
    match = only(f"于{FORMS[form](day)}入院")

    coarse = generalize(match, level)

    again = [found for found in find_dates(f"于{coarse}入院") if found.kind != "relative"]
    assert all(found.granularity != "day" for found in again)
    assert all(
        generalize(found, level) == coarse for found in again if found.end - found.start == len(coarse)
    )


@pytest.mark.parametrize(
    ("text", "month", "quarter", "half_year", "year"),
    [
        ("2023-05-06", "2023-05", "2023Q2", "2023H1", "2023"),
        ("2023/5/6", "2023/5", "2023Q2", "2023H1", "2023"),
        ("2023.5.6", "2023.5", "2023Q2", "2023H1", "2023"),
        ("20230506", "202305", "2023Q2", "2023H1", "2023"),
        ("2023年5月6日", "2023年5月", "2023年第二季度", "2023年上半年", "2023年"),
        ("2023年 5月6日", "2023年 5月", "2023年第二季度", "2023年上半年", "2023年"),
        ("2023年5.8", "2023年5月", "2023年第二季度", "2023年上半年", "2023年"),
        ("二〇二三年五月六日", "二〇二三年五月", "二〇二三年第二季度", "二〇二三年上半年", "二〇二三年"),
        ("5月6日", "5月", "第二季度", "上半年", "某日"),
        ("5.8号", "5月", "第二季度", "上半年", "某日"),
        ("12月中旬", "12月", "第四季度", "下半年", "某月"),
        ("2023年5月", "2023年5月", "2023年第二季度", "2023年上半年", "2023年"),
        ("2023-05", "2023-05", "2023Q2", "2023H1", "2023"),
        ("2023年", "2023年", "2023年", "2023年", "2023年"),
        ("2023年第二季度", "2023年第二季度", "2023年第二季度", "2023年上半年", "2023年"),
        ("2023年冬天", "2023年冬天", "2023年冬天", "2023年", "2023年"),
        ("2023年底", "2023年底", "2023年底", "2023年", "2023年"),
        ("23.5.6", "23年5月", "23年第二季度", "23年上半年", "23年"),
        ("23年5月6日", "23年5月", "23年第二季度", "23年上半年", "23年"),
        ("日期:230506", "23年5月", "23年第二季度", "23年上半年", "23年"),
        ("05/06/2023", "05/2023", "2023Q2", "2023H1", "2023"),
        ("May 6, 2023", "May 2023", "2023Q2", "2023H1", "2023"),
        ("民国63年5月6日", "民国63年5月", "民国63年第二季度", "民国63年上半年", "民国63年"),
        ("四月初六", "四月", "第二季度", "上半年", "某日"),
        ("农历四月初六", "农历四月", "第二季度", "上半年", "某日"),
        ("甲辰年三月初六", "甲辰年三月", "甲辰年第二季度", "甲辰年上半年", "甲辰年"),
        ("2024年春节", "2024年2月", "2024年第一季度", "2024年上半年", "2024年"),
        ("2024春节", "2024年2月", "2024年第一季度", "2024年上半年", "2024年"),
        ("国庆节", "10月", "第四季度", "下半年", "某日"),
        ("春节", "农历正月", "第一季度", "上半年", "某日"),
        ("昨天", "昨天", "昨天", "昨天", "昨天"),
    ],
)
def test_generalises_in_the_form_of_the_original(
    text: str, month: str, quarter: str, half_year: str, year: str
) -> None:
    [match] = find_dates(text)

    assert [generalize(match, level) for level in ("month", "quarter", "half_year", "year")] == [
        month,
        quarter,
        half_year,
        year,
    ]


@pytest.mark.parametrize(
    ("text", "coarse"),
    [
        ("2024.3.1-3.5", ["2024.3", "3"]),
        ("3月1日-8日", ["3月", "3月"]),
        ("2024年3-5月", ["2024年3", "5月"]),
    ],
)
def test_generalises_both_ends_of_a_range(text: str, coarse: list[str]) -> None:
    assert [generalize(match, "month") for match in find_dates(text)] == coarse


@pytest.mark.parametrize(
    "text",
    [
        "出生日期:1983-06-21",
        "出 生 日 期:19830621",
        "出生年月 1983年6月",
        "出生:1983年",
        "出生年份:1983",
        "生日是三月七号",
        "生于1983.06.21",
        "出生三月七号",
        "DOB: 06/21/1983",
        "Date of Birth: 1983-06-21",
        "born 03/07/1990",
        "出生日期(公历):1983-06-21",
        "出生日期:农历1983年五月初八",
        "1983年6月21日生",
        "1983年6月21日生,汉族",
        "1983-06-21出生",
        "1983年6月生人",
        "1983-06-21 08:30出生",
        "1995年8月18日出生,汉族",
        "1980年生的,",
        "1933年农历十月十六生",
        "五三年八月十七 属蛇的",
        "属猴,1944年腊月",
        "出生年月?\n客户:八九年六月",
    ],
)
def test_a_birth_word_beside_the_date_makes_it_a_date_of_birth(text: str) -> None:
    assert is_birth(text, only(text))


@pytest.mark.parametrize(
    "text",
    [
        "入院日期:2023-05-06",
        "2023年5月6日生病",
        "2023年5月6日生命体征平稳",
        "2023-05-06出生缺陷筛查",
        "患者出生史无异常,于2023-05-06入院",
        "新生儿科2023-05-06",
        "去年出生,于2023-05-06入院",
    ],
)
def test_other_dates_are_no_dates_of_birth(text: str) -> None:
    assert not is_birth(text, only(text))


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        ("日期", "日期:20230506", "病历号20230506"),
        ("cue", "入院时间 2023-05", "2023-05"),
        ("evidence", "于5月做了手术", "病人5月的"),
        ("unit", "2023年5月6日", "2023年5月"),
    ],
)
def test_scores_follow_the_evidence(text: str, more: str, less: str) -> None:
    assert only(more).score > only(less).score


def test_low_scored_shapes_are_offered_as_hints() -> None:
    assert found("第3节 23.5.6", least=0.3) == [(4, 10, "AMBIGUOUS")]
    assert found("第3节 23.5.6") == []


def test_matches_are_disjoint_ordered_and_within_the_text() -> None:
    text = "2024-03-01至2024-03-08,昨天,四月初六,5月6日-8日,20230506,1.2024.3.1-3.5" * 3

    matches = list(find_dates(text))

    assert all(m.start < m.end <= m.time_end <= len(text) for m in matches)
    assert all(a.time_end <= b.start for a, b in pairwise(matches))


@given(st.text(alphabet="0123456789〇一二三十廿年月日号初正腊农历至-/.~: \n春节前后天个上去", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    for match in find_dates(text):
        surface = "".join(piece.text for piece in match.form)
        assert surface == text[match.start : match.end]
        assert 0 < match.score <= 1
        day = solar_date(match, year=2024)
        render(match, day or datetime.date(2024, 1, 31))
        for level in ("month", "quarter", "half_year", "year"):
            assert generalize(match, level)


def test_matches_can_be_pickled() -> None:
    match = only("2023年5月6日")

    assert pickle.loads(pickle.dumps(match)) == match
