"""A client list of 3,000 rows: nothing of it is left anywhere. What it costs is in benchmarks/speed."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from test_folder_runs import assert_nowhere

pytestmark = pytest.mark.slow

_ROWS, _FILES = 3000, 100
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭"
_GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平"
_SENTENCES = (
    "患者诉近一周反复头晕，伴恶心，无呕吐。",
    "血压 138/85mmHg，心率76次/分。",
    "建议低盐低脂饮食，规律服用氨氯地平片5mg qd。",
    "既往2型糖尿病12年，门诊复查空腹血糖7.4mmol/L。",
    "舌淡红，苔薄白，脉弦细，予柴胡疏肝散加减，两周后复诊。",
)


def _clients() -> list[tuple[str, str, str]]:
    names = ["".join(letters) for letters in product(_SURNAMES, _GIVEN, _GIVEN)]
    random.Random(1).shuffle(names)
    return [(name, f"1391{i:07d}", f"MR{70000000 + i}") for i, name in enumerate(names[:_ROWS])]


def _fill(work, clients) -> None:
    chance = random.Random(2)
    for number in range(_FILES):
        lines = []
        for name, phone, record in chance.sample(clients, 10):
            lines.append(
                chance.choice(
                    (
                        f"姓名：{name}  电话：{phone}  病案号：{record}",
                        f"跟{name}说好了，见{record}，回电{phone[:3]} {phone[3:7]} {phone[7:]}",
                        f"{name}的药，{phone}接听，{record}",
                    )
                )
            )
            lines += chance.sample(_SENTENCES, 3)
        work.write(f"记录{number:03d}.txt", "\n".join(lines))
    name, phone, record = clients[0]
    work.write(f"{name}/{record}_{phone}.csv", f"甲,乙,丙\n{name},{phone},{record}\n")
    work.write("导出.json", f'{{"{clients[1][0]}": ["{clients[2][0]}", {clients[3][1]}]}}')
    book = openpyxl.Workbook()
    book.active.title = clients[4][0]
    book.active.append([clients[5][0], int(clients[6][1]), f'="{clients[7][0]}"'])
    book.save(work.source / "表.xlsx")


def _list(path: Path, clients) -> Path:
    book = openpyxl.Workbook()
    for row in (("姓名", "手机号", "病案号"), *clients):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def clients(work):
    clients = _clients()
    _fill(work, clients)
    return clients


def test_no_value_of_the_list_is_left_in_contents_names_or_project(work, clients, tmp_path):
    done = work.run(known=_list(tmp_path / "known.xlsx", clients))

    assert done.report.complete
    planted = [value for client in clients for value in client]
    content = b"".join(path.read_bytes() for path in work.source.rglob("*") if path.is_file()).decode(
        "utf-8", "ignore"
    )
    assert_nowhere(work.target, [value for value in planted if value in content])
    assert_nowhere(work.project, [value for client in clients[:8] for value in client])
    sheet = openpyxl.load_workbook(next(work.target.glob("*.xlsx"))).active
    shown = f"{sheet.title}{[cell.value for cell in sheet[1]]}"
    assert not [value for value in planted if value in shown]
