"""Days, birthdays and ages that neither a year nor a word right beside them tells, and what looks like them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked

KINDS = frozenset(("DATE_TIME", "DATE_OF_BIRTH", "AGE"))


def times(deidentifier, text):
    return {
        (text[e.start : e.end], e.entity_type) for e in deidentifier.detect(text) if e.entity_type in KINDS
    }


@pytest.mark.parametrize(
    "marked",
    [
        "[2024-05-03](DATE_TIME)T10:20:30.123000000",  # nanoseconds, as LibreOffice and Java have them
        "监护人（孩子[12岁](AGE)，[2011-08-19](DATE_OF_BIRTH)）；吴芸 [36岁](AGE)（[86年7月](DATE_OF_BIRTH)），头晕；[1951-2-7](DATE_OF_BIRTH)（[73岁](AGE)）",
        "童童 | 女 | [4岁2个月](AGE) | [2020-01-20](DATE_OF_BIRTH)\n就诊 [2024-3-28](DATE_TIME)",
        "梁静|女|[44](AGE)|[1980-10-09](DATE_OF_BIRTH)|独居；Age [51y](AGE) ([1973-04-18](DATE_OF_BIRTH))",
        "护照 EJ6180223，[1979-11-30](DATE_OF_BIRTH)，改签；回乡证 H07714623，[1962.07.05](DATE_OF_BIRTH)，取药",
        "孕妇生[95-10-21](DATE_OF_BIRTH) 丈夫生[93-2-8](DATE_OF_BIRTH)；老公[88年](DATE_OF_BIRTH)，我[91年](DATE_OF_BIRTH)，备孕；[94年](DATE_OF_BIRTH)的孕妇",
        "她生日多少 [八八年冬月初六](DATE_OF_BIRTH)；生日是几号？[九月初九](DATE_OF_BIRTH)；小宝是[22年6月3号](DATE_OF_BIRTH)的，混合喂养",
        "女，[7月](AGE)，湿疹；小孩[17月](AGE)，会走；对了我[三十八](AGE)了还能做试管不；入院日龄：[50分钟](AGE)",
        "出生日期:[1957年O3月22日](DATE_OF_BIRTH)，[2O23年ll月06日](DATE_TIME)复诊，[11月9曰](DATE_TIME)取药",
        "末次月经[2023.腊月初六](DATE_TIME)，[去年冬月二十](DATE_TIME)验的，于[2024,4,9](DATE_TIME)来院",
        "on the [6th of April](DATE_TIME) he felt dizzy",
        "学 历 [2005](DATE_TIME)-[2008](DATE_TIME) 咸阳市卫校 护理；手机 2005-2008 型号",
        "拓鹏[4月](DATE_TIME)曾投诉诊所；病程4月曾服中药",
        "[21/03/2024](DATE_TIME), 09:02 - Ho: MRI [26/3](DATE_TIME)做咗，[30/3](DATE_TIME)睇报告",
        "出院日[11.23](DATE_TIME)，拆线日[12-2](DATE_TIME)；护工费 [5.2](DATE_TIME)/[5.8](DATE_TIME)/[5.19](DATE_TIME) 三次",
        "[3月1日](DATE_TIME)收住，同月[16日](DATE_TIME)出院；本月[3、9、15日](DATE_TIME)透析",
        "主任[11号](DATE_TIME)周五出门诊；能否[24号](DATE_TIME)先抽血，[25号](DATE_TIME)做穿刺；小姚老师[14日](DATE_TIME)MU5701到昆明",
        "[春节](DATE_TIME)值班：\n* [初一](DATE_TIME) 全天 大刘\n* [初二](DATE_TIME) 小孔",
        "[3.4](DATE_TIME)-[3.11](DATE_TIME) 第二周期",
        "本人[去年八月](DATE_TIME)经老邻居介绍，种了牙；note：[3月](DATE_TIME)陪诊提成",
        "[112.04.06](DATE_TIME) 门诊，住院期间 [112.4.9](DATE_TIME)~[112.4.15](DATE_TIME)，ROC [113/2/6](DATE_TIME)，就诊日期 [1120406](DATE_TIME)",
        "出生年月日：[057/03/12](DATE_OF_BIRTH)；[民国 68 年次](DATE_OF_BIRTH)",
        "出院时间[3.16](DATE_TIME)，三诊[4.12](DATE_TIME)；一诊：[3月6日](DATE_TIME)；二诊：[13日](DATE_TIME)；剖宫产[2017.5](DATE_TIME)",
        "[97年](DATE_TIME)下岗，[12年](DATE_TIME)放支架；[2014](DATE_TIME)/[2017](DATE_TIME)/[2020](DATE_TIME)三次手术；[14](DATE_TIME)、[17](DATE_TIME)、[20年](DATE_TIME)三次骨折；发病时间：[2016](DATE_TIME)",
        "值班：[4.1](DATE_TIME)-[4.7](DATE_TIME) 甲班；[4.8](DATE_TIME)-[4.14](DATE_TIME) 乙班",
        "那就下周二，[18号](DATE_TIME)；礼拜三，就是[十三号](DATE_TIME)；预约：[17日](DATE_TIME) 9:00",
        "她[五六年](DATE_OF_BIRTH)的，属猴；[71年](DATE_OF_BIRTH)猪；虚岁[78](AGE)，[47年](DATE_OF_BIRTH)的；时年[66](AGE)",
        "[1937年](DATE_OF_BIRTH)出生，[2020年](DATE_TIME)去世",
        "取卵日 [5.6](DATE_TIME) 移植日 [5.11](DATE_TIME)，验孕[5.20](DATE_TIME)；第1针[3.5](DATE_TIME)，第2针[4.6](DATE_TIME)",
        "换药：[3.5](DATE_TIME)、[3.8](DATE_TIME)、[3.11](DATE_TIME)；拔管时间[3.6](DATE_TIME) 10:20",
        "发证[2oo5年4月](DATE_TIME)；closed in [Q2 2022](DATE_TIME), pain since [August](DATE_TIME); he is [71](AGE) already",
        "卫生院：[2017](DATE_TIME)至[2018](DATE_TIME)间三次配药；回访，[4月](DATE_TIME)首访；登记（[11月](DATE_TIME)第二批）",
        "| [16日](DATE_TIME) 三 | 早 |\n| [17日](DATE_TIME) 四 | 晚 |",
        "王建国[1986年11月](DATE_TIME)进入钢厂；李秀兰（[1984.10](DATE_OF_BIRTH)），头晕；厂长王建国（[1985](DATE_TIME)—[1991](DATE_TIME)）",
        "您[1969年](DATE_OF_BIRTH)的？本人彝族，[88年](DATE_OF_BIRTH)的，怀二胎；妈妈:[2015年7月](DATE_OF_BIRTH)的 快[十岁](AGE)了",
        "阿姨哪年的？\n家属：[六二年农历九月十五](DATE_OF_BIRTH)，今年虚岁[六十三](AGE)吧。",
        "术后第3天（[3.8](DATE_TIME)），POD3 [3/8](DATE_TIME)；月底[28号](DATE_TIME)；我[5号](DATE_TIME)晚，[2024 Mar 5](DATE_TIME)，[5/Mar/24](DATE_TIME)",
        "班级晨检 [10.15](DATE_TIME) [5岁](AGE) 手足口；病人[5/10](DATE_TIME)去世；[3.9](DATE_TIME)酒驾那次",
        "NEW→PAID at [04/06/24](DATE_TIME) 09:15; [Mar. 5th, 2024](DATE_TIME)",
        "[240312](DATE_TIME) 术后D1 生命体征平稳",
        "[0912](DATE_TIME)下午视频会诊",
        "对账：[2024.03.05](DATE_TIME)收12,000，[03.06](DATE_TIME)付4,350",
        "交班：3床[10.2](DATE_TIME)入，[10.4](DATE_TIME)全麻下胆囊切，[10.6](DATE_TIME)排气",
        "通知：[4.2](DATE_TIME)交材料，[4.6](DATE_TIME)领表；放疗：[5.8](DATE_TIME)开始，[6.9](DATE_TIME)结束",
        "[18号](DATE_TIME)早6点半接站；群里：[22号](DATE_TIME)取报告；那台改[7号](DATE_TIME)第二台",
        "[四月](DATE_TIME)刚退休；[9.12](DATE_TIME)-[9.15](DATE_TIME)我休年假；[廿四年三月](DATE_TIME)修的",
        "[2020-06](DATE_TIME)/剖宫产/北京，建卡[2021/9](DATE_TIME)",
        "交班（[2024-01-22](DATE_TIME) 20:00—[2024-01-23](DATE_TIME) 08:00）",
        "[3月1日](DATE_TIME)20:00—[3月2日](DATE_TIME)08:00，值班 [01-22](DATE_TIME) 20:00—[01-23](DATE_TIME) 08:00",
        "白片10　收片日[3-26](DATE_TIME)",
        "生日[0812](DATE_OF_BIRTH)，家庭成员二人",
        "[15-8-1946](DATE_OF_BIRTH)出世",
        "拟[12日](DATE_TIME)由民营救护车转运",
        "[18号](DATE_TIME)高铁到虹桥，机票[20号](DATE_TIME) CX986",
        "冰箱温度记录缺[18日](DATE_TIME)的",
        "排班（清明[4号](DATE_TIME)）",
        "[20日](DATE_TIME) 07:12　赵锡海",
        "外采：[19日](DATE_TIME)哈药集团制药总厂 120人；[21日](DATE_TIME)群力实验小学",
        "莎莎[18日](DATE_TIME)考驾照，老贾替",
        "站长已阅，[4.20](DATE_TIME)",
        "订单尾号作废，[3.8](DATE_TIME)退的，流水发你了",
        "叶护士长说[十月](DATE_TIME)有床位",
        "（[3.4](DATE_TIME) 已电话；[3.11](DATE_TIME) 未接；[3.18](DATE_TIME) 接通）",
        "这月[8号](DATE_TIME)去，[15号](DATE_TIME)行吗，还是约的[16号](DATE_TIME)",
        "[240304](DATE_TIME)入院，满月酒[4.20](DATE_TIME)",
        "我妈（[72](AGE)）来，爸，[七十一](AGE)；妈，[六十九](AGE)。属猴，[56](AGE)。",
        "今年[56](AGE)咯，爷爷[83](AGE)走的",
        "投诉登记台账[2023](DATE_TIME)（摘）",
        "这人[五十三](AGE)，种地的。我妈今年整[七十](AGE)，想换膝盖",
        "我爸是胃癌走的，[六十一](AGE)，我怕得很",
        "【性别】女　【年龄】[36](AGE)",
        "腹部增强CT（[3.12](DATE_TIME)）：肝囊性占位；[6.10](DATE_TIME)、[6.12](DATE_TIME)两次穿刺",
        "服务日[3.11](DATE_TIME)、[3.18](DATE_TIME)、[3.25](DATE_TIME)；就诊人",
        "最近服务：[4-02](DATE_TIME) 陪诊；[4-19](DATE_TIME) 取药",
        "值班 制表[10/27](DATE_TIME)\n[11.1](DATE_TIME) 五　　时光\n[11.2](DATE_TIME) 六　　阿may\n[11.3](DATE_TIME) 日　　柳絮",
        "| 翁师约谈[5.20](DATE_TIME) |，“一家 体检[6.10](DATE_TIME)”",
        "呼延雪[11.8](DATE_TIME)起产假；问姜主任[5/6](DATE_TIME)停诊否",
        "PR332 [4/4](DATE_TIME) MNL–JJN，离开 15:20  [24/05/06](DATE_TIME) 周一",
        "file=wz_onco_[20240612](DATE_TIME).sql.gz，/data/scan/[2024-06](DATE_TIME)/p1.jpg",
        "福气个福，[七十三](AGE)了伐。那侬[七十五](AGE)啦？",
        "叫乌甜，[八十七](AGE)矣。",
        "我妹在学校出事了，她才[16](AGE)。走路[14个月](AGE)会的。",
        "| 年龄 | [34](AGE) | [38](AGE) |\n",
        "她多大了？\nmomo> [六岁](AGE)，叫豆豆",
        "父訾广林 [74](AGE) / 母邰玉珍 [71](AGE) / 女圆圆 [6](AGE)",
    ],
)
def test_days_and_ages_are_told_by_what_stands_around_them(deidentifier, marked):
    text, expected = parse_marked(marked)

    assert times(deidentifier, text) == {(text[m.start : m.end], m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "自助机 3-8号，诊室 2-6号；内网丢包5/24，失败 3/12",
        "血糖，3.9低血糖那次；白细胞 11.2，复查白细胞 8.4",
        "登记 4.4 公斤；交班 3.2 体温正常；3.5报名费，4.5考试费；3.5到5.3不在正常范围",
        "服药三月刚停；批号08/2022；规格 06/2000 IU",
        "钙片 b.i.d. 1800；批号2024.01、2024.02；版本 2023.1、2023.2；建院110年5月庆典",
        "3.1 初诊评估：超声。\n3.2 分期：神经母细胞瘤\n3.3 治疗\n3.4 会诊须有外科\n3.5 发热应在60分钟内给药",
        "外采：3日后复查；5日内完成",
        "用法：7日一疗程；10日一复查",
        "拟5日后手术，拟3日内完成",
        "18号高铁站台，高铁18号车厢，中秋17号床",
        "钱是退的，六十块；药停了，六十一片",
        "血糖昨(6.4)今(5.5)，CRP 3.4 已降；WBC 3.18 未查",
        "15号床行吗，240304入院号，女（22例）",
        "子女评分 8 / 母乳评分 7",
        "王芳3日未排便，李刚5日无发热",
        "4.5分退的",
        "白蛋白(3.12)：低；血糖6.10、6.12两次偏高；剂量：1-2 片；体温37.8起伏",
        "肌力：4/5 复查；CD117 4/4 阳性，更新 1/2，谈话 3.5分",
        "本清单每年一月更新，每年3月复核",
        "他才39，烧得厉害；给你50了；年龄> 60岁；Hb才16",
        "LOT 20240115 EXP见盒；批号20231120，2片；口服3日晚上加量；生完孩子40天，天天想哭",
        "血钾 4.3、4.9、5.2三次；视力 20/10，淋巴结15/3，14床",
        "第1针3.5ml；移植12枚；抽血 3.5/3.8/4.1；换药时间3.5小时；样本号 3号；周二，12号床；15、18、21三次；HbA1c 5.7-6.4，6.5-7.0",
        "He lives at Flat C, 18/F, Block 5; 19F Tongfu Tower; 身份证上大了两岁；学生证20220713，手机",
        "初二 3班，初三 （2）班，换药室；3号抽血窗口；3号床先抽血",
    ],
)
def test_what_numbers_or_counts_is_no_day_and_no_age(deidentifier, text):
    found = times(deidentifier, text)

    assert not found


@pytest.mark.parametrize(
    "marked",
    [
        "他[九月](DATE_TIME)调南昌，老人[6月](DATE_TIME)回老家，公司[五月](DATE_TIME)搬走了",
        "李敏[4月](DATE_TIME)退休，孙子[5月](DATE_TIME)回。",
        "通报[10月](DATE_TIME)以来三起投诉，说好[2月](DATE_TIME)交钱",
        "附件叫“高兴+[1月](DATE_TIME)”",
        "[10.1](DATE_TIME)　武汉：邓超　南昌：王芳\n[10.2](DATE_TIME)　武汉：邓超　南昌：王芳\n[10.3](DATE_TIME)　武汉：严冬　南昌：王芳",
        "手术：[2/19](DATE_TIME) 血肿清除；[3/4](DATE_TIME) 气管切开；[3/28](DATE_TIME) 拔管",
        "[2月22日](DATE_TIME)移植，尿少，[3.1](DATE_TIME)胸闷不能平卧",
        "坐席备注（[11-25](DATE_TIME) 杨波）：脾气急。（[11.3](DATE_TIME) 刘洋补记）",
        "批准：许主管（非许文婷） [11.7](DATE_TIME)\n注意事项：略",
        "近三次来电 [08-02](DATE_TIME) 问报告；[07-19](DATE_TIME) 投诉停车；[06-30](DATE_TIME) 约车",
        "闵杰[9/10](DATE_TIME)起赴恩施支援，陈姐[6.3](DATE_TIME)起休年假",
        "坐席：哪天来的？\n客户：[3.15](DATE_TIME)",
        "出 生　[1 9 9 1 年 3 月 5 日](DATE_OF_BIRTH)",
        "（[3.2](DATE_TIME)王敏）备好，请在[3.8](DATE_TIME)之前，[6.5](DATE_TIME)前交表",
        "星期二 [5.14](DATE_TIME) 早班，约[3.5](DATE_TIME)下午",
        "[240305](DATE_TIME)上门，[0312](DATE_TIME)回访，约了[2号](DATE_TIME)的专家",
        "DOB: [07/Mar/1958](DATE_OF_BIRTH) ADM [12/JUN/2024](DATE_TIME) 3/decimal 5/Major",
        "[3rd March 2024](DATE_TIME), [03-Mar-24](DATE_TIME), on [12/03](DATE_TIME) he called",
        "[3.5](DATE_TIME) 王敏：已联系\n[3.8](DATE_TIME) 李强：家属未接",
        "[3月](DATE_TIME)—[5月](DATE_TIME)共服务12次",
        "两位分别为[1963年5月2日](DATE_OF_BIRTH)和[1971年12月19日](DATE_OF_BIRTH)出生",
        "路边那个李安康，[1971](DATE_OF_BIRTH)的，我是[1985](DATE_OF_BIRTH)的。",
        "别搞错，我的是[95年](DATE_OF_BIRTH)的\n好",
        "身份证上是[1958年](DATE_OF_BIRTH)，实际[1959年](DATE_OF_BIRTH)",
        "走的时候才[四十三](AGE)。她嫁过来才[十九](AGE)。",
        "额大今年[71](AGE)咧，我妈今年[66](AGE)哈",
        "在二中教物理的。[三十九](AGE)。算了",
        "她[二十号](DATE_TIME)过生日，周六（[9号](DATE_TIME)）带片子来",
        "我儿子[零九年](DATE_OF_BIRTH)的，上高一",
        "我爸[79](AGE)，我妈[76](AGE)。老爷子[八十八](AGE)高龄",
        "Pt: 王强 M/[61y](AGE) 汉族；[八十四](AGE)的老太太自己来",
    ],
)
def test_finds_what_another_round_of_authors_wrote(deidentifier, marked):
    text, expected = parse_marked(marked)

    assert times(deidentifier, text) == {(text[m.start : m.end], m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "患者6月调整用药",
        "腹痛3月以来加重，病人3月搬重物后加重",
        "3.1 目的：略\n3.2 范围：略\n3.3 职责：略",
        "肌力：上肢4/5；下肢3/5；握力 11/20",
        "视力：右 4/12；左 5/20",
        "命中客户 1/1",
        "我11我12都行",
        "血糖（王敏5.6）",
        "3.1 王敏：同意\n3.2 李强：同意\n3.3 赵磊：同意",
        "疗程3月-5月，1203来电显示",
        "备注（3.5 元）",
        "规格：10-12 支装；12-24 支装",
        "那台机子，2008的，坏了",
        "多少号的。三十九。",
        "7,Müller Stefan,护照",
    ],
)
def test_leaves_what_looks_like_them(deidentifier, text):
    assert not times(deidentifier, text)


@pytest.mark.parametrize(
    "marked",
    [
        "出生年月：[68.10](DATE_OF_BIRTH)；出生年月 [6811](DATE_OF_BIRTH)；birthday=[0102](DATE_OF_BIRTH)",
        "[46年](DATE_OF_BIRTH)生，耳背；[58](DATE_OF_BIRTH)出生；[五七](DATE_OF_BIRTH)生人；[59](DATE_OF_BIRTH)的，属猪",
        "老人家[1938年](DATE_OF_BIRTH)的；阳历生日[10月2日](DATE_OF_BIRTH)，[阴历八月廿三](DATE_OF_BIRTH)",
        "过两天[4月12号](DATE_OF_BIRTH)就是他生日；生日：每年[正月初三](DATE_OF_BIRTH)",
        "geb. [02.01.1958](DATE_OF_BIRTH)；生年：[1968](DATE_OF_BIRTH)",
        "王建军（[1938](DATE_OF_BIRTH)-[2024](DATE_TIME)）",
        "李娟 女 汉 [1958-02-01](DATE_OF_BIRTH) 高中；李娟,女,[58.2](DATE_OF_BIRTH),汉",
        "孙某，[1958.3](DATE_OF_BIRTH).生，[1976.12](DATE_TIME)参军，[2018.9](DATE_TIME)退休",
        "生于[宣统二年](DATE_OF_BIRTH)，祖籍绍兴；生年月日：[昭和45.2.14](DATE_OF_BIRTH)；[72年次](DATE_OF_BIRTH)，女",
        "生于[六十年代末](DATE_OF_BIRTH)，[2012](DATE_TIME)移民加拿大",
        "♂ *[1956](DATE_OF_BIRTH) †[2010](DATE_TIME) 肝癌；b. [1961](DATE_OF_BIRTH), d. [2015](DATE_TIME)",
        "试管：女方[1990](DATE_OF_BIRTH) 男方[1988](DATE_OF_BIRTH) 促排中；我[85](DATE_OF_BIRTH)的，老婆[八八](DATE_OF_BIRTH)的",
        "老大[二〇一二年](DATE_OF_BIRTH)的，老二[一六年](DATE_OF_BIRTH)的",
        "查询出生日期，结果[1968.4.2](DATE_OF_BIRTH)",
        "邱莉，[1988-1-1](DATE_OF_BIRTH)（系统默认），入境[2024.3.5](DATE_TIME)",
        "[2016-09](DATE_OF_BIRTH)生男童，[2023-09](DATE_TIME)身高112",
        "郑美兰【[1949年](DATE_OF_BIRTH)】白内障",
        "马* / [1986-07-07](DATE_OF_BIRTH) / A型 / 12床",
        "Birthdate(MM/DD/YY): [10/30/64](DATE_OF_BIRTH)",
        "投保人生日[1983/12/6](DATE_OF_BIRTH)，被保人（女儿）[2014/1/31](DATE_OF_BIRTH)，入院[2024/2/1](DATE_TIME)",
        "都是[庚戌年](DATE_OF_BIRTH)的狗",
        "早产儿王某之女，于[2024-02-03](DATE_OF_BIRTH) 08:15娩出，[2024-02-04](DATE_TIME)转院",
        "双胎A [2024-02-03](DATE_OF_BIRTH) 08:15 男 2350g",
        "PID|1||123456||WANG^LI||[19800101](DATE_OF_BIRTH)|M",
        "WANG/LI [12MAR75](DATE_OF_BIRTH) F CHN",
        "客户：我妈属羊的\n客服：好的，那是[1967年](DATE_OF_BIRTH)对吗",
        "哪年生的？——[一九六三年](DATE_OF_BIRTH)",
        "已绑定（女儿，[2016-09-03](DATE_OF_BIRTH)）；幼儿：傅子墨，[2021.09.16](DATE_OF_BIRTH)；园所",
        "何家明（Ho Ka Meng），[1990/12/05](DATE_OF_BIRTH)，诊断：强直性脊柱炎",
        "爸 [1956.03.14](DATE_OF_BIRTH) 糖尿病20年\n妈 [2024.11.02](DATE_TIME) 住院",
        "李娟 F [1956](DATE_OF_BIRTH)-…… 末次就诊 [08/2021](DATE_TIME)",
    ],
)
def test_finds_births_of_relatives_records_and_other_calendars(deidentifier, marked):
    text, expected = parse_marked(marked)

    assert times(deidentifier, text) >= {(text[mark.start : mark.end], mark.entity_type) for mark in expected}
    assert {entity_type for _, entity_type in times(deidentifier, text)} <= {m.entity_type for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "车祸发生于2024年3月5日上午；血液散播多发生在80年代",
        "出生 50.5，身长；出生：38.3，体重3.2",
        "住院46年生活规律；服药32年生效；出生 68.5cm；出生:32.5周；3月5日就是周二；58出生率",
        "手术是哪年？——2019年；属虎的\n客服：手术2019年做的对吗",
        "我2000，他3000；转给老公1950，备注药费；妈86的血压；他70的体重；老公60的裤子；老大95折",
        "王永炎(1998)指出；男 1956 例；F 1990 例；乘积 5*1980",
        "因停经38周于2024-01-09 03:12 娩出一男婴；于2024-01-09 娩出胎盘",
        "本人生日待核，孩子2024-3-4住院；2016.9生理盐水；45年次品；七十年代的房子",
    ],
)
def test_what_is_told_of_a_year_is_no_birth(deidentifier, text):
    assert "DATE_OF_BIRTH" not in {entity_type for _, entity_type in times(deidentifier, text)}
