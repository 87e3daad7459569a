"""Telephones, addresses on the net and identifiers of devices.

Mobile numbers have prefixes that are allocated, landlines area codes that are; who bears
them is chance. Addresses of mail and pages lie under `example` names or at common providers
with an invented local part.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from deid.surrogates.words import chance, digits, weighted
from deid.validators import iccid as iccids
from deid.validators import imei as imeis

_MOBILE: Final = (
    "130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 166 170 171 173 175 176 177 178 180 "
    "181 182 183 184 185 186 187 188 189 191 193 195 196 198 199"
).split()
AREA_CODES: Final[Mapping[str, str]] = {
    "北京": "010", "上海": "021", "天津": "022", "重庆": "023", "沈阳": "024", "南京": "025", "武汉": "027", "成都": "028",
    "西安": "029", "石家庄": "0311", "太原": "0351", "郑州": "0371", "大连": "0411", "长春": "0431", "哈尔滨": "0451",
    "呼和浩特": "0471", "苏州": "0512", "无锡": "0510", "济南": "0531", "青岛": "0532", "合肥": "0551", "杭州": "0571",
    "宁波": "0574", "温州": "0577", "福州": "0591", "厦门": "0592", "长沙": "0731", "广州": "020", "深圳": "0755",
    "东莞": "0769", "佛山": "0757", "南宁": "0771", "桂林": "0773", "南昌": "0791", "贵阳": "0851", "昆明": "0871",
    "海口": "0898", "兰州": "0931", "银川": "0951", "西宁": "0971", "乌鲁木齐": "0991", "拉萨": "0891", "徐州": "0516",
}  # fmt: skip
_OTHER_CODES: Final = "0312 0335 0355 0376 0412 0453 0476 0515 0533 0536 0553 0575 0595 0712 0717 0734 0752 0775 0792 0816 0852 0874 0937 0996".split()
_MAIL: Final = (
    (10, "qq.com"), (9, "163.com"), (4, "126.com"), (3, "foxmail.com"), (3, "gmail.com"), (2, "outlook.com"), (2, "sina.com"),
    (1, "139.com"), (2, "example.com"), (1, "yeah.net"), (1, "aliyun.com"),
)  # fmt: skip
_SYLLABLES: Final = (
    "li wang zhang chen liu yang zhao huang zhou wu xu sun ma zhu hu lin guo he gao luo mei xiao yu jun wei min jing ting fang "
    "hao ming yan qing bo tao na hui xin an le tian yue feng long"
).split()
_NICKNAMES: Final = (
    "风中的云 小鹿乱撞 不吃香菜 糖醋里脊 海边的卡夫 半糖去冰 南方有雨 月亮打烊了 柠檬不酸 路过人间 旧时光 晚风微凉 奶茶三分糖 "
    "一只橘猫 山有木兮 暖阳 静待花开 平安是福 知足常乐 豆豆妈 糖糖妈妈 果果爸爸 自由的鱼 青青子衿 岁月静好 雨后天晴 早睡早起"
).split()


def mobile(random: Random) -> str:
    return random.choice(_MOBILE) + digits(random, 8)


def landline(random: Random, city: str = "") -> str:
    """With area code and a hyphen, brackets or a blank; one in six with an extension."""
    code = AREA_CODES.get(city.removesuffix("市")) or random.choice(_OTHER_CODES)
    number = random.choice("2345678") + digits(random, 7 if len(code) == 3 or chance(random, 60) else 6)
    written = weighted(
        random,
        ((10, f"{code}-{number}"), (2, f"({code}){number}"), (1, f"{code} {number}"), (1, f"{code}{number}")),
    )
    if chance(random, 16):
        written += random.choice(("转{}", "-{}", "分机{}")).format(random.randint(100, 8999))
    return written


def extra_territorial(random: Random) -> str:
    """Of Hong Kong, Macao and Taiwan, and of other countries."""
    return random.choice(
        (
            f"+852 {random.choice('569')}{digits(random, 3)} {digits(random, 4)}", f"+853 6{digits(random, 3)} {digits(random, 4)}",
            f"+886 9{digits(random, 2)} {digits(random, 3)} {digits(random, 3)}", f"+81 90-{digits(random, 4)}-{digits(random, 4)}",
            f"+44 7{digits(random, 3)} {digits(random, 6)}", f"+1 {random.randint(201, 989)}-{random.randint(201, 989)}-{digits(random, 4)}",
        )
    )  # fmt: skip


def handle(random: Random) -> str:
    """An account name of letters and digits."""
    start = "".join(random.choice(_SYLLABLES) for _ in range(random.choice((1, 2, 2))))
    joint = weighted(random, ((6, ""), (3, "_"), (1, "-")))
    end = random.choice(
        (digits(random, 4), digits(random, 3), str(random.randint(1968, 2009)), digits(random, 6))
    )
    return f"{start}{joint}{end}"


def wechat(random: Random) -> str:
    return weighted(
        random,
        (
            (8, handle(random)),
            (2, f"wxid_{''.join(random.choice('abcdefghijklmnopqrstuvwxyz0123456789') for _ in range(14))}"),
        ),
    )


def qq(random: Random) -> str:
    return random.choice("123456789") + digits(random, random.choice((7, 8, 8, 9)))


def email(random: Random) -> str:
    local = handle(random) if chance(random, 75) else ".".join(random.choice(_SYLLABLES) for _ in range(2))
    domain = weighted(random, _MAIL)
    return f"{qq(random) if domain == 'qq.com' and chance(random, 60) else local}@{domain}"


def nickname(random: Random) -> str:
    return random.choice(_NICKNAMES)


def username(random: Random) -> str:
    return handle(random) if chance(random, 70) else digits(random, 10)


def url(random: Random) -> str:
    host = random.choice(("www", "m", "h5", "report", "tj", "pacs"))
    site = f"{random.choice(_SYLLABLES)}{random.choice(_SYLLABLES)}"
    path = random.choice(
        (
            f"r/{digits(random, 6)}",
            f"report?id={digits(random, 9)}",
            f"p/{digits(random, 5)}.html",
            f"f/{random.choice(_SYLLABLES)}{digits(random, 3)}",
        )
    )
    return f"{random.choice(('https', 'http'))}://{host}.{site}.{random.choice(('example.com', 'example.cn', 'example.org'))}/{path}"


def ip(random: Random) -> str:
    first = random.choice((10, 36, 58, 101, 112, 117, 123, 172, 183, 192, 202, 218, 223))
    rest = (168 if first == 192 else random.randint(0, 255), random.randint(0, 255), random.randint(1, 254))
    return ".".join(map(str, (first, *rest)))


def mac(random: Random) -> str:
    pairs = [f"{random.randrange(1, 255):02x}" for _ in range(6)]
    joined = random.choice((":", "-")).join(pairs)
    return joined.upper() if chance(random, 50) else joined


def imei(random: Random) -> str:
    payload = random.choice(("35", "86")) + digits(random, 12)
    return payload + imeis.check_digit(payload)


def iccid(random: Random) -> str:
    payload = "8986" + random.choice(("00", "01", "03", "06", "11")) + digits(random, 13)
    return payload + iccids.check_digit(payload)


def imsi(random: Random) -> str:
    return "460" + random.choice(("00", "01", "02", "11")) + digits(random, 10)


def iot_number(random: Random) -> str:
    return random.choice(("1064", "1440", "1441", "1410")) + digits(random, 9)


def uuid(random: Random) -> str:
    text = "".join(random.choice("0123456789abcdef") for _ in range(32))
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def geo(random: Random) -> str:
    latitude, longitude = (
        random.randint(2_000_000, 4_500_000) / 100_000,
        random.randint(8_500_000, 12_800_000) / 100_000,
    )
    return random.choice(
        (
            f"{latitude:.5f},{longitude:.5f}",
            f"{longitude:.6f}, {latitude:.6f}",
            f"N{latitude:.4f}°, E{longitude:.4f}°",
        )
    )
