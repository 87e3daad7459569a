"""Surnames alone that fill a rota, and tables of single characters that are none."""

import pytest

from deid import detect


def persons(text):
    return [text[e.start : e.end] for e in detect(text) if e.entity_type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "排班,6/3周一,6/4周二,6/5周三,6/6周四\n一厂 白班,练,练,方,休\n一厂 夜班,温,安,应（代高）,练\n",
            "练练方温安应高练",
        ),
        ("班次|周一|周二|周三\n早班|陈|李|陈\n晚班|王|陈|李\n", "陈李陈王陈李"),
        (
            "\t1日\t2日\t3日\n白\t佴/岑\t法\t法/汝\n中\t汝\t岑\t~~呼~~言\n夜\t言\t呼\t汝→呼\n机动\t水\t-\t岑\n",
            "佴岑法法汝汝岑呼言言呼汝呼水岑",
        ),
        ("\t1日\t2日\t3日\n白\t白\t高\t白\n夜\t佟\t柴\t佟/柴\n", "白高白佟柴佟柴"),
        (
            "岗位\t一\t二\t三\n前台\t邓\t佟\t邓\n导诊\t佟\t柴\t休\n备注\t佟调休至6月9日；急事打柴 13590217734。\n",
            "邓佟邓佟柴佟柴",
        ),
    ],
)
def test_who_is_on_duty_is_found(text, names):
    assert persons(text) == list(names)


@pytest.mark.parametrize(
    "text",
    [
        "姓名,周一,周二,周三\n王芳,白,夜,休\n李娜,休,白,夜\n赵敏,夜,休,白\n",
        "项目,左,右\n视力,高,低\n听力,左,右\n握力,高,低\n",
        "脏腑|五行|五味|五色\n肝|木|酸|青\n肺|金|辛|白\n肾|水|咸|黑\n脾|土|甘|黄\n",
        "药名,性,味,归经\n黄芪,温,甘,脾\n石膏,寒,辛,胃\n薄荷,凉,辛,肝\n",
        "检查,1月,2月,3月\n尿糖,阴,阴,阳\n尿蛋白,阳,阴,阴\n",
        "等级,一科,二科,三科\n环境,优,良,优\n服务,良,优,差\n",
        "班次,甲,乙,丙\n白班,有,无,有\n夜班,高,低,高\n",
        "舌质,红,红\n舌苔,白,黄\n脉象,弦,滑\n",
    ],
)
def test_single_characters_of_other_tables_stay(text):
    assert not {name for name in persons(text) if len(name) == 1}
