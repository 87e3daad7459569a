"""The page of an evaluation: figures, and every mistake in its context.

One HTML file without any request. It quotes the samples, so it holds values and says so at
its top. Mistakes lie in it as JSON and are drawn as one scrolls: thousands open at once.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from deid.catalog import shipped_catalog
from deid.evaluation.bars import Axis
from deid.evaluation.comparison import STATES, Change, State, compared
from deid.evaluation.excerpts import excerpt
from deid.evaluation.intervals import OVERALL
from deid.evaluation.mistakes import HARMS, MISTAKE_KINDS, Mistake
from deid.evaluation.samples import Sample
from deid.report.wording import Language
from deid.resources import packaged_yaml

if TYPE_CHECKING:
    from deid.evaluation.measuring import Evaluation

MARK = '<meta name="generator" content="deid evaluate">'
"""By which a page is known as one of these."""
_NO_STATE: State = ""
_EXAMPLES = 3
_RECOGNIZERS = 60
_TITLES = {"MEDICAL_TERM": "医学术语"}


def render_page(
    evaluation: Evaluation,
    samples: Iterable[Sample],
    *,
    against: Evaluation | None = None,
    language: Language = "zh",
) -> str:
    """The HTML. `samples` are those that were evaluated."""
    from deid.evaluation.measuring import unique_ids

    texts = {sample.id: sample.text for sample in unique_ids(samples)}
    word = partial(words, language)
    titles: Mapping[str, str] = evaluation.settings.get("titles", {})
    scores = evaluation.scores
    rows = sorted(scores.by_type.items(), key=lambda row: (-row[1].gold, -row[1].found, row[0]))
    change = compared(evaluation, against) if against else None
    listed = change.mistakes if change else [(mistake, _NO_STATE) for mistake in evaluation.mistakes]
    content: Mapping[str, Any] = {
        "evaluation": evaluation,
        "scores": scores,
        "language": language,
        "word": word,
        "title": partial(_title, language, titles),
        "percent": percent,
        "axis": Axis.holding(
            row.low for name in evaluation.intervals for row in evaluation.intervals[name].values()
        ),
        "intervals": evaluation.intervals,
        "overall": OVERALL,
        "measures": ("recall", "precision", "f1", "f2"),
        "rows": [(name, counts) for name, counts in rows if counts.gold or counts.found],
        "confusion": _confusion(evaluation),
        "contributions": evaluation.contributions[:_RECOGNIZERS],
        "conventions": _conventions(evaluation, texts),
        "against": _against(change),
        "old": against,
        "states": STATES if against else (),
        "data": _embedded(
            _data(listed, texts, word, partial(_title, language, titles), with_states=against is not None)
        ),
        "script": Markup(_script()),  # ours, and hashed in the policy of the page
        "script_hash": b64encode(sha256(_script().encode()).digest()).decode(),
        "speed": f"{scores.characters / evaluation.seconds:,.0f}" if evaluation.seconds else "—",
    }
    return _template().render(content)


def words(language: Language, key: str, **values: object) -> str:
    """A text of the page."""
    text: str = _wording()[key][language]
    return text.format(**values) if values else text


def percent(value: float | None) -> str:
    """
    >>> percent(0.98765), percent(None)
    ('98.8%', '—')
    """
    return "—" if value is None else f"{value:.1%}"


def _against(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "count": len(change.shared),
        "states": change.counts,
        "unlike": change.unlike,
        "gains": {
            name: row
            for name, row in change.gains.items()
            if any(gain.change or gain.low or gain.high for gain in row.values())
        },
    }


def _confusion(evaluation: Evaluation) -> dict[str, Any]:
    """The cells off the diagonal, and the rows and columns that have any."""
    cells = evaluation.scores.confusion
    off = {pair: count for pair, count in cells.items() if pair[0] != pair[1]}
    order = sorted(evaluation.scores.types, key=lambda name: -evaluation.scores.by_type[name].gold)
    return {
        "cells": cells,
        "rows": [name for name in (*order, "") if any(gold == name for gold, _ in off)],
        "columns": [name for name in (*order, "") if any(found == name for _, found in off)],
        "most": max(off.values(), default=1),
    }


def _conventions(evaluation: Evaluation, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    examples: dict[tuple[str, str, str], dict[str, None]] = {}
    for place in evaluation.conventions:
        chosen = examples.setdefault((place.kind, place.entity_type, place.direction), {})
        if len(chosen) < _EXAMPLES:
            text = texts[place.sample]
            chosen[f"{text[slice(*place.gold)]} → {text[slice(*place.found)]}".replace("\n", "⏎")] = None
    return [
        {"kind": kind, "type": name, "direction": direction, "count": count, "examples": list(examples[key])}
        for key, count in evaluation.convention_counts.items()
        for kind, name, direction in [key]
    ]


def _data(
    listed: Iterable[tuple[Mistake, State]],
    texts: Mapping[str, str],
    word: Any,
    title: Callable[[str], str],
    *,
    with_states: bool,
) -> dict[str, Any]:
    """What the script of the page draws. Types, documents and recognizers are given once and by number."""
    types: dict[str, int] = {}
    documents: dict[str, int] = {}
    rows = []
    for mistake, state in listed:
        gold = types.setdefault(mistake.gold.entity_type, len(types)) if mistake.gold else -1
        found = [types.setdefault(find.entity_type, len(types)) for find in mistake.found]
        rows.append(
            [
                documents.setdefault(mistake.sample, len(documents)),
                MISTAKE_KINDS.index(mistake.kind),
                HARMS.index(mistake.harm),
                gold,
                list(dict.fromkeys(found)),
                STATES.index(state) if state else -1,
                int(mistake.counted),
                mistake.start,
                mistake.leaked,
                mistake.excess,
                ", ".join(mistake.recognizers),
                excerpt(texts[mistake.sample], mistake),
            ]
        )
    return {
        "types": [[name, title(name)] for name in types],
        "documents": list(documents),
        "kinds": [word(f"kind.{kind}") for kind in MISTAKE_KINDS],
        "harms": [word(f"harm.{harm}") for harm in HARMS],
        "states": [word(f"state.{state}") for state in STATES] if with_states else [],
        "words": {name: word(name) for name in ("leaked", "excess", "not_counted", "shown", "no_errors")},
        "mistakes": rows,
    }


def _embedded(content: Mapping[str, Any]) -> Markup:
    """JSON that cannot end its script element."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def _title(language: Language, titles: Mapping[str, str], entity_type: str) -> str:
    """`titles` are the words of the labellers for types of their own."""
    if entity_type in titles:
        return titles[entity_type]
    spec = shipped_catalog().by_type.get(entity_type)
    if language == "en":
        return entity_type
    return spec.title if spec else _TITLES.get(entity_type, entity_type)


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    content: Mapping[str, Mapping[str, str]] = packaged_yaml("deid.evaluation", "wording.yaml")
    return content


@cache
def _script() -> str:
    return (files("deid.evaluation") / "templates/evaluation.js").read_text("utf-8")


@cache
def _template() -> Template:
    source = (files("deid.evaluation") / "templates/evaluation.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment.from_string(source)
