"""Spans against gold: the figures of the benchmark tables.

A find is right when it is of the gold's class and at least half of their union is common.
Gold spans of type IGNORE, and finds that only touch them, count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deid.catalog import Marked

CLASSES = {
    "CN_MEDICAL_INSTITUTION": "ORGANIZATION",
    "CN_HMT_RESIDENCE_PERMIT": "CN_ID",
    "CN_FOREIGN_PR_ID": "CN_ID",
    "CN_RESIDENT_ID": "CN_ID",
    "CN_DRIVER_LICENSE": "CN_ID",
    "CN_HKM_TRAVEL_PERMIT": "TRAVEL_PERMIT",
    "CN_TW_TRAVEL_PERMIT": "TRAVEL_PERMIT",
    "CN_EXIT_PERMIT": "TRAVEL_PERMIT",
    "FAX_NUMBER": "PHONE_NUMBER",
    "CN_IOT_NUMBER": "PHONE_NUMBER",
    "CREDIT_CARD": "CN_BANK_CARD",
    "CN_HEALTH_CARD": "CN_SOCIAL_SECURITY",
    "DISEASE": "MEDICAL_TERM",
    "MEDICATION": "MEDICAL_TERM",
    "PROCEDURE": "MEDICAL_TERM",
    "SYMPTOM": "MEDICAL_TERM",
}
UNSCORED = {
    "MEDICAL_TERM", "PUBLIC_HOTLINE", "ETHNICITY", "RELIGION", "NATIONALITY", "NATIVE_PLACE", "MARITAL_STATUS", "EDUCATION",
    "OCCUPATION", "INCOME", "LANGUAGE", "POLITICAL_AFFILIATION", "SEXUAL_ORIENTATION", "CRIMINAL_RECORD", "DISABILITY",
}  # fmt: skip
QUASI = {"LOCATION", "ORGANIZATION", "DATE_TIME", "DATE_OF_BIRTH", "AGE"}


def class_of(entity_type: str) -> str:
    return CLASSES.get(entity_type, entity_type)


@dataclass
class Scores:
    """Counts over a set of documents; `table` and `summary` turn them into figures."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    recalled: Counter[str] = field(default_factory=Counter)
    direct: int = 0
    covered: int = 0
    untouched: int = 0
    characters: int = 0
    over_redacted: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, name: str, text: str, gold: Sequence[Marked], found: Iterable[Marked]) -> None:
        ignored = [g for g in gold if g.entity_type == "IGNORE"]
        wanted = [g for g in gold if g.entity_type != "IGNORE" and class_of(g.entity_type) not in UNSCORED]
        given = [f for f in found if class_of(f.entity_type) not in UNSCORED]
        by_class: dict[str, list[Marked]] = defaultdict(list)
        for f in given:
            by_class[class_of(f.entity_type)].append(f)
        matched: set[Marked] = set()
        for g in wanted:
            kind = class_of(g.entity_type)
            self.gold[kind] += 1
            rivals = [f for f in by_class[kind] if f not in matched and _half(f, g)]
            if rivals:
                best = max(rivals, key=lambda f: _common(f, g))
                matched.add(best)
                self.recalled[kind] += 1
                self.exact[kind] += (best.start, best.end) == (g.start, g.end)
                if (best.start, best.end) != (g.start, g.end):
                    self.misses.append(
                        (name, f"~{kind}", f"{text[g.start : g.end]!r} as {text[best.start : best.end]!r}")
                    )
            else:
                context = (
                    text[max(0, g.start - 12) : g.start]
                    + "【"
                    + text[g.start : g.end]
                    + "】"
                    + text[g.end : g.end + 8]
                )
                self.misses.append((name, kind, context.replace("\n", "⏎")))
        for f in given:
            kind = class_of(f.entity_type)
            if f in matched:
                self.found[kind] += 1
                self.right[kind] += 1
            elif not any(_common(f, g) for g in ignored):
                self.found[kind] += 1
                context = (
                    text[max(0, f.start - 12) : f.start]
                    + "【"
                    + text[f.start : f.end]
                    + "】"
                    + text[f.end : f.end + 8]
                )
                self.wrong.append((name, kind, context.replace("\n", "⏎")))
        masked = bytearray(len(text))
        for f in given:
            masked[f.start : f.end] = b"\1" * (f.end - f.start)
        self.characters += len(text)
        allowed = bytearray(len(text))
        for g in gold:
            allowed[g.start : g.end] = b"\1" * (g.end - g.start)
            if g.entity_type != "IGNORE" and class_of(g.entity_type) not in UNSCORED | QUASI:
                share = sum(masked[g.start : g.end])
                self.direct += 1
                self.covered += share == g.end - g.start
                self.untouched += share == 0
        self.over_redacted += sum(m and not a for m, a in zip(masked, allowed, strict=True))

    def summary(self) -> dict[str, float]:
        """Micro precision, recall and F1, exact recall, and what became of characters; shares of 1."""
        right, found, gold = self.right.total(), self.found.total(), self.gold.total()
        precision, recall = right / max(found, 1), self.recalled.total() / max(gold, 1)
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / max(precision + recall, 1e-9),
            "exact_recall": self.exact.total() / max(gold, 1),
            "direct_covered": self.covered / max(self.direct, 1),
            "direct_untouched": self.untouched / max(self.direct, 1),
            "over_redacted": self.over_redacted / max(self.characters, 1),
        }

    def table(self) -> list[tuple[str, int, float, float, float]]:
        """Class, gold spans, precision, recall, exact recall; most frequent first."""
        kinds = sorted(set(self.gold) | set(self.found), key=lambda kind: (-self.gold[kind], kind))
        return [
            (
                kind,
                self.gold[kind],
                self.right[kind] / max(self.found[kind], 1),
                self.recalled[kind] / max(self.gold[kind], 1),
                self.exact[kind] / max(self.gold[kind], 1),
            )
            for kind in kinds
        ]


def _common(a: Marked, b: Marked) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _half(a: Marked, b: Marked) -> bool:
    common = _common(a, b)
    return common * 2 >= max(a.end, b.end) - min(a.start, b.start)
