"""Days, months, births and ages that only the words and figures around them tell."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked

_TOLD = {"DATE_TIME", "DATE_OF_BIRTH", "AGE"}


def _found(text: str) -> set[tuple[int, int, str]]:
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in _TOLD}


@pytest.mark.parametrize(
    "marked",
    [
        "患者[4月20日](DATE_TIME)至[25日](DATE_TIME)间刷卡，想改到[5/27](DATE_TIME)或[28日](DATE_TIME)，值班[6/8](DATE_TIME)–[6/10](DATE_TIME)",
        "[2024-03-05](DATE_TIME)和[08日](DATE_TIME)复诊；血压120/80，3/8-5/8阳性",
        "胺碘酮复律成功。[25日](DATE_TIME)拔除胸管。已发邮件请其[3日](DATE_TIME)前回电，3日前来过",
        "对方：那就[8号](DATE_TIME)。他[23号](DATE_TIME)停的药，[16号](DATE_TIME)行。",
        "[10月5日](DATE_TIME)　带班 韩志军\n　　[6日](DATE_TIME)、[7日](DATE_TIME)　带班 周国平",
        "调班：许文婷[14日](DATE_TIME)要去签证中心\n2. [13日](DATE_TIME)附属口腔医院潘教授停诊，林建华改[17日](DATE_TIME)，已通知",
        "记录缺[17日](DATE_TIME)22点至24点；病历[25日](DATE_TIME)前封存；术后3日前完成",
        "入院[2024-11-13](DATE_TIME)。双踝水肿。[11-15](DATE_TIME) 胸部CT示双上肺大阴影",
        "录音[20251016](DATE_TIME).m4a，转写 [20240611](DATE_TIME)-102733，REC-20240611-102733",
        "Flight [7/19](DATE_TIME) CZ3081；档案：陈桂芳/女/[1960-12-28](DATE_OF_BIRTH)/130283196012284185/医保",
        "床位3号行吗，5床；那就3号窗口",
        "武大姐[9号](DATE_TIME)娘家上坟，王芳[18号](DATE_TIME)相亲",
        "班表  [17日](DATE_TIME)   [18日](DATE_TIME)   [19日](DATE_TIME)\n早班  周敏  高山  小文",
        "[15日](DATE_TIME)夜间突发胸痛，[16日](DATE_TIME)转入ICU，[18日](DATE_TIME)脱机",
        "[9日](DATE_TIME)行胆囊切除术，[10日](DATE_TIME)进流食，[14日](DATE_TIME)出院",
        "术后3日拔管，5日下床，7日拆线",
        "那[15号](DATE_TIME)见，[19号](DATE_TIME)再说；[17号](DATE_TIME)太赶了，就定[22号](DATE_TIME)了",
        "她[1号](DATE_TIME)刚做完化疗，[13号](DATE_TIME)专家停诊，说好[9号](DATE_TIME)给结果",
        "小李[7号](DATE_TIME)的班；",
        "3号床刚做完，5号窗口，13号专家停诊",
        "第1日  2日  3日 用药；1日  3日  5日 各一次",
    ],
)
def test_finds_days_without_a_month(marked):
    text, marks = parse_marked(marked)

    found = _found(text)

    assert found == {(m.start, m.end, m.entity_type) for m in marks}


@pytest.mark.parametrize(
    "marked",
    [
        "人家[3月](DATE_TIME)就走了，他[三月](DATE_TIME)还要回来评定",
        "随[10月](DATE_TIME)轮休另检，跟[2月](DATE_TIME)那个陈秀英不是一人，上次[5月](DATE_TIME)那张作废",
        "佳佳，[6月](DATE_TIME)新来。记在本上，[4月](DATE_TIME)最高17.2；非药名，[4月](DATE_TIME)结。",
        "[5月](DATE_TIME)开学后，[6月](DATE_TIME)放假前；LMP [9-11](DATE_TIME)，EDC [6-18](DATE_TIME)",
        "腹痛3月那个病人，宝宝10月就走了几步，服药3月最高不超过",
        "两站[12月](DATE_TIME)上门412人次；胃癌晚期，[7月](DATE_TIME)从长沙回来；徐经理承诺[四月](DATE_TIME)起派专车",
        "工龄21年，[8月](DATE_TIME)血尿；陈教授系咪[11月](DATE_TIME)去海口坐诊；备注|[9月](DATE_TIME)团|黎颖诗",
        "6月会坐，8月会爬，12月会走；病程8月，血尿加重；签约后9月团购价",
    ],
)
def test_finds_months_by_what_is_told_of_them(marked):
    text, marks = parse_marked(marked)

    found = _found(text)

    assert found == {(m.start, m.end, m.entity_type) for m in marks}


@pytest.mark.parametrize(
    "marked",
    [
        "归属荆州　最后来电[09-29](DATE_TIME)，上次回访[4.12](DATE_TIME)；上次沟通3.5分，最近联系2/3的人",
        "工单群 （[05-30](DATE_TIME)）\n你好",
        "参考范围（10-30）\n血钾（3.5-5.5）",
        "上次小结（小满，[5-30](DATE_TIME)），随访（李娜，[4.12](DATE_TIME)）：无不适，评分（李娜，3.5）",
        "请假：王磊（婚假，[4.18](DATE_TIME)—[4.26](DATE_TIME)）",
        "我冤枉哟，[5.29](DATE_TIME)早高峰限流；M1闭塞，[4-3](DATE_TIME)夜22时行取栓术",
        "[2024-04-01](DATE_TIME) 问药；[04-19](DATE_TIME) 未接",
        "胃镜[0408](DATE_TIME).jpg，扫描件[240508](DATE_TIME).pdf，录音990508.pdf，型号2205.pdf",
        "[2024-05-04](DATE_TIME)入院\n[5-7](DATE_TIME) 血锂浓度0.72",
        "[2024-03-04](DATE_TIME)门诊\n3-9 床加药\n3-5 次",
    ],
)
def test_finds_months_with_days_by_what_is_told_of_them(marked):
    text, marks = parse_marked(marked)

    found = _found(text)

    assert found == {(m.start, m.end, m.entity_type) for m in marks}


@pytest.mark.parametrize(
    "marked",
    [
        "黄疸，[20240311](DATE_OF_BIRTH)出生，[20240322](DATE_TIME)来诊；[1990.3.5](DATE_OF_BIRTH)出生，[2008.9](DATE_TIME)起痛经",
        "周先生於[二零二四年九月三日](DATE_TIME)至[九月十四日](DATE_TIME)住院，王医生于[2024年5月](DATE_TIME)接诊",
        "王先生于[1938年2月1日](DATE_OF_BIRTH)生，于[2024年5月1日](DATE_TIME)死亡，王医生于[1970年5月4日](DATE_OF_BIRTH)出生于南京",
        "[2024-06-01](DATE_TIME) 1500克 男装，[2024-06-02](DATE_TIME) 2000g 女鞋",
        "新生儿: 贾某（奶名小米粒），[2024年7月14日](DATE_OF_BIRTH)凌晨3时52分，3180g，女；孩子[2017-12-09](DATE_OF_BIRTH)生对吧",
        "[1990年3月5日](DATE_OF_BIRTH)出生，[1992年5月6日](DATE_OF_BIRTH)出生",
        "龙井那个人是[1987年](DATE_OF_BIRTH)的，房子是[1990年](DATE_TIME)的",
        "两个张伟，[1966年](DATE_OF_BIRTH)的那个才是咱们的",
        "身份证生日跟实际差一岁，实际是[五九年](DATE_OF_BIRTH)",
        "生日：[腊月十八](DATE_OF_BIRTH)（身份证写[1月3日](DATE_OF_BIRTH)）",
        "周敏 女 [580803](DATE_OF_BIRTH) 南京；男 610041 床",
        "[六七年](DATE_OF_BIRTH)的人；六七年的时间",
        "妻王丽（[84.3.22](DATE_OF_BIRTH)，陪同），李红梅 [79.11.2](DATE_OF_BIRTH) 女；版本 v84.3.22",
        "女儿小花（[2018年5月](DATE_OF_BIRTH)）寄养在姥姥家；患儿（[2018年5月](DATE_TIME)）就诊",
        "出生年月与证件不一致（表中[1982.5](DATE_OF_BIRTH)，证件[1985.2](DATE_OF_BIRTH)）",
    ],
)
def test_finds_years_of_birth(marked):
    text, marks = parse_marked(marked)

    found = _found(text)

    assert found == {(m.start, m.end, m.entity_type) for m in marks}


@pytest.mark.parametrize(
    "marked",
    [
        "男　土家族　[47](AGE)\n女 回族 12床",
        "好的，奶奶[67](AGE)对吧，走路要轮椅不；奶奶67斤对吧",
        "两户不配合，后者[八十八](AGE)，不肯来",
        "医生:您父亲多大年纪,头昏多久了?\n患者:[63](AGE),昨天打牌",
        "奶奶今年虚[八十](AGE)了，我爸刚过[七十五](AGE)，老爷子[八十](AGE)整，身体硬朗",
        "您母亲多大？\n[67](AGE)",
        "您今年高寿？\n[八十三](AGE)啦",
        "伤口多大？\n15",
        "多大月龄，叫啥大名\n糖糖妈 20:21　来了",
    ],
)
def test_finds_ages_without_a_unit(marked):
    text, marks = parse_marked(marked)

    found = _found(text)

    assert found == {(m.start, m.end, m.entity_type) for m in marks}
