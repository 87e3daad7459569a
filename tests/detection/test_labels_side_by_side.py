"""Values of labels that share a colon, surnames that are words beside the whole name, and what only looks like somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deid.pipeline import Deidentifier


@pytest.mark.parametrize(
    "marked",
    [
        "手机/微信：[13800138000](PHONE_NUMBER)/[yunduo_88](CN_WECHAT_ID)",
        "手機／LINE：[0937 218 645](PHONE_NUMBER)／[fanjiang_wz](USERNAME)",
        "姓名/住院号：[于是](PERSON)/[00231188](MEDICAL_RECORD_NUMBER)",
        "姓名/性别/年龄：[关心](PERSON)/女/[45](AGE)",
        "血压/心率：120/80，药名/规格：阿司匹林/100mg",
        "電話：[9127 4483](PHONE_NUMBER)（WhatsApp）／[2345 0917](PHONE_NUMBER)（屋企）",
        "姓名 / 年龄 / 病 / 处理\n[吕建华](PERSON) / [67](AGE) / 膀胱癌 / 多喝水\n[关心](PERSON) / [45](AGE) / 胃癌 / 复查",
        "电话：[0571-88231234](PHONE_NUMBER)（办）/[88231235](PHONE_NUMBER)（宅）",
    ],
)
def test_labels_that_share_a_colon_have_a_value_each(
    is_as_marked: Callable[[str], bool], marked: str
) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "责任医师 | [郏成果](PERSON) | 复核 | [商陆](PERSON)\n诊断 | 高血压 | 用药 | 茯苓",
        "| 主管医师 | [茯苓](PERSON) | 用药 | 商陆 |",
        "患者\t[高兴](PERSON)\t护士\t[云朵](PERSON)",
        "项目 | 医师 | 药品 | 备注\n煎药 | [商陆](PERSON) | 茯苓 | 无",
    ],
)
def test_labels_and_values_in_turn_in_a_line_are_told(
    is_as_marked: Callable[[str], bool], marked: str
) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[来莉莉](PERSON)医生说可以。\n管床的是[来](PERSON)医生，她今天休息",
        "我叫[滑桂香](PERSON)。\n哎呦对不起[滑](PERSON)阿姨",
        "[申屠](PERSON)老先生说好",
        "值班：周一[尚可](PERSON)，周二[汤可](PERSON)，周三[计划](PERSON)，周四[邰](PERSON)，周五停诊",
        "本院[仲](PERSON)、[文](PERSON)两位医师意见不一",
        "舊同事[阿Bo](PERSON)可作證",
        "[邰斌](PERSON)主持。先生[邰](PERSON)不到场，签字",
        "是[龚](PERSON)医生管，全名[龚自在](PERSON)\n二叔",
        "女儿[蒙芳](PERSON)留电话 [13757280641](PHONE_NUMBER)",
        "欠主診醫生[麥永昌](PERSON)之簽署",
        "[簡](PERSON)護理師追蹤",
        "[张  敏](PERSON)\t[李四光](PERSON)\t[王  磊](PERSON)",
        "今天，[况](PERSON)替班，谁替班，我替班",
        "座席[步](PERSON)（工号[0937](OTHER_ID)）",
        "[玛塔](PERSON)（[Marta](PERSON)）来电，老婆[Suki](PERSON)在",
        "女儿那边由[徐婷](PERSON)回",
        "[凌可](PERSON) [Coco](PERSON)\n明天见",
        "Patient: [OKONKWO, Chidi Emmanuel](PERSON), male",
        "Also pls tell [Yamamoto Haruka](PERSON) （[山本遥](PERSON)） that passport copy",
    ],
)
def test_surnames_and_names_as_in_passports(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "检查: ECG, Holter",
        "DIAGNOSIS: COPD, Emphysema",
        "Interpreter 需要翻译: Yes ☑",
        "祝叔叔阿姨安康",
        "昨晚生了，母女平安！",
        "孩子先心，来源：门诊",
        "家属代女儿取药",
        "白  术、黄  芪、党  参，方  案、项  目、成  本、金  额",
        "先做施罗斯体操",
        "嗯那是陪诊费叔 高兴不高兴的您先来",
        "后来医生说可以，由于主任请假改期",
    ],
)
def test_words_beside_what_leads_to_somebody_are_nobody(
    is_as_marked: Callable[[str], bool], marked: str
) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "您今年多大 [五十七](AGE)了 嗯",
        "我[57](AGE)了，[68年5月](DATE_OF_BIRTH)的",
        "老先生（[宁波](LOCATION)，[82](AGE)），片子看完了",
        "女儿现在上[颍州中学](ORGANIZATION)了",
        "去[上海中学](ORGANIZATION)报到",
        "[学堂塆6号](CN_ADDRESS)出诊，住在[下塆](CN_ADDRESS)，用水冲6号管",
        "8床[乌克兰籍](NATIONALITY) [33](AGE) 外伤",
        "（[苑玉娥](PERSON) 阿姨，[47](AGE)）",
        "手术史：剖宫产([2008](DATE_TIME))、阑尾",
        "PET-CT（[7.2](DATE_TIME)，外院）：4R组，白细胞（7.2，正常）",
        "保险[平康财险](ORGANIZATION)已赔，仲裁裁决公司付款",
        "抵[沪](LOCATION)后联系，京沪高速",
        "医院后门[棉纱弄](LOCATION)那排小旅馆",
        "我跟[Boston](LOCATION)那边的说了，肠道准备评分（Boston，7分）",
    ],
)
def test_ages_births_and_schools_of_talk(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


def test_a_line_of_notes_with_an_address_is_no_speaker(deidentifier: Deidentifier) -> None:
    text = "11:20 饭 惠先生\n13:00 送徐汇区肇嘉浜路望月酒店405休息\n报告5/13出，没事"

    assert all(found.entity_type != "USERNAME" for found in deidentifier.detect(text))
