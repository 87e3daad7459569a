"""Ladders of places and hospitals: town, county, prefecture, province, region; level and type of a hospital.

>>> from deid.surrogates.places import shipped_divisions
>>> divisions = shipped_divisions()
>>> place("湖南省长沙市开福区金霞路22号", "county", divisions), place("长沙开福区", "region", divisions)
('湖南省长沙市开福区', '华中')
>>> hospital("长沙市第三人民医院", "province", divisions), hospital("长沙市第三人民医院", "type", divisions)
('湖南省市级综合医院', '综合医院')
"""

from __future__ import annotations

import re
from typing import Final

from deid.grammar.address.value import parse_value
from deid.grammar.divisions import Divisions

PLACE_LEVELS: Final = ("community", "town", "county", "prefecture", "province", "region")
HOSPITAL_LEVELS: Final = ("city", "province", "type")
_SMALL: Final = ("三沙市",)
"""Prefectures of fewer than 20,000 people do not hide a person."""
_REGIONS: Final = {
    "华北": "北京市 天津市 河北省 山西省 内蒙古自治区",
    "东北": "辽宁省 吉林省 黑龙江省",
    "华东": "上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省",
    "华中": "河南省 湖北省 湖南省",
    "华南": "广东省 广西壮族自治区 海南省",
    "西南": "重庆市 四川省 贵州省 云南省 西藏自治区",
    "西北": "陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区",
    "港澳台": "香港特别行政区 澳门特别行政区 台湾省",
}
_REGION_OF: Final = {
    province: region for region, provinces in _REGIONS.items() for province in provinces.split()
}
_FINE: Final = {
    "community": ("township", "village", "estate", "road"),
    "town": ("township",),
    "county": (),
}
_TYPES: Final = (
    (r"社区卫生|卫生院|卫生室|卫生所|卫生站|村卫生|医务室", "基层医疗机构"),
    (r"诊所|门诊部|口腔$|中医馆|国医", "诊所和门诊部"),
    (r"体检|健康管理", "体检机构"),
    (r"疾病预防|疾控|血站|急救|血液中心|检验", "专业公共卫生机构"),
    (r"药房|药店", "药店"),
    (r"中西医结合|中医|蒙医|藏医|维吾尔医|民族医", "中医类医院"),
    (r"妇幼|妇女儿童|妇产|儿童", "妇幼儿童医院"),
    (r"精神|心理|安定|脑科", "专科医院"),
    (
        r"口腔|眼科|骨科|肿瘤|胸科|皮肤|肛肠|整形|美容|传染|结核|职业病|肾|肝|康复|老年|生殖|护理|疗养|心血管|男科|专科",
        "专科医院",
    ),
    (r"医院|医学中心|医疗中心|协和|华西|湘雅|同济", "综合医院"),
)


def place(text: str, level: str, divisions: Divisions) -> str | None:
    """The place in which `text` (shadow text) lies, as coarse as `level`; None where it names none."""
    plain = "".join(text.split())
    wide = divisions.prefecture_of(plain)
    if wide is None:
        return None
    province = _province(wide, divisions)
    if level == "region":
        return _REGION_OF.get(province or "")
    if level == "province" or wide.endswith(_SMALL):
        return province
    return wide if level == "prefecture" else wide + _finer(plain, level, divisions)


def _province(wide: str, divisions: Divisions) -> str | None:
    match = divisions.at(wide, 0)
    return wide[: match.end] if match and match.level == "province" else None


def _finer(text: str, level: str, divisions: Divisions) -> str:
    match = parse_value(text, 0, divisions)
    wanted = ("county", *_FINE[level])
    return "".join(text[p.start : p.end] for p in match.parts if p.level in wanted) if match else ""


def hospital(text: str, level: str, divisions: Divisions) -> str | None:
    """Type, and with `province` or `city` the place and the level, of a medical institution."""
    plain = "".join(text.split())
    kind = next((name for pattern, name in _TYPES if re.search(pattern, plain)), None)
    if kind is None or level == "type":
        return kind
    where = place(plain, "prefecture" if level == "city" else "province", divisions) or ""
    return (
        where + ("" if kind in ("基层医疗机构", "诊所和门诊部", "药店") else _grade(plain, divisions)) + kind
    )


def _grade(text: str, divisions: Divisions) -> str:
    """省级, 市级, 县级 by the place after which it is called; nothing where it is called after none."""
    if re.search(r"中国|解放军|军区|[大医]学.{0,6}附属", text):
        return "省级"
    match, last = divisions.at(text, 0), None
    while match is not None:
        last, match = match, divisions.at(text, match.end)
    if last is None:
        return ""
    return {"province": "省级", "prefecture": "市级", "county": "县级"}.get(last.level, "")
