"""The folder of a proposal: recognizer files and lists, the policy with its thresholds, a summary.

deid run --recognizers tuned/ --policy tuned/policy.yaml …
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from deid.errors import SamplesError
from deid.evaluation.intervals import OVERALL, Gain
from deid.evaluation.private import write_private
from deid.evaluation.tuning.changes import write
from deid.policy import Policy, shipped_policies

if TYPE_CHECKING:
    from deid.evaluation.tuning.tuner import Tuning

POLICY, SUMMARY = "policy.yaml", "summary.md"


def write_proposal(tuning: Tuning, folder: Path) -> None:
    """Write everything into `folder`, which must be new or empty."""
    base = tuning.base
    if folder.exists() and any(folder.iterdir()):
        raise SamplesError("the folder for the proposals is not empty", hint="name a new folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write(folder, base.catalog, tuning.changes, tuning.titles)
    content = policy_content(tuning)
    body = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    write_private(folder / POLICY, body.encode())
    write_private(folder / SUMMARY, ("\n".join(_summary(tuning)) + "\n").encode())


def policy_content(tuning: Tuning) -> dict[str, Any]:
    """The base policy with the thresholds moved: one line for each where the base comes with deid."""
    base = tuning.base.policy
    moved = {change.entity_type: change.number for change in tuning.changes if change.kind == "threshold"}
    thresholds = {**base.thresholds, **moved}
    names: dict[str, Any] = {"name": f"{base.name}-tuned", "title": f"{base.title}（调优）"}
    if base.name in shipped_policies() and base == Policy.load(base.name):
        content = {"schema": 1, "extends": base.name, **names}
        return {**content, "thresholds": moved} if moved else content
    content = base.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    return {"schema": 1, **content, **names, **({"thresholds": thresholds} if thresholds else {})}


def _summary(tuning: Tuning) -> Iterator[str]:
    """For people: what was proposed, on what evidence, and what it brought. No value is in it."""
    yield "# Proposals of `deid tune` / 调优建议\n"
    yield f"Held-out gain / 留出样本上的变化（{len(tuning.before.documents)} samples, 95 %）\n"
    yield "| | before | after | change |"
    yield "|---|---|---|---|"
    for name, row in tuning.gains.items():
        for measure in ("precision", "recall", "f1"):
            if measure in row and (name == OVERALL or abs(row[measure].change) >= 0.005):
                yield f"| {'all types' if name == OVERALL else name} {measure} | {_figures(row[measure])} |"
    if not tuning.is_proven:
        yield "\nThe gain lies within noise: nothing is claimed. / 变化在误差范围内，不能认为有改进。"
    if not tuning.reaches_floor:
        recall, floor = tuning.after.overall.recall or 0.0, tuning.objective.floor
        yield f"\nRecall is {recall:.1%}, below the {floor:.1%} asked for. / 召回率 {recall:.1%}，未达到要求的 {floor:.1%}。"
    for name in sorted({*tuning.unlabelled[0], *tuning.unlabelled[1]}):
        before, after = (counts.get(name, 0) for counts in tuning.unlabelled)
        yield f"\n{name} is never labelled: {before} finds before, {after} after, scored in no figure. / {name} 从未标注，调优前后各有 {before}、{after} 处识别结果，不计分。"
    for label, entity_type in tuning.labels.items():
        label = tuning.titles.get(label, label)
        yield f"\nThe label {label} was read as {entity_type}. / 标签 {label} 按 {entity_type} 处理。"
    for name, title in tuning.titles.items():
        if name not in tuning.labels:
            yield f"\n{name} is the label {title} of the samples. / {name} 是样本中的标签“{title}”。"
    yield "\n| type | change | right | wrong | samples |"
    yield "|---|---|---|---|---|"
    words: Counter[tuple[str, str]] = Counter()
    for change in tuning.changes:
        if change.kind in ("word", "protect"):
            words[change.entity_type, change.kind] += 1
            continue
        what = (
            f"{change.number:g}" if change.kind == "threshold" else f"`{change.content}`".replace("|", "\\|")
        )
        evidence = change.evidence
        yield f"| {change.entity_type} | {change.kind} {what} | {evidence.right} | {evidence.wrong} | {evidence.samples} |"
    for (entity_type, kind), count in words.items():
        yield f"| {entity_type} | {kind}: {count} in a list | | | |"


def _figures(gain: Gain) -> str:
    return f"{gain.old:.1%} | {gain.new:.1%} | {gain.change:+.1%} ({gain.low:+.1%} … {gain.high:+.1%})"
