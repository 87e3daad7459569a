"""Two hundred invented records about forty people, in six formats, and what every name in them means.

A line is a list of pieces: literal text, a `Mention` of somebody, or a `Value` that a policy may
change into anything. So the output can be read back, and each mention found in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import docx
import openpyxl

from deid.validators.resident_id import check_digit

_GIVEN_M = "志远 文博 海涛 建军 国栋 思源 俊杰 明轩 立新 永强 振华 家豪 子昂 德清 晓东 宏伟 少峰 启明 正阳 伯年".split()
_GIVEN_F = "秀英 雅琴 晓燕 丽娟 淑芬 玉兰 佳怡 思雨 美玲 静怡 春梅 婉清 若兰 慧敏 彩霞 凤英 梦洁 雪莹 海燕 桂芳".split()
_SURNAMES = "王 李 张 刘 陈 杨 赵 周 徐 孙 欧阳 令狐 上官 司徒 诸葛 覃 蒋 邓 薛 贺".split()
_PINYIN = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "杨": "Yang", "赵": "Zhao", "周": "Zhou",
    "徐": "Xu", "孙": "Sun", "志": "zhi", "远": "yuan", "秀": "xiu", "英": "ying", "文": "wen", "博": "bo", "海": "hai",
    "涛": "tao", "雅": "ya", "琴": "qin", "晓": "xiao", "燕": "yan",
}  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A name of `person`; `clear` when the text leaves no doubt who is meant."""

    text: str
    person: int
    clear: bool = True


@dataclass(frozen=True)
class Value:
    text: str


Piece = str | Mention | Value


@dataclass(frozen=True)
class Person:
    number: int
    surname: str
    given: str
    male: bool
    born: date
    phone: str
    record: str
    region: str

    @property
    def name(self) -> str:
        return self.surname + self.given

    @property
    def identity(self) -> str:
        sequence = 100 + self.number * 2 + self.male
        payload = f"{self.region}{self.born:%Y%m%d}{sequence:03d}"
        return payload + check_digit(payload)

    @property
    def address_form(self) -> str:
        return "先生" if self.male else "女士"


@dataclass
class Record:
    """A file: its lines, or for tables its rows of cells."""

    path: str
    lines: list[list[Piece]] = field(default_factory=list)
    rows: list[list[list[Piece]]] = field(default_factory=list)


def people(seed: int = 7) -> list[Person]:
    """Forty; the last two have the names of the first two, and nothing else of theirs."""
    random = Random(seed)
    made: list[Person] = []
    for number in range(40):
        male = number % 2 == 0
        surname = _SURNAMES[number // 2 % len(_SURNAMES)]
        given = (_GIVEN_M if male else _GIVEN_F)[number // 2]
        if number >= 38:
            surname, given = made[number - 38].surname, made[number - 38].given
        born = date(1940, 1, 1) + timedelta(days=random.randrange(365 * 55))
        phone = f"13{random.randrange(10)}{random.randrange(10**8):08d}"
        region = random.choice(("110105", "310104", "440305", "510107"))
        made.append(Person(number, surname, given, male, born, phone, f"MZ{2024000 + number}", region))
    return made


def _full(person: Person, random: Random) -> Mention:
    spaced = random.random() < 0.15
    return Mention(" ".join(person.name) if spaced else person.name, person.number)


def _short(person: Person, random: Random) -> list[Piece]:
    """A short form, which in a record about this person alone is clear."""
    form = random.randrange(5)
    if form == 0:
        return [Mention(person.surname, person.number), person.address_form]
    if form == 1 and len(person.surname) == 1:
        return [Mention("老" + person.surname, person.number)]
    if form == 2:
        return [Mention(person.surname + "*" * len(person.given), person.number)]
    if form == 3:
        return [Mention(person.given, person.number)]
    return [Mention(person.surname, person.number), "老师"]


_SAID = ("诉近来睡眠欠佳", "诉头晕两天", "来电询问复诊时间", "说明天上午过来", "表示已按时服药")


def _note(person: Person, random: Random) -> list[list[Piece]]:
    lines: list[list[Piece]] = [
        ["姓名：", _full(person, random), "  性别：", "男" if person.male else "女"],
        ["病历号：", Value(person.record)],
    ]
    if random.random() < 0.7:
        lines.append(["身份证号：", Value(person.identity)])
    if random.random() < 0.7 or person.number in (0, 1, 38, 39):
        lines.append(["联系电话：", Value(person.phone)])
    for _ in range(random.randrange(2, 5)):
        lines.append([*_short(person, random), random.choice(_SAID), "。"])
    if all(character in _PINYIN for character in person.name) and random.random() < 0.6:
        roman = _PINYIN[person.surname] + " " + "".join(_PINYIN[c] for c in person.given).title()
        lines.append(["Patient: ", Mention(roman, person.number), "."])
    return lines


def _chat(person: Person, random: Random) -> list[list[Piece]]:
    lines: list[list[Piece]] = [["客户", _full(person, random), "，手机", Value(person.phone), "。"]]
    for _ in range(random.randrange(2, 4)):
        lines.append(
            [
                "客服：",
                Mention(person.surname, person.number),
                person.address_form,
                "您好，请问有什么可以帮您？",
            ]
        )
        lines.append([*_short(person, random), random.choice(_SAID), "。"])
    return lines


def _table(group: list[Person], random: Random) -> list[list[list[Piece]]]:
    rows: list[list[list[Piece]]] = [[["姓名"], ["手机号"], ["身份证号"], ["备注"]]]
    for person in group:
        remark = [*_short(person, random), random.choice(_SAID)]
        rows.append([[_full(person, random)], [Value(person.phone)], [Value(person.identity)], remark])
    return rows


def records(cast: list[Person], count: int, *, seed: int = 11, folder: str = "") -> list[Record]:
    """`count` records in txt, md, json, csv, docx and xlsx."""
    random = Random(seed)
    made: list[Record] = []
    for number in range(count):
        person = cast[number % len(cast)]
        name = f"{folder}{number:03d}"
        kind = ("txt", "md", "json", "csv", "docx", "xlsx")[number % 6]
        if kind in ("csv", "xlsx"):
            group = random.sample(cast[:38], 5)
            made.append(Record(f"{name}.{kind}", rows=_table(group, random)))
        else:
            lines = _chat(person, random) if kind in ("json", "md") else _note(person, random)
            made.append(Record(f"{name}.{kind}", lines=lines))
    return made


def plain(pieces: list[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def write(record: Record, folder: Path) -> None:
    path = folder / record.path
    path.parent.mkdir(parents=True, exist_ok=True)
    lines, rows = [plain(line) for line in record.lines], [[plain(c) for c in row] for row in record.rows]
    if path.suffix == ".docx":
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(path)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".json":
        path.write_text(json.dumps([{"内容": line} for line in lines], ensure_ascii=False), "utf-8")
    elif rows:
        path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    else:
        path.write_text("\n".join(lines) + "\n", "utf-8")


def texts(path: Path) -> list[str]:
    """Lines or cells of a written file, in order."""
    if path.suffix == ".docx":
        return [paragraph.text for paragraph in docx.Document(path).paragraphs]
    if path.suffix == ".xlsx":
        return [str(c.value or "") for row in openpyxl.load_workbook(path).active.iter_rows() for c in row]
    content = path.read_text("utf-8")
    if path.suffix == ".json":
        return [item["内容"] for item in json.loads(content)]
    if path.suffix == ".csv":
        return [cell for line in content.splitlines() for cell in line.split(",")]
    return content.splitlines()


def stand_ins(record: Record, path: Path) -> Iterator[tuple[Mention, str | None]]:
    """Each mention with what stands in its place; None where the line cannot be read back."""
    expected = record.lines or [cell for row in record.rows for cell in row]
    for pieces, text in zip(expected, texts(path), strict=True):
        mentions = [piece for piece in pieces if isinstance(piece, Mention)]
        pattern = "".join(
            re.escape(piece) if isinstance(piece, str) else "(.+?)" if isinstance(piece, Mention) else ".+?"
            for piece in pieces
        )
        match = re.fullmatch(pattern, text)
        for index, mention in enumerate(mentions):
            yield mention, match[index + 1] if match else None
