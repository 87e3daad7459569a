"""Papers that name nobody: norms by age, rows of figures, spans, kinds of hospitals, animals of stories; and what is like them."""

from __future__ import annotations

import pytest

SCORED = {"PERSON", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "ORGANIZATION", "AGE", "DATE_TIME", "PHONE_NUMBER", "MEDICAL_RECORD_NUMBER", "CN_EXAM_NUMBER"}  # fmt: skip


@pytest.fixture
def scored(found):
    return lambda text: {(value, kind) for value, kind in found(text) if kind in SCORED}


@pytest.mark.parametrize(
    "text",
    [
        "IGF-1 按年龄：6岁 52–297；12岁 143–693；18岁 163–584；40岁 101–267 ng/mL",
        "自出生之日起为零周岁，每经过一年增加一岁，不足一年的不计。",
        "EV71灭活疫苗两剂，间隔一个月，6月龄起，鼓励12月龄前完成。",
        "幼鼠10日龄内对二氧化碳耐受，不宜；KM、昆明种分开放置",
        "□ 年龄：90以上合并",
        "班主任→园长→属地社区卫生服务中心，当日内。核对路线、加油点、备降医院。",
        "随机：区组随机，区组长度4和6，中央随机系统，按中心分层。",
        "暂存间设在负一层东侧，远离食品加工区、人员活动区，双门双锁",
        "时间：周五下午 地点：园区草坪\n项目：\n1 两人三足（男女混合，60米）\n2 袋鼠跳接力（8人）",
        "第四周 云手、单鞭、高探马\n第五周 右蹬脚、双峰贯耳、转身左蹬脚\n第六周 左下势独立",
        "阳春砂、海南砂、绿壳砂，皮薄种子团紧者为上；原书早佚，敦煌残卷存二十六味。",
        "R006 主诊断须有外因\nR007 病理编码M80000—M99999与C/D章匹配",
        "森林里住着一只小刺猬，名字叫圆圆。圆圆最爱吃蜂蜜糖。一天夜里，圆圆疼得缩成一个球。",
        "热身5—10，整理5—10\n8—11 顺序；12—14 剂型；15—17 规格，1/4、1/2的概率，另见附表三之说明，凡未列明者从其惯例，由各组自行掌握",
        pytest.param(
            "上层：感冒发烧\n中层：肚子\n下层：皮外\n门上：过敏\n锁格：爸爸的降压药",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "甲村：老人多\n乙村：留守儿童\n丙村：渔区\n丁村：布病、蜱虫",
        "喂养：满6月龄添加辅食；1岁以内不加盐；鲜奶、蜂蜜1岁以后再说。前囟一般1岁到1岁半闭合，O型腿2岁前多属生理性",
        "疫苗：1月龄乙肝第2针；2月龄脊灰；3月龄百白破；8月龄麻腮风；发热期间暂缓",
        "令尊、令堂都好，令郎上学了，拜拜。全家福 3998（4人），麦收完再去，给同事买药，家属买药回来，育有一女，她儿子堵在门口，喊护士改",
        "静止性震颤；药：多巴丝肼\n记忆力减退；药：多奈哌齐",
        "样张条码 *000000000000*   仪器型号 AU5821",
        "那天医院的门也是这样关的；“主要负责人”指对诊所日常执业活动承担责任的人",
        "家长回执（请于一周内交班主任）：□已带孩子检查",
        "悉尼+11、+10（南半球相反）；东京+9无夏令",
        "结账：柜台助签，签名章、指印均可",
        "盈亏：日均__单×客单__ ≥ 租金+人工+摊销",
        "八月中秋月月圆（打一中药）——当归",
        "From Monday the assay is replaced by an enzymatic method",
        "禁：诋毁医院、说“近视能治好”、免费验光强推",
        "1 黄芪：三年生以上，内蒙古或山西产\n2 当归：甘肃岷县，全归\n3 三七：云南文山，40头\n4 天麻：云南昭通或贵州，断面角质",
        "背景：7日留存仅31%，打卡断点集中在第3天。\n目标：7日留存提升到40%，人均打卡≥4.5天。",
    ],
)
def test_what_is_of_nobody_is_left(scored, text):
    assert scored(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("患者王丽萍，女，45岁，收缩压 120-130", {("王丽萍", "PERSON"), ("45岁", "AGE")}),
        ("患儿6月龄起反复湿疹", {("6月龄", "AGE")}),
        ("患儿8月龄麻疹疫苗接种后发热，现1岁半", {("8月龄", "AGE"), ("1岁半", "AGE")}),
        ("我家老二 8个月零5天 湿疹", {("8个月零5天", "AGE")}),
        ("男，满6岁，入园体检；她22岁以后再没来过", {("6岁", "AGE"), ("22岁", "AGE")}),
        ("年龄：满7岁", {("7岁", "AGE")}),
        ("对口医院来人，令狐医生在", {("令狐", "PERSON")}),
        ("条码 *240311002341*，天津医院取片", {("天津医院", "CN_MEDICAL_INSTITUTION")}),
        ("患儿10日龄，黄疸", {("10日龄", "AGE")}),
        ("年龄：90，性别：女", {("90", "AGE")}),
        ("家里养了一只小狗。他儿子，名字叫圆圆。", {("圆圆", "PERSON")}),
        ("第五明远今天来复诊", {("第五明远", "PERSON")}),
        ("15日 内科张敏华值班\n16日 外科李建军值班", {("张敏华", "PERSON"), ("李建军", "PERSON"), ("15日", "DATE_TIME"), ("16日", "DATE_TIME")}),
        ("上层：感冒\n中层：肚子\n下层：皮外\n门上：过敏\n王芳：爸爸的降压药吃完了", {("王芳", "PERSON")}),
        ("1 黄芪：内蒙古产\n2 当归：甘肃岷县\n3 三七：云南文山\n药寄到成都", {("成都", "LOCATION")}),
        ("From Kevin: please call me back on Monday", {("Kevin", "PERSON")}),
        ("在昆明住了三年", {("昆明", "LOCATION")}),
        ("病理号：M814032，联系李建军组长", {("M814032", "CN_EXAM_NUMBER"), ("李建军", "PERSON")}),
    ],
)  # fmt: skip
def test_what_is_like_it_stays_found(scored, text, expected):
    assert scored(text) == expected
