"""Stand-ins for hospitals, companies, schools and authorities: what sort of body it is stays, its name goes.

The level of the place (省, 市, 县, 镇), the words that say type and grade (附属, 人民, 妇幼保健院, 股份
有限公司) and the trade stay in their order; the place becomes another of its class and the name an
invented one. So no real body is named: none is called 长沙市瑞宁人民医院.

>>> from deid.surrogates.places import shipped_divisions
>>> name = stand_in("长沙市第三人民医院", shipped_divisions(), key=bytes(32))
>>> name.endswith("人民医院"), "长沙" in name
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from deid.grammar.divisions import Divisions
from deid.regexes import Regex
from deid.surrogates.addresses import Place
from deid.surrogates.draw import Draw
from deid.surrogates.places import place_like, town_like

_WORDS: Final = (
    "中医院 中西医结合医院 中国人民解放军 解放军 武警 军区 医科大学 中医药大学 中医学院 医学院 医药大学 师范大学 理工大学 职业技术学院 师范学院 大学 学院 附属 直属 人民 中心 "
    "中西医结合 中医 中药 蒙医 藏医 维吾尔医 民族 妇女儿童 妇幼保健计划生育服务中心 妇幼保健 妇产 妇儿 儿童 口腔 眼科 耳鼻喉 骨科 骨伤 肿瘤 心血管 心脑血管 胸科 脑科 精神卫生 "
    "精神病 精神 心理 康复 皮肤病 肛肠 整形 美容 医疗美容 老年病 老年 传染病 职业病 肝病 肾病 糖尿病 男科 生殖 血液 结核病 红十字 国际 综合 专科 急救 体检 总医院 医院 分院 "
    "院区 卫生院 卫生室 卫生所 保健院 疗养院 护理院 防治院 防治所 社区卫生服务中心 社区卫生服务站 诊所 门诊部 门诊 医务室 血站 血液中心 疾病预防控制中心 疾控中心 "
    "医学检验实验室 医学检验所 健康管理中心 中医馆 国医馆 月子中心 养老院 福利院 药房 大药房 药店 "
    "科技 商贸 医疗器械 医疗 生物 技术 医药 制药 建筑 工程 建设 物流 教育 咨询 信息 电子 食品 物业 管理 餐饮 文化 传媒 机械 制造 纺织 汽车 销售 农业 装饰 人力资源 网络 供应链 健康 "
    "新材料 环保 广告 服装 化工 能源 电力 房地产 投资 控股 贸易 实业 服务 旅游 保险 财产 人寿 证券 基金 律师 会计师 事务所 银行 支行 分行 信用社 合作社 集团 股份 有限责任公司 有限公司 公司 "
    "分公司 工作室 厂 酒店 宾馆 饭店 超市 实验 外国语 中学 小学 幼儿园 高中 初中 学校 技校 委员会 居委会 村委会 政府 公安 分局 派出所 税务 教育 民政 财政 市场监督管理 卫生健康 医疗保障 "
    "人民法院 人民检察院 检察院 法院 交通 街道 办事处 办公室 管理局 局 协会 学会 基金会 研究院 研究所 研究 有限合伙"
).split()
_WORD = Regex("|".join(sorted(set(_WORDS), key=len, reverse=True)))
# 工商银行, 人民保险: the names of the few great ones say no more than what sort of body it is.
_GREAT = Regex(
    r"(?:中国)?(?:工商|农业|建设|招商|交通|邮政储蓄|民生|光大|中信|浦东发展|兴业)?银行|中国人寿|中国平安|中国移动|中国联通|中国电信"
)
_FIRST: Final = "康仁瑞益惠明博慈颐安广恒佑普和健华德宁弘福祥泰嘉远晨启舒怡长新同众诚信鼎卓盛汇森源"
_SECOND: Final = "和安康民济爱宁德泰普润健华馨圣仁寿乐佳慧源成达远兴荣茂丰隆昌顺利辰澜岳川禾朗泽"
_ENDINGS: Final = ("省", "市", "县", "区", "镇", "乡", "州", "旗", "盟")


def stand_in(text: str, divisions: Divisions, *, key: bytes, attempt: int = 0) -> str:
    """A body of the same sort as the one named in `text` (shadow text)."""
    plain = "".join(text.split())
    draw = Draw(key, "body", plain, attempt)
    levels, position = _levels(plain, divisions)
    place = place_like(draw, plain[:position] or plain, divisions)
    where = _where(draw, levels, place)
    name = draw.choice(_FIRST) + draw.choice(_SECOND)
    rest = plain[position:]
    if great := _GREAT.match(rest):
        where, name, rest = great[0] + place.short_city, name if rest != great[0] else "", rest[great.end() :]
    words = "".join([word for word, _ in groupby(_WORD.findall(rest))])
    return where + name + (words if words or not where else "单位")


def _levels(text: str, divisions: Divisions) -> tuple[list[tuple[str, str]], int]:
    """Levels and names of the places at the beginning, and where they end."""
    levels: list[tuple[str, str]] = []
    position = 0
    while (match := divisions.at(text, position)) is not None:
        if match.short and position and match.level != "prefecture":
            break  # the 公安 of 岳麓区公安分局 is no county
        levels.append((match.level, text[position : match.end]))
        position = match.end
    return levels, position


def _where(draw: Draw, levels: Iterable[tuple[str, str]], place: Place) -> str:
    """The new place at the levels at which the old one is named."""
    written = ""
    for level, name in levels:
        full = name.endswith(_ENDINGS)
        if level == "province":
            written += place.province if full else place.short_province
        elif level == "prefecture":
            written += place.city if full else place.short_city
        elif level == "county":
            written += place.county if full else place.county[:-1]
        else:
            written += town_like(draw, name)
    if place.city == place.province and written.startswith(place.city * 2):
        return written.removeprefix(place.city)
    return written
