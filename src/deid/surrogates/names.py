"""Names of persons: Han, minority, foreign, in the shortened forms that people write.

Given names go by sex and by the year of birth, because 秀英 and 梓涵 are not of one generation.

>>> name = Name("欧阳", "建国")
>>> written(name, "full"), written(name, "lao"), written(name, "mou"), written(name, "star")
('欧阳建国', '老欧阳', '欧阳某某', '欧阳**')
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Final, Literal, NamedTuple

from deid.surrogates.words import chance, frequent, lexicon, weighted
from deid.validators.resident_id import Sex

Kind = Literal[
    "han", "single", "compound", "word", "double", "minority", "japanese", "transliterated", "roman"
]

# Characters of given names by generation; written for deid. The first of a name often names a wish,
# the second closes it, but both come from one stock.
_MALE: Final = (
    (1965, "国建文志明德福树长永贵发富荣祥林生春海玉金宝根成忠义仁学宗庆元有新万山水木土火喜来顺良堂柱奎"),
    (1985, "伟强军勇刚斌涛磊鹏辉超波峰亮平杰俊华东立新建利宏海兵飞云龙健凯振晓少洪卫红旗江河川松柏钢铁民"),
    (2005, "宇浩泽博轩豪翔天昊晨阳旭航睿铭哲鑫嘉俊文杰凯瑞恒毅逸远思源启航帆乐安康骏腾霖尧诚翰墨言朗"),
    (9999, "沐宸梓子浩宇辰奕泽睿墨川承诺一言知行予安屿洋晞昱珩煜霆瀚骁允嘉懿书锦程星野牧初望舒景和允恩"),
)
_FEMALE: Final = (
    (1965, "秀桂兰英珍凤玉淑芬琴香莲菊梅翠云霞素贞惠爱巧月红春花美珠银金娥芝仙彩华凡妹娣招弟改转存连枝"),
    (1985, "丽娟艳静敏芳燕霞玲萍红梅丹莉娜华琳洁慧颖晓春雪冬秋月娥云英华蓉蕾倩薇荣琼瑛青海波利文卫群"),
    (2005, "婷欣怡雪梦琪佳思雨晴悦嘉颖雯钰涵诗瑶蕊菲妍琳倩璐莹语彤可楠宁宁珊子文静若曦柔芷歆蔓岚漫伊"),
    (9999, "梓涵一诺语桐沐依晨欣怡若汐可昕诗芮初夏念安佑宁妙知意书瑶苒锦玥糖星晚凝清禾苗苗绮霓乐心柠允"),
)
_UYGHUR_MALE: Final = (
    "艾合买提 吐尔逊 买买提 阿不都热依木 玉素甫 库尔班 依布拉音 艾尔肯 帕尔哈提 木合塔尔 亚森 吾斯曼 卡德尔 "
    "热合曼 阿不力孜 买买提明 托合提 艾力 努尔买买提 伊力亚斯 阿布都外力 塔依尔 哈力克 巴合提"
).split()
_UYGHUR_FEMALE: Final = (
    "古丽努尔 阿依努尔 麦热哈巴 热娜 帕提古丽 祖丽菲亚 米娜瓦尔 阿米娜 孜乃提 茹仙古丽 阿依古丽 再努尔 "
    "玛依拉 热孜万古丽 布合力其 图尔荪古丽 哈丽旦 沙吉旦 古再努尔 艾孜买提汗"
).split()
_TIBETAN: Final = (
    "扎西 次仁 多吉 平措 旦增 达瓦 尼玛 格桑 索朗 普布 顿珠 罗布 巴桑 边巴 洛桑 贡布 才让 才旦 加措 嘉措"
).split()
_TIBETAN_FEMALE: Final = "卓玛 央金 拉姆 德吉 曲珍 白玛 措姆 玉珍 央宗 卓嘎 梅朵 拉毛 旺姆".split()
_MONGOL_MALE: Final = (
    "巴图 孟和 朝鲁 那仁 额尔敦 宝音 呼格吉勒 阿拉坦 苏和 布和 哈斯巴根 图们 巴雅尔 特木尔 阿古拉 毕力格"
).split()
_MONGOL_FEMALE: Final = (
    "其木格 乌日娜 苏日娜 图雅 高娃 萨仁 斯琴 娜仁花 乌云 塔娜 阿茹娜 通拉嘎 萨日盖 格日勒"
).split()
_YI_CLANS: Final = "吉克 沙马 曲比 阿苏 马海 吉木 勒格 阿尔 莫色 俄木 海来 的日".split()
_YI_GIVEN: Final = "阿木 木呷 伍果 阿呷 日古 尔哈 拉且 史布 子古 莫西 伍牛 石一".split()
_WESTERN: Final = (
    "约翰 马丁 安娜 玛丽亚 卡尔 彼得 索菲 艾米丽 卢卡斯 尼古拉 伊万 谢尔盖 叶卡捷琳娜 法蒂玛 穆罕默德 优素福 艾哈迈德 "
    "卡洛斯 迭戈 露西亚 奥利弗 夏洛特 本杰明 娜塔莎 阿米尔 普里亚 拉杰什 贾斯汀 海伦 弗兰克"
).split()
_WESTERN_SURNAMES: Final = (
    "史密斯 米勒 彼得罗夫 科瓦廖娃 冈萨雷斯 费尔南德斯 施耐德 贝克曼 奥康纳 辛格 夏尔马 哈桑 侯赛因 阿卜杜拉 林德伯格 "
    "杜邦 莫罗 罗西 里奇 诺瓦克 科瓦尔斯基 桑托斯 佩雷拉 麦卡锡 汤普森 威廉姆森 泽连科 库兹明"
).split()
_JAPANESE_SURNAMES: Final = (
    "佐藤 铃木 高桥 田中 渡边 伊藤 山本 中村 小林 松本 井上 清水 山口 三浦 藤原 石川".split()
)
_JAPANESE_MALE: Final = "健太 翔太 大辅 拓也 直树 诚 和也 隆史 浩二 悠斗".split()
_JAPANESE_FEMALE: Final = "美咲 由美 惠子 阳子 千夏 彩香 优子 真理子 沙织 葵".split()
# Given names, then surnames, of people from one part of the world.
_ROMAN: Final = (
    (
        "Emily James Olivia Daniel Chloe Lucas Grace Peter Martin Helen",
        "Carter Miller Hughes Thompson Baker Walsh Reed",
    ),
    ("Sergei Ivan Anna Olga Dmitri Natalia Pavel", "Petrov Kuzmin Sokolov Novak Volkov Lebedev"),
    ("Priya Amit Rajesh Sunita Ahmed Fatima Omar Aisha", "Sharma Khan Patel Hussain Rahman Singh Malik"),
    ("Sofia Marco Diego Lucia Carlos Elena Pierre", "Garcia Rossi Fernandez Moreau Costa Dubois"),
    ("Yuki Hana Kenji Haruto Yui Takeshi", "Nakamura Tanaka Suzuki Ito Kobayashi"),
    ("Minjun Jiwoo Seo-yeon Hyun", "Kim Park Choi Jung"),
    (
        "Siu Fai|Ka Man|Wai Ling|Chi Keung|Mei Yee|Vivian|Jason|Kelvin",
        "Wong Chan Cheung Leung Lam Tsang Kwok",
    ),
    ("Wei Xiaoming Lihua Jing Haoran Meiling Guoqiang Yan", "Zhang Wang Liu Chen Huang Zhao Zhou Xu Sun"),
    ("Van Anh|Thi Hoa|Minh|Somchai|Siti", "Nguyen Tran Le Pham Lim Tan"),
)

ROMAN_NAMES: Final = tuple(
    (tuple(given.split("|") if "|" in given else given.split()), tuple(families.split()))
    for given, families in _ROMAN
)
"""Given names and surnames in Latin letters, by part of the world."""
TRANSLITERATED: Final = (
    tuple(_WESTERN + _UYGHUR_MALE + _UYGHUR_FEMALE),
    tuple(_WESTERN_SURNAMES + _UYGHUR_MALE),
)
"""First and last parts of names with a dot."""

_RELATIVE_FORMS: Final = ("lao", "xiao", "a")
NAME_FORMS: Final = (
    *("full", "surname", "given", "last", *_RELATIVE_FORMS, "mou", "moumou", "star", "spaced", "wide", "x"),
)


def characters(sex: Sex, year: int) -> str:
    """Characters of given names for that sex and year of birth."""
    return next(text for until, text in (_MALE if sex == "male" else _FEMALE) if year < until)


@cache
def all_characters(sex: Sex) -> str:
    """Characters of given names for that sex in all generations, each once."""
    return "".join(dict.fromkeys("".join(text for _, text in (_MALE if sex == "male" else _FEMALE))))


class Name(NamedTuple):
    """A person's name. Names without a Chinese surname have the whole in `given`."""

    surname: str
    given: str
    kind: Kind = "han"

    @property
    def full(self) -> str:
        return self.surname + self.given


def written(name: Name, form: str) -> str:
    """The name in one of `NAME_FORMS`; a name without surname stays whole where the form needs one."""
    surname, given = name.surname, name.given
    if not surname or name.kind in ("japanese", "roman", "transliterated"):
        return given.split("·")[0] if form in ("given", "last") and "·" in given else name.full
    last = given[-1]
    match form:
        case "surname":
            return surname
        case "given":
            return given
        case "last":
            return last
        case "lao" | "xiao":
            return {"lao": "老", "xiao": "小"}[form] + surname
        case "a":
            return "阿" + last
        case "mou":
            return surname + "某" * len(given)
        case "moumou":
            return surname + "某"
        case "star":
            return surname + "*" * len(given)
        case "x":
            return surname + "X" * len(given)
        case "spaced":
            return " ".join(name.full)
        case "wide":
            return f"{surname}　{given}" if len(surname) > 1 else "　".join(name.full)
    return name.full


def person(random: Random, *, sex: Sex, year: int = 1980, kind: Kind | None = None) -> Name:
    """A name for somebody of that sex born in `year`; four of five are ordinary Han names."""
    chosen = kind or _kind(random)
    if chosen == "minority":
        return Name("", _minority(random, sex), chosen)
    if chosen == "transliterated":
        return Name("", f"{random.choice(_WESTERN)}·{random.choice(_WESTERN_SURNAMES)}", chosen)
    if chosen == "japanese":
        given = random.choice(_JAPANESE_MALE if sex == "male" else _JAPANESE_FEMALE)
        return Name(random.choice(_JAPANESE_SURNAMES), given, chosen)
    if chosen == "roman":
        return Name("", _roman(random), chosen)
    if chosen == "word":
        return _word_like(random)
    given = given_name(random, sex=sex, year=year, count=1 if chosen == "single" else None)
    if chosen == "compound":
        return Name(frequent(random, lexicon("compound_surnames.txt")[:60]), given, chosen)
    if chosen == "double":  # both parents' surnames, then one or two characters
        return Name(surname(random) + surname(random), given, chosen)
    return Name(surname(random), given, chosen)


def surname(random: Random) -> str:
    """By real frequency four times in five, otherwise any of the list, so that rare ones occur at all."""
    surnames = lexicon("surnames.txt")
    return frequent(random, surnames) if chance(random, 80) else random.choice(surnames)


def given_name(random: Random, *, sex: Sex, year: int, count: int | None = None) -> str:
    """One or two characters; now and then doubled, and now and then one that no generation prefers."""
    stock = characters(sex, year)
    length = count or weighted(random, ((84, 2), (16, 1)))

    def character() -> str:
        return (
            frequent(random, lexicon("given_characters.txt")[:900])
            if chance(random, 22)
            else random.choice(stock)
        )

    first = character()
    if length == 1:
        return first
    return first + (first if chance(random, 4) else character())


def _kind(random: Random) -> Kind:
    kinds: tuple[tuple[int, Kind], ...] = (
        (83, "han"), (3, "single"), (4, "compound"), (5, "word"), (1, "double"), (3, "minority"), (1, "transliterated"),
    )  # fmt: skip
    return weighted(random, kinds)


def _word_like(random: Random) -> Name:
    """A name that is also a word of the language: 高峰, 向阳, 文静."""
    word = random.choice(lexicon("name_like_words.txt"))
    return Name(word[:1], word[1:], "word")


def _minority(random: Random, sex: Sex) -> str:
    male = sex == "male"
    match random.choice(("uyghur", "uyghur", "tibetan", "mongol", "yi")):
        case "uyghur":
            return f"{random.choice(_UYGHUR_MALE if male else _UYGHUR_FEMALE)}·{random.choice(_UYGHUR_MALE)}"
        case "tibetan":
            return random.choice(_TIBETAN) + random.choice(_TIBETAN if male else _TIBETAN_FEMALE)
        case "mongol":
            first = random.choice(_MONGOL_MALE if male else _MONGOL_FEMALE)
            return (
                first + random.choice(_MONGOL_MALE)
                if male and len(first) == 2 and chance(random, 50)
                else first
            )
    return f"{random.choice(_YI_CLANS)}{'·' if chance(random, 30) else ''}{random.choice(_YI_GIVEN)}"


def _roman(random: Random) -> str:
    givens, families = random.choice(_ROMAN)
    given = random.choice(givens.split("|") if "|" in givens else givens.split())
    family = random.choice(families.split())
    return weighted(
        random,
        (
            (4, f"{given} {family}"),
            (3, f"{family} {given}"),
            (2, f"{family.upper()} {given}"),
            (1, f"{family}, {given}"),
        ),
    )
