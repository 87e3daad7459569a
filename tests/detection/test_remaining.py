"""What the recognizers leave and networks find: words that are somebody, numbers and days told in passing."""

import numpy as np
import pytest

from deid.detection.networks import EDGE, Alphabet
from deid.detection.remaining.numbers import candidates
from deid.detection.remaining.rows import beside
from deid.pipeline import Deidentifier


@pytest.fixture(scope="module")
def found():
    deidentifier = Deidentifier()

    def of(text, entity_type):
        return [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == entity_type]

    return of


VISITS = (
    "片区随访群\n王志强：今天跑了六户，老钱家没人，邻居说去儿子那边住了。\n石头：陈丽华那边血压本子填完了没\n"
    "王志强：石头你把幺妹那户也跑了吧，她上回血压高，档案里写的是冷月。\n石头：行，我下午去，顺便把李建国的药带过去。"
)
MEETING = (
    "护士长王志强、护士陈丽华、护士李秀兰参加。连翘因家中有事请假，由海棠代班。会上海棠提出，夜班人手不足，连翘回来后先顶一周，"
    "请张建国主任批准。会后连翘电话告知陈丽华，本周五可以回来上班，海棠继续值白班到月底，工资照旧。"
)
NIGHT = (
    "夜班交班本\n22:10 张建国诉腹痛，白果陪去急诊，李秀英留守。\n02:30 张建国返回，打车费38元已登记。\n"
    "04:10 各床巡视一次，无特殊，药柜已上锁，钥匙放回原处。\n06:00 交班：李秀英，毛豆。主管批：毛豆记旷工半天，周一再谈。谢谢各位。"
)
CALL = (
    "电话记录：坐席 013，来电人王敏，问上月体检报告。坐席：好的女士，您稍等。王敏：我的号就是条上那个 0051683 ，对吧？"
    "坐席：对，T0093381 是去年住院的，今年重新建的档，您两个都留着，来的时候带上身份证。"
)
SHIFT = (
    "值班室交接（手写扫描识别，6.22—6.23）\n白班交：老付　接：王秀兰\n东区四楼 张建国 夜里发烧三十八度五，口服退烧药后出汗，"
    "今早体温正常。\n西区无特殊。\n下次交班 李秀英，别忘了把钥匙放回抽屉里，登记本第三页有空行，补上名字再走。"
)


@pytest.mark.parametrize(("text", "name"), [(MEETING, "海棠"), (MEETING, "连翘"), (NIGHT, "毛豆")])
def test_words_are_somebody_where_others_are_named(found, text, name):
    assert name in found(text, "PERSON")


@pytest.mark.parametrize(
    "text",
    [
        "毛豆要煮熟，冷月无声。",
        "张建国主任、李秀英护士：处方 白果10g、丁香6g、麦芽15g，水煎服。病人服白果后好转。",
        "王建国，李敏。患者食欲好转，情绪高兴，家属平安到家，成果显著，计划下周复查。",
        "她自己停了妙纳，福善美还在吃。",
        "中药饮片价目：白果 38元/kg，丁香 120元/kg，麦芽 9元/kg。",
    ],
)
def test_words_that_are_nobody_stay(found, text):
    words = {"福善美", "毛豆", "白果", "丁香", "麦芽", "高兴", "平安", "成果", "计划"}
    assert not words & set(found(f"{VISITS}\n{text}", "PERSON"))


@pytest.mark.parametrize(
    ("text", "entity_type", "value"),
    [
        (CALL, "MEDICAL_RECORD_NUMBER", "0051683"),
        (CALL, "MEDICAL_RECORD_NUMBER", "T0093381"),
        (SHIFT, "DATE_TIME", "6.22"),
    ],
)
def test_numbers_and_days_without_a_cue_are_found(found, text, entity_type, value):
    assert value in found(text, entity_type)


@pytest.mark.parametrize(
    "text",
    [
        "药品批号 20230517，规格 0.5g×24片。执行标准 YBZ00332019。型号 HX-2000B。",
        "血压120/80mmHg，空腹血糖7.9，糖化6.8%，肌酐88，VAS 4分，第3天，第12床，3号窗口。",
        "手术编码 45.2300，LOINC 4548-4，DRG ES29，每次 1/2 片，比例 3/5。",
        "画外音：12—20 秒画面安静，27—30 秒出字幕。重试 3/3，肠周淋巴结转移(2/16)。扫描仪 fi-7160 2 台",
        "资料索引\n9.2 财产险保单\n10 诉讼与仲裁\n10.1 未决案件\n10.2 已决案件\n只读：10.1、10.2",
    ],
)
def test_numbers_of_things_and_measures_stay(text):
    entities = Deidentifier().detect(f"{CALL}\n{text}")
    told = [e.start for e in entities for d in e.detections if d.recognizer.endswith(".remaining")]
    assert told
    assert max(told) < len(CALL)


def test_a_figure_in_a_table_is_no_day():
    text = (
        "QJ20230117\t王雪梅\t女\t58\t310106196603144024\t13817264095\t上海市静安区康定路1088弄6号1302室"
        "\t2024-03-20\t128/76\t5.9\t陆一鸣\t乳癌术后，化疗中\n"
        "QJ20230245\t李建军\t男\t66\t320602195708023316\t13651827406\t南通市崇川区青年中路199号"
        "\t2024-03-22\t146/92\t6.4\t方圆\t女儿李晓燕代接"
    )
    days = [text[e.start : e.end] for e in Deidentifier().detect(text) if e.entity_type == "DATE_TIME"]
    assert days == ["2024-03-20", "2024-03-22"]


@pytest.mark.parametrize(("before", "is_day"), [("牙位：", False), ("参考范围 ", False), ("周转：", True)])
def test_what_a_range_is_called_makes_it_no_day(found, before, is_day):
    items = "尊享套餐A\n项目\t价格\t适用\n胃肠镜（无痛）\t3980\t40-75岁\n低剂量螺旋CT\t480\t吸烟≥20包年\n肿瘤标志物12项\t680\t男/女\n"

    assert (
        "11-21" in found(f"{items}{before}11-21 烤瓷冠 1500元/颗；种植体 4.1×10mm。", "DATE_TIME")
    ) == is_day


def test_what_looks_like_a_day_behind_a_pressure_is_none(found):
    record = "患者王晓芳，女，45岁，因头晕3天入院。既往高血压病史10年，口服氨氯地平，家属代诉平时血压控制尚可，电话13800138001。查体：T 36.5，P 78，"

    assert not found(f"姓名\tBP\t备注\n王晓芳\tBP 11-21?\t请核\n{record}", "DATE_TIME")


@pytest.mark.parametrize(
    ("name", "is_day"), [("room", False), ("bed_no", False), ("`床号`", False), ("visited", True)]
)
def test_figures_that_a_program_gives_a_thing_are_no_day(found, name, is_day):
    statements = f"UPDATE p SET name='王雪梅' WHERE id=3;\nUPDATE p SET {name} = '12-05', title='复诊备注' WHERE id=3;\n"

    assert bool(found(2 * statements, "DATE_TIME")) == is_day


def test_a_cell_says_too_little():
    assert not Deidentifier().detect("T0093381")


def test_what_measures_something_is_no_candidate():
    text = "钾 4.12mmol/L，体重 62.5kg，预约码 ZX-20931"
    assert [text[start:end] for start, end in candidates(text).tolist()] == ["ZX-20931"]


def test_what_is_taken_is_not_asked_about_again():
    spans = np.array([[0, 2], [1, 3], [3, 5]], np.intp)
    assert beside("甲乙丙丁戊", spans, [(2, 3)]).tolist() == [[0, 2], [3, 5]]


def test_a_row_holds_the_first_and_last_characters_of_a_span():
    alphabet = Alphabet("甲乙丙丁", folded=False)
    [row] = alphabet.of("甲乙丙丁", np.array([[1, 3]], np.intp), first=3, last=3).tolist()
    second, third = row[:2]
    assert row == [second, third, EDGE, EDGE, second, third]
    assert second != third


def test_the_result_of_a_test_is_no_number_of_a_record(found):
    assert found("患者，住院，CK 342，LDH 500，住院号 342", "MEDICAL_RECORD_NUMBER") == ["342"]


def test_figures_that_count_up_are_an_example(found):
    assert found("护照 9 位；不要填 123456789。验证码收不到？60 秒后重发，有效期短。", "CN_QQ") == []
