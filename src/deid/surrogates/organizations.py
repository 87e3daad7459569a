"""Hospitals and other bodies: an invented core between a real place and a real suffix."""

from __future__ import annotations

from random import Random
from typing import Final

from deid.surrogates.addresses import Place, street_name, town
from deid.surrogates.words import chance, weighted

# Written for deid.
_CORES: Final = (
    "康和 同济堂 仁安 瑞康 益民 惠康 明德 博爱 慈安 颐和 安泰 广济 恒康 佑安 普仁 和润 健民 华康 圣康 德济 宁康 弘济 福寿 百汇 "
    "美年 爱康 远志 嘉会 新里程 晨曦 杏林 橘井 济民 天佑 长庚 怡宁 安定 舒心 启明 蓝天 阳光 红树林"
).split()
_COMPANY_CORES: Final = (
    "中科 华信 恒泰 鼎新 远大 金盛 博雅 云帆 天成 宏图 瑞丰 信达 卓越 启航 东升 腾跃 汇通 安邦 万嘉 聚力 新源 凯利 盛通 众诚 "
    "蓝海 锐思 智联 海纳 德邦 嘉业 森源 国盛 鸿运 京华 泰格 诺维 优品 康宝 星辰 大成"
).split()
_TRADES: Final = (
    "科技 商贸 医疗器械 生物技术 建筑工程 物流 教育咨询 信息技术 电子 食品 物业管理 餐饮管理 文化传媒 机械制造 纺织 汽车销售 农业 "
    "装饰工程 人力资源 网络技术 供应链管理 健康管理 医药 新材料 环保 广告"
).split()
_FORMS: Final = ((8, "有限公司"), (4, "有限责任公司"), (3, "股份有限公司"), (2, "集团有限公司"), (1, "集团"))
_SPECIALTIES: Final = (
    "口腔 眼科 骨科 妇产 儿童 肿瘤 心血管 精神卫生 中西医结合 中医 康复 皮肤病 肛肠 整形美容 脑科 胸科 老年病 妇幼保健"
).split()
_NUMBERS: Final = "一二三四五六七八九"
_UNIVERSITIES: Final = "医科大学 医学院 中医药大学 大学 医药大学".split()


def hospital(random: Random, place: Place) -> str:
    """A medical institution of `place`: public, university, private, community, traditional, dental."""
    city = place.short_city if chance(random, 15) else place.city
    near = weighted(random, ((6, city), (5, place.county), (3, city + place.county)))
    number = random.choice(_NUMBERS[:6])
    core = random.choice(_CORES)
    return weighted(
        random,
        (
            (9, f"{near}人民医院"), (9, f"{city}第{number}人民医院"), (3, f"{city}中心医院"), (5, f"{near}中医院"), (4, f"{near}妇幼保健院"),
            (5, f"{place.short_province}{random.choice(_UNIVERSITIES)}{random.choice(('', '第一', '第二'))}附属医院"),
            (3, f"{place.short_city}{random.choice(_UNIVERSITIES)}附属第{number}医院"), (6, f"{city}{core}{random.choice(_SPECIALTIES)}医院"),
            (4, f"{city}{core}医院"), (3, f"{core}{random.choice(('口腔门诊部', '中医门诊部', '医疗美容门诊部', '诊所', '中医馆', '体检中心'))}"),
            (4, f"{place.county}{street_name(random).rstrip('东西南北')[:3]}街道社区卫生服务中心"), (4, f"{town(random)}卫生院"),
            (3, f"{city}{random.choice(_SPECIALTIES)}医院"), (2, f"{city}红十字会医院"), (2, f"{city}精神卫生中心"),
            (2, f"{city}{core}{random.choice(_SPECIALTIES)}医院有限公司"), (2, f"{city}急救中心"),
        ),
    )  # fmt: skip


def short_hospital(name: str, place: Place) -> str:
    """The name as people of the place say it: 市第三人民医院, 三院 is left to the reader."""
    return (
        name.removeprefix(place.city)
        if name.startswith(place.city) and len(name) - len(place.city) > 5
        else name
    )


def company(random: Random, place: Place) -> str:
    """A firm, school or authority of `place`: where people work."""
    city = place.short_city
    core = random.choice(_COMPANY_CORES)
    kind = weighted(random, _FORMS)
    return weighted(
        random,
        (
            (10, f"{city}{core}{random.choice(_TRADES)}{kind}"), (4, f"{core}{random.choice(_TRADES)}（{city}）有限公司"),
            (3, f"{city}市{core}{random.choice(_TRADES)}{kind}" if place.prefecture.endswith("市") else f"{city}{core}{kind}"),
            (4, school(random, place)), (2, f"{place.county}{random.choice(('税务局', '教育局', '民政局', '市场监督管理局', '公安局', '财政局'))}"),
            (2, f"{city}{core}{random.choice(('电子厂', '服装厂', '机械厂', '食品厂', '纺织厂'))}"), (1, f"{core}律师事务所"),
        ),
    )  # fmt: skip


def school(random: Random, place: Place) -> str:
    number = random.choice(_NUMBERS)
    return weighted(
        random,
        (
            (5, f"{place.city}第{number}中学"), (4, f"{place.county}实验小学"), (2, f"{place.short_city}职业技术学院"), (2, f"{place.short_city}师范学院"),
            (3, f"{place.county}第{number}幼儿园"), (2, f"{place.short_city}外国语学校"),
        ),
    )  # fmt: skip


def bank_branch(random: Random, place: Place) -> str:
    bank = random.choice(
        (
            "中国工商银行",
            "中国农业银行",
            "中国建设银行",
            "中国银行",
            "招商银行",
            "交通银行",
            "中国邮政储蓄银行",
        )
    )
    return f"{bank}{place.short_city}{random.choice(('', '城东', '城西', '新城', '高新', '人民路'))}支行"


def insurer(random: Random) -> str:
    return random.choice(_COMPANY_CORES) + random.choice(
        ("人寿保险股份有限公司", "财产保险股份有限公司", "健康保险有限公司")
    )
