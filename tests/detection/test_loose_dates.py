"""Months, years and their parts as people write them in a hurry, and durations and numbers that look alike."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked


def _days(text: str) -> set[tuple[int, int]]:
    return {(entity.start, entity.end) for entity in detect(text) if entity.entity_type == "DATE_TIME"}


@pytest.mark.parametrize(
    "marked",
    [
        "光过敏,[23.5](DATE_TIME)在抚顺市中心医院查ANA 1:1000；[6.14](DATE_TIME)-[6.16](DATE_TIME)甲泼尼龙0.5g/d冲击3日",
        "眼底未见异常。[18日](DATE_TIME)与北京协和远程会诊,意见一致；阑尾切除（[92年](DATE_TIME)，镇卫生院）",
        "去年查过，先馒头，[12月](DATE_TIME)以后粥也要慢慢咽；外孙[6月](DATE_TIME)中考；老家沟墩，[五八年](DATE_TIME)来上海进厂",
        "这七八年来一直吃药，电池 CR2032、LR44 各60粒；5号7号各120节；满意度 5/5，关单",
        "褚某陪诊费 [3.12](DATE_TIME)-[3.15](DATE_TIME)；需请假3天（[4.15](DATE_TIME)-[4.17](DATE_TIME)），[3.20](DATE_TIME)-[3.22](DATE_TIME) 住锦江之星",
        "客户电话未接，[5/6](DATE_TIME)-[5/10](DATE_TIME)，地点光谷院区，[4/8](DATE_TIME)-[4/10](DATE_TIME) 住宿",
        "[4-01](DATE_TIME) 收柳女士尾款 3000\n[4-02](DATE_TIME) 付油费 420\n[4-08](DATE_TIME) 退款 500",
        "首评 [3.11](DATE_TIME)  中评 [4.11](DATE_TIME)，孕妇末次 [2.11](DATE_TIME)，预产 [11.18](DATE_TIME)",
        "[6月](DATE_TIME)共11条投诉，[六月](DATE_TIME)门诊量统计",
        "我是[6月](DATE_TIME)查出来的糖尿病，打算[12月](DATE_TIME)手术",
        "患者[2019冬](DATE_TIME)诊断为冠心病，[2024一季度](DATE_TIME)行支架",
        "我[21年](DATE_TIME)结的婚，离异（[15年](DATE_TIME)离的），乙肝，[98年](DATE_TIME)发现",
        "他[2013](DATE_TIME)查出来的，一直吃药；最早是[23Q4](DATE_TIME)",
        "[13年](DATE_TIME)前后做过一次，[清明](DATE_TIME)之后来的，[霜降](DATE_TIME)以后住院",
        "术后[2月份](DATE_TIME)查过血，入院前[3月5日](DATE_TIME)做过胃镜",
        "[去年10月15号](DATE_TIME)移的，[今年正月](DATE_TIME)复查；[10月](DATE_TIME)回款41万",
        "穿刺病理（[3/1](DATE_TIME)，省人民医院），见[6/19](DATE_TIME)日志，由[11/5](DATE_TIME)改[11/12](DATE_TIME)，重挂[5.20](DATE_TIME)",
        "我跟的。[2/27](DATE_TIME)郑院长看过，引流管[3/24](DATE_TIME)拔除",
        "评定日期：[2 0 2 4 . 0 4 . 0 8](DATE_TIME)，时间:[2O24-06-27](DATE_TIME) 07:45，约[初十](DATE_TIME)七点",
        "我奶奶[三月三](DATE_TIME)摔的，孩子[腊月廿几](DATE_TIME)出水痘，约在[农历6.8](DATE_TIME)来换药",
        "患者[2024、3、5](DATE_TIME)来诊，报告[2024_03_05](DATE_TIME)出具，签于[23'11/24](DATE_TIME)",
        "末次用药[24年3月5日](DATE_TIME)；① [2024年3月5](DATE_TIME)：初次咨询",
        "[11-24](DATE_TIME)14:00家属来电",
        "[今年2月](DATE_TIME)后每周三四次，[去年8月](DATE_TIME)前都没事，[前年9月](DATE_TIME)内做完",
        "评估表上个月[18号](DATE_TIME)就给了，本月[初九](DATE_TIME)去复查，服药2月后好转",
        "[10/8/24](DATE_TIME), 14:26 - Ploy: ok\n\n[[25/12/23](DATE_TIME), 2:26:30 PM] Summer: see you\n[10/8/24](DATE_TIME), 14:40:44 凌霄: 先别催",
        "患者[2021年秋](DATE_TIME)无明显诱因手抖，[2024年春](DATE_TIME)返校",
        "患者[7月11日](DATE_TIME)夜间发热，[12日](DATE_TIME)热退，[13日](DATE_TIME)再次寒战",
        "来访者[1月](DATE_TIME)与男友分手，一家三口[7月](DATE_TIME)来体检，丈夫[1月](DATE_TIME)病逝，单位[5月](DATE_TIME)体检发现结节",
        "密级：内部　更新：[8/30](DATE_TIME)；现场查体（[2/27](DATE_TIME)，专家许主任），样本[11/20](DATE_TIME)，即[8/2](DATE_TIME)改单药，至[10/12](DATE_TIME)止",
        "复诊日期:[13号](DATE_TIME)\n签订日期：[3.18](DATE_TIME)\n时间：[9.13](DATE_TIME) 14:00—15:10\n出院 [2日](DATE_TIME)",
        "父亲敖文德[6.11](DATE_TIME)在你们骨科做的；患者[10.24](DATE_TIME)晨起乏力，委托人[4.19](DATE_TIME)因胸闷入院，[4.02](DATE_TIME)全麻下手术",
        "服务期自[6.15](DATE_TIME)起至[10.22](DATE_TIME)止，今日（[5.2](DATE_TIME)）办理出院\n[6.8](DATE_TIME)，新桥医院呼吸科",
        "假期[5.1](DATE_TIME)-[5.5](DATE_TIME)，聘期自[6.15](DATE_TIME)至今，报告日期：[6.5](DATE_TIME)，签收：[3.5](DATE_TIME)",
        "腰椎MRI（海淀医院，[10.28](DATE_TIME)，检查号MR1028-0461），能改[6号](DATE_TIME)不",
        "骨质疏松，[10.30](DATE_TIME)起每周一片；[2023.8](DATE_TIME)起维持性透析，预约[2018.03](DATE_TIME)下午",
        "病人[4月](DATE_TIME)起夜尿增多，老伴[8月](DATE_TIME)去世，下次产检[9月](DATE_TIME)。",
    ],
)
def test_finds_dates_written_in_a_hurry(marked: str) -> None:
    text, marks = parse_marked(marked)

    assert _days(text) == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "游离钙 1.20 (1.12-1.32)；血钾3.50-5.50；剂量 3.5-4.5 去甲肾上腺素；肌力 4/5-5/5，分期 3/4-4/4",
        "胸闷3月与情绪有关，病程5月体检发现，服药3月来",
        "患儿6月起添加辅食，随访12月，停经3月来诊，头痛2月住院",
        "白露之后昼夜温差大，立秋以后少吃辛辣，冬至前后阴气最盛",
        "病史20年，开始加重；10年复发率约30%，25年诊断经验",
        "糖尿病21年，吸烟21年",
        "咳嗽2月做过CT，腹痛，2月共3次",
        "孩子6月刚会坐",
        "2013诊断标准，2013例",
        "三月三次，六月六十例，今年三十岁，2019从业人员",
        "肌力由3/5改4/5，肌力（4/5，右侧），检测15份。7/15为阳性，其余阴性；化疗第2周期",
        "LN 5/31，N1（2/18），月经 13 5/28，页码1/12，第3/15页，VAS 4/10，牵引3/16，肌力 屈肘 | 3/3 | 4/4",
        "空腹血糖6.1因未服药，4.5在正常范围；3.2在此基础上，2.1因素分析，评分自3.5起至5.2",
        "6.5，达标\n7.8，空腹血糖\n12.5，缬沙坦",
        "报告：6.5，偏高；血糖记录：6.5、7.8；更新：3.1 修复登录；随访期间 5.5-6.5 之间波动",
        "血糖今日（6.5）空腹，昨日（7.8）。登记：10.5",
        "住院时间：28日；血糖5.7起伏，每份9.9起",
        "冬虫夏草2019，B23Q4，校验码7F3K-09Q2",
    ],
)
def test_leaves_durations_and_numbers(text: str) -> None:
    assert {text[start:end] for start, end in _days(text)} <= set()
