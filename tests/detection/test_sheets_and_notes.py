"""What columns, heads of notes and exports of a company hold."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def found():
    deidentifier = Deidentifier()
    return lambda text: {(text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text)}


@pytest.mark.parametrize(
    ("text", "value", "entity_type"),
    [
        ("日期;车辆;司机\n0408;云D·F1172;张云华\n0409;云D·F1172;李强", "0408", "DATE_TIME"),
        ("科室,周次,周一\n陪诊一组,6.24-6.28,徐婷\n陪诊二组,7.1-7.5,李强", "6.24-6.28", "DATE_TIME"),
        ("单号\t寄件日\t收件人\nSF15400\t3.10\t谢文娟\nSF15401\t3.11\t李强", "3.10", "DATE_TIME"),
        (",12/9 一,12/10 二,12/11 三,12/12 四\n内科,宋主任,休,宋主任,休", "12/10", "DATE_TIME"),
        ("login_id,real_name\nyanghl_nurse,杨慧玲\nxiaow.cs02,肖伟", "xiaow.cs02", "USERNAME"),
        ("导出20240920 操作员dj_jzmz03", "dj_jzmz03", "USERNAME"),
        ("建册号,孕妇姓名\nYFT-2024-0117,韦小妹", "YFT-2024-0117", "MEDICAL_RECORD_NUMBER"),
        ("设备串码867423051928469，屏幕不亮", "867423051928469", "IMEI"),
        ("心脏超声（县二院，号2024-6671）：二尖瓣狭窄", "2024-6671", "CN_EXAM_NUMBER"),
        ("QQ聊天记录导出\n对方：老郭(387261940)\n10:11:05 老师 在吗", "387261940", "CN_QQ"),
        ("中医 安静　执业证140510100009284", "安静", "PERSON"),
        ("陪护：妻央金。", "央金", "PERSON"),
    ],
)
def test_a_value_is_found_where_sheets_and_notes_have_it(found, text, value, entity_type):
    assert (value, entity_type) in found(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            "2024-12-03 16:20 与家属沟通\n与长子谈病情\n2024-12-03 17:00 抢救记录\n予升压\n2024-12-04 08:45 万主任查房\n患者可",
            "与家属沟通",
        ),
        (
            "理赔员徐晓峰：还缺三样\n客户洪金山：明天发\n理赔员徐晓峰：好的\n客户洪金山：谢谢\n理赔员徐晓峰：不客气",
            "理赔员",
        ),
        ("在九江女儿家住过院，插过一回", "过院"),
    ],
)
def test_headings_and_roles_are_no_accounts(found, text, word):
    assert word not in {value for value, _ in found(text)}
