"""Addresses down to the room: real divisions, invented streets, estates and villages.

A `Place` is a county with its prefecture and province. What stands below it is put together
from syllables, so that an address is nobody's.

>>> compose_address(Place("湖南省", "长沙市", "开福区"), "金霞路22号7栋404室", levels="pcd")
'湖南省长沙市开福区金霞路22号7栋404室'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from deid.grammar import numerals
from deid.grammar.numerals import NumeralStyle
from deid.surrogates.words import chance, digits, lexicon, weighted

_MUNICIPALITIES: Final = ("北京市", "上海市", "天津市", "重庆市")
_POSTAL: Final = {
    "北京": "10", "天津": "30", "上海": "20", "重庆": "40", "河北": "05", "山西": "03", "内蒙古": "01", "辽宁": "11", "吉林": "13",
    "黑龙江": "15", "江苏": "21", "浙江": "31", "安徽": "23", "福建": "35", "江西": "33", "山东": "25", "河南": "45", "湖北": "43",
    "湖南": "41", "广东": "51", "广西": "53", "海南": "57", "四川": "61", "贵州": "55", "云南": "65", "西藏": "85", "陕西": "71",
    "甘肃": "73", "青海": "81", "宁夏": "75", "新疆": "83",
}  # fmt: skip
_RESIDENT_CODE: Final = {
    "北京": "11", "天津": "12", "河北": "13", "山西": "14", "内蒙古": "15", "辽宁": "21", "吉林": "22", "黑龙江": "23", "上海": "31",
    "江苏": "32", "浙江": "33", "安徽": "34", "福建": "35", "江西": "36", "山东": "37", "河南": "41", "湖北": "42", "湖南": "43",
    "广东": "44", "广西": "45", "海南": "46", "重庆": "50", "四川": "51", "贵州": "52", "云南": "53", "西藏": "54", "陕西": "61",
    "甘肃": "62", "青海": "63", "宁夏": "64", "新疆": "65",
}  # fmt: skip
# Written for deid: what streets, estates and villages are called.
_STREET_FIRST: Final = (
    "建设 人民 解放 中山 和平 新华 文化 学院 滨河 滨江 环城 迎宾 友谊 青年 育才 朝阳 光明 幸福 胜利 长江 黄河 昆仑 泰山 珠江 "
    "湘江 天山 金沙 玉泉 龙泉 凤凰 锦绣 翠竹 荷花 桂花 梅岭 松柏 银杏 紫荆 海棠 兴业 创业 科技 工业 体育 师范 古城 南湖 东湖 西山 "
    "北苑 石桥 柳林 桃园 梨园 杏花 杨柳 丰乐 安康 永宁 太平 长安 富强 民主 团结 民族 复兴 振兴 红旗 向阳"
).split()
_STREET_KIND: Final = (
    (10, "路"),
    (6, "街"),
    (4, "大道"),
    (3, "东路"),
    (3, "西路"),
    (3, "北路"),
    (3, "南路"),
    (2, "大街"),
    (1, "巷"),
)
_ESTATE_FIRST: Final = (
    "阳光 金色 翠湖 丽水 锦绣 碧水 东方 香樟 枫林 云景 天河 龙湖 世纪 书香 水岸 学府 御景 尚品 和谐 华府 月亮湾 蓝天 银河 凯旋 金域 "
    "江南 山水 玫瑰 橡树 梧桐 康乐 福星 万和 盛世 名门 观澜 紫金 星河 滨江 湖畔 春晓 绿地 祥和 怡景 恒泰 泰和 鑫源 宏远 汇景 金桂"
).split()
_ESTATE_KIND: Final = (
    "花园 小区 家园 新村 名苑 雅苑 华庭 苑 城 公馆 豪庭 新城 佳苑 国际 嘉园 里 山庄 公寓 社区".split()
)
_VILLAGE_FIRST: Final = "上 下 大 小 前 后 东 西 南 北 新 老 石 柳 白 黄 青 桃 枣 杨 马 龙 沙 田 水 井 寨 塘 坡 岭 竹 茶 罗 郭 宋".split()
_VILLAGE_SECOND: Final = (
    "家 洼 沟 庄 桥 山 河 湾 坪 冲 岗 寺 店 堡 营 口 楼 屯 集 垭 林 溪 坑 坝 泉 井 窑".split()
)


STREETS: Final = tuple(_STREET_FIRST)
ESTATES: Final = (tuple(_ESTATE_FIRST), tuple(dict.fromkeys(_ESTATE_KIND)))
VILLAGES: Final = (tuple(_VILLAGE_FIRST), tuple(_VILLAGE_SECOND))


@dataclass(frozen=True, slots=True)
class Place:
    """A county and what it lies in; `prefecture` is empty where the province itself is one."""

    province: str
    prefecture: str
    county: str

    @property
    def city(self) -> str:
        return self.prefecture or self.province

    @property
    def short_city(self) -> str:
        """As people say it: 长沙, 恩施."""
        return _short(self.city)

    @property
    def short_province(self) -> str:
        return _short(self.province)

    @property
    def resident_code(self) -> str:
        """The first two digits of identity numbers issued there."""
        return _RESIDENT_CODE[self.short_province]


@cache
def places() -> tuple[Place, ...]:
    """The counties of the mainland, in the order of the list of divisions."""
    found: list[Place] = []
    for line in lexicon("divisions.tsv"):
        name, level, path = (*line.split("\t"), "", "")[:3]
        province, _, prefecture = path.partition("/")
        if (
            level != "county"
            or _short(province) not in _RESIDENT_CODE
            or not name.endswith(("区", "县", "市"))
            or len(name) < 3
        ):
            continue
        if (
            any(word in name for word in ("开发", "高新", "园区", "矿区", "市辖", "管理", "新区", "工业"))
            or len(name) > 6
        ):
            continue
        if province in _MUNICIPALITIES or prefecture == name:
            prefecture = ""
        if prefecture or province in _MUNICIPALITIES:
            found.append(Place(province, prefecture, name))
    return tuple(found)


@cache
def towns() -> tuple[str, ...]:
    """Townships and streets; which county they lie in is not asked."""
    found = (line.split("\t") for line in lexicon("divisions.tsv"))
    return tuple(parts[0] for parts in found if parts[1] == "township" and 3 <= len(parts[0]) <= 5)


def place(random: Random) -> Place:
    return random.choice(places())


def compose_address(place: Place, below: str, *, levels: str) -> str:
    """`below` after province (p), city (c), county (d), as `levels` names them."""
    parts = {"p": place.province if place.prefecture else "", "c": place.city, "d": place.county}
    return "".join(parts[level] for level in levels) + below


def address(random: Random, place: Place, *, form: str = "") -> str:
    """An address in `place`. `form`: urban, rural or (as most are) either; `bare` names no division."""
    rural = form == "rural" or (not form and chance(random, 22 if place.county.endswith("县") else 5))
    below = rural_part(random) if rural else urban_part(random)
    if form == "bare":
        return below
    levels = weighted(
        random, ((22, "pcd"), (30, "cd"), (18, "d"), (4, "pd") if place.prefecture else (0, "d"), (3, "c"))
    )
    if not rural and chance(random, 12):
        below = random.choice(_street_offices(random)) + below
    return compose_address(place, below, levels=levels)


def urban_part(random: Random) -> str:
    """Street and number, estate, or both, down to the room."""
    number = f"{random.randint(1, 388)}{weighted(random, ((9, '号'), (1, '弄')))}"
    estate = random.choice(_ESTATE_FIRST) + random.choice(_ESTATE_KIND)
    street = street_name(random)
    where = weighted(
        random,
        ((5, street + number), (4, street + number + estate), (5, estate), (2, street + number + "院")),
    )
    return where + _room(random)


def street_name(random: Random) -> str:
    return random.choice(_STREET_FIRST) + weighted(random, _STREET_KIND)


def rural_part(random: Random) -> str:
    """Town, village, group or number."""
    village = random.choice(_VILLAGE_FIRST) + random.choice(_VILLAGE_SECOND) + "村"
    group = random.randint(1, 14)
    written = numerals.write(group, NumeralStyle("positional")) if chance(random, 30) else str(group)
    end = weighted(
        random,
        (
            (5, f"{written}组"), (3, f"{written}组{random.randint(1, 120)}号"), (4, f"{random.randint(1, 320)}号"), (2, f"{written}社"),
            (2, f"{written}队"), (1, ""),
        ),
    )  # fmt: skip
    return town(random) + village + end


def town(random: Random) -> str:
    """A town or township."""
    return random.choice(tuple(name for name in _sample_towns(random) if name[-1] in "镇乡") or ("石桥镇",))


def postal_code(random: Random, place: Place) -> str:
    return (
        _POSTAL[place.short_province]
        + digits(random, 2)
        + random.choice(("00", "01", "02", "08", "16", "31"))
    )


def _sample_towns(random: Random) -> list[str]:
    return [random.choice(towns()) for _ in range(12)]


def _street_offices(random: Random) -> tuple[str, ...]:
    return tuple(name for name in _sample_towns(random) if name.endswith("街道")) or ("新城街道",)


def _room(random: Random) -> str:
    """Building, entrance, floor and room, as much of them as people write."""
    building, entrance, floor, door = (
        random.randint(1, 48),
        random.randint(1, 4),
        random.randint(1, 31),
        random.randint(1, 6),
    )
    room = f"{floor}{door:02d}"
    return weighted(
        random,
        (
            (8, f"{building}栋{entrance}单元{room}室"), (6, f"{building}号楼{entrance}单元{room}"), (5, f"{building}栋{room}"),
            (4, f"{building}幢{room}室"), (3, f"{building}号楼{room}室"), (3, f"{building}-{entrance}-{room}"), (2, f"{building}座{room}"),
            (2, f"{building}栋{entrance}单元{floor}楼{door}号"), (1, f"{building}号楼{entrance}单元{floor}层{random.choice('东西')}户"), (2, ""),
        ),
    )  # fmt: skip


def _short(name: str) -> str:
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    if name.endswith(("自治州", "地区", "盟")):
        return name[:2]
    return name
