"""Hospitals and offices by what they are, where somebody goes to them or complains; carriers; and what is no body."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

KINDS = frozenset(("CN_MEDICAL_INSTITUTION", "ORGANIZATION", "CN_ADDRESS", "LOCATION", "USERNAME", "PERSON"))


@pytest.fixture
def marks(found):
    return lambda text: {(value, kind) for value, kind in found(text) if kind in KINDS}


@pytest.mark.parametrize(
    "marked",
    [
        "她在老家的[县医院](CN_MEDICAL_INSTITUTION)拍CT，右上肺有个东西",
        "后来她去[肿瘤医院](CN_MEDICAL_INSTITUTION)打PD-1，头发没掉",
        "先去[县医院](CN_MEDICAL_INSTITUTION)，医生说没事",
        "到[州医院](CN_MEDICAL_INSTITUTION)一查白细胞高",
        "不给说法我就去[卫健委](ORGANIZATION)，你们看着办",
        "我去找[卫健局](ORGANIZATION)[管](PERSON)局长要编制",
        "告到[卫健局](ORGANIZATION)；去找[市监局](ORGANIZATION)",
        "快递（[顺丰](ORGANIZATION)）  23  1  23",
        "访客来源：[百度](ORGANIZATION)竞价-颈椎病",
        "执业医院：[武汉大学中南医院](CN_MEDICAL_INSTITUTION)泌尿外科",
        "意向医院：①[广医一院](CN_MEDICAL_INSTITUTION) ②[香港玛丽医院](CN_MEDICAL_INSTITUTION)",
        "另外[成大醫院](CN_MEDICAL_INSTITUTION)回診改期",
        "约了[台大醫院](CN_MEDICAL_INSTITUTION)，還去了[郑大医院](CN_MEDICAL_INSTITUTION)复诊",
        "[县妇保院](CN_MEDICAL_INSTITUTION)的大夫来了",
        "去街道填表，住址[淮海西路矿务局三宿舍8栋2单元301](CN_ADDRESS)，监护人",
        "地址在[铁西区北二西路重工社区18-3号门市](CN_ADDRESS)，离地铁口二百米",
        "报警人：[明珠花园](CN_ADDRESS)，快点\n报警人：[西影路明珠花园19号楼一单元七零三](CN_ADDRESS)，7层没电梯",
    ],
)
def test_finds_bodies_that_somebody_goes_to_and_whole_addresses(marks, marked):
    text, expected = parse_marked(marked)

    assert marks(text) == {(text[mark.start : mark.end], mark.entity_type) for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "发热请到儿童医院就诊；带孩子去儿童医院看病要带什么",
        "县医院收的；各县医院应当；县医院和乡镇卫生院；三甲县医院；肿瘤医院建设标准",
        "请三天内答复，否则我打12345、找卫健委。卫健委规定，医疗机构应当向卫健委报告；按卫健委要求",
        "寄顺丰；顺丰快递柜；百度一下",
        "医疗质量与安全管理委员会会议纪要；护理质量与安全管理委员会",
        "获省科技进步二等奖2项，获国家科技进步奖",
        "蓝牙连APP总掉线；手机连APP",
        "用高压锅的话，上汽后25分钟即可；水开上汽了",
        "他住在9号门诊楼；各大医院；广大医院；去大医院看；三大医院",
        "楼主 回复 3楼：谢谢\n5楼：先查过敏原",
    ],
)
def test_leaves_what_is_told_of_all_such_bodies(marks, text):
    assert marks(text) == set()
