"""Organisations are found by their closing word; general words for them are not."""

from __future__ import annotations

import itertools

import pytest
from gazetteer import gazetteer

from deid.catalog.lexicon import WordIndex
from deid.catalog.marked import parse_marked
from deid.grammar.organization import find_organizations
from deid.normalize import shadow

SHORT_NAMES = WordIndex({name: name for name in ("协和", "湘雅", "华西", "瑞金", "爱康国宾", "美年大健康")})


def found(text: str) -> list[tuple[int, int, str]]:
    matches = find_organizations(shadow(text).text, gazetteer(), short_names=SHORT_NAMES)
    return [(m.start, m.end, m.kind.upper()) for m in matches]


@pytest.mark.parametrize(
    "marked",
    [
        # hospitals and clinics
        "出院记录\n[湖南省肿瘤医院](MEDICAL)　科别：胸部内二科",
        "左上肺占位，在[中南大学湘雅医院](MEDICAL)行穿刺活检",
        "[安定医院](MEDICAL)柳大夫也会在",
        "骑摩托四十分钟，到了[黑石镇卫生院](MEDICAL)，值班的是个姓段的大夫",
        "2. [北京市朝阳区百子湾社区卫生服务站](MEDICAL)，登记号",
        "（字号：[金象推拿馆](MEDICAL)），统一代码",
        "1年前于[北京协和医院](MEDICAL)手术",
        "2022年12月在[上海交通大学医学院附属瑞金医院](MEDICAL)确诊",
        "转[华中科技大学同济医学院附属协和医院](MEDICAL)进一步治疗",
        "由120送[长沙市第一医院](MEDICAL)急诊",
        "患者自[株洲市中心医院](MEDICAL)转入",
        "家属诉[复旦大学附属华山医院北院](MEDICAL)建议手术",
        "[浙江大学医学院附属第二医院滨江院区](MEDICAL)",
        "在[延平区来舟镇卫生院](MEDICAL)输液",
        "[龙湾村卫生室](MEDICAL)王医生",
        "由[平煤三矿](COMPANY)转[西洼屯卫生室](MEDICAL)",
        "[马王堆社区卫生服务中心](MEDICAL)随访",
        "来[王府井口腔门诊部](MEDICAL)就诊",
        "[老百姓大药房](MEDICAL)购买",
        "既往于“[宁乡市人民医院](MEDICAL)”住院治疗",
        "[武警湖南总队医院](MEDICAL)",
        "曾在[301医院](MEDICAL)住院",
        "[解放军总医院](MEDICAL)",
        "[平安健康互联网医院](MEDICAL)",
        "[香港大学深圳医院](MEDICAL)",
        "[長沙市第一醫院](MEDICAL)",
        # with a rank before it a general word names one
        "在[省人民医院](MEDICAL)做了手术",
        "在[市中医院](MEDICAL)针灸",
        "[县妇幼保健院](MEDICAL)产检",
        "[市疾控中心](MEDICAL)来电",
        "[长沙市疾控中心](MEDICAL)上报",
        # short forms
        "[市一院](MEDICAL)会诊",
        "去[湘雅](MEDICAL)看过",
        "[协和](MEDICAL)专家说",
        "单位统一安排[爱康国宾](MEDICAL)（中关村店）体检",
        "[美年大健康](MEDICAL)体检报告",
        "由[重医附二院](MEDICAL)转来",
        # companies
        "1. [苏州康美医疗器械有限公司](COMPANY)，信用代码",
        "[苏州康美（北京）医疗器械有限公司](COMPANY)",
        "甲方：[北京康和信息咨询有限公司](COMPANY)",
        "就职于[深圳市云帆计算机系统有限公司](COMPANY)",
        "乙方：[杭州智云健康科技股份有限公司](COMPANY)",
        "[宁波启明创业投资合伙企业（有限合伙）](COMPANY)",
        "受托方为[德正律师事务所](COMPANY)",
        "[北京德正（长沙）律师事务所](COMPANY)",
        "在[建设银行长沙芙蓉支行](COMPANY)开户",
        "他单位（[中建三局](COMPANY)项目部）闹",
        "[红星机械厂](COMPANY)退休工人",
        "工作单位：[中国铁路广州局集团有限公司](COMPANY)",
        # schools and authorities
        "就读于[湖南师范大学附属中学](SCHOOL)",
        "[育才小学](SCHOOL)三年级学生",
        "她在[长沙市第一中学](SCHOOL)当老师",
        "儿子在[市一中](SCHOOL)读高二",
        "[清华大学](SCHOOL)毕业",
        "江一白，[市税务局](AGENCY)科员",
        "[长沙市公安局岳麓分局](AGENCY)",
        "[咸嘉湖派出所](AGENCY)民警",
        "[岳麓区人民法院](AGENCY)",
        "[石桥村村委会](AGENCY)主任",
        "转[瑞康二院](MEDICAL)心内科，去年在[明德三院](MEDICAL)住院",
        "定点[普陀颐和护理院](MEDICAL)",
        "授权[杭州云岐医疗咨询有限公司](COMPANY)调阅，本人同意[平安养老保险股份有限公司](COMPANY)查询",
    ],
)
def test_finds_organizations(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        *[
            "我院",
            "本院",
            "当地医院",
            "县医院",
            "外院",
            "上级医院",
            "该公司",
            "医院",
            "某医院",
            "综合医院",
            "三甲医院",
            "社区医院",
            "我司",
            "贵公司",
            "公司",
            "集团",
        ],
        *[
            "专科医院",
            "儿童医院",
            "肿瘤医院",
            "中医院",
            "附属医院",
            "乡卫生院",
            "村卫生室",
            "社区卫生服务中心",
            "体检中心",
            "急救中心",
            "门诊部",
            "诊所",
        ],
        *[
            "医院药房",
            "西药房",
            "中药房",
            "住院药房",
            "门诊药房",
            "药店",
            "口腔",
            "口腔溃疡",
            "口腔护理",
            "血站",
            "采血站",
            "护士站",
            "病区",
        ],
        *[
            "保险公司",
            "快递公司",
            "物业公司",
            "工厂",
            "药厂",
            "电子厂",
            "超市",
            "银行",
            "银行卡",
            "手机银行",
            "支行",
            "饭店",
            "酒店",
            "工作室",
            "事务所",
        ],
        *[
            "大学",
            "大学生",
            "小学生",
            "中学生",
            "大学文化",
            "小学文化",
            "学校",
            "幼儿园",
            "派出所",
            "法院",
            "村委会",
            "居委会",
            "街道办事处",
            "委员会",
            "学会",
        ],
        "我们村离镇卫生院远，说要往县里转。县医院的段红梅医生收的",
        "外院CT示，在当地县医院治疗，于某三甲医院就诊，转上级医院",
        "建议到正规医院就诊，选择一家专业的医院",
        "想问一下癫痫病哪家医院比较好，许多医院都看过",
        "在附近药店买药，去医院，住医院，医院感染管理",
        "中学毕业，上小学，在读大学，考上大学",
        "派出所民警，法院判决，村委会开证明",
        "以“脑梗死”收入我院神经内科，请心理卫生中心覃老师会诊",
        "保持口腔清洁，附二维码，附一张图",
        "在电子厂上班，入住养老院，送敬老院",
        "厂家直销，生产厂房，集团军",
        "工作单位：无",
        "住进当地一院，送往急诊二院，收入第二院区，到两家三院之间，转至前后二院子",
    ],
)
def test_general_words_are_no_organizations(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["手术协和进行", "两者协和一致", "瑞金融资", "华西村", "湘雅致"])
def test_a_short_name_needs_words_around_it_that_fit(text: str) -> None:
    assert found(text) == []


def test_a_listed_hospital_is_certain() -> None:
    text = "急性期在星沙康华医院治疗"

    [match] = find_organizations(text, gazetteer(), hospitals=WordIndex({"星沙康华医院": "星沙康华医院"}))

    assert (text[match.start : match.end], match.score) == ("星沙康华医院", 0.95)


def test_organizations_do_not_overlap() -> None:
    text = "北京大学第三医院与北京大学附属小学，湘雅医院、协和医院和同济大学"

    matches = list(find_organizations(text, gazetteer()))

    assert len(matches) == 5
    assert all(a.end <= b.start for a, b in itertools.pairwise(matches))


def test_a_full_company_name_scores_higher_than_a_short_one() -> None:
    full, short = (
        next(find_organizations(text, gazetteer())).score for text in ("杭州云禾科技有限公司", "在云禾公司")
    )

    assert full > short


def test_a_long_text_is_read_in_linear_time() -> None:
    line = "患者在长沙市第一医院就诊，建议到正规医院。"

    assert len(list(find_organizations(line * 3000, gazetteer()))) == 3000
