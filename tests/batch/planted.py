"""A small folder with planted values, a run over it in this process, and tables of invented patients.

No part of conftest: workers import the tests by name, and `conftest` is the name of several files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from deid.batch.run import FolderRun, run_folder
from deid.surrogates.numbers import compose_resident_id

NAMES = ("欧阳靖宇", "令狐晚晴")
PHONES = ("13800138000", "13912345678")
IDENTITY = "11010519491231002X"
PLANTED = (*NAMES, *PHONES, IDENTITY)
KNOWN = [("PERSON", name) for name in NAMES]

FILES = {
    "欧阳靖宇/病历.txt": f"姓名：欧阳靖宇\n身份证号：{IDENTITY}\n联系电话：{PHONES[0]}\n诊断：慢性支气管炎\n",
    "欧阳靖宇/随访/令狐晚晴_回访.md": f"# 回访\n\n令狐晚晴（{PHONES[1]}）代欧阳靖宇来电。\n",
    "名单.csv": f"姓名,手机号\n欧阳靖宇,{PHONES[0]}\n令狐晚晴,{PHONES[1]}\n",
    "导出.json": f'{{"姓名": "令狐晚晴", "手机": "{PHONES[1]}"}}\n',
}


@dataclass
class Work:
    """Source, output and project of a test, and a way to run."""

    source: Path
    target: Path

    @property
    def project(self) -> Path:
        return self.target.with_name(self.target.name + ".deid")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, **options: object) -> FolderRun:
        arguments = {"known": KNOWN, "workers": 0, **options}
        return run_folder(self.source, self.target, **arguments)

    def outputs(self) -> dict[str, bytes]:
        found = (path for path in self.target.rglob("*") if path.is_file())
        return {path.relative_to(self.target).as_posix(): path.read_bytes() for path in found}

    def number(self, done: FolderRun, source: str) -> int:
        return next(number for number, name in done.sources.items() if name == source)

    def document(self, done: FolderRun, source: str):
        number = self.number(done, source)
        return next(document for document in done.report.documents if document.number == number)


_GIVEN = "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文"
_DRAWN: Mapping[str, Callable[[Random, int], str]] = {
    "编号": lambda draw, number: f"SF{number:06d}",
    "姓名": lambda draw, number: draw.choice("王李张刘陈") + "".join(draw.sample(_GIVEN, 2)),
    "性别": lambda draw, number: draw.choice("男女"),
    "年龄": lambda draw, number: str(draw.randint(18, 90)),
    "手机": lambda draw, number: f"138{draw.randint(10**7, 10**8 - 1)}",
    "身份证号": lambda draw, number: compose_resident_id(
        "110105", date(1940, 1, 1) + timedelta(draw.randint(0, 25_000)), draw.randint(1, 900)
    ),
    "住址": lambda draw, number: f"长沙市岳麓区人民路{draw.randint(1, 400)}号",
    "诊断": lambda draw, number: draw.choice(("高血压", "慢性胃炎")),
    "就诊日期": lambda draw, number: f"2024-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
    "金额": lambda draw, number: f"{draw.randint(1, 9000)}.{draw.randint(10, 99)}",
    "状态": lambda draw, number: draw.choice(("已完成", "进行中")),
}


def patients(
    head: Sequence[str], rows: int, *, seed: int, remark: Callable[[Random, str], str]
) -> list[list[str]]:
    """The head of a table, and so many invented patients; `remark` writes their 备注, given their names."""
    draw = Random(seed)
    table = [list(head)]
    for number in range(rows):
        row = {name: _DRAWN[name](draw, number) for name in head if name != "备注"}
        table.append([row[name] if name in row else remark(draw, row["姓名"]) for name in head])
    return table


def csv_of(table: Sequence[Sequence[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in table).encode()
