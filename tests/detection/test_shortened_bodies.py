"""Bodies are found again where the same text calls them in short, and words beside them are kept."""

from __future__ import annotations

import pytest

from deid import Deidentifier


@pytest.fixture(scope="module")
def bodies():
    deidentifier = Deidentifier()
    return lambda text: [
        text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "退休前在泾阳县裕丰面粉厂开车,厂里人都叫裕丰。裕丰的会计来过电话，裕丰工会不报销。",
            ["泾阳县裕丰面粉厂", "裕丰", "裕丰", "裕丰"],
        ),
        (
            "西安沣桥面粉设备厂|沣桥面粉|党育民|15291833047\n平顶山市湛河区育才学校|育才|介校长|0375-2860733",
            ["西安沣桥面粉设备厂", "沣桥面粉", "平顶山市湛河区育才学校", "育才"],
        ),
        (
            "我们请甘肃方圆律师事务所（方圆）的别律师出函。方圆的律师明天来，方圆十里都知道。",
            ["甘肃方圆律师事务所", "方圆", "方圆"],
        ),
        (
            "单位洋县白鹭酒业(下称白鹭酒业)，白鹭的财务没回。",
            ["洋县白鹭酒业", "白鹭酒业", "白鹭"],
        ),
        (
            "在张掖市甘州区思源实验学校教书，思源的人事来过。饮水思源。",
            ["张掖市甘州区思源实验学校", "思源"],
        ),
        ("女儿在西北民族大学在读，民大放假才回来。", ["西北民族大学", "民大"]),
        ("转到郸城县实验小学，实小班主任寇老师盖章。其实小班也行。", ["郸城县实验小学", "实小"]),
        ("父亲在湘潭县汶泉煤矿干了四年。汶泉矿早关了。", ["湘潭县汶泉煤矿", "汶泉矿"]),
        ("欠费由嘉兴港务集团担保，嘉兴港务工会施主席来过。", ["嘉兴港务集团", "嘉兴港务"]),
    ],
)
def test_finds_bodies_in_short_whose_full_name_the_text_has(bodies, text, expected):
    assert bodies(text) == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("在新密市平安物流公司上班。一路平安到家，老人平安。", "平安"),
        ("泸州市纳溪区永安小学。永安桥边有家店。", "永安"),
        ("惠安县实验小学的实验做了两次。", "实验"),
        ("济南陪诊服务部的陪诊员没来。", "陪诊"),
        ("患者就诊于上海医药研究院。其子在医院上班，医院的会计没来。", "医院"),
        ("毕业于高新中学，文化程度：高中。高中的班主任", "高中"),
        ("就读于集美中学，本周集中上班，集中付款", "集中"),
        ("在广州大学任教，感谢广大教师、广大员工", "广大"),
        ("武汉病毒研究所。病毒那边，病毒的老师", "病毒"),
        ("陈静幼儿园。园长陈静，陈静给我发了通知", "陈静"),
        ("甲状腺研究所。颈部：甲状腺\n", "甲状腺"),
        ("南京市口腔器械厂送货。口腔那边排队，口腔的教授", "口腔"),
        ("武汉国庆宾馆：国庆放假三天", "国庆"),
        ("住上海外滩酒店，外滩那边人多", "外滩"),
        ("深圳地铁公司。坐地铁上班，地铁那边", "地铁"),
        ("湖北大地财险。大地的司机，大地那边", "大地"),
    ],
)
def test_words_of_a_full_name_are_kept_elsewhere(bodies, text, kept):
    assert kept not in bodies(text)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("去年在西安秦栎医院做的体检，秦栎的惠主任叫我切", "秦栎"),
        ("镇江市焦浦医院收的。昨天又住院了，焦浦12楼", "焦浦"),
        ("广州粤琮妇儿医院分娩。粤琮国际部寄来", "粤琮"),
        ("楚砚医院放疗。下周去楚砚，带片子", "楚砚"),
        ("王明医院做手术。王明的医生是老张", ""),
        ("他去了康宁医院。愿他康宁，康宁的生活", ""),
        ("一四四团医院住院。一四四团职工", ""),
    ],
)
def test_hospitals_are_found_in_short_by_what_they_have(text, short):
    found = [
        text[e.start : e.end]
        for e in Deidentifier().detect(text)
        if e.entity_type == "CN_MEDICAL_INSTITUTION"
    ]

    assert found[1:] == ([short] if short else [])
