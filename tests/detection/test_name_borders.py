"""Where a name begins and ends beside verbs, titles and notes, and words that stand in its place."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def deidentifier():
    return Deidentifier()


def found(deidentifier, text, *types):
    return {text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type in types}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("患者陈氏因腹痛入院，患者杨氏法穿刺", {"陈"}),
        ("家属王建国四世同堂，心情愉快", {"王建国"}),
        ("以梁思成为代表的几位医生", {"梁思成"}),
        ("自称李某，代上官婉婷问诊", {"李某", "上官婉婷"}),
        ("礼品退回 见周姐说明", {"周姐"}),
        ("昨天听张姐说改期了", {"张姐"}),
        ("护士长 孙 已阅", {"孙"}),
        ("家属 张 未到  医师 李 同意", {"张", "李"}),
        ("护士长 孙 丽华", {"孙 丽华"}),
        ("找深圳区医生", {"区"}),
        ("受邀专家：方志明教授、詹教授", {"方志明", "詹"}),
        ("方志明说不来了", {"方志明"}),
        ("工单转和丽芳跟进。", {"和丽芳"}),
        ("值班护士文静听到响声到场", {"文静"}),
        ("次女梁红签的字", {"梁红"}),
        ("交 孙丽  接 崔文静", {"孙丽", "崔文静"}),
        ("于凤霞之子马力询问病理", {"于凤霞", "马力"}),
        ("今天龙医生电话致歉", {"龙"}),
        ("约白雪做心理评估", {"白雪"}),
        ("我妈张梅高血压十年了", {"张梅"}),
        ("产妇许颖顺产一女婴", {"许颖"}),
        ("兹委托邹强代为办理", {"邹强"}),
        ("我妈东方启明高血压十年了", {"东方启明"}),
        ("马国强于2024年3月5日入院", {"马国强"}),
        ("金慧敏微信wx_abc123", {"金慧敏"}),
        ("马桂兰病历复印件一份", {"马桂兰"}),
        ("顾问端木强于3月5日回访", {"端木强"}),
        ("费军术后第三天", {"费军"}),
        ("约了尹超周四下午", {"尹超"}),
        ("苏娜改约下周", {"苏娜"}),
        ("父亲胥军、母亲王丽均体健", {"胥军", "王丽"}),
        ("今天王老师值班", {"王"}),
        ("今天文医生值班", {"文"}),
        ("Kevin和Anna都同意", {"Kevin", "Anna"}),
        ("代高兰玲挂号", {"高兰玲"}),
        ("定期监测血压，必要时使用胰岛素。" * 10 + "令狐佳迟到。", {"令狐佳"}),
        ("甲方(盖章)  代表:屈志勇      乙方(盖章)  代表:雷振宇", {"屈志勇", "雷振宇"}),
        ("跟丁慧敏A说过，等彭志明B", {"丁慧敏", "彭志明"}),
        ("郑Anna都同意", {"郑Anna"}),
        ("①范梅说了一下", {"范梅"}),
        ("约廖丽华周三，转褚华让了一下", {"廖丽华", "褚华"}),
        ("昨天王经理说没问题，上海马经理，明天再说", {"王", "马"}),
        ("还有高姐，明天再说", {"高姐"}),
        ("昨天于姐说没问题", {"于姐"}),
        ("21:07 守望：他姓时\n21:09 守望：好的", {"时"}),
    ],
)
def test_names_end_where_words_begin(deidentifier, text, names):
    assert found(deidentifier, text, "PERSON") == names


@pytest.mark.parametrize(
    "text",
    [
        "二诊意见和原医生不一样，听谁的？",
        "找深圳区经理",
        "我车在P3 2层 白色阿尔法，旁边一辆凯美瑞",
        "胃肠道癌的种植转移，魏尔啸淋巴结肿大常提示腹腔来源。",
        "普鲁士蓝、马松三色、刘氏染色、吉姆萨染色各备对照片一张",
        "与委托人关系：□本人 □配偶\n提供给境外医疗机构：□病历 □影像 □病理",
        "21:07 守望：真名哈哈",
        "报告里别写名字哈",
        "病理复核（白片≤10张）",
        "范围：顾问岗、资料岗、质控岗",
        "目前总经理不在，现在班主任说了，问下方医生，昨天由医生决定",
        "取决于医师的学识",
        "结石总数、三万总额、升高总胆红素",
        "骨折术后第三天，空腹血糖7.8，平均血糖偏高，常规术后2周",
        "客服微信kf0012，常用微信kf0013",
        "门诊病历复印件一份，康复病历2份",
        "患者时常高血压，平时高血压控制不佳",
        "同3号邻居代接",
        "宝宝拉奶瓣 绿的",
        "带身份证来补",
        "姓名全部隐去",
        "丹东市妇女儿童医院",
    ],
)
def test_words_in_the_place_of_a_name_are_nobody(deidentifier, text):
    assert found(deidentifier, text, "PERSON") == set()


def test_a_company_begins_behind_the_verb(deidentifier):
    assert found(deidentifier, "急事拨公司热线，详询公司客服", "ORGANIZATION") == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("守望：时光？是网名吗\n杏花：姓时\n守望：那找时光 就行\n美好时光飞逝", {"时光", "时"}),
        ("由顾问时光、客服小陈接待。时光承认，扣时光当季绩效", {"时光", "小陈"}),
        ("见投诉表。时光停岗培训两周", {"时光"}),
        ("明天收转来的石榴 女 29 产后心肌病", {"石榴"}),
        ("9床 空 明天收\n11床 全胜 今早出院", {"全胜"}),
        ("此致\n敬礼\n县医院外二科　来平安\n二〇二四年四月十二日", {"来平安"}),
        ("----- 内部转发 -----\n海波转文静：孔繁林那张盘是我拿错的", {"海波", "文静", "孔繁林"}),
        ("②女儿要中文；③老赵（病友）也想去", {"老赵"}),
        ("我搵阿珍帮你约", {"阿珍"}),
    ],
)
def test_words_that_are_names_where_somebody_must_stand(deidentifier, text, names):
    assert found(deidentifier, text, "PERSON") == names


@pytest.mark.parametrize(
    "text",
    [
        "急诊转住院：患者家属已签字\n全麻转局麻：好",
        "顾问满意、高兴。导诊热情",
        "3床 安好 已查房\n5小时后复查",
        "姓名如上，美好时光飞逝，时光：三年",
        "此致\n敬礼\n市医院 心内科 高兴\n2024年4月1日",
    ],
)
def test_words_where_nobody_must_stand_are_words(deidentifier, text):
    assert found(deidentifier, text, "PERSON") == set()
