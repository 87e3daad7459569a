"""Days and ages that papers, notes and posts write without a word that says so, and figures that are none."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

KINDS = frozenset(("DATE_TIME", "DATE_OF_BIRTH", "AGE"))


@pytest.fixture
def times(found):
    return lambda text: {(value, kind) for value, kind in found(text) if kind in KINDS}


@pytest.mark.parametrize(
    "marked",
    [
        "[113/05/06](DATE_TIME)（一）\n阿嬤今天心情不錯，早餐稀飯一碗。\n[113/05/07](DATE_TIME)（二）\n體溫正常。",
        "[114.2.18](DATE_TIME) 王護理師來電，約[民國114年3月](DATE_TIME)回診",
        "健保門診，[112.11.3](DATE_TIME) 抽血",
        "患者李玉凤敬赠，[10.14](DATE_TIME)。家属口述：能走了",
        "一面锦旗送错了科室。[10.22](DATE_TIME)\n另一面写了名字",
        "🔹[5.21](DATE_TIME)（记得清楚）去做穿刺\n🔹[6.3](DATE_TIME) 住院，双人间\n🔹[6.5](DATE_TIME) 手术",
        "其中神经内科“[8.2](DATE_TIME)”事件，值班医师开错了药",
        "急诊“[11.6](DATE_TIME)”医闹处置情况",
        "获市科技进步奖2项（[2009](DATE_TIME)、[2017](DATE_TIME)）",
        "优秀共产党员（[2015](DATE_TIME)、[2018](DATE_TIME)、[2021](DATE_TIME)）",
        "我拍了照片，[6月21日](DATE_TIME)、[23](DATE_TIME)、[29](DATE_TIME)三次。",
        "[2月8号](DATE_TIME)、[10](DATE_TIME)、[15](DATE_TIME)各来一趟",
        "王小明 男 [45](AGE)  [3.7](DATE_TIME) 急诊入院",
        "关于令堂[2月](DATE_TIME)复查的几点答复",
        "爸爸[3月](DATE_TIME)住院的发票，[9月](DATE_TIME)見返岑醫生",
        "王大爷（王国强），[81](AGE)，独居",
        "俺婶子杜秀真[43](AGE)了都怀上了",
        "室友杭可馨，黑色素瘤，[29](AGE)。",
    ],
)
def test_finds_days_and_ages_by_their_place(times, marked):
    text, expected = parse_marked(marked)

    assert times(text) == {(text[mark.start : mark.end], mark.entity_type) for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "113.5.6.8 是服务器；版本 113.5.6",
        "健保給付，餘額 112.5.3元",
        "检查结果：总分评定，9.2。疼痛缓解。",
        "拍摄，5.2寸屏；血糖记录，10.2。",
        "🔹1.1 概述\n🔹1.2 方法\n🔹1.3 结果",
        "✅5.6 白细胞\n✅4.3 红细胞",
        "“9.11”事件后的安检；“3.15”投诉专线",
        "指南（2010、2014）均推荐；热量（1950、2010千卡）",
        "K 3.7  急诊入院",
        "转5床、3床、4床两次；9、12支",
        "术后2月复查的结果",
        "用药2月见效",
        "张三37了都不退烧",
        "李阿姨（李秀兰），98元一次",
        "乳腺炎征象随诊；6-12周复查糖耐量；避孕两年。记录人已经把注意事项交代清楚，家属表示理解并同意，出院带药按医嘱服用，如有发热、出血增多、伤口红肿渗液等情况请及时返院就诊，门诊复查请提前预约。",
    ],
)
def test_leaves_figures_that_are_no_days(times, text):
    assert times(text) == set()
