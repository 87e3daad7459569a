"""Days of a month without its name, and the figures that number beds, windows, houses and lines."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked


def _days(text: str) -> set[tuple[int, int]]:
    return {(entity.start, entity.end) for entity in detect(text) if entity.entity_type == "DATE_TIME"}


@pytest.mark.parametrize(
    "marked",
    [
        "融合基因送检，[17日](DATE_TIME)回。你上[3号](DATE_TIME)我上[6号](DATE_TIME)，不过[5号](DATE_TIME)你得替我去，[3号](DATE_TIME)我岳母办酒",
        "我上6号线，我上3号楼，服药7日回访，CK 17日回升",
        "王医生：[17号](DATE_TIME)复评完了再说，[20号](DATE_TIME)左右可以转社区",
        "我妈[23号](DATE_TIME)从省中医院转过来的，住6楼12号床，管床的让我去3号窗口补押金",
        "[6日](DATE_TIME)凌晨又烧到39度，[7日](DATE_TIME)已转ICU，家属在5号楼等",
        "行程：[12月3日](DATE_TIME)到郑州，返程[9日](DATE_TIME)，住如家8号店",
        "药剂科通知：麻精药品[26号](DATE_TIME)9点盘点",
        "小马老师[18号](DATE_TIME)去长沙开年会，[21号](DATE_TIME)才回，诊室换到4号",
        "合同我[11号](DATE_TIME)已寄，[13号](DATE_TIME)还没签收，您查一下",
        "[3号](DATE_TIME)又去了一趟，窗口说系统坏了，让我[5号](DATE_TIME)再来",
        "PICC管[22日](DATE_TIME)已拔，敷料干洁；胃管1日未拔",
        "奶奶[2号](DATE_TIME)摔的，[4号](DATE_TIME)拍的片子",
        "伤口[5号](DATE_TIME)拆的线，骨科[13号](DATE_TIME)送来的标本还没登记",
        "[30号](DATE_TIME)在宁波做PET的那位，手术改到[12号](DATE_TIME)手术室全麻",
        "尤律师[16号](DATE_TIME)跟对方谈，催产素[2号](DATE_TIME)夜里上的，[3号](DATE_TIME)一早生的",
        "3床那位，我[16号](DATE_TIME)孩子家长会，原约[8号](DATE_TIME)，改期自[7.19](DATE_TIME)",
        "预计[18日](DATE_TIME)返院，预计3日内出报告",
        "下月[10日](DATE_TIME)之前交，最晚[20日](DATE_TIME)以前，本月[15日](DATE_TIME)后再说，改到10日之后",
        "[20号](DATE_TIME)送机，妈妈[二十三号](DATE_TIME)的票，等[十五号](DATE_TIME)的结果，药吃到[廿三号](DATE_TIME)",
        "客户[十三日](DATE_TIME)到店，成交；[23日](DATE_TIME)出报告",
        "照了片。[19号](DATE_TIME)我把我妈接回来，[13号](DATE_TIME)我妹来；13号我家楼下",
        "请[21号](DATE_TIME)上午来，让[6号](DATE_TIME)下午到，请12号准备",
    ],
)
def test_finds_days_by_what_is_done_on_them(marked: str) -> None:
    text, marks = parse_marked(marked)

    assert _days(text) == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "请12号到3诊室就诊，13号准备",
        "3号床在做雾化，5号窗口已开，8号楼去年翻新",
        "中山路15号在装修，花园街9号从去年起出租，幸福村12号要拆迁",
        "1号线在修，2号电梯停电，3号机房检修，5号电池已拔",
        "服药7日已停，术后5日已拔管，发热3日又来，置管7日已拔",
        "窗口12号就开了，床位3号没空着",
        "王主任3号诊室，李老师5号楼办公，家属12号床边陪护，护士2号推车",
        "床号：12号手术，座位：8号上午空着",
        "换成12号床，我5号楼，你3号选手，他穿我22号鞋",
        "出3号口，走到2号口再打电话",
    ],
)
def test_leaves_what_is_numbered(text: str) -> None:
    assert _days(text) == set()


def test_a_number_behind_somebody_is_a_day_of_what_he_does() -> None:
    assert _days("魏建国12号来复查") == {(3, 6)}
    assert _days("魏建国12号床复查") == set()
    assert _days("魏建国 3/6 收缩期杂音") == set()


def test_less_is_enough_for_a_day_where_nothing_else_is_numbered() -> None:
    assert _days("钱1号就打过去了") == {(1, 3)}
    assert _days("最后一针30号打") == {(4, 7)}
    assert _days("约诊换成25号，还有") == {(4, 7)}
    assert _days("12床家属说，钱1号就打过去了，针3号打") == set()
