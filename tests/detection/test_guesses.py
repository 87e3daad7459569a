"""Names and numbers that only the networks see: nobody's in a long text that names nobody else, somebody's beside others."""

from __future__ import annotations

import pytest

from deid.detection.guesses import is_lonely, is_told_of, without_guesses
from deid.types import Detection

PRICES = (
    "体检套餐价目（未含税）\n名称｜价格｜适合人群\n"
    ' "安心" 2980｜初次体检者，含血常规、尿常规、肝肾功能、心电图、腹部彩超\n'
    ' "常青" 6880｜四十以上，另加颈动脉彩超、骨密度、胸部低剂量平扫、甲状腺彩超\n'
    ' "石榴" 1680｜备孕者，含激素六项、甲状腺功能、优生五项、妇科彩超\n'
    ' "白鹭" 2280｜睡眠不足者，含多导睡眠监测一晚、量表评估\n'
    "以上均可加项，加项按单价八五折，退改须提前七十二小时，节假日顺延，最终解释以门店公示为准。"
)
LOG = (
    "02:00:00.017 INFO  [scheduler-3] 对账任务启动 batch=B000418 窗口=1440min\n"
    "02:00:04.110 ERROR [recon-worker-2] 解析失败 line=877 expected 14 columns, got 13\n"
    "02:00:09.570 INFO  [main] heap used=1342177280 max=4294967296 gc=17 young=15 full=2\n"
    "02:00:12.000 DEBUG [cache] evict key=dict:dept size=64 hit=0.973\n"
    "02:05:00.002 INFO  [health] cpu=12% mem=41% disk=/data 63% inode=8% load=0.72,0.80,0.66\n"
)
PARTS = (
    "探头订货说明\n型号\t频率MHz\t适用\t货号\nC5-2s\t2.0-5.0\t腹部、产科\t453561234567\n"
    "L12-5\t5.0-12\t血管、小器官、甲状腺\t453561234789\nP4-1c\t1.0-4.0\t心脏、经颅\t453561240018\n"
    "EC9-4\t4.0-9.0\t腔内\t453561251180\n主机：屏幕15.6英寸，固态硬盘512G，DICOM 3.0，功耗180VA，"
    "质保三年，备件四小时响应，耗材另计，安装调试与培训由供方承担，验收以招标文件所列参数为准，开机率不低于百分之九十五。"
)


ADVICE = (
    "高血压患者应长期监测血压，注意低盐饮食，适量运动，保持情绪稳定。服药期间如出现头晕、乏力、心悸等不适，应及时就诊，不可自行停药或加量。"
    "合并糖尿病者同时控制血糖，定期检查肾功能、电解质及眼底。冬季气温下降时血压容易波动，早晚各测一次并记录，连续三天偏高应复诊。"
    "饮食以清淡为主，少食腌制品，戒烟限酒，每周至少运动五次，每次三十分钟以上，以微微出汗为宜。"
)


def guess(score: float, *evidence: str, start: int = 0, kind: str = "PERSON") -> Detection:
    return Detection(kind, start, start + 2, score, kind, evidence)


@pytest.mark.parametrize("text", [PRICES, LOG, PARTS])
def test_nothing_in_a_long_text_without_anybody(found, text):
    kinds = {"PERSON", "PHONE_NUMBER", "CN_EXAM_NUMBER", "CN_RESIDENT_ID", "MEDICAL_RECORD_NUMBER"}
    assert not [(value, kind) for value, kind in found(text) if kind in kinds]


def test_the_same_words_are_somebody_among_others(persons):
    record = (
        "晚班交接：一号床方雪梅女士血压平稳，二号床待手术。\n"
        "石榴陪到十点，石榴的打车费由前台垫付。\n"
        "方雪梅女士家属来电13912340217，问明早是否禁食，已告知。\n"
        + "夜间巡视三次，无特殊，呼叫器已测试，备用氧气瓶压力正常，床栏拉起，地面干燥，药车上锁，冰箱温度四度。\n"
        * 3
    )
    assert {"方雪梅", "石榴"} <= persons(record)


def test_one_name_that_is_told_of_stays(persons):
    text = PRICES + "\n如需开票请联系客服经理段淑贞。"
    assert "段淑贞" in persons(text)


LONG = "主诉：头晕。血压120/80mmHg。\n" * 12


@pytest.mark.parametrize(
    ("claims", "lonely"),
    [
        ([], True),
        ([guess(0.8, "tagger", "han")], True),
        ([guess(0.85, "tagger", "han")], True),
        ([guess(0.9, "tagger", "han")], False),
        ([guess(0.9, "surroundings")], True),
        ([guess(0.8, "tagger", "acting", "han")], False),
        ([guess(0.8, "title")], False),
        ([guess(0.8, "check", kind="PHONE_NUMBER", start=4)], False),
        ([guess(0.8, "remaining", kind="PHONE_NUMBER", start=4)], True),
        ([guess(0.5, "shape", kind="PHONE_NUMBER", start=4)], True),
        ([guess(0.9, "medical", kind="CN_MEDICAL_INSTITUTION", start=4), guess(0.8, "tagger")], True),
    ],
)
def test_lonely(claims, lonely):
    assert is_lonely(LONG, claims) is lonely
    assert not is_lonely(LONG[:100], claims)


def test_only_words_go_that_networks_take_for_names():
    kept = [
        guess(0.9, "title"),
        guess(0.9, "tagger", kind="LOCATION"),
        guess(0.9, kind="PERSON"),
        guess(0.84, "tagger", "han"),
    ]
    assert without_guesses([*kept, guess(0.8, "tagger", "han"), guess(0.9, "surroundings")]) == kept


@pytest.mark.parametrize(
    ("before", "number", "behind", "told"),
    [
        ("写的是 ", "350581199001017", " 这个。", True),
        ("记在 ", "ZY20240312", " 名下。", True),
        ("货号\t", "453561234567", "\n", False),
        ("heap used=", "1342177280", " max", False),
        ("送修单号", "WX-99-20417", "，第2项", False),
        ("编码 | ", "320204200110", " | 份", False),
    ],
)
def test_a_number_that_a_sentence_tells_of(before, number, behind, told):
    claim = Detection("CN_EXAM_NUMBER", len(before), len(before + number), 0.95, "remaining", ("remaining",))
    assert is_told_of(before + number + behind, claim) is told


def test_numbers_in_sentences_stay_where_nobody_is_named(found):
    text = ADVICE + "卡上 6217 0012 3456 789 退款。写的是 350581199001017 这个。号 138-1234-567 打不通。"
    assert {"6217 0012 3456 789", "350581199001017", "138-1234-567"} <= {value for value, _ in found(text)}


@pytest.mark.parametrize("name", ["陈晨", "黄伟", "方静", "高雪", "田宇", "余璐", "程海"])
def test_ordinary_names_stay_where_nobody_else_is_named(persons, name):
    assert name in persons(f"{ADVICE}后来{name}又复查了一次，结果同前。")


def test_in_prose_the_tagger_is_believed_alone(persons):
    news = (
        "金人庆强调，全国各级部门要按照国务院的部署，认真学习有关规定，切实转变作风，提高办事效率，为企业提供更好的条件。"
        "会议指出，今年以来各地区积极推进改革，取得了明显成效，但也要看到前进道路上还有不少困难，必须保持清醒头脑，增强忧患意识。"
        "会议要求，下半年要继续加强协调，明确责任，完善制度，确保各项任务落到实处，以优异成绩迎接新中国成立五十周年。与会代表进行了热烈讨论。"
    )
    assert "金人庆" in persons(news)
