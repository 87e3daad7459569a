"""Text that names nobody: drugs and doses, findings, codes, clock times, words that look like names.

A filler gives plain text, or text that may be marked or not (clock times, relative words, beds).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from deid.evaluation.cast import Cast
from deid.evaluation.templating import IGNORE, Piece
from deid.grammar import numerals
from deid.grammar.numerals import NumeralStyle
from deid.surrogates import contacts, dates
from deid.surrogates.words import digits, lexicon, weighted

_FREQUENCIES: Final = "qd bid tid qn q8h q12h 每日一次 每日两次 每日3次 每晚一次 prn qod".split()
_TITLED: Final = ("mmol/L", "μmol/L", "g/L", "U/L", "mg/L", "pg/ml", "ng/ml", "×10^9/L", "%", "mIU/L")
_LABORATORY: Final = (
    "WBC Hb PLT NEUT% CRP PCT ALT AST TBIL Cr BUN UA K Na Ca GLU HbA1c TC TG LDL-C HDL-C FT3 FT4 TSH CEA AFP CA199 D-二聚体 "
    "BNP NT-proBNP cTnI CK-MB 白蛋白 总胆红素 肌酐 尿素氮 血红蛋白 血小板 白细胞 空腹血糖 糖化血红蛋白 C反应蛋白 尿酸 血钾 铁蛋白"
).split()
_AGO: Final = (
    "昨天 今天 前天 昨晚 今晨 上周 上个月 去年 前年 今年 三天前 两周前 半年前 一年前 昨日 上周五 本月初 今早 前几天 下周 明天 近一周 "
    "去年冬天 两个月前 3天前 1周前 2年前 10余年前 上周三 周一 下周二 春节前 上次 月底"
).split()
_EPONYM_SIGNS: Final = (
    "巴宾斯基征 墨菲征 布氏征 克氏征 霍夫曼征 直腿抬高试验 拉塞格征 罗姆伯格征 托马斯征 陈氏试验 奥本海姆征 雷诺现象 柯氏骨折 唐氏筛查 "
    "王氏连朴饮 帕金森病 阿尔茨海默病 桥本甲状腺炎 川崎病 梅尼埃病 白塞病 马凡综合征 干燥综合征 库欣综合征 贝尔面瘫 汉密尔顿抑郁量表 巴氏涂片 爱泼斯坦畸形"
).split()
_VERSIONS: Final = ("HIS", "LIS", "PACS", "电子病历系统", "App", "固件")


def filler(cast: Cast, name: str, subject: str) -> Piece | None:
    """The text of the filler called `name`; None when there is no such filler."""
    make = _PERSONAL.get(name)
    if make is not None:
        return Piece(make(cast, subject))
    plain = FILLERS.get(name)
    if plain is not None:
        return Piece(plain(cast.random))
    optional = _OPTIONAL.get(name)
    return None if optional is None else Piece(optional(cast.random), IGNORE)


def _dose(random: Random) -> str:
    amount = random.choice("5 10 20 25 50 75 100 150 200 250 300 500".split())
    return random.choice(
        (
            f"{amount}mg",
            f"{amount} mg",
            f"0.{random.randint(1, 9)}g",
            f"{random.randint(1, 4)}片",
            f"{random.randint(4, 30)}u",
        )
    )


def _medicine(random: Random) -> str:
    return f"{random.choice(lexicon('drugs.txt')[:420])}{random.choice(('', ' ', '片', '胶囊'))}{_dose(random)} {random.choice(_FREQUENCIES)}"


def _medicines(random: Random) -> str:
    joint = random.choice(("、", "，", "；"))
    return joint.join(_medicine(random) for _ in range(random.randint(1, 4)))


def _decoction(random: Random) -> str:
    joint = random.choice(("、", " ", "，", "　", "  "))
    unit = random.choice(("g", "g", "克"))
    herbs = [random.choice(lexicon("herbs.txt")) for _ in range(random.randint(7, 14))]
    kept = list(dict.fromkeys(herbs))
    return joint.join(f"{herb}{random.choice((3, 6, 9, 10, 12, 15, 20, 30))}{unit}" for herb in kept)


def _laboratory(random: Random) -> str:
    amount = random.choice(
        (
            f"{random.randint(1, 19)}.{random.randint(0, 99):02d}",
            str(random.randint(3, 980)),
            f"{random.randint(1, 99)}.{random.randint(0, 9)}",
        )
    )
    return f"{random.choice(_LABORATORY)} {amount}{random.choice(('', random.choice(_TITLED)))}{random.choice(('', '', '↑', '↓'))}"


def _panel(random: Random) -> str:
    joint = random.choice(("，", "、", " ", "；"))
    return joint.join(_laboratory(random) for _ in range(random.randint(2, 6)))


def _vitals(random: Random) -> str:
    pressure = f"{random.randint(95, 188)}/{random.randint(52, 108)}mmHg"
    parts = [
        f"T {random.randint(360, 399) / 10}℃",
        f"P {random.randint(56, 128)}次/分",
        f"R {random.randint(14, 28)}次/分",
        f"BP {pressure}",
        f"SpO2 {random.randint(88, 99)}%",
    ]
    return random.choice(("，", " ", "  ", "、")).join(parts[: random.randint(2, 5)])


def _icd(random: Random) -> str:
    return f"{random.choice('ABCDEFGHIJKLMNRSTZ')}{random.randint(0, 99):02d}.{random.choice((digits(random, 1), digits(random, 3)))}"


def _diagnosis(random: Random) -> str:
    found = random.choice(lexicon("diseases.txt")[:500])
    return f"{found} {_icd(random)}" if random.random() < 0.3 else found


def _diagnoses(random: Random) -> str:
    count = random.randint(1, 4)
    if count == 1:
        return _diagnosis(random)
    style = random.choice(("{}.{} ", "{}、{}；", "{}. {}；", "（{}）{} "))
    return "".join(style.format(number + 1, _diagnosis(random)) for number in range(count)).rstrip("； ")


def _clock(random: Random) -> str:
    hour, minute = random.randint(0, 23), random.randint(0, 59)
    half = "上午" if 6 <= hour < 12 else "下午" if 12 <= hour < 18 else "晚上" if hour >= 18 else "凌晨"
    spoken = f"{half}{numerals.write((hour - 1) % 12 + 1, NumeralStyle('positional', pair='两'))}点{random.choice(('', '半', '一刻'))}"
    return weighted(
        random,
        (
            (10, f"{hour:02d}:{minute:02d}"),
            (2, f"{hour:02d}:{minute:02d}:{random.randint(0, 59):02d}"),
            (3, f"{hour}时{minute}分"),
            (2, spoken),
            (1, f"{half}{(hour - 1) % 12 + 1}点"),
        ),
    )


def _stamp(random: Random) -> str:
    """A clock time as machines write it."""
    seconds = f":{random.randint(0, 59):02d}" if random.random() < 0.3 else ""
    return f"{random.randint(6, 23):02d}:{random.randint(0, 59):02d}{seconds}"


def _number_of_goods(random: Random) -> str:
    """Orders, parcels, batches: numbers that are nobody's."""
    return random.choice(
        (
            f"{random.randint(2019, 2025)}{digits(random, 14)}",
            f"SF{digits(random, 13)}",
            digits(random, 16),
            f"{random.choice('ABCLY')}{digits(random, 8)}",
        )
    )


def _money(random: Random) -> str:
    return random.choice(
        (
            f"{random.randint(12, 9800)}.{digits(random, 2)}元",
            f"{random.randint(20, 60000)}元",
            f"¥{random.randint(9, 9999)}.00",
        )
    )


def _approval(random: Random) -> str:
    return f"国药准字{random.choice('HZSJB')}{random.randint(1999, 2023)}{digits(random, 4)}"


FILLERS: Final[Mapping[str, Callable[[Random], str]]] = {
    "drug": lambda r: r.choice(lexicon("drugs.txt")[:420]),
    "brand": lambda r: r.choice(lexicon("drug_brands.txt")),
    "dose": _dose,
    "frequency": lambda r: r.choice(_FREQUENCIES),
    "medicine": _medicine,
    "medicines": _medicines,
    "herb": lambda r: r.choice(lexicon("herbs.txt")),
    "decoction": _decoction,
    "formula": lambda r: r.choice(lexicon("formulas.txt")),
    "lab": _laboratory,
    "panel": _panel,
    "vitals": _vitals,
    "icd": _icd,
    "diagnosis": _diagnosis,
    "diagnoses": _diagnoses,
    "disease": lambda r: r.choice(lexicon("diseases.txt")[:500]),
    "symptom": lambda r: r.choice(lexicon("symptoms.txt")),
    "procedure": lambda r: r.choice(lexicon("procedures.txt")[:400]),
    "department": lambda r: r.choice(lexicon("departments.txt")),
    "eponym": lambda r: r.choice(_EPONYM_SIGNS),
    "idiom": lambda r: r.choice(lexicon("idioms.txt")),
    "word": lambda r: r.choice(lexicon("common_words.txt")),
    "goods": _number_of_goods,
    "money": _money,
    "approval": _approval,
    "batch": lambda r: f"{r.randint(2021, 2025)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.choice(('', 'A', '01'))}",
    "version": lambda r: f"{r.choice(_VERSIONS)} {r.randint(1, 12)}.{r.randint(0, 30)}.{r.randint(0, 20)}.{r.randint(1, 400)}",
    "n": lambda r: str(r.randint(2, 9)),
    "nn": lambda r: str(r.randint(10, 99)),
    "size": lambda r: f"{r.randint(1, 6)}.{r.randint(0, 9)}×{r.randint(1, 5)}.{r.randint(0, 9)}cm",
    "score": lambda r: str(r.randint(3, 24)),
    "span": lambda r: r.choice(("3天", "1周", "2月", "半年", "5年", "10余年", "3小时", "两周", "1月余", "20年", "2天", "三个月")),
}  # fmt: skip
_OPTIONAL: Final[Mapping[str, Callable[[Random], str]]] = {
    "clock": _clock,
    "stamp": _stamp,
    "ago": lambda r: r.choice(_AGO),
    "weekday": lambda r: r.choice(("周", "星期")) + r.choice("一二三四五六"),
    "bed": lambda r: f"{r.randint(1, 68)}床",
    "nickname": contacts.nickname,
    "serial": lambda r: r.choice(("No.", "", "A", "W")) + digits(r, 4),
}
_PERSONAL: Final[Mapping[str, Callable[[Cast, str], str]]] = {
    "sex": lambda c, s: "男" if c.person(s or "patient").sex == "male" else "女",
    "pronoun": lambda c, s: "他" if c.person(s or "patient").sex == "male" else "她",
    "child": lambda c, s: "子" if c.person(s or "patient").sex == "male" else "女",
    "kin": lambda c, s: c.kin_word(s or "relative"),
    "title": lambda c, s: c.title(s or "doctor"),
    "years": lambda c, s: str(dates.years_between(c.person(s or "patient").born, c.visit)),
}
