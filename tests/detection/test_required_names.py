"""Words that are names as well, and rare surnames: persons in the frames of records, words elsewhere."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def persons():
    deidentifier = Deidentifier()
    return lambda text: {
        text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("患者：李珺莀，男", {"李珺莀"}),
        ("患者：李珺莀", {"李珺莀"}),
        ("家属：王暺辶（子）", {"王暺辶"}),
        ("护士：罗輎匐", {"罗輎匐"}),
        ("患者：张嘴了", set()),
        ("护士：马上来", set()),
        ("患者：黄疸高", set()),
        ("患者：白癜风，男女皆可", set()),
    ],
)
def test_characters_that_are_in_no_word_are_a_name_behind_a_role(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("患者：李-建-国，男", {"李-建-国"}),
        ("姓名：欧|阳|甲", {"欧|阳|甲"}),
        ("护士：王 ~ 小 ~ 明", {"王 ~ 小 ~ 明"}),
        ("家属：李.晔.堃", {"李.晔.堃"}),
        ("诊断：高-中-低", set()),
        ("患者：高-中-低-无", set()),
        ("患者：白-天-咳嗽", set()),
    ],
)
def test_a_name_with_the_same_mark_between_its_characters(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("高歌因胸痛2小时急诊入院", {"高歌"}),
        ("石桥于2024年3月5日入院", {"石桥"}),
        ("新生儿江南之子，出生体重3200g", {"江南"}),
        ("白鹭，汉族，湖南长沙人", {"白鹭"}),
        ("龙潭微信wx_abc123", {"龙潭"}),
        ("文竹病历复印件一份", {"文竹"}),
        ("金星转账500元，夏天还没缴费", {"金星", "夏天"}),
        ("已电话告知毛尖复查结果，联系秦淮,无人接听", {"毛尖", "秦淮"}),
        ("请问是万代吗？", {"万代"}),
        ("兹委托白芷代为办理，经文山同意后转院", {"白芷", "文山"}),
        ("12床雷锋诉头晕，血压150/90", {"雷锋"}),
        ("2024-03-05 10:32:11 龙井\n药已经收到\n", {"龙井"}),
        ("产妇武昌顺产一女婴，客户成果投诉态度", {"武昌", "成果"}),
        ("平江、石榴系夫妻关系", {"平江", "石榴"}),
        ("父：万代，母：文艺", {"万代", "文艺"}),
        ("手术医师：高远、白果、王建国", {"高远", "白果", "王建国"}),
        ("手术医师：高远（外科）、白果（二助）、王建国", {"高远", "白果", "王建国"}),
        ("早班：石榴（支援），夜班：江波", {"石榴", "江波"}),
        ("《杜康随访记录》，工单由江波关闭", {"杜康", "江波"}),
        ("13800138000（雷锋）\n6222020200112345678 夏天", {"雷锋", "夏天"}),
        ("长沙市开福区芙蓉北路22号 毛尖收", {"毛尖"}),
        ("请复核。\n此致\n敬礼\n武功\n2024年3月5日", {"武功"}),
        ("请转告金山，问马力要报告，代江城挂号", {"金山", "马力", "江城"}),
        ("高桥今日体温正常，石竹昨晚呕吐两次，夏夜已退烧", {"高桥", "石竹", "夏夜"}),
        ("检验科望家林，找召永强护士问", {"望家林", "召永强"}),
        ("10:02 回信了\n牛得草 14:05\n切片要借\n顾问 14:06\n可以", {"牛得草"}),
    ],
)
def test_a_word_is_somebody_where_records_name_persons(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "方案已确认，计划要求退回；成人今日体温；平时昨晚发热",
        "计划于2024年3月5日入院，平时因胸痛2小时服药",
        "多发生于老年人，由增生的组织替代，通常有两个",
        "1982年进行的流行病学调查，1992年公布的资料",
        "由大小不同的肺泡组成，首先应安排复诊",
        "常用微信kf0012，应急电话13800138000",
        "产妇平安分娩，患者安静称无不适，3床安静，血压120/80",
        "成人病历一份，公民身份号码440623197006110034",
        "扎西卓玛，藏族，女",
        "电话通知本人，不得群发，征得本人同意",
        "传导束和窦房交接区相连，去市场买菜回去，由梅塔省负责",
    ],
)
def test_words_stay_words_elsewhere(persons, text):
    assert persons(text) <= {"扎西卓玛"}
