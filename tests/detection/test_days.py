"""Month and day in figures without a cue word (in shadow text, with ASCII marks), and the figures that only look like one."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked
from deid.detection.days import days_of_signers, find_bare_days
from deid.detection.reading import Reading
from deid.types import Detection


@pytest.mark.parametrize(
    "marked",
    [
        "催单3次([2.26](DAY)、[2.27](DAY)、今早),语气急",
        "去上海开会了 [6.15](DAY)才回 行不行",
        "执行护士 杨 [7.10](DAY)补记:女儿已学会",
        '"签收 [05/03](DAY)"',
        "【门诊记录】[4/22](DAY) 上午 诊室3",
        "[2024.3](DAY)体检,[2019/11](DAY) 手术",
        "上次[5/9](DAY)调整为隔日一次",
        "首次[2/14](DAY) 二次[2/21](DAY)",
        '"memo":"[8/16](DAY)电话沟通,客人说再看"',
        '"PICC 41cm,[3/5](DAY)置"',
        "体温正常,[01/17](DAY)拔除",
        "家属(次子葛国梁)[9.12](DAY)签字",
        "在厂里打工,[3.18](DAY)晚8点多突然晕倒",
        "可以了,[4.17](DAY)第二台做",
        "已约[1.26](DAY)市二院魏主任",
        "家属约[3.19](DAY)转回老家",
        "小姜 [4/9](DAY) 来院换药",
        "给隔壁王婶留 [11.14](DAY)",
        "主题: 答复: [6.12](DAY)职工体检名单有误",
        "向前,医学部,[5.17](DAY)学术会议注册费,1200.00",
        "术后无发热,[3-22](DAY)起进流食",
        "预约[11-24](DAY)门诊,泼尼松60mg qd([8-18](DAY)起),最晚[5/29](DAY)之前寄出",
        "2024.3.22写成[3.23](DAY)了,以[3.22](DAY)为准",
        "第二批[6/25](DAY)寄。病假条开至[4.8](DAY)",
        "D2|139****7712|[3.20](DAY) 上午\nD3|139****7713|[3.4](DAY) 不限",
        "甲\t13300001111\t[5/6](DAY)\n乙\t13300001112\t[3/13](DAY)\n",
        "[2/25](DAY)闭目露白2mm\n[3/5](DAY) 好转",
        "下次:[11/25](DAY)周二上午",
        "[11/30](DAY)-[12/3](DAY) 住宿",
        "项目|[12/1](DAY)|[12/2](DAY)|[12/3](DAY)",
        "[12.1](DAY)-[12.7](DAY)值班,周三([12.3](DAY))白班",
        "[12/3](DAY)(三) 白班",
        "D1([11/03](DAY))化疗,C2D1 [11-24](DAY)",
        "第1次[11.3](DAY),第2次[11.10](DAY)",
        "[11.3](DAY) 08:00 入室",
        "有效期[12/26](DAY)",
        "[12-20](DAY)到期",
        "审批(备注:[12/2](DAY)发票退回)",
        "术后 [2025-07-O7](DAY) 记录",
        "出生 [1 9 5 3 年 0 4 月 1 8 日](DAY)",
        "[5.2](DATE_TIME) 0:35　到场",
        "晚班→夜班 交班 [11/26](DAY) 呼吸内科",
        "在上班,[4/15](DAY)要飞桃园",
        "小陈换冯雅琴,冯雅琴补[6.14](DAY)夜班",
        "足部麻木,约换药 [3/9](DAY)",
        "[4.15](DAY)-[4.19](DAY) 每天80人",
        "五月第二周排班([5/6](DAY)-[5/12](DAY))",
        "客服与陪诊轮值([10.07](DAY)—[10.13](DAY)),体温表(36.5—37.2)",
        "备份 [3/14/24](DAY) 转码",
        "[6.8](DAY) 白 徐静怡 夜 孔令军\n[6.9](DAY) 白 杨帆 夜 徐静怡\n[6.10](DAY) 白 孔令军 夜 周婷",
        "冠脉支架1枚([2021.9](DAY), 安徽省立医院)",
        "[11.3](DAY)做的手术,血钾4.2做的时候",
        "郑州出差[3.6](DAY)-[3.10](DAY)陪护",
        "二诊 [11-13](DAY):能睡了\n三诊 [6/15](DAY)。纳可",
        "无活动性出血,[10.25](DAY)起流食;[8.27](DAY)起改半流质,[8.29](DAY)拔引流",
        "晚班→夜班 交班 [5.28](DAY) 22:00  内科\n[[9.12](DAY)] 20:30 交班",
        "住院期间[7/2](DAY)、[7/5](DAY)两次输血,蜡块借出,[7/11](DAY) 归还",
        "交接([8.16](DAY) 20:00):夜间躁动\n[12.3](DAY)停激素",
        "术后给予抗凝。[11-09](DAY)右小腿肿胀;[03-12](DAY)拔管",
        "RV: [3.19](DAY) 9:30 约农医生,邓医师,[3.28](DAY) 16:20",
        "黄丽 [14/6](DAY) 下午2:33\n[6/2](DAY)急诊入院,[9/5](DAY)排气进流食。[1.27](DAY)夜间发热",
        "住院期间:[113/03/04](DAY)-[113/03/16](DAY) 转入",
        "无切口渗液. [9/2](DAY)行TC方案化疗",
        "[9/10](DAY)发货,[6/10](DAY)起发热。挂号 [7/5](DAY) 上午",
        "QQ/微信 [3/12](DAY) 沟通,餐前 [3/12](DAY) 测血糖,二甲双胍[3/21](DAY)停,[6/21](DAY)满月",
        "知情同意书已签 [10/10](DAY)\n\n好的。[1/10](DAY)",
        "[5-9](DAY) 白班交接\n1、12床拒药\n2、赵教授[5-10](DAY)下午停诊",
    ],
)
def test_finds_days_by_what_stands_beside_them(marked: str) -> None:
    text, marks = parse_marked(marked)

    assert set(find_bare_days(Reading(text))) == {(mark.start, mark.end) for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "肌力4/5,杂音3/6级,视力 右5/10 左4/10",
        "尼龙丝5/10阳性,高分辨10/10相合,BD测试7/7合格",
        "狭窄约1/2。管腔约1/3,减少1/3-1/2,每次1/2片",
        "疼痛评分 3/10",
        "6.1.3　客户合同/丹阳续签\n6.1.4　客户合同/句容\n6.2.2　医院侧/备忘",
        "病理:胃小弯3/12,胃大弯0/8,幽门下2/9;淋巴结:左颈1/9、右颈3/11",
        "PHQ-9:12/27,GAD-7 9/21,简易精神状态 11/30,腱反射3/7",
        "血压12/8kPa,眼压12/14,双水平 12/6 cmH2O,二尖瓣区闻及 2/6 SM",
        "月经13(5/28),初潮12岁 5/30,HPV型别:6/11,外斐1/20视野",
        "同视机 9/12,切缘3/9,镜下 7/16,2/29(+),截石位 3/9点混合痔,6/12点位活检,孕3/7,11/21贴面,百分位 10/25,氨氯地平贝那普利 5/10,德谷 12/12,FT3/FT4 5/12,早/晚 3/15",
        "餐前/餐后:5/9、6/10、7/11,颈4/5,5/6,6/7 膨出,胸 11/12 椎体",
        "淋巴结转移 2/18",
        "肌力 屈肘 | 3/3 | 4/4 | 5-/4\n",
        "血糖,9.3晚餐后11.2",
        "约4.5米高处坠落,约3.5cm",
        "肿块约3.2×2.1cm,改到3.2万",
        "血钾 3.5",
        "第 3/5 页",
        "INR 2.3,血钙 2.1",
        "随访8/12例",
        "1) 3-1 血常规\n2) 3-2 尿常规",
        "评分:3/5起",
        "复测2次(1/2、1/3),做了3次(1.2、1.5、1.8)",
        "胆红素 6.15才能出院",
        "评分 3/10 4/10 5/10",
        "剂量 1/2、2/3、3/4",
        "第2次3.5mg,第3次 4.5 ml",
        "参考 5.1 5.3 5.6",
        "占1/3-2/3 管腔",
        "参考时间4.8-4.1,住院5.3-9.8%",
        "血红蛋白 9-12 上升,号源4-11上午",
        "项目 6.12 体检套餐 5.17元",
        "6.12体检套餐",
        "共3-15起病例",
        "评分3/10、4/10两次,尿蛋白1/2、2/3两次,5/10 还可以,血钾 12.3停留",
        "血钾 3.19 9:30 采,白细胞 9.12 20:30复查,钾。3-05升高,;12-03室",
        "预约1-2次,约3-15人,5/20以上,(1-2起)",
        "价格10.25起售,量3/10起效,剂量2.5起加",
        "复诊 1-2次,初诊 7-10天,三诊 2.5,血糖[7.12] 22:00",
        "拔牙 6.20拔牙价",
        "1-05 手术室",
    ],
)
def test_leaves_fractions_scores_and_values(text: str) -> None:
    assert list(find_bare_days(Reading(text))) == []


def test_a_figure_behind_the_name_that_ends_a_text_is_the_day_of_signing() -> None:
    signer = Detection("PERSON", 6, 8, 0.9, "tagger", ())

    assert list(days_of_signers("白菜你先吃。明淑 11/7", [signer])) == [(9, 13)]
    assert list(days_of_signers("白菜你先吃。明淑 11/7 阳性", [signer])) == []
    assert list(days_of_signers("白菜你先吃。明淑总 6/3,", [signer])) == [(10, 13)]


@pytest.mark.parametrize(
    "marked",
    [
        "您[1964年](DATE_OF_BIRTH)的对吧，我妈[1958年3月](DATE_OF_BIRTH)的，片子是[2023年](DATE_TIME)的，报告丢了",
        "[民国二十二年](DATE_OF_BIRTH)生，派出所登记成[1933年7月1日](DATE_OF_BIRTH)。[2021年3月](DATE_TIME)住院",
        "PID|1||0077^^^HIS||HUA^MAN||[19620119](DATE_OF_BIRTH)|F|||",
        "体检者信息（孟春芳，[1986-07-03](DATE_OF_BIRTH)，体检号另附），何明，[2006年7月3日](DATE_TIME)行手术",
        "家庭成员：夫范杞良；孙范小宝（[2014-6-1](DATE_OF_BIRTH)）",
        "[1992年5月12日](DATE_OF_BIRTH)出生，于[2023年12月1日](DATE_TIME)入院",
        "转诊日期 [113/03/12](DATE_TIME)",
        "[民国70年8月9日](DATE_OF_BIRTH)生\n医师：就是[1981年8月9日](DATE_OF_BIRTH)咯？[2021年8月9日](DATE_TIME)来过",
        "[1955年6月22日](DATE_OF_BIRTH)登记，他是[1955年农历五月初三](DATE_OF_BIRTH)生",
        "姜明是[1949年12月31日](DATE_OF_BIRTH)，证件11010519491231002X，[2023年12月31日](DATE_TIME)来过",
        "王小宝，11010519491231002X，[1949年12月31日](DATE_TIME)入院",
        "[民国59年11月20日](DATE_OF_BIRTH)（国历）生，西元[1970年11月20日](DATE_OF_BIRTH)",
        "[1962年三月十一](DATE_OF_BIRTH)（农历）生，[2023年三月十一](DATE_TIME)（农历）住院",
        "[2024年3月1日](DATE_OF_BIRTH)出生。患儿于[2024年3月1日](DATE_TIME)入院，[民国113年3月2日](DATE_TIME)转科",
        "(24,'某某','CAO RU','M','[1955-04-01](DATE_OF_BIRTH)')",
        "赵敏，女，[2023-11-02](DATE_TIME)初诊；钱刚 男 [2024/5/6](DATE_TIME) 08:30入院；周杰，男，[1990年12月1日](DATE_OF_BIRTH)，教师",
        "陈真，男，满族，[1980-01-02](DATE_OF_BIRTH)。卫国，男，汉族，[1958年3月](DATE_TIME)参加工作",
        "就诊人：区伯谦（父），[1951-07-26](DATE_OF_BIRTH)，拟就诊；签订人：王建国，[2003-04-05](DATE_TIME)",
        "客服：留一下宝宝姓名、生日\n20:22 妈妈：孟一诺 [2023年6月2号](DATE_OF_BIRTH) 在线等",
        "客服：出生日期\n记录时间：[2024-03-02](DATE_TIME)",
        "宝宝叫郑一诺 [2023.6.11](DATE_OF_BIRTH)的\n孩子叫王二 [2019.5.4](DATE_TIME)的手术",
        "出生日期 [1 9 5 3 年 0 4 月 1 8 日](DATE_OF_BIRTH)",
    ],
)
def test_tells_dates_of_birth_from_others(marked: str) -> None:
    text, marks = parse_marked(marked)

    found = {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type.startswith("DATE_")}

    assert found == {(mark.start, mark.end, mark.entity_type) for mark in marks}


@pytest.mark.parametrize(
    "marked",
    [
        "那会儿还是[七九年](DATE_TIME)。",
        "[去年十一月](DATE_TIME)在门诊看过",
        "病案质量分析会（[2023](DATE_TIME)）第17次，专家组会议纪要（[2024](DATE_TIME)第9次），标准（2020）第4部分",
        "[05-21](DATE_TIME) 22:47 微信咨询，她[四月](DATE_TIME)在大阪，避免盘腿；4.[5月中旬](DATE_TIME)复查",
        "咳嗽2月还在吃药，腹痛3月在外院看过",
        "[3月初](DATE_TIME)发热，[10月初](DATE_TIME)发作性胸闷，初发糖尿病",
        "龚敏  [7/19](DATE_TIME)  高铁 213.50\n龚敏  1/2 片",
        "下月交房，[初五](DATE_TIME)看个日子搬",
        "护工名册（[12月](DATE_TIME)）",
        "我说[9月](DATE_TIME)刚在县医院做过，早产儿切换为矫正月龄，住院2月刚好转",
        "男，71岁[6月](DATE_TIME)入院，姐姐66岁[11月9](DATE_TIME)做的手术",
        "附件：督导稿_[0608](DATE_TIME).docx、IMG_0412.jpg、方案_0230.docx",
        "复诊改约[9号](DATE_TIME)行吗，预约6号楼",
        "婚假[8号](DATE_TIME)到[15号](DATE_TIME)，最晚[28号](DATE_TIME)要上传，[22号](DATE_TIME)退房",
        "夜班→[3日](DATE_TIME)白班",
        "能不能分三天 [15号](DATE_TIME)[16号](DATE_TIME)[18号](DATE_TIME)，鼻胃管(置入[10-21](DATE_TIME))",
        "3号床前面，5号楼要装修，12号窗口，请3号到诊室，术后3日复查，3日后复诊",
        "得病七八年了，抽烟二三十年",
        "门诊病历不少于15年，住院病历不低于30年",
        "初一学生，最初四天",
        "七九年级",
    ],
)
def test_finds_what_is_said_of_days_without_figures(marked: str) -> None:
    text, expected = parse_marked(marked)

    found = {(e.start, e.end) for e in detect(text) if e.entity_type == "DATE_TIME"}

    assert found == {(mark.start, mark.end) for mark in expected}


@pytest.mark.parametrize(
    ("label", "cell", "found"),
    [
        ("复诊日期", "45357", ["DATE_TIME"]),
        ("入院时间", "45357.75", ["DATE_TIME"]),
        ("出生日期", "25823", ["DATE_OF_BIRTH"]),
        ("治疗时间(秒)", "45357", []),
        ("复诊日期", "99999", []),
        ("金额", "45357", []),
        ("编号", "45357", []),
        ("出生年月", "199005", ["DATE_OF_BIRTH"]),
        ("出生日期", "900506", ["DATE_OF_BIRTH"]),
        ("检查日期", "202305", ["DATE_TIME"]),
        ("出生日期", "901306", []),
        ("治疗时间(秒)", "202305", []),
        ("编号", "199005", []),
    ],
)
def test_figures_alone_are_a_day_under_the_header_of_a_date(label, cell, found):
    assert [entity.entity_type for entity in detect(cell, labels=[label])] == found


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("宝宝生后43天，10月21日在陆良县妇幼生的，37+4周", ["10月21日"]),
        (
            "老汉余志高，户口1947.9.9，自己说大两岁；生日系统显示1955-06-04，应该晚两个月",
            ["1947.9.9", "1955-06-04"],
        ),
        ("身份证2024年3月5日到期，户口2023年5月迁入；3月5日在病房发生，2024年3月5日在县医院生孩子", []),
    ],
)
def test_a_birth_is_told_by_where_it_was_and_by_papers(text: str, births: list[str]) -> None:
    assert [text[e.start : e.end] for e in detect(text) if e.entity_type == "DATE_OF_BIRTH"] == births
