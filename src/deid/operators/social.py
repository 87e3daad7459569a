"""Ladders of work, organisations, departments and money.

Occupations become the eight classes of GB/T 6565-2015, employers the section of GB/T 4754-2017,
departments of a hospital their group, incomes three classes.

>>> occupation("高级工程师"), industry("合肥华信科技有限公司"), department("心血管内科二病区"), income("8000元/月")
('专业技术人员', '信息传输、软件和信息技术服务业', '内科', '中等收入')
>>> occupation("省长") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from deid.regexes import Regex

_Rules = Sequence[tuple[str, str]]
# First match wins.
_OCCUPATIONS: Final[_Rules] = (
    # Public office and what one alone can be: suppressed, GB/T 42460-2023 annex B
    (
        r"[省市县区镇乡州]长|书记|部长|厅长|局长|处长|主席|委员|代表|大使|将军|司令|法官|检察官|院士|校长|院长|行长|董事长",
        "",
    ),
    (r"经理|总裁|总监|厂长|负责人|企业主|老板|法定代表人|管理人员|村主任", "单位负责人"),
    (r"军人|士兵|武警|战士|军官", "军人"),
    (
        r"工程师|教师|老师|教授|讲师|医生|医师|护士|药师|技师|会计|律师|记者|编辑|设计|程序员|翻译|研究|科研|演员|运动员|教练|技术|分析师|作家|画家|音乐|心理咨询",
        "专业技术人员",
    ),
    (r"职员|文员|公务员|秘书|办事|警察|民警|消防|邮递|行政|客服|出纳|人事", "办事人员和有关人员"),
    (
        r"营业员|销售|服务员|厨师|保安|保洁|快递|外卖|司机|收银|导游|美容|理发|家政|保姆|个体|商人|经商|商贩|店员|物业|中介|月嫂|网约车|仓管|采购|业务员",
        "社会生产服务和生活服务人员",
    ),
    (r"农民|务农|渔民|牧民|林业|养殖|种植|农业", "农、林、牧、渔业生产及辅助人员"),
    (
        r"工人|矿工|焊工|电工|木工|瓦工|钳工|车工|操作工|装配|纺织|建筑工|施工|机修|维修|泥工|油漆|制造|技工",
        "生产制造及有关人员",
    ),
    (
        r"学生|研究生|博士生|儿童|学龄前|幼儿|退休|离休|无业|待业|失业|家庭主妇|家务|自由职业|其他|不详|无|散居",
        "不便分类的其他人员",
    ),
)
_INDUSTRIES: Final[_Rules] = (
    (r"医院|卫生|诊所|门诊|疾控|医疗(?!器械|保险)|养老|福利院|妇幼|体检", "卫生和社会工作"),
    (r"大学|学院|中学|小学|幼儿园|学校|教育|培训", "教育"),
    (r"银行|保险|证券|基金|信托|信用社|金融|人寿", "金融业"),
    (
        r"政府|局$|局[一-龥]{0,3}(?:分局|所)$|委员会|法院|检察院|公安|派出所|街道办|办事处|居委会|村委会|协会|工会|部队",
        "公共管理、社会保障和社会组织",
    ),
    (r"科技|软件|信息|网络|电信|移动|联通|互联网|通信", "信息传输、软件和信息技术服务业"),
    (r"房地产|地产|物业", "房地产业"),
    (r"建筑|建设|装饰|工程|安装", "建筑业"),
    (r"物流|运输|快递|铁路|航空|公交|客运|邮政|供应链", "交通运输、仓储和邮政业"),
    (r"酒店|宾馆|饭店|餐饮|餐厅|火锅", "住宿和餐饮业"),
    (r"商贸|贸易|超市|销售|商行|百货|便利店|药店|药房|4S店", "批发和零售业"),
    (r"电力|供电|燃气|自来水|热力|水务", "电力、热力、燃气及水生产和供应业"),
    (r"农业|农场|林业|渔业|牧业|养殖|合作社", "农、林、牧、渔业"),
    (r"煤|矿业|矿|石油|油田", "采矿业"),
    (r"律师|会计师|咨询|人力资源|广告|旅游|事务所|中介|保安", "租赁和商务服务业"),
    (r"研究院|研究所|设计院|检测", "科学研究和技术服务业"),
    (r"环保|环境|园林|水利", "水利、环境和公共设施管理业"),
    (r"文化|传媒|体育|影视|剧院|出版|报社|电视台|健身", "文化、体育和娱乐业"),
    (r"美容|理发|家政|维修|洗衣", "居民服务、修理和其他服务业"),
    (r"厂|制造|机械|电子|纺织|服装|食品|制药|医药|医疗器械|化工|汽车|材料|钢铁|生物", "制造业"),
)
_DEPARTMENTS: Final[_Rules] = (
    (r"妇产|妇科|产科|生殖|计划生育|妇幼", "妇产科"),
    (r"儿科|儿内|儿外|新生儿|儿童|小儿", "儿科"),
    (r"急诊|急救|重症|ICU|CCU|抢救", "急诊与重症"),
    (r"外科|骨科|泌尿|肛肠|普外|神外|心外|胸外|烧伤|整形|移植|疼痛|创伤|关节|脊柱", "外科"),
    (r"眼科|耳鼻|口腔|皮肤|五官", "五官与皮肤科"),
    (r"精神|心理|睡眠|心身", "精神与心理科"),
    (r"肿瘤|放疗|化疗", "肿瘤科"),
    (r"感染|传染|肝病|结核|发热", "感染科"),
    (r"中医|针灸|推拿|康复|理疗", "中医与康复科"),
    (r"检验|放射|影像|超声|病理|药剂|药房|麻醉|手术室|输血|体检|核医学|CT|内镜", "医技与平台科室"),
    (r"内科|心血管|呼吸|消化|神经|内分泌|肾|血液|风湿|老年|全科|糖尿病", "内科"),
)
_AMOUNT = Regex(r"([0-9]+(?:\.[0-9]+)?)\s*(万|千|k|K|w|W)?")
_UNITS: Final = {"万": 10_000.0, "w": 10_000.0, "W": 10_000.0, "千": 1000.0, "k": 1000.0, "K": 1000.0}
_LOW, _HIGH = 60_000, 200_000
"""Yuan a year; between them about the middle class of the National Bureau of Statistics."""


def occupation(text: str) -> str | None:
    """One of eight classes; None for public office, sole holders and what is not known."""
    return _first(_OCCUPATIONS, text)


def industry(text: str) -> str | None:
    """The section of GB/T 4754 in which a body works, by the words in its name."""
    return _first(_INDUSTRIES, text)


def department(text: str) -> str | None:
    """The group of a department; wards and beds go with the name."""
    return _first(_DEPARTMENTS, text)


def income(text: str) -> str | None:
    """低收入, 中等收入 or 高收入 by what is earned in a year."""
    amounts = [
        float(match[1]) * _UNITS.get(match[2] or "", 1.0) for match in _AMOUNT.finditer(text.replace(",", ""))
    ]
    if not amounts:
        return None
    amount = sum(amounts[:2]) / len(amounts[:2])
    monthly = "月" in text or (amount < 30_000 and "年" not in text)
    year = amount * 12 if monthly else amount
    return "低收入" if year < _LOW else "中等收入" if year <= _HIGH else "高收入"


def _first(rules: _Rules, text: str) -> str | None:
    plain = "".join(text.split())
    return next((name for pattern, name in rules if re.search(pattern, plain)), None) or None
