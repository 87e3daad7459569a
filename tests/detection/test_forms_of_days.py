"""Days, birthdays and ages that neither a year nor a word right beside them tells, and what looks like them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

KINDS = frozenset(("DATE_TIME", "DATE_OF_BIRTH", "AGE"))


def times(deidentifier, text):
    return {
        (text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text) if e.entity_type in KINDS
    }


@pytest.mark.parametrize(
    "marked",
    [
        "交班（[2024-01-22](DATE_TIME) 20:00—[2024-01-23](DATE_TIME) 08:00）",
        "[3月1日](DATE_TIME)20:00—[3月2日](DATE_TIME)08:00，值班 [01-22](DATE_TIME) 20:00—[01-23](DATE_TIME) 08:00",
        "白片10　收片日[3-26](DATE_TIME)",
        "生日[0812](DATE_OF_BIRTH)，家庭成员二人",
        "[15-8-1946](DATE_OF_BIRTH)出世",
        "拟[12日](DATE_TIME)由民营救护车转运",
        "[18号](DATE_TIME)高铁到虹桥，机票[20号](DATE_TIME) CX986",
        "冰箱温度记录缺[18日](DATE_TIME)的",
        "排班（清明[4号](DATE_TIME)）",
        "[20日](DATE_TIME) 07:12　赵锡海",
        "外采：[19日](DATE_TIME)哈药集团制药总厂 120人；[21日](DATE_TIME)群力实验小学",
        "莎莎[18日](DATE_TIME)考驾照，老贾替",
        "站长已阅，[4.20](DATE_TIME)",
        "订单尾号作废，[3.8](DATE_TIME)退的，流水发你了",
        "叶护士长说[十月](DATE_TIME)有床位",
        "（[3.4](DATE_TIME) 已电话；[3.11](DATE_TIME) 未接；[3.18](DATE_TIME) 接通）",
        "这月[8号](DATE_TIME)去，[15号](DATE_TIME)行吗，还是约的[16号](DATE_TIME)",
        "[240304](DATE_TIME)入院，满月酒[4.20](DATE_TIME)",
        "我妈（[72](AGE)）来，爸，[七十一](AGE)；妈，[六十九](AGE)。属猴，[56](AGE)。",
        "今年[56](AGE)咯，爷爷[83](AGE)走的",
        "投诉登记台账[2023](DATE_TIME)（摘）",
        "这人[五十三](AGE)，种地的。我妈今年整[七十](AGE)，想换膝盖",
        "我爸是胃癌走的，[六十一](AGE)，我怕得很",
        "【性别】女　【年龄】[36](AGE)",
        "腹部增强CT（[3.12](DATE_TIME)）：肝囊性占位；[6.10](DATE_TIME)、[6.12](DATE_TIME)两次穿刺",
        "服务日[3.11](DATE_TIME)、[3.18](DATE_TIME)、[3.25](DATE_TIME)；就诊人",
        "最近服务：[4-02](DATE_TIME) 陪诊；[4-19](DATE_TIME) 取药",
        "值班 制表[10/27](DATE_TIME)\n[11.1](DATE_TIME) 五　　时光\n[11.2](DATE_TIME) 六　　阿may\n[11.3](DATE_TIME) 日　　柳絮",
        "| 翁师约谈[5.20](DATE_TIME) |，“一家 体检[6.10](DATE_TIME)”",
        "呼延雪[11.8](DATE_TIME)起产假；问姜主任[5/6](DATE_TIME)停诊否",
        "PR332 [4/4](DATE_TIME) MNL–JJN，离开 15:20  [24/05/06](DATE_TIME) 周一",
        "file=wz_onco_[20240612](DATE_TIME).sql.gz，/data/scan/[2024-06](DATE_TIME)/p1.jpg",
        "福气个福，[七十三](AGE)了伐。那侬[七十五](AGE)啦？",
        "叫乌甜，[八十七](AGE)矣。",
        "我妹在学校出事了，她才[16](AGE)。走路[14个月](AGE)会的。",
        "| 年龄 | [34](AGE) | [38](AGE) |\n",
        "她多大了？\nmomo> [六岁](AGE)，叫豆豆",
        "父訾广林 [74](AGE) / 母邰玉珍 [71](AGE) / 女圆圆 [6](AGE)",
    ],
)
def test_days_and_ages_are_told_by_what_stands_around_them(deidentifier, marked):
    text, expected = parse_marked(marked)

    assert times(deidentifier, text) == {(text[m.start : m.end], m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "3.1 初诊评估：超声。\n3.2 分期：神经母细胞瘤\n3.3 治疗\n3.4 会诊须有外科\n3.5 发热应在60分钟内给药",
        "外采：3日后复查；5日内完成",
        "用法：7日一疗程；10日一复查",
        "拟5日后手术，拟3日内完成",
        "18号高铁站台，高铁18号车厢，中秋17号床",
        "钱是退的，六十块；药停了，六十一片",
        "血糖昨(6.4)今(5.5)，CRP 3.4 已降；WBC 3.18 未查",
        "15号床行吗，240304入院号，女（22例）",
        "子女评分 8 / 母乳评分 7",
        "王芳3日未排便，李刚5日无发热",
        "4.5分退的",
        "白蛋白(3.12)：低；血糖6.10、6.12两次偏高；剂量：1-2 片；体温37.8起伏",
        "肌力：4/5 复查；CD117 4/4 阳性，更新 1/2，谈话 3.5分",
        "本清单每年一月更新，每年3月复核",
        "他才39，烧得厉害；给你50了；年龄> 60岁；Hb才16",
    ],
)
def test_what_numbers_or_counts_is_no_day_and_no_age(deidentifier, text):
    found = times(deidentifier, text)

    assert not found
